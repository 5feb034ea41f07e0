//! Shows the words that each claim rests on, and how it was found.
//!
//! In: a reading. Out: for each claim its sentence with the words underlined and labelled, then the derivation as a
//! tree with pack entries; for each figure not taken its reason.
//!
//! The words behind a claim may stand far apart: a speaker named three paragraphs up. Each stretch that holds one is
//! shown, and no more.

mod excerpt;
mod tree;

use crate::row;
use crate::table::Page;
use crate::text::{plain, wrap};
use anstyle::{AnsiColor, Style};
use bilan::claim::{Claim, Reading, Refusal, Span};
use excerpt::{Excerpts, Mark};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Everything about one document.
pub fn show(reading: &Reading, page: Page, reason: &dyn Fn(&str) -> String) -> String {
    let document = &reading.document;
    let papers = [
        Some(document.id.clone()),
        document.outlet.clone(),
        document.published.as_ref().map(|date| format!("published {}", row::date(date))),
        document.lang.as_ref().map(|lang| format!("language {lang}")),
    ];
    let papers = papers.into_iter().flatten().map(|paper| plain(&paper)).collect::<Vec<_>>().join(" · ");
    let mut out = heading(&papers, "", page);
    for remark in document.remarks.iter().chain(&reading.remarks) {
        for line in wrap(&plain(&format!("{}: {}", remark.key, remark.words)), page.width) {
            out.push_str(&format!("{}\n", page.paint(&line, DIM)));
        }
    }
    let excerpts = Excerpts::of(&document.text, page);
    for claim in &reading.claims {
        out.push('\n');
        out.push_str(&shown_claim(claim, &document.text, &excerpts, page));
    }
    for refusal in &reading.refusals {
        out.push('\n');
        out.push_str(&shown_refusal(refusal, &document.text, &excerpts, page, reason));
    }
    if reading.claims.is_empty() && reading.refusals.is_empty() {
        out.push_str("\nno figure was found\n");
    }
    out
}

fn shown_claim(claim: &Claim, text: &str, excerpts: &Excerpts, page: Page) -> String {
    let head = format!(
        "{} {} {}, {}",
        claim.value,
        row::readable(&claim.counted),
        row::readable(&claim.outcome),
        match claim.side.as_deref() {
            Some("-") => "people of no country".to_owned(),
            Some(side) => format!("of {side}"),
            None => "whose is not told".to_owned(),
        }
    );
    let voice = match &claim.claimant {
        Some(party) => format!("says {}", plain(party)),
        None => format!("says {}", row::REPORTER),
    };
    let mut marks = vec![Mark::figure(claim.span, "value", style("value"))];
    for (field, spans) in &claim.spans {
        marks
            .extend(spans.iter().filter(|&&span| span != claim.span).map(|&span| Mark::new(span, field, style(field))));
    }
    marks.extend(claim.contested.iter().map(|contest| Mark::new(contest.span, &contest.how, style("contested"))));
    let mut out = heading(&head, &format!(", {voice}"), page);
    out.push_str(&excerpts.show(claim.quote.span, &marks));
    out.push_str(&tree::show(claim, text, page));
    out
}

fn shown_refusal(
    refusal: &Refusal,
    text: &str,
    excerpts: &Excerpts,
    page: Page,
    reason: &dyn Fn(&str) -> String,
) -> String {
    let figure = plain(refusal.span.of(text));
    let reason = reason(&refusal.reason);
    let mut marks = vec![Mark::figure(refusal.span, &reason, style("refused"))];
    if refusal.because != refusal.span {
        marks.push(Mark::new(refusal.because, "because of this", DIM));
    }
    let by = refusal.claimant.as_ref().map(|party| format!(", by {}", plain(party))).unwrap_or_default();
    let head = format!("not taken: {figure}");
    let near = excerpts.near(refusal.quote, &[refusal.span, refusal.because]);
    heading(&head, &format!(", {reason}{by}"), page) + &excerpts.show(near, &marks)
}

/// Bold words, then plain ones.
fn heading(bold: &str, rest: &str, page: Page) -> String {
    let fits = crate::text::width(bold) + crate::text::width(rest) <= page.width;
    if fits {
        return format!("{}{rest}\n", page.paint(bold, BOLD));
    }
    wrap(&format!("{bold}{rest}"), page.width).iter().map(|line| format!("{}\n", page.paint(line, BOLD))).collect()
}

/// One colour for one question.
fn style(field: &str) -> Style {
    let colour = match field {
        "value" | "hedge" => AnsiColor::Cyan,
        "outcome" | "scope" => AnsiColor::Red,
        "counted" => AnsiColor::Green,
        "side" | "place" => AnsiColor::Blue,
        "claimant" | "citing" | "via" | "said" => AnsiColor::Magenta,
        _ => AnsiColor::Yellow,
    };
    colour.on_default()
}

/// What covers both.
fn hull(a: Span, b: Span) -> Span {
    Span { start: a.start.min(b.start), end: a.end.max(b.end) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented;
    use snapbox::{assert_data_eq, str};

    #[test]
    fn a_claim_is_explained() {
        let page = Page { width: 100, colour: false };
        let shown = show(&invented::reading(), page, &|key| format!("a {key}"));
        assert_data_eq!(
            shown,
            str![[r#"
invented-1 · Gazette d'Ostrie · published 2031-05-05 · language fr

>1200 military killed, of XB, says XA/mod
  │
3 │ Le ministère de la Défense d'Ostrie a affirmé mardi que plus de 1 200 soldats karnais avaient
  │ ───────────────────────────────────           ─────     ─────── ━━━━━ ─────────────── ───────
  │ claimant                                      stated    hedge   value counted side    outcome
  │ été tués depuis le début des combats, le 3 avril.
  │ ──────── ─────────────────────────────────────── from
  ├─ value      >1200
  │  └─ "1 200"                                 figure
  ├─ hedge      more_than
  │  └─ "plus de"                               fr/figure#plus-de  packs/fr/figure.toml:41
  ├─ outcome    killed
  │  └─ "avaient été tués"                      fr/outcome#tuer    packs/fr/outcome.toml:12
  ├─ counted    military
  │  └─ "soldats karnais"                       fr/counted#soldat  packs/fr/counted.toml:7
  ├─ side       XB
  │  └─ "karnais"                               parties#XB         packs/parties.toml:120
  ├─ claimant   XA/mod
  │  └─ "Le ministère de la Défense d'Ostrie"   fr/names#XA/mod    packs/fr/names.toml:88
  ├─ stated     2031-05-04
  │  └─ "mardi"                                 date: a weekday looks back
  ├─ from       2031-04-03
  │  └─ "depuis le début des combats, le 3 a…"  fr/date#depuis     packs/fr/date.toml:30
  ├─ to         2031-05-04
  ├─ scope      cumulative
  ├─ said       asserted
  └─ confidence 97 % of the claim, 90 % of the claimant

~35 tank lost, of XB, says XA/mod
  │
3 │ Le ministère de la Défense d'Ostrie a affirmé mardi que plus de 1 200 soldats
  │ ───────────────────────────────────────────── claimant
  ⋮
3 │ Il a ajouté que la Karnie avait perdu environ 35 chars.
  │                 ───────── ─────────── ─────── ━━ ───── counted
  │                 side      outcome     hedge   value
  ├─ value      ~35
  │  └─ "35"                                    figure
  ├─ hedge      about
  │  └─ "environ"                               fr/figure#environ  packs/fr/figure.toml:22
  ├─ outcome    lost
  │  └─ "avait perdu"                           fr/outcome#perdre  packs/fr/outcome.toml:3
  ├─ counted    tank
  │  └─ "chars"                                 fr/counted#char    packs/fr/counted.toml:52
  ├─ side       XB
  │  └─ "la Karnie"                             parties#XB         packs/parties.toml:120
  ├─ claimant   XA/mod
  │  └─ "Le ministère de la Défense d'Ostrie…"  speakers: "Il" is the last speaker
  ├─ stated     2031-05-04
  ├─ from       2031-04-03
  ├─ to         2031-05-04
  ├─ scope      cumulative
  ├─ said       asserted
  └─ confidence 97 % of the claim, 90 % of the claimant

[20..99] civilian wounded, of XA, says XA/local/Valmont
  │
4 │ Selon l'hôpital de Valmont, des dizaines de civils ont été blessés lundi dans un bombardement.
  │       ────────────────────      ━━━━━━━━    ────── ─────────────── ───── from
  │       claimant                  value       │      outcome
  │                                             counted
  ├─ value      [20..99]
  │  └─ "dizaines"              figure
  ├─ hedge      vague
  ├─ outcome    wounded
  │  └─ "ont été blessés"       fr/outcome#blesser    packs/fr/outcome.toml:66
  ├─ counted    civilian
  │  └─ "civils"                fr/counted#civil      packs/fr/counted.toml:19
  ├─ side       XA
  ├─ claimant   XA/local/Valmont
  │  └─ "l'hôpital de Valmont"  fr/attribution#selon  packs/fr/attribution.toml:5
  ├─ stated     2031-05-05
  ├─ from       2031-05-03
  │  └─ "lundi"                 date: a weekday looks back
  ├─ to         2031-05-03
  ├─ scope      incident
  ├─ place      XA/Valmont
  ├─ said       asserted
  └─ confidence 97 % of the claim, 90 % of the claimant

not taken: 1871, a year
  │
5 │ La ville, fondée en 1871, compte 40 000 habitants.
  │           ───────── ━━━━ a year
  │           because of this

not taken: 40 000, a subject
  │
5 │ La ville, fondée en 1871, compte 40 000 habitants.
  │                                  ━━━━━━ ───────── because of this
  │                                  a subject

"#]]
        );
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for width in [40, 60, 100] {
            let shown = show(&invented::reading(), Page { width, colour: false }, &|key| key.to_owned());
            for line in shown.lines() {
                assert!(crate::text::width(line) <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn spans_that_do_not_fit_the_text_break_nothing() {
        let mut reading = invented::reading();
        reading.document.text.truncate(30);
        show(&reading, Page { width: 80, colour: true }, &|key| key.to_owned());
    }
}
