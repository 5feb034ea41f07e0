//! Looks up a sentence or an article that somebody pastes.
//!
//! In: words. Out: for each figure in them who said it, where and when, who says otherwise; or plainly that this ledger
//! knows nothing of it.
//!
//! "not found" must not sound like "false": most figures of the world are in no ledger.

use super::super::asked::{Asked, Made, NoPage};
use super::super::page::{CheckPage, CheckedFigure, Hit, brief, coverage};
use super::super::room::Room;
use super::compare::texts;
use crate::answer::{self, Check, Checked, Found, Which};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use bilan::document::Given;
use bilan::pack::Packs;
use bilan::{Reader, claim::Date};
use std::sync::{Arc, LazyLock};

/// The reader inside the program; `None` when its packs are broken, which its own tests would have told.
static READER: LazyLock<Option<Reader>> = LazyLock::new(|| Packs::embedded().ok().map(Reader::new));

/// The form.
pub fn check(asked: &Asked) -> Result<Made, NoPage> {
    Ok(Made::html(page(asked, None)?))
}

/// The answer to what was pasted.
pub async fn check_text(State(room): State<Arc<Room>>, request: Request) -> Response {
    super::posted(room, request, |asked| {
        let found = answered(asked)?;
        Ok((StatusCode::OK, Html(page(asked, Some(&found))?)).into_response())
    })
    .await
}

/// What the ledger knows of the words posted as `text`, said on the day `published` where that is given.
pub fn answered(asked: &Asked) -> Result<Check, NoPage> {
    let text = asked.posted("text");
    if text.is_empty() {
        return Err(NoPage(StatusCode::BAD_REQUEST, "bad_request", "text is missing".into()));
    }
    let published = match asked.posted("published") {
        "" => None,
        words => Some(words.parse::<Date>().map_err(|_| asked.wrong("published", words))?),
    };
    let broken = || NoPage(StatusCode::INTERNAL_SERVER_ERROR, "failed", "the packs cannot be read".into());
    let reader = READER.as_ref().ok_or_else(broken)?;
    let lang = Some(asked.posted("language").to_owned()).filter(|lang| !lang.is_empty());
    let given = Given { lang, force_published: published, ..Given::default() };
    let on = published.and_then(|date| date.last_day()).unwrap_or_else(|| asked.today());
    Ok(answer::check(asked.ledger, reader, text, &given, on, &Which::all(!asked.leave.whole))?)
}

fn page(asked: &Asked, found: Option<&Check>) -> Result<String, NoPage> {
    let labels = asked.labels;
    let counted = match found {
        Some(found) => found.coverage,
        None => answer::Coverage::of(asked.ledger)?,
    };
    let page = CheckPage {
        text: asked.posted("text").to_owned(),
        published: asked.posted("published").to_owned(),
        asked: found.is_some(),
        digits_only: found.is_some_and(|found| found.digits_only),
        figures: found.into_iter().flat_map(|found| &found.figures).map(|figure| checked(asked, figure)).collect(),
        coverage: coverage(labels, &counted),
        frame: asked.frame(),
    };
    Ok(page.render()?)
}

fn checked(asked: &Asked, figure: &Checked) -> CheckedFigure {
    let labels = asked.labels;
    let read = figure.read.as_ref().map(|read| {
        let mut words = labels.fill(
            "whose_what",
            &[("whose", &labels.side(read.side.as_deref())), ("what", &labels.what(&read.counted, &read.outcome))],
        );
        if let Some(claimant) = &read.claimant {
            words.push_str(&format!(" · {}", labels.party(claimant)));
        }
        words
    });
    CheckedFigure {
        words: labels.quoted(&brief(&figure.words)),
        value: labels.value(&figure.value),
        read,
        reason: figure.reason.as_ref().map(|reason| labels.kind("refused", reason)),
        found: figure.found.iter().map(|found| hit(asked, found)).collect(),
        more: (figure.more > 0).then(|| labels.fill("more_found", &[("n", &labels.number(figure.more as u64))])),
        otherwise: figure
            .otherwise
            .iter()
            .map(|other| Hit {
                note: format!("{}, {}", labels.as_of(&other.statement.told), labels.age(other.age)),
                ..statement(asked, &other.statement)
            })
            .collect(),
    }
}

fn hit(asked: &Asked, found: &Found) -> Hit {
    let labels = asked.labels;
    let mut note = labels
        .say(match found.number {
            "same" => "number_same",
            "rounds" => "number_rounds",
            "rounded" => "number_rounded",
            "near" => "number_near",
            _ => "number_hedged",
        })
        .to_owned();
    if !found.differs.is_empty() {
        let line = &found.statement.line;
        let field = |field: &&str| match *field {
            "side" => labels.fill("told_of", &[("whose", &labels.side(line.side.as_deref()))]),
            "counted" => labels.fill("told_of", &[("whose", &labels.kind("counted", &line.counted))]),
            "outcome" => labels.fill("told_as", &[("outcome", &labels.kind("outcome", &line.outcome))]),
            _ => labels.say("another_voice").to_owned(),
        };
        let fields: Vec<String> = found.differs.iter().map(field).collect();
        note.push_str(&labels.fill("but_differs", &[("fields", &fields.join(", "))]));
    }
    let sentence = found.sentence.as_deref().map(|words| labels.quoted(&super::super::page::sentence(words)));
    Hit { note, sentence, ..statement(asked, &found.statement) }
}

fn statement(asked: &Asked, statement: &answer::Statement) -> Hit {
    let labels = asked.labels;
    let (line, told) = (&statement.line, &statement.told);
    let place = told.appearances.first();
    Hit {
        who: labels.speaker(line),
        value: labels.spoken(&told.value),
        measure: labels.line(line),
        day: labels.as_of(told),
        texts: texts(labels, told),
        href: place.map(|at| asked.frame().link(&format!("/statement/{}?n={}", at.figure, at.n))),
        note: String::new(),
        sentence: None,
        contested: told.contested.iter().map(|contest| labels.contest(contest)).collect(),
    }
}
