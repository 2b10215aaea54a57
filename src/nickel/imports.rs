//! Which texts import only what was handed over. An import of anything else would be read from the disk of this
//! machine, and its contents shown; such a text is not loaded at all, nor is one that imports it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;

use nickel_lang_core::ast::{Ast, Import, Node};
use nickel_lang_core::cache::{ImportResolver, InputFormat};
use nickel_lang_core::files::FileId;
use nickel_lang_core::traverse::{TraverseAlloc, TraverseControl};

use super::engine::Context;
use super::finding;
use super::protocol::{Finding, Weight};

/// What to do instead of importing something else.
const HINT: &str =
    "Import a Nickel text of the workspace or a shipped one, for example import \"solo.ncl\".";

/// The texts that may not be loaded, by name, each with why.
pub fn refused(context: &mut Context, texts: &[(&str, FileId)]) -> BTreeMap<String, Vec<Finding>> {
    let handed: BTreeSet<&str> = texts.iter().map(|(name, _)| *name).collect();
    let mut refused: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    let mut needed = Vec::new();
    for (name, id) in texts {
        // A text that cannot be parsed is not loaded either, and loading says why.
        if context.import_resolver.parse_to_ast(*id).is_err() {
            continue;
        }
        let Some(ast) = context.import_resolver.asts.get(*id) else {
            continue;
        };
        for (target, line) in imports(context, ast, name) {
            match target {
                Ok(target) if handed.contains(target.as_str()) => {
                    needed.push((*name, target, line));
                }
                Ok(target) => refuse(
                    &mut refused,
                    name,
                    line,
                    format!("It imports {target}, and there is no such text."),
                ),
                Err(what) => refuse(
                    &mut refused,
                    name,
                    line,
                    format!("It imports {what}, which is no Nickel text of the workspace."),
                ),
            }
        }
    }
    loop {
        let next = needed.iter().position(|(name, target, _)| {
            refused.contains_key(target) && !refused.contains_key(*name)
        });
        let Some(next) = next else {
            return refused;
        };
        let (name, target, line) = needed.swap_remove(next);
        refuse(
            &mut refused,
            name,
            line,
            format!("It imports {target}, which cannot be loaded."),
        );
    }
}

fn refuse(
    refused: &mut BTreeMap<String, Vec<Finding>>,
    name: &str,
    line: Option<usize>,
    message: String,
) {
    let mut fault = finding::plain(Weight::Error, message);
    fault.hint = Some(HINT.to_owned());
    fault.file = Some(name.to_owned());
    fault.line = line;
    refused.entry(name.to_owned()).or_default().push(fault);
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
    if format != InputFormat::Nickel || shown.starts_with('/') {
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
    use super::super::engine;
    use super::*;

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
            ("profiles/package.ncl", "import foo"),
            ("profiles/broken.ncl", "{"),
            ("profiles/chained.ncl", "import \"../assets/chain.ncl\""),
        ];
        let mut context = engine::context();
        let ids: Vec<_> = texts
            .iter()
            .map(|(name, text)| (*name, engine::add(&mut context, name, text)))
            .collect();
        let said: Vec<_> = refused(&mut context, &ids)
            .into_iter()
            .map(|(name, why)| format!("{name}:{} {}", why[0].line.unwrap_or(0), why[0].message))
            .collect();
        assert_eq!(
            said,
            [
                "assets/chain.ncl:1 It imports assets/leaf.ncl, which cannot be loaded.",
                "assets/leaf.ncl:3 It imports /etc/passwd, which is no Nickel text of the workspace.",
                "profiles/above.ncl:1 It imports ../../x.ncl, which is no Nickel text of the workspace.",
                "profiles/absent.ncl:1 It imports profiles/nothing.ncl, and there is no such text.",
                "profiles/chained.ncl:1 It imports assets/chain.ncl, which cannot be loaded.",
                "profiles/data.ncl:1 It imports solo.ncl, which is no Nickel text of the workspace.",
                "profiles/json.ncl:1 It imports x.json, which is no Nickel text of the workspace.",
                "profiles/package.ncl:1 It imports the package foo, which is no Nickel text of the workspace.",
            ]
        );
    }
}
