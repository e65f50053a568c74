//! Draws a page in several tasks, so that key presses and clicks are handled in between.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser::clock;

/// The turns of the program's first drawing, in the context. Without it, everything is drawn at once.
#[derive(Clone, Copy)]
pub struct Turns {
    given: StoredValue<usize>,
    now: RwSignal<usize>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { given: StoredValue::new(0), now: RwSignal::new(0) }
    }
}

impl Turns {
    /// Draws what waits for its turn, each in a task of its own. From then on nothing waits.
    pub async fn take_all(self) {
        for turn in 1.. {
            clock::wait(Duration::ZERO).await;
            if turn > self.given.get_value() {
                break;
            }
            self.now.set(turn);
        }
        self.now.set(usize::MAX);
    }

    fn next(self) -> usize {
        self.given.update_value(|given| *given += 1);
        self.given.get_value()
    }
}

/// Content that waits for its turn while the page is first drawn.
#[component]
pub fn InTurn(children: Children) -> impl IntoView {
    let Some(turns) = use_context::<Turns>() else { return children() };
    let turn = turns.next();
    let is_up = Memo::new(move |_| turns.now.get() >= turn);
    let children = StoredValue::new_local(Some(children));
    // What the children read must not draw them again.
    let drawn = move || is_up.get().then(|| children.try_update_value(Option::take).flatten().map(untrack));
    drawn.into_any()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn drawn(turns: Option<Turns>) -> String {
        if let Some(turns) = turns {
            provide_context(turns);
        }
        view! { <InTurn><p>"here"</p></InTurn> }.to_html()
    }

    #[test]
    fn content_waits_for_its_turn_only_while_a_page_is_first_drawn() {
        let owner = Owner::new();
        owner.with(|| {
            assert!(drawn(None).contains("here"));
            let turns = Turns::default();
            assert!(!drawn(Some(turns)).contains("here"));
            turns.now.set(1);
            assert!(!drawn(Some(turns)).contains("here"), "the second turn");
            turns.now.set(usize::MAX);
            assert!(drawn(Some(turns)).contains("here"), "drawn later");
        });
    }
}
