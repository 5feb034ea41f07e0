//! Gathers what one needs to cite a figure: where it stands, in what words, and what the machine made of them.
//!
//! In: the figure, as `<document hash>@<start>+<length>`. Out: a [`Cite`], from which a footnote and a sheet are made.
//!
//! A translation is never the claimant's own words, and a page that changed tomorrow is no proof: the sheet says both,
//! with the day on which the copy was fetched and the hash of its bytes.

use super::somebody::{self, unidentified};
use super::{Answer, AnswerError, Coverage, Unknown, Which};
use crate::row::{Row, Rows};
use bilan::claim::{Claim, Date, Span};
use bilan_ledger::{Filter, Ledger};
use serde::Serialize;
use utoipa::ToSchema;

/// A figure with all that one needs to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cite {
    /// What one cites.
    pub figure: String,
    /// The claims on this figure, each as in `bilan claims`, as reviewed: "chacune" makes two.
    pub claims: Vec<Row>,
    /// The first claim is somebody's whom no party stands for; who is told only by what they are.
    pub unidentified: bool,
    /// What the machine decided, for the first claim.
    pub decided: Vec<Decision>,
    /// Where it stands.
    pub source: Source,
    /// The paragraph around the sentence; `None` when the text was taken out.
    pub context: Option<Context>,
    /// What the answer rests on.
    pub coverage: Coverage,
}

/// What a document is, as far as told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Papers {
    /// The caller's id, or the hash when it was taken out.
    pub document: String,
    /// Hash of address and text.
    pub hash: String,
    /// Hash of the text: equal for reprints letter by letter.
    pub text_hash: String,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// When it was published, as used by the reading.
    #[schema(value_type = Option<String>)]
    pub published: Option<Date>,
    /// Its language.
    pub lang: Option<String>,
}

/// The papers of the document that prints a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// What it is.
    #[serde(flatten)]
    pub papers: Papers,
    /// When its bytes were fetched.
    pub fetched: Option<String>,
    /// Hash of these bytes: the copy that lies beside the ledger.
    pub bytes: Option<String>,
    /// When the ledger learned it.
    pub added: Option<String>,
    /// The ledger's entry that holds it.
    pub entry: u64,
    /// The reader version.
    pub reader: String,
    /// Its text was taken out.
    pub redacted: bool,
}

/// The sentence with what stands before and after it in its paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Context {
    /// Before the sentence, shortened at its beginning.
    pub before: String,
    /// The sentence.
    pub sentence: String,
    /// After the sentence, shortened at its end.
    pub after: String,
    /// The figure's words.
    pub words: String,
    /// Where these begin in `sentence`, in characters.
    pub at: usize,
}

/// One field, and what it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// A field of the codebook.
    pub field: &'static str,
    /// What it was read as; `None` when the text does not tell.
    pub value: Option<String>,
    /// The words that told it.
    pub words: Option<String>,
}

/// At most so many characters of a paragraph on either side of the sentence.
const AROUND: usize = 300;

/// All that one needs to cite this figure. The document may also be named by its id.
pub fn cite(ledger: &Ledger, figure: &str, which: &Which) -> Result<Cite, AnswerError> {
    let _look = ledger.look()?;
    let unknown = || Unknown {
        field: "figure",
        word: figure.to_owned(),
        expected: "expected one that this ledger holds, as `bilan claims --format csv` lists them in its first column"
            .to_owned(),
    };
    let hashed = match figure.rsplit_once('@') {
        Some((document, at)) => ledger.document(document)?.map(|kept| format!("{}@{at}", kept.reading.document.hash)),
        None => None,
    };
    let hashed = hashed.ok_or_else(unknown)?;
    let kept = ledger.claims(&Filter { figure: Some(hashed.clone()), ..which.filter.clone() })?;
    let first = kept.first().ok_or_else(unknown)?;
    let stored = ledger.document(&first.document_hash)?.ok_or_else(unknown)?;
    let document = &stored.reading.document;
    let rows = Rows::of(document, &first.reader);
    Ok(Cite {
        figure: hashed,
        unidentified: unidentified(&first.claim).is_some(),
        claims: kept
            .iter()
            .map(|kept| {
                let mut row = rows.claim(&kept.claim);
                row.insert("reviewed".into(), crate::row::reviews(kept));
                row
            })
            .collect(),
        decided: decided(&first.claim),
        source: Source {
            papers: Papers {
                document: first.document.clone(),
                hash: first.document_hash.clone(),
                text_hash: first.text_hash.clone(),
                title: first.title.clone(),
                outlet: first.outlet.clone(),
                url: first.url.clone(),
                published: first.published,
                lang: first.lang.clone(),
            },
            fetched: stored.fetched.clone(),
            bytes: stored.bytes.clone(),
            added: ledger.time_of(first.entry)?,
            entry: first.entry,
            reader: first.reader.clone(),
            redacted: stored.redacted,
        },
        context: context(&document.text, first.claim.quote.span, first.claim.span, which.beyond()),
        coverage: Coverage::of(ledger)?,
    })
}

fn context(text: &str, quote: Span, figure: Span, only_sentence: bool) -> Option<Context> {
    let (start, end) = (quote.start as usize, quote.end as usize);
    let sentence = text.get(start..end).filter(|sentence| !sentence.is_empty())?;
    let words = text.get(figure.start as usize..figure.end as usize)?;
    let at = text.get(start..figure.start as usize).map_or(0, |before| before.chars().count());
    let paragraph =
        text[..start].rfind("\n\n").map_or(0, |at| at + 2)..text[end..].find("\n\n").map_or(text.len(), |at| end + at);
    let (before, after) = match only_sentence {
        true => (String::new(), String::new()),
        false => (last(text[paragraph.start..start].trim_start()), first(text[end..paragraph.end].trim_end())),
    };
    Some(Context { before, sentence: sentence.to_owned(), after, words: words.to_owned(), at })
}

fn last(text: &str) -> String {
    let more = text.chars().count().saturating_sub(AROUND);
    let kept: String = text.chars().skip(more).collect();
    if more > 0 { format!("…{kept}") } else { kept }
}

fn first(text: &str) -> String {
    let kept: String = text.chars().take(AROUND).collect();
    if kept.len() < text.len() { format!("{kept}…") } else { kept }
}

/// Every field of the claim with the words behind it, in the order in which people ask. A private person is not named.
fn decided(claim: &Claim) -> Vec<Decision> {
    let date = |date: &Option<Date>| date.as_ref().map(Date::to_string);
    let fields = [
        ("value", Some(claim.value.to_string()), "hedge"),
        ("outcome", Some(claim.outcome.clone()), "outcome"),
        ("counted", Some(claim.counted.clone()), "counted"),
        ("side", claim.side.clone(), "side"),
        ("claimant", claim.claimant.clone(), "claimant"),
        ("citing", claim.citing.clone(), "citing"),
        ("stated", date(&claim.stated), "stated"),
        ("from", date(&claim.from), "from"),
        ("to", date(&claim.to), "to"),
        ("scope", Some(claim.scope.clone()), "scope"),
        ("place", claim.place.clone(), "place"),
        ("said", Some(claim.said.clone()), "said"),
        ("blamed", claim.blamed.clone(), "blamed"),
    ];
    let decision = |(field, value, key): (&'static str, Option<String>, &str)| {
        let words = match unidentified(claim).filter(|_| field == "claimant") {
            Some(role) => Some(role),
            None => claim.as_said.get(key).map(String::as_str),
        };
        let words = words.filter(|words| !words.is_empty()).map(str::to_owned);
        let told = value.is_some() || ["side", "claimant"].contains(&field);
        told.then_some(Decision { field, value, words })
    };
    fields.into_iter().filter_map(decision).collect()
}

impl Cite {
    /// A field of the first claim as text; empty when it is not told.
    pub fn field(&self, key: &str) -> &str {
        self.claims.first().and_then(|claim| claim.get(key)).and_then(|value| value.as_str()).unwrap_or("")
    }

    /// Who said it: in the document's words, else the party, else what they are, else the reporter.
    pub fn who(&self) -> String {
        let said = self.decided.iter().find(|decision| decision.field == "claimant");
        match said {
            Some(Decision { words: Some(words), value: Some(party), .. }) => format!("{words} ({party})"),
            Some(Decision { value: Some(party), .. }) => party.clone(),
            Some(Decision { words: Some(role), .. }) => somebody::named(role),
            _ if self.unidentified => somebody::named(""),
            _ => "the reporter".to_owned(),
        }
    }

    /// Whether the sentence is a translation.
    pub fn translated(&self) -> bool {
        let quote = self.claims.first().and_then(|claim| claim.get("quote"));
        quote.and_then(|quote| quote.get("translated")).is_some_and(|translated| translated == true)
    }
}

impl Answer for Cite {
    const COLUMNS: &'static str = "figure n 'document 'words value outcome counted side 'claimant stated from to scope \
         'place 'sentence=quote.text translated=quote.translated 'title 'outlet 'url published text_hash reader";

    fn rows(&self) -> impl Iterator<Item = Row> {
        self.claims.iter().cloned()
    }

    fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}
