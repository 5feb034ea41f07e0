//! Entries of `date.toml`: words of dates and periods.
//!
//! In: tables of TOML. Out: [`Time`]s.
//!
//! "dernier" looks back from the publication date: how far is for the date reader.

use super::Words;
use crate::claim::Date;
use serde::Deserialize;

/// A word of a date.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// What it does.
    pub class: TimeClass,
    /// Headwords.
    pub word: Words,
    /// Name in inflection.toml.
    pub paradigm: Option<String>,
    /// Month 1-12, weekday 1-7 from Monday, hours of a unit, days back, an ordinal (-1: the last), or a third 1-3.
    #[serde(default)]
    pub value: i32,
    /// The days of a feast, a season or a sign, without year: `--12-25`, `--06-21/--09-22`.
    pub days: Option<Date>,
}

/// What a word of a date does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeClass {
    /// "mars"
    Month,
    /// "samedi"
    Weekday,
    /// "jour", "semaine": `value` hours; a month is 720, a year 8760
    Unit,
    /// "week-end": Saturday and Sunday of a week
    Weekend,
    /// "Noël", "été": `days`
    Days,
    /// "hier", "demain": `value` days back from publication
    Ago,
    /// "le lendemain": `value` days back from a day that the text tells
    Beside,
    /// "il y a" N unit
    AgoBefore,
    /// N unit "plus tôt", "auparavant"; alone before a date: N unit "avant" the 3rd
    AgoAfter,
    /// "dans" N unit
    AheadBefore,
    /// N unit "plus tard", "après"
    AheadAfter,
    /// "après" 2010
    After,
    /// 2010 "et après"
    Onward,
    /// "dernier", "passé": the last such date before publication
    Last,
    /// "prochain", "suivant": the first such date after publication
    Next,
    /// "ce", "cette", "en cours"
    This,
    /// "depuis"
    Since,
    /// "jusqu'au"
    Until,
    /// "avant le"
    Before,
    /// "au" 19 mars, "arrêté au"
    AsOf,
    /// "du" D1 "au" D2
    From,
    /// du D1 "au" D2
    To,
    /// "le"
    On,
    /// "le" 12: a day of a month that is not named
    OnDay,
    /// "en" 24 heures
    Within,
    /// "au cours des" dernières 24 heures
    During,
    /// "début", "mi", "fin": third 1, 2, 3 of what follows
    Part,
    /// "nuit"
    Night,
    /// "à ce jour", "jusqu'à présent"
    ToDate,
    /// "premier", "deuxième": `value`
    Ordinal,
    /// "années" 1990
    Decade,
    /// "siècle" behind an ordinal; with a `value` the whole: "XXe siècle"
    Century,
    /// "T3" beside a year: its `days`
    Sign,
    /// "l'année" 2008, "l'an" 2008
    Year,
    /// lundi "en huit": `value` days later
    Later,
    /// "le début de": opens what a stretch is counted from
    Start,
    /// "lancée" le 3 mai: what its noun is counted from
    Begun,
    /// le "plus" grave, "jamais": a stretch behind it is what it is measured by, and counts nothing
    Extreme,
    /// "à la même période": the stretch of the figure that is compared, in the year told beside it
    Same,
    /// "prévu" dimanche: a day that is still to come
    Planned,
    /// "toujours", "encore": what is told is so when it is said
    Still,
    /// Stands inside a date and adds nothing
    Filler,
}
