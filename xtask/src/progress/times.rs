//! How long each step took when it was last done on this machine.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::folders;

/// A line for each step: its milliseconds, a space and its name.
#[derive(Default)]
pub(super) struct Times(BTreeMap<String, Duration>);

impl Times {
    /// Lines that can't be read are left out.
    pub(super) fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap_or_default();
        let line = |line: &str| {
            let (time, name) = line.split_once(' ')?;
            Some((name.to_owned(), Duration::from_millis(time.parse().ok()?)))
        };
        Self(text.lines().filter_map(line).collect())
    }

    pub(super) fn of(&self, step: &str) -> Option<Duration> {
        self.0.get(step).copied()
    }

    #[cfg(test)]
    pub(super) fn of_pairs(pairs: &[(&str, Duration)]) -> Self {
        Self(pairs.iter().map(|(name, time)| ((*name).to_owned(), *time)).collect())
    }
}

pub(super) fn file() -> Option<PathBuf> {
    Some(folders::cache().ok()?.join("times.txt"))
}

/// Keeps a step's time. Without it the next run tells what is usual.
pub(super) fn keep(file: &Path, step: &str, took: Duration) {
    let mut times = Times::read(file);
    times.0.insert(step.to_owned(), took);
    let lines: Vec<String> = times.0.iter().map(|(name, time)| format!("{} {name}\n", time.as_millis())).collect();
    drop(fs::write(file, lines.concat()));
}

/// A duration in the words of a person.
pub(super) fn text(time: Duration) -> String {
    match (time + Duration::from_millis(500)).as_secs() {
        0 => "under a second".to_owned(),
        seconds @ ..60 => format!("{seconds} s"),
        seconds if seconds % 60 == 0 || seconds >= 600 => format!("{} min", (seconds + 30) / 60),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use super::{Times, keep, text};

    #[test]
    fn times_are_kept_by_the_name_of_a_step() {
        let file = std::env::temp_dir().join(format!("identity-portal-times-{}", std::process::id()));
        assert_eq!(Times::read(&file).of("a step"), None);
        keep(&file, "a step", Duration::from_millis(1500));
        keep(&file, "another", Duration::from_mins(1));
        keep(&file, "a step", Duration::from_millis(2500));
        assert_eq!(Times::read(&file).of("a step"), Some(Duration::from_millis(2500)));
        assert_eq!(Times::read(&file).of("another"), Some(Duration::from_mins(1)));
        fs::write(&file, "nothing\nx y\n5 whole\n").unwrap();
        assert_eq!(Times::read(&file).of("whole"), Some(Duration::from_millis(5)));
        fs::remove_file(file).unwrap();
    }

    #[test]
    fn durations_read_as_people_say_them() {
        for (millis, said) in
            [(0, "under a second"), (700, "1 s"), (59_400, "59 s"), (60_000, "1 min"), (75_000, "1 min 15 s"), (899_000, "15 min")]
        {
            assert_eq!(text(Duration::from_millis(millis)), said);
        }
    }
}
