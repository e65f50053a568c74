//! The home page: an introduction, links to the other pages, and some existing identities.

use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::arm::error::ArmError;
use crate::arm::managed_identity::{IDENTITY_API_COMMON, ManagedIdentity};
use crate::arm::subscription::Subscription;
use crate::cloud::Cloud;
use crate::cloud::queries::{self, ArmFuture};
use crate::controls::{ButtonKind, Link, Part, Skeleton};
use crate::messages;
use crate::portal::frame::{Heading, Page};
use crate::portal::no_subscription::no_subscription;
use crate::portal::route::Route;
use crate::portal::sign_in::SignIn;
use crate::provisioning::explain::explain;
use crate::settings::{Mode, Settings};
use crate::visible::shown;

const SHOWN: usize = 5;

/// Some identities with their subscription; `None` if the account has access to no subscription.
type Sample = Option<(Subscription, Vec<ManagedIdentity>)>;

#[component]
pub fn HomePage() -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    let preview = settings.with_value(|settings| settings.mode == Mode::Preview);
    let cloud = expect_context::<Cloud>();
    let found = RwSignal::new(None::<Result<Sample, ArmError>>);
    spawn_local_scoped_with_cancellation(async move { found.set(Some(queries::from_part(ask(cloud)).await)) });
    let heading = Heading { title: messages::HOME_HEADING.text().into_owned(), trail: Vec::new(), close: None };
    view! {
        <Page heading=heading>
            <div class="home">
                <p class="home-lead">{messages::HOME_LEAD.text()}</p>
                {preview.then(|| view! { <p class="quiet">{messages::HELP_PREVIEW.text()}</p> })}
                <div class="actions">
                    <Link href=Route::CreateIdentity(String::new()).href() kind=ButtonKind::Primary>{messages::CREATE_IDENTITY.text()}</Link>
                    <Link href=Route::Identities.href() kind=ButtonKind::Secondary>{messages::ALL_IDENTITIES.text()}</Link>
                    <Link href=Route::Marketplace.href() kind=ButtonKind::Secondary>{messages::MARKETPLACE_TITLE.text()}</Link>
                    <Link href=Route::Check.href() kind=ButtonKind::Secondary>{messages::CHECK_TITLE.text()}</Link>
                    <Link href=Route::Guide.href() kind=ButtonKind::Secondary>{messages::GUIDE_TITLE.text()}</Link>
                </div>
                <section class="home-list">{move || found.with(|found| listed(found.as_ref()))}</section>
            </div>
        </Page>
    }
    .into_any()
}

fn listed(found: Option<&Result<Sample, ArmError>>) -> AnyView {
    match found {
        None => view! { <Skeleton lines=SHOWN/> }.into_any(),
        Some(Err(error)) => {
            let message = match error {
                error if error.needs_sign_in() => messages::SIGN_IN_FOR_IDENTITIES.text().into_owned(),
                error => {
                    let explanation = explain(error);
                    [explanation.title.text(), explanation.advice.text()].join(" ")
                }
            };
            view! { <h2>{messages::IDENTITIES_TITLE.text()}</h2><p class="quiet">{message}</p> }.into_any()
        }
        Some(Ok(None)) => view! { <h2>{messages::IDENTITIES_TITLE.text()}</h2>{nowhere()} }.into_any(),
        Some(Ok(Some((subscription, identities)))) => {
            let lines = identities.iter().map(|identity| {
                let group = shown(identity.id.resource_group().unwrap_or_default()).into_owned();
                view! {
                    <li>
                        <a href=Route::Identity(identity.id.clone()).href()>{shown(&identity.name).into_owned()}</a>
                        <span class="small">{group}</span>
                    </li>
                }
            });
            let lines = lines.collect::<Vec<_>>();
            let nothing = lines.is_empty().then(|| view! { <p class="quiet">{messages::IDENTITIES_NONE.text()}</p> });
            view! {
                <h2>{messages::IDENTITIES_IN.with([&subscription.display_name]).text()}</h2>
                {nothing}
                <ul>{lines}</ul>
            }
            .into_any()
        }
    }
}

/// Advice for an account without a subscription.
fn nowhere() -> AnyView {
    let sign_in = use_context::<SignIn>();
    let tenant =
        sign_in.and_then(|sign_in| sign_in.active_account.with_untracked(|active| active.as_ref().map(|active| active.tenant.clone())));
    match sign_in.zip(tenant) {
        // The page is rendered again after the switch.
        Some((sign_in, tenant)) => view! { <Part load=move || no_subscription(sign_in, tenant.clone(), "main")/> }.into_any(),
        None => view! { <p>{messages::SUBSCRIPTIONS_NONE.text()}</p> }.into_any(),
    }
}

crate::part! {
    in pages:
    fn ask(cloud: Cloud) -> ArmFuture<Sample> {
        Box::pin(async move {
            let client = queries::client(cloud);
            let first = client.subscriptions().next(&client).await?.unwrap_or_default().into_iter().next();
            let Some(subscription) = first else { return Ok(None) };
            let page = client.identities(&subscription.id, None, IDENTITY_API_COMMON).next(&client).await?;
            let identities = page.unwrap_or_default().into_iter().take(SHOWN).collect();
            Ok(Some((subscription, identities)))
        })
    }
}
