//! Takes readings apart before they are written.
//!
//! In: readings to append. Out: their texts, bodies and rows, one reading after the other.
//!
//! To make a body and its rows is nearly as much work as to write them, and needs neither the ledger nor its lock: one
//! thread writes, and those beside it are some readings ahead, but never a whole batch.

use crate::canonical::canonical;
use crate::entry::{self, Access, Parts, Retrieval};
use crate::error::Because;
use crate::lines::Told;
use crate::tables::{self, Cells};
use bilan::Reading;
use std::sync::mpsc::sync_channel;
use std::thread;

/// A reading to append.
pub(crate) struct New<'a> {
    pub reading: &'a Reading,
    pub access: Access,
    pub retrieval: Option<Retrieval>,
}

/// All that a reading becomes in the ledger, but for the numbers that it gets there.
pub(crate) struct Apart {
    pub parts: Parts,
    pub body: String,
    pub claims: Vec<Cells>,
    pub refusals: Vec<Cells>,
    pub told: Vec<Told>,
}

impl Apart {
    fn of(New { reading, access, retrieval }: &New) -> Apart {
        let parts = entry::take_apart(reading, *access, retrieval.clone());
        let (claims, refusals) = (reading.claims.iter().enumerate(), reading.refusals.iter().enumerate());
        Apart {
            body: canonical(&parts.body),
            parts,
            claims: claims.map(|(nth, claim)| tables::claim_row(0, nth, claim, reading, true)).collect(),
            refusals: refusals.map(|(nth, refusal)| tables::refusal_row(0, nth, refusal, reading, true)).collect(),
            told: reading.claims.iter().map(|claim| Told::of(claim, &reading.document, *access)).collect(),
        }
    }
}

/// So many readings go from one thread to another at once, and so many of these shares wait to be taken.
const SHARE: usize = 16;
const AHEAD: usize = 4;

/// Takes readings apart on all other cores, and hands them over in order.
pub(crate) fn each_apart(
    new: &[New],
    mut take: impl FnMut(&Reading, Apart) -> Result<(), Because>,
) -> Result<(), Because> {
    let others = thread::available_parallelism().map_or(1, usize::from) - 1;
    if others == 0 || new.len() <= SHARE {
        return new.iter().try_for_each(|one| take(one.reading, Apart::of(one)));
    }
    thread::scope(|scope| {
        let work = |nth: usize| {
            let (give, shares) = sync_channel(AHEAD);
            scope.spawn(move || {
                for share in new.chunks(SHARE).skip(nth).step_by(others) {
                    // Nobody takes it: the batch has failed.
                    if give.send(share.iter().map(Apart::of).collect::<Vec<_>>()).is_err() {
                        return;
                    }
                }
            });
            shares
        };
        let shares: Vec<_> = (0..others).map(work).collect();
        for (nth, share) in new.chunks(SHARE).enumerate() {
            // A thread that panicked gives nothing; its panic goes on when all have ended.
            let Ok(apart) = shares[nth % others].recv() else { break };
            share.iter().zip(apart).try_for_each(|(one, apart)| take(one.reading, apart))?;
        }
        Ok(())
    })
}
