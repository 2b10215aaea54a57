//! The differences: folding, baselines, taking the left value, jumping, at three sizes.

use std::fs;

use super::snapshot;
use super::stage::{Setup, Stage};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (60, 16)];

const FILE: &str = "config/runtime/vapora.toml";

const OURS: &str = "deployment_mode = \"multiuser\"
[backend]
port = 9100
prot = 1
[agents]
max_instances = 20
[frontend]
api_url = \"https://api.eu.example.com/vapora/v1\"
";

fn setup(width: u16, height: u16) -> Setup {
    Setup::new(width, height)
        .profile("enterprise")
        .file(FILE, OURS)
        .file("bare.toml", "[backend]\nport = 80\n")
        .file("broken.toml", "[backend\nport = 1\n")
}

/// Two answers, and the differences open on the first.
fn opened(width: u16, height: u16) -> Stage {
    let mut stage = setup(width, height).begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter Down 8 Enter d");
    stage
}

#[test]
fn unfolding_and_folding() {
    for (width, height) in SIZES {
        let mut stage = opened(width, height);
        snapshot(&stage, "60_diff");
        stage.keys("Up");
        snapshot(&stage, "61_diff_heading");
        stage.keys("Enter");
        snapshot(&stage, "62_diff_unfolded");
        stage.keys("Left a");
        snapshot(&stage, "63_diff_all");
    }
}

#[test]
fn compared_with_another_profile_and_files() {
    for (width, height) in SIZES {
        let mut stage = opened(width, height);
        stage.keys("c");
        snapshot(&stage, "64_diff_baselines");
        stage.keys("Down Enter");
        snapshot(&stage, "65_diff_other_profile");
        stage.keys("c End Up Enter");
        snapshot(&stage, "66_diff_written_file");
        stage.keys("c End Enter").text("broken.toml").keys("Enter");
        snapshot(&stage, "67_diff_file_refused");
        stage.keys("Ctrl+u").text("bare.toml").keys("Enter");
        snapshot(&stage, "68_diff_any_file");
    }
}
