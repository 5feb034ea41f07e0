//! INVENTED readings: the countries, figures and speakers of these texts do not exist.

use bilan::claim::{Confidence, Contest, Quote, Span, Step};
use bilan::document::{Document, Remark};
use bilan::{Claim, Reading, Refusal};
use bilan_ledger::{AddOptions, Ledger};
use jiff::Timestamp;
use tempfile::TempDir;

/// A folder that goes away, and a path in it.
pub fn place() -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bilan.db");
    (folder, path)
}

/// A ledger in a folder that goes away.
pub fn ledger() -> (TempDir, Ledger) {
    let (folder, path) = place();
    (folder, Ledger::create(path).unwrap())
}

pub fn now() -> AddOptions {
    AddOptions::at("2022-04-01T12:00:00Z".parse::<Timestamp>().unwrap())
}

/// INVENTED. Two claims and a refusal; `day` and `killed` vary.
pub fn bulletin(day: u8, killed: u64) -> Reading {
    let body = format!(
        "INVENTED. L'état-major de Sylvanie annonce {killed} soldats bordures tués à Élysée-sur-Vltava \
         et une centaine de blessés. En 1962, rien."
    );
    let mut reading = reading(&format!("bulletin-{day:02}"), &format!("Bulletin du {day} mars"), &body);
    reading.document.published = Some(format!("2022-03-{day:02}").parse().unwrap());
    let mut first = claim(&reading, &killed.to_string(), &killed.to_string(), "killed");
    first.as_said.insert("claimant".into(), "L'état-major de Sylvanie".into());
    first.spans.insert("claimant".into(), vec![span(&reading, "L'état-major de Sylvanie")]);
    first.contested.push(Contest {
        who: None,
        how: "doubted".into(),
        words: "annonce".into(),
        span: span(&reading, "annonce"),
    });
    first.why.push(Step {
        field: "outcome".into(),
        entry: "xx/outcome#tuer".into(),
        at: "packs/xx/outcome.toml:12".into(),
        span: span(&reading, "tués"),
    });
    let mut second = claim(&reading, "une centaine", "~100", "wounded");
    second.to = Some("--03-19".parse().unwrap());
    second.blamed = Some("rien".into());
    reading.claims = vec![first, second];
    let quote = span(&reading, "En 1962, rien.");
    let year = span(&reading, "1962");
    reading.refusals = vec![Refusal { span: year, reason: "year".into(), because: year, claimant: None, quote }];
    reading.remarks = vec![Remark { key: "assumed".into(), words: "INVENTED remark".into() }];
    reading
}

/// INVENTED. As many claims as wanted in one text.
pub fn long(id: &str, claims: usize) -> Reading {
    let figures: Vec<String> = (0..claims).map(|nth| format!("{} chars bordures détruits ;", 1000 + nth)).collect();
    let mut reading = reading(id, "", &format!("INVENTED {id}. {}", figures.join("\n")));
    reading.claims = figures
        .iter()
        .enumerate()
        .map(|(nth, line)| {
            let mut claim = claim(&reading, line, &(1000 + nth).to_string(), "destroyed");
            claim.counted = "tank".into();
            claim.span.end = claim.span.start + 4 + u32::from(nth >= 9000);
            claim
        })
        .collect();
    reading
}

/// INVENTED. No claim.
pub fn reading(id: &str, title: &str, body: &str) -> Reading {
    let text = if title.is_empty() { body.to_owned() } else { format!("{title}\n\n{body}") };
    let digest = |what: &str, text: &str| blake3::hash(format!("{what} {text}").as_bytes()).to_hex()[..26].to_owned();
    Reading {
        document: Document {
            id: id.into(),
            hash: digest("document", &format!("{id} {text}")),
            text_hash: digest("text", &text),
            title: title.len() as u32,
            text,
            url: Some(format!("https://invented.example/{id}")),
            outlet: Some("invented.example".into()),
            lang: Some("fr".into()),
            published: Some("2022-03-19".parse().unwrap()),
            boilerplate: vec![],
            remarks: vec![Remark { key: "encoding".into(), words: "INVENTED".into() }],
        },
        reader: "reader-1".into(),
        claims: vec![],
        refusals: vec![],
        remarks: vec![],
    }
}

/// INVENTED. A claim on the first place of these words.
pub fn claim(reading: &Reading, words: &str, value: &str, outcome: &str) -> Claim {
    let at = span(reading, words);
    let text = &reading.document.text;
    let start = text[..at.start as usize].rfind(['.', '\n']).map_or(0, |before| before + 1);
    let end = text[at.end as usize..].find(['.', '\n']).map_or(text.len(), |after| at.end as usize + after);
    Claim {
        span: at,
        n: 0,
        value: value.parse().unwrap(),
        outcome: outcome.into(),
        counted: "military".into(),
        side: Some("BO".into()),
        claimant: Some("SY/general-staff".into()),
        citing: None,
        via: vec!["media/invented".into()],
        stated: reading.document.published,
        from: Some("2022-02".parse().unwrap()),
        to: reading.document.published,
        scope: "cumulative".into(),
        place: Some("BO/Vltava".into()),
        said: "asserted".into(),
        contested: vec![],
        blamed: None,
        confidence: Confidence { claim: 97, claimant: 95 },
        quote: Quote { span: Span { start: start as u32, end: end as u32 }, translated: true },
        also: vec![],
        as_said: [("outcome".into(), "tués".to_owned())].into(),
        spans: Default::default(),
        why: vec![],
    }
}

pub fn span(reading: &Reading, words: &str) -> Span {
    let start = reading.document.text.find(words).expect(words);
    Span { start: start as u32, end: (start + words.len()) as u32 }
}
