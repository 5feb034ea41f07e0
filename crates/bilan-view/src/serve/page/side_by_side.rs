//! Figures of many claimants: side by side at a date, or in time, and one statement by itself.
//!
//! In: answers, put into words. Out: pages.
//!
//! "too old to compare" and "comparable only if losses is read as killed" are no footnotes: what may not be set beside
//! the rest stands apart, under its own heading, with the reason.

use super::{Choice, Forms, Frame, Line, Link};
use askama::Template;

/// Who says how many.
#[derive(Template)]
#[template(path = "compare.html")]
pub struct ComparePage {
    /// What every page has.
    pub frame: Frame,
    /// Its heading.
    pub title: String,
    /// The day, as in a form.
    pub on: String,
    /// What the ledger knew on this day, as in a form.
    pub known: String,
    /// Days that totals may lie apart, as in a form.
    pub within: String,
    /// What one can choose.
    pub picks: Pick,
    /// The subjects to choose from.
    pub subjects: Vec<Link>,
    /// The ledger is too large to be shown without a choice.
    pub too_many: bool,
    /// A day by which figures count, where by this one none does.
    pub later: Option<Link>,
    /// Whose, and who or what.
    pub sections: Vec<SubjectSection>,
    /// The picture, as SVG of ours.
    pub chart: String,
    /// What the reader should know of the choice.
    pub notes: Vec<String>,
    /// How many figures have no row, as words.
    pub left_out: Option<String>,
    /// What was and was not read.
    pub coverage: Vec<String>,
    /// The same as files.
    pub forms: Forms,
}

/// What the form lets one choose.
pub struct Pick {
    /// Whose.
    pub sides: Vec<Choice>,
    /// What happened.
    pub outcome: Vec<Choice>,
    /// Who or what.
    pub counted: Vec<Choice>,
    /// Who says.
    pub claimant: String,
    /// Where.
    pub place: String,
    /// How "losses" may be read.
    pub read_losses_as: Vec<Choice>,
    /// Any of them is set.
    pub any: bool,
}

/// Figures of one subject.
pub struct SubjectSection {
    /// Whose, and who or what.
    pub heading: String,
    /// The same in time.
    pub in_time: String,
    /// Comparable figures together.
    pub groups: Vec<GroupSection>,
}

/// How a group stands to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// It holds figures that may be compared.
    Plain,
    /// Its word is left open.
    Open,
    /// It is too old.
    Old,
}

/// Figures of which every two may be compared.
pub struct GroupSection {
    /// What happened, and the kind of count.
    pub heading: String,
    /// Closed words in it: key and label.
    pub terms: Vec<(String, String)>,
    /// How it stands to the others.
    pub kind: SectionKind,
    /// Why it stands apart.
    pub apart: Vec<String>,
    /// Lowest and highest, each named.
    pub range: Option<String>,
    /// Pairs that cannot both hold.
    pub contradictions: Vec<String>,
    /// The figures.
    pub rows: Vec<FigureRow>,
}

impl GroupSection {
    fn class(&self) -> &'static str {
        match self.kind {
            SectionKind::Plain => "plain",
            SectionKind::Open => "open",
            SectionKind::Old => "old",
        }
    }
}

/// A claimant's latest known figure.
pub struct FigureRow {
    /// Who says so, by name.
    pub speaker: String,
    /// Its id.
    pub party: Option<String>,
    /// Who says so, as said.
    pub who: Option<String>,
    /// Its page.
    pub href: Option<String>,
    /// Its first place in the ledger, put into words.
    pub line: Option<Line>,
    /// How many, where the words are not at hand.
    pub value: String,
    /// As of when it counts.
    pub as_of: String,
    /// How old it is.
    pub age: String,
    /// How many texts print it.
    pub texts: String,
    /// Who doubts, denies or confirms it.
    pub contested: Vec<String>,
    /// What else is to be said.
    pub notes: Vec<String>,
}

/// Lines in time.
#[derive(Template)]
#[template(path = "series.html")]
pub struct SeriesPage {
    /// What every page has.
    pub frame: Frame,
    /// What one can choose.
    pub picks: Pick,
    /// The subjects to choose from, in a large ledger.
    pub subjects: Vec<Link>,
    /// The picture, as SVG of ours.
    pub chart: String,
    /// The same with the scales the other way.
    pub other: Link,
    /// The table behind the picture.
    pub sections: Vec<SeriesSection>,
    /// How many figures have no row, as words.
    pub left_out: Option<String>,
    /// What was and was not read.
    pub coverage: Vec<String>,
    /// The same as files.
    pub forms: Forms,
}

/// A line in time.
pub struct SeriesSection {
    /// What it counts.
    pub heading: String,
    /// Who speaks.
    pub speaker: String,
    /// Its figures.
    pub rows: Vec<PointRow>,
}

/// A figure of a line.
pub struct PointRow {
    /// As of when it counts.
    pub as_of: String,
    /// How many.
    pub value: String,
    /// Its page.
    pub href: Option<String>,
    /// How it follows, why it stands beside, what it tells again.
    pub notes: Vec<String>,
    /// It is lower than the one before.
    pub fell: bool,
    /// How many texts print it.
    pub texts: String,
    /// Who doubts, denies or confirms it.
    pub contested: Vec<String>,
}

/// One statement.
#[derive(Template)]
#[template(path = "statement.html")]
pub struct StatementPage {
    /// What every page has.
    pub frame: Frame,
    /// Who says how many.
    pub title: String,
    /// What it counts.
    pub measure: String,
    /// As of when.
    pub as_of: String,
    /// When it was said.
    pub stated: Option<String>,
    /// How many texts print it.
    pub texts: String,
    /// Places not listed.
    pub left_out: usize,
    /// Who doubts, denies or confirms it.
    pub contested: Vec<String>,
    /// Carriers.
    pub via: Vec<String>,
    /// Authorities invoked.
    pub citing: Vec<String>,
    /// How it stands to others, in words.
    pub notes: Vec<String>,
    /// Who tells it again.
    pub retold: Vec<Link>,
    /// Its places, equal texts together.
    pub groups: Vec<TextGroup>,
    /// The claimant's line in time.
    pub in_time: String,
    /// What others say.
    pub beside: String,
    /// What one cites.
    pub figure: String,
    /// The same as files.
    pub forms: Forms,
}

/// One text, printed in one place or more.
pub struct TextGroup {
    /// The claim in it.
    pub line: Line,
    /// Where it is printed.
    pub places: Vec<Place>,
}

/// A document that prints a text.
pub struct Place {
    /// The figure in it.
    pub href: String,
    /// Its title, or its id.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<String>,
    /// What one cites.
    pub figure: String,
    /// What people said of the reading, in words.
    pub reviews: Vec<String>,
}
