//! The host page: the connection to it, its options, and how many of its messages were ignored. What its messages do is up to
//! [`incoming`](super::incoming).

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::parent::{self, Line, Port};
use crate::browser::{clock, element};
use crate::controls::Hold;
use crate::create::form::Form;
use crate::embed::limits::{Budget, LENGTH_MAX, SENT_MAX};
use crate::embed::message::{FromHost, FromPage, Options, from_host};
use crate::embed::theme::Theme;
use crate::embed::values::Values;
use crate::messages;
use crate::provisioning::field::Field;

/// How long ignored messages are counted before the host is told, so that a flood of them makes one report.
const REPORT_DELAY: Duration = Duration::from_millis(250);
/// The most messages that wait for the form.
const QUEUE_MAX: usize = 32;

#[derive(Default)]
struct Host {
    connection: Option<Line>,
    on_message: Option<fn(FromHost)>,
    code_only: bool,
    prefill: Values,
    fixed: Vec<Field>,
    hidden: Vec<Field>,
    /// The design tokens that the host has set.
    theme_tokens: Vec<&'static str>,
    budget: Budget,
    ignored: u32,
    is_report_due: bool,
    redraw: Option<Callback<()>>,
    form: Option<RwSignal<Option<Form>>>,
    /// Messages that came before the form was drawn; `None` once it is.
    queue: Option<Vec<String>>,
    /// Values that came while no form was open.
    waiting_values: Option<Values>,
}

thread_local! {
    // `Hosted`, `Holds` and `Cloud` hold plain functions, which find their state here.
    static HOST: RefCell<Host> = RefCell::default();
}

fn with<T>(access: impl FnOnce(&mut Host) -> T) -> T {
    HOST.with_borrow_mut(access)
}

/// Before the handshake. `redraw` draws the page again, as after a change of language.
pub(super) fn set_up(redraw: Callback<()>) {
    with(|host| {
        host.redraw = Some(redraw);
        host.form = Some(RwSignal::new(None));
    });
}

pub(super) fn is_connected() -> bool {
    with(|host| host.connection.is_some())
}

/// The handshake succeeded. `on_message` is called for each message once the form is drawn.
pub(super) fn connect(port: Port, options: &Options, on_message: fn(FromHost)) {
    let fields = |names: &[String]| names.iter().filter_map(|name| Some(Field::of_key(name)?.field)).collect::<Vec<_>>();
    with(|host| {
        host.code_only = options.code_only();
        host.prefill = options.prefill.clone();
        host.fixed = fields(&options.fixed);
        host.hidden = fields(&options.hidden);
        host.on_message = Some(on_message);
        host.queue = Some(Vec::new());
        host.connection = Some(Line::take(port, LENGTH_MAX, receive));
    });
}

/// The form is drawn: handles the messages that came before. Earlier, the options would have overwritten them.
pub(super) fn handle_queue() {
    for text in with(|host| host.queue.take()).unwrap_or_default() {
        handle(&text);
    }
}

fn receive(text: Option<String>) {
    let is_allowed = with(|host| host.budget.takes(clock::now()));
    let Some(text) = text.filter(|_| is_allowed) else { return ignore(1) };
    let queued = with(|host| host.queue.as_ref().map(Vec::len));
    match queued {
        Some(count) if count < QUEUE_MAX => with(|host| host.queue.get_or_insert_default().push(text)),
        Some(_) => ignore(1),
        None => handle(&text),
    }
}

fn handle(text: &str) {
    match (from_host(text), with(|host| host.on_message)) {
        (Ok(message), Some(on_message)) => on_message(message),
        _ => ignore(1),
    }
}

/// Sends `message` to the host, if there is one.
pub(super) fn send(message: &FromPage) {
    let connection = with(|host| host.connection.clone());
    if let Some(connection) = connection {
        let text = message.text();
        // `embed.js` ignores longer messages.
        if text.encode_utf16().count() <= SENT_MAX {
            connection.say(&text);
        } else {
            connection.say(&FromPage::Failed { code: "too-long".to_owned(), message: messages::HOST_TOO_LONG.text().into_owned() }.text());
        }
    }
}

/// Counts ignored messages, and reports them to the host a little later.
pub(super) fn ignore(count: u32) {
    let is_first = with(|host| {
        host.ignored = host.ignored.saturating_add(count);
        count > 0 && !std::mem::replace(&mut host.is_report_due, true)
    });
    if is_first {
        spawn_local(async {
            clock::wait(REPORT_DELAY).await;
            let count = with(|host| {
                host.is_report_due = false;
                host.ignored
            });
            element::mark_root("data-ignored", Some(&count.to_string()));
            send(&FromPage::Ignored { count });
        });
    }
}

/// Whether nothing may be created.
pub(super) fn code_only() -> bool {
    with(|host| host.code_only)
}

/// The values of fixed and hidden fields.
pub(super) fn fixed_values() -> Values {
    with(|host| {
        let held = host.fixed.iter().chain(&host.hidden);
        host.prefill.only(&held.copied().collect::<Vec<_>>())
    })
}

/// Whether a field is fixed or hidden. A field without a value is neither, since nobody could fill it in. Nor is a resource group
/// whose subscription may change, which would clear it.
pub(super) fn hold(field: Field) -> Hold {
    with(|host| {
        let is_subscription_held = [&host.fixed, &host.hidden].into_iter().any(|held| held.contains(&Field::Subscription));
        let may_be_cleared = field == Field::ResourceGroup && !(is_subscription_held && host.prefill.says(Field::Subscription));
        if may_be_cleared || !host.prefill.says(field) {
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

/// The open form. Tracked.
pub(super) fn form() -> Option<Form> {
    let form = with(|host| host.form)?;
    form.get()
}

/// The open form.
pub(super) fn form_untracked() -> Option<Form> {
    let form = with(|host| host.form)?;
    form.get_untracked()
}

/// The form was opened.
pub(super) fn set_form(form: Form) {
    if let Some(values) = with(|host| host.waiting_values.take()) {
        form.fill(&values);
    }
    if let Some(open) = with(|host| host.form) {
        open.set(Some(form));
    }
}

/// Fills other values into the form, as if they were typed now. Fixed fields get them, too.
pub(super) fn prefill(values: Values) {
    let is_filled = form_untracked().is_some_and(|form| form.fill(&values));
    with(|host| {
        host.waiting_values = (!is_filled).then(|| values.clone());
        host.prefill = values;
    });
}

/// Applies the host's theme, in place of its former one.
pub(super) fn apply_theme(theme: &Theme) {
    let (usable, refused) = theme.usable();
    let names = usable.iter().map(|(name, _)| *name).collect();
    for name in with(|host| std::mem::replace(&mut host.theme_tokens, names)) {
        parent::set_token(name, None);
    }
    element::mark_root("data-theme", theme.known_name());
    for (name, value) in usable {
        parent::set_token(name, Some(value));
    }
    ignore(u32::try_from(refused).unwrap_or(u32::MAX));
}

/// Draws the page again.
pub(super) fn redraw() {
    if let Some(redraw) = with(|host| host.redraw) {
        redraw.run(());
    }
}
