//! An identity's page: its ids, location, restrictions, tags and JSON.

use leptos::prelude::*;

use super::access::access;
use super::credentials::credentials;
use super::kept_edit::{ACCESS, CREDENTIAL, LOCK};
use super::locks::locks;
use super::lookup::{self, IdentityAndJson};
use super::missing::Missing;
use crate::arm::error::ArmError;
use crate::arm::managed_identity::ManagedIdentity;
use crate::arm::resource_id::ResourceId;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::cloud::Cloud;
use crate::controls::{ButtonKind, CodeBlock, CopyButton, DataList, DataRow, Disclosure, Link, Part, Skeleton, Tab, TabPanel, Tabs};
use crate::messages::{self, Message};
use crate::portal::azure_portal::Portal;
use crate::portal::failure::Unread;
use crate::portal::frame::{Heading, Page};
use crate::portal::hosted::Hosted;
use crate::portal::portal_link::linked;
use crate::portal::region_name::RegionName;
use crate::portal::route::Route;
use crate::portal::runs::Runs;
use crate::portal::subscription_name::SubscriptionName;
use crate::provisioning::field::PROPERTIES;
use crate::provisioning::field::description::Property;
use crate::settings::Settings;
use crate::visible::shown;

/// The base id of the tabs.
const SECTIONS: &str = "identity";

#[derive(Clone)]
enum State {
    Reading,
    Read(Box<IdentityAndJson>),
    Missing,
    Failed(ArmError),
}

#[component]
pub fn IdentityPage(id: ResourceId) -> impl IntoView {
    let (cloud, runs) = (expect_context::<Cloud>(), expect_context::<Runs>());
    let state = RwSignal::new(State::Reading);
    let scope = TaskScope::current();
    let identity_id = id.clone();
    let ask = Callback::new(move |()| {
        state.set(State::Reading);
        let id = identity_id.clone();
        scope.spawn(async move {
            let created = untrack(|| runs.has_made(&id));
            state.set(match lookup::identity(cloud, id, created).await {
                Ok(Some(read)) => State::Read(Box::new(read)),
                Ok(None) => State::Missing,
                Err(error) => State::Failed(error),
            });
        });
    });
    ask.run(());
    let again = Callback::new(move |()| {
        // The button disappears as loading begins.
        element::focus("page-title");
        ask.run(());
    });
    let heading = Heading {
        title: id.name().to_owned(),
        trail: vec![(messages::HOME_TITLE, Route::Home), (messages::IDENTITIES_TITLE, Route::Identities)],
        close: Some(Route::Identities),
    };
    let content = move || match state.get() {
        State::Reading => view! { <Skeleton lines=9/> }.into_any(),
        State::Read(read) => {
            let (identity, json) = *read;
            view! { <Sections identity=identity json=json/> }.into_any()
        }
        State::Missing => view! { <Missing id=id.clone() on_again=again/> }.into_any(),
        State::Failed(error) => view! { <Unread error=error sign_in=messages::SIGN_IN_FOR_THIS on_again=again/> }.into_any(),
    };
    view! {
        <Page heading=heading>
            <p class="quiet page-kind">{messages::TYPE_IDENTITY.text()}</p>
            {content}
        </Page>
    }
    .into_any()
}

/// The sections of an identity, as tabs.
#[component]
fn Sections(
    identity: ManagedIdentity,
    /// ARM's JSON.
    json: String,
) -> impl IntoView {
    // What was being typed when the page was reloaded.
    let is_kept = [ACCESS, CREDENTIAL, LOCK].map(|kept| kept.is_there(&identity.id));
    let selected = RwSignal::new(is_kept.iter().position(|kept| *kept).map_or(0, |at| at + 1));
    let names = [messages::OVERVIEW, messages::ACCESS_TITLE, messages::CREDENTIALS_TITLE, messages::LOCKS_TITLE];
    let tabs = names.into_iter().map(|name| Tab::new(name.text())).collect::<Vec<_>>();
    let select = Callback::new(move |index| selected.set(index));
    let id = StoredValue::new(identity.id.clone());
    let principal = StoredValue::new(identity.principal_id.clone());
    let (of_overview, of_credentials) = (StoredValue::new((identity.clone(), json)), StoredValue::new(identity));
    let overview = move || {
        let (identity, json) = of_overview.get_value();
        view! { <div class="overview"><Overview identity=identity json=json/></div> }
    };
    let access = move || view! { <div class="overview"><Part load=move || access(id.get_value(), principal.get_value())/></div> };
    let credentials = move || view! { <div class="overview"><Part load=move || credentials(of_credentials.get_value())/></div> };
    let locks = move || view! { <div class="overview"><Part load=move || locks(id.get_value())/></div> };
    view! {
        <Tabs id=SECTIONS label=messages::IDENTITY_SECTIONS.text() tabs=tabs selected=selected on_select=select/>
        <TabPanel id=SECTIONS index=0 selected=selected content=overview/>
        <TabPanel id=SECTIONS index=1 selected=selected content=access/>
        <TabPanel id=SECTIONS index=2 selected=selected content=credentials/>
        <TabPanel id=SECTIONS index=3 selected=selected content=locks/>
    }
    .into_any()
}

#[component]
pub fn Overview(
    identity: ManagedIdentity,
    /// ARM's JSON.
    json: String,
) -> impl IntoView {
    let (region, tagged) = (identity.location.as_str().to_owned(), tags(&identity));
    let region = match identity.id.subscription() {
        Some(subscription) => view! { <RegionName subscription=subscription name=region/> }.into_any(),
        None => region.into_any(),
    };
    let portal = use_context::<StoredValue<Settings>>().and_then(|settings| settings.with_value(Portal::in_use));
    let tenant = identity.tenant_id.clone();
    let in_portal = portal.map(|portal| {
        view! {
            <div class="actions overview-actions">
                <Link href=portal.resource(&identity.id, Some(&tenant)) external=true kind=ButtonKind::Secondary>{messages::OPEN_IN_PORTAL.text()}</Link>
            </div>
        }
    });
    // Inside a host page there are only the form and the pages that it leads to.
    let guide =
        use_context::<Hosted>().is_none().then(|| view! { <p><Link href=Route::Guide.href()>{messages::GUIDE_TITLE.text()}</Link></p> });
    let group = identity.id.resource_group().unwrap_or_default();
    let group_id = identity.id.subscription().map(|subscription| ResourceId::of_group(&subscription, group));
    let group = linked(shown(group).into_owned(), group_id, portal);
    let subscription = identity.id.subscription().map(|id| {
        let href = portal.map(|portal| portal.resource(&ResourceId::of_subscription(&id), Some(&tenant)));
        view! { <DataRow label=messages::SUBSCRIPTION.text()><SubscriptionName id=id href=href/></DataRow> }
    });
    let property = |property: &Property| {
        let words = property.words(&identity.properties);
        view! { <DataRow label=property.field.label()>{words}</DataRow> }.into_any()
    };
    let properties = PROPERTIES.iter().map(property).collect::<Vec<_>>();
    let open = RwSignal::new(false);
    let json = StoredValue::new(json);
    let json_view = move || {
        let text = json.get_value();
        view! {
            <div class="code-with-copy">
                <CodeBlock label=messages::JSON_VIEW.text() text=text.clone()/>
                <CopyButton text=text what=messages::JSON_VIEW.text()/>
            </div>
        }
    };
    view! {
        {in_portal}
        <section class="overview-part">
            <h2>{messages::SIGN_IN_IDS.text()}</h2>
            <p class="quiet">{messages::SIGN_IN_IDS_TEXT.text()}</p>
            <DataList>
                {id_row(messages::CLIENT_ID, identity.client_id.as_str())}
                {id_row(messages::PRINCIPAL_ID, identity.principal_id.as_str())}
                {id_row(messages::TENANT_ID, identity.tenant_id.as_str())}
                {id_row(messages::RESOURCE_ID, identity.id.as_str())}
            </DataList>
            {guide}
        </section>
        <section class="overview-part">
            <h2>{messages::ESSENTIALS.text()}</h2>
            <DataList>
                {subscription}
                <DataRow label=messages::RESOURCE_GROUP.text()>{group}</DataRow>
                <DataRow label=messages::REGION.text()>{region}</DataRow>
                {properties}
            </DataList>
        </section>
        {tagged}
        <Disclosure
            id="json-view"
            label=messages::JSON_VIEW.text()
            open=open
            on_toggle=Callback::new(move |next| open.set(next))
            content=json_view
        />
    }
    .into_any()
}

fn id_row(label: Message, id: &str) -> AnyView {
    let id = id.to_owned();
    view! {
        <DataRow label=label.text()>
            <span class="id-and-copy">
                <span class="id">{shown(&id).into_owned()}</span>
                <CopyButton text=id what=label.text()/>
            </span>
        </DataRow>
    }
    .into_any()
}

fn tags(identity: &ManagedIdentity) -> AnyView {
    let rows = identity.tags.iter().map(|(name, value)| {
        let (name, value) = (shown(name).into_owned(), shown(value).into_owned());
        view! { <DataRow label=name><span dir="auto">{value}</span></DataRow> }
    });
    let content = if identity.tags.is_empty() {
        view! { <p class="quiet">{messages::NO_TAGS.text()}</p> }.into_any()
    } else {
        let rows = rows.collect::<Vec<_>>();
        view! { <DataList>{rows}</DataList> }.into_any()
    };
    view! { <section class="overview-part"><h2>{messages::TAGS.text()}</h2>{content}</section> }.into_any()
}
