//! Answers programs: `/api/v1`.
//!
//! In: the same words as the command's flags and the pages' forms. Out: the same JSON as the command, page by page; for
//! what goes wrong problem details (RFC 9457).
//!
//! A list that grows while it is read must not skip: claims go on after the last one seen, and lists that are worked out
//! anew (statements) carry in their cursor the entry of the ledger that the first page showed.

mod document;

pub use document::{in_words, openapi};

use super::asked::{Asked, Made, NoPage};
use super::room::Room;
use super::view::{self, compare::when, get};
use crate::answer::{self, Answer};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// Rows of a page, unless asked otherwise.
const PAGE: usize = 100;

/// Rows of a page at most.
const MOST: usize = 1000;

/// What went wrong (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A name of the kind of problem that does not change.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The status.
    pub status: u16,
    /// What it is in this case, and what was expected.
    pub detail: String,
    /// The number of the request.
    pub instance: String,
}

/// Documents, a page of them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Documents {
    /// In order of arrival.
    pub documents: Vec<Document>,
    /// What to give as `after` for the next page; null when there is none.
    pub next: Option<u64>,
    /// What the answer rests on.
    pub coverage: answer::Coverage,
}

/// The papers of a document, and how much was found in it. Never its text.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Document {
    /// What it is.
    #[serde(flatten)]
    pub papers: answer::Papers,
    /// Claims found in it.
    pub claims: u64,
    /// Figures seen in it and not taken.
    pub refused: u64,
    /// Its text was taken out of the ledger.
    pub redacted: bool,
}

/// Which claims are wanted. An empty word is "any".
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "it says what the query is read for; the words are read by name")]
struct Wanted {
    /// Whose: `UA`, `RU+UA`, or `-` for people of no country.
    side: Option<String>,
    /// What happened: a key of the codebook, as `killed`.
    outcome: Option<String>,
    /// Who or what: a key of the codebook, as `military`.
    counted: Option<String>,
    /// A kind of count: a key of the codebook, as `cumulative`.
    scope: Option<String>,
    /// A party and all below it, as `UA` or `UA/general-staff`.
    claimant: Option<String>,
    /// Covering this day or a later one: `2022-03-19`, `2022-03` or `2022`.
    from: Option<String>,
    /// Covering this day or an earlier one.
    to: Option<String>,
    /// A place and all within it, as `UA` or `UA/Kharkiv`.
    place: Option<String>,
    /// A document's id or hash.
    document: Option<String>,
    /// Words of the sentence, in any order, without regard to accents and capitals.
    words: Option<String>,
}

/// Which page of a list is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "as above")]
struct Page {
    /// Go on after this: `next` of the page before.
    after: Option<String>,
    /// Rows on a page, at most 1000.
    limit: Option<String>,
}

/// The day, and what the reader chooses.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "as above")]
struct When {
    /// Figures that count as of this day or before, as `2022-03-19`; today when not given.
    on: Option<String>,
    /// Only what the ledger had learned by the end of this day.
    known: Option<String>,
    /// Running totals at most so many days apart are compared; 7 when not given.
    within: Option<String>,
    /// Read undecided losses as `killed`, `casualties` or `destroyed`.
    read_losses_as: Option<String>,
}

/// The routes under `/api/v1`.
pub fn routes() -> Router<Arc<Room>> {
    Router::new()
        .route("/documents", get(documents))
        .route("/documents/{id}", get(document))
        .route("/claims", get(claims))
        .route("/search", get(search))
        .route("/statements", view::history(statements))
        .route("/series", view::history(series))
        .route("/compare", view::history(compare))
        .route("/check", axum::routing::post(check))
        .route("/cite/{figure}", get(cite))
        .route("/export/{form}", get(export))
        .route("/review", get(reviews).post(review))
        .fallback(view::nothing_here)
}

/// Documents.
#[utoipa::path(get, path = "/api/v1/documents", params(Page),
    responses((status = 200, body = Documents), (status = 400, response = Wrong), (status = 500, response = Failed)))]
fn documents(asked: &Asked) -> Result<Made, NoPage> {
    let (page, next) = view::claims::page_of_documents(asked, limit(asked)?)?;
    let documents = page.into_iter().map(Document::of).collect();
    json(&Documents { documents, next, coverage: answer::Coverage::of(asked.ledger)? })
}

/// A document: its papers, and its claims as `claims` of it gives them. Its text is not given.
#[utoipa::path(get, path = "/api/v1/documents/{id}",
    params(("id" = String, Path, description = "the document's id or hash")),
    responses((status = 200, body = Document), (status = 404, response = Missing), (status = 400, response = Wrong), (status = 500, response = Failed)))]
fn document(asked: &Asked) -> Result<Made, NoPage> {
    let which = view::compare::all(asked);
    let found = asked.ledger.document(&asked.name)?.filter(|kept| which.may_see(kept.access));
    let kept = found.ok_or_else(|| NoPage(StatusCode::NOT_FOUND, "no_document", String::new()))?;
    let reading = &kept.reading;
    let document = &reading.document;
    json(&Document {
        papers: answer::Papers {
            document: document.id.clone(),
            hash: document.hash.clone(),
            text_hash: document.text_hash.clone(),
            title: crate::row::title(document).map(str::to_owned),
            outlet: document.outlet.clone(),
            url: document.url.clone(),
            published: document.published,
            lang: document.lang.clone(),
        },
        claims: reading.claims.len() as u64,
        refused: reading.refusals.len() as u64,
        redacted: kept.redacted,
    })
}

/// Claims, as `bilan claims --format json`.
#[utoipa::path(get, path = "/api/v1/claims", params(Wanted, Page),
    responses((status = 200, body = document::Claims), (status = 400, response = Wrong), (status = 500, response = Failed)))]
fn claims(asked: &Asked) -> Result<Made, NoPage> {
    let mut which = asked.which()?;
    which.filter.after = asked.number("after")?;
    which.filter.limit = Some(limit(asked)?);
    json(&answer::claims(asked.ledger, &which)?)
}

/// Claims whose sentence holds these words: `claims` with `words`, which must be given.
#[utoipa::path(get, path = "/api/v1/search", params(Wanted, Page),
    responses((status = 200, body = document::Claims), (status = 400, response = Wrong), (status = 500, response = Failed)))]
fn search(asked: &Asked) -> Result<Made, NoPage> {
    if asked.get("words").is_empty() {
        return Err(NoPage(StatusCode::BAD_REQUEST, "bad_request", "words are missing".into()));
    }
    claims(asked)
}

/// Statements, as `bilan claims --statements --format json`.
#[utoipa::path(get, path = "/api/v1/statements", params(Wanted, Page),
    responses((status = 200, body = Statements), (status = 400, response = Wrong), (status = 500, response = Failed)))]
fn statements(asked: &Asked) -> Result<Made, NoPage> {
    let limit = limit(asked)?;
    let head = asked.ledger.head()?.map_or(0, |head| head.entry);
    let cursor = asked.get("after");
    let (known, from) = match cursor {
        "" => (head, 0),
        words => {
            let parts = words.split_once('.').and_then(|(known, from)| Some((known.parse().ok()?, from.parse().ok()?)));
            parts.ok_or_else(|| asked.wrong("after", words))?
        }
    };
    let mut which = asked.which()?;
    which.filter.known = (known < head).then_some(known);
    view::compare::narrow_enough(asked, &which)?;
    let (found, more) = answer::some_statements(asked.ledger, &which, from, limit)?;
    let next = more.then(|| format!("{known}.{}", from.saturating_add(limit)));
    json(&Statements { statements: found.statements, next, coverage: found.coverage })
}

/// Statements, a page of them.
#[derive(Serialize, ToSchema)]
struct Statements {
    /// By side, class, outcome and voice, then by day.
    statements: Vec<answer::Statement>,
    /// What to give as `after` for the next page; null when there is none.
    next: Option<String>,
    /// What the answer rests on.
    coverage: answer::Coverage,
}

/// Lines in time, as `bilan series --format json`.
#[utoipa::path(get, path = "/api/v1/series", params(Wanted),
    responses((status = 200, body = answer::Series), (status = 400, response = Wrong), (status = 500, response = Failed)))]
fn series(asked: &Asked) -> Result<Made, NoPage> {
    same(&view::series::answered(asked)?)
}

/// Who says how many at a date, as `bilan compare --format json`.
#[utoipa::path(get, path = "/api/v1/compare", params(Wanted, When),
    responses((status = 200, body = answer::Compare), (status = 400, response = Wrong), (status = 500, response = Failed)))]
fn compare(asked: &Asked) -> Result<Made, NoPage> {
    // Read here too, so that a wrong day is told before the ledger is asked.
    when(asked)?;
    same(&view::compare::answered(asked)?)
}

/// Claims as a file, at most 10,000 at a time; go on with `after`, the number of the last row seen.
#[utoipa::path(get, path = "/api/v1/export/{form}",
    params(("form" = document::Form, Path, description = "csv, json or jsonl"), Wanted, Page),
    responses(
        (status = 200, content((String = "text/csv"), (document::Claims = "application/json"), (String = "application/x-ndjson"))),
        (status = 400, response = Wrong), (status = 404, response = Missing), (status = 500, response = Failed)))]
fn export(asked: &Asked) -> Result<Made, NoPage> {
    limit(asked)?;
    view::claims::claims_file(asked)
}

/// What the ledger knows of a sentence or an article, as `bilan check --format json`.
#[utoipa::path(post, path = "/api/v1/check", request_body(content = Sentence, content_type = "application/json"),
    responses((status = 200, body = answer::Check), (status = 400, response = Wrong), (status = 413, response = TooLong), (status = 500, response = Failed)))]
async fn check(State(room): State<Arc<Room>>, request: Request) -> Response {
    view::posted(room, request, |asked| Ok(written(same(&view::check::answered(asked)?)?))).await
}

/// Words to look up.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it describes a body; its words are read by name")]
struct Sentence {
    /// A sentence or an article.
    #[schema(min_length = 1)]
    text: String,
    /// When it was said or published, as `2022-03-19`.
    published: Option<String>,
    /// Its language, as `fr`.
    language: Option<String>,
}

/// All that a citation of a figure needs, as `bilan cite FIGURE --format json`.
#[utoipa::path(get, path = "/api/v1/cite/{figure}",
    params(("figure" = String, Path, description = "what one cites: `<document hash>@<first byte>+<length>`")),
    responses((status = 200, body = Object), (status = 400, response = Wrong), (status = 404, response = Missing), (status = 500, response = Failed)))]
fn cite(asked: &Asked) -> Result<Made, NoPage> {
    if asked.ledger.claim(&asked.name, 0)?.is_none() {
        return Err(NoPage(StatusCode::NOT_FOUND, "no_figure", String::new()));
    }
    json(&answer::cite(asked.ledger, &asked.name, &view::compare::all(asked))?)
}

/// What people said of the claims of a document, in order.
#[utoipa::path(get, path = "/api/v1/review",
    params(("document" = Option<String>, Query, description = "a document's id or hash; all documents when not given")),
    responses((status = 200, body = Reviews), (status = 400, response = Wrong), (status = 500, response = Failed)))]
fn reviews(asked: &Asked) -> Result<Made, NoPage> {
    let document = Some(asked.get("document")).filter(|document| !document.is_empty());
    let which = view::compare::all(asked);
    let mut reviews = Vec::new();
    for review in asked.ledger.reviews(document)? {
        // A note may quote its document.
        let seen =
            !which.beyond() || asked.ledger.document(&review.document)?.is_some_and(|kept| which.may_see(kept.access));
        if seen {
            reviews.push(ReviewRow::of(review));
        }
    }
    json(&Reviews { reviews })
}

/// Keeps a review. Only with the token.
#[utoipa::path(post, path = "/api/v1/review", request_body(content = Verdict, content_type = "application/json"),
    responses((status = 204, description = "kept"), (status = 400, response = Wrong), (status = 401, response = NoToken), (status = 413, response = TooLong), (status = 500, response = Failed)))]
async fn review(State(room): State<Arc<Room>>, request: Request) -> Response {
    view::posted(room, request, |asked| {
        view::review::written(asked)?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
    .await
}

/// A person's word on a claim, to be kept.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it describes a body; its words are read by name")]
struct Verdict {
    /// What one cites.
    figure: String,
    /// Which claim on this figure, from 0.
    n: Option<String>,
    /// `accept`, `correct`, `reject` or `note`.
    verdict: String,
    /// The field accepted or corrected; the claim as a whole when not given.
    field: Option<String>,
    /// What it should be, for `correct`.
    value: Option<String>,
    /// Why.
    note: Option<String>,
    /// Who: a role, not a name.
    role: String,
}

/// Reviews in order.
#[derive(Serialize, ToSchema)]
struct Reviews {
    /// In the order of writing.
    reviews: Vec<ReviewRow>,
}

/// A person's word on a claim.
#[derive(Serialize, ToSchema)]
struct ReviewRow {
    /// The entry of the ledger that holds it.
    entry: u64,
    /// What one cites.
    figure: String,
    /// Which claim on this figure.
    n: u8,
    /// `accept`, `correct`, `reject` or `note`.
    verdict: &'static str,
    /// The field; null is the claim as a whole.
    field: Option<String>,
    /// What holds since, by field.
    fields: BTreeMap<String, Option<String>>,
    /// Why; null too when it was taken out.
    note: Option<String>,
    /// Who: a role, not a name.
    role: String,
    /// When.
    time: String,
    /// A claim of a reading in force stands there.
    fits: bool,
}

impl ReviewRow {
    fn of(review: bilan_ledger::Review) -> ReviewRow {
        let verdict = review.verdict.as_str();
        let bilan_ledger::Review { entry, figure, n, field, fields, note, role, time, fits, .. } = review;
        ReviewRow { entry, figure, n, verdict, field, fields, note, role, time, fits }
    }
}

/// An answer that is never kept.
fn written(made: Made) -> Response {
    ([(header::CONTENT_TYPE, made.kind)], made.bytes).into_response()
}

/// The request cannot be read.
#[derive(ToSchema, utoipa::ToResponse)]
#[response(description = "the request cannot be read", content_type = "application/problem+json")]
#[allow(dead_code, reason = "it describes an answer")]
struct Wrong(#[to_schema] Problem);

/// There is nothing of that name.
#[derive(ToSchema, utoipa::ToResponse)]
#[response(description = "there is nothing of that name", content_type = "application/problem+json")]
#[allow(dead_code, reason = "it describes an answer")]
struct Missing(#[to_schema] Problem);

/// Only who holds the token can do this.
#[derive(ToSchema, utoipa::ToResponse)]
#[response(description = "only who holds the token can do this", content_type = "application/problem+json")]
#[allow(dead_code, reason = "it describes an answer")]
struct NoToken(#[to_schema] Problem);

/// The body is too long.
#[derive(ToSchema, utoipa::ToResponse)]
#[response(description = "the body is too long", content_type = "application/problem+json")]
#[allow(dead_code, reason = "it describes an answer")]
struct TooLong(#[to_schema] Problem);

/// The ledger cannot be read now.
#[derive(ToSchema, utoipa::ToResponse)]
#[response(description = "the ledger cannot be read", content_type = "application/problem+json")]
#[allow(dead_code, reason = "it describes an answer")]
struct Failed(#[to_schema] Problem);

impl Document {
    fn of(row: bilan_ledger::DocumentRow) -> Document {
        Document {
            papers: answer::Papers {
                document: row.id,
                hash: row.hash,
                text_hash: row.text_hash,
                title: row.title,
                outlet: row.outlet,
                url: row.url,
                published: row.published.and_then(|date| date.parse().ok()),
                lang: row.lang,
            },
            claims: row.claims,
            refused: row.refusals,
            redacted: row.redacted,
        }
    }
}

fn limit(asked: &Asked) -> Result<usize, NoPage> {
    let limit = asked.number::<usize>("limit")?.unwrap_or(PAGE);
    if limit == 0 || limit > MOST {
        return Err(asked.wrong("limit", asked.get("limit")));
    }
    Ok(limit)
}

fn json(answer: &impl Serialize) -> Result<Made, NoPage> {
    let failed = |error: serde_json::Error| NoPage(StatusCode::INTERNAL_SERVER_ERROR, "failed", error.to_string());
    let mut bytes = serde_json::to_vec(answer).map_err(failed)?;
    bytes.push(b'\n');
    Ok(Made { kind: "application/json", file: None, bytes })
}

/// Byte for byte what the command prints.
fn same<A: Answer>(answer: &A) -> Result<Made, NoPage> {
    let bytes = answer::write(answer, Vec::new(), crate::row::Format::Json).map_err(answer::AnswerError::from)?;
    Ok(Made { kind: "application/json", file: None, bytes })
}
