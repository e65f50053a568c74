//! The list of several identities: a grid that has the focus as a whole, so that the focus survives changes of the rows. It
//! is virtualised: only the visible rows are rendered, between two spacers as high as the rest.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::examined::{CheckedIdentity, Examined, PlacedProblem, severity};
use super::findings::{findings, tone};
use crate::arm::percent::pairs;
use crate::browser::{download, element};
use crate::controls::{Button, Glyph, Icon, LiveRegion};
use crate::messages;
use crate::portal::page_query;
use crate::portal::route::Route;
use crate::provisioning::problem::Severity;
use crate::visible::shown as visible;

/// The height of a row in quarters of a rem; the same as in `style/check.css`.
const ROW_QUARTERS: usize = 9;
/// How many rows are rendered: more than fit on the tallest screen.
const RENDERED: usize = 60;
/// How many rows are rendered above the first visible one.
const OVERSCAN: usize = 12;
/// How many rows Page Up and Page Down move.
const PAGE: usize = 10;

const LIST: &str = "check-rows";
/// The URL query pair for showing only rows with problems.
const ONLY: (&str, &str) = ("only", "problems");

#[derive(Clone, Copy)]
struct List {
    examined: Memo<Examined>,
    /// The indexes of the rows that pass the filter.
    shown: Memo<Vec<usize>>,
    /// The first visible row.
    first: RwSignal<usize>,
    /// The row that the keyboard is on, as an index into `shown`.
    active: RwSignal<usize>,
    /// The index and the name of the row whose findings are open. They close if another identity takes its place.
    chosen: RwSignal<Option<(usize, String)>>,
}

impl List {
    fn len(self) -> usize {
        self.shown.with(Vec::len)
    }

    /// The range of rendered rows, end exclusive.
    fn rendered(self) -> (usize, usize) {
        let start = self.first.get().saturating_sub(OVERSCAN).min(self.len());
        (start, (start + RENDERED).min(self.len()))
    }

    fn press(self, event: &KeyboardEvent) {
        let Some(last) = self.shown.with_untracked(Vec::len).checked_sub(1) else { return };
        let active = self.active.get_untracked().min(last);
        let next = match event.key().as_str() {
            "ArrowDown" => active + 1,
            "ArrowUp" => active.saturating_sub(1),
            "PageDown" => active + PAGE,
            "PageUp" => active.saturating_sub(PAGE),
            "Home" => 0,
            "End" => last,
            "Enter" | " " => {
                event.prevent_default();
                return self.open(active);
            }
            _ => return,
        };
        event.prevent_default();
        self.move_to(next.min(last));
    }

    /// Makes a row active, and scrolls it into view below the header row.
    fn move_to(self, at: usize) {
        let height = row_height();
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a browser's heights are below 2^25 px")]
        let px = |rows: usize| (rows as f64 * height).round() as i32;
        // The header row is as high as a row.
        let scrolled = element::scroll_to(LIST, px(at), px(2));
        self.scrolled(scrolled);
        self.active.set(at);
    }

    fn scrolled(self, top: i32) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not below zero, and within the list")]
        self.first.set((f64::from(top.max(0)) / row_height()) as usize);
    }

    /// Shows a row's findings below the list.
    fn open(self, at: usize) {
        self.active.set(at);
        let row = self.shown.with_untracked(|shown| shown.get(at).copied());
        self.chosen
            .set(row.and_then(|row| self.examined.with_untracked(|examined| Some((row, examined.rows.get(row)?.draft.name.clone())))));
        element::next_frame(Box::new(|| {
            element::reveal("check-findings");
            element::focus("check-findings");
        }));
    }
}

/// In px.
fn row_height() -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    let rem = ROW_QUARTERS as f64 / 4.0;
    rem * element::root_font_size()
}

/// The height of this many rows, as a CSS length.
fn height(rows: usize) -> String {
    let quarters = rows * ROW_QUARTERS;
    [&(quarters / 4).to_string(), ["", ".25", ".5", ".75"][quarters % 4], "rem"].concat()
}

fn row_id(at: usize) -> String {
    ["check-row-", &at.to_string()].concat()
}

/// The table, the filter, and the findings of the selected row.
pub(super) fn rows(examined: Memo<Examined>) -> AnyView {
    let only = RwSignal::new(pairs(&page_query::read()).any(|(key, value)| (key.as_str(), value.as_str()) == ONLY));
    let shown = Memo::new(move |_| {
        examined.with(|examined| {
            let wanted = |row: &CheckedIdentity| !only.get() || row.worst() > Severity::Informs;
            examined.rows.iter().enumerate().filter(|(_, row)| wanted(row)).map(|(at, _)| at).collect::<Vec<usize>>()
        })
    });
    let list = List { examined, shown, first: RwSignal::new(0), active: RwSignal::new(0), chosen: RwSignal::new(None) };
    let filter = move |wanted: bool| {
        only.set(wanted);
        list.active.set(0);
        page_query::write(&Route::Check, &if wanted { [ONLY.0, "=", ONLY.1].concat() } else { String::new() });
    };
    let save = Callback::new(move |()| {
        let text = examined.with_untracked(|examined| shown.with_untracked(|shown| examined.csv(shown)));
        download::save("checked-identities.csv", "text/csv", &text);
    });
    let count = Memo::new(move |_| {
        let message = if only.get() { messages::CHECK_SHOWN_ONLY } else { messages::CHECK_SHOWN };
        message.with([&list.len().to_string(), &examined.with(|examined| examined.rows.len()).to_string()]).text()
    });
    let details = Memo::new(move |_| {
        let (at, name) = list.chosen.get()?;
        examined.with(|examined| examined.rows.get(at).filter(|row| row.draft.name == name).cloned())
    });
    view! {
        <div class="list-bar">
            <div class="check-row">
                <input id="check-only" type="checkbox" prop:checked=only on:change=move |event| filter(event_target_checked(&event))/>
                <label for="check-only">{messages::CHECK_ONLY_PROBLEMS.text()}</label>
            </div>
            <Button icon=Glyph::Download on_press=save>{messages::CHECK_DOWNLOAD.text()}</Button>
            <LiveRegion class="quiet" text=count/>
        </div>
        {grid(list)}
        {findings(details)}
    }
    .into_any()
}

fn grid(list: List) -> AnyView {
    let lines = move || {
        let (start, end) = list.rendered();
        list.shown.with(|shown| {
            list.examined.with(|examined| {
                let rendered = shown.get(start..end).unwrap_or_default().iter().enumerate();
                rendered
                    .filter_map(|(at, row)| examined.rows.get(*row).map(|found| line(found, *row, start + at, list)))
                    .collect::<Vec<_>>()
            })
        })
    };
    let active = move || {
        let (start, end) = list.rendered();
        Some(list.active.get()).filter(|at| (start..end).contains(at)).map(row_id)
    };
    view! {
        <div id=LIST class="check-rows" on:scroll=move |_| list.scrolled(element::scroll_top(LIST))>
            <table
                class="table"
                role="grid"
                tabindex="0"
                aria-label=messages::CHECK_ROWS.text()
                aria-rowcount=move || (list.len() + 1).to_string()
                aria-activedescendant=active
                on:keydown=move |event| list.press(&event)
            >
                <thead>
                    <tr aria-rowindex="1">
                        <th scope="col">{messages::CHECK_LINE_HEAD.text()}</th>
                        <th scope="col">{messages::NAME.text()}</th>
                        <th scope="col">{messages::RESOURCE_GROUP.text()}</th>
                        <th scope="col">{messages::CHECK_PROBLEMS_HEAD.text()}</th>
                    </tr>
                </thead>
                <tbody aria-hidden="true"><tr style:height=move || height(list.rendered().0)></tr></tbody>
                <tbody>{lines}</tbody>
                <tbody aria-hidden="true"><tr style:height=move || height(list.len() - list.rendered().1)></tr></tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A row. Enter or a click opens its findings below the list, where nothing is truncated.
fn line(found: &CheckedIdentity, row: usize, at: usize, list: List) -> AnyView {
    let worst = found.worst();
    // Informational notes are only shown below the list.
    let bad = || found.problems.iter().filter(|problem| problem.severity() > Severity::Informs);
    let first = bad().next().map(PlacedProblem::text);
    let all = bad().map(PlacedProblem::text).collect::<Vec<_>>().join("\n");
    let more = bad().count().saturating_sub(1);
    let more = (more > 0).then(|| {
        let more = more.to_string();
        view! {
            <span class="small" aria-hidden="true">" +"{more.clone()}</span>
            <span class="visually-hidden">" "{messages::CHECK_MORE.with([&more]).text()}</span>
        }
    });
    let mark = first.is_some().then(|| {
        view! {
            <span class="check-mark" data-tone=tone(worst).name()>
                <Icon glyph=tone(worst).glyph()/>
                <span class="visually-hidden">{severity(worst).text()}": "</span>
            </span>
        }
    });
    let (name, group, place) = (found.name(), visible(&found.draft.resource_group).into_owned(), found.line.to_string());
    let own = found.draft.name.clone();
    let is_chosen = Memo::new(move |_| list.chosen.with(|chosen| chosen.as_ref().is_some_and(|(at, name)| *at == row && *name == own)));
    view! {
        <tr
            id=row_id(at)
            aria-rowindex=(at + 2).to_string()
            aria-selected=move || if is_chosen.get() { "true" } else { "false" }
            data-chosen=move || is_chosen.get().then_some("true")
            data-active=move || (list.active.get() == at).then_some("true")
            on:click=move |_| list.open(at)
        >
            <td>{place}</td>
            <th scope="row" title=name.clone()><span class="check-name">{name.clone()}</span></th>
            <td title=group.clone()>{group.clone()}</td>
            <td title=all>{mark}{first}{more}</td>
        </tr>
    }
    .into_any()
}
