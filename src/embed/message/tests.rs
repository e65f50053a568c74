//! The messages as exchanged: these texts are the contract, which only grows.

use expect_test::expect;

use super::*;
use crate::provisioning::draft::{Draft, TagRow};

const NONCE: &str = "0123456789abcdef0123456789abcdef";

fn draft() -> Draft {
    let tags = vec![TagRow { name: "Env".into(), value: "prod".into() }];
    Draft { name: "uami-apl2003".into(), region: "eastus".into(), tags, ..Draft::default() }
}

fn values() -> Values {
    Values::of(&draft())
}

#[test]
fn messages_from_the_page() {
    let code = [("azure-cli", Code { file_name: "create-identity.sh", text: "az identity create\n".into() })].into();
    let problem = ProblemTold { field: "Name".into(), blocks: true, message: "Use at least 3 characters.".into() };
    let created = Created {
        id: "/subscriptions/1/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami".into(),
        name: "uami".into(),
        location: "eastus".into(),
        client_id: "11111111-2222-3333-4444-555555555551".into(),
        principal_id: "11111111-2222-3333-4444-555555555552".into(),
        tenant_id: "11111111-2222-3333-4444-555555555553".into(),
    };
    let all = [
        FromPage::Ready { mode: "preview" },
        FromPage::Resize { height: 720 },
        FromPage::Changed { values: values(), valid: false, problems: vec![problem] },
        FromPage::Validated { values: Values::of(&Draft { group_is_new: true, ..draft() }), code },
        FromPage::Created(created),
        FromPage::Failed { code: "AuthorizationFailed".into(), message: "You may not.".into() },
        FromPage::Cancelled {},
        FromPage::TokenRequest {
            id: 7,
            scopes: vec!["https://management.azure.com/user_impersonation".into()],
            tenant: None,
            claims: Some("{}".into()),
        },
        FromPage::Ignored { count: 3 },
    ];
    let texts: Vec<_> = std::iter::once(knock(NONCE)).chain(all.iter().map(FromPage::text)).collect();
    expect![[r#"
        {"protocol":"identity-portal/1","kind":"knock","nonce":"0123456789abcdef0123456789abcdef"}
        {"kind":"ready","mode":"preview"}
        {"kind":"resize","height":720}
        {"kind":"changed","values":{"region":"eastus","name":"uami-apl2003","tags":{"Env":"prod"}},"valid":false,"problems":[{"field":"Name","blocks":true,"message":"Use at least 3 characters."}]}
        {"kind":"validated","values":{"newResourceGroup":true,"region":"eastus","name":"uami-apl2003","tags":{"Env":"prod"}},"code":{"azure-cli":{"fileName":"create-identity.sh","text":"az identity create\n"}}}
        {"kind":"created","id":"/subscriptions/1/resourceGroups/RG1/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami","name":"uami","location":"eastus","clientId":"11111111-2222-3333-4444-555555555551","principalId":"11111111-2222-3333-4444-555555555552","tenantId":"11111111-2222-3333-4444-555555555553"}
        {"kind":"failed","code":"AuthorizationFailed","message":"You may not."}
        {"kind":"cancelled"}
        {"kind":"token-request","id":7,"scopes":["https://management.azure.com/user_impersonation"],"tenant":null,"claims":"{}"}
        {"kind":"ignored","count":3}"#]].assert_eq(&texts.join("\n"));
}

#[test]
fn a_hello_carries_the_hosts_options() {
    let text = r#"{"protocol":"identity-portal/1","kind":"hello","nonce":"0123456789abcdef0123456789abcdef","options":{
        "mode":"code","prefill":{"name":"uami-apl2003","region":"eastus","tags":{"Env":"prod"},"later":1},"fixed":["region"],"hidden":["tags"],
        "rules":"{}","theme":{"name":"dark","tokens":{"--accent":"red"}},"locale":"en","tokens":true,"later":{}},"later":[]}"#;
    let options = hello(text, NONCE).expect("a valid hello");
    assert!(options.code_only() && options.tokens);
    assert_eq!((options.prefill, options.fixed, options.hidden), (values(), vec!["region".to_owned()], vec!["tags".to_owned()]));
    let bare = [r#"{"protocol":"identity-portal/1","kind":"hello","nonce":""#, NONCE, r#""}"#].concat();
    assert_eq!(hello(&bare, NONCE), Ok(Options::default()));
}

#[test]
fn other_first_messages_are_ignored() {
    let deep =
        [r#"{"protocol":"identity-portal/1","kind":"hello","options":{"later":"#, &"[".repeat(1000), &"]".repeat(1000), "}}"].concat();
    let table = [
        ("", Ignored::Shape),
        ("null", Ignored::Shape),
        ("[]", Ignored::Shape),
        ("{}", Ignored::Shape),
        (r#"{"protocol":7}"#, Ignored::Shape),
        (r#"{"protocol":"identity-portal/2","kind":"hello"}"#, Ignored::Version),
        (r#"{"protocol":"identity-portal/1 ","kind":"hello"}"#, Ignored::Version),
        (r#"{"protocol":"identity-portal/1"}"#, Ignored::Kind),
        (r#"{"protocol":"identity-portal/1","kind":"knock"}"#, Ignored::Kind),
        (r#"{"protocol":"identity-portal/1","kind":"hello"}"#, Ignored::Replay),
        (r#"{"protocol":"identity-portal/1","kind":"hello","nonce":"ffff"}"#, Ignored::Replay),
        (r#"{"protocol":"identity-portal/1","protocol":"identity-portal/1","kind":"hello"}"#, Ignored::Shape),
        (r#"{"__proto__":{"protocol":"identity-portal/1","kind":"hello"}}"#, Ignored::Shape),
        (r#"{"protocol":"identity-portal/1","kind":"hello","options":{"tokens":"yes"}}"#, Ignored::Shape),
        (&deep, Ignored::TooDeep),
    ];
    for (text, why) in table {
        assert_eq!(hello(text, NONCE), Err(why), "{}", text.get(..80).unwrap_or(text));
    }
}

#[test]
fn messages_from_the_host() {
    let read = |text: &str| from_host(text);
    assert!(
        read(r#"{"kind":"prefill","values":{"name":"uami-apl2003","region":"eastus","tags":{"Env":"prod"}}}"#)
            == Ok(FromHost::Prefill { values: values() })
    );
    assert!(
        read(r#"{"kind":"theme","theme":{"name":"dark"}}"#)
            == Ok(FromHost::Theme { theme: Theme { name: "dark".into(), ..Theme::default() } })
    );
    assert!(read(r#"{"kind":"locale","locale":"en"}"#) == Ok(FromHost::Locale { locale: "en".into() }));
    assert!(read(r#"{"kind":"tokens","available":true}"#) == Ok(FromHost::Tokens { available: true }));
    assert!(read(r#"{"kind":"token","id":7,"token":"secret","later":0}"#) == Ok(FromHost::Token { id: 7, token: Some("secret".into()) }));
    assert!(read(r#"{"kind":"token","id":7}"#) == Ok(FromHost::Token { id: 7, token: None }));
    assert!(read(r#"{"kind":"focus"}"#) == Ok(FromHost::Focus {}));
    for (text, why) in [
        (r#"{"kind":"created"}"#, Ignored::Kind),
        (r#"{"kind":"later","values":{}}"#, Ignored::Kind),
        (r#"{"kind":"prefill"}"#, Ignored::Shape),
        (r#"{"kind":"prefill","values":{"name":{}}}"#, Ignored::Shape),
        (r#"{"kind":"prefill","values":{"tags":[["a","b"]]}}"#, Ignored::Shape),
        (r#"{"kind":"token","id":-1,"token":"x"}"#, Ignored::Shape),
        (r#"{"kind":"token","id":4294967296}"#, Ignored::Shape),
        (r#"{"kind":"tokens","available":1}"#, Ignored::Shape),
        (r#"{"kind":["focus"]}"#, Ignored::Shape),
        (r#"{"Kind":"focus"}"#, Ignored::Shape),
        ("\u{0}", Ignored::Shape),
    ] {
        assert!(read(text) == Err(why), "{text}");
    }
}

/// Thousands of texts that are nearly messages: none is accepted, and none does harm.
#[test]
fn mangled_messages_are_ignored() {
    let good =
        [r#"{"kind":"prefill","values":{"name":"x"}}"#, r#"{"kind":"token","id":1,"token":"t"}"#, r#"{"kind":"tokens","available":true}"#];
    let mut tried = 0;
    for text in good {
        for at in 0..text.len() {
            for letter in ["", "\"", "{", "]", "\\", "\u{0}", "[[[[[[[[["] {
                // Wherever a character of the frame is lost or changed, the result is not a message; inside a value it is
                // another value.
                let mangled = [&text[..at], letter, &text[at + 1..]].concat();
                let is_value = serde_json::from_str::<serde_json::Value>(&mangled).is_ok();
                assert!(is_value || from_host(&mangled).is_err(), "{mangled}");
                tried += 1;
            }
            assert!(from_host(&text[..at]).is_err(), "{}", &text[..at]);
        }
    }
    assert!(tried > 700);
}
