//! Makes a document of printed pages, as those of a PDF.
//!
//! In: the text of each page, line by line as it was printed. Out: a [`Document`] with a form feed between pages.
//!
//! A printed line ends where the paper ends, in the middle of "plus de 340 / soldats": a line that fills the width runs
//! on into the next, and one that does not ends its paragraph.

use super::decode::quieten;
use super::header::header;
use super::open::{NO_TEXT, Unreadable, with_header};
use super::papers::shorten;
use super::{Document, Given, Loss, Remark};

/// Stands between two pages.
pub const PAGE_BREAK: char = '\u{C}';

/// A line of so many hundredths of the usual width is full.
const FULL: usize = 80;

/// Shortest line that can be full.
const WIDTH: usize = 30;

/// The document of some pages.
///
/// # Errors
/// No page holds text: a scan is a picture of a text.
pub fn printed(name: &str, pages: &[String], given: &Given) -> Result<Document, Unreadable> {
    let mut remarks = vec![];
    let pages: Vec<String> = pages.iter().map(|page| unwrap(page)).collect();
    if pages.iter().all(|page| page.is_empty()) {
        let what = match pages.len() {
            0 => format!("{NO_TEXT}: the PDF has no pages"),
            1 => {
                format!("{NO_TEXT} on its one page, as in a scan; expected a PDF with text, or one that OCR went over")
            }
            n => {
                format!("{NO_TEXT} on its {n} pages, as in a scan; expected a PDF with text, or one that OCR went over")
            }
        };
        return Err(Unreadable { name: name.to_owned(), what, loss: Loss::NoText, ..Unreadable::default() });
    }
    let blank = pages.iter().filter(|page| page.is_empty()).count();
    if blank > 0 {
        remarks.push(Remark::new("scan", format!("{NO_TEXT} on {blank} of its {} pages, as in a scan", pages.len())));
    }
    let mut text = pages.join(&format!("\n{PAGE_BREAK}"));
    quieten(&mut text, &mut remarks);
    shorten(&mut text, false, &mut remarks);
    let header = header(&text, &given.months);
    Ok(with_header(text, header, remarks, given))
}

/// Where the pages of a text end, but for the last; nothing where it has no pages.
pub fn page_breaks(text: &str) -> Vec<u32> {
    memchr::memchr_iter(PAGE_BREAK as u8, text.as_bytes()).map(|at| at as u32).collect()
}

/// Joins the lines of a page into paragraphs.
fn unwrap(page: &str) -> String {
    let lines: Vec<String> =
        page.split(['\n', PAGE_BREAK]).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let mut widths: Vec<usize> = lines.iter().map(|line| line.chars().count()).filter(|&width| width > 0).collect();
    widths.sort_unstable();
    // The usual full line is among the longest; the very longest may be a heading across two columns.
    let usual = widths.get(widths.len().saturating_sub(1) * 9 / 10).copied().unwrap_or(0).max(WIDTH);
    let mut text = String::new();
    let mut runs_on = false;
    for line in lines.iter() {
        if line.is_empty() {
            runs_on = false;
            if !text.is_empty() && !text.ends_with("\n\n") {
                text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
            }
            continue;
        }
        let item = line.starts_with(['•', '–', '—', '-', '*', '▪', '·', '■']);
        if runs_on && !item {
            let broken = text.ends_with('-') && text[..text.len() - 1].ends_with(char::is_lowercase);
            if broken && line.starts_with(char::is_lowercase) {
                text.pop();
            } else {
                text.push(' ');
            }
        } else if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(line);
        // A sentence that ends with its line may end the paragraph, and costs nothing when it does not.
        runs_on = 100 * line.chars().count() >= FULL * usual && !line.ends_with(['.', '!', '?', ':']);
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_lines_run_on_and_short_ones_end() {
        let page = "Bilan du jour\n\nSelon le ministère, plus de 340\nsoldats karséniens ont été tués\nhier dans la val-\n\
                    lée.\n– chars : 12\n– drones : 41\n";
        assert_eq!(
            unwrap(page),
            "Bilan du jour\n\nSelon le ministère, plus de 340 soldats karséniens ont été tués hier dans la val-\nlée.\n\
             – chars : 12\n– drones : 41"
        );
        assert_eq!(unwrap("Les combats ont fait douze vic-\ntimes."), "Les combats ont fait douze victimes.");
    }

    #[test]
    fn a_byte_knows_its_page() {
        let pages = ["Un mort.".to_owned(), String::new(), "Deux morts.".to_owned()];
        let document = printed("a.pdf", &pages, &Given::default()).unwrap();
        let at = document.text.find("Deux").unwrap() as u32;
        assert_eq!(page_breaks(&document.text).iter().filter(|end| **end < at).count(), 2);
        assert!(page_breaks("Un mort.").is_empty());
        let wrong = printed("a.pdf", &[String::new()], &Given::default()).unwrap_err();
        assert_eq!(wrong.loss, Loss::NoText);
        assert!(wrong.to_string().starts_with("a.pdf: no text on its one page, as in a scan"));
    }
}
