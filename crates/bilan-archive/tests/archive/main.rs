//! Archives as they come: whole, cut, broken, hostile. All of it is invented.

mod made;
mod packed;
mod warc;
