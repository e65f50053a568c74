//! Every address of the app. Routes stand after `#`, so that any static host and any sub-path serves them.

use crate::arm::percent::{decode, encode_path};
use crate::arm::resource_id::ResourceId;

const CHECK: &str = "/check";
const CREATE: &str = "/create";
const CREATE_IDENTITY: &str = "/create/user-assigned-identity";
const DEPLOYMENT: &str = "/deployment/";
const IDENTITIES: &str = "/identities";
const IDENTITY: &str = "/identity/";

/// A page of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The start page.
    Home,
    /// The marketplace.
    Marketplace,
    /// The create form, with the query that fills it (without `?`; empty for none).
    CreateIdentity(String),
    /// "Check what you have".
    Check,
    /// A deployment, under way or done, by its resource id.
    Deployment(ResourceId),
    /// The list of identities.
    Identities,
    /// One identity, by its resource id.
    Identity(ResourceId),
    /// No page: the path that was asked for.
    NotFound(String),
}

impl Route {
    /// The route of an address's part after `#`, with or without the `#`. A query is read by the create form only.
    pub fn parse(hash: &str) -> Self {
        let hash = hash.strip_prefix('#').unwrap_or(hash);
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let path = decode(path);
        let id = |prefix: &str| path.strip_prefix(prefix).and_then(|id| ResourceId::parse(&["/", id].concat()));
        match path.strip_suffix('/').unwrap_or(&path) {
            "" => Self::Home,
            CHECK => Self::Check,
            CREATE => Self::Marketplace,
            CREATE_IDENTITY => Self::CreateIdentity(query.to_owned()),
            IDENTITIES => Self::Identities,
            _ => {
                let page = id(DEPLOYMENT).map(Self::Deployment).or_else(|| id(IDENTITY).map(Self::Identity));
                page.unwrap_or(Self::NotFound(path))
            }
        }
    }

    /// The route as a link's `href`, with its `#`.
    pub fn href(&self) -> String {
        let with = |prefix: &str, id: &ResourceId| ["#", prefix, encode_path(id.as_str()).trim_start_matches('/')].concat();
        match self {
            Self::Home => "#/".to_owned(),
            Self::Check => ["#", CHECK].concat(),
            Self::Marketplace => ["#", CREATE].concat(),
            Self::CreateIdentity(query) if query.is_empty() => ["#", CREATE_IDENTITY].concat(),
            Self::CreateIdentity(query) => ["#", CREATE_IDENTITY, "?", query].concat(),
            Self::Deployment(id) => with(DEPLOYMENT, id),
            Self::Identities => ["#", IDENTITIES].concat(),
            Self::Identity(id) => with(IDENTITY, id),
            Self::NotFound(path) => ["#", &encode_path(path)].concat(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::guid::Guid;

    /// Every address of the app, as people bookmark them: this table changes only on purpose.
    #[test]
    fn addresses() {
        let subscription = Guid::parse("11111111-2222-3333-4444-555555555555").expect("an id");
        let deployment = |text: &str| Route::Deployment(ResourceId::parse(text).expect("an id"));
        let table = [
            (Route::Home, "#/"),
            (Route::Marketplace, "#/create"),
            (Route::Check, "#/check"),
            (Route::CreateIdentity(String::new()), "#/create/user-assigned-identity"),
            (Route::CreateIdentity("name=a%20b&tag.Env=x".into()), "#/create/user-assigned-identity?name=a%20b&tag.Env=x"),
            (
                deployment("/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Resources/deployments/d1"),
                "#/deployment/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Resources/deployments/d1",
            ),
            (Route::Identities, "#/identities"),
            (
                Route::Identity(ResourceId::of_identity(&subscription, "RG1", "uami-apl2003")),
                "#/identity/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/RG1/providers/\
                 Microsoft.ManagedIdentity/userAssignedIdentities/uami-apl2003",
            ),
            (
                Route::Identity(ResourceId::of_identity(&subscription, "(Größe)", "uami")),
                "#/identity/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/(Gr%C3%B6%C3%9Fe)/providers/\
                 Microsoft.ManagedIdentity/userAssignedIdentities/uami",
            ),
            (Route::NotFound("/nowhere".into()), "#/nowhere"),
        ];
        for (route, address) in table {
            assert_eq!(route.href(), address);
            assert_eq!(Route::parse(address), route, "{address}");
        }
    }

    #[test]
    fn other_spellings_and_hostile_ones() {
        let not_found = |path: &str| Route::NotFound(path.into());
        let table = [
            ("", Route::Home),
            ("#", Route::Home),
            ("#/?mode=preview", Route::Home),
            ("/create/", Route::Marketplace),
            ("#/create?sim=large", Route::Marketplace),
            ("#/create/user-assigned-identity/?name=x?y", Route::CreateIdentity("name=x?y".into())),
            ("#/identity/", not_found("/identity/")),
            ("#/identity//evil.example/x", not_found("/identity//evil.example/x")),
            ("#/identity/subscriptions/x", not_found("/identity/subscriptions/x")),
            (
                "#/deployment/subscriptions/11111111-2222-3333-4444-555555555555/../x/y",
                not_found("/deployment/subscriptions/11111111-2222-3333-4444-555555555555/../x/y"),
            ),
            ("#/%3Cscript%3E", not_found("/<script>")),
            ("#//create", not_found("//create")),
        ];
        for (address, route) in table {
            assert_eq!(Route::parse(address), route, "{address}");
        }
    }
}
