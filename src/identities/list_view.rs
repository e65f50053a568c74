//! The list's view state: filter, pills and sort order. It is kept in the URL, so that Back and a bookmark restore it.

use crate::arm::any_case::same;
use crate::arm::location::Location;
use crate::arm::percent::{encode, pairs};
use crate::cloud::identity_list::IdentityRow;

/// The maximum characters of a value from the URL.
const VALUE_MAX: usize = 256;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    #[default]
    Name,
    Group,
    Region,
    /// The subscription's name.
    Subscription,
}

impl Column {
    /// In display order.
    pub const ALL: [Self; 4] = [Self::Name, Self::Group, Self::Region, Self::Subscription];

    /// The key in the URL, the same as in the form's links.
    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Group => "resourceGroup",
            Self::Region => "region",
            Self::Subscription => "subscription",
        }
    }
}

/// The view state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub filter: String,
    /// A subscription id; empty for all.
    pub subscription: String,
    /// A resource group's name; empty for all.
    pub group: String,
    /// A region by ARM's name; empty for all.
    pub region: String,
    pub sort: Column,
    pub descending: bool,
}

impl Shown {
    /// Parses a URL's query (without `?`). Unknown keys and values are ignored.
    pub fn parse(query: &str) -> Self {
        let mut shown = Self::default();
        for (key, value) in pairs(query) {
            let value: String = value.chars().take(VALUE_MAX).collect();
            match key.as_str() {
                "filter" => shown.filter = value,
                "subscription" => shown.subscription = value,
                "resourceGroup" => shown.group = value,
                "region" => shown.region = value,
                "sort" => shown.sort = Column::ALL.into_iter().find(|column| column.key() == value).unwrap_or_default(),
                "order" => shown.descending = value == "descending",
                _ => {}
            }
        }
        shown
    }

    /// The query that [`Self::parse`] parses; empty for the default view.
    pub fn query(&self) -> String {
        let sort = if self.sort == Column::default() { "" } else { self.sort.key() };
        let order = if self.descending { "descending" } else { "" };
        let pairs = [
            ("filter", self.filter.as_str()),
            ("subscription", &self.subscription),
            ("resourceGroup", &self.group),
            ("region", &self.region),
            ("sort", sort),
            ("order", order),
        ];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        pairs.map(|(key, value)| [key, "=", &encode(value)].concat()).collect::<Vec<_>>().join("&")
    }

    /// Whether it filters anything.
    pub fn is_narrowed(&self) -> bool {
        let fields = [self.filter.trim(), &self.subscription, &self.group, &self.region];
        fields.into_iter().any(|field| !field.is_empty())
    }

    /// The same sort order, without filters.
    #[must_use]
    pub fn widened(&self) -> Self {
        Self { sort: self.sort, descending: self.descending, ..Self::default() }
    }

    /// Sorts by a column, or reverses the order if it is sorted by that column already.
    pub fn sort_by(&mut self, column: Column) {
        self.descending = self.sort == column && !self.descending;
        self.sort = column;
    }

    /// The matching rows, sorted.
    pub fn of(&self, rows: &[IdentityRow], regions: &[Location]) -> Vec<IdentityRow> {
        let mut shown: Vec<IdentityRow> = rows.iter().filter(|row| self.matches(row, regions)).cloned().collect();
        shown.sort_by_cached_key(|row| {
            let first = match self.sort {
                Column::Name => &row.name,
                Column::Group => &row.group,
                Column::Region => row.region_name(regions),
                Column::Subscription => &row.subscription,
            };
            (first.to_lowercase(), row.name.to_lowercase())
        });
        if self.descending {
            shown.reverse();
        }
        shown
    }

    fn matches(&self, row: &IdentityRow, regions: &[Location]) -> bool {
        let is = |wanted: &str, own: &str| wanted.is_empty() || same(wanted, own);
        is(&self.subscription, &row.subscription_id)
            && is(&self.group, &row.group)
            && is(&self.region, &row.region)
            && row.matches(&self.filter, regions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arm::guid::Guid;
    use crate::arm::resource_id::ResourceId;

    const SUBSCRIPTIONS: [&str; 2] = ["11111111-2222-3333-4444-555555555555", "22222222-2222-3333-4444-555555555555"];

    fn row(name: &str, group: &str, region: &str, subscription: usize) -> IdentityRow {
        let id = Guid::parse(SUBSCRIPTIONS[subscription]).expect("an id");
        IdentityRow {
            id: ResourceId::of_identity(&id, group, name),
            name: name.into(),
            group: group.into(),
            region: region.into(),
            subscription: ["Contoso", "Fabrikam"][subscription].into(),
            subscription_id: id.to_string(),
            client_id: format!("c0ffee00-0000-0000-0000-{:012}", name.len()),
            principal_id: format!("decade00-0000-0000-0000-{:012}", name.len()),
        }
    }

    fn rows() -> Vec<IdentityRow> {
        vec![row("uami-b", "rg1", "westus", 1), row("uami-A", "RG2", "eastus", 0), row("other", "rg1", "eastus", 0)]
    }

    fn names(query: &str) -> Vec<String> {
        Shown::parse(query).of(&rows(), &[]).into_iter().map(|row| row.name).collect()
    }

    #[test]
    fn the_url_round_trips() {
        for query in ["", "filter=a%20b%26%C3%BC", "subscription=x&resourceGroup=RG%231&region=eastus", "sort=region&order=descending"] {
            assert_eq!(Shown::parse(query).query(), query);
        }
        assert_eq!(Shown::parse("sort=nonsense&order=up&mode=preview&x"), Shown::default());
        assert_eq!(Shown::parse(&format!("filter={}", "x".repeat(999))).filter.len(), VALUE_MAX);
        assert!(Shown::parse("region=eastus").is_narrowed() && !Shown::parse("filter=%20&sort=region").is_narrowed());
        assert_eq!(Shown::parse("filter=x&sort=region").widened(), Shown::parse("sort=region"));
    }

    #[test]
    fn rows_are_filtered_by_text_ids_and_pills() {
        let table = [
            ("", vec!["other", "uami-A", "uami-b"]),
            ("filter=UAMI", vec!["uami-A", "uami-b"]),
            ("filter=fabrikam", vec!["uami-b"]),
            ("filter=c0ffee00-0000-0000-0000-000000000005", vec!["other"]),
            ("filter=DECADE00", vec!["other", "uami-A", "uami-b"]),
            // So few characters match many ids by chance.
            ("filter=dec", vec![]),
            ("resourceGroup=RG1", vec!["other", "uami-b"]),
            ("resourceGroup=rg1&region=eastus", vec!["other"]),
            ("subscription=22222222-2222-3333-4444-555555555555", vec!["uami-b"]),
            ("filter=nothing", vec![]),
        ];
        for (query, expected) in table {
            assert_eq!(names(query), expected, "{query}");
        }
    }

    #[test]
    fn rows_are_sorted_by_any_column_both_ways() {
        let table = [
            ("order=descending", vec!["uami-b", "uami-A", "other"]),
            ("sort=resourceGroup", vec!["other", "uami-b", "uami-A"]),
            ("sort=region", vec!["other", "uami-A", "uami-b"]),
            ("sort=subscription&order=descending", vec!["uami-b", "uami-A", "other"]),
        ];
        for (query, expected) in table {
            assert_eq!(names(query), expected, "{query}");
        }
        let mut shown = Shown::default();
        shown.sort_by(Column::Region);
        assert_eq!(shown.query(), "sort=region");
        shown.sort_by(Column::Region);
        assert_eq!(shown.query(), "sort=region&order=descending");
        shown.sort_by(Column::Name);
        assert_eq!(shown.query(), "");
    }
}
