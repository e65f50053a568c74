//! The host page: the connection to it, its options, and how many of its messages were ignored. What its messages do is up to
//! [`incoming`](super::incoming).

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
struct State {
    connection: Option<Line>,
    on_message: Option<Callback<FromHost>>,
    code_only: bool,
    prefill: Values,
    fixed: Vec<Field>,
    hidden: Vec<Field>,
    /// The design tokens that the host has set.
    theme_tokens: Vec<&'static str>,
    budget: Budget,
    ignored: u32,
    is_report_due: bool,
    /// Messages that came before the form was drawn; `None` once it is.
    queue: Option<Vec<String>>,
    /// Values that came while no form was open.
    waiting_values: Option<Values>,
}

/// The host page. It is created once, outside of every view, so that it survives a redraw of the page.
#[derive(Clone, Copy)]
pub(super) struct Host {
    state: StoredValue<State, LocalStorage>,
    form: RwSignal<Option<Form>>,
    redraw: Callback<()>,
}

impl Host {
    /// The state before the handshake. `redraw` draws the page again, for example after a change of language.
    pub(super) fn new(redraw: Callback<()>) -> Self {
        Self { state: StoredValue::new_local(State::default()), form: RwSignal::new(None), redraw }
    }

    fn with<T>(self, access: impl FnOnce(&mut State) -> T) -> T {
        access(&mut self.state.write_value())
    }

    pub(super) fn is_connected(self) -> bool {
        self.with(|host| host.connection.is_some())
    }

    /// The handshake succeeded. Messages wait for [`Self::handle_messages`].
    pub(super) fn connect(self, port: Port, options: &Options) {
        let fields = |names: &[String]| names.iter().filter_map(|name| Some(Field::of_key(name)?.field)).collect::<Vec<_>>();
        self.with(|host| {
            host.code_only = options.code_only();
            host.prefill = options.prefill.clone();
            host.fixed = fields(&options.fixed);
            host.hidden = fields(&options.hidden);
            host.queue = Some(Vec::new());
            host.connection = Some(Line::take(port, LENGTH_MAX, move |text| self.receive(text)));
        });
    }

    /// The form is drawn: `on_message` gets the messages that came before, and each one from now on. Earlier, the options would have
    /// overwritten their effects.
    pub(super) fn handle_messages(self, on_message: Callback<FromHost>) {
        self.with(|host| host.on_message = Some(on_message));
        for text in self.with(|host| host.queue.take()).unwrap_or_default() {
            self.handle(&text);
        }
    }

    fn receive(self, text: Option<String>) {
        let is_allowed = self.with(|host| host.budget.takes(clock::now()));
        let Some(text) = text.filter(|_| is_allowed) else { return self.ignore(1) };
        let queued = self.with(|host| host.queue.as_ref().map(Vec::len));
        match queued {
            Some(count) if count < QUEUE_MAX => self.with(|host| host.queue.get_or_insert_default().push(text)),
            Some(_) => self.ignore(1),
            None => self.handle(&text),
        }
    }

    fn handle(self, text: &str) {
        match (from_host(text), self.with(|host| host.on_message)) {
            (Ok(message), Some(on_message)) => on_message.run(message),
            _ => self.ignore(1),
        }
    }

    /// Sends `message` to the host, if there is one.
    pub(super) fn send(self, message: &FromPage) {
        let connection = self.with(|host| host.connection.clone());
        if let Some(connection) = connection {
            let text = message.text();
            // `embed.js` ignores longer messages.
            if text.encode_utf16().count() <= SENT_MAX {
                connection.say(&text);
            } else {
                connection
                    .say(&FromPage::Failed { code: "too-long".to_owned(), message: messages::HOST_TOO_LONG.text().into_owned() }.text());
            }
        }
    }

    /// Counts ignored messages, and reports them to the host a little later.
    pub(super) fn ignore(self, count: u32) {
        let is_first = self.with(|host| {
            host.ignored = host.ignored.saturating_add(count);
            count > 0 && !std::mem::replace(&mut host.is_report_due, true)
        });
        if is_first {
            spawn_local(async move {
                clock::wait(REPORT_DELAY).await;
                let count = self.with(|host| {
                    host.is_report_due = false;
                    host.ignored
                });
                element::mark_root("data-ignored", Some(&count.to_string()));
                self.send(&FromPage::Ignored { count });
            });
        }
    }

    /// Whether nothing may be created.
    pub(super) fn code_only(self) -> bool {
        self.with(|host| host.code_only)
    }

    /// The values of fixed and hidden fields.
    pub(super) fn fixed_values(self) -> Values {
        self.with(|host| {
            let held = host.fixed.iter().chain(&host.hidden);
            host.prefill.only(&held.copied().collect::<Vec<_>>())
        })
    }

    /// Whether a field is fixed or hidden. A field without a value is neither, since nobody could fill it in. Nor is a resource group
    /// whose subscription may change, which would clear it.
    pub(super) fn hold(self, field: Field) -> Hold {
        self.with(|host| {
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
    pub(super) fn form(self) -> Option<Form> {
        self.form.get()
    }

    /// The open form.
    pub(super) fn form_untracked(self) -> Option<Form> {
        self.form.get_untracked()
    }

    /// The form was opened.
    pub(super) fn set_form(self, form: Form) {
        if let Some(values) = self.with(|host| host.waiting_values.take()) {
            form.fill(&values);
        }
        self.form.set(Some(form));
    }

    /// Fills other values into the form, as if they were typed now. Fixed fields get them, too.
    pub(super) fn prefill(self, values: Values) {
        let is_filled = self.form_untracked().is_some_and(|form| form.fill(&values));
        self.with(|host| {
            host.waiting_values = (!is_filled).then(|| values.clone());
            host.prefill = values;
        });
    }

    /// Applies the host's theme, which replaces the previous one.
    pub(super) fn apply_theme(self, theme: &Theme) {
        let (usable, refused) = theme.usable();
        let names = usable.iter().map(|(name, _)| *name).collect();
        for name in self.with(|host| std::mem::replace(&mut host.theme_tokens, names)) {
            parent::set_token(name, None);
        }
        element::mark_root("data-theme", theme.known_name());
        for (name, value) in usable {
            parent::set_token(name, Some(value));
        }
        self.ignore(u32::try_from(refused).unwrap_or(u32::MAX));
    }

    /// Draws the page again.
    pub(super) fn redraw(self) {
        self.redraw.run(());
    }
}
