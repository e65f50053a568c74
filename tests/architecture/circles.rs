//! Checks that no two files depend on each other, directly or indirectly. A module and its submodules count as one, since a
//! child sees its parent's private items.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Source, sources};

type Graph = BTreeMap<String, BTreeSet<String>>;

/// The module of a file: `create/check.rs` is `create::check`.
fn module(path: &str) -> String {
    path.trim_end_matches(".rs").replace('/', "::")
}

/// The modules that each module uses, except its ancestors and descendants.
fn graph(sources: &[Source]) -> Graph {
    let modules: BTreeSet<String> = sources.iter().map(|source| module(&source.path)).collect();
    let is_inside = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with("::"));
    let mut graph = Graph::new();
    for source in sources {
        let own = module(&source.path);
        // The crate root declares the rooms, and the programs start them.
        let is_root = matches!(own.as_str(), "lib" | "main") || own.starts_with("bin::");
        let named = if is_root { Vec::new() } else { paths(&source.untested().code) };
        let known = named.iter().filter_map(|path| resolve(&own, path, &modules));
        let others = known.filter(|known| *known != own && !is_inside(known, &own) && !is_inside(&own, known)).collect();
        graph.insert(own, others);
    }
    graph
}

/// The rooms that a source uses, except in its tests.
pub(crate) fn rooms(source: &Source) -> BTreeSet<String> {
    let own = module(&source.path);
    let named = paths(&source.untested().code);
    named.iter().filter_map(|path| absolute(&own, path)?.first().map(|room| (*room).to_owned())).collect()
}

/// The first of the `unwanted` rooms that a source uses, except in its tests.
pub(crate) fn named(source: &Source, unwanted: &[&str]) -> Option<String> {
    rooms(source).into_iter().find(|room| unwanted.contains(&room.as_str()))
}

/// The paths in the code: from `use`, with braces expanded, and everywhere else.
fn paths(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("use ") {
        let is_word = rest[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric() && before != '_');
        let (_, after) = rest.split_at(at + 4);
        let tree = after.split(';').next().unwrap_or_default();
        if is_word {
            paths.extend(expanded(&tree.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        rest = after;
    }
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    paths.extend(code.split(|letter: char| !is_part(letter)).filter(|word| word.contains("::")).map(str::to_owned));
    paths
}

/// `a::{b, c::{d}}` as `a::b` and `a::c::d`.
fn expanded(tree: &str) -> Vec<String> {
    let Some((before, inside)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or_default().trim().to_owned()];
    };
    let inside = inside.rsplit_once('}').map_or(inside, |(inside, _)| inside);
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&inside[start..]);
    let items = items.into_iter().filter(|item| !item.trim().is_empty());
    items.flat_map(|item| expanded(&[before.trim(), item.trim()].concat())).collect()
}

/// `path` as seen from `own`, resolved from the crate root. `None` unless it starts with `crate`, `self` or `super`.
fn absolute<'a>(own: &'a str, path: &'a str) -> Option<Vec<&'a str>> {
    let mut segments: Vec<&str> = path.split("::").filter(|segment| !segment.is_empty()).collect();
    let mut base: Vec<&str> = own.split("::").collect();
    match *segments.first()? {
        "crate" => {
            segments.remove(0);
            base.clear();
        }
        "self" => drop(segments.remove(0)),
        "super" => {
            while segments.first() == Some(&"super") {
                segments.remove(0);
                base.pop();
            }
        }
        _ => return None,
    }
    base.extend(segments);
    Some(base)
}

/// The module of `path` as seen from `own`: its longest prefix that is a file.
fn resolve(own: &str, path: &str, modules: &BTreeSet<String>) -> Option<String> {
    let inside = [own, "::", path].concat();
    let is_inside = || path.split("::").next().is_some_and(|first| modules.contains(&[own, "::", first].concat()));
    let full = absolute(own, path).or_else(|| is_inside().then(|| inside.split("::").collect()))?;
    (1..=full.len()).rev().map(|length| full[..length].join("::")).find(|module| modules.contains(module))
}

/// The groups of mutually dependent modules, sorted by name.
fn circles(graph: &Graph) -> Vec<Vec<&str>> {
    let reached = |from: &str| {
        let (mut reached, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(module) = open.pop() {
            open.extend(graph.get(&module).into_iter().flatten().filter(|next| reached.insert((*next).clone())).cloned());
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<String>> = graph.keys().map(|module| (module.as_str(), reached(module))).collect();
    let in_circles = reached.iter().filter(|(module, reached)| reached.contains(**module)).map(|(module, _)| *module);
    let mut circles: Vec<Vec<&str>> = Vec::new();
    for module in in_circles {
        match circles.iter_mut().find(|circle| reached[circle[0]].contains(module) && reached[module].contains(circle[0])) {
            Some(circle) => circle.push(module),
            None => circles.push(vec![module]),
        }
    }
    circles
}

#[test]
fn no_files_depend_on_each_other() {
    let sources = sources();
    let graph = graph(&sources);
    assert!(graph.values().map(BTreeSet::len).sum::<usize>() > 500, "the paths were found");
    let found = circles(&graph);
    assert!(found.is_empty(), "circles of files: {found:#?}");
}

#[test]
fn finds_cycles_through_every_kind_of_path() {
    let circles_of = |files: &[(&str, &str)]| {
        let sources: Vec<Source> = files.iter().map(|(path, text)| Source::new(path, text)).collect();
        let graph = graph(&sources);
        circles(&graph).iter().map(|circle| circle.join(" ")).collect::<Vec<_>>()
    };
    let knot = [
        ("a.rs", "mod b;"),
        ("a/b.rs", "use crate::{c::{C, D}, x};"),
        ("c.rs", "pub(crate) use super::d::E as F;"),
        ("d.rs", "fn f() { crate::a::b::g() }"),
        ("e.rs", "//! crate::d\nuse crate::d;\n#[cfg(test)]\nmod tests {\n use crate::a;\n}"),
    ];
    assert_eq!(circles_of(&knot), ["a::b c d"]);
    // A module and its submodules are one.
    assert_eq!(circles_of(&[("a.rs", "mod b;\nuse b::C;"), ("a/b.rs", "use super::D;")]), Vec::<String>::new());
    assert_eq!(circles_of(&[("a.rs", "mod b;\nfn f() { b::g() }"), ("a/b.rs", "use crate::c;"), ("c.rs", "use crate::a::b;")]), ["a::b c"]);
}
