//! Holds what all requests share: open ledgers, and answers that still hold.
//!
//! In: what an answer is made of. Out: its bytes, plain and compressed, with the mark by which a browser knows them again.
//!
//! Two hundred people look at one page while another process adds to the ledger. Each added batch makes the page old; it
//! is then made once more behind their backs, one page after the other, and until it is ready, for some minutes at most,
//! the one before is shown. A page that nobody has made yet is made once, and all who ask for it wait for that one. A
//! page says which entry of the ledger it shows.

use super::Options;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bilan_ledger::{Ledger, LedgerError};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::collections::HashMap;
use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, Semaphore};

/// What all requests share.
pub struct Room {
    /// What was asked for at the start.
    pub options: Options,
    /// Only this machine can ask.
    pub local: bool,
    ledgers: Mutex<Vec<(FileId, Ledger)>>,
    shelf: Mutex<Shelf>,
    /// As many answers are made at once as there are cores: more would only make all of them late.
    pub making: Semaphore,
    /// The same for answers that read the history of a subject: a document need not wait for ten series.
    pub telling: Semaphore,
    /// Old answers are made anew one by one.
    pub renewing: Semaphore,
    /// Wakes those who wait for an answer that somebody makes.
    pub made: Notify,
    pace: Option<DefaultKeyedRateLimiter<IpAddr>>,
}

/// Open ledgers that wait for a request.
const IDLE: usize = 6;

/// Bytes of answers that are kept.
const SHELF: usize = 48 * 1024 * 1024;

/// An answer of an older state is shown for so long while the new one is made.
const OLD: Duration = Duration::from_secs(300);

/// Requests a second from one address beyond this machine.
const RATE: u32 = 20;

/// Which file a name means, so that a ledger put in the place of another is seen.
type FileId = (u64, u64);

#[derive(Default)]
struct Shelf {
    answers: HashMap<String, Arc<Kept>>,
    bytes: usize,
    /// Being made by somebody.
    under_way: std::collections::HashSet<String>,
}

/// An answer as it is sent.
pub struct Kept {
    kind: &'static str,
    /// The name under which a browser saves it.
    file: Option<String>,
    plain: Bytes,
    gzip: Option<Bytes>,
    etag: String,
    head: Option<u64>,
    made: Instant,
}

/// How fresh an answer on the shelf is.
pub enum Found {
    /// It holds.
    Fresh(Arc<Kept>),
    /// The ledger has grown since; whoever gets this makes it anew, after it is sent.
    Old(Arc<Kept>),
    /// Somebody makes it anew already.
    Waiting(Arc<Kept>),
    /// Somebody makes it: wait until one is made, and look again.
    Soon,
    /// Whoever gets this makes it, and says so with [`Room::keep`].
    None,
}

impl Room {
    /// The room of a server.
    pub fn of(options: Options, address: SocketAddr) -> Room {
        let local = address.ip().is_loopback();
        let rate = options.rate.or((!local).then_some(RATE)).and_then(NonZeroU32::new);
        let pace = rate.map(|rate| {
            let burst = rate.saturating_mul(NonZeroU32::MIN.saturating_add(2));
            RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst))
        });
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Room {
            options,
            local,
            ledgers: Mutex::default(),
            shelf: Mutex::default(),
            making: Semaphore::new(cores),
            telling: Semaphore::new(cores),
            renewing: Semaphore::new(1),
            made: Notify::new(),
            pace,
        }
    }

    /// This address has asked too often.
    pub fn comes_too_often(&self, peer: IpAddr) -> bool {
        let Some(pace) = &self.pace else { return false };
        if pace.len() > 10_000 {
            pace.retain_recent();
        }
        pace.check_key(&peer).is_err()
    }

    /// Lends an open ledger.
    pub fn with_ledger<T>(&self, ask: impl FnOnce(&Ledger) -> T) -> Result<T, LedgerError> {
        let id = file_id(&self.options.ledger);
        let mut idle = lock(&self.ledgers);
        idle.retain(|(held, _)| Some(*held) == id);
        let ready = idle.pop();
        drop(idle);
        let ledger = match ready {
            Some((_, ledger)) => ledger,
            None => Ledger::open_read_only(&self.options.ledger)?,
        };
        let answer = ask(&ledger);
        let mut idle = lock(&self.ledgers);
        if let Some(id) = id.filter(|_| idle.len() < IDLE) {
            idle.push((id, ledger));
        }
        Ok(answer)
    }

    /// Something was written here: nothing on the shelf holds.
    pub fn forget(&self) {
        let mut shelf = lock(&self.shelf);
        shelf.answers.clear();
        shelf.bytes = 0;
    }

    /// Looks for an answer that shows the ledger up to `head`.
    pub fn find(&self, key: &str, head: Option<u64>) -> Found {
        let mut shelf = lock(&self.shelf);
        match shelf.answers.get(key).cloned() {
            Some(kept) if kept.head == head => Found::Fresh(kept),
            kept => {
                let first = shelf.under_way.insert(key.to_owned());
                match kept.filter(|kept| kept.made.elapsed() <= OLD) {
                    Some(kept) if first => Found::Old(kept),
                    Some(kept) => Found::Waiting(kept),
                    None if first => Found::None,
                    None => Found::Soon,
                }
            }
        }
    }

    /// Keeps an answer, or says that none could be made.
    pub fn keep(&self, key: &str, kept: Option<&Arc<Kept>>) {
        let mut shelf = lock(&self.shelf);
        shelf.under_way.remove(key);
        self.made.notify_waiters();
        let Some(kept) = kept else { return };
        // A crawler fills the shelf with pages that nobody asks for again: it is emptied, and fills again.
        if shelf.bytes + kept.size() > SHELF {
            shelf.answers.clear();
            shelf.bytes = 0;
        }
        if kept.size() <= SHELF / 8 {
            shelf.bytes += kept.size();
            if let Some(before) = shelf.answers.insert(key.to_owned(), kept.clone()) {
                shelf.bytes -= before.size();
            }
        }
    }
}

impl Kept {
    /// An answer that shows the ledger up to `head`.
    pub fn of(kind: &'static str, file: Option<String>, plain: Vec<u8>, head: Option<u64>) -> Kept {
        let hash = blake3::hash(&plain).to_hex();
        let packs = kind.starts_with("text/") || kind.contains("json") || kind.contains("xml");
        let gzip = (packs && plain.len() > 600).then(|| gzip(&plain)).flatten();
        let (plain, gzip) = (plain.into(), gzip.map(Bytes::from));
        Kept { kind, file, etag: format!("\"{}\"", &hash[..20]), plain, gzip, head, made: Instant::now() }
    }

    fn size(&self) -> usize {
        self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len) + 256
    }
}

/// Sends an answer, or says that the browser has it already.
pub fn sent(kept: &Kept, headers: &HeaderMap, cache: &'static str) -> Response {
    let told = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = told(header::IF_NONE_MATCH).split(',').any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.trim_start_matches("W/") == kept.etag
    });
    let gzip = kept.gzip.as_ref().filter(|_| takes_gzip(told(header::ACCEPT_ENCODING)));
    let mut response = match (known, gzip) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, Some(gzip)) => Body::from(gzip.clone()).into_response(),
        (false, None) => Body::from(kept.plain.clone()).into_response(),
    };
    let head = response.headers_mut();
    let mut set = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            head.insert(name, value);
        }
    };
    set(header::ETAG, &kept.etag);
    set(header::CACHE_CONTROL, cache);
    set(header::VARY, "Accept-Encoding, Accept-Language, Cookie, Authorization");
    if !known {
        set(header::CONTENT_TYPE, kept.kind);
        if gzip.is_some() {
            set(header::CONTENT_ENCODING, "gzip");
        }
        if let Some(file) = &kept.file {
            set(header::CONTENT_DISPOSITION, &format!("inline; filename=\"{file}\""));
        }
        if kept.kind.starts_with("image/svg") {
            // A picture brings its font and its few rules along, and nothing else; opened by itself it can do nothing.
            set(
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'; sandbox",
            );
        }
    }
    response
}

fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        matches!(name.trim(), "gzip" | "*")
            && !weight.trim().trim_start_matches("q=").starts_with("0.0")
            && weight.trim() != "q=0"
    })
}

/// More bytes than these are packed in a hurry: a file that is asked for once need not wait to get a tenth smaller.
const LONG: usize = 256 * 1024;

fn gzip(plain: &[u8]) -> Option<Vec<u8>> {
    let level = flate2::Compression::new(if plain.len() > LONG { 1 } else { 5 });
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), level);
    packer.write_all(plain).ok()?;
    packer.finish().ok()
}

#[cfg(unix)]
fn file_id(path: &std::path::Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn file_id(path: &std::path::Path) -> Option<FileId> {
    std::fs::metadata(path).ok().map(|_| (0, 0))
}

/// A request that panicked holds no lock in the middle of a change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_knows_the_answer_gets_none() {
        let kept = Kept::of("text/html", None, "x".repeat(5000).into_bytes(), Some(1));
        let headers = |name, value: &str| HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())]);
        let plain = sent(&kept, &HeaderMap::new(), "no-cache");
        assert_eq!((plain.status(), plain.headers().get(header::CONTENT_ENCODING)), (StatusCode::OK, None));
        let packed = sent(&kept, &headers(header::ACCEPT_ENCODING, "br, gzip"), "no-cache");
        assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
        assert!(!takes_gzip("br, gzip;q=0") && !takes_gzip("") && takes_gzip("gzip;q=0.5"));
        let etag = plain.headers()[header::ETAG].to_str().unwrap().to_owned();
        for known in [etag.clone(), format!("W/{etag}"), format!("\"a\", {etag}"), "*".into()] {
            assert_eq!(
                sent(&kept, &headers(header::IF_NONE_MATCH, &known), "no-cache").status(),
                StatusCode::NOT_MODIFIED
            );
        }
    }
}
