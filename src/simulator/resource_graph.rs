//! `POST /providers/Microsoft.ResourceGraph/resources`: one query over all subscriptions, in a small part of its language: a table,
//! `where`, `project` and `limit`. Anything else is refused as an invalid query.

mod query;

use serde_json::Value;

use super::call::Call;
use super::json::json;
use super::refusal::Refusal;
use super::resource::Resource;
use super::resource_graph_type::TYPE;
use super::response::{ArmResponse, ArmResult};
use super::world::World;
use super::{ids, resource_handlers, rights, time};
use crate::arm::http::Method;
use query::{Query, Table};

/// Maximum rows per page, which is also the default.
const TOP_MAX: u64 = 1_000;
/// What a skip token starts with; the number of rows to skip follows.
const TOKEN: &str = "rows-";

pub(crate) fn answer(world: &World, call: &Call) -> ArmResult {
    TYPE.check_version(call)?;
    if call.method != Method::Post {
        return Err(Refusal::method_not_allowed(call.method, "POST"));
    }
    let body = call.json()?;
    let invalid = || invalid_query(call.now);
    let query = body["query"].as_str().and_then(Query::parse).ok_or_else(invalid)?;
    let options = &body["options"];
    let is_table = options["resultFormat"].as_str().is_some_and(|format| !format.eq_ignore_ascii_case("objectArray"));
    if is_table || body["facets"].as_array().is_some_and(|facets| !facets.is_empty()) {
        return Err(invalid());
    }
    let skip = match options["$skipToken"].as_str().filter(|token| !token.is_empty()) {
        Some(token) => token.strip_prefix(TOKEN).and_then(|number| number.parse().ok()).ok_or_else(invalid)?,
        None => options["$skip"].as_u64().unwrap_or_default(),
    };
    let top = options["$top"].as_u64().unwrap_or(TOP_MAX).clamp(1, TOP_MAX);
    let (mut total, mut data) = (0, Vec::new());
    for resource in world.tables.resources.iter().filter(|one| is_shown(world, &query, &body["subscriptions"], one)) {
        let Some(row) = row(world, resource, call.now).filter(|row| query.matches(row)) else { continue };
        if query.limit.is_some_and(|limit| total >= limit) {
            break;
        }
        if total >= skip && total < skip.saturating_add(top) {
            data.push(query.projected(row));
        }
        total += 1;
    }
    let has_more = skip.saturating_add(top) < total;
    let count = data.len() as u64;
    let mut answer = json!({ "totalRecords": total, "count": count, "facets": [], "resultTruncated": "false" });
    answer["data"] = Value::Array(data);
    // Without the rows' IDs, there are no further pages.
    if has_more && query.has("id") {
        answer["$skipToken"] = format!("{TOKEN}{}", skip + top).into();
    } else if has_more {
        answer["resultTruncated"] = "true".into();
    }
    let answer = ArmResponse::new(200, answer);
    Ok(answer.with("x-ms-user-quota-remaining", "14".to_owned()).with("x-ms-user-quota-resets-after", "00:00:05".to_owned()))
}

/// Whether the table contains the resource, and the caller sees it.
fn is_shown(world: &World, query: &Query, subscriptions: &Value, resource: &Resource) -> bool {
    let is_in_table = match query.table {
        Table::Resources => !resource.location.is_empty(),
        Table::Authorization => resource.kind == rights::ROLE_ASSIGNMENT,
    };
    let subscription = subscription_of(resource);
    let is_asked = subscriptions
        .as_array()
        .is_none_or(|asked| asked.iter().any(|one| one.as_str().is_some_and(|id| id.eq_ignore_ascii_case(subscription))));
    is_in_table
        && is_asked
        && world.subscription(subscription).is_some()
        && rights::allows(world, &resource.plain_id(), &format!("{}/read", resource.kind))
}

fn subscription_of(resource: &Resource) -> &str {
    resource.scope.split('/').nth(2).unwrap_or_default()
}

/// The resource as in its newest API version, with the graph's own columns. It writes types in lower case.
fn row(world: &World, resource: &Resource, now: u64) -> Option<Value> {
    let handler = resource_handlers::named(&resource.kind)?;
    let version = handler.kind.versions.split(' ').find(|version| !version.ends_with("preview")).unwrap_or_default();
    let mut row = resource_handlers::look_up(world, &resource.plain_id(), version, now)?;
    row["type"] = resource.kind.to_lowercase().into();
    row["tenantId"] = world.caller.tenant.id.as_str().into();
    row["subscriptionId"] = subscription_of(resource).into();
    row["resourceGroup"] = resource.group().to_lowercase().into();
    for column in ["kind", "managedBy", "location"] {
        if row[column].is_null() {
            row[column] = "".into();
        }
    }
    Some(row)
}

fn invalid_query(now: u64) -> Refusal {
    let id = ids::of_text(&format!("query {now}"));
    let message = format!("Please provide below info when asking for support: timestamp = {}, correlationId = {id}.", time::iso(now));
    let why = "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.";
    Refusal::by_provider(400, "BadRequest", &message).details(vec![json!({ "code": "InvalidQuery", "message": why })])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::simulator::seed::{DEVELOPMENT, SANDBOX};
    use crate::simulator::test_harness::TestHarness;

    const PATH: &str = "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01";

    fn ask(harness: &mut TestHarness, query: &str, more: Value) -> Value {
        let mut body = more;
        body["query"] = query.into();
        harness.send("POST", PATH, Some(body)).body
    }

    fn names(answer: &Value) -> Vec<&str> {
        answer["data"].as_array().into_iter().flatten().filter_map(|row| row["name"].as_str()).collect()
    }

    #[test]
    fn finds_resources_of_all_subscriptions_by_their_type() {
        let mut harness = TestHarness::new("");
        let registries = "resources | where type =~ 'Microsoft.ContainerRegistry/registries' | project id, name, loginServer = properties.loginServer, properties.roleAssignmentMode";
        let answer = ask(&mut harness, registries, json!({}));
        assert_eq!(names(&answer), ["contosodev", "contosoteam", "contososhared"]);
        assert_eq!((&answer["totalRecords"], &answer["count"], &answer["resultTruncated"]), (&json!(3), &json!(3), &json!("false")));
        let row = &answer["data"][1];
        assert_eq!(row["loginServer"], "contosoteam.azurecr.io");
        assert_eq!(row["properties_roleAssignmentMode"], "AbacRepositoryPermissions");
        assert_eq!(row.as_object().map(serde_json::Map::len), Some(4));
        let there = ask(&mut harness, registries, json!({ "subscriptions": [SANDBOX] }));
        assert_eq!(names(&there), ["contososhared"]);
        let clusters = ask(&mut harness, "Resources|where type=~'microsoft.containerservice/managedclusters'", json!({}));
        assert_eq!(names(&clusters), ["aks-dev", "aks-plain"]);
        let row = &clusters["data"][0];
        assert_eq!(
            (&row["type"], &row["resourceGroup"], &row["subscriptionId"]),
            (&json!("microsoft.containerservice/managedclusters"), &json!("rg-aks-weu"), &json!(DEVELOPMENT))
        );
    }

    #[test]
    fn finds_the_assignments_of_a_principal() {
        let mut harness = TestHarness::new("");
        let of = |principal: &str| {
            format!(
                "authorizationresources | where type =~ 'microsoft.authorization/roleassignments' | where properties.principalId == '{principal}'"
            )
        };
        let me = harness.caller.id.clone();
        let mine = ask(&mut harness, &of(&me), json!({}));
        assert_eq!(mine["count"], 3);
        assert_eq!(mine["data"][0]["properties"]["scope"], format!("/subscriptions/{DEVELOPMENT}"));
        assert_eq!(ask(&mut harness, &of("none"), json!({}))["count"], 0);
    }

    #[test]
    fn shows_only_what_the_caller_may_read() {
        let mut harness = TestHarness::new("");
        let group = format!("/subscriptions/{DEVELOPMENT}/resourceGroups/RG1");
        harness.simulator.assign_role(&group, "acdd72a7-3385-48ef-bd42-f606fba81ae7", "b1d6f0a4-2c73-4e58-8a19-6f3e7d5c4b20", None);
        harness.sign_in("b1d6f0a4-2c73-4e58-8a19-6f3e7d5c4b20");
        assert_eq!(names(&ask(&mut harness, "resources | project id, name", json!({}))), ["uami-existing", "contosodev"]);
    }

    #[test]
    fn comes_in_pages() {
        let mut harness = TestHarness::new("");
        let query = "resources | where type =~ 'microsoft.managedidentity/userassignedidentities' | project id, name";
        let (mut seen, mut token) = (Vec::new(), Value::Null);
        for _ in 0..3 {
            let page = ask(&mut harness, query, json!({ "options": { "$top": 3, "$skipToken": token, "resultFormat": "objectArray" } }));
            seen.extend(names(&page).into_iter().map(str::to_owned));
            assert_eq!(page["totalRecords"], 7);
            token = page["$skipToken"].clone();
        }
        assert_eq!((seen.len(), token), (7, Value::Null));
        let unnamed = ask(&mut harness, "resources | project name", json!({ "options": { "$top": 3 } }));
        assert_eq!((&unnamed["resultTruncated"], &unnamed["$skipToken"]), (&json!("true"), &Value::Null));
        assert_eq!(ask(&mut harness, "resources | limit 2", json!({}))["totalRecords"], 2);
    }

    #[test]
    fn refuses_what_it_cannot_do() {
        let mut harness = TestHarness::new("");
        for (query, more) in [
            ("resources | summarize count()", json!({})),
            ("resources", json!({ "options": { "resultFormat": "table" } })),
            ("resources", json!({ "options": { "$skipToken": "x" } })),
            ("resources", json!({ "facets": [{ "expression": "location" }] })),
        ] {
            let answer = ask(&mut harness, query, more);
            assert_eq!((&answer["error"]["code"], &answer["error"]["details"][0]["code"]), (&json!("BadRequest"), &json!("InvalidQuery")));
        }
        assert_eq!(harness.get(PATH).refusal(), "405 MethodNotAllowed");
        assert_eq!(harness.get(&PATH.replace("2022", "2012")).refusal(), "404 InvalidResourceType");
    }
}
