//! Converts problems to the notes that controls show.

use leptos::prelude::*;

use super::form::Form;
use crate::controls::{Note, Tone};
use crate::provisioning::field::Field;
use crate::provisioning::problem::{Problem, Severity};

impl Form {
    /// The notes under `field`, the most severe first. Edits of other fields don't redraw them.
    pub fn notes(self, field: Field) -> Signal<Vec<Note>> {
        Memo::new(move |_| {
            let mut problems = self.shown.with(|shown| shown.iter().filter(|problem| problem.field == field).cloned().collect::<Vec<_>>());
            problems.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
            let mut notes = problems.iter().map(note).collect::<Vec<_>>();
            self.lookups.failures.with(|failures| {
                let failures = failures.iter().filter(|(known, _)| *known == field);
                notes.extend(failures.map(|(_, why)| Note { tone: Tone::Warning, text: why.text() }));
            });
            self.lookups.ages.with(|ages| {
                let ages = ages.iter().filter(|(known, _)| *known == field);
                notes.extend(ages.map(|(_, told)| Note { tone: Tone::Info, text: told.text() }));
            });
            notes
        })
        .into()
    }
}

pub fn note(problem: &Problem) -> Note {
    let tone = match problem.severity {
        Severity::Blocks => Tone::Error,
        Severity::Warns => Tone::Warning,
        Severity::Informs => Tone::Info,
    };
    Note { tone, text: problem.sentence.text() }
}
