//! The Basics tab: the identity's place and name.

use leptos::prelude::*;

use super::form::Form;
use super::limits::limits;
use super::name_field::NameField;
use super::region_field::RegionField;
use super::resource_group_field::ResourceGroupField;
use super::subscription_field::SubscriptionField;
use crate::controls::{InTurn, Part};
use crate::messages;
use crate::portal::hosted::Hosted;
use crate::portal::route::Route;
use crate::provisioning::field::PROPERTIES;

/// The tab. It is the form's first screen, which `index.html` contains before the program runs.
#[component]
pub fn BasicsTab(form: Form) -> impl IntoView {
    let offered = Memo::new(move |_| PROPERTIES.iter().any(|property| form.offers(property)));
    let limits = move || offered.get().then(|| view! { <Part load=move || limits(form)/> });
    // Inside a host page there are only the form and the pages that it leads to.
    let guide =
        use_context::<Hosted>().is_none().then(|| view! { <a class="link" href=Route::Guide.href()>{messages::GUIDE_TITLE.text()}</a> });
    view! {
        <p class="form-intro">{messages::BASICS_INTRO.text()}{guide}</p>
        <InTurn>
            <section class="form-section" aria-labelledby="project-details">
                <h2 id="project-details">{messages::PROJECT_DETAILS.text()}</h2>
                <p>{messages::PROJECT_DETAILS_INTRO.text()}</p>
                <SubscriptionField form=form/>
                <div class="form-bracket"><ResourceGroupField form=form/></div>
            </section>
        </InTurn>
        <InTurn>
            <section class="form-section" aria-labelledby="instance-details">
                <h2 id="instance-details">{messages::INSTANCE_DETAILS.text()}</h2>
                <RegionField form=form/>
                <NameField form=form/>
                {limits}
            </section>
        </InTurn>
    }
    .into_any()
}
