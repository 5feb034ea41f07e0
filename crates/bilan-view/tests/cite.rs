//! A figure is cited in its own words, from its own place, in every style. INVENTED data, read by the real reader.
#![allow(missing_docs)]

use bilan::Reader;
use bilan::document::{Given, open};
use bilan::pack::Packs;
use bilan_ledger::{AddOptions, Filter, Ledger};
use bilan_view::answer::{self, AnswerError, Cite, Style, Which};

const TEXT: &str = "Un bilan {contesté} & relu à 100 % (INVENTÉ)\n\nLa veille, le calme régnait. Selon le ministère valdorien \
                    de la Défense, plus de 340 soldats karséniens ont été tués. La ville a été reprise.\n";

fn ledger(given: Given) -> (tempfile::TempDir, Ledger, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let reader = Reader::new(Packs::embedded().unwrap());
    let mut document = open("report.txt", TEXT.as_bytes(), &given).next().unwrap().unwrap();
    document.title = TEXT.find('\n').unwrap() as u32;
    let reading = reader.read(document);
    let fetched = Some("2031-06-13T09:30:00Z".parse().unwrap());
    let given = bilan_ledger::Given { bytes: Some(TEXT.as_bytes()), fetched, ..(&reading).into() };
    ledger.add([given], &AddOptions::at("2031-06-14T08:00:00Z".parse().unwrap())).unwrap();
    let figure = ledger.claims(&Filter::default()).unwrap()[0].figure.clone();
    (folder, ledger, figure)
}

fn known() -> Given {
    Given {
        id: Some("report".into()),
        url: Some("https://example.invalid/a?b=1|2".into()),
        outlet: Some("Gazette d'Ostrie".into()),
        published: Some("2031-06-12".parse().unwrap()),
        ..Given::default()
    }
}

fn cite(ledger: &Ledger, figure: &str) -> Cite {
    answer::cite(ledger, figure, &Which::all(false)).unwrap()
}

#[test]
fn each_style_names_the_source_and_the_day_it_was_fetched() {
    let (_folder, ledger, figure) = ledger(known());
    let cite = cite(&ledger, &figure);
    let notes: Vec<String> = Style::ALL.iter().map(|(_, style)| cite.footnote(*style)).collect();
    insta::assert_snapshot!(
        "footnotes",
        notes.join("\n\n").replace(&figure, "FIGURE").replace(&cite.source.papers.hash[..12], "HASH")
    );
}

#[test]
fn what_is_not_known_is_not_invented() {
    let (_folder, ledger, figure) = ledger(Given::default());
    let cite = cite(&ledger, &figure);
    for (name, style) in Style::ALL {
        let note = cite.footnote(style);
        assert!(!note.contains("None") && !note.contains(", ,") && !note.contains("2031-06-12"), "{name}: {note}");
    }
    assert!(cite.footnote(Style::Apa).contains("(n.d.)"));
}

#[test]
fn the_sheet_marks_the_figure_in_its_paragraph_and_runs_nothing() {
    let (_folder, ledger, figure) = ledger(known());
    let cite = cite(&ledger, &figure);
    let text = cite.sheet_text();
    for expected in [
        "La veille, le calme régnait. ",
        "plus de >>340<< soldats",
        "La ville a été reprise.",
        "more than 340, from “plus de”",
        "2031-06-13T09:30:00Z",
        "entry 2, added 2031-06-14T08:00:00Z",
        "https://example.invalid/a?b=1|2",
        "No person has reviewed",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let html = cite.sheet_html().unwrap();
    assert!(html.contains("plus de <mark>340</mark> soldats"), "{html}");
    assert!(html.contains("&#38; relu") && !html.contains("<script") && !html.contains("src="), "{html}");
    let beyond = answer::cite(&ledger, &figure, &Which::all(true)).unwrap();
    assert!(!beyond.sheet_text().contains("La veille"), "beyond this machine a claim travels with its sentence only");
}

#[test]
fn a_document_may_be_named_by_its_id_and_a_figure_must_be_one() {
    let (_folder, mut ledger, figure) = ledger(known());
    let at = figure.rsplit_once('@').unwrap().1;
    assert_eq!(cite(&ledger, &format!("report@{at}")), cite(&ledger, &figure));
    for wrong in ["", "@", "report", "report@0+1", "nobody@1+2", &figure[1..]] {
        let refused = answer::cite(&ledger, wrong, &Which::all(false));
        assert!(matches!(refused, Err(AnswerError::Unknown(_))), "{wrong}");
    }
    let reviewing = bilan_ledger::Reviewing {
        figure: figure.clone(),
        n: 0,
        verdict: bilan_ledger::Verdict::Correct,
        field: Some("value".into()),
        value: Some("341".into()),
        note: None,
    };
    ledger.review(&[reviewing], "editor", "2031-06-20T08:00:00Z".parse().unwrap()).unwrap();
    let reviewed = cite(&ledger, &figure).sheet_text();
    assert!(reviewed.contains("A person reviewed it: correct value, as editor, on 2031-06-20"), "{reviewed}");
    assert!(
        reviewed.starts_with("ministère valdorien de la Défense (XA/mod), 12 June 2031: 341 military"),
        "{reviewed}"
    );
    ledger.redact("report", "asked for", "editor", "2031-07-01T08:00:00Z".parse().unwrap()).unwrap();
    let cite = cite(&ledger, &figure);
    assert!(cite.source.redacted && cite.context.is_none() && cite.sheet_text().contains("taken out"));
    assert!(!cite.sheet_html().unwrap().contains("tués"));
}
