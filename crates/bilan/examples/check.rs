//! Prints the examples of a pack folder that do not hold.
fn main() {
    let dir = std::env::args().nth(1).unwrap_or("packs".into());
    let reader = bilan::Reader::new(
        bilan::pack::Packs::from_dir(dir.as_ref())
            .map_err(|e| {
                println!("{e}");
                e
            })
            .unwrap(),
    );
    let checked = reader.check();
    for b in &checked.broken {
        println!("{}\n  {}\n  {}", b.at, b.text, b.what);
    }
    println!("{} tried, {} broken", checked.tried, checked.broken.len());
}
