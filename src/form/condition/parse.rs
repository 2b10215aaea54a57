//! The text of a condition becomes its tree; a wrong one gives a sentence that says what to write.
//! Leaves to others: what the tree means (`condition`).

use super::{Node, Op, Test};

const MAX_BYTES: usize = 4 << 10;
const MAX_DEPTH: usize = 64;

/// Reads a whole condition.
pub(super) fn parse(text: &str) -> Result<Node, String> {
    if text.len() > MAX_BYTES {
        return Err(format!(
            "it is {} bytes long; at most {MAX_BYTES} are read",
            text.len()
        ));
    }
    let mut parser = Parser {
        text,
        tokens: tokens(text)?,
        next: 0,
    };
    let node = parser.any(0)?;
    match parser.peek() {
        None => Ok(node),
        Some(token) => Err(format!(
            "expected and, or, or the end, found {}",
            token.shown(text)
        )),
    }
}

/// A single comparison, or a single look for a file?
pub(super) fn is_typedialogs(text: &str) -> bool {
    let Ok(tokens) = tokens(text) else {
        return true;
    };
    let word = |token: &Token| match token {
        Token::Word(start, end) => &text[*start..*end],
        _ => "",
    };
    let joins = tokens
        .iter()
        .any(|token| matches!(word(token), "and" | "or" | "not"));
    let groups = tokens.iter().enumerate().any(|(i, token)| {
        let looks = i > 0 && word(&tokens[i - 1]) == "file_exists";
        *token == Token::Open && !looks
    });
    !joins && !groups
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// Bare text, from byte to byte.
    Word(usize, usize),
    Quoted(String),
    Op(Op),
    Open,
    Close,
    /// `!` before something else than `=`.
    Bang,
}

impl Token {
    fn shown(&self, text: &str) -> String {
        match self {
            Self::Word(start, end) => crate::clean::line(&text[*start..*end]),
            Self::Quoted(quoted) => format!("\"{}\"", crate::clean::line(quoted)),
            Self::Op(op) => SIGNS
                .iter()
                .find(|(_, other)| other == op)
                .map_or("an operator", |(sign, _)| sign)
                .to_owned(),
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::Bang => "!".to_owned(),
        }
    }
}

const SIGNS: [(&str, Op); 6] = [
    ("==", Op::Equal),
    ("!=", Op::Different),
    (">=", Op::AtLeast),
    ("<=", Op::AtMost),
    (">", Op::Greater),
    ("<", Op::Less),
];

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if let Some((sign, op)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)) {
            tokens.push(Token::Op(*op));
            at += sign.len();
        } else if c == '"' || c == '\'' {
            let quoted = rest[1..]
                .split_once(c)
                .map(|(quoted, _)| quoted)
                .ok_or_else(|| format!("a {c} is opened and never closed"))?;
            tokens.push(Token::Quoted(quoted.to_owned()));
            at += quoted.len() + 2;
        } else if let Some(token) = match c {
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            '!' => Some(Token::Bang),
            _ => None,
        } {
            tokens.push(token);
            at += 1;
        } else {
            let end = at + word_length(rest);
            tokens.push(Token::Word(at, end));
            at = end;
        }
    }
    Ok(tokens)
}

fn word_length(rest: &str) -> usize {
    rest.char_indices()
        .find(|(i, c)| {
            c.is_whitespace()
                || matches!(c, '(' | ')' | '<' | '>')
                || rest[*i..].starts_with("==")
                || rest[*i..].starts_with("!=")
        })
        .map_or(rest.len(), |(i, _)| i)
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    next: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn word(&self) -> Option<&'t str> {
        match self.peek() {
            Some(Token::Word(start, end)) => Some(&self.text[*start..*end]),
            _ => None,
        }
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.word() == Some(word);
        self.next += usize::from(found);
        found
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    fn found(&self) -> String {
        self.peek()
            .map_or_else(|| "the end".to_owned(), |token| token.shown(self.text))
    }

    fn any(&mut self, depth: usize) -> Result<Node, String> {
        let mut nodes = vec![self.all(depth)?];
        while self.take_word("or") {
            nodes.push(self.all(depth)?);
        }
        Ok(single(nodes, Node::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Node, String> {
        let mut nodes = vec![self.one(depth)?];
        while self.take_word("and") {
            nodes.push(self.one(depth)?);
        }
        Ok(single(nodes, Node::All))
    }

    fn one(&mut self, depth: usize) -> Result<Node, String> {
        if depth > MAX_DEPTH {
            return Err(format!("it is nested more than {MAX_DEPTH} deep"));
        }
        if self.take_word("not") {
            return Ok(Node::Not(Box::new(self.one(depth + 1)?)));
        }
        if self.take(&Token::Open) {
            let node = self.any(depth + 1)?;
            if self.take(&Token::Close) {
                return Ok(node);
            }
            return Err(format!("expected ), found {}", self.found()));
        }
        self.test()
    }

    fn test(&mut self) -> Result<Node, String> {
        let bang = self.take(&Token::Bang);
        if self.word() == Some("file_exists")
            && self.tokens.get(self.next + 1) == Some(&Token::Open)
        {
            self.next += 2;
            let (path, _) = self.operand("a path")?;
            if !self.take(&Token::Close) {
                return Err(format!("expected ), found {}", self.found()));
            }
            let file = Node::File { path, there: false };
            return Ok(if bang {
                Node::Not(Box::new(file))
            } else {
                file
            });
        }
        if bang {
            return Err("! stands alone; write not".to_owned());
        }
        let (left, quoted) = self.operand("a field")?;
        let op = self.operator().ok_or_else(|| {
            format!(
                "expected ==, !=, >, <, >=, <=, contains, startswith, endswith or in after {}, \
                 found {}",
                crate::clean::line(&left),
                self.found()
            )
        })?;
        let (field, literal, quoted) = if op == Op::In {
            let (field, field_quoted) = self.operand("a field after in")?;
            (named(field, field_quoted)?, left, quoted)
        } else {
            let field = named(left, quoted)?;
            let (literal, quoted) = self.operand("a value")?;
            (field, literal, quoted)
        };
        Ok(Node::Test(Test {
            field,
            op,
            literal,
            quoted,
        }))
    }

    fn operator(&mut self) -> Option<Op> {
        let op = match self.peek()? {
            Token::Op(op) => *op,
            _ => word_operator(self.word()?)?,
        };
        self.next += 1;
        Some(op)
    }

    /// A quoted text, or bare words up to the next keyword or sign: TypeDialog's values may hold blanks.
    fn operand(&mut self, expected: &str) -> Result<(String, bool), String> {
        if let Some(Token::Quoted(quoted)) = self.peek() {
            let quoted = quoted.clone();
            self.next += 1;
            return Ok((quoted, true));
        }
        let mut span: Option<(usize, usize)> = None;
        while let Some(Token::Word(start, end)) = self.peek() {
            let (start, end) = (*start, *end);
            let word = &self.text[start..end];
            if matches!(word, "and" | "or" | "not")
                || span.is_some() && word_operator(word).is_some()
            {
                break;
            }
            if let Some(meant) = foreign(word) {
                return Err(format!("{word} is not read here; write {meant}"));
            }
            span = Some((span.map_or(start, |(first, _)| first), end));
            self.next += 1;
        }
        let (start, end) =
            span.ok_or_else(|| format!("expected {expected}, found {}", self.found()))?;
        Ok((self.text[start..end].to_owned(), false))
    }
}

fn word_operator(word: &str) -> Option<Op> {
    match word {
        "contains" => Some(Op::Contains),
        "startswith" => Some(Op::StartsWith),
        "endswith" => Some(Op::EndsWith),
        "in" => Some(Op::In),
        _ => None,
    }
}

/// How other languages say it: taken as part of a value, it would change what the condition means.
fn foreign(word: &str) -> Option<&'static str> {
    match word {
        "&&" | "AND" => Some("and"),
        "||" | "OR" => Some("or"),
        "NOT" => Some("not"),
        "=" => Some("=="),
        _ => None,
    }
}

fn named(field: String, quoted: bool) -> Result<String, String> {
    if quoted || field.contains(char::is_whitespace) {
        let shown = crate::clean::line(&field);
        return Err(format!("\"{shown}\" stands where a field's name is wanted"));
    }
    Ok(field)
}

fn single(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(node) if nodes.is_empty() => node,
        Some(node) => {
            nodes.push(node);
            join(nodes)
        }
        None => join(nodes),
    }
}

#[cfg(test)]
mod tests;
