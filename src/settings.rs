//! Parses `config.json` and the page's URL into one struct. No error in the file is silently ignored.

mod config;
mod patterns;
mod reader;

pub use patterns::compile;

use crate::arm::azure_cloud::AzureCloud;
use crate::arm::guid::Guid;
use crate::arm::percent::pairs;
use crate::messages::{Locale, Sentence};
use crate::provisioning::draft::Draft;
use crate::provisioning::rules::Rules;

/// Limits on the simulator's datasets and faults in a URL: how many, and how long each name; there are fewer than half as many.
const SIMULATED_MAX: usize = 32;
const SIMULATED_LENGTH_MAX: usize = 64;

/// The configuration of this deployment of the app.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    pub mode: Mode,
    /// Datasets and faults of the simulator named in the URL; empty in live mode.
    pub simulate: Vec<String>,
    pub locale: Locale,
    pub cloud: AzureCloud,
    /// The tenant to sign in to: its ID, a domain, or `organizations`.
    pub tenant: Option<String>,
    /// The app registration's client ID.
    pub client_id: Option<Guid>,
    pub sign_in: SignIn,
    pub token_cache: TokenCache,
    pub session: SessionLimits,
    pub brand: Brand,
    pub rules: Rules,
    /// Pre-filled field values.
    pub defaults: Draft,
    /// Origins of pages that may embed this one.
    pub allowed_origins: Vec<String>,
    pub offline: Offline,
}

/// Whether the site is cached for offline use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offline {
    #[default]
    On,
    /// The site is cached, and Live's last lists are kept for Preview.
    Lists,
    /// Nothing is cached, and what was cached is deleted.
    Off,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The built-in simulated Azure, without sign-in or network.
    #[default]
    Preview,
    /// Azure itself.
    Live,
}

/// How people sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    /// The page navigates to the sign-in page and back.
    #[default]
    Redirect,
    /// In a pop-up window.
    Popup,
}

/// Where tokens are cached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenCache {
    /// In the tab's session storage.
    #[default]
    Session,
    /// In memory, until the page is left.
    Memory,
}

/// Maximum length of a session, in minutes. Entra may end it earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without keyboard or pointer input in any tab of the app.
    pub idle: u32,
    /// Since sign-in.
    pub absolute: u32,
}

impl Default for SessionLimits {
    fn default() -> Self {
        // Entra's refresh tokens for single-page apps last 24 hours.
        Self { idle: 60, absolute: 24 * 60 }
    }
}

/// The organisation's branding; absent values fall back to the product's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// The name in the header.
    pub name: Option<String>,
    /// The logo's URL.
    pub logo: Option<String>,
    /// The URL of the Help link.
    pub help_url: Option<String>,
}

/// Parses the rules of a host page, in the format of `config.json`, without compiling their patterns.
///
/// # Errors
/// All problems in them.
pub fn offered_rules(text: &str) -> Result<Rules, Vec<Sentence>> {
    config::offered_rules(text)
}

impl Settings {
    /// Whether Live's lists may be cached.
    pub fn keeps_lists(&self) -> bool {
        self.offline == Offline::Lists && self.client_id.is_some()
    }

    /// Parses `config` (the text of `config.json`; `{}` if there is none) and the page's URL: `search` from `?` up to `#`, and
    /// `hash` after it.
    ///
    /// # Errors
    /// All problems in `config`. The URL is untrusted: what is invalid there is ignored.
    pub fn read(config: &str, search: &str, hash: &str) -> Result<Self, Vec<Sentence>> {
        let settings = Self::uncompiled(config, search, hash)?;
        Ok(Self { rules: compile(settings.rules)?, ..settings })
    }

    /// The same without compiling the rules' patterns: the page loads the regex engine only if there are any.
    ///
    /// # Errors
    /// All problems in `config` except its patterns.
    pub fn uncompiled(config: &str, search: &str, hash: &str) -> Result<Self, Vec<Sentence>> {
        config::read(config).map(|settings| settings.at_address(search, hash))
    }

    /// Applies the page's URL to these settings. [`Settings::default`] equals an empty `config.json`, so that its parser is not
    /// loaded for one.
    #[must_use]
    pub fn at_address(mut self, search: &str, hash: &str) -> Self {
        let search = search.strip_prefix('?').unwrap_or(search);
        let hash = hash.split_once('?').map_or("", |(_, query)| query);
        for (key, value) in pairs(search).chain(pairs(hash)) {
            match (key.as_str(), value.as_str()) {
                ("mode", "preview") => self.mode = Mode::Preview,
                ("mode", "live") if self.client_id.is_some() => self.mode = Mode::Live,
                ("locale", "pseudo") => self.locale = Locale::Pseudo,
                ("sim", names) => {
                    for name in names.split(',').filter(|name| !name.is_empty()) {
                        if self.simulate.len() == SIMULATED_MAX {
                            break;
                        }
                        let name: String = name.chars().take(SIMULATED_LENGTH_MAX).collect();
                        if !self.simulate.contains(&name) {
                            self.simulate.push(name);
                        }
                    }
                }
                _ => {}
            }
        }
        if self.mode == Mode::Live {
            self.simulate.clear();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIVE: &str = r#"{"clientId":"11111111-2222-3333-4444-555555555555"}"#;

    #[test]
    fn the_mode_comes_from_config_and_url() {
        let table = [
            ("{}", "", "", Mode::Preview),
            (LIVE, "", "", Mode::Live),
            (LIVE, "?mode=preview", "", Mode::Preview),
            (LIVE, "", "#/create?mode=preview", Mode::Preview),
            (LIVE, "?mode=nonsense", "", Mode::Live),
            ("{}", "?mode=live", "", Mode::Preview),
            (r#"{"mode":"preview","clientId":"11111111-2222-3333-4444-555555555555"}"#, "", "", Mode::Preview),
            (r#"{"mode":"preview","clientId":"11111111-2222-3333-4444-555555555555"}"#, "?mode=live", "", Mode::Live),
        ];
        for (config, search, hash, mode) in table {
            let read = Settings::read(config, search, hash).map(|settings| settings.mode);
            assert_eq!(read, Ok(mode), "{config} {search} {hash}");
        }
    }

    #[test]
    fn rules_of_a_host_page_are_parsed_as_strictly() {
        let read = |text: &str| offered_rules(text);
        assert_eq!(read(r#"{"regions":["East US"]}"#).map(|rules| rules.regions), Ok(vec!["eastus".to_owned()]));
        for text in ["", "[]", "7", r#"{"region":["eastus"]}"#, r#"{"name":{"message":"x"}}"#, r#"{"__proto__":{}}"#] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_empty_config_is_the_default() {
        assert_eq!(Settings::read(" {} ", "", ""), Ok(Settings::default()));
    }

    #[test]
    fn the_pseudo_locale_comes_from_the_url() {
        for (search, hash, locale) in [
            ("", "", Locale::English),
            ("?locale=pseudo", "", Locale::Pseudo),
            ("", "#/create?locale=pseudo", Locale::Pseudo),
            ("?locale=nonsense", "", Locale::English),
        ] {
            let read = Settings::read("{}", search, hash).map(|settings| settings.locale);
            assert_eq!(read, Ok(locale), "{search} {hash}");
        }
    }

    #[test]
    fn simulations_can_be_before_or_after_the_hash() {
        let read = |config, search, hash| Settings::read(config, search, hash).map(|settings| settings.simulate).unwrap_or_default();
        assert_eq!(
            read("{}", "?mode=preview&sim=large,slow", "#/create/user-assigned-identity?sim=slow,,locked&name=sim"),
            ["large", "slow", "locked"]
        );
        assert_eq!(read(LIVE, "?sim=large", ""), [""; 0]);
    }

    #[test]
    fn simulations_in_a_url_are_limited() {
        let names = (0..100_000).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
        let long = "x".repeat(1_000_000);
        let settings = Settings::default().at_address(&format!("?sim={long}"), &format!("#/create?sim={names}"));
        assert_eq!(settings.simulate.len(), SIMULATED_MAX);
        assert!(settings.simulate.iter().all(|name| name.len() <= SIMULATED_LENGTH_MAX), "{:?}", settings.simulate);
    }

    #[test]
    fn cloud_urls_lose_their_trailing_slash() {
        let cloud = |config: &str| Settings::read(config, "", "").map(|settings| settings.cloud).unwrap_or_default();
        let table = [
            ("{}", "https://management.azure.com", Some("https://login.microsoftonline.com")),
            (r#"{"cloud":"AzureUSGovernment"}"#, "https://management.usgovcloudapi.net", Some("https://login.microsoftonline.us")),
            (r#"{"cloud":"AzureChina"}"#, "https://management.chinacloudapi.cn", Some("https://login.chinacloudapi.cn")),
            (r#"{"cloud":{"name":"L","resourceManager":"https://ARM.Local.example/"}}"#, "https://arm.local.example", None),
        ];
        for (config, resource_manager, authority) in table {
            let cloud = cloud(config);
            assert_eq!((cloud.resource_manager.as_str(), cloud.authority.as_deref()), (resource_manager, authority), "{config}");
        }
    }
}
