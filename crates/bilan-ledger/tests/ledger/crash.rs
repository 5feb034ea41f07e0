//! Several adders at once, and one that is killed.

use crate::invented::{bulletin, long, now, place, reading};
use bilan_ledger::{Access, Filter, Ledger};
use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// Set in a process that plays a part in a test.
const PART: &str = "BILAN_LEDGER_TEST_PART";
/// Readings of one batch; each has as many claims.
const BATCH: usize = 8;

fn play(part: &str, path: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "crash::part", "--nocapture"])
        .env(PART, format!("{part} {}", path.display()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// No test of its own: what a child process does.
#[test]
fn part() {
    let Ok(part) = env::var(PART) else { return };
    let (name, path) = part.split_once(' ').unwrap();
    let path = Path::new(path);
    if name == "for-ever" {
        // Tells of a batch only when it was added.
        let mut told = fs::OpenOptions::new().create(true).append(true).open(path.with_extension("told")).unwrap();
        for batch in 0.. {
            let id = format!("{}-{batch}", std::process::id());
            Ledger::open_or_create(path).unwrap().add(&batch_of(&id), &now()).unwrap();
            // In one write: a kill between two pieces would tell of an id that never was.
            told.write_all(format!("{id}\n").as_bytes()).unwrap();
        }
    } else {
        let mut ledger = Ledger::open_or_create(path).unwrap();
        for day in 1..=20 {
            // Each adds some of its own, and all add the same bulletin.
            ledger.add(&[bulletin(day, 800), reading(&format!("{name}-{day}"), "", "INVENTED")], &now()).unwrap();
        }
    }
}

fn batch_of(id: &str) -> Vec<bilan::Reading> {
    (0..BATCH).map(|nth| long(&format!("{id}-{nth}"), BATCH)).collect()
}

#[test]
fn several_processes_make_and_fill_one_ledger_at_once() {
    let (_folder, path) = place();
    let children: Vec<Child> = ["a", "b", "c"].iter().map(|name| play(name, &path)).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.documents(0, usize::MAX, Access::Restricted).unwrap().len(), 20 + 3 * 20);
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
}

#[test]
fn several_threads_add_while_others_read() {
    let (_folder, path) = place();
    Ledger::create(&path).unwrap();
    thread::scope(|scope| {
        for name in 0..3 {
            let path = &path;
            scope.spawn(move || {
                let mut ledger = Ledger::open(path).unwrap();
                for nth in 0..10 {
                    ledger.add(&batch_of(&format!("{name}-{nth}")), &now()).unwrap();
                }
            });
        }
        scope.spawn(|| {
            let ledger = Ledger::open_read_only(&path).unwrap();
            for _ in 0..30 {
                let claims = ledger.claims(&Filter::default()).unwrap().len();
                assert_eq!(claims % (BATCH * BATCH), 0, "half a batch was seen");
            }
        });
    });
    let ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 30 * BATCH * BATCH);
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
}

#[test]
fn a_killed_adder_loses_nothing_it_told_and_leaves_nothing_half() {
    let (_folder, path) = place();
    // More in a long run: BILAN_KILLS=200.
    let kills: u64 = env::var("BILAN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    for kill in 0..kills {
        let mut child = play("for-ever", &path);
        thread::sleep(Duration::from_millis(20 + kill * 37 % 211));
        child.kill().unwrap();
        child.wait().unwrap();
        if !path.exists() {
            continue;
        }
        let ledger = Ledger::open_or_create(&path).unwrap();
        assert_eq!(ledger.fsck(None).unwrap().wrong, None, "after {kill} kills");
    }
    let ledger = Ledger::open(&path).unwrap();
    let documents = ledger.documents(0, usize::MAX, Access::Restricted).unwrap();
    assert_eq!(documents.len() % BATCH, 0, "half a batch is there");
    let told = fs::read_to_string(path.with_extension("told")).unwrap();
    assert!(told.lines().count() > 0, "nothing was added before the kills: the test shows nothing");
    for id in told.lines() {
        assert!(ledger.document(&format!("{id}-{}", BATCH - 1)).unwrap().is_some(), "{id} was told and is lost");
    }
    // At most the batch at hand of each kill was added without being told.
    assert!(documents.len() / BATCH <= told.lines().count() + kills as usize);
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), documents.len() * BATCH);
}
