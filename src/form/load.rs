//! Reads `forms/main.toml` and the fragments its groups include, one panel each, with every problem found.
//! Leaves to others: files and single elements (`fragment`, `element`), whether paths, kinds and units fit the schema (`check`).

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::clean;
use crate::form::condition::Condition;
use crate::form::element::{Body, Element as Read, Group};
use crate::form::fragment::{self, Contents, MAIN};
use crate::form::model::{Element, Form, Input, Panel};
use crate::problem::{self, FilePlace, Problem};
use crate::workspace::Workspace;

/// Fragments inside fragments.
const MAX_DEPTH: usize = 16;

/// Reads the form of a workspace. What could not be read is left out and said in the problems, which stand
/// in the order of the files and their lines.
#[must_use]
pub fn load(workspace: &Workspace) -> (Form, Vec<Problem>) {
    let mut loader = Loader {
        workspace,
        problems: Vec::new(),
        files: Vec::new(),
        chain: Vec::new(),
        included: HashMap::new(),
        names: HashMap::new(),
        paths: HashMap::new(),
        refused: HashSet::new(),
        unreadable: false,
        unresolved: Vec::new(),
    };
    let form = loader.main();
    loader.say_unresolved();
    let Loader {
        mut problems,
        files,
        ..
    } = loader;
    problems.sort_by_key(|problem| {
        problem.place.as_ref().map(|place| {
            let file = files.iter().position(|file| *file == place.file);
            (file.unwrap_or(files.len()), place.line)
        })
    });
    (form, problems)
}

struct Loader<'w> {
    workspace: &'w Workspace,
    problems: Vec<Problem>,
    /// Files in the order they were opened.
    files: Vec<PathBuf>,
    /// The files being read now, the main form first.
    chain: Vec<String>,
    included: HashMap<String, FilePlace>,
    /// Inputs read so far, by name and by path.
    names: HashMap<String, FilePlace>,
    paths: HashMap<String, FilePlace>,
    /// Names of elements that were refused: conditions on them are dropped without another problem.
    refused: HashSet<String>,
    /// A file is missing from the form, and with it perhaps names.
    unreadable: bool,
    /// Conditions that name an input not read before them.
    unresolved: Vec<(String, FilePlace)>,
}

impl Loader<'_> {
    fn main(&mut self) -> Form {
        let Some(contents) = self.open(MAIN, None) else {
            return Form::default();
        };
        let mut form = Form {
            name: contents.name.unwrap_or_default(),
            panels: Vec::new(),
        };
        self.chain.push(MAIN.to_owned());
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
                Body::Refused => self.refused.extend(element.name),
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

    fn group_panels(
        &mut self,
        group: &Group,
        when: Option<(String, FilePlace)>,
        panels: &mut Vec<Panel>,
    ) {
        let when = when.and_then(|(text, place)| self.condition(&text, &place));
        for (include, place) in &group.includes {
            let Some((name, contents)) = self.include(include, place) else {
                continue;
            };
            let id = name.strip_prefix("fragments/").unwrap_or(&name);
            let id = id.strip_suffix(".toml").unwrap_or(id).to_owned();
            let before = self.problems.len();
            let empty = contents.elements.is_empty();
            let mut elements = Vec::new();
            self.chain.push(name);
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
                Body::Refused => self.refused.extend(element.name),
                Body::Input(mut input) => {
                    input.when = when;
                    if self.is_new(&input) {
                        into.push(Element::Input(input));
                    }
                }
                Body::Group(group) => {
                    for (include, place) in &group.includes {
                        if let Some((name, contents)) = self.include(include, place) {
                            self.chain.push(name);
                            self.place(contents.elements, when.as_ref(), into);
                            self.chain.pop();
                        }
                    }
                }
            }
        }
    }

    /// Notes name and path of an input; false when another input asks for the same path.
    fn is_new(&mut self, input: &Input) -> bool {
        let path = input.path.as_str();
        if let Some(first) = self.paths.get(path) {
            let message = format!(
                "{path} is asked for twice: here and at {}.",
                self.short(first)
            );
            let hint = "Take one of the two inputs out.";
            self.problems.push(at(&input.place, message).hint(hint));
            self.refused.insert(input.name.clone());
            return false;
        }
        self.paths.insert(path.to_owned(), input.place.clone());
        if let Some(first) = self.names.get(&input.name) {
            let message = format!(
                "The name \"{}\" is used twice: here and at {}.",
                input.name,
                self.short(first)
            );
            let hint = "Give one of them another name.";
            self.problems.push(at(&input.place, message).hint(hint));
        } else {
            self.names.insert(input.name.clone(), input.place.clone());
        }
        true
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
        let unresolved: Vec<_> = condition
            .names()
            .filter(|name| !self.names.contains_key(*name))
            .map(|name| (name.to_owned(), place.clone()))
            .collect();
        let resolved = unresolved.is_empty();
        self.unresolved.extend(unresolved);
        resolved.then_some(condition)
    }

    fn say_unresolved(&mut self) {
        for (name, place) in std::mem::take(&mut self.unresolved) {
            let shown = clean::line(&name);
            if let Some(later) = self.names.get(&name) {
                let message = format!(
                    "The condition names \"{shown}\", which does not stand before it but at {}.",
                    self.short(later)
                );
                let hint = "Move that input up, or compare an earlier one.";
                self.problems.push(at(&place, message).hint(hint));
            } else if !self.unreadable && !self.refused.contains(&name) {
                let message =
                    format!("The condition names \"{shown}\", and no input has that name.");
                let known = self.names.keys().map(String::as_str);
                let hint = match problem::nearest(&name, known) {
                    Some(near) => format!("Did you mean {near}?"),
                    None => "Use the name of an earlier input.".to_owned(),
                };
                self.problems.push(at(&place, message).hint(hint));
            }
        }
    }

    /// A fragment by the path that `includes` gives, with its name inside the forms folder.
    fn include(&mut self, include: &str, place: &FilePlace) -> Option<(String, Contents)> {
        let name = match fragment::inside(include) {
            Ok(name) => name,
            Err(message) => {
                let hint = "Give a path below the folder of the main form, for example \
                            \"fragments/backend.toml\".";
                self.unreadable = true;
                self.problems.push(at(place, message).hint(hint));
                return None;
            }
        };
        if let Some(start) = self.chain.iter().position(|open| *open == name) {
            let chain = self.chain[start..].join(" includes ");
            let message = format!("{chain} includes {name}: this never ends.");
            let hint = "Take this line out, or one of those between.";
            self.problems.push(at(place, message).hint(hint));
            return None;
        }
        if self.chain.len() > MAX_DEPTH {
            let message = format!("{name} is included more than {MAX_DEPTH} files deep.");
            let hint = "Include it from a file further out.";
            self.unreadable = true;
            self.problems.push(at(place, message).hint(hint));
            return None;
        }
        if let Some(first) = self.included.get(&name) {
            let message = format!(
                "{name} is included twice: here and at {}.",
                self.short(first)
            );
            self.problems
                .push(at(place, message).hint("Take one of them out."));
            return None;
        }
        self.included.insert(name.clone(), place.clone());
        let contents = self.open(&name, Some(place))?;
        Some((name, contents))
    }

    /// Reads one file of the forms folder. `place` is where it was asked for.
    fn open(&mut self, name: &str, place: Option<&FilePlace>) -> Option<Contents> {
        let opened = fragment::open(self.workspace, name, place);
        self.unreadable |= !opened.whole;
        self.files.extend(opened.file);
        self.problems.extend(opened.problems);
        opened.contents
    }

    /// A place as messages name it: without the folder of the workspace.
    fn short(&self, place: &FilePlace) -> String {
        let file = place.file.strip_prefix(self.workspace.root());
        FilePlace::new(file.unwrap_or(&place.file), place.line).to_string()
    }
}

fn at(place: &FilePlace, message: String) -> Problem {
    Problem::error(message).in_file(&place.file, place.line)
}
