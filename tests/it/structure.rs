//! How the files of a room stand to each other.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};

use crate::guards::sources;

type Module = Vec<String>;

/// The paths that a file names in its code, but in its tests.
#[derive(Default)]
struct Named(Vec<Vec<String>>);

impl Named {
    fn tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(p) => self.tree(&p.tree, &with(&p.ident)),
            syn::UseTree::Name(n) => self.0.push(with(&n.ident)),
            syn::UseTree::Rename(r) => self.0.push(with(&r.ident)),
            syn::UseTree::Group(g) => g.items.iter().for_each(|t| self.tree(t, before)),
            syn::UseTree::Glob(_) => self.0.push(before.to_vec()),
        }
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !module.attrs.iter().any(|a| a.path().is_ident("cfg")) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, &[]);
    }

    // `pub(super)` names a module and needs nothing of it.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        // One word is a value, whatever it is called.
        if path.segments.len() > 1 {
            self.0.push(path.segments.iter().map(|s| s.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        // What is given to a macro is not parsed: its paths are words with colons between them.
        let text = mac.tokens.to_string().replace(" :: ", "::").replace(":: ", "::").replace("$ ", "$");
        // What a macro of ours says with `$crate` stands where it is called.
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':' || c == '$'));
        let paths = words.filter(|w| w.contains("::") && !w.starts_with('$'));
        self.0.extend(paths.map(|p| p.split("::").map(str::to_owned).collect()));
    }
}

/// Which modules of its room each module names.
fn edges() -> BTreeMap<Module, BTreeSet<Module>> {
    let files: Vec<(Module, String)> = sources("api")
        .into_iter()
        .map(|(path, text)| {
            let inside = path.split("/api/").nth(1).unwrap().trim_end_matches(".rs");
            (inside.trim_end_matches("/mod").split('/').map(str::to_owned).collect(), text)
        })
        .collect();
    let modules: BTreeSet<&Module> = files.iter().map(|(m, _)| m).collect();
    let mut all = BTreeMap::new();
    for (module, text) in &files {
        let mut named = Named::default();
        named.visit_file(&syn::parse_file(text).unwrap());
        let mut to = BTreeSet::new();
        for path in named.0 {
            let up = path.iter().take_while(|p| *p == "super").count();
            let whole: Module = match path.first().map(String::as_str) {
                Some("crate") => path[1..].to_vec(),
                Some("super") => [&module[..module.len().saturating_sub(up)], &path[up..]].concat(),
                // A module of its own, or nothing of ours.
                Some(first) if modules.contains(&[module.as_slice(), &[first.to_owned()]].concat()) => {
                    [module.as_slice(), &path].concat()
                }
                _ => continue,
            };
            // The longest beginning that is a module.
            let found = (1..=whole.len()).rev().map(|n| whole[..n].to_vec()).find(|m| modules.contains(m));
            to.extend(found.filter(|m| m != module && m[0] == module[0]));
        }
        all.insert(module.clone(), to);
    }
    all
}

/// A file can be read, and changed, with those below it in mind and no others. What two need from each other stands below both: types
/// in `model.rs`, what is decided in `rules.rs`; what a room is to the server stands in `value.rs`, which nothing of the room imports.
#[test]
fn no_two_files_of_a_room_need_each_other() {
    let mut left = edges();
    assert!(left.values().map(BTreeSet::len).sum::<usize>() > 500);
    // What needs nothing that is left is taken away, until nothing is left, or only circles and what needs them.
    loop {
        let free: BTreeSet<Module> = left.iter().filter(|(_, to)| to.is_empty()).map(|(m, _)| m.clone()).collect();
        if free.is_empty() {
            break;
        }
        left.retain(|m, _| !free.contains(m));
        left.values_mut().for_each(|to| to.retain(|m| !free.contains(m)));
    }
    let circles: Vec<String> = left
        .iter()
        .map(|(m, to)| format!("{} needs {:?}", m.join("/"), to.iter().map(|m| m.join("/")).collect::<Vec<_>>()))
        .collect();
    assert!(circles.is_empty(), "{circles:#?}");
}
