//! How registries are listed in a combobox.

use crate::arm::subscription::SubscriptionState;
use crate::cloud::registry_list::RegistryRow;
use crate::controls::Entry;
use crate::messages;
use crate::visible::shown;

/// What the combobox filters by: login server, group and name. Login servers are unique in the world.
pub fn entry_id(row: &RegistryRow) -> String {
    let group = row.registry.id.resource_group().unwrap_or_default();
    [&row.registry.login_server, " ", group, " ", &row.registry.name].concat()
}

pub fn entry(row: &RegistryRow) -> Entry<'static> {
    let group = row.registry.id.resource_group().unwrap_or_default();
    let detail = [&row.registry.login_server, " · ", group, " · ", &row.subscription.display_name].concat();
    let entry = Entry::new(entry_id(row), shown(&row.registry.name).into_owned()).detail(shown(&detail).into_owned());
    match row.subscription.state {
        state if state.accepts_writes() => entry,
        SubscriptionState::Warned => entry.disabled(messages::DISABLED_BY_WARNING.text()),
        _ => entry.disabled(messages::DISABLED_BY_STATE.text()),
    }
}
