//! Lays rows out in columns that fit the page.
//!
//! In: columns, rows of cells, a width. Out: lines, never wider than the page.
//!
//! One cell of a hundred letters must not starve nine columns of six: room is taken from the widest column first, down
//! to the next widest, so that no narrow column is cut while a wide one has slack. Where cells would be cut to stumps,
//! dates and papers go to a second line below the row; where even that is not enough, each row becomes a small block.

use crate::text::{cut, pad, plain, width, wrap};
use anstyle::Style;

/// A column and how it behaves when room is short.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its heading.
    pub head: &'static str,
    /// Numbers stand at the right.
    right: bool,
    /// Never cut: a number or a date that lost its end would be another one.
    whole: bool,
    /// Goes to a line below the row when the page is narrow.
    below: bool,
    /// How many times the room of others it may take.
    weight: usize,
}

impl Column {
    /// Words that may be cut.
    pub const fn words(head: &'static str) -> Column {
        Column { head, right: false, whole: false, below: false, weight: 1 }
    }

    /// Never cut.
    pub const fn whole(head: &'static str) -> Column {
        Column { whole: true, ..Column::words(head) }
    }

    /// Never cut, at the right.
    pub const fn number(head: &'static str) -> Column {
        Column { right: true, ..Column::whole(head) }
    }

    /// Cut later than others.
    pub const fn wide(self) -> Column {
        Column { weight: 2, ..self }
    }

    /// Below the row when the page is narrow.
    pub const fn below(self) -> Column {
        Column { below: true, ..self }
    }
}

/// What stands in one place: words that may be cut, and a tail that is kept as long as possible.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// May end in an ellipsis.
    pub words: String,
    /// Kept: "l'état-major gén… UA/general-staff".
    pub tail: String,
    /// Shown so on a terminal.
    pub style: Style,
}

/// One row, and the sentence under it.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// As many as there are columns.
    pub cells: Vec<Cell>,
    /// Wrapped below the row; empty for none.
    pub under: String,
}

/// How the page takes it.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Columns of letters.
    pub width: usize,
    /// Whether it takes colour.
    pub colour: bool,
}

/// Columns with their widths settled.
pub struct Table {
    columns: Vec<Column>,
    layout: Layout,
    page: Page,
}

enum Layout {
    /// Column and width, in order, then the columns that go below the row. Columns left out hold nothing.
    Columns(Vec<(usize, usize)>, Vec<usize>),
    /// One block for each row.
    Blocks,
}

const GAP: usize = 2;
/// Below this a cut cell says nothing.
const LEAST: usize = 8;
/// Below this a cut cell says less than it would on a second line.
const EASY: usize = 9;
const DIM: Style = Style::new().dimmed();

impl Cell {
    /// Plain words.
    pub fn of(words: impl AsRef<str>) -> Cell {
        Cell { words: plain(words.as_ref()), ..Cell::default() }
    }

    /// With words that are kept when room is short.
    pub fn tail(mut self, tail: impl AsRef<str>) -> Cell {
        self.tail = plain(tail.as_ref());
        self
    }

    /// With a style.
    pub fn style(mut self, style: Style) -> Cell {
        self.style = style;
        self
    }

    fn width(&self) -> usize {
        let gap = usize::from(!self.words.is_empty() && !self.tail.is_empty());
        width(&self.words) + gap + width(&self.tail)
    }

    /// The words and the tail, as far as they fit.
    fn fit(&self, room: usize) -> (String, String) {
        if self.width() <= room {
            let gap = if self.words.is_empty() || self.tail.is_empty() { "" } else { " " };
            return (format!("{}{gap}", self.words), self.tail.clone());
        }
        match room.checked_sub(width(&self.tail) + 1) {
            Some(left) if left >= LEAST && !self.tail.is_empty() => {
                (format!("{} ", cut(&self.words, left)), self.tail.clone())
            }
            _ if self.tail.is_empty() => (cut(&self.words, room), String::new()),
            _ => (String::new(), cut(&self.tail, room)),
        }
    }
}

impl Table {
    /// Settles the widths by these rows; later rows keep them.
    pub fn new(columns: &[Column], rows: &[Row], page: Page) -> Table {
        let held = |column: usize| rows.iter().filter_map(move |row| row.cells.get(column)).map(Cell::width).max();
        let natural: Vec<usize> =
            columns.iter().enumerate().map(|(i, column)| held(i).unwrap_or(0).max(width(column.head))).collect();
        let all: Vec<usize> = (0..columns.len()).collect();
        let filled: Vec<usize> = all.iter().copied().filter(|&i| held(i).unwrap_or(0) > 0).collect();
        let needs = natural.iter().sum::<usize>() + GAP * columns.len().saturating_sub(1);
        let kept = if needs <= page.width || filled.is_empty() { all } else { filled };
        let (below, beside): (Vec<usize>, Vec<usize>) = kept.iter().partition(|&&i| columns[i].below);
        let fit = |kept: Vec<usize>, below, least| {
            let widths = share(columns, &natural, &kept, page.width, least)?;
            Some(Layout::Columns(kept.into_iter().zip(widths).collect(), below))
        };
        let least = if below.is_empty() { LEAST } else { EASY };
        let layout = fit(kept, vec![], least).or_else(|| fit(beside, below, LEAST)).unwrap_or(Layout::Blocks);
        Table { columns: columns.to_vec(), layout, page }
    }

    /// The heading and its rule.
    pub fn head(&self) -> String {
        let Layout::Columns(kept, _) = &self.layout else { return String::new() };
        let cells = kept.iter().map(|&(i, room)| {
            let column = self.columns[i];
            pad(column.head, room, column.right)
        });
        let line = cells.collect::<Vec<_>>().join(&" ".repeat(GAP));
        let rule = "─".repeat(kept.iter().map(|(_, room)| room).sum::<usize>() + GAP * kept.len().saturating_sub(1));
        format!("{}\n{}\n", self.paint(line.trim_end(), DIM), self.paint(&rule, DIM))
    }

    /// One row with the sentence under it.
    pub fn row(&self, row: &Row) -> String {
        let mut out = match &self.layout {
            Layout::Columns(kept, below) => self.line(row, kept) + &self.below(row, below),
            Layout::Blocks => self.block(row),
        };
        for line in wrap(&plain(&row.under), self.page.width.saturating_sub(4).max(20)) {
            out.push_str(&format!("    {}\n", self.paint(&line, DIM)));
        }
        if !row.under.is_empty() || matches!(self.layout, Layout::Blocks) {
            out.push('\n');
        }
        out
    }

    fn line(&self, row: &Row, kept: &[(usize, usize)]) -> String {
        let mut out = String::new();
        for (place, &(i, room)) in kept.iter().enumerate() {
            let cell = row.cells.get(i).cloned().unwrap_or_default();
            let (words, tail) = cell.fit(room);
            let blank = " ".repeat(room.saturating_sub(width(&words) + width(&tail)));
            let shown = format!("{}{}", self.paint(&words, cell.style), self.paint(&tail, self.tail_style(&cell)));
            let last = place + 1 == kept.len();
            out.push_str(&match (self.columns[i].right, last) {
                (true, _) => format!("{blank}{shown}"),
                (false, true) => shown,
                (false, false) => format!("{shown}{blank}"),
            });
            if !last {
                out.push_str(&" ".repeat(GAP));
            }
        }
        format!("{}\n", out.trim_end())
    }

    fn below(&self, row: &Row, below: &[usize]) -> String {
        let told = below.iter().filter_map(|&i| Some((self.columns[i].head, row.cells.get(i)?)));
        let told = told.filter(|(_, cell)| cell.width() > 0).map(|(head, cell)| {
            let (words, tail) = cell.fit(usize::MAX);
            format!("{head} {words}{tail}")
        });
        let line = told.collect::<Vec<_>>().join(" · ");
        // Wrapped, not cut: the name of a document that lost its end is no name.
        let lines = wrap(&line, self.page.width.saturating_sub(4).max(20));
        lines.iter().filter(|line| !line.is_empty()).map(|line| format!("    {}\n", self.paint(line, DIM))).collect()
    }

    fn block(&self, row: &Row) -> String {
        let label = self.columns.iter().map(|column| width(column.head)).max().unwrap_or(0);
        let room = self.page.width.saturating_sub(label + GAP).max(LEAST);
        let mut out = String::new();
        for (column, cell) in self.columns.iter().zip(&row.cells).filter(|(_, cell)| cell.width() > 0) {
            let (words, tail) = cell.fit(if column.whole { usize::MAX } else { room });
            let head = self.paint(&pad(column.head, label, false), DIM);
            let shown = format!("{}{}", self.paint(&words, cell.style), self.paint(&tail, self.tail_style(cell)));
            out.push_str(&format!("{head}{}{shown}\n", " ".repeat(GAP)));
        }
        out
    }

    fn tail_style(&self, cell: &Cell) -> Style {
        if cell.words.is_empty() { cell.style } else { DIM }
    }

    fn paint(&self, text: &str, style: Style) -> String {
        self.page.paint(text, style)
    }
}

impl Page {
    /// The text in a style, where the page takes colour.
    pub fn paint(&self, text: &str, style: Style) -> String {
        match self.colour && !text.is_empty() && style != Style::new() {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }
}

/// Widths of the kept columns, or none when they cannot fit: all columns are cut down to one level, chosen as high as
/// the page allows, and a column below that level is not
/// touched.
fn share(columns: &[Column], natural: &[usize], kept: &[usize], page: usize, least: usize) -> Option<Vec<usize>> {
    let room = page.checked_sub(GAP * kept.len().saturating_sub(1))?;
    let at = |level: usize| -> Vec<usize> {
        let room = |&i: &usize| match columns[i] {
            Column { whole: true, .. } => natural[i],
            Column { head, weight, .. } => natural[i].min((level * weight).max(width(head))),
        };
        kept.iter().map(room).collect()
    };
    let most = kept.iter().map(|&i| natural[i]).max().unwrap_or(0);
    let level = (least.min(most)..=most).rev().find(|&level| at(level).iter().sum::<usize>() <= room)?;
    let mut widths = at(level);
    let mut left = room - widths.iter().sum::<usize>();
    for (width, &i) in widths.iter_mut().zip(kept) {
        if left > 0 && *width < natural[i] {
            (*width, left) = (*width + 1, left - 1);
        }
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Column = Column::words("words");
    const NUMBER: Column = Column::number("number");

    fn page(width: usize) -> Page {
        Page { width, colour: false }
    }

    fn rows(rows: &[&[&str]]) -> Vec<Row> {
        let row = |cells: &&[&str]| Row { cells: cells.iter().map(Cell::of).collect(), under: String::new() };
        rows.iter().map(row).collect()
    }

    fn show(columns: &[Column], rows: &[Row], width: usize) -> String {
        let table = Table::new(columns, rows, page(width));
        table.head() + &rows.iter().map(|row| table.row(row)).collect::<String>()
    }

    #[test]
    fn a_narrow_column_is_whole_while_a_wide_one_has_slack() {
        let columns = [WORDS, WORDS, NUMBER];
        let rows = rows(&[&["a very long cell that cannot stay as it is", "short one", "1200"]]);
        let shown = show(&columns, &rows, 40);
        assert_eq!(shown.lines().last().unwrap(), "a very long cell tha…  short one    1200");
        for (width, natural) in [(30, false), (80, true)] {
            let shown = show(&columns, &rows, width);
            assert!(shown.lines().all(|line| crate::text::width(line) <= width), "{shown}");
            assert_eq!(!shown.contains('…'), natural);
        }
    }

    #[test]
    fn numbers_and_wide_letters_align() {
        let columns = [WORDS, NUMBER];
        let shown = show(&columns, &rows(&[&["東京", "5"], &["abcd", "14400"]]), 60);
        assert_eq!(shown.lines().skip(2).collect::<Vec<_>>(), ["東京        5", "abcd    14400"]);
    }

    #[test]
    fn the_tail_outlives_the_words() {
        let cell = Cell::of("l'état-major général des forces armées").tail("XX/general-staff");
        let fit = |room| {
            let (words, tail) = cell.fit(room);
            words + &tail
        };
        assert_eq!(fit(80), "l'état-major général des forces armées XX/general-staff");
        assert_eq!(fit(30), "l'état-major… XX/general-staff");
        assert_eq!(fit(20), "XX/general-staff");
        assert_eq!(fit(8), "XX/gene…");
    }

    #[test]
    fn a_number_is_never_cut() {
        let columns = [WORDS, NUMBER];
        let rows = rows(&[&["some words here", "123456789012"]]);
        let shown = show(&columns, &rows, 18);
        assert!(shown.contains("words   some word…\nnumber  123456789012\n"), "{shown}");
    }

    #[test]
    fn what_would_become_a_stump_goes_below() {
        let columns = [WORDS, NUMBER, Column::words("paper").below()];
        let rows = rows(&[&["a speaker of some rank", "1200", "invented-report"]]);
        let shown = show(&columns, &rows, 26);
        assert_eq!(
            shown.lines().skip(2).collect::<Vec<_>>(),
            ["a speaker of some…    1200", "    paper invented-report"]
        );
    }

    #[test]
    fn an_empty_column_gives_its_room_away() {
        let columns = [WORDS, Column::words("nothing at all")];
        let rows = rows(&[&["twenty letters in it", ""]]);
        assert_eq!(show(&columns, &rows, 20).lines().last().unwrap(), "twenty letters in it");
        assert!(show(&columns, &rows, 60).contains("nothing at all"));
    }

    #[test]
    fn a_document_cannot_steer_the_terminal() {
        let shown = show(&[WORDS], &rows(&[&["red\u{1b}[31m\u{202e}line\nbreak"]]), 60);
        assert!(shown.ends_with("red[31mline break\n"), "{shown:?}");
    }
}
