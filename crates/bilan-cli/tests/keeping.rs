//! Holds the commands that write to a ledger to what a person can rely on.
//!
//! In: the built program, INVENTED reports. Out: what it prints, what the ledger says then.

use snapbox::cmd::{Command, cargo_bin};
use std::fs;
use std::path::Path;
use std::process::Output;

fn report(day: u8, killed: &str) -> String {
    format!(
        "date 2031-05-{day:02}\n\nBilan du {day} mai (INVENTÉ)\n\nSelon le ministère de la Défense ukrainien, {killed} \
         soldats russes ont été tués depuis le 1er mars 2031.\n"
    )
}

fn bilan(folder: &Path, args: &[&str]) -> Output {
    let command = Command::new(cargo_bin!("bilan")).current_dir(folder).env_remove("BILAN_LEDGER");
    command
        .env_remove("BILAN_ROLE")
        .env("LC_ALL", "C")
        .env("COLUMNS", "100")
        .args(args)
        .output()
        .expect("the program starts")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with a ledger of one report.
fn ledger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), report(4, "816")).expect("a report");
    let added = bilan(folder.path(), &["add", "a.txt"]);
    assert!(added.status.success(), "{}", err(&added));
    folder
}

/// The figure of the one claim.
fn figure(folder: &Path) -> String {
    let rows = out(&bilan(folder, &["claims", "--format", "jsonl"]));
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().expect("a claim")).expect("JSON");
    row["figure"].as_str().expect("a figure").to_owned()
}

#[test]
fn the_next_claim_is_shown_reviewed_and_shown_as_reviewed() {
    let folder = ledger();
    let at = folder.path();
    let shown = out(&bilan(at, &["review"]));
    assert!(shown.contains("  outcome   killed  \"tués\"\n"), "{shown}");
    let figure = figure(at);
    for part in [figure.as_str(), "816 soldats russes ont été tués", "value     816", "outcome   killed"] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    let done =
        bilan(at, &["review", &figure, "--correct", "value=861", "--correct", "outcome=wounded", "--note", "relu"]);
    assert!(done.status.success(), "{}", err(&done));
    assert!(out(&done).contains("reviewed  correct value = 861 by reviewer"), "{}", out(&done));
    assert!(err(&bilan(at, &["review"])).contains("every claim that fits is reviewed"));
    let claims = out(&bilan(at, &["claims", "--outcome", "wounded"]));
    assert!(claims.contains("861") && claims.contains("(reviewed)"), "{claims}");
    let rows = out(&bilan(at, &["claims", "--format", "jsonl"]));
    assert!(rows.contains(r#""verdict":"correct""#), "{rows}");
    assert!(out(&bilan(at, &["compare", "--on", "2031-05-05"])).contains("861"));
    let list = out(&bilan(at, &["review", "--list"]));
    assert!(list.contains(": relu") && list.contains("2 reviews; 0 of them fit no claim any more"), "{list}");
    let gold = bilan(at, &["review", "--gold", "gold.jsonl"]);
    assert!(gold.status.success() && err(&gold).contains("1 document written; 0 left out"), "{}", err(&gold));
    let scored = out(&bilan(at, &["dev", "eval", "gold.jsonl"]));
    assert!(scored.contains("1 documents, 1 claims marked, 1 found"), "{scored}");
    assert!(out(&bilan(at, &["fsck"])).contains("entries hold"));
}

#[test]
fn what_is_asked_for_may_be_called_by_its_name() {
    let folder = ledger();
    let at = folder.path();
    let asked = |flag: &str, word: &str| bilan(at, &["claims", flag, word, "--format", "jsonl"]);
    for (flag, name, code, read) in [
        ("--side", "Russie", "RU", "RU (Russia)"),
        ("--side", "russia", "RU", "RU (Russia)"),
        ("--outcome", "tues", "killed", "killed"),
        ("--claimant", "ministère de la défense (ukraine)", "UA/mod", "UA/mod (Ministry of Defence (Ukraine))"),
    ] {
        let (named, coded) = (asked(flag, name), asked(flag, code));
        assert_eq!((out(&named), named.status.code()), (out(&coded), Some(0)), "{}", err(&named));
        assert!(err(&named).starts_with(&format!("bilan: {flag} {name}: read as {read}\n")), "{}", err(&named));
        assert!(!err(&coded).contains("read as") && out(&coded).lines().count() == 1, "{}", out(&coded));
    }
    for (flag, word, told) in [
        ("--side", "Congo", "--side \"Congo\" is unknown; nearest: CD (DR Congo), CG ("),
        ("--outcome", "tue", "nearest: casualties (killed or wounded), killed, "),
        ("--side", "Zzq", "--side \"Zzq\" is unknown; known: "),
    ] {
        let refused = asked(flag, word);
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains(told), "{}", err(&refused));
    }
}

#[test]
fn a_review_that_cannot_be_kept_says_why_and_keeps_nothing() {
    let folder = ledger();
    let at = folder.path();
    let figure = figure(at);
    for (args, told) in [
        (vec!["review", "nowhere@1+2", "--reject"], "no claim stands on the figure nowhere@1+2"),
        (vec!["review", &figure, "--correct", "outcome=dead"], "`dead` is no outcome; expected one of"),
        (vec!["review", &figure, "--correct", "outcome=Tués"], "nothing was kept; nearest: killed"),
        (vec!["review", &figure, "--correct", "side=Mali"], "`Mali` is no side that is known; expected the code of"),
        (vec!["review", &figure, "--correct", "side=Mali"], "nothing was kept; nearest: ML (Mali)"),
        (vec!["review", &figure, "--correct", "place=Bamako"], "`Bamako` is no place that is known"),
        (vec!["review", &figure, "--correct", "816"], "`816` is not FIELD=VALUE"),
        (vec!["review", &figure, "--nth", "4", "--accept"], "no claim stands on the figure"),
    ] {
        let failed = bilan(at, &args);
        assert_eq!(failed.status.code(), Some(2));
        assert!(err(&failed).contains(told), "{}", err(&failed));
    }
    assert!(out(&bilan(at, &["review", "--list"])).contains("0 reviews"));
}

#[test]
fn a_text_is_taken_out_for_good_and_only_when_somebody_says_so() {
    let folder = ledger();
    let at = folder.path();
    let reason = ["redact", "a", "--reason", "asked by a court", "--role", "editor"];
    let asked = bilan(at, &reason);
    assert!(asked.status.code() == Some(2) && err(&asked).contains("--yes takes out"), "{}", err(&asked));
    let gone = bilan(at, &[&reason[..], &["--yes"]].concat());
    assert!(out(&gone).contains("the text of 1 document is out, entry 3"), "{}{}", out(&gone), err(&gone));
    let missing = bilan(at, &["redact", "b", "--reason", "x", "--role", "x", "--yes"]);
    assert!(err(&missing).contains("b: the ledger knows no document of this id or hash"));
    let fsck = out(&bilan(at, &["fsck"]));
    assert!(fsck.contains("3 entries hold, 1 redacted"), "{fsck}");
    let bytes = fs::read(at.join("bilan.db")).expect("the ledger");
    for word in ["soldats", "inistère"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word} is still in the file");
    }
}

#[test]
fn what_came_since_the_last_time_is_told_once() {
    let folder = ledger();
    let at = folder.path();
    let news = |name: &str, text: &str| {
        fs::write(at.join(name), text).expect("a report");
        let added = bilan(at, &["add", "--new", name]);
        assert!(added.status.success(), "{}", err(&added));
        let told = out(&added);
        let lines = told.lines().filter(|line| ["new ", "again", "gone "].iter().any(|what| line.starts_with(what)));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    // The first time, what was there before is no news.
    assert!(
        news("b.txt", &report(5, "820"))
            .starts_with("new    UA/mod: 820 military killed of RU, 2031-05-05, raises by 4 from 816")
    );
    assert_eq!(news("b.txt", &report(5, "820")), "");
    let again = news("c.txt", &format!("{}Une autre phrase.\n", report(5, "820")));
    assert!(again.starts_with("again  UA/mod: 820") && again.contains("1 more text"), "{again}");
    // Added without telling, or killed before telling: told the next time.
    fs::write(at.join("d.txt"), report(6, "815")).expect("a report");
    bilan(at, &["add", "d.txt"]);
    let later = news("e.txt", &report(7, "830"));
    assert!(later.contains("815") && later.contains("lowers by 5 from 820") && later.contains("830"), "{later}");
    fs::write(at.join("bilan.db.told"), "x").expect("a broken note");
    assert!(err(&bilan(at, &["add", "--new", "e.txt"])).contains("no number of an entry"));
}

#[test]
fn who_may_see_a_document_is_told_with_it() {
    let folder = ledger();
    let at = folder.path();
    let changed = out(&bilan(at, &["add", "--access", "restricted", "a.txt"]));
    assert!(changed.contains("1 known already; 1 seen by others from now on"), "{changed}");
    assert!(out(&bilan(at, &["add", "a.txt"])).contains("1 known already\n"));
    assert!(out(&bilan(at, &["fsck"])).contains("entries hold"));
}

#[test]
fn a_ledger_that_another_program_writes_to_is_waited_for_aloud() {
    let folder = ledger();
    let at = folder.path();
    fs::write(at.join("b.txt"), report(5, "820")).expect("a report");
    let other = rusqlite::Connection::open(at.join("bilan.db")).expect("the ledger");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let adder = {
        let at = at.to_owned();
        std::thread::spawn(move || bilan(&at, &["add", "b.txt"]))
    };
    std::thread::sleep(std::time::Duration::from_secs(3));
    other.execute_batch("ROLLBACK").expect("the lock goes");
    let added = adder.join().expect("it ends");
    assert!(added.status.success(), "{}", err(&added));
    assert!(err(&added).contains("waiting for another program that is writing to it"), "{}", err(&added));
}
