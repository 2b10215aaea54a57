//! What is said when the child died or was given up: one problem that names what happened, the file to blame when it
//! is known, and what to do now.

/// What a text does that was given up; its subject stands before.
pub const ENDLESS: &str = "does not come to an end within 2 s and 1 GiB of memory.";

/// What to look for in such a text.
pub const LOOK_FOR: &str = "Look in it, and in what it imports, for a loop, for what grows without end, or for very deep nesting.";
