//! E-mail: one that was promised arrives, or it is known what became of it, whatever the relay does.

use std::sync::atomic::Ordering;

use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use thuisloket::{
    contacts,
    mail::{self, Mail, Why},
    platform::{ids::ResidentId, language::Language},
};
use uuid::Uuid;

use crate::{
    contacts::{access, choose, confirmed, settings},
    world::{World, many, somebody},
};

journeys! {
    a_mail_says_no_more_than_a_push_unless_its_reader_wants_that,
    who_is_greylisted_gets_it_a_minute_later_and_once,
    what_is_not_taken_in_time_is_told,
    what_is_worth_nothing_any_more_is_not_sent,
    an_address_that_does_not_exist_is_dropped_and_its_owner_sees_it,
    a_relay_that_knows_nobody_is_not_believed,
    what_is_refused_for_what_it_says_costs_nobody_their_address,
    a_relay_that_was_away_for_two_days_gets_what_waits,
    a_mail_whose_answer_was_lost_is_sent_once_more_and_is_the_same,
    whoever_breaks_the_connection_holds_up_nobody_else,
    a_relay_that_takes_a_few_on_a_connection_gets_all_at_once,
    a_code_goes_before_what_waits,
    who_died_meanwhile_is_sent_nothing,
    what_was_sent_while_its_time_ran_out_was_sent,
    two_processes_send_each_mail_once,
    nothing_is_sent_in_the_clear,
    what_was_cancelled_or_is_not_wanted_any_more_is_not_sent,
    one_click_ends_announcements_and_nothing_else,
    what_comes_back_later_drops_the_address,
    who_complains_of_an_e_mail_is_sent_none_any_more,
}

const ANNA: &str = "anna@x.example";

/// Anna, with the app and an address.
async fn anna(world: &World) -> (String, ResidentId) {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = access(&world.phone(&anna, true).await);
    confirmed(world, &token, ANNA).await;
    world.stubs.smtp.forget();
    (token, id_of(world, "Anna").await)
}

async fn id_of(world: &World, given: &str) -> ResidentId {
    let mut r = world.instance.app.db.read().await.unwrap();
    thuisloket::with_conn!(r, c => sqlx::query_scalar("select id from resident where given_names = $1").bind(given)
        .fetch_one(c).await)
    .unwrap()
}

/// What a mail of these tests is, beside whom it is for.
#[derive(Clone, Copy, Default)]
struct Of {
    reach: Option<Uuid>,
    open: bool,
    may_unsubscribe: bool,
    until: Option<DateTime<Utc>>,
}

/// Promises a mail, as whoever tells something does.
async fn promised(world: &World, resident: ResidentId, address: &str, of: Of) -> Uuid {
    let (app, town) = (&world.instance.app, world.town());
    let said = ("Je identiteitskaart vervalt", "Anna Zonnebloem, je kaart 42 vervalt op 1 juni.");
    let (subject, text) = mail::worded(town, Language::Nl, said, of.open);
    let wanted = Mail {
        resident,
        reach: of.reach,
        address,
        language: Language::Nl,
        subject: &subject,
        text: &text,
        may_unsubscribe: of.may_unsubscribe,
        until: of.until,
    };
    let mut w = app.db.write().await.unwrap();
    let id = mail::queue(&mut w, app, town, &wanted).await.unwrap();
    w.commit().await.unwrap();
    id
}

/// The same of a step that must know.
async fn promised_step(world: &World, resident: ResidentId, address: &str, step: u128) {
    promised(world, resident, address, Of { reach: Some(Uuid::from_u128(step)), ..Of::default() }).await;
}

/// What did not arrive and was not asked for before here: of which step, and why. The worker that goes on with messages was told of each.
async fn failed(world: &World) -> Vec<(u128, Why)> {
    let app = &world.instance.app;
    let mut w = app.db.write().await.unwrap();
    mail::failures(&mut w, 100, app.clock.now()).await.unwrap();
    assert!(mail::failures(&mut w, 100, app.clock.now()).await.unwrap().is_empty(), "told twice");
    let sql =
        "select reach_id, why from mail_delivery where reach_id is not null and told_at is not null order by reach_id";
    let all: Vec<(Uuid, Why)> = thuisloket::with_conn!(w, c => sqlx::query_as(sql).fetch_all(c).await).unwrap();
    // Those that this journey knows of are no news the next time.
    let sql = "update mail_delivery set reach_id = null where told_at is not null";
    thuisloket::with_conn!(w, c => sqlx::query(sql).execute(c).await.map(drop)).unwrap();
    w.commit().await.unwrap();
    all.into_iter().map(|(step, why)| (step.as_u128(), why)).collect()
}

async fn states(world: &World) -> Vec<String> {
    world.texts("select state from mail_delivery where kind = 'message' order by state, id").await
}

/// Lets hours pass, with the work of each.
async fn hours(world: &World, hours: usize) {
    for _ in 0..hours {
        world.clock.advance(Duration::hours(1));
        world.drain().await;
    }
}

async fn a_mail_says_no_more_than_a_push_unless_its_reader_wants_that(world: World) {
    let (token, anna) = anna(&world).await;
    let id = promised(&world, anna, ANNA, Of::default()).await;
    world.drain().await;
    let taken = world.stubs.smtp.taken_for(ANNA);
    assert_eq!(taken.len(), 1);
    let mail = &taken[0];
    assert_eq!(mail.from, format!("bounce+{}@town.example", id.simple()));
    assert_eq!(mail.header("Message-ID").unwrap(), format!("<{}@town.example>", id.simple()));
    assert!(mail.header("From").unwrap().contains("Deinze"), "{:?}", mail.header("From"));
    assert!(mail.header("Reply-To").unwrap().contains("burgerzaken@deinze.example"));
    assert_eq!(mail.header("Subject").unwrap(), "Er is een bericht voor jou van Deinze");
    assert!(mail.html().contains("https://app.example/thuisloket") && mail.html().contains("09 000 00 00"));
    for secret in ["Anna", "Zonnebloem", "identiteitskaart", "juni", "42"] {
        assert!(!mail.plain().contains(secret) && !mail.html().contains(secret), "{secret}: {}", mail.plain());
        assert!(!mail.header("Subject").unwrap().contains(secret));
    }
    assert!(mail.header("List-Unsubscribe").is_none(), "what concerns somebody is not ended by a link");
    // Who wants that reads in the e-mail what the message says.
    choose(&world, &token, &json!({ "open_email": true })).await;
    promised(&world, anna, ANNA, Of { open: true, ..Of::default() }).await;
    world.drain().await;
    let open = world.stubs.smtp.taken_for(ANNA).pop().unwrap();
    assert_eq!(open.header("Subject").unwrap(), "Je identiteitskaart vervalt");
    assert!(open.plain().contains("je kaart 42 vervalt op 1 juni"));
    // Of neither anything is kept of what it said.
    assert_eq!(world.figure("select count(*) from mail_delivery where subject <> '' or body <> ''").await, 0);
    assert!(failed(&world).await.is_empty());
}

async fn who_is_greylisted_gets_it_a_minute_later_and_once(world: World) {
    let (_, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    relay.faults.greylist.store(true, Ordering::SeqCst);
    promised_step(&world, anna, ANNA, 1).await;
    world.drain().await;
    assert_eq!((relay.taken().len(), states(&world).await), (0, vec!["queued".to_owned()]));
    // Not before its time, whoever looks.
    let asked = relay.faults.asked.load(Ordering::SeqCst);
    world.clock.advance(Duration::seconds(59));
    world.drain().await;
    assert_eq!(relay.faults.asked.load(Ordering::SeqCst), asked);
    world.clock.advance(Duration::seconds(1));
    world.drain().await;
    assert_eq!((relay.taken_for(ANNA).len(), states(&world).await), (1, vec!["sent".to_owned()]));
    hours(&world, 3).await;
    assert_eq!((relay.taken_for(ANNA).len(), failed(&world).await), (1, vec![]));
}

async fn what_is_not_taken_in_time_is_told(world: World) {
    let (_, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    relay.refuse(ANNA, Some("451 4.3.0 not now"));
    promised_step(&world, anna, ANNA, 1).await;
    world.drain().await;
    hours(&world, 47).await;
    assert_eq!((states(&world).await, failed(&world).await), (vec!["queued".to_owned()], vec![]));
    // It was tried often, and ever more seldom.
    let asked = relay.faults.asked.load(Ordering::SeqCst);
    assert!((10..=30).contains(&asked), "{asked}");
    hours(&world, 1).await;
    assert_eq!((states(&world).await, relay.taken().len()), (vec!["expired".to_owned()], 0));
    assert_eq!(failed(&world).await, [(1, Why::Expired)]);
    // The address is not at fault.
    let token = access(&world.phone(&somebody("Anna", "1985-05-05"), false).await);
    assert_eq!(settings(&world, &token).await["email"], ANNA);
    assert_eq!(world.figure("select count(*) from mail_delivery where subject <> '' or body <> ''").await, 0);
}

async fn what_is_worth_nothing_any_more_is_not_sent(world: World) {
    let (_, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    relay.faults.away.store(true, Ordering::SeqCst);
    let until = Some(world.now() + Duration::hours(2));
    promised(&world, anna, ANNA, Of { reach: Some(Uuid::from_u128(1)), until, ..Of::default() }).await;
    hours(&world, 2).await;
    relay.faults.away.store(false, Ordering::SeqCst);
    hours(&world, 2).await;
    assert_eq!((relay.taken().len(), failed(&world).await), (0, vec![(1, Why::Expired)]));
}

async fn an_address_that_does_not_exist_is_dropped_and_its_owner_sees_it(world: World) {
    let (token, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    relay.refuse(ANNA, Some("550 5.1.1 no such user"));
    promised_step(&world, anna, ANNA, 1).await;
    world.drain().await;
    // What was promised since goes nowhere, and that is told.
    promised_step(&world, anna, ANNA, 2).await;
    world.drain().await;
    assert_eq!(relay.faults.asked.load(Ordering::SeqCst), 2, "one for the code, one for the first");
    assert_eq!(failed(&world).await, [(1, Why::NoSuchAddress), (2, Why::AddressGone)]);
    let dropped = json!({ "email": ANNA, "at": "2027-03-01T09:00:00Z", "why": "bounced" });
    let known = settings(&world, &token).await;
    assert_eq!((known.get("email"), &known["dropped_email"]), (None, &dropped), "{known}");
    let (_, me) = world.get("/v1/me", &token).await;
    assert_eq!(me["contact"]["dropped_email"], dropped);
    // Another that is confirmed takes its place.
    confirmed(&world, &token, "nieuw@x.example").await;
    let known = settings(&world, &token).await;
    assert_eq!((&known["email"], known.get("dropped_email")), (&json!("nieuw@x.example"), None));
    promised_step(&world, anna, "nieuw@x.example", 3).await;
    world.drain().await;
    assert_eq!((relay.taken_for("nieuw@x.example").len(), failed(&world).await), (2, vec![]));

    // A code that cannot arrive is said, and costs nobody what they have.
    relay.refuse("weg@x.example", Some("550 5.1.1 no such user"));
    let begun = json!({ "email": "weg@x.example" });
    assert_eq!(world.json("POST", "/v1/contact-settings/email", Some(&token), &begun).await.0, 200);
    world.drain().await;
    let known = settings(&world, &token).await;
    assert_eq!((&known["email"], &known["pending_email"]["bounced"]), (&json!("nieuw@x.example"), &json!(true)));
}

/// Gives many people an address each, as the counter would.
async fn with_addresses(world: &World, count: u64) -> Vec<(ResidentId, String)> {
    let people = many(count);
    world.people(&people.iter().collect::<Vec<_>>()).await;
    let (app, town) = (&world.instance.app, world.town().id);
    let mut r = app.db.read().await.unwrap();
    let ids: Vec<ResidentId> =
        thuisloket::with_conn!(r, c => sqlx::query_scalar("select id from resident order by birth_date").fetch_all(c).await)
            .unwrap();
    drop(r);
    let all: Vec<_> = ids.into_iter().enumerate().map(|(n, id)| (id, format!("iemand{n}@x.example"))).collect();
    let mut w = app.db.write().await.unwrap();
    for (id, email) in &all {
        let now = app.clock.now();
        assert!(contacts::give_code(&mut w, (town, *id), (email.as_str(), "123456"), now).await.unwrap());
        let typed = contacts::confirm(&mut w, (town, *id), "123456", now).await.unwrap();
        assert_eq!(typed, contacts::Typed::Right(email.clone()));
    }
    w.commit().await.unwrap();
    all
}

async fn a_relay_that_knows_nobody_is_not_believed(world: World) {
    let all = with_addresses(&world, 12).await;
    let relay = &world.stubs.smtp;
    *relay.faults.everybody.lock().unwrap() = Some("550 5.1.1 no such user".to_owned());
    for (n, (id, email)) in all.iter().enumerate() {
        promised_step(&world, *id, email, n as u128).await;
    }
    world.drain().await;
    hours(&world, 5).await;
    // Five were believed; the others wait until it says something else of somebody.
    let dropped = "select count(*) from contact_settings where email_dropped_at is not null";
    assert_eq!(world.figure(dropped).await, 5);
    assert_eq!(failed(&world).await.len(), 5);
    *relay.faults.everybody.lock().unwrap() = None;
    hours(&world, 5).await;
    assert_eq!((relay.taken().len(), world.figure(dropped).await), (7, 5));
    assert!(failed(&world).await.is_empty());
}

async fn what_is_refused_for_what_it_says_costs_nobody_their_address(world: World) {
    let all = with_addresses(&world, 2).await;
    let relay = &world.stubs.smtp;
    *relay.faults.content.lock().unwrap() = Some("554 5.7.1 looks like spam".to_owned());
    promised_step(&world, all[0].0, &all[0].1, 1).await;
    world.drain().await;
    *relay.faults.content.lock().unwrap() = None;
    // Nor does a policy that speaks of whom it is for.
    relay.refuse(&all[0].1, Some("550 5.7.1 not from you"));
    promised_step(&world, all[0].0, &all[0].1, 2).await;
    promised_step(&world, all[1].0, &all[1].1, 3).await;
    world.drain().await;
    assert_eq!(failed(&world).await, [(1, Why::Refused), (2, Why::Refused)]);
    assert_eq!(relay.taken().len(), 1, "what is refused holds up nobody else");
    assert_eq!(world.figure("select count(*) from contact_settings where email_dropped_at is not null").await, 0);
}

async fn a_relay_that_was_away_for_two_days_gets_what_waits(world: World) {
    let (_, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    relay.faults.away.store(true, Ordering::SeqCst);
    promised_step(&world, anna, ANNA, 1).await;
    world.drain().await;
    hours(&world, 20).await;
    promised_step(&world, anna, ANNA, 2).await;
    hours(&world, 27).await;
    // It is not hammered: once in half an hour at the most, and here the work is done once an hour.
    let connections = relay.faults.connections.load(Ordering::SeqCst);
    assert!((20..=60).contains(&connections), "{connections}");
    assert_eq!(states(&world).await, ["queued", "queued"]);
    assert_eq!(
        world.figure("select tries from mail_delivery where kind = 'message' order by tries desc limit 1").await,
        0
    );
    let pages = world.http.get(format!("{}/metrics", world.server)).send().await.unwrap().text().await.unwrap();
    assert!(pages.contains("e-mails"), "what waits is counted");
    relay.faults.away.store(false, Ordering::SeqCst);
    hours(&world, 1).await;
    // The first was promised for two days, which are over; the second arrives.
    assert_eq!(relay.taken_for(ANNA).len(), 1);
    assert_eq!(failed(&world).await, [(1, Why::Expired)]);
    assert_eq!(world.figure("select count(*) from mail_channel where paused_until is null and fails = 0").await, 1);
    // Refused as who we are, or from whom it comes, is the same: nothing of it is a mail's fault.
    *relay.faults.sender.lock().unwrap() = Some("550 5.1.8 who is that".to_owned());
    promised_step(&world, anna, ANNA, 3).await;
    world.drain().await;
    assert!(failed(&world).await.is_empty());
    *relay.faults.sender.lock().unwrap() = None;
    hours(&world, 1).await;
    assert_eq!(relay.taken_for(ANNA).len(), 2);
}

async fn a_mail_whose_answer_was_lost_is_sent_once_more_and_is_the_same(world: World) {
    let (_, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    relay.faults.cut_after_data.store(1, Ordering::SeqCst);
    promised_step(&world, anna, ANNA, 1).await;
    world.drain().await;
    assert_eq!((relay.taken_for(ANNA).len(), states(&world).await), (1, vec!["queued".to_owned()]));
    world.clock.advance(Duration::minutes(1));
    world.drain().await;
    let taken = relay.taken_for(ANNA);
    assert_eq!((taken.len(), states(&world).await), (2, vec!["sent".to_owned()]));
    // Whoever reads both sees one.
    assert_eq!(taken[0].header("Message-ID"), taken[1].header("Message-ID"));
    assert!(failed(&world).await.is_empty());
    // Lost twice, it is not sent for ever: another way is taken.
    relay.forget();
    relay.faults.cut_after_data.store(5, Ordering::SeqCst);
    promised_step(&world, anna, ANNA, 2).await;
    hours(&world, 6).await;
    assert_eq!(relay.taken_for(ANNA).len(), 2);
    assert_eq!(failed(&world).await, [(2, Why::Unanswered)]);
}

async fn whoever_breaks_the_connection_holds_up_nobody_else(world: World) {
    let all = with_addresses(&world, 2).await;
    let relay = &world.stubs.smtp;
    relay.refuse(&all[0].1, Some("421 4.3.2 closing"));
    promised_step(&world, all[0].0, &all[0].1, 1).await;
    world.clock.advance(Duration::seconds(1));
    promised_step(&world, all[1].0, &all[1].1, 2).await;
    world.drain().await;
    assert_eq!(relay.taken().len(), 0, "the relay is left alone for a minute");
    world.clock.advance(Duration::minutes(1));
    world.drain().await;
    assert_eq!(
        (relay.taken_for(&all[1].1).len(), states(&world).await),
        (1, vec!["queued".to_owned(), "sent".to_owned()])
    );
    hours(&world, 48).await;
    assert_eq!(failed(&world).await, [(1, Why::Expired)]);
}

async fn a_relay_that_takes_a_few_on_a_connection_gets_all_at_once(world: World) {
    let all = with_addresses(&world, 10).await;
    let relay = &world.stubs.smtp;
    relay.faults.a_connection.store(3, Ordering::SeqCst);
    for (n, (id, email)) in all.iter().enumerate() {
        promised_step(&world, *id, email, n as u128).await;
    }
    let before = relay.faults.connections.load(Ordering::SeqCst);
    // The clock stands still: nobody waits for a minute, and nobody gets it twice.
    world.drain().await;
    assert_eq!((relay.taken().len(), relay.faults.connections.load(Ordering::SeqCst) - before), (10, 4));
    assert_eq!(world.figure("select count(*) from mail_channel where paused_until is null and fails = 0").await, 1);
    assert!(failed(&world).await.is_empty());
    // A new connection that takes none either is left alone.
    *relay.faults.sender.lock().unwrap() = Some("421 4.3.2 closing".to_owned());
    promised_step(&world, all[0].0, &all[0].1, 99).await;
    world.drain().await;
    assert_eq!(world.figure("select count(*) from mail_channel where paused_until is not null and fails = 1").await, 1);
}

async fn a_code_goes_before_what_waits(world: World) {
    let (token, anna) = anna(&world).await;
    for step in 1..=5 {
        promised_step(&world, anna, ANNA, step).await;
    }
    world.clock.advance(Duration::seconds(1));
    let begun = json!({ "email": "nieuw@x.example" });
    assert_eq!(world.json("POST", "/v1/contact-settings/email", Some(&token), &begun).await.0, 200);
    world.drain().await;
    let to: Vec<_> = world.stubs.smtp.taken().into_iter().map(|mail| mail.to).collect();
    assert_eq!((to.len(), to[0].as_str(), to[5].as_str()), (6, "nieuw@x.example", ANNA));
}

async fn who_died_meanwhile_is_sent_nothing(world: World) {
    let (_, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    relay.faults.away.store(true, Ordering::SeqCst);
    promised_step(&world, anna, ANNA, 1).await;
    world.drain().await;
    let died = somebody("Anna", "1985-05-05").state("deceased", "2027-03-01");
    assert_eq!(world.people(&[&died]).await.wrong, 0);
    relay.faults.away.store(false, Ordering::SeqCst);
    hours(&world, 1).await;
    assert_eq!((relay.taken().len(), failed(&world).await), (0, vec![(1, Why::AddressGone)]));
}

async fn what_was_sent_while_its_time_ran_out_was_sent(world: World) {
    let (_, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    let until = Some(world.now() + Duration::seconds(30));
    promised(&world, anna, ANNA, Of { until, ..Of::default() }).await;
    let other = world.another_process().await;
    // The relay takes its time; meanwhile another process finds that the time of the e-mail is over.
    relay.faults.slow.store(150, Ordering::SeqCst);
    let before = relay.faults.connections.load(Ordering::SeqCst);
    let (sent, ()) = tokio::join!(world.instance.drain(), async {
        while relay.faults.connections.load(Ordering::SeqCst) == before {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        world.clock.advance(Duration::seconds(31));
        other.drain().await.unwrap();
    });
    sent.unwrap();
    relay.faults.slow.store(0, Ordering::SeqCst);
    world.drain().await;
    assert_eq!((relay.taken_for(ANNA).len(), states(&world).await), (1, vec!["sent".to_owned()]));
}

async fn two_processes_send_each_mail_once(world: World) {
    let all = with_addresses(&world, 40).await;
    for (n, (id, email)) in all.iter().enumerate() {
        promised_step(&world, *id, email, n as u128).await;
    }
    let other = world.another_process().await;
    let (one, two) = tokio::join!(world.instance.drain(), other.drain());
    one.unwrap();
    two.unwrap();
    world.drain().await;
    let mut ids: Vec<_> = world.stubs.smtp.taken().iter().map(|mail| mail.header("Message-ID").unwrap()).collect();
    assert_eq!(ids.len(), 40);
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), failed(&world).await), (40, vec![]));
}

async fn nothing_is_sent_in_the_clear(world: World) {
    let (_, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    relay.faults.no_tls.store(true, Ordering::SeqCst);
    promised_step(&world, anna, ANNA, 1).await;
    world.drain().await;
    assert_eq!((relay.taken().len(), relay.faults.asked.load(Ordering::SeqCst)), (0, 1), "the one of the code");
    assert_eq!((states(&world).await, failed(&world).await), (vec!["queued".to_owned()], vec![]));
    relay.faults.no_tls.store(false, Ordering::SeqCst);
    hours(&world, 1).await;
    assert_eq!(relay.taken_for(ANNA).len(), 1);
}

async fn what_was_cancelled_or_is_not_wanted_any_more_is_not_sent(world: World) {
    let (token, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    for step in [1, 2] {
        promised_step(&world, anna, ANNA, step).await;
    }
    let mut w = world.instance.app.db.write().await.unwrap();
    let cancelled = mail::cancel(&mut w, world.town().id, &[Uuid::from_u128(1), Uuid::from_u128(9)]).await.unwrap();
    w.commit().await.unwrap();
    assert_eq!(cancelled, 1);
    // Another town's steps are not ours to cancel.
    let gavere = world.instance.towns().by_key("gavere").unwrap().id;
    let mut w = world.instance.app.db.write().await.unwrap();
    assert_eq!(mail::cancel(&mut w, gavere, &[Uuid::from_u128(2)]).await.unwrap(), 0);
    w.commit().await.unwrap();
    world.drain().await;
    assert_eq!((relay.taken_for(ANNA).len(), failed(&world).await), (1, vec![]));
    // Who says "never digital" while it waits gets nothing, and that is told.
    relay.faults.away.store(true, Ordering::SeqCst);
    promised_step(&world, anna, ANNA, 3).await;
    world.drain().await;
    choose(&world, &token, &json!({ "never_digital": true })).await;
    relay.faults.away.store(false, Ordering::SeqCst);
    hours(&world, 1).await;
    assert_eq!((relay.taken_for(ANNA).len(), failed(&world).await), (1, vec![(3, Why::AddressGone)]));
    // So it is for who takes e-mail off their ways.
    let token = access(&world.phone(&somebody("Anna", "1985-05-05"), false).await);
    choose(&world, &token, &json!({ "steps": ["push", "letter"] })).await;
    promised_step(&world, anna, ANNA, 4).await;
    world.drain().await;
    assert_eq!((relay.taken_for(ANNA).len(), failed(&world).await), (1, vec![(4, Why::AddressGone)]));
    // Nor does an announcement come, though she wished those by e-mail before.
    choose(&world, &token, &json!({ "steps": ["push", "letter"], "announcements_by_email": true })).await;
    promised(&world, anna, ANNA, Of { may_unsubscribe: true, ..Of::default() }).await;
    world.drain().await;
    assert_eq!(relay.taken_for(ANNA).len(), 1);
}

async fn one_click_ends_announcements_and_nothing_else(world: World) {
    let (token, anna) = anna(&world).await;
    let relay = &world.stubs.smtp;
    choose(&world, &token, &json!({ "announcements_by_email": true })).await;
    let of = Of { may_unsubscribe: true, open: true, ..Of::default() };
    promised(&world, anna, ANNA, of).await;
    world.drain().await;
    let mail = relay.taken_for(ANNA).pop().unwrap();
    let link = mail.header("List-Unsubscribe").unwrap().trim_matches(['<', '>']).to_owned();
    assert_eq!(mail.header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    assert!(link.starts_with(&format!("{}/mail/unsubscribe/", world.server)), "{link}");
    assert!(mail.plain().contains(&link) && mail.html().contains(&link));
    // A program that looks for evil follows the link, and changes nothing.
    let page = world.http.get(&link).header("accept-language", "nl").send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("Stop deze e-mails"));
    assert_eq!(settings(&world, &token).await["announcements_by_email"], true);
    // One click does, without a sign-in; a second is the same.
    for _ in 0..2 {
        let click = world.http.post(&link).header("content-type", "application/x-www-form-urlencoded");
        let answer = click.body("List-Unsubscribe=One-Click").send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }
    let known = settings(&world, &token).await;
    assert_eq!((&known["announcements_by_email"], &known["email"]), (&json!(false), &json!(ANNA)));
    // What waited of announcements is not sent; what concerns her is.
    relay.forget();
    promised(&world, anna, ANNA, of).await;
    promised_step(&world, anna, ANNA, 2).await;
    world.drain().await;
    assert_eq!((relay.taken_for(ANNA).len(), failed(&world).await), (1, vec![]));
    // Nobody makes a link of another's.
    let mut forged = link.clone();
    let last = if forged.pop() == Some('A') { 'B' } else { 'A' };
    forged.insert(forged.len() - 20, last);
    for wrong in [forged.as_str(), &format!("{}/mail/unsubscribe/abc", world.server)] {
        assert_eq!(world.http.post(wrong).send().await.unwrap().status(), 404, "{wrong}");
    }
}

async fn what_comes_back_later_drops_the_address(world: World) {
    let (token, anna) = anna(&world).await;
    let chief = world.staff("Bea", &["Beheer:0207509031"]).await;
    let theirs = world.staff("Zij", &["Beheer:0207500000"]).await;
    let (_, key) = world.key(&chief, &["note_bounces"]).await;
    let (_, other) = world.key(&chief, &["import_residents"]).await;
    let (_, gaveres) = world.key(&theirs, &["note_bounces"]).await;
    let path = "/staff/v1/mail/bounces";
    let id = promised(&world, anna, ANNA, Of { reach: Some(Uuid::from_u128(1)), ..Of::default() }).await;
    let to = format!("bounce+{}@town.example", id.simple());
    let report = |status: &str| {
        let text = format!(
            "From: MAILER-DAEMON@relay.example\r\nTo: <{to}>\r\n\r\nFinal-Recipient: rfc822; {ANNA}\r\nAction: failed\r\nStatus: {status}\r\n"
        );
        json!({ "text": text })
    };
    // Before it was sent nothing can have come back of it.
    let (status, answer) = world.json("POST", path, Some(&key), &report("5.1.1")).await;
    assert_eq!((status, &answer["noted"]), (200, &json!(false)), "{answer}");
    world.drain().await;
    for (who, body, expected) in [
        (&other, report("5.1.1"), (403, json!("scope_missing"))),
        (&key, json!({ "text": "nothing of ours" }), (400, json!("body_invalid"))),
        (&key, json!({ "recipient": to }), (400, json!("body_invalid"))),
    ] {
        let (status, problem) = world.json("POST", path, Some(who), &body).await;
        assert_eq!((status, problem["code"].clone()), expected, "{problem}");
    }
    // A delay is nothing; and another town's key knows nothing of it.
    for (who, status) in [(&key, "4.4.7"), (&gaveres, "5.1.1")] {
        let (code, answer) = world.json("POST", path, Some(who), &report(status)).await;
        assert_eq!((code, &answer["noted"]), (200, &json!(false)), "{answer}");
    }
    assert_eq!((settings(&world, &token).await["email"].clone(), failed(&world).await), (json!(ANNA), vec![]));
    // Back for another reason: it did not arrive, and the address stays.
    let (_, answer) = world.json("POST", path, Some(&key), &json!({ "recipient": to, "status": "5.2.2" })).await;
    assert_eq!(answer["noted"], true, "{answer}");
    assert_eq!(failed(&world).await, [(1, Why::CameBack)]);
    assert_eq!(settings(&world, &token).await["email"], ANNA);
    // There is no such address: it is dropped. The same report again is nothing new.
    let id = promised(&world, anna, ANNA, Of { reach: Some(Uuid::from_u128(2)), ..Of::default() }).await;
    world.drain().await;
    let report = json!({ "recipient": format!("bounce+{}@town.example", id.simple()), "status": "5.1.1" });
    for noted in [true, false] {
        let (status, answer) = world.json("POST", path, Some(&key), &report).await;
        assert_eq!((status, &answer["noted"]), (200, &json!(noted)), "{answer}");
    }
    assert_eq!(failed(&world).await, [(2, Why::NoSuchAddress)]);
    assert_eq!(settings(&world, &token).await["dropped_email"]["why"], "bounced");
}

async fn who_complains_of_an_e_mail_is_sent_none_any_more(world: World) {
    let (token, anna) = anna(&world).await;
    let chief = world.staff("Bea", &["Beheer:0207509031"]).await;
    let (_, key) = world.key(&chief, &["note_bounces"]).await;
    let id = promised(&world, anna, ANNA, Of { reach: Some(Uuid::from_u128(1)), ..Of::default() }).await;
    world.drain().await;
    let complaint = format!(
        "From: abuse@provider.example\r\nTo: <bounce+{}@town.example>\r\nContent-Type: message/feedback-report\r\n\r\n\
         Feedback-Type: abuse\r\nVersion: 1\r\nOriginal-Rcpt-To: {ANNA}\r\n",
        id.simple()
    );
    let (status, answer) =
        world.json("POST", "/staff/v1/mail/bounces", Some(&key), &json!({ "text": complaint })).await;
    assert_eq!((status, &answer["noted"]), (200, &json!(true)), "{answer}");
    // It had arrived; the address is not used again, and its owner sees why.
    let known = settings(&world, &token).await;
    assert_eq!((known.get("email"), &known["dropped_email"]["why"]), (None, &json!("complained")), "{known}");
    promised(&world, anna, ANNA, Of::default()).await;
    world.drain().await;
    assert_eq!(world.stubs.smtp.taken_for(ANNA).len(), 1);
}
