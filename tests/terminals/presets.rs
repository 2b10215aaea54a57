//! A wizard with presets: one of the operator's own, two shared ones of which one no longer fits.

use std::fs::File;
use std::time::{Duration, SystemTime};

use crate::stage::{Setup, Stage};

pub const EU: &str = r#"format = 1
name = "staging-eu"
description = "EU staging, architect limit lowered"
schema = "1.2.0"
profile = "enterprise"

[answers]
"backend.port" = 9001
"frontend.api_url" = "https://vapora.eu.acme"
"llm_router.budget_enforcement.role_limits.architect_cents" = 400000
"#;

/// What no longer fits: a setting that is gone, one of another kind, a value that is not allowed.
pub const OLD: &str = r#"format = 1
name = "old-lab"
description = "The lab as it was last year"
schema = "1.1.0"
profile = "multiuser"

[answers]
"backend.port" = 80
"backend.prot" = 9001
"backend.workers" = "many"
"#;

pub fn some(width: u16, height: u16) -> Setup {
    let mine = EU
        .replace("staging-eu", "night-shift")
        .replace("EU staging, architect limit lowered", "");
    Setup::new(width, height)
        .file("presets/staging-eu.toml", EU)
        .file("presets/old-lab.toml", OLD)
        .file(".config/vapora-tui/presets/night-shift.toml", &mine)
}

/// All presets were changed at one moment, so that a screen is the same tomorrow.
pub fn settle(stage: &Stage) {
    let folders = [stage.root().join("presets"), stage.own().join("presets")];
    for folder in folders {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let file = File::options().write(true).open(entry.unwrap().path());
            let moment = SystemTime::UNIX_EPOCH + Duration::from_hours(498_708);
            file.unwrap().set_modified(moment).unwrap();
        }
    }
}

pub fn begun(width: u16, height: u16) -> Stage {
    let stage = some(width, height).profile("enterprise").begin();
    settle(&stage);
    stage
}

pub fn at_the_start(width: u16, height: u16) -> Stage {
    let stage = some(width, height).begin();
    settle(&stage);
    stage
}
