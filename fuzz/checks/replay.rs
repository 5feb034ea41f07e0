use std::path::Path;

/// Runs a check over every input that its target's corpus keeps; a corpus that is nearly empty is a fault.
pub fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut replayed = 0;
    for file in std::fs::read_dir(&folder).expect("a corpus").flatten() {
        check(&std::fs::read(file.path()).expect("an input"));
        replayed += 1;
    }
    assert!(replayed >= 5, "{target}: only {replayed} inputs");
}
