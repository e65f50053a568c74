//! Skips tests that need a tool or folder which not every machine has.

use std::io::Write as _;

/// Reports that a test is skipped, so that `cargo xtask test` counts it. In CI it fails instead, unless `what` is in
/// `IDENTITY_PORTAL_MAY_SKIP` (space-separated).
pub(crate) fn skip(what: &str, reason: &str) {
    let ci = std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "false" | "0"));
    let may = std::env::var("IDENTITY_PORTAL_MAY_SKIP").is_ok_and(|all| all.split_whitespace().any(|one| one == what));
    assert!(!ci || may, "skipped in CI: {reason}");
    println!("skipped: {reason}");
    if let Some(file) = std::env::var_os("IDENTITY_PORTAL_SKIPPED") {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file).expect("the list of skipped tests");
        // One call, so that other test processes do not write in between.
        file.write_all(format!("{}\n", reason.replace('\n', " ")).as_bytes()).expect("the list of skipped tests");
    }
}
