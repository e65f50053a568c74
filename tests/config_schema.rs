//! `public/config.schema.json` and the program's own parser agree on every document of a table.
#![expect(clippy::expect_used, reason = "a test may")]

use identity_portal::settings::Settings;

const SCHEMA: &str = include_str!("../public/config.schema.json");
const GUID: &str = "11111111-2222-3333-4444-555555555555";

/// Valid documents; `GUID` is replaced by an ID.
const GOOD: &[&str] = &[
    "{}",
    r#"{"$schema":"config.schema.json"}"#,
    r#"{"mode":"preview"}"#,
    r#"{"mode":"live","clientId":"GUID"}"#,
    r#"{"cloud":"AzurePublic"}"#,
    r#"{"cloud":"AzureUSGovernment"}"#,
    r#"{"cloud":"AzureChina"}"#,
    r#"{"cloud":{"name":"Local","resourceManager":"https://management.local.azurestack.external/"}}"#,
    r#"{"cloud":{"name":"Local","resourceManager":"http://localhost:9000","authority":"http://127.0.0.1:9001/adfs","audience":"api://x"}}"#,
    r#"{"cloud":{"name":"Local","resourceManager":"http://[::1]:1"}}"#,
    r#"{"cloud":{"name":"Local","resourceManager":"http://arm.localhost"}}"#,
    r#"{"tenant":"organizations"}"#,
    r#"{"tenant":"contoso.example"}"#,
    r#"{"tenant":"GUID"}"#,
    r#"{"signIn":"redirect","tokenCache":"session"}"#,
    r#"{"signIn":"popup","tokenCache":"memory"}"#,
    r#"{"session":{}}"#,
    r#"{"session":{"idleMinutes":1,"absoluteMinutes":43200}}"#,
    r#"{"brand":{}}"#,
    r#"{"brand":{"name":"Contoso","logo":"logo.svg","helpUrl":"https://help.contoso.example/"}}"#,
    r#"{"brand":{"logo":"img/logo.svg"}}"#,
    r#"{"brand":{"logo":"https://cdn.contoso.example/logo.svg","helpUrl":"https://help.contoso.example/a/b;c=d"}}"#,
    r#"{"rules":{}}"#,
    r#"{"rules":{"name":{"pattern":"^id-","message":"Begin with id-."}}}"#,
    r#"{"rules":{"name":{"pattern":"id"},"requiredTags":[],"regions":[],"subscriptions":[]}}"#,
    r#"{"rules":{"requiredTags":[{"name":"cost centre","values":["a","b"],"pattern":"[ab]"},{"name":"größe"}]}}"#,
    r#"{"rules":{"regions":["eastus","West Europe"],"subscriptions":["GUID"]}}"#,
    r#"{"defaults":{"subscription":"GUID","resourceGroup":"RG1","region":"eastus","name":"uami-","isolationScope":"Regional","tags":{"Env":""}}}"#,
    r#"{"embed":{"allowedOrigins":["https://portal.example","http://localhost:3000"]}}"#,
    r#"{"embed":{}}"#,
    r#"{"offline":"on"}"#,
    r#"{"offline":"lists"}"#,
    r#"{"offline":"off"}"#,
];

/// Invalid documents, and the path that is reported.
const BAD: &[(&str, &str)] = &[
    ("[]", "config.json"),
    ("null", "config.json"),
    (r#"{"Mode":"preview"}"#, "Mode"),
    (r#"{"mode":"Preview"}"#, "mode"),
    (r#"{"mode":null}"#, "mode"),
    (r#"{"mode":"live"}"#, "clientId"),
    (r#"{"offline":false}"#, "offline"),
    (r#"{"clientId":"x"}"#, "clientId"),
    (r#"{"clientId":1}"#, "clientId"),
    (r#"{"cloud":"azurepublic"}"#, "cloud"),
    (r#"{"cloud":7}"#, "cloud"),
    (r#"{"cloud":{"name":"Local"}}"#, "cloud.resourceManager"),
    (r#"{"cloud":{"resourceManager":"https://a.example"}}"#, "cloud.name"),
    (r#"{"cloud":{"name":"Local","resourceManager":"http://arm.example"}}"#, "cloud.resourceManager"),
    (r#"{"cloud":{"name":"Local","resourceManager":"http://localhost.example"}}"#, "cloud.resourceManager"),
    (r#"{"cloud":{"name":"Local","resourceManager":"https://arm.example/path"}}"#, "cloud.resourceManager"),
    (r#"{"cloud":{"name":"Local","resourceManager":"https://me@arm.example"}}"#, "cloud.resourceManager"),
    (r#"{"cloud":{"name":"Local","resourceManager":"https://arm.example:x"}}"#, "cloud.resourceManager"),
    (r#"{"cloud":{"name":"Local","resourceManager":"javascript:alert(1)"}}"#, "cloud.resourceManager"),
    (r#"{"cloud":{"name":"Local","resourceManager":"https://a.example","authority":"http://a.example"}}"#, "cloud.authority"),
    (r#"{"cloud":{"name":"Local","resourceManager":"https://a.example","audience":""}}"#, "cloud.audience"),
    (r#"{"cloud":{"name":"Local","resourceManager":"https://a.example","portal":"x"}}"#, "cloud.portal"),
    (r#"{"tenant":"a/b"}"#, "tenant"),
    (r#"{"tenant":""}"#, "tenant"),
    (r#"{"tenant":"common"}"#, "tenant"),
    (r#"{"tenant":"Consumers"}"#, "tenant"),
    (r#"{"session":60}"#, "session"),
    (r#"{"session":{"idle":60}}"#, "session.idle"),
    (r#"{"session":{"idleMinutes":0}}"#, "session.idleMinutes"),
    (r#"{"session":{"idleMinutes":"60"}}"#, "session.idleMinutes"),
    (r#"{"session":{"idleMinutes":1.5}}"#, "session.idleMinutes"),
    (r#"{"session":{"absoluteMinutes":-1}}"#, "session.absoluteMinutes"),
    (r#"{"session":{"absoluteMinutes":43201}}"#, "session.absoluteMinutes"),
    (r#"{"signIn":"iframe"}"#, "signIn"),
    (r#"{"tokenCache":"local"}"#, "tokenCache"),
    (r#"{"brand":"Contoso"}"#, "brand"),
    (r#"{"brand":{"logo":"javascript:alert(1)"}}"#, "brand.logo"),
    (r#"{"brand":{"logo":"//evil.example/x"}}"#, "brand.logo"),
    (r#"{"brand":{"helpUrl":"help"}}"#, "brand.helpUrl"),
    (r#"{"brand":{"helpUrl":"https://help.example/?a"}}"#, "brand.helpUrl"),
    (r#"{"rules":{"name":"id-"}}"#, "rules.name"),
    (r#"{"rules":{"name":{"message":"x"}}}"#, "rules.name.pattern"),
    (r#"{"rules":{"requiredTags":{"name":"Env"}}}"#, "rules.requiredTags"),
    (r#"{"rules":{"requiredTags":[{"name":"a/b"}]}}"#, "rules.requiredTags[0].name"),
    (r#"{"rules":{"requiredTags":[{"name":"a"},{"values":["a"]}]}}"#, "rules.requiredTags[1].name"),
    (r#"{"rules":{"requiredTags":[{"name":"a","values":["a",""]}]}}"#, "rules.requiredTags[0].values[1]"),
    (r#"{"rules":{"regions":["east-us"]}}"#, "rules.regions[0]"),
    (r#"{"rules":{"regions":[" "]}}"#, "rules.regions[0]"),
    (r#"{"rules":{"subscriptions":["all"]}}"#, "rules.subscriptions[0]"),
    (r#"{"rules":{"tags":[]}}"#, "rules.tags"),
    (r#"{"defaults":{"isolationScope":"regional"}}"#, "defaults.isolationScope"),
    (r#"{"defaults":{"tags":{"a/b":"c"}}}"#, "defaults.tags.a/b"),
    (r#"{"defaults":{"tags":{"a":1}}}"#, "defaults.tags.a"),
    (r#"{"defaults":{"direct":true}}"#, "defaults.direct"),
    (r#"{"embed":{"allowedOrigins":"https://portal.example"}}"#, "embed.allowedOrigins"),
    (r#"{"embed":{"allowedOrigins":["*"]}}"#, "embed.allowedOrigins[0]"),
    (r#"{"embed":{"allowedOrigins":["https://*.example"]}}"#, "embed.allowedOrigins[0]"),
    (r#"{"embed":{"allowedOrigins":["http://portal.example"]}}"#, "embed.allowedOrigins[0]"),
];

fn schema_accepts(document: &str) -> bool {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
    validator.is_valid(&serde_json::from_str(document).expect("the document is JSON"))
}

#[test]
fn both_accept_valid_documents() {
    for document in GOOD {
        let document = document.replace("GUID", GUID);
        assert_eq!(Settings::read(&document, "", "").err(), None, "{document}");
        assert!(schema_accepts(&document), "{document}");
    }
}

#[test]
fn both_refuse_invalid_documents_and_the_path_is_named() {
    for (document, place) in BAD {
        let document = document.replace("GUID", GUID);
        assert!(!schema_accepts(&document), "{document}");
        let problems = Settings::read(&document, "", "").expect_err(&document);
        assert!(problems.iter().any(|problem| problem.text().contains(place)), "{document}: {problems:?}");
    }
}

/// The schema cannot validate regular expressions; the parser refuses invalid ones and reports the path and reason.
#[test]
fn an_invalid_pattern_is_refused() {
    let document =
        r#"{"rules":{"name":{"pattern":"id-["},"requiredTags":[{"name":"a","pattern":"[0-9]"},{"name":"b","pattern":"(?=x)"}]}}"#;
    assert!(schema_accepts(document));
    let problems = Settings::read(document, "", "").expect_err("two patterns are bad");
    let sentences: Vec<_> = problems.iter().map(identity_portal::messages::Sentence::text).collect();
    assert_eq!(sentences.len(), 2, "{sentences:?}");
    assert!(
        sentences[0].starts_with("rules.name.pattern is id-[, which can't be used: it isn't a valid regular expression ("),
        "{sentences:?}"
    );
    assert!(sentences[1].starts_with("rules.requiredTags[1].pattern is (?=x), which can't be used: lookahead"), "{sentences:?}");
    // Until the patterns are compiled, they match nothing.
    let settings = Settings::uncompiled(document, "", "").expect("only the patterns are bad");
    assert!(settings.rules.names.iter().all(|rule| !rule.pattern.matches("id-[")));
}

#[test]
fn all_problems_are_reported_at_once() {
    let problems = Settings::read(r#"{"a":1,"mode":2,"tenant":"/","rules":{"b":1,"regions":[3]}}"#, "", "").expect_err("much is wrong");
    assert_eq!(problems.len(), 5, "{problems:?}");
    let broken = Settings::read("{\n  \"mode\": }", "", "").expect_err("it is not JSON");
    assert_eq!(
        broken.iter().map(identity_portal::messages::Sentence::text).collect::<Vec<_>>(),
        ["config.json isn't valid JSON. See line 2, column 11."]
    );
}
