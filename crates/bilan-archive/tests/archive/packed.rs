//! Packed streams.

use crate::made::{gzip, page, zstd};
use bilan_archive::{Packing, Unpacked};
use proptest::prelude::*;
use std::io::{self, BufRead, BufReader, Read};

fn read(bytes: &[u8]) -> (Vec<u8>, io::Result<()>) {
    let mut out = vec![];
    let read = Unpacked::new(bytes).and_then(|mut input| input.read_to_end(&mut out)).map(drop);
    (out, read)
}

/// Hands over one byte at a time, as a slow pipe does.
struct Drops<'b>(&'b [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.0.len().min(out.len()).min(1);
        out[..n].copy_from_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Ok(n)
    }
}

#[test]
fn members_are_read_as_one_stream_whatever_hands_them_over() {
    let (one, two) = (page(1).into_bytes(), page(2).into_bytes());
    let whole = [&one[..], &two].concat();
    for (packing, bytes) in [
        (Packing::Plain, whole.clone()),
        (Packing::Gzip, [gzip(&one), gzip(b""), gzip(&two)].concat()),
        (Packing::Gzip, [gzip(&whole), vec![0; 300]].concat()),
        (Packing::Zstd, [zstd(&one), zstd(b""), zstd(&two)].concat()),
        // A frame to be skipped.
        (Packing::Zstd, [b"\x50\x2A\x4D\x18\x02\0\0\0ab", &zstd(&whole)[..]].concat()),
    ] {
        assert_eq!(Unpacked::new(&bytes[..]).unwrap().packing(), packing);
        assert_eq!(read(&bytes).0, whole, "{packing}");
        let mut slow = Unpacked::new(BufReader::with_capacity(1, Drops(&bytes))).unwrap();
        let mut out = vec![];
        slow.read_to_end(&mut out).unwrap();
        assert_eq!(out, whole, "{packing}, byte by byte");
    }
}

#[test]
fn a_cut_stream_says_where_and_keeps_what_came_before() {
    let text = page(1).repeat(100).into_bytes();
    for (packed, name) in [(gzip(&text), "gzip"), (zstd(&text), "zstd")] {
        for cut in [packed.len() - 1, packed.len() - 5, packed.len() / 2, 12] {
            let (out, end) = read(&packed[..cut]);
            let error = end.expect_err("a cut stream has no good end");
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{name} cut at {cut}: {error}");
            assert_eq!(error.to_string(), format!("the {name} stream is cut off at byte {cut}"));
            assert!(text.starts_with(&out));
        }
        let mut out = vec![];
        let two = [&packed[..], &packed[..packed.len() / 2]].concat();
        let error = Unpacked::new(&two[..]).unwrap().read_to_end(&mut out).unwrap_err();
        let what = format!("the {name} stream that begins at byte {} is cut off at byte {}", packed.len(), two.len());
        assert_eq!(error.to_string(), what);
        assert!(out.len() >= text.len());
    }
}

#[test]
fn a_broken_stream_says_where_and_the_next_member_is_found() {
    let (one, two) = (page(1).into_bytes(), page(2).into_bytes());
    for (pack, name) in [(gzip as fn(&[u8]) -> Vec<u8>, "gzip"), (zstd, "zstd")] {
        let mut bytes = pack(&one);
        let middle = bytes.len() / 2;
        bytes[middle..middle + 40].fill(0xFF);
        let first = bytes.len() as u64;
        bytes.extend(pack(&two));
        let mut input = Unpacked::new(&bytes[..]).unwrap();
        let mut out = vec![];
        let error = input.read_to_end(&mut out).unwrap_err();
        assert!(error.to_string().starts_with(&format!("the {name} stream is broken near byte ")), "{error}");
        assert!(input.failure().is_some());
        out.clear();
        assert!(input.resume().unwrap());
        input.read_to_end(&mut out).unwrap();
        assert_eq!((out, input.member().packed), (two.clone(), first), "{name}");
        assert!(!input.resume().unwrap());
    }
}

#[test]
fn bytes_behind_a_stream_are_told() {
    for (packed, name) in [(gzip(b"Deux."), "gzip"), (zstd(b"Deux."), "zstd")] {
        let bytes = [&packed[..], b"and more"].concat();
        let (out, end) = read(&bytes);
        assert_eq!(out, b"Deux.");
        let what = format!("the {name} stream is followed by other bytes at byte {}", packed.len());
        assert_eq!(end.unwrap_err().to_string(), what);
    }
}

/// A member is stopped by its own size, many members by that of all.
#[test]
fn what_unpacks_to_far_more_than_a_text_is_stopped() {
    let zeros = vec![0; 48 << 20];
    for (pack, name) in [(gzip as fn(&[u8]) -> Vec<u8>, "gzip"), (zstd, "zstd")] {
        for bytes in [pack(&vec![0; 256 << 20]), pack(&zeros).repeat(20)] {
            let mut input = Unpacked::new(&bytes[..]).unwrap();
            let mut out = 0;
            let error = loop {
                match input.fill_buf() {
                    Ok([]) => panic!("{name}: a bomb was unpacked whole, {out} bytes"),
                    Ok(held) => {
                        let n = held.len();
                        out += n;
                        input.consume(n);
                    }
                    Err(error) => break error,
                }
            };
            assert!(error.to_string().contains("unpacks to more than 200 times its size"), "{error}");
            assert!(out <= (64 << 20) + 200 * (1 << 16), "{name}: {out} bytes before it was stopped");
        }
    }
}

#[test]
fn a_zstd_archive_may_bring_a_dictionary() {
    let samples: Vec<Vec<u8>> = (0..9).map(|n| page(n).into_bytes()).collect();
    let dictionary = samples[..5].concat();
    let mut packer = zstd::bulk::Compressor::with_dictionary(3, &dictionary).unwrap();
    let body = [packer.compress(&samples[7]).unwrap(), packer.compress(&samples[8]).unwrap()].concat();
    for dictionary in [dictionary.clone(), zstd(&dictionary)] {
        let mut bytes = b"\x5D\x2A\x4D\x18".to_vec();
        bytes.extend((dictionary.len() as u32).to_le_bytes());
        bytes.extend(&dictionary);
        bytes.extend(&body);
        let (out, end) = read(&bytes);
        end.unwrap();
        assert_eq!(out, [&samples[7][..], &samples[8]].concat());
        assert!(read(&bytes[..20]).1.unwrap_err().to_string().contains("dictionary"));
    }
}

#[test]
fn looking_ahead_and_giving_back_change_nothing() {
    let text = page(3).into_bytes();
    for bytes in [text.clone(), gzip(&text), zstd(&text)] {
        let mut input = Unpacked::new(BufReader::with_capacity(1, &bytes[..])).unwrap();
        assert!(input.peek(5).unwrap().starts_with(&text[..5]));
        let mut five = [0; 5];
        input.read_exact(&mut five).unwrap();
        assert_eq!(input.position(), 5);
        input.unread(&five[2..]);
        assert_eq!(input.position(), 2);
        let mut rest = vec![];
        input.read_to_end(&mut rest).unwrap();
        assert_eq!(rest, &text[2..]);
    }
}

proptest! {
    /// Whatever is done to a stream, it ends, and what comes out before a fault in gzip or zstd is a beginning.
    #[test]
    fn no_damage_makes_it_panic_or_run_on(at in 0usize..2000, byte: u8, cut in 0usize..4000, zipped: bool) {
        let text = page(5).into_bytes();
        let mut bytes = if zipped { gzip(&text) } else { zstd(&text) };
        let at = at % bytes.len();
        bytes[at] ^= byte;
        bytes.truncate(cut.max(1));
        let mut input = Unpacked::new(&bytes[..]).unwrap();
        let mut rounds = 0;
        loop {
            let mut out = vec![];
            let _ = input.read_to_end(&mut out);
            rounds += 1;
            prop_assert!(rounds < 100);
            if !input.resume().unwrap() { break; }
        }
    }
}
