//! Who is signed in, as the pages see it; in the context in Live only. `app::live` sets these signals and runs the actions.

use leptos::prelude::*;

use crate::entra::explain::Explanation;

/// The state of the sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInStatus {
    /// The stored session is being restored.
    Starting,
    /// No account is in use.
    SignedOut,
    /// An account is in use.
    SignedIn,
    /// An account is in use, and Entra wants the person to sign in again.
    InteractionRequired {
        /// Whether a second factor is missing.
        second_factor: bool,
    },
    /// ARM rejects the tokens of the account in use; the explanation says why.
    TokenRejected,
    /// The authorization code is being exchanged for tokens.
    Redeeming,
    /// The sign-in page is open in a pop-up window.
    PopupOpen,
    /// The pop-up window seems to be closed, which can't be known for certain.
    PopupClosed,
    /// This page is about to go to the sign-in page.
    Redirecting,
}

/// An account, as MSAL's `AccountInfo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountInfo {
    /// MSAL's `homeAccountId`: `uid.utid`, the same in every directory.
    pub home_account_id: String,
    pub name: String,
    /// The sign-in name, such as `ada@contoso.example`.
    pub username: String,
}

/// The account in use, and the others that are signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActiveAccount {
    /// The account in use.
    pub account: AccountInfo,
    /// The directory in use.
    pub tenant: String,
    /// The other accounts.
    pub others: Vec<AccountInfo>,
}

/// What a person can do about the sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInAction {
    /// Sign in, for the first time or again.
    SignIn,
    /// Sign in by redirect even where the settings say pop-up.
    SignInByRedirect,
    /// Sign in with another account.
    AddAccount,
    /// Cancel the sign-in under way.
    Cancel,
    /// Sign the account in use out.
    SignOut,
    /// Use another directory, by its id.
    SwitchDirectory(String),
    /// Use another signed-in account, by its `home_account_id`.
    SwitchAccount(String),
}

#[derive(Clone, Copy)]
pub struct SignIn {
    pub status: RwSignal<SignInStatus>,
    /// The account in use.
    pub active_account: RwSignal<Option<ActiveAccount>>,
    /// The signed-in accounts while none of them is in use.
    pub inactive_accounts: RwSignal<Vec<AccountInfo>>,
    /// Incremented when the account or the directory changes while pages are open, so that they read again.
    pub generation: RwSignal<u32>,
    /// The last error, or why the sign-in ended.
    pub explanation: RwSignal<Option<Explanation>>,
    /// The host of the sign-in page; empty until it is known.
    pub authority_host: RwSignal<String>,
    /// Whether people sign in in a pop-up window.
    pub uses_popup: bool,
    run: Callback<SignInAction>,
}

impl SignIn {
    /// A sign-in whose session is still to be restored; `run` carries out the actions.
    pub fn new(uses_popup: bool, run: Callback<SignInAction>) -> Self {
        Self {
            status: RwSignal::new(SignInStatus::Starting),
            active_account: RwSignal::new(None),
            inactive_accounts: RwSignal::new(Vec::new()),
            generation: RwSignal::new(0),
            explanation: RwSignal::new(None),
            authority_host: RwSignal::new(String::new()),
            uses_popup,
            run,
        }
    }

    /// Carries out `action`. To be called in the click handler itself: browsers block pop-ups that are opened later.
    pub fn run(self, action: SignInAction) {
        self.run.run(action);
    }
}
