//! Rows of a list that a verb prints, in columns. Leaves to others: what stands in a cell.

/// A row a line: each cell as wide as the widest of its column, two blanks between, none at the end.
pub(super) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_each_other() {
        let rows = [["a", "bücher", ""], ["long", "b", "c"]].map(|row| row.map(str::to_owned));
        assert_eq!(columns(&rows), "a     bücher\nlong  b       c\n");
        assert_eq!(columns::<2>(&[]), "");
    }
}
