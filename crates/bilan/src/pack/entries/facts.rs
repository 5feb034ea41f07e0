//! Facts of `parties.toml`, `persons.toml` and `events.toml`, shared by all languages.
//!
//! In: tables of TOML. Out: [`Party`]s, [`Person`]s, [`Event`]s.
//!
//! A person speaks for the office held on the day: roles have dates.

use crate::claim::Partial;
use serde::Deserialize;

/// A party of `parties.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// As `UA/general-staff`.
    pub id: String,
    /// As `military`.
    pub kind: String,
    /// Domains and channels whose posts are its own.
    #[serde(default)]
    pub speaks_at: Vec<String>,
    /// An armed group that is no state.
    #[serde(default)]
    pub armed: bool,
    /// Side of its people when not its own root.
    pub side: Option<String>,
    /// The country where it works, of a mission to one without soldiers: a text that names it is about that country.
    pub place: Option<String>,
}

/// A person of `parties.toml` with dated roles.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// As `zelensky`.
    pub key: String,
    /// Offices held.
    pub roles: Vec<RoleHeld>,
    /// `m` or `f`.
    pub gender: Option<String>,
}

/// An office held from a day to a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleHeld {
    /// Party id.
    pub party: String,
    /// First day.
    #[serde(default, deserialize_with = "partial")]
    pub from: Option<Partial>,
    /// Last day.
    #[serde(default, deserialize_with = "partial")]
    pub to: Option<Partial>,
}

/// An event of `events.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// As `ukraine-2022`.
    pub id: String,
    /// As `war`.
    pub kind: String,
    /// First day.
    #[serde(default, deserialize_with = "partial")]
    pub from: Option<Partial>,
    /// Last day.
    #[serde(default, deserialize_with = "partial")]
    pub to: Option<Partial>,
    /// Roots of the parties that fight.
    #[serde(default)]
    pub sides: Vec<String>,
    /// Who invaded, when that is what everybody calls it.
    pub attacker: Option<String>,
    /// Countries it takes place in.
    #[serde(default)]
    pub places: Vec<String>,
    /// Looked at only where its name is told.
    #[serde(default)]
    pub named: bool,
}

impl Event {
    /// Whether two sides fight in it, so that one is the other's enemy.
    pub fn has_two_sides(&self) -> bool {
        self.sides.len() == 2
    }

    /// Whether it is a war, and no battle, between two sides.
    pub fn is_war_of_two(&self) -> bool {
        self.kind == "war" && self.has_two_sides()
    }

    /// Whether it lasts: a war or a campaign, no attack and no disaster.
    pub fn lasts(&self) -> bool {
        matches!(&*self.kind, "war" | "operation")
    }

    /// Whether a side fights another one in it.
    pub fn is_fought_by(&self, root: &str) -> bool {
        self.has_two_sides() && self.sides.iter().any(|side| side == root)
    }
}

fn partial<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Partial>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}
