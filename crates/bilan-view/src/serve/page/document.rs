//! A document with its claims marked, and their fields beside the text.
//!
//! In: a reading. Out: paragraphs of marked pieces, each with the claims that begin in it; what was not taken, and why.
//!
//! Two claims may stand on one figure ("chacune"): the figure leads to the first, and the two stand together. A claim
//! whose place cannot be shown, because the text was taken out, is still listed with its fields.

use super::super::highlight::{Kind, Mark, Piece, cut, excerpt};
use super::line::{Line, Said, Told, claimant, contested, said, side};
use super::{Forms, Frame, SENTENCE, brief, count, shown};
use crate::label::Labels;
use crate::row::{figure, title};
use askama::Template;
use bilan::claim::{Claim, Date, Reading, Refusal, Span};
use bilan::document::Document;
use std::collections::BTreeMap;

/// A text longer than this is shown by its sentences: a page is for reading.
const LONGEST: usize = 400_000;

/// So many claims have their fields beside the text; the list holds them all.
const MOST: usize = 300;

/// A document with its claims.
#[derive(Template)]
#[template(path = "document.html")]
pub struct DocumentPage {
    /// What every page has.
    pub frame: Frame,
    /// Title, or the id when it has none.
    pub title: String,
    /// The text begins with its title.
    pub headed: bool,
    /// Its papers: label and value.
    pub papers: Vec<(String, String)>,
    /// Where it was found: the words, and the address when it is one that a browser may open.
    pub url: Option<(String, Option<String>)>,
    /// Only the sentences are shown.
    pub only_sentences: bool,
    /// How many claims, as words.
    pub count: String,
    /// The text beside the fields.
    pub rows: Vec<TextRow>,
    /// Claims whose place is not in the text shown.
    pub elsewhere: Vec<Card>,
    /// How many claims a person rejected, as words.
    pub rejected: Option<String>,
    /// The same in other forms.
    pub forms: Forms,
    /// There are more claims than have their fields here: how many have, as words, and where all are.
    pub more: Option<(String, String)>,
    /// Figures not taken.
    pub refused: Vec<RefusedLine>,
    /// What was assumed or could not be done.
    pub remarks: Vec<(String, String)>,
}

/// A paragraph and the claims that begin in it.
pub struct TextRow {
    /// It is the title.
    pub heading: bool,
    /// The words.
    pub pieces: Vec<Inked>,
    /// The claims.
    pub cards: Vec<Card>,
}

/// A piece of text as the page draws it.
pub struct Inked {
    /// The words.
    pub words: String,
    /// Classes, by a space; empty for plain text.
    pub class: String,
    /// Where it links to.
    pub href: Option<String>,
    /// Its own anchor.
    pub id: Option<String>,
    /// What its marks mean.
    pub hint: String,
}

/// A claim beside its text.
pub struct Card {
    /// Its anchor.
    pub anchor: String,
    /// The anchor of its figure.
    pub figure: String,
    /// The claim in one breath.
    pub line: Line,
    /// Every field that is told: label, our words, their words.
    pub fields: Vec<(String, Said)>,
    /// The derivation: field, entry, place of the entry, words it matched.
    pub why: Vec<(String, String, String, Option<String>)>,
}

/// A figure not taken.
pub struct RefusedLine {
    /// Its number on the page.
    pub number: usize,
    /// The figure, quoted.
    pub words: String,
    /// Why it was not taken.
    pub reason: String,
    /// The words that decided it, quoted.
    pub because: Option<String>,
    /// Who forecasts.
    pub claimant: Option<String>,
    /// It stands in the text shown, so that one can go there.
    pub linked: bool,
}

impl DocumentPage {
    /// The page of one reading. `only_sentences`: the whole text must not leave this machine.
    pub fn of(frame: Frame, reading: &Reading, only_sentences: bool, forms: Forms) -> DocumentPage {
        let Reading { document, claims, refusals, .. } = reading;
        let labels = frame.labels;
        let text = &document.text;
        let only_sentences = only_sentences || text.len() > LONGEST;
        let mut linked = std::collections::BTreeSet::new();
        let mut cards: Vec<Option<Card>> =
            claims.iter().take(MOST).map(|claim| Some(card(labels, document, claim))).collect();
        let mut rows = Vec::new();
        for paragraph in cut(text, marks(reading, only_sentences), only_sentences) {
            let mut row = TextRow { heading: paragraph.span.end <= document.title, pieces: vec![], cards: vec![] };
            let mut at = paragraph.span.start;
            for piece in &paragraph.pieces {
                if piece.span.start > at {
                    row.pieces.push(Inked::plain(" […] "));
                }
                at = piece.span.end;
                row.pieces.push(inked(labels, claims, piece, piece.span.of(text)));
                for kind in &piece.begins {
                    match kind {
                        Kind::Figure(n) => row.cards.extend(cards.get_mut(*n).and_then(Option::take)),
                        Kind::Refused(n) => drop(linked.insert(*n)),
                        _ => (),
                    }
                }
            }
            rows.push(row);
        }
        let refused = refusals.iter().take(MOST).enumerate();
        let more = (claims.len() > MOST).then(|| {
            let shown = labels.fill("first_fields", &[("n", &labels.number(MOST as u64))]);
            (shown, frame.link(&format!("/claims?document={}", document.hash)))
        });
        DocumentPage {
            title: brief(title(document).unwrap_or(&document.id)),
            headed: rows.iter().any(|row| row.heading),
            papers: papers(labels, reading),
            url: document.url.as_deref().map(|url| (brief(url), opens(url).then(|| url.to_owned()))),
            only_sentences,
            count: count(labels, claims.len()),
            elsewhere: cards.into_iter().flatten().collect(),
            refused: refused.map(|(n, refusal)| refused_line(labels, text, refusal, n, linked.contains(&n))).collect(),
            remarks: (document.remarks.iter().chain(&reading.remarks))
                .map(|remark| (brief(&remark.key), brief(&remark.words)))
                .collect(),
            rejected: None,
            forms,
            more,
            rows,
            frame,
        }
    }

    /// Says what people said of its claims: in words, by the claim, and how many they rejected.
    pub fn tell_reviews(&mut self, mut reviews: Vec<(&Claim, Vec<String>)>, rejected: usize) {
        reviews.retain(|(_, words)| !words.is_empty());
        let mut by_card: BTreeMap<String, Vec<String>> =
            reviews.into_iter().map(|(claim, words)| (card_anchor(claim), words)).collect();
        let cards = self.rows.iter_mut().flat_map(|row| &mut row.cards).chain(&mut self.elsewhere);
        cards.for_each(|card| card.line.reviews = by_card.remove(&card.anchor).unwrap_or_default());
        let labels = self.frame.labels;
        let words = || labels.fill("rejected_here", &[("n", &labels.number(rejected as u64))]);
        self.rejected = (rejected > 0).then(words);
    }
}

impl Inked {
    fn plain(words: &str) -> Inked {
        Inked { words: words.into(), class: String::new(), href: None, id: None, hint: String::new() }
    }
}

/// A browser may follow it: no `javascript:`, no `data:`.
fn opens(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    url.len() <= 2000
        && (start.starts_with("http://") || start.starts_with("https://"))
        && !url.contains(char::is_control)
}

fn marks(reading: &Reading, only_sentences: bool) -> Vec<Mark> {
    let Reading { document, claims, refusals, .. } = reading;
    let text = &document.text;
    let mut marks: Vec<Mark> =
        document.boilerplate.iter().map(|span| Mark { span: *span, kind: Kind::Boilerplate }).collect();
    for (n, claim) in claims.iter().enumerate() {
        marks.push(Mark { span: claim.span, kind: Kind::Figure(n) });
        marks.extend(claim.also.iter().map(|span| Mark { span: *span, kind: Kind::Also(n) }));
        for (field, spans) in &claim.spans {
            marks.extend(spans.iter().map(|span| Mark { span: *span, kind: Kind::Role(field.to_string()) }));
        }
    }
    for (n, refusal) in refusals.iter().enumerate() {
        marks.push(Mark { span: refusal.span, kind: Kind::Refused(n) });
    }
    if only_sentences {
        let sentences = (claims.iter().map(|claim| (claim.quote.span, claim.span)))
            .chain(refusals.iter().map(|refusal| (refusal.quote, refusal.span)))
            .map(|(sentence, figure)| excerpt(text, sentence, figure, SENTENCE));
        let title = excerpt(text, Span { start: 0, end: document.title }, Span { start: 0, end: 0 }, SENTENCE);
        marks.extend(sentences.chain([title]).map(|span| Mark { span, kind: Kind::Shown }));
    }
    marks
}

/// The anchor of a claim: two claims of one figure have one place in the text and two cards.
fn card_anchor(claim: &Claim) -> String {
    if claim.n == 0 { format!("c{}", claim.span.start) } else { format!("c{}-{}", claim.span.start, claim.n) }
}

fn inked(labels: &Labels, claims: &[Claim], piece: &Piece, words: &str) -> Inked {
    let card = |n: usize| claims.get(n).filter(|_| n < MOST).map(|claim| format!("#{}", card_anchor(claim)));
    let mut ink = Inked::plain(&shown(words));
    let (mut classes, mut hints): (Vec<String>, Vec<String>) = (vec![], vec![]);
    for kind in &piece.kinds {
        let (class, hint, href) = match kind {
            Kind::Figure(n) => ("figure".into(), labels.say("key_figure").into(), card(*n)),
            Kind::Also(n) => ("figure also".into(), labels.say("also").into(), card(*n)),
            Kind::Refused(n) => (
                "refused".into(),
                labels.say("refused_one").into(),
                Some(*n).filter(|n| *n < MOST).map(|n| format!("#r{n}")),
            ),
            // The field's name comes from the reader, which has a closed set of them; a class must be one word.
            Kind::Role(field) if field.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') => {
                (format!("role {field}"), labels.say(field).to_owned(), None)
            }
            Kind::Role(_) => ("role".into(), String::new(), None),
            Kind::Boilerplate => ("boilerplate".into(), labels.say("boilerplate").into(), None),
            Kind::Shown => continue,
        };
        if !classes.contains(&class) {
            classes.push(class);
        }
        if !hint.is_empty() && !hints.contains(&hint) {
            hints.push(hint);
        }
        ink.href = ink.href.or(href);
    }
    ink.id = piece.begins.iter().find_map(|kind| match kind {
        Kind::Figure(n) => claims.get(*n).map(|claim| format!("f{}", claim.span.start)),
        Kind::Refused(n) => Some(format!("g{n}")),
        _ => None,
    });
    // "1 200" stays on one line; a figure in many words may break.
    if ink.href.is_some() && ink.words.len() <= 12 {
        classes.push("short".into());
    }
    ink.class = classes.join(" ");
    ink.hint = hints.join(" · ");
    ink
}

fn papers(labels: &Labels, reading: &Reading) -> Vec<(String, String)> {
    let document = &reading.document;
    let published = match &document.published {
        Some(date) => labels.date(date),
        None => labels.say("published_unknown").to_owned(),
    };
    let mut papers = vec![(labels.say("published").to_owned(), published)];
    let mut add = |key: &str, value: Option<&str>| {
        papers.extend(value.map(|value| (labels.say(key).to_owned(), brief(value))));
    };
    add("outlet", document.outlet.as_deref());
    add("lang", document.lang.as_deref());
    add("document", Some(&document.id));
    add("reader", Some(&reading.reader));
    papers
}

fn card(labels: &Labels, document: &Document, claim: &Claim) -> Card {
    let text = &document.text;
    let mut fields: Vec<(String, Said)> = Vec::new();
    let mut add = |field: &str, ours: Option<String>| {
        let said = match field {
            "claimant" => claimant(labels, claim),
            _ => Said { ours: ours.unwrap_or_default(), theirs: said(labels, claim, field) },
        };
        if !said.ours.is_empty() || said.theirs.is_some() {
            fields.push((labels.say(field).to_owned(), said));
        }
    };
    let date = |date: &Option<Date>| date.as_ref().map(|date| labels.date(date));
    let words = |words: &Option<String>| words.as_deref().map(brief);
    let party = |id: &String| labels.party(id);
    add("value", Some(labels.value(&claim.value)));
    add("hedge", None);
    add("counted", Some(labels.kind("counted", &claim.counted)));
    add("outcome", Some(labels.kind("outcome", &claim.outcome)));
    add("side", Some(side(labels, claim)));
    add("claimant", None);
    add("citing", claim.citing.as_ref().map(party));
    add("via", Some(claim.via.iter().map(party).collect::<Vec<_>>().join(", ")));
    add("stated", date(&claim.stated));
    add("covers", labels.covers(claim.from.as_ref(), claim.to.as_ref()));
    add("scope", Some(labels.kind("scope", &claim.scope)));
    add("place", claim.place.as_deref().map(|place| labels.place(place)));
    add("said", Some(labels.kind("said", &claim.said)));
    add("contested", Some(contested(labels, claim).join("; ")));
    add("blamed", words(&claim.blamed));
    let share = |hundredths: u8| hundredths.min(100).to_string();
    let sure = [("claim", &*share(claim.confidence.claim)), ("claimant", &*share(claim.confidence.claimant))];
    add("confidence", Some(labels.fill("confidence_value", &sure)));
    add("figure", Some(brief(&figure(document, claim.span))));
    let why = claim.why.iter().map(|step| {
        let words = Some(step.span.of(text)).filter(|words| !words.is_empty());
        let field = brief(labels.say(&step.field));
        (field, brief(&step.entry), brief(&step.at), words.map(|words| labels.quoted(&brief(words))))
    });
    Card {
        anchor: card_anchor(claim),
        figure: format!("f{}", claim.span.start),
        line: Line::of(labels, &Told::of(document, claim)),
        why: why.collect(),
        fields,
    }
}

fn refused_line(labels: &Labels, text: &str, refusal: &Refusal, number: usize, linked: bool) -> RefusedLine {
    let because = Some(refusal.because.of(text)).filter(|words| !words.is_empty() && refusal.because != refusal.span);
    RefusedLine {
        number,
        words: labels.quoted(&brief(refusal.span.of(text))),
        reason: labels.kind("refused", &refusal.reason),
        because: because.map(|words| labels.quoted(&brief(words))),
        claimant: refusal.claimant.as_deref().map(|party| labels.party(party)),
        linked,
    }
}
