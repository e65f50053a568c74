//! The identity name's check as a tiny program of its own: it validates the name on the first screen while the app loads.
//! `public/early.js` displays the result.

#[cfg(target_arch = "wasm32")]
mod exported {
    use identity_portal::provisioning::check;
    use identity_portal::provisioning::problem::Severity;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// The notes below the name: for each, its tone (`error`, `warning` or `info`) followed by its text.
    #[wasm_bindgen]
    #[expect(unreachable_pub, reason = "exported to early.js, which rustc does not see")]
    pub fn name_notes(name: &str) -> Vec<String> {
        let mut notes = Vec::new();
        for problem in check::early(name) {
            let tone = match problem.severity {
                Severity::Blocks => "error",
                Severity::Warns => "warning",
                Severity::Informs => "info",
            };
            notes.extend([tone.to_owned(), problem.sentence.text()]);
        }
        notes
    }
}

fn main() {}
