//! Holds the command to what a person can rely on: help, exit codes, one line for each bad input.
//!
//! In: the built program, invented files. Out: what it prints and how it ends.

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{assert_data_eq, str};
use std::fs;
use std::path::Path;
use std::process::Output;

const REPORT: &str = "Ostrie : un bilan (INVENTÉ)\n\nLe ministère de la Défense d'Ostrie a affirmé que 1 200 soldats \
                      karnais avaient été tués.\n";

/// Runs `bilan` in a folder, with a clean environment.
fn bilan(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("the program starts")
}

fn command(folder: &Path, args: &[&str]) -> Command {
    Command::new(cargo_bin!("bilan"))
        .current_dir(folder)
        .env_remove("BILAN_LEDGER")
        .env_remove("NO_COLOR")
        .env("COLUMNS", "100")
        .args(args)
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder for the file");
        fs::write(path, bytes).expect("a file for the test");
    }
    folder
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn help_shows_the_commands_that_exist_in_order() {
    let folder = folder(&[]);
    let output = bilan(folder.path(), &["--help"]);
    assert_data_eq!(
        out(&output),
        str![[r#"
Reads reports, finds every figure put on a toll or a force, and keeps who said it

Usage: bilan [OPTIONS] <COMMAND>

Commands:
  add          Read reports and keep their claims in the ledger
  compare      Show who says how many: the latest known figure of each, with its age
  serve        Show the ledger in the browser: claims, and documents with their claims marked
  demo         Show an invented war in the browser, to try everything out
  read         Read reports and show their claims, keeping nothing
  why          Show the words that each claim rests on, and how it was found
  claims       List the claims of the ledger, or what each claimant said
  series       Follow figures through time: steps, falls, jumps, gaps
  check        Look a sentence up: who said this number, of what, and who says otherwise
  cite         Write the footnote of a figure, and a sheet with all that one needs to check it
  export       Write claims as the tables that others work with
  import       Read tables that others keep into the ledger, and tell what is odd in them
  review       Review claims: accept, correct, reject, note
  redact       Take a text out of the ledger, and leave a tombstone
  fsck         Check that the ledger is whole and unchanged
  dev          Tools for those who work on bilan
  completions  Print the completions of a shell
  man          Print the manual page
  help         Print this message or the help of the given subcommand(s)

Options:
      --color <WHEN>  Colour: auto (on a terminal without NO_COLOR), always, never
  -h, --help          Print help
  -V, --version       Print version

"#]]
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(bilan(folder.path(), &[]).status.code(), Some(2));
}

#[test]
fn each_bad_input_has_one_line_and_the_rest_is_read() {
    let folder = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("empty.txt", b""),
        ("lines.jsonl", b"{\"id\":\"one\",\"text\":\"Un texte.\"}\nbroken\n"),
        ("picture.bin", b"\x89PNG\r\n\x1a\n\0\0"),
    ]);
    fs::create_dir(folder.path().join("nothing")).expect("a folder");
    let args = ["read", "none.txt", "a.txt", "empty.txt", "lines.jsonl", "nothing", "--show", "documents"];
    let output = bilan(folder.path(), &args);
    assert_eq!(output.status.code(), Some(2));
    let lines = err(&output);
    for (line, expected) in lines.lines().zip([
        "none.txt: no such file",
        "empty.txt: ",
        "lines.jsonl:2: ",
        "nothing: the folder holds no file",
    ]) {
        assert!(line.starts_with(&format!("bilan: {expected}")), "{line}");
    }
    assert_eq!(lines.lines().count(), 4, "{lines}");
    let shown = out(&output);
    assert!(shown.contains("\na ") && shown.contains("\none "), "{shown}");
    let closing: Vec<&str> = shown.lines().rev().take(2).collect();
    assert!(closing[1].ends_with("2 without date; 1 not read: without text; 3 unreadable"), "{shown}");
    assert!(closing[0].starts_with("without date: a.txt, lines.jsonl:1; tell it with --published"), "{shown}");
}

#[test]
fn nothing_found_is_no_error() {
    let folder = folder(&[("a.txt", "Il fait beau à Ostrie, et le marché est ouvert.\n".as_bytes())]);
    let output = bilan(folder.path(), &["read", "a.txt"]);
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
    assert!(out(&output).starts_with("0 claims"), "{}", out(&output));
}

#[test]
fn other_encodings_and_zeros_are_read() {
    let folder = folder(&[
        ("latin.txt", b"D\xe9fense : 12 soldats tu\xe9s.\n"),
        ("zeros.txt", b"Un\0 texte\0 avec\0 des z\xc3\xa9ros.\n"),
    ]);
    let args = ["read", "latin.txt", "zeros.txt", "--lang", "fr", "--format", "jsonl", "--show", "documents"];
    let output = bilan(folder.path(), &args);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let rows: Vec<serde_json::Value> =
        out(&output).lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect();
    assert_eq!(rows.iter().map(|row| row["document"].as_str()).collect::<Vec<_>>(), [Some("latin"), Some("zeros")]);
    let lines = err(&output);
    assert_eq!(lines.lines().count(), 4, "{lines}");
    assert!(lines.starts_with("bilan: latin.txt: not UTF-8; read as windows-1252"), "{lines}");
    assert!(lines.contains("\nbilan: zeros.txt: 3 NUL bytes were read as spaces\n"), "{lines}");
}

#[test]
fn a_text_that_was_cut_is_told_and_ends_as_incomplete() {
    let long = [&b"Un texte court."[..], &vec![b'\n'; 17 << 20]].concat();
    let folder = folder(&[("long.txt", &long)]);
    for command in ["read", "add"] {
        let output = bilan(folder.path(), &[command, "long.txt", "--lang", "fr"]);
        assert_eq!(output.status.code(), Some(2), "{}", err(&output));
        assert!(err(&output).starts_with("bilan: long.txt: longer than 4 MiB"), "{}", err(&output));
        assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_once() {
    let folder = folder(&[("a.txt", REPORT.as_bytes())]);
    for format in ["table", "jsonl", "csv"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("the device is always there");
        let output = std::process::Command::new(cargo_bin!("bilan"))
            .current_dir(folder.path())
            .args(["read", "a.txt", "--format", format])
            .stdout(full)
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(2), "{format}");
        assert_eq!(err(&output).matches("os error 28").count(), 1, "{}", err(&output));
    }
}

#[test]
fn a_number_below_zero_is_told_as_one() {
    let folder = folder(&[]);
    for (args, expected) in [
        (&["compare", "--within", "-3"][..], "'-3' for '--within <DAYS>': -3 is not in"),
        (&["review", "--nth", "-1", "x@1+1"], "'-1' for '--nth <N>': -1 is not in"),
    ] {
        let output = bilan(folder.path(), args);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(expected), "{}", err(&output));
    }
}

#[test]
fn a_folder_of_packs_that_is_none_is_told_once() {
    let folder = folder(&[("a.txt", REPORT.as_bytes()), ("packs/fr/pack.toml", b"\xFF")]);
    for (packs, expected) in [
        ("nope", "bilan: nope: no such folder; expected one that holds packs such as `fr/`\n"),
        ("a.txt", "bilan: a.txt: no such folder; expected one that holds packs such as `fr/`\n"),
        ("packs", "bilan: packs: packs/fr/pack.toml: stream did not contain valid UTF-8\n"),
    ] {
        let output = bilan(folder.path(), &["read", "a.txt", "--packs", packs]);
        assert_eq!((output.status.code(), err(&output).as_str()), (Some(2), expected));
    }
}

#[test]
fn standard_input_is_a_dash() {
    let folder = folder(&[]);
    let output = command(folder.path(), &["read", "-", "--show", "documents", "--published", "2031-05-04"])
        .stdin(REPORT)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("2031-05-04"), "{}", out(&output));
}

#[test]
fn a_wrong_flag_is_told_before_anything_is_read() {
    let folder = folder(&[("a.txt", REPORT.as_bytes())]);
    for (flag, value, expected) in [
        ("--published", "2031-13-01", "`2031-13-01` is not a date"),
        ("--format", "xml", "[possible values: table, jsonl, json, csv]"),
        ("--show", "all", "[possible values: claims, refused, documents, groups]"),
        ("--lang", "zz", "--lang zz: no language pack for it; languages read: fr"),
        ("--lang", "French", "--lang French: no language pack for it"),
    ] {
        let output = bilan(folder.path(), &["read", "a.txt", flag, value]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(expected), "{}", err(&output));
        assert_eq!(out(&output), "");
    }
}

#[test]
fn rows_for_programs_are_whole_and_alone_on_standard_output() {
    let folder = folder(&[("b.txt", REPORT.as_bytes()), ("a.txt", REPORT.as_bytes()), (".hidden.txt", b"x")]);
    let shown = |format| {
        let output = bilan(folder.path(), &["read", ".", "--show", "documents", "--format", format]);
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        out(&output)
    };
    let json: serde_json::Value = serde_json::from_str(&shown("json")).expect("one object");
    let documents = json["documents"].as_array().expect("an array");
    assert_eq!(documents.iter().map(|row| &row["document"]).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(json["coverage"]["read"], 2);
    assert_eq!(shown("jsonl").lines().count(), 2);
    assert!(shown("csv").starts_with("document,"));
}

#[test]
fn colour_is_for_terminals_or_when_asked_for() {
    let folder = folder(&[("a.txt", REPORT.as_bytes())]);
    let colour = |args: &[&str], no_colour: bool| {
        let command = command(folder.path(), args);
        let command = if no_colour { command.env("NO_COLOR", "1") } else { command };
        out(&command.output().expect("the program starts")).contains('\u{1b}')
    };
    let args = ["read", "a.txt", "--show", "documents"];
    assert!(!colour(&args, false));
    assert!(!colour(&args, true));
    assert!(colour(&[&args[..], &["--color", "always"]].concat(), true));
}

#[test]
fn a_ledger_keeps_what_was_read_once() {
    let folder = folder(&[("reports/a.txt", REPORT.as_bytes())]);
    let run = |args: &[&str]| bilan(folder.path(), args);

    let missing = run(&["claims"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(err(&missing).contains("bilan.db: there is no ledger here"), "{}", err(&missing));

    let first = run(&["add", "reports"]);
    assert_eq!(first.status.code(), Some(0), "{}", err(&first));
    assert!(out(&first).starts_with("1 new document"), "{}", out(&first));
    let head = out(&first).rsplit(' ').next().expect("a head").trim().to_owned();
    let again = run(&["add", "."]);
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    assert!(out(&again).contains("1 known already"), "{}", out(&again));

    assert_eq!(run(&["claims"]).status.code(), Some(0));
    assert_eq!(run(&["compare", "--on", "2031-05-04"]).status.code(), Some(0));
    assert_eq!(run(&["fsck", "--head", &head]).status.code(), Some(0));
    let other = run(&["fsck", "--head", "another"]);
    assert_eq!(other.status.code(), Some(1), "{}", err(&other));
    assert!(out(&other).contains("broken: "), "{}", out(&other));
}

#[test]
fn a_ledger_that_is_none_is_told() {
    let folder = folder(&[("a.txt", REPORT.as_bytes()), ("old.db", b"this is no database at all, only words")]);
    for args in [&["claims"][..], &["add", "a.txt"], &["compare"], &["fsck"], &["serve"]] {
        let output = bilan(folder.path(), &[args, &["--ledger", "old.db"]].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(err(&output).lines().count(), 1, "{}", err(&output));
        assert!(err(&output).starts_with("bilan: old.db: this is not a database"), "{}", err(&output));
    }
}

#[test]
fn a_ledger_whose_end_was_cut_off_fails_the_check() {
    let folder = folder(&[("a.txt", REPORT.as_bytes())]);
    assert_eq!(bilan(folder.path(), &["add", "a.txt"]).status.code(), Some(0));
    let path = folder.path().join("bilan.db");
    let whole = fs::read(&path).expect("the ledger");
    fs::write(&path, &whole[..whole.len() / 3]).expect("a shorter ledger");
    let output = bilan(folder.path(), &["fsck"]);
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(1), ""));
    assert!(out(&output).contains("bilan.db: broken: the file is damaged"), "{}", out(&output));
    assert_eq!(bilan(folder.path(), &["claims"]).status.code(), Some(2));
}

#[test]
fn the_scorer_fails_below_what_was_asked() {
    let gold = "{\"id\":\"one\",\"text\":\"Il y eut 12 tonneaux.\",\"lang\":\"fr\",\"claims\":[{\"figure\":\"12\",\
                \"value\":\"99\"}]}\nbroken\n";
    let folder =
        folder(&[("gold.jsonl", gold.lines().next().expect("a line").as_bytes()), ("bad.jsonl", gold.as_bytes())]);
    let output = bilan(folder.path(), &["dev", "eval", "gold.jsonl", "--misses"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).starts_with("missed one: value 99\n    Il y eut »12« tonneaux.\n"), "{}", out(&output));
    let failed = bilan(folder.path(), &["dev", "eval", "gold.jsonl", "--at-least", "0.5"]);
    assert_eq!(failed.status.code(), Some(1));
    let broken = bilan(folder.path(), &["dev", "eval", "bad.jsonl"]);
    assert_eq!(broken.status.code(), Some(2));
    assert!(err(&broken).starts_with("bilan: bad.jsonl:2: no marked document"), "{}", err(&broken));
}

#[test]
fn rows_tell_what_was_right_and_why_it_was_believed_without_a_word_of_the_text() {
    let text =
        "(INVENTÉ) Selon le ministère valdorien de la Défense, 340 soldats karséniens ont été tués et 120 capturés.";
    let claims = r#"[{"figure":"340","outcome":"killed","side":"XB"},{"figure":"120","outcome":"killed"}]"#;
    let gold = |id: &str, claims: &str| format!(r#"{{"id":"{id}","text":"{text}","lang":"fr","claims":{claims}}}"#);
    let lines = [gold("one,two", claims), gold("none", "[]")].join("\n");
    let folder = folder(&[("gold.jsonl", lines.as_bytes())]);
    let output = bilan(folder.path(), &["dev", "eval", "gold.jsonl", "--rows", "rows.csv"]);
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
    let rows = fs::read_to_string(folder.path().join("rows.csv")).expect("the rows");
    assert!(rows.starts_with("document,right,confidence,base,fit,"), "{rows}");
    let begins: Vec<String> =
        rows.lines().skip(1).map(|row| row.split(',').take(2).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(begins, ["one-two,1", "one-two,0", "none,0", "none,0"]);
    let cells: Vec<usize> = rows.lines().map(|row| row.split(',').count()).collect();
    assert!(cells.iter().all(|of| *of == cells[0]), "{rows}");
    assert!(
        rows.lines().skip(1).flat_map(|row| row.split(',').skip(1)).all(|cell| cell.parse::<i8>().is_ok()),
        "{rows}"
    );
    let refused = bilan(folder.path(), &["dev", "eval", "gold.jsonl", "--rows", "absent/rows.csv"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).starts_with("bilan: absent/rows.csv: cannot be written"), "{}", err(&refused));
}

#[test]
fn mentions_are_lines_of_figures_and_dates() {
    let lines = [
        r#"{"id":"one","lang":"fr","published":"2031-05-07","text":"Samedi, plus de 30 tonneaux (INVENTÉ)."}"#,
        r#"{"id":"two","lang":"fr","text":"Samedi, entre 30 et 40 tonneaux."}"#,
        r#"{"id":"three","lang":"xx","text":"Samedi, 40 tonneaux."}"#,
        "broken",
    ];
    let folder = folder(&[("lines.jsonl", lines.join("\n").as_bytes())]);
    let mentions = |look: &[&str]| {
        let output = bilan(folder.path(), &[&["dev", "mentions", "lines.jsonl", "--format", "jsonl"], look].concat());
        assert_eq!(output.status.code(), Some(2));
        let complaints = err(&output);
        assert!(complaints.starts_with("bilan: lines.jsonl:4: "), "{complaints}");
        assert!(complaints.ends_with("\nbilan: 1 document in another language\n"), "{complaints}");
        out(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<serde_json::Value>>()
    };
    let date = |document: &str, day: Option<&str>| {
        serde_json::json!({"document": document, "kind": "date", "text": "Samedi", "start": 0, "end": 6,
                           "from": day, "to": day})
    };
    let back = mentions(&[]);
    let figure = serde_json::json!({"document": "one", "kind": "figure", "text": "30", "start": 16, "end": 18,
                                    "low": 31.0, "high": null, "point": 30.0, "hedge": "more_than"});
    assert_eq!(back[..3], [date("one", Some("2031-05-03")), figure, date("two", None)]);
    assert!(back[3..].iter().any(|row| row["low"] == 30.0 && row["high"] == 40.0), "{back:#?}");
    assert!(back.iter().all(|row| row["document"] != "three"), "{back:#?}");
    assert_eq!(mentions(&["--look", "back"]), back);
    assert_eq!(mentions(&["--look", "forward"])[0], date("one", Some("2031-05-10")));

    fs::write(folder.path().join("report.txt"), REPORT).expect("a file for the test");
    let found = bilan(folder.path(), &["dev", "mentions", "report.txt"]);
    assert_eq!((found.status.code(), err(&found).as_str()), (Some(0), ""), "its language is found");
    assert!(out(&found).contains(r#""text":"1 200""#), "{}", out(&found));
}

#[test]
fn a_broken_pack_is_told_with_file_and_line() {
    let kinds = include_bytes!("../../../packs/kinds.toml");
    let folder = folder(&[("packs/kinds.toml", kinds), ("packs/xx/outcome.toml", b"[[outcome]]\nid = 5\n")]);
    let failed = bilan(folder.path(), &["dev", "pack", "check", "packs"]);
    assert_eq!(failed.status.code(), Some(1), "{}", err(&failed));
    assert!(out(&failed).starts_with("packs/xx/outcome.toml:"), "{}", out(&failed));
    let refused = bilan(folder.path(), &["read", "none.txt", "--packs", "packs"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).starts_with("bilan: packs: packs/xx/outcome.toml:"), "{}", err(&refused));
    assert_eq!(bilan(folder.path(), &["dev", "pack", "check", "none"]).status.code(), Some(2));
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let folder = folder(&[]);
    let completions = out(&bilan(folder.path(), &["completions", "bash"]));
    let manual = out(&bilan(folder.path(), &["man"]));
    for name in ["add", "compare", "serve", "read", "why", "claims", "fsck", "dev"] {
        assert!(
            completions.contains(&format!("bilan__subcmd__{name}")) || completions.contains(&format!("bilan__{name}")),
            "{name}"
        );
        assert!(manual.contains(&format!("BILAN {}", name.to_uppercase())), "{name}");
    }
}

#[test]
fn tables_are_whole_or_not_there() {
    let folder = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("other.csv", b"colour,weight\nred,3\n"),
        (
            "tally.csv",
            b"date,day,tank,APC,field artillery\n2022-03-01,6,10,20,30\n2022-03-02,7,9,21,30\n2022-03-03,8,9\n",
        ),
        ("corrections.csv", b"date,day,tank,APC,field artillery\n2022-03-01,6,-10,20,30\n"),
    ]);
    let run = |args: &[&str]| bilan(folder.path(), args);
    let refused = |args: &[&str], expected: &str| {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
        assert!(err(&output).contains(expected), "{args:?}: {}", err(&output));
        assert_eq!(err(&output).lines().count(), 1, "{args:?}: {}", err(&output));
    };
    for ledgerless in [&["export", "csv"][..], &["check", "12 morts"], &["cite", "x@1+2"], &["series"]] {
        refused(ledgerless, "there is no ledger here");
    }
    refused(&["import", "other.csv"], "no map fits its columns (colour, weight)");
    refused(&["import", "tally.csv", "other.csv"], "no map fits");
    refused(&["import", "tally.csv", "--map", "published-estimates"], "needs the columns source");
    refused(&["import", "tally.csv", "--map", "nothing"], "is unknown; known: ");
    refused(&["import", "corrections.csv"], "corrections.csv:2: tank: -10 is below zero");
    assert!(!folder.path().join("bilan.db").exists(), "a table that is refused makes no ledger");

    let imported = run(&["import", "tally.csv"]);
    assert_eq!(imported.status.code(), Some(2), "one row was broken");
    for expected in ["line 4: 3 cells where the heading has 5", "line 3: tank falls by 1", "1 table kept; 6 claims"] {
        assert!(out(&imported).contains(expected), "{expected}: {}", out(&imported));
    }
    assert!(out(&run(&["import", "tally.csv"])).contains("1 known already"));
    assert_eq!(run(&["fsck"]).status.code(), Some(0));

    refused(&["export", "nope"], "format \"nope\" is unknown; known: csv");
    refused(&["export", "model", "--into", "tables"], "--lens");
    assert!(!folder.path().join("tables").exists() || fs::read_dir(folder.path().join("tables")).unwrap().count() == 0);
    assert_eq!(run(&["export", "csv", "--into", "tables"]).status.code(), Some(0));
    assert_eq!(run(&["export", "model", "--lens", "low", "--into", "tables"]).status.code(), Some(0));
    let mut files: Vec<String> = fs::read_dir(folder.path().join("tables"))
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, ["claims.csv", "datapackage.json", "model-classes.toml", "model.csv"]);
    let package = fs::read_to_string(folder.path().join("tables/datapackage.json")).unwrap();
    assert!(package.contains("\"path\": \"claims.csv\"") && package.contains("\"path\": \"model.csv\""), "{package}");
    fs::write(folder.path().join("tables/datapackage.json"), "{\"name\": \"mine\"}").unwrap();
    refused(&["export", "csv", "--into", "tables"], "not a package of bilan");
}
