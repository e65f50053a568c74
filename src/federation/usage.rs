//! What a workload needs to sign in with a credential. Values of the credential are written as JSON strings, which YAML reads the same.

use serde_json::Value;

use super::draft::{GITHUB_ISSUER, Scenario, audience_in};
use crate::arm::guid::Guid;
use crate::arm::json::written;
use crate::visible::shown;

/// The identity that is signed in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The cloud's name in `config.json`.
    pub cloud: String,
    pub client_id: Guid,
    pub tenant_id: Guid,
    pub subscription: Guid,
}

/// The scenario of a credential that was read, by its issuer and subject.
pub fn scenario_of(issuer: &str, subject: &str) -> Scenario {
    let is_terraform = ["https://app.terraform.io", "https://app.eu.terraform.io"].contains(&issuer);
    // GitHub's own, that of its data residency, and that of a GitHub Enterprise Server.
    let is_github = issuer == GITHUB_ISSUER
        || issuer.strip_prefix("https://token.actions.").is_some_and(|host| host.ends_with(".ghe.com") && !host.contains('/'))
        || issuer.ends_with("/_services/token");
    if is_github && subject.starts_with("repo:") {
        Scenario::GitHub
    } else if subject.starts_with("system:serviceaccount:") {
        Scenario::Kubernetes
    } else if subject.starts_with("project_path:") || subject.starts_with("project_id:") {
        Scenario::GitLab
    } else if issuer.starts_with("https://login.microsoftonline.com/") || issuer.starts_with("https://vstoken.dev.azure.com/") {
        Scenario::AzureDevOps
    } else if is_terraform {
        Scenario::Terraform
    } else if issuer == super::draft::GOOGLE_ISSUER {
        Scenario::Google
    } else {
        Scenario::Other
    }
}

/// A file, or lines of one, that the workload needs.
pub fn usage(issuer: &str, subject: &str, audience: &str, identity: &Identity) -> String {
    let Identity { client_id, tenant_id, subscription, .. } = identity;
    let is_own_audience = audience != audience_in(&identity.cloud);
    // The national clouds, as azure/login and az name them.
    let (login_cloud, az_cloud) = match identity.cloud.as_str() {
        "AzureUSGovernment" => ("azureusgovernment", "AzureUSGovernment"),
        "AzureChina" => ("azurechinacloud", "AzureChinaCloud"),
        _ => ("", ""),
    };
    let az_cloud = |start: &str| if az_cloud.is_empty() { String::new() } else { [start, "az cloud set --name ", az_cloud, "\n"].concat() };
    let (client, tenant, subscription) = (client_id.as_str(), tenant_id.as_str(), subscription.as_str());
    match scenario_of(issuer, subject) {
        Scenario::GitHub => {
            // A further colon begins another claim of a customised subject. GitHub would evaluate an expression in any text.
            let environment = subject.split_once(":environment:").map(|(_, name)| name).filter(|name| !name.contains([':', '$']));
            let environment = environment.map(|name| ["    environment: ", &quoted(&name.replace("%3A", ":")), "\n"].concat());
            let audience = if is_own_audience && !audience.contains('$') {
                ["          audience: ", &quoted(audience), "\n"].concat()
            } else {
                String::new()
            };
            let cloud = if login_cloud.is_empty() { String::new() } else { ["          environment: ", login_cloud, "\n"].concat() };
            [
                "on: workflow_dispatch # or whatever starts yours\npermissions:\n  id-token: write\n  contents: read\njobs:\n  push:\n    runs-on: ubuntu-latest\n",
                &environment.unwrap_or_default(),
                "    steps:\n      - uses: azure/login@v2\n        with:\n          client-id: ",
                client,
                "\n          tenant-id: ",
                tenant,
                "\n          subscription-id: ",
                subscription,
                "\n",
                &audience,
                &cloud,
                "      - run: az acr login --name REGISTRY\n",
            ]
            .concat()
        }
        Scenario::Kubernetes => {
            let account = subject.strip_prefix("system:serviceaccount:").unwrap_or_default();
            let (namespace, name) = account.split_once(':').unwrap_or((account, ""));
            [
                "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ",
                &quoted(name),
                "\n  namespace: ",
                &quoted(namespace),
                "\n  annotations:\n    azure.workload.identity/client-id: ",
                client,
                "\n# In the pod's template:\n#   metadata:\n#     labels:\n#       azure.workload.identity/use: \"true\"\n#   spec:\n#     serviceAccountName: the name above\n",
            ]
            .concat()
        }
        Scenario::GitLab => [
            "push:\n  id_tokens:\n    AZURE_TOKEN:\n      aud: ",
            // GitLab expands variables in any text.
            &quoted(&audience.replace('$', "$$")),
            "\n  script:\n",
            &az_cloud("    - "),
            "    - az login --service-principal --username ",
            client,
            " --tenant ",
            tenant,
            " --federated-token \"$AZURE_TOKEN\" --allow-no-subscriptions\n    - az acr login --name REGISTRY\n",
        ]
        .concat(),
        Scenario::Terraform => [
            "# Environment variables of the workspace\nTFC_AZURE_PROVIDER_AUTH=true\nTFC_AZURE_RUN_CLIENT_ID=",
            client,
            "\nARM_TENANT_ID=",
            tenant,
            "\nARM_SUBSCRIPTION_ID=",
            subscription,
            "\n",
            &if is_own_audience { ["TFC_AZURE_WORKLOAD_IDENTITY_AUDIENCE=", &shown(audience), "\n"].concat() } else { String::new() },
        ]
        .concat(),
        Scenario::AzureDevOps | Scenario::Google | Scenario::Other => [
            "# TOKEN is the workload's own token, with the issuer, subject and audience of the credential.\n",
            &az_cloud(""),
            "az login --service-principal --username ",
            client,
            " --tenant ",
            tenant,
            " --federated-token \"$TOKEN\" --allow-no-subscriptions\n",
        ]
        .concat(),
    }
}

fn quoted(text: &str) -> String {
    written(&Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::federation::draft::{AUDIENCE, CredentialDraft, GitHubEntity};

    fn identity() -> Identity {
        let guid = |digit: &str| Guid::parse(&["11111111-2222-3333-4444-55555555555", digit].concat()).expect("a GUID");
        Identity { cloud: "AzurePublic".into(), client_id: guid("1"), tenant_id: guid("2"), subscription: guid("3") }
    }

    #[test]
    fn each_scenario_is_recognised_again() {
        let filled = |scenario| CredentialDraft {
            scenario,
            organisation: "o".into(),
            repository: "r".into(),
            reference: "main".into(),
            namespace: "n".into(),
            service_account: "s".into(),
            project: "g/p".into(),
            workspace: "w".into(),
            subject: if scenario == Scenario::AzureDevOps { "/eid1/c/pub".into() } else { "1".into() },
            issuers: std::array::from_fn(|at| match at {
                at if at == Scenario::AzureDevOps as usize => "https://login.microsoftonline.com/t/v2.0".into(),
                at if at == Scenario::Kubernetes as usize || at == Scenario::Other as usize => "https://issuer.example".into(),
                _ => String::new(),
            }),
            ..CredentialDraft::default()
        };
        for scenario in Scenario::ALL {
            for trust in filled(scenario).trusts() {
                assert_eq!(scenario_of(&trust.issuer, &trust.subject), scenario, "{trust:?}");
                let text = usage(&trust.issuer, &trust.subject, AUDIENCE, &identity());
                assert!(text.contains("11111111-2222-3333-4444-555555555551"), "{text}");
            }
        }
    }

    #[test]
    fn a_foreign_issuer_is_not_taken_for_github() {
        assert_eq!(scenario_of("https://evil.example", "repo:Contoso/shop:ref:refs/heads/main"), Scenario::Other);
        assert_eq!(scenario_of("https://token.actions.evil.example/.ghe.com", "repo:a/b:c"), Scenario::Other);
        assert_eq!(scenario_of("https://token.actions.contoso.ghe.com", "repo:a/b:c"), Scenario::GitHub);
    }

    #[test]
    fn the_audience_and_the_cloud_are_written_where_they_are_not_the_usual_ones() {
        let own = usage(GITHUB_ISSUER, "repo:a/b:pull_request", "api://own", &identity());
        assert!(own.contains("audience: \"api://own\""), "{own}");
        let gov = Identity { cloud: "AzureUSGovernment".into(), ..identity() };
        let text = usage(GITHUB_ISSUER, "repo:a/b:pull_request", "api://AzureADTokenExchangeUSGov", &gov);
        assert!(text.contains("environment: azureusgovernment") && !text.contains("audience:"), "{text}");
        let custom = usage(GITHUB_ISSUER, "repo:a/b:environment:prod:job_workflow_ref:x", AUDIENCE, &identity());
        assert!(!custom.contains("environment:"), "{custom}");
        for hostile in ["repo:a/b:environment:${{ github.token }}", "repo:a/b:environment:$x"] {
            assert!(!usage(GITHUB_ISSUER, hostile, "${{ github.token }}", &identity()).contains('$'), "{hostile}");
        }
        let gitlab = usage("https://gitlab.com", "project_path:a/b:ref_type:branch:ref:main", "$CI_JOB_TOKEN", &identity());
        assert!(gitlab.contains("\"$$CI_JOB_TOKEN\""), "{gitlab}");
    }

    #[test]
    fn hostile_values_stay_inside_their_quotes() {
        let hostile = "prod\"\n    steps - evil #";
        let draft = CredentialDraft { entity: GitHubEntity::Environment, reference: hostile.into(), ..CredentialDraft::default() };
        let text = usage(GITHUB_ISSUER, &draft.trusts()[0].subject, AUDIENCE, &identity());
        let line = text.lines().find(|line| line.trim_start().starts_with("environment:")).expect("the environment's line");
        let value = line.trim_start().strip_prefix("environment: ").expect("a value");
        assert_eq!(serde_json::from_str::<String>(value).expect("a JSON string"), hostile);
        assert_eq!(text.lines().count(), usage(GITHUB_ISSUER, "repo:a/b:environment:x", AUDIENCE, &identity()).lines().count());
    }
}
