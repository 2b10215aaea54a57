//! What is made beside the loop: random secrets, certificates planned and written. The state itself has neither chance
//! nor clock. Leaves to others: making (`made`), asking (`secret_source`, `certificate_screen`).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use super::app::App;
use super::msg::Effect;
use crate::made::{self, Given, Pair};
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::secret::Secret;
use crate::store::Written;

/// What is to be made.
#[derive(Debug)]
pub enum Wanted {
    /// A random secret for this setting.
    Secret(FieldPath),
    /// What the first write to this file signs with.
    FirstWrite(PathBuf, Arc<Schema>),
    /// The plan of a certificate with its key.
    Pair {
        names: Vec<String>,
        days: u32,
        certificate: PathBuf,
        key: PathBuf,
    },
    /// Both files, as planned.
    Write(Arc<Pair>),
}

/// What came of it.
#[derive(Debug)]
pub enum Made {
    Secret(FieldPath, Result<Secret, Problem>),
    FirstWrite(Result<Option<Given>, Problem>),
    Planned(Result<Box<Pair>, Vec<Problem>>),
    Written(Arc<Pair>, Result<[Written; 2], Problem>),
}

impl Wanted {
    /// Does it; takes as long as the disk takes.
    #[must_use]
    pub fn work(self) -> Made {
        match self {
            Self::Secret(path) => Made::Secret(path, made::jwt_secret()),
            Self::FirstWrite(file, schema) => Made::FirstWrite(made::given(&file, &schema)),
            Self::Pair {
                names,
                days,
                certificate,
                key,
            } => {
                let made = made::certificate(&names, days, SystemTime::now());
                let made = made.map_err(|problem| vec![problem]);
                let pair = made.and_then(|made| Pair::plan(&made, &certificate, &key));
                Made::Planned(pair.map(Box::new))
            }
            Self::Write(pair) => {
                let written = pair.write();
                Made::Written(pair, written)
            }
        }
    }
}

impl App {
    pub(super) fn made(&mut self, made: Made, effects: &mut Vec<Effect>) {
        match made {
            Made::Secret(path, secret) => self.secret_made(&path, secret, effects),
            Made::FirstWrite(given) => self.first_write_given(given, effects),
            Made::Planned(pair) => self.certificate_planned(pair),
            Made::Written(pair, written) => self.certificate_written(&pair, written, effects),
        }
    }
}
