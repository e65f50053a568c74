//! The rows of many identities: only those in sight are drawn, between two spacers as high as the rest.

use leptos::prelude::*;

use super::examined::{Examined, Row, severity};
use super::findings::{findings, tone};
use crate::browser::{download, element};
use crate::controls::{Button, ButtonKind, Glyph, Icon};
use crate::create::problem::Severity;
use crate::messages;
use crate::visible::shown;

/// In px, as `style/check.css` has it.
const ROW_HEIGHT: usize = 36;
/// Rows drawn: more than the tallest screen shows of the list.
const DRAWN: usize = 60;
/// Rows drawn before the first in sight.
const BEFORE: usize = 12;

const LIST: &str = "check-rows";

/// The table, the filter and the findings of the row that was chosen.
pub(super) fn rows(examined: Memo<Examined>) -> AnyView {
    let only = RwSignal::new(false);
    let first = RwSignal::new(0_usize);
    let chosen = RwSignal::new(None::<usize>);
    let shown = Memo::new(move |_| {
        examined.with(|examined| {
            let wanted = |row: &Row| !only.get() || row.worst() > Severity::Informs;
            examined.rows.iter().enumerate().filter(|(_, row)| wanted(row)).map(|(at, _)| at).collect::<Vec<usize>>()
        })
    });
    let start = Memo::new(move |_| first.get().saturating_sub(BEFORE).min(shown.with(Vec::len)));
    let end = move || (start.get() + DRAWN).min(shown.with(Vec::len));
    let height = |rows: usize| [&(rows * ROW_HEIGHT).to_string(), "px"].concat();
    let above = move || height(start.get());
    let below = move || height(shown.with(Vec::len) - end());
    let lines = move || {
        shown.with(|shown| {
            examined.with(|examined| {
                let drawn = shown.get(start.get()..end()).unwrap_or_default().iter().enumerate();
                drawn
                    .filter_map(|(at, row)| examined.rows.get(*row).map(|found| line(found, *row, start.get() + at, chosen)))
                    .collect::<Vec<_>>()
            })
        })
    };
    let scrolled = move |_| first.set(usize::try_from(element::scroll_top(LIST)).unwrap_or_default() / ROW_HEIGHT);
    let save = Callback::new(move |()| {
        download::save("checked-identities.csv", "text/csv", &examined.with_untracked(Examined::csv));
    });
    let told = move || {
        messages::CHECK_SHOWN.with([&shown.with(Vec::len).to_string(), &examined.with(|examined| examined.rows.len()).to_string()]).text()
    };
    let details = move || chosen.get().and_then(|at| examined.with(|examined| examined.rows.get(at).map(findings)));
    view! {
        <div class="list-bar">
            <div class="check-row">
                <input id="check-only" type="checkbox" prop:checked=only on:change=move |event| only.set(event_target_checked(&event))/>
                <label for="check-only">{messages::CHECK_ONLY_PROBLEMS.text()}</label>
            </div>
            <Button icon=Glyph::Download on_press=save>{messages::CHECK_DOWNLOAD.text()}</Button>
            <span class="quiet" role="status">{told}</span>
        </div>
        <div id=LIST class="check-rows" role="region" tabindex="0" aria-label=messages::CHECK_ROWS.text() on:scroll=scrolled>
            <table class="table" aria-label=messages::CHECK_ROWS.text() aria-rowcount=move || (shown.with(Vec::len) + 1).to_string()>
                <thead>
                    <tr aria-rowindex="1">
                        <th scope="col">{messages::CHECK_LINE_HEAD.text()}</th>
                        <th scope="col">{messages::NAME.text()}</th>
                        <th scope="col">{messages::RESOURCE_GROUP.text()}</th>
                        <th scope="col">{messages::CHECK_PROBLEMS_HEAD.text()}</th>
                    </tr>
                </thead>
                <tbody aria-hidden="true"><tr style:height=above></tr></tbody>
                <tbody>{lines}</tbody>
                <tbody aria-hidden="true"><tr style:height=below></tr></tbody>
            </table>
        </div>
        {details}
    }
    .into_any()
}

/// A row. Its name opens its findings below the list.
fn line(found: &Row, row: usize, at: usize, chosen: RwSignal<Option<usize>>) -> AnyView {
    let worst = found.worst();
    // What only informs is told below the list, with the rest.
    let bad = || found.problems.iter().filter(|problem| problem.severity > Severity::Informs);
    let first = bad().next().map(|problem| problem.sentence.text());
    let more = bad().count().saturating_sub(1);
    let more = (more > 0).then(|| view! { <span class="small">" +"{more.to_string()}</span> });
    let mark = first.is_some().then(|| {
        view! {
            <span class="check-mark" data-tone=tone(worst).name()>
                <Icon glyph=tone(worst).glyph()/>
                <span class="visually-hidden">{severity(worst).text()}": "</span>
            </span>
        }
    });
    let open = Callback::new(move |()| {
        chosen.set(Some(row));
        request_animation_frame(|| {
            element::reveal("check-findings");
            element::focus("check-findings");
        });
    });
    let (name, group, place) = (found.name(), shown(&found.draft.resource_group).into_owned(), found.line.to_string());
    view! {
        <tr aria-rowindex=(at + 2).to_string() data-chosen=move || (chosen.get() == Some(row)).then_some("true")>
            <td>{place}</td>
            <th scope="row"><Button kind=ButtonKind::Link on_press=open>{name}</Button></th>
            <td>{group}</td>
            <td>{mark}{first}{more}</td>
        </tr>
    }
    .into_any()
}
