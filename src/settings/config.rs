//! Parses `config.json` key by key. `public/config.schema.json` is the same as a JSON Schema, and a test compares the two.

use serde_json::Value;

use super::reader::{Object, Reader};
use super::{Brand, Mode, Offline, SessionLimits, Settings, SignIn, TokenCache};
use crate::arm::azure_cloud::AzureCloud;
use crate::arm::guid::Guid;
use crate::arm::tags::{TagName, TagValue};
use crate::messages::{self, Locale, Sentence};
use crate::provisioning::draft::{Draft, TagRow};
use crate::provisioning::field::description::{ConfigDefault, Description};
use crate::provisioning::field::{FIELDS, Field};
use crate::provisioning::pattern::Pattern;
use crate::provisioning::rules::{NameRule, RequiredTag, Rules};

/// The top-level keys, and `$schema` for editors.
const KEYS: [&str; 13] =
    ["$schema", "mode", "cloud", "tenant", "clientId", "signIn", "tokenCache", "session", "brand", "rules", "defaults", "embed", "offline"];
/// Maximum session timeout in minutes: 30 days.
const SESSION_MAX: u32 = 43_200;

pub(super) fn read(text: &str) -> Result<Settings, Vec<Sentence>> {
    let json: Value = serde_json::from_str(text)
        .map_err(|error| vec![messages::CONFIG_NOT_JSON.with([&error.line().to_string(), &error.column().to_string()])])?;
    let Value::Object(members) = &json else { return Err(vec![messages::CONFIG_NOT_OBJECT.with(["config.json"])]) };
    let (mut reader, top) = (Reader::default(), Object::top(members));
    reader.reject_unknown_keys(&top, &KEYS);
    reader.text(&top, "$schema");
    let mode = reader.word(&top, "mode", &[("preview", Mode::Preview), ("live", Mode::Live)]);
    let cloud = cloud(&mut reader, &top);
    let tenant = reader.parsed(&top, "tenant", tenant, messages::CONFIG_NOT_TENANT);
    if let Some(tenant) = tenant.as_deref().filter(|tenant| WITH_PERSONAL_ACCOUNTS.contains(tenant)) {
        reader.problems.push(messages::CONFIG_PERSONAL_ACCOUNTS.with(["tenant", tenant]));
    }
    let client_id = reader.parsed(&top, "clientId", Guid::parse, messages::CONFIG_NOT_GUID);
    if mode == Some(Mode::Live) && top.get("clientId").is_none() {
        reader.problems.push(messages::CONFIG_LIVE_NEEDS_CLIENT.into());
    }
    let sign_in = reader.word(&top, "signIn", &[("redirect", SignIn::Redirect), ("popup", SignIn::Popup)]);
    let token_cache = reader.word(&top, "tokenCache", &[("session", TokenCache::Session), ("memory", TokenCache::Memory)]);
    let session = session(&mut reader, &top);
    let brand = brand(&mut reader, &top);
    let rules = rules(&mut reader, &top);
    let defaults = defaults(&mut reader, &top);
    let allowed_origins = match reader.object(&top, "embed", &["allowedOrigins"]) {
        Some(embed) => {
            let entries = reader.list(&embed, "allowedOrigins");
            entries.iter().filter_map(|found| reader.as_parsed(found, origin, messages::CONFIG_NOT_ORIGIN)).collect()
        }
        None => Vec::new(),
    };
    let offline = reader.word(&top, "offline", &[("on", Offline::On), ("lists", Offline::Lists), ("off", Offline::Off)]);
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    Ok(Settings {
        mode: mode.unwrap_or(if client_id.is_some() { Mode::Live } else { Mode::Preview }),
        simulate: Vec::new(),
        locale: Locale::default(),
        cloud,
        tenant,
        client_id,
        sign_in: sign_in.unwrap_or_default(),
        token_cache: token_cache.unwrap_or_default(),
        session,
        brand,
        rules,
        defaults,
        allowed_origins,
        offline: offline.unwrap_or_default(),
    })
}

fn cloud(reader: &mut Reader, top: &Object<'_>) -> AzureCloud {
    let Some(found) = top.get("cloud") else { return AzureCloud::default() };
    if let Value::String(name) = found.value {
        return AzureCloud::known(name).unwrap_or_else(|| {
            let names = AzureCloud::names().join(", ");
            reader.problems.push(messages::CONFIG_NOT_ONE_OF.with([&found.path, &names]));
            AzureCloud::default()
        });
    }
    let Some(object) = reader.as_object(found, &["name", "resourceManager", "authority", "audience"]) else { return AzureCloud::default() };
    let name = reader.required(&object, "name").unwrap_or_default().to_owned();
    if object.get("resourceManager").is_none() {
        reader.required(&object, "resourceManager");
    }
    AzureCloud {
        name,
        resource_manager: reader.parsed(&object, "resourceManager", origin, messages::CONFIG_NOT_ORIGIN).unwrap_or_default(),
        authority: reader.parsed(&object, "authority", address, messages::CONFIG_NOT_HTTPS),
        audience: reader.text(&object, "audience").map(str::to_owned),
    }
}

fn session(reader: &mut Reader, top: &Object<'_>) -> SessionLimits {
    let default = SessionLimits::default();
    let Some(session) = reader.object(top, "session", &["idleMinutes", "absoluteMinutes"]) else { return default };
    let mut minutes = |key| {
        let found = session.get(key)?;
        let minutes =
            found.value.as_u64().and_then(|minutes| u32::try_from(minutes).ok()).filter(|minutes| (1..=SESSION_MAX).contains(minutes));
        if minutes.is_none() {
            reader.problems.push(messages::CONFIG_NOT_MINUTES.with([&found.path, &SESSION_MAX.to_string()]));
        }
        minutes
    };
    SessionLimits { idle: minutes("idleMinutes").unwrap_or(default.idle), absolute: minutes("absoluteMinutes").unwrap_or(default.absolute) }
}

fn brand(reader: &mut Reader, top: &Object<'_>) -> Brand {
    let Some(brand) = reader.object(top, "brand", &["name", "logo", "helpUrl"]) else { return Brand::default() };
    Brand {
        name: reader.text(&brand, "name").map(str::to_owned),
        logo: reader.parsed(&brand, "logo", logo, messages::CONFIG_NOT_LOGO),
        help_url: reader.parsed(&brand, "helpUrl", address, messages::CONFIG_NOT_HTTPS),
    }
}

/// The rules in `text` from a host page, parsed as strictly as those of `config.json`.
pub(super) fn offered_rules(text: &str) -> Result<Rules, Vec<Sentence>> {
    let value: Value = serde_json::from_str(text).map_err(|_| vec![messages::CONFIG_NOT_OBJECT.with(["rules"])])?;
    let top = std::iter::once(("rules".to_owned(), value)).collect();
    let (mut reader, top) = (Reader::default(), Object::top(&top));
    let rules = rules(&mut reader, &top);
    if reader.problems.is_empty() { Ok(rules) } else { Err(reader.problems) }
}

fn rules(reader: &mut Reader, top: &Object<'_>) -> Rules {
    let Some(rules) = reader.object(top, "rules", &["name", "requiredTags", "regions", "subscriptions"]) else { return Rules::default() };
    let name = reader.object(&rules, "name", &["pattern", "message"]).map(|name| NameRule {
        pattern: Pattern::written(reader.required(&name, "pattern").unwrap_or_default()),
        message: reader.text(&name, "message").unwrap_or_default().to_owned(),
    });
    let mut required_tags = Vec::new();
    for found in reader.list(&rules, "requiredTags") {
        let Some(tag) = reader.as_object(found, &["name", "values", "pattern"]) else { continue };
        if tag.get("name").is_none() {
            reader.required(&tag, "name");
        }
        required_tags.push(RequiredTag {
            name: reader.parsed(&tag, "name", tag_name, messages::CONFIG_NOT_TAG).unwrap_or_default(),
            values: texts(reader, &tag, "values"),
            pattern: reader.text(&tag, "pattern").map(Pattern::written),
        });
    }
    let regions = reader.list(&rules, "regions");
    let subscriptions = reader.list(&rules, "subscriptions");
    Rules {
        names: name.into_iter().collect(),
        required_tags,
        regions: regions
            .iter()
            .filter_map(|found| reader.as_parsed(found, Field::Region.description().parse, messages::CONFIG_NOT_REGION))
            .collect(),
        subscriptions: subscriptions
            .iter()
            .filter_map(|found| reader.as_parsed(found, Field::Subscription.description().parse, messages::CONFIG_NOT_GUID))
            .collect(),
    }
}

/// Pre-filled field values: the same names as in a link, with the tags as an object.
fn defaults(reader: &mut Reader, top: &Object<'_>) -> Draft {
    let allowed = || FIELDS.iter().filter(|field| !matches!(field.default, ConfigDefault::Never));
    let mut known = Vec::new();
    for field in allowed() {
        known.push(field.key);
    }
    let mut draft = Draft::default();
    let Some(defaults) = reader.object(top, "defaults", &known) else { return draft };
    for field in allowed() {
        if let ConfigDefault::Tags = field.default {
            draft.tags = tags(reader, &defaults, field.key);
        } else if let Some(text) = default(reader, &defaults, field) {
            draft.choose(field.field, text);
        }
    }
    draft
}

fn default(reader: &mut Reader, defaults: &Object<'_>, field: &Description) -> Option<String> {
    match field.default {
        ConfigDefault::Never | ConfigDefault::Tags => None,
        ConfigDefault::Text => reader.text(defaults, field.key).map(str::to_owned),
        ConfigDefault::Parsed(message) => reader.parsed(defaults, field.key, field.parse, message),
        ConfigDefault::OneOf(words) => reader.word(defaults, field.key, words).map(str::to_owned),
    }
}

fn tags(reader: &mut Reader, defaults: &Object<'_>, key: &str) -> Vec<TagRow> {
    let mut tags = Vec::new();
    if let Some(object) = defaults.get(key).and_then(|found| reader.as_map(found)) {
        for (name, found) in object.members() {
            match found.value.as_str().filter(|value| tag_name(name).is_some() && TagValue::parse(value).is_ok()) {
                Some(value) => tags.push(TagRow { name: name.clone(), value: value.to_owned() }),
                None => reader.problem(&found.path, messages::CONFIG_NOT_TAG),
            }
        }
    }
    tags
}

fn texts(reader: &mut Reader, object: &Object<'_>, key: &str) -> Vec<String> {
    let entries = reader.list(object, key);
    entries.iter().filter_map(|found| reader.as_text(found)).map(str::to_owned).collect()
}

fn tag_name(text: &str) -> Option<String> {
    TagName::parse(text).ok().map(|_| text.to_owned())
}

/// A tenant ID, a domain, or `organizations`: any host name, in lower case.
fn tenant(text: &str) -> Option<String> {
    is_host(text).then(|| text.to_ascii_lowercase())
}

/// Authorities that admit personal accounts, which have no Azure.
const WITH_PERSONAL_ACCOUNTS: [&str; 2] = ["common", "consumers"];

fn logo(text: &str) -> Option<String> {
    let beside = !text.starts_with('/') && !text.contains([':', '\\']);
    (beside || is_web_address(text)).then(|| text.to_owned())
}

/// A URL without its trailing slash.
fn address(text: &str) -> Option<String> {
    is_web_address(text).then(|| text.strip_suffix('/').unwrap_or(text).to_owned())
}

/// A URL without path, query, fragment or trailing slash, in lower case, as browsers serialise origins.
fn origin(text: &str) -> Option<String> {
    let text = text.strip_suffix('/').unwrap_or(text);
    let (_, host) = text.split_once("://")?;
    (is_web_address(text) && !host.contains('/')).then(|| text.to_ascii_lowercase())
}

/// `https:`, or `http:` to a loopback host; no user info, query or fragment.
fn is_web_address(text: &str) -> bool {
    let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return false,
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let clean = path.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\\\"<>".contains(&byte));
    let (host, port) = match authority.strip_prefix("[::1]") {
        Some(rest) if rest.is_empty() || rest.starts_with(':') => ("localhost", rest.strip_prefix(':')),
        _ => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
    };
    let port = port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok());
    clean && port && is_host(host) && (secure || is_loopback(host))
}

/// Letters, digits, dots and hyphens, with a letter or digit at both ends.
fn is_host(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-')
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.ends_with(|last: char| last.is_ascii_alphanumeric())
}

/// Hosts that browsers treat as loopback (Secure Contexts, section 3.1).
fn is_loopback(host: &str) -> bool {
    let four = |rest: &str| rest.split('.').count() == 3 && rest.split('.').all(|part| part.parse::<u8>().is_ok());
    host == "localhost" || host.ends_with(".localhost") || host.strip_prefix("127.").is_some_and(four)
}
