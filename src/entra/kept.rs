//! The session as text. It holds tokens: it goes into the tab's own storage, encrypted, and nowhere else.

use serde_json::{Value, json};

use super::account::{Account, Refresh};
use super::secret::Secret;
use super::session::{Session, Token};
use crate::arm::json::{list, some_text, text};

/// `session` as text, for the app `app` alone.
pub fn write(session: &Session, app: &str) -> String {
    let accounts: Vec<Value> = session.accounts().iter().map(write_account).collect();
    let tokens: Vec<Value> = session.tokens().iter().map(write_token).collect();
    let active = session.account().map(|account| account.home.as_str());
    json!({ "app": app, "accounts": accounts, "active": active, "directory": session.switched(), "tokens": tokens }).to_string()
}

/// The session in such a text; `None` where it is none, or another app's: its tokens are for others.
pub fn read(kept: &str, app: &str) -> Option<Session> {
    let kept: Value = serde_json::from_str(kept).ok().filter(|kept| text(kept, "app") == app)?;
    let accounts = kept.get("accounts")?.as_array()?.iter().filter_map(read_account).collect();
    let tokens = list(&kept, "tokens").iter().filter_map(read_token).collect();
    Some(Session::restored(accounts, some_text(&kept, "active"), some_text(&kept, "directory"), tokens))
}

fn write_account(account: &Account) -> Value {
    let refresh = account.refresh.as_ref();
    json!({
        "home": account.home, "tenant": account.tenant, "name": account.name, "username": account.username, "hint": account.login_hint,
        "refresh": refresh.map(|refresh| refresh.token.reveal()), "refreshUntil": refresh.and_then(|refresh| refresh.until),
        "since": account.since
    })
}

fn read_account(kept: &Value) -> Option<Account> {
    let until = kept.get("refreshUntil").and_then(Value::as_u64);
    Some(Account {
        home: some_text(kept, "home")?,
        tenant: some_text(kept, "tenant")?,
        name: text(kept, "name").to_owned(),
        username: text(kept, "username").to_owned(),
        login_hint: some_text(kept, "hint"),
        refresh: some_text(kept, "refresh").map(|token| Refresh { token: Secret::new(token), until }),
        since: kept.get("since").and_then(Value::as_u64)?,
    })
}

fn write_token(token: &Token) -> Value {
    json!({
        "account": token.account, "tenant": token.tenant, "scope": token.scope, "claims": token.claims, "secret": token.secret.reveal(),
        "since": token.since, "until": token.until, "renew": token.renew
    })
}

fn read_token(kept: &Value) -> Option<Token> {
    let moment = |key: &str| kept.get(key).and_then(Value::as_u64);
    Some(Token {
        account: some_text(kept, "account")?,
        tenant: some_text(kept, "tenant")?,
        scope: some_text(kept, "scope")?,
        claims: some_text(kept, "claims"),
        secret: Secret::new(some_text(kept, "secret")?),
        since: moment("since")?,
        until: moment("until")?,
        renew: moment("renew"),
    })
}
