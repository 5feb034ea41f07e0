//! Reads the messages of an export of Telegram.
//!
//! In: one message of `result.json`, and what its chat says of itself. Out: a [`Document`], or nothing to read.
//!
//! A ministry's channel is a source of its own. In a group people speak: who they are is left out, and a conversation
//! of two is not read at all.

use super::objects::Facts;
use super::open::Loss;
use super::papers::{Papers, Text, shorten};
use super::{Document, Given, Remark, moment};
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
struct Message {
    id: Option<i64>,
    #[serde(rename = "type")]
    kind: Option<String>,
    date: Option<String>,
    edited: Option<String>,
    forwarded_from: Option<Json>,
    text: Option<Json>,
}

/// What was passed over so far.
#[derive(Default)]
pub(super) struct Chats {
    /// Messages without a word.
    wordless: usize,
    /// Messages of private conversations.
    private: usize,
}

/// Where a channel's messages can be looked up.
const SITE: &str = "https://t.me/";

impl Chats {
    /// The document of a message; `None` when it carries no words. The error names the message.
    pub fn document(
        &mut self,
        message: &[u8],
        chat: &Facts,
        given: &Given,
    ) -> Result<Option<Document>, (String, String)> {
        let message: Message = serde_json::from_slice(message)
            .map_err(|wrong| (String::new(), format!("a message that cannot be read: {wrong}")))?;
        if matches!(chat.kind.as_str(), "personal_chat" | "bot_chat" | "saved_messages") {
            self.private += 1;
            return Ok(None);
        }
        let mut text = message.text.as_ref().map(words).unwrap_or_default().replace('\0', " ");
        if text.trim().is_empty() || message.kind.as_deref() == Some("service") {
            self.wordless += 1;
            return Ok(None);
        }
        let mut remarks = vec![];
        shorten(&mut text, false, &mut remarks);
        let channel = chat.kind.ends_with("channel");
        if let Some(origin) = message.forwarded_from.as_ref() {
            let origin = origin.as_str().filter(|origin| channel && !origin.is_empty());
            let words =
                origin.map_or("forwarded from elsewhere".to_owned(), |origin| format!("forwarded from {origin}"));
            remarks.push(Remark::new("forwarded", words));
        }
        let day = |text: Option<&str>| text.and_then(|text| moment::day(text, &given.months));
        if let Some(edited) = day(message.edited.as_deref()) {
            remarks.push(Remark::new("modified", format!("changed on {edited}, as the export says")));
        }
        let id = message.id.map(|id| id.to_string());
        let address = id.as_deref().and_then(|id| address(chat, id, given));
        let name = (!chat.name.is_empty()).then(|| chat.name.clone());
        let papers = Papers {
            id: address.as_deref().map(|address| address.trim_start_matches("https://").to_owned()),
            url: address,
            outlet: given.outlet.clone().or(name),
            lang: given.lang.clone(),
            published: day(message.date.as_deref()).map(|date| ("the message", date)).into_iter().collect(),
            ..Papers::default()
        };
        Ok(Some(Text { text, title: 0, boilerplate: vec![], remarks }.document(papers, given)))
    }

    /// What was passed over, in words, once.
    pub fn wordless(&mut self) -> Option<(String, Loss)> {
        let (wordless, private) = (std::mem::take(&mut self.wordless), std::mem::take(&mut self.private));
        let mut parts = vec![];
        if wordless > 0 {
            parts.push(match wordless {
                1 => "1 message carries no words".to_owned(),
                n => format!("{n} messages carry no words"),
            });
        }
        if private > 0 {
            parts.push(format!("{private} messages of private conversations are not read"));
        }
        (!parts.is_empty()).then(|| (parts.join("; "), Loss::Wordless(wordless + private)))
    }
}

/// The address of a message: under the channel's own when the caller gives it, else the one that members can open.
fn address(chat: &Facts, id: &str, given: &Given) -> Option<String> {
    match given.url.as_deref() {
        Some(url) => Some(format!("{}/{id}", url.trim_end_matches('/'))),
        None if chat.id.is_empty() => None,
        None => Some(format!("{SITE}c/{}/{id}", chat.id)),
    }
}

/// A text is a string, or a list of strings and of pieces with a look of their own.
fn words(text: &Json) -> String {
    match text {
        Json::String(text) => text.clone(),
        Json::Array(pieces) => pieces.iter().map(words).collect(),
        Json::Object(piece) => piece.get("text").and_then(Json::as_str).unwrap_or("").to_owned(),
        _ => String::new(),
    }
}
