//! An invented reading for tests and pictures: countries, war and figures are made up.
//!
//! In: nothing. Out: a document in which XA and XB fight, with its claims and refusals.

use bilan::claim::{Claim, Confidence, Date, Quote, Reading, Refusal, Span, Step};
use bilan::document::Document;
use std::collections::BTreeMap;

const TEXT: &str = "\
Ostrie : lourdes pertes près de Valmont (INVENTÉ)

Le ministère de la Défense d'Ostrie a affirmé mardi que plus de 1 200 soldats karnais avaient été tués depuis le début \
des combats, le 3 avril. Il a ajouté que la Karnie avait perdu environ 35 chars.
Selon l'hôpital de Valmont, des dizaines de civils ont été blessés lundi dans un bombardement.
La ville, fondée en 1871, compte 40 000 habitants.
";

/// The claims and refusals that a careful person would find.
pub fn reading() -> Reading {
    let speaker = "Le ministère de la Défense d'Ostrie";
    let spoken = "Le ministère de la Défense d'Ostrie a affirmé";
    let first = sentence("Le ministère", "le 3 avril.");
    let mut dead = claim("1 200", ">1200", "killed", "military", Some("XB"), Some("XA/mod"), first);
    tell(&mut dead, "hedge", "plus de", "fr/figure#plus-de", "packs/fr/figure.toml:41");
    tell(&mut dead, "outcome", "avaient été tués", "fr/outcome#tuer", "packs/fr/outcome.toml:12");
    tell(&mut dead, "counted", "soldats karnais", "fr/counted#soldat", "packs/fr/counted.toml:7");
    tell(&mut dead, "side", "karnais", "parties#XB", "packs/parties.toml:120");
    tell(&mut dead, "claimant", speaker, "fr/names#XA/mod", "packs/fr/names.toml:88");
    tell(&mut dead, "stated", "mardi", "date: a weekday looks back", "");
    tell(&mut dead, "from", "depuis le début des combats, le 3 avril", "fr/date#depuis", "packs/fr/date.toml:30");
    (dead.stated, dead.from, dead.to) = (day("2031-05-04"), day("2031-04-03"), day("2031-05-04"));

    let second = sentence("Il a ajouté", "35 chars.");
    let mut tanks = claim("35", "~35", "lost", "tank", Some("XB"), Some("XA/mod"), second);
    tell(&mut tanks, "hedge", "environ", "fr/figure#environ", "packs/fr/figure.toml:22");
    tell(&mut tanks, "outcome", "avait perdu", "fr/outcome#perdre", "packs/fr/outcome.toml:3");
    tell(&mut tanks, "counted", "chars", "fr/counted#char", "packs/fr/counted.toml:52");
    tell(&mut tanks, "side", "la Karnie", "parties#XB", "packs/parties.toml:120");
    tell(&mut tanks, "claimant", spoken, "speakers: \"Il\" is the last speaker", "");
    tanks.as_said.insert("claimant".into(), speaker.into());
    (tanks.stated, tanks.from, tanks.to) = (day("2031-05-04"), day("2031-04-03"), day("2031-05-04"));

    let third = sentence("Selon", "bombardement.");
    let mut hurt = claim("dizaines", "[20..99]", "wounded", "civilian", Some("XA"), Some("XA/local/Valmont"), third);
    tell(&mut hurt, "outcome", "ont été blessés", "fr/outcome#blesser", "packs/fr/outcome.toml:66");
    tell(&mut hurt, "counted", "civils", "fr/counted#civil", "packs/fr/counted.toml:19");
    tell(&mut hurt, "claimant", "l'hôpital de Valmont", "fr/attribution#selon", "packs/fr/attribution.toml:5");
    tell(&mut hurt, "from", "lundi", "date: a weekday looks back", "");
    (hurt.stated, hurt.from, hurt.to) = (day("2031-05-05"), day("2031-05-03"), day("2031-05-03"));
    (hurt.scope, hurt.place) = ("incident".into(), Some("XA/Valmont".into()));

    let last = sentence("La ville", "habitants.");
    let refusal = |words: &str, reason: &str, because: &str| Refusal {
        span: at(words),
        reason: reason.into(),
        because: at(because),
        claimant: None,
        quote: last,
    };
    Reading {
        document: Document {
            id: "invented-1".into(),
            hash: "invented".into(),
            text_hash: "invented".into(),
            text: TEXT.into(),
            title: TEXT.find('\n').unwrap_or(0) as u32,
            url: None,
            outlet: Some("Gazette d'Ostrie".into()),
            lang: Some("fr".into()),
            published: day("2031-05-05"),
            boilerplate: vec![],
            remarks: vec![],
        },
        reader: "invented".into(),
        claims: vec![dead, tanks, hurt],
        refusals: vec![refusal("1871", "year", "fondée en"), refusal("40 000", "subject", "habitants")],
        remarks: vec![],
    }
}

/// The other side's count of the same dead, five days later, reprinted by two more papers, and its own older one of the
/// wounded: INVENTED too.
pub fn others() -> Vec<Reading> {
    let paper = |at: usize| {
        let mut reading = reading();
        let document = &mut reading.document;
        document.id = format!("invented-{}", at + 2);
        document.hash = format!("invented hash {at}");
        document.outlet = Some(format!("Courrier {at} d'Ostrie"));
        document.published = day("2031-05-09");
        reading.claims.truncate(1);
        let other = &mut reading.claims[0];
        other.value = "~950".parse().expect("an invented value");
        other.claimant = Some("XB/mod".into());
        other.as_said.insert("claimant".into(), "le ministère karnais de la Défense".into());
        (other.stated, other.to) = (day("2031-05-09"), day("2031-05-09"));
        let mut losses = other.clone();
        (losses.n, losses.outcome) = (1, "losses".into());
        losses.value = "[2000..9999]".parse().expect("an invented value");
        reading.claims.push(losses);
        reading
    };
    (0..3).map(paper).collect()
}

fn claim(
    words: &str,
    value: &str,
    outcome: &str,
    counted: &str,
    side: Option<&str>,
    claimant: Option<&str>,
    quote: Span,
) -> Claim {
    let figure = Step { field: "value".into(), entry: "figure".into(), at: "".into(), span: at(words) };
    Claim {
        span: at(words),
        n: 0,
        value: value.parse().expect("an invented value"),
        outcome: outcome.into(),
        counted: counted.into(),
        side: side.map(Into::into),
        claimant: claimant.map(Into::into),
        citing: None,
        via: vec![],
        stated: None,
        from: None,
        to: None,
        scope: "cumulative".into(),
        place: None,
        said: "asserted".into(),
        contested: vec![],
        blamed: None,
        confidence: Confidence { claim: 97, claimant: 90 },
        quote: Quote { span: quote, translated: false },
        also: vec![],
        as_said: BTreeMap::new(),
        spans: BTreeMap::new(),
        why: vec![figure],
    }
}

fn tell(claim: &mut Claim, field: &'static str, words: &str, entry: &'static str, place: &'static str) {
    let span = at(words);
    claim.as_said.insert(field.into(), words.into());
    claim.spans.insert(field.into(), vec![span]);
    claim.why.push(Step { field: field.into(), entry: entry.into(), at: place.into(), span });
}

fn at(words: &str) -> Span {
    let start = TEXT.find(words).expect("words of the invented text");
    Span { start: start as u32, end: (start + words.len()) as u32 }
}

fn sentence(first: &str, last: &str) -> Span {
    Span { start: at(first).start, end: at(last).end }
}

fn day(text: &str) -> Option<Date> {
    Some(text.parse().expect("an invented day"))
}
