//! Who is signed in, as every page sees it: in the context in Live only. What is done about it, the composition root chose.

use leptos::prelude::*;

#[cfg(feature = "live")]
use super::sign_in_bar::sign_in_bar;
#[cfg(feature = "live")]
use crate::controls::Part;
use crate::entra::explain::Told;

/// How the sign-in stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// What the tab kept is being read, or an answer is being traded.
    Opening,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is.
    SignedIn,
    /// Somebody is, and Azure asks for them again; with more than a password, where `stronger`.
    Asked {
        /// Whether a second factor is what is missing.
        stronger: bool,
    },
    /// Somebody is, and Azure does not accept it: told beside this.
    Unaccepted,
    /// The answer came, and is being traded.
    Finishing,
    /// A window is open for it.
    InWindow,
    /// The window for it looks closed, which it may not be.
    WindowClosed,
    /// This page is about to leave for it.
    Leaving,
}

/// An account, as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// By what it is known again.
    pub home: String,
    /// The person's name.
    pub name: String,
    /// What they type to sign in.
    pub username: String,
}

/// Who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The account in use.
    pub person: Person,
    /// The directory in use.
    pub tenant: String,
    /// The other accounts.
    pub others: Vec<Person>,
}

/// What a person can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Sign in, or again.
    SignIn,
    /// Sign in on this page, whatever the settings say.
    SignInHere,
    /// Sign in with another account.
    Add,
    /// Stop waiting for it.
    Cancel,
    /// Sign the account in use out.
    SignOut,
    /// Work in another directory.
    SwitchDirectory(String),
    /// Work as another of the accounts.
    SwitchAccount(String),
}

/// The sign-in.
#[derive(Clone, Copy)]
pub struct SignIn {
    /// How it stands.
    pub standing: RwSignal<Standing>,
    /// Who it is.
    pub who: RwSignal<Option<Who>>,
    /// The accounts that are signed in while none of them is in use.
    pub unused: RwSignal<Vec<Person>>,
    /// Counts the times that who it is, or the directory, changed while pages were open: they read anew then.
    pub turn: RwSignal<u32>,
    /// What went wrong last.
    pub told: RwSignal<Option<Told>>,
    /// Where people sign in, as they read it; empty until it is known.
    pub place: RwSignal<String>,
    /// Whether a window opens for it.
    pub by_window: bool,
    act: fn(Act),
}

impl SignIn {
    /// Nothing known yet; `act` does what a person asks for.
    pub fn new(by_window: bool, act: fn(Act)) -> Self {
        Self {
            standing: RwSignal::new(Standing::Opening),
            who: RwSignal::new(None),
            unused: RwSignal::new(Vec::new()),
            turn: RwSignal::new(0),
            told: RwSignal::new(None),
            place: RwSignal::new(String::new()),
            by_window,
            act,
        }
    }

    /// Does it. To be called in the click itself: a window opens only there.
    pub fn act(self, act: Act) {
        (self.act)(act);
    }
}

/// Above every page: what the sign-in needs of the person, while it needs something.
#[cfg(feature = "live")]
#[component]
pub fn SignInPlace(
    /// The sign-in.
    sign_in: SignIn,
) -> impl IntoView {
    let wanted =
        Memo::new(move |_| !matches!(sign_in.standing.get(), Standing::Opening | Standing::SignedIn) || sign_in.told.with(Option::is_some));
    // A region that was there before: what comes into it is announced, also where the sign-in ends by itself.
    view! { <div aria-live="polite">{move || wanted.get().then(|| view! { <Part load=sign_in_bar/> })}</div> }
}
