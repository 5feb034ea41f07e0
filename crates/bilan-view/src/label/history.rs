//! Says how claims stand to each other in the reader's language.
//!
//! In: parts of answers. Out: words and sentences.
//!
//! "comparable only if losses is read as killed" names two closed words; each must be the reader's own word for it.

use super::Labels;
use crate::answer::{Apart, Coverage, Group, Line, Retelling, Subject, Told};
use crate::printed::brief;
use bilan::claim::{Date, Value};

impl Labels {
    /// A value where the words said are not at hand: bounds that are ours are told as ours.
    pub fn spoken(&self, value: &Value) -> String {
        match value.ours {
            true => self.fill("value_ours", &[("value", &self.value(value))]),
            false => self.value(value),
        }
    }

    /// Who speaks: a party, a local authority by its words, a reporter, or somebody whom no party stands for.
    pub fn speaker(&self, line: &Line) -> String {
        self.voice(line.claimant.as_deref(), &line.voice, line.told_in.as_deref(), line.unidentified.as_deref())
    }

    /// Who tells a figure again, or first told it.
    pub fn teller(&self, told: &Retelling) -> String {
        self.voice(told.claimant.as_deref(), &told.voice, told.told_in.as_deref(), told.unidentified.as_deref())
    }

    fn voice(&self, claimant: Option<&str>, voice: &str, told_in: Option<&str>, unidentified: Option<&str>) -> String {
        match claimant {
            Some(party) => match voice.strip_prefix(party).map(|words| words.trim().trim_matches('"')) {
                Some(words) if !words.is_empty() => {
                    let country = party.split('/').next().unwrap_or_default();
                    format!("{} ({})", self.quoted(&brief(words)), self.party(country))
                }
                _ => self.party(party),
            },
            None => {
                let outlet = brief(told_in.unwrap_or(voice));
                match unidentified {
                    Some("") => self.fill("somebody_in", &[("outlet", &outlet)]),
                    Some(role) => self.fill("role_in", &[("who", &self.quoted(&brief(role))), ("outlet", &outlet)]),
                    None => self.fill("reporter_of", &[("outlet", &outlet)]),
                }
            }
        }
    }

    /// What was and was not read, in parts: silence must never look like absence.
    pub fn coverage(&self, counted: &Coverage) -> Vec<String> {
        let parts = [
            ("documents", counted.documents),
            ("claims", counted.claims),
            ("figures_refused", counted.refused),
            ("without_text", counted.without_text),
            ("without_pack", counted.without_pack),
            ("without_date", counted.without_date),
            ("taken_out", counted.redacted),
            ("unreadable", counted.unreadable),
        ];
        let told = parts.into_iter().filter(|(key, n)| *n > 0 || *key == "documents");
        told.map(|(key, n)| self.fill(key, &[("n", &self.number(n))])).collect()
    }

    /// Who doubts, denies or confirms a figure.
    pub fn contest(&self, contest: &crate::answer::Contest) -> String {
        let who = contest.who.as_deref().map_or_else(|| self.say("reporter").to_owned(), |who| self.party(who));
        format!("{}, {who}", self.kind("contested", &contest.how))
    }

    /// How old a figure is, in days: at least, and at most when that is known.
    pub fn age(&self, age: (i64, Option<i64>)) -> String {
        let n = |n: i64| self.number(n.unsigned_abs());
        match age {
            (0, Some(0)) => self.say("age_same").to_owned(),
            (1, Some(1)) => self.say("age_one").to_owned(),
            (least, Some(most)) if least == most => self.fill("age_days", &[("n", &n(least))]),
            (least, Some(most)) => self.fill("age_between", &[("a", &n(least)), ("b", &n(most))]),
            (0, None) => self.say("age_unknown").to_owned(),
            (least, None) => self.fill("age_least", &[("n", &n(least))]),
        }
    }

    /// What a group of figures counts: "Karsenia: military, killed · running total".
    pub fn group(&self, subject: &Subject, group: &Group) -> String {
        let tail = self.group_tail(subject, group);
        self.measure(subject.side.as_deref(), &subject.counted, &group.outcome, &tail)
    }

    /// The kind of count of a group, or its event.
    pub fn group_tail(&self, subject: &Subject, group: &Group) -> String {
        let place = subject.place.as_deref().filter(|_| subject.event);
        let event = group.figures.first().and_then(|figure| figure.statement.line.event.as_deref());
        self.what_of(&group.scope, place, subject.day.as_ref(), event)
    }

    /// What a line counts.
    pub fn line(&self, line: &Line) -> String {
        let event = line.scope == "incident";
        let tail = self.what_of(
            &line.scope,
            line.place.as_deref().filter(|_| event),
            line.day.as_ref(),
            line.event.as_deref(),
        );
        self.measure(line.side.as_deref(), &line.counted, &line.outcome, &tail)
    }

    fn measure(&self, side: Option<&str>, counted: &str, outcome: &str, tail: &str) -> String {
        let what = format!("{} · {tail}", self.what(counted, outcome));
        self.fill("whose_what", &[("whose", &self.side(side)), ("what", &what)])
    }

    /// The kind of count, or the event: its place and day, or the document that does not tell both.
    pub fn what_of(&self, scope: &str, place: Option<&str>, day: Option<&Date>, event: Option<&str>) -> String {
        match (scope, place, day) {
            ("incident", Some(place), Some(day)) => format!("{}, {}", self.place(place), self.date(day)),
            ("incident", ..) => self.fill("event_untold", &[("document", &self.quoted(&brief(event.unwrap_or("?"))))]),
            (scope, ..) => self.kind("scope", scope),
        }
    }

    /// As of when a figure counts; a run of days as a stretch, an increment with both its ends.
    pub fn as_of(&self, told: &Told) -> String {
        let days = match (told.from, told.to) {
            (None, None) if told.first == told.last => told.first.as_ref().map(|date| self.date(date)),
            (None, None) => self.covers(told.first.as_ref(), told.last.as_ref()),
            (from, to) => self.covers(from.as_ref(), to.as_ref()),
        };
        days.unwrap_or_else(|| self.say("undated").to_owned())
    }

    /// Why two groups are not compared.
    pub fn apart(&self, apart: &Apart) -> String {
        let Some(form) = self.get("reason", apart.reason) else { return brief(&apart.words) };
        let word = |at: usize| {
            let word = apart.between.get(at).map_or("", String::as_str);
            match apart.reason {
                "other_outcome" | "only_if_read_as" => self.kind("outcome", word),
                "other_counted" | "mixed_class" => self.kind("counted", word),
                "other_scope" | "not_totals" => self.kind("scope", word),
                "other_side" => self.side(Some(word)),
                "other_place" => self.place(word),
                "other_start" => word.parse().map_or_else(|_| brief(word), |date| self.date(&date)),
                _ => brief(word),
            }
        };
        super::fill(form, &[("n", &word(0)), ("a", &word(0)), ("b", &word(1))])
    }

    /// How a figure stands to another, as the beginning of a sentence that ends with the other. `words`: the word it
    /// had and the word it has; `by`: by how many it rises or falls.
    pub fn relation(&self, relation: &str, words: Option<&(String, String)>, by: Option<u64>) -> String {
        let form = self.get("relation", relation).unwrap_or(relation);
        let either = |key: &str| match self.get("outcome", key) {
            Some(_) => self.kind("outcome", key),
            None => self.kind("counted", key),
        };
        match (words, by) {
            (Some((was, is)), _) => super::fill(form, &[("a", &either(was)), ("b", &either(is))]),
            (None, Some(by)) => {
                let form = self.get("relation", &format!("{relation}_by")).unwrap_or(form);
                super::fill(form, &[("n", &self.number(by))])
            }
            _ => form.to_owned(),
        }
    }
}
