//! The account panel: the signed-in account, its directory, and the accounts to switch to. In Preview nobody is signed in,
//! and the simulated Azure can be reset.

use leptos::prelude::*;

use super::directories::{SwitchButton, called, directories};
use super::notifications::Notifications;
use super::sign_in::{AccountInfo, ActiveAccount, SignIn, SignInAction};
use super::sign_out::SignOutButton;
use crate::arm::tenant::Tenant;
use crate::browser::address;
use crate::cloud::ResetPreview;
use crate::controls::{Button, ButtonKind, DataList, DataRow, Dialog, Glyph, Skeleton};
use crate::messages;
use crate::portal::runs::Runs;
use crate::visible::shown;

#[component]
pub fn AccountPanel() -> impl IntoView {
    let reset = use_context::<ResetPreview>();
    let nobody = move || {
        let text = if reset.is_some() { messages::ACCOUNT_PREVIEW } else { messages::ACCOUNT_LIVE };
        view! {
            <p><strong>{messages::ACCOUNT_NOBODY.text()}</strong></p>
            <p>{text.text()}</p>
            {reset.map(|reset| view! { <ResetButton reset=reset/> })}
        }
        .into_any()
    };
    let content = move || match use_context::<SignIn>() {
        Some(sign_in) if cfg!(feature = "live") => {
            if let Some(active) = sign_in.active_account.get() {
                view! { <SignedIn sign_in=sign_in active=active/> }.into_any()
            } else {
                let go = Callback::new(move |()| sign_in.run(SignInAction::SignIn));
                let button = view! { <Button kind=ButtonKind::Primary on_press=go>{messages::SIGN_IN.text()}</Button> };
                view! { {nobody()} <div class="panel-actions">{button} {switch_buttons(sign_in, sign_in.inactive_accounts.get())}</div> }
                    .into_any()
            }
        }
        _ => nobody(),
    };
    view! {
        <h2 class="panel-title">{messages::ACCOUNT.text()}</h2>
        {content}
    }
    .into_any()
}

#[component]
fn SignedIn(sign_in: SignIn, active: ActiveAccount) -> impl IntoView {
    let AccountInfo { home_account_id, name, username } = active.account;
    let others = switch_buttons(sign_in, active.others);
    let add = Callback::new(move |()| sign_in.run(SignInAction::AddAccount));
    view! {
        <p><strong dir="auto">{shown(&name).into_owned()}</strong></p>
        <p dir="auto">{shown(&username).into_owned()}</p>
        <Directories sign_in=sign_in tenant=active.tenant/>
        <div class="panel-actions">
            {others}
            <Button kind=ButtonKind::Subtle on_press=add>{messages::ACCOUNT_ADD.text()}</Button>
            <SignOutButton sign_in=sign_in account=home_account_id/>
        </div>
    }
    .into_any()
}

/// A button for each account, to switch to it.
fn switch_buttons(sign_in: SignIn, accounts: Vec<AccountInfo>) -> AnyView {
    let buttons = accounts.into_iter().map(|AccountInfo { home_account_id, username, name }| {
        let switch = Callback::new(move |()| sign_in.run(SignInAction::SwitchAccount(home_account_id.clone())));
        let label = messages::ACCOUNT_USE.with([if username.is_empty() { &name } else { &username }]).text();
        view! { <Button kind=ButtonKind::Subtle icon=Glyph::Person on_press=switch>{label}</Button> }
    });
    buttons.collect_view().into_any()
}

/// The current directory, and the account's other directories.
#[component]
fn Directories(
    sign_in: SignIn,
    /// The current directory's id.
    tenant: String,
) -> impl IntoView {
    let found = directories();
    let own = tenant.clone();
    let name = move || {
        let named = |tenants: &Vec<Tenant>| tenants.iter().find(|tenant| tenant.id.as_str() == own).map(called);
        found.with(|found| found.as_ref().and_then(|found| named(found.as_ref().ok()?))).unwrap_or_else(|| own.clone())
    };
    let others = move || match found.get() {
        None => view! { <Skeleton/> }.into_any(),
        Some(Err(_)) => view! { <p>{messages::ACCOUNT_DIRECTORIES_FAILED.text()}</p> }.into_any(),
        Some(Ok(tenants)) => {
            let others: Vec<_> = tenants.iter().filter(|other| other.id.as_str() != tenant).cloned().collect();
            let buttons = others.into_iter().map(|other| view! { <SwitchButton sign_in=sign_in tenant=other/> });
            view! { <div class="panel-actions">{buttons.collect_view()}</div> }.into_any()
        }
    };
    view! {
        <DataList><DataRow label=messages::ACCOUNT_DIRECTORY.text()><span dir="auto">{move || shown(&name()).into_owned()}</span></DataRow></DataList>
        {others}
    }
    .into_any()
}

/// Resets Preview after a confirmation, and reloads the page.
#[component]
fn ResetButton(reset: ResetPreview) -> impl IntoView {
    let notifications = expect_context::<Notifications>();
    let open = RwSignal::new(false);
    let close = Callback::new(move |()| open.set(false));
    let go = Callback::new(move |()| {
        (reset.0)();
        // Runs and notifications refer to the simulated Azure that was reset.
        Runs::forget_preview();
        notifications.forget();
        address::reload();
    });
    let actions = move || {
        view! { <Button kind=ButtonKind::Danger on_press=go>{messages::RESET.text()}</Button> }
    };
    view! {
        <div class="panel-actions">
            <Button icon=Glyph::Refresh on_press=Callback::new(move |()| open.set(true))>{messages::RESET_PREVIEW.text()}</Button>
        </div>
        <Dialog
            id="reset-preview"
            title=messages::RESET_TITLE.text()
            open=open
            on_close=close
            content=|| view! { <p>{messages::RESET_TEXT.text()}</p> }
            actions=actions
            dismiss=messages::CANCEL
        />
    }
    .into_any()
}
