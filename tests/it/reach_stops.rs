//! What stops a message on its way: whom it is about, and who may hear of it, is asked again before each step.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    mandates::{acting, assisting, id_of, mandate_by, mandate_of, token},
    reach::{chooses, claimed},
    tenant_isolation::resident_of,
    world::{Somebody, World, paper, somebody},
};

const CLERK: &[&str] = &["Loket:0207509031"];
const EVERY: &str = "push,mail,letter";

journeys! {
    with "deinze.letters.enabled = true\ndeinze.reach.reminder.mail = -1\ndeinze.reach.reminder.letter = 0";
    a_parent_is_not_written_to_about_a_child_who_is_not_theirs_to_act_for_any_more,
    who_is_blocked_for_one_child_is_written_to_about_another,
    what_speaks_of_two_children_is_said_of_neither_and_the_counter_has_it,
    what_speaks_of_two_children_is_told_anew_of_the_one,
    a_letter_of_the_towns_own_stands_for_ours,
    who_has_no_app_reads_of_a_mandate_on_paper,
    who_was_there_or_ended_it_gets_no_letter_of_a_mandate,
    who_is_read_to_is_called_when_the_letter_goes,
    who_says_their_language_at_the_counter_is_written_to_in_it,
}

mod by_mail {
    use super::*;

    journeys! {
        a_holder_who_does_not_read_it_is_mailed_that_there_is_something,
        a_holder_whose_mandate_is_over_is_not_mailed,
        another_mandate_does_not_stand_in_for_one_that_is_over,
        what_was_taken_back_is_mailed_to_no_holder,
        who_is_told_of_visits_or_documents_alone_hears_of_those,
        who_did_it_for_the_other_is_not_mailed_about_it,
    }
}

async fn a_parent_is_not_written_to_about_a_child_who_is_not_theirs_to_act_for_any_more(world: World) {
    // Five mothers without the app, each with a child whose card ends; the fifth is as she was.
    let mothers = [("Rosa", "01"), ("Ines", "02"), ("Anna", "03"), ("Bea", "04"), ("Cato", "05")]
        .map(|(given, on)| somebody(given, &format!("1985-05-{on}")));
    let born = ["2015-01-01", "2015-01-02", "2015-01-03", "2009-03-05", "2015-01-05"];
    let names = ["Emma", "Noor", "Lou", "Lotte", "Fien"];
    let children: Vec<Somebody> = (0..5).map(|n| somebody(names[n], born[n]).child_of(&[&mothers[n]])).collect();
    let all: Vec<&Somebody> = mothers.iter().chain(&children).collect();
    world.people(&all).await;
    let papers: Vec<_> = children.iter().map(|child| paper(child, "eid", "2022-06-01", "2027-06-01")).collect();
    world.papers(&papers).await;
    world.days(2).await;
    let open = "select count(*) from reach where state = 'open'";
    assert_eq!(world.figure(open).await, 5, "each mother has a letter to come");
    // One child died, one moved away, of one the mother is blocked, and one is of age.
    let dead = children[0].clone().state("deceased", "2027-03-03");
    let gone = children[1].clone().state("departed", "2027-03-03");
    world.people(&[&dead, &gone]).await;
    let clerk = world.staff("Karel", CLERK).await;
    let block =
        format!("/staff/v1/residents/{}/parents/{}/block", id_of(&world, "Lou").await, id_of(&world, "Anna").await);
    let why = json!({ "why": "safety", "reason": "request" });
    assert_eq!(world.json("PUT", &block, Some(&clerk), &why).await.0, 200);
    world.at("2027-03-05 09:00");
    let letters = claimed(&world).await;
    let titles: Vec<&str> = letters.iter().map(|letter| letter.title.as_str()).collect();
    let about: Vec<_> = titles.iter().filter(|title| title.contains("dentiteitskaart")).collect();
    assert_eq!(about.len(), 1, "{titles:?}");
    assert!(about[0].contains("Fien"), "{titles:?}");
    let ended = "select outcome from reach where plan = 'reminder' and outcome is not null order by outcome";
    assert_eq!(world.texts(ended).await, ["settled"; 4]);
}

async fn who_is_blocked_for_one_child_is_written_to_about_another(world: World) {
    let anna = somebody("Anna", "1985-05-03");
    let (lou, mia) = (somebody("Lou", "2015-01-03"), somebody("Mia", "2015-01-06"));
    let (lou, mia) = (lou.child_of(&[&anna]), mia.child_of(&[&anna]));
    world.people(&[&anna, &lou, &mia]).await;
    let clerk = world.staff("Karel", CLERK).await;
    let block =
        format!("/staff/v1/residents/{}/parents/{}/block", id_of(&world, "Lou").await, id_of(&world, "Anna").await);
    let why = json!({ "why": "safety", "reason": "request" });
    assert_eq!(world.json("PUT", &block, Some(&clerk), &why).await.0, 200);
    // Let again and blocked again, she reads the last of it and no more.
    world.clock.advance(chrono::Duration::seconds(1));
    assert_eq!(world.raw("DELETE", &format!("{block}?reason=request"), Some(&clerk), None).await.0, 200);
    world.clock.advance(chrono::Duration::seconds(1));
    assert_eq!(world.json("PUT", &block, Some(&clerk), &why).await.0, 200);
    let cards = [&lou, &mia].map(|child| paper(child, "eid", "2022-06-01", "2027-06-01"));
    world.papers(&cards).await;
    world.days(2).await;
    let titles: Vec<String> = claimed(&world).await.into_iter().map(|letter| letter.title).collect();
    assert_eq!(titles.iter().filter(|title| title.contains("Mia")).count(), 1, "{titles:?}");
    let of_lou: Vec<_> = titles.iter().filter(|title| title.contains("Lou")).collect();
    assert_eq!(of_lou, ["Je handelt niet meer voor Lou Zonnebloem"], "{titles:?}");
    // Nor does the counter ring her about him.
    let clerk = world.staff("Karel", CLERK).await;
    let (status, missed) = world.get("/staff/v1/missed-reminders?reason=telephone", &clerk).await;
    let anna = id_of(&world, "Anna").await.to_string();
    assert!(status == 200 && !missed.to_string().contains(&anna), "{missed}");
}

async fn what_speaks_of_two_children_is_said_of_neither_and_the_counter_has_it(world: World) {
    let anna = somebody("Anna", "1985-05-03");
    let (lou, mia) = (somebody("Lou", "2015-01-03"), somebody("Mia", "2015-01-06"));
    let (lou, mia) = (lou.child_of(&[&anna]), mia.child_of(&[&anna]));
    world.people(&[&anna, &lou, &mia]).await;
    world.papers(&[&lou, &mia].map(|child| paper(child, "eid", "2022-06-01", "2027-06-01"))).await;
    world.days(2).await;
    let clerk = world.staff("Karel", CLERK).await;
    let block =
        format!("/staff/v1/residents/{}/parents/{}/block", id_of(&world, "Lou").await, id_of(&world, "Anna").await);
    let why = json!({ "why": "safety", "reason": "request" });
    assert_eq!(world.json("PUT", &block, Some(&clerk), &why).await.0, 200);
    assert_eq!(letters(&world).await, ["Je handelt niet meer voor Lou Zonnebloem"]);
    assert_eq!(world.texts("select outcome from reach where plan = 'reminder'").await, ["not_reached"]);
    let (_, missed) = world.get("/staff/v1/missed-reminders?reason=telephone", &clerk).await;
    let whose: Vec<_> = missed["reminders"].as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap()).collect();
    assert_eq!(whose, ["Mia Zonnebloem"], "{missed}");
}

/// With the app she is told anew of the one of whom she may be told.
async fn what_speaks_of_two_children_is_told_anew_of_the_one(world: World) {
    let anna = somebody("Anna", "1985-05-03");
    let (lou, mia) = (somebody("Lou", "2015-01-03"), somebody("Mia", "2015-01-06"));
    let (lou, mia) = (lou.child_of(&[&anna]), mia.child_of(&[&anna]));
    world.people(&[&anna, &lou, &mia]).await;
    let mut phone = world.phone(&anna, true).await;
    world.papers(&[&lou, &mia].map(|child| paper(child, "eid", "2022-06-01", "2027-06-01"))).await;
    world.days(3).await;
    let of_documents = "select title from message where kind = 'document_reminder' and withdrawn_at is null";
    let told = world.texts(of_documents).await;
    assert_eq!(told.len(), 1, "of both in one: {told:?}");
    let clerk = world.staff("Karel", CLERK).await;
    let block =
        format!("/staff/v1/residents/{}/parents/{}/block", id_of(&world, "Lou").await, id_of(&world, "Anna").await);
    let why = json!({ "why": "safety", "reason": "request" });
    assert_eq!(world.json("PUT", &block, Some(&clerk), &why).await.0, 200);
    world.days(10).await;
    let told = world.texts(of_documents).await;
    assert!(told.len() == 1 && told[0].contains("Mia"), "{told:?}");
    assert_eq!(
        world.texts("select coalesce(outcome, 'open') from reach where plan = 'reminder' order by 1").await,
        ["not_reached", "open"]
    );
    assert!(world.titles(&mut phone).await.iter().any(|title| title.contains("Mia")));
}

async fn a_letter_of_the_towns_own_stands_for_ours(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let card = paper(&anna, "eid", "2017-06-01", "2027-06-01");
    world.papers(std::slice::from_ref(&card)).await;
    world.days(2).await;
    assert_eq!(world.texts("select state from reach").await, ["open"]);
    world.papers(&[card.with("letter_sent_on", "2027-03-04")]).await;
    assert_eq!(claimed(&world).await.len(), 0);
    assert_eq!(world.texts("select outcome from reach").await, ["posted"]);
}

/// Staff write a mandate down whose paper they saw; its id.
async fn given(world: &World, clerk: &str, (grantor, holder): (Uuid, Uuid), present: bool) -> String {
    let basis = if present { "given" } else { "care_proxy" };
    let mut wish = json!({
        "grantor_id": grantor, "holder_id": holder, "basis": basis, "mode": "represent", "verbs": ["see", "book"],
        "kinds": ["documents", "visits"], "from_on": "2027-03-01", "until_on": "2028-03-01", "both_present": present,
        "reason": "request",
    });
    if !present {
        wish["proof_on"] = json!("2027-01-20");
    }
    let (status, made) = world.json("POST", "/staff/v1/mandates", Some(clerk), &wish).await;
    assert_eq!(status, 200, "{made}");
    made["id"].as_str().unwrap().to_owned()
}

/// The titles of the letters that wait, in the order of the alphabet.
async fn letters(world: &World) -> Vec<String> {
    world.drain().await;
    let mut titles: Vec<String> = claimed(world).await.into_iter().map(|letter| letter.title).collect();
    titles.sort();
    titles
}

async fn who_has_no_app_reads_of_a_mandate_on_paper(world: World) {
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    let pair = (id_of(&world, "Rosa").await, id_of(&world, "Ines").await);
    let clerk = world.staff("Karel", CLERK).await;
    let id = given(&world, &clerk, pair, false).await;
    assert_eq!(letters(&world).await, ["Ines Zonnebloem handelt voor je", "Je handelt voor Rosa Zonnebloem"]);
    let end = format!("/staff/v1/mandates/{id}?reason=request");
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    assert_eq!(letters(&world).await, ["Een volmacht is beëindigd"; 2]);
    // What was given and is over before anybody printed it is told once.
    let id = given(&world, &clerk, pair, false).await;
    let end = format!("/staff/v1/mandates/{id}?reason=request");
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    assert_eq!(letters(&world).await, ["Een volmacht is beëindigd"; 2]);
    // One that begins later says so, and one that never began was none.
    let later = json!({
        "grantor_id": pair.0, "holder_id": pair.1, "basis": "care_proxy", "mode": "represent", "verbs": ["see"],
        "kinds": ["documents"], "from_on": "2027-07-01", "until_on": "2028-03-01", "both_present": false,
        "proof_on": "2027-01-20", "reason": "request",
    });
    let (status, made) = world.json("POST", "/staff/v1/mandates", Some(&clerk), &later).await;
    assert_eq!(status, 200, "{made}");
    world.drain().await;
    let said: Vec<String> = claimed(&world).await.into_iter().map(|letter| letter.body).collect();
    assert!(said.len() == 2 && said.iter().all(|body| body.ends_with("Dat begint op 1 juli 2027.")), "{said:?}");
    let end = format!("/staff/v1/mandates/{}?reason=request", made["id"].as_str().unwrap());
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    assert_eq!(letters(&world).await, ["Een volmacht gaat niet door"; 2]);
    assert_eq!(world.texts("select distinct plan from reach").await, ["mandate"]);
}

async fn who_was_there_or_ended_it_gets_no_letter_of_a_mandate(world: World) {
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    let daughter = world.phone(&ines, true).await;
    let pair = (id_of(&world, "Rosa").await, resident_of(&world, &daughter).await);
    let clerk = world.staff("Karel", CLERK).await;
    let id = given(&world, &clerk, pair, true).await;
    assert_eq!(letters(&world).await, [""; 0], "both have it on paper");
    assert_eq!(world.raw("DELETE", &format!("/v1/mandates/{id}"), Some(&token(&daughter)), None).await.0, 200);
    assert_eq!(letters(&world).await, ["Een volmacht is beëindigd"], "the mother, who has no app");
    assert_eq!(world.figure("select count(*) from reach").await, 1, "who ended it knows");
}

async fn who_is_read_to_is_called_when_the_letter_goes(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    world.people(&[&anna]).await;
    let clerk = world.staff("Karel", CLERK).await;
    let path = format!("/staff/v1/residents/{}/contact-settings?reason=visit", id_of(&world, "Anna").await);
    let chosen = json!({
        "steps": ["push", "mail", "letter"], "never_digital": false, "open_email": false, "announcements_by_email": false,
        "large_print": false, "read_aloud": true,
    });
    assert_eq!(world.json("PUT", &path, Some(&clerk), &chosen).await.0, 200);
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    world.days(2).await;
    let due = claimed(&world).await;
    assert_eq!(due.len(), 1, "she gets it on paper");
    let mut w = world.instance.app.db.write().await.unwrap();
    let (app, town) = (&world.instance.app, world.town());
    assert!(thuisloket::inbox::reach::letter_posted(&mut w, app, town, due[0].reach).await.unwrap());
    w.commit().await.unwrap();
    world.drain().await;
    // The plan has no call.
    let clerk = world.staff("Karel", CLERK).await;
    let (status, calls) = world.get("/staff/v1/calls?reason=telephone", &clerk).await;
    assert_eq!((status, &calls["calls"][0]["read_aloud"]), (200, &json!(true)), "{calls}");
}

async fn who_says_their_language_at_the_counter_is_written_to_in_it(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    world.people(&[&anna]).await;
    let clerk = world.staff("Karel", CLERK).await;
    let path = format!("/staff/v1/residents/{}/contact-settings?reason=visit", id_of(&world, "Anna").await);
    let mut chosen = json!({
        "steps": ["letter"], "never_digital": false, "open_email": false, "announcements_by_email": false,
        "large_print": false, "language": "fr",
    });
    assert_eq!(world.json("PUT", &path, Some(&clerk), &chosen).await.0, 200);
    // Left out, it stays.
    chosen.as_object_mut().unwrap().remove("language");
    assert_eq!(world.json("PUT", &path, Some(&clerk), &chosen).await.0, 200);
    assert_eq!(world.get(&path, &clerk).await.1["language"], "fr");
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    world.days(2).await;
    let due = claimed(&world).await;
    assert_eq!(due.iter().map(|letter| letter.language.code()).collect::<Vec<_>>(), ["fr"]);
    assert!(due[0].body.contains("carte d’identité"), "{}", due[0].body);
}

const INES: &str = "ines@example.org";

/// A mother without the app, who is told of her card, and a daughter with an address who is told beside her.
async fn told_beside(world: &World, kinds: &'static str) -> (Uuid, String) {
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    chooses(world, &ines, EVERY, Some(INES), false).await;
    let (mother, daughter) = (id_of(world, "Rosa").await, id_of(world, "Ines").await);
    let mandate = mandate_of(world, (mother, daughter), "see,be_told", kinds).await;
    world.papers(&[paper(&rosa, "eid", "2017-06-01", "2027-06-01")]).await;
    (mother, mandate)
}

async fn a_holder_who_does_not_read_it_is_mailed_that_there_is_something(world: World) {
    told_beside(&world, "messages").await;
    // She has no app either: at once.
    world.days(2).await;
    let mails = world.stubs.smtp.taken_for(INES);
    assert_eq!(mails.len(), 1);
    let said = format!("{}\n{}", mails[0].header("Subject").unwrap_or_default(), mails[0].plain());
    assert!(!said.contains("Rosa") && !said.contains("dentiteitskaart"), "no more than a push: {said}");
    world.days(4).await;
    assert_eq!(world.texts("select outcome from reach where plan = 'for_other'").await, ["mailed"]);
    // Who has no app is not sent to look there: on paper and on the telephone it says where to ask.
    let kept = world.texts("select body from unreached where kind = 'for_other'").await;
    assert!(
        !kept.is_empty() && kept.iter().all(|body| body.contains("Bel ") && !body.contains("in de app")),
        "{kept:?}"
    );
    // What was kept for her of somebody else is read by nobody who acts for her.
    let jan = somebody("Jan", "1965-06-06");
    world.people(&[&jan]).await;
    let jan = world.phone(&jan, false).await;
    let daughter = id_of(&world, "Ines").await;
    assisting(&world, (daughter, resident_of(&world, &jan).await), "given").await;
    let (status, hers) = acting(&world, ("GET", "/v1/inbox"), &token(&jan), daughter, None).await;
    assert_eq!((status, &hers["messages"]), (200, &json!([])), "{hers}");
}

async fn a_holder_whose_mandate_is_over_is_not_mailed(world: World) {
    let (mother, mandate) = told_beside(&world, "messages").await;
    let ines = somebody("Ines", "1970-03-03");
    world.phone(&ines, true).await;
    world.days(3).await;
    assert_eq!(world.texts("select state from reach where plan = 'for_other'").await, ["open"]);
    let clerk = world.staff("Karel", CLERK).await;
    let end = format!("/staff/v1/mandates/{mandate}?reason=request");
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    world.days(4).await;
    assert_eq!(world.texts("select outcome from reach where plan = 'for_other'").await, ["settled"]);
    let mails = world.stubs.smtp.taken_for(INES);
    assert!(mails.len() <= 1, "that the mandate is over, and nothing of {mother}");
}

async fn another_mandate_does_not_stand_in_for_one_that_is_over(world: World) {
    let (mother, documents) = told_beside(&world, "documents").await;
    let ines = somebody("Ines", "1970-03-03");
    let daughter = world.phone(&ines, true).await;
    mandate_by(&world, (mother, resident_of(&world, &daughter).await), ("counter_once", "see,be_told", "visits")).await;
    world.days(3).await;
    assert_eq!(world.texts("select state from reach where plan = 'for_other'").await, ["open"]);
    let clerk = world.staff("Karel", CLERK).await;
    let end = format!("/staff/v1/mandates/{documents}?reason=request");
    assert_eq!(world.raw("DELETE", &end, Some(&clerk), None).await.0, 200);
    world.days(4).await;
    assert_eq!(world.texts("select outcome from reach where plan = 'for_other'").await, ["settled"]);
}

async fn what_was_taken_back_is_mailed_to_no_holder(world: World) {
    told_beside(&world, "messages").await;
    let ines = somebody("Ines", "1970-03-03");
    world.phone(&ines, true).await;
    world.days(2).await;
    let now = world.now();
    let mut w = world.instance.app.db.write().await.unwrap();
    thuisloket::with_conn!(w, c => sqlx::query("update unreached set withdrawn_at = $1").bind(now).execute(c).await.map(|_| ()))
        .unwrap();
    w.commit().await.unwrap();
    world.days(4).await;
    assert_eq!(world.texts("select outcome from reach where plan = 'for_other'").await, ["settled"]);
    assert_eq!(world.stubs.smtp.taken_for(INES).len(), 0);
}

async fn who_is_told_of_visits_or_documents_alone_hears_of_those(world: World) {
    let (mother, _) = told_beside(&world, "documents").await;
    let jan = somebody("Jan", "1965-06-06");
    world.people(&[&jan]).await;
    let mut jan = world.phone(&jan, false).await;
    mandate_of(&world, (mother, resident_of(&world, &jan).await), "be_told", "visits").await;
    let ines = somebody("Ines", "1970-03-03");
    let mut ines = world.phone(&ines, true).await;
    world.days(2).await;
    assert_eq!(world.titles(&mut ines).await, ["Er is nieuws over een document van Rosa"]);
    assert_eq!(world.titles(&mut jan).await, [""; 0], "a document is no visit");
    let planner = crate::appointments::town_hall(&world, 1).await;
    assert!(!planner.is_empty());
    let clerk = world.staff("Karel", CLERK).await;
    let wish: Value = json!({
        "resident_id": mother, "service_id": crate::appointments::SERVICE, "location_id": crate::appointments::PLACE,
        "starts_at": crate::mandates::FIRST, "persons": 1, "reason": "telephone",
    });
    let (status, booked) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!(status, 200, "{booked}");
    world.drain().await;
    assert_eq!(world.titles(&mut jan).await, ["Er is nieuws over een afspraak van Rosa"]);
    // He may not see it, and is not sent to look for it.
    let bodies = "select body from message where kind = 'for_other' and title like '%afspraak%'";
    assert_eq!(
        world.texts(bodies).await,
        ["Deinze heeft nieuws voor Rosa. Jij kunt het niet inkijken. Vraag Rosa wat er staat."]
    );
    assert_eq!(world.titles(&mut ines).await.len(), 1, "a visit is no document");
}

async fn who_did_it_for_the_other_is_not_mailed_about_it(world: World) {
    crate::appointments::town_hall(&world, 1).await;
    let (rosa, ines) = (somebody("Rosa", "1944-02-02"), somebody("Ines", "1970-03-03"));
    world.people(&[&rosa, &ines]).await;
    chooses(&world, &ines, EVERY, Some(INES), false).await;
    let (mother, mut daughter) = (id_of(&world, "Rosa").await, world.phone(&ines, true).await);
    mandate_of(&world, (mother, resident_of(&world, &daughter).await), "see,be_told,book", "visits,messages").await;
    let wish = crate::mandates::wish(crate::mandates::FIRST, false);
    let booked = acting(&world, ("POST", "/v1/appointments"), &token(&daughter), mother, Some(&wish)).await;
    assert_eq!(booked.0, 200, "{}", booked.1);
    assert_eq!(world.titles(&mut daughter).await, ["Er is een bericht voor Rosa"], "her other phones show it");
    world.days(5).await;
    assert_eq!(world.figure("select count(*) from reach where plan = 'for_other'").await, 0);
    assert_eq!(world.stubs.smtp.taken_for(INES).len(), 0);
}
