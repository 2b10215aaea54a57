//! Everything that is read before the first screen, and the way to it.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::app::{Facts, Start};
use super::inbox::Inbox;
use super::look::{Look, Wanted};
use super::msg::Msg;
use super::own_files;
use super::run::{Ending, run};
use super::terminal;
use crate::budget;
use crate::caution::Caution;
use crate::check::ENVIRONMENT_PREFIX;
use crate::clean;
use crate::form::{self, Form};
use crate::nickel::{CHILD_VERB, Client, Texts};
use crate::own_folder;
use crate::preset;
use crate::problem::Problem;
use crate::process;
use crate::profile;
use crate::store;
use crate::workspace::Workspace;

/// So long the first frame waits for the forms; the shipped ones take a fraction of it. Longer ones follow.
const FORM_PATIENCE: Duration = Duration::from_millis(8);

/// What the command line said.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub caution: Caution,
    pub workspace: Option<PathBuf>,
    pub profile: Option<String>,
    /// A file to open.
    pub from: Option<PathBuf>,
    /// A preset to open, as `--preset` names it.
    pub preset: Option<String>,
    pub output: Option<PathBuf>,
    pub look: Wanted,
}

/// Opens the wizard and runs it to its end.
///
/// # Errors
/// When the terminal cannot be taken.
pub fn wizard(options: Options) -> io::Result<Ending> {
    let here = std::env::current_dir()?;
    let workspace = match options.workspace {
        Some(root) if !here.join(&root).is_dir() => {
            let root = clean::line(&root.to_string_lossy());
            return Ok(Ending::Refused(format!(
                "There is no folder {root} to be the workspace."
            )));
        }
        Some(root) => Workspace::at(here.join(root)),
        None => Workspace::nearest(&here),
    };
    let inbox = Inbox::default();
    // The child loads the schema while forms and profiles are read here.
    let client = Client::start(
        Box::new(|| process::start_self(CHILD_VERB)),
        Texts::read(&workspace),
        inbox.replies(),
    );
    let reading = read_forms(&workspace)?;
    let (profiles, mut problems) = profile::all(&workspace);
    if let Some(name) = &options.profile
        && let Err(problem) = profile::known(name, &profiles)
    {
        return Ok(Ending::Refused(problem.sentence()));
    }
    let output_named = options.output.is_some();
    let output = options
        .output
        .map_or_else(|| workspace.output_file(), |output| here.join(output));
    let variable = |name: &str| std::env::var(name).ok();
    let mut open = options.from.map(|file| here.join(file));
    let mut own = own_files::read(
        own_folder::folder().as_deref(),
        &here,
        options.look.theme.as_deref(),
    );
    if let Some(named) = &options.preset {
        match preset::named(&workspace, named) {
            Ok((file, note)) => {
                open = Some(file);
                // It is told and counts for nothing else.
                own.problems.extend(note.map(Problem::warning));
            }
            Err(problem) => return Ok(Ending::Refused(problem.sentence())),
        }
    }
    if !options.caution.readonly {
        store::clean_stale(&output);
    }
    let look = Look::of(&options.look, own.theme, variable);
    let overrides = workspace.overrides();
    let budget = budget::Inputs::read(&workspace, own_folder::folder().as_deref());
    let form = reading.recv_timeout(FORM_PATIENCE).ok();
    let form_follows = form.is_none();
    let (form, wrong) = form.unwrap_or_default();
    problems.splice(0..0, wrong);
    if form_follows {
        let mut inbox = inbox.messages();
        thread::Builder::new().spawn(move || {
            if let Ok((form, problems)) = reading.recv() {
                inbox(Msg::Form(Box::new(form), problems));
            }
        })?;
    }
    let start = Start {
        facts: Facts {
            caution: options.caution,
            title: format!("vapora-tui {} for VAPORA 1.2.0", env!("CARGO_PKG_VERSION")),
            whom: whom(),
            workspace: workspace.root().to_owned(),
            here: here.clone(),
            output_named,
            output_exists: output.exists(),
            output,
            overrides,
            today: store::today(),
        },
        form,
        form_follows,
        profiles,
        variables: variables(),
        problems,
        keymap: own.keymap.in_words(!look.signs.have_arrows()),
        own_problems: own.problems,
        profile: options.profile,
        open,
        budget,
        size: terminal::size(),
    };
    run(start, look, client, inbox)
}

/// Reads the forms on a thread of their own.
fn read_forms(workspace: &Workspace) -> io::Result<Receiver<(Form, Vec<Problem>)>> {
    let (sender, receiver) = mpsc::channel();
    let workspace = workspace.clone();
    thread::Builder::new().spawn(move || {
        let (form, problems) = form::load::load(&workspace);
        drop(sender.send((form, form::warned(problems))));
    })?;
    Ok(receiver)
}

/// Variables that may set fields; others are none of our business.
fn variables() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| name.starts_with(ENVIRONMENT_PREFIX))
        .collect()
}

/// `user@host`.
fn whom() -> String {
    let user = std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
    let host = rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned();
    let host = host.split('.').next().unwrap_or_default().to_owned();
    clean::line(&match user {
        Ok(user) => format!("{user}@{host}"),
        Err(_) => host,
    })
}
