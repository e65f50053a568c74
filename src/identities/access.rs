//! An identity's tab **Access**: its role assignments, and what is done with each.

use leptos::prelude::*;

use super::access_card::{card, describe, full_name};
use super::access_editor::access_editor;
use super::access_list::{ADD, ADD_ROLE, AccessList, EditedRole, NamedChange, RoleDraft, State, TITLE};
use super::assignment_reads::{Found, Listed};
use super::changes::{Outcome, remove_dialog};
use super::role_editor::role_editor;
use crate::access::assign::AssignmentChange;
use crate::arm::guid::Guid;
use crate::arm::resource_id::ResourceId;
use crate::browser::element;
use crate::browser::task::TaskScope;
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind, Glyph, MessageBar, Skeleton, Tone};
use crate::messages;
use crate::portal::failure::Unread;

crate::part! {
    in manage:
    pub(super) fn access(identity: ResourceId, principal: Guid) -> AnyView {
        view! { <Access identity=identity principal=principal/> }.into_any()
    }
}

#[component]
fn Access(
    identity: ResourceId,
    /// The object id of the identity's service principal.
    principal: Guid,
) -> impl IntoView {
    let list = AccessList::new(identity, principal, expect_context::<Cloud>());
    let (changes, edited) = (list.changes, list.edited);
    let scope = TaskScope::current();
    list.read(&scope);
    let again = {
        let scope = scope.clone();
        Callback::new(move |()| {
            list.state.set(State::Reading);
            changes.outcomes.set(Vec::new());
            element::focus(TITLE);
            list.read(&scope);
            list.look(&scope);
        })
    };
    let more = {
        let scope = scope.clone();
        Callback::new(move |()| {
            element::focus(TITLE);
            list.read_more(&scope);
        })
    };
    let removed = RwSignal::new(None::<Listed>);
    let remove = {
        let scope = scope.clone();
        Callback::new(move |listed: Listed| {
            let name = full_name(&listed);
            let change = AssignmentChange { principal: list.principal.get_value(), before: Some(listed.assignment), after: None };
            list.change(NamedChange { name, change }, None, scope.clone());
        })
    };
    let soon = move || {
        let is_made = changes.outcomes.with(|outcomes| outcomes.iter().any(Outcome::is_made));
        is_made.then(|| view! { <p class="quiet">{messages::ROLE_SOON.text()}</p> })
    };
    // Which editor is open: whether it is that of other roles.
    let is_editing = Memo::new(move |_| edited.with(|edited| edited.as_ref().map(|draft| draft.role.is_some())));
    let editor_scope = scope.clone();
    let editor = move || {
        let scope = editor_scope.clone();
        is_editing.get().map(|is_role| if is_role { role_editor(list, scope) } else { access_editor(list, scope) })
    };
    let add_role = Callback::new(move |()| {
        let (subscription, group) = list.identity.with_value(|identity| {
            let subscription = identity.subscription().map(|id| id.to_string());
            (subscription.unwrap_or_default(), identity.resource_group().unwrap_or_default().to_owned())
        });
        list.edit(EditedRole { role: Some(RoleDraft { subscription, group, role: String::new() }), ..EditedRole::default() });
    });
    let add = Callback::new(move |()| list.edit(EditedRole::default()));
    let add_button = move || {
        is_editing.get().is_none().then(|| {
            view! { <Button id=ADD kind=ButtonKind::Primary icon=Glyph::Add disabled=changes.busy on_press=add>{messages::ADD_REGISTRY.text()}</Button>
                <Button id=ADD_ROLE icon=Glyph::Add disabled=changes.busy on_press=add_role>{messages::ADD_ROLE.text()}</Button> }
        })
    };
    let bar = view! {
        <div class="list-bar">
            {add_button}
            <Button kind=ButtonKind::Subtle icon=Glyph::Refresh disabled=changes.busy on_press=again>{messages::REFRESH.text()}</Button>
        </div>
    };
    let content = move || match list.state.get() {
        State::Reading => view! { <Skeleton lines=4/> }.into_any(),
        State::Failed(error) => view! { <Unread error=error sign_in=messages::SIGN_IN_FOR_THIS on_again=again/> }.into_any(),
        State::Read(found) => assignments(&found, list, removed, more),
    };
    view! {
        <section class="overview-part">
            <h2 id=TITLE tabindex="-1">{messages::ACCESS_TITLE.text()}</h2>
            <p class="quiet">{messages::ACCESS_TEXT.text()}</p>
            {changes.view()}
            {soon}
        </section>
        {editor}
        {bar}
        {content}
        {remove_dialog("access-remove", messages::ROLE_REMOVE_TITLE, removed, describe, remove)}
    }
    .into_any()
}

fn assignments(found: &Found, list: AccessList, removed: RwSignal<Option<Listed>>, more: Callback<()>) -> AnyView {
    let unread = (!found.unread.is_empty()).then(|| {
        let text = messages::ACCESS_UNREAD.with([&found.unread.join(", ")]).text();
        view! { <MessageBar tone=Tone::Warning><p>{text}</p></MessageBar> }
    });
    let none = found.listed.is_empty().then(|| {
        let title = if found.unread.is_empty() && found.left == 0 { messages::ACCESS_NONE } else { messages::ACCESS_NONE_SO_FAR };
        view! {
            <div class="empty">
                <p><strong>{title.text()}</strong></p>
                <p class="quiet">{messages::ACCESS_NONE_TEXT.text()}</p>
            </div>
        }
    });
    let cards = found.listed.iter().map(|one| card(one, list, removed)).collect::<Vec<_>>();
    let left = (found.left > 0).then(|| {
        let text = messages::READ_MORE.with([&found.left.to_string()]).text();
        view! {
            <div class="actions"><Button disabled=list.changes.busy on_press=more>{text}</Button></div>
        }
    });
    view! { {unread}{none}<ul class="credentials">{cards}</ul>{left} }.into_any()
}
