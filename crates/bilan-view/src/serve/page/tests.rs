//! Holds the pages to what a reader must find on them.
//!
//! In: readings made by hand, all INVENTED. Out: the HTML, searched for words, links and order.

use super::*;
use bilan::claim::{Reading, Span};

#[path = "../../../tests/invented/mod.rs"]
mod invented;

fn frame(code: &str) -> Frame {
    Frame {
        labels: Labels::choose(Some(code), None),
        chosen: None,
        here: "/".into(),
        section: String::new(),
        invented: false,
        may_write: false,
    }
}

fn document_page(reading: &Reading, only_sentences: bool) -> String {
    let forms = Forms { files: vec![], here: "/document/x".into(), state: None };
    DocumentPage::of(frame("en"), reading, only_sentences, forms).render().unwrap()
}

fn claims_page(code: &str, reading: &Reading) -> String {
    let frame = frame(code);
    let told = reading.claims.iter().map(|claim| Told::of(&reading.document, claim));
    let lines: Vec<Line> = told.map(|told| Line::of(frame.labels, &told)).collect();
    let count = count(frame.labels, lines.len());
    let forms = Forms { files: vec![], here: "/claims".into(), state: None };
    ClaimsPage { frame, filters: Filters::default(), lines, count, next: None, coverage: vec![], forms }
        .render()
        .unwrap()
}

/// What a browser would print: tags gone, the three entities of the templates read.
fn printed(html: &str) -> String {
    let mut words = String::new();
    for part in html.split('<') {
        words.push_str(part.split_once('>').map_or("", |(_, after)| after));
    }
    words.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
}

#[test]
fn a_list_shows_who_says_how_many_in_the_reader_s_language_and_in_the_words_said() {
    let english = printed(&claims_page("en", &invented::reading()));
    for words in ["about 1,200", "“environ 1 200”", "at least 14", "General staff (VD)", "3 May, no year – 19 May 2031"]
    {
        assert!(english.contains(words), "{words}");
    }
    let french = printed(&claims_page("fr", &invented::reading()));
    for words in ["environ 1\u{202f}200", "au moins 14", "pertes (mot laissé ouvert)", "traduit"] {
        assert!(french.contains(words), "{words}");
    }
}

#[test]
fn bounds_that_are_ours_come_after_the_words() {
    let mut reading = invented::reading();
    reading.claims[1].value = "[20..99]".parse().unwrap();
    let html = claims_page("en", &reading);
    let (words, bounds) = (html.find("<bdi>“14”</bdi></a>").unwrap(), html.find("20 to 99").unwrap());
    assert!(words < bounds && html[bounds..].contains("bounds are ours"));
    assert!(printed(&document_page(&reading, false)).contains("“14” 20 to 99, bounds are ours"));
}

#[test]
fn a_document_is_its_text_with_marks_and_nothing_added() {
    let reading = invented::reading();
    let html = document_page(&reading, false);
    let shown: String = html
        .split("class=\"text\"")
        .skip(1)
        .map(|part| printed(&format!("<p{}", part.split("</p>").next().unwrap().split("</h1>").next().unwrap())))
        .collect();
    assert_eq!(shown, reading.document.text.replace('\n', ""));
    assert!(html.contains(r##"<a class="figure short" href="#c150""##), "the figure leads to its fields");
    assert_eq!(html.matches("id=\"c150\"").count(), 1);
    assert_eq!(html.matches("id=\"f150\"").count(), 1);
    assert!(html.contains("packs/fr/outcome.toml:12"));
    assert!(printed(&html).contains("“41” a duration “jours”"));
}

#[test]
fn a_hostile_document_is_shown_as_text() {
    let hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>' onmouseover='x\u{202e}21\u{0}{{7*7}}&amp;";
    let mut reading = invented::reading();
    let document = &mut reading.document;
    document.text = format!("{hostile}\n\n{hostile} 14 {hostile}\n{hostile}");
    document.title = hostile.len() as u32;
    document.boilerplate = vec![Span { start: 3, end: 70 }];
    for field in [&mut document.url, &mut document.outlet, &mut document.lang] {
        *field = Some(hostile.into());
    }
    document.id = hostile.into();
    reading.reader = hostile.into();
    document.remarks[0].words = hostile.into();
    document.remarks[0].key = hostile.into();
    let text = document.text.clone();
    for claim in &mut reading.claims {
        claim.span = invented::span(&text, "14");
        claim.quote.span = Span { start: hostile.len() as u32 + 2, end: text.len() as u32 };
        for field in [&mut claim.outcome, &mut claim.counted, &mut claim.scope, &mut claim.said] {
            *field = hostile.into();
        }
        for field in [&mut claim.side, &mut claim.claimant, &mut claim.citing, &mut claim.place, &mut claim.blamed] {
            *field = Some(hostile.into());
        }
        claim.via = vec![hostile.into()];
        claim.as_said = [("outcome".into(), hostile.into()), (hostile.into(), hostile.into())].into();
        // Words that overlap, cut a tag in two, lie on each other and do not fit.
        let spans = (0..40).map(|n| Span { start: n, end: n * 2 + 3 }).chain([Span { start: 9, end: u32::MAX }]);
        claim.spans = [(hostile.into(), spans.collect())].into();
        for step in &mut claim.why {
            (step.field, step.entry, step.at) = (hostile.into(), hostile.into(), hostile.into());
        }
        for contest in &mut claim.contested {
            (contest.how, contest.words, contest.who) = (hostile.into(), hostile.into(), Some(hostile.into()));
        }
    }
    for refusal in &mut reading.refusals {
        (refusal.reason, refusal.claimant) = (hostile.into(), Some(hostile.into()));
    }
    for html in [document_page(&reading, false), document_page(&reading, true), claims_page("fr", &reading)] {
        for bad in ["<script>", "<img", "' onmouseover", "\u{202e}", "\0"] {
            assert!(!html.contains(bad), "{bad:?} in {html}");
        }
        let words = printed(&html);
        for good in ["<script>alert(1)</script>", "onerror=alert(2)>", "[U+202E]21[U+0000]{{7*7}}&amp;"] {
            assert!(words.contains(good), "{good:?} is not shown");
        }
    }
}

#[test]
fn an_address_that_runs_is_no_link() {
    let mut reading = invented::reading();
    for (url, links) in [
        ("https://example.invalid/a", true),
        ("HTTP://example.invalid/a", true),
        ("javascript:alert(1)", false),
        (" javascript:alert(1)", false),
        ("data:text/html,x", false),
        ("//example.invalid", false),
        ("é", false),
    ] {
        reading.document.url = Some(url.into());
        assert_eq!(document_page(&reading, false).contains(&format!("href=\"{url}\"")), links, "{url}");
    }
}

#[test]
fn the_whole_text_stays_where_it_may_not_go() {
    let html = printed(&document_page(&invented::reading(), true));
    assert!(html.contains("Au moins 14 civils"), "the sentences are shown");
    assert!(html.contains("Only the sentences that hold figures"));
    let mut reading = invented::reading();
    reading.refusals.clear();
    let html = printed(&document_page(&reading, true));
    assert!(!html.contains("Soutenez notre"), "a sentence without a claim is not shown");
}

#[test]
fn a_text_that_was_taken_out_leaves_its_fields() {
    let mut reading = invented::reading();
    reading.document.text.clear();
    let html = printed(&document_page(&reading, false));
    assert!(html.contains("is not kept here") && html.contains("about 1,200") && html.contains("General staff (VD)"));
    assert!(printed(&claims_page("en", &reading)).contains("The sentence was taken out of this ledger."));
}

#[test]
fn a_long_bulletin_is_still_a_page() {
    let html = document_page(&invented::named("long", 5000), false);
    assert_eq!(html.matches("class=\"card\"").count(), 300);
    assert!(printed(&html).contains("Only the first 300 claims") && html.contains("/claims?document=hash-long"));
    assert!(html.contains("href=\"#c") && html.len() < 1_000_000, "{} bytes", html.len());
}

#[test]
fn a_field_of_a_megabyte_is_cut() {
    let mut reading = invented::reading();
    let long = "mot\u{202e}".repeat(300_000);
    reading.document.outlet = Some(long.clone());
    reading.claims[0].claimant = Some(long.clone());
    reading.claims[0].as_said.insert("outcome".into(), long);
    for html in [document_page(&reading, false), claims_page("en", &reading)] {
        assert!(html.len() < 30_000, "{} bytes", html.len());
    }
}
