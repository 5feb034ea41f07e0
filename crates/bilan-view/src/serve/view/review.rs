//! Lets people say of a claim whether it was read right.
//!
//! In: the claims of which we are least sure, or those that fit a filter; then a verdict. Out: a page with a form for
//! each; an entry of the ledger.
//!
//! A person's word must never be lost to a closed browser: each verdict is an entry of its own, written before the next
//! claim is shown.

use super::super::asked::{Asked, Made, NoPage, query};
use super::super::page::{ReviewPage, ToReview, brief, line_of};
use super::super::room::Room;
use crate::label::Labels;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use bilan_ledger::{Ledger, REVIEWED, Review, Reviewing, Verdict};
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many claims stand on a page.
const CLAIMS: usize = 10;

/// The longest note, in bytes.
const NOTE: usize = 2000;

/// The page.
pub fn review(asked: &Asked) -> Result<Made, NoPage> {
    Ok(Made::html(page(asked, None)?))
}

/// A verdict.
pub async fn review_one(State(room): State<Arc<Room>>, request: Request) -> Response {
    super::posted(room, request, |asked| match written(asked) {
        Ok(()) => {
            let back = asked.posted("back");
            // Only to a page of ours.
            let back = if back.starts_with("/review") { back } else { "/review" };
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, back.to_owned())]).into_response())
        }
        Err(NoPage(status, "bad_request", why)) => {
            let why = asked.labels.fill("bad_request", &[("why", &why)]);
            Ok((status, Html(page(asked, Some(why))?)).into_response())
        }
        Err(wrong) => Err(wrong),
    })
    .await
}

/// Keeps the verdict that was posted.
pub fn written(asked: &Asked) -> Result<(), NoPage> {
    if !asked.leave.write {
        return Err(NoPage(StatusCode::UNAUTHORIZED, "token_to_write", String::new()));
    }
    let some = |name: &str| Some(asked.posted(name).to_owned()).filter(|words| !words.is_empty());
    let wrong = |name: &str| asked.wrong(name, asked.posted(name));
    let verdict = match asked.posted("verdict") {
        "accept" => Verdict::Accept,
        "correct" => Verdict::Correct,
        "reject" => Verdict::Reject,
        "note" => Verdict::Note,
        _ => return Err(wrong("verdict")),
    };
    let role = asked.posted("role");
    if role.is_empty() || role.len() > 80 || role.contains(char::is_control) {
        return Err(wrong("role"));
    }
    if asked.posted("note").len() > NOTE {
        return Err(wrong("note"));
    }
    let said = Reviewing {
        figure: asked.posted("figure").to_owned(),
        n: match asked.posted("n") {
            "" => 0,
            words => words.parse().map_err(|_| wrong("n"))?,
        },
        verdict,
        field: some("field").filter(|_| matches!(verdict, Verdict::Accept | Verdict::Correct)),
        value: some("value").filter(|_| verdict == Verdict::Correct),
        note: some("note"),
    };
    let mut ledger = Ledger::open(&asked.room.options.ledger)?;
    let kept = ledger.review(&[said], role, (asked.room.options.now)().timestamp());
    kept.map_err(|error| match error.is_locked() || error.is_read_only() {
        true => error.into(),
        false => NoPage(StatusCode::BAD_REQUEST, "bad_request", error.to_string()),
    })?;
    asked.room.forget();
    Ok(())
}

fn page(asked: &Asked, wrong: Option<String>) -> Result<String, NoPage> {
    let labels = asked.labels;
    let which = asked.which()?;
    let (mut rows, mut but) = (Vec::new(), BTreeSet::new());
    while rows.len() < CLAIMS {
        let Some(row) = asked.ledger.least_sure(&which.filter, &but)? else { break };
        but.insert(row.id);
        rows.push(row);
    }
    let mut claims = Vec::new();
    for row in &rows {
        let reviews = asked.ledger.reviews(Some(&row.document_hash))?;
        let own = reviews.iter().filter(|review| review.figure == row.figure && review.n == row.claim.n);
        let share = |hundredths: u8| hundredths.min(100).to_string();
        let sure =
            [("claim", &*share(row.claim.confidence.claim)), ("claimant", &*share(row.claim.confidence.claimant))];
        claims.push(ToReview {
            line: line_of(labels, row),
            figure: row.figure.clone(),
            n: row.claim.n,
            confidence: labels.fill("confidence_value", &sure),
            reviews: own.map(|review| in_words(labels, review)).collect(),
        });
    }
    let kept = asked.query.iter().filter(|(name, _)| name != "lang");
    let page = ReviewPage {
        claims,
        fields: REVIEWED.iter().map(|field| ((*field).to_owned(), labels.say(field).to_owned())).collect(),
        back: asked.frame().link(&query("/review", kept)),
        wrong,
        frame: asked.frame(),
    };
    Ok(page.render()?)
}

/// "accepted by desk, 19 May 2031".
pub fn in_words(labels: &Labels, review: &Review) -> String {
    let verdict = labels.say(match review.verdict {
        Verdict::Accept => "review_accepted",
        Verdict::Correct => "review_corrected",
        Verdict::Reject => "review_rejected",
        Verdict::Note => "review_noted",
    });
    let day = review.time.get(..10).and_then(|day| day.parse().ok()).map(|day| labels.date(&day)).unwrap_or_default();
    let mut words = labels.fill("review_by", &[("verdict", verdict), ("role", &brief(&review.role)), ("day", &day)]);
    if let Some(field) = &review.field {
        words.push_str(&format!(" ({})", labels.say(field)));
    }
    if let Some(note) = &review.note {
        words.push_str(&format!(" {}", labels.quoted(&brief(note))));
    }
    words
}
