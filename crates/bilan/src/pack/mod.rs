//! Loads the packs: what a language's words mean, as data.
//!
//! In: TOML files. Out: [`Packs`], or the first entry that is wrong with its file and line.
//!
//! A broken pack is refused whole: half a pack would read half the figures and say nothing.

mod entries;
mod inflection;
mod load;
mod mask;
mod tags;
mod vocabulary;

pub use entries::*;
pub use load::{Order, Pack, PackError, Packs, Shared};
pub use mask::Mask;
pub use tags::Tags;
pub use vocabulary::{Found, Sense, Vocabulary, hint};
