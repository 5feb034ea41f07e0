//! Lays out claims and documents for people.
//!
//! In: claims and documents as the ledger keeps them. Out: pages as HTML, in the reader's language.
//!
//! A document is hostile: its words may be markup, an address that runs, or characters that turn the line around so
//! that 12 is read as 21. Markup is escaped by the templates, addresses other than http(s) stay words, and what turns
//! the line is printed by its name.

mod check;
mod document;
mod line;
mod side_by_side;
#[cfg(test)]
mod tests;

pub use crate::printed::{brief, shown};
pub use check::{CheckPage, CheckedFigure, Hit, ReviewPage, ToReview};
pub use document::DocumentPage;
pub use line::{Line, Told};
pub use side_by_side::{
    ComparePage, FigureRow, GroupSection, Pick, Place, PointRow, SectionKind, SeriesPage, SeriesSection, StatementPage,
    SubjectSection, TextGroup,
};

use super::asked::Asked;
use crate::answer::Coverage;
use crate::label::Labels;
use askama::Template;

/// The longest sentence that travels without its article (codebook, section 6).
const SENTENCE: usize = 300;

/// What every page has.
pub struct Frame {
    /// The words of the page.
    pub labels: &'static Labels,
    /// The language asked for in the address, to be kept in every link.
    pub chosen: Option<&'static str>,
    /// Path and query of this page without the language, for the switch.
    pub here: String,
    /// The first part of the path: which of the views this is.
    pub section: String,
    /// Everything shown is invented.
    pub invented: bool,
    /// The reader holds the token.
    pub may_write: bool,
}

/// A link with a word beside it.
pub struct Link {
    /// What it says.
    pub words: String,
    /// Where it leads.
    pub href: String,
    /// What stands beside it.
    pub note: String,
}

/// The same view in other forms.
pub struct Forms {
    /// Name and address: "CSV".
    pub files: Vec<(String, String)>,
    /// The address of this view, for a citation.
    pub here: String,
    /// The state of the ledger it shows: entry, and its hash.
    pub state: Option<(String, String)>,
}

impl Forms {
    /// This view under `path`, in each of these forms.
    pub fn of(asked: &Asked, path: &str, forms: &[&str]) -> Forms {
        let file = |form: &&str| (form.to_uppercase(), asked.also(&format!("{path}.{form}")));
        Forms::at(asked, forms.iter().map(file).collect())
    }

    /// This view at these addresses.
    pub fn at(asked: &Asked, files: Vec<(String, String)>) -> Forms {
        let head = asked.ledger.head().ok().flatten();
        let state = head.map(|head| (asked.labels.number(head.entry), head.hash));
        Forms { files, here: asked.frame().link(&asked.frame().here), state }
    }
}

/// A sentence as it may travel without its article.
pub fn sentence(words: &str) -> String {
    crate::printed::unbroken(&crate::printed::at_most(words, SENTENCE))
}

/// A claim of the ledger as a line of a page.
pub fn line_of(labels: &Labels, row: &bilan_ledger::Row) -> Line {
    let told = Told {
        claim: &row.claim,
        quote: row.quote.as_deref(),
        hash: &row.document_hash,
        id: &row.document,
        title: row.title.as_deref(),
        outlet: row.outlet.as_deref(),
        published: row.published.as_ref(),
    };
    let reviews = row.reviewed.iter().map(|review| super::view::review::in_words(labels, review)).collect();
    Line { reviews, ..Line::of(labels, &told) }
}

/// What was and was not read, in parts.
pub fn coverage(labels: &Labels, counted: &Coverage) -> Vec<String> {
    labels.coverage(counted)
}

/// The list of claims.
#[derive(Template)]
#[template(path = "claims.html")]
pub struct ClaimsPage {
    /// What every page has.
    pub frame: Frame,
    /// The filters.
    pub filters: Filters,
    /// The claims.
    pub lines: Vec<Line>,
    /// How many there are in all, when known, as words.
    pub count: String,
    /// Where the list goes on.
    pub next: Option<String>,
    /// What was and was not read.
    pub coverage: Vec<String>,
    /// The same as files.
    pub forms: Forms,
}

/// The list of documents.
#[derive(Template)]
#[template(path = "documents.html")]
pub struct DocumentsPage {
    /// What every page has.
    pub frame: Frame,
    /// The documents.
    pub lines: Vec<DocumentLine>,
    /// Where the list goes on.
    pub next: Option<String>,
    /// What was and was not read.
    pub coverage: Vec<String>,
    /// The same in other forms.
    pub forms: Forms,
}

/// A document of the list.
pub struct DocumentLine {
    /// Its page.
    pub href: String,
    /// Its title, or its id.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// Claims, as words.
    pub claims: String,
    /// Figures not taken, as words.
    pub refused: String,
    /// Its text was taken out.
    pub redacted: bool,
}

/// The filters as they stand in the form.
#[derive(Default)]
pub struct Filters {
    /// Whose.
    pub side: String,
    /// What happened.
    pub outcome: Vec<Choice>,
    /// Who or what.
    pub counted: Vec<Choice>,
    /// Who says.
    pub claimant: String,
    /// Said from this day.
    pub from: String,
    /// Said until this day.
    pub to: String,
    /// Where.
    pub place: String,
    /// The document's id or hash.
    pub document: String,
    /// Words of the sentence.
    pub words: String,
    /// Any of them is set.
    pub any: bool,
}

/// A choice of a filter.
#[derive(Clone)]
pub struct Choice {
    /// What the address says.
    pub key: String,
    /// What people read.
    pub label: String,
    /// It is the one chosen.
    pub chosen: bool,
}

/// A page that says one thing: there is nothing here, or it could not be shown.
#[derive(Template)]
#[template(path = "message.html")]
pub struct MessagePage {
    /// What every page has.
    pub frame: Frame,
    /// What is the matter.
    pub words: String,
    /// It is the token that is missing.
    pub token: bool,
    /// The number of the request, to be told to who runs the server.
    pub id: String,
}

/// Words for people about a thing that has a page of its own: methods, the API.
#[derive(Template)]
#[template(path = "words.html")]
pub struct WordsPage {
    /// What every page has.
    pub frame: Frame,
    /// Its heading.
    pub title: String,
    /// What stands before the text, in the reader's language.
    pub lead: Vec<String>,
    /// HTML made from a page of ours: never from a document.
    pub body: String,
    /// The language of that text.
    pub lang: &'static str,
    /// What was and was not read.
    pub coverage: Vec<String>,
}

/// Where the token is given.
#[derive(Template)]
#[template(path = "token.html")]
pub struct TokenPage {
    /// What every page has.
    pub frame: Frame,
    /// The last one given was wrong.
    pub wrong: bool,
    /// There is a token at all.
    pub exists: bool,
}

impl Frame {
    fn say<'k>(&'k self, key: &'k str) -> &'k str {
        self.labels.say(key)
    }

    /// The views that one can go to: address, words, and whether it is the one shown.
    fn views(&self) -> Vec<(String, &str, bool)> {
        let views = [
            ("/", "view_compare", ""),
            ("/series", "view_series", "series"),
            ("/claims", "view_claims", "claims"),
            ("/documents", "view_documents", "documents"),
            ("/check", "view_check", "check"),
            ("/review", "view_review", "review"),
            ("/methods", "view_methods", "methods"),
        ];
        views
            .into_iter()
            .map(|(path, key, section)| (self.link(path), self.say(key), section == self.section))
            .collect()
    }

    /// Where the methods explain a closed word.
    pub fn explained(&self, word: &str) -> String {
        self.link(&format!("/methods#{word}"))
    }

    /// A path of ours, in the language chosen.
    pub fn link(&self, path: &str) -> String {
        self.chosen.map_or_else(|| path.to_owned(), |code| with_language(path, code))
    }

    /// This page in each language: address, code, name, and whether it is the one shown.
    fn languages(&self) -> Vec<(String, &'static str, &'static str, bool)> {
        let shown = self.labels.code();
        Labels::languages().map(|(code, name)| (with_language(&self.here, code), code, name, code == shown)).collect()
    }
}

/// "3 claims".
pub fn count(labels: &Labels, n: usize) -> String {
    labels.fill(if n == 1 { "one_claim" } else { "claims" }, &[("n", &labels.number(n as u64))])
}

fn with_language(path: &str, code: &str) -> String {
    let (path, place) = path.split_once('#').map_or((path, String::new()), |(path, place)| (path, format!("#{place}")));
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}lang={code}{place}")
}
