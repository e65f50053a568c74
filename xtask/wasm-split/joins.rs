/// Joins what would be a chunk for each combination of modules, as two environment variables with names of modules say:
/// - `WASM_SPLIT_AFTER`, pairs `later=earlier`: what only a module and those loaded after it share is in that module.
/// - `WASM_SPLIT_FIRST`: one chunk has what any of these share with others, another one what the rest share.
struct Joins {
    all: BTreeSet<String>,
    after: HashMap<String, String>,
    first: BTreeSet<String>,
}

impl Joins {
    fn new(modules: impl Iterator<Item = String>) -> Self {
        let words = |name: &str| std::env::var(name).unwrap_or_default().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let pair = |pair: &String| pair.split_once('=').map(|(later, earlier)| (later.to_owned(), earlier.to_owned()));
        Self {
            all: modules.collect(),
            after: words("WASM_SPLIT_AFTER").iter().filter_map(pair).collect(),
            first: words("WASM_SPLIT_FIRST").into_iter().collect(),
        }
    }

    /// The module for what `color` would have had. Whoever needs `color` loads it, and so is what it depends on: the more modules
    /// a color has, the more the result has.
    fn joined(&self, color: &SplitModuleIdentifier) -> SplitModuleIdentifier {
        let SplitModuleIdentifier::Chunk(modules) = color else { return color.clone() };
        let earliest: BTreeSet<&String> = modules.iter().map(|module| self.after.get(module).unwrap_or(module)).collect();
        if let (Some(only), 1) = (earliest.first(), earliest.len()) {
            return SplitModuleIdentifier::Split((*only).clone());
        }
        if modules.is_disjoint(&self.first) {
            return SplitModuleIdentifier::Chunk(self.all.difference(&self.first).cloned().collect());
        }
        SplitModuleIdentifier::Chunk(self.all.clone())
    }
}
