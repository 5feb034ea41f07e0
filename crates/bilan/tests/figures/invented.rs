//! A language that nobody speaks, of a few lines of TOML, reads its own numbers, hedges and dates without Rust.
//!
//! Its hundreds are words of their own, units come before tens ("tri ka dubor": three and twenty), a star groups digits,
//! a colon-like "·" opens decimals, and the month stands before the day.

use super::{check, dates, document, figures};
use bilan::Reader;
use bilan::mention::Look;
use bilan::pack::Packs;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static INVENTED: LazyLock<Reader> = LazyLock::new(|| {
    let files = BTreeMap::from([
        ("kinds.toml".to_owned(), include_str!("../../../../packs/kinds.toml").to_owned()),
        ("xx/pack.toml".to_owned(), include_str!("invented/pack.toml").to_owned()),
        ("xx/figure.toml".to_owned(), include_str!("invented/figure.toml").to_owned()),
        ("xx/date.toml".to_owned(), include_str!("invented/date.toml").to_owned()),
        ("xx/sentence.toml".to_owned(), include_str!("invented/sentence.toml").to_owned()),
    ]);
    Reader::new(Packs::from_files(files).expect("the invented pack loads"))
});

#[test]
fn numbers_in_its_own_order() {
    check(
        &[
            ("Zu tri.", &["tri = 3"]),
            ("Zu tri ka dubor.", &["tri ka dubor = 23"]),
            ("Zu dugan tri ka dubor.", &["dugan tri ka dubor = 223"]),
            ("Zu dugan tri ka dubor mil pen.", &["dugan tri ka dubor mil pen = 223005"]),
            ("Zu tri dubor.", &["tri = 3", "dubor = 20"]),
            ("Zu dubor ka tri.", &["dubor = 20", "tri = 3"]),
            ("Zu 14*400.", &["14*400 = 14400"]),
            ("Zu 14·4 mil.", &["14·4 mil = 14400"]),
        ],
        |text| figures(&INVENTED.mentions(&document("xx", text, None), Look::Back)),
    );
}

#[test]
fn hedges_and_ranges() {
    check(
        &[
            ("Zu vor 14 nim.", &["14 = >=14"]),
            ("Zu 14 lel.", &["14 = ~14"]),
            ("Zu mez 14 ta 20.", &["14 ta 20 = 14..20"]),
            ("Zu 14 zeb.", &["14 = 14 money"]),
        ],
        |text| figures(&INVENTED.mentions(&document("xx", text, None), Look::Back)),
    );
}

#[test]
fn months_before_days() {
    check(
        &[
            ("Ostrel 14, 2029", &["Ostrel 14, 2029 = 2029-03-14"]),
            ("Zu ostrel 14 nim.", &["ostrel 14 = 2031-03-14"]),
            ("Zu 3/14/2029.", &["3/14/2029 = 2029-03-14"]),
            ("Zu ostrel olim.", &["ostrel olim = 2031-03-01/2031-03-31"]),
            ("Zu tri sol mur.", &["tri sol mur = 2031-05-18"]),
            // "tri" is three, and a month where a year stands behind its stop.
            ("Zu tri. 2029 nim.", &["tri. 2029 = 2029-07-01/2029-07-31"]),
            ("Zu zo3 2029 nim.", &["zo3 2029 = 2029-07-01/2029-09-30"]),
            ("Zu murgal nim.", &["murgal = 1800-01-01/1899-12-31"]),
        ],
        |text| dates(&INVENTED.mentions(&document("xx", text, Some("2031-05-21")), Look::Back)),
    );
}
