//! Reads the main form and the fragments its groups include, one panel each, with every problem found.
//! Leaves to others: files and single elements (`find`, `fragment`, `element`), whether paths, kinds and units fit the
//! schema (`check`).

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::form::condition::Condition;
use crate::form::element::{Body, Element as Read, Group, WithPlace};
use crate::form::find::{Finder, Found};
use crate::form::fragment::{self, Contents};
use crate::form::input::Asked;
use crate::form::model::{Element, Form, Input, Panel};
use crate::form::names::{By, Names, at, short};
use crate::form::replace::{self, Constraints};
use crate::form::surroundings::Surroundings;
use crate::problem::{FilePlace, Problem};
use crate::workspace::Workspace;

/// Fragments inside fragments.
const MAX_DEPTH: usize = 16;
/// Files that one form may include.
const MAX_FILES: usize = 1_000;
/// Bytes of all files of one form together.
const MAX_BYTES: usize = 32 << 20;

/// Reads the form of a workspace, its fragments also looked for in `TYPEDIALOG_FRAGMENT_PATH`. What could not be read
/// is left out and said in the problems, which stand in the order of the files and their lines.
#[must_use]
pub fn load(workspace: &Workspace) -> (Form, Vec<Problem>) {
    load_within(workspace, &Surroundings::of_process())
}

/// As [`load`], in given surroundings.
#[must_use]
pub fn load_within(workspace: &Workspace, surroundings: &Surroundings) -> (Form, Vec<Problem>) {
    let finder = Finder {
        workspace,
        surroundings,
    };
    let mut problems = Vec::new();
    let (shared, unreadable) = match finder.constraints() {
        Ok(found) => (found, false),
        Err(problem) => {
            problems.push(problem);
            (None, true)
        }
    };
    let (mut constraints, broken) = match &shared {
        Some(found) => replace::read(&found.file, &found.text),
        None => (Constraints::default(), None),
    };
    constraints.broken |= unreadable;
    problems.extend(broken);
    let mut loader = Loader {
        finder,
        constraints: &constraints,
        problems,
        files: Vec::new(),
        asked: 0,
        bytes: 0,
        chain: Vec::new(),
        included: HashMap::new(),
        names: Names::default(),
        unreadable: false,
    };
    let form = loader.main();
    let Loader {
        mut problems,
        files,
        mut names,
        unreadable,
        ..
    } = loader;
    names.say_unresolved(workspace.root(), unreadable, &mut problems);
    problems.sort_by_key(|problem| {
        problem.place.as_ref().map(|place| {
            let file = files.iter().position(|file| *file == place.file);
            (file.unwrap_or(files.len()), place.line)
        })
    });
    (form, problems)
}

struct Loader<'w> {
    finder: Finder<'w>,
    constraints: &'w Constraints<'w>,
    problems: Vec<Problem>,
    /// Files in the order they were opened.
    files: Vec<PathBuf>,
    /// How many were to be included.
    asked: usize,
    /// The length of all of them.
    bytes: usize,
    /// The files being read now, the main form first: who each is, and how messages call it.
    chain: Vec<(PathBuf, String)>,
    included: HashMap<PathBuf, FilePlace>,
    names: Names,
    /// A file is missing from the form, and with it perhaps names.
    unreadable: bool,
}

impl Loader<'_> {
    fn main(&mut self) -> Form {
        let found = match self.finder.main() {
            Ok(found) => found,
            Err(problem) => {
                self.problems.push(problem);
                return Form::default();
            }
        };
        self.chain.push((identity(&found), found.name.clone()));
        let Some(contents) = self.open(&found, true) else {
            return Form::default();
        };
        let mut form = Form {
            name: contents.name.unwrap_or_default(),
            panels: Vec::new(),
        };
        // Inputs of the main form itself are one panel, where the first of them stands.
        let (mut groups, mut direct) = (Vec::new(), Vec::new());
        let mut place = None;
        for element in contents.elements {
            match element.body {
                Body::Group(group) => groups.push((group, element.when)),
                Body::Input(_) => {
                    place.get_or_insert(groups.len());
                    direct.push(element);
                }
                Body::Refused => self.names.refuse(element.name),
                Body::Header(_) | Body::Note(_) => direct.push(element),
            }
        }
        let mut own = place.is_some().then_some(direct);
        for (i, (group, when)) in groups.into_iter().enumerate() {
            if place == Some(i) {
                form.panels
                    .extend(self.own_panel(&form.name, &contents.file, own.take()));
            }
            self.group_panels(&group, when, &mut form.panels);
        }
        form.panels
            .extend(self.own_panel(&form.name, &contents.file, own));
        if form.panels.is_empty() && self.problems.is_empty() {
            let problem = Problem::error("The form has no inputs.")
                .hint("Add [[elements]] with type = \"group\" and includes.")
                .in_file(&contents.file, None);
            self.problems.push(problem);
        }
        form
    }

    /// The panel of the inputs that stand in the main form itself.
    fn own_panel(&mut self, title: &str, file: &Path, direct: Option<Vec<Read>>) -> Option<Panel> {
        let mut elements = Vec::new();
        self.place(direct?, None, &mut elements);
        let title = if title.is_empty() { "Settings" } else { title };
        Some(Panel {
            id: "main".to_owned(),
            title: title.to_owned(),
            summary: String::new(),
            file: file.to_owned(),
            when: None,
            elements,
        })
    }

    fn group_panels(&mut self, group: &Group, when: Option<WithPlace>, panels: &mut Vec<Panel>) {
        let when = when.and_then(|(text, place)| self.condition(&text, &place));
        for (include, place) in &group.includes {
            let Some((found, contents)) = self.include(include, place) else {
                continue;
            };
            let (key, name) = (identity(&found), found.name);
            let id = name.strip_prefix("fragments/").unwrap_or(&name);
            let id = id.strip_suffix(".toml").unwrap_or(id).to_owned();
            let before = self.problems.len();
            let empty = contents.elements.is_empty();
            let mut elements = Vec::new();
            self.chain.push((key, name));
            self.place(contents.elements, None, &mut elements);
            self.chain.pop();
            let panel = Panel {
                title: contents
                    .name
                    .or_else(|| group.title.clone())
                    .unwrap_or_else(|| id.clone()),
                id,
                summary: contents.description.unwrap_or_default(),
                file: contents.file,
                when: when.clone(),
                elements,
            };
            if panel.inputs().next().is_some() {
                panels.push(panel);
            } else if empty || self.problems.len() == before {
                let problem = Problem::warning("It has no inputs, so it gives no panel.")
                    .hint("Add [[elements]], or take the file out of includes.")
                    .in_file(&panel.file, None);
                self.problems.push(problem);
            }
        }
    }

    /// Puts elements into a panel, nested groups in place. `outer` is the condition of the groups around them.
    fn place(&mut self, read: Vec<Read>, outer: Option<&Condition>, into: &mut Vec<Element>) {
        for element in read {
            let own = element
                .when
                .as_ref()
                .and_then(|(text, place)| self.condition(text, place));
            let when = match (outer.cloned(), own) {
                (Some(outer), Some(own)) => Some(outer.both(own)),
                (outer, own) => outer.or(own),
            };
            match element.body {
                Body::Header(title) => into.push(Element::Header(title)),
                Body::Note(text) => into.push(Element::Note(text)),
                Body::Refused => self.names.refuse(element.name),
                Body::Input(asked) => {
                    let mut input = self.with_options_from(asked);
                    input.when = when;
                    let root = self.finder.workspace.root();
                    if self.names.is_new(&input, root, &mut self.problems) {
                        into.push(Element::Input(input));
                    }
                }
                Body::Group(group) => {
                    for (include, place) in &group.includes {
                        if let Some((found, contents)) = self.include(include, place) {
                            self.chain.push((identity(&found), found.name));
                            self.place(contents.elements, when.as_ref(), into);
                            self.chain.pop();
                        }
                    }
                }
            }
        }
    }

    /// An input whose filter names an earlier one; without choices of its own it takes those of that one.
    fn with_options_from(&mut self, asked: Asked) -> Box<Input> {
        let Asked {
            mut input,
            options_from,
        } = asked;
        let Some((name, place)) = options_from else {
            return input;
        };
        if !self.names.resolve(By::OptionsFrom, &name, &place) {
            input.options_from = None;
        } else if input.choices.is_empty() && input.kind.chooses() {
            input.choices = self.names.choices(&name).to_vec();
            if input.choices.is_empty() {
                let message = format!("There are no options, and \"{name}\" has none either.");
                let hint = "Add options = [\"daily\", \"weekly\"].";
                self.problems.push(at(&place, message).hint(hint));
            }
        }
        // What has nothing to choose from is typed.
        if input.choices.is_empty() {
            input.kind = input.kind.typed();
        }
        input
    }

    /// A condition over inputs read before it; `None`, with a problem now or at the end, when it is no such thing.
    fn condition(&mut self, text: &str, place: &FilePlace) -> Option<Condition> {
        let condition = match Condition::parse(text) {
            Ok(condition) => condition,
            Err(why) => {
                let message = format!("This condition cannot be read: {why}.");
                let hint = "Write for example cache_enabled == true and backend_port > 1023.";
                self.problems.push(at(place, message).hint(hint));
                return None;
            }
        };
        let mut resolved = true;
        for name in condition.names() {
            resolved &= self.names.resolve(By::Condition, name, place);
        }
        let root = self.finder.workspace.root();
        resolved.then(|| condition.look_at_files(&|path| root.join(path).exists()))
    }

    /// A fragment by the path that `includes` gives.
    fn include(&mut self, include: &str, place: &FilePlace) -> Option<(Found, Contents)> {
        self.asked += 1;
        if self.asked > MAX_FILES {
            // Said once: a line for each of a million files helps nobody.
            if self.asked == MAX_FILES + 1 {
                let message = format!("The form includes more than {MAX_FILES} files.");
                let hint = "Put several panels into one file, or take some out.";
                self.refuse(at(place, message).hint(hint));
            }
            return None;
        }
        let found =
            Finder::name(include, place).and_then(|name| self.finder.fragment(&name, place));
        let found = match found {
            Ok(found) => found,
            Err(problem) => {
                self.refuse(problem);
                return None;
            }
        };
        let (key, name) = (identity(&found), &found.name);
        if let Some(start) = self.chain.iter().position(|(open, _)| *open == key) {
            let open: Vec<&str> = self.chain[start..]
                .iter()
                .map(|(_, n)| n.as_str())
                .collect();
            let chain = open.join(" includes ");
            let message = format!("{chain} includes {name}: this never ends.");
            let hint = "Take this line out, or one of those between.";
            self.problems.push(at(place, message).hint(hint));
            return None;
        }
        if self.chain.len() > MAX_DEPTH {
            let message = format!("{name} is included more than {MAX_DEPTH} files deep.");
            self.refuse(at(place, message).hint("Include it from a file further out."));
            return None;
        }
        if let Some(first) = self.included.get(&key) {
            let first = short(first, self.finder.workspace.root());
            let message = format!("{name} is included twice: here and at {first}.");
            self.problems
                .push(at(place, message).hint("Take one of them out."));
            return None;
        }
        self.bytes += found.text.len();
        if self.bytes > MAX_BYTES {
            let message = format!(
                "With {name} the form is longer than {} MiB.",
                MAX_BYTES >> 20
            );
            self.refuse(at(place, message).hint("Take files out, or make them shorter."));
            return None;
        }
        self.included.insert(key, place.clone());
        let contents = self.open(&found, false)?;
        Some((found, contents))
    }

    /// Tells of a file that is not part of the form.
    fn refuse(&mut self, problem: Problem) {
        self.unreadable = true;
        // A line for each of a million files that are not there helps nobody.
        if self.problems.len() < MAX_FILES {
            let file = problem.place.as_ref().map(|place| place.file.clone());
            self.files
                .extend(file.filter(|file| !self.files.contains(file)));
            self.problems.push(problem);
        }
    }

    /// Reads one file that was found.
    fn open(&mut self, found: &Found, is_main: bool) -> Option<Contents> {
        let surroundings = self.finder.surroundings;
        let opened = fragment::open(found, is_main, self.constraints, surroundings);
        self.unreadable |= !opened.whole;
        self.files.push(found.file.clone());
        self.problems.extend(opened.problems);
        opened.contents
    }
}

/// By what two names of one file are seen to be the same: the file behind all links.
fn identity(found: &Found) -> PathBuf {
    if found.shipped {
        return found.file.clone();
    }
    std::fs::canonicalize(&found.file).unwrap_or_else(|_| found.file.clone())
}
