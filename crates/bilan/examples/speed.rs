//! x
use std::io::BufReader;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let reader = bilan::Reader::new(bilan::pack::Packs::embedded().unwrap());
    let docs: Vec<_> =
        bilan::document::open(&path, BufReader::new(std::fs::File::open(&path).unwrap()), &Default::default())
            .flatten()
            .collect();
    let bytes: usize = docs.iter().map(|d| d.text.len()).sum();
    let t = std::time::Instant::now();
    let mut n = 0;
    for d in docs {
        n += reader.read(d).claims.len();
    }
    let s = t.elapsed().as_secs_f64();
    println!(
        "{:.1} MB {:.2} s {:.1} MB/s {} claims {:.1} us/claim",
        bytes as f64 / 1e6,
        s,
        bytes as f64 / 1e6 / s,
        n,
        s * 1e6 / n as f64
    );
}
