//! The ways side by side, and the two kinds of managed identity.

use leptos::prelude::*;

use super::recommendation::Way;
use crate::controls::{Card, Glyph};
use crate::messages::{self, Message};

/// The recommended ways, then those to leave.
pub(super) fn ways() -> AnyView {
    let cards =
        |recommended: bool| Way::ALL.into_iter().filter(move |way| way.is_recommended() == recommended).map(card).collect::<Vec<_>>();
    view! {
        <h2>{messages::GUIDE_WAYS.text()}</h2>
        <div class="cards">{cards(true)}</div>
        <h2>{messages::GUIDE_WAYS_TO_LEAVE.text()}</h2>
        <div class="cards">{cards(false)}</div>
    }
    .into_any()
}

fn card(way: Way) -> AnyView {
    let [name, purpose, cost] = way.about();
    let icon = match way {
        Way::IndividualLogin => Glyph::Person,
        Way::ManagedIdentity => Glyph::Key,
        Way::ServicePrincipal => Glyph::Settings,
        Way::Token | Way::AdminUser | Way::AnonymousPull => Glyph::Warning,
    };
    let cost_label = if way.is_recommended() { messages::GUIDE_COST } else { messages::GUIDE_AGAINST };
    view! {
        <Card title=name.text() icon=icon>
            <dl class="guide-way">
                <dt>{messages::GUIDE_FOR.text()}</dt>
                <dd>{purpose.text()}</dd>
                <dt>{cost_label.text()}</dt>
                <dd>{cost.text()}</dd>
            </dl>
        </Card>
    }
    .into_any()
}

/// A property of a managed identity: its name, and how it is for a system-assigned and for a user-assigned one.
const KINDS: [[Message; 3]; 5] = [
    [messages::GUIDE_KIND_CREATED, messages::GUIDE_KIND_CREATED_SYSTEM, messages::GUIDE_KIND_CREATED_USER],
    [messages::GUIDE_KIND_USED, messages::GUIDE_KIND_USED_SYSTEM, messages::GUIDE_KIND_USED_USER],
    [messages::GUIDE_KIND_DELETED, messages::GUIDE_KIND_DELETED_SYSTEM, messages::GUIDE_KIND_DELETED_USER],
    [messages::GUIDE_KIND_ROLES, messages::GUIDE_KIND_ROLES_SYSTEM, messages::GUIDE_KIND_ROLES_USER],
    [messages::GUIDE_KIND_FEDERATED, messages::GUIDE_KIND_FEDERATED_SYSTEM, messages::GUIDE_KIND_FEDERATED_USER],
];

/// System-assigned and user-assigned identities, compared.
pub(super) fn kinds() -> AnyView {
    let row = |[name, system, user]: [Message; 3]| {
        view! {
            <tr>
                <th scope="row">{name.text()}</th>
                <td>{system.text()}</td>
                <td>{user.text()}</td>
            </tr>
        }
    };
    let rows = KINDS.map(row).into_iter().collect::<Vec<_>>();
    view! {
        <h2 id="guide-kinds">{messages::GUIDE_KINDS.text()}</h2>
        <p>{messages::GUIDE_KINDS_INTRO.text()}</p>
        <table class="table" aria-labelledby="guide-kinds">
            <thead>
                <tr>
                    <th scope="col">{messages::GUIDE_KIND_QUALITY.text()}</th>
                    <th scope="col">{messages::GUIDE_SYSTEM.text()}</th>
                    <th scope="col">{messages::GUIDE_USER.text()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
