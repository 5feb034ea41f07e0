//! Fetches from servers of its own, good and bad.
//!
//! In: answers that are invented here. Out: what is made of them, and what the servers were asked.

use super::*;
use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

type Asked = Arc<Mutex<Vec<(String, Instant)>>>;

/// A server that answers each request as it is told; the test ends without it.
fn server(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> (SocketAddr, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, asked) = (listener.local_addr().unwrap(), Asked::default());
    let (log, answer) = (asked.clone(), Arc::new(answer));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (log, answer) = (log.clone(), answer.clone());
            std::thread::spawn(move || {
                let mut stream = stream;
                let mut request = Vec::new();
                let mut byte = [0];
                while !request.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                    request.push(byte[0]);
                }
                let request = String::from_utf8_lossy(&request).into_owned();
                log.lock().unwrap().push((request.clone(), Instant::now()));
                answer(request.split(' ').nth(1).unwrap_or(""), &mut stream);
            });
        }
    });
    (address, asked)
}

fn respond(stream: &mut TcpStream, status: &str, fields: &str, body: &[u8]) {
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{fields}\r\n", body.len());
    let _ = stream.write_all(&[head.as_bytes(), body].concat());
}

fn nothing_there(stream: &mut TcpStream) {
    respond(stream, "404 Not Found", "", b"");
}

fn quick() -> Manners {
    Manners {
        private: true,
        limit: 1 << 20,
        time: Duration::from_secs(20),
        silence: Duration::from_millis(600),
        pause: Duration::ZERO,
        ..Manners::default()
    }
}

fn get(manners: Manners, url: &str) -> Result<Fetched, String> {
    Fetcher::new(manners)?.get(url)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_page_comes_with_its_papers() {
    let (at, asked) = server(|path, stream| match path {
        "/a?b=c" => respond(stream, "302 Found", "Location: ../d/page#x\r\n", b""),
        "/d/page" => {
            let fields = "Content-Type: text/html; charset=koi8-u\r\nContent-Encoding: gzip\r\nETag: \"7\"\r\n";
            respond(stream, "200 OK", fields, &gzip(b"<p>Deux morts."));
        }
        _ => nothing_there(stream),
    });
    let manners = Manners { agent: "Cahier/2 (redaction@example.org)".into(), ..quick() };
    let page = get(manners, &format!("http://{at}/a?b=c#top")).unwrap();
    assert_eq!((page.body.as_slice(), page.url.as_str()), (&b"<p>Deux morts."[..], &*format!("http://{at}/d/page")));
    assert_eq!(page.charset.as_deref(), Some("koi8-u"));
    assert_eq!(page.version(), Version { tag: Some("\"7\"".into()), modified: None });
    let asked = asked.lock().unwrap();
    assert!(asked.len() == 3 && asked.iter().all(|(request, _)| request.contains("Cahier/2 (redaction@example.org)")));
}

#[test]
fn what_is_unchanged_is_not_sent_again_and_what_was_cut_is() {
    let (at, asked) = server(|path, stream| match path {
        "/robots.txt" => nothing_there(stream),
        "/to" => respond(stream, "302 Found", "Location: /page\r\n", b""),
        _ => respond(stream, "200 OK", "ETag: \"7\"\r\nContent-Type: text/html; charset=koi8-u\r\n", b"<p>Deux morts."),
    });
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("kept.warc.gz");
    let keeping = || Manners { keep: Some(archive.clone()), ..quick() };
    let first = get(keeping(), &format!("http://{at}/to")).unwrap();
    // The same page from a server that says, to those who have it, that it has not changed.
    let (quiet, told) = server(|path, stream| match path {
        "/robots.txt" => nothing_there(stream),
        _ => respond(stream, "304 Not Modified", "", b""),
    });
    assert!(get(keeping(), &format!("http://{quiet}/page")).unwrap_err().ends_with("answers with status 304"));
    assert!(
        !told.lock().unwrap()[1].0.to_ascii_lowercase().contains("if-none-match"),
        "nothing was known of this host"
    );
    get(keeping(), &format!("http://{at}/page")).unwrap();
    let request = asked.lock().unwrap().last().unwrap().0.to_ascii_lowercase();
    assert!(request.contains("if-none-match: \"7\""), "{request}");
    let kept = Kept::open(&archive, 1 << 20).unwrap().page(&format!("http://{at}/page")).unwrap();
    assert_eq!((kept.body, kept.charset.as_deref(), kept.url), (first.body, Some("koi8-u"), first.url));
    assert_eq!(kept.head.field("etag"), Some("\"7\""));
    // A run that was stopped: the half record is passed over, and what comes behind it is found.
    let whole = std::fs::read(&archive).unwrap();
    std::fs::write(&archive, &whole[..whole.len() - 9]).unwrap();
    get(keeping(), &format!("http://{at}/page?b")).unwrap();
    let kept = Kept::open(&archive, 1 << 20).unwrap();
    assert!(
        kept.version(&format!("http://{at}/page?b")).is_some() && kept.version(&format!("http://{at}/page")).is_some()
    );
}

#[test]
fn a_page_that_has_not_changed_comes_from_the_archive() {
    let count = Mutex::new(0);
    let (at, asked) = server(move |path, stream| {
        if path == "/robots.txt" {
            return nothing_there(stream);
        }
        let mut count = count.lock().unwrap();
        *count += 1;
        match *count {
            1 => respond(stream, "200 OK", "Last-Modified: Thu, 12 Jun 2031 08:30:00 GMT\r\n", b"Deux morts."),
            _ => respond(stream, "304 Not Modified", "", b""),
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let mut fetcher = Fetcher::new(Manners { keep: Some(folder.path().join("kept")), ..quick() }).unwrap();
    let url = format!("http://{at}/");
    let (first, again) = (fetcher.get(&url).unwrap(), fetcher.get(&url).unwrap());
    assert_eq!(again.body, first.body);
    assert_eq!(again.time.as_second(), first.time.as_second(), "the time is that of the bytes");
    let request = asked.lock().unwrap().last().unwrap().0.to_ascii_lowercase();
    assert!(request.contains("if-modified-since: thu, 12 jun 2031 08:30:00 gmt"), "{request}");
}

#[test]
fn a_private_address_is_refused_in_every_dress() {
    let (at, asked) = server(|_, stream| respond(stream, "200 OK", "", b"secret"));
    let port = at.port();
    let public = || Manners { private: false, ..quick() };
    for host in
        ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "0"]
    {
        let error = get(public(), &format!("http://{host}:{port}/")).unwrap_err();
        assert!(error.contains("an address of a private network; --allow-private"), "{host}: {error}");
    }
    assert!(asked.lock().unwrap().is_empty(), "a request came through");
    for (url, why) in [
        ("file:///etc/passwd", "only http and https"),
        ("http://name:word@example.org/", "http://example.org/: an address with a name or a password"),
        ("http://", "no address"),
    ] {
        let error = get(public(), url).unwrap_err();
        assert!(error.contains(why), "{error}");
    }
}

/// One name is let through, as that of a proxy is, and sends us on: to an address, and to a name that leads there.
#[test]
fn a_redirect_into_a_private_network_is_refused() {
    let (inside, asked) = server(|_, stream| respond(stream, "200 OK", "", b"secret"));
    let port = inside.port();
    let (outside, _) = server(move |path, stream| match path {
        "/robots.txt" => nothing_there(stream),
        "/address" => respond(stream, "302 Found", &format!("Location: http://127.0.0.1:{port}/\r\n"), b""),
        _ => respond(stream, "302 Found", &format!("Location: http://localhost:{port}/\r\n"), b""),
    });
    let mut fetcher = Fetcher::new(Manners { private: false, ..quick() }).unwrap();
    let config = fetcher.agent.config().clone();
    let through = Public::new(Some(format!("localhost:{}", outside.port())));
    fetcher.agent = ureq::Agent::with_parts(config, DefaultConnector::default(), through);
    for path in ["address", "name"] {
        let error = fetcher.get(&format!("http://localhost:{}/{path}", outside.port())).unwrap_err();
        assert!(error.contains("leads to ") && error.contains("an address of a private network"), "{path}: {error}");
    }
    assert!(asked.lock().unwrap().is_empty(), "a request came through");
}

#[test]
fn a_proxy_may_stand_anywhere_and_leads_to_nothing_private() {
    let (proxy, asked) = server(|path, stream| {
        if path.ends_with(":80") {
            // The tunnel ends here.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            let mut request = [0; 4096];
            let n = stream.read(&mut request).unwrap_or(0);
            match request[..n].starts_with(b"GET /robots.txt ") {
                true => nothing_there(stream),
                false => respond(stream, "200 OK", "", b"Deux morts."),
            }
        }
    });
    let manners = || Manners { private: false, proxy: Some(format!("http://{proxy}")), ..quick() };
    assert_eq!(get(manners(), "http://news.example.org/a").unwrap().body, b"Deux morts.");
    let before = asked.lock().unwrap().len();
    for url in ["http://printer.local/", "http://localhost/", "http://10.0.0.1/", "http://[fd00::1]/"] {
        let error = get(manners(), url).unwrap_err();
        assert!(error.contains("private network"), "{error}");
    }
    assert_eq!(asked.lock().unwrap().len(), before, "a request came through");
    assert!(
        get(Manners { proxy: Some("::".into()), ..quick() }, "http://a.example/")
            .unwrap_err()
            .contains("no address of a proxy")
    );
}

#[test]
fn bad_servers_cost_a_line_and_little_time() {
    let bomb = gzip(&vec![0; 64 << 20]);
    let (at, _) = server(move |path, stream| match path {
        "/loop" => respond(stream, "301 Moved", "Location: /loop\r\n", b""),
        "/nowhere" => respond(stream, "301 Moved", "Location: http://[/\r\n", b""),
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'a'; 1 << 14]).is_ok() {}
        }
        "/slow" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(b"a").is_ok() {
                std::thread::sleep(Duration::from_millis(100));
            }
        }
        "/stalled" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nDeux");
            std::thread::sleep(Duration::from_secs(30));
        }
        "/silent" => std::thread::sleep(Duration::from_secs(30)),
        "/short" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nDeux");
        }
        "/bomb" => respond(stream, "200 OK", "Content-Encoding: gzip\r\n", &bomb),
        "/head" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(b"X: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n").is_ok() {}
        }
        "/gone" => respond(stream, "410 Gone", "", b"gone"),
        _ => nothing_there(stream),
    });
    let short = Manners { time: Duration::from_secs(4), ..quick() };
    for (path, why) in [
        ("loop", "redirects more than 10 times"),
        ("nowhere", "which is no address"),
        ("endless", "the page is longer than 1048576 bytes"),
        ("slow", "is not there after 4s"),
        ("stalled", "breaks off after 4 bytes"),
        ("silent", "sends nothing for"),
        ("short", "breaks off after 4 bytes"),
        ("bomb", "the page is longer than 1048576 bytes"),
        ("head", ""),
        ("gone", "answers with status 410"),
    ] {
        let (start, url) = (Instant::now(), format!("http://{at}/{path}"));
        let error = get(short.clone(), &url).unwrap_err();
        assert!(
            error.starts_with(&format!("{url}: ")) && error.contains(why) && !error.contains('\n'),
            "{path}: {error}"
        );
        assert!(start.elapsed() < Duration::from_secs(10), "{path} took {:?}", start.elapsed());
    }
}

#[test]
fn what_a_site_asks_is_done() {
    let rules = "User-agent: bilan\nDisallow: /closed\nCrawl-delay: 0.3\n";
    let (at, asked) = server(move |path, stream| match path {
        "/robots.txt" => respond(stream, "200 OK", "", rules.as_bytes()),
        "/to-closed" => respond(stream, "302 Found", "Location: /closed/a\r\n", b""),
        _ => respond(stream, "200 OK", "", b"Deux morts."),
    });
    let mut fetcher = Fetcher::new(quick()).unwrap();
    let mut get = |path: &str| fetcher.get(&format!("http://{at}/{path}"));
    assert!(get("open").is_ok() && get("open?b").is_ok());
    for path in ["closed/b", "to-closed"] {
        assert!(get(path).unwrap_err().contains("robots.txt asks programs not to read this"));
    }
    let asked = asked.lock().unwrap();
    let paths: Vec<_> = asked.iter().filter_map(|(request, _)| request.split(' ').nth(1)).collect();
    assert_eq!(
        paths,
        ["/robots.txt", "/open", "/open?b", "/to-closed"],
        "robots.txt is asked once, closed paths never"
    );
    for pair in asked.windows(2).skip(1) {
        assert!(pair[1].1 - pair[0].1 >= Duration::from_millis(290), "two requests too close");
    }
}

#[test]
fn a_host_is_left_in_peace_between_requests_and_a_broken_one_alone() {
    let (at, asked) = server(|path, stream| match path {
        "/robots.txt" => nothing_there(stream),
        _ => respond(stream, "200 OK", "", b"Deux morts."),
    });
    let mut fetcher = Fetcher::new(Manners { pause: Duration::from_millis(250), ..quick() }).unwrap();
    for n in 0..3 {
        fetcher.get(&format!("http://{at}/{n}")).unwrap();
    }
    for pair in asked.lock().unwrap().windows(2) {
        assert!(pair[1].1 - pair[0].1 >= Duration::from_millis(240), "two requests too close");
    }
    let (broken, asked) = server(|_, stream| respond(stream, "503 Busy", "", b""));
    assert!(get(quick(), &format!("http://{broken}/a")).unwrap_err().contains("robots.txt"));
    assert_eq!(asked.lock().unwrap().len(), 1);
}
