//! Builds anew when a shipped file appears or goes: `include_dir` by itself only notices changed ones.
fn main() {
    for folder in ["forms", "profiles", "assets"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
