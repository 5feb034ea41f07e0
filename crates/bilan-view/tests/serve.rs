//! A real server on loopback, asked as a browser asks. INVENTED data.
#![allow(missing_docs)]

mod invented;

use bilan_ledger::{Access, AddOptions, Given, Ledger};
use bilan_view::serve::{Options, ServeError, Server, Token};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// A server over a small ledger; it stops when dropped.
struct Served {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
    folder: tempfile::TempDir,
}

const TOKEN: &str = "an-invented-token-of-the-tests";

fn now() -> jiff::Zoned {
    jiff::civil::date(2031, 5, 21).at(8, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap()
}

fn options(ledger: std::path::PathBuf, listen: &str) -> Options {
    let token = Some(Token::new(TOKEN).unwrap());
    let listen = listen.parse().unwrap();
    Options { ledger, listen, token, public: true, rate: Some(0), invented: false, now }
}

fn served(listen: &str) -> Served {
    served_as(listen, |options| options)
}

fn served_as(listen: &str, change: impl FnOnce(Options) -> Options) -> Served {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("bilan.db");
    let mut store = Ledger::create(&ledger).unwrap();
    let readings = [invented::reading(), invented::named("long", 150), invented::named("secret", 1)];
    let given = readings.iter().map(|reading| Given {
        access: Some(if reading.document.id == "secret" { Access::Restricted } else { Access::Internal }),
        ..Given::from(reading)
    });
    store.add(given, &AddOptions::at("2031-05-20T08:00:00Z".parse().unwrap())).unwrap();
    drop(store);
    let server = Server::bind(change(options(ledger, listen))).unwrap();
    let (address, (stop, told)) = (server.address(), oneshot::channel());
    let thread = std::thread::spawn(|| server.run_until(async { drop(told.await) }));
    Served { address, stop: Some(stop), thread: Some(thread), folder }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        let ended = self.thread.take().map(JoinHandle::join);
        if !std::thread::panicking() {
            ended.unwrap().unwrap().unwrap();
        }
    }
}

impl Served {
    /// Status, headers, body.
    fn ask(&self, method: &str, path: &str, more: &str) -> (u16, String, String) {
        let host = if more.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        let mut stream = TcpStream::connect(("127.0.0.1", self.address.port())).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n{more}\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        // A picture is no text.
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), head.to_ascii_lowercase(), body.to_owned())
    }

    fn post(&self, path: &str, form: &str, more: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.address.port())).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n{more}\r\n",
            self.address,
            form.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        // A server that refuses a long body need not read it.
        let _ = stream.write_all(form.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String) {
        let (status, _, body) = self.ask("GET", path, "");
        (status, body)
    }
}

#[test]
fn the_list_shows_claims_and_filters_them() {
    let served = served("127.0.0.1:0");
    let (status, all) = served.get("/claims?document=valdoree-1");
    assert_eq!(status, 200);
    for words in ["about 1,200", "title=\"VD/general-staff\"", "3 claims", "In this ledger:", "3 documents"] {
        assert!(all.contains(words), "{words}");
    }
    for (query, shown, hidden) in [
        ("outcome=losses", "about 1,200", "at least 14"),
        ("counted=child&side=VD", "Brumeval (VD)", "about 1,200"),
        ("claimant=VD%2Flocal", "at least 14", "about 1,200"),
        ("place=VD", "Brumeval (VD)", "at least 14"),
        ("words=etat-major", "about 1,200", "at least 14"),
        ("from=2031-05-19&to=2031-05-19&outcome=losses&side=&words=+", "about 1,200", "at least 14"),
    ] {
        let (_, page) = served.get(&format!("/claims?{query}"));
        assert!(page.contains(shown) && !page.contains(hidden), "{query}");
    }
    let (_, none) = served.get("/claims?from=2032-01-01");
    assert!(none.contains("This is not zero"));
}

#[test]
fn a_long_list_goes_on() {
    let served = served("127.0.0.1:0");
    let (_, first) = served.get("/claims?outcome=killed&lang=fr");
    assert!(first.contains("50 affichées"));
    let next = first.split("<p class=\"next\"><a href=\"").nth(1).unwrap().split('"').next().unwrap();
    let next = next.replace("&#38;", "&");
    assert!(next.starts_with("/claims?outcome=killed&after=") && next.ends_with("&lang=fr"), "{next}");
    let (_, second) = served.get(&next);
    assert!(second.contains("50 affichées") && second.contains("class=\"next\""));
}

#[test]
fn a_document_shows_its_claims_and_what_was_not_taken() {
    let served = served("127.0.0.1:0");
    let (status, page) = served.get("/document/valdoree-1");
    assert_eq!(status, 200);
    for words in
        ["href=\"#c150\"", "fr/outcome#perdre", "a duration", "Soutenez notre", "/document/dochashinvented?lang=fr"]
    {
        assert!(page.contains(words), "{words}");
    }
    let (status, page) = served.get("/document/none-of-ours");
    assert!(status == 404 && page.contains("no document of that name"));
}

#[test]
fn languages_follow_the_browser_and_the_switch() {
    let served = served("127.0.0.1:0");
    let french = "Accept-Language: fr-FR, en;q=0.5\r\n";
    assert!(served.ask("GET", "/", french).2.contains("<html lang=\"fr\">"));
    assert!(served.ask("GET", "/?lang=en", french).2.contains("<html lang=\"en\">"));
    assert!(served.ask("GET", "/nowhere", french).2.contains("Il n’y a rien à cette adresse."));
}

#[test]
fn every_answer_is_strict() {
    let served = served("127.0.0.1:0");
    for (method, path, more, expected) in [
        ("GET", "/", "", 200),
        ("HEAD", "/", "", 200),
        ("GET", "/style.css", "", 200),
        ("GET", "//example.invalid/x", "", 404),
        ("GET", "/document/%FF", "", 404),
        ("GET", "/?side=a&side=b", "", 400),
        ("GET", "/?from=2031-13-01", "", 400),
        ("POST", "/", "Content-Length: 0\r\n", 405),
        ("DELETE", "/document/valdoree-1", "", 405),
        ("GET", "/", "Host: example.invalid\r\n", 421),
    ] {
        let (status, head, body) = served.ask(method, path, more);
        assert_eq!(status, expected, "{method} {path}");
        for header in [
            "content-security-policy: default-src 'none'; style-src 'self';",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
        ] {
            assert!(head.contains(header), "{method} {path}: {header}");
        }
        for inline in ["<script>", "<style", " style=", " onclick", "javascript:"] {
            assert!(!body.contains(inline), "{method} {path}: {inline}");
        }
        assert!(status == 200 || method == "HEAD" || body.contains("<h1>Not shown</h1>"), "{method} {path}");
        assert!(!body.contains("href=\"//"), "{method} {path} links elsewhere");
    }
}

#[test]
fn beyond_loopback_a_claim_travels_without_its_article() {
    let served = served("0.0.0.0:0");
    let (_, page) = served.get("/document/valdoree-1");
    assert!(page.contains("Only the sentences that hold figures"));
    assert!(!page.contains("Le ministère d’Ostrane dément. "), "a sentence without figures is not shown");
    assert_eq!(served.get("/document/secret").0, 404);
    let (_, list) = served.get("/claims?document=secret");
    assert!(!list.contains("tués"));
}

#[test]
fn a_page_shows_what_was_added_meanwhile_and_says_when_the_ledger_is_gone() {
    let served = served("127.0.0.1:0");
    let path = served.folder.path().join("bilan.db");
    let newer = invented::named("newer", 1);
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.add([&newer], &AddOptions::at("2031-05-21T08:00:00Z".parse().unwrap())).unwrap();
    drop(ledger);
    assert_eq!(served.get("/document/newer").0, 200);
    std::fs::remove_file(&path).unwrap();
    let (status, page) = served.get("/");
    assert!(status == 500 && page.contains("there is no ledger here"), "{status}");
}

#[test]
fn what_cannot_be_shown_is_told_before_listening() {
    let folder = tempfile::tempdir().unwrap();
    let at = |ledger: &str, listen: &str| options(folder.path().join(ledger), listen);
    assert!(matches!(Server::bind(at("none.db", "127.0.0.1:0")), Err(ServeError::Ledger(_))));
    drop(Ledger::create(folder.path().join("bilan.db")).unwrap());
    let first = Server::bind(at("bilan.db", "127.0.0.1:0")).unwrap();
    let taken = Server::bind(at("bilan.db", &first.address().to_string())).err().unwrap().to_string();
    assert!(taken.starts_with(&format!("cannot listen on {}: ", first.address())), "{taken}");
    let open = Options { token: None, ..at("bilan.db", "0.0.0.0:0") };
    assert!(matches!(Server::bind(open), Err(ServeError::NoToken(_))));
}

#[test]
fn beyond_loopback_nothing_is_shown_without_the_token() {
    let served = served_as("0.0.0.0:0", |options| Options { public: false, ..options });
    for path in ["/", "/claims", "/api/v1/claims", "/feed.atom", "/openapi.json", "/compare.svg"] {
        let (status, head, body) = served.ask("GET", path, "");
        assert_eq!(status, 401, "{path}");
        assert!(head.contains("www-authenticate: bearer") && !body.contains("1,200"), "{path}");
    }
    let bearer = format!("Authorization: Bearer {TOKEN}\r\n");
    assert_eq!(served.ask("GET", "/claims", &bearer).0, 200);
    assert_eq!(served.ask("GET", "/claims", "Authorization: Bearer another-one-of-that-size\r\n").0, 401);
    let form = format!("token={TOKEN}");
    let (status, head, _) = served.post("/token", &form, "");
    assert!(status == 303 && head.contains("httponly; samesite=strict"), "{head}");
    let cookie = head.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap();
    let (status, page) = (
        served.ask("GET", "/document/valdoree-1", &format!("Cookie: {cookie}\r\n")).0,
        served.ask("GET", "/document/secret", &format!("Cookie: {cookie}\r\n")).0,
    );
    assert_eq!((status, page), (200, 200));
    let (status, head, _) = served.post("/token", "token=wrong", "");
    assert!(status == 403 && !head.contains("set-cookie"));
}

#[test]
fn a_form_of_another_site_and_a_long_one_are_refused() {
    let served = served("127.0.0.1:0");
    let form = format!("token={TOKEN}");
    assert_eq!(served.post("/token", &form, "Origin: http://example.invalid\r\n").0, 403);
    assert_eq!(served.post("/token", &form, "Sec-Fetch-Site: cross-site\r\n").0, 403);
    assert_eq!(served.post("/token", &"x".repeat(3 << 20), "").0, 413);
}

#[test]
fn too_many_requests_of_one_address_are_told_to_wait() {
    let served = served_as("127.0.0.1:0", |options| Options { rate: Some(2), ..options });
    let statuses: Vec<u16> = (0..40).map(|_| served.get("/favicon.ico").0).collect();
    assert!(statuses.contains(&204) && statuses.contains(&429), "{statuses:?}");
}

#[test]
fn a_program_is_told_what_is_wrong() {
    let served = served("127.0.0.1:0");
    for (path, status, kind) in [
        ("/api/v1/claims?limit=0", 400, "bad-request"),
        ("/api/v1/claims?outcome=dead", 400, "bad-request"),
        ("/api/v1/claims?from=yesterday", 400, "bad-request"),
        ("/api/v1/compare?on=yesterday", 400, "bad-day"),
        ("/api/v1/statements?after=x", 400, "bad-request"),
        ("/api/v1/search", 400, "bad-request"),
        ("/api/v1/documents/none", 404, "no-document"),
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v1/export/pdf", 404, "not-found"),
    ] {
        let (found, head, body) = served.ask("GET", path, "");
        assert_eq!(found, status, "{path}: {body}");
        assert!(head.contains("content-type: application/problem+json"), "{path}");
        let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["type"], format!("urn:bilan:problem:{kind}"), "{path}");
        assert!(problem["instance"].as_str().unwrap().starts_with("urn:bilan:request:"));
    }
}

#[test]
fn pages_of_a_list_are_the_list() {
    let served = served("127.0.0.1:0");
    for (list, key) in [("claims", "figure"), ("statements", "value"), ("documents", "hash")] {
        let all: serde_json::Value =
            serde_json::from_str(&served.get(&format!("/api/v1/{list}?limit=1000")).1).unwrap();
        let all = all[list].as_array().unwrap();
        let (mut seen, mut after) = (vec![], String::new());
        for _ in 0..200 {
            let page = served.get(&format!("/api/v1/{list}?limit=2&after={after}")).1;
            let page: serde_json::Value = serde_json::from_str(&page).unwrap();
            seen.extend(page[list].as_array().unwrap().iter().cloned());
            match &page["next"] {
                serde_json::Value::Null => break,
                next => after = next.as_str().map_or(next.to_string(), str::to_owned),
            }
        }
        assert!(!all.is_empty() && all[0].get(key).is_some(), "{list}");
        assert_eq!(&seen, all, "{list}");
    }
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let served = served("127.0.0.1:0");
    let (_, head, _) = served.ask("GET", "/api/v1/claims", "");
    let etag = head.split("etag: ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let (status, _, body) = served.ask("GET", "/api/v1/claims", &format!("If-None-Match: {etag}\r\n"));
    assert_eq!((status, body.as_str()), (304, ""));
}

#[test]
fn every_view_comes_as_a_file() {
    let served = served("127.0.0.1:0");
    for (path, kind) in [
        ("/compare.svg", "image/svg+xml"),
        ("/compare.csv?on=2031-06-01", "text/csv"),
        ("/compare.json", "application/json"),
        ("/series.svg?counted=military", "image/svg+xml"),
        ("/series.csv", "text/csv"),
        ("/series.json", "application/json"),
        ("/claims.csv", "text/csv"),
        ("/claims.json", "application/json"),
        ("/claims.jsonl", "application/x-ndjson"),
        ("/feed.atom", "application/atom+xml"),
        ("/openapi.json", "application/json"),
    ] {
        let (status, head, body) = served.ask("GET", path, "");
        assert!(status == 200 && head.contains(&format!("content-type: {kind}")), "{path} {status}");
        assert!(!body.is_empty(), "{path}");
    }
    assert_eq!(served.get("/compare.exe").0, 404);
    for path in ["/claims.jsonl?limit=1", "/api/v1/export/jsonl?limit=1"] {
        assert_eq!(served.get(path).1.lines().count(), 1, "{path}");
    }
}

#[test]
fn every_form_that_a_view_offers_is_there() {
    let served = served("127.0.0.1:0");
    let claims: serde_json::Value = serde_json::from_str(&served.get("/api/v1/claims?document=valdoree-1").1).unwrap();
    let statement = format!("/statement/{}?n=0", claims["claims"][0]["figure"].as_str().unwrap());
    let views = [
        ("/?counted=military", 4),
        ("/series?counted=military", 4),
        ("/claims?side=XB", 2),
        ("/documents", 1),
        ("/document/valdoree-1", 2),
        (&statement, 4),
    ];
    for (view, forms) in views {
        let page = served.get(view).1;
        let offered = page.split("<p class=\"forms\"><span>").nth(1).unwrap().split("</p>").next().unwrap();
        let hrefs: Vec<String> = offered
            .split("href=\"")
            .skip(1)
            .map(|rest| rest[..rest.find('"').unwrap()].replace("&#38;", "&"))
            .collect();
        assert_eq!(hrefs.len(), forms + 1, "{view}: and the view itself {hrefs:?}");
        for href in hrefs {
            let (status, _, body) = served.ask("GET", &href, "");
            assert!(status == 200 && !body.is_empty(), "{view}: {href} {status}");
        }
    }
}

#[test]
fn in_an_invented_ledger_everything_says_so() {
    let served = served_as("127.0.0.1:0", |options| Options { invented: true, ..options });
    for path in ["/", "/claims", "/documents", "/series?counted=military", "/compare.svg", "/series.svg", "/feed.atom"]
    {
        assert!(served.get(path).1.contains("INVENTED"), "{path}");
    }
    let rows = served.get("/claims?document=valdoree-1").1;
    assert_eq!(rows.matches("class=\"invented\"").count(), 2 * 3, "each claim, and its source");
}

#[test]
fn a_review_is_written_with_the_token_only_and_shown_at_once() {
    let served = served("127.0.0.1:0");
    let claims: serde_json::Value = serde_json::from_str(&served.get("/api/v1/claims?document=valdoree-1").1).unwrap();
    let figure = claims["claims"][0]["figure"].as_str().unwrap();
    let form = format!("figure={}&n=0&verdict=accept&role=desk&back=/review", figure.replace('+', "%2B"));
    assert_eq!(served.post("/review", &form, "").0, 401);
    assert_eq!(served.get("/api/v1/review").1.trim(), "{\"reviews\":[]}");
    let bearer = format!("Authorization: Bearer {TOKEN}\r\n");
    assert_eq!(served.post("/review", &form.replace("accept", "praise"), &bearer).0, 400);
    let (status, head, body) = served.post("/review", &form, &bearer);
    assert!(status == 303 && head.contains("location: /review"), "{status} {body}");
    for view in ["/claims?document=valdoree-1", "/document/valdoree-1", &format!("/statement/{figure}?n=0")] {
        assert!(served.get(view).1.contains("found right by desk, 21 May 2031"), "{view}");
    }
    let corrected = form.replace("verdict=accept", "verdict=correct&field=value&value=7771");
    assert_eq!(served.post("/review", &corrected, &bearer).0, 303);
    let page = served.get("/document/valdoree-1").1;
    assert!(page.contains("7,771") && !page.contains("Rejected on review"), "{page}");
    assert_eq!(served.post("/review", &form.replace("accept", "reject"), &bearer).0, 303);
    let page = served.get("/document/valdoree-1").1;
    assert!(!page.contains("7,771") && page.contains("Rejected on review, and not marked here: 1."), "{page}");
    let elsewhere = format!("{form}&back=https://example.invalid");
    let (_, head, _) = served.post("/review", &elsewhere.replace("back=/review&", ""), &bearer);
    assert!(!head.contains("example.invalid"));
}

/// The command writes its answers with the same function: `answer::write`, and `write_claims` for claims.
#[test]
fn the_api_says_byte_for_byte_what_the_command_prints() {
    use bilan_view::answer::{self, Which};
    use bilan_view::row::Format;
    let served = served("127.0.0.1:0");
    let ledger = Ledger::open_read_only(served.folder.path().join("bilan.db")).unwrap();
    let all = Which::all(false);
    let on = jiff::civil::date(2031, 5, 21);
    let compared = answer::compare(&ledger, &all, on, None, &bilan::history::Settings::default()).unwrap();
    let series = answer::series(&ledger, &all).unwrap();
    let mut claims = Vec::new();
    answer::write_claims(&ledger, &all, &mut claims, Format::Json).unwrap();
    for (path, printed) in [
        ("/api/v1/compare?on=2031-05-21", answer::write(&compared, Vec::new(), Format::Json).unwrap()),
        ("/compare.csv?on=2031-05-21", answer::write(&compared, Vec::new(), Format::Csv).unwrap()),
        ("/api/v1/series", answer::write(&series, Vec::new(), Format::Json).unwrap()),
        ("/claims.json", claims.clone()),
    ] {
        assert_eq!(served.get(path).1, String::from_utf8(printed).unwrap(), "{path}");
    }
    let (api, printed): (serde_json::Value, serde_json::Value) = (
        serde_json::from_str(&served.get("/api/v1/claims?limit=1000").1).unwrap(),
        serde_json::from_slice(&claims).unwrap(),
    );
    assert_eq!(api, printed);
}
