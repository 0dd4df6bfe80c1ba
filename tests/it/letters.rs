//! Letters on paper: who reads nothing else is written to, once, in the order in which a postman walks; and what comes back is noted.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    mandates::id_of,
    reach::chooses,
    stands::run,
    world::{Somebody, World, paper, somebody},
};

journeys! {
    with "deinze.letters = { enabled = true, sender = [\"Stad Deinze\", \"Brielstraat 2\", \"9800 Deinze\"], signature = [\"Burgerzaken\"] }
deinze.reach = { reminder = { mail = -1, letter = 1, call = -1 } }";
    who_has_no_app_gets_a_letter_and_what_comes_back_is_noted,
    a_letter_that_is_taken_out_is_not_sent,
    what_is_posted_is_what_lies_on_paper,
    a_file_that_changes_while_it_is_fetched_breaks_off,
    whose_letter_is_of_no_use_any_more_is_seen_in_the_list,
    a_batch_is_not_printed_twice_unseen,
    a_letter_that_is_posted_late_reaches_them_all_the_same,
    whose_address_is_hidden_or_none_gets_no_letter,
    what_may_be_told_to_them_no_more_is_not_printed,
    what_is_on_paper_and_may_not_go_is_taken_out_before_the_post,
    what_was_taken_back_is_not_sent,
    what_changed_since_it_was_drawn_is_seen_at_the_door,
    what_was_taken_out_of_paper_is_not_printed_again,
    who_lives_abroad_is_written_to_behind_the_others,
    what_the_register_calls_somebody_is_not_kept_unasked,
    each_letter_is_made_once_whoever_makes_it,
    what_is_another_towns_is_not_found,
    a_letter_is_large_and_in_the_language_that_was_asked_for,
}

async fn a_letter_is_large_and_in_the_language_that_was_asked_for(world: World) {
    let (anna, luc) = (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"));
    let people: [At<'_>; 2] = [(&anna, "Markt", "1", ""), (&luc, "Markt", "2", "")];
    world.residents_file("deinze", register(&people), false).await.unwrap();
    let clerk = world.staff("Els Claes", CLERK).await;
    let question = json!({ "national_number": anna.number, "reason": "visit" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let path_of = format!("/staff/v1/residents/{}/contact-settings?reason=visit", found[0]["id"].as_str().unwrap());
    let chosen = json!({
        "steps": ["letter"], "never_digital": true, "open_email": false, "announcements_by_email": false, "large_print": true,
        "language": "de",
    });
    assert_eq!(world.json("PUT", &path_of, Some(&clerk), &chosen).await.0, 200);
    world.papers(&[&anna, &luc].map(|who| paper(who, "eid", "2017-06-01", "2027-06-01"))).await;
    world.days(5).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    let (_, table) = file(&world, &path(&batch, "/manifest"), &clerk).await;
    let table = String::from_utf8(table).unwrap();
    let kinds: Vec<Vec<&str>> =
        table.lines().skip(1).take(2).map(|line| line.split(';').skip(5).take(2).collect()).collect();
    assert_eq!(kinds, [["de", "true"], ["nl", "false"]], "{table}");
    let subjects = world.texts("select subject from letter order by sequence").await;
    assert!(subjects[0].contains("Personalausweis"), "{subjects:?}");
}

mod keys {
    use super::*;

    journeys! {
        with "deinze.letters = { enabled = true, register_key = true }\ndeinze.reach = { reminder = { mail = -1, letter = 1, call = -1 } }";
        the_list_of_a_batch_has_what_the_register_calls_somebody,
    }
}

mod daily {
    use super::*;

    journeys! {
        with "deinze.letters = { enabled = true, batch_hour = 9 }\ndeinze.reach = { reminder = { mail = -1, letter = 1, call = -1 } }";
        the_batch_of_the_day_is_made_once,
    }
}

const CLERK: &[&str] = &["Loket:0207509031"];

/// Somebody with where they live, and whether nobody may know that.
type At<'a> = (&'a Somebody, &'a str, &'a str, &'a str);

fn register(people: &[At<'_>]) -> String {
    let mut text =
        "national_number;family_name;given_names;birth_date;street;house_number;postcode;town;address_hidden\n"
            .to_owned();
    for (who, street, house, hidden) in people {
        let Somebody { number, given, family, born, .. } = who;
        text += &format!("{number};{family};{given};{born};{street};{house};9800;Deinze;{hidden}\n");
    }
    text
}

/// A batch of one letter to somebody that was posted and came back: as rows, where how they came to be is nobody's question.
pub async fn planted(world: &World, resident: &str) -> (String, String) {
    let (batch, letter): (Uuid, Uuid) = (Uuid::from_u128(rand::random()), Uuid::from_u128(rand::random()));
    let (resident, now): (Uuid, _) = (resident.parse().unwrap(), world.now());
    let mut w = world.instance.app.db.write().await.unwrap();
    for sql in [
        "insert into letter_batch (municipality_id, id, number, made_at, state, gathered, numbered, letters, parts, printed_times, posted_at,
             settled)
         select municipality_id, $1, 1, $4, 'posted', true, true, 1, 1, 1, $4, true from resident where id = $3 and $2 = $2",
        "insert into letter (municipality_id, id, batch_id, reach_id, resident_id, reference, sort_key, sequence, part, state, language,
             large_print, name, street, house_number, box, postcode, town, address_hash, subject, body, pages, created_at, settled, posted_at,
             returned_at, returned_by, returned_why)
         select municipality_id, $2, $1, $2, id, 'BCDFGHJK', '9800', 1, 1, 'returned', 'nl', false, family_name, street, house_number, box,
             postcode, town, 'x', 'x', 'x', 1, $4, true, $4, $4, 'x', 'moved' from resident where id = $3",
        "insert into letter_address (municipality_id, resident_id, address_hash, letter_id, why, noted_by, noted_at)
         select municipality_id, id, 'x', $2, 'moved', 'x', $4 from resident where id = $3 and $1 = $1",
    ] {
        thuisloket::with_conn!(w, c => sqlx::query(sql).bind(batch).bind(letter).bind(resident).bind(now).execute(c).await.map(|_| ()))
            .unwrap();
    }
    w.commit().await.unwrap();
    (batch.to_string(), letter.to_string())
}

/// They live there, and each of them was to be told of an identity card.
async fn told(world: &World, people: &[At<'_>]) {
    world.residents_file("deinze", register(people), false).await.unwrap();
    world.papers(&people.iter().map(|at| paper(at.0, "eid", "2017-06-01", "2027-06-01")).collect::<Vec<_>>()).await;
    world.days(5).await;
}

async fn send(world: &World, method: &str, path: &str, token: &str) -> (u16, Value) {
    world.raw(method, path, Some(token), None).await
}

async fn made(world: &World, clerk: &str) -> Value {
    let (status, made) = send(world, "POST", "/staff/v1/letter-batches", clerk).await;
    assert_eq!(status, 200, "{made}");
    world.drain().await;
    let (status, batch) = world.get(&path(&made, ""), clerk).await;
    assert_eq!((status, &batch["state"]), (200, &json!("ready")), "{batch}");
    batch
}

fn path(batch: &Value, rest: &str) -> String {
    format!("/staff/v1/letter-batches/{}{rest}", batch["id"].as_str().unwrap())
}

async fn letters(world: &World, clerk: &str, batch: &Value) -> Vec<Value> {
    let (status, page) = world.get(&path(batch, "/letters"), clerk).await;
    assert_eq!(status, 200, "{page}");
    page["letters"].as_array().unwrap().clone()
}

/// The bytes of a file.
async fn file(world: &World, path: &str, token: &str) -> (String, Vec<u8>) {
    let answer = world.http.get(format!("{}{path}", world.server)).bearer_auth(token).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (kind, answer.bytes().await.unwrap().to_vec())
}

async fn posted(world: &World, clerk: &str, batch: &Value) {
    let printed = world.json("POST", &path(batch, "/printed"), Some(clerk), &json!({ "again": false })).await;
    assert_eq!(printed.0, 200, "{printed:?}");
    assert_eq!(send(world, "POST", &path(batch, "/posted"), clerk).await.0, 200);
    world.drain().await;
}

async fn who_has_no_app_gets_a_letter_and_what_comes_back_is_noted(world: World) {
    let (anna, luc, els) =
        (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"), somebody("Els", "1944-01-01"));
    let clerk = world.staff("Els Claes", CLERK).await;
    let (status, refused) = send(&world, "POST", "/staff/v1/letter-batches", &clerk).await;
    assert_eq!((status, &refused["code"]), (409, &json!("letters_none")), "{refused}");
    told(&world, &[(&anna, "Tolpoort", "10", ""), (&luc, "Tolpoort", "9", ""), (&els, "Markt", "1A", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    assert_eq!((&batch["number"], &batch["letters"], &batch["drawn"]), (&json!(1), &json!(3), &json!(3)), "{batch}");

    // As a postman walks.
    let all = letters(&world, &clerk, &batch).await;
    let walk: Vec<_> = all
        .iter()
        .map(|l| format!("{} {}", l["street"].as_str().unwrap(), l["house_number"].as_str().unwrap()))
        .collect();
    assert_eq!(walk, ["Markt 1A", "Tolpoort 9", "Tolpoort 10"]);
    assert!(all.iter().all(|l| l["still_due"] == json!(true) && l["pages"] == json!(1)), "{all:?}");
    // One PDF, and it is the one that is told of.
    let (kind, pdf) = file(&world, &path(&batch, "/pdf?part=1"), &clerk).await;
    assert_eq!((kind.as_str(), pdf.starts_with(b"%PDF-1.7")), ("application/pdf", true));
    let sha256: String = Sha256::digest(&pdf).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(batch["parts"][0]["sha256"], json!(sha256));
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf?part=2"), &clerk).await.1["code"], "not_found");
    // The printer's list names nobody.
    let (_, table) = file(&world, &path(&batch, "/manifest"), &clerk).await;
    let table = String::from_utf8(table).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 7, "{table}");
    assert_eq!(
        lines[0].trim_start_matches('\u{feff}'),
        "sequence;part;reference;postcode;pages;language;large_print;country"
    );
    assert_eq!(lines[1], format!("1;1;{};9800;1;nl;false;", all[0]["reference"].as_str().unwrap()));
    assert_eq!(lines[4..], ["3;;inland;;3;;;", "0;;abroad;;0;;;", "3;;total;;3;;;"]);
    assert!(!table.contains(&anna.family) && !table.contains("Tolpoort"));

    // Nothing comes back that was not posted.
    let reference = all[0]["reference"].as_str().unwrap().to_lowercase();
    let back = json!({ "reference": format!("{}-{}", &reference[..4], &reference[4..]), "why": "moved" });
    let early = world.json("POST", "/staff/v1/letters/returned", Some(&clerk), &back).await;
    assert_eq!((early.0, &early.1["code"]), (409, &json!("letter_not_posted")));
    posted(&world, &clerk, &batch).await;
    let (_, found) = world.get(&format!("/staff/v1/letters?reference={reference}"), &clerk).await;
    assert_eq!((&found[0]["state"], &found[0]["id"]), (&json!("posted"), &all[0]["id"]), "{found}");
    for _ in 0..2 {
        let noted = world.json("POST", "/staff/v1/letters/returned", Some(&clerk), &back).await;
        assert_eq!((noted.0, &noted.1["id"]), (200, &all[0]["id"]), "said twice it is the same");
    }
    let other = json!({ "reference": reference, "why": "refused" });
    let twice = world.json("POST", "/staff/v1/letters/returned", Some(&clerk), &other).await;
    assert_eq!(twice.1["code"], "letter_returned");
    assert_eq!(
        world.texts("select state from reach_step where step = 'letter' order by state").await,
        ["reached", "reached", "returned"]
    );
    // Her address is to be checked, and she can read who looked.
    let (_, check) = world.get("/staff/v1/addresses-to-check", &clerk).await;
    assert_eq!((&check[0]["resident_id"], &check[0]["why"]), (&all[0]["resident_id"], &json!("moved")), "{check}");
    assert_eq!(check.as_array().unwrap().len(), 1);
    assert_eq!(
        world.figure("select count(distinct resident_id) from audit_entry where act = 'letters_read' and resident_id is not null").await,
        3
    );
    let path = format!("/staff/v1/addresses-to-check/{}", check[0]["resident_id"].as_str().unwrap());
    assert_eq!(send(&world, "DELETE", &path, &clerk).await.0, 200);
    assert_eq!(world.get("/staff/v1/addresses-to-check", &clerk).await.1, json!([]));
}

async fn a_letter_that_is_taken_out_is_not_sent(world: World) {
    let (anna, luc) = (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"));
    told(&world, &[(&anna, "Markt", "1", ""), (&luc, "Markt", "2", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    let all = letters(&world, &clerk, &batch).await;
    let one = |id: &Value, what: &str| format!("/staff/v1/letters/{}/{what}", id.as_str().unwrap());
    let out = json!({ "why": "was_told" });
    let taken = world.json("POST", &one(&all[0]["id"], "take-out"), Some(&clerk), &out).await;
    assert_eq!(taken.0, 200, "{taken:?}");
    // Its part is drawn anew; its letters are listed meanwhile, and say so.
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf"), &clerk).await.1["code"], "batch_not_ready");
    let meanwhile = letters(&world, &clerk, &batch).await;
    let said: Vec<_> = meanwhile.iter().map(|l| (l["state"].clone(), l["being_drawn"].clone())).collect();
    assert_eq!(said, [(json!("taken_out"), json!(false)), (json!("batched"), json!(true))]);
    world.drain().await;
    assert!(letters(&world, &clerk, &batch).await.iter().all(|l| l["being_drawn"] == json!(false)));
    let (_, again) = world.get(&path(&batch, ""), &clerk).await;
    assert_eq!(
        (&again["state"], &again["letters"], &again["drawn"]),
        (&json!("ready"), &json!(2), &json!(1)),
        "{again}"
    );
    assert_ne!(again["parts"][0]["sha256"], batch["parts"][0]["sha256"]);
    // Put back and taken out again, as somebody who changes their mind does.
    assert_eq!(send(&world, "POST", &one(&all[0]["id"], "put-back"), &clerk).await.0, 200);
    assert_eq!(world.json("POST", &one(&all[0]["id"], "take-out"), Some(&clerk), &out).await.0, 200);
    world.drain().await;
    posted(&world, &clerk, &batch).await;
    let states: Vec<_> = letters(&world, &clerk, &batch).await.iter().map(|l| l["state"].clone()).collect();
    assert_eq!(states, [json!("taken_out"), json!("posted")]);
    // What was said to her goes on without it; nothing of the batch changes any more.
    assert_eq!(
        world.texts("select state from reach_step where step = 'letter' order by state").await,
        ["failed", "reached"]
    );
    assert_eq!(
        world.texts("select reason from reach_step where reason is not null and step = 'letter'").await,
        ["taken_out"]
    );
    assert_eq!(send(&world, "POST", &one(&all[0]["id"], "put-back"), &clerk).await.1["code"], "batch_posted");
    let acts = "select act from audit_entry where act in ('letter_taken_out', 'letter_put_back') order by act";
    assert_eq!(world.texts(acts).await, ["letter_put_back", "letter_taken_out", "letter_taken_out"]);
}

async fn what_is_posted_is_what_lies_on_paper(world: World) {
    let (anna, luc) = (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"));
    told(&world, &[(&anna, "Markt", "1", ""), (&luc, "Markt", "2", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    let all = letters(&world, &clerk, &batch).await;
    let one = |at: usize, what: &str| format!("/staff/v1/letters/{}/{what}", all[at]["id"].as_str().unwrap());
    let out = json!({ "why": "other" });
    let printed = path(&batch, "/printed");
    assert_eq!(world.json("POST", &one(0, "take-out"), Some(&clerk), &out).await.0, 200);
    world.drain().await;
    // Who fetched the PDF before has her letter on paper.
    let of = |batch: &Value| json!({ "again": false, "version": batch["version"] });
    let (status, refused) = world.json("POST", &printed, Some(&clerk), &of(&batch)).await;
    assert_eq!((status, &refused["code"]), (409, &json!("letters_changed")), "{refused}");
    let print = of(&world.get(&path(&batch, ""), &clerk).await.1);
    assert_eq!(world.json("POST", &printed, Some(&clerk), &print).await.0, 200);
    // Printed without hers: put back now it would count as posted.
    let (status, refused) = send(&world, "POST", &one(0, "put-back"), &clerk).await;
    assert_eq!((status, &refused["code"]), (409, &json!("letter_not_printed")), "{refused}");
    // His lies on paper: taken out and put back by hand, as often as they like.
    for _ in 0..2 {
        assert_eq!(world.json("POST", &one(1, "take-out"), Some(&clerk), &out).await.0, 200);
        assert_eq!(send(&world, "POST", &one(1, "put-back"), &clerk).await.0, 200);
    }
    assert_eq!(world.json("POST", &one(1, "take-out"), Some(&clerk), &out).await.0, 200);
    // The paper was thrown away: what is printed next has neither.
    assert_eq!(send(&world, "DELETE", &printed, &clerk).await.0, 200);
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf"), &clerk).await.1["code"], "batch_not_ready");
    world.drain().await;
    let (_, empty) = world.get(&path(&batch, ""), &clerk).await;
    assert_eq!((&empty["state"], &empty["drawn"]), (&json!("ready"), &json!(0)), "{empty}");
    // Now hers can be put back, and is printed.
    assert_eq!(send(&world, "POST", &one(0, "put-back"), &clerk).await.0, 200);
    world.drain().await;
    let (_, hers) = world.get(&path(&batch, ""), &clerk).await;
    assert_eq!((&hers["state"], &hers["drawn"]), (&json!("ready"), &json!(1)), "{hers}");
    posted(&world, &clerk, &batch).await;
    let states: Vec<_> = letters(&world, &clerk, &batch).await.iter().map(|l| l["state"].clone()).collect();
    assert_eq!(states, [json!("posted"), json!("taken_out")]);
}

async fn whose_letter_is_of_no_use_any_more_is_seen_in_the_list(world: World) {
    let (anna, luc, els) =
        (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"), somebody("Els", "1944-01-01"));
    told(&world, &[(&anna, "Markt", "1", ""), (&luc, "Markt", "2", ""), (&els, "Markt", "3", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    // One wants no letters any more, one renewed the card; no worker looked since.
    chooses(&world, &anna, "push,mail", None, false).await;
    world.papers(&[paper(&luc, "eid", "2027-03-05", "2037-03-05")]).await;
    let all = letters(&world, &clerk, &batch).await;
    let of_use: Vec<_> = all.iter().map(|l| l["still_due"].clone()).collect();
    assert_eq!(of_use, [json!(false), json!(false), json!(true)]);
}

async fn what_may_be_told_to_them_no_more_is_not_printed(world: World) {
    let (anna, luc, bea) =
        (somebody("Anna", "1985-05-05"), somebody("Luc", "1948-01-01"), somebody("Bea", "1987-01-01"));
    let emma = somebody("Emma", "2019-05-05").child_of(&[&anna, &bea]);
    world
        .residents_file(
            "deinze",
            register(&[(&anna, "Markt", "1", ""), (&luc, "Markt", "2", ""), (&bea, "Markt", "3", "")]),
            false,
        )
        .await
        .unwrap();
    world.people(&[&emma]).await;
    world
        .papers(&[paper(&emma, "kids_id", "2024-05-20", "2027-05-20"), paper(&luc, "eid", "2017-05-20", "2027-05-20")])
        .await;
    world.days(3).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    assert_eq!(batch["letters"], 3, "{batch}");
    // One is blocked as a parent, and one leaves the town. Whoever fetched the file before is told.
    let (mother, child) = (id_of(&world, "Anna").await, id_of(&world, "Emma").await);
    let block = format!("/staff/v1/residents/{child}/parents/{mother}/block");
    let why = json!({ "why": "safety", "reason": "request" });
    assert_eq!(world.json("PUT", &block, Some(&clerk), &why).await.0, 200);
    world.people(&[&luc.state("departed", "2027-03-03")]).await;
    let printed = json!({ "again": false });
    let (status, refused) = world.json("POST", &path(&batch, "/printed"), Some(&clerk), &printed).await;
    assert_eq!((status, &refused["code"]), (409, &json!("letters_changed")), "{refused}");
    world.drain().await;
    let (_, left) = world.get(&path(&batch, ""), &clerk).await;
    assert_eq!((&left["state"], &left["drawn"]), (&json!("ready"), &json!(1)), "{left}");
    assert_eq!(world.json("POST", &path(&batch, "/printed"), Some(&clerk), &printed).await.0, 200);
    let states: Vec<_> = letters(&world, &clerk, &batch).await.iter().map(|l| l["state"].clone()).collect();
    assert_eq!(states, [json!("taken_out"), json!("taken_out"), json!("batched")]);
}

async fn what_is_on_paper_and_may_not_go_is_taken_out_before_the_post(world: World) {
    let (anna, luc) = (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"));
    let (els, jan) = (somebody("Els", "1944-01-01"), somebody("Jan", "1941-01-01"));
    let people =
        [(&anna, "Markt", "1", ""), (&luc, "Markt", "2", ""), (&els, "Markt", "3", ""), (&jan, "Markt", "4", "")];
    told(&world, &people).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    assert_eq!(world.json("POST", &path(&batch, "/printed"), Some(&clerk), &json!({ "again": false })).await.0, 200);
    // It lies on paper when one leaves, one dies and one is to be found by nobody any more.
    world.people(&[&luc.state("departed", "2027-03-03"), &els.state("deceased", "2027-03-03")]).await;
    world.residents_file("deinze", register(&[(&jan, "Markt", "4", "ja")]), false).await.unwrap();
    let (post, wanted) = (path(&batch, "/posted"), path(&batch, "/letters?not_to_send=true&limit=2"));
    let (status, refused) = send(&world, "POST", &post, &clerk).await;
    assert_eq!((status, &refused["code"]), (409, &json!("letters_not_sent")), "{refused}");
    let (_, first) = world.get(&wanted, &clerk).await;
    let (_, second) = world.get(&format!("{wanted}&after={}", first["next_after"]), &clerk).await;
    let all: Vec<Value> =
        [&first, &second].iter().flat_map(|page| page["letters"].as_array().unwrap().clone()).collect();
    let said: Vec<_> = all.iter().map(|l| (l["sequence"].clone(), l["not_to_send"].clone())).collect();
    let why = [(2, "other"), (3, "deceased"), (4, "wrong_address")].map(|(n, why)| (json!(n), json!(why)));
    assert_eq!((said, second["next_after"].is_null()), (why.to_vec(), true), "{first} {second}");
    assert_eq!((&all[2]["street"], &all[2]["postcode"]), (&json!(""), &json!("")), "{all:?}");
    // Her PDF is had by nobody any more, and that it comes again is not said.
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf"), &clerk).await.1["code"], "pdf_withheld");
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf"), &clerk).await.1["code"], "pdf_withheld");
    for letter in &all[..2] {
        let out = format!("/staff/v1/letters/{}/take-out", letter["id"].as_str().unwrap());
        let why = json!({ "why": letter["not_to_send"] });
        assert_eq!(world.json("POST", &out, Some(&clerk), &why).await.0, 200);
        assert_eq!(send(&world, "POST", &post, &clerk).await.0, 409);
    }
    // The last went with the others, as is said. Nobody is asked about it after.
    assert_eq!(send(&world, "POST", &format!("{post}?anyway=true"), &clerk).await.0, 200);
    assert_eq!(world.get(&wanted, &clerk).await.1, json!({ "letters": [] }));
    assert_eq!(send(&world, "POST", &post, &clerk).await.1["code"], "batch_posted");
    world.drain().await;
    let states: Vec<_> = letters(&world, &clerk, &batch).await.iter().map(|l| l["state"].clone()).collect();
    assert_eq!(states, ["posted", "taken_out", "taken_out", "posted"].map(|state| json!(state)));
}

/// She reads that she acts no more for her child, when she does again.
async fn what_was_taken_back_is_not_sent(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let emma = somebody("Emma", "2019-05-05").child_of(&[&anna]);
    world.residents_file("deinze", register(&[(&anna, "Markt", "1", "")]), false).await.unwrap();
    world.people(&[&emma]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let (mother, child) = (id_of(&world, "Anna").await, id_of(&world, "Emma").await);
    let block = format!("/staff/v1/residents/{child}/parents/{mother}/block");
    let blocked = async |clerk: &str, why: Option<Value>| match why {
        Some(why) => assert_eq!(world.json("PUT", &block, Some(clerk), &why).await.0, 200),
        None => assert_eq!(send(&world, "DELETE", &format!("{block}?reason=request"), clerk).await.0, 200),
    };
    let why = json!({ "why": "safety", "reason": "request" });
    blocked(&clerk, Some(why.clone())).await;
    world.days(10).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let (first, wanted) = (made(&world, &clerk).await, "Je handelt niet meer voor Emma Zonnebloem");
    assert_eq!(letters(&world, &clerk, &first).await[0]["subject"], wanted);
    // Before it is printed it is drawn anew without.
    blocked(&clerk, None).await;
    let printed = json!({ "again": false });
    let (_, refused) = world.json("POST", &path(&first, "/printed"), Some(&clerk), &printed).await;
    assert_eq!(refused["code"], "letters_changed", "{refused}");
    world.drain().await;
    assert_eq!(letters(&world, &clerk, &first).await[0]["state"], "taken_out");
    // Once it is on paper, it is said before the post has it.
    blocked(&clerk, Some(why)).await;
    world.days(10).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let second = made(&world, &clerk).await;
    assert_eq!(world.json("POST", &path(&second, "/printed"), Some(&clerk), &printed).await.0, 200);
    blocked(&clerk, None).await;
    let (status, refused) = send(&world, "POST", &path(&second, "/posted"), &clerk).await;
    assert_eq!((status, &refused["code"]), (409, &json!("letters_not_sent")), "{refused}");
}

async fn a_file_that_changes_while_it_is_fetched_breaks_off(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    told(&world, &[(&anna, "Markt", "1", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    let (_, whole) = file(&world, &path(&batch, "/pdf"), &clerk).await;
    assert_eq!(batch["parts"][0]["size"], json!(whole.len()));
    // As if its part were drawn anew between two pieces of it.
    run(&world, "delete from letter_piece", "delete from letter_piece").await;
    let asked = world.http.get(format!("{}{}", world.server, path(&batch, "/pdf"))).bearer_auth(&clerk);
    // Whoever fetches it has no file, rather than half of one that says nothing of that.
    let got = match asked.send().await {
        Ok(answer) => answer.bytes().await.map(|bytes| bytes.len()),
        Err(error) => Err(error),
    };
    assert!(got.is_err(), "{got:?}");
}

async fn a_batch_is_not_printed_twice_unseen(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    told(&world, &[(&anna, "Markt", "1", "")]).await;
    let (els, tom) = (world.staff("Els Claes", CLERK).await, world.staff("Tom Maes", CLERK).await);
    let batch = made(&world, &els).await;
    assert_eq!(send(&world, "POST", &path(&batch, "/posted"), &els).await.1["code"], "batch_not_printed");
    let print = |again: bool| json!({ "again": again });
    assert_eq!(world.json("POST", &path(&batch, "/printed"), Some(&els), &print(false)).await.0, 200);
    let (status, refused) = world.json("POST", &path(&batch, "/printed"), Some(&tom), &print(false)).await;
    assert_eq!((status, &refused["code"], &refused["edited_by"]), (409, &json!("batch_printed"), &json!("Els Claes")));
    assert_eq!(world.json("POST", &path(&batch, "/printed"), Some(&tom), &print(true)).await.0, 200);
    let (_, twice) = world.get(&path(&batch, ""), &els).await;
    assert_eq!((&twice["printed_times"], &twice["printed_by"]), (&json!(2), &json!("Tom Maes")), "{twice}");
    // The second was a mistake, and the first as well: it is as it was before each.
    for (left, state, by) in [(1, "printed", json!("Els Claes")), (0, "ready", Value::Null)] {
        assert_eq!(send(&world, "DELETE", &path(&batch, "/printed"), &tom).await.0, 200);
        let (_, shown) = world.get(&path(&batch, ""), &els).await;
        let seen = (&shown["printed_times"], &shown["state"], shown["printed_by"].clone());
        assert_eq!(seen, (&json!(left), &json!(state), by), "{shown}");
    }
    assert_eq!(send(&world, "DELETE", &path(&batch, "/printed"), &tom).await.1["code"], "batch_not_printed");
}

async fn a_letter_that_is_posted_late_reaches_them_all_the_same(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    told(&world, &[(&anna, "Markt", "1", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    // Nobody comes to it for longer than a letter is waited for: by then it is said that nobody was reached.
    world.days(20).await;
    let outcome = async || world.texts("select coalesce(outcome, '') from reach").await;
    assert_eq!(outcome().await, ["not_reached"]);
    let clerk = world.staff("Els Claes", CLERK).await;
    // The letter is of use still, and is believed after three weeks.
    assert_eq!(letters(&world, &clerk, &batch).await[0]["still_due"], true);
    posted(&world, &clerk, &batch).await;
    assert_eq!(outcome().await, [""]);
    world.days(22).await;
    assert_eq!(outcome().await, ["posted"]);
    // And that it comes back is known even then.
    let clerk = world.staff("Els Claes", CLERK).await;
    let reference = world.texts("select reference from letter").await.remove(0);
    let back = json!({ "reference": reference, "why": "unknown" });
    let (status, answer) = world.json("POST", "/staff/v1/letters/returned", Some(&clerk), &back).await;
    assert_eq!(status, 200, "{answer}");
    world.drain().await;
    assert_eq!(outcome().await, ["not_reached"]);
}

async fn whose_address_is_hidden_or_none_gets_no_letter(world: World) {
    let (anna, luc, els) =
        (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"), somebody("Els", "1944-01-01"));
    told(&world, &[(&anna, "Geheimstraat", "7", "ja"), (&luc, "Rue de Lille", "", ""), (&els, "Markt", "1", "nee")])
        .await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    let all = letters(&world, &clerk, &batch).await;
    assert_eq!((all.len(), &all[0]["street"]), (1, &json!("Markt")), "{all:?}");
    assert_eq!(
        world.texts("select reason from reach_step where step = 'letter' and reason is not null order by reason").await,
        ["hidden_address", "no_address"]
    );
    // Hers is hidden as well before it is printed: it is taken out, and nobody reads where she lives.
    world.residents_file("deinze", register(&[(&els, "Markt", "1", "ja")]), false).await.unwrap();
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf"), &clerk).await.1["code"], "batch_not_ready");
    world.drain().await;
    let now = letters(&world, &clerk, &batch).await;
    assert_eq!(
        (&now[0]["state"], &now[0]["street"], &now[0]["postcode"]),
        (&json!("taken_out"), &json!(""), &json!("")),
        "{now:?}"
    );
    // Of the hidden one nothing is kept: no list, export or audience finds what is not there.
    let kept = "select street || house_number || postcode || town || coalesce(street_key, '') from resident where given_names = 'Anna'";
    assert_eq!(world.texts(kept).await, [""]);
    // A file of an older export knows no such column, and gives nothing away.
    let old =
        register(&[(&anna, "Geheimstraat", "7", "")]).replace(";address_hidden", "").replace("Deinze;\n", "Deinze\n");
    world.residents_file("deinze", old, false).await.unwrap();
    assert_eq!(world.texts(kept).await, [""]);
    // Once the register says that it is no secret any more it is kept as others are.
    world.residents_file("deinze", register(&[(&anna, "Geheimstraat", "7", "")]), false).await.unwrap();
    assert_eq!(world.texts(kept).await, ["Geheimstraat79800Deinzegeheimstraat"]);
}

async fn what_changed_since_it_was_drawn_is_seen_at_the_door(world: World) {
    let (anna, luc, els) =
        (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"), somebody("Els", "1944-01-01"));
    told(&world, &[(&anna, "Markt", "1", ""), (&luc, "Markt", "2", ""), (&els, "Markt", "3", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    // One dies before it is printed: the letter is taken out, and the part drawn without it.
    let died = format!(
        "national_number;family_name;given_names;birth_date;street;house_number;postcode;town;state;state_date\n\
         {};{};{};{};Markt;2;9800;Deinze;deceased;2027-03-01\n",
        luc.number, luc.family, luc.given, luc.born
    );
    world.residents_file("deinze", died, false).await.unwrap();
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf"), &clerk).await.1["code"], "batch_not_ready");
    world.drain().await;
    let states: Vec<_> = letters(&world, &clerk, &batch).await.iter().map(|l| l["taken_out_why"].clone()).collect();
    assert_eq!(states, [Value::Null, json!("deceased"), Value::Null]);
    let (_, pdf) = file(&world, &path(&batch, "/pdf"), &clerk).await;
    assert!(pdf.starts_with(b"%PDF"));

    // Another's address is hidden once it is printed: the file is not given out again, and the list has no postcode.
    let printed = world.json("POST", &path(&batch, "/printed"), Some(&clerk), &json!({ "again": false })).await;
    assert_eq!(printed.0, 200, "{printed:?}");
    world.residents_file("deinze", register(&[(&els, "Markt", "3", "ja")]), false).await.unwrap();
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf"), &clerk).await.1["code"], "pdf_withheld");
    assert_eq!(world.figure("select count(*) from letter_piece").await, 0, "nothing of the file is kept");
    let (_, table) = file(&world, &path(&batch, "/manifest"), &clerk).await;
    let table = String::from_utf8(table).unwrap();
    let postcodes: Vec<&str> = table.lines().skip(1).take(2).map(|line| line.split(';').nth(3).unwrap()).collect();
    assert_eq!(postcodes, ["9800", ""], "{table}");
    // Once the printing is taken back it is drawn without hers.
    assert_eq!(send(&world, "DELETE", &path(&batch, "/printed"), &clerk).await.0, 200);
    world.drain().await;
    let (_, again) = world.get(&path(&batch, ""), &clerk).await;
    assert_eq!((&again["state"], &again["drawn"]), (&json!("ready"), &json!(1)), "{again}");

    // The last one's as well: nobody asks for the file, and still it is gone within the hour, with what was kept of the address.
    world.residents_file("deinze", register(&[(&anna, "Markt", "1", "ja")]), false).await.unwrap();
    world.instance.housekeeping().await.unwrap();
    assert_eq!(world.figure("select count(*) from letter_piece").await, 0);
    const KEPT: &str = "
        select street || house_number || postcode || town || sort_key || address_hash from letter
        where resident_id in (select id from resident where hidden = true)";
    assert_eq!(world.texts(KEPT).await, ["", ""]);
    world.drain().await;
    let (_, none) = world.get(&path(&batch, ""), &clerk).await;
    assert_eq!((&none["state"], &none["drawn"]), (&json!("ready"), &json!(0)), "{none}");
    // Lifted again, the letter is put back by a mistake: there is nowhere to send it to, and that is said.
    world.residents_file("deinze", register(&[(&anna, "Markt", "1", "nee")]), false).await.unwrap();
    let first = letters(&world, &clerk, &batch).await[0]["id"].as_str().unwrap().to_owned();
    let (status, refused) = send(&world, "POST", &format!("/staff/v1/letters/{first}/put-back"), &clerk).await;
    assert_eq!((status, &refused["code"]), (409, &json!("letter_not_sent")), "{refused}");
    assert_eq!(letters(&world, &clerk, &batch).await[0]["state"], json!("taken_out"));
}

async fn what_was_taken_out_of_paper_is_not_printed_again(world: World) {
    let (anna, luc) = (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"));
    told(&world, &[(&anna, "Markt", "1", ""), (&luc, "Markt", "2", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    let print = json!({ "again": false });
    assert_eq!(world.json("POST", &path(&batch, "/printed"), Some(&clerk), &print).await.0, 200);
    let first = letters(&world, &clerk, &batch).await[0]["id"].as_str().unwrap().to_owned();
    let out = format!("/staff/v1/letters/{first}/take-out");
    assert_eq!(world.json("POST", &out, Some(&clerk), &json!({ "why": "was_told" })).await.0, 200);
    // It is on paper: the sheet is taken out by hand, and the file is as it was printed.
    file(&world, &path(&batch, "/pdf"), &clerk).await;
    // The paper was thrown away: what is printed next is without it.
    assert_eq!(send(&world, "DELETE", &path(&batch, "/printed"), &clerk).await.0, 200);
    assert_eq!(send(&world, "GET", &path(&batch, "/pdf"), &clerk).await.1["code"], "batch_not_ready");
    world.drain().await;
    let (_, again) = world.get(&path(&batch, ""), &clerk).await;
    assert_eq!((&again["state"], &again["drawn"]), (&json!("ready"), &json!(1)), "{again}");
    file(&world, &path(&batch, "/pdf"), &clerk).await;
    // Printed, hidden, and asked for once more: she is not in the file, so it is given out.
    assert_eq!(world.json("POST", &path(&batch, "/printed"), Some(&clerk), &print).await.0, 200);
    world.residents_file("deinze", register(&[(&anna, "Markt", "1", "ja")]), false).await.unwrap();
    file(&world, &path(&batch, "/pdf"), &clerk).await;
}

async fn who_lives_abroad_is_written_to_behind_the_others(world: World) {
    let people = [somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"), somebody("Els", "1944-01-01")];
    let [anna, luc, els] = &people;
    let row = |who: &Somebody, street: &str, postcode: &str, town: &str, country: &str| {
        let Somebody { number, given, family, born, .. } = who;
        format!("{number};{family};{given};{born};{street};7;{postcode};{town};{country}\n")
    };
    let header = "national_number;family_name;given_names;birth_date;street;house_number;postcode;town;country\n";
    let text = [
        header.to_owned(),
        row(anna, "Rue de Béthune", "59000", "Lille", "Frankrijk"),
        row(luc, "Markt", "9800", "Deinze", "BE"),
        // A country of which nothing but the name is known: no street, so no letter.
        row(els, "", "", "Paramaribo", "Suriname"),
    ]
    .concat();
    let outcome = world.residents_file("deinze", text.clone(), false).await.unwrap();
    assert_eq!(outcome.wrong, 0, "{}", std::fs::read_to_string(world.report()).unwrap());
    assert_eq!(
        world.residents_file("deinze", text, false).await.unwrap().unchanged,
        3,
        "the same file changes nothing"
    );
    assert_eq!(world.texts("select country from resident order by country").await, ["", "FR", "Suriname"]);
    // A street abroad is none of the town's.
    assert_eq!(world.figure("select count(*) from resident where street_key = 'rue de bethune'").await, 0);
    world.papers(&people.each_ref().map(|who| paper(who, "eid", "2017-06-01", "2027-06-01"))).await;
    world.days(5).await;
    // A postcode abroad is no district: a row of its own would say who lives there.
    assert_eq!(world.texts("select distinct postcode from reach order by postcode").await, ["", "9800"]);
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    assert_eq!(
        (&batch["drawn"], &batch["abroad"], &batch["parts"][0]["abroad"]),
        (&json!(2), &json!(1), &json!(1)),
        "{batch}"
    );
    let all = letters(&world, &clerk, &batch).await;
    let to: Vec<_> = all.iter().map(|l| (l["postcode"].clone(), l["country"].clone())).collect();
    assert_eq!(to, [(json!("9800"), json!("")), (json!("59000"), json!("FR"))]);
    assert_eq!(
        world.texts("select reason from reach_step where step = 'letter' and reason is not null").await,
        ["no_address"]
    );
    let sought = json!({ "birth_date": "1950-05-05", "family_name": "Zonnebloem", "reason": "visit" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &sought).await;
    assert_eq!((&found[0]["town"], &found[0]["country"]), (&json!("Lille"), &json!("FR")), "{found}");
    let (_, table) = file(&world, &path(&batch, "/manifest"), &clerk).await;
    let table = String::from_utf8(table).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[1].ends_with(";nl;false;") && lines[2].ends_with(";nl;false;FR"), "{table}");
    assert_eq!(lines[3..], ["1;;inland;;1;;;", "1;;abroad;;1;;;", "2;;total;;2;;;"]);

    // A file without the column: what it says of the same address is silent of the country; another postcode is one here.
    let old = |text: String| text.replace(";country", "").replace(";Frankrijk", "").replace(";BE", "");
    let same = old([header.to_owned(), row(anna, "Rue de Béthune", "59000", "Lille", "Frankrijk")].concat());
    world.residents_file("deinze", same, false).await.unwrap();
    let anna_is = "select postcode || country from resident where given_names = 'Anna'";
    assert_eq!(world.texts(anna_is).await, ["59000FR"]);
    let back = old([header.to_owned(), row(anna, "Markt", "9800", "Deinze", "BE")].concat());
    world.residents_file("deinze", back, false).await.unwrap();
    assert_eq!(world.texts(anna_is).await, ["9800"]);
    // A code that nobody knows is said, and costs the row nothing else.
    let odd = [header.to_owned(), row(luc, "Markt", "9800", "Deinze", "XQ")].concat();
    let outcome = world.residents_file("deinze", odd, false).await.unwrap();
    assert_eq!(outcome.wrong, 1);
    assert!(std::fs::read_to_string(world.report()).unwrap().contains("write the name of the country"));
}

/// A register's rows of people with what it calls them itself.
fn keyed(people: &[(&Somebody, &str)]) -> String {
    let mut text =
        "national_number;family_name;given_names;birth_date;street;house_number;postcode;town;register_key\n"
            .to_owned();
    for (n, (who, key)) in people.iter().enumerate() {
        let Somebody { number, given, family, born, .. } = who;
        text += &format!("{number};{family};{given};{born};Markt;{};9800;Deinze;{key}\n", n + 1);
    }
    text
}

const KEYS: &str = "select register_key from resident order by register_key";

async fn the_list_of_a_batch_has_what_the_register_calls_somebody(world: World) {
    let (anna, luc) = (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"));
    let of = [(&anna, " P-000123 "), (&luc, "456.0")];
    let outcome = world.residents_file("deinze", keyed(&of), false).await.unwrap();
    assert_eq!(outcome.wrong, 0, "{}", std::fs::read_to_string(world.report()).unwrap());
    assert_eq!(world.texts(KEYS).await, ["456", "P-000123"]);
    world
        .papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01"), paper(&luc, "eid", "2017-06-01", "2027-06-01")])
        .await;
    world.days(5).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    let (_, table) = file(&world, &path(&batch, "/manifest"), &clerk).await;
    let table = String::from_utf8(table).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].ends_with(";country;register_key"), "{table}");
    assert!(lines[1].ends_with(";;P-000123") && lines[2].ends_with(";;456"), "{table}");
    assert_eq!(lines[5], "2;;total;;2;;;;");
    // It leads to who they are: each of them reads that it was had.
    let read =
        "select count(distinct resident_id) from audit_entry where act = 'letters_read' and resident_id is not null";
    assert_eq!(world.figure(read).await, 2);
    // No list of the app or the counter has it.
    let shown = letters(&world, &clerk, &batch).await;
    assert!(!json!(shown).to_string().contains("P-000123"));
    // What is none is said and not kept, a national number least of all; a file without the column says nothing.
    let too_long = "x".repeat(65);
    for wrong in [luc.number.as_str(), "a b", too_long.as_str()] {
        let outcome =
            world.residents_file("deinze", keyed(&[(&anna, "P-000123"), (&luc, wrong)]), false).await.unwrap();
        assert_eq!(outcome.wrong, 1, "{wrong}");
        assert_eq!(world.texts(KEYS).await, ["456", "P-000123"], "{wrong}");
    }
    world.residents_file("deinze", register(&[(&anna, "Markt", "1", "")]), false).await.unwrap();
    assert_eq!(world.texts(KEYS).await, ["456", "P-000123"]);
    // An empty field says that there is none any more.
    world.residents_file("deinze", keyed(&[(&anna, "")]), false).await.unwrap();
    assert_eq!(world.texts(KEYS).await, ["", "456"]);
}

async fn what_the_register_calls_somebody_is_not_kept_unasked(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    world.residents_file("deinze", keyed(&[(&anna, "P-000123")]), false).await.unwrap();
    assert_eq!(world.texts(KEYS).await, [""]);
    // A town that does not ask any more: what was kept is gone with the next file, whoever is in it.
    let kept = "update resident set register_key = 'P-000123'";
    run(&world, kept, kept).await;
    let luc = somebody("Luc", "1948-01-01");
    world.residents_file("deinze", keyed(&[(&luc, "456")]), false).await.unwrap();
    assert_eq!(world.texts(KEYS).await, ["", ""]);
}

async fn each_letter_is_made_once_whoever_makes_it(world: World) {
    let people: Vec<Somebody> =
        (1..=12).map(|n| somebody(&format!("P{n}"), &format!("19{:02}-01-01", 40 + n))).collect();
    let at: Vec<At<'_>> = people.iter().map(|who| (who, "Markt", "1", "")).collect();
    told(&world, &at).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    // Two ask at once: one makes it of all, the other finds none.
    let ask = || send(&world, "POST", "/staff/v1/letter-batches", &clerk);
    let (one, other) = tokio::join!(ask(), ask());
    let mut statuses = [one.0, other.0];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{one:?} {other:?}");
    // A process was killed while it drew: the other waits for it for a while, and then does it.
    let another = world.another_process().await;
    let (first, second) = tokio::join!(world.instance.drain(), another.drain());
    first.unwrap();
    second.unwrap();
    let making = "update letter_batch set state = 'making'";
    run(&world, making, making).await;
    let stale = "update letter_part set stale = true, version = version + 1, held_until = '2027-03-06 09:02:00+00:00'";
    run(&world, stale, stale).await;
    assert_eq!(world.figure("select count(*) from letter_part where stale = true").await, 1);
    world.clock.advance(chrono::Duration::days(1));
    another.drain().await.unwrap();
    assert_eq!(world.texts("select state from letter_batch").await, ["ready"]);
    assert_eq!(world.figure("select count(distinct reach_id) from letter").await, 12);
    assert_eq!(world.figure("select count(distinct sequence) from letter").await, 12);
    assert_eq!(world.figure("select letters from letter_part").await, 12);
}

async fn what_is_another_towns_is_not_found(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    told(&world, &[(&anna, "Markt", "1", "")]).await;
    let clerk = world.staff("Els Claes", CLERK).await;
    let batch = made(&world, &clerk).await;
    let reference = letters(&world, &clerk, &batch).await[0]["reference"].as_str().unwrap().to_owned();
    posted(&world, &clerk, &batch).await;
    let theirs = world.staff("Bea Smet", &["Loket:0207500000"]).await;
    assert_eq!(world.get(&path(&batch, ""), &theirs).await.1["code"], "not_found");
    assert_eq!(world.get(&format!("/staff/v1/letters?reference={reference}"), &theirs).await.1, json!([]));
    let back = json!({ "reference": reference, "why": "unknown" });
    let refused = world.json("POST", "/staff/v1/letters/returned", Some(&theirs), &back).await;
    assert_eq!(refused.1["code"], "not_found");
    let (status, refused) = send(&world, "POST", "/staff/v1/letter-batches", &theirs).await;
    assert_eq!((status, &refused["code"]), (409, &json!("letters_off")), "{refused}");
    assert_eq!(world.get("/staff/v1/letter-batches", &theirs).await.1, json!({ "available": false, "batches": [] }));
}

async fn the_batch_of_the_day_is_made_once(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    told(&world, &[(&anna, "Markt", "1", "")]).await;
    world.days(2).await;
    assert_eq!(world.texts("select state from letter_batch").await, ["ready"]);
    assert_eq!(world.figure("select count(*) from letter_batch where made_by is null").await, 1);
    assert_eq!(world.figure("select count(*) from letter").await, 1);
}
