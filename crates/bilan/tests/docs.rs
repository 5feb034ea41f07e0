//! Keeps the documents in step with the code: ids, thresholds, keys, routes, folders.
//!
//! In: the sources and the Markdown at the root. Out: every word that one of them has and the other lacks.
//!
//! Links and commands are looked after in `tidy`. A rule that finds nothing to compare fails: a renamed file must not
//! turn it into a pass.

use bilan::history::{GAP_DAYS, JUMP, RUN_GAP, Settings};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Words = BTreeSet<String>;

#[test]
fn the_codebook_has_the_ids_of_the_kinds_and_no_others() {
    let kinds: toml::Table = read("packs/kinds.toml").parse().expect("kinds.toml is TOML");
    let ids = |table: &str| -> Words { kinds[table].as_table().expect("a table").keys().cloned().collect() };
    let codebook = read("CODEBOOK.md");
    let mut wrong = vec![];
    for (heading, tables) in [
        ("2. Outcomes", &["outcome"][..]),
        ("3. Who or what is counted", &["counted"]),
        ("6. Scopes", &["scope"]),
        ("7. How it is said, and contested", &["said", "contested"]),
        ("8. Reasons to refuse a figure", &["refused"]),
    ] {
        let wanted: Words = tables.iter().flat_map(|table| ids(table)).collect();
        let found = identifiers(section(&codebook, heading));
        wrong.extend(wanted.difference(&found).map(|id| format!("CODEBOOK.md, {heading}: lacks `{id}`")));
        wrong.extend(found.difference(&wanted).map(|id| format!("packs/kinds.toml: no {tables:?} is called `{id}`")));
    }
    none(wrong);
}

#[test]
fn the_codebook_nests_outcomes_as_the_kinds_do() {
    let kinds: toml::Table = read("packs/kinds.toml").parse().expect("kinds.toml is TOML");
    let codebook = read("CODEBOOK.md");
    let mut rows = BTreeMap::new();
    let mut joined = BTreeMap::new();
    for line in section(&codebook, "2. Outcomes").lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<Words> = line.trim_matches('|').split('|').map(identifiers).collect();
        match &cells[..] {
            [id, _, within, reads_as] => drop(rows.insert(only(id), (within.clone(), reads_as.clone()))),
            [parts, id] => joined.entry(only(id)).or_insert_with(Words::new).extend(parts.clone()),
            _ => panic!("CODEBOOK.md: a row of another width: {line}"),
        }
    }
    let list = |value: Option<&toml::Value>| -> Words {
        value.and_then(toml::Value::as_array).into_iter().flatten().filter_map(|id| Some(id.as_str()?.into())).collect()
    };
    let mut wrong = vec![];
    for (id, kind) in kinds["outcome"].as_table().expect("a table") {
        let wanted = (list(kind.get("within")), list(kind.get("reads_as")));
        if rows.get(id) != Some(&wanted) {
            wrong.push(format!("CODEBOOK.md: `{id}` is within and reads as {:?}, expected {wanted:?}", rows.get(id)));
        }
    }
    for (id, parts) in kinds["join"].as_table().expect("a table") {
        let wanted = list(Some(parts));
        if joined.get(id) != Some(&wanted) {
            wrong.push(format!("CODEBOOK.md: `{id}` joins {:?}, expected {wanted:?}", joined.get(id)));
        }
    }
    none(wrong);
}

#[test]
fn the_codebook_names_the_relations_the_reasons_and_the_thresholds_of_history() {
    let codebook = read("CODEBOOK.md");
    let words = identifiers(&codebook);
    let mut keys = vec![];
    for file in ["crates/bilan/src/history/relation.rs", "crates/bilan/src/history/reason.rs"] {
        let source = read(file);
        let body = source.split("pub fn key(&self)").nth(1).and_then(|rest| rest.split("\n    }").next());
        let body = body.unwrap_or_else(|| panic!("{file}: no `pub fn key(&self)`"));
        keys.extend(body.split('"').skip(1).step_by(2).map(str::to_owned));
    }
    assert!(keys.len() > 20, "only {keys:?}");
    let mut wrong: Vec<String> = keys.iter().filter(|key| !words.contains(*key)).cloned().collect();
    for rule in [
        format!("at most {RUN_GAP} days apart are one statement"),
        format!("more than {GAP_DAYS} days without a figure is a gap"),
        format!("more than {JUMP} times the median"),
        format!("at most {} days apart (`--within`)", Settings::default().tolerance_days),
    ] {
        if !codebook.contains(&rule) {
            wrong.push(rule);
        }
    }
    none(wrong.into_iter().map(|rule| format!("CODEBOOK.md, section 11: lacks {rule:?}")).collect());
}

#[test]
fn every_key_and_class_of_a_pack_is_in_the_manual_of_packs() {
    let manual = read("packs/README.md");
    let everywhere = identifiers(&manual);
    let (mut wrong, mut seen) = (vec![], 0);
    let mut declaring = files(&root().join("crates/bilan/src/pack"), "rs");
    declaring.push(root().join("crates/bilan/src/document/boilerplate.rs"));
    for file in declaring {
        let source = fs::read_to_string(&file).expect("a source");
        let file = file.display();
        for (of, word) in deserialised(&source) {
            seen += 1;
            // A class of dates is looked for under the table of dates, where there is one.
            let table = if of == "Class" { "function".into() } else { of.to_lowercase() };
            let heading = format!("`[[{}]]`", table.trim_end_matches("class").trim_end_matches("place"));
            let own: Words =
                manual.split("\n### ").filter(|part| part.starts_with(&heading)).flat_map(identifiers).collect();
            let common = ["word", "paradigm", "yes", "no"].contains(&word.as_str());
            if !(if own.is_empty() || common { &everywhere } else { &own }).contains(&word) {
                wrong.push(format!("packs/README.md: lacks `{word}`, of {of} in {file}"));
            }
        }
    }
    assert!(seen > 100, "only {seen} keys were found: this rule no longer knows how packs are declared");
    none(wrong);
}

#[test]
fn every_route_of_the_page_is_in_the_architecture() {
    let text = read("ARCHITECTURE.md");
    let mut routes = vec![];
    for file in files(&root().join("crates/bilan-view/src"), "rs") {
        let source = fs::read_to_string(&file).expect("a source");
        let quoted = source.split(".route(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
        routes.extend(quoted.filter_map(|rest| Some(rest.split('"').next()?.to_owned())));
    }
    assert!(!routes.is_empty(), "no route was found in crates/bilan-view/src");
    let missing = routes.iter().filter(|route| !text.contains(&format!("`{route}`")));
    none(missing.map(|route| format!("ARCHITECTURE.md: lacks the route `{route}`")).collect());
}

#[test]
fn every_key_of_a_claim_in_json_is_in_the_readme() {
    let readme = read("README.md");
    let snapshot = read("crates/bilan-view/tests/snapshots/row__a_claim.snap");
    let top = snapshot.lines().filter_map(|line| line.strip_prefix("  \"")?.split_once("\":"));
    let keys: Vec<&str> = top.map(|(key, _)| key).collect();
    assert!(keys.len() > 30, "only {keys:?}");
    let missing = keys.iter().filter(|key| !readme.contains(&format!("\"{key}\":")));
    none(missing.map(|key| format!("README.md: the JSON of a claim lacks \"{key}\"")).collect());
}

#[test]
fn every_folder_is_in_the_architecture_and_every_path_exists() {
    let architecture = read("ARCHITECTURE.md");
    let mut wrong = vec![];
    for crate_ in ["bilan", "bilan-ledger", "bilan-view", "bilan-cli"] {
        for entry in fs::read_dir(root().join("crates").join(crate_).join("src")).expect("a crate").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() && !architecture.contains(&format!("`{name}/`")) {
                wrong.push(format!("ARCHITECTURE.md: lacks `{name}/`, a folder of {crate_}"));
            }
        }
    }
    for file in ["README.md", "ARCHITECTURE.md", "DESIGN.md", "CODEBOOK.md", "CONTRIBUTING.md"] {
        for path in ticked(&read(file)) {
            let of_ours = ["crates/", "packs/", "examples/", "tests/", "xtask/"].iter().any(|at| path.starts_with(at));
            let (path, plain) = (path.split(':').next().unwrap_or_default(), !path.contains(['*', '<', ' ', '#']));
            if of_ours && plain && !root().join(path).exists() {
                wrong.push(format!("{file}: `{path}` does not exist"));
            }
        }
    }
    none(wrong);
}

/// What the rules rest on.
#[test]
fn the_rules_see_what_they_should() {
    assert_eq!(section("# T\n## 1. A\nx\n## 2. B\ny\n", "1. A").trim(), "x");
    assert_eq!(
        identifiers("`a` is `to_be`, `not this`, `[[key]]` `kebab-case`, `Not`"),
        words(["a", "to_be", "key", "kebab-case"])
    );
    let source = "#[derive(Debug, Deserialize)]\n#[serde(rename_all = \"kebab-case\")]\npub enum Class {\n    /// of\n    SideOf,\n    Of,\n}\n\
                  #[derive(Deserialize)]\n#[serde(default)]\nstruct File {\n    #[serde(alias = \"key\")]\n    id: String,\n    pub of: u8,\n}\n\
                  #[derive(Debug)]\npub struct No {\n    pub not: u8,\n}\n";
    let found: Words = deserialised(source).into_iter().map(|(_, word)| word).collect();
    assert_eq!(found, words(["side-of", "of", "id", "key"]));
}

// ---- Markdown

/// The text under `## heading`.
#[track_caller]
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let rest = text.split(&format!("\n## {heading}\n")).nth(1);
    let rest = rest.unwrap_or_else(|| panic!("no heading \"## {heading}\""));
    rest.split("\n## ").next().unwrap_or(rest)
}

/// What stands between backticks, fenced blocks left out.
fn ticked(text: &str) -> Vec<&str> {
    let lines = text.split("```").step_by(2).flat_map(str::lines);
    lines.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The ids between backticks: `[[outcome]]` is `outcome`.
fn identifiers(text: &str) -> Words {
    let bare = ticked(text).into_iter().map(|word| word.trim_matches(['[', ']']));
    let is_id = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-')
    };
    bare.filter(is_id).map(str::to_owned).collect()
}

#[track_caller]
fn only(words: &Words) -> String {
    assert_eq!(words.len(), 1, "one id was expected: {words:?}");
    words.first().cloned().unwrap_or_default()
}

fn words<const N: usize>(list: [&str; N]) -> Words {
    list.into_iter().map(str::to_owned).collect()
}

// ---- Rust

/// Keys and variants, as files spell them, of the types that derive `Deserialize`: `(type, word)`.
fn deserialised(source: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if !line.starts_with("#[derive(") || !line.contains("Deserialize") {
            continue;
        }
        let mut head = String::new();
        for line in lines.by_ref() {
            head += line;
            if line.ends_with('{') || line.ends_with(';') {
                break;
            }
        }
        let of = head.split(['{', ';']).next().unwrap_or_default().split(' ').rfind(|word| !word.is_empty());
        let of = of.unwrap_or_default().to_owned();
        // The variants of an untagged type have no names in a file, nor has a type made from another.
        if head.contains("untagged") || head.contains("try_from") {
            continue;
        }
        let kebab = head.contains("kebab-case");
        for line in lines.by_ref().take_while(|line| !line.starts_with('}')).map(str::trim) {
            if let Some(alias) = line.strip_prefix("#[serde(alias = \"") {
                found.push((of.clone(), alias.split('"').next().unwrap_or_default().to_owned()));
            } else if head.contains("enum ") && line.starts_with(|c: char| c.is_ascii_uppercase()) {
                found.push((of.clone(), spelt(line.trim_end_matches(','), kebab)));
            } else if let Some((name, _)) = line.split_once(": ").filter(|_| !line.starts_with(['/', '#'])) {
                found.push((of.clone(), name.rsplit(' ').next().unwrap_or_default().to_owned()));
            }
        }
    }
    found
}

/// `SideOf` as `side-of` or `sideof`.
fn spelt(variant: &str, kebab: bool) -> String {
    let mut word = String::new();
    for letter in variant.chars() {
        if kebab && letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

// ---- files

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|end| end == ending) {
            found.push(path);
        }
    }
    found
}

#[track_caller]
fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} to mend:\n{}\n", wrong.len(), wrong.join("\n"));
}
