//! From the answers to one recommendation: the way to sign in, the reason, and the next step.

use super::answers::{Case, Number, Workload};
use super::commands::Script;
use crate::messages::{self, Message};

/// The ways to sign in to a registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    IndividualLogin,
    ManagedIdentity,
    ServicePrincipal,
    Token,
    AdminUser,
    AnonymousPull,
}

impl Way {
    /// In the order of the page.
    pub const ALL: [Self; 6] =
        [Self::IndividualLogin, Self::ManagedIdentity, Self::ServicePrincipal, Self::Token, Self::AdminUser, Self::AnonymousPull];

    /// Whether this page ever recommends it.
    pub fn is_recommended(self) -> bool {
        matches!(self, Self::IndividualLogin | Self::ManagedIdentity | Self::ServicePrincipal)
    }

    /// Its name, what it is for, and what it costs to keep (or why to leave it).
    pub fn about(self) -> [Message; 3] {
        match self {
            Self::IndividualLogin => [messages::GUIDE_LOGIN, messages::GUIDE_LOGIN_FOR, messages::GUIDE_LOGIN_COST],
            Self::ManagedIdentity => [messages::GUIDE_IDENTITY, messages::GUIDE_IDENTITY_FOR, messages::GUIDE_IDENTITY_COST],
            Self::ServicePrincipal => [messages::GUIDE_PRINCIPAL, messages::GUIDE_PRINCIPAL_FOR, messages::GUIDE_PRINCIPAL_COST],
            Self::Token => [messages::GUIDE_TOKEN, messages::GUIDE_TOKEN_FOR, messages::GUIDE_TOKEN_COST],
            Self::AdminUser => [messages::GUIDE_ADMIN, messages::GUIDE_ADMIN_FOR, messages::GUIDE_ADMIN_COST],
            Self::AnonymousPull => [messages::GUIDE_ANONYMOUS, messages::GUIDE_ANONYMOUS_FOR, messages::GUIDE_ANONYMOUS_COST],
        }
    }
}

/// What to do, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    pub way: Way,
    pub title: Message,
    pub reason: Message,
    pub next: NextStep,
    /// What remains to be done or known after the next step, in order.
    pub then: Vec<Message>,
}

/// The next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// This product's create form, with this name for the identity unless the person has another.
    Form(&'static str),
    /// Commands, for what this product doesn't do.
    Commands(Script),
}

/// The one recommendation for a case.
pub fn recommend(case: Case) -> Recommendation {
    match case {
        Case::Person => Recommendation {
            way: Way::IndividualLogin,
            title: messages::GUIDE_LOGIN,
            reason: messages::GUIDE_WHY_PERSON,
            next: NextStep::Commands(Script::AcrLogin),
            then: vec![messages::GUIDE_THEN_LOGIN_ROLE, messages::GUIDE_THEN_LOGIN_AGAIN, messages::GUIDE_THEN_NO_DOCKER],
        },
        Case::Alone(workload) => alone(workload),
        Case::Shared(workload, number) => {
            let reason = match (workload, number) {
                (Workload::AksNodes, _) => messages::GUIDE_WHY_KUBELET_SHARED,
                (_, Number::Many) => messages::GUIDE_WHY_MANY,
                (_, Number::One) => messages::GUIDE_WHY_LONGER,
            };
            user_assigned(workload, reason)
        }
        Case::Any(workload) => match workload {
            Workload::Server | Workload::KubernetesNodes => service_principal(workload),
            workload => user_assigned(workload, reason(workload)),
        },
    }
}

/// An identity that belongs to the resource.
fn alone(workload: Workload) -> Recommendation {
    let (title, reason, script, then) = match workload {
        Workload::AksNodes => {
            let then = vec![messages::GUIDE_THEN_KUBELET, messages::GUIDE_THEN_WAIT];
            (messages::GUIDE_KUBELET, messages::GUIDE_WHY_KUBELET, Script::Kubelet, then)
        }
        Workload::AppService | Workload::FunctionApp => {
            let then = vec![messages::GUIDE_THEN_WAIT, messages::GUIDE_THEN_ARM_AUDIENCE];
            let script = if workload == Workload::AppService { Script::AppService } else { Script::FunctionApp };
            (messages::GUIDE_SYSTEM_ASSIGNED, messages::GUIDE_WHY_ALONE, script, then)
        }
        _ => {
            let then = vec![messages::GUIDE_THEN_WAIT, messages::GUIDE_THEN_LOGIN_AGAIN];
            (messages::GUIDE_SYSTEM_ASSIGNED, messages::GUIDE_WHY_ALONE, Script::VirtualMachine, then)
        }
    };
    Recommendation { way: Way::ManagedIdentity, title, reason, next: NextStep::Commands(script), then }
}

fn service_principal(workload: Workload) -> Recommendation {
    let nodes = workload == Workload::KubernetesNodes;
    Recommendation {
        way: Way::ServicePrincipal,
        title: messages::GUIDE_PRINCIPAL,
        reason: if nodes { messages::GUIDE_WHY_NODES } else { messages::GUIDE_WHY_SERVER },
        next: NextStep::Commands(if nodes { Script::PullSecret } else { Script::ServicePrincipal }),
        then: vec![messages::GUIDE_THEN_RENEW, if nodes { messages::GUIDE_THEN_NAMESPACES } else { messages::GUIDE_THEN_ARC }],
    }
}

/// Why only a user-assigned identity fits.
fn reason(workload: Workload) -> Message {
    match workload {
        Workload::ScaleSet => messages::GUIDE_WHY_SCALE_SET,
        Workload::ContainerApp => messages::GUIDE_WHY_CONTAINER_APP,
        Workload::ContainerInstance => messages::GUIDE_WHY_CONTAINER_INSTANCE,
        Workload::Agents => messages::GUIDE_WHY_AGENTS,
        Workload::AksPod | Workload::KubernetesPod => messages::GUIDE_WHY_POD,
        Workload::OtherInAzure => messages::GUIDE_WHY_OTHER,
        _ => messages::GUIDE_WHY_FEDERATED,
    }
}

/// An identity of its own, which the create form makes.
fn user_assigned(workload: Workload, reason: Message) -> Recommendation {
    let (name, then) = match workload {
        Workload::VirtualMachine => ("uami-pull-vm", messages::GUIDE_THEN_VM),
        Workload::ScaleSet => ("uami-pull-vmss", messages::GUIDE_THEN_SCALE_SET),
        Workload::AksNodes => ("uami-pull-aks", messages::GUIDE_THEN_KUBELET_SHARED),
        Workload::AksPod => ("uami-pull-pod", messages::GUIDE_THEN_AKS_POD),
        Workload::ContainerApp => ("uami-pull-app", messages::GUIDE_THEN_CONTAINER_APP),
        Workload::AppService => ("uami-pull-web", messages::GUIDE_THEN_APP_SERVICE),
        Workload::FunctionApp => ("uami-pull-func", messages::GUIDE_THEN_FUNCTION_APP),
        Workload::ContainerInstance => ("uami-pull-aci", messages::GUIDE_THEN_CONTAINER_INSTANCE),
        Workload::Agents => ("uami-pull-agents", messages::GUIDE_THEN_AGENTS),
        Workload::GitHubActions => ("uami-github", messages::GUIDE_THEN_GITHUB),
        Workload::AzureDevOps => ("uami-devops", messages::GUIDE_THEN_AZURE_DEVOPS),
        Workload::GitLab => ("uami-gitlab", messages::GUIDE_THEN_GITLAB),
        Workload::HcpTerraform => ("uami-terraform", messages::GUIDE_THEN_HCP_TERRAFORM),
        Workload::GoogleCloud => ("uami-google", messages::GUIDE_THEN_GOOGLE),
        Workload::KubernetesPod => ("uami-pull-pod", messages::GUIDE_THEN_KUBERNETES_POD),
        Workload::OtherIssuer => ("uami-federated", messages::GUIDE_THEN_OTHER_ISSUER),
        _ => ("uami-pull", messages::GUIDE_THEN_OTHER),
    };
    let title = if is_federated(workload) { messages::GUIDE_FEDERATED } else { messages::GUIDE_USER_ASSIGNED };
    let region = is_federated(workload).then_some(messages::GUIDE_THEN_REGION);
    let then = [messages::GUIDE_THEN_ROLE, then].into_iter().chain(region).collect();
    Recommendation { way: Way::ManagedIdentity, title, reason, next: NextStep::Form(name), then }
}

/// Whether it signs in with a token of another issuer, which a federated credential accepts.
fn is_federated(workload: Workload) -> bool {
    matches!(
        workload,
        Workload::AksPod
            | Workload::GitHubActions
            | Workload::AzureDevOps
            | Workload::GitLab
            | Workload::KubernetesPod
            | Workload::HcpTerraform
            | Workload::GoogleCloud
            | Workload::OtherIssuer
    )
}

#[cfg(test)]
mod tests {
    use super::super::answers::tests::all;
    use super::super::answers::{Answers, Question, Who};
    use super::*;
    use crate::arm::identity_name::{IDENTITY_NAME_VM_MAX, IdentityName};

    #[test]
    fn every_combination_of_answers_has_one_recommendation() {
        let mut answered = 0;
        for answers in all() {
            let open = Question::ALL.iter().any(|question| answers.asks(*question) && answers.word(*question).is_none());
            let recommended = answers.case().map(recommend);
            assert_eq!(recommended.is_none(), open, "{answers:?}");
            let Some(Recommendation { way, title, reason, next, then }) = recommended else { continue };
            answered += 1;
            assert!(way.is_recommended(), "{answers:?}");
            assert!(!matches!(way, Way::Token | Way::AdminUser | Way::AnonymousPull), "{answers:?}");
            for message in [&[title, reason], then.as_slice()].concat() {
                assert!(message.0.len() > 5 && !message.0.contains('{'), "{answers:?}");
            }
            assert!(!then.is_empty(), "{answers:?}");
            if let NextStep::Form(name) = next {
                assert!(IdentityName::parse(name).is_ok() && name.len() <= IDENTITY_NAME_VM_MAX, "{name}");
                assert_eq!(way, Way::ManagedIdentity, "{answers:?}");
            }
        }
        assert!(answered > 100, "{answered}");
    }

    #[test]
    fn who_and_where_decide() {
        use NextStep::{Commands, Form};
        let table: [(&[&str], Message, NextStep); 22] = [
            (&["person"], messages::GUIDE_LOGIN, Commands(Script::AcrLogin)),
            (&["azure", "vm", "one", "resource"], messages::GUIDE_SYSTEM_ASSIGNED, Commands(Script::VirtualMachine)),
            (&["azure", "vm", "one", "longer"], messages::GUIDE_USER_ASSIGNED, Form("uami-pull-vm")),
            (&["azure", "vm", "many"], messages::GUIDE_USER_ASSIGNED, Form("uami-pull-vm")),
            (&["azure", "scale-set"], messages::GUIDE_USER_ASSIGNED, Form("uami-pull-vmss")),
            (&["azure", "aks", "one", "resource"], messages::GUIDE_KUBELET, Commands(Script::Kubelet)),
            (&["azure", "aks", "many"], messages::GUIDE_USER_ASSIGNED, Form("uami-pull-aks")),
            (&["azure", "aks-pod"], messages::GUIDE_FEDERATED, Form("uami-pull-pod")),
            (&["azure", "container-app"], messages::GUIDE_USER_ASSIGNED, Form("uami-pull-app")),
            (&["azure", "app-service", "one", "resource"], messages::GUIDE_SYSTEM_ASSIGNED, Commands(Script::AppService)),
            (&["azure", "function-app", "one", "resource"], messages::GUIDE_SYSTEM_ASSIGNED, Commands(Script::FunctionApp)),
            (&["azure", "container-instance"], messages::GUIDE_USER_ASSIGNED, Form("uami-pull-aci")),
            (&["azure", "pipeline"], messages::GUIDE_USER_ASSIGNED, Form("uami-pull-agents")),
            (&["azure", "other"], messages::GUIDE_USER_ASSIGNED, Form("uami-pull")),
            (&["outside", "github-actions"], messages::GUIDE_FEDERATED, Form("uami-github")),
            (&["outside", "azure-devops"], messages::GUIDE_FEDERATED, Form("uami-devops")),
            (&["outside", "gitlab"], messages::GUIDE_FEDERATED, Form("uami-gitlab")),
            (&["outside", "hcp-terraform"], messages::GUIDE_FEDERATED, Form("uami-terraform")),
            (&["outside", "google-cloud"], messages::GUIDE_FEDERATED, Form("uami-google")),
            (&["outside", "kubernetes-pod"], messages::GUIDE_FEDERATED, Form("uami-pull-pod")),
            (&["outside", "kubernetes"], messages::GUIDE_PRINCIPAL, Commands(Script::PullSecret)),
            (&["outside", "server"], messages::GUIDE_PRINCIPAL, Commands(Script::ServicePrincipal)),
        ];
        for (words, title, next) in table {
            let mut answers = Answers::default();
            for (question, word) in Question::ALL.into_iter().zip(words) {
                assert!(answers.asks(question) && answers.give(question, word), "{words:?}");
            }
            let recommended = answers.case().map(recommend);
            assert_eq!(recommended.map(|given| (given.title, given.next)), Some((title, next)), "{words:?}");
        }
    }

    #[test]
    fn each_reason_names_what_was_asked() {
        let reasons = |who: Who| {
            let of = |answers: Answers| (answers.who == Some(who)).then(|| answers.case().map(recommend)).flatten();
            let mut reasons: Vec<&str> = all().into_iter().filter_map(of).map(|given| given.reason.0).collect();
            reasons.sort_unstable();
            reasons.dedup();
            reasons.len()
        };
        assert_eq!([Who::Person, Who::Azure, Who::Outside].map(reasons), [1, 11, 4]);
    }
}
