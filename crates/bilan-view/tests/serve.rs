//! A real server on loopback, asked as a browser asks. INVENTED data.
#![allow(missing_docs)]

mod invented;

use bilan_ledger::{Access, AddOptions, Given, Ledger};
use bilan_view::serve::{Options, ServeError, Server};
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

fn served(listen: &str) -> Served {
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
    let server = Server::bind(Options { ledger, listen: listen.parse().unwrap() }).unwrap();
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
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
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
    let (status, all) = served.get("/?document=valdoree-1");
    assert_eq!(status, 200);
    for words in ["about 1,200", "VD/general-staff", "3 claims", "In this ledger:", "3 documents"] {
        assert!(all.contains(words), "{words}");
    }
    for (query, shown, hidden) in [
        ("outcome=losses", "about 1,200", "at least 14"),
        ("counted=child&side=VD", "Brumeval", "about 1,200"),
        ("claimant=VD%2Flocal", "at least 14", "about 1,200"),
        ("place=VD", "VD/Brumeval", "at least 14"),
        ("words=etat-major", "about 1,200", "at least 14"),
        ("from=2031-05-19&to=2031-05-19&outcome=losses&side=&words=+", "about 1,200", "at least 14"),
    ] {
        let (_, page) = served.get(&format!("/?{query}"));
        assert!(page.contains(shown) && !page.contains(hidden), "{query}");
    }
    let (_, none) = served.get("/?from=2032-01-01");
    assert!(none.contains("This is not zero"));
}

#[test]
fn a_long_list_goes_on() {
    let served = served("127.0.0.1:0");
    let (_, first) = served.get("/?outcome=killed&lang=fr");
    assert!(first.contains("100 affichées"));
    let next = first.split("<p class=\"next\"><a href=\"").nth(1).unwrap().split('"').next().unwrap();
    let next = next.replace("&#38;", "&");
    assert!(next.starts_with("/?outcome=killed&after=") && next.ends_with("&lang=fr"), "{next}");
    let (_, second) = served.get(&next);
    assert!(second.contains("53 affichées") && !second.contains("class=\"next\""));
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
        for inline in ["<script", "<style", "style=", " onclick", "javascript:"] {
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
    let (_, list) = served.get("/?document=secret");
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
    let options = |ledger: &str, listen: SocketAddr| Options { ledger: folder.path().join(ledger), listen };
    let any = "127.0.0.1:0".parse().unwrap();
    assert!(matches!(Server::bind(options("none.db", any)), Err(ServeError::Ledger(_))));
    drop(Ledger::create(folder.path().join("bilan.db")).unwrap());
    let first = Server::bind(options("bilan.db", any)).unwrap();
    let taken = Server::bind(options("bilan.db", first.address())).err().unwrap().to_string();
    assert!(taken.starts_with(&format!("cannot listen on {}: ", first.address())), "{taken}");
}
