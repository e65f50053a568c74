//! The commands for what this product doesn't do, in bash, with the person's names. A name may be any text: the quoting of
//! [`crate::code::bash`] makes it one word.

use super::query::{Name, Names, RegistryMode};
use crate::arm::azure_cloud::AzureCloud;
use crate::code::bash::Command;
use crate::code::choose_cloud;
use crate::messages::{self, Message};

/// What the commands do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// An individual's login.
    AcrLogin,
    /// The system-assigned identity of a virtual machine.
    VirtualMachine,
    AppService,
    FunctionApp,
    /// The role for the kubelet identity of an AKS cluster.
    Kubelet,
    /// A service principal for a server.
    ServicePrincipal,
    /// A service principal in a pull secret of a Kubernetes cluster.
    PullSecret,
}

/// Commands that run in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commands {
    pub caption: Message,
    pub text: String,
}

/// The option for the registry's resource ID, which a line before reads into a variable: inside double quotes, bash would expand
/// a `!` in the registry's name at a prompt.
const REGISTRY_ID: &str = "\"$registry\"";

impl Script {
    /// The names that the commands contain, in the order of the page.
    pub fn names(self) -> &'static [Name] {
        match self {
            Self::AcrLogin => &[Name::Registry],
            Self::VirtualMachine | Self::AppService | Self::FunctionApp | Self::Kubelet => {
                &[Name::Registry, Name::ResourceGroup, Name::Resource]
            }
            Self::ServicePrincipal | Self::PullSecret => &[Name::Registry, Name::New],
        }
    }

    /// Whether the commands assign a role, which depends on the registry's mode.
    pub fn assigns_role(self) -> bool {
        self != Self::AcrLogin
    }

    /// The label of a name's field.
    pub fn label(self, name: Name) -> Message {
        match (name, self) {
            (Name::Registry, _) => messages::GUIDE_NAME_REGISTRY,
            (Name::ResourceGroup, _) => messages::RESOURCE_GROUP,
            (Name::New, _) => messages::GUIDE_NAME_PRINCIPAL,
            (Name::Resource, Self::AppService) => messages::GUIDE_NAME_APP_SERVICE,
            (Name::Resource, Self::FunctionApp) => messages::GUIDE_NAME_FUNCTION_APP,
            (Name::Resource, Self::Kubelet) => messages::GUIDE_NAME_CLUSTER,
            (Name::Resource, _) => messages::GUIDE_NAME_VM,
        }
    }

    /// What stands in for a name until the person has typed one.
    fn placeholder(self, name: Name) -> &'static str {
        match (name, self) {
            (Name::Registry, _) => "yourregistry",
            (Name::ResourceGroup, _) => "your-resource-group",
            (Name::New, _) => "sp-pull",
            (Name::Resource, Self::AppService | Self::FunctionApp) => "your-app",
            (Name::Resource, Self::Kubelet) => "your-cluster",
            (Name::Resource, _) => "your-vm",
        }
    }

    /// The commands, place by place.
    pub fn commands(self, names: &Names, cloud: &AzureCloud) -> Vec<Commands> {
        let name = |name: Name| {
            let typed = names.get(name).trim();
            if typed.is_empty() { self.placeholder(name) } else { typed }
        };
        let (registry, role) = (name(Name::Registry), names.mode.role());
        // The resource that gets the role.
        let of_resource = |start: &str| {
            let mut command = Command::new(start);
            command.short("-g", name(Name::ResourceGroup));
            command.short("-n", name(Name::Resource));
            command
        };
        let assign = |start: &str| {
            let mut command = of_resource(start);
            command.option("--role", [role]);
            command.raw(&["--scope ", REGISTRY_ID].concat());
            command
        };
        let mut text = choose_cloud(cloud).map(|line| ["# ", &line, "\n"].concat()).unwrap_or_default();
        match self {
            Self::AcrLogin => {
                text.push_str("az login\n");
                acr_login(registry).write(&mut text);
                vec![Commands { caption: messages::GUIDE_RUN_LOGIN, text }]
            }
            Self::VirtualMachine => {
                push_registry(&mut text, registry);
                assign("az vm identity assign").write(&mut text);
                let mut inside = "az login --identity --allow-no-subscriptions\n".to_owned();
                acr_login(registry).write(&mut inside);
                vec![
                    Commands { caption: messages::GUIDE_RUN_SYSTEM_ASSIGNED, text },
                    Commands { caption: messages::GUIDE_RUN_ON_VM, text: inside },
                ]
            }
            Self::AppService => {
                push_registry(&mut text, registry);
                assign("az webapp identity assign").write(&mut text);
                let mut pull = of_resource("az webapp config set");
                pull.option("--acr-use-identity", ["true"]);
                pull.option("--acr-identity", ["[system]"]);
                pull.write(&mut text);
                vec![Commands { caption: messages::GUIDE_RUN_APP, text }]
            }
            Self::FunctionApp => {
                push_registry(&mut text, registry);
                assign("az functionapp identity assign").write(&mut text);
                push_captured(&mut text, "app", of_resource("az functionapp show"), "id");
                text.push_str("az resource update --ids \"$app/config/web\" --set properties.acrUseManagedIdentityCreds=true\n");
                vec![Commands { caption: messages::GUIDE_RUN_APP, text }]
            }
            Self::Kubelet => {
                push_registry(&mut text, registry);
                push_captured(&mut text, "kubelet", of_resource("az aks show"), "identityProfile.kubeletidentity.objectId");
                let mut create = Command::new("az role assignment create");
                create.raw("--assignee-object-id \"$kubelet\"");
                create.option("--assignee-principal-type", ["ServicePrincipal"]);
                create.option("--role", [role]);
                create.raw(&["--scope ", REGISTRY_ID].concat());
                create.write(&mut text);
                vec![Commands { caption: messages::GUIDE_RUN_KUBELET, text }]
            }
            Self::ServicePrincipal => {
                push_registry(&mut text, registry);
                let mut server = acr_show(registry);
                server.raw("--query loginServer -o tsv");
                server.write(&mut text);
                principal(name(Name::New), role).write(&mut text);
                let inside = "docker login your-login-server --username your-app-id --password-stdin\n".to_owned();
                vec![
                    Commands { caption: messages::GUIDE_RUN_PRINCIPAL, text },
                    Commands { caption: messages::GUIDE_RUN_ON_SERVER, text: inside },
                ]
            }
            Self::PullSecret => {
                push_registry(&mut text, registry);
                push_captured(&mut text, "server", acr_show(registry), "loginServer");
                push_captured(&mut text, "password", principal(name(Name::New), role), "password");
                let mut list = Command::new("az ad sp list");
                list.short("--display-name", name(Name::New));
                push_captured(&mut text, "app", list, "'[0].appId'");
                let mut secret = Command::new("kubectl create secret docker-registry acr-pull");
                for option in ["--docker-server \"$server\"", "--docker-username \"$app\"", "--docker-password \"$password\""] {
                    secret.raw(option);
                }
                secret.write(&mut text);
                vec![Commands { caption: messages::GUIDE_RUN_PULL_SECRET, text }]
            }
        }
    }
}

impl RegistryMode {
    /// The built-in role that may pull.
    fn role(self) -> &'static str {
        match self {
            Self::Registry => "AcrPull",
            Self::Repositories => "Container Registry Repository Reader",
        }
    }
}

fn acr_show(registry: &str) -> Command {
    let mut command = Command::new("az acr show");
    command.short("-n", registry);
    command
}

fn acr_login(registry: &str) -> Command {
    let mut command = Command::new("az acr login");
    command.short("-n", registry);
    command
}

/// Creates a service principal whose secret lasts a year.
fn principal(name: &str, role: &str) -> Command {
    let mut command = Command::new("az ad sp create-for-rbac");
    command.short("-n", name);
    command.option("--role", [role]);
    command.raw(&["--scopes ", REGISTRY_ID].concat());
    command.option("--years", ["1"]);
    command
}

/// Reads the registry's resource ID into the variable that [`REGISTRY_ID`] names.
fn push_registry(text: &mut String, registry: &str) {
    push_captured(text, "registry", acr_show(registry), "id");
}

/// Reads a value of a command's result into a variable. `query` is already quoted.
fn push_captured(text: &mut String, variable: &str, mut command: Command, query: &str) {
    command.raw(&["--query ", query, " -o tsv"].concat());
    text.push_str(variable);
    text.push_str("=$(");
    command.write_line(text);
    text.push_str(")\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Script; 7] = [
        Script::AcrLogin,
        Script::VirtualMachine,
        Script::AppService,
        Script::FunctionApp,
        Script::Kubelet,
        Script::ServicePrincipal,
        Script::PullSecret,
    ];

    fn written(script: Script, names: &Names) -> String {
        script.commands(names, &AzureCloud::default()).into_iter().map(|commands| commands.text).collect::<Vec<_>>().join("--\n")
    }

    fn names() -> Names {
        let mut names = Names::default();
        for (name, text) in
            [(Name::Registry, " contoso "), (Name::ResourceGroup, "RG1"), (Name::Resource, "web01"), (Name::New, "sp-build")]
        {
            text.clone_into(names.get_mut(name));
        }
        names
    }

    #[test]
    fn commands_contain_the_names() {
        let table = [
            (Script::AcrLogin, "az login\naz acr login -n contoso\n"),
            (
                Script::VirtualMachine,
                "registry=$(az acr show -n contoso --query id -o tsv)\n\
                 az vm identity assign -g RG1 -n web01 --role AcrPull --scope \"$registry\"\n--\n\
                 az login --identity --allow-no-subscriptions\naz acr login -n contoso\n",
            ),
            (
                Script::AppService,
                "registry=$(az acr show -n contoso --query id -o tsv)\n\
                 az webapp identity assign -g RG1 -n web01 --role AcrPull --scope \"$registry\"\n\
                 az webapp config set -g RG1 -n web01 --acr-use-identity true --acr-identity '[system]'\n",
            ),
            (
                Script::FunctionApp,
                "registry=$(az acr show -n contoso --query id -o tsv)\n\
                 az functionapp identity assign -g RG1 -n web01 --role AcrPull --scope \"$registry\"\n\
                 app=$(az functionapp show -g RG1 -n web01 --query id -o tsv)\n\
                 az resource update --ids \"$app/config/web\" --set properties.acrUseManagedIdentityCreds=true\n",
            ),
            (
                Script::Kubelet,
                "registry=$(az acr show -n contoso --query id -o tsv)\n\
                 kubelet=$(az aks show -g RG1 -n web01 --query identityProfile.kubeletidentity.objectId -o tsv)\n\
                 az role assignment create \\\n  --assignee-object-id \"$kubelet\" \\\n  --assignee-principal-type ServicePrincipal \\\n  \
                 --role AcrPull \\\n  --scope \"$registry\"\n",
            ),
            (
                Script::ServicePrincipal,
                "registry=$(az acr show -n contoso --query id -o tsv)\n\
                 az acr show -n contoso --query loginServer -o tsv\n\
                 az ad sp create-for-rbac -n sp-build --role AcrPull --scopes \"$registry\" --years 1\n--\n\
                 docker login your-login-server --username your-app-id --password-stdin\n",
            ),
            (
                Script::PullSecret,
                "registry=$(az acr show -n contoso --query id -o tsv)\n\
                 server=$(az acr show -n contoso --query loginServer -o tsv)\n\
                 password=$(az ad sp create-for-rbac -n sp-build --role AcrPull --scopes \"$registry\" --years 1 --query password -o tsv)\n\
                 app=$(az ad sp list --display-name sp-build --query '[0].appId' -o tsv)\n\
                 kubectl create secret docker-registry acr-pull \\\n  --docker-server \"$server\" \\\n  --docker-username \"$app\" \\\n  \
                 --docker-password \"$password\"\n",
            ),
        ];
        for (script, text) in table {
            assert_eq!(written(script, &names()), text, "{script:?}");
        }
    }

    #[test]
    fn the_role_follows_the_mode_of_the_registry() {
        for script in ALL {
            let legacy = written(script, &names());
            let mut names = names();
            names.mode = RegistryMode::Repositories;
            let text = written(script, &names);
            assert_eq!(legacy.contains("AcrPull"), script.assigns_role(), "{script:?}");
            assert_eq!(text.contains("'Container Registry Repository Reader'"), script.assigns_role(), "{script:?}");
            assert!(!text.contains("AcrPull"), "{text}");
        }
    }

    #[test]
    fn placeholders_stand_in_for_missing_names() {
        for (script, expected) in [
            (Script::AcrLogin, "-n yourregistry\n"),
            (Script::VirtualMachine, "-g your-resource-group -n your-vm"),
            (Script::Kubelet, "-n your-cluster"),
            (Script::FunctionApp, "-n your-app"),
            (Script::PullSecret, "-n sp-pull"),
        ] {
            assert!(written(script, &Names::default()).contains(expected), "{script:?}");
        }
    }

    #[test]
    fn another_cloud_is_chosen_first() {
        let cloud = AzureCloud::known("AzureUSGovernment").unwrap_or_default();
        let text = Script::AcrLogin.commands(&names(), &cloud).into_iter().map(|commands| commands.text).collect::<String>();
        assert_eq!(text, "# az cloud set --name AzureUSGovernment && az login\naz login\naz acr login -n contoso\n");
    }

    /// Runs the commands in bash, with functions instead of the tools, which print their arguments.
    #[test]
    fn hostile_names_stay_one_word_in_bash() {
        let hostile = [
            "x; touch pwned",
            "$(touch pwned)",
            "`touch pwned`",
            "'; touch pwned; '",
            "\"; touch pwned; \"",
            "x\ntouch pwned",
            "!!",
            "a!b'c",
            "-x",
            "--help",
            "*",
            "~",
            "x\u{202e}y",
            "\\",
            "&& touch pwned",
            "x #y",
            "{a,b}",
            "é",
            "a b",
        ];
        for script in ALL {
            for text in hostile {
                let mut names = Names::default();
                for name in [Name::Registry, Name::ResourceGroup, Name::Resource, Name::New] {
                    text.clone_into(names.get_mut(name));
                }
                let tools = "az() { printf '[%s]' az \"$@\" >&2; echo; printf id; }\n\
                             docker() { printf '[%s]' docker \"$@\" >&2; }\nkubectl() { printf '[%s]' kubectl \"$@\" >&2; }\n\
                             touch() { echo RAN >&2; }\n";
                let run: String = script.commands(&names, &AzureCloud::default()).into_iter().map(|commands| commands.text).collect();
                let done = std::process::Command::new("bash").args(["-euc", &[tools, &run].concat()]).output().expect("bash");
                let seen = String::from_utf8_lossy(&done.stderr).into_owned();
                assert!(done.status.success() && !seen.contains("RAN"), "{script:?} {text:?}: {seen}");
                let word = if text.starts_with('-') { format!("-n={text}]") } else { format!("[{text}]") };
                assert!(seen.contains(&word), "{script:?} {text:?}: {seen}");
            }
        }
    }
}
