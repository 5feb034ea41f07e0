//! Makes archives.

use std::io::Write;

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(vec![], 1).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A page with something of its own, and too little alike to pack to nothing.
pub fn page(n: usize) -> String {
    let mut state = n as u64 + 1;
    let mut words = String::new();
    for _ in 0..300 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words += &format!("{:x} ", state >> 40);
    }
    format!("<p>INVENTED page {n}: {n} morts. {words}</p>")
}

pub fn answer(page: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}").into_bytes()
}

pub fn record(n: usize, kind: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:invented:{n}>\r\nWARC-Target-URI: https://example.org/{n}\r\n\
         WARC-Date: 2031-06-12T08:30:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

pub fn response(n: usize) -> Vec<u8> {
    record(n, "response", "application/http; msgtype=response", &answer(&page(n)))
}

/// Records `0..n`, each packed by itself, and where each begins.
pub fn archive(n: usize, pack: impl Fn(&[u8]) -> Vec<u8>) -> (Vec<u8>, Vec<usize>) {
    let (mut bytes, mut starts) = (vec![], vec![]);
    for n in 0..n {
        starts.push(bytes.len());
        bytes.extend(pack(&response(n)));
    }
    (bytes, starts)
}
