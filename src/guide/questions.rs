//! The questions, each shown as soon as the answers before it ask for it.

use leptos::prelude::*;

use super::answers::{Choice, Lifetime, Number, Question, Who, Workload};
use super::state::Guide;
use crate::controls::{RadioGroup, RadioOption};
use crate::messages::{self, Message};

pub(super) fn questions(state: Guide) -> Vec<AnyView> {
    Question::ALL.map(|question| one(state, question)).into()
}

fn one(state: Guide, question: Question) -> AnyView {
    // Only the second question's choices depend on an answer: any other must not be drawn again while it has the focus.
    let shown = Memo::new(move |_| {
        let answers = state.answers();
        let who = if question == Question::Workload { answers.who } else { None };
        answers.asks(question).then_some(who)
    });
    let selected = Signal::derive(move || state.answers().word(question).unwrap_or_default().to_owned());
    let select = Callback::new(move |word: String| state.answer(question, &word));
    let group = move || {
        let who = shown.get()?;
        let (legend, options) = words(question, who);
        let id = ["guide-", question.key()].concat();
        Some(view! { <RadioGroup id=id legend=legend.text() options=options selected=selected on_select=select tiles=true/> })
    };
    group.into_any()
}

fn words(question: Question, who: Option<Who>) -> (Message, Vec<RadioOption>) {
    match (question, who) {
        (Question::Who, _) => (messages::GUIDE_WHO, options(&Who::CHOICES)),
        (Question::Workload, Some(Who::Outside)) => (messages::GUIDE_WHICH_OUTSIDE, options(Workload::choices(Who::Outside))),
        (Question::Workload, _) => (messages::GUIDE_WHICH_IN_AZURE, options(Workload::choices(Who::Azure))),
        (Question::Number, _) => (messages::GUIDE_NUMBER, options(&Number::CHOICES)),
        (Question::Lifetime, _) => (messages::GUIDE_LIFETIME, options(&Lifetime::CHOICES)),
    }
}

fn options<T>(choices: &[Choice<T>]) -> Vec<RadioOption> {
    let option = |(_, word, label, hint): &Choice<T>| RadioOption {
        value: (*word).to_owned(),
        label: label.text().into_owned(),
        hint: hint.map(|hint| hint.text().into_owned()),
    };
    choices.iter().map(option).collect()
}
