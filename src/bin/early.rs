//! The name's check by itself: what is typed into the first screen is answered while the program still loads.
//! `public/early.js` shows the answers.

#[cfg(target_arch = "wasm32")]
mod exported {
    use identity_portal::provisioning::check;
    use identity_portal::provisioning::problem::Severity;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// What to say under the name: for each note its tone (`error`, `warning` or `info`), then its text.
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
