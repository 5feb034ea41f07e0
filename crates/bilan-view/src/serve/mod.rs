//! Opens a ledger for people: a list of claims, and a document with its claims marked.
//!
//! In: a ledger, which is only read, and an address to listen on. Out: two pages, without script.
//!
//! A page elsewhere may have its name answered with 127.0.0.1 and read a newsroom's ledger through its reader's own
//! browser: on loopback only requests that name this machine are answered. Beyond loopback a claim travels with its
//! sentence and not with the article.

mod answer;
mod highlight;
pub(crate) mod label;
mod page;
mod wanted;

use answer::Shown;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bilan_ledger::{Ledger, LedgerError};
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// What to show, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ledger's file. It is never written.
    pub ledger: PathBuf,
    /// The address to listen on; port 0 takes any that is free.
    pub listen: SocketAddr,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The ledger cannot be opened.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {because}; choose another with --listen")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        because: io::Error,
    },
    /// The server stopped by itself.
    #[error("the server stopped: {0}")]
    Stopped(io::Error),
}

/// Shows the ledger until the program is told to stop. Blocks.
pub fn serve(options: Options) -> Result<(), ServeError> {
    Server::bind(options)?.run()
}

/// A server that listens already: ask for its address, then run it.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shown: Shown,
}

/// Requests under way are given so long to end.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// So many requests read the ledger at once; others wait.
const AT_ONCE: usize = 16;

impl Server {
    /// Opens the ledger once, so that a wrong path is told now and not on a page, and takes the address.
    pub fn bind(options: Options) -> Result<Server, ServeError> {
        let Options { ledger, listen } = options;
        Ledger::open_read_only(&ledger)?;
        let taken = |because| ServeError::Listen { address: listen, because };
        let listener = TcpListener::bind(listen).map_err(taken)?;
        listener.set_nonblocking(true).map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        Ok(Server { listener, address, shown: Shown { ledger, local: address.ip().is_loopback() } })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until the program is told to stop (Ctrl-C, or the signal to terminate). Blocks.
    pub fn run(self) -> Result<(), ServeError> {
        self.run_until(told_to_stop())
    }

    /// Answers until `stop` is ready. Blocks.
    pub fn run_until(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(AT_ONCE)
            .enable_all()
            .build()
            .map_err(ServeError::Stopped)?;
        let done = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let (stopping, told) = oneshot::channel();
            let stop = async move {
                stop.await;
                // Nobody listens any more when the server has ended by itself.
                let _ = stopping.send(());
            };
            let server = axum::serve(listener, router(self.shown)).with_graceful_shutdown(stop);
            let too_late = async {
                if told.await.is_err() {
                    std::future::pending::<()>().await;
                }
                tokio::time::sleep(LAST_WORDS).await;
            };
            tokio::select! {
                done = server => done,
                () = too_late => Ok(()),
            }
        });
        runtime.shutdown_timeout(LAST_WORDS);
        done.map_err(ServeError::Stopped)
    }
}

fn router(shown: Shown) -> Router {
    let shown = Arc::new(shown);
    Router::new()
        .route("/", get(answer::claims))
        .route("/document/{id}", get(answer::document))
        .route("/style.css", get(style))
        // Browsers ask for it unasked: no picture, and no error in their console.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .fallback(answer::nothing_here)
        .method_not_allowed_fallback(answer::only_get)
        .layer(middleware::from_fn_with_state(shown.clone(), guard))
        .with_state(shown)
}

async fn style() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (kind, include_str!("../../assets/style.css")).into_response()
}

/// Refuses what does not name this machine, and gives every answer the same strict headers.
async fn guard(State(shown): State<Arc<Shown>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let mut response = if shown.local && !names_this_machine(host) {
        answer::message(&request, StatusCode::MISDIRECTED_REQUEST, "bad_host", "")
    } else if request.method() != Method::GET && request.method() != Method::HEAD {
        answer::message(&request, StatusCode::METHOD_NOT_ALLOWED, "method", "")
    } else {
        next.run(request).await
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The `Host` of a request is localhost or a loopback address, with any port.
fn names_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => (),
        () = terminated => (),
    }
}

#[cfg(test)]
mod tests {
    use super::names_this_machine;

    #[test]
    fn only_this_machine_s_own_names_are_answered() {
        for host in ["localhost", "LOCALHOST:7878", "127.0.0.1:7878", "127.1.2.3", "[::1]:7878", "[::1]"] {
            assert!(names_this_machine(host), "{host}");
        }
        for host in ["", "example.invalid", "localhost.example.invalid:7878", "127.0.0.1.example.invalid", "10.0.0.1"] {
            assert!(!names_this_machine(host), "{host}");
        }
    }
}
