//! Makes, changes and removes an identity's role assignment.

use std::time::Duration;

use crate::arm::client::ArmClient;
use crate::arm::error::ArmError;
use crate::arm::guid::Guid;
use crate::arm::role_assignment::{NewRoleAssignment, PRINCIPAL_NOT_FOUND, ROLE_ASSIGNMENT_EXISTS, RoleAssignment};
use crate::arm::transport::Transport;

/// The seconds to wait before each further attempt while Entra ID doesn't know a new identity yet: two minutes in all.
pub const REPLICATION_WAITS: [u64; 7] = [2, 4, 8, 16, 30, 30, 30];

/// A change from what was read to what is wanted: `None` where there is no assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentChange {
    /// The object id of the identity's service principal.
    pub principal: Guid,
    pub before: Option<RoleAssignment>,
    pub after: Option<NewRoleAssignment>,
}

/// Why a change wasn't made.
#[derive(Debug, PartialEq)]
pub enum NotAssigned {
    /// What would have been replaced isn't what it was when it was read. Nothing was sent.
    Meanwhile,
    /// The assignment is one that [`RoleAssignment::removable`] refuses.
    NotHere,
    Refused(ArmError),
}

impl From<ArmError> for NotAssigned {
    fn from(error: ArmError) -> Self {
        Self::Refused(error)
    }
}

impl AssignmentChange {
    /// What is there now, in place of what the change is about.
    async fn present<T: Transport>(&self, client: &ArmClient<T>) -> Result<Option<RoleAssignment>, NotAssigned> {
        let removed = self.before.as_ref().and_then(RoleAssignment::removable);
        let scope = self.after.as_ref().map(|after| after.scope.clone()).or(removed).ok_or(NotAssigned::NotHere)?;
        let found = client.role_assignments_of(&scope, &self.principal).all(client).await?;
        let is_it = |one: &RoleAssignment| match (&self.after, &self.before) {
            (Some(after), _) => one.is_at(&after.scope) && one.role.eq_ignore_ascii_case(&after.role),
            (None, Some(before)) => one.id.eq_ignore_ascii_case(&before.id),
            (None, None) => false,
        };
        Ok(found.into_iter().find(is_it))
    }

    fn is_made(&self, present: Option<&RoleAssignment>) -> bool {
        match (&self.after, present) {
            (None, None) => true,
            (Some(after), Some(present)) => after.condition == present.condition,
            _ => false,
        }
    }
}

/// Makes a change, if what it replaces still is what was read. Waits, telling `waiting` the seconds, while Entra ID doesn't know the
/// identity yet. If no answer comes, reads the assignments before reporting the outcome.
///
/// # Errors
/// If the change wasn't made, or isn't known to be.
pub async fn make<T: Transport>(
    client: &ArmClient<T>,
    change: &AssignmentChange,
    waiting: impl Fn(Option<u64>),
) -> Result<(), NotAssigned> {
    let present = change.present(client).await?;
    if change.is_made(present.as_ref()) {
        return Ok(());
    }
    if present != change.before {
        return Err(NotAssigned::Meanwhile);
    }
    let mut waits = REPLICATION_WAITS.into_iter();
    loop {
        let answer = match (&change.after, &change.before) {
            (Some(after), _) => client.put_role_assignment(after, &change.principal).await,
            (None, Some(before)) => client.delete_role_assignment(&before.id).await,
            (None, None) => Ok(()),
        };
        let Err(error) = answer else { return Ok(()) };
        if error.has_code(PRINCIPAL_NOT_FOUND)
            && let Some(seconds) = waits.next()
        {
            waiting(Some(seconds));
            client.transport().wait(Duration::from_secs(seconds)).await;
            waiting(None);
            continue;
        }
        if error.has_code(ROLE_ASSIGNMENT_EXISTS) {
            // Under another name. Lists lag behind: one without it contradicts nothing, except where the condition counts.
            let found = change.present(client).await?;
            let is_plain = change.after.as_ref().is_some_and(|after| after.condition.is_none());
            let is_there = change.is_made(found.as_ref()) || (found.is_none() && is_plain);
            return if is_there { Ok(()) } else { Err(NotAssigned::Meanwhile) };
        }
        if error.is_unanswered() {
            let found = change.present(client).await;
            return if found.is_ok_and(|found| change.is_made(found.as_ref())) { Ok(()) } else { Err(error.into()) };
        }
        return Err(error.into());
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use serde_json::{Value, json};

    use super::*;
    use crate::access::role::ACR_PULL;
    use crate::arm::fake::{answer, client, scripted};
    use crate::arm::http::{Method, Response};
    use crate::arm::resource_id::ResourceId;
    use crate::arm::role_assignment;
    use crate::arm::transport::WireError;

    const REGISTRY: &str =
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/reg1";
    const NAME: &str = "05c5a614-a7d6-4502-b150-c2fb455033ff";

    fn value(condition: Option<&str>) -> Value {
        let id = [REGISTRY, "/providers/Microsoft.Authorization/roleAssignments/", NAME].concat();
        let role = ["/providers/Microsoft.Authorization/roleDefinitions/", ACR_PULL.id].concat();
        let properties = json!({ "roleDefinitionId": role, "principalId": NAME, "scope": REGISTRY, "condition": condition });
        json!({ "id": id, "name": NAME, "properties": properties })
    }

    fn listed(values: &[Value]) -> Response {
        answer(200, &json!({ "value": values }).to_string())
    }

    fn refused(status: u16, code: &str) -> Response {
        answer(status, &json!({ "error": { "code": code, "message": code } }).to_string())
    }

    fn adding(condition: Option<&str>) -> AssignmentChange {
        let scope = ResourceId::parse(REGISTRY).expect("an id");
        let identity = ResourceId::of_identity(&scope.subscription().expect("a subscription"), "rg", "uami");
        let after = NewRoleAssignment::new(&identity, scope, ACR_PULL.id, condition.map(str::to_owned));
        AssignmentChange { principal: Guid::parse(NAME).expect("a GUID"), before: None, after: Some(after) }
    }

    fn removing(value: &Value) -> AssignmentChange {
        AssignmentChange { before: role_assignment::read(value), after: None, ..adding(None) }
    }

    fn run(change: &AssignmentChange, answers: Vec<Response>) -> (Result<(), NotAssigned>, Vec<Method>, Vec<u64>) {
        let (client, fake) = scripted(answers);
        let made = pollster::block_on(make(&client, change, |_| {}));
        let methods = fake.sent.borrow().iter().map(|request| request.method).collect();
        (made, methods, fake.waits.borrow().clone())
    }

    #[test]
    fn adds_what_is_not_there() {
        let (made, methods, _) = run(&adding(None), vec![listed(&[]), answer(201, "{}")]);
        assert_eq!((made, methods), (Ok(()), vec![Method::Get, Method::Put]));
        let (made, methods, _) = run(&adding(None), vec![listed(&[value(None)])]);
        assert_eq!((made, methods), (Ok(()), vec![Method::Get]), "it is there, under another name");
        let (made, methods, _) = run(&adding(None), vec![listed(&[value(Some("other"))])]);
        assert_eq!((made, methods), (Err(NotAssigned::Meanwhile), vec![Method::Get]));
    }

    #[test]
    fn a_condition_is_replaced_only_where_it_still_is_what_was_read() {
        let change = AssignmentChange { before: role_assignment::read(&value(Some("a"))), ..adding(Some("b")) };
        assert_eq!(run(&change, vec![listed(&[value(Some("a"))]), answer(200, "{}")]).0, Ok(()));
        assert_eq!(run(&change, vec![listed(&[value(Some("b"))])]).0, Ok(()));
        for present in [vec![], vec![value(Some("c"))], vec![value(None)]] {
            assert_eq!(run(&change, vec![listed(&present)]).0, Err(NotAssigned::Meanwhile));
        }
    }

    #[test]
    fn a_new_identity_is_waited_for_two_minutes_under_the_same_name() {
        let missing = || refused(400, PRINCIPAL_NOT_FOUND);
        let (made, methods, waits) = run(&adding(None), vec![listed(&[]), missing(), missing(), answer(201, "{}")]);
        assert_eq!((made, methods.len(), waits), (Ok(()), 4, vec![2, 4]));
        let told = RefCell::new(Vec::new());
        let (client, fake) = client(move |request| Ok(if request.method == Method::Get { listed(&[]) } else { missing() }));
        let made = pollster::block_on(make(&client, &adding(None), |seconds| told.borrow_mut().push(seconds)));
        assert!(matches!(made, Err(NotAssigned::Refused(error)) if error.has_code(PRINCIPAL_NOT_FOUND)));
        assert_eq!((fake.waits.borrow().iter().sum::<u64>(), told.borrow().len()), (120, 14));
        let sent = fake.sent.borrow();
        assert!(sent.iter().filter(|request| request.method == Method::Put).all(|request| request.url == sent[1].url));
    }

    #[test]
    fn an_assignment_under_another_name_is_there_if_it_allows_the_same() {
        let exists = || refused(409, ROLE_ASSIGNMENT_EXISTS);
        assert_eq!(run(&adding(None), vec![listed(&[]), exists(), listed(&[value(None)])]).0, Ok(()));
        assert_eq!(run(&adding(None), vec![listed(&[]), exists(), listed(&[])]).0, Ok(()));
        for (wanted, present) in [(Some("a"), vec![]), (Some("a"), vec![value(None)]), (None, vec![value(Some("a"))])] {
            assert_eq!(run(&adding(wanted), vec![listed(&[]), exists(), listed(&present)]).0, Err(NotAssigned::Meanwhile));
        }
    }

    #[test]
    fn a_lost_answer_is_read_back() {
        for (there, expected) in [(vec![value(None)], true), (vec![], false)] {
            let answers = RefCell::new(vec![Ok(listed(&there)), Err(WireError::Unreachable), Ok(listed(&[]))]);
            let (client, _) = client(move |_| answers.borrow_mut().pop().unwrap_or(Err(WireError::Unreachable)));
            assert_eq!(pollster::block_on(make(&client, &adding(None), |_| {})).is_ok(), expected);
        }
    }

    #[test]
    fn removes_by_id_what_still_is_what_was_listed() {
        let change = removing(&value(None));
        let (made, methods, _) = run(&change, vec![listed(&[value(None)]), answer(200, "{}")]);
        assert_eq!((made, methods), (Ok(()), vec![Method::Get, Method::Delete]));
        assert_eq!(run(&change, vec![listed(&[])]).0, Ok(()));
        assert_eq!(run(&change, vec![listed(&[value(Some("a"))])]).0, Err(NotAssigned::Meanwhile));
        let mut inherited = value(None);
        inherited["properties"]["scope"] = "/providers/Microsoft.Management/managementGroups/root".into();
        assert_eq!(run(&removing(&inherited), vec![]).0, Err(NotAssigned::NotHere));
    }
}
