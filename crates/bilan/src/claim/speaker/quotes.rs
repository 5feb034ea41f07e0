//! Knows where quotations begin and end.
//!
//! In: the sentences of a document in order. Out: whether each begins inside a quotation, and which it closes.
//!
//! "« Nous comptons 12 morts. Aucun survivant », a dit X": what is quoted may be more than one sentence.

use crate::clause::Sentence;
use crate::mention::What;

/// The quotation that is open.
#[derive(Default)]
pub(super) struct Quotes {
    /// Sentence where it begins, and whether one mark opens and closes.
    open: Option<(usize, bool)>,
    paragraph: usize,
}

impl Quotes {
    /// Whether a sentence begins inside a quotation; and of one that began in a sentence before and ends here, where it
    /// began and the item that closes it.
    pub(super) fn read(&mut self, sentence: &Sentence<'_>, index: usize) -> (bool, Option<(usize, usize)>) {
        // A mark that does not tell its side is not trusted beyond its paragraph.
        self.open.take_if(|(_, straight)| *straight && sentence.paragraph != self.paragraph);
        self.paragraph = sentence.paragraph;
        let begins = self.open.is_some();
        let mut closed = None;
        for (at, item) in sentence.items.iter().enumerate() {
            let ends = match item.what {
                What::Mark('\u{ab}' | '\u{201c}') => false,
                What::Mark('\u{bb}' | '\u{201d}') => true,
                What::Mark('"') => self.open.is_some(),
                _ => continue,
            };
            match (ends, self.open) {
                (true, Some((first, _))) => {
                    closed = closed.or(Some((first, at)).filter(|_| first < index));
                    self.open = None;
                }
                (true, None) => {}
                (false, _) => self.open = Some((index, item.what == What::Mark('"'))),
            }
        }
        (begins, closed)
    }
}
