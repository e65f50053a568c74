//! The list of identities across subscriptions: filtered as typed, exported as CSV.

use leptos::prelude::*;

use super::csv::csv;
use super::directory::{Directory, Reading, Row};
use crate::arm::location::Location;
use crate::browser::download;
use crate::controls::{Button, ButtonKind, Glyph, Link, MessageBar, Skeleton, TextInput, Tone};
use crate::create::explain::explain;
use crate::deployments::failure::Failure;
use crate::messages;
use crate::portal::cloud::Cloud;
use crate::portal::frame::{Heading, Page};
use crate::portal::route::Route;
use crate::visible::shown;

/// How many rows are drawn before the person asks for more: the filter goes over all of them.
const DRAWN: usize = 200;

/// The page.
#[component]
pub fn IdentitiesPage() -> impl IntoView {
    let directory = Directory::new(expect_context::<Cloud>());
    directory.start();
    let heading = Heading {
        title: messages::IDENTITIES_TITLE.text().into_owned(),
        trail: vec![(messages::HOME_TITLE, Route::Home)],
        close: Some(Route::Home),
    };
    view! { <Page heading=heading><IdentityList directory=directory/></Page> }.into_any()
}

/// The list of what a directory has read.
#[component]
pub fn IdentityList(
    /// The identities.
    directory: Directory,
) -> impl IntoView {
    let filter = RwSignal::new(String::new());
    let most = RwSignal::new(DRAWN);
    let matching = Memo::new(move |_| {
        let mut rows: Vec<Row> = directory.rows.with(|rows| {
            filter.with(|typed| directory.regions.with(|regions| rows.iter().filter(|row| row.matches(typed, regions)).cloned().collect()))
        });
        rows.sort_by_cached_key(|row| row.name.to_lowercase());
        rows
    });
    let export = Callback::new(move |()| {
        let text = matching.with_untracked(|rows| csv(rows.iter()));
        download::save("managed-identities.csv", "text/csv", &text);
    });
    let nothing = Signal::derive(move || matching.with(Vec::is_empty));
    let typed = Callback::new(move |text| {
        most.set(DRAWN);
        filter.set(text);
    });
    view! {
        <div class="list-bar">
            <Link href=Route::CreateIdentity(String::new()).href() kind=ButtonKind::Primary>{messages::CREATE_IDENTITY.text()}</Link>
            <Button icon=Glyph::Refresh on_press=Callback::new(move |()| directory.start())>{messages::REFRESH.text()}</Button>
            <Button icon=Glyph::Download disabled=nothing on_press=export>{messages::EXPORT_CSV.text()}</Button>
            <div class="list-filter">
                <TextInput search=true id="filter" label=messages::FILTER.text() placeholder=messages::FILTER_PLACEHOLDER.text() value=filter on_input=typed/>
            </div>
        </div>
        <p class="quiet list-count" role="status">{move || counted(directory, matching)}</p>
        {move || standing(directory)}
        {move || matching.with(|rows| directory.regions.with(|regions| table(rows, regions, most.get())))}
        {move || more(directory, matching, most)}
    }
    .into_any()
}

/// How many there are, of how many, and from where.
fn counted(directory: Directory, matching: Memo<Vec<Row>>) -> String {
    let (all, shown) = (directory.rows.with(Vec::len), matching.with(Vec::len));
    match directory.reading.get() {
        Reading::UnderWay => messages::IDENTITIES_READING.with([&all.to_string()]).text(),
        Reading::Rested => {
            messages::IDENTITIES_COUNTED.with([&shown.to_string(), &all.to_string(), &directory.asked.get().to_string()]).text()
        }
        Reading::Failed(_) => String::new(),
    }
}

/// What stands in the way, or that there is nothing.
fn standing(directory: Directory) -> Option<AnyView> {
    let unread = directory.unread.get();
    let unread = (!unread.is_empty()).then(|| {
        view! { <MessageBar tone=Tone::Warning>{messages::SUBSCRIPTIONS_UNREAD.with([&unread.join(", ")]).text()}</MessageBar> }
    });
    let empty = directory.rows.with(Vec::is_empty);
    match directory.reading.get() {
        Reading::Failed(error) => Some(
            view! {
                <Failure told=explain(&error)>
                    <Button kind=ButtonKind::Primary on_press=Callback::new(move |()| directory.start())>{messages::TRY_AGAIN.text()}</Button>
                </Failure>
            }
            .into_any(),
        ),
        Reading::UnderWay if empty => Some(view! { {unread} <Skeleton lines=6/> }.into_any()),
        Reading::Rested if empty => Some(
            view! {
                {unread}
                <div class="empty">
                    <h2>{messages::IDENTITIES_NONE.text()}</h2>
                    <p>{messages::IDENTITIES_NONE_TEXT.text()}</p>
                </div>
            }
            .into_any(),
        ),
        _ => unread.map(IntoAny::into_any),
    }
}

/// The rows, as many as are drawn.
fn table(rows: &[Row], regions: &[Location], most: usize) -> Option<AnyView> {
    let lines = rows.iter().take(most).map(|row| {
        view! {
            <tr>
                <th scope="row"><a href=Route::Identity(row.id.clone()).href()>{shown(&row.name).into_owned()}</a></th>
                <td>{shown(&row.group).into_owned()}</td>
                <td>{shown(row.region_name(regions)).into_owned()}</td>
                <td>{shown(&row.subscription).into_owned()}</td>
            </tr>
        }
    });
    let lines = lines.collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="table identities" aria-label=messages::IDENTITIES_TITLE.text()>
                <thead>
                    <tr>
                        <th scope="col">{messages::NAME.text()}</th>
                        <th scope="col">{messages::RESOURCE_GROUP.text()}</th>
                        <th scope="col">{messages::REGION.text()}</th>
                        <th scope="col">{messages::SUBSCRIPTION.text()}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    })
}

/// More rows, more subscriptions.
fn more(directory: Directory, matching: Memo<Vec<Row>>, most: RwSignal<usize>) -> AnyView {
    let hidden = matching.with(Vec::len).saturating_sub(most.get());
    let rows = (hidden > 0).then(|| {
        let show = Callback::new(move |()| most.update(|most| *most += DRAWN));
        view! { <Button on_press=show>{messages::SHOW_MORE.with([&hidden.min(DRAWN).to_string()]).text()}</Button> }
    });
    let left = directory.left();
    let subscriptions = (left > 0 && directory.reading.with(|reading| *reading == Reading::Rested)).then(|| {
        view! {
            <Button on_press=Callback::new(move |()| directory.go_on())>{messages::READ_MORE.with([&left.to_string()]).text()}</Button>
        }
    });
    view! { <div class="actions list-more">{rows}{subscriptions}</div> }.into_any()
}
