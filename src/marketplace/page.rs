//! The marketplace page: categories, a search box, and a card for each service.

use leptos::prelude::*;

use crate::browser::address;
use crate::controls::{Button, ButtonKind, Card, Drawing, Glyph, Link, TextInput};
use crate::messages;
use crate::portal::azure_portal::Portal;
use crate::portal::frame::{Heading, Page};
use crate::portal::route::Route;
use crate::portal::services::search::search;
use crate::portal::services::{Category, Creation, Service};
use crate::settings::Settings;

#[component]
pub fn MarketplacePage() -> impl IntoView {
    let heading = Heading {
        title: messages::MARKETPLACE_TITLE.text().into_owned(),
        trail: vec![(messages::HOME_TITLE, Route::Home)],
        close: Some(Route::Home),
    };
    let settings = expect_context::<StoredValue<Settings>>();
    let portal = settings.with_value(|settings| Portal::of(&settings.cloud));
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(None::<Category>);
    let found = Memo::new(move |_| typed.with(|typed| search(typed)));
    let shown = Memo::new(move |_| {
        let chosen = chosen.get();
        found.with(|found| {
            found.iter().copied().filter(|service| chosen.is_none_or(|chosen| service.category == chosen)).collect::<Vec<_>>()
        })
    });
    let cards = move || {
        let shown = shown.get();
        if shown.is_empty() {
            nothing(&typed.get())
        } else {
            shown.into_iter().map(|service| card(service, portal)).collect::<Vec<_>>().into_any()
        }
    };
    let counted = move || match shown.with(Vec::len) {
        1 => messages::SERVICE_FOUND.text().into_owned(),
        count => messages::SERVICES_FOUND.with([&count.to_string()]).text(),
    };
    let search = Callback::new(move |text: String| {
        // Search all categories.
        chosen.set(None);
        typed.set(text);
    });
    view! {
        <Page heading=heading>
            <div class="marketplace">
                <nav class="categories" aria-label=messages::CATEGORIES.text()>
                    <ul>{move || found.with(|found| categories(found, chosen))}</ul>
                </nav>
                <div class="marketplace-main">
                    <p class="quiet marketplace-intro">{messages::MARKETPLACE_INTRO.text()}</p>
                    <TextInput
                        search=true
                        id="marketplace-search"
                        label=messages::SEARCH_MARKETPLACE.text()
                        placeholder=messages::SEARCH_MARKETPLACE_PLACEHOLDER.text()
                        value=typed
                        on_input=search
                    />
                    <p class="small" role="status">{counted}</p>
                    <h2 class="visually-hidden">{move || chosen.get().map_or(messages::ALL_CATEGORIES, Category::name).text()}</h2>
                    <div class="cards">{cards}</div>
                </div>
            </div>
        </Page>
    }
    .into_any()
}

/// The categories, with their numbers of matching services.
fn categories(found: &[&Service], chosen: RwSignal<Option<Category>>) -> Vec<AnyView> {
    let all = std::iter::once(None).chain(Category::ALL.map(Some));
    let entry = |category: Option<Category>| {
        let count = found.iter().filter(|service| category.is_none_or(|category| service.category == category)).count();
        let name = category.map_or(messages::ALL_CATEGORIES, Category::name).text();
        view! {
            <li>
                <button
                    class="category"
                    type="button"
                    aria-pressed=move || if chosen.get() == category { "true" } else { "false" }
                    on:click=move |_| chosen.set(category)
                >
                    <span>{name}</span>
                    " "
                    <span class="category-count">{count}</span>
                </button>
            </li>
        }
        .into_any()
    };
    all.map(entry).collect()
}

fn card(service: &'static Service, portal: Option<Portal>) -> AnyView {
    let name = service.name.text();
    let act = match (service.creation, portal) {
        (Creation::Here, _) => {
            let go = Callback::new(|()| address::go(&Route::CreateIdentity(String::new()).href()));
            view! {
                <div class="actions">
                    <Button kind=ButtonKind::Primary label=messages::CREATE_WHAT.with([&name]).text() on_press=go>{messages::CREATE.text()}</Button>
                    <Link href=Route::Check.href() kind=ButtonKind::Secondary>{messages::CHECK_TITLE.text()}</Link>
                    <Link href=Route::Guide.href()>{messages::GUIDE_TITLE.text()}</Link>
                </div>
            }
            .into_any()
        }
        (Creation::Portal(fragment), Some(portal)) => {
            let name = name.clone();
            view! {
                <Link href=portal.page(fragment) external=true>
                    {messages::CREATE_IN_PORTAL.text()}
                    <span class="visually-hidden">": "{name}</span>
                </Link>
            }
            .into_any()
        }
        (Creation::Portal(_), None) => view! { <p class="small">{messages::CREATED_ELSEWHERE.text()}</p> }.into_any(),
    };
    view! {
        <Card title=name icon=icon(service)>
            <p class="card-about">{service.about.text()}</p>
            {act}
        </Card>
    }
    .into_any()
}

fn icon(service: &Service) -> Drawing {
    let glyph = match service.category {
        Category::Identity if service.creation == Creation::Here => return Drawing::IDENTITY,
        Category::Identity => Glyph::Person,
        Category::Compute => Glyph::Code,
        Category::Containers => Glyph::Copy,
        Category::Data => Glyph::Download,
        Category::Networking => Glyph::External,
        Category::Management => Glyph::Settings,
    };
    glyph.into()
}

fn nothing(typed: &str) -> AnyView {
    view! {
        <div class="empty">
            <h3>{messages::MARKETPLACE_NOTHING.with([typed.trim()]).text()}</h3>
            <p>{messages::MARKETPLACE_NOTHING_TEXT.text()}</p>
        </div>
    }
    .into_any()
}
