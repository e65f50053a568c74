//! As whom, and to which Azure Resource Manager, a request is sent. A write is pinned to its caller: a transport refuses it
//! ([`WireError::OtherCaller`](super::transport::WireError::OtherCaller)) where anyone else is the caller by the time it would be sent.

use serde::{Deserialize, Serialize};

/// A caller. The default is nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Caller {
    /// Where the right to call comes from.
    pub kind: CallerKind,
    /// The cloud's name.
    pub cloud: String,
    /// The origin of Azure Resource Manager.
    pub origin: String,
    /// The client id of the app registration; empty in Preview and inside another page.
    pub client: String,
    /// The directory (tenant); empty in Preview.
    pub tenant: String,
    /// The `home_account_id` (`oid.tid`); inside another page the `oid` of its token; empty in Preview, and where nobody signed in.
    pub account: String,
    /// What the person types to sign in, or their name. Only shown, never compared.
    pub username: String,
}

/// Where the right to call comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CallerKind {
    /// Unknown: what kept it knew no callers.
    #[default]
    Unknown,
    /// Nothing is needed: the simulated Azure.
    Preview,
    /// An account that signed in here.
    Account,
    /// The tokens of the page around this one.
    HostPage,
}

impl Caller {
    /// The caller of the simulated Azure at `origin`.
    pub fn preview(origin: &str) -> Self {
        Self { kind: CallerKind::Preview, origin: origin.to_owned(), ..Self::default() }
    }

    /// Whether somebody is there to call.
    pub fn is_somebody(&self) -> bool {
        match self.kind {
            CallerKind::Unknown => false,
            CallerKind::Preview => true,
            CallerKind::Account | CallerKind::HostPage => !self.account.is_empty(),
        }
    }

    /// Whether both are the same caller. Nobody is not the same as nobody.
    pub fn is(&self, other: &Self) -> bool {
        self.is_somebody() && self.is_of_same_app(other) && self.tenant == other.tenant && self.account == other.account
    }

    /// Whether both call the same Azure by the same app registration, whoever signed in to it.
    pub fn is_of_same_app(&self, other: &Self) -> bool {
        self.kind != CallerKind::Unknown
            && self.kind == other.kind
            && self.cloud == other.cloud
            && self.origin == other.origin
            && self.client == other.client
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_but_the_shown_name_tells_callers_apart() {
        let caller = || Caller {
            kind: CallerKind::Account,
            cloud: "AzurePublic".into(),
            origin: "https://management.azure.com".into(),
            client: "c".into(),
            tenant: "t".into(),
            account: "o.t".into(),
            username: "ada".into(),
        };
        assert!(caller().is(&Caller { username: "Ada".into(), ..caller() }));
        let others = [
            Caller { kind: CallerKind::Preview, ..caller() },
            Caller { kind: CallerKind::HostPage, ..caller() },
            Caller { cloud: "x".into(), ..caller() },
            Caller { origin: "https://arm.example".into(), ..caller() },
            Caller { client: "d".into(), ..caller() },
            Caller { tenant: "u".into(), ..caller() },
            Caller { account: "p.t".into(), ..caller() },
            Caller { account: String::new(), ..caller() },
            Caller::default(),
        ];
        for other in others {
            assert!(!caller().is(&other) && !other.is(&caller()), "{other:?}");
        }
        assert!(!Caller::default().is(&Caller::default()), "what has no caller is nobody's");
        let signed_out = Caller { account: String::new(), ..caller() };
        assert!(!signed_out.is(&signed_out) && !signed_out.is_somebody());
    }

    #[test]
    fn a_caller_is_stored_and_comes_back_and_what_is_missing_is_nobody() {
        let preview = Caller::preview("https://management.azure.com");
        let stored = serde_json::to_string(&preview).expect("it is JSON");
        assert_eq!(serde_json::from_str::<Caller>(&stored).ok(), Some(preview));
        assert_eq!(serde_json::from_str::<Caller>("{}").ok(), Some(Caller::default()));
    }
}
