//! The fields of the form: where a problem is shown and where a link leads.

/// A field. Rows of tags are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Subscription.
    Subscription,
    /// Resource group, or the name of the new one.
    ResourceGroup,
    /// Region.
    Region,
    /// Name.
    Name,
    /// Isolation scope.
    IsolationScope,
    /// Resource restrictions.
    Restrictions,
    /// The name in a row of tags.
    TagName(usize),
    /// The value in a row of tags.
    TagValue(usize),
    /// The tags as a whole: too many, or a required one missing.
    Tags,
}

/// A tab of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Where and what.
    #[default]
    Basics,
    /// Tags.
    Tags,
    /// The summary, and Create.
    Review,
}

impl Tab {
    /// Its word in the browser's history.
    pub fn word(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Tags => "tags",
            Self::Review => "review",
        }
    }

    /// The tab of such a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Basics, Self::Tags, Self::Review].into_iter().find(|tab| tab.word() == word)
    }
}

impl Field {
    /// The tab the field is on.
    pub fn tab(self) -> Tab {
        match self {
            Self::TagName(_) | Self::TagValue(_) | Self::Tags => Tab::Tags,
            _ => Tab::Basics,
        }
    }
}
