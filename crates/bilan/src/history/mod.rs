//! Tells which claims are the same statement, which differ, and what is the latest known.
//!
//! In: [`Appearance`]s in any order, and [`Kinds`]. Out: [`Line`]s of [`Statement`]s, [`Series`], [`Relation`]s,
//! [`Sum`]s, and for a day a [`Comparison`].
//!
//! Everything here is a pure function of a group of claims: it can be thrown away and made again, and the order in
//! which the claims arrived leaves no trace. Nothing here says who is right.

mod appearance;

mod days;

mod run;

mod line;

mod reason;

mod relation;

mod retell;

mod revise;

mod series;

mod sums;

mod compare;

mod news;

mod print;

pub use crate::kinds::{Kinds, KindsError};
pub use appearance::{Appearance, Papers, mark};
pub use compare::{Age, Comparison, Group, Known, Range, Subject, compare, latest};
pub use days::{Days, as_of, as_of_days};
pub use line::{Incident, Key, Line, Statement, Voice, lines};
pub use news::{News, news};
pub use print::{answer, print_comparison, print_history};
pub use reason::{Reason, Settings, apart};
pub use relation::{Relation, relate, round_forms, rounded, rounds};
pub use retell::{At, Related, retellings};
pub use run::RUN_GAP;
pub use series::{Beside, GAP_DAYS, JUMP, Series, Step};
pub use sums::{Sum, sums};
