//! The questions, and what has been answered so far.

use crate::messages::{self, Message};

/// Who pulls images from the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Person,
    Azure,
    Outside,
}

/// What pulls them, inside or outside Azure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    VirtualMachine,
    ScaleSet,
    /// The nodes of an AKS cluster, which pull the images of its pods.
    AksNodes,
    /// A program in a pod of an AKS cluster, such as Flux.
    AksPod,
    ContainerApp,
    AppService,
    FunctionApp,
    ContainerInstance,
    /// Self-hosted agents or runners of a pipeline, in Azure.
    Agents,
    OtherInAzure,
    GitHubActions,
    AzureDevOps,
    GitLab,
    /// The nodes of a Kubernetes cluster outside Azure.
    KubernetesNodes,
    /// A program in a pod of such a cluster.
    KubernetesPod,
    HcpTerraform,
    GoogleCloud,
    Server,
    /// Anything else with a token of an OIDC issuer.
    OtherIssuer,
}

/// How many resources need the same permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    One,
    Many,
}

/// How long the permission is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// As long as the resource exists.
    Resource,
    Longer,
}

/// A question's answer: the word in the address, the label, and a hint.
pub type Choice<T> = (T, &'static str, Message, Option<Message>);

impl Who {
    pub const CHOICES: [Choice<Self>; 3] = [
        (Self::Person, "person", messages::GUIDE_PERSON, Some(messages::GUIDE_PERSON_HINT)),
        (Self::Azure, "azure", messages::GUIDE_AZURE, Some(messages::GUIDE_AZURE_HINT)),
        (Self::Outside, "outside", messages::GUIDE_OUTSIDE, Some(messages::GUIDE_OUTSIDE_HINT)),
    ];
}

impl Workload {
    const IN_AZURE: [Choice<Self>; 10] = [
        (Self::VirtualMachine, "vm", messages::GUIDE_VM, None),
        (Self::ScaleSet, "scale-set", messages::GUIDE_SCALE_SET, None),
        (Self::AksNodes, "aks", messages::GUIDE_AKS, Some(messages::GUIDE_NODES_HINT)),
        (Self::AksPod, "aks-pod", messages::GUIDE_AKS_POD, Some(messages::GUIDE_POD_HINT)),
        (Self::ContainerApp, "container-app", messages::GUIDE_CONTAINER_APP, None),
        (Self::AppService, "app-service", messages::GUIDE_APP_SERVICE, None),
        (Self::FunctionApp, "function-app", messages::GUIDE_FUNCTION_APP, None),
        (Self::ContainerInstance, "container-instance", messages::GUIDE_CONTAINER_INSTANCE, None),
        (Self::Agents, "pipeline", messages::GUIDE_AGENTS, Some(messages::GUIDE_AGENTS_HINT)),
        (Self::OtherInAzure, "other", messages::GUIDE_OTHER_IN_AZURE, Some(messages::GUIDE_OTHER_IN_AZURE_HINT)),
    ];

    const OUTSIDE: [Choice<Self>; 9] = [
        (Self::GitHubActions, "github-actions", messages::GUIDE_GITHUB, None),
        (Self::AzureDevOps, "azure-devops", messages::GUIDE_AZURE_DEVOPS, None),
        (Self::GitLab, "gitlab", messages::GUIDE_GITLAB, None),
        (Self::HcpTerraform, "hcp-terraform", messages::GUIDE_HCP_TERRAFORM, None),
        (Self::GoogleCloud, "google-cloud", messages::GUIDE_GOOGLE, None),
        (Self::KubernetesNodes, "kubernetes", messages::GUIDE_KUBERNETES, Some(messages::GUIDE_NODES_HINT)),
        (Self::KubernetesPod, "kubernetes-pod", messages::GUIDE_KUBERNETES_POD, Some(messages::GUIDE_POD_HINT)),
        (Self::Server, "server", messages::GUIDE_SERVER, Some(messages::GUIDE_SERVER_HINT)),
        (Self::OtherIssuer, "other", messages::GUIDE_OTHER_ISSUER, Some(messages::GUIDE_OTHER_ISSUER_HINT)),
    ];

    /// The choices under an answer to the first question; none for a person.
    pub fn choices(who: Who) -> &'static [Choice<Self>] {
        match who {
            Who::Person => &[],
            Who::Azure => &Self::IN_AZURE,
            Who::Outside => &Self::OUTSIDE,
        }
    }

    /// Whether an identity that belongs to this resource alone can pull its images. If not, the last two questions make no
    /// difference. A container app or container instance pulls before its system-assigned identity has a role; a scale set with
    /// flexible orchestration takes only user-assigned identities; and agents are replaced too often.
    pub fn can_use_own_identity(self) -> bool {
        matches!(self, Self::VirtualMachine | Self::AksNodes | Self::AppService | Self::FunctionApp)
    }
}

impl Number {
    pub const CHOICES: [Choice<Self>; 2] =
        [(Self::One, "one", messages::GUIDE_ONE, None), (Self::Many, "many", messages::GUIDE_MANY, Some(messages::GUIDE_MANY_HINT))];
}

impl Lifetime {
    pub const CHOICES: [Choice<Self>; 2] = [
        (Self::Resource, "resource", messages::GUIDE_ENDS, Some(messages::GUIDE_ENDS_HINT)),
        (Self::Longer, "longer", messages::GUIDE_OUTLIVES, Some(messages::GUIDE_OUTLIVES_HINT)),
    ];
}

/// A question of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    Who,
    /// What exactly pulls.
    Workload,
    Number,
    Lifetime,
}

impl Question {
    /// In the order of the page.
    pub const ALL: [Self; 4] = [Self::Who, Self::Workload, Self::Number, Self::Lifetime];

    /// The key in the address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Workload => "where",
            Self::Number => "resources",
            Self::Lifetime => "lifetime",
        }
    }
}

/// What has been answered. An answer to a question that is no longer asked is kept, but has no effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub who: Option<Who>,
    pub workload: Option<Workload>,
    pub number: Option<Number>,
    pub lifetime: Option<Lifetime>,
}

/// Everything that a recommendation depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Person,
    /// One resource in Azure, which can have an identity of its own for as long as it exists.
    Alone(Workload),
    /// Several resources, or a permission that outlives its resource.
    Shared(Workload, Number),
    /// The other questions make no difference.
    Any(Workload),
}

impl Answers {
    /// Whether the answers so far make this question necessary.
    pub fn asks(self, question: Question) -> bool {
        let own = self.workload().is_some_and(Workload::can_use_own_identity);
        match question {
            Question::Who => true,
            Question::Workload => self.who.is_some_and(|who| who != Who::Person),
            Question::Number => own,
            Question::Lifetime => own && self.number == Some(Number::One),
        }
    }

    /// The workload, if it fits the answer to the first question.
    pub fn workload(self) -> Option<Workload> {
        let choices = Workload::choices(self.who?);
        self.workload.filter(|workload| choices.iter().any(|(choice, ..)| choice == workload))
    }

    /// The word of the answer to a question that is asked; `None` without an answer.
    pub fn word(self, question: Question) -> Option<&'static str> {
        fn of<T: PartialEq>(choices: &[Choice<T>], answer: Option<T>) -> Option<&'static str> {
            let answer = answer?;
            choices.iter().find(|(choice, ..)| *choice == answer).map(|(_, word, ..)| *word)
        }
        if !self.asks(question) {
            return None;
        }
        match question {
            Question::Who => of(&Who::CHOICES, self.who),
            Question::Workload => of(Workload::choices(self.who?), self.workload()),
            Question::Number => of(&Number::CHOICES, self.number),
            Question::Lifetime => of(&Lifetime::CHOICES, self.lifetime),
        }
    }

    /// Answers a question by a choice's word. Returns `false` for a word that isn't one of its choices.
    pub fn give(&mut self, question: Question, word: &str) -> bool {
        fn of<T: Copy>(choices: &[Choice<T>], word: &str, answer: &mut Option<T>) -> bool {
            let found = choices.iter().find(|(_, own, ..)| *own == word).map(|(choice, ..)| *choice);
            *answer = found.or(*answer);
            found.is_some()
        }
        match question {
            Question::Who => of(&Who::CHOICES, word, &mut self.who),
            Question::Workload => self.who.is_some_and(|who| of(Workload::choices(who), word, &mut self.workload)),
            Question::Number => of(&Number::CHOICES, word, &mut self.number),
            Question::Lifetime => of(&Lifetime::CHOICES, word, &mut self.lifetime),
        }
    }

    /// How many of the questions that are asked have an answer.
    pub fn given(self) -> usize {
        Question::ALL.iter().filter(|question| self.word(**question).is_some()).count()
    }

    /// The case, once every question that is asked has an answer.
    pub fn case(self) -> Option<Case> {
        if self.who? == Who::Person {
            return Some(Case::Person);
        }
        let workload = self.workload()?;
        if !workload.can_use_own_identity() {
            return Some(Case::Any(workload));
        }
        match self.number? {
            Number::Many => Some(Case::Shared(workload, Number::Many)),
            Number::One => Some(match self.lifetime? {
                Lifetime::Resource => Case::Alone(workload),
                Lifetime::Longer => Case::Shared(workload, Number::One),
            }),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Every combination of answers, also those that nobody can give.
    pub(in crate::guide) fn all() -> Vec<Answers> {
        fn with_none<T: Copy>(choices: &[Choice<T>]) -> Vec<Option<T>> {
            std::iter::once(None).chain(choices.iter().map(|(choice, ..)| Some(*choice))).collect()
        }
        let workloads = with_none(&[Workload::IN_AZURE.as_slice(), Workload::OUTSIDE.as_slice()].concat());
        let mut all = Vec::new();
        for who in with_none(&Who::CHOICES) {
            for workload in &workloads {
                for number in with_none(&Number::CHOICES) {
                    for lifetime in with_none(&Lifetime::CHOICES) {
                        all.push(Answers { who, workload: *workload, number, lifetime });
                    }
                }
            }
        }
        assert_eq!(all.len(), 4 * 20 * 3 * 3);
        all
    }

    #[test]
    fn there_is_a_case_exactly_when_every_question_asked_is_answered() {
        for answers in all() {
            let open = Question::ALL.iter().filter(|question| answers.asks(**question) && answers.word(**question).is_none()).count();
            assert_eq!(answers.case().is_some(), open == 0, "{answers:?}");
            // Never more than one open question is shown.
            assert!(open <= 1, "{answers:?}");
        }
    }

    #[test]
    fn every_choice_is_given_by_its_word() {
        for answers in all() {
            let mut again = Answers::default();
            for question in Question::ALL {
                if let Some(word) = answers.word(question) {
                    assert!(again.give(question, word), "{answers:?}");
                }
            }
            assert_eq!((again.case(), again.given()), (answers.case(), answers.given()), "{answers:?}");
        }
    }

    #[test]
    fn other_words_answer_nothing() {
        let mut answers = Answers::default();
        for (question, word) in [
            (Question::Who, ""),
            (Question::Who, "Person"),
            (Question::Workload, "vm"),
            (Question::Number, "two"),
            (Question::Lifetime, "<script>"),
        ] {
            assert!(!answers.give(question, word), "{word}");
        }
        assert_eq!(answers, Answers::default());
        assert!(answers.give(Question::Who, "outside") && !answers.give(Question::Workload, "vm"));
    }

    #[test]
    fn a_workload_of_another_place_does_not_count() {
        let answers = Answers { who: Some(Who::Outside), workload: Some(Workload::ScaleSet), ..Answers::default() };
        assert_eq!((answers.workload(), answers.case(), answers.given()), (None, None, 1));
    }
}
