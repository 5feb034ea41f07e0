//! Holds the command to what it says of inputs: lists of files, kinds, PDF, coverage.
//!
//! In: the built program, invented files. Out: what it prints and how it ends.

use snapbox::cmd::{Command, cargo_bin};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Output;

const REPORT: &str = "Selon le ministère valdorien de la Défense, plus de 340 soldats karséniens ont été tués.";

fn bilan(folder: &Path, args: &[&str], stdin: &str) -> Output {
    let command =
        Command::new(cargo_bin!("bilan")).current_dir(folder).env_remove("BILAN_LEDGER").env("COLUMNS", "160");
    command.args(args).stdin(stdin.as_bytes().to_vec()).output().expect("the program starts")
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file for the test");
    }
    folder
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|wrong| panic!("{wrong}: {output:?}"))
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A PDF whose pages hold these lines.
fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (number, lines) in pages.iter().enumerate() {
        let content = 5 + 2 * number;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {content} 0 R>>"
        ));
        let shown: String = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td ")).collect();
        let stream = format!("BT /F 11 Tf 50 800 Td {shown}ET");
        objects.push(format!("<</Length {}>>stream\n{stream}\nendstream", stream.chars().count()));
    }
    assemble(&objects)
}

/// Numbers the objects, and says where each begins.
fn assemble(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = vec![];
    for (number, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        // Latin-1, as the font has it.
        let object = format!("{} 0 obj\n{object}\nendobj\n", number + 1);
        bytes.extend(object.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')));
    }
    let start = bytes.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    places.iter().for_each(|place| table += &format!("{place:010} 00000 n \n"));
    table += &format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend(table.bytes());
    bytes
}

#[test]
fn a_claim_of_a_pdf_knows_its_page() {
    let pages: [&[&str]; 2] = [
        &["Bulletin inventé du ministère valdorien de la Défense sur les combats", "de la nuit."],
        &["Selon le ministère valdorien de la Défense, plus de 340 soldats de la", "Karsénie ont été tués."],
    ];
    let folder = folder(&[("bulletin.pdf", &pdf(&pages))]);
    let output = bilan(folder.path(), &["read", "bulletin.pdf", "--format", "json"], "");
    let read = json(&output);
    assert_eq!(read["claims"][0]["words"], "340", "{}", err(&output));
    assert_eq!((read["claims"][0]["page"].as_u64(), read["claims"][0]["claimant"].as_str()), (Some(2), Some("XA/mod")));
}

#[test]
fn a_pdf_that_gives_no_text_is_one_line() {
    let scan = pdf(&[&[], &[]]);
    let whole = pdf(&[&["Deux morts."]]);
    // Pages that hold themselves, one stream that is its own length, and a trailer that leads back to itself.
    let ring = assemble(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>".to_owned(),
    ]);
    let form = assemble(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Contents 5 0 R>>".to_owned(),
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>stream\n/X Do\nendstream".to_owned(),
        "<</Length 5>>stream\n/X Do\nendstream".to_owned(),
    ]);
    let locked = String::from_utf8_lossy(&whole).replace(
        "/Root 1 0 R",
        "/Root 1 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Encrypt<</Filter/Standard/V 1/R 2/P -4\
         /O<0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20>\
         /U<0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20>>>",
    );
    let files: [(&str, &[u8]); 7] = [
        ("locked.pdf", locked.as_bytes()),
        ("scan.pdf", &scan),
        ("ring.pdf", &ring),
        ("form.pdf", &form),
        ("cut.pdf", &whole[..whole.len() / 2]),
        ("noise.pdf", b"%PDF-1.7 and nothing more"),
        ("report.txt", REPORT.as_bytes()),
    ];
    let folder = folder(&files);
    let output = bilan(folder.path(), &["read", ".", "--format", "json"], "");
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    for (name, _) in &files[..6] {
        assert_eq!(said.lines().filter(|line| line.contains(name)).count(), 1, "{name}: {said}");
    }
    assert!(said.contains("scan.pdf: no text on its 2 pages, as in a scan"), "{said}");
    assert!(said.contains("locked.pdf: a PDF that is locked by a password"), "{said}");
    let read = json(&output);
    assert_eq!(read["claims"].as_array().map(Vec::len), Some(1), "the rest is read");
    assert!(read["coverage"]["without_text"].as_u64() >= Some(1), "{}", read["coverage"]);
    assert_eq!(
        read["coverage"]["without_text"].as_u64().unwrap() + read["coverage"]["unreadable"].as_u64().unwrap(),
        6,
        "{said}"
    );
}

#[test]
fn what_is_left_of_a_damaged_pdf_is_read() {
    let lines: [&str; 2] =
        ["Selon le ministère valdorien de la Défense, plus de 340 soldats de la", "Karsénie ont été tués."];
    let whole = pdf(&[&lines, &[]]);
    let table = whole.windows(5).position(|at| at == b"xref\n").unwrap();
    let end = String::from_utf8_lossy(&whole[table..]).into_owned();
    let with_end = |end: &str| [&whole[..table], end.as_bytes()].concat();
    // What names the pages is lost, and the pages are there.
    let mut headless = whole[..table].to_vec();
    for name in ["/Catalog", "/Kids"] {
        let at = headless.windows(name.len()).position(|at| at == name.as_bytes()).unwrap();
        headless[at + 1] = b'X';
    }
    for (name, bytes) in [
        ("no table", whole[..table].to_vec()),
        ("a table that lies", with_end(&end.replace("0000000009", "0000000012"))),
        ("a table elsewhere", with_end("startxref\n7\n%%EOF\n")),
        ("no list of pages", headless),
    ] {
        let folder = folder(&[("damaged.pdf", &bytes)]);
        let output = bilan(folder.path(), &["read", "damaged.pdf", "--format", "json"], "");
        let read = json(&output);
        assert_eq!(read["claims"][0]["words"], "340", "{name}: {}", err(&output));
        assert!(err(&output).contains("bilan: damaged.pdf: a damaged PDF"), "{name}: {}", err(&output));
        assert_eq!(output.status.code(), Some(2), "{name}: others may be lost");
    }
    let sent = [b"\r\n\r\n", &whole[..]].concat();
    let folder = folder(&[("sent.pdf", &sent)]);
    let output = bilan(folder.path(), &["read", "sent.pdf", "--format", "json"], "");
    assert_eq!(json(&output)["claims"][0]["words"], "340", "{}", err(&output));
    assert!(err(&output).contains("no text on 1 of its 2 pages, as in a scan"), "{}", err(&output));
}

#[test]
fn a_channel_of_pictures_counts_alike_when_read_and_when_kept() {
    let picture = |id: u32| {
        format!(
            "{{\"id\":{id},\"type\":\"message\",\"date\":\"2031-06-12T08:00:00\",\"photo\":\"a.jpg\",\"text\":\"\"}}"
        )
    };
    let channel = format!(
        "{{\"name\":\"Inventé\",\"type\":\"public_channel\",\"id\":1,\"messages\":[{},{},\
         {{\"id\":9,\"type\":\"message\",\"date\":\"2031-06-12T09:00:00\",\"text\":\"Douze soldats karséniens ont été tués.\"}}]}}",
        picture(1),
        picture(2)
    );
    let files: [(&str, &[u8]); 4] = [
        ("result.json", channel.as_bytes()),
        ("scan.pdf", &pdf(&[&[]])),
        ("empty.txt", b""),
        ("broken.gz", b"\x1f\x8b\x08nothing more"),
    ];
    let folder = folder(&files);
    let read = json(&bilan(folder.path(), &["read", ".", "--format", "json"], ""))["coverage"].clone();
    assert_eq!((read["without_text"].as_u64(), read["unreadable"].as_u64()), (Some(4), Some(1)), "{read}");
    let added = bilan(folder.path(), &["add", "."], "");
    let said = String::from_utf8_lossy(&added.stdout).into_owned();
    assert!(said.contains("4 not read: without text; 1 unreadable"), "{said}");
    let kept = json(&bilan(folder.path(), &["claims", "--format", "json"], ""))["coverage"].clone();
    assert_eq!((&kept["without_text"], &kept["unreadable"]), (&read["without_text"], &read["unreadable"]), "{kept}");
}

#[test]
fn an_archive_that_breaks_at_once_is_known_all_the_same() {
    let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::none());
    packed.write_all(&format!("WARC/1.0\r\nWARC-Type: response\r\n{}", "x".repeat(900)).into_bytes()).expect("room");
    let folder = folder(&[("crawl.warc.gz", &packed.finish().expect("room")[..80])]);
    let output = bilan(folder.path(), &["read", "crawl.warc.gz"], "");
    assert!(
        err(&output).starts_with("bilan: crawl.warc.gz (a record, byte 0): its head is cut off"),
        "{}",
        err(&output)
    );
}

/// A tar archive of these files.
fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = vec![];
    for (name, bytes) in files {
        let mut head = [0; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[156..158].copy_from_slice(b"0\0");
        head[257..263].copy_from_slice(b"ustar\0");
        head[148..156].fill(b' ');
        let sum: u32 = head.iter().map(|&byte| u32::from(byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        archive.extend(head);
        archive.extend(*bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    archive
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
    packed.write_all(bytes).expect("room");
    packed.finish().expect("room")
}

#[test]
fn the_files_of_a_tar_are_read_as_those_of_a_folder() {
    let page = format!("<!DOCTYPE html><style>p {{ width: 12px }}</style><p>{REPORT}</p>");
    let inner = tar(&[("a.txt", b"Un.")]);
    let files: [(&str, &[u8]); 6] = [
        ("./reports/page.html", page.as_bytes()),
        ("reports/lines.jsonl", b"{\"id\":\"one\",\"text\":\"Deux soldats sont morts.\"}\nbroken\n"),
        ("reports/.hidden", b"not read"),
        ("reports/inner.tar", &inner),
        ("reports/empty.txt", b""),
        ("reports/last.txt", REPORT.as_bytes()),
    ];
    let archive = tar(&files);
    let cut = &archive[..archive.len() - 1024 - 500];
    let folder = folder(&[("all.tar", &archive), ("all.tar.gz", &gzip(&archive)), ("cut.tar", cut)]);
    for (name, last) in [("all.tar", None), ("all.tar.gz", None), ("cut.tar", Some("the archive ends after 12 of the"))]
    {
        for command in [&["read", name, "--format", "json"][..], &["add", name]] {
            let output = bilan(folder.path(), command, "");
            let said = err(&output);
            for expected in
                ["/reports/lines.jsonl:2: not JSON", "/reports/inner.tar: a tar archive", "/reports/empty.txt: no text"]
            {
                assert!(said.contains(&format!("bilan: {name}{expected}")), "{expected}: {said}");
            }
            assert!(!said.contains("hidden") && last.is_none_or(|last| said.contains(last)), "{said}");
            assert_eq!(output.status.code(), Some(2), "{said}");
            if command[0] == "read" {
                let read = json(&output);
                let ids: Vec<_> = read["claims"].as_array().unwrap().iter().map(|claim| &claim["document"]).collect();
                assert_eq!(ids[..2], ["page", "one"], "{read}");
                assert_eq!(read["claims"][0]["words"], "340");
            }
        }
    }
    let hidden = tar(&[(".hidden", b"not read")]);
    fs::write(folder.path().join("hidden.tar"), hidden).expect("a file for the test");
    let output = bilan(folder.path(), &["read", "hidden.tar"], "");
    assert!(err(&output).starts_with("bilan: hidden.tar: no text: an archive without a file"), "{}", err(&output));
}

#[test]
fn an_archive_that_is_not_read_says_what_to_do() {
    let files: [(&str, &[u8]); 4] = [
        ("a.zip", b"PK\x03\x04"),
        ("a.7z", b"7z\xBC\xAF\x27\x1C"),
        ("a.rar", b"Rar!\x1A\x07"),
        ("a.tar.xz", b"\xFD7zXZ\0"),
    ];
    let folder = folder(&files);
    for (name, _) in files {
        let output = bilan(folder.path(), &["read", name], "");
        assert!(err(&output).contains("unpack it first"), "{}", err(&output));
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn what_is_odd_in_a_document_is_told_with_its_file_and_place() {
    let odd = b"Deux soldats tu\0\xE9s.";
    let page = "<html><body><p>Deux soldats ont été tués à Castelbrun.</p></body></html>";
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let crawl = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://lephare.example/2\r\nContent-Type: \
         application/http\r\nContent-Length: {}\r\n\r\n{answer}",
        answer.len() + 9
    );
    let lines = b"{\"id\":\"one\",\"text\":\"Un.\"}\n\n{\"id\":\"two\",\"text\":\"Deux\\u0000.\"}\n";
    let noise: Vec<u8> = (0..2000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let files: [(&str, &[u8]); 6] = [
        ("odd.txt", odd),
        ("odd.dat", odd),
        ("cut.txt.gz", &gzip(REPORT.as_bytes())[..60]),
        ("crawl.warc.gz", &gzip(crawl.as_bytes())),
        ("lines.jsonl", lines),
        ("noise.txt", &noise),
    ];
    let folder = folder(&files);
    let output = bilan(folder.path(), &["read", ".", "--lang", "fr"], "");
    let said = err(&output);
    let found: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("bilan: ./")).collect();
    for (at, expected) in [
        "crawl.warc.gz (https://lephare.example/2): only the beginning of the page was read (record at byte 0)",
        "cut.txt.gz: only its beginning was read",
        "lines.jsonl:3: 1 NUL bytes",
        "noise.txt: bytes that are no text",
        "odd.dat: not UTF-8",
        "odd.dat: 1 NUL bytes",
        "odd.txt: not UTF-8",
        "odd.txt: 1 NUL bytes",
    ]
    .iter()
    .enumerate()
    {
        assert!(found.get(at).is_some_and(|line| line.starts_with(expected)), "{expected}: {said}");
    }
    assert_eq!((found.len(), output.status.code()), (8, Some(2)), "{said}");
}

#[test]
fn a_document_in_a_language_without_a_pack_is_told() {
    let english =
        "Two horses crossed the river in the morning, and nobody in the village had seen them before that day.";
    let lines =
        format!("{{\"text\":\"{REPORT}\"}}\n{{\"text\":\"{english}\"}}\n{{\"text\":\"12 Tote.\",\"lang\":\"de\"}}\n");
    let folder = folder(&[("a.txt", english.as_bytes()), ("b.jsonl", lines.as_bytes())]);
    for command in ["read", "add", "why"] {
        let output = bilan(folder.path(), &[command, "a.txt", "b.jsonl"], "");
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        let expected = "bilan: a.txt: no language pack for `en`, which it looks like; languages read: fr; --lang says otherwise\n\
                        bilan: b.jsonl:2: no language pack for `en`, which it looks like; languages read: fr; --lang says otherwise\n\
                        bilan: b.jsonl:3: no language pack for `de`, which it is told to be in; languages read: fr; --lang says otherwise\n";
        assert_eq!(err(&output), expected);
    }
}

#[test]
fn a_first_line_dates_a_text_and_the_texts_without_date_are_named() {
    let body = "Selon le ministère, 12 soldats valdoriens ont été tués.";
    let dated = |head: &str| format!("{head}\n\n{body}").into_bytes();
    let names: Vec<String> = (1..=7).map(|n| format!("u{n}.txt")).collect();
    let (letters, digits) = (dated("Date : 11 septembre 2031"), dated("date: 2031-09-11"));
    let mut files: Vec<(&str, &[u8])> = vec![("a.txt", &letters), ("b.txt", &digits)];
    files.extend(names.iter().map(|name| (name.as_str(), body.as_bytes())));
    let folder = folder(&files);
    let read = json(&bilan(folder.path(), &["read", "a.txt", "b.txt", "--format", "json"], ""));
    for claim in read["claims"].as_array().expect("claims") {
        assert_eq!((claim["published"].as_str(), claim["words"].as_str()), (Some("2031-09-11"), Some("12")), "{read}");
    }
    let named = "without date: u1.txt, u2.txt, u3.txt, u4.txt, u5.txt and 2 more; tell it with --published or --manifest, or by \
                 a first line such as `date: 2031-09-11`\n";
    let mut paths = vec!["read", "a.txt"];
    paths.extend(names.iter().map(String::as_str));
    let output = bilan(folder.path(), &paths, "");
    assert!(String::from_utf8_lossy(&output.stdout).ends_with(named), "{output:?}");
    assert_eq!(output.status.code(), Some(0));
    paths[0] = "add";
    assert!(String::from_utf8_lossy(&bilan(folder.path(), &paths, "").stdout).contains(named));
    paths.extend(["--format", "jsonl"]);
    paths[0] = "read";
    assert!(err(&bilan(folder.path(), &paths, "")).ends_with(&format!("bilan: {named}")));
}

#[test]
fn two_files_of_one_name_are_told_apart() {
    let folder =
        folder(&[("rapport.txt", REPORT.as_bytes()), ("all.tar", &tar(&[("b/rapport.txt", REPORT.as_bytes())]))]);
    fs::create_dir(folder.path().join("a")).expect("a folder");
    fs::write(folder.path().join("a/rapport.txt"), REPORT).expect("a file");
    let paths = ["read", "a", "rapport.txt", "all.tar", "a/rapport.txt", "--format", "json"];
    let read = json(&bilan(folder.path(), &paths, ""));
    let ids: Vec<_> = read["claims"].as_array().unwrap().iter().map(|claim| &claim["document"]).collect();
    assert_eq!(ids, ["rapport", "rapport.txt", "all.tar/b/rapport.txt", "rapport"]);
}

#[test]
fn a_list_of_files_gives_them_papers() {
    let list = "path,url,outlet,published,lang,access\na.txt,https://etat-major.valdorie.example/1,Le Courrier inventé,2031-05,fr,public\n";
    let report = "La nuit dernière, 12 soldats karséniens ont été tués.";
    let folder = folder(&[("a.txt", report.as_bytes()), ("b.txt", report.as_bytes()), ("docs.csv", list.as_bytes())]);
    let output = bilan(folder.path(), &["read", "--manifest", "docs.csv", "--format", "json"], "");
    let claim = &json(&output)["claims"][0];
    assert_eq!(claim["outlet"], "Le Courrier inventé", "{}", err(&output));
    assert_eq!((claim["published"].as_str(), claim["claimant"].as_str()), (Some("2031-05"), Some("XA/general-staff")));
    let show = ["read", "--manifest", "docs.csv", "a.txt", "b.txt", "--show", "documents", "--format", "jsonl"];
    let output = bilan(folder.path(), &show, "");
    let rows: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a row"))
        .collect();
    assert_eq!((rows[0]["precision"].as_str(), rows[1]["precision"].as_str()), (Some("month"), None));
    assert_eq!(rows[0]["text"], report);
    let added = bilan(folder.path(), &["add", "--manifest", "docs.csv"], "");
    assert_eq!(added.status.code(), Some(0), "{}", err(&added));
    fs::write(folder.path().join("docs.csv"), "path,published\na.txt,hier\n").expect("a list");
    let wrong = bilan(folder.path(), &["read", "--manifest", "docs.csv"], "");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("docs.csv:2: `hier` is not a date"), "{}", err(&wrong));
}

#[test]
fn standard_input_is_what_it_is_said_to_be() {
    let folder = folder(&[]);
    let page = format!("{REPORT} <i>Et 3 < 4.</i>");
    let read = |kind: &str| {
        let output =
            bilan(folder.path(), &["read", "-", "--as", kind, "--show", "documents", "--format", "json"], &page);
        json(&output)["documents"][0]["text"].as_str().map(str::to_owned)
    };
    assert_eq!(read("html").as_deref(), Some(format!("{REPORT} Et 3 < 4.").as_str()));
    assert_eq!(read("text").as_deref(), Some(page.as_str()));
    let wrong = bilan(folder.path(), &["read", "-", "--as", "tape"], "");
    assert!(err(&wrong).contains("expected one of text, jsonl"), "{}", err(&wrong));
}

#[test]
fn messages_without_words_are_counted_and_are_no_failure() {
    let export = "{\"name\":\"Canal inventé\",\"type\":\"public_channel\",\"id\":7,\"messages\":[\
        {\"id\":1,\"type\":\"message\",\"date\":\"2031-05-02T08:00:00\",\"text\":\"Deux morts.\"},\
        {\"id\":2,\"type\":\"message\",\"date\":\"2031-05-02T09:00:00\",\"photo\":\"a.jpg\",\"text\":\"\"}]}";
    let folder = folder(&[("result.json", export.as_bytes())]);
    let output = bilan(folder.path(), &["read", "result.json", "--lang", "fr", "--format", "json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let read = json(&output);
    assert_eq!((read["coverage"]["read"].as_u64(), read["coverage"]["without_text"].as_u64()), (Some(1), Some(1)));
    assert_eq!(read["claims"][0]["url"], "https://t.me/c/7/1");
}

#[test]
fn feeds_are_dated_in_letters_of_languages_without_a_pack() {
    let dates =
        ["12 juin 2031", "12 червня 2031", "12 июня 2031 г.", "12. června 2031", "Thu, 12 Jun 2031 08:30:00 GMT"];
    let items: String = dates
        .iter()
        .map(|date| {
            format!(
                "<item><title>Bilan</title><pubDate>{date}</pubDate><description>{REPORT} {date}.</description></item>"
            )
        })
        .collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>Inventé</title>{items}</channel></rss>");
    let folder = folder(&[("feed.xml", feed.as_bytes())]);
    let output = bilan(folder.path(), &["read", "feed.xml", "--show", "documents", "--format", "jsonl"], "");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    let documents: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), dates.len());
    for (date, document) in dates.iter().zip(&documents) {
        assert_eq!(document["published"], "2031-06-12", "{date}: {document}");
    }
}

#[test]
fn adding_tells_what_was_not_read() {
    let broken: &[u8] = b"{\"id\":\"a\",\"text\":\"Deux";
    let foreign =
        "Two horses crossed the river in the morning, and nobody in the village had seen them before that day.";
    let files: [(&str, &[u8]); 3] =
        [("a.txt", REPORT.as_bytes()), ("broken.jsonl", broken), ("other.txt", foreign.as_bytes())];
    let folder = folder(&files);
    let output = bilan(folder.path(), &["add", "a.txt", "broken.jsonl", "other.txt", "--ledger", "l.db"], "");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let line =
        "2 new documents; 1 claim; 0 refused figures; 1 without date; 1 not read: in another language; 1 unreadable";
    assert_eq!(said.lines().next(), Some(line), "{said}");
}
