//! The code panel beside the form: the same request in six languages, updated while typing. It is a lazily loaded part.

use leptos::prelude::*;

use super::form::Form;
use crate::arm::azure_cloud::AzureCloud;
use crate::browser::download;
use crate::code::{self, Language, Listing};
use crate::controls::{Button, ButtonKind, CodeBlock, CopyButton, Glyph, Tab, TabPanel, Tabs};
use crate::messages;
use crate::provisioning::check::Knowledge;
use crate::provisioning::draft::Draft;
use crate::provisioning::field::Field;
use crate::provisioning::placeholder::sketch;
use crate::settings::Settings;

/// The base id of the panel's tabs.
const ID: &str = "code";

crate::part! {
    in code:
    pub fn code_panel(form: Form) -> AnyView {
        view! { <CodePanel form=form/> }.into_any()
    }
}

#[component]
fn CodePanel(form: Form) -> impl IntoView {
    let chosen: Signal<usize> = form.code_language.into();
    let choose = Callback::new(move |index| form.show_language(index));
    let tabs = Language::ALL.map(|language| Tab::new(language.label().text())).to_vec();
    let panels = Language::ALL.into_iter().enumerate().map(|(index, language)| {
        view! { <TabPanel id=ID index=index selected=chosen content=move || view! { <ListingView form=form language=language/> }/> }
    });
    view! {
        <h2 class="code-title">{messages::CODE_TITLE.text()}</h2>
        <p class="small">{move || path_told(form)}</p>
        <Tabs id=ID label=messages::CODE_LANGUAGES.text() tabs=tabs selected=chosen on_select=choose/>
        {panels.collect::<Vec<_>>()}
    }
    .into_any()
}

/// Says which path Create would take; the code leads to the same end state.
fn path_told(form: Form) -> String {
    let path = if form.draft.read().direct { messages::CODE_PATH_DIRECT } else { messages::CODE_PATH_DEPLOYMENT };
    path.text().into_owned()
}

/// The code in one language.
#[component]
fn ListingView(form: Form, language: Language) -> impl IntoView {
    let settings = expect_context::<StoredValue<Settings>>();
    let listed = Memo::new(move |_| {
        let cloud = settings.with_value(|settings| settings.cloud.clone());
        form.draft.with(|draft| form.known.with(|known| list(draft, known, language, &cloud)))
    });
    let text = Signal::derive(move || listed.with(|listed| listed.text.clone()));
    let save = Callback::new(move |()| {
        download::save(language.file_name(), "text/plain", &text.get_untracked());
    });
    let notes = move || listed.with(|listed| listed.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect::<Vec<_>>());
    view! {
        <div class="code-actions">
            <CopyButton text=text/>
            <Button kind=ButtonKind::Subtle icon=Glyph::Download on_press=save>{messages::DOWNLOAD.text()}</Button>
        </div>
        <CodeBlock label=language.label().text() text=text/>
        <ul class="code-notes">{notes}</ul>
    }
    .into_any()
}

crate::part! {
    in code:
    /// The draft as code in the panel's language: the language's name, and the text.
    pub fn listing(form: Form, cloud: AzureCloud) -> (String, String) {
        let language = Language::ALL.get(form.code_language.get_untracked()).copied().unwrap_or_default();
        let listed = form.draft.with_untracked(|draft| form.known.with_untracked(|known| list(draft, known, language, &cloud)));
        (language.label().text().into_owned(), listed.text)
    }
}

/// A listing for display, with its notes as text, the placeholders first.
#[derive(Clone, PartialEq)]
struct Listed {
    text: String,
    notes: Vec<String>,
}

fn list(draft: &Draft, known: &Knowledge, language: Language, cloud: &AzureCloud) -> Listed {
    let Some(sketch) = sketch(draft, known) else { return Listed { text: String::new(), notes: Vec::new() } };
    let Listing { text, notes } = code::file(&sketch.plan, language, cloud);
    let fields = sketch.placeholders.into_iter().map(Field::label).collect::<Vec<_>>().join(", ");
    let unfinished = (!fields.is_empty()).then(|| messages::CODE_PLACEHOLDERS.with([&fields]).text());
    Listed { text, notes: unfinished.into_iter().chain(notes.iter().map(messages::Sentence::text)).collect() }
}
