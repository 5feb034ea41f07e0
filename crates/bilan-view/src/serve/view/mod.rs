//! Answers a request: with a page, a picture or a table, or with a page that says plainly why there is none.
//!
//! In: a request. Out: a response, from the shelf when nothing was added since it was made.
//!
//! What goes wrong while an answer is made, a panic included, is told by a page with the right status, and as problem
//! details (RFC 9457) to programs.

mod ask;
pub mod check;
pub mod claims;
pub mod compare;
pub mod methods;
pub mod review;
pub mod series;
mod statement;

pub use ask::{token, token_given};
pub use check::{check, check_text};
pub use claims::{claims, claims_file, document, documents};
pub use compare::{compare, compare_file};
pub use methods::{api_page, methods};
pub use review::{review, review_one};
pub use series::{series, series_file};
pub use statement::statement;

use super::asked::{Asked, Made, NoPage, Pairs};
use super::guard::{Id, Leave};
use super::page::{Frame, MessagePage};
use super::room::{Found, Kept, Room, sent};
use crate::label::Labels;
use askama::Template;
use axum::extract::{FromRequestParts, OriginalUri, Path, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::MethodRouter;
use std::sync::Arc;
use std::time::Duration;

/// Makes an answer, on a thread that may wait for the disk.
pub type Make = fn(&Asked) -> Result<Made, NoPage>;

/// How an answer is made.
#[derive(Clone, Copy)]
struct How {
    make: Make,
    /// It reads the history of a subject: such answers wait for each other, and no other waits for them.
    long: bool,
}

/// The longest body of a form: an article, as somebody pastes it.
pub const BODY: usize = 2 * 1024 * 1024;

/// An answer, or the body of a request, that takes longer has failed.
const WITHIN: Duration = Duration::from_secs(20);

/// So long one waits for an answer, with all that are made before it.
const WAITS: Duration = Duration::from_secs(60);

/// A path that is read.
pub fn get(make: Make) -> MethodRouter<Arc<Room>> {
    routed(How { make, long: false })
}

/// A path that is read, and whose answer reads the history of a subject.
pub fn history(make: Make) -> MethodRouter<Arc<Room>> {
    routed(How { make, long: true })
}

fn routed(how: How) -> MethodRouter<Arc<Room>> {
    axum::routing::get(move |State(room): State<Arc<Room>>, request: Request| answer(room, request, how))
}

/// An address that is none of ours.
pub async fn nothing_here(State(room): State<Arc<Room>>, request: Request) -> Response {
    message(&room, &request, StatusCode::NOT_FOUND, "not_found", "")
}

/// A method that this address does not take.
pub async fn not_that_way(State(room): State<Arc<Room>>, request: Request) -> Response {
    message(&room, &request, StatusCode::METHOD_NOT_ALLOWED, "method", "")
}

/// Words and headers of a request that an answer is made from.
struct Wishes {
    leave: Leave,
    id: String,
    labels: &'static Labels,
    chosen: Option<&'static str>,
    path: String,
    name: String,
    query: Pairs,
    headers: HeaderMap,
}

impl Wishes {
    async fn of(request: Request) -> (Wishes, axum::body::Body) {
        let (mut parts, body) = request.into_parts();
        let name = Path::<Vec<(String, String)>>::from_request_parts(&mut parts, &()).await;
        let name = name.ok().and_then(|Path(all)| all.into_iter().next()).map(|(_, value)| value).unwrap_or_default();
        let query = pairs(parts.uri.query().unwrap_or_default().as_bytes());
        let lang = query.iter().find(|(name, _)| name == "lang").map(|(_, value)| value.as_str());
        let chosen = Labels::languages().map(|(code, _)| code).find(|code| Some(*code) == lang);
        let wishes = Wishes {
            leave: parts.extensions.get().copied().unwrap_or(Leave { whole: false, write: false }),
            id: parts.extensions.get::<Id>().map(|id| id.0.clone()).unwrap_or_default(),
            labels: Labels::choose(chosen, accepted(&parts.headers)),
            chosen,
            path: whole_path(&parts.extensions, &parts.uri),
            name,
            query,
            headers: parts.headers,
        };
        (wishes, body)
    }

    fn frame(&self, room: &Room) -> Frame {
        Frame {
            labels: self.labels,
            chosen: self.chosen,
            here: "/".into(),
            section: String::new(),
            invented: room.options.invented,
            may_write: self.leave.write,
        }
    }

    fn asked<'a>(&self, room: &'a Room, ledger: &'a bilan_ledger::Ledger, form: Pairs) -> Asked<'a> {
        Asked {
            ledger,
            room,
            leave: self.leave,
            labels: self.labels,
            chosen: self.chosen,
            path: self.path.clone(),
            name: self.name.clone(),
            query: self.query.clone(),
            form,
        }
    }

    /// Two requests with one key get one answer.
    fn key(&self, room: &Room) -> String {
        let words = super::asked::query(&self.path, self.query.iter());
        format!("{}|{:?}|{}|{words}", self.labels.code(), self.leave, (room.options.now)().date())
    }
}

async fn answer(room: Arc<Room>, request: Request, how: How) -> Response {
    let (wishes, _) = Wishes::of(request).await;
    // Of "?side=A&side=B" each reader would have to guess which one is meant.
    let mut names = std::collections::BTreeSet::new();
    if let Some((name, _)) = wishes.query.iter().find(|(name, _)| !names.insert(name)) {
        let wrong = NoPage(StatusCode::BAD_REQUEST, "bad_request", format!("{name} is given twice"));
        return no_page(&room, &wishes, wrong);
    }
    let key = wishes.key(&room);
    let wishes = Arc::new(wishes);
    let answer = tokio::time::timeout(WAITS, made_or_kept(&room, &wishes, &key, how)).await;
    match answer.unwrap_or_else(|_| Err(too_slow())) {
        Ok(kept) => sent(&kept, &wishes.headers, CACHE),
        Err(wrong) => no_page(&room, &wishes, wrong),
    }
}

/// From the shelf, or made now; what is old is made anew behind the sender's back.
async fn made_or_kept(room: &Arc<Room>, wishes: &Arc<Wishes>, key: &str, how: How) -> Result<Arc<Kept>, NoPage> {
    loop {
        // Listening begins before looking: what is made between the two is heard.
        let mut one_is_made = std::pin::pin!(room.made.notified());
        one_is_made.as_mut().enable();
        let (found, head) = look(room.clone(), key.to_owned()).await?;
        match found {
            Found::Fresh(kept) | Found::Waiting(kept) => return Ok(kept),
            Found::Old(kept) => {
                let (room, wishes, key) = (room.clone(), wishes.clone(), key.to_owned());
                tokio::spawn(async move {
                    let _turn = room.renewing.acquire().await;
                    make_and_keep(room.clone(), wishes, key, head, how).await.map(drop)
                });
                return Ok(kept);
            }
            Found::None => {
                // A task of its own, that ends also when the client goes away: others wait for it.
                let made = tokio::spawn(make_and_keep(room.clone(), wishes.clone(), key.to_owned(), head, how));
                return made.await.unwrap_or_else(|_| Err(fault()));
            }
            Found::Soon => one_is_made.await,
        }
    }
}

/// What lies on the shelf, and the last entry of the ledger.
async fn look(room: Arc<Room>, key: String) -> Result<(Found, Option<u64>), NoPage> {
    blocking(move || {
        let head = room.with_ledger(|ledger| ledger.head())??.map(|head| head.entry);
        Ok((room.find(&key, head), head))
    })
    .await
}

/// A browser keeps it, and asks each time whether it still holds.
const CACHE: &str = "private, no-cache";

async fn make_and_keep(
    room: Arc<Room>,
    wishes: Arc<Wishes>,
    key: String,
    head: Option<u64>,
    how: How,
) -> Result<Arc<Kept>, NoPage> {
    let made = {
        let turns = if how.long { &room.telling } else { &room.making };
        let _turn = turns.acquire().await;
        let room = room.clone();
        blocking(move || {
            let made = room.with_ledger(|ledger| {
                let _look = ledger.look()?;
                (how.make)(&wishes.asked(&room, ledger, vec![]))
            })??;
            Ok(Arc::new(Kept::of(made.kind, made.file, made.bytes, head)))
        })
        .await
    };
    room.keep(&key, made.as_ref().ok());
    made
}

/// A form that was sent; what it answers is never kept.
pub async fn posted(room: Arc<Room>, request: Request, make: fn(&Asked) -> Result<Response, NoPage>) -> Response {
    let (wishes, body) = Wishes::of(request).await;
    let long: Option<usize> = wishes.headers.get(header::CONTENT_LENGTH).and_then(|n| n.to_str().ok()?.parse().ok());
    let too_long = || NoPage(StatusCode::PAYLOAD_TOO_LARGE, "too_long", wishes.labels.number(BODY as u64));
    if long.is_some_and(|long| long > BODY) {
        return no_page(&room, &wishes, too_long());
    }
    let body = match tokio::time::timeout(WITHIN, axum::body::to_bytes(body, BODY)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return no_page(&room, &wishes, too_long()),
        Err(_) => return no_page(&room, &wishes, NoPage(StatusCode::REQUEST_TIMEOUT, "too_slow", String::new())),
    };
    let json =
        wishes.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let form = if json { object(&body) } else { Some(pairs(&body)) };
    let Some(form) = form else {
        let wrong = NoPage(StatusCode::BAD_REQUEST, "bad_request", "the body is not a JSON object of texts".into());
        return no_page(&room, &wishes, wrong);
    };
    let wishes = Arc::new(wishes);
    let made = {
        let Ok(_turn) = tokio::time::timeout(WITHIN, room.making.acquire()).await else {
            return no_page(&room, &wishes, too_slow());
        };
        let (room, wishes) = (room.clone(), wishes.clone());
        blocking(move || room.with_ledger(|ledger| make(&wishes.asked(&room, ledger, form)))?).await
    };
    made.unwrap_or_else(|wrong| no_page(&room, &wishes, wrong))
}

/// Runs what may wait for the disk, within a time; a panic is a fault, told as one.
async fn blocking<T: Send + 'static>(run: impl FnOnce() -> Result<T, NoPage> + Send + 'static) -> Result<T, NoPage> {
    let run = tokio::task::spawn_blocking(run);
    match tokio::time::timeout(WITHIN, run).await {
        Ok(Ok(made)) => made,
        Ok(Err(_)) => Err(fault()),
        Err(_) => Err(too_slow()),
    }
}

fn too_slow() -> NoPage {
    NoPage(StatusCode::SERVICE_UNAVAILABLE, "too_slow", String::new())
}

fn fault() -> NoPage {
    NoPage(StatusCode::INTERNAL_SERVER_ERROR, "failed", "a fault in the program".into())
}

/// Nested routes see their own part of the path only: the whole one is what addresses are made from.
fn whole_path(extensions: &Extensions, uri: &Uri) -> String {
    extensions.get::<OriginalUri>().map_or(uri, |whole| &whole.0).path().to_owned()
}

fn pairs(words: &[u8]) -> Pairs {
    form_urlencoded::parse(words).into_owned().collect()
}

/// A JSON object of texts, as a form.
fn object(body: &[u8]) -> Option<Pairs> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
    object.into_iter().map(|(name, value)| Some((name, value.as_str()?.to_owned()))).collect()
}

/// A page, or problem details, that says one thing.
pub fn message(room: &Room, request: &Request, status: StatusCode, key: &'static str, why: &str) -> Response {
    let id = request.extensions().get::<Id>().map(|id| id.0.clone()).unwrap_or_default();
    let wishes = Wishes {
        leave: Leave { whole: false, write: false },
        id,
        labels: Labels::choose(None, accepted(request.headers())),
        chosen: None,
        path: whole_path(request.extensions(), request.uri()),
        name: String::new(),
        query: vec![],
        headers: request.headers().clone(),
    };
    no_page(room, &wishes, NoPage(status, key, why.to_owned()))
}

fn no_page(room: &Room, wishes: &Wishes, NoPage(status, key, why): NoPage) -> Response {
    // A reason of the ledger names a path of this machine, which is nobody's business elsewhere.
    let why = if key == "failed" && !room.local { "see the server".to_owned() } else { why };
    if status.is_server_error() {
        tracing::error!(id = %wishes.id, status = status.as_u16(), %why, "no answer");
    }
    if wishes.path.starts_with("/api/") || wishes.path == "/openapi.json" {
        let english = Labels::choose(Some("en"), None);
        let problem = super::api::Problem {
            kind: format!("urn:bilan:problem:{}", key.replace('_', "-")),
            title: status.canonical_reason().unwrap_or("error").to_owned(),
            status: status.as_u16(),
            detail: english.fill(key, &[("why", &super::page::shown(&why))]),
            instance: format!("urn:bilan:request:{}", wishes.id),
        };
        let body = serde_json::to_string(&problem).unwrap_or_default();
        return (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))], body)
            .into_response();
    }
    let frame = wishes.frame(room);
    let words = frame.labels.fill(key, &[("why", &super::page::shown(&why))]);
    let token = status == StatusCode::UNAUTHORIZED;
    let html = MessagePage { frame, words, token, id: wishes.id.clone() }.render();
    (status, Html(html.unwrap_or_else(|_| key.to_owned()))).into_response()
}

fn accepted(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()
}
