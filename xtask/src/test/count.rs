//! How many tests a runner's output tells of.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

impl Count {
    /// A step that does not count by itself is one test.
    pub(super) fn of(output: &str, success: bool) -> Self {
        let mut count = Count::default();
        let mut counted = false;
        for line in output.lines() {
            let line = line.trim();
            // cargo's, nextest's and Playwright's ways of saying it.
            if line.starts_with("test result:") || line.starts_with("Summary [") || is_playwright(line) {
                counted = true;
                // A flaky one passed at its second try.
                count.passed += before(line, " passed").unwrap_or(0) + before(line, " flaky").unwrap_or(0);
                count.failed += before(line, " failed").unwrap_or(0);
            }
            // Node's own runner, and Python's.
            if let Some(passed) = line.strip_prefix("ℹ pass ") {
                counted = true;
                count.passed += passed.parse().unwrap_or(0);
            } else if let Some(failed) = line.strip_prefix("ℹ fail ") {
                count.failed += failed.parse().unwrap_or(0);
            } else if let Some(ran) = line.strip_prefix("Ran ").and_then(|rest| before(rest, " test")) {
                counted = true;
                count.passed += ran;
            } else if let Some(wrong) = line.strip_prefix("FAILED (") {
                let wrong = wrong.split(['=', ',', ')']).filter_map(|word| word.trim().parse::<usize>().ok()).sum();
                count.failed += wrong;
                count.passed = count.passed.saturating_sub(wrong);
            }
        }
        if !success && count.failed == 0 {
            count.failed = 1;
        } else if !counted {
            count.passed = 1;
        }
        count
    }
}

/// `5 passed (3.2s)`, `1 failed`, `2 flaky`: a number and one word at the start of the line.
fn is_playwright(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|number| number.parse::<usize>().is_ok()) && matches!(words.next(), Some("passed" | "failed" | "flaky"))
}

/// The number that stands before a word.
fn before(line: &str, word: &str) -> Option<usize> {
    let (head, _) = line.split_once(word)?;
    head.rsplit(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn runners_are_understood() {
        for (output, success, passed, failed) in [
            ("test result: ok. 12 passed; 0 failed; 0 ignored\ntest result: ok. 3 passed; 0 failed", true, 15, 0),
            ("     Summary [   0.012s] 12 tests run: 11 passed, 1 failed, 0 skipped", false, 11, 1),
            ("     Summary [   0.012s] 1 test run: 1 passed, 0 skipped", true, 1, 0),
            ("  1 failed\n    smoke.spec.ts:3:1 › opens\n  4 passed (3.2s)", false, 4, 1),
            ("  5 passed (3.2s)", true, 5, 0),
            ("  1 flaky\n  5 passed (3.2s)", true, 6, 0),
            ("ℹ tests 9\nℹ pass 8\nℹ fail 1", false, 8, 1),
            ("Ran 5 tests in 13.300s\n\nOK", true, 5, 0),
            ("Ran 5 tests in 13.300s\n\nFAILED (failures=1, errors=2)", false, 2, 3),
            ("", true, 1, 0),
            ("test result: ok. 0 passed; 0 failed; 0 ignored", true, 0, 0),
            ("error: could not compile", false, 0, 1),
        ] {
            assert_eq!(Count::of(output, success), Count { passed, failed }, "{output}");
        }
    }
}
