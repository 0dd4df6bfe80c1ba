//! How a message goes on that is not read: by e-mail, by letter, until somebody can say what became of it.

use serde_json::json;
use thuisloket::{
    inbox::reach::{self, Reason, Step},
    with_conn,
};
use uuid::Uuid;

use crate::{
    appointments::{PLACE, SERVICE, town_hall},
    world::{Somebody, World, paper, somebody},
};

journeys! {
    who_reads_nothing_in_the_app_gets_an_e_mail_and_reading_ends_it,
    who_read_it_is_left_alone,
    two_processes_take_a_step_once,
    who_wants_nothing_digital_is_told_by_no_phone_and_no_e_mail,
    who_said_no_is_told_by_nothing_else,
    what_does_not_arrive_makes_way_for_what_is_next,
    who_installs_the_app_in_between_is_told_there,
    what_a_document_asks_is_followed_until_it_is_told_anew,
    who_renewed_it_meanwhile_is_not_written_to,
    what_a_later_message_says_anew_is_followed_once,
    an_e_mail_that_never_left_is_not_called_mailed,
}

mod with_letters {
    use super::*;

    journeys! {
        with "deinze.letters.enabled = true\ndeinze.reach.reminder.mail = -1\ndeinze.reach.reminder.letter = 3\ndeinze.reach.reminder.call = 10";
        a_letter_is_claimed_once_posted_and_may_come_back,
        a_letter_that_cannot_be_written_makes_way_at_once,
        who_renewed_before_it_was_printed_is_sent_no_letter,
        what_would_come_too_late_when_it_is_printed_is_not_printed,
    }
}

/// Chooses for somebody how they are told, as the app or the counter would.
pub async fn chooses(
    world: &World,
    who: &Somebody,
    steps: &'static str,
    email: Option<&'static str>,
    never_digital: bool,
) {
    let now = world.now();
    let sql = "insert into contact_settings (municipality_id, resident_id, steps, never_digital, email, email_confirmed_at, open_email,
                   announcements_by_email, large_print, changed_at)
               select municipality_id, id, $1, $2, $3, $4, false, false, false, $4 from resident where given_names = $5";
    let mut w = world.instance.app.db.write().await.unwrap();
    with_conn!(w, c => sqlx::query(sql).bind(steps).bind(never_digital).bind(email).bind(now).bind(&who.given)
        .execute(c).await.map(|d| assert_eq!(d.rows_affected(), 1)))
    .unwrap();
    w.commit().await.unwrap();
}

const EVERY: &str = "push,mail,letter";
const ADDRESS: &str = "anna@example.org";
const OUTCOMES: &str = "select coalesce(outcome, state) from reach order by created_at, id";

/// Somebody with a card of which she is told on Wednesday 3 March, at ten.
async fn anna(world: &World) -> Somebody {
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    world.papers(&[paper(&anna, "eid", "2017-06-01", "2027-06-01")]).await;
    anna
}

async fn who_reads_nothing_in_the_app_gets_an_e_mail_and_reading_ends_it(world: World) {
    let anna = anna(&world).await;
    chooses(&world, &anna, EVERY, Some(ADDRESS), false).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(2).await;
    assert_eq!(phone.receive_all().await, 1);
    assert_eq!(world.texts(OUTCOMES).await, ["open"]);
    world.days(2).await;
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 0, "two days are not three");
    world.days(1).await;
    let mails = world.stubs.smtp.taken_for(ADDRESS);
    assert_eq!(mails.len(), 1);
    // It says that there is something to read, and nothing of it.
    let said = format!("{}\n{}", mails[0].header("Subject").unwrap_or_default(), mails[0].plain());
    assert!(said.contains("Deinze") && !said.contains("Identiteitskaart") && !said.contains("2027"), "{said}");
    // No letters there: nothing is left, and after three days the e-mail is believed.
    world.days(3).await;
    assert_eq!(world.texts(OUTCOMES).await, ["mailed"]);
    assert_eq!(world.texts("select step || ' ' || state from reach_step").await, ["mail taken"]);
    // Who reads it in the end has read it.
    phone.refresh().await.unwrap();
    let message = phone.inbox().await.unwrap()[0].id;
    phone.open(message).await.unwrap();
    assert_eq!(world.texts(OUTCOMES).await, ["read"]);
    let token = phone.tokens.clone().unwrap().access;
    assert_eq!(world.raw("DELETE", &format!("/v1/inbox/{message}/read"), Some(&token), None).await.0, 200);
    world.days(10).await;
    assert_eq!(world.texts(OUTCOMES).await, ["read"], "marked as unread it goes on no more");
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 1);
}

async fn who_read_it_is_left_alone(world: World) {
    let anna = anna(&world).await;
    chooses(&world, &anna, EVERY, Some(ADDRESS), false).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(3).await;
    phone.refresh().await.unwrap();
    let message = phone.inbox().await.unwrap()[0].id;
    let token = phone.tokens.clone().unwrap().access;
    // Put away is read, too.
    assert_eq!(world.raw("PUT", &format!("/v1/inbox/{message}/archive"), Some(&token), None).await.0, 200);
    assert_eq!(world.texts(OUTCOMES).await, ["read"]);
    world.days(10).await;
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 0);
    assert_eq!(world.figure("select count(*) from reach_step").await, 0);
}

async fn two_processes_take_a_step_once(world: World) {
    let anna = anna(&world).await;
    chooses(&world, &anna, EVERY, Some(ADDRESS), false).await;
    world.phone(&anna, true).await;
    world.days(4).await;
    let again = world.another_process().await;
    world.at("2027-03-06 10:00");
    let (one, two) = tokio::join!(again.drain(), world.instance.drain());
    one.unwrap();
    two.unwrap();
    world.drain().await;
    assert_eq!(world.figure("select count(*) from mail_delivery").await, 1);
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 1);
}

async fn who_wants_nothing_digital_is_told_by_no_phone_and_no_e_mail(world: World) {
    let anna = anna(&world).await;
    chooses(&world, &anna, EVERY, Some(ADDRESS), true).await;
    let mut phone = world.phone(&anna, true).await;
    world.days(2).await;
    // It lies in the inbox that she has.
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    assert_eq!(phone.receive_all().await, 0);
    assert_eq!(world.texts("select no_push from reach").await, ["not_wanted"]);
    world.days(10).await;
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 0);
    assert_eq!(world.texts("select step || ' ' || reason from reach_step").await, ["mail refused"]);
}

async fn who_said_no_is_told_by_nothing_else(world: World) {
    let anna = anna(&world).await;
    // No app, and no e-mail wanted, though there is an address.
    chooses(&world, &anna, "push,letter", Some(ADDRESS), false).await;
    world.days(3).await;
    assert_eq!(world.texts(OUTCOMES).await, ["refused"]);
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 0);
}

async fn what_does_not_arrive_makes_way_for_what_is_next(world: World) {
    let anna = anna(&world).await;
    chooses(&world, &anna, EVERY, Some(ADDRESS), false).await;
    world.stubs.smtp.faults.recipients.lock().unwrap().insert(ADDRESS.to_owned(), "550 5.1.1 no such user".to_owned());
    // Without the app nobody waits for it to be read.
    world.days(2).await;
    world.drain().await;
    assert_eq!(
        world.texts("select step || ' ' || state || ' ' || reason from reach_step").await,
        ["mail failed bounced"]
    );
    assert_eq!(world.texts(OUTCOMES).await, ["not_reached"]);
}

async fn who_installs_the_app_in_between_is_told_there(world: World) {
    let planner = town_hall(&world, 1).await;
    let anna = somebody("Anna", "1950-05-05");
    world.people(&[&anna]).await;
    let clerk = world.staff("Els Claes", &["Loket:0207509031"]).await;
    let question = json!({ "national_number": anna.number, "reason": "telephone" });
    let (_, found) = world.json("POST", "/staff/v1/residents/search", Some(&clerk), &question).await;
    let wish = json!({
        "service_id": SERVICE, "location_id": PLACE, "starts_at": "2027-03-09T08:00:00Z", "persons": 1, "reason": "telephone",
        "resident_id": found[0]["id"],
    });
    let (status, booked) = world.json("POST", "/staff/v1/appointments", Some(&clerk), &wish).await;
    assert_eq!(status, 200, "{booked}");
    chooses(&world, &anna, EVERY, Some(ADDRESS), false).await;
    let close = json!({
        "location_id": PLACE, "from": "2027-03-09T06:00:00Z", "until": "2027-03-09T20:00:00Z",
        "reasons": [{ "language": "nl", "text": "Waterlek." }],
    });
    let (status, closed) = world.json("POST", "/staff/v1/closures", Some(&planner), &close).await;
    assert_eq!(status, 200, "{closed}");
    world.clock.advance(chrono::Duration::minutes(5));
    world.drain().await;
    // She has no app: an e-mail at once.
    assert_eq!(
        world.texts("select source || ' ' || plan from reach where plan = 'closing'").await,
        ["unreached closing"]
    );
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 1);
    let mut phone = world.phone(&anna, true).await;
    world.days(2).await;
    assert_eq!(world.texts("select source from reach where plan = 'closing'").await, ["message"]);
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    let message = phone.inbox().await.unwrap()[0].clone();
    assert!(message.deep_link.starts_with("/appointments/"), "{}", message.deep_link);
    phone.open(message.id).await.unwrap();
    assert_eq!(world.texts("select outcome from reach where plan = 'closing'").await, ["read"]);
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 1);
}

async fn what_a_document_asks_is_followed_until_it_is_told_anew(world: World) {
    let anna = anna(&world).await;
    chooses(&world, &anna, EVERY, Some(ADDRESS), false).await;
    world.days(2).await;
    assert_eq!(world.texts("select source || ' ' || state from reach").await, ["unreached open"]);
    let look = async || {
        let mut w = world.instance.app.db.write().await.unwrap();
        let now = world.now();
        with_conn!(w, c => sqlx::query("update reach set next_at = $1 where state = 'open'").bind(now)
            .execute(c).await.map(|_| ()))
        .unwrap();
        w.commit().await.unwrap();
        world.drain().await;
    };
    // She has the app since a moment ago: until her documents are looked at again, nobody says that she was told.
    world.at("2027-03-03 20:00");
    let mut phone = world.phone(&anna, true).await;
    look().await;
    let told = world.titles(&mut phone).await.len();
    let outcomes = world.texts(OUTCOMES).await;
    assert_eq!(outcomes.iter().any(|outcome| outcome == "replaced"), told == 1, "{told}: {outcomes:?}");
    world.days(3).await;
    assert_eq!(world.titles(&mut phone).await.len(), 1);
    let mut outcomes = world.texts(OUTCOMES).await;
    outcomes.sort();
    assert_eq!(outcomes, ["open", "replaced"]);
}

async fn who_renewed_it_meanwhile_is_not_written_to(world: World) {
    let anna = anna(&world).await;
    chooses(&world, &anna, EVERY, Some(ADDRESS), false).await;
    world.phone(&anna, true).await;
    world.days(3).await;
    world.papers(&[paper(&anna, "eid", "2027-03-04", "2037-03-04")]).await;
    world.days(4).await;
    assert_eq!(world.texts(OUTCOMES).await, ["settled"]);
    assert_eq!(world.stubs.smtp.taken_for(ADDRESS).len(), 0);
}

/// Each of these is worth something until then only, and is looked at then.
async fn worth_until(world: &World, until: chrono::DateTime<chrono::Utc>) {
    let mut w = world.instance.app.db.write().await.unwrap();
    with_conn!(w, c => sqlx::query("update reach set worth_until = $1, next_at = $1").bind(until)
        .execute(c).await.map(|d| assert_eq!(d.rows_affected(), 1)))
    .unwrap();
    w.commit().await.unwrap();
}

async fn an_e_mail_that_never_left_is_not_called_mailed(world: World) {
    let anna = anna(&world).await;
    chooses(&world, &anna, EVERY, Some(ADDRESS), false).await;
    world.phone(&anna, true).await;
    world.days(4).await;
    world.stubs.smtp.faults.away.store(true, std::sync::atomic::Ordering::SeqCst);
    world.days(1).await;
    assert_eq!(world.texts("select step || ' ' || state from reach_step").await, ["mail taken"]);
    // What she was told is over while the relay is away; the e-mail itself waits still.
    worth_until(&world, world.now() + chrono::Duration::hours(2)).await;
    world.clock.advance(chrono::Duration::hours(3));
    world.drain().await;
    assert_eq!(world.texts(OUTCOMES).await, ["too_late"]);
    assert_eq!(
        world.texts("select step || ' ' || state || ' ' || reason from reach_step").await,
        ["mail failed bounced"]
    );
    world.stubs.smtp.faults.away.store(false, std::sync::atomic::Ordering::SeqCst);
    world.days(2).await;
    assert_eq!(world.texts("select state from mail_delivery").await, ["cancelled"]);
    assert_eq!((world.stubs.smtp.taken_for(ADDRESS).len(), world.texts(OUTCOMES).await), (0, vec!["too_late".into()]));
}

async fn what_a_later_message_says_anew_is_followed_once(world: World) {
    let anna = anna(&world).await;
    world.phone(&anna, true).await;
    // Nothing is left to do but to wait for it to be read: thirty days, in which no word about the card came.
    world.days(2).await;
    world.days(62).await;
    let outcomes = world.texts(OUTCOMES).await;
    assert_eq!(outcomes[0], "not_reached", "{outcomes:?}");
    let open = world.figure("select count(*) from reach where state = 'open'").await;
    assert!(open <= 1, "{outcomes:?}");
    // Whatever is over is due no more, and whatever is open is.
    assert_eq!(world.figure("select count(*) from reach where (state = 'open') <> (next_at is not null)").await, 0);
}

pub async fn claimed(world: &World) -> Vec<reach::LetterDue> {
    let mut w = world.instance.app.db.write().await.unwrap();
    let letters = reach::claim_letters(&mut w, &world.instance.app, world.town(), 100).await.unwrap();
    w.commit().await.unwrap();
    letters
}

async fn a_letter_is_claimed_once_posted_and_may_come_back(world: World) {
    anna(&world).await;
    world.days(2).await;
    let (town, app) = (world.town(), &world.instance.app);
    let letters = claimed(&world).await;
    assert_eq!(letters.len(), 1);
    assert!(
        letters[0].title.contains("Identiteitskaart") && letters[0].body.contains("Burgerzaken"),
        "{}",
        letters[0].body
    );
    assert_eq!(claimed(&world).await.len(), 0, "each once");
    let mut w = app.db.write().await.unwrap();
    assert!(!reach::letter_returned(&mut w, app, town, Uuid::from_u128(1)).await.unwrap(), "nobody's");
    assert!(reach::letter_posted(&mut w, app, town, letters[0].reach).await.unwrap());
    assert!(!reach::letter_posted(&mut w, app, town, letters[0].reach).await.unwrap(), "posted once");
    w.commit().await.unwrap();
    world.drain().await;
    // It comes back: she is to be called at once.
    let mut w = app.db.write().await.unwrap();
    assert!(reach::letter_returned(&mut w, app, town, letters[0].reach).await.unwrap());
    w.commit().await.unwrap();
    world.drain().await;
    let steps = "select step || ' ' || state from reach_step order by step";
    assert_eq!(world.texts(steps).await, ["call due", "letter returned"]);
    assert_eq!(world.texts("select waits_for from reach").await, ["call"]);
}

async fn a_letter_that_cannot_be_written_makes_way_at_once(world: World) {
    anna(&world).await;
    world.days(2).await;
    let letters = claimed(&world).await;
    let (town, app) = (world.town(), &world.instance.app);
    let mut w = app.db.write().await.unwrap();
    let why = (Step::Letter, Reason::HiddenAddress);
    assert!(reach::cannot(&mut w, app, town, letters[0].reach, why).await.unwrap());
    w.commit().await.unwrap();
    world.drain().await;
    assert_eq!(world.texts("select waits_for from reach").await, ["call"]);
    assert_eq!(world.texts("select reason from reach_step where step = 'letter'").await, ["hidden_address"]);
}

async fn what_would_come_too_late_when_it_is_printed_is_not_printed(world: World) {
    anna(&world).await;
    world.days(2).await;
    assert_eq!(world.texts("select waits_for from reach").await, ["letter"]);
    // Its turn came in time. The batch is made a day before its end, and the post takes three.
    worth_until(&world, world.now() + chrono::Duration::days(1)).await;
    assert_eq!(claimed(&world).await.len(), 0);
    assert_eq!(
        world.texts("select step || ' ' || state || ' ' || reason from reach_step").await,
        ["letter skipped too_late"]
    );
    world.drain().await;
    assert_eq!(world.texts("select waits_for from reach").await, ["call"]);
}

async fn who_renewed_before_it_was_printed_is_sent_no_letter(world: World) {
    let anna = anna(&world).await;
    world.days(2).await;
    assert_eq!(world.texts("select waits_for from reach").await, ["letter"]);
    // Renewed between the step and the batch: what would end it is read again by who prints.
    world.papers(&[paper(&anna, "eid", "2027-03-03", "2037-03-03")]).await;
    assert_eq!(claimed(&world).await.len(), 0);
    assert_eq!(world.texts(OUTCOMES).await, ["settled"]);
}
