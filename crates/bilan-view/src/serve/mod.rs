//! Opens a ledger for people and for programs.
//!
//! In: a ledger, an address to listen on, a token. Out: pages that need no script, pictures, JSON under `/api/v1`, a feed.
//!
//! A page elsewhere may have its name answered with 127.0.0.1 and read a newsroom's ledger through its reader's own
//! browser: on loopback only requests that name this machine are answered. Beyond loopback nothing is shown without the
//! token, or, where the owner opens it to everybody, claims with their sentences and never an article.

mod api;
mod asked;
mod feed;
mod guard;
mod highlight;
mod page;
mod room;
mod view;
mod wanted;

pub use guard::Token;

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bilan_ledger::{Ledger, LedgerError};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use room::{Kept, Room};
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::Semaphore;

/// What to show, and to whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ledger's file. Only a review writes to it.
    pub ledger: PathBuf,
    /// The address to listen on; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// Who holds it may write, and see whole texts from elsewhere. Without one nothing is written.
    pub token: Option<Token>,
    /// Beyond this machine, people without the token see claims and their sentences.
    pub public: bool,
    /// Requests a second from one address, beyond this machine or wherever it is set.
    pub rate: Option<u32>,
    /// All of it is invented, and every row and picture must say so.
    pub invented: bool,
    /// The clock, which nothing below the command reads.
    pub now: fn() -> jiff::Zoned,
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
    /// Others could read the ledger.
    #[error("{0} can be reached from other machines: give a token (--token-file FILE, or $BILAN_TOKEN)")]
    NoToken(SocketAddr),
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
    room: Arc<Room>,
}

/// Requests under way are given so long to end.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A client is given so long to say what it wants.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

/// So many requests read the ledger at once; others wait. Each has its own share of memory.
const AT_ONCE: usize = 6;

/// So many clients are connected at once; others wait.
const CLIENTS: usize = 1024;

impl Server {
    /// Opens the ledger once, so that a wrong path is told now and not on a page, and takes the address.
    pub fn bind(options: Options) -> Result<Server, ServeError> {
        let listen = options.listen;
        if !listen.ip().is_loopback() && options.token.is_none() {
            return Err(ServeError::NoToken(listen));
        }
        Ledger::open_read_only(&options.ledger)?;
        let taken = |because| ServeError::Listen { address: listen, because };
        let listener = TcpListener::bind(listen).map_err(taken)?;
        listener.set_nonblocking(true).map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        Ok(Server { listener, address, room: Arc::new(Room::of(options, address)) })
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
        let done = runtime.block_on(accept(self.listener, router(self.room), stop));
        runtime.shutdown_timeout(LAST_WORDS);
        done.map_err(ServeError::Stopped)
    }
}

/// Takes clients until told to stop; then lets those under way end.
async fn accept(listener: TcpListener, routes: Router, stop: impl Future<Output = ()>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(64 * 1024);
    let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CLIENTS)));
    tokio::pin!(stop);
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            client = listener.accept() => match client {
                Ok(client) => client,
                // A client that went away, or no more file handles: neither ends the server.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        let routes = routes.clone();
        let service = tower_service(routes, peer);
        let client = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // What a client does wrong ends its own connection only.
            let _ = client.await;
            drop(place);
        });
    }
    tokio::select! {
        () = graceful.shutdown() => (),
        () = tokio::time::sleep(LAST_WORDS) => (),
    }
    Ok(())
}

/// The routes, told who asks.
fn tower_service(routes: Router, peer: SocketAddr) -> TowerToHyperService<Router> {
    TowerToHyperService::new(routes.layer(axum::Extension(guard::Peer(peer.ip()))))
}

fn router(room: Arc<Room>) -> Router {
    Router::new()
        .route("/", view::history(view::compare))
        .route("/compare.{form}", view::history(view::compare_file))
        .route("/series", view::history(view::series))
        .route("/series.{form}", view::history(view::series_file))
        .route("/claims", view::get(view::claims))
        .route("/claims.{form}", view::get(view::claims_file))
        .route("/statement/{figure}", view::history(view::statement))
        .route("/documents", view::get(view::documents))
        .route("/document/{id}", view::get(view::document))
        .route("/check", view::get(view::check).post(view::check_text))
        .route("/review", view::get(view::review).post(view::review_one))
        .route("/methods", view::get(view::methods))
        .route("/api", view::get(view::api_page))
        .route("/token", view::get(view::token).post(view::token_given))
        .route("/feed.atom", view::get(feed::feed))
        .route("/openapi.json", view::get(api::openapi))
        .nest("/api/v1", api::routes())
        .route("/style.css", get(style))
        .route("/page.js", get(script))
        .route("/font/regular.woff2", get(|| font(include_bytes!("../../assets/font/noto-sans-regular.woff2"))))
        .route("/font/bold.woff2", get(|| font(include_bytes!("../../assets/font/noto-sans-bold.woff2"))))
        // Browsers ask for it unasked: no picture, and no error in their console.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .fallback(view::nothing_here)
        .method_not_allowed_fallback(view::not_that_way)
        .layer(middleware::from_fn_with_state(room.clone(), guard::guard))
        .with_state(room)
}

async fn style(request: Request) -> Response {
    static STYLE: LazyLock<Kept> =
        LazyLock::new(|| asset("text/css; charset=utf-8", include_str!("../../assets/style.css")));
    room::sent(&STYLE, request.headers(), "max-age=300")
}

async fn script(request: Request) -> Response {
    static SCRIPT: LazyLock<Kept> =
        LazyLock::new(|| asset("text/javascript; charset=utf-8", include_str!("../../assets/page.js")));
    room::sent(&SCRIPT, request.headers(), "max-age=300")
}

fn asset(kind: &'static str, text: &'static str) -> Kept {
    Kept::of(kind, None, text.as_bytes().to_vec(), None)
}

async fn font(bytes: &'static [u8]) -> Response {
    ([(header::CONTENT_TYPE, "font/woff2"), (header::CACHE_CONTROL, "max-age=86400")], bytes).into_response()
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
