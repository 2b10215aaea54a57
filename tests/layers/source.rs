//! Rust sources as tokens and paths: comments and texts taken out, `#[cfg(test)]` items skipped, `use` trees spread.
//! Leaves to others: what may be named where (`layers`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// One source file below `src/`.
pub struct Source {
    /// `/`-separated, from `src/`: `nickel/client.rs`.
    pub name: String,
    pub text: String,
    /// The modules it stands in, the file's own last; empty for `lib.rs` and `main.rs`.
    pub modules: Vec<String>,
    tokens: Vec<Token>,
}

/// A path that is named somewhere, its first part resolved through the imports of the file.
#[derive(Clone, Debug)]
pub struct Named {
    pub line: usize,
    pub parts: Vec<String>,
}

#[derive(Clone, Debug)]
struct Token {
    line: usize,
    text: String,
}

/// All sources but those compiled for tests only.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names = Vec::new();
    list(&root, "", &mut names);
    names.sort();
    let mut tests = BTreeSet::new();
    let mut sources = Vec::new();
    for name in names {
        let text = fs::read_to_string(root.join(&name)).unwrap();
        let modules = modules_of(&name);
        let (tokens, test_modules) = without_tests(&tokens(&text));
        for module in test_modules {
            tests.insert([modules.as_slice(), &[module]].concat());
        }
        sources.push(Source {
            name,
            text,
            modules,
            tokens,
        });
    }
    assert!(sources.len() > 50, "the sources are missing");
    sources.retain(|source| !tests.iter().any(|test| source.modules.starts_with(test)));
    sources
}

fn list(root: &Path, folder: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(root.join(folder)).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let path = if folder.is_empty() {
            name
        } else {
            format!("{folder}/{name}")
        };
        if entry.file_type().unwrap().is_dir() {
            list(root, &path, names);
        } else if Path::new(&path)
            .extension()
            .is_some_and(|ending| ending == "rs")
        {
            names.push(path);
        }
    }
}

fn modules_of(name: &str) -> Vec<String> {
    let stem = name.strip_suffix(".rs").unwrap();
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    match stem {
        "lib" | "main" | "build" => Vec::new(),
        _ => stem.split('/').map(str::to_owned).collect(),
    }
}

impl Source {
    /// The room it belongs to: `nickel`; the file itself for `main.rs`.
    pub fn room(&self) -> &str {
        self.modules
            .first()
            .map_or(self.name.as_str(), String::as_str)
    }

    /// Every path it names, `use` trees spread into their leaves.
    pub fn paths(&self) -> Vec<Named> {
        let mut imports = BTreeMap::new();
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            let starts = is_name(&token.text) && !follows_a_path(&self.tokens, at);
            if !starts && token.text != "use" {
                at += 1;
                continue;
            }
            let importing = token.text == "use";
            let mut leaves = Vec::new();
            let from = if importing { at + 1 } else { at };
            let end = spread(&self.tokens, from, &[], &mut leaves);
            for (named, alias) in leaves {
                if importing {
                    let last = named.parts.last().cloned().unwrap_or_default();
                    imports.insert(alias.unwrap_or(last), named.parts.clone());
                }
                found.push(named);
            }
            at = end.max(at + 1);
        }
        for named in &mut found {
            if let Some(whole) = imports.get(&named.parts[0])
                && (named.parts.len() > 1 || whole.len() > 1)
                && whole[0] != named.parts[0]
            {
                named.parts.splice(..1, whole.iter().cloned());
            }
        }
        found
    }

    /// The lines at which these tokens stand in a row.
    pub fn lines_of(&self, row: &[&str]) -> Vec<usize> {
        self.tokens
            .windows(row.len())
            .filter(|window| {
                window
                    .iter()
                    .zip(row)
                    .all(|(token, text)| token.text == *text)
            })
            .map(|window| window[0].line)
            .collect()
    }

    /// The modules it declares, in their order.
    pub fn declared_modules(&self) -> Vec<String> {
        self.tokens
            .windows(3)
            .filter(|window| window[0].text == "mod" && window[2].text == ";")
            .map(|window| window[1].text.clone())
            .collect()
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn follows_a_path(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].text == "::"
}

/// Reads one path or `use` tree; gives its leaves and where it ends.
fn spread(
    tokens: &[Token],
    mut at: usize,
    before: &[String],
    leaves: &mut Vec<(Named, Option<String>)>,
) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let line = tokens.get(at).map_or(0, |token| token.line);
    let mut parts = before.to_vec();
    if text(at) == "::" {
        at += 1;
    }
    loop {
        if text(at) == "{" && (parts.len() > before.len() || follows_a_path(tokens, at)) {
            at += 1;
            while !matches!(text(at), "}" | "") {
                let next = spread(tokens, at, &parts, leaves);
                at = next.max(at + 1);
                if text(at) == "," {
                    at += 1;
                }
            }
            return at + 1;
        }
        if text(at) == "*" && follows_a_path(tokens, at) {
            parts.push("*".to_owned());
            at += 1;
            break;
        }
        if !is_name(text(at)) {
            break;
        }
        if text(at) != "self" || parts.is_empty() {
            parts.push(text(at).to_owned());
        }
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    let alias = (text(at) == "as" && matches!(text(at + 2), "," | "}" | ";"))
        .then(|| text(at + 1).to_owned());
    if alias.is_some() {
        at += 2;
    }
    if !parts.is_empty() {
        leaves.push((Named { line, parts }, alias));
    }
    at
}

/// Takes out everything behind `#[cfg(test)]`, and names the modules of other files that stand there.
fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut modules = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let marked = rest.len() > MARK.len() && rest.iter().zip(MARK).all(|(t, m)| t.text == m);
        if !marked {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        at += MARK.len();
        let item = at;
        let mut depth = 0_usize;
        while at < tokens.len() {
            match tokens[at].text.as_str() {
                "{" | "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                "}" => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                ";" if depth == 0 => break,
                _ => {}
            }
            at += 1;
        }
        let item = &tokens[item..at.min(tokens.len())];
        if let Some(mark) = item.iter().position(|token| token.text == "mod")
            && item.len() == mark + 2
        {
            modules.push(item[mark + 1].text.clone());
        }
        at += 1;
    }
    (kept, modules)
}

/// Names, `::` and single signs; comments, texts, characters and lifetimes are left out.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut at = 0;
    let peek = |at: usize| chars.get(at).copied().unwrap_or('\0');
    while at < chars.len() {
        let from = at;
        let c = chars[at];
        if c == '/' && peek(at + 1) == '/' {
            at = end_of(&chars, at, |i| peek(i) == '\n');
        } else if c == '/' && peek(at + 1) == '*' {
            let mut depth = 0;
            loop {
                match (peek(at), peek(at + 1)) {
                    ('/', '*') => (depth, at) = (depth + 1, at + 2),
                    ('*', '/') => (depth, at) = (depth - 1, at + 2),
                    _ => at += 1,
                }
                if depth == 0 || at >= chars.len() {
                    break;
                }
            }
        } else if let Some(end) = raw_text(&chars, at) {
            at = end;
        } else if c == '"' || (matches!(c, 'b' | 'c') && peek(at + 1) == '"') {
            at += usize::from(c != '"') + 1;
            while at < chars.len() && chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if c == '\'' {
            // A character when a quote closes it, else a lifetime.
            at = if peek(at + 1) == '\\' {
                end_of(&chars, at + 3, |i| peek(i) == '\'') + 1
            } else if peek(at + 2) == '\'' {
                at + 3
            } else {
                at + 1
            };
        } else if c.is_alphanumeric() || c == '_' {
            at = end_of(&chars, at, |i| !peek(i).is_alphanumeric() && peek(i) != '_');
            let text = chars[from..at].iter().collect();
            tokens.push(Token { line, text });
        } else if c == ':' && peek(at + 1) == ':' {
            at += 2;
            tokens.push(Token {
                line,
                text: "::".to_owned(),
            });
        } else {
            at += 1;
            if !c.is_whitespace() {
                tokens.push(Token {
                    line,
                    text: c.to_string(),
                });
            }
        }
        let end = at.min(chars.len());
        line += chars[from..end].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn end_of(chars: &[char], from: usize, ends: impl Fn(usize) -> bool) -> usize {
    (from..chars.len())
        .find(|i| ends(*i))
        .unwrap_or(chars.len())
}

/// Where `r"…"`, `r#"…"#` or `br"…"` ends, when one begins here.
fn raw_text(chars: &[char], at: usize) -> Option<usize> {
    let mut i = at + usize::from(chars[at] == 'b');
    if chars.get(i) != Some(&'r') {
        return None;
    }
    i += 1;
    let signs = chars[i..].iter().take_while(|c| **c == '#').count();
    i += signs;
    if chars.get(i) != Some(&'"') {
        return None;
    }
    let closing: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', signs))
        .collect();
    let body = i + 1;
    let length = chars[body..]
        .windows(closing.len())
        .position(|window| window == closing)?;
    Some(body + length + closing.len())
}

#[test]
fn paths_are_found_and_texts_are_not() {
    let text = r###"
//! crate::comment
use std::{fs, process::{Command as Run, Stdio}};
use crate::form::{self, load::load};
/* crate::block /* nested */ crate::more */
fn f<'a>(x: &'a str) { let _ = ("crate::text", r##"crate::"#raw"##, '"', '\'', b"crate::b"); }
fn g() { Run::new("x"); fs::rename(a, b); super::super::value::X; vec![crate::schema::Y] }
#[cfg(test)]
#[allow(x)]
mod tests { use crate::tui; fn t() { { } } }
#[cfg(test)]
mod round;
fn h() { crate::last() }
"###;
    let (tokens, tests) = without_tests(&tokens(text));
    assert_eq!(tests, ["round"]);
    let source = Source {
        name: "a/b.rs".into(),
        text: String::new(),
        modules: modules_of("a/b.rs"),
        tokens,
    };
    let paths: Vec<String> = source
        .paths()
        .iter()
        .map(|named| named.parts.join("::"))
        .collect();
    for expected in [
        "std::fs",
        "std::process::Command",
        "std::process::Stdio",
        "std::process::Command::new",
        "std::fs::rename",
        "crate::form",
        "crate::form::load::load",
        "super::super::value::X",
        "crate::schema::Y",
        "crate::last",
    ] {
        assert!(
            paths.iter().any(|path| path == expected),
            "{expected} in {paths:#?}"
        );
    }
    for wrong in ["comment", "block", "more", "text", "raw", "tui", "b"] {
        assert!(
            !paths.iter().any(|path| path == &format!("crate::{wrong}")),
            "{wrong}"
        );
    }
    assert_eq!(source.lines_of(&["fs", "::", "rename"]), [7]);
}
