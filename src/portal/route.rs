//! The app's routes. They are in the fragment, so that any static host can serve them under any path.

use crate::arm::percent::{decode, encode_path};
use crate::arm::resource_id::ResourceId;

const CHECK: &str = "/check";
const CREATE: &str = "/create";
const CREATE_IDENTITY: &str = "/create/user-assigned-identity";
const DEPLOYMENT: &str = "/deployment/";
const GUIDE: &str = "/guide";
const IDENTITIES: &str = "/identities";
const IDENTITY: &str = "/identity/";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Home,
    Marketplace,
    /// With the query that fills the form (without `?`; empty for none).
    CreateIdentity(String),
    /// "Check what you have".
    Check,
    /// "Which way to sign in to the registry". The page reads its query by itself.
    Guide,
    /// A deployment, running or finished, by its resource id.
    Deployment(ResourceId),
    Identities,
    /// By its resource id.
    Identity(ResourceId),
    /// With the requested path.
    NotFound(String),
}

impl Route {
    /// Parses a URL's fragment, with or without the `#`. Only the create form's route keeps the query.
    pub fn parse(hash: &str) -> Self {
        let hash = hash.strip_prefix('#').unwrap_or(hash);
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let path = decode(path);
        let id = |prefix: &str| path.strip_prefix(prefix).and_then(|id| ResourceId::parse(&["/", id].concat()));
        match path.strip_suffix('/').unwrap_or(&path) {
            "" => Self::Home,
            CHECK => Self::Check,
            CREATE => Self::Marketplace,
            GUIDE => Self::Guide,
            CREATE_IDENTITY => Self::CreateIdentity(query.to_owned()),
            IDENTITIES => Self::Identities,
            _ => {
                let page = id(DEPLOYMENT).map(Self::Deployment).or_else(|| id(IDENTITY).map(Self::Identity));
                page.unwrap_or(Self::NotFound(path))
            }
        }
    }

    /// The `href` of a link, with the `#`.
    pub fn href(&self) -> String {
        let with = |prefix: &str, id: &ResourceId| ["#", prefix, encode_path(id.as_str()).trim_start_matches('/')].concat();
        match self {
            Self::Home => "#/".to_owned(),
            Self::Check => ["#", CHECK].concat(),
            Self::Guide => ["#", GUIDE].concat(),
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

    /// People bookmark these addresses: change this table only deliberately.
    #[test]
    fn addresses() {
        let subscription = Guid::parse("11111111-2222-3333-4444-555555555555").expect("an id");
        let deployment = |text: &str| Route::Deployment(ResourceId::parse(text).expect("an id"));
        let table = [
            (Route::Home, "#/"),
            (Route::Marketplace, "#/create"),
            (Route::Check, "#/check"),
            (Route::Guide, "#/guide"),
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
            ("#/guide?who=person", Route::Guide),
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
