//! Joins the lines of a table's row that the text of a page has broken.
//!
//! In: lines that end in a bar. Out: where the row ends that a line begins.
//!
//! A cell that was a paragraph of its own ends its line: "Karsénie |", and on the next "1 380 | 3 900 |". How many cells a
//! row has is told by the rows that are whole.

use std::ops::Range;

/// Lines of cells, one below the other.
#[derive(Default)]
pub struct Table {
    /// One past the last byte.
    end: usize,
    /// Cells of a row.
    width: usize,
}

/// A line of cells.
struct Line {
    bytes: Range<usize>,
    cells: usize,
    /// Whether its first cell is a number, and whether any is.
    opens: bool,
    counts: bool,
    /// Whether all are.
    bare: bool,
}

/// Whether a line is one of cells: the last is closed.
pub fn is_cells(line: &str) -> bool {
    line.trim_ascii_end().ends_with('|')
}

impl Table {
    /// Where the row ends whose first line is `text[start..stop]`.
    pub fn row_end(&mut self, text: &str, start: usize, stop: usize) -> usize {
        if start >= self.end {
            *self = Table::at(text, start);
        }
        let mut lines = lines(text, start).take_while(|line| line.bytes.start < self.end);
        let Some(mut row) = lines.next() else { return stop };
        let mut lines = lines.peekable();
        while let Some(line) = lines.next() {
            let label = line.is_label_of(lines.peek());
            let head = !row.counts && !line.counts && !label;
            let labelled = row.is_label_of(Some(&line));
            let rest = row.counts && line.bare;
            if row.cells + line.cells > self.width || !(head || labelled || rest) {
                break;
            }
            row.bytes.end = line.bytes.end;
            row.cells += line.cells;
            row.counts |= line.counts;
        }
        row.bytes.end
    }

    fn at(text: &str, start: usize) -> Table {
        let (mut width, mut end) = (0, start);
        let mut above: Option<Line> = None;
        for line in lines(text, start) {
            let broken = above.is_some_and(|above| above.is_label_of(Some(&line)));
            let whole = line.counts && !line.bare;
            width = width.max(if whole { line.cells } else { line.cells + usize::from(broken) });
            end = line.bytes.end;
            above = Some(line);
        }
        Table { end, width }
    }
}

impl Line {
    /// Whether it is one cell of words, and the next line has the numbers.
    fn is_label_of(&self, next: Option<&Line>) -> bool {
        self.cells == 1 && !self.counts && next.is_some_and(|next| next.opens)
    }
}

/// The lines of cells from a byte on.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Line> {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let stop = at + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = &text[at..stop];
        let bytes = at..stop;
        at = stop + 1;
        let cells = line.trim_ascii_end().strip_suffix('|')?.trim_ascii_start();
        let cells = cells.strip_prefix('|').unwrap_or(cells);
        let number = |cell: &str| !cell.contains(char::is_alphabetic);
        let bare = cells.split('|').all(number);
        let counts = cells.split('|').any(|cell| number(cell) && cell.contains(|letter: char| letter.is_ascii_digit()));
        let opens = cells.split('|').next().is_some_and(number);
        Some(Line { bytes, cells: cells.split('|').count(), opens, counts, bare })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of a table, each on a line.
    fn rows(text: &str) -> Vec<String> {
        let (mut table, mut start, mut rows) = (Table::default(), 0, vec![]);
        while start < text.len() {
            let stop = text[start..].find('\n').map_or(text.len(), |at| start + at);
            let end = if is_cells(&text[start..stop]) { table.row_end(text, start, stop) } else { stop };
            rows.push(text[start..end].replace('\n', " "));
            start = end + 1;
        }
        rows
    }

    #[test]
    fn a_label_belongs_to_its_numbers() {
        let text = "Pays |\nTués |\nBlessés |\nKarsénie |\n1 380 | 3 900 |\nMiravie | 118 | 204 |\nTotal : | 1 498 | 4 104 |\nFin.";
        assert_eq!(
            rows(text),
            [
                "Pays | Tués | Blessés |",
                "Karsénie | 1 380 | 3 900 |",
                "Miravie | 118 | 204 |",
                "Total : | 1 498 | 4 104 |",
                "Fin."
            ]
        );
    }

    #[test]
    fn the_last_cell_may_stand_below() {
        let text = "Armes | Engagés | Tués |\nPart |\nGénie | 41 300 | 5 120 |\n13.4 |\nTrain |\n1 130 | 39 |\n3.5 |\nAir | 8 | 3 | 37.5 |\n";
        assert_eq!(
            rows(text),
            [
                "Armes | Engagés | Tués | Part |",
                "Génie | 41 300 | 5 120 | 13.4 |",
                "Train | 1 130 | 39 | 3.5 |",
                "Air | 8 | 3 | 37.5 |"
            ]
        );
    }

    #[test]
    fn whole_rows_stay_as_they_are() {
        let text = "Pays | Tués |\nKarsénie | 12 |\nMiravie | 14 |\n| 3 |\nA |\nB |\n";
        assert_eq!(rows(text), ["Pays | Tués |", "Karsénie | 12 |", "Miravie | 14 |", "| 3 |", "A | B |"]);
    }
}
