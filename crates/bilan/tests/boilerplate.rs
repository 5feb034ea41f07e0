//! Runs the examples beside each cue of every pack, and looks at whole documents.

use bilan::document::boilerplate::{Kind, Table};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

fn packs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut files: Vec<PathBuf> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path().join("boilerplate.toml"))
        .filter(|file| file.exists())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no pack has a boilerplate.toml");
    files
}

fn table(file: &Path) -> Table {
    toml::from_str(&std::fs::read_to_string(file).unwrap())
        .unwrap_or_else(|wrong| panic!("{}: {wrong}", file.display()))
}

fn french() -> &'static Table {
    static FRENCH: LazyLock<Table> =
        LazyLock::new(|| table(&packs().into_iter().find(|file| file.ends_with("fr/boilerplate.toml")).unwrap()));
    &FRENCH
}

fn taken<'t>(table: &Table, text: &'t str) -> Vec<&'t str> {
    table.find(text).iter().map(|span| span.of(text)).collect()
}

#[test]
fn every_example_of_every_pack() {
    for file in packs() {
        let wrong = table(&file).check();
        assert!(wrong.is_empty(), "{}\n{}", file.display(), wrong.join("\n"));
    }
}

#[test]
fn an_example_that_proves_nothing_is_told() {
    let table: Table = toml::from_str(
        r#"cue = [
            { id = "ash", kind = "alone", words = ["ash"], yes = ["ash", "oak", "elm"], no = ["ash"] },
            { id = "oak", kind = "alone", words = ["oak"], yes = [], no = ["elm"] },
        ]"#,
    )
    .unwrap();
    let wrong = table.check();
    assert_eq!(wrong.len(), 4, "{wrong:?}");
    assert!(toml::from_str::<Table>("[[cue]]\nid = \"x\"\nkind = \"loud\"").is_err());
}

#[test]
fn a_phrase_of_more_words_than_are_searched_is_refused() {
    let cue = |words: &str| {
        let cue = format!("[[cue]]\nid = \"x\"\nkind = \"alone\"\nwords = [\"{words}\"]\nyes = []\nno = []");
        toml::from_str::<Table>(&cue).map(|_| ()).map_err(|wrong| wrong.to_string())
    };
    assert!(cue("a b c d e f g h i j k lll").is_ok());
    assert!(cue("a b c d e f g h i j k, lll").unwrap_err().contains("too many words"));
}

#[test]
fn what_proves_it_is_found_by_its_words() {
    let packs = bilan::pack::Packs::embedded().unwrap();
    let filler = "ba ".repeat(40);
    for (lang, pack) in &packs.langs {
        for text in pack.boilerplate.cues().iter().flat_map(|cue| &cue.yes) {
            for text in
                [text.clone(), format!("{filler}{text}"), format!("{text} {filler}"), format!("{filler}\n{text}")]
            {
                let (tokens, paragraphs) = bilan::claim::tokens(&text, pack);
                let found = pack.own_text(&text, &tokens, &paragraphs);
                assert_eq!(found, pack.boilerplate.find(&text), "{lang}: {text}");
            }
        }
    }
}

#[test]
fn names_are_told_once() {
    for file in packs() {
        let table = table(&file);
        let mut names: Vec<&str> = table.cues().iter().map(|cue| cue.id.as_str()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{}", file.display());
    }
}

/// Invented: an article that closes with its publisher's appeal, in three paragraphs.
const APPEAL: [&str; 3] = [
    "Le Courrier inventé défend depuis toujours les gens de mer, et nous avons lancé notre campagne Un Port pour tous en 2019.",
    "Nous renouvelons notre campagne avec cette pétition et demandons un quai sûr pour les 300 familles.",
    "Pour signer la pétition, cliquez ici. Si vous voulez faire un don, cliquez ici pour notre page.",
];

const ARTICLE: &str = "Une tempête a fait douze morts dans le port, selon la préfecture.\n\
    « Nous avons lancé notre appel à minuit », a dit le maire, qui a perdu deux fils.\n";

#[test]
fn an_appeal_spreads_to_its_own_paragraphs_only() {
    let text = format!("{ARTICLE}{}", APPEAL.join("\n"));
    assert_eq!(taken(french(), &text), APPEAL);
    let apart = text.replace('\n', "\r\n\r\n");
    assert_eq!(taken(french(), &apart), APPEAL);
}

#[test]
fn an_article_on_one_line_loses_its_appeal_only() {
    let article = ARTICLE.replace('\n', " ").repeat(8);
    let text = format!("{article}{}", APPEAL.join(" "));
    let found = taken(french(), &text);
    assert_eq!(text.find(found[0]), Some(article.len()));
    assert_eq!(found.concat().len() + found.len() - 1, text.len() - article.len());
}

#[test]
fn a_teaser_within_a_paragraph_takes_only_itself() {
    let text = "L'armée a perdu 40 chars. Lire aussi : Dix blindés détruits. Elle a abandonné 12 canons.";
    assert_eq!(taken(french(), text), ["Lire aussi : Dix blindés détruits."]);
    let text = "L'armée a perdu 40 chars.\n\nÀ lire aussi\n\nDix blindés détruits\n\nPertes : 12 canons\n";
    assert_eq!(taken(french(), text), ["À lire aussi", "Dix blindés détruits"]);
}

#[test]
fn a_closing_sentence_of_the_outlet_leaves_the_paragraph() {
    let text =
        "L'armée a perdu 40 chars et douze canons dans la vallée, dit le ministère. Pour nos alertes, cliquez ici.";
    assert_eq!(taken(french(), text), ["Pour nos alertes, cliquez ici."]);
}

#[test]
fn cues_are_data() {
    let cue = |id: &str, kind| bilan::document::boilerplate::Cue {
        id: id.into(),
        kind,
        words: vec![format!("w{id}")],
        yes: vec![],
        no: vec![],
    };
    let table = Table::new(vec![cue("ash", Kind::Joined), cue("oak", Kind::Joined), cue("elm", Kind::Own)]).unwrap();
    assert_eq!(taken(&table, "wash\nx\nwoak\nx"), [""; 0]);
    assert_eq!(taken(&table, "wash woak\nwash\nx\nwoak"), ["wash woak", "wash"]);
    assert_eq!(taken(&table, "welm\nx\nwelm\n\n"), ["welm"]);
    assert!(Table::new(vec![cue("", Kind::Line)]).is_ok());
    let empty = bilan::document::boilerplate::Cue { words: vec![" ".into()], ..cue("void", Kind::Alone) };
    assert!(Table::new(vec![empty]).unwrap_err().contains("void"));
    assert!(Table::new(vec![]).unwrap().find("text").is_empty());
}

/// The real reports lie beside the project, where they may be: they are not ours to ship.
fn seeds() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().map(|folder| folder.join("shared/seeds")).find(|folder| folder.is_dir())
}

#[test]
#[expect(clippy::print_stdout, reason = "a part that is not run is said loudly")]
fn the_seeds() {
    let Some(seeds) = seeds() else {
        println!("NOT RUN: no folder shared/seeds beside the project");
        return;
    };
    let losses = std::fs::read_to_string(seeds.join("losses-2022-03.txt")).unwrap();
    let lines: Vec<&str> = losses.lines().map(str::trim_end).collect();
    assert_eq!(taken(french(), &losses), lines[lines.len() - 3..]);
    let mothers = std::fs::read_to_string(seeds.join("mothers-2022-11.txt")).unwrap();
    assert_eq!(taken(french(), &mothers), [""; 0]);
}

#[test]
fn the_twin_of_a_seed_ends_in_three_paragraphs_of_appeal() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/documents/twin-of-losses.txt");
    // Its last line says that it is invented.
    let twin = std::fs::read_to_string(file).unwrap();
    let lines: Vec<&str> = twin.lines().map(str::trim_end).collect();
    assert_eq!(taken(french(), &twin), lines[lines.len() - 4..lines.len() - 1]);
}

fn any_page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,30}",
        proptest::sample::select(vec![
            "cliquez ici",
            "Lire aussi",
            " : ",
            "notre campagne",
            "cette pétition",
            "faites un don",
            "nous avons",
            "©",
            "Publicité",
            "\n",
            "\n\n",
            ". ",
            "« ",
            " »",
            "\u{AD}",
            "e\u{301}",
            "À LIRE",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    // The same cases every time: a failure under load must be one that can be seen again.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn any_page_gives_places_in_order_and_apart(page in any_page()) {
        let mut end = 0;
        for span in french().find(&page) {
            prop_assert!(span.start >= end && !span.of(&page).is_empty());
            end = span.end;
        }
    }
}

#[test]
fn a_page_of_nothing_but_cues_takes_no_longer() {
    let table = french();
    for piece in ["cliquez ici ", "« notre campagne ", "lire aussi : ", "nos vos\n", "« cliquez ici. "] {
        let page = piece.repeat((1 << 18) / piece.len());
        let start = std::time::Instant::now();
        table.find(&page);
        // A quadratic search would take minutes.
        assert!(start.elapsed().as_secs() < 20, "{piece}");
    }
}
