//! Finds tables whose cells stand each on a line of its own, as the text of a printed page has them.
//!
//! In: lines. Out: rows of cells.
//!
//! "Pays", "Blessés", "Décès", and below "KARSÉNIE", "412 806", "96": how many numbers follow a name tells how many lines
//! above the first name are the heads of the columns. Of a name with one number each nothing tells it.

use std::ops::Range;

/// A cell is no longer, in bytes.
pub const CELL: usize = 40;

/// Lines above the first number among which the heads are looked for.
const ABOVE: usize = 12;

/// Whole rows that make a table.
const ROWS: usize = 3;

/// Least cells of a row.
const COLUMNS: usize = 3;

/// The cells of each row of a table whose first line begins at a byte; none where no table begins.
pub fn rows(text: &str, start: usize) -> Vec<Vec<Range<usize>>> {
    let mut lines = lines(text, start);
    let mut heads =
        Vec::from_iter(lines.by_ref().map_while(|line| is_name(&text[line.clone()]).then_some(line)).take(ABOVE));
    let mut rows: Vec<Vec<Range<usize>>> = vec![];
    let Some(mut label) = heads.pop() else { return vec![] };
    let width = heads.len();
    if width < COLUMNS {
        return vec![];
    }
    // What ended the names above is the first number, and is read again.
    let mut lines = self::lines(text, label.end + 1).peekable();
    loop {
        let mut row = vec![label];
        while let Some(number) = lines.next_if(|line| is_number(&text[line.clone()])) {
            row.push(number);
        }
        // A page of names would be gone through again at each of them.
        let empty = row.len() == 1 && rows.last().is_none_or(|above| above.len() == 1);
        rows.push(row);
        if empty {
            break;
        }
        match lines.next_if(|line| is_name(&text[line.clone()])) {
            Some(next) => label = next,
            None => break,
        }
    }
    // A row of more cells than there are heads is none: another text begins.
    rows.truncate(rows.iter().position(|row| row.len() > width).unwrap_or(rows.len()));
    // Names at the end that nothing follows are no rows.
    rows.truncate(rows.iter().rposition(|row| row.len() > 1).map_or(0, |last| last + 1));
    let whole = rows.iter().filter(|row| row.len() == width).count();
    if whole < ROWS {
        return vec![];
    }
    rows.insert(0, heads);
    rows
}

/// Letters and no digit.
fn is_name(line: &str) -> bool {
    let plain = |byte: u8| byte != b'|' && !byte.is_ascii_digit();
    line.len() <= CELL && line.bytes().all(plain) && line.contains(char::is_alphabetic)
}

/// Digits and no letter.
fn is_number(line: &str) -> bool {
    line.len() <= CELL
        && line.bytes().any(|byte| byte.is_ascii_digit())
        && !line.contains(|letter: char| letter.is_alphabetic() || letter == '|')
}

fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let line = at..at + memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        at = line.end + 1;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let rows = rows(text, 0);
        rows.iter().map(|row| Vec::from_iter(row.iter().map(|cell| &text[cell.clone()])).join(" | ")).collect()
    }

    #[test]
    fn cells_below_one_another_are_a_row() {
        let text = "Pays\nPers. blessées\nDécès\nKARSÉNIE\n412 806\n96\nMIRAVIE\n388 217\n41\nVALDORIE\n51 339\nSOLVANIE\nTotal\n1 320 027\n316\nNote\n1\n2\n3\n";
        assert_eq!(
            shown(text),
            [
                "Pays | Pers. blessées | Décès",
                "KARSÉNIE | 412 806 | 96",
                "MIRAVIE | 388 217 | 41",
                "VALDORIE | 51 339",
                "SOLVANIE",
                "Total | 1 320 027 | 316"
            ]
        );
        assert_eq!(shown(&text.replace("Pays\n", "Bilan\nPays\n")), [""; 0]);
    }

    #[test]
    fn lists_and_boxes_are_no_tables() {
        assert_eq!(shown("Morts\n43\nBlessés\n21\nDisparus\n12\n"), [""; 0]);
        assert_eq!(shown("Accueil\nMonde\nSport\n\nUne longue phrase.\n"), [""; 0]);
        assert_eq!(shown(""), [""; 0]);
    }
}
