//! Which texts import only what was handed over. An import of anything else would be read from the disk of this
//! machine, and its contents shown; such a text is not loaded at all, nor is one that imports it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;

use nickel_lang_core::ast::{Ast, Import, Node};
use nickel_lang_core::cache::{ImportResolver, InputFormat};
use nickel_lang_core::files::FileId;
use nickel_lang_core::traverse::{TraverseAlloc, TraverseControl};

use super::engine::{self, Context};
use super::finding;
use super::protocol::{Finding, Weight};

/// A text that there always is.
const EXAMPLE: &str = "profiles/solo.ncl";

/// Ends the sentence about an import that is refused only for what it imports itself.
const FOLLOWS: &str = "which cannot be loaded.";

/// The same, where one of the shipped schemas or profiles is meant and the text does not stand where its import leads
/// there.
const HINT_SHIPPED: &str = "vapora-tui init DIR writes the schemas and profiles; put this file two folders below \
                            DIR, into DIR/assets/examples/, where ../schemas/ leads to them.";

/// What to do instead of importing something else in the text `name`.
fn hint(name: &str) -> String {
    let path = relative(name, EXAMPLE);
    format!(
        "Import a Nickel text of the workspace or a shipped one, for example import \"{path}\"."
    )
}

/// The path by which the text `name` imports the text `target`.
fn relative(name: &str, target: &str) -> String {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = target.split('/').collect();
    let shared = folder
        .iter()
        .zip(&parts)
        .take_while(|(a, b)| a == b)
        .count();
    format!(
        "{}{}",
        "../".repeat(folder.len() - shared),
        parts[shared..].join("/")
    )
}

fn hint_to_find(name: &str, target: &str) -> String {
    let parts: Vec<&str> = target.split('/').collect();
    let shipped = parts
        .windows(2)
        .any(|pair| matches!(pair, ["schemas", "vapora" | "platform"]));
    if shipped {
        HINT_SHIPPED.to_owned()
    } else {
        hint(name)
    }
}

/// The texts that were handed over, by name, and what is known of their imports.
#[derive(Default)]
pub struct Imports {
    ids: BTreeMap<String, FileId>,
    /// Why a text could not be handed over, by name.
    refused: BTreeMap<String, String>,
    /// What forbids loading a text; nothing while it is looked at, so that a circle of imports ends.
    known: BTreeMap<String, Vec<Finding>>,
}

impl Imports {
    pub fn add(&mut self, name: &str, id: FileId) {
        self.ids.insert(name.to_owned(), id);
    }

    pub fn refuse(&mut self, name: String, why: String) {
        self.refused.insert(name, why);
    }

    pub fn id(&self, name: &str) -> Option<FileId> {
        self.ids.get(name).copied()
    }

    /// Why this text may not be loaded; empty when it may. Only it and what it imports are parsed.
    pub fn faults(&mut self, context: &mut Context, name: &str) -> Vec<Finding> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        self.known.insert(name.to_owned(), Vec::new());
        let mut faults = Vec::new();
        for (target, line) in self.of(context, name) {
            let mut hint = hint(name);
            let why = match target {
                Err(what) => {
                    hint = hint_to_find(name, &what);
                    format!("It imports {what}, which is no Nickel text of the workspace.")
                }
                Ok(target) if !self.ids.contains_key(&target) => {
                    if let Some(why) = self.refused.get(&target) {
                        format!("It imports {target}. {why}")
                    } else {
                        hint = hint_to_find(name, &target);
                        format!("It imports {target}, and there is no such text.")
                    }
                }
                Ok(target) if self.faults(context, &target).is_empty() => continue,
                Ok(target) => format!("It imports {target}, {FOLLOWS}"),
            };
            let mut fault = finding::plain(Weight::Error, why);
            fault.hint = Some(hint);
            fault.file = Some(name.to_owned());
            fault.line = line;
            faults.push(fault);
        }
        self.known.insert(name.to_owned(), faults.clone());
        faults
    }

    /// The causes of whatever was found so far, without what only follows from them.
    pub fn all_faults(&self) -> Vec<Finding> {
        let found = self.known.values().flatten();
        found
            .filter(|fault| !fault.message.ends_with(FOLLOWS))
            .cloned()
            .collect()
    }

    /// The names that these texts import and that nobody has said anything about.
    pub fn wanted(&self, context: &mut Context, names: &[String]) -> BTreeSet<String> {
        let mut wanted = BTreeSet::new();
        for name in names {
            let targets = self.of(context, name).into_iter();
            wanted.extend(targets.filter_map(|(target, _)| target.ok()));
        }
        wanted.retain(|name| !self.ids.contains_key(name) && !self.refused.contains_key(name));
        wanted
    }

    /// Data imports nothing. A text that cannot be parsed imports nothing; loading it says why.
    fn of(&self, context: &mut Context, name: &str) -> Vec<Found> {
        let nickel = engine::language(name) == InputFormat::Nickel;
        let Some(id) = self.id(name).filter(|_| nickel) else {
            return Vec::new();
        };
        if context.import_resolver.parse_to_ast(id).is_err() {
            return Vec::new();
        }
        match context.import_resolver.asts.get(id) {
            Some(ast) => imports(context, ast, name),
            None => Vec::new(),
        }
    }
}

type Found = (Result<String, String>, Option<usize>);

/// Every import of a text: the name it leads to, or what it asks for instead.
fn imports(context: &Context, ast: &Ast<'_>, name: &str) -> Vec<Found> {
    let files = context.import_resolver.files();
    let mut found = Vec::new();
    let _: Option<()> = ast.traverse_ref(
        &mut |ast: &Ast<'_>, _scope: &()| {
            if let Node::Import(import) = &ast.node {
                let target = match import {
                    Import::Path { path, format } => target(name, path, *format),
                    Import::Package { id } => Err(format!("the package {id}")),
                };
                let line = ast
                    .pos
                    .as_opt_ref()
                    .and_then(|span| finding::in_texts(files, span.src_id, span.start.to_usize()));
                found.push((target, line.map(|(_, line)| line)));
            }
            TraverseControl::Continue
        },
        &(),
    );
    found
}

/// The text that `path` means inside the text `name`.
fn target(name: &str, path: &OsStr, format: InputFormat) -> Result<String, String> {
    let shown = path.to_string_lossy().into_owned();
    // What was handed over stands under the language of its name; asked for in another it would be looked for on disk.
    if format != engine::language(&shown) || shown.starts_with('/') {
        return Err(shown);
    }
    let mut parts: Vec<&str> = name.split('/').collect();
    parts.pop();
    for part in shown.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Err(shown);
                }
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_leads_from_the_importing_text_to_one_that_is_there() {
        for (name, path) in [
            ("FILE.ncl", "profiles/solo.ncl"),
            ("profiles/mine.ncl", "solo.ncl"),
            ("config/runtime/mine.ncl", "../../profiles/solo.ncl"),
            ("profiles/more/mine.ncl", "../solo.ncl"),
        ] {
            assert_eq!(relative(name, EXAMPLE), path);
            let target = target(name, path.as_ref(), InputFormat::Nickel);
            assert_eq!(target, Ok(EXAMPLE.to_owned()), "{name}");
        }
    }

    #[test]
    fn only_what_was_handed_over_may_be_imported() {
        let texts = [
            (
                "profiles/right.ncl",
                "import \"../assets/a.ncl\" & import \"./solo.ncl\"",
            ),
            ("profiles/solo.ncl", "{}"),
            ("assets/a.ncl", "{}"),
            ("assets/chain.ncl", "fun x => [{ y = import \"leaf.ncl\" }]"),
            ("assets/leaf.ncl", "\n\nimport \"/etc/passwd\" as 'Text"),
            ("profiles/data.ncl", "import \"solo.ncl\" as 'Text"),
            ("profiles/absent.ncl", "import \"nothing.ncl\""),
            ("profiles/above.ncl", "import \"../../x.ncl\""),
            ("profiles/json.ncl", "import \"x.json\""),
            ("profiles/limits.ncl", "import \"../forms/limits.toml\""),
            ("forms/limits.toml", "a = 1"),
            (
                "profiles/other.ncl",
                "import \"../forms/limits.toml\" as 'Text",
            ),
            ("profiles/package.ncl", "import foo"),
            ("profiles/broken.ncl", "{"),
            ("profiles/chained.ncl", "import \"../assets/chain.ncl\""),
            ("profiles/self.ncl", "{ a = import \"self.ncl\" }"),
            ("profiles/one.ncl", "import \"two.ncl\""),
            ("profiles/two.ncl", "import \"one.ncl\""),
        ];
        let mut context = engine::context();
        let mut imports = Imports::default();
        for (name, text) in texts {
            imports.add(name, engine::add(&mut context, name, text));
        }
        let mut said: Vec<_> = texts
            .iter()
            .flat_map(|(name, _)| imports.faults(&mut context, name).into_iter().take(1))
            .map(|why| {
                let file = why.file.unwrap_or_default();
                format!("{file}:{} {}", why.line.unwrap_or(0), why.message)
            })
            .collect();
        said.sort();
        assert_eq!(
            said,
            [
                "assets/chain.ncl:1 It imports assets/leaf.ncl, which cannot be loaded.",
                "assets/leaf.ncl:3 It imports /etc/passwd, which is no Nickel text of the workspace.",
                "profiles/above.ncl:1 It imports ../../x.ncl, which is no Nickel text of the workspace.",
                "profiles/absent.ncl:1 It imports profiles/nothing.ncl, and there is no such text.",
                "profiles/chained.ncl:1 It imports assets/chain.ncl, which cannot be loaded.",
                "profiles/data.ncl:1 It imports solo.ncl, which is no Nickel text of the workspace.",
                "profiles/json.ncl:1 It imports profiles/x.json, and there is no such text.",
                "profiles/other.ncl:1 It imports ../forms/limits.toml, which is no Nickel text of the workspace.",
                "profiles/package.ncl:1 It imports the package foo, which is no Nickel text of the workspace.",
            ]
        );
    }
}
