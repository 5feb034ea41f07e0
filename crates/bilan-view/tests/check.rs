//! A sentence is looked up by its number, over outcomes and rounding. INVENTED data, read by the real reader.
#![allow(missing_docs)]

use bilan::Reader;
use bilan::document::{Given, open};
use bilan::pack::Packs;
use bilan_ledger::{AddOptions, Ledger};
use bilan_view::answer::{self, Check, Which};

/// INVENTED.
const REPORTS: [(&str, &str); 3] = [
    (
        "staff",
        " date 2031-06-12\nSelon l'état-major valdorien, l'armée karsénienne a perdu environ 21 480 soldats depuis le \
         3 avril. L'armée karsénienne a perdu 466 chars depuis le 3 avril.\n",
    ),
    (
        "ministry",
        " date 2031-06-12\nSelon le ministère karsénien de la Défense, 5 937 soldats karséniens ont été tués depuis le \
         3 avril.\n",
    ),
    ("civilians", " date 2031-06-12\nSelon l'ONU, 42 civils valdoriens ont été tués depuis le 3 avril.\n"),
];

fn ledger() -> (tempfile::TempDir, Ledger, Reader) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let reader = Reader::new(Packs::embedded().unwrap());
    for (id, text) in REPORTS {
        let given = Given { id: Some(id.into()), ..Given::default() };
        let document = open(id, text.as_bytes(), &given).next().unwrap().unwrap();
        ledger.add([&reader.read(document)], &AddOptions::at("2031-06-13T08:00:00Z".parse().unwrap())).unwrap();
    }
    (folder, ledger, reader)
}

fn check(sentence: &str) -> Check {
    let (_folder, ledger, reader) = ledger();
    let given = Given { force_published: Some("2031-06-14".parse().unwrap()), ..Given::default() };
    let on = "2031-06-14".parse().unwrap();
    answer::check(&ledger, &reader, sentence, &given, on, &Which::all(false)).unwrap()
}

#[test]
fn losses_printed_as_killed_are_the_same_number_in_another_word() {
    let answer = check("Quelque 21 480 soldats karséniens ont été tués depuis le 3 avril.");
    let [figure] = answer.figures.as_slice() else { panic!("{:?}", answer.figures) };
    let first = &figure.found[0];
    assert_eq!(first.statement.line.outcome, "losses");
    assert!(first.differs.contains(&"outcome"), "{:?}", first.differs);
    assert!(first.sentence.as_ref().unwrap().contains("état-major valdorien"));
    let others: Vec<String> = figure.otherwise.iter().map(|other| other.statement.told.value.to_string()).collect();
    assert_eq!(others, ["5937"]);
}

#[test]
fn a_round_figure_finds_the_exact_one() {
    let answer = check("L'armée karsénienne a perdu plus de 450 chars depuis le 3 avril.");
    let found = &answer.figures[0].found;
    assert_eq!((found[0].number, found[0].statement.told.value.to_string().as_str()), ("rounds", "466"));
    let answer = check("L'armée karsénienne a perdu 466 chars depuis le 3 avril.");
    assert_eq!(answer.figures[0].found[0].number, "same");
    assert!(answer.figures[0].found[0].differs.is_empty());
}

#[test]
fn a_number_is_found_under_another_side_and_word() {
    let answer = check("L'armée valdorienne a eu 466 chars endommagés depuis le 3 avril.");
    let found = &answer.figures[0].found;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].number, &found[0].differs[..]), ("same", &["side", "outcome"][..]));
}

#[test]
fn a_near_number_of_the_same_subject_is_offered() {
    let answer = check("6 020 soldats karséniens ont été tués depuis le 3 avril.");
    let found = &answer.figures[0].found;
    assert_eq!((found[0].number, found[0].statement.told.value.to_string().as_str()), ("near", "5937"));
}

#[test]
fn a_small_number_of_something_else_is_not_the_same_by_chance() {
    let answer = check("Selon Karsin, 42 drones karséniens ont été détruits.");
    assert!(answer.figures.iter().all(|figure| figure.found.is_empty()), "{:?}", answer.figures);
}

#[test]
fn a_ledger_that_knows_nothing_says_so() {
    let answer = check("Selon l'armée valdorienne, 999 777 soldats miraviens ont été tués.");
    let [figure] = answer.figures.as_slice() else { panic!("{:?}", answer.figures) };
    assert!(figure.found.is_empty() && figure.otherwise.is_empty());
    assert_eq!(answer.coverage.documents, 3);
    assert!(check("Il fait beau à Castelbrun.").figures.is_empty());
}

#[test]
fn a_sentence_in_a_language_without_pack_is_looked_up_by_its_digits() {
    let answer = check("The Karsenian army is said to have lost 466 tanks since the third of April, they say.");
    assert!(answer.digits_only);
    assert_eq!(answer.figures[0].found[0].statement.told.value.to_string(), "466");
}

#[test]
fn whatever_is_pasted_gets_an_answer() {
    for sentence in ["", "\0", "466", "é", "18446744073709551615 morts", &"12 morts, ".repeat(300)] {
        check(sentence);
    }
}
