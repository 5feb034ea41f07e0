//! Keeps the promises that no compiler keeps: what a module says of itself, words out of the engine, an append-only
//! ledger, links that lead somewhere, commands that the README names.
//!
//! Every rule prints all that breaks it, with its place and what to do. A rule with nothing to look at says so aloud.

mod source;

use source::{Kind, changes, commands, is_letter, line_of, names, pieces, unescaped, without_tests};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

#[test]
fn every_module_says_what_it_does_and_what_goes_in_and_out() {
    let mut wrong = vec![];
    for file in files(&["crates", "xtask"], "rs").iter().filter(|file| name(file).contains("/src/")) {
        let source = read(file);
        let header: Vec<&str> = source.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
        let first = header.iter().take_while(|line| !line.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let plain = first.starts_with(|c: char| c.is_ascii_uppercase()) && first.split(' ').count() >= 3;
        let mut lacks = vec![];
        if !plain || !first.contains(['.', ':']) {
            lacks.push("a plain first sentence, as \"Joins mentions into claims.\"");
        }
        let root = ["lib.rs", "main.rs"].iter().any(|root| file.ends_with(Path::new("src").join(root)));
        let says = |word| header.iter().any(|line| line.split(' ').any(|part| part == word));
        lacks.extend(["In:", "Out:"].into_iter().filter(|word| !root && !says(*word)));
        if !lacks.is_empty() {
            wrong.push(format!("{}:1: its `//!` lacks {}", name(file), lacks.join(" and ")));
        }
    }
    none(wrong);
}

#[test]
fn the_engine_holds_no_letter_of_a_language() {
    let mut wrong = vec![];
    for (file, source) in engine() {
        for piece in pieces(&source).iter().filter(|piece| piece.kind != Kind::Comment) {
            let text = unescaped(&source[piece.range.clone()]);
            let letters: BTreeSet<char> = text.chars().filter(|c| !c.is_ascii() && is_letter(*c)).collect();
            if !letters.is_empty() {
                let line = line_of(&source, piece.range.start);
                wrong.push(format!("{file}:{line}: letters {letters:?}; a pack under packs/ must hold them"));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_engine_holds_no_word_that_a_pack_holds() {
    // The codebook's own words are English, so an English pack shares words with the code by design.
    let (mut words, mut packs) = (BTreeSet::new(), 0);
    for file in files(&["packs"], "toml") {
        let lang = file.parent().and_then(Path::file_name).unwrap_or_default();
        if !["packs", "en", "examples"].iter().any(|other| lang == *other) {
            packs += 1;
            listed(&table(&file), false, &mut words);
        }
    }
    if packs == 0 {
        return skipped("words of packs in the engine: there is no pack of a language yet");
    }
    assert!(
        !words.is_empty(),
        "no `word` was found in {packs} pack files: this rule no longer knows how packs name them"
    );
    // Where a language shares a word with the codebook ("place"), it is the codebook's.
    let mut ids = fields_of_a_claim();
    strings(&table(&root().join("packs/kinds.toml")), &mut ids);
    let mut wrong = vec![];
    for (file, source) in engine() {
        for piece in pieces(&source).iter().filter(|piece| piece.kind == Kind::Text) {
            let text = source[piece.range.clone()].trim_matches(|c| "rb#\"".contains(c));
            if words.contains(text) && !ids.contains(text) {
                let line = line_of(&source, piece.range.start);
                wrong.push(format!("{file}:{line}: \"{text}\" is a word of a pack; ask the pack for it"));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_ledger_never_changes_what_it_was_told() {
    let (mut wrong, mut marked) = (vec![], BTreeSet::new());
    let mut sources = vec![];
    for file in files(&["crates/bilan-ledger"], "rs").into_iter().filter(|file| name(file).contains("/src/")) {
        let source = without_tests(&read(&file));
        let texts = pieces(&source).into_iter().filter(|piece| piece.kind == Kind::Text).map(|piece| piece.range);
        sources.push((name(&file), source.clone(), texts.collect::<Vec<_>>()));
    }
    for file in files(&["crates/bilan-ledger"], "sql") {
        let source = read(&file);
        let whole = 0..source.len();
        sources.push((name(&file), source, vec![whole]));
    }
    for (file, source, texts) in sources {
        for at in texts
            .into_iter()
            .flat_map(|range| changes(&source[range.clone()]).into_iter().map(move |at| range.start + at))
        {
            let line = line_of(&source, at);
            // What is made from the claims can be made again.
            let target = source[at..].split_whitespace().find(|word| !["UPDATE", "DELETE", "FROM"].contains(word));
            let derived = target.is_some_and(|word| {
                ["told", "line", "derived", "corrected", "tally"]
                    .contains(&word.trim_matches(|letter: char| !letter.is_alphanumeric()))
            });
            if derived
                && ["lines.rs", "tally.rs"].iter().any(|made| file.ends_with(&format!("bilan-ledger/src/{made}")))
            {
                continue;
            }
            // The one way out: the line itself or one of the two above says why.
            if source.lines().skip(line.saturating_sub(3)).take(3.min(line)).any(|line| line.contains("redaction:")) {
                marked.insert(file.clone());
            } else {
                wrong
                    .push(format!("{file}:{line}: SQL that changes or deletes; only the path marked `redaction:` may"));
            }
        }
    }
    if marked.len() > 1 {
        wrong.push(format!("redaction has one path, and it is marked in several files: {marked:?}"));
    }
    none(wrong);
}

#[test]
fn links_lead_somewhere() {
    let mut wrong = vec![];
    for file in files(&["."], "md") {
        let source = read(&file);
        for (line, target) in links(&source) {
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (path, heading) = target.split_once('#').unwrap_or((&target, ""));
            let to = if path.is_empty() { file.clone() } else { file.with_file_name("").join(path) };
            if !to.exists() {
                wrong.push(format!("{}:{line}: {target} does not exist", name(&file)));
            } else if !heading.is_empty()
                && to.extension().is_some_and(|end| end == "md")
                && !anchors(&read(&to)).contains(heading)
            {
                wrong.push(format!("{}:{line}: no heading of {path} is called #{heading}", name(&file)));
            }
        }
    }
    none(wrong);
}

#[test]
fn the_readme_names_every_command() {
    let readme = root().join("README.md");
    if !readme.exists() {
        return skipped("commands in the README: there is no README.md yet");
    }
    let readme = read(&readme);
    let commands: Vec<_> =
        files(&["crates/bilan-cli/src"], "rs").iter().flat_map(|file| commands(&read(file))).collect();
    if commands.is_empty() {
        return skipped("commands in the README: no enum derives Subcommand in crates/bilan-cli/src yet");
    }
    none(
        commands
            .iter()
            .filter(|path| !names(&readme, path))
            .map(|path| format!("README.md does not name `bilan {path}`"))
            .collect(),
    );
}

/// What the rules rest on, held to examples, so that none of them goes blind.
#[test]
fn the_rules_see_what_they_should() {
    let source = "let a = 'é'; // été\nfn f<'a>() { r#\"dé\"# }\n#[cfg(test)]\nmod tests { const B: &str = \"où\"; }\nconst C: &str = \"\\u{e9}\";";
    let found: Vec<String> = pieces(&without_tests(source))
        .iter()
        .filter(|piece| piece.kind != Kind::Comment)
        .map(|piece| unescaped(&without_tests(source)[piece.range.clone()]))
        .filter(|text| text.chars().any(is_letter) && !text.is_ascii())
        .collect();
    assert_eq!(found, ["'é'", "r#\"dé\"#", "\"é\""]);
    assert!(!is_letter('«') && !is_letter('\u{202f}') && !is_letter('№') && is_letter('ї'));

    assert_eq!(changes("CREATE TRIGGER keep BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'no'); END").len(), 0);
    for sql in [
        "UPDATE text SET body = NULL",
        "delete from entry",
        "INSERT OR REPLACE INTO head VALUES (1)",
        "update head\n set n = 1",
    ] {
        assert_eq!(changes(sql).len(), 1, "{sql}");
    }
    assert_eq!(changes("run `bilan fsck`, then update bilan").len(), 0);

    let args = "#[derive(clap::Subcommand)]\nenum Command { /// Reads, all\n Read(Read), Dev { #[command(subcommand)] dev: Dev }, #[command(hide = true)] Secret }\n\
                #[derive(Debug, Subcommand)] enum Dev { Eval { gold: PathBuf, misses: bool }, Pack(Pack) }\n\
                #[derive(Debug, Subcommand)] enum Pack { Check { dir: PathBuf } }";
    assert_eq!(commands(args), ["read", "dev", "dev eval", "dev pack", "dev pack check"]);
    assert!(
        names("`bilan read PATH`", "read")
            && !names("we read a lot", "read")
            && names("| `bilan dev eval\\|man` |", "dev eval")
    );

    assert_eq!(
        links("see [a](b.md#c) and\n```\n[no](x.md)\n```\n[d]: e.md\n"),
        [(1, "b.md#c".into()), (5, "e.md".into())]
    );
    assert!(anchors("# How to add a pack's entry\n").contains("how-to-add-a-packs-entry"));
}

// ---- Markdown and TOML

fn links(source: &str) -> Vec<(usize, String)> {
    let (mut links, mut fenced) = (vec![], false);
    for (number, line) in source.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let inline = line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
            let apart =
                line.starts_with('[').then(|| line.split_once("]: ")).flatten().map(|(_, target)| target.trim());
            links.extend(inline.chain(apart).map(|target| (number + 1, target.trim_matches(['<', '>']).to_string())));
        }
    }
    links
}

fn anchors(source: &str) -> BTreeSet<String> {
    let headings = source.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |c: &char| c.is_alphanumeric() || [' ', '-', '_'].contains(c);
    headings.map(|heading| heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
}

/// Strings under the keys by which packs name their words.
fn listed(value: &toml::Value, word: bool, words: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) if word && text.chars().count() > 1 => _ = words.insert(text.clone()),
        toml::Value::Array(values) => values.iter().for_each(|value| listed(value, word, words)),
        toml::Value::Table(table) => {
            table
                .iter()
                .for_each(|(key, value)| listed(value, ["word", "words", "forms"].contains(&key.as_str()), words));
        }
        _ => {}
    }
}

fn fields_of_a_claim() -> BTreeSet<String> {
    let source = read(&root().join("crates/bilan/src/claim/mod.rs"));
    let body = source.split("pub struct Claim {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap_or_default();
    let names = body.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'));
    let fields: BTreeSet<String> = names.map(|(name, _)| name.to_owned()).collect();
    assert!(fields.contains("claimant"), "this rule no longer finds the fields of a claim");
    fields
}

fn strings(value: &toml::Value, found: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => _ = found.insert(text.clone()),
        toml::Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            strings(value, found);
        }),
        _ => {}
    }
}

fn table(file: &Path) -> toml::Value {
    toml::Value::Table(read(file).parse().unwrap_or_else(|error| panic!("{}: {error}", name(file))))
}

// ---- files

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace")
}

/// The engine's sources without their tests.
fn engine() -> Vec<(String, String)> {
    let files = files(&["crates/bilan/src"], "rs").into_iter().filter(|file| !file.ends_with("tests.rs"));
    files.map(|file| (name(&file), without_tests(&read(&file)))).collect()
}

fn files(folders: &[&str], ending: &str) -> Vec<PathBuf> {
    let mut found = vec![];
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            if path.is_dir() && !name.starts_with('.') && name != "target" && name != "node_modules" {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn name(file: &Path) -> String {
    let file = file.canonicalize().unwrap_or(file.to_path_buf());
    file.strip_prefix(root()).unwrap_or(&file).display().to_string().replace('\\', "/")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", name(file)))
}

#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{} to mend:\n{}\n", wrong.len(), wrong.join("\n"));
}

/// Past the test harness, which keeps what a passing test prints to itself.
fn skipped(what: &str) {
    _ = writeln!(std::io::stderr(), "NOT CHECKED {what}");
}
