//! The list as a CSV file (RFC 4180).

use crate::arm::percent;
use crate::cloud::identity_list::IdentityRow;
use crate::csv::{MARK, push_cell};
use crate::visible::is_hidden;

/// A header row, and a row for each identity.
pub(super) fn csv<'a>(rows: impl Iterator<Item = &'a IdentityRow>) -> String {
    let mut out = String::from(MARK);
    out.push_str("name,resourceGroup,region,subscription,id,clientId,principalId\r\n");
    for row in rows {
        let cells = [&row.name, &row.group, &row.region, &row.subscription, &id(row), &row.client_id, &row.principal_id];
        for (at, text) in cells.into_iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            push_cell(&mut out, text);
        }
        out.push_str("\r\n");
    }
    out
}

/// The id, with hidden characters percent-encoded, so that it remains valid.
fn id(row: &IdentityRow) -> String {
    let encoded = |letter: char| if is_hidden(letter) { percent::encode(letter.encode_utf8(&mut [0; 4])) } else { letter.into() };
    row.id.as_str().chars().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::guid::Guid;
    use crate::arm::resource_id::ResourceId;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let subscription = Guid::parse("11111111-2222-3333-4444-555555555555").expect("an id");
        let row = |name: &str, group: &str| IdentityRow {
            id: ResourceId::of_identity(&subscription, group, name),
            name: name.into(),
            group: group.into(),
            region: "eastus".into(),
            subscription: "=\"Contoso\", Ltd.".into(),
            subscription_id: subscription.to_string(),
            client_id: "c".into(),
            principal_id: "p".into(),
        };
        let text = csv([row("uami", "-rg")].iter());
        let lines: Vec<_> = text.split("\r\n").collect();
        assert_eq!(lines[0], "\u{feff}name,resourceGroup,region,subscription,id,clientId,principalId");
        assert!(lines[1].starts_with("\"uami\",\"'-rg\",\"eastus\",\"'=\"\"Contoso\"\", Ltd.\",\"/subscriptions/"), "{text}");
        assert_eq!(lines.len(), 3);
        let (hidden, marked) = (csv([row("uami", "a\u{3164}")].iter()), "\"a<U+3164>\"");
        assert!(hidden.contains(marked) && hidden.contains("/resourceGroups/a%E3%85%A4/providers/"), "{hidden}");
    }
}
