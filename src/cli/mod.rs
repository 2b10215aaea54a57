//! The verbs: the same work as the screens, without a screen.
//! Results on stdout, messages on stderr; exit 0 fine, 1 the answer is no, 2 the question could not be answered.

pub mod args;
