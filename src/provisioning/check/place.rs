//! Where the identity goes, and what may use it: subscription, group, region, properties.

use super::words::characters;
use super::{Knowledge, ProblemList};
use crate::arm::guid::Guid;
use crate::arm::location::LocationName;
use crate::arm::regions;
use crate::arm::resource_group::{GroupNameProblem, RESOURCE_GROUP_NAME_MAX, ResourceGroupName};
use crate::arm::subscription::SubscriptionState;
use crate::messages;
use crate::provisioning::draft::Draft;
use crate::provisioning::field::{Field, PROPERTIES};
use crate::provisioning::problem::Severity;
use crate::provisioning::rules::Rules;

pub(super) fn subscription(found: &mut ProblemList, draft: &Draft, rules: &Rules, known: &Knowledge) {
    let field = Field::Subscription;
    if draft.subscription.is_empty() {
        let is_none = known.subscriptions.as_ref().is_some_and(|subscriptions| subscriptions.is_empty());
        return found.blocks(
            field,
            match known.signed_out {
                true => messages::SUBSCRIPTION_NEEDS_SIGN_IN,
                false if is_none => messages::SUBSCRIPTIONS_NONE_HERE,
                false => messages::SUBSCRIPTION_REQUIRED,
            },
        );
    }
    let Some(id) = Guid::parse(&draft.subscription) else {
        return found.blocks(field, messages::SUBSCRIPTION_NOT_AN_ID.with([&draft.subscription]));
    };
    if !rules.name_subscription(&id) {
        found.blocks(field, messages::SUBSCRIPTION_NOT_ALLOWED);
    }
    let Some(subscriptions) = &known.subscriptions else { return };
    match subscriptions.iter().find(|subscription| subscription.id == id) {
        None => found.warns(field, messages::SUBSCRIPTION_NOT_LISTED),
        Some(subscription) => match subscription.state {
            SubscriptionState::Enabled => {}
            SubscriptionState::PastDue => found.warns(field, messages::SUBSCRIPTION_PAST_DUE),
            SubscriptionState::Warned => found.blocks(field, messages::SUBSCRIPTION_WARNED),
            SubscriptionState::Disabled | SubscriptionState::Deleted => found.blocks(field, messages::SUBSCRIPTION_DISABLED),
        },
    }
}

pub(super) fn group(found: &mut ProblemList, draft: &Draft, known: &Knowledge) {
    let field = Field::ResourceGroup;
    let name = match ResourceGroupName::parse(&draft.resource_group) {
        Ok(name) => name,
        Err(problems) => {
            for problem in problems {
                found.blocks(
                    field,
                    match problem {
                        GroupNameProblem::Empty if draft.group_is_new => messages::GROUP_NAME_REQUIRED.into(),
                        GroupNameProblem::Empty => messages::GROUP_REQUIRED.into(),
                        GroupNameProblem::TooLong(length) => {
                            messages::GROUP_NAME_TOO_LONG.with([&RESOURCE_GROUP_NAME_MAX.to_string(), &length.to_string()])
                        }
                        GroupNameProblem::EndsWithPeriod => messages::GROUP_NAME_ENDS_WITH_PERIOD.into(),
                        GroupNameProblem::BadCharacters(bad) => messages::GROUP_NAME_CHARACTERS.with([&characters(&bad)]),
                    },
                );
            }
            return;
        }
    };
    let Some(groups) = &known.groups else { return };
    match (groups.iter().find(|group| group.name == name), draft.group_is_new) {
        (Some(there), true) => {
            found.warns(field, messages::GROUP_EXISTS.with([there.name.as_str(), known.region_name(&there.location)]));
        }
        (None, false) => found.blocks(field, messages::GROUP_NOT_LISTED.with([name.as_str()])),
        _ => {}
    }
}

pub(super) fn region(found: &mut ProblemList, draft: &Draft, rules: &Rules, known: &Knowledge) {
    let field = Field::Region;
    if draft.region.is_empty() {
        return found.blocks(field, messages::REGION_REQUIRED);
    }
    let Some(name) = LocationName::parse(&draft.region) else {
        return found.blocks(field, messages::REGION_NOT_A_NAME.with([&draft.region]));
    };
    if !rules.regions.is_empty() && !rules.regions.iter().any(|allowed| allowed == name.as_str()) {
        found.blocks(field, messages::REGION_NOT_ALLOWED);
    }
    if known.regions.as_ref().is_some_and(|regions| regions.iter().all(|region| region.name != name)) {
        found.blocks(field, messages::REGION_NOT_OFFERED);
    }
    if regions::lacks_federated_credentials(&name) {
        found.add(Severity::Informs, field, messages::REGION_WITHOUT_FEDERATED);
    }
}

pub(super) fn properties(found: &mut ProblemList, draft: &Draft, known: &Knowledge) {
    for property in &PROPERTIES {
        let parse = property.field.description().parse;
        let mut check = |text: &str| {
            if parse(text).is_none() {
                found.blocks(property.field, property.invalid.with([text]));
            }
        };
        let value = draft.value(property.field);
        if !value.is_empty() {
            check(value);
        }
        for text in draft.list(property.field) {
            check(text);
        }
        if (property.is_set)(draft) && known.lacks(property.api_version) {
            found.warns(property.field, property.not_offered);
        }
    }
}

impl Knowledge {
    /// A region's display name if known; otherwise its name.
    pub(super) fn region_name<'a>(&'a self, location: &'a LocationName) -> &'a str {
        let known = self.regions.iter().flatten().find(|region| region.name == *location);
        known.map_or(location.as_str(), |region| &region.display_name)
    }

    /// Whether the provider is known not to offer this API version.
    fn lacks(&self, version: &str) -> bool {
        self.api_versions.as_ref().is_some_and(|offered| offered.iter().all(|offered| offered != version))
    }
}
