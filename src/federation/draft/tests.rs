//! What a draft makes of what is typed.

use super::*;

fn github(entity: GitHubEntity, reference: &str) -> CredentialDraft {
    let (organisation, repository) = ("Contoso".into(), "shop".into());
    CredentialDraft { entity, organisation, repository, reference: reference.into(), ..CredentialDraft::default() }
}

fn subjects(draft: &CredentialDraft) -> Vec<String> {
    draft.trusts().into_iter().map(|trust| trust.subject).collect()
}

#[test]
fn github_subjects() {
    for (entity, reference, subject) in [
        (GitHubEntity::Branch, "main", "repo:Contoso/shop:ref:refs/heads/main"),
        (GitHubEntity::Branch, " refs/heads/release/1 ", "repo:Contoso/shop:ref:refs/heads/release/1"),
        (GitHubEntity::Tag, "v1.0", "repo:Contoso/shop:ref:refs/tags/v1.0"),
        (GitHubEntity::Environment, "prod:eu", "repo:Contoso/shop:environment:prod%3Aeu"),
        (GitHubEntity::PullRequest, "left from before", "repo:Contoso/shop:pull_request"),
    ] {
        assert_eq!(subjects(&github(entity, reference)), [subject]);
    }
    let ids = |form| CredentialDraft { form, owner_id: "1".into(), repository_id: "22".into(), ..github(GitHubEntity::Branch, "main") };
    assert_eq!(subjects(&ids(GitHubSubject::Ids)), ["repo:Contoso@1/shop@22:ref:refs/heads/main"]);
    let both = ids(GitHubSubject::Both).trusts();
    assert_eq!(both.iter().map(|trust| trust.suffix).collect::<Vec<_>>(), ["", "-ids"]);
}

#[test]
fn other_subjects_and_issuers() {
    let draft = |scenario| CredentialDraft {
        scenario,
        organisation: "contoso".into(),
        project: "group/app".into(),
        workspace: "prod".into(),
        reference: "main".into(),
        namespace: "shop".into(),
        service_account: "web".into(),
        subject: " 1234567890 ".into(),
        ..CredentialDraft::default()
    };
    let only = |scenario| draft(scenario).trusts().remove(0);
    let table = [
        (Scenario::Kubernetes, "", "system:serviceaccount:shop:web"),
        (Scenario::GitLab, GITLAB_ISSUER, "project_path:group/app:ref_type:branch:ref:main"),
        (Scenario::Terraform, TERRAFORM_ISSUER, "organization:contoso:project:group/app:workspace:prod:run_phase:plan"),
        (Scenario::Google, GOOGLE_ISSUER, "1234567890"),
        (Scenario::Other, "", "1234567890"),
    ];
    for (scenario, issuer, subject) in table {
        let trust = only(scenario);
        assert_eq!((trust.issuer.as_str(), trust.subject.as_str()), (issuer, subject));
    }
    assert_eq!(draft(Scenario::Terraform).trusts()[1].suffix, "-apply");
    let mut own = draft(Scenario::GitLab);
    own.set(Input::Issuer, "https://gitlab.contoso.example".into());
    assert_eq!(own.trusts()[0].issuer, "https://gitlab.contoso.example");
    own.scenario = Scenario::Terraform;
    assert_eq!(own.trusts()[0].issuer, TERRAFORM_ISSUER, "an issuer typed for another scenario");
    let prefixed = CredentialDraft { reference: "refs/heads/main".into(), ..draft(Scenario::GitLab) };
    assert_eq!(prefixed.trusts(), draft(Scenario::GitLab).trusts());
}

#[test]
fn an_address_becomes_its_values_once_the_input_is_left() {
    for (typed, issuer) in [
        ("Contoso/shop", GITHUB_ISSUER),
        ("github.com/Contoso/shop", GITHUB_ISSUER),
        ("https://github.com/Contoso/shop.git", GITHUB_ISSUER),
        ("https://github.com/Contoso/shop/actions", GITHUB_ISSUER),
        ("https://contoso.ghe.com/Contoso/shop", "https://token.actions.contoso.ghe.com"),
        ("https://github.contoso.com/Contoso/shop", "https://github.contoso.com/_services/token"),
    ] {
        let mut draft = CredentialDraft::default();
        draft.set(Input::Organisation, typed.into());
        assert_eq!(draft.organisation, typed, "while it is typed");
        draft.settle(Input::Organisation);
        assert_eq!((draft.organisation.as_str(), draft.repository.as_str()), ("Contoso", "shop"), "{typed}");
        assert_eq!(draft.trusts()[0].issuer, issuer, "{typed}");
    }
    for typed in ["Contoso/", "Contoso", "https://gitlab.com/Contoso/shop", "https://github.com"] {
        let mut draft = CredentialDraft { organisation: typed.into(), ..CredentialDraft::default() };
        draft.settle(Input::Organisation);
        assert_eq!(draft.organisation, typed);
    }
    let mut gitlab = CredentialDraft { scenario: Scenario::GitLab, ..CredentialDraft::default() };
    gitlab.set(Input::Project, "https://gitlab.contoso.example/group/sub/app/-/pipelines".into());
    gitlab.settle(Input::Project);
    assert_eq!((gitlab.project.as_str(), gitlab.value(Input::Issuer)), ("group/sub/app", "https://gitlab.contoso.example"));
}

#[test]
fn no_token_is_kept_from_any_input() {
    let token = "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln";
    for input in [Input::Name, Input::Issuer, Input::Audience, Input::Subject, Input::Organisation] {
        for typed in [token.to_owned(), format!("{{\"value\":\"{token}\"}}"), token.replace("Ni", "Ni \n")] {
            let mut draft = CredentialDraft::default();
            draft.set(input, typed.clone());
            let kept = draft.json().to_string();
            assert!(!kept.contains("eyJ"), "{input:?} {typed}: {kept}");
        }
    }
}

#[test]
fn a_pasted_token_fills_issuer_subject_and_audience() {
    let mut draft = CredentialDraft { scenario: Scenario::Google, ..CredentialDraft::default() };
    draft.set(Input::Subject, r#"{"iss":"https://token.example","sub":"a","aud":"api://other"}"#.into());
    assert_eq!(draft.scenario, Scenario::Other);
    assert_eq!((draft.value(Input::Issuer), draft.subject.as_str()), ("https://token.example", "a"));
    assert_eq!(draft.audience, "api://other");
}

#[test]
fn suggests_a_name_that_azure_takes() {
    let draft = github(GitHubEntity::Branch, "release/1.0");
    assert_eq!(draft.base_name(), "github-Contoso-shop-release-1-0");
    assert_eq!(CredentialDraft { name: " own ".into(), ..draft }.base_name(), "own");
}

#[test]
fn a_stored_draft_is_read_again() {
    let mut draft = CredentialDraft {
        scenario: Scenario::Terraform,
        entity: GitHubEntity::Tag,
        form: GitHubSubject::Both,
        is_tag: true,
        ..CredentialDraft::default()
    };
    for (input, name) in STORED {
        draft.set(input, name.to_uppercase());
    }
    for scenario in Scenario::ALL {
        draft.scenario = scenario;
        draft.set(Input::Issuer, format!("https://{scenario:?}.example"));
    }
    assert_eq!(CredentialDraft::of_json(&draft.json()), draft);
    for odd in [json!(null), json!([]), json!({ "scenario": 99, "entity": -1, "form": "x", "issuers": 1, "name": 2 })] {
        assert_eq!(CredentialDraft::of_json(&odd), CredentialDraft::default(), "{odd}");
    }
}
