//! The list of identities across subscriptions, with filter, sorting and CSV export.

use leptos::prelude::*;

use super::csv::csv;
use super::list_view::Shown;
use super::pills::{FILTER, pills};
use super::table::{link_id, table};
use crate::browser::{download, element};
use crate::cloud::Cloud;
use crate::cloud::identity_list::{IdentityList, IdentityRow, LoadState};
use crate::controls::{Button, ButtonKind, Glyph, Link, LiveRegion, MessageBar, Skeleton, TextInput, Tone};
use crate::messages;
use crate::portal::azure_portal::Portal;
use crate::portal::failure::Unread;
use crate::portal::frame::{Heading, Page};
use crate::portal::page_query;
use crate::portal::route::Route;
use crate::settings::Settings;

/// How many rows are rendered at first, and added by each "Show more". The filter searches all of them.
const BATCH: usize = 200;
/// The id of the line with their number.
const COUNT: &str = "identities-count";

#[component]
pub fn IdentitiesPage() -> impl IntoView {
    let directory = IdentityList::new(expect_context::<Cloud>());
    directory.start();
    let heading = Heading {
        title: messages::IDENTITIES_TITLE.text().into_owned(),
        trail: vec![(messages::HOME_TITLE, Route::Home)],
        close: Some(Route::Home),
    };
    view! { <Page heading=heading><IdentityList directory=directory/></Page> }.into_any()
}

#[component]
pub fn IdentityList(directory: IdentityList) -> impl IntoView {
    let portal = use_context::<StoredValue<Settings>>().and_then(|settings| settings.with_value(Portal::in_use));
    let shown = RwSignal::new(Shown::parse(&page_query::read()));
    if cfg!(target_arch = "wasm32") {
        Effect::new(move |before: Option<()>| {
            let query = shown.with(Shown::query);
            if before.is_some() {
                page_query::write(&Route::Identities, &query);
            }
        });
    }
    let filter = Memo::new(move |_| shown.with(|shown| shown.filter.clone()));
    let most = RwSignal::new(BATCH);
    let matching =
        Memo::new(move |_| directory.rows.with(|rows| shown.with(|shown| directory.regions.with(|regions| shown.of(rows, regions)))));
    let export = Callback::new(move |()| {
        let text = matching.with_untracked(|rows| csv(rows.iter()));
        download::save("managed-identities.csv", "text/csv", &text);
    });
    let nothing = Signal::derive(move || matching.with(Vec::is_empty));
    let typed = Callback::new(move |text: String| {
        most.set(BATCH);
        shown.update(|shown| shown.filter = text);
    });
    let state = Memo::new(move |_| ListState::of(directory, matching, shown));
    let counted = Memo::new(move |_| counted(directory, matching, shown));
    view! {
        <div class="list-bar">
            <Link href=Route::CreateIdentity(String::new()).href() kind=ButtonKind::Primary>{messages::CREATE_IDENTITY.text()}</Link>
            <Button icon=Glyph::Refresh on_press=Callback::new(move |()| directory.start())>{messages::REFRESH.text()}</Button>
            <Button icon=Glyph::Download disabled=nothing on_press=export>{messages::EXPORT_CSV.text()}</Button>
            <div class="list-filter">
                <TextInput search=true id=FILTER label=messages::FILTER.text() placeholder=messages::FILTER_PLACEHOLDER.text() value=filter on_input=typed/>
            </div>
        </div>
        {pills(directory, shown)}
        <LiveRegion id=COUNT class="quiet list-count" text=counted/>
        {move || unread(directory)}
        {move || state.get().view(directory)}
        {table(directory, matching, shown, most, portal)}
        {more(directory, matching, most)}
    }
    .into_any()
}

/// How many identities match, of how many in how many subscriptions.
fn counted(directory: IdentityList, matching: Memo<Vec<IdentityRow>>, shown: RwSignal<Shown>) -> String {
    let (all, left) = (directory.rows.with(Vec::len), matching.with(Vec::len));
    match directory.reading.get() {
        LoadState::UnderWay => messages::IDENTITIES_READING.with([&all.to_string()]).text(),
        LoadState::Rested if all == 0 => messages::IDENTITIES_NONE.text().into_owned(),
        LoadState::Rested if left == 0 && shown.with(Shown::is_narrowed) => messages::FILTER_NOTHING.with([&all.to_string()]).text(),
        LoadState::Rested => {
            messages::IDENTITIES_COUNTED.with([&left.to_string(), &all.to_string(), &directory.asked.get().to_string()]).text()
        }
        LoadState::Failed(_) => String::new(),
    }
}

/// What is shown instead of rows.
#[derive(Clone, PartialEq)]
enum ListState {
    Loading,
    Rows,
    Empty,
    /// No identity matches the filter.
    Filtered,
    Failed(crate::arm::error::ArmError),
}

impl ListState {
    fn of(directory: IdentityList, matching: Memo<Vec<IdentityRow>>, shown: RwSignal<Shown>) -> Self {
        let empty = directory.rows.with(Vec::is_empty);
        match directory.reading.get() {
            LoadState::Failed(error) => Self::Failed(error),
            LoadState::UnderWay if empty => Self::Loading,
            LoadState::Rested if empty => Self::Empty,
            LoadState::Rested if matching.with(Vec::is_empty) && shown.with(Shown::is_narrowed) => Self::Filtered,
            _ => Self::Rows,
        }
    }

    fn view(self, directory: IdentityList) -> Option<AnyView> {
        let view = match self {
            // The line above says so, and the button that clears the filters is above it.
            Self::Rows | Self::Filtered => return None,
            Self::Loading => view! { <Skeleton lines=6/> }.into_any(),
            Self::Empty => {
                let no_subscription = directory.asked.with_untracked(|asked| *asked == 0);
                let text = if no_subscription { messages::SUBSCRIPTIONS_NONE_HERE } else { messages::IDENTITIES_NONE_TEXT };
                view! { <div class="empty"><p>{text.text()}</p></div> }.into_any()
            }
            Self::Failed(error) => {
                let again = Callback::new(move |()| {
                    element::focus(COUNT);
                    directory.start();
                });
                view! { <Unread error=error sign_in=messages::SIGN_IN_FOR_IDENTITIES on_again=again/> }.into_any()
            }
        };
        Some(view)
    }
}

/// A warning that names the subscriptions that couldn't be read, once loading has ended.
fn unread(directory: IdentityList) -> Option<AnyView> {
    let rested = directory.reading.with(|reading| *reading == LoadState::Rested);
    let unread = directory.unread.get();
    (rested && !unread.is_empty()).then(|| {
        view! { <MessageBar tone=Tone::Warning>{messages::SUBSCRIPTIONS_UNREAD.with([&unread.join(", ")]).text()}</MessageBar> }.into_any()
    })
}

/// The buttons that show more rows and read more subscriptions.
fn more(directory: IdentityList, matching: Memo<Vec<IdentityRow>>, most: RwSignal<usize>) -> AnyView {
    let hidden = Memo::new(move |_| matching.with(Vec::len).saturating_sub(most.get()));
    let show = Callback::new(move |()| {
        // Focus the first new row, since the button may disappear.
        let next = link_id(most.get_untracked());
        most.update(|most| *most += BATCH);
        element::next_frame(Box::new(move || element::focus(&next)));
    });
    let rows = move || {
        let hidden = hidden.get();
        (hidden > 0).then(|| view! { <Button on_press=show>{messages::SHOW_MORE.with([&hidden.min(BATCH).to_string()]).text()}</Button> })
    };
    let left = Memo::new(move |_| directory.left());
    let under_way = Memo::new(move |_| directory.reading.with(|reading| *reading == LoadState::UnderWay));
    let read = Callback::new(move |()| {
        element::focus(COUNT);
        directory.go_on();
    });
    let subscriptions = move || {
        let left = left.get();
        (left > 0 && !under_way.get()).then(|| {
            view! { <Button on_press=read>{messages::READ_MORE.with([&left.to_string()]).text()}</Button> }
        })
    };
    view! { <div class="actions list-more">{rows}{subscriptions}</div> }.into_any()
}
