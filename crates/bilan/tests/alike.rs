//! Holds the format of signatures, and what they leave out. All texts are invented.

use bilan::claim::Span;
use bilan::document::alike::Signature;
use twox_hash::XxHash3_64;

/// Changing this breaks every signature that was ever kept.
#[test]
fn the_signature_of_this_invented_text_never_changes() {
    let text = "INVENTÉ : selon l'état-major valdorien, 340 soldats karséniens ont été tués près de Castelbrun.";
    let printed = Signature::of(text, &[]).map(|signature| signature.to_string()).unwrap_or_default();
    assert_eq!(printed.len(), 8 * 128);
    assert_eq!(&printed[..64], GOLDEN);
    assert_eq!(XxHash3_64::oneshot(printed.as_bytes()), ALL);
    let one = Signature::of("deux morts", &[]).map(|signature| signature.to_string()).unwrap_or_default();
    assert_eq!(&one[..16], SHORT);
}

/// A program of thirty lines in another language prints the same.
const GOLDEN: &str = "079c893737319906473b3c812eee29e7072fd35b1960a4650c3215151f6ddd9c";
const ALL: u64 = 0x5ae4_1d75_7969_0e76;
const SHORT: &str = "72ef70abd862c73f";

#[test]
fn the_publishers_own_text_does_not_count() {
    let appeal = "Soutenez Le Courrier de Castelbrun, qui ne vit que de ses lecteurs, et abonnez-vous ici. ";
    let text = format!("{appeal}Un incendie a fait deux morts et trois blessés à Ormont.");
    let span = Span { start: 0, end: appeal.len() as u32 };
    assert_eq!(Signature::of(&text, &[span]), Signature::of(&text[appeal.len()..], &[]));
    let wrong = Span { start: 5, end: 4_000_000 };
    assert!(Signature::of(&text, &[wrong, span]).is_some(), "spans of another text are no reason to break");
}
