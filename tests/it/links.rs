//! Where messages lead in an app: each path that the server sends stands in the table of the mobile contract.

use std::collections::BTreeSet;

use crate::guards::sources;

/// A path with `{id}` for each part that is filled in.
fn general(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').map(|part| if part.starts_with('{') { "{id}" } else { part }).collect();
    parts.join("/")
}

/// The paths between quotation marks in a text of Rust.
fn paths(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| !line.contains("#[oai("));
    let quoted = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    quoted.filter(|text| text.starts_with('/')).map(general).collect()
}

/// The paths of the table of links into the app.
fn table() -> BTreeSet<String> {
    let text = std::fs::read_to_string("mobile-contract/README.md").unwrap();
    let part = text.split("\n## ").find(|part| part.starts_with("Links into the app")).unwrap();
    let rows = part.lines().filter(|line| line.starts_with("| `/"));
    rows.map(|row| general(row.split('`').nth(1).unwrap().split('?').next().unwrap())).collect()
}

#[test]
fn each_path_that_a_message_leads_to_is_in_the_table_of_links() {
    let table = table();
    let mut sent = BTreeSet::new();
    // Where messages are written: links of messages, and of their actions, stand there and no other paths.
    for (path, text) in sources("api") {
        if text.contains("deep_link") && !path.ends_with("routes.rs") {
            let here = paths(&text);
            let missing: Vec<_> = here.difference(&table).collect();
            assert!(missing.is_empty(), "{path} leads to {missing:?}, of which mobile-contract/README.md says nothing");
            sent.extend(here);
        }
    }
    // It finds them in each way in which they are written.
    for known in
        ["/inbox", "/documents", "/documents/{id}", "/documents/{id}/visits", "/tickets/{id}", "/announcements/{id}"]
    {
        assert!(sent.contains(known), "{known} is not found among {sent:?}");
    }
}
