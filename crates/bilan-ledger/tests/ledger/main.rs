//! The ledger as its users meet it. All texts here are INVENTED.

mod crash;

mod fsck;

mod invented;

mod open;

mod questions;

mod refuses;

mod review;

mod story;
