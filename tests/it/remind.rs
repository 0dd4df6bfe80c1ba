//! The rules that a naive reminder breaks, each in its own words.

use crate::world::{World, paper, somebody};

journeys! {
    a_citizen_is_told_unasked_and_reads_what_to_do,
    both_parents_hear_which_childs_document_it_is_and_the_neighbour_does_not,
    missed_stages_are_not_sent_one_upon_the_other,
    a_card_that_is_heard_of_days_before_its_next_stage_is_told_of_once,
    who_gets_the_app_after_that_is_told_at_once_and_once,
    what_held_a_missed_stage_back_need_not_hold_the_next_one_back,
    a_day_when_the_server_was_off_loses_nothing_and_doubles_nothing,
    two_workers_at_once_tell_each_stage_once,
    a_clock_that_jumps_back_tells_nothing_twice,
    a_renewed_document_silences_the_old_one,
    who_died_moved_or_had_the_card_stopped_hears_nothing_and_it_is_recorded_why,
    who_has_a_visit_booked_hears_what_to_bring,
    who_got_the_towns_letter_is_not_told_again,
    a_parents_link_that_ended_holds_back_and_says_so,
    at_eighteen_the_child_hears_and_the_parents_no_longer,
    several_things_on_one_day_are_one_message,
    nobody_is_written_to_at_night_or_on_a_closed_day,
    first_sign_in_floods_nobody_with_the_past,
    after_the_end_there_is_one_last_notice_then_silence,
    what_lies_ready_is_told_to_its_holder_until_it_is_collected,
    a_reminder_can_say_why_it_came,
    a_town_without_the_app_for_somebody_records_it,
    what_comes_second_on_a_day_is_kept_too_for_who_has_no_app,
    a_municipality_may_silence_a_kind,
}

async fn a_citizen_is_told_unasked_and_reads_what_to_do(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let mut phone = world.phone(&anna, true).await;
    world.drain().await;
    assert!(phone.inbox().await.unwrap().is_empty());
    world.at("2027-03-03 08:59");
    world.drain().await;
    assert_eq!(phone.receive_all().await, 0, "too early in the morning");
    world.at("2027-03-03 09:00");
    world.drain().await;
    assert_eq!(phone.receive_all().await, 1);
    assert_eq!(phone.lock_screen[0].text, "Je hebt een nieuw bericht van je gemeente.");
    assert_eq!(phone.badge, 1);
    phone.refresh().await.unwrap();
    let message = phone.open(phone.lock_screen[0].message).await.unwrap();
    assert_eq!(message.title, "Identiteitskaart vervalt op 1 juni 2027");
    assert!(message.body.contains("Maak een afspraak bij Burgerzaken"), "{}", message.body);
    assert_eq!((phone.badge, phone.lock_screen.len()), (0, 0));
    let documents = phone.documents().await.unwrap();
    assert_eq!(documents[0].state.to_string(), "renewal_open");
    assert!(message.deep_link.ends_with(&documents[0].id.to_string()));
    // The next three stages, and nothing else, however long one waits.
    world.days(200).await;
    assert_eq!(phone.receive_all().await, 3);
}

async fn both_parents_hear_which_childs_document_it_is_and_the_neighbour_does_not(world: World) {
    let (anna, bart, luc) =
        (somebody("Anna", "1985-05-05"), somebody("Bart", "1984-04-04"), somebody("Luc", "1960-01-01"));
    let emma = somebody("Emma", "2019-09-09").child_of(&[&anna, &bart]);
    world.people(&[&emma, &anna, &bart, &luc]).await;
    world.papers(&[paper(&emma, "kids_id", "2024-06-01", "2027-06-01")]).await;
    let (mut a, mut b, mut l) =
        (world.phone(&anna, true).await, world.phone(&bart, false).await, world.phone(&luc, true).await);
    world.days(3).await;
    for phone in [&mut a, &mut b] {
        assert_eq!(world.titles(phone).await, ["Kids-ID van Emma vervalt op 1 juni 2027"]);
        assert_eq!(phone.documents().await.unwrap()[0].child.as_deref(), Some("Emma"));
        assert_eq!(phone.receive_all().await, 1);
    }
    assert!(world.titles(&mut l).await.is_empty() && l.documents().await.unwrap().is_empty());
}

async fn missed_stages_are_not_sent_one_upon_the_other(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    // Imported 20 days before the end: 90 and 30 have passed.
    world.papers(&[paper(&anna, "eid", "2017-03-21", "2027-03-21")]).await;
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    assert_eq!(world.texts("select reason from reminder where state = 'held_back'").await, ["superseded"]);
}

async fn a_card_that_is_heard_of_days_before_its_next_stage_is_told_of_once(world: World) {
    let (anna, bart) = (somebody("Anna", "1985-05-05"), somebody("Bart", "1984-04-04"));
    world.people(&[&anna, &bart]).await;
    let mut phone = world.phone(&anna, true).await;
    // Imported on 1 March, 33 days before the end of Anna's and 45 before that of Bart's, who has no app: 90 has passed, and Anna's 30 is three
    // days off.
    world
        .papers(&[paper(&anna, "eid", "2017-04-03", "2027-04-03"), paper(&bart, "eid", "2017-04-15", "2027-04-15")])
        .await;
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await, ["Identiteitskaart vervalt op 3 april 2027"]);
    world.days(10).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1, "it was told some days before");
    world.days(10).await;
    assert_eq!(world.figure("select count(*) from unreached").await, 2, "for Bart it is told again, two weeks later");
    world.days(30).await;
    assert_eq!(world.titles(&mut phone).await.len(), 3, "a week before the end, and once it has ended");
}

async fn who_gets_the_app_after_that_is_told_at_once_and_once(world: World) {
    let bart = somebody("Bart", "1984-04-04");
    world.people(&[&bart]).await;
    world.papers(&[paper(&bart, "eid", "2017-04-07", "2027-04-07")]).await;
    world.drain().await;
    // 30 days before is Monday 8 March.
    assert_eq!(world.texts("select reason from reminder order by stage").await, ["no_account", "superseded"]);
    world.days(1).await;
    let mut phone = world.phone(&bart, true).await;
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await, ["Identiteitskaart vervalt op 7 april 2027"]);
    world.days(14).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1, "neither as it was kept, nor on the day of that stage");
}

async fn what_held_a_missed_stage_back_need_not_hold_the_next_one_back(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    // The town's letter counts for thirty days: on 4 March, and on 9 March, 30 days before the end, no more.
    world.at("2027-03-04 10:00");
    world.papers(&[paper(&anna, "eid", "2017-04-08", "2027-04-08").with("letter_sent_on", "2027-02-05")]).await;
    world.drain().await;
    assert_eq!(world.texts("select reason from reminder").await, ["told_by_letter"]);
    world.at("2027-03-09 10:00");
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await, ["Identiteitskaart vervalt op 8 april 2027"]);
}

async fn a_day_when_the_server_was_off_loses_nothing_and_doubles_nothing(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let mut phone = world.phone(&anna, true).await;
    // Off from before the stage of 3 March until the evening of the 5th, a Friday.
    world.at("2027-03-05 21:00");
    world.drain().await;
    assert!(world.titles(&mut phone).await.is_empty(), "not in the evening");
    world.days(1).await;
    assert!(world.titles(&mut phone).await.is_empty(), "not on a Saturday");
    world.days(2).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    // A server that starts anew repeats nothing.
    let again = world.another_process().await;
    again.drain().await.unwrap();
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    assert_eq!(phone.receive_all().await, 1);
}

async fn two_workers_at_once_tell_each_stage_once(world: World) {
    let people: Vec<_> = (1..=28).map(|d| somebody("Iemand", &format!("1985-05-{d:02}"))).collect();
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let papers: Vec<_> = people.iter().map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect();
    world.papers(&papers).await;
    for p in &people {
        world.phone(p, true).await;
    }
    world.at("2027-03-03 10:00");
    let (a, b) = (world.instance.clone(), world.instance.clone());
    let (one, two) = tokio::join!(a.drain(), b.drain());
    one.unwrap();
    two.unwrap();
    world.drain().await;
    assert_eq!(world.figure("select count(*) from message").await, 28);
    assert_eq!(world.figure("select count(*) from reminder where state = 'told'").await, 28);
    assert_eq!(world.stubs.apns.count(), 28);
}

async fn a_clock_that_jumps_back_tells_nothing_twice(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let mut phone = world.phone(&anna, true).await;
    for wall in ["2027-03-03 10:00", "2027-03-02 10:00", "2027-03-03 09:00", "2027-03-04 10:00"] {
        world.at(wall);
        world.drain().await;
    }
    assert_eq!(world.titles(&mut phone).await.len(), 1);
}

async fn a_renewed_document_silences_the_old_one(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(3).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    world.papers(&[paper(&anna, "eid", "2027-03-10", "2037-03-10")]).await;
    world.days(80).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    assert_eq!(world.texts("select distinct reason from reminder where state = 'held_back'").await, ["renewed"]);
}

async fn who_died_moved_or_had_the_card_stopped_hears_nothing_and_it_is_recorded_why(world: World) {
    let all = [somebody("Anna", "1985-05-05"), somebody("Bart", "1984-04-04"), somebody("Cleo", "1983-03-03")];
    world.people(&[&all[0], &all[1], &all[2]]).await;
    let papers = all.clone().map(|p| paper(&p, "eid", "2017-06-01", "2027-06-01"));
    world.papers(&papers).await;
    for p in &all {
        world.phone(p, true).await;
    }
    world
        .people(&[&all[0].clone().state("deceased", "2027-03-01"), &all[1].clone().state("departed", "2027-03-01")])
        .await;
    world.papers(&[papers[2].clone().with("stopped_on", "2027-03-01")]).await;
    world.days(100).await;
    assert_eq!(world.figure("select count(*) from message").await, 0);
    assert_eq!(world.stubs.apns.count(), 0);
    let reasons = world.texts("select distinct reason from reminder order by reason").await;
    assert_eq!(reasons, ["deceased", "moved"], "a stopped card is no longer looked at");
}

async fn who_has_a_visit_booked_hears_what_to_bring(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01").with("appointment_on", "2027-03-20")]).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(3).await;
    assert_eq!(world.titles(&mut phone).await, ["Identiteitskaart: je afspraak op 20 maart 2027"]);
    assert!(phone.inbox().await.unwrap()[0].action.is_none(), "nothing to book any more");
}

async fn who_got_the_towns_letter_is_not_told_again(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01").with("letter_sent_on", "2027-02-20")]).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(3).await;
    assert!(world.titles(&mut phone).await.is_empty());
    assert_eq!(world.texts("select reason from reminder").await, ["told_by_letter"]);
}

async fn a_parents_link_that_ended_holds_back_and_says_so(world: World) {
    let (anna, bart) = (somebody("Anna", "1985-05-05"), somebody("Bart", "1984-04-04"));
    let emma = somebody("Emma", "2019-09-09").child_of(&[&anna, &bart]);
    world.people(&[&emma, &anna, &bart]).await;
    world.papers(&[paper(&emma, "kids_id", "2024-06-01", "2027-06-01")]).await;
    let (mut a, mut b) = (world.phone(&anna, true).await, world.phone(&bart, false).await);
    world.people(&[&emma.clone().child_of(&[&anna])]).await;
    world.days(3).await;
    assert_eq!(world.titles(&mut a).await.len(), 1);
    assert!(world.titles(&mut b).await.is_empty() && b.documents().await.unwrap().is_empty());
    assert_eq!(world.texts("select reason from reminder where state = 'held_back'").await, ["link_ended"]);
}

async fn at_eighteen_the_child_hears_and_the_parents_no_longer(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let tuur = somebody("Tuur", "2009-03-10").child_of(&[&anna]);
    world.people(&[&tuur, &anna]).await;
    world.papers(&[paper(&tuur, "eid", "2021-06-20", "2027-06-20")]).await;
    let (mut a, mut t) = (world.phone(&anna, true).await, world.phone(&tuur, false).await);
    assert_eq!(a.documents().await.unwrap().len(), 1);
    world.at("2027-03-22 10:00");
    world.drain().await;
    assert!(world.titles(&mut a).await.is_empty() && a.documents().await.unwrap().is_empty());
    let titles = world.titles(&mut t).await;
    assert_eq!(titles.len(), 1);
    assert!(
        world
            .texts("select distinct reason from reminder where state = 'held_back'")
            .await
            .contains(&"of_age".to_owned())
    );
}

async fn several_things_on_one_day_are_one_message(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let (emma, noor) =
        (somebody("Emma", "2019-09-09").child_of(&[&anna]), somebody("Noor", "2021-01-09").child_of(&[&anna]));
    world.people(&[&emma, &noor, &anna]).await;
    world
        .papers(&[
            paper(&emma, "kids_id", "2024-06-01", "2027-06-01"),
            paper(&noor, "kids_id", "2024-06-01", "2027-06-01"),
            paper(&anna, "eid", "2017-06-01", "2027-06-01"),
        ])
        .await;
    let mut phone = world.phone(&anna, true).await;
    world.days(3).await;
    assert_eq!(world.titles(&mut phone).await, ["3 documenten vragen je aandacht"]);
    let body = phone.inbox().await.unwrap().remove(0).body;
    assert!(body.contains("Emma") && body.contains("Noor") && body.contains("Identiteitskaart"), "{body}");
    assert_eq!(phone.receive_all().await, 1);
}

async fn nobody_is_written_to_at_night_or_on_a_closed_day(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    // Learnt of on the evening before Easter; Easter Monday is closed too.
    world.at("2027-03-27 20:00");
    world.papers(&[paper(&anna, "eid", "2017-04-20", "2027-04-20")]).await;
    world.drain().await;
    world.days(2).await;
    assert!(world.titles(&mut phone).await.is_empty());
    world.days(1).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1, "Tuesday 30 March");
}

async fn first_sign_in_floods_nobody_with_the_past(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world
        .papers(&[
            paper(&anna, "eid", "2017-03-21", "2027-03-21"),
            paper(&anna, "passport", "2015-01-01", "2022-01-01"),
            paper(&anna, "driving_licence", "2020-01-01", "2034-01-01"),
            paper(&anna, "resident_parking", "2025-12-31", "2026-12-31"),
        ])
        .await;
    world.days(3).await;
    assert_eq!(world.figure("select count(*) from message").await, 0);
    // The app comes two weeks before the card ends: one word on it, none on what is long over.
    let mut phone = world.phone(&anna, true).await;
    world.drain().await;
    world.days(1).await;
    assert_eq!(world.titles(&mut phone).await, ["Identiteitskaart vervalt op 21 maart 2027"]);
}

async fn after_the_end_there_is_one_last_notice_then_silence(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-03-20", "2027-03-20")]).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(400).await;
    world.may_sign_in(&anna);
    phone.sign_in("deinze", &anna.number).await.unwrap();
    let titles: Vec<_> = phone.inbox().await.unwrap().into_iter().map(|m| m.title).collect();
    assert_eq!(titles[0], "Identiteitskaart is vervallen");
    assert_eq!(titles.len(), 3, "{titles:?}");
}

async fn what_lies_ready_is_told_to_its_holder_until_it_is_collected(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let card = paper(&anna, "passport", "2027-02-20", "2034-02-20").with("ready_on", "2027-03-01");
    world.papers(std::slice::from_ref(&card)).await;
    let mut phone = world.phone(&anna, true).await;
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await, ["Reispas ligt klaar"]);
    // Codes come by post for an identity card, and for no passport.
    assert!(!phone.inbox().await.unwrap()[0].body.contains("codes"));
    let luc = somebody("Luc", "1960-01-01");
    world.people(&[&luc]).await;
    let mut his = world.phone(&luc, true).await;
    world.papers(&[paper(&luc, "eid", "2027-02-20", "2037-02-20").with("ready_on", "2027-03-01")]).await;
    world.drain().await;
    assert_eq!(world.titles(&mut his).await, ["Identiteitskaart ligt klaar"]);
    assert!(his.inbox().await.unwrap()[0].body.contains("de brief met je codes"));
    world.days(15).await;
    assert_eq!(world.titles(&mut phone).await.len(), 2);
    world.papers(&[card.with("collected_on", "2027-03-18")]).await;
    world.days(60).await;
    assert_eq!(world.titles(&mut phone).await.len(), 2);
}

async fn a_reminder_can_say_why_it_came(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let (luc, els) = (somebody("Luc", "1960-01-01"), somebody("Els", "1970-01-01"));
    world.people(&[&anna, &luc, &els]).await;
    world
        .papers(&[
            paper(&anna, "eid", "2017-06-01", "2027-06-01"),
            paper(&els, "driving_licence", "2017-06-01", "2027-06-01"),
        ])
        .await;
    let phone = world.phone(&anna, true).await;
    let mut hers = world.phone(&els, true).await;
    let mut other = world.phone(&luc, true).await;
    world.days(3).await;
    let mut phone = phone;
    phone.refresh().await.unwrap();
    other.refresh().await.unwrap();
    let id = phone.inbox().await.unwrap()[0].id;
    let why = phone.why(id).await.unwrap();
    assert_eq!(why.rules, ["Identiteitskaart: we herinneren je 90 dagen voor de vervaldatum van 1 juni 2027."]);
    assert_eq!(why.sources, ["De datum komt uit de gegevens van Deinze, bijgewerkt op 1 maart 2027."]);
    assert!(why.stop.contains("Voorkeuren") && why.stop.contains("brief van de gemeente"), "{}", why.stop);
    // Nobody is told to rely on a letter that never comes.
    hers.refresh().await.unwrap();
    let of_licence = hers.inbox().await.unwrap()[0].id;
    let stop = hers.why(of_licence).await.unwrap().stop;
    assert!(stop.contains("Voorkeuren") && !stop.contains("brief"), "{stop}");
    assert_eq!(other.why(id).await.unwrap_err().code(), "not_found");
}

async fn a_town_without_the_app_for_somebody_records_it(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    world.days(3).await;
    assert_eq!(world.texts("select reason from reminder").await, ["no_account"]);
    assert_eq!(world.figure("select count(*) from push_delivery").await, 0);
    // What she was to be told is kept, in the language in which she is spoken to.
    assert_eq!(
        world.texts("select reason || ' ' || kind || ' ' || language from unreached").await,
        ["no_app document_reminder nl"]
    );
    assert!(world.texts("select lower(title || body) from unreached").await[0].contains("identiteitskaart"));
    // With the app she is told after all, once.
    let mut phone = world.phone(&anna, true).await;
    world.days(3).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    assert_eq!(world.figure("select count(*) from unreached").await, 1);
    assert_eq!(world.figure("select count(*) from unreached where withdrawn_at is null").await, 0);
}

/// Documents that come to the worker one after the other, in transactions of their own: somebody without the app is to be told of the
/// second as well.
async fn what_comes_second_on_a_day_is_kept_too_for_who_has_no_app(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let database = if world.database.starts_with("sqlite") {
        format!("sqlite:{}", folder.path().join("w.db").display())
    } else {
        crate::world::fresh_postgres().await.unwrap()
    };
    let world = World::with(database, folder, "workers.reminder_batch = 1\n").await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let papers = ["eid", "driving_licence"].map(|kind| paper(&anna, kind, "2017-06-01", "2027-06-01"));
    world.papers(&papers).await;
    world.days(5).await;
    let mut kept = world.texts("select title from unreached").await;
    kept.sort();
    assert_eq!(kept, ["Identiteitskaart vervalt op 1 juni 2027", "Rijbewijs vervalt op 1 juni 2027"]);
    assert_eq!(world.texts("select distinct coalesce(reason, '-') from reminder").await, ["no_account"]);
}

async fn a_municipality_may_silence_a_kind(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let database = if world.database.starts_with("sqlite") {
        format!("sqlite:{}", folder.path().join("w.db").display())
    } else {
        crate::world::fresh_postgres().await.unwrap()
    };
    let world = World::with(database, folder, "[municipalities.deinze.reminders.eid]\nenabled = false\n").await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(80).await;
    assert!(world.titles(&mut phone).await.is_empty());
}
