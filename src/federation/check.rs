//! The problems of a federated credential that is typed: what Azure refuses, and what Azure accepts but no token ever matches.

#[cfg(test)]
mod tests;

use super::draft::{
    CredentialDraft, GITHUB_ISSUER, GITLAB_ISSUER, GOOGLE_ISSUER, GitHubEntity, GitHubSubject, Input, NAME_MAX, Scenario, TERRAFORM_ISSUER,
    Trust,
};
use crate::arm::federated_credential::FederatedCredential;
use crate::messages::{self, Message, Sentence};
use crate::severity::Severity;
use crate::visible::{code_point, is_hidden};

/// The most credentials of an identity (Microsoft Entra docs, "Important considerations and restrictions for federated identity credentials").
pub const CREDENTIALS_MAX: usize = 20;
const NAME_MIN: usize = 3;
/// The longest issuer, subject and audience, in characters (the same docs).
const VALUE_MAX: usize = 600;
/// The longest names of GitHub's organisations and repositories.
const ORGANISATION_MAX: usize = 39;
const REPOSITORY_MAX: usize = 100;
/// The longest label and subdomain (RFC 1123).
const LABEL_MAX: usize = 63;
const SUBDOMAIN_MAX: usize = 253;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub input: Input,
    pub severity: Severity,
    pub sentence: Sentence,
}

/// What a draft is checked against.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The identity's credentials.
    pub credentials: &'a [FederatedCredential],
    /// The name of the credential that the draft replaces.
    pub replaced: Option<&'a str>,
    /// The audience that counts where none is typed.
    pub audience: &'a str,
}

impl<'a> Known<'a> {
    /// The credentials that stay as they are.
    fn others(&self) -> impl Iterator<Item = &'a FederatedCredential> {
        let replaced = self.replaced;
        self.credentials.iter().filter(move |one| replaced.is_none_or(|name| !one.name.eq_ignore_ascii_case(name)))
    }
}

/// A name that Azure accepts.
pub fn is_name(name: &str) -> bool {
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (NAME_MIN..=NAME_MAX).contains(&name.len()) && letters && name.starts_with(|first: char| first.is_ascii_alphanumeric())
}

/// The credentials to write for a draft: those of its [`Trust`]s that the identity doesn't have yet.
pub fn missing(draft: &CredentialDraft, known: Known<'_>) -> Vec<FederatedCredential> {
    let audience = audience(draft, known.audience);
    let trusts = draft.trusts().into_iter();
    let all = trusts.map(|Trust { issuer, subject, suffix }| FederatedCredential {
        name: [draft.base_name().as_str(), suffix].concat(),
        issuer,
        subject,
        audiences: vec![audience.to_owned()],
    });
    all.filter(|one| !known.others().any(|other| is_same(other, one) && other.audiences == one.audiences)).collect()
}

/// Whether Azure would accept the credential, whatever tokens it matches.
pub fn is_complete(credential: &FederatedCredential) -> bool {
    is_name(&credential.name) && !credential.issuer.is_empty() && !credential.subject.is_empty()
}

/// The problems of a draft, each at the input that has to change.
pub fn check(draft: &CredentialDraft, known: Known<'_>) -> Vec<Problem> {
    let mut problems = Problems(Vec::new());
    let inputs = draft.inputs();
    for &input in &inputs {
        let value = draft.value(input).trim();
        if !value.is_empty() {
            problems.of_value(draft, input, value);
        } else if !draft.is_optional(input) {
            problems.add(input, Severity::Blocks, messages::CREDENTIAL_VALUE_MISSING);
        }
    }
    let has_all = inputs.iter().all(|&input| draft.is_optional(input) || !draft.value(input).trim().is_empty());
    let last = inputs.iter().copied().rfind(|&input| !draft.is_optional(input)).unwrap_or(Input::Name);
    if draft.scenario == Scenario::GitHub {
        problems.of_github(draft, last);
    }
    let written = missing(draft, known);
    if has_all {
        problems.of_trusts(draft, known, &written, last);
    }
    problems.of_name(draft, known, &written);
    let audience = audience(draft, known.audience);
    if audience.chars().count() > VALUE_MAX {
        problems.add(Input::Audience, Severity::Blocks, messages::CREDENTIAL_VALUE_LONG.with([&VALUE_MAX.to_string()]));
    } else if audience != known.audience {
        problems.add(Input::Audience, Severity::Warns, messages::CREDENTIAL_AUDIENCE_OWN.with([known.audience]));
    }
    problems.0
}

/// The audience that is typed, or the cloud's own.
fn audience<'a>(draft: &'a CredentialDraft, of_cloud: &'a str) -> &'a str {
    let typed = draft.audience.trim();
    if typed.is_empty() { of_cloud } else { typed }
}

/// Azure takes a pair of issuer and subject once.
fn is_same(one: &FederatedCredential, other: &FederatedCredential) -> bool {
    one.issuer == other.issuer && one.subject == other.subject
}

struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, input: Input, severity: Severity, sentence: impl Into<Sentence>) {
        self.0.push(Problem { input, severity, sentence: sentence.into() });
    }

    fn of_value(&mut self, draft: &CredentialDraft, input: Input, value: &str) {
        let (is_github, is_terraform) = (draft.scenario == Scenario::GitHub, draft.scenario == Scenario::Terraform);
        if let Some(hidden) = value.chars().find(|letter| is_hidden(*letter)) {
            return self.add(input, Severity::Blocks, messages::CREDENTIAL_HIDDEN.with([&code_point(hidden)]));
        }
        let is_branch_or_tag = !is_github || draft.entity != GitHubEntity::Environment;
        let wrong: Option<Message> = match input {
            Input::Organisation | Input::Project | Input::Workspace if is_terraform && value.contains('*') => {
                Some(messages::CREDENTIAL_NO_WILDCARD)
            }
            Input::Organisation if is_github && !is_organisation(value) => Some(messages::CREDENTIAL_ORGANISATION_WRONG),
            Input::Repository if !is_repository(value) => Some(messages::CREDENTIAL_REPOSITORY_WRONG),
            Input::OwnerId | Input::RepositoryId if !is_number(value) => Some(messages::CREDENTIAL_ID_WRONG),
            Input::Reference if value.contains(['*', '?']) => Some(messages::CREDENTIAL_NO_WILDCARD),
            Input::Reference if is_branch_or_tag && !is_reference(draft.plain_reference()) => Some(messages::CREDENTIAL_REFERENCE_WRONG),
            Input::Namespace if !is_label(value) => Some(messages::CREDENTIAL_NAMESPACE_WRONG),
            Input::ServiceAccount if !is_subdomain(value) => Some(messages::CREDENTIAL_SERVICE_ACCOUNT_WRONG),
            Input::Project if draft.scenario == Scenario::GitLab && !is_project(value) => Some(messages::CREDENTIAL_PROJECT_WRONG),
            _ => None,
        };
        if let Some(wrong) = wrong {
            self.add(input, Severity::Blocks, wrong);
        }
        if input == Input::Issuer {
            self.of_issuer(draft, value);
        }
        if input == Input::Subject {
            self.of_subject(draft, value);
        }
    }

    fn of_issuer(&mut self, draft: &CredentialDraft, issuer: &str) {
        let host = issuer.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default().to_ascii_lowercase();
        if host.is_empty() || issuer.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "?#@\\".contains(letter)) {
            return self.add(Input::Issuer, Severity::Blocks, messages::CREDENTIAL_ISSUER_WRONG);
        }
        if issuer.chars().count() > VALUE_MAX {
            return self.add(Input::Issuer, Severity::Blocks, messages::CREDENTIAL_VALUE_LONG.with([&VALUE_MAX.to_string()]));
        }
        if host.ends_with(".oic.prod-aks.azure.com") && !issuer.ends_with('/') {
            self.add(Input::Issuer, Severity::Warns, messages::CREDENTIAL_ISSUER_AKS);
        }
        let without_slash = [GITHUB_ISSUER, GITLAB_ISSUER, TERRAFORM_ISSUER, GOOGLE_ISSUER];
        if issuer.strip_suffix('/').is_some_and(|start| without_slash.contains(&start)) {
            self.add(Input::Issuer, Severity::Warns, messages::CREDENTIAL_ISSUER_SLASH);
        }
        if host == "vstoken.dev.azure.com" {
            self.add(Input::Issuer, Severity::Warns, messages::CREDENTIAL_ISSUER_RETIRES);
        }
        if is_entra(&host) && !draft.subject.trim().starts_with("/eid1/") && draft.scenario != Scenario::AzureDevOps {
            self.add(Input::Issuer, Severity::Warns, messages::CREDENTIAL_ISSUER_ENTRA);
        }
    }

    fn of_subject(&mut self, draft: &CredentialDraft, subject: &str) {
        if subject.chars().count() > VALUE_MAX {
            self.add(Input::Subject, Severity::Blocks, messages::CREDENTIAL_VALUE_LONG.with([&VALUE_MAX.to_string()]));
        }
        if subject.contains('*') {
            self.add(Input::Subject, Severity::Warns, messages::CREDENTIAL_NO_WILDCARD);
        }
        if subject.starts_with("repo:") && subject.ends_with(":pull-request") {
            self.add(Input::Subject, Severity::Warns, messages::CREDENTIAL_PULL_REQUEST);
        }
        if draft.scenario == Scenario::Google && !is_number(subject) {
            self.add(Input::Subject, Severity::Warns, messages::CREDENTIAL_GOOGLE_ID);
        }
    }

    fn of_github(&mut self, draft: &CredentialDraft, last: Input) {
        let input = if draft.entity == GitHubEntity::PullRequest { last } else { Input::Reference };
        if draft.entity != GitHubEntity::Environment {
            self.add(input, Severity::Informs, messages::CREDENTIAL_ENVIRONMENT_WINS);
        }
        if draft.form == GitHubSubject::Names {
            self.add(Input::Repository, Severity::Informs, messages::CREDENTIAL_NEW_REPOSITORY);
        }
    }

    /// Against the credentials that the identity has.
    fn of_trusts(&mut self, draft: &CredentialDraft, known: Known<'_>, written: &[FederatedCredential], last: Input) {
        if written.is_empty() {
            self.add(last, Severity::Blocks, messages::CREDENTIAL_EXISTS);
        }
        for one in written {
            if let Some(other) = known.others().find(|other| is_same(other, one)) {
                self.add(last, Severity::Blocks, messages::CREDENTIAL_PAIR_TAKEN.with([&other.name]));
            }
            let same_letters = |other: &&FederatedCredential| {
                other.issuer == one.issuer && other.subject != one.subject && other.subject.eq_ignore_ascii_case(&one.subject)
            };
            if let Some(other) = known.others().find(same_letters) {
                self.add(last, Severity::Warns, messages::CREDENTIAL_CASE_DIFFERS.with([&other.name]));
            }
        }
        // In the other scenarios, the subject's parts are shorter.
        if last != Input::Subject && draft.trusts().iter().any(|trust| trust.subject.chars().count() > VALUE_MAX) {
            self.add(last, Severity::Blocks, messages::CREDENTIAL_VALUE_LONG.with([&VALUE_MAX.to_string()]));
        }
        let count = known.others().count();
        if count + written.len() > CREDENTIALS_MAX {
            let full = messages::CREDENTIALS_FULL.with([&CREDENTIALS_MAX.to_string(), &count.to_string()]);
            self.add(Input::Name, Severity::Blocks, full);
        }
    }

    fn of_name(&mut self, draft: &CredentialDraft, known: Known<'_>, written: &[FederatedCredential]) {
        let names: Vec<String> = draft.trusts().iter().map(|trust| [draft.base_name().as_str(), trust.suffix].concat()).collect();
        if !names.iter().all(|name| is_name(name)) {
            return self.add(Input::Name, Severity::Blocks, messages::CREDENTIAL_NAME_WRONG);
        }
        // A credential that is there already, with the same issuer and subject, isn't written again.
        let is_taken = |name: &str| known.others().any(|other| other.name.eq_ignore_ascii_case(name));
        if let Some(taken) = written.iter().find(|one| is_taken(&one.name)) {
            self.add(Input::Name, Severity::Blocks, messages::CREDENTIAL_NAME_TAKEN.with([&taken.name]));
        }
    }
}

/// The hosts of Entra ID's own issuers.
fn is_entra(host: &str) -> bool {
    let hosts = ["login.microsoftonline.com", "sts.windows.net", "login.microsoftonline.us", "login.partner.microsoftonline.cn"];
    hosts.contains(&host)
}

fn is_organisation(name: &str) -> bool {
    name.len() <= ORGANISATION_MAX
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && !name.starts_with('-')
}

fn is_repository(name: &str) -> bool {
    name.len() <= REPOSITORY_MAX && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// A branch or tag that git allows (git-check-ref-format).
fn is_reference(name: &str) -> bool {
    let is_odd = |letter: char| letter.is_whitespace() || letter.is_control() || "~^:?*[\\".contains(letter);
    !name.contains(is_odd)
        && !name.contains("..")
        && !name.starts_with(['/', '-'])
        && !name.starts_with("refs/")
        && !name.ends_with(['/', '.'])
}

/// The path of a GitLab project, with its group.
fn is_project(path: &str) -> bool {
    let letters = path.chars().all(|letter| letter.is_alphanumeric() || "-_./".contains(letter));
    let path = path.trim_matches('/');
    letters && path.contains('/') && !path.contains("//")
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A label of RFC 1123, as namespaces are.
fn is_label(name: &str) -> bool {
    let inner = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    !name.is_empty() && name.len() <= LABEL_MAX && inner && !name.starts_with('-') && !name.ends_with('-')
}

/// A subdomain of RFC 1123, as service accounts are.
fn is_subdomain(name: &str) -> bool {
    name.len() <= SUBDOMAIN_MAX && name.split('.').all(is_label)
}
