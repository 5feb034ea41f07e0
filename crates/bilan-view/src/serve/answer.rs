//! Answers a request with a page.
//!
//! In: a request and the ledger. Out: a page, or a page that says plainly why there is none.
//!
//! Each answer opens the ledger anew: another process may be adding to it, and a page shows one state of it.

use super::label::Labels;
use super::page::{ClaimsPage, DocumentPage, Frame, Line, MessagePage, Told, count};
use super::wanted::{BadDay, Wanted};
use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use bilan_ledger::{Access, Coverage, Ledger, LedgerError, Row};
use std::path::PathBuf;
use std::sync::Arc;

/// Claims on a page.
const PAGE: usize = 100;

/// What the server shows.
pub struct Shown {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// Only this machine can ask.
    pub local: bool,
}

/// Why there is no page: a status, a label, and words for its blank.
struct NoPage(StatusCode, &'static str, String);

/// The list of claims.
pub async fn claims(
    State(shown): State<Arc<Shown>>,
    headers: HeaderMap,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let (wanted, wrong) = match query {
        Ok(Query(wanted)) => (wanted, None),
        Err(wrong) => (Wanted::default(), Some(NoPage(StatusCode::BAD_REQUEST, "bad_request", wrong.body_text()))),
    };
    answer(shown, &wanted.lang.clone(), &headers, move |shown, frame| match wrong {
        Some(wrong) => Err(wrong),
        None => list(shown, frame, &wanted),
    })
    .await
}

/// A document with its claims.
pub async fn document(
    State(shown): State<Arc<Shown>>,
    headers: HeaderMap,
    id: Result<Path<String>, PathRejection>,
    query: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let lang = query.map(|Query(wanted)| wanted.lang).unwrap_or_default();
    answer(shown, &lang, &headers, move |shown, frame| {
        let Path(id) = id.map_err(|_| NoPage(StatusCode::NOT_FOUND, "no_document", String::new()))?;
        one(shown, frame, &id)
    })
    .await
}

/// An address that is none of ours.
pub async fn nothing_here(request: Request) -> Response {
    message(&request, StatusCode::NOT_FOUND, "not_found", "")
}

/// A method that would change something.
pub async fn only_get(request: Request) -> Response {
    message(&request, StatusCode::METHOD_NOT_ALLOWED, "method", "")
}

/// A page that says one thing.
pub fn message(request: &Request, status: StatusCode, key: &str, why: &str) -> Response {
    let frame = Frame { labels: Labels::choose(None, accepted(request.headers())), chosen: None, here: "/".into() };
    no_page(frame, status, key, why)
}

fn no_page(frame: Frame, status: StatusCode, key: &str, why: &str) -> Response {
    let words = frame.labels.fill(key, &[("why", &super::page::shown(why))]);
    let html = MessagePage { frame, words }.render();
    (status, Html(html.unwrap_or_else(|_| key.to_owned()))).into_response()
}

fn accepted(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()
}

/// Makes the page on a thread that may wait for the disk. What goes wrong there, a panic included, is told by a page.
async fn answer(
    shown: Arc<Shown>,
    lang: &str,
    headers: &HeaderMap,
    make: impl FnOnce(&Shown, Frame) -> Result<String, NoPage> + Send + 'static,
) -> Response {
    let chosen = Labels::languages().map(|(code, _)| code).find(|code| *code == lang);
    let labels = Labels::choose(chosen, accepted(headers));
    let frame = move || Frame { labels, chosen, here: "/".into() };
    let made = tokio::task::spawn_blocking(move || make(&shown, frame())).await;
    let broken = |_| Err(NoPage(StatusCode::INTERNAL_SERVER_ERROR, "failed", "a fault in the program".into()));
    match made.unwrap_or_else(broken) {
        Ok(html) => Html(html).into_response(),
        Err(NoPage(status, key, why)) => no_page(frame(), status, key, &why),
    }
}

fn list(shown: &Shown, mut frame: Frame, wanted: &Wanted) -> Result<String, NoPage> {
    let labels = frame.labels;
    frame.here = wanted.here();
    // One more than a page holds tells whether there is a next one.
    let filter = wanted.filter(PAGE + 1);
    let filter = filter.map_err(|BadDay(day)| NoPage(StatusCode::BAD_REQUEST, "bad_day", labels.quoted(&day)))?;
    let ledger = open(shown)?;
    let mut rows = ledger.claims(&filter).map_err(|error| failed(shown, &error))?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| frame.link(&wanted.address(&row.id.to_string())));
    let lines: Vec<Line> =
        rows.iter().filter(|row| may_be_seen(shown, row.access)).map(|row| Line::of(labels, &told(row))).collect();
    let count = if more || wanted.goes_on() {
        labels.fill("shown", &[("n", &labels.number(lines.len() as u64))])
    } else {
        count(labels, lines.len())
    };
    let coverage = coverage(labels, &ledger.coverage().map_err(|error| failed(shown, &error))?);
    render(&ClaimsPage { filters: wanted.form(labels), frame, lines, count, next, coverage })
}

fn one(shown: &Shown, mut frame: Frame, id: &str) -> Result<String, NoPage> {
    let kept = open(shown)?.document(id).map_err(|error| failed(shown, &error))?;
    let kept = kept.filter(|kept| may_be_seen(shown, kept.access));
    let kept = kept.ok_or_else(|| NoPage(StatusCode::NOT_FOUND, "no_document", String::new()))?;
    frame.here = format!("/document/{}", kept.reading.document.hash);
    let only_sentences = !shown.local && kept.access != Access::Public;
    render(&DocumentPage::of(frame, &kept.reading, only_sentences))
}

fn render(page: &impl Template) -> Result<String, NoPage> {
    page.render().map_err(|error| NoPage(StatusCode::INTERNAL_SERVER_ERROR, "failed", error.to_string()))
}

fn open(shown: &Shown) -> Result<Ledger, NoPage> {
    Ledger::open_read_only(&shown.ledger).map_err(|error| failed(shown, &error))
}

fn failed(shown: &Shown, error: &LedgerError) -> NoPage {
    let status = if error.is_locked() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
    // The reason names a path of this machine, which is nobody's business elsewhere.
    NoPage(status, "failed", if shown.local { error.to_string() } else { "see the server".into() })
}

fn may_be_seen(shown: &Shown, access: Access) -> bool {
    shown.local || access != Access::Restricted
}

fn told(row: &Row) -> Told<'_> {
    Told {
        claim: &row.claim,
        quote: row.quote.as_deref(),
        hash: &row.document_hash,
        id: &row.document,
        title: row.title.as_deref(),
        outlet: row.outlet.as_deref(),
        published: row.published.as_ref(),
    }
}

fn coverage(labels: &Labels, coverage: &Coverage) -> Vec<String> {
    let unreadable = coverage.unreadable.iter().map(|(_, inputs)| inputs).sum();
    let parts = [
        ("documents", coverage.documents),
        ("without_text", coverage.without_text),
        ("without_pack", coverage.without_pack),
        ("without_date", coverage.without_date),
        ("taken_out", coverage.redacted),
        ("unreadable", unreadable),
    ];
    let told = parts.into_iter().filter(|(key, n)| *n > 0 || *key == "documents");
    told.map(|(key, n)| labels.fill(key, &[("n", &labels.number(n))])).collect()
}
