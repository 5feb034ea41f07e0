//! A claim in one line of a list.
//!
//! In: a claim and its sentence. Out: who says how many of what, in our words beside the words said.
//!
//! "environ 1 200" is one quotation when hedge and figure stand side by side. When words lie between them the figure is
//! quoted alone: what we put together is no quotation.

use super::super::highlight::excerpt;
use super::{SENTENCE, brief, shown};
use crate::answer;
use crate::label::Labels;
use crate::printed::unbroken;
use crate::row::title;
use bilan::claim::{Claim, Date, Span};
use bilan::document::Document;

/// A claim of a list.
pub struct Line {
    /// Its place in its document.
    pub href: String,
    /// The page of its statement.
    pub statement: String,
    /// The party that says so, by its id.
    pub party: Option<String>,
    /// When it was said.
    pub stated: Option<String>,
    /// Who says, whose, who or what, what happened: in our words, and as said.
    pub claimant: Said,
    /// Whose.
    pub side: Said,
    /// Who or what.
    pub counted: Said,
    /// What happened.
    pub outcome: Said,
    /// How many, as people say it; the words said when the bounds are ours.
    pub value: String,
    /// The figure as printed, with its hedge when that stands beside it, between quotation marks.
    pub words: Option<String>,
    /// The bounds are ours.
    pub ours: bool,
    /// What it covers.
    pub covers: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// The sentence, at most 300 characters.
    pub sentence: String,
    /// The sentence is a translation.
    pub translated: bool,
    /// How it was contested, in words.
    pub contested: Vec<String>,
    /// What people said of the reading, in words.
    pub reviews: Vec<String>,
    /// Title of its document, or its id.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<String>,
}

/// A field in our words, and in the words of the text.
#[derive(Default)]
pub struct Said {
    /// Ours; empty when not told.
    pub ours: String,
    /// Theirs, between quotation marks.
    pub theirs: Option<String>,
}

/// A claim with what a list needs of its document: the text itself may be far away, or taken out.
pub struct Told<'t> {
    /// The claim.
    pub claim: &'t Claim,
    /// Its sentence, whole; `None` when it was taken out.
    pub quote: Option<&'t str>,
    /// The document's hash.
    pub hash: &'t str,
    /// Its id.
    pub id: &'t str,
    /// Its title.
    pub title: Option<&'t str>,
    /// Who published it.
    pub outlet: Option<&'t str>,
    /// When it was published.
    pub published: Option<&'t Date>,
}

impl Told<'_> {
    /// A claim of a document at hand.
    pub fn of<'t>(document: &'t Document, claim: &'t Claim) -> Told<'t> {
        Told {
            claim,
            quote: Some(claim.quote.span.of(&document.text)).filter(|quote| !quote.is_empty()),
            hash: &document.hash,
            id: &document.id,
            title: title(document),
            outlet: document.outlet.as_deref(),
            published: document.published.as_ref(),
        }
    }
}

impl Line {
    /// The line of a claim.
    pub fn of(labels: &Labels, told: &Told) -> Line {
        let claim = told.claim;
        let as_said = |field: &str| said(labels, claim, field);
        let quote = told.quote.unwrap_or_default();
        // Places within the sentence, where it stands alone.
        let here = |span: Span| Span {
            start: span.start.saturating_sub(claim.quote.span.start),
            end: span.end.saturating_sub(claim.quote.span.start),
        };
        let whole = Span { start: 0, end: quote.len() as u32 };
        let sentence = excerpt(quote, whole, here(claim.span), SENTENCE);
        let (before, after) = (sentence.start > 0, sentence.end < whole.end);
        let sentence = format!(
            "{}{}{}",
            if before { "[…] " } else { "" },
            unbroken(&shown(sentence.of(quote))),
            if after { " […]" } else { "" }
        );
        let words = here(with_hedge(quote, claim.span, claim, here)).of(quote);
        let words = Some(words).filter(|words| !words.is_empty()).map(|words| labels.quoted(&brief(words)));
        let value = labels.value(&claim.value);
        // Bounds that are ours come after the words: nobody said "200 to 999".
        let (value, words) = match words {
            Some(words) if claim.value.ours => (words, Some(value)),
            words => (value, words),
        };
        Line {
            href: format!("/document/{}#f{}", told.hash, claim.span.start),
            statement: format!(
                "/statement/{}@{}+{}?n={}",
                told.hash,
                claim.span.start,
                claim.span.end.saturating_sub(claim.span.start),
                claim.n
            ),
            party: claim.claimant.as_deref().map(brief),
            stated: claim.stated.as_ref().map(|date| labels.date(date)),
            claimant: claimant(labels, claim),
            side: Said { ours: side(labels, claim), theirs: as_said("side") },
            counted: Said { ours: labels.kind("counted", &claim.counted), theirs: as_said("counted") },
            outcome: Said { ours: labels.kind("outcome", &claim.outcome), theirs: as_said("outcome") },
            value,
            words,
            ours: claim.value.ours,
            covers: labels.covers(claim.from.as_ref(), claim.to.as_ref()),
            place: claim.place.as_deref().map(|place| labels.place(place)),
            sentence: if quote.is_empty() { labels.say("redacted").to_owned() } else { sentence },
            translated: claim.quote.translated,
            contested: contested(labels, claim),
            reviews: vec![],
            title: brief(told.title.unwrap_or(told.id)),
            outlet: told.outlet.map(brief),
            published: told.published.map(|date| labels.date(date)),
        }
    }
}

/// Who says so: a party by its name and as said, the reporter, or somebody by what they are.
pub fn claimant(labels: &Labels, claim: &Claim) -> Said {
    let (nobody, theirs) = match answer::unidentified(claim) {
        Some("") => ("somebody", None),
        Some(role) => ("somebody", Some(labels.quoted(&brief(role)))),
        None => ("reporter", said(labels, claim, "claimant")),
    };
    Said { ours: party(labels, claim.claimant.as_deref(), nobody), theirs }
}

/// The words behind a field, between quotation marks.
pub fn said(labels: &Labels, claim: &Claim, field: &str) -> Option<String> {
    claim.as_said.get(field).map(|words| labels.quoted(&brief(words)))
}

/// A party, or the label for none.
pub fn party(labels: &Labels, party: Option<&str>, nobody: &str) -> String {
    party.map_or_else(|| labels.say(nobody).to_owned(), |party| labels.party(party))
}

/// Whose.
pub fn side(labels: &Labels, claim: &Claim) -> String {
    labels.side(claim.side.as_deref())
}

/// Who doubts, denies or confirms it.
pub fn contested(labels: &Labels, claim: &Claim) -> Vec<String> {
    let one = |contest: &bilan::claim::Contest| {
        let who = party(labels, contest.who.as_deref(), "reporter");
        let how = labels.kind("contested", &contest.how);
        format!("{how}, {who} {}", labels.quoted(&brief(&contest.words)))
    };
    claim.contested.iter().map(one).collect()
}

/// The figure with its hedge, when the two stand side by side: one quotation, and never words put together by us.
fn with_hedge(quote: &str, figure: Span, claim: &Claim, here: impl Fn(Span) -> Span) -> Span {
    let beside = claim.spans.get("hedge").into_iter().flatten().find(|hedge| {
        let gap = match hedge.end <= figure.start {
            true => Span { start: hedge.end, end: figure.start },
            false => Span { start: figure.end, end: hedge.start },
        };
        gap.start <= gap.end && gap.end - gap.start <= 4 && here(gap).of(quote).trim().is_empty()
    });
    beside.map_or(figure, |hedge| Span { start: figure.start.min(hedge.start), end: figure.end.max(hedge.end) })
}
