//! Guards: what the compiler cannot see.

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
};

use thuisloket::platform::db::{Db, Engine, Open};

/// The client as generated from the committed contract; set BLESS=1 to write it.
#[test]
fn the_phones_client_is_the_one_the_contract_generates() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (citizen, _) = thuisloket::app::documents().unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&citizen).unwrap();
    // The generator makes a type of each header that has bounds, one for each operation; here it stays a text.
    for operation in
        document["paths"].as_object_mut().unwrap().values_mut().flat_map(|i| i.as_object_mut().unwrap().values_mut())
    {
        for parameter in operation
            .get_mut("parameters")
            .and_then(|p| p.as_array_mut())
            .into_iter()
            .flatten()
            .filter(|p| p["name"] == "Idempotency-Key")
        {
            parameter["schema"] = serde_json::json!({ "type": "string" });
        }
    }
    let spec: openapiv3::OpenAPI = serde_json::from_value(document).unwrap();
    let mut settings = progenitor::GenerationSettings::default();
    settings.with_interface(progenitor::InterfaceStyle::Positional);
    let mut generator = progenitor::Generator::new(&settings);
    let tokens = generator.generate_tokens(&spec).unwrap();
    let file: syn::File = syn::parse2(tokens).unwrap();
    let text = format!(
        "// Generated from openapi/citizen.json; BLESS=1 cargo test writes it anew.\n{}",
        prettyplease::unparse(&file)
    );
    let path = root.join("mobile-contract/src/client.rs");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "mobile-contract/src/client.rs is not what the contract generates; run: BLESS=1 cargo test"
    );
}

pub(crate) fn sources(folder: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                all.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!all.is_empty());
    all
}

/// A browser closes at the end what a sheet left open, and so takes a page's styles for those of a narrow window.
#[test]
fn the_consoles_style_sheet_closes_what_it_opens() {
    let sheet = std::fs::read_to_string("api/console/web/src/console.css").unwrap();
    let mut open = Vec::new();
    for (n, line) in (1..).zip(sheet.lines()) {
        // A rule of its own begins at the margin, and nothing else does.
        assert!(open.is_empty() || line.is_empty() || line.starts_with([' ', '}']), "line {n}: {open:?} is open still");
        open.extend(line.matches('{').map(|_| n));
        for _ in line.matches('}') {
            assert!(open.pop().is_some(), "line {n} closes what is not open");
        }
    }
    assert!(open.is_empty(), "open at the end: {open:?}");
}

/// What is committed of a page is what its sources are built to: `npm ci && npm run build` in its folder. `besides` are files that no folder
/// of sources holds.
fn was_built_from_what_is_here(page: &str, besides: &[(&str, &str)], generated: &str) {
    use sha2::Digest as _;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let web = root.join(page).join("web");
    let mut names: Vec<String> = std::fs::read_dir(web.join("src"))
        .unwrap()
        .map(|e| format!("src/{}", e.unwrap().file_name().display()))
        .filter(|n| generated.is_empty() || !n.ends_with(generated))
        .collect();
    names.extend(["package-lock.json", "package.json", "tsconfig.json", "vite.config.ts"].map(String::from));
    names.extend(Some("index.html".to_owned()).filter(|name| web.join(name).exists()));
    names.sort();
    let line = |name: &str, path: std::path::PathBuf| {
        let digest = sha2::Sha256::digest(std::fs::read(path).unwrap());
        let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
        format!("{hex}  {name}\n")
    };
    let mut here: String = names.iter().map(|n| line(n, web.join(n))).collect();
    here.extend(besides.iter().map(|(name, path)| line(name, root.join(path))));
    let built = std::fs::read_to_string(root.join(page).join("dist/built-from.txt")).unwrap_or_default();
    assert!(names.len() > 10 && here == built, "build it: cd {page}/web && npm ci && npm run build");
}

#[test]
fn the_console_was_built_from_what_is_here() {
    let contract = [("openapi/staff.json", "openapi/staff.json")];
    was_built_from_what_is_here("api/console", &contract, "contract.d.ts");
}

#[test]
fn the_page_of_the_api_was_built_from_what_is_here() {
    was_built_from_what_is_here("api/front/docs", &[], "");
}

#[test]
fn the_page_of_the_demo_was_built_from_what_is_here() {
    was_built_from_what_is_here("demo", &[], "");
}

/// The rooms in their order, as api/lib.rs lists them: a room imports only rooms before it.
/// What the console offers to choose from is what the server knows, each in words.
#[test]
fn the_console_knows_each_kind_of_document() {
    let read = |name: &str| {
        std::fs::read_to_string(format!("{}/api/console/web/src/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    let (audience, texts) = (read("audience.tsx"), read("texts.ts"));
    let offered = audience.split("export const DOCUMENTS = [").nth(1).unwrap().split(']').next().unwrap();
    let offered: Vec<&str> = offered.split('"').skip(1).step_by(2).collect();
    let known: Vec<&str> = thuisloket::documents::rules::KINDS.iter().map(|k| k.key).collect();
    assert_eq!(offered, known);
    for key in known {
        assert_eq!(texts.matches(&format!("  doc_{key}: ")).count(), 2, "{key}");
    }
}

#[test]
fn a_room_imports_only_rooms_before_it() {
    let order = rooms_in_order();
    // Every room that has a value is in the list of values, in the same order.
    let values: Vec<_> = thuisloket::ROOMS.iter().map(|room| room.name).collect();
    let first = order.iter().position(|name| name == "platform").unwrap();
    assert_eq!(order[first..first + values.len()], values, "api/lib.rs");
    let place = |name: &str| order.iter().position(|o| o == name);
    let mut looked_at = 0;
    for (path, text) in sources("api") {
        let inside = path.split("/api/").nth(1).unwrap();
        let room = inside.split(['/', '.']).next().unwrap();
        let Some(here) = place(room) else {
            assert!(["lib", "main"].contains(&room), "{room} is a room that this order does not know");
            continue;
        };
        let file: syn::File = syn::parse_file(&text).unwrap();
        let uses: Vec<String> = file
            .items
            .iter()
            .filter_map(|i| match i {
                syn::Item::Use(u) => Some(&u.tree),
                _ => None,
            })
            .flat_map(|t| crate_rooms(t, false))
            .collect();
        for used in uses {
            // platform and config know each other: the configuration is data that names a language and a log format.
            let ground = ["config", "platform"];
            if let Some(there) = place(&used) {
                looked_at += 1;
                let both_ground = ground.contains(&room) && ground.contains(&used.as_str());
                assert!(there <= here || both_ground, "{inside} imports {used}, which comes after {room}");
            }
        }
    }
    assert!(looked_at > 50);
}

/// The modules of api/lib.rs, in their order.
fn rooms_in_order() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/api/lib.rs")).unwrap();
    let modules = syn::parse_file(&text).unwrap().items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    });
    modules.collect()
}

/// Every text of a source that stands between quotes.
struct Texts(Vec<String>);

impl<'a> syn::visit::Visit<'a> for Texts {
    fn visit_lit_str(&mut self, text: &'a syn::LitStr) {
        self.0.push(text.value());
    }

    // What macros are given is not parsed, and statements stand in them.
    fn visit_macro(&mut self, call: &'a syn::Macro) {
        fn walk(tokens: proc_macro2::TokenStream, found: &mut Vec<String>) {
            for token in tokens {
                match token {
                    proc_macro2::TokenTree::Group(group) => walk(group.stream(), found),
                    proc_macro2::TokenTree::Literal(literal) => {
                        found.extend(syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value()));
                    }
                    _ => (),
                }
            }
        }
        walk(call.tokens.clone(), &mut self.0);
    }
}

/// What a piece of SQL does with tables: whether it writes, and which.
fn tables_of(sql: &str, known: &[String]) -> Vec<(bool, String)> {
    let spaced = sql.replace(',', " , ");
    let words: Vec<&str> =
        spaced.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ',').filter(|w| !w.is_empty()).collect();
    let at = words.windows(2).enumerate().filter(|(_, pair)| known.iter().any(|table| table == pair[1]));
    let found = at.filter_map(|(n, pair)| match pair[0] {
        "into" | "update" => Some((true, pair[1].to_owned())),
        "from" => Some((n > 0 && words[n - 1] == "delete", pair[1].to_owned())),
        "join" => Some((false, pair[1].to_owned())),
        _ => None,
    });
    // `from a x, b y`: the second table stands behind a comma, and is written as a join here.
    let listed = words.windows(5).any(|w| {
        ["from", "join"].contains(&w[0]) && (w[2] == "," || w[3] == ",") && {
            let next = if w[2] == "," { w[3] } else { w[4] };
            known.iter().any(|table| table == w[1]) && known.iter().any(|table| table == next)
        }
    });
    assert!(!listed, "say `cross join` and not a comma: {sql}");
    found.collect()
}

/// A room writes to its own tables, and reads its own and those of rooms before it that it says it reads: whatever SQL stands in its
/// sources, prepared or put together at run time.
#[tokio::test]
async fn a_room_touches_only_tables_that_it_says() {
    use sqlx::Connection as _;
    use syn::visit::Visit as _;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("x.db").display());
    Db::open(&url, 1, Open::Make).await.unwrap().migrate().await.unwrap();
    let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let known: Vec<String> = sqlx::query_scalar(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '%migrations'",
    )
    .fetch_all(&mut c)
    .await
    .unwrap();
    let mut owners: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (n, room) in thuisloket::ROOMS.iter().enumerate() {
        for table in room.owns {
            assert!(known.iter().any(|k| k == table), "{} owns {table}, and there is no such table", room.name);
            assert!(owners.insert(table, (n, room.name)).is_none(), "{table} has two owners");
        }
    }
    for table in &known {
        assert!(owners.contains_key(table.as_str()), "no room owns {table}");
    }
    // Whether a lost key is still needed is asked before there is a room of residents.
    let upward = [("municipalities", "resident")];
    let mut read: BTreeMap<&str, HashSet<String>> = BTreeMap::new();
    let mut pieces = 0;
    for (path, text) in sources("api") {
        let inside = path.split("/api/").nth(1).unwrap();
        let name = inside.split(['/', '.']).next().unwrap();
        let mut texts = Texts(Vec::new());
        texts.visit_file(&syn::parse_file(&text).unwrap());
        let Some(place) = thuisloket::ROOMS.iter().position(|room| room.name == name) else {
            // The composition root and the commands go through the rooms.
            let own: Vec<_> = texts.0.iter().flat_map(|sql| tables_of(sql, &known)).collect();
            assert!(own.is_empty(), "{inside} is no room and touches {own:?}");
            continue;
        };
        let room = thuisloket::ROOMS[place];
        for (writes, table) in texts.0.iter().flat_map(|sql| tables_of(sql, &known)) {
            pieces += 1;
            if room.owns.contains(&table.as_str()) {
                continue;
            }
            assert!(!writes, "{inside} writes to {table}, which is another room's");
            assert!(room.reads.contains(&table.as_str()), "{inside} reads {table}, and its room does not say so");
            let (owner, of) = owners[table.as_str()];
            let later = upward.contains(&(room.name, table.as_str()));
            assert!(owner < place || later, "{inside} reads {table} of {of}, which comes after it");
            read.entry(room.name).or_default().insert(table);
        }
    }
    for room in thuisloket::ROOMS {
        for table in room.reads {
            let really = read.get(room.name).is_some_and(|tables| tables.contains(*table));
            assert!(really, "{} says that it reads {table}, and does not", room.name);
        }
    }
    assert!(pieces > 300, "{pieces}");
}

/// Each kind of thing that the audit trail is about is called something by the room that has it, but for people; and a room names no
/// other kind.
#[test]
fn each_kind_of_subject_has_a_room_that_names_it() {
    let (_, staff) = thuisloket::app::documents().unwrap();
    let document: serde_json::Value = serde_json::from_str(&staff).unwrap();
    let kinds = document["components"]["schemas"]["SubjectKind"]["enum"].as_array().unwrap();
    let mut kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str().unwrap()).filter(|k| *k != "person").collect();
    let mut named: Vec<&str> = thuisloket::ROOMS.iter().flat_map(|room| room.names).map(|names| names.kind).collect();
    kinds.sort_unstable();
    named.sort_unstable();
    assert_eq!(named, kinds);
}

/// The names right behind `crate::` in a use tree.
fn crate_rooms(tree: &syn::UseTree, behind_crate: bool) -> Vec<String> {
    match tree {
        syn::UseTree::Path(p) if behind_crate => vec![p.ident.to_string()],
        syn::UseTree::Path(p) if p.ident == "crate" => crate_rooms(&p.tree, true),
        syn::UseTree::Name(n) if behind_crate => vec![n.ident.to_string()],
        syn::UseTree::Group(g) => g.items.iter().flat_map(|t| crate_rooms(t, behind_crate)).collect(),
        _ => Vec::new(),
    }
}

/// Rules are pure: no async, no clock, no SQL.
#[test]
fn rules_are_pure() {
    for (path, text) in sources("api").into_iter().filter(|(p, _)| p.ends_with("rules.rs") || p.contains("/rules/")) {
        for word in ["async ", "sqlx", ".await", "Clock", "Db,"] {
            assert!(!text.contains(word), "{path} says {word:?}");
        }
    }
}

/// Tables with their columns, nullability and keys, and the names of indexes, as each engine's catalogue tells.
#[tokio::test]
async fn both_engines_have_the_same_schema() {
    use sqlx::{Connection as _, Row as _};
    let Some(postgres) = crate::world::fresh_postgres().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("x.db").display());
    for url in [&sqlite, &postgres] {
        Db::open(url, 1, Open::Make).await.unwrap().migrate().await.unwrap();
    }
    let mut s = sqlx::SqliteConnection::connect(&sqlite).await.unwrap();
    let mut p = sqlx::PgConnection::connect(&postgres).await.unwrap();
    let columns_s: Vec<String> = sqlx::query_scalar(
        "select m.name || '.' || c.name || ' ' || c.\"notnull\" from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like '\\_%' escape '\\' and m.name not like 'sqlite%' order by 1",
    )
    .fetch_all(&mut s)
    .await
    .unwrap();
    let columns_p: Vec<String> = sqlx::query_scalar(
        "select table_name || '.' || column_name || ' ' || case is_nullable when 'NO' then '1' else '0' end
         from information_schema.columns where table_schema = 'public' and table_name not like '\\_%'",
    )
    .fetch_all(&mut p)
    .await
    .unwrap();
    let (mut a, mut b) = (columns_s, columns_p);
    a.sort();
    b.sort();
    assert_eq!(a, b);
    assert!(a.len() > 120);
    let indexes_s = sqlx::query("select name from sqlite_master where type = 'index' and sql is not null")
        .fetch_all(&mut s)
        .await
        .unwrap();
    let indexes_p = sqlx::query("select indexname from pg_indexes where schemaname = 'public' and indexname not like '%\\_pkey' and indexname not like '%\\_key' and indexname not like '\\_%'").fetch_all(&mut p).await.unwrap();
    let mut a: Vec<String> = indexes_s.iter().map(|r| r.get(0)).collect();
    let mut b: Vec<String> = indexes_p.iter().map(|r| r.get(0)).collect();
    a.sort();
    b.sort();
    assert_eq!(a, b);
}

/// What a document says that a test holds is held by a test.
#[test]
fn each_test_that_a_document_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files: BTreeMap<String, String> = sources("tests/it")
        .into_iter()
        .map(|(path, text)| (Path::new(&path).file_stem().unwrap().to_str().unwrap().to_owned(), text))
        .collect();
    let mut named = 0;
    for document in ["ARCHITECTURE.md", "SECURITY.md", "README.md"] {
        let text = std::fs::read_to_string(root.join(document)).unwrap();
        for quoted in text.split('`').skip(1).step_by(2) {
            let Some((file, name)) = quoted.split_once("::") else { continue };
            let Some(tests) = files.get(file) else { continue };
            let name = name.rsplit("::").next().unwrap();
            // Rooms and files of tests share some names; what a test promises is a sentence.
            if name.matches('_').count() < 2 {
                continue;
            }
            assert!(tests.contains(&format!("fn {name}(")), "{document} names {quoted}, which is no test");
            named += 1;
        }
    }
    assert!(named > 25, "{named}");
}

/// A script that somebody may have run says for ever what it said then.
#[test]
fn a_migration_is_never_edited() {
    use sha2::Digest as _;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let held: BTreeMap<String, String> = std::fs::read_to_string(folder.join("checksums.txt"))
        .unwrap()
        .lines()
        .map(|line| line.split_once("  ").map(|(sum, name)| (name.to_owned(), sum.to_owned())).unwrap())
        .collect();
    let mut there = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "sql") {
            let sum: String =
                sha2::Sha256::digest(std::fs::read(&path).unwrap()).iter().map(|b| format!("{b:02x}")).collect();
            there.insert(path.file_name().unwrap().to_str().unwrap().to_owned(), sum);
        }
    }
    assert!(!there.is_empty());
    assert_eq!(there, held, "migrations/README.md says how a script is added; none is edited or removed");
}

/// What all migrations make together, a room at a time, for a person to read; set BLESS=1 to write it.
#[tokio::test]
async fn the_schema_that_is_shown_is_the_one_that_the_migrations_make() {
    use sqlx::Connection as _;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("x.db").display());
    Db::open(&url, 1, Open::Make).await.unwrap().migrate().await.unwrap();
    let mut c = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let made: Vec<(String, String)> =
        sqlx::query_as("select tbl_name, sql from sqlite_master where sql is not null order by type desc, rowid")
            .fetch_all(&mut c)
            .await
            .unwrap();
    let mut text = "-- What the migrations make together, on either database. Written by a test (BLESS=1); see migrations/README.md.\n".to_owned();
    for room in thuisloket::ROOMS.iter().filter(|room| !room.owns.is_empty()) {
        text += &format!("\n-- {}\n", room.name);
        for table in room.owns {
            text += "\n";
            for (_, sql) in made.iter().filter(|(of, _)| of == table) {
                let sql = ["TABLE", "INDEX", "UNIQUE INDEX"].iter().fold(sql.clone(), |sql, kind| {
                    let upper = format!("CREATE {kind} ");
                    sql.strip_prefix(&upper).map(|rest| upper.to_lowercase() + rest).unwrap_or(sql)
                });
                text += &format!("{sql};\n");
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema.sql");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "docs/schema.sql is not what the migrations make; run: BLESS=1 cargo test the_schema_that"
    );
}

#[test]
fn the_committed_contracts_are_what_the_server_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (citizen, staff) = thuisloket::app::documents().unwrap();
    for (path, text) in [
        ("openapi/citizen.json", citizen),
        ("openapi/staff.json", staff),
        ("mobile-contract/problem-codes.json", thuisloket::platform::openapi::problem_codes(thuisloket::ROOMS)),
    ] {
        let committed = std::fs::read_to_string(root.join(path)).unwrap();
        assert!(committed == text, "{path} is not what the server writes; run: cargo run -- openapi");
    }
}

#[test]
fn every_operation_is_described_and_says_what_can_go_wrong() {
    let (citizen, staff) = thuisloket::app::documents().unwrap();
    let mut n = 0;
    for text in [citizen, staff] {
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, o) in item.as_object().unwrap() {
                n += 1;
                let told = |k: &str| o[k].as_str().is_some_and(|t| t.len() > 8);
                assert!(told("summary") && told("description") && o["operationId"].is_string(), "{method} {path}");
                assert!(o["x-problem-codes"].as_array().unwrap().len() >= 4, "{method} {path}");
            }
        }
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            if schema["type"] == "object" {
                // The schema with its neighbours, as JSON Schema sees them.
                let whole = serde_json::json!({
                    "components": document["components"], "$ref": format!("#/components/schemas/{name}"),
                });
                let faults = jsonschema::validator_for(&whole).unwrap();
                let faults: Vec<_> = faults.iter_errors(&schema["example"]).map(|e| e.to_string()).collect();
                assert!(faults.is_empty(), "the example of {name}: {faults:?}");
            }
            for (field, property) in schema["properties"].as_object().into_iter().flatten() {
                let described = property["description"].is_string()
                    || property.get("$ref").is_some()
                    || property["allOf"].is_array()
                    || property["items"]["$ref"].is_string();
                assert!(described, "{name}.{field} is not described");
            }
        }
    }
    assert_eq!(n, 250);
}

/// What a phone or a machine may have to repeat takes an `Idempotency-Key`: whatever makes something, and whatever takes
/// something away that is not there a second time. What says how something shall be is the same said twice.
#[test]
fn what_may_be_repeated_takes_an_idempotency_key() {
    let same_again = [
        // Nothing is made but a page to go to, which nobody finishes twice; or nothing but an entry of the audit trail.
        "start_staff_sign_in",
        "find_residents",
        "search_appointments",
        "preview_audience",
        "preview_closure",
        "preview_location",
        "preview_service",
        // What is still to be done is found anew.
        "move_stranded",
        "unlink_trial",
        // At its offset, or not.
        "send_part",
        // Said twice, it is the same.
        "mark_unread",
        "unarchive_message",
        "remove_email",
        "withdraw_role",
        // Whoever is there already gets the number that they have.
        "check_in",
        "check_in_by_code",
        "take_number",
        // Repeated, the session that would ask has ended.
        "end_all_sessions",
    ];
    let (citizen, staff) = thuisloket::app::documents().unwrap();
    for text in [citizen, staff] {
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for (method, o) in document["paths"].as_object().unwrap().values().flat_map(|i| i.as_object().unwrap()) {
            let id = o["operationId"].as_str().unwrap();
            let takes = o["parameters"].as_array().is_some_and(|p| p.iter().any(|p| p["name"] == "Idempotency-Key"));
            let should = ["post", "delete", "patch"].contains(&method.as_str()) && !same_again.contains(&id);
            assert_eq!(takes, should, "{method} {id}");
        }
    }
}

/// The audit trail is added to and, past its keeping, forgotten; nothing changes it.
#[test]
fn no_statement_changes_the_audit_trail() {
    let mut writes: Vec<_> = crate::statements::known(Engine::Sqlite)
        .into_iter()
        .filter(|(_, sql)| sql.contains("audit_entry") && !sql.trim_start().starts_with("select"))
        .map(|(name, sql)| (name, sql.split_whitespace().take(2).collect::<Vec<_>>().join(" ")))
        .collect();
    writes.sort();
    writes.dedup();
    assert_eq!(writes, [("ADD", "insert into".to_owned()), ("FORGET", "delete from".to_owned())]);
    for (path, text) in sources("api") {
        // What is built from parts is read as it is written.
        assert!(!text.contains("update audit_entry"), "{path} changes what was done");
        assert!(path.contains("/api/audit/") || !text.contains("audit_entry"), "{path} writes past the room");
    }
}

/// Which operations may be called by anyone; all others want a citizen's session.
#[tokio::test]
async fn every_operation_but_a_few_wants_a_session() {
    let world = crate::world::World::start(crate::world::Engine::Sqlite).await.unwrap();
    let anyone = [
        "about",
        "list_municipalities",
        "refresh_session",
        "start_sign_in",
        "start_staff_sign_in",
        "trade_code",
        "trade_staff_code",
    ];
    let (citizen, staff) = thuisloket::app::documents().unwrap();
    for text in [citizen, staff] {
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, o) in item.as_object().unwrap() {
                let id = o["operationId"].as_str().unwrap();
                let open = anyone.contains(&id);
                assert_eq!(o["security"].as_array().unwrap().is_empty(), open, "{id}");
                if !open {
                    let real = path
                        .split('/')
                        .map(|p| if p.starts_with('{') { "00000000-0000-0000-0000-000000000001" } else { p });
                    let path = real.collect::<Vec<_>>().join("/");
                    assert_eq!(world.raw(&method.to_uppercase(), &path, None, None).await.0, 401, "{id}");
                }
            }
        }
    }
}

/// The audit of dependencies, as far as it can be done without the advisory database: all from the one registry, each under
/// a licence that goes with the EUPL, one library for TLS and cryptography, and all in the lock file.
#[test]
fn every_dependency_is_from_the_registry_and_of_a_known_licence() {
    let allowed = [
        "MIT",
        "MIT-0",
        "Apache-2.0",
        "ISC",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Zlib",
        "Unicode-3.0",
        "Unlicense",
        "CC0-1.0",
        "BSL-1.0",
        "MPL-2.0",
        "CDLA-Permissive-2.0",
        // BSD without even the notice; approved by the Open Source Initiative. Of `quoted_printable`, which `lettre` encodes with.
        "0BSD",
        // Permissive, with a grant of patents; approved by the Open Source Initiative.
        "BlueOak-1.0.0",
        "EUPL-1.2",
        "Apache-2.0 WITH LLVM-exception",
    ];
    let metadata = cargo_metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let mut sources = std::collections::BTreeSet::new();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let banned = ["openssl", "openssl-sys", "native-tls", "md5", "time-macros-impl"];
        assert!(!banned.contains(&name), "{name} is a second library for what we have, or one that is not kept");
        if let Some(source) = package["source"].as_str() {
            sources.insert(source);
        }
        let licence = package["license"].as_str().unwrap_or_else(|| panic!("{name} names no licence"));
        // `A/B` is the old way to write `A OR B`; of a choice one is enough, of a sum all are needed.
        let licence = licence.replace('/', " OR ").replace(['(', ')'], "");
        let fits = licence.split(" AND ").all(|all| all.split(" OR ").any(|one| allowed.contains(&one.trim())));
        assert!(fits, "{name} is under {licence}");
    }
    assert!(packages.len() > 300);
    assert_eq!(sources.len(), 1, "{sources:?}");
    assert!(sources.iter().all(|s| s.starts_with("registry+")));
}

/// What cargo knows of all packages and of which depends on which.
fn cargo_metadata() -> serde_json::Value {
    let mut command = std::process::Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"]);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a town runs links no fake identity provider: of the packages in this repository, the product depends on none but itself, and
/// its sources name none. Tests may (`dev-dependencies`), and the demo is a program of its own.
#[test]
fn the_product_links_no_stand_in() {
    let metadata = cargo_metadata();
    let ours: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| package["source"].is_null())
        .map(|package| (package["id"].as_str().unwrap(), package["name"].as_str().unwrap()))
        .collect();
    let names: HashSet<&str> = ours.values().copied().collect();
    assert_eq!(names, HashSet::from(["thuisloket", "thuisloket-demo", "thuisloket-mobile-contract"]));
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    // Whatever is linked or run to build it, from one package on.
    let reached = |from: &str| {
        let mut reached: HashSet<&str> = HashSet::new();
        let mut open: Vec<&str> = ours.iter().filter(|(_, name)| **name == from).map(|(id, _)| *id).collect();
        while let Some(id) = open.pop() {
            if !reached.insert(id) {
                continue;
            }
            let node = nodes.iter().find(|node| node["id"] == id).unwrap();
            for dep in node["deps"].as_array().unwrap() {
                if dep["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev") {
                    open.push(dep["pkg"].as_str().unwrap());
                }
            }
        }
        reached
    };
    let of_ours =
        |from: &str| -> HashSet<&str> { reached(from).iter().filter_map(|id| ours.get(id)).copied().collect() };
    assert_eq!(of_ours("thuisloket"), HashSet::from(["thuisloket"]));
    // The look finds what there is to find: the demo links all three.
    assert_eq!(of_ours("thuisloket-demo"), names);
    assert!(reached("thuisloket").len() > 200);
    for (path, text) in sources("api") {
        for word in ["thuisloket_demo", "mobile_contract::", "rcgen", "mobile-contract/src", "demo/src"] {
            assert!(!text.contains(word), "{path} says {word:?}");
        }
    }
}
