//! Tells which language a text is in, among those that a pack reads.
//!
//! In: a text and the packs' languages. Out: one of them, or nothing.
//!
//! "Three soldiers were killed" is Turkish to a detector that may choose among all languages: languages of the press
//! are measured first, which for a line is all that can be done. A page that they leave in doubt is measured against
//! all, so that Basque is not read as French.

use std::borrow::Cow;
use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// Below this many bytes a text is a line.
const LINE: usize = 240;

/// A page is measured on three pieces of this many bytes: a quoted paragraph does not decide alone.
const PIECE: usize = 120;

/// The language of a text when one of `packs` (as `fr`) reads it.
pub fn language(text: &str, packs: &[&str]) -> Option<String> {
    let found = detect(text, packs)?;
    packs.iter().find(|name| lang(name) == Some(found)).map(|&name| name.to_owned())
}

/// The language that a text looks like, whether a pack reads it or not, for those whom it is told.
pub fn looks_like(text: &str, packs: &[&str]) -> Option<String> {
    let found = detect(text, packs)?;
    names().find(|(_, lang)| *lang == found).map(|(name, _)| name.to_owned())
}

fn detect(text: &str, packs: &[&str]) -> Option<Lang> {
    let text = text.trim();
    let sample = sample(text);
    let mut found = press(packs).detect(&sample)?;
    if text.len() >= LINE && !found.is_reliable() {
        found = Detector::new().detect(&sample)?;
    }
    Some(found.lang())
}

/// The language of a paragraph is beyond doubt, among all or among those of the press.
pub(super) fn is_told(text: &str, packs: &[&str]) -> bool {
    let sample = sample(text);
    let is_sure = |detector: &Detector| detector.detect(&sample).is_some_and(|found| found.is_reliable());
    is_sure(&Detector::new()) || is_sure(&press(packs))
}

/// Chooses among the languages of the press and of the packs.
fn press(packs: &[&str]) -> Detector {
    Detector::with_allowlist(PRESS.split(' ').chain(packs.iter().copied()).filter_map(lang).collect())
}

/// Three pieces of a text, or all of a short one.
fn sample(text: &str) -> Cow<'_, str> {
    if text.len() <= 3 * PIECE {
        return text.into();
    }
    let mut sample = String::with_capacity(3 * PIECE + 3);
    for third in 0..3 {
        let start = text.ceil_char_boundary(text.len() / 3 * third);
        sample.push_str(&text[start..text.floor_char_boundary(start + PIECE)]);
        sample.push('\n');
    }
    sample.into()
}

fn lang(name: &str) -> Option<Lang> {
    names().find(|(short, _)| *short == name).map(|(_, lang)| lang)
}

fn names() -> impl Iterator<Item = (&'static str, Lang)> {
    static LANGS: LazyLock<Vec<(&str, Lang)>> = LazyLock::new(|| {
        let pairs = NAMES.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.filter_map(|(short, long)| Some((short, Lang::from_code(long)?))).collect()
    });
    LANGS.iter().copied()
}

/// Languages that news is likely to be in.
const PRESS: &str = "ar be bg ca cs da de en es fa fr he hu it nl pl pt ro ru sr sv tr uk";

/// ISO 639-1 names of the languages that the detector knows by ISO 639-3.
const NAMES: &str = "\
    af=afr am=amh ar=ara az=aze be=bel bg=bul bn=ben ca=cat cs=ces cy=cym da=dan de=deu el=ell en=eng eo=epo es=spa \
    et=est fa=pes fi=fin fr=fra gu=guj he=heb hi=hin hr=hrv hu=hun hy=hye id=ind it=ita ja=jpn ka=kat km=khm kn=kan \
    ko=kor lt=lit lv=lav mk=mkd ml=mal mr=mar my=mya ne=nep nl=nld no=nob pa=pan pl=pol pt=por ro=ron ru=rus sk=slk \
    sl=slv sr=srp sv=swe ta=tam te=tel th=tha tr=tur uk=ukr ur=urd uz=uzb vi=vie zh=cmn";

#[cfg(test)]
mod tests {
    use super::*;

    const PACKS: [&str; 4] = ["fr", "en", "uk", "ru"];

    #[test]
    fn lines() {
        for (text, lang) in [
            ("Le ministère annonce douze morts dans le nord du pays", Some("fr")),
            ("Three soldiers were killed on Monday", Some("en")),
            ("Министерство сообщило о гибели двенадцати военных", Some("ru")),
            ("Генштаб: втрати сягнули трьохсот осіб, повідомили вночі", Some("uk")),
            ("Drei Soldaten wurden am Montag getötet", None),
            ("", None),
            ("1 234", None),
        ] {
            assert_eq!(language(text, &PACKS).as_deref(), lang, "{text}");
        }
        // Invented; the only pack is French, and a line of English is still not French.
        assert_eq!(language("Three soldiers were killed on Monday", &["fr"]), None);
        assert_eq!(looks_like("Three soldiers were killed on Monday", &["fr"]).as_deref(), Some("en"));
    }

    #[test]
    fn pages() {
        let page = |line: &str| format!("{}\n", line.repeat(12));
        let french = page("L’armée a déclaré hier que ses troupes avaient quitté la vallée sans combattre. ");
        assert_eq!(language(&french, &["fr"]).as_deref(), Some("fr"));
        let catalan = page("L’exèrcit va declarar ahir que les seves tropes havien deixat la vall sense combatre. ");
        assert_eq!(language(&catalan, &["fr"]), None);
        let mixed = format!("« The troops have left, and nobody shall return before the winter is over. »\n{french}");
        assert_eq!(language(&mixed, &PACKS).as_deref(), Some("fr"));
    }

    #[test]
    fn every_name_is_known_to_the_detector() {
        for (short, long) in NAMES.split(' ').filter_map(|pair| pair.split_once('=')) {
            assert!(lang(short).is_some(), "{long}");
        }
        assert!(PRESS.split(' ').all(|name| lang(name).is_some()));
    }
}
