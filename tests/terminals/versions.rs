//! A workspace whose output file has earlier versions, with moments that stand still.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::stage::{Setup, Stage};

pub const FILE: &str = "config/runtime/vapora.toml";

pub const KEPT: &str = "config/runtime/.vapora-tui/generations/vapora.toml";

/// Stands in the secret of one version.
pub const CANARY: &str = "swordfish-swordfish-swordfish-swordfish";

/// As it is now.
pub const NOW: &str =
    "deployment_mode = \"enterprise\"\n\n[backend]\nhost = \"10.0.0.3\"\nport = 9300\n";

const HAND: &str = "# by hand\ndeployment_mode = \"enterprise\"\n\n[backend]\nport = 9100\n";

const LOWER: &str = "deployment_mode = \"enterprise\"\n\n[backend]\nport = 9200\n";

/// What is known of a version.
fn about(text: &str, (when, note, found): (&str, &str, bool)) -> String {
    let hash = Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut hash, byte| {
            write!(hash, "{byte:02x}").unwrap();
            hash
        });
    let (who, profile) = if found {
        ("ops:vapora", "null")
    } else {
        ("ops@bastion1", "\"enterprise\"")
    };
    format!(
        "{{\"format\":1,\"when\":\"{when} UTC\",\"who\":\"{who}\",\"note\":\"{note}\",\"profile\":{profile},\
         \"mode\":\"0640\",\"sha256\":\"{hash}\",\"found\":{found}}}\n"
    )
}

fn kept(setup: Setup, number: u32, text: &str, known: (&str, &str, bool)) -> Setup {
    let name = |ending: &str| format!("{KEPT}/{number:06}.{ending}");
    setup
        .file(&name("toml"), text)
        .file(&name("about.json"), &about(text, known))
}

pub fn secret() -> String {
    format!("deployment_mode = \"enterprise\"\n\n[security]\njwt_secret = \"{CANARY}\"\n")
}

/// Three earlier versions, one of them with a secret; the file as it is now is the fourth.
pub fn setup(width: u16, height: u16) -> Setup {
    let setup = Setup::new(width, height).file(FILE, NOW);
    let setup = kept(setup, 1, HAND, ("2026-11-20 09:00:00", "", true));
    let setup = kept(setup, 2, &secret(), ("2026-11-21 16:30:00", "", false));
    let setup = kept(
        setup,
        3,
        LOWER,
        (
            "2026-11-22 11:15:00",
            "port 9100 is taken by the proxy",
            false,
        ),
    );
    let now = (
        "2026-11-22 11:58:00",
        "architect limit lowered for November",
        false,
    );
    setup.file(&format!("{KEPT}/000004.about.json"), &about(NOW, now))
}

/// The output file is open; nothing is unsaved.
pub fn opened(width: u16, height: u16) -> Stage {
    setup(width, height).open(FILE).begin_writing(FILE)
}

/// At the list of the versions.
pub fn listed(width: u16, height: u16) -> Stage {
    let mut stage = opened(width, height);
    stage.keys("E");
    stage
}
