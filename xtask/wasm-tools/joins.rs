/// Joins what would be a chunk for each combination of modules, as two environment variables with names of modules say:
/// - `WASM_SPLIT_AFTER`, pairs `later=earlier`: what only a module and those loaded after it share is in that module. An earlier
///   module may itself be the later one of another pair.
/// - `WASM_SPLIT_TIERS`, lists separated by `;`: a chunk has what the modules of the first list share with any, the next one what
///   those of the second list share with any but the first list's, and so on; the last chunk has what the rest share.
struct Joins {
    all: BTreeSet<String>,
    after: HashMap<String, String>,
    tiers: Vec<BTreeSet<String>>,
}

impl Joins {
    fn new(modules: impl Iterator<Item = String>) -> Self {
        let value = |name: &str| std::env::var(name).unwrap_or_default();
        let pair = |pair: &str| pair.split_once('=').map(|(later, earlier)| (later.to_owned(), earlier.to_owned()));
        let list = |list: &str| list.split_whitespace().map(str::to_owned).collect();
        Self {
            all: modules.collect(),
            after: value("WASM_SPLIT_AFTER").split_whitespace().filter_map(pair).collect(),
            tiers: value("WASM_SPLIT_TIERS").split(';').map(list).collect(),
        }
    }

    /// The module for what `color` would have had. Whoever needs `color` loads it, and so is what it depends on: the more modules
    /// a color has, the more the result has.
    fn joined(&self, color: &SplitModuleIdentifier) -> SplitModuleIdentifier {
        let SplitModuleIdentifier::Chunk(modules) = color else { return color.clone() };
        let is_before = |earlier: &String| modules.iter().all(|module| self.chain(module).any(|before| before == earlier));
        if let Some(earlier) = modules.first().and_then(|module| self.chain(module).find(|earlier| is_before(earlier))) {
            return SplitModuleIdentifier::Split(earlier.clone());
        }
        let earlier = self.tiers.iter().take_while(|tier| tier.is_disjoint(modules)).flatten().cloned().collect();
        SplitModuleIdentifier::Chunk(self.all.difference(&earlier).cloned().collect())
    }

    /// A module, the one it is loaded after, and so on.
    fn chain<'a>(&'a self, module: &'a String) -> impl Iterator<Item = &'a String> {
        std::iter::successors(Some(module), |module| self.after.get(*module))
    }
}
