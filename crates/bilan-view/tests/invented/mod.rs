//! An invented report, claims and refusals made by hand. INVENTED: no such war, no such places.
#![allow(dead_code)] // each test file takes what it needs
#![allow(missing_docs)]

use bilan::claim::{Claim, Confidence, Contest, Quote, Reading, Refusal, Span, Step};
use bilan::document::{Document, Remark};

pub const TITLE: &str = "Valdorée : l’état-major annonce environ 1 200 pertes ennemies";

pub const BODY: &str = "L’état-major de la Valdorée affirme que l’armée d’Ostrane a perdu environ 1 200 hommes depuis le 3 mai. \
Le ministère d’Ostrane dément. Au moins 14 civils, dont 5 enfants, ont été tués à Brumeval mardi, selon le gouverneur. \
Le siège dure depuis 41 jours.";

pub fn document() -> Document {
    let text = format!("{TITLE}\n\n{BODY}\n\nSoutenez notre rédaction : 3 euros par mois.");
    let appeal = span(&text, "Soutenez notre rédaction : 3 euros par mois.");
    Document {
        id: "valdoree-1".into(),
        hash: "dochashinvented".into(),
        text_hash: "texthashinvented".into(),
        title: TITLE.len() as u32,
        url: Some("https://example.invalid/valdoree-1".into()),
        outlet: Some("Gazette inventée".into()),
        lang: Some("fr".into()),
        published: Some("2031-05-19".parse().unwrap()),
        boilerplate: vec![appeal],
        remarks: vec![Remark { key: "published".into(), words: "taken from the page's metadata".into() }],
        text,
    }
}

pub fn claim(text: &str, words: &str, value: &str, sentence: &str) -> Claim {
    Claim {
        span: span(text, words),
        n: 0,
        value: value.parse().unwrap(),
        outcome: "killed".into(),
        counted: "civilian".into(),
        side: Some("VD".into()),
        claimant: None,
        citing: None,
        via: vec![],
        stated: Some("2031-05-19".parse().unwrap()),
        from: None,
        to: None,
        scope: "incident".into(),
        place: None,
        said: "asserted".into(),
        contested: vec![],
        blamed: None,
        confidence: Confidence { claim: 97, claimant: 95 },
        quote: Quote { span: span(text, sentence), translated: false },
        also: vec![],
        as_said: [].into(),
        spans: [].into(),
        why: vec![],
    }
}

pub fn reading() -> Reading {
    let document = document();
    let text = &document.text;
    let losses_sentence = &BODY[..BODY.find(" Le ministère").unwrap()];
    let denial = "Le ministère d’Ostrane dément";
    let civilians = "Au moins 14 civils, dont 5 enfants, ont été tués à Brumeval mardi, selon le gouverneur.";
    let mut losses = Claim {
        outcome: "losses".into(),
        counted: "military".into(),
        side: Some("OS".into()),
        claimant: Some("VD/general-staff".into()),
        from: Some("--05-03".parse().unwrap()),
        to: Some("2031-05-19".parse().unwrap()),
        scope: "cumulative".into(),
        contested: vec![Contest {
            who: Some("OS/mod".into()),
            how: "denied".into(),
            words: denial.into(),
            span: span(text, denial),
        }],
        ..claim(text, "1 200 hommes", "~1200", losses_sentence)
    };
    // The figure is the number alone; the title says it a first time.
    losses.span.end = losses.span.start + "1 200".len() as u32;
    losses.also = vec![span(TITLE, "1 200")];
    losses.quote.translated = true;
    let words = [
        ("hedge", "environ"),
        ("outcome", "a perdu"),
        ("counted", "hommes"),
        ("side", "l’armée d’Ostrane"),
        ("claimant", "L’état-major de la Valdorée"),
    ];
    for (field, words) in words {
        losses.as_said.insert(field.into(), words.into());
        losses.spans.insert(field.into(), vec![span(text, words)]);
    }
    losses.why = vec![
        Step {
            field: "outcome".into(),
            entry: "fr/outcome#perdre".into(),
            at: "packs/fr/outcome.toml:12".into(),
            span: span(text, "a perdu"),
        },
        Step { field: "claimant".into(), entry: "cued".into(), at: "".into(), span: span(text, "affirme") },
    ];
    let mut killed = claim(text, "14", ">=14", civilians);
    killed.claimant = Some("VD/local/Brumeval".into());
    killed.spans.insert("outcome".into(), vec![span(text, "tués")]);
    let mut children = claim(text, "5 enfants", "5", civilians);
    children.span.end = children.span.start + 1;
    children.counted = "child".into();
    children.place = Some("VD/Brumeval".into());
    let days = span(text, "41");
    let refusals = vec![
        Refusal {
            span: days,
            reason: "duration".into(),
            because: span(text, "jours"),
            claimant: None,
            quote: span(text, "Le siège dure depuis 41 jours."),
        },
        Refusal {
            span: span(text, "3 euros").with_len(1),
            reason: "boilerplate".into(),
            because: document.boilerplate[0],
            claimant: None,
            quote: document.boilerplate[0],
        },
    ];
    let claims = vec![losses, killed, children];
    Reading { document, reader: "readerinvented".into(), claims, refusals, remarks: vec![] }
}

/// Another document of one sentence with so many claims.
pub fn named(name: &str, claims: usize) -> Reading {
    let mut reading = reading();
    let document = &mut reading.document;
    document.text = format!("{TITLE}\n\n{}", "Encore 7 tués. ".repeat(claims));
    (document.id, document.hash) = (name.into(), format!("hash-{name}"));
    document.text_hash = format!("text-{name}");
    document.boilerplate.clear();
    reading.refusals.clear();
    let text = &reading.document.text;
    reading.claims = text
        .match_indices("Encore 7 tués.")
        .map(|(at, sentence)| {
            let mut claim = claim(text, "7", "7", sentence);
            let at = at as u32;
            claim.span = Span { start: at + 7, end: at + 8 };
            claim.quote.span = Span { start: at, end: at + sentence.len() as u32 };
            claim
        })
        .collect();
    reading
}

/// The last place of these words: the body, not the title.
pub fn span(text: &str, words: &str) -> Span {
    let start = text.rfind(words).unwrap_or_else(|| panic!("no `{words}` in the invented text")) as u32;
    Span { start, end: start + words.len() as u32 }
}

pub trait WithLen {
    fn with_len(self, len: u32) -> Span;
}

impl WithLen for Span {
    fn with_len(self, len: u32) -> Span {
        Span { start: self.start, end: self.start + len }
    }
}
