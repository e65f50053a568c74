//! The recommendation, its reason, and the next step with the person's names.

use leptos::prelude::*;

use super::commands::{Commands, Script};
use super::query::{Name, RegistryMode};
use super::recommendation::{NextStep, Recommendation, recommend};
use super::state::Guide;
use crate::arm::identity_name::IdentityName;
use crate::arm::percent::encode;
use crate::arm::resource_group::ResourceGroupName;
use crate::controls::{ButtonKind, CodeBlock, CopyButton, Field, Link, LiveRegion, Note, RadioGroup, RadioOption, TextInput, Tone};
use crate::messages::{self, Message};
use crate::portal::route::Route;
use crate::settings::Settings;

pub(super) fn result(state: Guide) -> AnyView {
    let recommended = Memo::new(move |_| state.answers().case().map(recommend));
    let announced = Signal::derive(move || {
        let text = |one: &Recommendation| messages::GUIDE_ANNOUNCED.with([&one.title.text(), &one.reason.text()]).text();
        recommended.with(|one| one.as_ref().map(text)).unwrap_or_default()
    });
    let content = move || match recommended.get() {
        None => view! { <p class="quiet">{messages::GUIDE_PENDING.text()}</p> }.into_any(),
        Some(one) => shown(state, one),
    };
    view! {
        <section class="guide guide-result" aria-labelledby="guide-result">
            <h2 id="guide-result">{messages::GUIDE_RECOMMENDATION.text()}</h2>
            {content}
        </section>
        <LiveRegion hidden=true text=announced/>
    }
    .into_any()
}

fn shown(state: Guide, one: Recommendation) -> AnyView {
    let Recommendation { title, reason, next, then, .. } = one;
    let next = match next {
        NextStep::Form(name) => form(state, name),
        NextStep::Commands(script) => commands(state, script),
    };
    let then = then.into_iter().map(|one| view! { <li>{one.text()}</li> }).collect::<Vec<_>>();
    view! {
        <h3 class="guide-title">{title.text()}</h3>
        <p>{reason.text()}</p>
        <h3>{messages::GUIDE_NEXT.text()}</h3>
        {next}
        <h3>{messages::GUIDE_THEN.text()}</h3>
        <ul>{then}</ul>
    }
    .into_any()
}

/// The link to the create form, with the identity's name.
fn form(state: Guide, suggested: &'static str) -> AnyView {
    let href = Signal::derive(move || {
        state.given.with(|given| {
            let typed = given.names.get(Name::New).trim();
            let name = if typed.is_empty() { suggested } else { typed };
            Route::CreateIdentity(["name=", &encode(name)].concat()).href()
        })
    });
    view! {
        {field(state, Name::New, messages::GUIDE_NAME_IDENTITY, Some(suggested))}
        <div class="actions"><Link href=href kind=ButtonKind::Primary>{messages::GUIDE_OPEN_FORM.text()}</Link></div>
    }
    .into_any()
}

/// The names, and the commands that contain them.
fn commands(state: Guide, script: Script) -> AnyView {
    let cloud = use_context::<StoredValue<Settings>>().map(|settings| settings.with_value(|settings| settings.cloud.clone()));
    let cloud = cloud.unwrap_or_default();
    let written = StoredValue::new(move || state.given.with(|given| script.commands(&given.names, &cloud)));
    let fields = script.names().iter().map(|name| field(state, *name, script.label(*name), None)).collect::<Vec<_>>();
    let mode = script.assigns_role().then(|| mode(state));
    let block = |(index, commands): (usize, Commands)| {
        let caption = commands.caption.text().into_owned();
        let text =
            Signal::derive(move || written.with_value(|written| written().into_iter().nth(index).map(|one| one.text)).unwrap_or_default());
        view! {
            <h4>{caption.clone()}</h4>
            <div class="code-with-copy">
                <CodeBlock label=caption.clone() text=text/>
                <CopyButton text=text what=caption/>
            </div>
        }
    };
    let blocks = untrack(|| written.with_value(|written| written())).into_iter().enumerate().map(block).collect::<Vec<_>>();
    view! {
        <p>{messages::GUIDE_NAMES.text()}</p>
        {fields}
        {mode}
        {blocks}
    }
    .into_any()
}

fn field(state: Guide, name: Name, label: Message, suggested: Option<&'static str>) -> AnyView {
    let typed = Signal::derive(move || state.given.with(|given| given.names.get(name).to_owned()));
    let is_identity = suggested.is_some();
    let notes = Signal::derive(move || problem(name, is_identity, typed.get().trim()).into_iter().collect::<Vec<_>>());
    let input = Callback::new(move |text| state.type_name(name, text));
    view! {
        <Field id=["guide-", name.key()].concat() label=label.text() notes=notes>
            <TextInput value=typed on_input=input placeholder=suggested.unwrap_or_default()/>
        </Field>
    }
    .into_any()
}

/// What Azure would refuse about a name. The commands contain it anyway.
fn problem(name: Name, is_identity: bool, typed: &str) -> Option<Note> {
    let is_registry = || (5..=50).contains(&typed.len()) && typed.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let message = match name {
        _ if typed.is_empty() => return None,
        Name::Registry if !is_registry() => messages::GUIDE_BAD_REGISTRY,
        Name::ResourceGroup if ResourceGroupName::parse(typed).is_err() => messages::GUIDE_BAD_GROUP,
        Name::New if is_identity && IdentityName::parse(typed).is_err() => messages::GUIDE_BAD_IDENTITY,
        _ => return None,
    };
    Some(Note { tone: Tone::Error, text: message.text().into_owned() })
}

fn mode(state: Guide) -> AnyView {
    let hints = [messages::GUIDE_MODE_REGISTRY_HINT, messages::GUIDE_MODE_REPOSITORIES_HINT];
    let option = |((_, word, label), hint): ((RegistryMode, &str, Message), Message)| RadioOption {
        value: word.to_owned(),
        label: label.text().into_owned(),
        hint: Some(hint.text().into_owned()),
    };
    let options = RegistryMode::CHOICES.into_iter().zip(hints).map(option).collect();
    let selected = Signal::derive(move || state.given.with(|given| given.names.mode.word().to_owned()));
    let select = Callback::new(move |word: String| state.choose_mode(&word));
    view! { <RadioGroup id="guide-mode" legend=messages::GUIDE_MODE.text() options=options selected=selected on_select=select/> }.into_any()
}
