//! The list as a file for spreadsheets (RFC 4180).

use super::directory::Row;

/// One line for the names of the columns, one for each identity.
pub(super) fn csv<'a>(rows: impl Iterator<Item = &'a Row>) -> String {
    let mut out = String::from("name,resourceGroup,region,subscription,id\r\n");
    for row in rows {
        for (at, text) in [&row.name, &row.group, &row.region, &row.subscription, row.id.as_str()].into_iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            push_cell(&mut out, text);
        }
        out.push_str("\r\n");
    }
    out
}

/// Always in quotes. A text that a spreadsheet would take for a formula gets an apostrophe before it.
pub(crate) fn push_cell(out: &mut String, text: &str) {
    out.push('"');
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        out.push('\'');
    }
    for letter in text.chars() {
        if letter == '"' {
            out.push('"');
        }
        out.push(letter);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::guid::Guid;
    use crate::arm::resource_id::ResourceId;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        let subscription = Guid::parse("11111111-2222-3333-4444-555555555555").expect("an id");
        let row = |name: &str, group: &str| Row {
            id: ResourceId::of_identity(&subscription, group, name),
            name: name.into(),
            group: group.into(),
            region: "eastus".into(),
            subscription: "=\"Contoso\", Ltd.".into(),
        };
        let text = csv([row("uami", "-rg")].iter());
        let lines: Vec<_> = text.split("\r\n").collect();
        assert_eq!(lines[0], "name,resourceGroup,region,subscription,id");
        assert!(lines[1].starts_with("\"uami\",\"'-rg\",\"eastus\",\"'=\"\"Contoso\"\", Ltd.\",\"/subscriptions/"), "{text}");
        assert_eq!(lines.len(), 3);
    }
}
