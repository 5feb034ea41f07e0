//! Takes a table apart and remembers where each cell stands.
//!
//! In: the text of a CSV file, of a JSON array of objects, or of lines of JSON objects. Out: a [`Grid`] of cells with the
//! bytes that hold them.
//!
//! A claim points at the bytes that said it, also in a table: `"tank": 466` is quoted as the 466 that stands there, and
//! not as one that was printed again.

use bilan::claim::Span;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The names of its columns, in the order in which they are met.
    pub columns: Vec<String>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Rows that are none: their line, and why.
    pub broken: Vec<(usize, String)>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its line, from 1.
    pub line: usize,
    /// Where it stands.
    pub span: Span,
    /// By column; an empty cell is not there.
    pub cells: BTreeMap<String, Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says, without its quotation marks.
    pub text: String,
    /// Where that stands.
    pub span: Span,
}

impl Grid {
    /// The table in this text; or the line where it is none, and why.
    pub fn of(text: &str) -> Result<Grid, (usize, String)> {
        match text.trim_start().chars().next() {
            None => Err((1, "the file is empty".to_owned())),
            Some('[') => array(text),
            Some('{') => lines(text),
            Some(_) => csv(text),
        }
    }

    fn add(&mut self, line: usize, span: Span, cells: Vec<(String, Cell)>) {
        for (name, _) in &cells {
            if !self.columns.contains(name) {
                self.columns.push(name.clone());
            }
        }
        let cells = cells.into_iter().filter(|(_, cell)| !cell.text.is_empty()).collect();
        self.rows.push(Row { line, span, cells });
    }
}

fn array(text: &str) -> Result<Grid, (usize, String)> {
    let wrong = |error: serde_json::Error| (error.line(), format!("not a JSON array of objects: {error}"));
    let objects: Vec<&RawValue> = serde_json::from_str(text).map_err(wrong)?;
    let mut grid = Grid::default();
    let mut lines = Lines::of(text);
    for object in objects {
        let span = place(text, object.get());
        match cells(text, object.get()) {
            Ok(cells) => grid.add(lines.line(span.start), span, cells),
            Err(why) => grid.broken.push((lines.line(span.start), why)),
        }
    }
    Ok(grid)
}

fn lines(text: &str) -> Result<Grid, (usize, String)> {
    let mut grid = Grid::default();
    let mut start = 0;
    for (at, line) in (1..).zip(text.split_inclusive('\n')) {
        let object = line.trim();
        if !object.is_empty() {
            let from = start + line.find(object).unwrap_or(0);
            let span = Span { start: from as u32, end: (from + object.len()) as u32 };
            match cells(text, &text[from..from + object.len()]) {
                Ok(cells) => grid.add(at, span, cells),
                Err(why) => grid.broken.push((at, why)),
            }
        }
        start += line.len();
    }
    match grid.rows.is_empty() {
        true => Err(grid.broken.into_iter().next().unwrap_or((1, "no row is here".to_owned()))),
        false => Ok(grid),
    }
}

/// The values of one JSON object, in its order. `object` lies within `text`.
fn cells(text: &str, object: &str) -> Result<Vec<(String, Cell)>, String> {
    let wrong = |error: serde_json::Error| format!("not a JSON object: {error}");
    let values: Pairs = serde_json::from_str(object).map_err(wrong)?;
    let mut found = Vec::new();
    for (name, raw) in values.0 {
        let raw = raw.get();
        let span = place(text, raw);
        let cell = match raw.as_bytes().first() {
            Some(b'"') => {
                let words: String = serde_json::from_str(raw).map_err(wrong)?;
                Cell { text: words.trim().to_owned(), span: Span { start: span.start + 1, end: span.end - 1 } }
            }
            Some(b'n') => Cell { text: String::new(), span },
            Some(b'{' | b'[') => return Err(format!("\"{name}\" holds more than one value")),
            _ => Cell { text: raw.to_owned(), span },
        };
        if found.iter().any(|(other, _)| *other == name) {
            return Err(format!("\"{name}\" is there twice"));
        }
        found.push((name, cell));
    }
    Ok(found)
}

/// The pairs of an object in their order, each value as it is written.
struct Pairs<'t>(Vec<(String, &'t RawValue)>);

impl<'de> serde::Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Visitor)
    }
}

/// Where a part of the text stands in it.
fn place(text: &str, part: &str) -> Span {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    Span { start: start as u32, end: (start + part.len()).min(text.len()) as u32 }
}

/// Counts lines on the way through a text.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Lines<'t> {
        Lines { text, at: 0, line: 1 }
    }

    /// The line of this byte; asked in order.
    fn line(&mut self, byte: u32) -> usize {
        let byte = byte as usize;
        self.line += self.text.as_bytes()[self.at.min(byte)..byte].iter().filter(|b| **b == b'\n').count();
        self.at = byte;
        self.line
    }
}

fn csv(text: &str) -> Result<Grid, (usize, String)> {
    let mut grid = Grid::default();
    let mut heading: Vec<String> = Vec::new();
    let mut line = 1;
    let mut rest = 0;
    let first = text.lines().next().unwrap_or_default();
    // The separator that the heading has most of.
    let by = [b',', b';', b'\t'].into_iter().max_by_key(|by| first.bytes().filter(|b| b == by).count()).unwrap_or(b',');
    while rest < text.len() {
        let (fields, next) = record(text, rest, by);
        let span = Span {
            start: rest as u32,
            end: text[rest..next].trim_end_matches(['\r', '\n']).len() as u32 + rest as u32,
        };
        let at = line;
        line += text[rest..next].bytes().filter(|b| *b == b'\n').count();
        rest = next;
        if fields.len() == 1 && fields[0].text.is_empty() {
            continue;
        }
        if heading.is_empty() {
            heading = fields.into_iter().map(|field| field.text).collect();
            grid.columns = heading.clone();
            if let Some(twice) = heading.iter().enumerate().find(|(i, name)| heading[..*i].contains(name)) {
                return Err((at, format!("two columns are called \"{}\"", twice.1)));
            }
        } else if fields.len() == heading.len() {
            grid.add(at, span, heading.iter().cloned().zip(fields).collect());
        } else {
            let cells = fields.len();
            grid.broken.push((at, format!("{cells} cells where the heading has {}", heading.len())));
        }
    }
    match (heading.len(), grid.rows.is_empty()) {
        (0 | 1, _) => Err((1, "not a table: no heading with columns was found".to_owned())),
        (_, true) => Err((1, "the table has a heading and no rows".to_owned())),
        _ => Ok(grid),
    }
}

/// The cells of the record that begins here, and where the next one begins (RFC 4180: quotation marks hold separators and
/// line breaks, and are doubled within).
fn record(text: &str, start: usize, by: u8) -> (Vec<Cell>, usize) {
    let bytes = text.as_bytes();
    let mut cells = Vec::new();
    let mut at = start;
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        let begin = if quoted { at + 1 } else { at };
        let mut end = begin;
        if quoted {
            while end < bytes.len() && !(bytes[end] == b'"' && bytes.get(end + 1) != Some(&b'"')) {
                end += if bytes[end] == b'"' { 2 } else { 1 };
            }
            at = (end + 1).min(bytes.len());
            while at < bytes.len() && bytes[at] != by && bytes[at] != b'\n' {
                at += 1;
            }
        } else {
            while end < bytes.len() && bytes[end] != by && bytes[end] != b'\n' {
                end += 1;
            }
            at = end;
        }
        let end = end.min(bytes.len());
        let raw = &text[begin..end];
        let trimmed = raw.trim();
        let skip = raw.len() - raw.trim_start().len();
        let span = Span { start: (begin + skip) as u32, end: (begin + skip + trimmed.len()) as u32 };
        let words = if quoted { trimmed.replace("\"\"", "\"") } else { trimmed.to_owned() };
        cells.push(Cell { text: words, span });
        match bytes.get(at) {
            Some(b) if *b == by => at += 1,
            Some(_) => return (cells, at + 1),
            None => return (cells, at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<(String, String)>> {
        let grid = Grid::of(text).unwrap();
        let row = |row: &Row| {
            row.cells
                .iter()
                .map(|(name, cell)| {
                    // What the span holds is what the cell says, but for doubled quotation marks.
                    assert_eq!(cell.span.of(text).replace("\"\"", "\"").trim(), cell.text);
                    (name.clone(), cell.text.clone())
                })
                .collect()
        };
        grid.rows.iter().map(row).collect()
    }

    #[test]
    fn every_form_of_a_table_gives_the_same_cells() {
        let expected = [[("day".into(), "2031-05-01".into()), ("tank".into(), "466".into())]];
        for text in [
            "day,tank\r\n2031-05-01,466\r\n",
            "day;tank\n\"2031-05-01\"; 466\n\n",
            "[ {\"day\": \"2031-05-01\", \"tank\": 466, \"note\": null} ]",
            "{\"day\":\"2031-05-01\",\"tank\":466}\n",
        ] {
            assert_eq!(cells(text), expected, "{text}");
        }
    }

    #[test]
    fn quotation_marks_hold_separators_and_lines() {
        let text = "a,b\n\"x, \"\"y\"\"\nz\",2\n3,4\n";
        let grid = Grid::of(text).unwrap();
        assert_eq!(grid.rows[0].cells["a"].text, "x, \"y\"\nz");
        assert_eq!((grid.rows[0].line, grid.rows[1].line), (2, 4));
        assert_eq!(grid.rows[1].span.of(text), "3,4");
    }

    #[test]
    fn a_row_that_is_none_is_told_with_its_line() {
        let grid = Grid::of("a,b\n1,2\n1\n3,4\n").unwrap();
        assert_eq!(grid.broken, [(3, "1 cells where the heading has 2".to_owned())]);
        assert_eq!(grid.rows.len(), 2);
        let grid = Grid::of("{\"a\":1}\n{\"a\":\n{\"a\":[1]}\n{\"a\":1,\"a\":2}\n").unwrap();
        assert_eq!(grid.broken.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn hostile_bytes_give_an_answer_and_no_panic() {
        for text in [
            "",
            " ",
            "[",
            "{",
            "[1]",
            "[{}]",
            "\"",
            "a,\"",
            "a,b\n\"é",
            "\u{feff}",
            "[{\"a\":\"\\ud800\"}]",
            "é,é\n1,2",
        ] {
            let _ = Grid::of(text);
        }
        assert_eq!(Grid::of("[{\"a\": 1},\n oops]").unwrap_err().0, 2);
    }
}
