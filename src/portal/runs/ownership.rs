//! A run's ownership, seen from the current caller.

use crate::arm::caller::{Caller, CallerKind};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The current caller's.
    Mine,
    /// Nobody is signed in, or nobody was when the run started; it may be the current person's.
    SignedOut,
    /// The run was stored before runs had callers.
    Unknown,
    /// Another mode's: Preview, Live, or a host page.
    OtherMode,
    /// Another cloud's or app registration's.
    OtherApp,
    OtherAccount,
    /// The same account's, in another directory.
    OtherDirectory,
}

impl Ownership {
    /// The ownership of a run pinned to `pinned`, seen from the current caller `present`, whose account is empty if nobody is
    /// signed in.
    pub fn of(pinned: &Caller, present: &Caller) -> Self {
        if pinned.kind == CallerKind::Unknown {
            Self::Unknown
        } else if pinned.is(present) {
            Self::Mine
        } else if pinned.kind != present.kind {
            Self::OtherMode
        } else if !pinned.is_of_same_app(present) {
            Self::OtherApp
        } else if !present.is_somebody() || !pinned.is_somebody() {
            Self::SignedOut
        } else if pinned.account == present.account {
            Self::OtherDirectory
        } else {
            Self::OtherAccount
        }
    }

    /// Whether it may resume, after signing in if necessary.
    pub fn may_go_on(self) -> bool {
        matches!(self, Self::Mine | Self::SignedOut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_current_callers_runs_resume() {
        let ada = Caller {
            kind: CallerKind::Account,
            cloud: "AzurePublic".into(),
            origin: "https://management.azure.com".into(),
            client: "c".into(),
            tenant: "t".into(),
            account: "ada".into(),
            username: "ada@contoso.example".into(),
        };
        let present = |change: fn(&mut Caller)| {
            let mut present = ada.clone();
            change(&mut present);
            present
        };
        let table = [
            (present(|_| {}), Ownership::Mine, true),
            (present(|caller| caller.username.clear()), Ownership::Mine, true),
            (
                present(|caller| {
                    caller.account.clear();
                    caller.tenant.clear();
                }),
                Ownership::SignedOut,
                true,
            ),
            (present(|caller| caller.account = "eve".into()), Ownership::OtherAccount, false),
            (present(|caller| caller.tenant = "u".into()), Ownership::OtherDirectory, false),
            (present(|caller| caller.client = "d".into()), Ownership::OtherApp, false),
            (present(|caller| caller.origin = "https://arm.example".into()), Ownership::OtherApp, false),
            (Caller::preview("https://management.azure.com"), Ownership::OtherMode, false),
            (present(|caller| caller.kind = CallerKind::HostPage), Ownership::OtherMode, false),
        ];
        for (present, whose, goes_on) in table {
            assert_eq!((Ownership::of(&ada, &present), Ownership::of(&ada, &present).may_go_on()), (whose, goes_on), "{present:?}");
        }
        let preview = Caller::preview("https://management.azure.com");
        assert_eq!(Ownership::of(&preview, &ada), Ownership::OtherMode);
        assert_eq!(Ownership::of(&preview, &preview), Ownership::Mine);
        assert_eq!(Ownership::of(&Caller::default(), &ada), Ownership::Unknown);
        assert_eq!(Ownership::of(&Caller::default(), &Caller::default()), Ownership::Unknown);
    }
}
