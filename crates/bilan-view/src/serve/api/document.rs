//! Describes the API: OpenAPI 3.1 for programs, and a page for people, both from the types that are sent.
//!
//! In: the annotated answers. Out: `/openapi.json`, and its words as HTML.
//!
//! The JSON of a claim is put together key by key (`row/`), so its description stands here; a test holds the two to the
//! same keys, and a program that asks at random (schemathesis) holds every answer to its description.

use super::super::asked::{Asked, Made, NoPage};
use super::super::view::methods::escaped;
use super::*;
use std::fmt::Write;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "bilan",
        description = "Who says how many: claims as documents report them, and how they stand to each other. A sample, and \
                       never a count of what happened. Field names and values are those of the codebook."
    ),
    paths(
        super::documents,
        super::document,
        super::claims,
        super::search,
        super::statements,
        super::series,
        super::compare,
        super::check,
        super::cite,
        super::export,
        super::reviews,
        super::review
    ),
    components(
        schemas(Problem, Claim, Form),
        responses(super::Wrong, super::Missing, super::Failed, super::NoToken, super::TooLong)
    )
)]
struct Description;

/// Claims, a page of them.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it describes what `answer::claims` sends")]
pub struct Claims {
    /// In order of arrival.
    claims: Vec<Claim>,
    /// What to give as `after` for the next page; null when there is none.
    next: Option<i64>,
    /// What the answer rests on.
    coverage: answer::Coverage,
}

/// A form of a file.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[allow(dead_code, reason = "it describes a path")]
pub enum Form {
    Csv,
    Json,
    Jsonl,
}

/// One figure that somebody puts on a toll or a force, as one document reports it. The codebook explains each field.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it describes what `row` writes")]
pub struct Claim {
    /// What one cites: document hash, first byte, length.
    figure: String,
    document: String,
    text_hash: String,
    reader: String,
    /// The figure as written; null when taken out.
    words: Option<String>,
    start: u32,
    end: u32,
    char_start: Option<u32>,
    char_end: Option<u32>,
    /// Canonical text: `816`, `>=816`, `~14400`, `[200..999]`.
    value: String,
    point: Option<u64>,
    low: Option<u64>,
    high: Option<u64>,
    open: Vec<String>,
    bounds: String,
    hedge: String,
    outcome: String,
    counted: String,
    side: Option<String>,
    claimant: Option<String>,
    citing: Option<String>,
    via: Vec<String>,
    stated: Option<String>,
    from: Option<String>,
    to: Option<String>,
    scope: String,
    place: Option<String>,
    said: String,
    contested: Vec<Contest>,
    blamed: Option<String>,
    confidence: Confidence,
    quote: Quote,
    also: Vec<Vec<u32>>,
    as_said: BTreeMap<String, String>,
    spans: BTreeMap<String, Vec<Vec<u32>>>,
    why: Vec<String>,
    n: u8,
    title: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    published: Option<String>,
}

/// Who doubts, denies or confirms a figure, and in which words.
#[derive(ToSchema)]
#[schema(as = ClaimContest)]
#[allow(dead_code, reason = "as above")]
struct Contest {
    who: Option<String>,
    how: String,
    words: String,
    span: Vec<u32>,
}

/// How sure we are to have read it right; never about the toll.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
struct Confidence {
    claim: f64,
    claimant: f64,
}

/// The sentence.
#[derive(ToSchema)]
#[allow(dead_code, reason = "as above")]
struct Quote {
    text: Option<String>,
    start: u32,
    end: u32,
    translated: bool,
}

/// `/openapi.json`
pub fn openapi(_: &Asked) -> Result<Made, NoPage> {
    json(&Description::openapi())
}

/// The description in words, as HTML of ours.
pub fn in_words() -> String {
    let described = serde_json::to_value(Description::openapi()).unwrap_or_default();
    let mut page = String::from("<p><a href=\"/openapi.json\">openapi.json</a></p>\n");
    let text = |value: &serde_json::Value| escaped(value.as_str().unwrap_or_default());
    for (path, methods) in described["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let summary = match &operation["summary"] {
                serde_json::Value::Null => text(&operation["description"]),
                summary => text(summary),
            };
            let _ =
                write!(page, "<h2><code>{} {}</code></h2>\n<p>{summary}</p>\n", method.to_uppercase(), escaped(path));
            let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
            if !parameters.is_empty() {
                page.push_str("<dl>\n");
                for parameter in parameters {
                    let _ = writeln!(
                        page,
                        "<div><dt><code>{}</code></dt><dd>{}</dd></div>",
                        text(&parameter["name"]),
                        text(&parameter["description"])
                    );
                }
                page.push_str("</dl>\n");
            }
            let statuses: Vec<String> =
                operation["responses"].as_object().into_iter().flatten().map(|(status, _)| escaped(status)).collect();
            let _ = writeln!(page, "<p>{}</p>", statuses.join(", "));
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let source = include_str!("mod.rs");
        let routes = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let routes: std::collections::BTreeSet<String> = routes.map(|route| format!("/api/v1{route}")).collect();
        let described = Description::openapi().paths.paths.into_keys().collect();
        assert_eq!(routes, described);
    }
}
