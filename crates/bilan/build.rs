//! Lists the packs so that they travel inside the program, each as written and as JSON.
//!
//! In: `packs/**/*.toml`. Out: `packs.rs`, an array of (name, TOML, JSON), found by walking: no list to keep by hand; and
//! `armed.rs`, the armed groups among the parties, for whoever compares figures and reads none.
//!
//! Most of the time of a short run went into the parsing of TOML. JSON says the same and is read in a fifth of it; the
//! TOML stays beside it, for it is what the reader's version is the hash of.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/pack/load/lines.rs"]
mod lines;

fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", dir.display());
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
}

/// A file as [`lines::Placed`]; nothing when it is wrong, and then loading its TOML says why.
fn json(toml: &str) -> Option<String> {
    let tables: toml::Table = toml::from_str(toml).ok()?;
    serde_json::to_string::<lines::Placed<_>>(&(lines::lines(toml), tables)).ok()
}

/// The parties that are armed groups.
fn armed(parties: &str) -> Vec<String> {
    let parties: toml::Table = toml::from_str(parties).unwrap_or_default();
    let parties = parties.get("party").and_then(toml::Value::as_array).into_iter().flatten();
    let armed = parties.filter(|party| party.get("armed").and_then(toml::Value::as_bool) == Some(true));
    armed.filter_map(|party| Some(party.get("id")?.as_str()?.to_owned())).collect()
}

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../packs");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found.sort();
    let mut code = String::from("[\n");
    for path in &found {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.strip_prefix(&root).expect("found below it").to_string_lossy().replace('\\', "/");
        let full = fs::canonicalize(path).expect("just found");
        let json = json(&fs::read_to_string(path).expect("a pack is text")).unwrap_or_default();
        let full = full.display().to_string();
        writeln!(code, "    ({name:?}, include_str!({full:?}), {json:?}),").expect("a string grows");
    }
    code.push(']');
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("packs.rs");
    fs::write(&out, code).expect("the build folder is writable");
    let parties = fs::read_to_string(root.join("parties.toml")).unwrap_or_default();
    fs::write(out.with_file_name("armed.rs"), format!("{:?}", armed(&parties))).expect("the build folder is writable");
}
