//! Announcements go on as far as their author asked: by e-mail, by letter, and never to who said no; and what became of each is counted.

use serde_json::{Value, json};
use thuisloket::{
    inbox::reach::{LetterDue, Reason, Step, cannot, letter_of_use, letter_posted},
    with_conn,
};
use thuisloket_mobile_contract::phone::Phone;

use crate::{
    announcements::{act, draft, put, sent, staff},
    reach::{chooses, claimed},
    world::{World, many, somebody},
};

journeys! {
    with "deinze.letters.enabled = true";
    paper_reaches_who_has_no_app_and_who_does_not_read_it,
    an_author_who_says_nothing_is_followed_by_nothing,
    an_e_mail_goes_to_those_only_who_wish_announcements_so,
    what_was_taken_back_is_printed_for_nobody,
    a_correction_goes_as_far_and_takes_the_place_of_the_first,
    what_is_over_is_told_to_nobody_any_more,
    who_installs_the_app_in_between_reads_it_there_and_sees_it_taken_back,
    who_does_not_follow_the_topic_is_written_to_by_nobody,
    who_stops_following_the_topic_is_told_no_more_of_what_is_under_way,
    templates_carry_how_far_it_goes,
    a_preview_counts_the_letters,
    a_child_gets_no_letter_where_a_parent_at_home_was_told,
    a_child_is_written_to_in_time_where_the_parent_is_not_told_by_then,
    a_child_is_written_to_where_what_was_under_way_to_the_parent_came_to_nothing,
    a_childs_letter_that_is_taken_out_as_the_parent_read_it_counts_as_that,
    a_preview_counts_no_letters_to_children_whose_parent_is_told,
    what_became_of_an_announcement_adds_up,
    a_few_are_told_with_no_number,
    a_page_for_the_council,
}

mod without_letters {
    use super::*;

    journeys! {
        a_town_without_letters_asks_for_no_paper,
    }

    async fn a_town_without_letters_asks_for_no_paper(world: World) {
        world.people(&[&somebody("Luc", "1948-01-01")]).await;
        let (writer, _) = staff(&world).await;
        let id = put(&world, &writer, 1, &going("paper")).await;
        let (status, problem) = act(&world, &writer, &id, "submit", "&everyone=true").await;
        let told = (status, problem["field"].as_str(), problem["reason"].as_str());
        assert_eq!(told, (400, Some("reach"), Some("letters_off")), "{problem}");
    }
}

const EVERY: &str = "push,mail,letter";
const STANDS: &str = "select source || ' ' || coalesce(waits_for, outcome, 'open') from reach order by 1";
const EDITOR: &[&str] = &["Redactie:0207509031"];

/// An announcement to everyone that goes so far.
fn going(reach: &str) -> Value {
    let mut all = draft("Water");
    all["reach"] = json!(reach);
    all["texts"][0]["text"] = json!("**Donderdag** van 9 tot 12 uur.\n\nVul een emmer.");
    all
}

/// Lets announcements come by e-mail to who has this address.
async fn wishes(world: &World, email: &'static str) {
    let mut w = world.instance.app.db.write().await.unwrap();
    let sql = "update contact_settings set announcements_by_email = true where email = $1";
    with_conn!(w, c => sqlx::query(sql).bind(email).execute(c).await.map(|d| assert_eq!(d.rows_affected(), 1)))
        .unwrap();
    w.commit().await.unwrap();
}

async fn paper_reaches_who_has_no_app_and_who_does_not_read_it(world: World) {
    let (anna, luc, rita) =
        (somebody("Anna", "1985-05-05"), somebody("Luc", "1948-01-01"), somebody("Rita", "1950-05-05"));
    world.people(&[&anna, &luc, &rita]).await;
    chooses(&world, &rita, "push", None, false).await;
    let mut phone = world.phone(&anna, true).await;
    sent(&world, 1, &going("paper")).await;
    world.drain().await;
    // Anna has time to read it, Luc has no app, Rita said no.
    assert_eq!(world.texts(STANDS).await, ["message open", "unreached letter", "unreached refused"]);
    assert_eq!(phone.receive_all().await, 1);
    world.days(5).await;
    assert_eq!(world.texts(STANDS).await, ["message open", "unreached letter", "unreached refused"]);
    world.days(4).await;
    assert_eq!(world.texts(STANDS).await, ["message letter", "unreached letter", "unreached refused"]);
    // Who reads it in the end needs no letter.
    phone.refresh().await.unwrap();
    let message = phone.inbox().await.unwrap()[0].id;
    phone.open(message).await.unwrap();
    let letters = claimed(&world).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0].title.as_str(), letters[0].body.as_str()),
        ("Water", "Donderdag van 9 tot 12 uur.\n\nVul een emmer.")
    );
    assert_eq!(world.figure("select count(*) from reach_step where step = 'call'").await, 0);
}

async fn an_author_who_says_nothing_is_followed_by_nothing(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1948-01-01"));
    world.people(&[&anna, &luc]).await;
    world.phone(&anna, true).await;
    let id = sent(&world, 1, &draft("Water")).await;
    world.days(10).await;
    let (writer, _) = staff(&world).await;
    assert_eq!(world.get(&format!("/staff/v1/announcements/{id}"), &writer).await.1["reach"], "app");
    assert_eq!(world.figure("select count(*) from reach").await, 0);
    assert_eq!(world.figure("select count(*) from unreached").await, 0);
}

async fn an_e_mail_goes_to_those_only_who_wish_announcements_so(world: World) {
    let names = ["Anna", "Jan", "Mia", "Luc"];
    let people: Vec<_> = names.iter().zip(1960..).map(|(n, year)| somebody(n, &format!("{year}-05-05"))).collect();
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let addresses = ["anna@example.org", "jan@example.org", "mia@example.org"];
    for (one, address) in people.iter().zip(addresses) {
        chooses(&world, one, EVERY, Some(address), false).await;
    }
    // Anna takes e-mail, and not of announcements.
    wishes(&world, "jan@example.org").await;
    wishes(&world, "mia@example.org").await;
    world.phone(&people[0], true).await;
    world.phone(&people[1], true).await;
    sent(&world, 1, &going("mail")).await;
    world.drain().await;
    // Mia has no app: at once. Luc has neither, and nobody asked for paper: he is not followed.
    let mails = |of: &str| world.stubs.smtp.taken_for(of).len();
    assert_eq!(addresses.map(mails), [0, 0, 1]);
    assert_eq!(world.figure("select count(*) from reach").await, 3);
    world.days(5).await;
    assert_eq!(addresses.map(mails), [0, 1, 1]);
    let mail = &world.stubs.smtp.taken_for("jan@example.org")[0];
    let said = format!("{}\n{}", mail.header("Subject").unwrap_or_default(), mail.plain());
    assert!(!said.contains("Water") && !said.contains("Donderdag"), "{said}");
    world.days(9).await;
    assert_eq!(world.figure("select count(*) from reach_step where step in ('letter', 'call')").await, 0);
}

async fn what_was_taken_back_is_printed_for_nobody(world: World) {
    let (anna, luc) = (somebody("Anna", "1985-05-05"), somebody("Luc", "1948-01-01"));
    world.people(&[&anna, &luc]).await;
    world.phone(&anna, true).await;
    let id = sent(&world, 1, &going("paper")).await;
    world.drain().await;
    assert_eq!(world.texts(STANDS).await, ["message open", "unreached letter"]);
    let (writer, _) = staff(&world).await;
    assert_eq!(act(&world, &writer, &id, "withdraw", "").await.0, 200);
    // It is read again by whoever prints, also before all of it was taken back.
    assert_eq!(claimed(&world).await.len(), 0);
    world.drain().await;
    assert_eq!(world.texts(STANDS).await, ["message settled", "unreached settled"]);
    assert_eq!(world.figure("select count(*) from unreached where withdrawn_at is null").await, 0);
    world.days(9).await;
    assert_eq!(claimed(&world).await.len(), 0);
}

async fn a_correction_goes_as_far_and_takes_the_place_of_the_first(world: World) {
    let luc = somebody("Luc", "1948-01-01");
    world.people(&[&luc]).await;
    let first = sent(&world, 1, &going("paper")).await;
    world.drain().await;
    let mut right = draft("Water om tien uur");
    right["corrects_id"] = json!(first);
    right["audience"] = json!([]);
    let second = sent(&world, 2, &right).await;
    world.drain().await;
    let (writer, _) = staff(&world).await;
    assert_eq!(world.get(&format!("/staff/v1/announcements/{second}"), &writer).await.1["reach"], "paper");
    let letters = claimed(&world).await;
    assert_eq!(letters.iter().map(|l| l.title.as_str()).collect::<Vec<_>>(), ["Water om tien uur"]);
    assert_eq!(world.texts("select outcome from reach where outcome is not null").await, ["replaced"]);
}

async fn what_is_over_is_told_to_nobody_any_more(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.phone(&anna, true).await;
    let mut short = going("paper");
    short["valid_until"] = json!("2027-03-05T00:00:00Z");
    sent(&world, 1, &short).await;
    world.days(12).await;
    assert_eq!(world.texts(STANDS).await, ["message too_late"]);
    assert_eq!(world.figure("select count(*) from reach_step where state = 'due'").await, 0);
}

async fn who_installs_the_app_in_between_reads_it_there_and_sees_it_taken_back(world: World) {
    let luc = somebody("Luc", "1948-01-01");
    world.people(&[&luc]).await;
    let id = sent(&world, 1, &going("paper")).await;
    world.drain().await;
    let mut phone = world.phone(&luc, true).await;
    assert_eq!(claimed(&world).await.len(), 0, "he has the app by now");
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await.iter().filter(|title| *title == "Water").count(), 1);
    let (writer, _) = staff(&world).await;
    assert_eq!(act(&world, &writer, &id, "withdraw", "").await.0, 200);
    world.drain().await;
    assert_eq!(world.texts(STANDS).await, ["message settled"]);
    assert_eq!(
        world.figure("select count(*) from message where kind = 'announcement' and withdrawn_at is not null").await,
        1
    );
}

async fn who_does_not_follow_the_topic_is_written_to_by_nobody(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let phone = world.phone(&anna, true).await;
    let token = phone.tokens.clone().unwrap().access;
    let topics = json!({ "topics": ["waste"] });
    let (status, answer) = world.json("PUT", "/v1/topics", Some(&token), &topics).await;
    assert!((200..300).contains(&status), "{status} {answer}");
    let mut ordinary = going("paper");
    ordinary["importance"] = json!("ordinary");
    sent(&world, 1, &ordinary).await;
    world.days(9).await;
    assert_eq!(world.texts(STANDS).await, ["message refused"]);
    assert_eq!(claimed(&world).await.len(), 0);
}

async fn who_stops_following_the_topic_is_told_no_more_of_what_is_under_way(world: World) {
    let people = [somebody("Anna", "1985-05-05"), somebody("Bea", "1986-05-05")];
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let mut phones = [world.phone(&people[0], true).await, world.phone(&people[1], true).await];
    world.drain().await;
    // At night: the push waits for the morning, and a letter for days.
    world.at("2027-03-01 22:00");
    let mut ordinary = going("paper");
    ordinary["importance"] = json!("ordinary");
    ordinary["topic"] = json!("works");
    sent(&world, 1, &ordinary).await;
    let mut warning = going("paper");
    (warning["importance"], warning["topic"]) = (json!("important"), json!("works"));
    sent(&world, 2, &warning).await;
    world.drain().await;
    let before = world.stubs.apns.count();
    phones[0].refresh().await.unwrap();
    let token = phones[0].tokens.clone().unwrap().access;
    let (status, answer) = world.json("PUT", "/v1/topics", Some(&token), &json!({ "topics": ["waste"] })).await;
    assert!((200..300).contains(&status), "{status} {answer}");
    world.at("2027-03-02 08:30");
    world.drain().await;
    // Of what is important she hears still, and Bea of both.
    assert_eq!(world.stubs.apns.count() - before, 3);
    let not_wanted = "select count(*) from push_delivery where outcome = 'not_wanted'";
    assert_eq!(world.figure(not_wanted).await, 1);
    assert_eq!(world.texts(STANDS).await, ["message open", "message open", "message open", "message refused"]);
    assert_eq!(world.figure("select count(*) from message where withdrawn_at is null").await, 4, "the inbox has all");
}

async fn templates_carry_how_far_it_goes(world: World) {
    let (writer, _) = staff(&world).await;
    let mut template = going("paper");
    let kept = template.as_object_mut().unwrap();
    kept.remove("valid_until");
    kept.insert("name".to_owned(), json!("Werken"));
    let path = "/staff/v1/announcement-templates/01935c3e-0000-7000-8000-00000000b001";
    let (status, answer) = world.json("PUT", path, Some(&writer), &template).await;
    assert_eq!((status, &answer["reach"]), (200, &json!("paper")), "{answer}");
    let (_, all) = world.get("/staff/v1/announcement-templates", &writer).await;
    assert_eq!(all[0]["reach"], "paper");
}

async fn a_preview_counts_the_letters(world: World) {
    let people = many(30);
    let rita = somebody("Rita", "1950-05-05");
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let (writer, _) = staff(&world).await;
    let ask = json!({ "audience": [[{ "kind": "everyone" }]], "importance": "important", "reach": "paper" });
    let preview = async || world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &ask).await.1;
    let counted = preview().await;
    assert_eq!((&counted["people"], &counted["letters"]), (&json!(30), &json!(30)), "{counted}");
    // Who does not ask for paper is not told how many letters that would be.
    let mut less = ask.clone();
    less["reach"] = json!("mail");
    let (_, other) = world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &less).await;
    assert!(other.get("letters").is_none(), "{other}");
    // One who says no to letters would follow from how many there are.
    world.people(&people.iter().chain([&rita]).collect::<Vec<_>>()).await;
    chooses(&world, &rita, "push", None, false).await;
    let counted = preview().await;
    assert_eq!(counted["people"], 31);
    assert!(counted.get("letters").is_none(), "{counted}");
}

/// Where each of them stands, by the first name.
const WHO_STANDS: &str = "select p.given_names || ' ' || coalesce(h.waits_for, h.outcome, 'open')
    from reach h join resident p on p.municipality_id = h.municipality_id and p.id = h.resident_id order by 1";

/// Lets somebody live in a household.
async fn lives(world: &World, given: &'static str, household: &'static str) {
    let mut w = world.instance.app.db.write().await.unwrap();
    let sql = "update resident set household = $1 where given_names = $2";
    with_conn!(w, c => sqlx::query(sql).bind(household).bind(given).execute(c).await
        .map(|d| assert_eq!(d.rows_affected(), 1)))
    .unwrap();
    w.commit().await.unwrap();
}

/// Hands letters to the post.
async fn post(world: &World, letters: &[LetterDue]) {
    let mut w = world.instance.app.db.write().await.unwrap();
    for letter in letters {
        assert!(letter_posted(&mut w, &world.instance.app, world.town(), letter.reach).await.unwrap());
    }
    w.commit().await.unwrap();
}

/// Takes a letter that was claimed out of its batch.
async fn takes_out(world: &World, letter: &LetterDue) {
    let mut w = world.instance.app.db.write().await.unwrap();
    let why = (Step::Letter, Reason::TakenOut);
    assert!(cannot(&mut w, &world.instance.app, world.town(), letter.reach, why).await.unwrap());
    w.commit().await.unwrap();
}

async fn a_child_gets_no_letter_where_a_parent_at_home_was_told(world: World) {
    let (anna, rita, ines) =
        (somebody("Anna", "1985-05-05"), somebody("Rita", "1950-05-05"), somebody("Ines", "1990-03-03"));
    let (emma, max) =
        (somebody("Emma", "2017-06-06").child_of(&[&anna]), somebody("Max", "2014-02-02").child_of(&[&anna]));
    let tom = somebody("Tom", "2012-01-01").child_of(&[&rita]);
    let lotte = somebody("Lotte", "2019-09-09").child_of(&[&ines]);
    let luc = somebody("Luc", "2009-02-28").child_of(&[&anna]);
    world.people(&[&anna, &rita, &ines, &emma, &max, &tom, &lotte, &luc]).await;
    lives(&world, "Max", "h2").await;
    chooses(&world, &rita, "push", None, false).await;
    world.phone(&ines, true).await;
    sent(&world, 1, &going("paper")).await;
    world.drain().await;
    // Max lives elsewhere, Tom's mother wants no letters, Luc came of age yesterday. Emma waits for what becomes of her mother's letter; Lotte's
    // mother has it in her app, and a letter in a week.
    let stands = [
        "Anna letter",
        "Emma open",
        "Ines open",
        "Lotte open",
        "Luc letter",
        "Max letter",
        "Rita refused",
        "Tom letter",
    ];
    assert_eq!(world.texts(WHO_STANDS).await, stands);
    // It is read again by whoever prints: Max came home, and waits as his sister does.
    lives(&world, "Max", "h1").await;
    let letters = claimed(&world).await;
    assert_eq!(letters.len(), 3, "Anna, Luc and Tom");
    world.days(2).await;
    let stands = async |one: &str| world.texts(WHO_STANDS).await.contains(&one.to_owned());
    let all = world.texts(WHO_STANDS).await;
    assert!(stands("Emma open").await && stands("Max open").await, "{all:?}");
    // Their mother's is posted: theirs are left out. Lotte's mother has not read it.
    post(&world, &letters).await;
    world.days(2).await;
    let all = world.texts(WHO_STANDS).await;
    assert!(
        stands("Emma with_parent").await && stands("Max with_parent").await && stands("Lotte open").await,
        "{all:?}"
    );
    let why = "select distinct reason from reach_step where step = 'letter' and state = 'skipped' order by 1";
    assert_eq!(world.texts(why).await, ["refused", "with_parent"]);
    world.days(4).await;
    let letters = claimed(&world).await;
    assert_eq!(letters.len(), 1, "Ines");
    post(&world, &letters).await;
    world.days(2).await;
    let all = world.texts(WHO_STANDS).await;
    assert!(stands("Ines open").await && stands("Lotte with_parent").await, "{all:?}");
}

/// A mother with the app who does not read it, and her child without.
async fn ines_and_lotte(world: &World) -> Phone {
    let ines = somebody("Ines", "1990-03-03");
    let lotte = somebody("Lotte", "2019-09-09").child_of(&[&ines]);
    world.people(&[&ines, &lotte]).await;
    let phone = world.phone(&ines, true).await;
    // Nine days: in seven, a letter to the mother would come too late.
    let mut short = going("paper");
    short["valid_until"] = json!("2027-03-10T00:00:00Z");
    sent(world, 1, &short).await;
    world.drain().await;
    assert_eq!(world.texts(WHO_STANDS).await, ["Ines open", "Lotte open"]);
    phone
}

async fn a_child_is_written_to_in_time_where_the_parent_is_not_told_by_then(world: World) {
    let _phone = ines_and_lotte(&world).await;
    world.days(2).await;
    assert_eq!(world.texts(WHO_STANDS).await, ["Ines open", "Lotte letter"]);
    // Though her mother may read it yet, it goes: it could not be waited for any longer.
    let letters = claimed(&world).await;
    assert_eq!(letters.len(), 1, "Lotte");
    post(&world, &letters).await;
    world.days(8).await;
    assert_eq!(world.texts(WHO_STANDS).await, ["Ines too_late", "Lotte posted"]);
}

async fn a_child_is_written_to_where_what_was_under_way_to_the_parent_came_to_nothing(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let emma = somebody("Emma", "2017-06-06").child_of(&[&anna]);
    world.people(&[&anna, &emma]).await;
    sent(&world, 1, &going("paper")).await;
    world.drain().await;
    assert_eq!(world.texts(WHO_STANDS).await, ["Anna letter", "Emma open"]);
    let letters = claimed(&world).await;
    assert_eq!(letters.len(), 1, "Anna");
    takes_out(&world, &letters[0]).await;
    world.days(2).await;
    assert_eq!(world.texts(WHO_STANDS).await, ["Anna not_reached", "Emma letter"]);
    assert_eq!(claimed(&world).await.len(), 1, "Emma");
}

async fn a_childs_letter_that_is_taken_out_as_the_parent_read_it_counts_as_that(world: World) {
    let mut phone = ines_and_lotte(&world).await;
    world.days(2).await;
    let letters = claimed(&world).await;
    let of_use = async || {
        let mut r = world.instance.app.db.read().await.unwrap();
        letter_of_use(&mut r, &world.instance.app, world.town(), &[letters[0].reach]).await.unwrap().len()
    };
    assert_eq!((letters.len(), of_use().await), (1, 1), "under way to her mother is no reason to take it out");
    phone.refresh().await.unwrap();
    let message = phone.inbox().await.unwrap()[0].id;
    phone.open(message).await.unwrap();
    assert_eq!(of_use().await, 0);
    takes_out(&world, &letters[0]).await;
    world.drain().await;
    assert_eq!(world.texts(WHO_STANDS).await, ["Ines read", "Lotte with_parent"]);
}

async fn a_preview_counts_no_letters_to_children_whose_parent_is_told(world: World) {
    let (people, anna) = (many(30), somebody("Anna", "1985-05-05"));
    let children: Vec<_> = (1..=12).map(|n| somebody("Kind", &format!("2015-{n:02}-01")).child_of(&[&anna])).collect();
    world.people(&people.iter().chain([&anna]).chain(&children).collect::<Vec<_>>()).await;
    let (writer, _) = staff(&world).await;
    for importance in ["important", "ordinary"] {
        let ask = json!({
            "audience": [[{ "kind": "everyone" }]], "importance": importance, "topic": "works", "reach": "paper",
        });
        let (_, counted) = world.json("POST", "/staff/v1/audiences/preview", Some(&writer), &ask).await;
        assert_eq!((&counted["people"], &counted["letters"]), (&json!(43), &json!(31)), "{counted}");
    }
    // And so many there are, of which coverage tells the rest once their mother's was posted.
    sent(&world, 1, &going("paper")).await;
    world.drain().await;
    assert_eq!(world.figure("select count(*) from reach where waits_for = 'letter'").await, 31);
    post(&world, &claimed(&world).await).await;
    world.days(2).await;
    let editor = world.staff("Jan Jansen", EDITOR).await;
    let (_, told) = world.get("/staff/v1/coverage/announcements?month=2027-03-15", &editor).await;
    let row = &told[0];
    assert_eq!((&row["with_parent"], &row["under_way"], sum(row)), (&json!(12), &json!(31), 43), "{row}");
    // The council reads of them in a column of their own: nobody was posted to so far that it counts, twelve, and the others under way.
    let path = format!("{}/staff/v1/coverage/council?month=2027-03-15&language=nl", world.server);
    let html = world.http.get(path).bearer_auth(&editor).send().await.unwrap().text().await.unwrap();
    for said in [r#"<th scope="col">Via een ouder</th>"#, "<td>0</td><td>12</td><td>31</td>"] {
        assert!(html.contains(said), "{said}: {html}");
    }
}

/// The numbers of a row, but for how many there are.
fn sum(row: &Value) -> i64 {
    let parts = row.as_object().unwrap().iter();
    let parts = parts.filter(|(name, _)| !["id", "title", "started_at", "reach", "all"].contains(&name.as_str()));
    parts.map(|(_, n)| n.as_i64().unwrap()).sum()
}

/// Twelve with the app and twelve without, of an announcement that goes as far as paper; and the phones.
async fn half_and_half(world: &World) -> Vec<Phone> {
    let people = many(24);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let mut phones = Vec::new();
    for one in people.iter().take(12) {
        phones.push(world.phone(one, true).await);
    }
    sent(world, 1, &going("paper")).await;
    world.drain().await;
    phones
}

async fn what_became_of_an_announcement_adds_up(world: World) {
    let mut phones = half_and_half(&world).await;
    let editor = world.staff("Jan Jansen", EDITOR).await;
    let path = "/staff/v1/coverage/announcements?month=2027-03-15";
    let (status, told) = world.get(path, &editor).await;
    let row = &told[0];
    assert_eq!((status, &row["all"], &row["under_way"], sum(row)), (200, &json!(24), &json!(24), 24), "{told}");
    for phone in &mut phones {
        phone.refresh().await.unwrap();
        let message = phone.inbox().await.unwrap()[0].id;
        phone.open(message).await.unwrap();
    }
    let (_, told) = world.get(path, &editor).await;
    let row = &told[0];
    assert_eq!((&row["title"], &row["reach"]), (&json!("Water"), &json!("paper")));
    assert_eq!((&row["read"], &row["under_way"], sum(row)), (&json!(12), &json!(12), 24), "{row}");
    // It is not among the messages to one as well, beside which its numbers would tell more.
    assert_eq!(world.get("/staff/v1/coverage?month=2027-03-15&by=plan", &editor).await.1["all"], 0);
    let table = world.http.get(format!("{}/staff/v1/coverage/announcements/export?month=2027-03-01", world.server));
    let table = table.bearer_auth(&editor).send().await.unwrap().text().await.unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(
        lines[0].starts_with("announcement;title;reach;all;read;") && lines[0].ends_with(";held_back;note"),
        "{table}"
    );
    assert!(lines[1].contains(";Water;paper;24;12;") && lines[1].ends_with(';'), "{table}");
    let clerk = world.staff("Lies Peeters", &["Loket:0207509031"]).await;
    assert_eq!(world.get(path, &clerk).await.0, 403);
    let stranger = world.staff("Nele", &["Redactie:0207500000"]).await;
    assert_eq!(world.get(path, &stranger).await.1, json!([]));
}

async fn a_few_are_told_with_no_number(world: World) {
    let people = many(14);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    // One has the app: none of the numbers is told, as that one would follow.
    world.phone(&people[0], true).await;
    sent(&world, 1, &going("paper")).await;
    world.drain().await;
    let editor = world.staff("Jan Jansen", EDITOR).await;
    let (_, told) = world.get("/staff/v1/coverage/announcements?month=2027-03-15", &editor).await;
    for hidden in ["all", "under_way", "read", "posted"] {
        assert!(told[0].get(hidden).is_none(), "{hidden}: {told}");
    }
    // It is said that none is, and why.
    let read = async |path: &str| {
        let path = format!("{}/staff/v1/coverage/{path}", world.server);
        world.http.get(path).bearer_auth(&editor).send().await.unwrap().text().await.unwrap()
    };
    let table = read("announcements/export?month=2027-03-01").await;
    assert!(
        table.lines().nth(1).unwrap().ends_with(";fewer than 10 people, in all or in a part: no figures"),
        "{table}"
    );
    let html = read("council?month=2027-03-15&language=nl").await;
    assert!(
        html.contains(r#"<td class="few" colspan="11">Minder dan 10 mensen, in totaal of in een van de delen"#),
        "{html}"
    );
}

async fn a_page_for_the_council(world: World) {
    half_and_half(&world).await;
    let editor = world.staff("Jan Jansen", EDITOR).await;
    let get = async |token: &str, language: &str| {
        let path = format!("{}/staff/v1/coverage/council?month=2027-03-15&language={language}", world.server);
        world.http.get(path).bearer_auth(token).send().await.unwrap()
    };
    let page = get(&editor, "nl").await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    let html = page.text().await.unwrap();
    for said in
        [r#"<html lang="nl">"#, "Wie kreeg onze berichten?", "1 maart 2027", "31 maart 2027", "Water", "<td>24</td>"]
    {
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(!html.contains("<script"), "{html}");
    for (language, title) in [("fr", "Qui a reçu nos messages"), ("de", "Wer hat unsere Nachrichten erhalten")] {
        let html = get(&editor, language).await.text().await.unwrap();
        assert!(html.contains(title) || !html.contains(&format!(r#"lang="{language}""#)), "{language}: {html}");
    }
    let clerk = world.staff("Lies Peeters", &["Loket:0207509031"]).await;
    assert_eq!(get(&clerk, "nl").await.status(), 403);
}
