//! Defines the commands that show the ledger in a browser: `serve`, `demo`.
//!
//! In: words of the command line. Out: their flags.

use super::LedgerAt;
use clap::Args as Group;
use std::path::PathBuf;

/// `bilan serve`
#[derive(Debug, Group)]
pub struct Serve {
    #[command(flatten)]
    pub serving: Serving,

    /// Beyond this machine, let people without the token see claims and their sentences
    #[arg(long)]
    pub public: bool,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// How a page is served.
#[derive(Debug, Group)]
pub struct Serving {
    /// Address and port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    pub listen: std::net::SocketAddr,

    /// File with the token that lets its holder write, and see whole texts from elsewhere; or $BILAN_TOKEN
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// Requests a second from one address; beyond this machine 20 when not given
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub rate: Option<u32>,

    /// Log requests on standard error as lines of JSON
    #[arg(long)]
    pub log_json: bool,
}

/// `bilan demo`
#[derive(Debug, Group)]
pub struct Demo {
    #[command(flatten)]
    pub serving: Serving,

    /// Keep the ledger of the demonstration in this file, which must not exist, and serve nothing
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
}
