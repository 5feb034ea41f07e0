//! Runs the command on what comes from outside packed, archived or copied. All of it is invented.
//!
//! In: archives made here, servers on this machine. Out: what the command prints and how it ends.

use flate2::write::GzEncoder;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const NEWS: &str = "INVENTÉ. Selon le ministère valdorien de la Défense, 340 soldats karséniens ont été tués \
                    le 3 mai près de Castelbrun. Deux dépôts ont brûlé, et la route du nord reste coupée à tous.";

fn bilan(args: &[&str], path: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilan"));
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env_remove(proxy);
    }
    command.args(["read", "--published", "2031-06-12"]).args(args).arg(path).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(vec![], flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn page(words: &str) -> String {
    format!(
        "<html><body><article><h1>INVENTÉ</h1><p>{words}</p><p>{}</p></article></body></html>",
        "Le texte continue ainsi. ".repeat(12)
    )
}

fn record(number: u32, page: &str) -> Vec<u8> {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:invented:{number}>\r\nWARC-Target-URI: https://example.org/{number}\r\n\
         WARC-Date: 2031-06-12T08:30:00Z\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block.as_bytes(), b"\r\n\r\n"].concat()
}

fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn what_is_packed_is_read_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let plain = out(&bilan(&["--format", "csv"], &file(&folder, "news.txt", NEWS.as_bytes())));
    assert!(plain.contains("340"));
    let packed = bilan(&["--format", "csv"], &file(&folder, "sub.txt", &gzip(NEWS.as_bytes())));
    assert_eq!(out(&packed).replace(",sub,", ",news,"), plain);
    let lines = format!("{{\"text\":{:?}}}\n", NEWS).repeat(2);
    let two = [gzip(lines.as_bytes()), gzip(lines.as_bytes())].concat();
    let read = bilan(&["--show", "documents", "--format", "jsonl"], &file(&folder, "lines", &two));
    assert_eq!(out(&read).lines().count(), 4, "{}", told(&read));
}

#[test]
fn what_is_cut_is_read_as_far_as_it_goes_and_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let of = |n: u32| NEWS.replace("340", &(1_000 + n * 7).to_string());
    let long: String = (0..400).map(|n| format!("{} Point {n}, {:x}.\n\n", of(n), n * 7_919)).collect();
    let packed = gzip(long.as_bytes());
    let cut = packed.len() * 2 / 3;
    let read = bilan(&["--format", "jsonl"], &file(&folder, "long.txt.gz", &packed[..cut]));
    assert!(out(&read).lines().count() > 1, "what came before is kept");
    assert!(
        told(&read).contains(&format!("only its beginning was read: the gzip stream is cut off at byte {cut}")),
        "{}",
        told(&read)
    );
    assert_eq!(read.status.code(), Some(2));
    assert_eq!(told(&read).lines().count(), 2, "one line and the closing one: {}", told(&read));
    // Lines: those before are documents, the one that is cut is told.
    let lines: String = (0..400).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{NEWS} {:x}\"}}\n", n * 7_919)).collect();
    let packed = gzip(lines.as_bytes());
    let read =
        bilan(&["--show", "documents", "--format", "jsonl"], &file(&folder, "lines.gz", &packed[..packed.len() / 2]));
    assert!(out(&read).lines().count() > 20);
    assert_eq!(told(&read).matches("is cut off at byte").count(), 1, "{}", told(&read));
    // A bomb.
    let read = bilan(&[], &file(&folder, "bomb", &gzip(&vec![b' '; 200 << 20])));
    assert!(told(&read).contains("unpacks to more than 200 times its size"), "{}", told(&read));
    assert_eq!(read.status.code(), Some(2));
}

#[test]
fn each_page_of_an_archive_is_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let other = page("Un incendie a fait deux morts à Ormont.");
    let records = [gzip(&record(1, &page(NEWS))), gzip(&record(2, &other))];
    let second = records[0].len();
    let whole = file(&folder, "crawl", &records.concat());
    let read = bilan(&["--show", "documents", "--format", "jsonl"], &whole);
    let printed = out(&read);
    assert_eq!(printed.lines().count(), 2, "{}", told(&read));
    assert!(printed.contains("\"url\":\"https://example.org/2\""));
    assert!(
        printed.contains(&format!("<urn:invented:2> at byte {second} of the archive, fetched 2031-06-12T08:30:00Z"))
    );
    assert_eq!(read.status.code(), Some(0));
    // Cut in its last member: the first page is whole, the fault is told with record and place.
    let cut = records.concat();
    let read =
        bilan(&["--show", "documents", "--format", "jsonl"], &file(&folder, "cut.warc.gz", &cut[..cut.len() - 6]));
    assert!(out(&read).contains("https://example.org/1"));
    assert!(told(&read).contains("is cut off at byte"), "{}", told(&read));
    assert!(told(&read).contains(&second.to_string()), "{}", told(&read));
    assert_eq!(read.status.code(), Some(2));
}

#[test]
fn copies_and_versions_stand_together() {
    let folder = tempfile::tempdir().unwrap();
    let body: String = (0..6).map(|n| format!("{NEWS} C'est le paragraphe {n} de ce texte inventé.\\n\\n")).collect();
    let line = |id: &str, url: &str, published: &str, title: &str, body: &str| {
        format!(
            "{{\"id\":\"{id}\",\"url\":\"{url}\",\"published\":\"{published}\",\"title\":\"{title}\",\"text\":\"{body}\"}}\n"
        )
    };
    let rewritten = "Le ministère est revenu sur son bilan et ne donne plus aucun chiffre de ses pertes à ce jour.";
    let lines = [
        line("late", "https://a.example/1", "2031-06-14", "Un autre titre", &body),
        line("first", "https://b.example/1", "2031-06-12", "Le titre", &body),
        line(
            "alone",
            "https://c.example/1",
            "2031-06-12",
            "Rien de commun",
            "Une crue a emporté trois ponts de la vallée d'Ormont.",
        ),
        line("again", "https://b.example/1#top", "2031-06-15", "Le titre", rewritten),
    ];
    let path = file(&folder, "news.jsonl", lines.concat().as_bytes());
    let read = bilan(&["--show", "groups", "--format", "jsonl"], &path);
    let rows: Vec<serde_json::Value> = out(&read).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told_rows: Vec<_> =
        rows.iter().map(|row| (row["group"].as_u64(), row["part"].as_str(), row["document"].as_str())).collect();
    let one = Some(1);
    assert_eq!(
        told_rows,
        [
            (one, Some("first"), Some("first")),
            (one, Some("alike"), Some("late")),
            (one, Some("revision"), Some("again"))
        ]
    );
    assert!(rows[1]["resemblance"].as_f64().is_some_and(|share| share > 0.8 && share < 1.0));
    let table = out(&bilan(&["--show", "groups"], &path));
    assert!(
        table.contains("% alike") && table.contains("revision") && table.contains("3 documents in 1 group"),
        "{table}"
    );
}

#[test]
fn an_address_is_read_as_a_file_is_and_a_private_one_only_when_asked_for() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/news", server.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in server.incoming().flatten() {
            let mut request = [0; 4096];
            let n = stream.read(&mut request).unwrap_or(0);
            let (status, body) = match request[..n].starts_with(b"GET /news ") {
                true => ("200 OK", page(NEWS)),
                false => ("404 Not Found", String::new()),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(&[head.as_bytes(), body.as_bytes()].concat());
        }
    });
    let refused = bilan(&[], Path::new(&url));
    assert!(told(&refused).contains("an address of a private network; --allow-private"), "{}", told(&refused));
    assert_eq!(refused.status.code(), Some(2));
    let read = bilan(&["--allow-private", "--format", "csv"], Path::new(&url));
    assert!(out(&read).contains("340") && out(&read).contains(&url), "{} {}", out(&read), told(&read));
    assert_eq!(read.status.code(), Some(0));
}

#[test]
fn a_feed_that_was_fetched_is_kept_with_its_time() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/feed.xml", server.local_addr().unwrap());
    let items: String = (3..5)
        .map(|day| format!("<item><title>Jour {day}</title><link>https://c.example/{day}</link><description>{NEWS} Le {day} mai.</description></item>"))
        .collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>Inventé</title>{items}</channel></rss>");
    let sent = feed.clone();
    std::thread::spawn(move || {
        for mut stream in server.incoming().flatten() {
            let mut request = [0; 4096];
            let n = stream.read(&mut request).unwrap_or(0);
            let (status, body) = match request[..n].starts_with(b"GET /feed.xml ") {
                true => ("200 OK", sent.as_str()),
                false => ("404 Not Found", ""),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(&[head.as_bytes(), body.as_bytes()].concat());
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_bilan"))
            .env_remove("http_proxy")
            .env_remove("HTTP_PROXY")
            .current_dir(folder.path())
            .args(args)
            .output()
            .unwrap()
    };
    let added = run(&["add", "--allow-private", &url]);
    assert!(out(&added).contains("2 new documents"), "{} {}", out(&added), told(&added));
    let ledger = bilan_ledger::Ledger::open(folder.path().join("bilan.db")).unwrap();
    let mut hashes = vec![];
    for document in ledger.documents(0, 9, bilan_ledger::Access::Restricted).unwrap() {
        let document = ledger.document(&document.id).unwrap().unwrap();
        assert!(document.fetched.is_some(), "the time is kept");
        hashes.extend(document.bytes);
    }
    assert_eq!((hashes.len(), hashes.first()), (2, hashes.last()), "both entries come from one answer");
    let (first, rest) = hashes[0].split_at(2);
    let kept = std::fs::read(folder.path().join("bilan.db.bytes").join(first).join(rest)).unwrap();
    assert_eq!(String::from_utf8_lossy(&kept), feed);
}
