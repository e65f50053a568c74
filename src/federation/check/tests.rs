//! What is told of a draft.

use super::*;
use crate::federation::draft::AUDIENCE;

const NONE: Known<'static> = Known { credentials: &[], replaced: None, audience: AUDIENCE };

fn github() -> CredentialDraft {
    CredentialDraft { organisation: "Contoso".into(), repository: "shop".into(), reference: "main".into(), ..CredentialDraft::default() }
}

fn with(mut draft: CredentialDraft, input: Input, value: &str) -> CredentialDraft {
    draft.set(input, value.into());
    draft
}

fn other(issuer: &str, subject: &str) -> CredentialDraft {
    let draft = CredentialDraft { scenario: Scenario::Other, subject: subject.into(), ..CredentialDraft::default() };
    with(draft, Input::Issuer, issuer)
}

fn found(draft: &CredentialDraft, known: Known<'_>) -> Vec<(Input, Severity, Message)> {
    let all = check(draft, known).into_iter().map(|problem| (problem.input, problem.severity, problem.sentence.message));
    all.filter(|(_, severity, _)| *severity != Severity::Informs).collect()
}

fn github_at(reference: &str) -> CredentialDraft {
    CredentialDraft { reference: reference.into(), ..github() }
}

fn gitlab(project: &str) -> CredentialDraft {
    CredentialDraft { scenario: Scenario::GitLab, project: project.into(), reference: "main".into(), ..CredentialDraft::default() }
}

#[test]
fn what_can_be_saved() {
    let kubernetes = CredentialDraft {
        scenario: Scenario::Kubernetes,
        namespace: "shop".into(),
        service_account: "web.api".into(),
        ..CredentialDraft::default()
    };
    let kubernetes = with(kubernetes, Input::Issuer, "https://eastus.oic.prod-aks.azure.com/t/u/");
    for draft in [github(), kubernetes, gitlab("g/p"), other("https://token.example", "a")] {
        assert_eq!(found(&draft, NONE), [], "{draft:?}");
    }
}

#[test]
fn what_is_wrong_in_a_value() {
    use Severity::{Blocks, Warns};
    let aks = "https://eastus.oic.prod-aks.azure.com/t/u";
    let table = [
        (CredentialDraft { reference: String::new(), ..github() }, Input::Reference, Blocks, messages::CREDENTIAL_VALUE_MISSING),
        (
            CredentialDraft { organisation: "con toso".into(), ..github() },
            Input::Organisation,
            Blocks,
            messages::CREDENTIAL_ORGANISATION_WRONG,
        ),
        (CredentialDraft { repository: "shop!".into(), ..github() }, Input::Repository, Blocks, messages::CREDENTIAL_REPOSITORY_WRONG),
        (CredentialDraft { reference: "release/*".into(), ..github() }, Input::Reference, Blocks, messages::CREDENTIAL_NO_WILDCARD),
        (github_at("ma in~^"), Input::Reference, Blocks, messages::CREDENTIAL_REFERENCE_WRONG),
        (github_at("main\u{200b}"), Input::Reference, Blocks, messages::CREDENTIAL_HIDDEN),
        (
            CredentialDraft { entity: GitHubEntity::Tag, ..github_at("refs/heads/main") },
            Input::Reference,
            Blocks,
            messages::CREDENTIAL_REFERENCE_WRONG,
        ),
        (gitlab("https://gitlab.com/group/app"), Input::Project, Blocks, messages::CREDENTIAL_PROJECT_WRONG),
        (gitlab("group/*"), Input::Project, Blocks, messages::CREDENTIAL_PROJECT_WRONG),
        (gitlab("my group/my app"), Input::Project, Blocks, messages::CREDENTIAL_PROJECT_WRONG),
        (with(gitlab("g/p"), Input::Issuer, "https://gitlab.com/"), Input::Issuer, Warns, messages::CREDENTIAL_ISSUER_SLASH),
        (CredentialDraft { name: "-x".into(), ..github() }, Input::Name, Blocks, messages::CREDENTIAL_NAME_WRONG),
        (CredentialDraft { audience: "api://other".into(), ..github() }, Input::Audience, Warns, messages::CREDENTIAL_AUDIENCE_OWN),
        (other("http://token.example", "a"), Input::Issuer, Blocks, messages::CREDENTIAL_ISSUER_WRONG),
        (other("https://", "a"), Input::Issuer, Blocks, messages::CREDENTIAL_ISSUER_WRONG),
        (other("https://token.example?x", "a"), Input::Issuer, Blocks, messages::CREDENTIAL_ISSUER_WRONG),
        (other(aks, "a"), Input::Issuer, Warns, messages::CREDENTIAL_ISSUER_AKS),
        (other("https://token.actions.githubusercontent.com/", "a"), Input::Issuer, Warns, messages::CREDENTIAL_ISSUER_SLASH),
        (other("https://vstoken.dev.azure.com/1", "a"), Input::Issuer, Warns, messages::CREDENTIAL_ISSUER_RETIRES),
        (other("https://sts.windows.net/1/", "a"), Input::Issuer, Warns, messages::CREDENTIAL_ISSUER_ENTRA),
        (other("https://token.example", "a*"), Input::Subject, Warns, messages::CREDENTIAL_NO_WILDCARD),
        (other("https://token.example", "repo:a/b:pull-request"), Input::Subject, Warns, messages::CREDENTIAL_PULL_REQUEST),
        (other("https://token.example", &"a".repeat(601)), Input::Subject, Blocks, messages::CREDENTIAL_VALUE_LONG),
    ];
    for (draft, input, severity, message) in table {
        assert_eq!(found(&draft, NONE), [(input, severity, message)], "{draft:?}");
    }
}

#[test]
fn azure_devops_may_have_an_issuer_of_entra() {
    let draft = other("https://login.microsoftonline.com/t/v2.0", "/eid1/c/pub/t/a/a/b/sc/o/c");
    assert_eq!(found(&draft, NONE), []);
}

fn credential(name: &str, subject: &str) -> FederatedCredential {
    let (issuer, audiences) = (GITHUB_ISSUER.to_owned(), vec![AUDIENCE.to_owned()]);
    FederatedCredential { name: name.into(), issuer, subject: subject.into(), audiences }
}

#[test]
fn what_the_identity_has_already() {
    let subject = "repo:Contoso/shop:ref:refs/heads/main";
    let one = |name: &str, subject: &str| [credential(name, subject)];
    for (credentials, expected) in [
        (one("x", subject), Some((Input::Reference, messages::CREDENTIAL_EXISTS))),
        (one("x", "repo:contoso/shop:ref:refs/heads/main"), Some((Input::Reference, messages::CREDENTIAL_CASE_DIFFERS))),
        (one("GITHUB-Contoso-shop-main", "other"), Some((Input::Name, messages::CREDENTIAL_NAME_TAKEN))),
        (one("x", "other"), None),
    ] {
        let known = Known { credentials: &credentials, ..NONE };
        let problems: Vec<_> = found(&github(), known).into_iter().map(|(input, _, message)| (input, message)).collect();
        assert_eq!(problems, expected.into_iter().collect::<Vec<_>>(), "{credentials:?}");
    }
    let other_audience = [FederatedCredential { audiences: vec!["api://other".into()], ..credential("x", subject) }];
    let known = Known { credentials: &other_audience, ..NONE };
    assert_eq!(found(&github(), known), [(Input::Reference, Severity::Blocks, messages::CREDENTIAL_PAIR_TAKEN)]);
    assert_eq!(found(&github(), Known { replaced: Some("X"), ..known }), [], "the credential that is replaced");
}

#[test]
fn only_what_is_missing_is_written() {
    let draft = CredentialDraft {
        scenario: Scenario::Terraform,
        organisation: "o".into(),
        project: "p".into(),
        workspace: "w".into(),
        ..CredentialDraft::default()
    };
    let plan = missing(&draft, NONE).remove(0);
    assert_eq!(plan.name, "terraform-o-w-plan");
    let credentials = [plan];
    let known = Known { credentials: &credentials, ..NONE };
    let names: Vec<_> = missing(&draft, known).into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["terraform-o-w-apply"]);
    assert_eq!(found(&draft, known), [], "what was made before a failure doesn't stand in the way");
}

#[test]
fn an_identity_has_20_at_most() {
    let credentials: Vec<_> = (0..19).map(|at| credential(&format!("c{at}"), &format!("s{at}"))).collect();
    let known = Known { credentials: &credentials, ..NONE };
    assert_eq!(found(&github(), known), []);
    let both = CredentialDraft { form: GitHubSubject::Both, owner_id: "1".into(), repository_id: "2".into(), ..github() };
    assert_eq!(found(&both, known), [(Input::Name, Severity::Blocks, messages::CREDENTIALS_FULL)]);
}

#[test]
fn a_suggested_name_is_one_that_azure_takes() {
    let long = CredentialDraft { repository: "é".repeat(300), reference: "x".repeat(300), ..github() };
    assert!(is_name(&[&*long.base_name(), "-apply"].concat()), "{}", long.base_name());
}
