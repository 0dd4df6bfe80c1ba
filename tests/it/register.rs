//! The register's import.

use thuisloket::platform::import::{Report, Source};

use crate::world::{World, many, paper, papers_csv, people_csv, somebody};

journeys! {
    importing_twice_changes_nothing_and_a_changed_row_updates,
    wrong_rows_are_reported_and_do_not_stop_the_right_ones,
    a_snapshot_retires_what_is_missing_and_refuses_too_much,
    a_byte_order_mark_commas_and_windows_line_ends_are_fine,
    a_file_that_is_none_is_refused_before_any_row,
    no_national_number_is_kept,
    two_snapshots_at_once_keep_out_of_each_others_way,
    a_later_import_takes_the_place_of_an_earlier,
    a_run_that_was_killed_can_be_run_again,
    documents_with_faults_are_reported,
    a_key_that_rotates_keeps_everyone,
}

async fn importing_twice_changes_nothing_and_a_changed_row_updates(world: World) {
    let (anna, bart) = (somebody("Anna", "1985-05-05"), somebody("Bart", "1984-04-04"));
    let emma = somebody("Emma", "2019-09-09").child_of(&[&anna, &bart]);
    let all = [&emma, &anna, &bart];
    let first = world.people(&all).await;
    assert_eq!((first.rows, first.added, first.changed, first.wrong), (3, 3, 0, 0));
    let again = world.people(&all).await;
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 3));
    let changed = world.people(&[&emma, &anna.clone().speaks("fr"), &bart]).await;
    assert_eq!((changed.added, changed.changed, changed.unchanged), (0, 1, 2));
    let card = paper(&anna, "eid", "2017-06-01", "2027-06-01");
    assert_eq!(world.papers(std::slice::from_ref(&card)).await.added, 1);
    assert_eq!(world.papers(std::slice::from_ref(&card)).await.unchanged, 1);
    assert_eq!(world.papers(&[card.with("expires_on", "2027-07-01")]).await.changed, 1);
}

async fn wrong_rows_are_reported_and_do_not_stop_the_right_ones(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let good = people_csv(&[&anna]);
    let (header, row) = good.trim_end().split_once('\n').unwrap();
    let rows = [
        row.to_owned(),
        row.replace(&anna.number, "85050599901"),
        row.replace("1985-05-05", "1985-02-30"),
        row.replace(";Anna;", ";=cmd|' /C calc'!A0;"),
        row.replace(";Anna;", ";\"An\nna\";"),
        row.replace(";nl;", ";xx;"),
        row.replace(";Kouter;", &format!(";{};", "x".repeat(301))),
        row.replace("9800", ""),
        format!("{row};too;many"),
        row.to_owned(),
    ];
    let mut bytes = format!("{header}\n{}\n", rows.join("\n")).into_bytes();
    bytes.extend_from_slice(&[&row.as_bytes()[..20], b"\xff\xfe", &row.as_bytes()[20..], b"\n"].concat());
    let outcome = world.residents_file("deinze", &bytes, false).await.unwrap();
    // The same row again is fine; one without a postcode says something else: the first counts.
    assert_eq!((outcome.rows, outcome.added, outcome.unchanged, outcome.wrong), (11, 1, 1, 9));
    let report = std::fs::read_to_string(world.report()).unwrap();
    let lines: Vec<_> = report
        .lines()
        .skip(1)
        .filter(|l| !l.starts_with(";;"))
        .map(|l| l.split(';').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        lines,
        [
            "3 national_number",
            "4 birth_date",
            "5 given_names",
            "6 given_names",
            "8 language",
            "9 street",
            "11 ",
            "8 national_number",
            "10 national_number",
            "13 national_number"
        ],
        "{report}"
    );
    assert!(!report.contains("85050599901") && !report.contains("calc"), "no value stands in the report: {report}");
}

async fn a_snapshot_retires_what_is_missing_and_refuses_too_much(world: World) {
    let people: Vec<_> = (1..=28).map(|d| somebody("Iemand", &format!("1985-05-{d:02}"))).collect();
    let all: Vec<_> = people.iter().collect();
    let csv = |n: usize| people_csv(&all[..n]);
    world.residents_file("deinze", csv(28), true).await.unwrap();
    let outcome = world.residents_file("deinze", csv(27), true).await.unwrap();
    assert_eq!(outcome.retired, 1);
    let error = world.residents_file("deinze", csv(20), true).await.unwrap_err().to_string();
    assert!(error.contains("would retire 7 of 27"), "{error}");
    assert_eq!(world.figure("select count(*) from resident where state = 'active'").await, 27);
    // Back in the register, back in the town.
    assert_eq!(world.residents_file("deinze", csv(28), true).await.unwrap().changed, 1);
    let papers: Vec<_> = people.iter().map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect();
    world.documents_file("deinze", papers_csv(&papers), true).await.unwrap();
    assert_eq!(world.documents_file("deinze", papers_csv(&papers[..27]), true).await.unwrap().retired, 1);
    assert!(world.documents_file("deinze", papers_csv(&papers[..3]), true).await.is_err());
}

async fn a_byte_order_mark_commas_and_windows_line_ends_are_fine(world: World) {
    let (anna, bart) = (somebody("Zoë", "1985-05-05"), somebody("D’Artagnan", "1984-04-04"));
    let text = people_csv(&[&anna, &bart]).replace(';', ",").replace('\n', "\r\n");
    let outcome = world.residents_file("deinze", format!("\u{feff}{text}"), false).await.unwrap();
    assert_eq!((outcome.added, outcome.wrong), (2, 0));
    assert_eq!(world.texts("select given_names from resident order by birth_date").await, ["D’Artagnan", "Zoë"]);
}

async fn a_file_that_is_none_is_refused_before_any_row(world: World) {
    for (text, says) in [
        ("", "the file is empty"),
        ("name;birth\nx;y\n", "not known"),
        ("national_number;family_name\nx;y\n", "lacks the columns"),
        ("national_number;national_number\n", "twice"),
    ] {
        let error = world.residents_file("deinze", text, false).await.unwrap_err().to_string();
        assert!(error.contains(says), "{text:?}: {error}");
    }
    assert!(world.residents_file("deinze", b"\xff\xfe\x00", false).await.is_err());
    assert_eq!(world.figure("select count(*) from resident").await, 0);
}

async fn no_national_number_is_kept(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.phone(&anna, true).await;
    for table in ["resident", "account", "login", "session", "sign_in", "device"] {
        let sql: &'static str = match table {
            "resident" => "select number_hash || family_name || given_names || household from resident",
            "login" => "select issuer from login",
            "sign_in" => "select state_hash || nonce || coalesce(code_hash, '') from sign_in",
            _ => continue,
        };
        for text in world.texts(sql).await {
            assert!(!text.contains(&anna.number), "{table} holds the number");
        }
    }
    // The stand-in uses the number as its subject, as no real provider does; the row keeps what it is given.
    let key = b"deinze-0123456789-0123456789-0123456789";
    let hash = thuisloket::residents::rules::NationalNumber::parse(&anna.number).unwrap().hash(key).0;
    assert_eq!(world.texts("select number_hash from resident").await, [hash]);
}

async fn a_run_that_was_killed_can_be_run_again(world: World) {
    let people: Vec<_> = (1..=28).map(|d| somebody("Iemand", &format!("1985-05-{d:02}"))).collect();
    let all: Vec<_> = people.iter().collect();
    let text = people_csv(&all);
    // Cut in the middle of a row, as a file that was still being written.
    let half = &text[..text.len() / 2];
    let outcome = world.residents_file("deinze", half, false).await.unwrap();
    assert!(outcome.added > 5 && outcome.wrong <= 1);
    let outcome = world.residents_file("deinze", &text, true).await.unwrap();
    assert_eq!((outcome.added + outcome.unchanged + outcome.changed, outcome.wrong), (28, 0));
    assert_eq!(world.figure("select count(*) from resident").await, 28);
    assert_eq!(world.figure("select count(*) from import_seen").await, 0);
}

/// The night's two snapshots may overlap: neither forgets what the other saw.
async fn two_snapshots_at_once_keep_out_of_each_others_way(world: World) {
    let people = many(400);
    let all: Vec<_> = people.iter().collect();
    let papers: Vec<_> = people.iter().map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect();
    world.residents_file("deinze", people_csv(&all), true).await.unwrap();
    let (residents, documents) = tokio::join!(
        world.residents_file("deinze", people_csv(&all[..399]), true),
        world.documents_file("deinze", papers_csv(&papers), true)
    );
    assert_eq!((residents.unwrap().retired, documents.unwrap().retired), (1, 0));
    let (residents, documents) = tokio::join!(
        world.residents_file("deinze", people_csv(&all[..398]), true),
        world.documents_file("deinze", papers_csv(&papers[..398]), true)
    );
    assert_eq!((residents.unwrap().retired, documents.unwrap().retired), (1, 2));
    assert_eq!(world.figure("select count(*) from import_seen").await, 0);
}

/// The same subject twice at once: the later one counts, the earlier says so and retires nothing.
async fn a_later_import_takes_the_place_of_an_earlier(world: World) {
    let people = many(400);
    let all: Vec<_> = people.iter().collect();
    world.residents_file("deinze", people_csv(&all), true).await.unwrap();
    let (one, two) = tokio::join!(
        world.residents_file("deinze", people_csv(&all[..399]), true),
        world.residents_file("deinze", people_csv(&all[..398]), true)
    );
    let (stopped, whole) = if one.is_err() { (one, two) } else { (two, one) };
    let error = stopped.unwrap_err().to_string();
    assert!(error.contains("a later import of residents of this town began"), "{error}");
    let retired = i64::try_from(whole.unwrap().retired).unwrap();
    assert!(retired == 1 || retired == 2);
    assert_eq!(world.figure("select count(*) from resident where state = 'active'").await, 400 - retired);
}

async fn documents_with_faults_are_reported(world: World) {
    let (anna, nobody) = (somebody("Anna", "1985-05-05"), somebody("Nobody", "1970-01-01"));
    world.people(&[&anna]).await;
    let text = papers_csv(&[
        paper(&anna, "eid", "2027-06-01", "2017-06-01"),
        paper(&anna, "library_card", "2017-06-01", "2027-06-01"),
        paper(&nobody, "eid", "2017-06-01", "2027-06-01"),
        paper(&anna, "eid", "2017-06-01", "9999-12-31"),
        paper(&anna, "eid", "2017-06-01", "2027-06-01").with("number_end", "1234567"),
        paper(&anna, "eid", "2017-06-01", "2027-06-01"),
    ]);
    let outcome = world.documents_file("deinze", &text, false).await.unwrap();
    assert_eq!((outcome.added, outcome.wrong), (1, 5));
    let report = std::fs::read_to_string(world.report()).unwrap();
    for says in
        ["expires_on;lies before the day of issue", "kind;is none of", "is of nobody", "1950 to 2150", "number_end;"]
    {
        assert!(report.contains(says), "{says}: {report}");
    }
}

async fn a_key_that_rotates_keeps_everyone(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let emma = somebody("Emma", "2019-09-09").child_of(&[&anna]);
    world.people(&[&anna, &emma]).await;
    let mut config = (*world.instance.app.config).clone();
    let keys = &mut config.municipalities.get_mut("deinze").unwrap().number_keys;
    let newer =
        thuisloket::config::NumberKey { version: 2, key: "another-key-that-nobody-can-guess-0123".to_owned().into() };
    keys.push(newer);
    let ids = thuisloket::platform::ids::Ids::seeded(3);
    let instance = thuisloket::app::Server::open(config, world.clock.clone(), ids).await.unwrap();
    let town = instance.towns().by_key("deinze").unwrap();
    // Found under the old key until the next import, and under the new one after it.
    let number = thuisloket::residents::rules::NationalNumber::parse(&anna.number).unwrap();
    for _ in 0..2 {
        let mut r = instance.app.db.read().await.unwrap();
        let found = thuisloket::residents::by_national_number(&mut r, town, &number).await.unwrap().unwrap();
        assert_eq!(thuisloket::residents::children_of(&mut r, town, &[found.id]).await.unwrap().len(), 1);
        drop(r);
        let file = world.file("residents.csv", people_csv(&[&anna, &emma]));
        let outcome = thuisloket::residents::import::import(
            &instance.app,
            town,
            (Source::file(&file).unwrap(), false),
            Report::create(&world.report()).unwrap(),
            |_| {},
        )
        .await
        .unwrap();
        assert_eq!(outcome.added, 0);
    }
}
