//! Says which step of how many a command is at, how long the step took last time or usually takes, and how much is left.

mod times;

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use self::times::{Times, text};
use crate::run::say;

/// Something that takes more than a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// What is done, in the words that people read, and the key of the time that it took.
    pub(crate) name: &'static str,
    /// The seconds that it takes on two cores.
    pub(crate) usual: u64,
}

static STEPS: Mutex<Steps> = Mutex::new(Steps::new());

/// Adds steps that come next, before those that were planned already.
pub(crate) fn plan(steps: impl IntoIterator<Item = Step>) {
    with(|all| all.plan(steps));
}

/// Begins a step, which ends the one before, and says so.
pub(crate) fn begin(step: Step) {
    let times = times::file().map(|file| Times::read(&file)).unwrap_or_default();
    end();
    let line = with(|all| all.begin(step, &times, Instant::now()));
    say(&line);
}

/// Ends the step that was begun last, and keeps how long it took. A step that failed isn't ended.
pub(crate) fn end() {
    let Some((step, begun)) = with(|all| all.current.take()) else { return };
    if let Some(file) = times::file() {
        times::keep(&file, step.name, begun.elapsed());
    }
}

fn with<R>(act: impl FnOnce(&mut Steps) -> R) -> R {
    act(&mut STEPS.lock().unwrap_or_else(PoisonError::into_inner))
}

struct Steps {
    begun: usize,
    current: Option<(Step, Instant)>,
    ahead: VecDeque<Step>,
}

impl Steps {
    const fn new() -> Self {
        Self { begun: 0, current: None, ahead: VecDeque::new() }
    }

    fn plan(&mut self, steps: impl IntoIterator<Item = Step>) {
        self.ahead = steps.into_iter().chain(std::mem::take(&mut self.ahead)).collect();
    }

    /// Planned steps before it turned out not to be needed.
    fn begin(&mut self, step: Step, times: &Times, now: Instant) -> String {
        if let Some(at) = self.ahead.iter().position(|other| *other == step) {
            self.ahead.drain(..=at);
        }
        self.begun += 1;
        self.current = Some((step, now));
        let all = self.begun + self.ahead.len();
        let took = times.of(step.name);
        let time = match took {
            Some(took) => format!("{} last time", text(took)),
            None => format!("usually {}", text(Duration::from_secs(step.usual))),
        };
        let left: Duration =
            [&step].into_iter().chain(&self.ahead).map(|step| times.of(step.name).unwrap_or(Duration::from_secs(step.usual))).sum();
        let left = if self.ahead.is_empty() { String::new() } else { format!("; {} to the end", text(left)) };
        format!("step {} of {all}: {} ({time}{left})", self.begun, step.name)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Step, Steps, Times};

    const TOOLS: Step = Step { name: "building the tools", usual: 70 };
    const PROGRAM: Step = Step { name: "compiling the program", usual: 120 };
    const SIZES: Step = Step { name: "compressing", usual: 4 };

    #[test]
    fn a_step_tells_its_place_its_time_and_what_is_left() {
        let mut steps = Steps::new();
        steps.plan([SIZES]);
        steps.plan([TOOLS, PROGRAM]);
        let times = Times::of_pairs(&[("compiling the program", Duration::from_secs(30))]);
        let mut begin = |step| steps.begin(step, &times, Instant::now());
        assert_eq!(begin(TOOLS), "step 1 of 3: building the tools (usually 1 min 10 s; 1 min 44 s to the end)");
        assert_eq!(begin(PROGRAM), "step 2 of 3: compiling the program (30 s last time; 34 s to the end)");
        assert_eq!(begin(SIZES), "step 3 of 3: compressing (usually 4 s)");
    }

    #[test]
    fn what_was_not_needed_and_what_was_not_foreseen() {
        let mut steps = Steps::new();
        steps.plan([TOOLS, PROGRAM, SIZES]);
        let mut begin = |step| steps.begin(step, &Times::default(), Instant::now());
        assert!(begin(PROGRAM).starts_with("step 1 of 2: "));
        assert!(begin(TOOLS).starts_with("step 2 of 3: "), "unforeseen");
        assert!(begin(SIZES).starts_with("step 3 of 3: "));
    }
}
