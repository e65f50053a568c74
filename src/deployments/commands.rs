//! A deployment's command bar: Redeploy, Refresh, Template, and a link to its page in the Azure portal.

use leptos::prelude::*;

use super::view::{Shown, Status};
use crate::browser::download;
use crate::controls::{Button, ButtonKind, Glyph, Link};
use crate::messages;
use crate::portal::azure_portal::Portal;
use crate::portal::runs::ownership::Ownership;
use crate::portal::runs::{Run, plan};
use crate::provisioning::draft::Draft;
use crate::provisioning::template;

/// The available commands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The draft is known, so the form can open with it.
    pub redeploy: bool,
    /// The deployment can be read from ARM again.
    pub refresh: bool,
    pub template: bool,
    /// The URL of its page in the Azure portal.
    pub portal: Option<String>,
}

impl Offered {
    /// The commands of one of this tab's runs. Somebody else's draft is not disclosed; direct requests have no template, and no
    /// deployment to read.
    pub fn of_run(run: &Run, shown: &Shown, whose: Ownership, portal: Option<Portal>) -> Self {
        let is_open = whose.may_go_on() && shown.status != Status::OnHold;
        let has_ended = run.outcome.is_some() && shown.status != Status::Unknown;
        Self {
            redeploy: is_open && has_ended,
            refresh: shown.is_deployment(),
            template: is_open && shown.is_deployment(),
            portal: in_portal(shown, portal.filter(|_| is_in_portal(whose))),
        }
    }

    /// The commands of a deployment read from ARM; `shown` is `None` while it isn't loaded.
    pub fn of_found(shown: Option<&Shown>, portal: Option<Portal>) -> Self {
        Self { refresh: true, portal: shown.and_then(|shown| in_portal(shown, portal)), ..Self::default() }
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a run belongs to the current cloud.
pub(super) fn is_in_portal(whose: Ownership) -> bool {
    match whose {
        Ownership::Mine | Ownership::SignedOut | Ownership::OtherAccount | Ownership::OtherDirectory => true,
        Ownership::Unknown | Ownership::OtherMode | Ownership::OtherApp => false,
    }
}

/// The portal's page of the deployment or the identity, once it exists in Azure.
fn in_portal(shown: &Shown, portal: Option<Portal>) -> Option<String> {
    let portal = portal?;
    if shown.is_deployment() {
        // The deployment exists in Azure once it has a correlation id.
        let is_there = shown.correlation_id.is_some() || shown.made.is_some();
        is_there.then(|| portal.deployment(&shown.id))
    } else {
        shown.made.as_ref().map(|made| portal.resource(made, None))
    }
}

#[component]
pub fn Commands(
    #[prop(into)] offered: Signal<Offered>,
    /// Whether a refresh is running.
    #[prop(optional, into)]
    busy: Signal<bool>,
    on_refresh: Callback<()>,
    /// Opens the form with the draft.
    #[prop(optional)]
    on_redeploy: Option<Callback<()>>,
    /// Downloads the template.
    #[prop(optional)]
    on_template: Option<Callback<()>>,
) -> impl IntoView {
    // A memo for each button: a button that stays keeps the focus and its position while Redeploy or the link comes or goes.
    let any = Memo::new(move |_| offered.with(|offered| !offered.is_empty()));
    let can_redeploy = Memo::new(move |_| offered.with(|offered| offered.redeploy));
    let can_refresh = Memo::new(move |_| offered.with(|offered| offered.refresh));
    let has_template = Memo::new(move |_| offered.with(|offered| offered.template));
    let portal = Memo::new(move |_| offered.with(|offered| offered.portal.clone()));
    let redeploy = move || {
        let act = on_redeploy.filter(|_| can_redeploy.get());
        act.map(|act| view! { <Button icon=Glyph::Edit on_press=act>{messages::REDEPLOY.text()}</Button> })
    };
    let refresh = move || {
        can_refresh.get().then(|| view! { <Button icon=Glyph::Refresh busy=busy on_press=on_refresh>{messages::REFRESH.text()}</Button> })
    };
    let template = move || {
        let act = on_template.filter(|_| has_template.get());
        act.map(|act| view! { <Button icon=Glyph::Download on_press=act>{messages::TEMPLATE.text()}</Button> })
    };
    let link = move || {
        portal.get().map(|href| {
            view! { <Link href=href external=true kind=ButtonKind::Secondary>{messages::OPEN_IN_PORTAL.text()}</Link> }
        })
    };
    move || any.get().then(|| view! { <div class="actions">{refresh} {template} {redeploy} {link}</div> })
}

crate::part! {
    in resource:
    /// Downloads the template that was sent for a draft.
    pub(super) fn save_template(draft: Draft) -> () {
        if let Some(plan) = plan(&draft) {
            download::save("template.json", "application/json", &template::template(&plan));
        }
    }
}
