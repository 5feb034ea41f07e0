//! Records of a WARC.

use crate::made::{answer, archive, gzip, page, record, response, zstd};
use bilan_archive::Unpacked;
use bilan_archive::warc::{Broken, Record, Records};
use proptest::prelude::*;

const LIMIT: u64 = 1 << 20;

fn records(bytes: &[u8]) -> (Vec<Record>, Vec<Broken>, Vec<(String, u64)>) {
    let mut records = Records::new(Unpacked::new(bytes).unwrap(), LIMIT);
    let (mut good, mut bad) = (vec![], vec![]);
    for record in &mut records {
        match record {
            Ok(record) => good.push(record),
            Err(broken) => bad.push(broken),
        }
        assert!(good.len() + bad.len() < 10_000, "no end");
    }
    let passed = records.passed().clone().into_iter().collect();
    (good, bad, passed)
}

fn names(records: &[Record]) -> Vec<&str> {
    records
        .iter()
        .filter_map(|record| record.id.as_deref()?.strip_prefix("<urn:invented:")?.strip_suffix('>'))
        .collect()
}

type Pack = fn(&[u8]) -> Vec<u8>;

/// Plain, packed as a whole, packed record by record.
fn packings() -> [(&'static str, Pack); 3] {
    [("plain", <[u8]>::to_vec), ("gzip", gzip), ("zstd", zstd)]
}

#[test]
fn each_page_comes_with_its_papers_and_its_place() {
    for (name, pack) in packings() {
        let (bytes, starts) = archive(3, pack);
        let (good, bad, _) = records(&bytes);
        assert_eq!((good.len(), bad), (3, vec![]), "{name}");
        for (n, record) in good.iter().enumerate() {
            assert_eq!(String::from_utf8_lossy(&record.body), page(n));
            assert_eq!(record.place.to_string(), format!("byte {}", starts[n]), "{name}");
            assert_eq!(record.url.as_deref(), Some(format!("https://example.org/{n}").as_str()));
            assert_eq!(record.fetched.as_deref(), Some("2031-06-12T08:30:00Z"));
            assert_eq!((record.content_type.as_str(), record.charset.as_deref()), ("text/html", Some("utf-8")));
            assert_eq!((record.head.status, &record.cut), (200, &None));
        }
    }
    // Packed as a whole, only the first record stands where a member begins.
    let (plain, starts) = archive(2, <[u8]>::to_vec);
    let (good, _, _) = records(&gzip(&plain));
    assert_eq!(good[0].place.to_string(), "byte 0");
    assert_eq!(good[1].place.to_string(), format!("byte {} unpacked", starts[1]));
}

#[test]
fn what_holds_no_text_is_counted_and_passed_over() {
    let answer = |status: &str, content_type: &str| {
        format!("HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\nx").into_bytes()
    };
    let response = |n, block: &[u8]| record(n, "response", "application/http; msgtype=response", block);
    let bytes = [
        record(0, "warcinfo", "application/warc-fields", b"software: invented"),
        record(1, "request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        response(2, &answer("200 OK", "image/png")),
        response(3, &answer("404 Not Found", "text/html")),
        record(4, "revisit", "application/http; msgtype=response", &answer("200 OK", "text/html")),
        record(5, "conversion", "text/plain", "Deux morts.".as_bytes()),
        record(6, "resource", "text/html", "<p>Deux morts.".as_bytes()),
        record(7, "metadata", "application/warc-fields", b""),
    ]
    .concat();
    let (good, bad, passed) = records(&bytes);
    assert_eq!((names(&good), bad), (vec!["5", "6"], vec![]));
    let passed: Vec<_> = passed.iter().map(|(what, n)| (what.as_str(), *n)).collect();
    let wanted =
        [("image/png", 1), ("metadata", 1), ("request", 1), ("revisit", 1), ("status 404", 1), ("warcinfo", 1)];
    assert_eq!(passed, wanted);
}

/// The trap: a gzip stream that is cut within its last member ends, for many readers, as if it were whole.
#[test]
fn an_archive_cut_in_its_last_member_is_told_wherever_it_is_cut() {
    for (name, pack) in packings() {
        let (bytes, starts) = archive(3, pack);
        let last = starts[2];
        for cut in (last + 1..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
            let (good, bad, _) = records(&bytes[..cut]);
            let cut_pages: Vec<_> = good.iter().filter_map(|record| record.cut.as_deref()).collect();
            let told = bad.len() + cut_pages.len();
            // What a plain archive lacks may be no more than the empty lines at its end.
            let whole = name == "plain" && bytes.len() - cut <= 4;
            assert_eq!(told, usize::from(!whole), "{name} cut at {cut} of {}: {bad:?} {cut_pages:?}", bytes.len());
            assert_eq!(names(&good)[..2], ["0", "1"], "{name}: what came before is whole");
            assert!(good[..2].iter().all(|record| record.cut.is_none()));
            if let Some(broken) = bad.first() {
                let at = format!("byte {last}");
                let before = format!("byte {}", starts[1]);
                assert!([at, before].contains(&broken.place.to_string()), "{broken:?}");
            }
        }
    }
}

#[test]
fn a_member_that_is_broken_costs_its_record_only() {
    for (name, pack) in [("gzip", gzip as Pack), ("zstd", zstd)] {
        let (mut bytes, starts) = archive(4, pack);
        let middle = (starts[1] + starts[2]) / 2;
        bytes[middle..middle + 60].fill(0xFF);
        let (good, bad, _) = records(&bytes);
        let whole: Vec<_> = good.iter().filter(|record| record.cut.is_none()).collect();
        assert_eq!(whole.len(), 3, "{name}: {bad:?}");
        let told = good.iter().filter_map(|record| Some((record.place, record.cut.clone()?)));
        let told: Vec<_> = told.chain(bad.iter().map(|broken| (broken.place, broken.what.clone()))).collect();
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert_eq!(told[0].0.to_string(), format!("byte {}", starts[1]));
        assert!(told[0].1.contains(&format!("the {name} stream that begins at byte {} is", starts[1])), "{told:?}");
    }
}

/// A crawler that died within a member, and one that went on behind it: the lost end reaches into the next member.
#[test]
fn a_member_that_lost_its_end_does_not_take_the_next_one_with_it() {
    for (name, pack) in [("gzip", gzip as Pack), ("zstd", zstd)] {
        let (one, two, three) = (pack(&response(1)), pack(&response(2)), pack(&response(3)));
        for lost in [1, 4, 8, 9, 12, 200, two.len() - 5] {
            let bytes = [&one[..], &two[..two.len() - lost], &three].concat();
            let (good, bad, _) = records(&bytes);
            let whole: Vec<_> = good
                .iter()
                .filter(|record| record.body == page(1).into_bytes() || record.body == page(3).into_bytes())
                .collect();
            assert_eq!(whole.len(), 2, "{name}, {lost} bytes lost: {bad:?}");
            let told = bad.len() + good.iter().filter(|record| record.cut.is_some()).count();
            assert_eq!(told, 1, "{name}, {lost} bytes lost: {bad:?}");
        }
    }
}

#[test]
fn a_record_cut_in_its_head_or_body_leaves_the_others() {
    let (one, two, three) = (response(1), response(2), response(3));
    // In the body: what follows stands inside, and is given back.
    let (good, bad, _) = records(&[&one[..], &two[..two.len() - 500], b"\r\n", &three].concat());
    assert_eq!((names(&good), bad), (vec!["1", "2", "3"], vec![]));
    assert!(good[1].cut.as_ref().is_some_and(|cut| cut.starts_with("the next record begins within the ")));
    assert_eq!(String::from_utf8_lossy(&good[2].body), page(3));
    // In the head.
    let (good, bad, _) = records(&[&one[..], &two[..120], b"\r\n", &three].concat());
    assert_eq!(names(&good), ["1", "3"]);
    assert_eq!((bad.len(), bad[0].place.byte), (1, one.len() as u64), "{bad:?}");
    // A length that is none.
    let wrong = String::from_utf8(two).unwrap().replace("Content-Length: ", "Content-Length: -");
    let (good, bad, _) = records(&[&one[..], wrong.as_bytes(), &three].concat());
    assert_eq!(names(&good), ["1", "3"]);
    assert_eq!(bad[0].record.as_deref(), Some("<urn:invented:2>"));
    assert_eq!(bad[0].what, "its head tells no length (`Content-Length`)");
}

/// A crawler dies at any byte, and the next one begins right there, with or without a member of its own.
#[test]
fn a_record_that_ends_anywhere_costs_itself_only() {
    let two = response(2);
    for (name, pack) in packings() {
        for length in (2..two.len() - 4).step_by(5).chain(two.len() - 9..two.len() - 4) {
            let parts = [response(1), two[..length].to_vec(), response(3), response(4)];
            let bytes: Vec<u8> = parts.iter().flat_map(|part| pack(part)).collect();
            let (good, bad, _) = records(&bytes);
            let whole: Vec<_> = good.iter().filter(|record| record.cut.is_none()).collect();
            let bodies: Vec<_> = whole.iter().map(|record| String::from_utf8_lossy(&record.body)).collect();
            assert_eq!(bodies, [page(1), page(3), page(4)], "{name}, after {length} bytes: {bad:?}");
            let told = bad.len() + good.len() - whole.len();
            assert_eq!(told, 1, "{name}, after {length} bytes: {bad:?}");
        }
    }
}

#[test]
fn a_hostile_archive_costs_little() {
    // A length beyond any file, a head without end, a page without end.
    let endless = response(1);
    let endless = String::from_utf8_lossy(&endless).replace("Content-Length: ", "Content-Length: 99999999999");
    let (good, bad, _) = records(endless.as_bytes());
    assert_eq!((good.len(), bad.len()), (1, 0));
    assert!(good[0].cut.as_ref().is_some_and(|cut| cut.starts_with("the archive ends after ")));
    let (good, bad, _) = records(format!("WARC/1.0\r\nX: {}", "a".repeat(1 << 20)).as_bytes());
    assert_eq!((good.len(), bad[0].what.as_str()), (0, "its head is longer than 65536 bytes"));
    let long = record(1, "response", "application/http", &answer(&"a".repeat(3 << 20)));
    let (good, _, _) = records(&[long, response(2)].concat());
    assert_eq!((good[0].body.len() as u64, names(&good)), (LIMIT, vec!["1", "2"]));
    assert_eq!(good[0].cut.as_deref(), Some("the page is longer than 1048576 bytes"));
    // A bomb between two pages.
    let bomb = record(2, "resource", "text/html", &vec![b' '; 200 << 20]);
    let (good, bad, _) = records(&[gzip(&response(1)), gzip(&bomb), gzip(&response(3))].concat());
    assert_eq!((names(&good), bad), (vec!["1", "2"], vec![]), "the whole is stopped: it is small beside what it holds");
    assert!(good[1].cut.as_ref().is_some_and(|cut| cut.contains("200 times its size")), "{:?}", good[1].cut);
    for bytes in [&b""[..], b"WARC/", b"\n\n\n", b"no archive", b"WARC/1.0\r\n\r\n"] {
        let (good, bad, _) = records(bytes);
        assert!(good.is_empty() && bad.len() <= 1, "{bad:?}");
    }
}

proptest! {
    /// However an archive is cut and damaged, it is read to its end, and records away from the damage are whole.
    #[test]
    fn damage_stays_where_it_is(at in 0usize..9000, byte in 1u8.., kind in 0usize..3) {
        let (name, pack) = packings()[kind];
        let (mut bytes, mut starts) = archive(4, pack);
        let at = at % bytes.len();
        bytes[at] ^= byte;
        starts.push(bytes.len());
        let (good, bad, passed) = records(&bytes);
        // A gap: its first bytes tell that it is packed, and nothing else does.
        let magic = [0, 3, 4][kind];
        if at < magic {
            prop_assert_eq!((good.len(), bad.len()), (0, 1));
            return Ok(());
        }
        let damaged = starts.iter().filter(|&&start| start <= at).count() - 1;
        for n in (0..4).filter(|&n| n != damaged) {
            // A plain record with a wrong length may take the head of the next one with it.
            if name == "plain" && n > damaged { continue; }
            let page = page(n).into_bytes();
            prop_assert!(good.iter().any(|record| record.body == page), "{name}, {n}: {bad:?} {passed:?}");
        }
    }
}
