//! Takes Rust and SQL apart, as far as the rules need.
//!
//! In: a source. Out: its comments, literals and code; the commands it declares; the SQL that changes what stands.
//!
//! `'a` is a lifetime, `'a'` a letter, and `r#"..."#` may hold both: a search for words would trip over each of them.

use std::collections::BTreeSet;
use std::ops::Range;

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kind {
    Code,
    Comment,
    Text,
}

pub struct Piece {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// Cuts Rust into comments, literals and the code between them.
pub fn pieces(source: &str) -> Vec<Piece> {
    let bytes = source.as_bytes();
    let (mut pieces, mut code, mut at) = (vec![], 0, 0);
    while at < bytes.len() {
        let rest = &source[at..];
        let inside_word = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        let (kind, length) = if rest.starts_with("//") {
            (Kind::Comment, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (Kind::Comment, block_comment(rest))
        } else if let Some(length) = raw_text(rest).filter(|_| !inside_word) {
            (Kind::Text, length)
        } else if rest.starts_with('"') {
            (Kind::Text, quoted(rest, b'"'))
        } else if rest.starts_with("'\\") || rest.starts_with('\'') && rest.chars().nth(2) == Some('\'') {
            (Kind::Text, quoted(rest, b'\''))
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if code < at {
            pieces.push(Piece { kind: Kind::Code, range: code..at });
        }
        pieces.push(Piece { kind, range: at..at + length });
        at += length;
        code = at;
    }
    if code < at {
        pieces.push(Piece { kind: Kind::Code, range: code..at });
    }
    pieces
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn raw_text(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = body.len() - body.trim_start_matches('#').len();
    let open = rest.len() - body.len() + hashes;
    let inside = rest[open..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(open + 1 + inside.find(&close).map_or(inside.len(), |end| end + close.len()))
}

fn quoted(rest: &str, mark: u8) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if byte == mark => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The same text with blanks for all that is not code, so that braces can be counted.
fn only_code(source: &str) -> String {
    let mut text = String::new();
    for piece in pieces(source) {
        let part = &source[piece.range.clone()];
        match piece.kind {
            Kind::Code => text += part,
            _ => text.extend(part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' })),
        }
    }
    text
}

/// The same text with blanks for its `#[cfg(test)]` items.
pub fn without_tests(source: &str) -> String {
    let code = only_code(source);
    let mut text = source.as_bytes().to_vec();
    for (start, _) in code.match_indices("#[cfg(test)]") {
        let end = end_of_item(&code, start);
        text[start..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn end_of_item(code: &str, start: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b';' if depth == 0 => return at + 1,
            _ => continue,
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

/// Letters, and not the signs that Unicode counts among them: apostrophes and ordinal marks.
pub fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !['ª', 'º', '\u{2bb}', '\u{2bc}'].contains(&c)
}

pub fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap_or(("", part));
        out.extend(u32::from_str_radix(&code.replace('_', ""), 16).ok().and_then(char::from_u32));
        out += rest;
    }
    out
}

/// Where SQL changes what stands; a trigger that refuses it (`BEFORE UPDATE`) does not.
pub fn changes(sql: &str) -> Vec<usize> {
    let upper = sql.to_ascii_uppercase();
    let mut found = BTreeSet::new();
    for word in ["UPDATE ", "DELETE "] {
        found.extend(sql.match_indices(word).map(|(at, _)| at));
    }
    for words in ["DELETE FROM", "REPLACE INTO", "OR REPLACE", "DO UPDATE", "DROP TABLE"] {
        found.extend(upper.match_indices(words).map(|(at, _)| at));
    }
    for (at, _) in upper.match_indices("UPDATE ") {
        if upper[at..].split_whitespace().nth(2) == Some("SET") {
            found.insert(at);
        }
    }
    let mut found: Vec<usize> = found.into_iter().filter(|at| !upper[..*at].trim_end().ends_with("BEFORE")).collect();
    found.dedup_by_key(|at| line_of(sql, *at));
    found
}

/// Commands that clap will make of the enums, as `dev eval`.
pub fn commands(source: &str) -> Vec<String> {
    let code = only_code(source);
    let mut paths = vec![];
    for (at, _) in
        code.match_indices("Subcommand").filter(|(at, _)| code[..*at].rfind("#[derive(") > code[..*at].rfind(']'))
    {
        let Some(start) = code[at..].find("enum ").map(|enum_at| at + enum_at) else { continue };
        let Some(open) = code[start..].find('{').map(|open| start + open) else { continue };
        let title = code[start + 5..open].trim();
        let parent = kebab(title.strip_suffix("Command").unwrap_or(title));
        let body = open + 1..end_of_item(&code, start) - 1;
        let (mut depth, mut from) = (0, body.start);
        for end in body.start..=body.end {
            match code.as_bytes()[end] {
                b'(' | b'{' | b'[' => depth += 1,
                b')' | b']' => depth -= 1,
                b'}' if end < body.end => depth -= 1,
                _ => {}
            }
            if depth == 0 && (end == body.end || code.as_bytes()[end] == b',') {
                let (attributes, variant) = split_attributes(&code[from..end]);
                let raw = &source[from..from + attributes];
                let named = raw.split("name = \"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_string);
                if !variant.is_empty() && !raw.contains("hide = true") {
                    let own = named.unwrap_or_else(|| kebab(variant));
                    paths.push(if parent.is_empty() { own } else { format!("{parent} {own}") });
                }
                from = end + 1;
            }
        }
    }
    // A group inside a group: `pack check` belongs to `dev pack`. A command by itself (`check`) belongs to none.
    let nested: Vec<String> = paths.iter().filter(|path| path.contains(' ')).cloned().collect();
    for path in paths.iter_mut().filter(|path| path.contains(' ')) {
        let parent = path.split(' ').next().unwrap_or_default();
        if let Some(outer) = nested.iter().find(|outer| outer.ends_with(&format!(" {parent}"))) {
            *path = format!("{outer}{}", &path[parent.len()..]);
        }
    }
    paths
}

/// Length of the attributes before a variant, and its name.
fn split_attributes(item: &str) -> (usize, &str) {
    let mut rest = item.trim_start();
    while rest.starts_with("#[") {
        rest = rest.split_once(']').map_or("", |(_, rest)| rest).trim_start();
    }
    let name = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (item.len() - rest.len(), name)
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.extend(c.to_lowercase());
    }
    text
}

pub fn names(readme: &str, path: &str) -> bool {
    let (group, own) = path.split_once(' ').map_or(("", path), |(group, own)| (group, own));
    let has = |line: &str, word: &str| line.split(|c: char| !c.is_alphanumeric() && c != '-').any(|part| part == word);
    readme.lines().any(|line| match group {
        "" => {
            line.match_indices("bilan ").any(|(at, _)| has(line[at + 6..].split(' ').next().unwrap_or_default(), own))
        }
        _ => line.contains(&format!("bilan {group}")) && own.split(' ').all(|word| has(line, word)),
    })
}

/// The line of a byte, from 1.
pub fn line_of(source: &str, at: usize) -> usize {
    source[..at].matches('\n').count() + 1
}
