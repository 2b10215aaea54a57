//! Fuzzy finding: rows of texts prepared once, a query over them at each key, and which characters hit.
//! Leaves to others: which texts there are and what a hit leads to (`search`, `finder`).

use std::sync::Arc;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String, chars};

/// How a column is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The letters in their order, with gaps: for names.
    Letters,
    /// The word as it is typed: in a whole sentence the letters of any word are found somewhere.
    Words,
}

/// A column of every row; the weightier stand before the others.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// What a hit here counts beside hits in other columns.
    pub weight: u32,
    pub how: How,
}

/// Points of a word found in one piece in the middle of another: 16 a letter, and 4 for each that follows its
/// neighbour. Letters with gaps must earn as much at word starts; with less they stand there by chance.
fn one_piece(letters: usize) -> usize {
    (20 * letters).saturating_sub(4)
}

/// The texts to search, prepared. A copy shares them.
#[derive(Clone, Debug)]
pub struct Haystack {
    columns: &'static [Column],
    /// Row after row, a text a column.
    texts: Arc<Vec<Text>>,
    /// What stands in one column in place of them, row after row.
    live: Option<(usize, Vec<Text>)>,
}

/// A text, prepared for how its column is searched.
#[derive(Clone, Debug)]
enum Text {
    Letters(Utf32String),
    Words(String),
}

impl Text {
    fn new(how: How, text: String) -> Self {
        match how {
            How::Letters => Self::Letters(text.into()),
            How::Words => Self::Words(folded(&text)),
        }
    }
}

/// One character a grapheme, small and without accents.
fn folded(text: &str) -> String {
    if text.is_ascii() && !text.contains('\r') {
        return text.to_ascii_lowercase();
    }
    let fold = |c| chars::to_lower_case(chars::normalize(c));
    chars::graphemes(text).map(fold).collect()
}

impl Haystack {
    /// Prepares rows; each gives one text a column, empty ones are never hit.
    #[must_use]
    pub fn new(columns: &'static [Column], rows: impl Iterator<Item = Vec<String>>) -> Self {
        let texts = rows.flat_map(|row| {
            let filled = row.into_iter().chain(std::iter::repeat(String::new()));
            let texts = filled.zip(columns);
            texts.map(|(text, column)| Text::new(column.how, text))
        });
        Self {
            columns,
            texts: Arc::new(texts.collect()),
            live: None,
        }
    }

    /// The same with other texts in one column.
    #[must_use]
    pub fn with(&self, column: usize, texts: impl Iterator<Item = String>) -> Self {
        let how = self.columns[column].how;
        let texts = texts.map(|text| Text::new(how, text)).collect();
        Self {
            live: Some((column, texts)),
            ..self.clone()
        }
    }

    fn row(&self, row: usize) -> impl Iterator<Item = (usize, &Text)> + Clone {
        let from = row * self.columns.len();
        let fixed = self.texts[from..from + self.columns.len()].iter();
        fixed.enumerate().map(move |(i, text)| match &self.live {
            Some((column, live)) if *column == i => (i, live.get(row).unwrap_or(text)),
            _ => (i, text),
        })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len() / self.columns.len().max(1)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A row that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub row: usize,
    score: u32,
    /// The column that was hit, when a word of the query was found elsewhere than in the first.
    pub elsewhere: Option<usize>,
}

/// What is looked for: every word of it must be found somewhere in a row.
#[derive(Debug, Default)]
pub struct Query(Vec<Word>);

#[derive(Debug)]
struct Word {
    letters: Atom,
    word: String,
}

impl Word {
    /// Points in a prepared text; `None` when it is not there.
    fn score(&self, text: &Text, matcher: &mut Matcher) -> Option<u32> {
        match text {
            Text::Letters(text) => {
                let score = self.letters.score(text.slice(..), matcher)?;
                let least = one_piece(self.letters.needle_text().len());
                (usize::from(score) >= least).then_some(u32::from(score))
            }
            Text::Words(text) => {
                let at = text.find(&self.word)?;
                let begins = !text[..at].ends_with(char::is_alphanumeric);
                let letters = self.word.chars().count() + usize::from(begins);
                u32::try_from(one_piece(letters)).ok()
            }
        }
    }

    fn mark(&self, how: How, text: &str, matcher: &mut Matcher, marks: &mut Vec<u32>) {
        let mut own = Vec::new();
        match how {
            How::Letters => {
                let mut buffer = Vec::new();
                let text = Utf32Str::new(text, &mut buffer);
                let score = self.letters.indices(text, matcher, &mut own);
                let least = one_piece(self.letters.needle_text().len());
                if score.is_none_or(|score| usize::from(score) < least) {
                    own.clear();
                }
            }
            How::Words => {
                let text = folded(text);
                if let Some(at) = text.find(&self.word) {
                    let from = text[..at].chars().count();
                    let to = from + self.word.chars().count();
                    own.extend((from..to).filter_map(|i| u32::try_from(i).ok()));
                }
            }
        }
        marks.append(&mut own);
    }
}

impl Query {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words = text.split_whitespace().map(|word| Word {
            letters: Atom::new(
                word,
                CaseMatching::Ignore,
                Normalization::Smart,
                AtomKind::Fuzzy,
                false,
            ),
            // The matcher's own search for words misses some that begin with a digit or a sign.
            word: folded(word),
        });
        Self(words.collect())
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rows that hold every word, the best first, else in their order. An empty query finds all.
    #[must_use]
    pub fn find(&self, haystack: &Haystack, matcher: &mut Matcher) -> Vec<Hit> {
        let mut hits: Vec<Hit> = (0..haystack.len())
            .filter_map(|row| self.hit(row, haystack, matcher))
            .collect();
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
        hits
    }

    fn hit(&self, row: usize, haystack: &Haystack, matcher: &mut Matcher) -> Option<Hit> {
        let mut hit = Hit {
            row,
            score: 0,
            elsewhere: None,
        };
        for word in &self.0 {
            // The first column that is hit is the weightiest: the others need not be looked at.
            let (column, score) = haystack.row(row).find_map(|(i, text)| {
                let score = word.score(text, matcher)?;
                Some((i, score * haystack.columns[i].weight))
            })?;
            hit.score += score;
            if column > 0 {
                hit.elsewhere = hit.elsewhere.or(Some(column));
            }
        }
        Some(hit)
    }

    /// The characters of a text that are hit, in order, counted as graphemes.
    #[must_use]
    pub fn marks(&self, how: How, text: &str, matcher: &mut Matcher) -> Vec<usize> {
        let mut marks = Vec::new();
        for word in &self.0 {
            word.mark(how, text, matcher, &mut marks);
        }
        marks.sort_unstable();
        marks.dedup();
        marks.into_iter().map(|mark| mark as usize).collect()
    }
}

/// The machine that matches; it is large, so it is kept.
#[must_use]
pub fn matcher() -> Matcher {
    Matcher::new(Config::DEFAULT)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [
        Column {
            weight: 8,
            how: How::Letters,
        },
        Column {
            weight: 6,
            how: How::Letters,
        },
        Column {
            weight: 1,
            how: How::Words,
        },
    ];

    fn found(query: &str) -> Vec<(usize, Option<usize>)> {
        let rows = [
            ["Port", "backend.port", "Where browsers reach the API."],
            ["Worker threads", "backend.workers", "How many at once."],
            ["Request timeout", "backend.request_timeout", "In seconds."],
            [
                "Architect",
                "llm_router.budget_enforcement.role_limits.architect_cents",
                "Most the architect role may spend; past it, the port is not touched.",
            ],
            ["Größe", "größe", "Unicode, ok."],
        ];
        let haystack = Haystack::new(
            &COLUMNS,
            rows.iter().map(|row| row.map(str::to_owned).to_vec()),
        );
        let hits = Query::new(query).find(&haystack, &mut matcher());
        hits.iter().map(|hit| (hit.row, hit.elsewhere)).collect()
    }

    #[test]
    fn rows_are_found_by_letters_of_names_and_words_of_sentences() {
        for (query, expected) in [
            ("port", vec![(0, None), (3, Some(2))]),
            ("PORT", vec![(0, None), (3, Some(2))]),
            ("wrkr", vec![(1, None)]),
            ("tmout", vec![(2, None)]),
            ("archtect", vec![(3, None)]),
            ("backend port", vec![(0, Some(1))]),
            ("port backend", vec![(0, Some(1))]),
            ("browsers", vec![(0, Some(2))]),
            ("brwsrs", vec![]),
            ("grosse", vec![]),
            ("unicöde", vec![(4, Some(2))]),
            ("Ok.", vec![(4, Some(2))]),
            ("grö", vec![(4, None)]),
            ("gro", vec![(4, None)]),
            ("nowhere", vec![]),
            ("port nowhere", vec![]),
            ("^port", vec![]),
        ] {
            assert_eq!(found(query), expected, "{query}");
        }
        assert_eq!(found("").len(), 5);
    }

    #[test]
    fn the_characters_that_hit_are_known() {
        for (query, how, text, expected) in [
            ("port", How::Letters, "Port", vec![0, 1, 2, 3]),
            ("wt", How::Letters, "Worker threads", vec![0, 7]),
            (
                "at once",
                How::Words,
                "How many at once.",
                vec![9, 10, 12, 13, 14, 15],
            ),
            ("ß", How::Letters, "Größe", vec![3]),
            ("x", How::Letters, "Port", vec![]),
            ("${SEC", How::Words, "${SECRET:db}", vec![0, 1, 2, 3, 4]),
            ("SEC", How::Words, "${SECRET:db}", vec![2, 3, 4]),
            ("${s", How::Words, "x ${SECRET:db}", vec![2, 3, 4]),
        ] {
            let marks = Query::new(query).marks(how, text, &mut matcher());
            assert_eq!(marks, expected, "{query}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_query_in_any_text_marks_what_is_there(query in "\\PC{0,12}", text in "\\PC{0,40}") {
            let haystack = Haystack::new(&COLUMNS, [vec![text.clone(), text.clone(), text.clone()]].into_iter());
            let (query, mut matcher) = (Query::new(&query), matcher());
            let found = !query.find(&haystack, &mut matcher).is_empty();
            let letters = query.marks(How::Letters, &text, &mut matcher);
            let words = query.marks(How::Words, &text, &mut matcher);
            let length = chars::graphemes(&text).count();
            proptest::prop_assert!(letters.iter().chain(&words).all(|mark| *mark < length));
            proptest::prop_assert!(!found || query.is_empty() || !letters.is_empty() || !words.is_empty());
        }
    }
}
