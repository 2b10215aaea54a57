//! Evaluates one Nickel file without the schema, in a child of its own: `check x.ncl`, opening, comparing.
//! Reads what the file imports and hands it over; leaves to others what the values mean (`input`).

use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::data::{Entry, Node, Shape};
use super::parent_terms;
use super::protocol::{Request, Response, SourceText, receive, send};
use crate::problem::Problem;
use crate::process::Link;
use crate::schema::Schema;
use crate::workspace::Workspace;

/// Wall clock for the whole file, its imports included.
pub const LIMIT: Duration = Duration::from_secs(2);

/// Where the earlier layout of VAPORA's provisioning folder keeps what now stands below `assets`.
const EARLIER_SCHEMAS: &str = "schemas/";

/// Evaluates `text`, the contents of `file`, to plain data. Never fails whole: what cannot be evaluated stands in the
/// problems, with file and line, the rest in the entries.
///
/// Imports lead to files of the workspace when `file` lies in it, else of the folder of `file` and below; a name that
/// is no file there is a shipped text (`profiles/solo.ncl`). The schema only says which values are secrets, which the
/// problems then do not repeat. `start` starts the child: `|| process::start_self(CHILD_VERB)`. Blocks, for at most
/// [`LIMIT`].
#[must_use]
pub fn read(
    file: &Path,
    text: &str,
    workspace: &Workspace,
    schema: &Schema,
    start: impl FnOnce() -> io::Result<Link>,
) -> (Vec<Entry>, Vec<Problem>) {
    let place = Place::of(file, workspace);
    let lost = |message: String, hint: &str| {
        let problem = Problem::error(message).hint(hint).in_file(file, None);
        (Vec::new(), vec![problem])
    };
    let link = match start() {
        Ok(link) => link,
        Err(error) => {
            return lost(
                format!("It cannot be evaluated: no process for it can be started: {error}."),
                "Try again when the machine has room.",
            );
        }
    };
    match ask(link, text, &place) {
        Ok((root, findings)) => {
            let mut problems: Vec<Problem> = findings
                .into_iter()
                .map(|finding| {
                    let problem = parent_terms::problem(finding, schema);
                    match &problem.place {
                        None => problem.in_file(file, None),
                        Some(at) if at.file == Path::new(&place.name) => {
                            let at_line = at.line;
                            let there = at_line.and_then(|n| text.lines().nth(n.checked_sub(1)?));
                            let there = there.unwrap_or_default();
                            parent_terms::without_name_for_secret(problem, there, schema)
                                .in_file(file, at_line)
                        }
                        Some(_) => problem,
                    }
                })
                .collect();
            problems.dedup();
            let entries = match root {
                Some(Node {
                    shape: Shape::Section(entries),
                    ..
                }) => entries,
                // A problem says why.
                Some(Node {
                    shape: Shape::Broken,
                    ..
                })
                | None => Vec::new(),
                Some(Node { line, .. }) => {
                    let hint = "Write for example { backend.port = 8001 }.";
                    let problem = Problem::error("The file is no record of settings.").hint(hint);
                    problems.push(problem.in_file(file, Some(line)));
                    Vec::new()
                }
            };
            (entries, problems)
        }
        Err(Lost) => lost(
            format!("It {}", super::lost::ENDLESS),
            super::lost::LOOK_FOR,
        ),
    }
}

/// The child died, or took too long.
struct Lost;

type Answer = (Option<Node>, Vec<super::protocol::Finding>);

fn ask(mut link: Link, text: &str, place: &Place) -> Result<Answer, Lost> {
    let until = Instant::now() + LIMIT;
    let mut reader = link.take_reader();
    let (said, answers) = mpsc::channel();
    thread::spawn(move || {
        while let Ok(Some(response)) = receive::<Response>(&mut *reader) {
            if said.send(response).is_err() {
                return;
            }
        }
    });
    let mut request = Request::Read {
        text: SourceText {
            name: place.name.clone(),
            text: text.to_owned(),
            shipped: false,
        },
    };
    loop {
        send(&mut link.writer, &request).map_err(|_| Lost)?;
        let left = until.saturating_duration_since(Instant::now());
        match answers.recv_timeout(left) {
            Ok(Response::Wants { names }) => {
                let (mut texts, mut refused) = (Vec::new(), Vec::new());
                for name in names {
                    match place.text(&name) {
                        Ok(text) => texts.extend(text),
                        Err(problem) => refused.push((name, problem.sentence())),
                    }
                }
                request = Request::Texts { texts, refused };
            }
            Ok(Response::Read { root, findings }) => return Ok((root, findings)),
            Ok(_) | Err(_) => return Err(Lost),
        }
    }
}

/// Where the file stands, and what its imports may lead to.
struct Place {
    base: Workspace,
    /// `/`-separated, below the base.
    name: String,
}

impl Place {
    fn of(file: &Path, workspace: &Workspace) -> Self {
        let root = absolute(workspace.root());
        let file = absolute(file);
        if let Ok(inside) = file.strip_prefix(&root) {
            return Self {
                base: workspace.clone(),
                name: inside.to_string_lossy().into_owned(),
            };
        }
        let folder = file.parent().unwrap_or(Path::new("/"));
        let name = file.file_name().unwrap_or_default();
        Self {
            base: Workspace::at(folder),
            name: name.to_string_lossy().into_owned(),
        }
    }

    /// The text of an import; `schemas/…` of the earlier layout leads to the shipped schemas.
    fn text(&self, name: &str) -> Result<Option<SourceText>, Problem> {
        if let Some(source) = self.base.source(name)? {
            return Ok(Some(SourceText {
                name: name.to_owned(),
                text: source.text.into_owned(),
                shipped: source.shipped,
            }));
        }
        let Some(rest) = name.strip_prefix(EARLIER_SCHEMAS) else {
            return Ok(None);
        };
        let today = format!("assets/schemas/{rest}");
        let up = "../".repeat(name.matches('/').count());
        Ok(self.base.source(&today)?.map(|source| SourceText {
            name: name.to_owned(),
            text: format!("import {}", nickel_string(&format!("{up}{today}"))),
            shipped: source.shipped,
        }))
    }
}

fn nickel_string(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace("%{", "\\%{"))
}

/// Without links resolved: an import means what its letters say.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}
