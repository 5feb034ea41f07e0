//! Decides who is answered, and gives every answer the same strict headers.
//!
//! In: a request before anything of it is read. Out: the request, marked with what its sender may do; or a refusal.
//!
//! A form on another site can post to 127.0.0.1 with its reader's own browser. Such a request carries the origin of that
//! site, and its cookie is never sent along; both are asked for.

use super::room::Room;
use super::view;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Instant;

/// What lets its holder write, and see whole texts from elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// A token too short to be safe.
#[derive(Debug, thiserror::Error)]
#[error("a token needs at least {SHORTEST} characters without spaces")]
pub struct WeakToken;

const SHORTEST: usize = 16;

/// The name of the cookie.
const COOKIE: &str = "bilan";

impl Token {
    /// A token; the words around it, as a line end in a file, do not count.
    pub fn new(words: &str) -> Result<Token, WeakToken> {
        let words = words.trim();
        let fits = words.len() >= SHORTEST && !words.contains(|c: char| c.is_whitespace() || c.is_control());
        fits.then(|| Token(words.to_owned())).ok_or(WeakToken)
    }

    /// Whether these words are the token. Hashes are compared, so that time tells nothing of it.
    pub fn is(&self, words: &str) -> bool {
        blake3::hash(words.as_bytes()) == blake3::hash(self.0.as_bytes())
    }

    /// What the cookie holds: not the token itself.
    pub fn cookie(&self) -> String {
        blake3::derive_key("bilan serve cookie", self.0.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The header that gives the cookie to a browser.
    pub fn set_cookie(&self) -> String {
        format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200", self.cookie())
    }
}

/// Nobody reads it in a log.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// What the sender of a request may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Leave {
    /// See whole texts and restricted documents.
    pub whole: bool,
    /// Write reviews.
    pub write: bool,
}

/// The number of a request, for the log and for the one who asks.
#[derive(Clone, Debug)]
pub struct Id(pub String);

/// Refuses what does not name this machine, comes from another site, or comes too often.
pub async fn guard(State(room): State<Arc<Room>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = Id(request_id());
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0);
    let held = room.options.token.as_ref().is_some_and(|token| shows(token, request.headers()));
    request.extensions_mut().insert(Leave { whole: room.local || held, write: held });
    request.extensions_mut().insert(id.clone());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let reads = matches!(method, Method::GET | Method::HEAD);
    let free = ["/token", "/style.css", "/page.js", "/font/regular.woff2", "/font/bold.woff2", "/favicon.ico"];
    let mut response = if room.local && !names_this_machine(&host) {
        view::message(&room, &request, StatusCode::MISDIRECTED_REQUEST, "bad_host", "")
    } else if peer.is_some_and(|peer| room.comes_too_often(peer)) {
        view::message(&room, &request, StatusCode::TOO_MANY_REQUESTS, "too_often", "")
    } else if !reads && method != Method::POST {
        view::message(&room, &request, StatusCode::METHOD_NOT_ALLOWED, "method", "")
    } else if !reads && from_elsewhere(request.headers(), &host) {
        view::message(&room, &request, StatusCode::FORBIDDEN, "from_elsewhere", "")
    } else if !room.local && !held && !room.options.public && !free.contains(&path.as_str()) {
        view::message(&room, &request, StatusCode::UNAUTHORIZED, "token_needed", "")
    } else {
        next.run(request).await
    };
    let status = response.status();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            headers.entry(header::ALLOW).or_insert(HeaderValue::from_static("GET, HEAD"));
        }
        StatusCode::TOO_MANY_REQUESTS => {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        StatusCode::UNAUTHORIZED => {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        _ => {}
    }
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        headers.insert("x-request-id", value);
    }
    let ms = began.elapsed().as_millis() as u64;
    // The query may hold words that somebody searched for: it is nobody's business.
    tracing::info!(id = %id.0, %method, %path, status = status.as_u16(), ms, "request");
    response
}

/// The token, as a header for programs or as a cookie for browsers.
fn shows(token: &Token, headers: &HeaderMap) -> bool {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if bearer.is_some_and(|words| token.is(words.trim())) {
        return true;
    }
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut ours = cookies.flat_map(|all| all.split(';')).filter_map(|one| one.trim().strip_prefix("bilan="));
    let right = blake3::hash(token.cookie().as_bytes());
    ours.any(|value| blake3::hash(value.as_bytes()) == right)
}

/// A browser says where a form stands; what is no browser says nothing.
fn from_elsewhere(headers: &HeaderMap, host: &str) -> bool {
    let told = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?").to_owned());
    let site = told(HeaderName::from_static("sec-fetch-site"));
    let origin = told(header::ORIGIN);
    let other = |origin: &String| origin.split_once("://").is_none_or(|(_, rest)| !rest.eq_ignore_ascii_case(host));
    site.is_some_and(|site| site != "same-origin" && site != "none") || origin.as_ref().is_some_and(other)
}

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The `Host` of a request is localhost or a loopback address, with any port.
fn names_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// Different for every request of every run.
fn request_id() -> String {
    static RUN: LazyLock<u64> = LazyLock::new(|| RandomState::new().build_hasher().finish());
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("{:08x}-{}", *RUN as u32, NUMBER.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_s_own_names_are_answered() {
        for host in ["localhost", "LOCALHOST:7878", "127.0.0.1:7878", "127.1.2.3", "[::1]:7878", "[::1]"] {
            assert!(names_this_machine(host), "{host}");
        }
        for host in ["", "example.invalid", "localhost.example.invalid:7878", "127.0.0.1.example.invalid", "10.0.0.1"] {
            assert!(!names_this_machine(host), "{host}");
        }
    }

    #[test]
    fn a_form_on_another_site_is_from_elsewhere() {
        let headers = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
        };
        let host = "127.0.0.1:7878";
        for (pairs, elsewhere) in [
            (&[][..], false),
            (&[("origin", "http://127.0.0.1:7878"), ("sec-fetch-site", "same-origin")], false),
            (&[("origin", "http://example.invalid")], true),
            (&[("origin", "null")], true),
            (&[("sec-fetch-site", "cross-site")], true),
            (&[("sec-fetch-site", "same-site")], true),
            (&[("origin", "http://127.0.0.1:8701")], true),
        ] {
            assert_eq!(from_elsewhere(&headers(pairs), host), elsewhere, "{pairs:?}");
        }
    }

    #[test]
    fn a_token_is_shown_as_a_header_or_as_its_cookie_and_never_printed() {
        let token = Token::new("a-token-of-many-letters\n").unwrap();
        let with =
            |name: HeaderName, value: String| HeaderMap::from_iter([(name, HeaderValue::from_str(&value).unwrap())]);
        assert!(shows(&token, &with(header::AUTHORIZATION, "Bearer a-token-of-many-letters".into())));
        assert!(shows(&token, &with(header::COOKIE, format!("x=1; bilan={}", token.cookie()))));
        assert!(!shows(&token, &with(header::COOKIE, "bilan=a-token-of-many-letters".into())));
        assert!(!shows(&token, &with(header::AUTHORIZATION, "Bearer other".into())));
        assert!(!format!("{token:?}").contains("letters"));
        assert!(Token::new("short").is_err() && Token::new("with spaces between them").is_err());
    }
}
