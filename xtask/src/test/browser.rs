//! Walks every view in a real browser: an invented war, and a ledger of hostile documents.
//!
//! In: Debian's Chromium, playwright-core and axe-core by npm, in a folder that can be thrown away. Out: screenshots in
//! `target/browser/shots`, or the first faults: a violation of WCAG A to AA, a word in the console, a script that ran.
//!
//! A document can hold a script in its title, its outlet, its address and its words; what is escaped in one place is
//! forgotten in the next. So every field is hostile at once, and every view is walked.

use crate::checkout::{Checkout, run, shown};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What the walk needs, at the versions it was written for.
const MODULES: [&str; 2] = ["playwright-core@1", "axe-core@4"];

/// Pictures of the README: file, view, and the place scrolled to.
const README: [(&str, &str, &str); 2] = [
    ("compare.png", "/?side=XB&counted=military&lang=en", "h1"),
    ("series.png", "/series?side=XB&counted=military&lang=en", "figure.picture"),
];

/// Walks both ledgers.
pub fn run_all(at: &Checkout) -> Result<()> {
    let place = at.target.join("browser");
    let shots = place.join("shots");
    fs::create_dir_all(&shots).with_context(|| format!("{}: cannot be made", shots.display()))?;
    modules(at, &place)?;
    run(&mut at.cargo(&["build", "--quiet", "--package", "bilan-cli"]))?;
    let demo = Served::start(at, &["demo"], None)?;
    let figure = demo.ask("/api/v1/claims?claimant=XA/general-staff&outcome=killed&limit=10")?;
    let figure =
        figure["claims"][5]["figure"].as_str().context("the demonstration has no figure to look at")?.to_owned();
    walk(at, &place, "demo", &demo, views(&figure, "INVENTED-earthquake"), true)?;
    drop(demo);

    let file = place.join("hostile.jsonl");
    fs::write(&file, hostile()).with_context(|| format!("{}: cannot be written", file.display()))?;
    let ledger = place.join("hostile.db");
    for old in ["hostile.db", "hostile.db-wal", "hostile.db-shm"] {
        let _ = fs::remove_file(place.join(old));
    }
    let path = |path: &Path| path.display().to_string();
    run(&mut bilan(at, &["add", &path(&file), "--ledger", &path(&ledger)]))?;
    let served = Served::start(at, &["serve"], Some(&ledger))?;
    let documents = served.ask("/api/v1/documents")?;
    let hash = documents["documents"][0]["hash"].as_str().context("no hostile document was added")?.to_owned();
    let claims = served.ask("/api/v1/claims")?;
    let figure = claims["claims"][0]["figure"].as_str().context("no claim was found in a hostile document")?.to_owned();
    walk(at, &place, "hostile", &served, views(&figure, &hash), false)
}

/// Every view, by name.
fn views(figure: &str, document: &str) -> Vec<Value> {
    let mut views: Vec<Value> = [
        ("compare", "/".to_owned()),
        ("subject", "/?side=XB&counted=military".to_owned()),
        ("series", "/series?side=XB".to_owned()),
        ("claims", "/claims".to_owned()),
        ("statement", format!("/statement/{figure}?n=0")),
        ("documents", "/documents".to_owned()),
        ("document", format!("/document/{document}")),
        ("check", "/check".to_owned()),
        ("review", "/review".to_owned()),
        ("methods", "/methods".to_owned()),
        ("api", "/api".to_owned()),
        ("token", "/token".to_owned()),
    ]
    .into_iter()
    .map(|(name, path)| json!({"name": name, "path": path}))
    .collect();
    views.push(json!({"name": "missing", "path": "/nowhere", "status": 404}));
    views
}

fn walk(at: &Checkout, place: &Path, name: &str, served: &Served, views: Vec<Value>, whole: bool) -> Result<()> {
    let mut job = json!({
        "address": served.address, "browser": "/usr/bin/chromium", "modules": place, "fast": !whole, "views": views,
        "shots": place.join("shots").join(name),
    });
    // The pictures of the README change only when somebody asks for it.
    if whole && std::env::var_os("BILAN_README").is_some() {
        let shot = |(file, path, to): (&str, &str, &str)| json!({"file": at.root.join("pictures").join(file), "path": path, "to": to, "width": 1000, "height": 720});
        job["readme"] = README.map(shot).to_vec().into();
        fs::create_dir_all(at.root.join("pictures"))?;
    }
    let file = place.join(format!("{name}.json"));
    fs::write(&file, job.to_string()).with_context(|| format!("{}: cannot be written", file.display()))?;
    let script = at.root.join("xtask/src/test/browser/walk.mjs");
    let mut command = at.command("node", &[&script.display().to_string(), &file.display().to_string()]);
    run(&mut command).with_context(|| format!("{name}: the faults stand above, one a line"))
}

fn modules(at: &Checkout, place: &Path) -> Result<()> {
    if place.join("node_modules/playwright-core").exists() && place.join("node_modules/axe-core").exists() {
        return Ok(());
    }
    fs::write(place.join("package.json"), "{\"private\": true}")?;
    let mut command = at.command("npm", &["install", "--no-audit", "--no-fund", "--ignore-scripts"]);
    run(command.args(MODULES).current_dir(place)).context("playwright-core and axe-core could not be installed")
}

/// Documents of which every field would like to be more than words.
fn hostile() -> String {
    let script = "<script>window.hostile=true;alert(1)</script>";
    let handler = "\"><img src=x onerror=\"window.hostile=true\"><svg onload=window.hostile=true>";
    let turned = "\u{202e}12 000\u{202c}\u{2066}x\u{2069}\u{0007}";
    let long = "x".repeat(1_000_000);
    let one = |id: &str, url: &str, words: &str| {
        json!({
            "id": format!("INVENTED {id} {words}"), "url": url, "lang": "fr", "published": "2031-05-04",
            "title": format!("INVENTED {words}"), "outlet": format!("INVENTED {words}"),
            "text": format!(
                "Selon l'état-major général valdorien, 1 080 soldats karséniens ont été tués depuis le 3 avril. {words}\n\n\
                 Selon le maire de {words}, au moins 14 civils ont été tués mardi à {words}.\n\n(Exemple inventé.)"
            ),
        })
        .to_string()
    };
    [
        one("script", "javascript:window.hostile=true", script),
        one("handler", "https://example.invalid/\"onmouseover=\"window.hostile=true", handler),
        one("turned", "data:text/html,<script>window.hostile=true</script>", turned),
        one(
            "template",
            "https://example.invalid/{{7*7}}",
            "{{7*7}} ${7*7} <%= 7*7 %> {% raw %} </title></textarea>-->",
        ),
        one("long", "https://example.invalid/long", &long),
        one("csv", "https://example.invalid/csv", "=HYPERLINK(\"http://example.invalid\")\u{0}\u{fffe}]]>"),
    ]
    .join("\n")
}

fn bilan(at: &Checkout, args: &[&str]) -> Command {
    let program = at.target.join("debug/bilan");
    at.command(&program.display().to_string(), args)
}

/// A server under test; it ends when dropped.
pub struct Served {
    child: Child,
    /// As one types it, without the last slash.
    pub address: String,
}

impl Served {
    /// Starts `bilan demo` or `bilan serve` on a port that is free.
    pub fn start(at: &Checkout, args: &[&str], ledger: Option<&Path>) -> Result<Served> {
        let mut command = bilan(at, args);
        command.args(["--listen", "127.0.0.1:0"]).env("BILAN_TOKEN", TOKEN).stdout(Stdio::piped());
        if let Some(ledger) = ledger {
            command.arg("--ledger").arg(ledger);
        }
        let line = shown(&command);
        let mut child = command.spawn().with_context(|| format!("{line}: cannot be started"))?;
        let mut first = String::new();
        let printed = child.stdout.take().context("its output is gone")?;
        BufReader::new(printed).read_line(&mut first)?;
        let address = first.split('/').nth(2).filter(|address| address.contains(':'));
        let Some(address) = address.map(|address| format!("http://{address}")) else {
            let _ = child.kill();
            bail!("{line}: printed `{}`, and no address", first.trim());
        };
        Ok(Served { child, address })
    }

    /// The JSON at a path.
    fn ask(&self, path: &str) -> Result<Value> {
        let url = format!("{}{path}", self.address);
        let output = Command::new("curl").args(["--silent", "--show-error", "--fail", "--globoff", &url]).output();
        let output = output.context("curl cannot be started")?;
        if !output.status.success() {
            bail!("{url}: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        serde_json::from_slice(&output.stdout).with_context(|| format!("{url}: no JSON"))
    }
}

/// What lets the tests write. Nothing but an invented ledger lies behind it.
pub const TOKEN: &str = "an-invented-token-of-the-tests";

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
