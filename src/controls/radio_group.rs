//! A group of radio buttons.

use leptos::prelude::*;

/// A choice of a [`RadioGroup`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioOption {
    pub value: String,
    pub label: String,
    /// A hint under the label, which is the button's accessible description.
    pub hint: Option<String>,
}

/// Radio buttons with a legend. Arrow keys move between them, as browsers have it.
#[component]
pub fn RadioGroup(
    /// The name of the buttons; each has the id `{id}-{value}`.
    #[prop(into)]
    id: String,
    #[prop(into)] legend: String,
    options: Vec<RadioOption>,
    /// The selected value; none of the options for no selection.
    #[prop(into)]
    selected: Signal<String>,
    /// Gets the value that was selected.
    #[prop(into)]
    on_select: Callback<String>,
    /// Makes the legend a heading, and shows the options as tiles side by side.
    #[prop(optional)]
    tiles: bool,
) -> impl IntoView {
    let option = |RadioOption { value, label, hint }: RadioOption| {
        let button = [&id, "-", &value].concat();
        let (label_id, hint_id) = ([&button, "-label"].concat(), [&button, "-hint"].concat());
        let described = hint.is_some().then(|| hint_id.clone());
        let hint = hint.map(|hint| view! { <span id=hint_id class="radio-hint">{hint}</span> });
        let own = value.clone();
        let is_selected = Memo::new(move |_| selected.with(|selected| *selected == own));
        view! {
            <label class="radio" data-on=move || is_selected.get().then_some("")>
                <input
                    id=button
                    type="radio"
                    name=id.clone()
                    checked=is_selected.get_untracked()
                    prop:checked=move || is_selected.get()
                    aria-labelledby=label_id.clone()
                    aria-describedby=described
                    on:change=move |_| on_select.run(value.clone())
                />
                <span><span id=label_id>{label}</span>{hint}</span>
            </label>
        }
        .into_any()
    };
    let options = options.into_iter().map(option).collect::<Vec<_>>();
    let legend = if tiles { view! { <h2>{legend}</h2> }.into_any() } else { legend.into_any() };
    view! {
        <fieldset class="choices">
            <legend>{legend}</legend>
            <div class=if tiles { "tiles" } else { "" }>{options}</div>
        </fieldset>
    }
    .into_any()
}
