//! Reads a document with the packs: the one entry point of the engine.
//!
//! In: a [`Document`] and [`Packs`]. Out: a [`Reading`]. Never fails on content, never reads a clock.
//!
//! A document in a language without a pack gives no claim and a remark: silence must never look like absence.

use crate::claim::{Claim, Finding, Reading, Reasons, day_of_writing, tokens};
use crate::document::{self, Document, Months, Piece, Remark};
use crate::mention::Context;
use crate::pack::{Data, Pack, Packs, TimeClass, hint};
use crate::sentence::{Paragraph, Shape, Token, TokenKind};
use std::sync::Arc;

/// A reader version: engine, packs and weights. Cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Reader {
    packs: Arc<Packs>,
    version: Arc<str>,
    doubtful: bool,
}

impl Reader {
    /// A reader with these packs.
    pub fn new(packs: Packs) -> Reader {
        let version = packs.version().into();
        Reader { packs: Arc::new(packs), version, doubtful: false }
    }

    /// Hash of engine version, packs and weights, base32.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The packs it reads with.
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// Names of months in all packs and in some languages without one, for dates of feeds that are written in letters.
    pub fn months(&self) -> Months {
        let entries = self.packs.langs.values().flat_map(|pack| &pack.entries);
        let months = entries.filter_map(|entry| match &entry.data {
            Data::Time(time) if time.class == TimeClass::Month => {
                Some((time.word.all(), u8::try_from(time.value).ok()?))
            }
            _ => None,
        });
        let names = months.flat_map(|(words, number)| words.iter().map(move |word| (word.clone(), number)));
        Months::new(names).and_of_other_languages()
    }

    /// Keeps what is too doubtful to be a claim, so that its reasons can be learnt from.
    pub fn with_doubtful(self) -> Reader {
        Reader { doubtful: true, ..self }
    }

    /// Finds the claims of a document. Same document, same reader: same reading.
    pub fn read(&self, document: Document) -> Reading {
        self.read_with_reasons(document).0
    }

    /// The same, and beside each claim the reasons that its confidence weighs.
    pub fn read_with_reasons(&self, mut document: Document) -> (Reading, Vec<Reasons>) {
        let known: Vec<&str> = self.packs.langs.keys().map(String::as_str).collect();
        let told = if document.lang.is_none() { self.told(&document.text) } else { None };
        let (lang, read) = told.unzip();
        let found = |document: &Document| document::language(&document.text, &known);
        document.lang = document.lang.take().or_else(|| lang.or_else(|| found(&document)));
        let mut reading =
            Reading { document, reader: self.version.to_string(), claims: vec![], refusals: vec![], remarks: vec![] };
        let Some(lang) = reading.document.lang.clone().filter(|lang| self.packs.langs.contains_key(lang)) else {
            let (told, text) = (reading.document.lang.take(), &reading.document.text);
            let looks = || Some((document::looks_like(text, &known)?, "it looks like"));
            let of = match told.map(|lang| (lang, "it is told to be in")).or_else(looks) {
                Some((lang, how)) => format!("for `{lang}`, which {how}"),
                None => "for it, and its language cannot be told".to_owned(),
            };
            let words = format!("no language pack {of}; languages read: {}", known.join(", "));
            reading.remarks.push(Remark::new("language", words));
            return (reading, vec![]);
        };
        // The line that an archive wrote is papers, which nobody reads as a report.
        let papers = reading.document.boilerplate.clone();
        let read = read.unwrap_or_else(|| tokens(&reading.document.text, &self.packs.langs[&lang]));
        let pieces = document::pieces(&reading.document.text, &lang, &known, |start| is_plain(&read, start));
        let mut langs: Vec<&str> = pieces.iter().filter_map(|piece| piece.lang.as_deref()).collect();
        langs.sort_unstable();
        langs.dedup();
        if pieces.len() <= 1 {
            langs = vec![&lang];
        }
        let mut found = Vec::new();
        for other in langs.iter().filter(|other| **other != lang) {
            let Some(pack) = self.packs.langs.get(*other) else { continue };
            let read = tokens(&reading.document.text, pack);
            found.extend(self.read_in(pack, read, &pieces, &mut reading));
        }
        if langs.contains(&lang.as_str()) {
            found.extend(self.read_in(&self.packs.langs[&lang], read, &pieces, &mut reading));
        }
        reading.refusals.retain(|refusal| {
            !papers.iter().any(|line| line.start <= refusal.span.start && refusal.span.end <= line.end)
        });
        reading.remarks.extend(in_other_languages(&pieces, &lang, &known));
        found.sort_by_key(|(claim, _)| (claim.span, claim.n));
        let (claims, reasons) = found.into_iter().unzip();
        (Reading { claims, ..reading }, reasons)
    }

    /// The language of a text whose words tell it, and its words: to detect a language costs more than to read in it.
    fn told(&self, text: &str) -> Option<(String, Words)> {
        let read = self.packs.langs.iter().map(|(lang, pack)| (lang, tokens(text, pack)));
        let mut told = read.filter(|(_, read)| is_sure(&read.0, ENOUGH));
        let (lang, read) = told.next()?;
        told.next().is_none().then(|| (lang.clone(), read))
    }

    /// The claims of the pieces in one language; of the whole document when it is in one piece. Adds refusals and remarks.
    fn read_in(&self, pack: &Pack, read: Words, pieces: &[Piece], reading: &mut Reading) -> Vec<(Claim, Reasons)> {
        let (tokens, mut paragraphs) = read;
        let Reading { document, refusals, remarks, .. } = reading;
        let is_in = |start: usize| {
            let at = pieces.partition_point(|piece| piece.span.end as usize <= start);
            pieces.len() <= 1 || pieces.get(at).is_some_and(|piece| piece.lang.as_deref() == Some(pack.lang.as_str()))
        };
        let own = pack.own_text(&document.text, &tokens, &paragraphs);
        let own = own.into_iter().chain(document::boilerplate::refrains(&document.text));
        document.boilerplate.extend(own.filter(|span| is_in(span.start as usize)));
        document.boilerplate.sort();
        document.boilerplate.dedup();
        paragraphs.retain(|paragraph| is_in(paragraph.start));
        if let Some(byte) = cut(&tokens, &mut paragraphs) {
            let words =
                format!("more than {FIGURES} figures: what follows byte {byte} was not read; cut the document up");
            remarks.push(Remark::new("dense", words));
        }
        let context = Context { text: &document.text, tokens: &tokens, pack };
        let written = day_of_writing(&context, &paragraphs, document.published);
        if let Some((day, span)) = written {
            let words =
                format!("written on {day}, as byte {} of the text says: \"{}\"", span.start, span.of(&document.text));
            remarks.push(Remark::new("written", words));
        }
        let finding = Finding {
            context,
            shared: &self.packs.shared,
            published: written.map(|(day, _)| day).or(document.published),
            boilerplate: &document.boilerplate,
            url: document.url.as_deref(),
            doubtful: self.doubtful,
        };
        let (claims, refused) = finding.find(&paragraphs);
        refusals.extend(refused);
        refusals.sort_by_key(|refusal| refusal.span);
        claims
    }
}

/// The words of a text, and its paragraphs.
type Words = (Vec<Token>, Vec<Paragraph>);

/// No report holds so many; a text made of nothing else would fill the memory.
const FIGURES: usize = 50_000;

/// Cuts paragraphs behind so many figures; the byte where the rest begins.
fn cut(tokens: &[Token], paragraphs: &mut Vec<Paragraph>) -> Option<u32> {
    if tokens.len() <= FIGURES {
        return None;
    }
    let mut left = FIGURES;
    for at in 0..paragraphs.len() {
        let Paragraph { first, end, .. } = paragraphs[at];
        let mut figures = (first..end).filter(|&token| begins_figure(tokens, token));
        if let Some(over) = figures.by_ref().nth(left) {
            paragraphs[at].end = over;
            paragraphs[at].stop = tokens[over].start as usize;
            paragraphs.truncate(if over > first { at + 1 } else { at });
            return Some(tokens[over].start);
        }
        left -= (first..end).filter(|&token| begins_figure(tokens, token)).count();
    }
    None
}

/// Digits, the first word of "deux cent trois", and the article of "un mort" but not that of "un navire".
fn begins_figure(tokens: &[Token], at: usize) -> bool {
    let has = |at: Option<usize>, hints: u16| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.hints & hints != 0);
    match tokens[at].kind {
        TokenKind::Digits => true,
        _ if has(Some(at), hint::ARTICLE) => has(Some(at + 1), hint::PEOPLE | hint::OUTCOME | hint::MATERIEL),
        _ => has(Some(at), hint::COUNT) && !has(at.checked_sub(1), hint::COUNT),
    }
}

/// So many percent of the words of a paragraph are the pack's where it is in the pack's language: of English a half may be.
const PLAIN: usize = 60;

/// So many are where names are left out, which are the same in many languages: of Spanish two thirds may be.
const SURE: usize = 70;

/// And so many in a line: of ten Portuguese words seven may be French by chance.
const PLAINLY: usize = 80;

/// Fewest words without a capital that tell the language of a text.
const ENOUGH: usize = 30;

/// Fewest that tell the one of a line.
const FEW: usize = 6;

/// Of a paragraph that is read in the language of those around it fewer do.
const SOME: usize = 12;

/// The paragraph that begins at a byte is in the language of the pack whose words were looked up.
fn is_plain((tokens, paragraphs): &Words, start: usize) -> bool {
    let at = paragraphs.partition_point(|paragraph| paragraph.start < start);
    let Some(paragraph) = paragraphs.get(at).filter(|paragraph| paragraph.start == start) else { return false };
    let tokens = &tokens[paragraph.first..paragraph.end];
    let (known, all) = known(tokens, |_| true);
    100 * known >= PLAIN * all || is_sure(tokens, SOME)
}

/// The words are those of the pack that they were looked up in, whatever names stand among them.
fn is_sure(tokens: &[Token], enough: usize) -> bool {
    let (known, all) = known(tokens, |token| !token.shape.has(Shape::CAPITAL));
    let percent = if all >= enough { SURE } else { PLAINLY };
    all >= FEW && 100 * known >= percent * all
}

/// How many of these words the pack knows, and how many there are.
fn known(tokens: &[Token], counts: impl Fn(&Token) -> bool) -> (usize, usize) {
    let (mut known, mut all) = (0u32, 0u32);
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
        // Without a branch: whether a word is known is no pattern.
        let counts = u32::from(counts(token));
        known += counts & u32::from(token.word != 0) & u32::from(token.hints & hint::NO_SENSE == 0);
        all += counts;
    }
    (known as usize, all as usize)
}

/// One remark for the paragraphs that are not in the document's language, and whether a pack read them.
fn in_other_languages(pieces: &[Piece], lang: &str, known: &[&str]) -> Option<Remark> {
    let all: usize = pieces.iter().map(|piece| piece.paragraphs).sum();
    let other = |read: bool| -> usize {
        let others = pieces.iter().filter(|piece| piece.lang.as_deref() != Some(lang) && piece.lang.is_some() == read);
        others.map(|piece| piece.paragraphs).sum()
    };
    let (read, unread) = (other(true), other(false));
    let words = match (read, unread) {
        (0, 0) => return None,
        (read, 0) => format!("{read} of {all} paragraphs are in another language than `{lang}` and were read in it"),
        (0, unread) => {
            let read = known.join(", ");
            format!("{unread} of {all} paragraphs are in a language without a language pack; languages read: {read}")
        }
        (read, unread) => format!(
            "{read} of {all} paragraphs are in another language than `{lang}` and were read in it, {unread} are in a \
             language without a language pack; languages read: {}",
            known.join(", ")
        ),
    };
    Some(Remark::new("mixed", words))
}
