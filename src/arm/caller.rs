//! The account, app registration and cloud a request is sent with. A write is pinned to its caller: a transport refuses it
//! ([`WireError::OtherCaller`](super::transport::WireError::OtherCaller)) if the caller has changed by the time it would be
//! sent.

use serde::{Deserialize, Serialize};

/// The default is nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Caller {
    pub kind: CallerKind,
    pub cloud: String,
    /// ARM's origin.
    pub origin: String,
    /// The client ID of the app registration; empty in Preview and when embedded.
    pub client: String,
    /// The tenant; empty in Preview.
    pub tenant: String,
    /// MSAL's `homeAccountId` (`oid.tid`); when embedded, the `oid` of the host's token; empty in Preview and when nobody is
    /// signed in.
    pub account: String,
    /// The sign-in name, or the person's name. Only displayed, never compared.
    pub username: String,
}

/// How the caller is authorised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CallerKind {
    /// Stored before callers were recorded.
    #[default]
    Unknown,
    /// The simulated Azure, which needs no authorization.
    Preview,
    /// An account signed in to this app.
    Account,
    /// Tokens from the host page.
    HostPage,
}

impl Caller {
    /// The caller of the simulated Azure at `origin`.
    pub fn preview(origin: &str) -> Self {
        Self { kind: CallerKind::Preview, origin: origin.to_owned(), ..Self::default() }
    }

    /// Whether there is an actual caller.
    pub fn is_somebody(&self) -> bool {
        match self.kind {
            CallerKind::Unknown => false,
            CallerKind::Preview => true,
            CallerKind::Account | CallerKind::HostPage => !self.account.is_empty(),
        }
    }

    /// Whether both are the same caller. Nobody never equals nobody.
    pub fn is(&self, other: &Self) -> bool {
        self.is_somebody() && self.is_of_same_app(other) && self.tenant == other.tenant && self.account == other.account
    }

    /// Whether both use the same cloud and app registration, regardless of account.
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
    fn callers_differ_by_every_field_but_the_username() {
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
        assert!(!Caller::default().is(&Caller::default()), "nobody never equals nobody");
        let signed_out = Caller { account: String::new(), ..caller() };
        assert!(!signed_out.is(&signed_out) && !signed_out.is_somebody());
    }

    #[test]
    fn a_caller_round_trips_and_missing_fields_mean_nobody() {
        let preview = Caller::preview("https://management.azure.com");
        let stored = serde_json::to_string(&preview).expect("serializable");
        assert_eq!(serde_json::from_str::<Caller>(&stored).ok(), Some(preview));
        assert_eq!(serde_json::from_str::<Caller>("{}").ok(), Some(Caller::default()));
    }
}
