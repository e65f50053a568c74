//! The session as JSON. It contains tokens: it is stored only in the tab's session storage, encrypted.

use serde_json::{Value, json};

use super::account::{Account, RefreshToken};
use super::secret::Secret;
use super::session::{AccessToken, Session};
use crate::arm::json::{list, some_text, text};

/// `session` as JSON, bound to `app`.
pub fn write(session: &Session, app: &str) -> String {
    let accounts: Vec<Value> = session.accounts().iter().map(write_account).collect();
    let tokens: Vec<Value> = session.access_tokens().iter().map(write_token).collect();
    let active = session.account().map(|account| account.home_account_id.as_str());
    json!({ "app": app, "accounts": accounts, "active": active, "directory": session.switched_tenant(), "tokens": tokens }).to_string()
}

/// The session in such a JSON text; `None` where it is malformed or bound to another app, whose tokens these are.
pub fn read(stored: &str, app: &str) -> Option<Session> {
    let stored: Value = serde_json::from_str(stored).ok().filter(|stored| text(stored, "app") == app)?;
    let accounts = stored.get("accounts")?.as_array()?.iter().filter_map(read_account).collect();
    let tokens = list(&stored, "tokens").iter().filter_map(read_token).collect();
    Some(Session::restored(accounts, some_text(&stored, "active"), some_text(&stored, "directory"), tokens))
}

fn write_account(account: &Account) -> Value {
    let refresh_token = account.refresh_token.as_ref();
    json!({
        "home": account.home_account_id, "tenant": account.tenant, "name": account.name, "username": account.username,
        "hint": account.login_hint, "refresh": refresh_token.map(|token| token.secret.reveal()),
        "refreshUntil": refresh_token.and_then(|token| token.expires_at), "since": account.signed_in_at
    })
}

fn read_account(stored: &Value) -> Option<Account> {
    let expires_at = stored.get("refreshUntil").and_then(Value::as_u64);
    Some(Account {
        home_account_id: some_text(stored, "home")?,
        tenant: some_text(stored, "tenant")?,
        name: text(stored, "name").to_owned(),
        username: text(stored, "username").to_owned(),
        login_hint: some_text(stored, "hint"),
        refresh_token: some_text(stored, "refresh").map(|token| RefreshToken { secret: Secret::new(token), expires_at }),
        signed_in_at: stored.get("since").and_then(Value::as_u64)?,
    })
}

fn write_token(token: &AccessToken) -> Value {
    json!({
        "account": token.home_account_id, "tenant": token.tenant, "scope": token.scope, "claims": token.claims,
        "secret": token.secret.reveal(), "since": token.requested_at, "until": token.expires_at, "renew": token.refresh_at
    })
}

fn read_token(stored: &Value) -> Option<AccessToken> {
    let time = |key: &str| stored.get(key).and_then(Value::as_u64);
    Some(AccessToken {
        home_account_id: some_text(stored, "account")?,
        tenant: some_text(stored, "tenant")?,
        scope: some_text(stored, "scope")?,
        claims: some_text(stored, "claims"),
        secret: Secret::new(some_text(stored, "secret")?),
        requested_at: time("since")?,
        expires_at: time("until")?,
        refresh_at: time("renew"),
    })
}
