//! The page: a text area for pasting, file selection and drag and drop, with the findings below.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::examined::Examined;
use super::findings::{finding, findings};
use super::kept_text::{self, Source};
use super::readers::{load_all, loading};
use super::rows::rows;
use crate::browser::{clock, file};
use crate::cloud::Cloud;
use crate::controls::{Button, ButtonKind, LiveRegion, MessageBar, Tone};
use crate::messages;
use crate::parsing::{self, Encoding, FORMATS, TextFormat};
use crate::portal::frame::{Heading, Page};
use crate::portal::route::Route;
use crate::settings::Settings;

/// The maximum size of a file, in megabytes.
const FILE_MAX: u32 = 20;
/// Texts up to this many bytes are checked on every keystroke; longer ones after a pause.
const IMMEDIATE_MAX: usize = 20_000;
const PAUSE: Duration = Duration::from_millis(250);
/// The maximum number of notes shown.
const NOTES_MAX: usize = 50;

#[component]
pub fn CheckPage() -> impl IntoView {
    let heading = Heading {
        title: messages::CHECK_TITLE.text().into_owned(),
        trail: vec![(messages::HOME_TITLE, Route::Home)],
        close: Some(Route::Home),
    };
    view! { <Page heading=heading><Checker/></Page> }.into_any()
}

#[component]
fn Checker() -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    let cloud = expect_context::<Cloud>();
    let source = RwSignal::new(kept_text::read());
    let checked = RwSignal::new(source.get_untracked());
    let unkept = RwSignal::new(false);
    let unread = RwSignal::new(false);
    let encoding = RwSignal::new(Encoding::Utf8);
    let check = move || {
        unkept.set(!source.with_untracked(|source| kept_text::keep(source, &untrack(|| cloud.present()).account)));
        checked.set(source.get_untracked());
    };
    let take = move |text: String| {
        unread.set(false);
        encoding.set(Encoding::Utf8);
        if text.is_empty() {
            source.set(Source::default());
        } else {
            source.update(|source| {
                if is_other(&source.text, &text) {
                    source.file.clear();
                }
                source.text = text;
            });
        }
        let length = source.with_untracked(|source| source.text.len());
        if length <= IMMEDIATE_MAX {
            check();
        } else {
            let check = move || {
                // A later keystroke has its own timer.
                if source.try_with_untracked(|source| source.text.len()) == Some(length) {
                    check();
                }
            };
            clock::later(PAUSE, Box::new(check));
        }
    };
    let choose = move |word: String| {
        source.update(|source| source.format = kept_text::of_word(&word));
        check();
    };
    let open = move |chosen: Option<file::Chosen>| {
        let Some(chosen) = chosen else { return };
        let name = chosen.name();
        spawn_local(async move {
            let text = file::bytes(chosen, FILE_MAX * 1_000_000).await.and_then(parsing::decode);
            match text {
                // The page may be gone by now.
                Some(_) if source.is_disposed() => {}
                Some(decoded) => {
                    source.set(Source { file: name, ..Source::default() });
                    take(decoded.text);
                    encoding.set(decoded.encoding);
                }
                None => {
                    let _ = unread.try_set(true);
                }
            }
        });
    };
    let examined = Memo::new(move |_| checked.with(|source| settings.with_value(|settings| Examined::of(source, &settings.rules))));
    load_all();
    let missing = Memo::new(move |_| examined.with(|examined| examined.missing));
    let again = Callback::new(move |()| checked.notify());
    let loading = move || missing.get().map(|readers| loading(readers, again));
    let wrong = move || {
        let unread = unread.get().then(|| messages::CHECK_FILE_UNREAD.with([&FILE_MAX.to_string()]).text());
        let unkept = unkept.get().then(|| messages::CHECK_NOT_KEPT.text().into_owned());
        unread.or(unkept).map(|text| view! { <MessageBar tone=Tone::Warning>{text}</MessageBar> })
    };
    let read_as = Signal::derive(move || encoding.get().note().map(|note| note.text()).unwrap_or_default());
    let many = Memo::new(move |_| examined.with(|examined| examined.rows.len() > 1));
    let shown = move || {
        if many.get() {
            return rows(examined);
        }
        findings(Memo::new(move |_| examined.with(|examined| examined.rows.first().cloned())))
    };
    let counted = Memo::new(move |_| examined.with(counted));
    view! {
        <div class="check">
            <p class="quiet">{messages::CHECK_INTRO.text()}</p>
            <div
                class="check-drop"
                on:dragover=|event| event.prevent_default()
                on:drop=move |event| open(file::dropped(&event))
            >
                <label class="field-label" for="check-text">{messages::CHECK_TEXT.text()}</label>
                <textarea
                    id="check-text"
                    class="text-input check-text"
                    rows="10"
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    placeholder=messages::CHECK_PLACEHOLDER.text()
                    prop:value=move || source.with(|source| source.text.clone())
                    on:input=move |event| take(event_target_value(&event))
                ></textarea>
                <div class="actions">
                    <label class="button check-file" data-kind="secondary">
                        <input class="visually-hidden" type="file" on:change=move |event| open(file::chosen(&event))/>
                        {messages::CHECK_CHOOSE_FILE.text()}
                    </label>
                    <span class="quiet">{messages::CHECK_OR_DROP.text()}</span>
                    <Button kind=ButtonKind::Subtle on_press=Callback::new(move |()| take(String::new()))>{messages::CHECK_CLEAR.text()}</Button>
                    {format_choice(source, choose)}
                </div>
            </div>
            {wrong}
            <LiveRegion class="quiet check-encoding" text=read_as/>
            {loading}
            <LiveRegion class="check-counted" text=counted/>
            {move || examined.with(notes)}
            {shown}
        </div>
    }
    .into_any()
}

/// Whether most of a text is replaced, so that it no longer is its file's.
fn is_other(before: &str, after: &str) -> bool {
    let start = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
    let end = before.bytes().rev().zip(after.bytes().rev()).take_while(|(one, other)| one == other).count();
    !before.is_empty() && start.max(end) * 2 < before.len()
}

/// Overrules the detected format.
fn format_choice(source: RwSignal<Source>, choose: impl Fn(String) + 'static) -> AnyView {
    let chosen = move |format| source.with(|source| source.format == format);
    let options = FORMATS.map(|(word, format)| {
        view! { <option value=word prop:selected=move || chosen(Some(format))>{format.label().text()}</option> }
    });
    view! {
        <label class="check-format">
            {messages::CHECK_FORMAT.text()}
            <select class="text-input" on:change=move |event| choose(event_target_value(&event))>
                <option value="" prop:selected=move || chosen(None)>{messages::CHECK_FORMAT_DETECTED.text()}</option>
                {options.into_iter().collect::<Vec<_>>()}
            </select>
        </label>
    }
    .into_any()
}

/// The format of the text, and the number of identities by severity.
fn counted(examined: &Examined) -> String {
    let kind = examined.kind.label().text();
    let [problems, warnings, fine] = examined.counts.map(|count| count.to_string());
    match examined.rows.len() {
        0 if examined.missing.is_some() => String::new(),
        0 if examined.kind == TextFormat::Nothing => messages::CHECK_NOTHING.text().into_owned(),
        0 => kind.into_owned(),
        1 => messages::CHECK_ONE.with([&kind]).text(),
        many => messages::CHECK_MANY.with([&kind, &many.to_string(), &problems, &warnings, &fine]).text(),
    }
}

/// The notes on the text itself.
fn notes(examined: &Examined) -> Option<AnyView> {
    if examined.notes.is_empty() {
        return None;
    }
    let items = examined.notes.iter().take(NOTES_MAX).map(|(line, severity, sentence)| {
        let line = messages::CHECK_LINE.with([&line.to_string()]).text();
        finding(*severity, [line.as_str(), ": ", sentence].concat())
    });
    let items = items.collect::<Vec<_>>();
    let left = examined.notes.len().saturating_sub(NOTES_MAX);
    let left = (left > 0).then(|| view! { <p class="small">{messages::CHECK_NOTES_MORE.with([&left.to_string()]).text()}</p> });
    Some(
        view! {
            <section class="check-notes" aria-labelledby="check-notes">
                <h2 id="check-notes">{messages::CHECK_NOTES.text()}</h2>
                <ul class="check-list">{items}</ul>
                {left}
            </section>
        }
        .into_any(),
    )
}
