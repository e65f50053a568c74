//! The findings for one identity, with a button that fills the form.

use leptos::prelude::*;

use super::examined::{CheckedIdentity, severity};
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind, Icon, MessageBar, Tone};
use crate::messages;
use crate::portal::put_back::{PutBack, PutBackQuestion};
use crate::provisioning::draft::Draft;
use crate::provisioning::problem::Severity;
use crate::settings::Settings;

/// One identity's findings, with "Fill the form". The status bar is rendered again, and so announced, only when the severity
/// changes.
pub(super) fn findings(row: Memo<Option<CheckedIdentity>>) -> AnyView {
    let any = Memo::new(move |_| row.with(Option::is_some));
    let worst = Memo::new(move |_| row.with(|row| row.as_ref().map(CheckedIdentity::worst)));
    let bar = move || {
        let (tone, message) = match worst.get()? {
            Severity::Blocks => (Tone::Error, messages::CHECK_HAS_PROBLEMS),
            Severity::Warns => (Tone::Warning, messages::CHECK_HAS_WARNINGS),
            Severity::Informs => (Tone::Success, messages::CHECK_FINE),
        };
        Some(view! { <MessageBar tone=tone>{message.text()}</MessageBar> })
    };
    let name = move || row.with(|row| row.as_ref().map(CheckedIdentity::name));
    let line = move || row.with(|row| row.as_ref().map(|row| messages::CHECK_LINE.with([&row.line.to_string()]).text()));
    let problems = move || {
        row.with(|row| {
            let problems = row.iter().flat_map(|row| &row.problems);
            problems.map(|problem| finding(problem.severity(), problem.text())).collect::<Vec<_>>()
        })
    };
    let fill = move || row.with(|row| row.as_ref().map(|row| view! { <FillForm draft=row.draft.clone()/> }));
    let section = move || {
        any.get().then(|| {
            view! {
                <section class="check-findings" aria-labelledby="check-findings">
                    <h2 id="check-findings" tabindex="-1">{name}" "<span class="small">{line}</span></h2>
                    {bar}
                    <ul class="check-list">{problems}</ul>
                    {fill}
                </section>
            }
        })
    };
    view! { {section} }.into_any()
}

/// A sentence, preceded by its severity for screen readers.
pub(super) fn finding(level: Severity, text: String) -> AnyView {
    let tone = tone(level);
    view! {
        <li class="note" data-tone=tone.name()>
            <Icon glyph=tone.glyph()/>
            <span><span class="visually-hidden">{severity(level).text()}": "</span>{text}</span>
        </li>
    }
    .into_any()
}

pub(super) fn tone(level: Severity) -> Tone {
    match level {
        Severity::Blocks => Tone::Error,
        Severity::Warns => Tone::Warning,
        Severity::Informs => Tone::Info,
    }
}

/// Asks first if the form has another draft.
#[component]
fn FillForm(draft: Draft) -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    let draft = StoredValue::new(settings.with_value(|settings| completed(draft, &settings.defaults)));
    let (cloud, put_back) = (expect_context::<Cloud>(), PutBack::new());
    let press = Callback::new(move |()| put_back.open(draft.get_value(), &untrack(|| cloud.present()).account));
    view! {
        <div class="actions"><Button kind=ButtonKind::Primary on_press=press>{messages::CHECK_FILL.text()}</Button></div>
        <PutBackQuestion put_back=put_back/>
    }
    .into_any()
}

/// Fills a missing subscription and resource group with the organisation's defaults.
fn completed(mut draft: Draft, defaults: &Draft) -> Draft {
    for (value, default) in [(&mut draft.subscription, &defaults.subscription), (&mut draft.resource_group, &defaults.resource_group)] {
        if value.is_empty() {
            value.clone_from(default);
        }
    }
    draft
}
