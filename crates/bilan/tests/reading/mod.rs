//! What the tests of reading share: one reader, and documents made of a few words.
//!
//! In: the packs of this checkout. Out: readings.

use bilan::claim::Date;
use bilan::pack::{Example, Packs};
use bilan::{Document, Reader};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Loading the packs takes longer than most tests: once for a program.
pub static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Packs::embedded().expect("the packs are whole")));

/// The folder of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// An example as a document.
pub fn document(lang: &str, text: &str, published: Option<Date>) -> Document {
    Document {
        id: "example".into(),
        hash: "example".into(),
        text_hash: "example".into(),
        text: text.into(),
        title: 0,
        url: None,
        outlet: None,
        lang: Some(lang.into()),
        published,
        boilerplate: vec![],
        remarks: vec![],
    }
}

/// Every example of a reader's packs: language, place, example. A `no` is an example without a claim.
pub fn examples(reader: &Reader) -> Vec<(&str, String, Example)> {
    let mut all = vec![];
    for pack in reader.packs().langs.values() {
        let lang = pack.lang.as_str();
        for entry in &pack.entries {
            all.extend(entry.examples.yes.iter().map(|yes| (lang, entry.at.clone(), yes.clone())));
            let no = |text: &String| Example { text: text.clone(), ..Example::default() };
            all.extend(entry.examples.no.iter().map(|text| (lang, entry.at.clone(), no(text))));
        }
        all.extend(pack.examples.iter().map(|(file, example)| (lang, format!("packs/{file}"), example.clone())));
    }
    all
}
