//! Plans to render: everyday ones, and ones that break careless quoting.

use identity_portal::access::condition::{condition, repositories};
use identity_portal::access::lock::LockDraft;
use identity_portal::access::request::{AccessRequest, RoleRequest};
use identity_portal::access::role::{ACR_PULL, ACR_PUSH, REPOSITORY_WRITER, RegistryRole};
use identity_portal::arm::azure_cloud::AzureCloud;
use identity_portal::arm::federated_credential::FederatedCredential;
use identity_portal::arm::guid::Guid;
use identity_portal::arm::identity_name::IdentityName;
use identity_portal::arm::location::LocationName;
use identity_portal::arm::managed_identity::{IdentityProperties, IsolationScope, Restriction};
use identity_portal::arm::resource_group::ResourceGroupName;
use identity_portal::arm::resource_id::ResourceId;
use identity_portal::arm::tags::{TagName, TagValue, Tags};
use identity_portal::provisioning::plan::Plan;
use identity_portal::provisioning::request::{CreateRequest, CreationPath, GroupTarget};

pub(crate) const SUBSCRIPTION: &str = identity_portal::simulator::seed::DEVELOPMENT;
const SANDBOX: &str = identity_portal::simulator::seed::SANDBOX;

/// A compact plan.
#[derive(Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of the form's own")]
pub(crate) struct Case {
    pub(crate) group: &'static str,
    pub(crate) group_is_new: bool,
    /// Whether the new group gets the tags as well.
    pub(crate) tag_group: bool,
    /// The region of the existing group; empty if unknown.
    pub(crate) group_region: &'static str,
    pub(crate) name: &'static str,
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) regional: bool,
    pub(crate) restrictions: &'static [&'static str],
    pub(crate) direct: bool,
    pub(crate) access: AccessRequest,
}

/// The training page's own identity: an existing group in the same region, nothing else.
pub(crate) fn shortest() -> Case {
    Case { group: "RG1", group_region: "eastus", name: "uami-apl2003", ..Case::default() }
}

/// One of each kind.
pub(crate) fn everyday() -> Vec<(&'static str, Case)> {
    let tags = |pairs: &[(&str, &str)]| pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let restrictions: &[&str] = &["Microsoft.Compute", "Microsoft.Storage/storageAccounts"];
    vec![
        ("shortest", shortest()),
        ("new-group", Case { group: "rg-new", group_is_new: true, ..shortest() }),
        (
            "new-group-tags",
            Case {
                group: "rg-new",
                group_is_new: true,
                tag_group: true,
                tags: tags(&[("Env", "prod"), ("cost centre", "it's 42")]),
                ..shortest()
            },
        ),
        (
            "other-region-tags",
            Case {
                group_region: "westeurope",
                tags: tags(&[("Env", "prod"), ("Owner", "Ada Lovelace"), ("cost centre", "42")]),
                ..shortest()
            },
        ),
        ("isolated", Case { regional: true, tags: tags(&[("Env", "prod")]), ..shortest() }),
        ("restricted", Case { restrictions, ..shortest() }),
        ("pull", Case { access: AccessRequest { roles: vec![role("RG1", ACR_PULL, None)], ..AccessRequest::default() }, ..shortest() }),
        ("access", Case { access: access(), ..shortest() }),
        ("access-new-group", Case { group: "rg-new", group_is_new: true, access: access(), ..shortest() }),
        ("access-restricted", Case { restrictions, access: access(), ..shortest() }),
        (
            "everything",
            Case {
                group: "rg-new",
                group_is_new: true,
                tags: tags(&[("Env", "prod"), ("Owner", "it's me")]),
                regional: true,
                restrictions,
                ..shortest()
            },
        ),
    ]
}

/// A role on a registry in a group of the subscription, or elsewhere if `group` is empty.
fn role(group: &str, role: RegistryRole, limits: Option<&str>) -> RoleRequest {
    let (subscription, group) = if group.is_empty() { (SANDBOX, "rg-training") } else { (SUBSCRIPTION, group) };
    let registry =
        format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.ContainerRegistry/registries/contosoimages");
    let limits = limits.map(|text| repositories(text).expect("repositories")).unwrap_or_default();
    RoleRequest {
        scope: ResourceId::parse(&registry).expect("an id"),
        role: role.id.to_owned(),
        role_name: role.name.to_owned(),
        condition: condition(role, &limits),
    }
}

fn credential(name: &str, subject: &str) -> FederatedCredential {
    FederatedCredential {
        name: name.to_owned(),
        issuer: "https://token.actions.githubusercontent.com".to_owned(),
        subject: subject.to_owned(),
        audiences: vec!["api://AzureADTokenExchange".to_owned()],
    }
}

/// Two credentials, roles in the same group, in another one and in another subscription, and a lock.
fn access() -> AccessRequest {
    AccessRequest {
        credentials: vec![
            credential("github-main", "repo:contoso/web:ref:refs/heads/main"),
            credential("github-pr", "repo:contoso/web:pull_request"),
        ],
        roles: vec![role("RG1", ACR_PULL, None), role("rg-web-dev", REPOSITORY_WRITER, Some("team/* web")), role("", ACR_PUSH, None)],
        lock: Some(LockDraft { name: "keep".into(), read_only: true, notes: "Ask Ada first.".into() }),
    }
}

/// Texts that break careless quoting somewhere. Each is tested as a tag value, and as a tag name if ARM allows it.
const HOSTILE: &[&str] = &[
    "",
    " ",
    " both ends ",
    "two words",
    "it's",
    "'quoted'",
    "\"quoted\"",
    "'",
    "\"",
    "'''",
    "'/",
    "a'/b",
    "a\\",
    "\\n",
    "C:\\Users\\x",
    "$HOME",
    "${HOME}",
    "$${HOME}",
    "$$${x}",
    "$(id)",
    "`id`",
    "%{if}",
    "%%{x}",
    "%PATH%",
    "{0}",
    "{{token}}",
    "{{$processEnv PATH}}",
    "{{= require('child_process').execSync('id') }}",
    "a{{{b}}}c",
    "{{",
    "{%x%}",
    "<%= 1 %>",
    "< ./secret.txt",
    "?? status == 200",
    "@name=value",
    "@home",
    "@-",
    "a=@home",
    "=",
    "a=b=c",
    "=@x",
    "-x",
    "--tags",
    "null",
    "true",
    "false",
    "for",
    "if",
    "0",
    "1e5",
    "007",
    "??",
    "?",
    "*",
    "~",
    "!!",
    "!$",
    "#",
    "a # b",
    "; rm -rf /",
    "a && b | c > d",
    "[x]",
    "[[x]",
    "[parameters('x')]",
    "[x] y",
    "[",
    "]",
    "{a:b}",
    "a,b:c",
    "a.b",
    "a[0]",
    "line\nbreak",
    "line\r\nbreak",
    "tab\there",
    "trailing\n",
    "\u{0}\u{1}\u{1b}\u{7f}\u{85}",
    "\u{2028}\u{2029}",
    "“smart” ‘quotes’ „low‚ ‛x",
    "‘",
    "’ + $env:PATH + ’",
    "“$(1)”",
    "“line\nbreak” $x `y “",
    "Größe 東京 🦀",
    "e\u{301}",
    "COMPAÑIA",
    "Ñ};Start-Process calc;@{a=1;#",
    "¢ € ™ … – ‚ „ ` ´",
    "\u{202e}right to left",
    "\u{2066}isolated\u{2069} \u{200e}\u{200f}\u{61c}",
    "zero\u{200b}width\u{200d}joined\u{2060}\u{ad}soft\u{fe0f}",
    "tag \u{e0041}\u{e007f}\u{e0100}",
    "\u{3164}\u{115f}",
    "##vso[task.setvariable variable=x]y",
    "::add-mask::x",
    "=1+1",
    "＝1+1",
    "\u{feff}mark",
    "<script>&amp;</script>",
    "EOF",
    "###",
];

/// Every hostile text as a tag value, then every allowed one as a tag name, in named cases of at most 50 tags.
fn hostile() -> Vec<(String, Case)> {
    let mut pairs: Vec<(String, String)> =
        HOSTILE.iter().enumerate().map(|(index, text)| (format!("tag{index}"), (*text).to_owned())).collect();
    pairs.extend(
        HOSTILE
            .iter()
            .filter(|text| TagName::parse(text).is_ok())
            .enumerate()
            .map(|(index, text)| ((*text).to_owned(), format!("v{index}"))),
    );
    let mut cases: Vec<(String, Case)> =
        pairs.iter().map(|pair| (format!("{:?}={:?}", pair.0, pair.1), Case { tags: vec![pair.clone()], ..shortest() })).collect();
    cases
        .extend(pairs.chunks(40).enumerate().map(|(index, chunk)| (format!("chunk {index}"), Case { tags: chunk.to_vec(), ..shortest() })));
    let tagged =
        |tags: &[(String, String)]| Case { group: "rg-new", group_is_new: true, tag_group: true, tags: tags.to_vec(), ..shortest() };
    cases.extend(pairs.chunks(40).enumerate().map(|(index, chunk)| (format!("group with chunk {index}"), tagged(chunk))));
    // Credentials and locks take texts from outside: as subjects, and as notes.
    for (index, text) in HOSTILE.iter().filter(|text| !text.trim().is_empty()).enumerate() {
        let lock = LockDraft { name: "keep".into(), read_only: false, notes: text.trim().to_owned() };
        let access =
            AccessRequest { credentials: vec![credential("c-1", text)], roles: vec![role("RG1", ACR_PULL, None)], lock: Some(lock) };
        cases.push((format!("access with {text:?}"), Case { access: access.clone(), ..shortest() }));
        if index % 8 == 0 {
            cases
                .push((format!("access in a new group with {text:?}"), Case { group: "rg-new", group_is_new: true, access, ..shortest() }));
        }
    }
    // Tags that `az group create` accepts directly, all together, so that no workaround is used.
    let plain: Vec<(String, String)> = pairs
        .iter()
        .filter(|(name, value)| {
            let seen = |text: &str| !text.chars().any(identity_portal::visible::is_hidden) && !text.starts_with(['@', '-']);
            seen(name) && seen(value) && !name.contains('=')
        })
        .cloned()
        .collect();
    cases.extend(plain.chunks(40).enumerate().map(|(index, chunk)| (format!("group with plain chunk {index}"), tagged(chunk))));
    // Group names may contain letters of every script, parentheses and leading hyphens. (The Azure CLI cannot handle a group
    // called `--`: Python's argparse drops that word wherever it is.)
    for group in ["-rg", "-", "--tags", "(rg)_1.x", "Größe-東京", "COMPAÑIA", "a\u{3164}b", "\u{115f}"] {
        cases.push((format!("group {group}"), Case { group, ..shortest() }));
        cases.push((format!("new group {group}"), Case { group, group_is_new: true, ..shortest() }));
    }
    cases
}

/// A cloud that tools know, and one that has to be registered, with a name that breaks careless quoting.
pub(crate) fn other_clouds() -> [AzureCloud; 2] {
    let own = AzureCloud {
        name: "Lo'cal \"$(id)\"\nrm -r /".into(),
        resource_manager: "https://arm.local.example:8443".into(),
        authority: Some("https://login.local.example".into()),
        audience: Some("api://\"${arm}\"".into()),
    };
    [AzureCloud::known("AzureUSGovernment").expect("it is known"), own]
}

/// Everyday and hostile cases.
pub(crate) fn all() -> Vec<(String, Case)> {
    everyday().into_iter().map(|(name, case)| (name.to_owned(), case)).chain(hostile()).collect()
}

impl Case {
    pub(crate) fn plan(&self) -> Plan {
        let location = LocationName::parse("eastus").expect("a region");
        let group = ResourceGroupName::parse(self.group).expect("a group's name");
        let mut tags = Tags::default();
        for (name, value) in &self.tags {
            assert!(tags.add(TagName::parse(name).expect("a tag's name"), TagValue::parse(value).expect("a tag's value")), "{name:?} fits");
        }
        Plan::new(CreateRequest {
            subscription: Guid::parse(SUBSCRIPTION).expect("an id"),
            group: if self.group_is_new {
                GroupTarget::New { name: group, tagged: self.tag_group }
            } else {
                GroupTarget::Existing { name: group, location: LocationName::parse(self.group_region) }
            },
            location,
            name: IdentityName::parse(self.name).expect("an identity's name"),
            tags,
            properties: IdentityProperties {
                isolation_scope: if self.regional { IsolationScope::Regional } else { IsolationScope::None },
                restrictions: self.restrictions.iter().map(|text| Restriction::parse(text).expect("a restriction")).collect(),
            },
            access: self.access.clone(),
            path: if self.direct { CreationPath::Direct } else { CreationPath::Deployment },
        })
    }
}
