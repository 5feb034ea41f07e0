//! Reads every golden document: one named test each, `cargo test --test documents cyclone`.
//!
//! In: `tests/documents/*.claims.toml` and the texts they name. Out: a claim that is wrong without a stated reason, or
//! an answer that is no longer the one in `*.today.txt`. `BILAN_BLESS=1` writes those anew.
//!
//! No change may read fewer claims whole than before without being told to: `BILAN_BLESS=fewer`.

#[path = "golden/mod.rs"]
mod golden;
#[path = "reading/mod.rs"]
#[allow(dead_code, reason = "shared by tests that take different parts of it")]
mod reading;

use bilan::document::{self, Given};
use golden::{Golden, Judged};
use libtest_mimic::{Arguments, Failed, Trial};
use reading::{READER, root};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

const END: &str = ".claims.toml";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let folder = root().join("tests/documents");
    let paths = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.to_string_lossy().ends_with(END)).collect();
    paths.sort();
    let mut trials: Vec<Trial> = paths
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Trial::test(name.trim_end_matches(END).to_owned(), move || held(&path))
        })
        .collect();
    let count = trials.len();
    trials.push(Trial::test("there are golden documents", move || match count {
        0 => Err(format!("{} holds none", folder.display()).into()),
        _ => Ok(()),
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn held(path: &Path) -> Result<(), Failed> {
    let sheet = fs::read_to_string(path)?;
    let sheet: Value = toml::from_str(&sheet)?;
    let judged = judged(path, &sheet)?;
    let gap = sheet.get("gap").and_then(Value::as_str);
    today(path, &judged)?;
    match (judged.is_perfect(), gap) {
        (false, None) => Err(format!("not all is right, and no `gap` says why:\n{}", judged.lines.join("\n")).into()),
        (true, Some(gap)) => Err(format!("all is right: the gap is mended, take it out\n  gap = {gap:?}").into()),
        _ => Ok(()),
    }
}

fn judged(path: &Path, sheet: &Value) -> Result<Judged, Failed> {
    let word = |key: &str| sheet.get(key).and_then(Value::as_str);
    let file = path.parent().unwrap_or(path).join(word("file").ok_or("no `file`")?);
    let bytes = fs::read(&file)?;
    let given = Given {
        lang: word("lang").map(str::to_owned),
        published: word("published").map(str::parse).transpose()?,
        ..Given::default()
    };
    let document = document::open(&file.to_string_lossy(), &bytes[..], &given).next().ok_or("no document")??;
    let golden = Golden::new(sheet, str::from_utf8(&bytes)?, &document.text)?;
    Ok(golden.judge(&READER.read(document)))
}

/// Compares with the answer that is written down.
fn today(path: &Path, judged: &Judged) -> Result<(), Failed> {
    let path = PathBuf::from(path.to_string_lossy().replace(END, ".today.txt"));
    let head = "whole (value, outcome, counted, side)";
    let mut now = format!(
        "{} of {} {head}; {} right in every judged field; {} extra\n",
        judged.whole, judged.marked, judged.every, judged.extra
    );
    judged.lines.iter().for_each(|line| now += &format!("{line}\n"));
    let before = fs::read_to_string(&path).unwrap_or_default();
    let floor: usize = before.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(0);
    let bless = env::var("BILAN_BLESS").unwrap_or_default();
    if judged.whole < floor && bless != "fewer" {
        return Err(
            format!("{} claims are whole, {floor} were (BILAN_BLESS=fewer lets it fall)\n{now}", judged.whole).into()
        );
    }
    if !bless.is_empty() {
        return Ok(fs::write(&path, now)?);
    }
    match before.lines().chain([""]).zip(now.lines().chain([""])).enumerate().find(|(_, (before, now))| before != now) {
        Some((at, (before, now))) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Err(format!("{name}:{}\n  before: {before}\n  now:    {now}\n(BILAN_BLESS=1 writes it anew)", at + 1)
                .into())
        }
        None => Ok(()),
    }
}
