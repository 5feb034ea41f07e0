//! Knows where the project lies, and starts programs in it.
//!
//! In: the place this program was built from, `BILAN_SHARED`, `CARGO`. Out: paths and [`Command`]s.
//!
//! The gate runs without a terminal: no command it starts may wait for somebody to type.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The project's folder, and the shared folder of third-party data beside it.
pub struct Checkout {
    /// Where the workspace's `Cargo.toml` lies.
    pub root: PathBuf,
    /// `BILAN_SHARED`, else `../shared`; it may be absent.
    pub shared: PathBuf,
    /// Where cargo builds, and where we leave what can be made again.
    pub target: PathBuf,
}

impl Checkout {
    /// The checkout this program was built in.
    pub fn here() -> Checkout {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_path_buf();
        let shared = match std::env::var_os("BILAN_SHARED").filter(|path| !path.is_empty()) {
            Some(path) => std::path::absolute(&path).unwrap_or_else(|_| path.into()),
            None => root.parent().unwrap_or(&root).join("shared"),
        };
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
        Checkout { target: root.join(target), shared: shared.canonicalize().unwrap_or(shared), root }
    }

    /// A program that runs in the project's folder, without a terminal.
    pub fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).current_dir(&self.root).env("BILAN_SHARED", &self.shared).stdin(Stdio::null());
        command
    }

    /// The cargo that started this program.
    pub fn cargo(&self, args: &[&str]) -> Command {
        self.command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), args)
    }

    /// Whether a program answers.
    pub fn has(&self, program: &str, args: &[&str]) -> bool {
        let mut command = self.command(program, args);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    }
}

/// Shows the command, runs it, and fails when it does.
pub fn run(command: &mut Command) -> Result<()> {
    let line = shown(command);
    eprintln!("$ {line}");
    let status = command.status().with_context(|| format!("{line}: cannot be started; is it installed?"))?;
    if !status.success() {
        bail!("{line}: {status}");
    }
    Ok(())
}

/// Runs the command and gives back what it prints; what it says on stderr goes through.
pub fn output(command: &mut Command) -> Result<String> {
    let line = shown(command);
    eprintln!("$ {line}");
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("{line}: cannot be started"))?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        print!("{printed}");
        bail!("{line}: {}", output.status);
    }
    Ok(printed)
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
