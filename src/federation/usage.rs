//! What a workload needs to sign in with a credential. Values of the credential are written as JSON strings, which YAML reads the same.

use serde_json::Value;

use super::draft::{GITHUB_ISSUER, Scenario};
use crate::arm::guid::Guid;
use crate::arm::json::written;

/// The identity that is signed in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub client_id: Guid,
    pub tenant_id: Guid,
    pub subscription: Guid,
}

/// The scenario of a credential that was read, by its issuer and subject.
pub fn scenario_of(issuer: &str, subject: &str) -> Scenario {
    let is_terraform = subject.starts_with("organization:") && subject.contains(":run_phase:");
    if issuer == GITHUB_ISSUER || subject.starts_with("repo:") {
        Scenario::GitHub
    } else if subject.starts_with("system:serviceaccount:") {
        Scenario::Kubernetes
    } else if subject.starts_with("project_path:") || subject.starts_with("project_id:") {
        Scenario::GitLab
    } else if subject.starts_with("/eid1/") || subject.starts_with("sc://") {
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
    let Identity { client_id, tenant_id, subscription } = identity;
    let (client, tenant, subscription) = (client_id.as_str(), tenant_id.as_str(), subscription.as_str());
    match scenario_of(issuer, subject) {
        Scenario::GitHub => {
            let environment = subject.split_once(":environment:").map(|(_, name)| name.replace("%3A", ":"));
            let environment = environment.map(|name| ["    environment: ", &quoted(&name), "\n"].concat()).unwrap_or_default();
            [
                "permissions:\n  id-token: write\n  contents: read\njobs:\n  push:\n    runs-on: ubuntu-latest\n",
                &environment,
                "    steps:\n      - uses: azure/login@v2\n        with:\n          client-id: ",
                client,
                "\n          tenant-id: ",
                tenant,
                "\n          subscription-id: ",
                subscription,
                "\n      - run: az acr login --name REGISTRY\n",
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
            &quoted(audience),
            "\n  script:\n    - az login --service-principal --username ",
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
        ]
        .concat(),
        Scenario::AzureDevOps | Scenario::Google | Scenario::Other => [
            "# TOKEN is the workload's own token, with the issuer, subject and audience of the credential.\naz login --service-principal --username ",
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
        Identity { client_id: guid("1"), tenant_id: guid("2"), subscription: guid("3") }
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
            issuer: if scenario == Scenario::Google { String::new() } else { "https://issuer.example".into() },
            subject: if scenario == Scenario::AzureDevOps { "/eid1/c/pub".into() } else { "1".into() },
            ..CredentialDraft::default()
        };
        let all = [
            Scenario::GitHub,
            Scenario::Kubernetes,
            Scenario::GitLab,
            Scenario::AzureDevOps,
            Scenario::Terraform,
            Scenario::Google,
            Scenario::Other,
        ];
        for scenario in all {
            for trust in filled(scenario).trusts() {
                assert_eq!(scenario_of(&trust.issuer, &trust.subject), scenario, "{trust:?}");
                let text = usage(&trust.issuer, &trust.subject, AUDIENCE, &identity());
                assert!(text.contains("11111111-2222-3333-4444-555555555551"), "{text}");
            }
        }
    }

    #[test]
    fn hostile_values_stay_inside_their_quotes() {
        let hostile = "prod\"\n    steps: [{run: evil}]#";
        let draft = CredentialDraft { entity: GitHubEntity::Environment, reference: hostile.into(), ..CredentialDraft::default() };
        let text = usage(GITHUB_ISSUER, &draft.trusts()[0].subject, AUDIENCE, &identity());
        let line = text.lines().find(|line| line.trim_start().starts_with("environment:")).expect("the environment's line");
        let value = line.trim_start().strip_prefix("environment: ").expect("a value");
        assert_eq!(serde_json::from_str::<String>(value).expect("a JSON string"), hostile);
        assert_eq!(text.lines().count(), usage(GITHUB_ISSUER, "repo:a/b:environment:x", AUDIENCE, &identity()).lines().count());
    }
}
