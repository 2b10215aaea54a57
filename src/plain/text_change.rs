//! Which lines of a text another one changes, as `- ` and `+ ` lines with their numbers.

use std::fmt::Write as _;

/// More lines on either side between the first and the last change are not compared with each other.
const MOST: usize = 2_000;

/// The changed lines, each with its number in its own text. Empty when the texts are the same.
#[must_use]
pub fn changed_lines(before: &str, after: &str) -> String {
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - start;
    let end = (0..most)
        .take_while(|i| old[old.len() - 1 - i] == new[new.len() - 1 - i])
        .count();
    let (left, right) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    let mut out = String::new();
    let mut tell = |sign: char, line: usize, text: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{sign} {}: {text}", line + 1);
    };
    let kept = kept(left, right);
    let (mut i, mut j) = (0, 0);
    for (a, b) in kept.into_iter().chain([(left.len(), right.len())]) {
        for (k, line) in left[i..a].iter().enumerate() {
            tell('-', start + i + k, line);
        }
        for (k, line) in right[j..b].iter().enumerate() {
            tell('+', start + j + k, line);
        }
        (i, j) = (a + 1, b + 1);
    }
    out
}

/// The longest row of lines that both have, as pairs of places.
fn kept(left: &[&str], right: &[&str]) -> Vec<(usize, usize)> {
    if left.len() > MOST || right.len() > MOST {
        return Vec::new();
    }
    let width = right.len() + 1;
    let mut length = vec![0_u16; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            length[i * width + j] = if left[i] == right[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_have_their_numbers() {
        for (before, after, expected) in [
            ("a\nb\n", "a\nb\n", ""),
            ("", "a\nb\n", "+ 1: a\n+ 2: b\n"),
            ("a\nb\nc\n", "a\nB\nc\n", "- 2: b\n+ 2: B\n"),
            (
                "a\nb\nc\nd\n",
                "b\nc\nx\nd\ne\n",
                "- 1: a\n+ 3: x\n+ 5: e\n",
            ),
            ("a\na\n", "a\n", "- 2: a\n"),
            ("a\n", "", "- 1: a\n"),
        ] {
            assert_eq!(
                changed_lines(before, after),
                expected,
                "{before:?} {after:?}"
            );
        }
    }

    #[test]
    fn large_texts_are_not_compared_line_by_line() {
        let many = |first: &str| format!("{first}\n{}{first}\n", "x\n".repeat(MOST));
        let changed = changed_lines(&many("a"), &many("b"));
        assert_eq!(changed.lines().count(), 2 * (MOST + 2));
    }
}
