//! Each statement that can be sent to a database: what guards and plans go through.

use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqlSafeStr as _, postgres::PgTypeInfo};
use thuisloket::{
    announcements::{self, Chunk, Draft, HowFar, Importance, Sending, Settled, audience::Audience},
    platform::{
        db::{Built, Db, Engine, Listed, Open, Part},
        ids::{MunicipalityId, ResidentId},
        language::Language,
    },
};
use uuid::Uuid;

use crate::guards::sources;

/// Those whose text is always the same, by name.
pub fn fixed() -> Vec<thuisloket::platform::room::Statement> {
    thuisloket::ROOMS.iter().flat_map(|room| room.statements).copied().flatten().copied().collect()
}

/// Those that claim rows.
fn claiming() -> Vec<(&'static str, &'static thuisloket::platform::db::Locked)> {
    thuisloket::ROOMS.iter().flat_map(|room| room.claiming).copied().flatten().copied().collect()
}

/// Those about a list, and how things are named that the trail is about.
fn listed() -> Vec<(&'static str, Listed)> {
    let lists = thuisloket::ROOMS.iter().flat_map(|room| room.listed).copied().flatten().copied();
    let names = thuisloket::ROOMS.iter().flat_map(|room| room.names).map(|names| (names.kind, names.select));
    lists.chain(names).collect()
}

/// One audience of each kind of condition that the contract has, and of its opposite.
fn each_audience() -> Vec<Built> {
    let (_, staff) = thuisloket::app::documents().unwrap();
    let document: Value = serde_json::from_str(&staff).unwrap();
    let spot = |latitude: f64, longitude: f64| json!({ "latitude": latitude, "longitude": longitude });
    let conditions = [
        json!({ "kind": "everyone" }),
        json!({ "kind": "street", "street": "Markt", "from": 1, "until": 9, "side": "odd" }),
        json!({ "kind": "postcode", "postcodes": ["9800", "9810"] }),
        json!({ "kind": "circle", "centre": spot(50.98, 3.53), "meters": 500 }),
        json!({ "kind": "polygon", "corners": [spot(50.9, 3.5), spot(50.91, 3.5), spot(50.9, 3.51)] }),
        json!({ "kind": "age", "from": 18, "until": 30 }),
        json!({ "kind": "language", "languages": ["fr", "en"] }),
        json!({ "kind": "children", "from": 3, "until": 12 }),
        json!({ "kind": "topic", "topic": "works" }),
        json!({ "kind": "document", "kinds": ["eid"], "from": "2027-01-01", "until": "2027-12-31" }),
        json!({ "kind": "list", "list_id": "01935c3e-0000-7000-8000-0000000aacc2" }),
    ];
    let mapped = &document["components"]["schemas"]["Condition"]["discriminator"]["mapping"];
    let mut kinds: Vec<&str> = mapped.as_object().unwrap().keys().map(String::as_str).collect();
    let mut here: Vec<&str> = conditions.iter().map(|c| c["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    here.sort_unstable();
    assert_eq!(kinds, here);
    let opposites: Vec<Value> = conditions
        .iter()
        .map(|condition| {
            let mut other = condition.clone();
            other["not"] = json!(true);
            other
        })
        .collect();
    let day = chrono::NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
    let audience = |groups: Value| {
        let audience: Audience = serde_json::from_value(groups).unwrap();
        announcements::compile(&audience, day, Language::Nl)
    };
    let mut all: Vec<Built> =
        conditions.iter().chain(&opposites).map(|condition| audience(json!([[condition]]))).collect();
    all.push(audience(json!([conditions, opposites])));
    all
}

/// An instance of each statement that is put together as it is asked for, with and without each part that it can have.
fn built() -> Vec<(&'static str, Built)> {
    use announcements::{Line, by_instants, concerning, counting, next, previewing, recipients, saving, written_to};
    let (town, somebody) = (MunicipalityId(Uuid::max()), ResidentId(Uuid::max()));
    let announcement = announcements::AnnouncementId(Uuid::max());
    let now = chrono::DateTime::UNIX_EPOCH;
    let mut all = Vec::new();
    for audience in each_audience() {
        all.push(("counting", counting(town, &audience)));
        for importance in [Importance::Ordinary, Importance::Important, Importance::Emergency] {
            for topic in [None, Some("works".to_owned())] {
                let (send_at, valid_until, reach) = (None, None, HowFar::App);
                let sending = Sending { importance, topic, over_cap: false, send_at, valid_until, reach };
                all.push(("previewing", previewing(town, &audience, &sending, now)));
                all.push(("written_to", written_to(town, &audience, &sending, (now.date_naive(), now))));
            }
        }
        for whom in [audience.clone(), recipients(announcement)] {
            for (after, again) in [(None, None), (Some(somebody), Some(announcement))] {
                all.push(("next", next(town, &whom, "works", Chunk { after, again, limit: 1 })));
            }
        }
        all.push(("concerning", concerning(town, somebody, [&audience, &audience].into_iter())));
    }
    for version in [0, 1] {
        let draft = json!({
            "version": version, "importance": "ordinary", "topic": "works", "texts": [], "audience": [],
            "valid_until": "2027-03-02T18:00:00Z",
        });
        let draft: Draft = serde_json::from_value(draft).unwrap();
        all.push((
            "saving",
            saving((town, announcement), (Uuid::max(), "Rik"), (&draft, &Settled::default()), now).unwrap(),
        ));
    }
    for line in [Line::Delivered, Line::Opened] {
        all.push(("by_instants", by_instants(town, announcement, &[now, now], line)));
    }
    all
}

/// Each statement that is known before anybody asks: its text on an engine, about one row and about several.
pub fn known(engine: Engine) -> Vec<(&'static str, String)> {
    let fixed = fixed().into_iter().map(|(name, sql)| (name, sql.to_owned()));
    let claims = claiming().into_iter().map(|(name, locked)| {
        let sql = if engine == Engine::Sqlite { locked.sqlite } else { locked.postgres };
        (name, sql.to_owned())
    });
    let lists = listed()
        .into_iter()
        .flat_map(|(name, list)| [[1, 1], [3, 2]].map(|lengths| (name, list.text(engine, &lengths))));
    fixed.chain(claims).chain(lists).collect()
}

/// What PostgreSQL is told of the parameters of a statement that is put together.
fn types(built: &Built) -> Vec<PgTypeInfo> {
    let types = built.parts().iter().filter_map(|part| match part {
        Part::Sql(_) => None,
        Part::Id(_) => Some("uuid"),
        Part::Text(_) => Some("text"),
        Part::Float(_) => Some("float8"),
        Part::Whole(_) => Some("int8"),
        Part::Flag(_) => Some("bool"),
        Part::Json(_) => Some("jsonb"),
        Part::Day(_) => Some("date"),
        Part::At(_) => Some("timestamptz"),
    });
    types.map(PgTypeInfo::with_name).collect()
}

#[tokio::test]
async fn every_statement_is_good_on_both_engines() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("x.db").display());
    let all = |engine| {
        let built = built().into_iter().map(|(name, built)| (name, built.text(engine), types(&built)));
        known(engine).into_iter().map(|(name, sql)| (name, sql, Vec::new())).chain(built).collect::<Vec<_>>()
    };
    assert!(all(Engine::Sqlite).len() > 500, "{}", all(Engine::Sqlite).len());
    Db::open(&sqlite, 1, Open::Make).await.unwrap().migrate().await.unwrap();
    let mut c = sqlx::SqliteConnection::connect(&sqlite).await.unwrap();
    for (name, sql, _) in all(Engine::Sqlite) {
        let fault = c.prepare(AssertSqlSafe(sql.clone()).into_sql_str()).await.err();
        assert!(fault.is_none(), "{name} on SQLite: {fault:?}: {sql}");
    }
    let Some(postgres) = crate::world::fresh_postgres().await else { return };
    Db::open(&postgres, 1, Open::Make).await.unwrap().migrate().await.unwrap();
    let mut c = sqlx::PgConnection::connect(&postgres).await.unwrap();
    for (name, sql, types) in all(Engine::Postgres) {
        let fault = c.prepare_with(AssertSqlSafe(sql.clone()).into_sql_str(), &types).await.err();
        assert!(fault.is_none(), "{name} on PostgreSQL: {fault:?}: {sql}");
    }
}

/// Where statements, or parts of them, are put together, and how many: each is in an instance of `built`.
const BUILDS: &[(&str, usize)] = &[
    ("announcements/store.rs", 1),
    ("announcements/store/audience.rs", 1),
    ("announcements/store/figures.rs", 1),
    ("announcements/store/people.rs", 6),
    ("push/mod.rs", 1),
];

/// What is sent to a database is one of those: no statement is put together in another way, or by a room of which nobody has an
/// instance.
#[test]
fn no_statement_is_put_together_unseen() {
    for (path, text) in sources("api") {
        let inside = path.split("/api/").nth(1).unwrap();
        assert!(!text.contains("QueryBuilder"), "{inside} puts a statement together where no guard sees it");
        let builds = text.matches("Built::default()").count();
        let known = BUILDS.iter().find(|(file, _)| *file == inside).map_or(0, |(_, n)| *n);
        assert_eq!(builds, known, "{inside} puts statements together: `built` in this file needs an instance of each");
        let here = inside.starts_with("platform/db/") || inside == "platform/room.rs";
        assert!(here || !text.contains("Listed("), "{inside} has a list that is not in `listed!`");
        let safe = text.contains("AssertSqlSafe") && !inside.starts_with("platform/db/");
        assert!(!safe, "{inside} sends a text that is not in its sources");
    }
}
