//! Reads documents by where they were published and in what they are written. All invented.

use bilan::document::{Given, open};
use bilan::pack::Packs;
use bilan::{Reader, Reading};
use std::sync::LazyLock;

static READER: LazyLock<Reader> = LazyLock::new(|| Reader::new(Packs::embedded().expect("packs")));

fn read(text: &str, url: &str) -> Reading {
    let given = Given { url: Some(url.into()), lang: Some("fr".into()), ..Given::default() };
    READER.read(open("a.txt", text.as_bytes(), &given).next().expect("a document").expect("a text"))
}

fn claimants(reading: &Reading) -> Vec<(String, Option<String>)> {
    reading.claims.iter().map(|claim| (claim.value.to_string(), claim.claimant.clone())).collect()
}

#[test]
fn who_publishes_is_the_speaker_of_last_resort() {
    let own = "La nuit dernière, 12 soldats karséniens ont été tués près de Castelbrun.";
    let site = "https://etat-major.valdorie.example/bulletin/12";
    let reading = read(own, site);
    assert_eq!(claimants(&reading), [("12".into(), Some("XA/general-staff".into()))]);
    assert!(reading.claims[0].why.iter().any(|step| step.entry.starts_with("own-site")), "{:?}", reading.claims[0].why);
    assert!(!reading.claims[0].as_said.contains_key("claimant"), "no word of the text names it");
    assert_eq!(claimants(&read(own, "https://courrier.example/12")), [("12".into(), None)]);
    assert_eq!(claimants(&read(own, "https://faux-etat-major.valdorie.example.net/")), [("12".into(), None)]);
    // Who is named speaks, wherever it stands.
    let other = "Selon le ministère karsénien de la Défense, 12 soldats karséniens ont été tués près de Castelbrun.";
    assert_eq!(claimants(&read(other, site)), [("12".into(), Some("XB/mod".into()))]);
}

#[test]
fn a_paragraph_in_another_language_is_told_and_not_read() {
    let french = "Selon le ministère valdorien de la Défense, 12 soldats karséniens ont été tués hier près de la ville de \
                  Castelbrun, où les combats se poursuivent depuis le début de la semaine dernière.";
    let german = "Nach Angaben des Verteidigungsministeriums wurden gestern vierzig Soldaten in der Nähe der Stadt getötet, \
                  während die Kämpfe seit dem Beginn der vergangenen Woche unvermindert andauern und kein Ende in Sicht ist.";
    let text = format!("{french}\n\n{german}\n\n{}", french.replace("12 soldats", "41 civils"));
    let reading = read(&text, "https://courrier.example/12");
    assert_eq!(reading.claims.len(), 2, "{:?}", claimants(&reading));
    let told: Vec<_> = reading.remarks.iter().filter(|remark| remark.key == "mixed").collect();
    assert_eq!(told.len(), 1);
    assert!(
        told[0].words.starts_with("1 of 3 paragraphs are in a language without a language pack"),
        "{}",
        told[0].words
    );
    assert!(read(french, "https://courrier.example/12").remarks.is_empty());
}

#[test]
fn a_told_language_without_pack_is_no_language_of_a_reading() {
    let given = Given { lang: Some("xx".into()), ..Given::default() };
    let reading = READER.read(open("a.txt", &b"12 morts."[..], &given).next().expect("one").expect("a text"));
    assert_eq!((reading.document.lang.as_deref(), reading.claims.len()), (None, 0));
    let words = "no language pack for `xx`, which it is told to be in; languages read: fr";
    assert_eq!(reading.remarks[0].words, words);
    let words = |text: &str| {
        let document = open("a.txt", text.as_bytes(), &Given::default()).next().expect("one").expect("a text");
        READER.read(document).remarks.remove(0).words
    };
    let english = "Two horses crossed the river in the morning, and nobody in the village had seen them before.";
    assert_eq!(words(english), "no language pack for `en`, which it looks like; languages read: fr");
    assert_eq!(words("12"), "no language pack for it, and its language cannot be told; languages read: fr");
}

#[test]
fn digits_of_the_header_line_are_no_refused_figures() {
    let text = " date 2022-11 Le ministre a parlé. Selon le ministère, 12 soldats ont été tués le 3 mai 2021.";
    let reading = read(text, "https://courrier.example/12");
    let words: Vec<&str> = reading.refusals.iter().map(|refusal| refusal.span.of(text)).collect();
    assert!(!words.is_empty() && words.iter().all(|word| *word != "2022" && *word != "11"), "{words:?}");
}

#[test]
fn the_months_of_the_packs_date_a_feed() {
    let given = Given { months: READER.months(), ..Given::default() };
    let feed = "<rss version='2.0'><channel><title>t</title><item><title>Titre</title><description>x</description>\
                <pubDate>mer., 1er févr. 2023 10:00</pubDate></item></channel></rss>";
    let document = open("f", feed.as_bytes(), &given).next().expect("a document").expect("an entry");
    assert_eq!(document.published, "2023-02-01".parse().ok());
}

#[test]
fn a_text_of_nothing_but_figures_is_cut_and_told() {
    let report = "Douze soldats karséniens ont été tués près de Castelbrun.";
    for figure in [" 7", " sept cent trois,"] {
        let figures: String =
            (0..60_000).map(|n| if n % 20 == 0 { format!(".{figure}") } else { figure.to_owned() }).collect();
        let reading = read(&format!("{report}\n\n{figures}\n\n{report}"), "https://courrier.example/12");
        let told: Vec<&str> =
            reading.remarks.iter().filter(|remark| remark.key == "dense").map(|remark| remark.words.as_str()).collect();
        assert_eq!(told.len(), 1, "{:?}", reading.remarks);
        assert!(told[0].contains("50000 figures") && told[0].contains("was not read"), "{told:?}");
        // What stands before is read; what stands behind is not, and is not taken for the same report again.
        let before = reading.claims.iter().find(|claim| claim.span.start == 0);
        assert!(before.is_some_and(|claim| claim.also.is_empty()), "{figure}");
    }
    let articles = " une idée".repeat(60_000);
    assert!(read(&articles, "https://courrier.example/12").remarks.iter().all(|remark| remark.key != "dense"));
}

#[test]
fn a_paragraph_with_words_that_two_languages_share_is_told() {
    let french = "Selon le ministère de la Défense, les combats de la nuit ont fait douze morts parmi les soldats, et vingt \
                  autres hommes ont été blessés près du fleuve, où les combats durent toujours.";
    for english in [
        "According to the Valdorian ministry of defence, 340 Karsenian soldiers were killed on 3 May near Castelbrun. The \
         road to the north stays closed, and the rain goes on in the valley of the Lonn.",
        "Officials said at least 340 people were killed and hundreds more were injured when the building collapsed early \
         on Sunday, and rescue teams are still searching through the rubble for survivors.",
    ] {
        let reading = read(&format!("{french}\n\n{english}\n\n{french}"), "https://courrier.example/12");
        let told = reading.remarks.iter().find(|remark| remark.key == "mixed").map(|remark| remark.words.as_str());
        assert!(told.is_some_and(|words| words.starts_with("1 of 3 paragraphs")), "{:?}", reading.remarks);
    }
}

/// A detector that counts letters takes such a line for Romanian.
#[test]
fn a_line_whose_words_the_pack_knows_is_in_its_language() {
    let lang = |text: &str| READER.read(open("a.txt", text.as_bytes(), &Given::default()).next()?.ok()?).document.lang;
    let french = "Le bilan officiel fait état de 58 000 morts, mais il pourrait s'élever à 140 000.";
    assert_eq!(lang(french).as_deref(), Some("fr"));
    for other in [
        "Tres soldados murieron el lunes en un ataque contra una base militar en el norte del país",
        "O ministério da Saúde confirmou 45 mortes e mais de 200 casos na capital",
        "Les autoritats van confirmar que almenys 12 persones van morir a la capital durant la nit",
    ] {
        assert_eq!(lang(other), None, "{other}");
    }
}
