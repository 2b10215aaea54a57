//! What the configuration will cost and which agent it will choose, worked out before it runs.
//! Pure: no clock, no files but the compiled-in ones; readers get bytes that somebody else read.

pub mod scoring;
pub mod import;
