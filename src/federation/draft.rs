//! A federated credential as it is typed: the kind of workload, and the values that its issuer puts into a token's subject.

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use super::address::host_and_path;
use super::claims::{self, Claims};
use crate::arm::json::text;

/// The audience that Entra ID expects in a workload's token.
pub const AUDIENCE: &str = "api://AzureADTokenExchange";

/// The same in a cloud, by its name in `config.json`; the national clouds have their own (azure/login's documentation).
pub fn audience_in(cloud: &str) -> &'static str {
    match cloud {
        "AzureUSGovernment" => "api://AzureADTokenExchangeUSGov",
        "AzureChina" => "api://AzureADTokenExchangeChina",
        _ => AUDIENCE,
    }
}
/// The longest name, in characters, all of them ASCII (Microsoft.ManagedIdentity 2026-05-31).
pub const NAME_MAX: usize = 120;
pub const GITHUB_ISSUER: &str = "https://token.actions.githubusercontent.com";
pub const GITLAB_ISSUER: &str = "https://gitlab.com";
pub const GOOGLE_ISSUER: &str = "https://accounts.google.com";
pub const TERRAFORM_ISSUER: &str = "https://app.terraform.io";

/// Where the workload runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scenario {
    #[default]
    GitHub,
    Kubernetes,
    GitLab,
    AzureDevOps,
    Terraform,
    Google,
    Other,
}

impl Scenario {
    pub const ALL: [Self; 7] =
        [Self::GitHub, Self::Kubernetes, Self::GitLab, Self::AzureDevOps, Self::Terraform, Self::Google, Self::Other];
}

/// What starts a GitHub Actions job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GitHubEntity {
    Environment,
    #[default]
    Branch,
    Tag,
    PullRequest,
}

impl GitHubEntity {
    pub const ALL: [Self; 4] = [Self::Branch, Self::Environment, Self::Tag, Self::PullRequest];
}

/// Which form of subject a GitHub repository's tokens have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GitHubSubject {
    /// `repo:organisation/repository`.
    #[default]
    Names,
    /// `repo:organisation@id/repository@id`: repositories created, renamed or transferred after 15 July 2026.
    Ids,
    /// A credential for each form.
    Both,
}

impl GitHubSubject {
    pub const ALL: [Self; 3] = [Self::Names, Self::Ids, Self::Both];
}

/// A value that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    Organisation,
    Repository,
    OwnerId,
    RepositoryId,
    /// A branch, tag or environment.
    Reference,
    Namespace,
    ServiceAccount,
    Project,
    Workspace,
    Issuer,
    Subject,
    Name,
    Audience,
}

/// The inputs of which there is one, whatever the scenario, with their names in storage.
const STORED: [(Input, &str); 12] = [
    (Input::Organisation, "organisation"),
    (Input::Repository, "repository"),
    (Input::OwnerId, "ownerId"),
    (Input::RepositoryId, "repositoryId"),
    (Input::Reference, "reference"),
    (Input::Namespace, "namespace"),
    (Input::ServiceAccount, "serviceAccount"),
    (Input::Project, "project"),
    (Input::Workspace, "workspace"),
    (Input::Subject, "subject"),
    (Input::Name, "name"),
    (Input::Audience, "audience"),
];

/// What is typed. Values of other scenarios are kept, for when a person goes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CredentialDraft {
    pub scenario: Scenario,
    pub entity: GitHubEntity,
    pub form: GitHubSubject,
    /// Whether GitLab's reference is a tag, not a branch.
    pub is_tag: bool,
    pub organisation: String,
    pub repository: String,
    pub owner_id: String,
    pub repository_id: String,
    pub reference: String,
    pub namespace: String,
    pub service_account: String,
    pub project: String,
    pub workspace: String,
    /// The issuer of each scenario that has one, by the scenario's place in [`Scenario`].
    pub issuers: [String; Scenario::ALL.len()],
    pub subject: String,
    /// Empty for the suggested one.
    pub name: String,
    /// Empty for the cloud's own.
    pub audience: String,
}

/// Issuer and subject of one credential, and what distinguishes its name from those made along with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    pub issuer: String,
    pub subject: String,
    /// Such as `-plan`; empty where there is only one credential.
    pub suffix: &'static str,
}

impl CredentialDraft {
    /// The draft for a reload. Choices are stored by their places.
    pub fn json(&self) -> Value {
        let place = |place: Option<usize>| place.unwrap_or_default();
        let mut stored = json!({
            "scenario": self.scenario as usize,
            "entity": place(GitHubEntity::ALL.iter().position(|one| *one == self.entity)),
            "form": place(GitHubSubject::ALL.iter().position(|one| *one == self.form)),
            "isTag": self.is_tag,
            "issuers": self.issuers,
        });
        for (input, name) in STORED {
            stored[name] = self.value(input).into();
        }
        stored
    }

    /// A stored draft. What is missing or odd is as in an empty one.
    pub fn of_json(stored: &Value) -> Self {
        let place = |name: &str| stored[name].as_u64().and_then(|place| usize::try_from(place).ok()).unwrap_or_default();
        let mut draft = Self {
            scenario: Scenario::ALL.get(place("scenario")).copied().unwrap_or_default(),
            entity: GitHubEntity::ALL.get(place("entity")).copied().unwrap_or_default(),
            form: GitHubSubject::ALL.get(place("form")).copied().unwrap_or_default(),
            is_tag: stored["isTag"] == true,
            issuers: std::array::from_fn(|at| stored["issuers"][at].as_str().unwrap_or_default().to_owned()),
            ..Self::default()
        };
        for (input, name) in STORED {
            text(stored, name).clone_into(draft.value_mut(input));
        }
        draft
    }

    pub fn value(&self, input: Input) -> &str {
        match input {
            Input::Organisation => &self.organisation,
            Input::Repository => &self.repository,
            Input::OwnerId => &self.owner_id,
            Input::RepositoryId => &self.repository_id,
            Input::Reference => &self.reference,
            Input::Namespace => &self.namespace,
            Input::ServiceAccount => &self.service_account,
            Input::Project => &self.project,
            Input::Workspace => &self.workspace,
            Input::Issuer => &self.issuers[self.scenario as usize],
            Input::Subject => &self.subject,
            Input::Name => &self.name,
            Input::Audience => &self.audience,
        }
    }

    /// Sets a value. A token, or a token's claims, fill issuer, subject and audience; no token is ever kept.
    pub fn set(&mut self, input: Input, value: String) {
        if let Some(Claims { issuer, subject, audience }) = claims::read(&value) {
            if !self.inputs().contains(&Input::Issuer) || !self.inputs().contains(&Input::Subject) {
                self.scenario = Scenario::Other;
            }
            self.set(Input::Issuer, issuer);
            (self.subject, self.audience) = (subject, if audience == AUDIENCE { String::new() } else { audience });
            return;
        }
        let value = claims::without_token(value);
        *self.value_mut(input) = value;
    }

    fn value_mut(&mut self, input: Input) -> &mut String {
        match input {
            Input::Organisation => &mut self.organisation,
            Input::Repository => &mut self.repository,
            Input::OwnerId => &mut self.owner_id,
            Input::RepositoryId => &mut self.repository_id,
            Input::Reference => &mut self.reference,
            Input::Namespace => &mut self.namespace,
            Input::ServiceAccount => &mut self.service_account,
            Input::Project => &mut self.project,
            Input::Workspace => &mut self.workspace,
            Input::Issuer => &mut self.issuers[self.scenario as usize],
            Input::Subject => &mut self.subject,
            Input::Name => &mut self.name,
            Input::Audience => &mut self.audience,
        }
    }

    /// Once an input is left: the address of a repository or project, or `organisation/repository`, becomes the values in it.
    pub fn settle(&mut self, input: Input) {
        let Some((host, path)) = host_and_path(self.value(input)) else { return };
        match (self.scenario, input) {
            (Scenario::GitHub, Input::Organisation | Input::Repository) => {
                let mut parts = path.split('/');
                let (Some(organisation), Some(repository)) = (parts.next(), parts.next()) else { return };
                let repository = repository.strip_suffix(".git").unwrap_or(repository);
                if organisation.is_empty() || repository.is_empty() {
                    return;
                }
                // GitHub's own issuer, that of its data residency, or that of a GitHub Enterprise Server.
                let issuer = match host.to_ascii_lowercase().as_str() {
                    "" | "github.com" | "www.github.com" => String::new(),
                    host if host.ends_with(".ghe.com") => ["https://token.actions.", host].concat(),
                    host if host.contains("github") || host.contains("ghe") => ["https://", host, "/_services/token"].concat(),
                    _ => return,
                };
                let (organisation, repository) = (organisation.to_owned(), repository.to_owned());
                if !host.is_empty() {
                    self.set(Input::Issuer, issuer);
                }
                (self.organisation, self.repository) = (organisation, repository);
            }
            (Scenario::GitLab, Input::Project) if !host.is_empty() => {
                let issuer = ["https://", &host.to_ascii_lowercase()].concat();
                // What follows `/-/` is a page of the project.
                let project = path.split("/-/").next().unwrap_or_default().trim_matches('/').to_owned();
                self.set(Input::Issuer, if issuer == GITLAB_ISSUER { String::new() } else { issuer });
                self.project = project;
            }
            _ => {}
        }
    }

    /// What is typed for this scenario, in the form's order, before the name and the audience.
    pub fn inputs(&self) -> Vec<Input> {
        match self.scenario {
            Scenario::GitHub => {
                let mut inputs = vec![Input::Organisation, Input::Repository];
                if self.entity != GitHubEntity::PullRequest {
                    inputs.push(Input::Reference);
                }
                if self.form != GitHubSubject::Names {
                    inputs.extend([Input::OwnerId, Input::RepositoryId]);
                }
                inputs.push(Input::Issuer);
                inputs
            }
            Scenario::Kubernetes => vec![Input::Issuer, Input::Namespace, Input::ServiceAccount],
            Scenario::GitLab => vec![Input::Project, Input::Reference, Input::Issuer],
            Scenario::AzureDevOps | Scenario::Other => vec![Input::Issuer, Input::Subject],
            Scenario::Terraform => vec![Input::Organisation, Input::Project, Input::Workspace, Input::Issuer],
            Scenario::Google => vec![Input::Subject],
        }
    }

    /// The issuer that counts where none is typed; empty where one must be.
    pub fn default_issuer(&self) -> &'static str {
        match self.scenario {
            Scenario::GitHub => GITHUB_ISSUER,
            Scenario::GitLab => GITLAB_ISSUER,
            Scenario::Google => GOOGLE_ISSUER,
            Scenario::Terraform => TERRAFORM_ISSUER,
            Scenario::Kubernetes | Scenario::AzureDevOps | Scenario::Other => "",
        }
    }

    /// Whether the scenario works without this value.
    pub fn is_optional(&self, input: Input) -> bool {
        matches!(input, Input::Name | Input::Audience) || input == Input::Issuer && !self.default_issuer().is_empty()
    }

    /// The credentials that the draft asks for, in the order in which they are created. Parts that are not typed are left empty.
    pub fn trusts(&self) -> Vec<Trust> {
        let typed = self.value(Input::Issuer).trim();
        let issuer = if typed.is_empty() { self.default_issuer() } else { typed };
        let trust = |subject: String, suffix| Trust { issuer: issuer.to_owned(), subject, suffix };
        match self.scenario {
            Scenario::GitHub => {
                let entity = self.github_entity();
                let (organisation, repository) = (self.organisation.trim(), self.repository.trim());
                let names = ["repo:", organisation, "/", repository, ":", &entity].concat();
                let with_id = |name: &str, id: &str| [name, "@", id.trim()].concat();
                let owner = with_id(organisation, &self.owner_id);
                let ids = ["repo:", &owner, "/", &with_id(repository, &self.repository_id), ":", &entity].concat();
                match self.form {
                    GitHubSubject::Names => vec![trust(names, "")],
                    GitHubSubject::Ids => vec![trust(ids, "")],
                    GitHubSubject::Both => vec![trust(names, ""), trust(ids, "-ids")],
                }
            }
            Scenario::Kubernetes => {
                vec![trust(["system:serviceaccount:", self.namespace.trim(), ":", self.service_account.trim()].concat(), "")]
            }
            Scenario::GitLab => {
                let kind = if self.is_tag { "tag" } else { "branch" };
                let project = self.project.trim().trim_matches('/');
                vec![trust(["project_path:", project, ":ref_type:", kind, ":ref:", self.plain_reference()].concat(), "")]
            }
            Scenario::AzureDevOps | Scenario::Google | Scenario::Other => vec![trust(self.subject.trim().to_owned(), "")],
            Scenario::Terraform => {
                let (organisation, project, workspace) = (self.organisation.trim(), self.project.trim(), self.workspace.trim());
                let workspace = ["organization:", organisation, ":project:", project, ":workspace:", workspace].concat();
                vec![trust([&workspace, ":run_phase:plan"].concat(), "-plan"), trust([&workspace, ":run_phase:apply"].concat(), "-apply")]
            }
        }
    }

    /// The branch or tag without git's own prefix for its kind.
    pub fn plain_reference(&self) -> &str {
        let reference = self.reference.trim();
        let is_tag = match self.scenario {
            Scenario::GitHub => self.entity == GitHubEntity::Tag,
            _ => self.is_tag,
        };
        reference.strip_prefix(if is_tag { "refs/tags/" } else { "refs/heads/" }).unwrap_or(reference)
    }

    /// The last part of a GitHub subject. GitHub encodes colons in names.
    fn github_entity(&self) -> String {
        let reference = || self.plain_reference().replace(':', "%3A");
        match self.entity {
            GitHubEntity::Environment => ["environment:", &self.reference.trim().replace(':', "%3A")].concat(),
            GitHubEntity::Branch => ["ref:refs/heads/", &reference()].concat(),
            GitHubEntity::Tag => ["ref:refs/tags/", &reference()].concat(),
            GitHubEntity::PullRequest => "pull_request".to_owned(),
        }
    }

    /// The name that is typed, or the suggested one, without a [`Trust`]'s suffix.
    pub fn base_name(&self) -> String {
        let typed = self.name.trim();
        if typed.is_empty() { self.suggested_name() } else { typed.to_owned() }
    }

    /// A name made of what is typed.
    pub fn suggested_name(&self) -> String {
        let (start, parts) = match self.scenario {
            Scenario::GitHub if self.entity == GitHubEntity::PullRequest => ("github", vec![&*self.organisation, &self.repository, "pr"]),
            Scenario::GitHub => ("github", vec![&*self.organisation, &self.repository, &self.reference]),
            Scenario::Kubernetes => ("k8s", vec![&*self.namespace, &self.service_account]),
            Scenario::GitLab => ("gitlab", vec![&*self.project, &self.reference]),
            Scenario::AzureDevOps => ("azure-devops", Vec::new()),
            Scenario::Terraform => ("terraform", vec![&*self.organisation, &self.workspace]),
            Scenario::Google => ("google", vec![&*self.subject]),
            Scenario::Other => ("credential", Vec::new()),
        };
        let mut name = start.to_owned();
        for part in parts {
            name.push('-');
            let letters = part.trim().chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' });
            name.extend(letters);
        }
        let mut name: String = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        // Room for a suffix; every letter is ASCII.
        name.truncate(NAME_MAX - "-apply".len());
        name
    }
}
