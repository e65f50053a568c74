//! Whose a run is, seen from who is at this page now.

use crate::arm::caller::{Caller, CallerKind};

/// Whose a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The present caller's.
    Mine,
    /// Of somebody who has to sign in first, which may be the present person.
    SignedOut,
    /// Nobody knows: it was kept before runs had callers.
    Unknown,
    /// Of another mode: of Preview, of Live, or of a page around this one.
    OtherMode,
    /// Of another cloud or app registration.
    OtherApp,
    /// Of another account.
    OtherAccount,
    /// Of the same account, in another directory.
    OtherDirectory,
}

impl Ownership {
    /// Whose a run pinned to `pinned` is where `present` is at this page; its account is empty where nobody is signed in.
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

    /// Whether it may be sent now, or asked to sign in for.
    pub fn may_go_on(self) -> bool {
        matches!(self, Self::Mine | Self::SignedOut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_the_present_callers_does_not_go_on() {
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
