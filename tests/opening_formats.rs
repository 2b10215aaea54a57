//! Files that are no TOML on the screens: opening YAML, and what the review says before it is written anew.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fs;

use stage::Setup;

const FILE: &str = "config/runtime/vapora.yaml";

const HAND_WRITTEN: &str = "# ours since 2025\ndeployment_mode: multiuser\nbackend:\n  port: 9100 # agreed with the network team\n  prot: 1\n";

#[test]
fn the_review_says_what_a_yaml_file_loses() {
    for (width, height) in [(60, 16), (80, 24), (120, 36)] {
        let mut stage = Setup::new(width, height).file(FILE, HAND_WRITTEN).begin();
        stage.keys("End Enter Ctrl+u").text(FILE).keys("Enter");
        stage.says("vapora.yaml is open: 2 settings.");
        stage.keys("Home Down Enter Down Enter Ctrl+u 9 2 0 0 Enter w");
        insta::assert_snapshot!(format!("yaml_review_{width}x{height}"), stage.screen());
        assert_eq!(
            fs::read_to_string(stage.root().join(FILE)).unwrap(),
            HAND_WRITTEN
        );
    }
}
