//! The program: hands the command line to `cli`, and the wizard to `tui`.
fn main() {}
