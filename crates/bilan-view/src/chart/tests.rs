//! Holds the pictures to what a reader must find in them. Everything is INVENTED.
//!
//! In: appearances made by hand. Out: SVG, searched; PNG, its pixels counted.
//!
//! Set `BILAN_PICTURES` to a folder to have the pictures written there and look at them.

use super::*;
use crate::answer::{self, Which};
use crate::label::Labels;
use bilan::claim::{Claim, Confidence, Quote, Reading, Span};
use bilan::document::Document;
use bilan::history::Settings;
use bilan_ledger::{AddOptions, Ledger};

fn told(claimant: &str, outcome: &str, value: &str, day: &str) -> Reading {
    let claim = Claim {
        span: Span { start: 0, end: 3 },
        n: 0,
        value: value.parse().unwrap(),
        outcome: outcome.into(),
        counted: "military".into(),
        side: Some("XB".into()),
        claimant: Some(claimant.into()),
        citing: None,
        via: vec![],
        stated: day.parse().ok(),
        from: None,
        to: day.parse().ok(),
        scope: "cumulative".into(),
        place: None,
        said: "asserted".into(),
        contested: vec![],
        blamed: None,
        confidence: Confidence { claim: 90, claimant: 90 },
        quote: Quote { span: Span { start: 0, end: 3 }, translated: false },
        also: vec![],
        as_said: [].into(),
        spans: [].into(),
        why: vec![],
    };
    let id = format!("INVENTED-{claimant}-{outcome}-{day}-{value}");
    let document = Document {
        hash: format!("hash of {id}"),
        text_hash: format!("text of {id}"),
        text: format!("123 {id}"),
        title: 0,
        url: None,
        outlet: Some("INVENTED".into()),
        lang: Some("fr".into()),
        published: day.parse().ok(),
        boilerplate: vec![],
        remarks: vec![],
        id,
    };
    Reading { document, reader: "invented".into(), claims: vec![claim], refusals: vec![], remarks: vec![] }
}

/// A war in figures: a daily tally with a fall and a jump, ranges, hedges, a late reprint, gaps.
fn war() -> Vec<Reading> {
    let mut all = vec![];
    for (n, value) in [1080, 1150, 1190, 1260, 1310, 1370, 1420, 1405, 1490, 1560, 3100, 3160, 3240].iter().enumerate()
    {
        all.push(told("XA/general-staff", "killed", &value.to_string(), &format!("2031-05-{:02}", 4 + n * 2)));
    }
    all.push(told("XA/general-staff", "killed", "1310", "2031-05-15"));
    for (value, day) in
        [("~950", "2031-05-09"), (">=1100", "2031-05-19"), ("~1200", "2031-06-20"), (">1300", "2031-07-02")]
    {
        all.push(told("XB/mod", "killed", value, day));
    }
    for (value, day) in [("2000..4000", "2031-05-12"), ("2500..4200", "2031-06-03")] {
        all.push(told("ngo/no-such-institute", "killed", value, day));
    }
    all.push(told("UN/ohchr", "killed", "[2000..9999]", "2031-06-10"));
    all.push(told("XA/president", "losses", "14400", "2031-05-20"));
    all.push(told("XA/president", "losses", "<=20000", "2031-06-15"));
    all.push(told("XB/mod", "killed", "800", "--05-03"));
    all
}

fn caption() -> Caption {
    Caption { source: "bilan.db, entry 12".into(), coverage: "31 documents read.".into(), invented: true }
}

fn drawn(code: &str, told: &[Reading], scales: Scales) -> [(&'static str, Chart); 2] {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("invented.db")).unwrap();
    ledger.add(told, &AddOptions::at("2031-07-10T00:00:00Z".parse().unwrap())).unwrap();
    let labels = Labels::choose(Some(code), None);
    let all = Which::all(false);
    let lines = answer::series(&ledger, &all).unwrap();
    let on = "2031-06-20".parse().unwrap();
    let compared = answer::compare(&ledger, &all, on, None, &Settings::default()).unwrap();
    [("series", series(&lines, labels, scales, &caption())), ("compare", compare(&compared, labels, &caption()))]
}

#[test]
fn pictures_say_what_they_show_and_what_they_are() {
    for (code, invented, fall, about) in
        [("en", "INVENTED", "a fall", "about 950"), ("fr", "INVENTÉ", "une baisse", "environ 950")]
    {
        let [(_, series), (_, compare)] = drawn(code, &war(), Scales::Own);
        let (series, compare) = (series.svg(), compare.svg());
        let labels = Labels::choose(Some(code), None);
        for (picture, words) in [
            (&series, vec![invented, fall, about, "31 documents read.", "a: "]),
            (&compare, vec![invented, "31 documents read."]),
        ] {
            for words in words.into_iter().chain([&*labels.party("XB/mod"), "@font-face", "<title>", "<desc>"]) {
                assert!(picture.replace("</text>", " ").contains(words), "{code}: {words}");
            }
        }
    }
}

#[test]
fn measures_share_a_scale_only_when_asked() {
    let own = drawn("en", &war(), Scales::Own)[0].1.svg();
    let one = drawn("en", &war(), Scales::One)[0].1.svg();
    assert!(own.contains("scale of its own") && !own.contains("share one scale"));
    assert!(one.contains("share one scale"));
    // The losses reach 20,000: with one scale the killed are drawn on it too.
    let headings = |svg: &str| svg.matches("font-size=\"14\"").count();
    assert_eq!((headings(&own), headings(&one)), (2, 1));
}

#[test]
fn hostile_names_are_words() {
    let mut hostile = told("XA/local", "killed", "12", "2031-05-04");
    let words = "</text><script>alert(1)</script>\u{202e}\u{0}\u{fffe}";
    let claim = &mut hostile.claims[0];
    claim.as_said.insert("claimant".into(), words.into());
    claim.claimant = Some(format!("XA/local/{words}{}", "x".repeat(1_000_000)));
    for (_, chart) in drawn("en", &[hostile], Scales::Own) {
        let svg = chart.svg();
        assert!(!svg.contains("<script") && svg.contains("&lt;script") && svg.contains("[U+202E]"));
        assert!(svg.len() < 200_000, "{}", svg.len());
        assert!(chart.png(1.0).unwrap().starts_with(b"\x89PNG"));
    }
}

#[test]
fn nothing_and_the_largest_figures_can_be_drawn() {
    let large =
        vec![told("XA", "killed", "18446744073709551615", "9999-12-31"), told("XA", "killed", "0", "-009999-01-01")];
    for told in [vec![], large] {
        for (_, chart) in drawn("fr", &told, Scales::Own) {
            assert!(chart.png(1.0).unwrap().len() > 1000);
        }
    }
}

/// resvg once drew a chart without one word, and without an error: so the ink is counted.
#[test]
fn words_are_drawn_in_the_picture() {
    let dark = |png: &[u8]| {
        let pixels = tiny_skia::Pixmap::decode_png(png).unwrap();
        pixels.pixels().iter().filter(|pixel| pixel.red() < 90 && pixel.green() < 90).count()
    };
    for (name, chart) in drawn("en", &war(), Scales::Own) {
        let without = Chart { elements: cut(&chart.elements), ..chart.clone() };
        let (with, without) = (dark(&chart.png(1.0).unwrap()), dark(&without.png(1.0).unwrap()));
        assert!(with > without + 5_000, "{name}: {with} dark pixels with words, {without} without");
    }
}

#[test]
fn a_picture_as_a_file_has_every_pixel_of_the_drawing() {
    for (name, chart) in drawn("en", &war(), Scales::Own) {
        let tree = chart.tree().unwrap();
        let size = tree.size().to_int_size().scale_by(2.0).unwrap();
        let mut whole = tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
        resvg::render(&tree, tiny_skia::Transform::from_scale(2.0, 2.0), &mut whole.as_mut());
        let png = tiny_skia::Pixmap::decode_png(&chart.png(2.0).unwrap()).unwrap();
        assert!(png.data() == whole.data(), "{name}");
    }
}

/// The elements without their words.
fn cut(elements: &str) -> String {
    elements.lines().filter(|line| !line.starts_with("<text")).collect::<Vec<_>>().join("\n")
}

#[test]
fn pictures_can_be_looked_at() {
    let Some(folder) = std::env::var_os("BILAN_PICTURES") else { return };
    for code in ["en", "fr"] {
        for (scales, more) in [(Scales::Own, ""), (Scales::One, "-one")] {
            for (name, chart) in drawn(code, &war(), scales) {
                let path = std::path::Path::new(&folder).join(format!("{name}-{code}{more}"));
                std::fs::write(path.with_extension("png"), chart.png(1.5).unwrap()).unwrap();
                std::fs::write(path.with_extension("svg"), chart.svg()).unwrap();
            }
        }
    }
}
