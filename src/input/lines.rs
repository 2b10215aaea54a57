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
}
