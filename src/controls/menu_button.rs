//! A button that opens a menu (ARIA Authoring Practices, "Menu Button"): arrow keys walk, Esc and Tab close.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::browser::element;

/// An entry of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// What the page knows it by.
    pub id: String,
    /// Its words.
    pub label: String,
    /// For one of several that exclude each other: whether it is the chosen one.
    pub checked: Option<bool>,
    /// The heading it stands under; empty for none. Entries of one heading stand together.
    pub heading: String,
}

impl MenuItem {
    /// An entry that does something.
    pub fn action(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), checked: None, heading: String::new() }
    }

    /// One of several that exclude each other.
    pub fn choice(id: impl Into<String>, label: impl Into<String>, heading: impl Into<String>, checked: bool) -> Self {
        Self { id: id.into(), label: label.into(), checked: Some(checked), heading: heading.into() }
    }
}

/// The entry a key leads to from entry `at` of `count`; the menu has no ends.
fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowDown" => Some((at + 1) % count),
        "ArrowUp" => Some((at + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

#[derive(Clone, Copy)]
struct Menu {
    id: StoredValue<String>,
    open: RwSignal<bool>,
    items: Signal<Vec<MenuItem>>,
    on_choose: Callback<String>,
}

impl Menu {
    fn item_id(self, index: usize) -> String {
        self.id.with_value(|id| [id, "-", &index.to_string()].concat())
    }

    fn open_at(self, index: usize) {
        self.open.set(true);
        // Once it is drawn.
        request_animation_frame(move || element::focus(&self.item_id(index)));
    }

    fn close(self) {
        self.open.set(false);
        self.id.with_value(|id| element::focus(id));
    }

    fn press_key(self, event: &KeyboardEvent, at: usize) {
        let key = event.key();
        match key.as_str() {
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                self.close();
            }
            "Tab" => self.open.set(false),
            _ => {
                if let Some(next) = step(&key, at, self.items.with_untracked(Vec::len)) {
                    event.prevent_default();
                    element::focus(&self.item_id(next));
                }
            }
        }
    }

    fn item_view(self, index: usize, item: MenuItem) -> AnyView {
        let MenuItem { id, label, checked, .. } = item;
        let choose = move |_| {
            self.close();
            self.on_choose.run(id.clone());
        };
        let tick = checked.map(|checked| {
            let tick = checked.then(|| view! { <Icon glyph=Glyph::Check/> });
            view! { <span class="menu-tick">{tick}</span> }
        });
        view! {
            <button
                id=self.item_id(index)
                class="menu-item"
                type="button"
                role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
                aria-checked=checked.map(|checked| if checked { "true" } else { "false" })
                tabindex="-1"
                on:click=choose
                on:keydown=move |event| self.press_key(&event, index)
            >
                {tick}
                {label}
            </button>
        }
        .into_any()
    }

    fn items_view(self) -> AnyView {
        let items = self.items.get();
        let mut groups: Vec<AnyView> = Vec::new();
        let mut rest = items.into_iter().enumerate().peekable();
        while let Some((index, item)) = rest.next() {
            let heading = item.heading.clone();
            let mut group = vec![self.item_view(index, item)];
            while let Some((index, item)) = rest.next_if(|(_, next)| next.heading == heading) {
                group.push(self.item_view(index, item));
            }
            groups.push(if heading.is_empty() {
                group.into_any()
            } else {
                let name = heading.clone();
                view! { <div role="group" aria-label=name><div class="menu-heading" aria-hidden="true">{heading}</div>{group}</div> }
                    .into_any()
            });
        }
        groups.into_any()
    }
}

/// A button with a menu under it.
#[component]
pub fn MenuButton(
    /// The id of the button.
    #[prop(into)]
    id: String,
    /// Its accessible name; starts with `text` where there is one.
    #[prop(into)]
    label: String,
    /// Its icon.
    icon: Glyph,
    /// Words beside the icon.
    #[prop(optional, into)]
    text: Option<String>,
    /// What the menu offers.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
    /// The person chose the entry with this id.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let menu_id = format!("{id}-menu");
    let wrap_id = format!("{id}-wrap");
    let menu = Menu { id: StoredValue::new(id.clone()), open: RwSignal::new(false), items, on_choose };
    let Menu { open, .. } = menu;
    let press = move |_| {
        if open.get_untracked() {
            open.set(false);
        } else {
            menu.open_at(0);
        }
    };
    let press_key = move |event: KeyboardEvent| {
        let last = items.with_untracked(Vec::len).saturating_sub(1);
        let to = match event.key().as_str() {
            "ArrowDown" => 0,
            "ArrowUp" => last,
            _ => return,
        };
        event.prevent_default();
        menu.open_at(to);
    };
    let inside = wrap_id.clone();
    let leave = move |event: FocusEvent| {
        if !element::keeps_focus(&event, &inside) {
            open.set(false);
        }
    };
    let controls = menu_id.clone();
    let name = label.clone();
    let square = text.is_none().then_some("true");
    let list = move || {
        open.get().then(|| {
            view! { <div id=menu_id.clone() class="menu" role="menu" aria-label=label.clone()>{move || menu.items_view()}</div> }
        })
    };
    view! {
        <div id=wrap_id class="menu-wrap" on:focusout=leave>
            <button
                id=id
                class="button menu-button"
                type="button"
                data-kind="subtle"
                data-square=square
                aria-label=name
                aria-haspopup="menu"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=controls
                on:click=press
                on:keydown=press_key
            >
                <Icon glyph=icon/>
                {text}
            </button>
            {list}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_walk_round_the_menu() {
        for (key, at, expected) in
            [("ArrowDown", 1, Some(0)), ("ArrowUp", 0, Some(1)), ("Home", 1, Some(0)), ("End", 0, Some(1)), ("x", 0, None)]
        {
            assert_eq!(step(key, at, 2), expected, "{key} at {at}");
        }
    }
}
