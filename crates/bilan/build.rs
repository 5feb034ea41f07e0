//! Lists the packs so that they travel inside the program.
//!
//! In: `packs/**/*.toml`. Out: `packs.rs`, an array of (name, content). Found by walking: no list to keep by hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

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
        writeln!(code, "    ({name:?}, include_str!({:?})),", full.display().to_string()).expect("a string grows");
    }
    code.push(']');
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("packs.rs");
    fs::write(out, code).expect("the build folder is writable");
}
