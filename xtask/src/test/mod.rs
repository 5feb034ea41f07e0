//! Runs the parts of the gate, all of them even when one fails, and sums up.
//!
//! In: the list in `parts.rs`. Out: a line for each part, and last `N passed, N failed`.
//!
//! A part that did not run is never silent: a gate that skips in the dark proves nothing.

mod asked;
mod browser;
mod parts;
mod suites;
mod tables;

use crate::checkout::{Checkout, run as run_command};
use anyhow::{Context, Result, bail};
use std::time::{Duration, Instant};

/// One thing that the gate checks.
pub struct Part {
    /// As it stands in the summary.
    pub name: &'static str,
    /// What must be there beside cargo. With nothing here, the part runs every day; else only with `--all`.
    pub needs: &'static [Need],
    /// Fails with the reason.
    pub run: fn(&Checkout) -> Result<()>,
}

/// Something that a part needs and a fresh clone may lack.
pub enum Need {
    /// A path under the shared folder. It cannot be installed: where it is absent the part is not run.
    Shared(&'static str),
    /// A program, the argument it answers to, and the shell command that installs it.
    Program(&'static str, &'static str, &'static str),
    /// About so many minutes: too long for every day.
    Minutes(u32),
}

enum End {
    Passed,
    Failed(String),
    NotRun(String),
}

/// Runs what can be run, or only the parts named; true when no part failed.
pub fn run(checkout: &Checkout, all: bool, only: &[String]) -> Result<bool> {
    let known: Vec<&str> = parts::PARTS.iter().map(|part| part.name).collect();
    if let Some(unknown) = only.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("no part is called `{unknown}`; the parts are {}", known.join(", "));
    }
    let mut ends = vec![];
    let wanted = |part: &&Part| only.is_empty() || only.iter().any(|name| name == part.name);
    for part in parts::PARTS.iter().filter(wanted) {
        eprintln!("\n== {} ==", part.name);
        let start = Instant::now();
        let end = end_of(part, checkout, all || !only.is_empty());
        match &end {
            End::Passed => {}
            End::Failed(why) => eprintln!("FAILED {}: {why}", part.name),
            End::NotRun(why) => eprintln!("NOT RUN {}: {why}", part.name),
        }
        ends.push((part.name, start.elapsed(), end));
    }
    let (text, failed) = summary(&ends);
    println!("{text}");
    Ok(failed == 0)
}

fn end_of(part: &Part, checkout: &Checkout, all: bool) -> End {
    if !all && !part.needs.is_empty() {
        let needs: Vec<String> = part.needs.iter().map(|need| need.words(checkout)).collect();
        return End::NotRun(format!("it needs {}; `cargo xtask test --all` runs it", needs.join(" and ")));
    }
    for need in part.needs {
        match need {
            Need::Shared(path) if !checkout.shared.join(path).exists() => {
                return End::NotRun(format!("{} is absent; BILAN_SHARED says where it lies", need.words(checkout)));
            }
            Need::Shared(_) | Need::Minutes(_) => {}
            Need::Program(program, answers, install) => {
                if let Err(error) = installed(checkout, program, answers, install) {
                    return End::Failed(format!("{error:#}"));
                }
            }
        }
    }
    match (part.run)(checkout) {
        Ok(()) => End::Passed,
        Err(error) => End::Failed(format!("{error:#}")),
    }
}

fn installed(checkout: &Checkout, program: &str, answers: &str, install: &str) -> Result<()> {
    if checkout.has(program, &[answers]) {
        return Ok(());
    }
    eprintln!("{program} is missing: installing it");
    let mut command = checkout.command("sh", &["-c", install]);
    run_command(command.env("DEBIAN_FRONTEND", "noninteractive"))
        .with_context(|| format!("{program} is missing and could not be installed"))?;
    if !checkout.has(program, &[answers]) {
        bail!("{program} is still missing after `{install}`");
    }
    Ok(())
}

impl Need {
    fn words(&self, checkout: &Checkout) -> String {
        match self {
            Need::Shared(path) => checkout.shared.join(path).display().to_string(),
            Need::Program(program, ..) => (*program).to_string(),
            Need::Minutes(minutes) => format!("{minutes} minutes"),
        }
    }
}

fn summary(ends: &[(&str, Duration, End)]) -> (String, usize) {
    let (mut text, mut passed, mut failed) = (String::from("\n"), 0, 0);
    for (name, took, end) in ends {
        let seconds = took.as_secs_f64();
        text += &match end {
            End::Passed => {
                passed += 1;
                format!("passed   {name:<14} {seconds:>7.1} s\n")
            }
            End::Failed(why) => {
                failed += 1;
                format!("FAILED   {name:<14} {seconds:>7.1} s  {why}\n")
            }
            End::NotRun(why) => format!("not run  {name:<14}            {why}\n"),
        };
    }
    text += &format!("{passed} passed, {failed} failed");
    (text, failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(needs: &'static [Need], run: fn(&Checkout) -> Result<()>) -> Part {
        Part { name: "invented", needs, run }
    }

    #[test]
    fn a_failing_part_is_counted_and_the_rest_still_stands() {
        let ends = [
            ("format", Duration::ZERO, End::Failed("badly".into())),
            ("tests", Duration::ZERO, End::Passed),
            ("suites", Duration::ZERO, End::NotRun("absent".into())),
        ];
        let (text, failed) = summary(&ends);
        assert_eq!(failed, 1);
        assert_eq!(text.lines().last(), Some("1 passed, 1 failed"));
        assert!(text.contains("not run  suites"), "{text}");
    }

    #[test]
    fn a_part_with_needs_waits_for_all_and_says_so() {
        let part = part(&[Need::Shared("no-such-folder")], |_| bail!("must not be reached"));
        for all in [false, true] {
            assert!(
                matches!(end_of(&part, &Checkout::here(), all), End::NotRun(why) if why.contains("no-such-folder"))
            );
        }
    }

    #[test]
    fn a_program_that_cannot_be_installed_fails_its_part() {
        let part = part(&[Need::Program("no-such-program", "--version", "false")], |_| Ok(()));
        assert!(matches!(end_of(&part, &Checkout::here(), true), End::Failed(why) if why.contains("no-such-program")));
    }
}
