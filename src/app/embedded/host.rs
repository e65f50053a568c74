//! The host, once it is known: the line to it, what it wants, and how much of what came was ignored.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{events, tokens};
use crate::browser::parent::{self, Line, Port};
use crate::browser::{clock, element};
use crate::controls::Hold;
use crate::create::form::Form;
use crate::embed::limits::{Budget, LENGTH_MAX, SENT_MAX};
use crate::embed::message::{FromHost, FromPage, Options, from_host};
use crate::embed::theme::Theme;
use crate::embed::values::{Values, field_named};
use crate::messages::{self, Locale};
use crate::provisioning::field::Field;

/// How long ignored messages are gathered before they are told of: a flood of them is one word.
const GATHERED: Duration = Duration::from_millis(250);
/// Most messages that wait for the form.
const EARLY_MAX: usize = 32;

#[derive(Default)]
struct Host {
    line: Option<Line>,
    code_only: bool,
    prefill: Values,
    fixed: Vec<Field>,
    hidden: Vec<Field>,
    tokens_set: Vec<&'static str>,
    budget: Budget,
    ignored: u32,
    telling: bool,
    again: Option<Callback<()>>,
    form: Option<RwSignal<Option<Form>>>,
    /// What came before the form was there; none once it is.
    early: Option<Vec<String>>,
    /// Values that came while no form was open.
    later: Option<Values>,
}

thread_local! {
    static HOST: RefCell<Host> = RefCell::default();
}

fn with<T>(look: impl FnOnce(&mut Host) -> T) -> T {
    HOST.with_borrow_mut(look)
}

/// Nobody is known yet. `again` draws the page anew.
pub(super) fn begin(again: Callback<()>) {
    with(|host| {
        host.again = Some(again);
        host.form = Some(RwSignal::new(None));
    });
}

/// Whether the host is known.
pub(super) fn is_known() -> bool {
    with(|host| host.line.is_some())
}

/// Now it is.
pub(super) fn know(port: Port, options: &Options) {
    let fields = |names: &[String]| names.iter().filter_map(|name| field_named(name)).collect::<Vec<_>>();
    with(|host| {
        host.code_only = options.code_only();
        host.prefill = options.prefill.clone();
        host.fixed = fields(&options.fixed);
        host.hidden = fields(&options.hidden);
        host.early = Some(Vec::new());
        host.line = Some(Line::take(port, LENGTH_MAX, heard));
    });
}

/// The form is there: what the host said meanwhile is done now. Its options would take that back.
pub(super) fn entered() {
    for text in with(|host| host.early.take()).unwrap_or_default() {
        act(&text);
    }
}

/// Tells the host, if there is one.
pub(super) fn say(message: &FromPage) {
    let line = with(|host| host.line.clone());
    if let Some(line) = line {
        let text = message.text();
        // The element would pass over it.
        if text.encode_utf16().count() <= SENT_MAX {
            line.say(&text);
        } else {
            line.say(&FromPage::Failed { code: "too-long".to_owned(), message: messages::HOST_TOO_LONG.text().into_owned() }.text());
        }
    }
}

/// Whether nothing may be created.
pub(super) fn code_only() -> bool {
    with(|host| host.code_only)
}

/// The values that nobody may change.
pub(super) fn fixed() -> Values {
    with(|host| {
        let held = host.fixed.iter().chain(&host.hidden);
        host.prefill.only(&held.copied().collect::<Vec<_>>())
    })
}

/// How a field is held. What has no value is neither fixed nor hidden: nobody could fill it. Nor is a group whose
/// subscription may change: it would be gone with that.
pub(super) fn hold(field: Field) -> Hold {
    with(|host| {
        let subscription_stays = [&host.fixed, &host.hidden].into_iter().any(|held| held.contains(&Field::Subscription));
        let may_go = field == Field::ResourceGroup && !(subscription_stays && host.prefill.says(Field::Subscription));
        if may_go || !host.prefill.says(field) {
            Hold::Free
        } else if host.hidden.contains(&field) {
            Hold::Hidden
        } else if host.fixed.contains(&field) {
            Hold::Fixed
        } else {
            Hold::Free
        }
    })
}

/// The form that is open; follows it.
pub(super) fn form() -> Option<Form> {
    let form = with(|host| host.form)?;
    form.get()
}

/// The form was opened.
pub(super) fn set_form(form: Form) {
    if let Some(values) = with(|host| host.later.take()) {
        form.fill(&values);
    }
    if let Some(known) = with(|host| host.form) {
        known.set(Some(form));
    }
}

fn open_form() -> Option<Form> {
    let form = with(|host| host.form)?;
    form.get_untracked()
}

/// Takes note that something was ignored, and tells of it a little later.
pub(super) fn ignore(count: u32) {
    let is_due = with(|host| {
        host.ignored = host.ignored.saturating_add(count);
        count > 0 && !std::mem::replace(&mut host.telling, true)
    });
    if is_due {
        spawn_local(async {
            clock::wait(GATHERED).await;
            let count = with(|host| {
                host.telling = false;
                host.ignored
            });
            element::mark_root("data-ignored", Some(&count.to_string()));
            say(&FromPage::Ignored { count });
        });
    }
}

/// Gives the page the host's looks, and takes the former ones back.
pub(super) fn dress(theme: &Theme) {
    let (usable, refused) = theme.usable();
    let names = usable.iter().map(|(name, _)| *name).collect();
    for name in with(|host| std::mem::replace(&mut host.tokens_set, names)) {
        parent::set_token(name, None);
    }
    element::mark_root("data-theme", theme.known_name());
    for (name, value) in usable {
        parent::set_token(name, Some(value));
    }
    ignore(u32::try_from(refused).unwrap_or(u32::MAX));
}

/// Something came by the line.
fn heard(text: Option<String>) {
    let is_read = with(|host| host.budget.takes(clock::now()));
    let Some(text) = text.filter(|_| is_read) else { return ignore(1) };
    let is_early = with(|host| host.early.as_ref().map(Vec::len));
    match is_early {
        Some(count) if count < EARLY_MAX => with(|host| host.early.get_or_insert_default().push(text)),
        Some(_) => ignore(1),
        None => act(&text),
    }
}

fn act(text: &str) {
    let Ok(message) = from_host(text) else { return ignore(1) };
    match message {
        FromHost::Prefill { values } => prefill(values),
        FromHost::Theme { theme } => dress(&theme),
        FromHost::Locale { locale } => {
            let locale = if locale == "pseudo" { Locale::Pseudo } else { Locale::English };
            if locale != Locale::current() {
                locale.make_current();
                if let Some(again) = with(|host| host.again) {
                    again.run(());
                }
            }
        }
        FromHost::Tokens { available } => {
            let again = tokens::renew(available);
            if let Some(form) = open_form() {
                events::signed(form, again);
            }
        }
        FromHost::Token { id, token } => {
            if !tokens::answered(id, token) {
                ignore(1);
            }
        }
        FromHost::Focus {} => element::focus("page-title"),
        FromHost::Unknown => ignore(1),
    }
}

/// Puts other values into the form, as if they were typed now. They hold where fields are fixed.
fn prefill(values: Values) {
    let is_filled = open_form().is_some_and(|form| form.fill(&values));
    with(|host| {
        host.later = (!is_filled).then(|| values.clone());
        host.prefill = values;
    });
}
