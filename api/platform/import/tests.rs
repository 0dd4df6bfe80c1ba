//! A file that is odd is read, or refused before it does harm.

use std::{
    io::Read,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{letters::MAX_ROW, source::Opened};
use crate::config;

use super::*;

const COLUMNS: &[Column] =
    &[Column { name: "national_number", required: true }, Column { name: "family_name", required: true }];

/// A file of ten gigabytes in which a quote was left open at its start; it counts what is read of it.
struct Endless(Arc<AtomicU64>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let at = self.0.load(Ordering::Relaxed);
        let head = b"national_number;family_name\n1;\"Peeters\n";
        let from = usize::try_from(at).unwrap_or(usize::MAX);
        let n = match head.get(from..) {
            Some(rest) if !rest.is_empty() => {
                let n = rest.len().min(buffer.len());
                buffer[..n].copy_from_slice(&rest[..n]);
                n
            }
            _ if at > 10 << 30 => 0,
            _ => {
                buffer.iter_mut().zip(b"2;Jansen\n".iter().cycle()).for_each(|(to, b)| *to = *b);
                buffer.len() / 9 * 9
            }
        };
        self.0.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

#[tokio::test]
async fn a_quote_that_is_left_open_is_found_long_before_it_fills_the_memory() {
    let read = Arc::new(AtomicU64::new(0));
    let counted = read.clone();
    let open = move || -> Opened {
        counted.store(0, Ordering::Relaxed);
        Ok(Box::new(Endless(counted.clone())))
    };
    let why = survey(&Source::new(open, 10 << 30), COLUMNS).await.err().unwrap().to_string();
    assert!(why.contains("line 2: a quote opens"), "{why}");
    assert!(read.load(Ordering::Relaxed) < 4 * MAX_ROW as u64, "{} bytes were read", read.load(Ordering::Relaxed));
}

#[test]
fn a_file_is_judged_by_what_was_there_before_it() {
    let bounds = config::Config::default().import;
    let night =
        Forecast { snapshot: true, active: 1_000, missing: 50, read: 960, strangers: 10, ..Forecast::default() };
    assert_eq!(refusal(&night, &bounds, "residents"), None);
    for (wrong, says) in [
        (Forecast { missing: 51, ..night }, "would retire 51 of 1000 residents"),
        (Forecast { unreadable: 51, ..night }, "51 rows of this snapshot cannot be read"),
        (Forecast { read: 0, missing: 0, ..night }, "no row that can be read"),
        (Forecast { strangers: 481, ..night }, "another town's"),
        (Forecast { renumbered: 471, ..night }, "471 of the 960 residents in this file get another number"),
        (Forecast { gone: 1, ..night }, "would retire 51 of 1000 residents (50 are not in it, 1 are over"),
        (Forecast { missing: 0, gone: 51, ..night }, "would retire 51 of 1000 residents"),
        (Forecast { snapshot: false, missing: 900, gone: 51, ..night }, "this file would retire 51 of 1000"),
        (Forecast { snapshot: false, active: 20, missing: 0, gone: 6, ..night }, "would retire 6 of 20"),
        (Forecast { snapshot: false, missing: 0, read: 30, strangers: 21, active: 50, ..night }, "another town's"),
    ] {
        let why = refusal(&wrong, &bounds, "residents").unwrap();
        assert!(why.contains(says) && why.contains("nothing of this file was taken"), "{why}");
    }
    for right in [
        // Two deaths in a village, and a household that moves.
        Forecast { active: 20, missing: 0, gone: 2, strangers: 0, ..night },
        Forecast { active: 20, missing: 1, gone: 4, strangers: 0, ..night },
        Forecast { missing: 25, gone: 25, ..night },
        // Who is told of only now and then is not missing.
        Forecast { snapshot: false, missing: 1_000, read: 5, strangers: 5, ..night },
        Forecast { snapshot: false, missing: 1_000, read: 20, strangers: 20, active: 50, ..night },
        // The newcomers of a city.
        Forecast { snapshot: false, active: 270_000, read: 2_000, strangers: 2_000, missing: 0, ..night },
        // The first file of all.
        Forecast { active: 0, missing: 0, read: 0, strangers: 0, unreadable: 3, ..night },
    ] {
        assert_eq!(refusal(&right, &bounds, "residents"), None, "{right:?}");
    }
}
