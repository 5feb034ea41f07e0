//! Takes archives apart: packed streams, the records of a WARC, the files of a tar, the answers of a web server.
//!
//! In: bytes from a file, a pipe or the network. Out: streams, records and files, each with its place in those bytes.
//!
//! Archives come cut: a crawl that died, a copy that stopped. A gzip stream that ends within its last member looks whole
//! to many readers; here nothing ends without its end, what came before is kept, and what comes after is looked for.

pub mod http;
pub mod packed;
pub mod tar;
pub mod warc;

pub use packed::{Packing, Unpacked};
