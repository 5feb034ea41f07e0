//! Takes the text out of a PDF, in a process of its own.
//!
//! In: the bytes of a PDF. Out: the text of each page, or one line that says why there is none.
//!
//! A PDF may hold a font that breaks the library, pages that hold themselves, or a stream that grows to gigabytes. So
//! this program starts itself once more, with a limit of memory and of time, and only that process is lost.

use crate::damaged::{self, Tree};
use anyhow::{Context, Result, anyhow, bail};
use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The command that the process runs; no help page shows it.
pub const COMMAND: &str = "pdf-text";

/// Most bytes of a PDF.
pub const LIMIT: usize = 256 << 20;

/// Most memory of the process.
const MEMORY: u64 = 2 << 30;

/// Most bytes of text that it may give.
const TEXT: u64 = 64 << 20;

/// How long it may take.
const TIME: Duration = Duration::from_secs(60);

/// What is said of a PDF with a password.
const LOCKED: &str = "a PDF that is locked by a password; expected one that opens without";

/// What stands between two pages on the way from one process to the other; a page that holds it loses it.
const BREAK: char = bilan::document::PAGE_BREAK;

/// What a process says of a PDF that it had to mend.
const DAMAGED: &str = "damaged";

/// The text of a PDF.
pub struct Pdf {
    pub pages: Vec<String>,
    /// Its own table of what it holds was of no use.
    pub damaged: bool,
}

/// The pages of a PDF.
pub fn pages(bytes: Vec<u8>) -> Result<Pdf, String> {
    let program = std::env::current_exe().map_err(|error| format!("this program cannot be found: {error}"))?;
    let mut command = Command::new(program);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("the process for a PDF cannot be started: {error}"))?;
    let (status, text, said) = finish(&mut child, bytes).map_err(|wrong| wrong.to_string())?;
    if !status.success() {
        let said = said.lines().last().unwrap_or("").trim();
        let said = said.strip_prefix("bilan: ").unwrap_or(said).to_owned();
        return Err(match (status.code(), said.is_empty()) {
            (Some(2), false) => said,
            (Some(code), _) => format!("a PDF that breaks the library that reads it (code {code})"),
            (None, _) => "a PDF that breaks the library that reads it, or takes too much memory".to_owned(),
        });
    }
    Ok(Pdf { pages: text.split(BREAK).map(str::to_owned).collect(), damaged: said.trim() == DAMAGED })
}

/// Feeds the process and waits for it, but not for ever.
fn finish(child: &mut Child, bytes: Vec<u8>) -> Result<(ExitStatus, String, String)> {
    let (Some(mut to), Some(from), Some(complaints)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        bail!("the process for a PDF has no pipes");
    };
    // A process that ends early closes its pipe; what it says then is what counts.
    let feeding = std::thread::spawn(move || drop(to.write_all(&bytes)));
    let said = std::thread::spawn(move || read(complaints, 1 << 16));
    let (done, wait) = mpsc::channel();
    std::thread::spawn(move || drop(done.send(read(from, TEXT))));
    let text = wait.recv_timeout(TIME);
    if text.is_err() {
        // It may have ended in this moment.
        let _ = child.kill();
    }
    let status = child.wait().context("the process for a PDF is lost")?;
    let (_, said) = (feeding.join(), said.join().unwrap_or_default());
    match text {
        Ok(text) => Ok((status, text, said)),
        Err(_) => bail!("a PDF that takes more than {} seconds to read", TIME.as_secs()),
    }
}

fn read(from: impl Read, limit: u64) -> String {
    let mut bytes = Vec::new();
    let _ = from.take(limit).read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What the process does: reads a PDF from standard input and writes its pages.
pub fn run() -> Result<()> {
    rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY).context("memory cannot be limited")?;
    // What breaks is told by the other process, in one line.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    io::stdin().lock().take(LIMIT as u64).read_to_end(&mut bytes)?;
    let from = bilan::document::pdf_start(&bytes).unwrap_or(0);
    let (pages, damaged) = extract(&bytes[from..])?;
    if damaged {
        write!(io::stderr(), "{DAMAGED}")?;
    }
    let mut out = io::stdout().lock();
    for (number, page) in pages.iter().enumerate() {
        if number > 0 {
            write!(out, "{BREAK}")?;
        }
        out.write_all(page.replace(BREAK, "\n").as_bytes())?;
    }
    Ok(out.flush()?)
}

/// The pages, and whether the PDF had to be mended for it.
fn extract(bytes: &[u8]) -> Result<(Vec<String>, bool)> {
    let first = pages_of(bytes);
    if matches!(&first, Ok(pages) if !pages.is_empty()) {
        return first.map(|pages| (pages, false)).map_err(|why| anyhow!(why));
    }
    // The library takes what it cannot unlock for no pages.
    if memchr::memmem::find(bytes, b"/Encrypt").is_some() {
        bail!("{LOCKED}");
    }
    for tree in [Tree::Own, Tree::Made] {
        if let Some(Ok(pages)) = damaged::mended(bytes, tree).map(|mended| pages_of(&mended))
            && pages.iter().any(|page| !page.trim().is_empty())
        {
            return Ok((pages, true));
        }
    }
    Err(anyhow!(first.err().unwrap_or_else(|| "a damaged PDF: no page was found in it".to_owned())))
}

fn pages_of(bytes: &[u8]) -> Result<Vec<String>, String> {
    let broke = || "a PDF that breaks the library that reads it".to_owned();
    let read = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem_by_pages(bytes)).map_err(|_| broke())?;
    let pages = read.map_err(|error| reason(&error.to_string()))?;
    // The library takes what it cannot unlock for blank pages.
    let blank = pages.iter().all(|page| page.trim().is_empty());
    match blank && memchr::memmem::find(bytes, b"/Encrypt").is_some() {
        true => Err(LOCKED.to_owned()),
        false => Ok(pages),
    }
}

/// The library's reason in our words.
fn reason(words: &str) -> String {
    let low = words.to_lowercase();
    match low.contains("encrypt") || low.contains("decrypt") || low.contains("password") {
        true => LOCKED.to_owned(),
        false => format!("a PDF that cannot be read, perhaps cut: {words}"),
    }
}
