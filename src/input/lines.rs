//! Which line of a text a byte stands on.

/// The line starts of one text.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
    length: usize,
}

impl Lines {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(i, _)| i + 1))
            .collect();
        Self {
            starts,
            length: text.len(),
        }
    }

    /// The line, counted from 1, of a byte. The end of the text belongs to its last line that holds anything.
    #[must_use]
    pub fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.length.saturating_sub(1));
        self.starts.partition_point(|start| *start <= byte)
    }

    /// Where a line, counted from 1, starts; the end of the text for lines behind it.
    #[must_use]
    pub fn start(&self, line: usize) -> usize {
        self.starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.length)
    }
}

/// The lines as YAML counts them, for which a carriage return alone ends one too; no editor shows them so.
#[derive(Clone, Debug)]
pub(super) struct YamlLines(Vec<usize>);

impl YamlLines {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![1];
        let mut line = 1;
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'\n' => {
                    line += 1;
                    lines.push(line);
                }
                b'\r' if bytes.get(at + 1) != Some(&b'\n') => lines.push(line),
                _ => {}
            }
        }
        Self(lines)
    }

    /// The line, counted from 1, on which YAML's line stands.
    pub fn shown(&self, yaml: usize) -> usize {
        let last = self.0.last().copied().unwrap_or(1);
        let at = yaml.max(1) - 1;
        self.0.get(at).copied().unwrap_or(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_lines() {
        let lines = Lines::new("ab\n\ncd\n");
        let found: Vec<usize> = (0..=7).map(|byte| lines.at(byte)).collect();
        assert_eq!(found, [1, 1, 1, 2, 3, 3, 3, 3]);
        assert_eq!((lines.start(1), lines.start(3), lines.start(9)), (0, 4, 7));
        assert_eq!(Lines::new("").at(0), 1);
    }

    #[test]
    fn a_carriage_return_alone_ends_no_line_that_is_shown() {
        let lines = YamlLines::new("a\r\nb\rc\r\rd\ne");
        let found: Vec<usize> = (0..=8).map(|yaml| lines.shown(yaml)).collect();
        assert_eq!(found, [1, 1, 2, 2, 2, 2, 3, 3, 3]);
    }
}
