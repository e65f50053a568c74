//! The cloud's preflight answers: permission, registration, lock, policy. They warn and explain, and never block:
//! only ARM itself refuses.

use super::words::list;
use super::{Knowledge, PolicyFinding, PreflightResult, ProblemList, Verdict};
use crate::arm::location::LocationName;
use crate::messages;
use crate::provisioning::draft::Draft;
use crate::provisioning::field::Field;
use crate::provisioning::problem::Severity;

pub(super) fn permission(found: &mut ProblemList, draft: &Draft, known: &Knowledge) {
    // A new group needs permissions on the subscription.
    let place = if draft.group_is_new { Field::Subscription } else { Field::ResourceGroup };
    let locked = matches!(known.lock, PreflightResult::Known(Verdict::Refused(_)));
    match &known.permission {
        // A read-only lock stops everybody.
        PreflightResult::Known(Verdict::Allowed) if locked => {}
        PreflightResult::Known(Verdict::Allowed) => found.add(Severity::Informs, place, messages::PERMISSION_ALLOWED),
        PreflightResult::Known(Verdict::Refused(action)) => found.warns(place, messages::PERMISSION_REFUSED.with([action])),
        PreflightResult::Unknown(why) => found.warns(place, messages::PERMISSION_UNKNOWN.with([why])),
        PreflightResult::Pending => {}
    }
    match &known.registration {
        PreflightResult::Known(Verdict::Refused(state)) => found.warns(Field::Subscription, messages::REGISTRATION_REFUSED.with([state])),
        PreflightResult::Unknown(why) => found.warns(Field::Subscription, messages::REGISTRATION_UNKNOWN.with([why])),
        PreflightResult::Known(Verdict::Allowed) | PreflightResult::Pending => {}
    }
    match &known.lock {
        PreflightResult::Known(Verdict::Refused(lock)) => found.warns(place, messages::LOCK_REFUSED.with([lock])),
        PreflightResult::Unknown(why) => found.warns(place, messages::LOCK_UNKNOWN.with([why])),
        PreflightResult::Known(Verdict::Allowed) | PreflightResult::Pending => {}
    }
}

pub(super) fn policy(found: &mut ProblemList, draft: &Draft, known: &Knowledge) {
    match &known.policy {
        PreflightResult::Known(findings) => {
            for finding in findings {
                finding.tell(found, draft);
            }
        }
        PreflightResult::Unknown(why) => found.warns(Field::ResourceGroup, messages::POLICY_UNKNOWN.with([why])),
        PreflightResult::Pending => {}
    }
}

pub(super) fn group_policy(found: &mut ProblemList, draft: &Draft, known: &Knowledge) {
    if !draft.group_is_new {
        return;
    }
    match &known.group_policy {
        PreflightResult::Known(policy) => {
            let tagged = draft.tags_group(known);
            if tagged && draft.tag_group.is_none() {
                found.add(Severity::Informs, Field::ResourceGroup, messages::GROUP_TAGGED_BY_POLICY);
            }
            for finding in &policy.findings {
                finding.tell_of_group(found, draft, tagged);
            }
        }
        // Already reported for the identity's policies.
        PreflightResult::Unknown(_) if matches!(known.policy, PreflightResult::Unknown(_)) => {}
        PreflightResult::Unknown(why) => found.warns(Field::ResourceGroup, messages::POLICY_UNKNOWN.with([why])),
        PreflightResult::Pending => {}
    }
}

impl Knowledge {
    /// Whether a policy examines the tags of a new group.
    pub(super) fn asks_group_tags(&self) -> bool {
        matches!(&self.group_policy, PreflightResult::Known(policy) if policy.asks_tags)
    }
}

impl PolicyFinding {
    /// Reports the finding for the new group, which has its own name, the identity's region and, if `tagged`, its tags.
    fn tell_of_group(&self, found: &mut ProblemList, draft: &Draft, tagged: bool) {
        let policy = self.policy.as_str();
        let tag = self.tag.as_ref().map(|tag| (tag, draft.tag(tag)));
        let (field, value) = match tag {
            Some((tag, None)) if self.required => {
                return found.warns(Field::Tags, messages::GROUP_POLICY_REQUIRES_TAG.with([policy, tag]));
            }
            Some((tag, Some(_))) if self.required && !tagged => {
                return found.warns(Field::ResourceGroup, messages::GROUP_POLICY_NEEDS_TAGS.with([policy, tag]));
            }
            // A missing tag is not denied.
            Some((_, None)) => return,
            Some(_) if !tagged => return,
            Some((_, Some((row, value)))) => (Field::TagValue(row), value),
            None if self.field == Field::Region => (Field::Region, draft.region.as_str()),
            None if self.field == Field::Tags => (Field::Tags, ""),
            None => (Field::ResourceGroup, draft.resource_group.as_str()),
        };
        let is = |known: &String| known.eq_ignore_ascii_case(value);
        if self.required && !self.allowed.is_empty() && !self.allowed.iter().any(is) {
            found.warns(field, messages::GROUP_POLICY_ALLOWS_ONLY.with([policy, &list(&self.allowed)]));
        } else if self.required && value.is_empty() {
            found.warns(field, messages::GROUP_POLICY_REQUIRES.with([policy]));
        } else if self.denied.iter().any(is) || (self.denied.is_empty() && !self.required) {
            found.warns(field, messages::GROUP_POLICY_DENIES.with([policy]));
        }
    }

    fn tell(&self, found: &mut ProblemList, draft: &Draft) {
        let policy = self.policy.as_str();
        let (field, value) = match &self.tag {
            Some(tag) => match draft.tag(tag) {
                Some((row, value)) => (Field::TagValue(row), value),
                None if self.required => return found.warns(Field::Tags, messages::POLICY_REQUIRES_TAG.with([policy, tag])),
                // A missing tag is not denied.
                None => return,
            },
            None => (self.field, draft.value(self.field)),
        };
        let region = if field == Field::Region { LocationName::parse(value) } else { None };
        let value = region.as_ref().map_or(value, LocationName::as_str);
        let is = |known: &String| known.eq_ignore_ascii_case(value);
        if self.required && value.is_empty() {
            found.warns(field, messages::POLICY_REQUIRES.with([policy]));
        } else if self.required && !self.allowed.is_empty() && !self.allowed.iter().any(is) {
            found.warns(field, messages::POLICY_ALLOWS_ONLY.with([policy, &list(&self.allowed)]));
        } else if self.denied.iter().any(is) || (self.denied.is_empty() && !self.required) {
            found.warns(field, messages::POLICY_DENIES.with([policy]));
        }
    }
}
