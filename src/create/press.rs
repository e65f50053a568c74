//! Decides which presses of **Create** count. The button appears where **Review + create** was, so that the second half of a
//! double click, or a key held too long, would press it.
//!
//! A press counts if it began on the button while the review and Azure's answer were on the screen, and does not continue an
//! earlier press. Assistive technology clicks without a preceding press, in some browsers with a click count of 1: such a click
//! counts once the review is on the screen.

use std::time::Duration;

/// Two presses at the same place within this many milliseconds are a double press. Platforms use 500 or less.
const DOUBLE_MS: f64 = 500.0;
/// The maximum distance between the two, in CSS px.
const SAME_PLACE: u32 = 10;

/// A pointer press.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// The time, in milliseconds of the page's own clock.
    pub at: f64,
    /// The position in the window, in CSS px.
    pub place: (i32, i32),
}

impl Pointer {
    /// Whether this press is the second half of a double press.
    fn continues(self, before: Pointer) -> bool {
        let near = |a: i32, b: i32| a.abs_diff(b) <= SAME_PLACE;
        self.at - before.at < DOUBLE_MS && near(self.place.0, before.place.0) && near(self.place.1, before.place.1)
    }
}

/// The state of the presses so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Presses {
    /// Whether the review and Azure's answer are on the screen.
    ready: bool,
    /// Whether the press in progress counts; `None` if nothing was pressed.
    began: Option<bool>,
    last: Option<Pointer>,
}

impl Presses {
    /// Whether a press on the button would count.
    pub fn is_ready(&self) -> bool {
        self.ready
    }

    /// Sets whether the review and Azure's answer are on the screen.
    pub fn set_ready(&mut self, ready: bool) {
        self.ready = ready;
    }

    /// For how long another press would still continue the last one, at `now` in milliseconds of the page's own clock.
    pub fn rest(&self, now: f64) -> Option<Duration> {
        let rest = self.last?.at + DOUBLE_MS - now;
        (rest > 0.0).then(|| Duration::from_secs_f64(rest.min(DOUBLE_MS) / 1000.0))
    }

    /// A pointer was pressed in the footer. `on_create`: on the button.
    pub fn pointer_down(&mut self, pointer: Pointer, on_create: bool) {
        let continues = self.last.is_some_and(|last| pointer.continues(last));
        self.last = Some(pointer);
        self.began = on_create.then_some(self.ready && !continues);
    }

    /// A key was pressed on the button. `repeats`: it is held down.
    pub fn key_down(&mut self, key: &str, repeats: bool) {
        match (key, repeats) {
            // Space clicks when it is released: only the first key press matters.
            (" ", true) => {}
            ("Enter" | " ", _) => self.began = Some(self.ready && !repeats),
            _ => {}
        }
    }

    /// The button was clicked for the `count`th time in a row (0 without a pointer). Returns whether the click counts.
    pub fn click(&mut self, count: i32) -> bool {
        let began = self.began.take();
        self.ready && count <= 1 && began.unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointer(at: f64, x: i32) -> Pointer {
        Pointer { at, place: (x, 700) }
    }

    fn ready() -> Presses {
        Presses { ready: true, ..Presses::default() }
    }

    #[test]
    fn a_press_counts_once_the_review_is_on_the_screen() {
        let mut presses = ready();
        presses.pointer_down(pointer(0.0, 40), true);
        assert!(presses.click(1));
        assert!(presses.click(1), "a screen reader in Firefox clicks so, without a press");
        presses.key_down("Enter", false);
        assert!(presses.click(0));
        presses.key_down(" ", false);
        presses.key_down(" ", true);
        assert!(presses.click(0), "Space counts when it is let go");
        assert!(presses.click(0), "assistive technology clicks without a press");
    }

    #[test]
    fn a_press_that_began_before_it_does_not_count() {
        let mut presses = Presses::default();
        presses.pointer_down(pointer(0.0, 40), true);
        presses.set_ready(true);
        assert!(!presses.click(1));
        presses.set_ready(false);
        presses.key_down(" ", false);
        presses.set_ready(true);
        presses.key_down(" ", true);
        assert!(!presses.click(0));
        presses.set_ready(false);
        assert!(!presses.click(0), "nobody can create before the answer");
    }

    #[test]
    fn the_second_half_of_a_double_press_does_not_count() {
        for (after, counts) in [(1.0, false), (200.0, false), (450.0, false), (501.0, true)] {
            let mut presses = Presses::default();
            presses.pointer_down(pointer(1000.0, 40), false);
            presses.set_ready(true);
            presses.pointer_down(pointer(1000.0 + after, 42), true);
            assert_eq!(presses.click(1), counts, "{after} ms later");
        }
        let mut presses = ready();
        presses.pointer_down(pointer(0.0, 90), false);
        presses.pointer_down(pointer(100.0, 40), true);
        assert!(presses.click(1), "at another place it is another press");
        presses.pointer_down(pointer(9000.0, 40), true);
        assert!(!presses.click(2), "the browser counts it as a double click");
    }

    #[test]
    fn the_wait_ends_half_a_second_after_the_last_press() {
        let mut presses = Presses::default();
        assert_eq!(presses.rest(0.0), None);
        presses.pointer_down(pointer(1000.0, 40), false);
        assert_eq!(presses.rest(1200.0), Some(Duration::from_millis(300)));
        assert_eq!(presses.rest(1500.0), None);
        // The wait is no longer if the clock is set back.
        assert_eq!(presses.rest(0.0), Some(Duration::from_millis(500)));
    }

    #[test]
    fn a_key_that_is_held_does_not_count() {
        let mut presses = ready();
        presses.key_down("Enter", true);
        assert!(!presses.click(0));
        presses.key_down("a", false);
        assert!(presses.click(0));
    }
}
