//! What stands under every picture: where it comes from, how it was made, what was not read, and what it is not.
//!
//! In: the ledger's coverage, and the reader's words. Out: lines.
//!
//! A chart travels without its page. Under it stands what the page would have said.

use super::font::Weight;
use super::paint::SOFT;
use super::{Column, paint};
use crate::answer::Coverage;
use crate::label::Labels;
use bilan_ledger::{Ledger, LedgerError};

/// What a caption tells beside the method, which the kind of chart knows.
#[derive(Clone, Debug, Default)]
pub struct Caption {
    /// Where the figures come from: the ledger and its state, or the address of the view.
    pub source: String,
    /// What was and was not read, in words.
    pub coverage: String,
    /// The figures are invented.
    pub invented: bool,
}

impl Caption {
    /// The caption of figures of this ledger. `invented`: all of it is.
    pub fn of(ledger: &Ledger, coverage: &Coverage, labels: &Labels, invented: bool) -> Result<Caption, LedgerError> {
        let (entry, time) = ledger.head()?.map_or((0, String::new()), |head| (head.entry, head.time));
        let day = time.get(..10).and_then(|day| day.parse().ok()).map(|day| labels.date(&day)).unwrap_or_default();
        let name = ledger.path().file_name().unwrap_or_default().to_string_lossy();
        let source = [("ledger", &*name), ("entry", &*labels.number(entry)), ("day", &*day)];
        let coverage = labels.coverage(coverage).join("; ") + ".";
        Ok(Caption { source: labels.fill("source", &source), coverage, invented })
    }

    /// The words over a picture of invented figures.
    pub fn mark<'l>(&self, labels: &'l Labels, parties: impl Iterator<Item = Option<String>>) -> Option<&'l str> {
        let invented = self.invented || parties.flatten().any(|party| party.split('+').any(is_invented));
        invented.then(|| labels.say("invented"))
    }
}

/// A country of the codes that stand for none: `XA` to `XZ`, without Kosovo's.
fn is_invented(party: &str) -> bool {
    let root = party.split('/').next().unwrap_or_default();
    root.len() == 2 && root.starts_with('X') && root != "XK"
}

impl Column {
    /// Ends a drawing with its caption.
    pub(super) fn caption(&mut self, labels: &Labels, caption: &Caption, method: &[String]) {
        self.y += 12.0;
        let rule = self.y;
        self.paint.line((16.0, rule), (super::WIDTH - 16.0, rule), 1.0, "", paint::RULE);
        self.y += 2.0;
        for words in method.iter().map(String::as_str).chain([
            &*labels.fill("caption_source", &[("source", &caption.source), ("coverage", &caption.coverage)]),
            labels.say("aim"),
        ]) {
            self.lines(words, 12.0, Weight::Regular, SOFT, 6);
        }
    }
}
