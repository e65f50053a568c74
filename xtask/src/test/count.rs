//! Parses the number of tests from a runner's output.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: usize,
    pub(super) failed: usize,
    /// Not run, because a tool or a folder is missing.
    pub(super) skipped: usize,
}

impl Count {
    /// A step whose output has no count is one test.
    pub(super) fn of(output: &str, success: bool) -> Self {
        let mut count = Count::default();
        let mut counted = false;
        for line in output.lines() {
            let line = line.trim();
            // The summaries of cargo, nextest and Playwright.
            if line.starts_with("test result:") || line.starts_with("Summary [") || is_playwright(line) {
                counted = true;
                // A flaky test passed when it was retried.
                count.passed += before(line, " passed").unwrap_or(0) + before(line, " flaky").unwrap_or(0);
                count.failed += before(line, " failed").unwrap_or(0);
                count.skipped += before(line, " skipped").unwrap_or(0) + before(line, " ignored").unwrap_or(0);
            }
            // The summaries of Node's test runner and of Python's unittest.
            if let Some(passed) = line.strip_prefix("ℹ pass ") {
                counted = true;
                count.passed += passed.parse().unwrap_or(0);
            } else if let Some(failed) = line.strip_prefix("ℹ fail ") {
                count.failed += failed.parse().unwrap_or(0);
            } else if let Some(skipped) = line.strip_prefix("ℹ skipped ") {
                count.skipped += skipped.parse().unwrap_or(0);
            } else if let Some(ran) = line.strip_prefix("Ran ").and_then(|rest| before(rest, " test")) {
                counted = true;
                count.passed += ran;
            } else if let Some(rest) = line.strip_prefix("FAILED (").or_else(|| line.strip_prefix("OK (")) {
                // `failures=1, errors=2, skipped=3`: Python includes all of these in the number that ran.
                for (what, number) in rest.trim_end_matches(')').split(", ").filter_map(|part| part.split_once('=')) {
                    let number = number.parse().unwrap_or(0);
                    *(if what == "skipped" { &mut count.skipped } else { &mut count.failed }) += number;
                    count.passed = count.passed.saturating_sub(number);
                }
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

impl Count {
    /// In CI, counts skipped tests as failed.
    pub(super) fn refuse_skipped(&mut self, in_ci: bool) {
        if in_ci {
            self.failed += std::mem::take(&mut self.skipped);
        }
    }
}

/// `5 passed (3.2s)`, `1 failed`, `2 flaky`: a number and a word at the start of the line.
fn is_playwright(line: &str) -> bool {
    let mut words = line.split_whitespace();
    words.next().is_some_and(|number| number.parse::<usize>().is_ok())
        && matches!(words.next(), Some("passed" | "failed" | "flaky" | "skipped"))
}

/// The number before a word.
fn before(line: &str, word: &str) -> Option<usize> {
    let (head, _) = line.split_once(word)?;
    head.rsplit(|char: char| !char.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn skipped_tests_fail_in_ci() {
        let mut count = Count { passed: 3, failed: 1, skipped: 2 };
        count.refuse_skipped(false);
        assert_eq!(count, Count { passed: 3, failed: 1, skipped: 2 });
        count.refuse_skipped(true);
        assert_eq!(count, Count { passed: 3, failed: 3, skipped: 0 });
    }

    #[test]
    fn runners_summaries_are_parsed() {
        for (output, success, passed, failed, skipped) in [
            ("test result: ok. 12 passed; 0 failed; 0 ignored\ntest result: ok. 3 passed; 0 failed", true, 15, 0, 0),
            ("test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured", true, 12, 0, 2),
            ("     Summary [   0.012s] 12 tests run: 11 passed, 1 failed, 4 skipped", false, 11, 1, 4),
            ("     Summary [   0.012s] 1 test run: 1 passed, 0 skipped", true, 1, 0, 0),
            ("  1 failed\n    smoke.spec.ts:3:1 › opens\n  4 passed (3.2s)", false, 4, 1, 0),
            ("  2 skipped\n  4 passed (3.2s)", true, 4, 0, 2),
            ("  5 passed (3.2s)", true, 5, 0, 0),
            ("  1 flaky\n  5 passed (3.2s)", true, 6, 0, 0),
            ("ℹ tests 9\nℹ pass 8\nℹ fail 1\nℹ cancelled 0\nℹ skipped 3", false, 8, 1, 3),
            ("Ran 5 tests in 13.300s\n\nOK", true, 5, 0, 0),
            ("Ran 5 tests in 13.300s\n\nOK (skipped=2)", true, 3, 0, 2),
            ("Ran 5 tests in 13.300s\n\nFAILED (failures=1, errors=2, skipped=1)", false, 1, 3, 1),
            ("", true, 1, 0, 0),
            ("test result: ok. 0 passed; 0 failed; 0 ignored", true, 0, 0, 0),
            ("error: could not compile", false, 0, 1, 0),
        ] {
            assert_eq!(Count::of(output, success), Count { passed, failed, skipped }, "{output}");
        }
    }
}
