//! What became of a month's messages: the numbers add up, and none tells of a few.

use serde_json::{Value, json};

use crate::{
    reach::chooses,
    world::{World, many, paper, somebody},
};

journeys! {
    a_month_adds_up_to_all_who_were_told,
    a_few_are_told_with_no_number,
}

const EDITOR: &[&str] = &["Redactie:0207509031"];

/// The numbers of a row, but for how many there are.
fn sum(row: &Value) -> i64 {
    let parts = row.as_object().unwrap().iter().filter(|(name, _)| !["name", "all"].contains(&name.as_str()));
    parts.map(|(_, n)| n.as_i64().unwrap()).sum()
}

async fn a_month_adds_up_to_all_who_were_told(world: World) {
    let people = many(24);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    world.papers(&people.iter().map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect::<Vec<_>>()).await;
    // Half of them have the app.
    let mut phones = Vec::new();
    for one in people.iter().take(12) {
        phones.push(world.phone(one, true).await);
    }
    world.days(2).await;
    let editor = world.staff("Jan Jansen", EDITOR).await;
    let (status, told) = world.get("/staff/v1/coverage?month=2027-03-15&by=plan", &editor).await;
    assert_eq!((status, &told["from"], &told["all"]), (200, &json!("2027-03-01"), &json!(24)), "{told}");
    let row = &told["rows"][0];
    assert_eq!((&row["name"], &row["all"]), (&json!("reminder"), &json!(24)));
    // No way led to who has no app: no address, and no letters there.
    assert_eq!((&row["not_reached"], &row["under_way"]), (&json!(12), &json!(12)), "{row}");
    assert_eq!(sum(row), 24);
    for phone in &mut phones {
        phone.refresh().await.unwrap();
        let message = phone.inbox().await.unwrap()[0].id;
        phone.open(message).await.unwrap();
    }
    let (_, by_district) = world.get("/staff/v1/coverage?month=2027-03-15&by=district", &editor).await;
    let row = &by_district["rows"][0];
    assert_eq!((&row["name"], &row["read"], sum(row)), (&json!("9800"), &json!(12), 24), "{row}");
    // Nothing began in the month before.
    let (_, before) = world.get("/staff/v1/coverage?month=2027-02-15&by=plan", &editor).await;
    assert_eq!((&before["all"], &before["rows"]), (&json!(0), &json!([])));
    let table = world.http.get(format!("{}/staff/v1/coverage/export?month=2027-03-01&by=plan", world.server));
    let table = table.bearer_auth(&editor).send().await.unwrap().text().await.unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("month;name;all;read;") && lines[0].ends_with(";under_way"), "{table}");
    assert!(lines[1].starts_with("2027-03;reminder;24;12;"), "{table}");
    // Another town has none of it; the counter does not ask.
    let stranger = world.staff("Nele", &["Redactie:0207500000"]).await;
    assert_eq!(world.get("/staff/v1/coverage?month=2027-03-15&by=plan", &stranger).await.1["all"], 0);
    let clerk = world.staff("Lies Peeters", &["Loket:0207509031"]).await;
    assert_eq!(world.get("/staff/v1/coverage?month=2027-03-15&by=plan", &clerk).await.0, 403);
}

async fn a_few_are_told_with_no_number(world: World) {
    let people = many(14);
    let refuses = somebody("Rita", "1950-05-05");
    world.people(&people.iter().chain([&refuses]).collect::<Vec<_>>()).await;
    chooses(&world, &refuses, "push", None, false).await;
    let papers: Vec<_> = people.iter().chain([&refuses]).map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect();
    world.papers(&papers).await;
    world.days(2).await;
    let editor = world.staff("Jan Jansen", EDITOR).await;
    let (_, told) = world.get("/staff/v1/coverage?month=2027-03-15&by=plan", &editor).await;
    let row = &told["rows"][0];
    // One who said no, and the others, from whom that one would follow.
    assert_eq!(row["all"], 15);
    assert!(row.get("refused").is_none() && row.get("not_reached").is_none(), "{row}");
    assert_eq!(row["read"], 0);
}
