//! The desk, the reception and the kiosk, in a real browser: two clerks and one truth, a network that goes and comes back, and a visitor of
//! whom nothing stays.

use std::{collections::BTreeSet, time::Duration};

use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use thuisloket_demo::town;

use crate::{
    appointments::{PLACE, book},
    console::{Network, Seat, demo},
    page::{browser, click, find, look, until},
    queue::hall,
    world::{Engine, World, somebody},
};

/// Presses a key wherever the focus is.
async fn key(client: &Client, keys: &str) {
    client.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

/// What the server says of the hall now, asked by whoever is signed in there.
async fn hall_now(seat: &Seat) -> Value {
    let ask = "const [place, done] = arguments; fetch(`/staff/v1/halls/${place}`).then((a) => a.json()).then(done);";
    seat.client.execute_async(ask, vec![json!(town::PLACE)]).await.unwrap()
}

/// The reference of an appointment that is booked for somebody, by whoever is signed in there, on another day than today.
async fn appointment_on_another_day(seat: &Seat) -> String {
    let book = "const [place, service, done] = arguments;
        (async () => {
            const now = new Date((await (await fetch('/staff/v1/me')).json()).town.now).getTime();
            const days = [3, 4, 5, 6, 7, 8, 9, 10].map((n) => new Date(now + n * 86400000).toISOString().slice(0, 10));
            for (const from of days) {
                const query = `location_id=${place}&persons=1&from=${from}`;
                const [start] = await (await fetch(`/staff/v1/services/${service}/starts?${query}`)).json();
                if (!start) continue;
                const body = { visitor: 'Jo Peeters', service_id: service, location_id: place, starts_at: start.starts_at,
                    persons: 1, companions: [], document_ids: [], reason: 'telephone' };
                const answer = await fetch('/staff/v1/appointments', { method: 'POST', body: JSON.stringify(body),
                    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } });
                return (await answer.json()).reference;
            }
        })().then(done, (e) => done(String(e)));";
    let wish = vec![json!(town::PLACE), json!(town::SERVICE)];
    let booked = seat.client.execute_async(book, wish).await.unwrap();
    booked.as_str().unwrap_or_else(|| panic!("{booked}")).to_owned()
}

/// Cancels an appointment.
async fn cancelled(seat: &Seat, reference: &str) {
    let off = "const [reference, done] = arguments;
        (async () => {
            const visit = await (await fetch(`/staff/v1/appointments/${reference}?reason=telephone`)).json();
            const answer = await fetch(`/staff/v1/appointments/${visit.id}?reason=telephone`, { method: 'DELETE',
                headers: { 'idempotency-key': crypto.randomUUID() } });
            return answer.status;
        })().then(done, (e) => done(String(e)));";
    assert_eq!(seat.client.execute_async(off, vec![json!(reference)]).await.unwrap(), json!(200));
}

/// The number in front of a desk, as its clerk sees it.
async fn number(seat: &Seat) -> String {
    seat.find("//*[@class = 'infront']//strong").await.text().await.unwrap()
}

/// What was told of what was pressed.
async fn told(seat: &Seat, words: &str) {
    seat.find(&format!("//p[contains(@class, 'told')][contains(., '{words}')]")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_at_two_desks_see_one_truth() {
    let (_folder, phones, server, stop) = demo(200).await;
    // The next morning the hall is open.
    let moved = reqwest::Client::new().post(format!("{phones}/days/1")).send().await.unwrap();
    assert!(moved.status().is_success());
    let Some(els) = Seat::at(&server, "Els Claes").await else { return };
    let Some(bea) = Seat::at(&server, "Bea Devos").await else { return };

    // The reception gives numbers: one press, one number.
    els.go(&server, "/reception").await;
    els.find("//ul[@class = 'choices']//button").await;
    els.look("the reception").await;
    els.write("Naam", "Jan Peeters").await;
    let twice = "const [button] = document.querySelectorAll('.choices button'); button.click(); button.click();";
    els.client.execute(twice, vec![]).await.unwrap();
    els.find("//*[contains(@class, 'given')]//strong[. = 'B1']").await;
    for (service, given) in [("Rijbewijs", "B2"), ("Identiteitskaart", "B3"), ("Kids-ID", "B4")] {
        els.click(&format!("//ul[@class = 'choices']//button[contains(., '{service}')]")).await;
        els.find(&format!("//*[contains(@class, 'given first')]//strong[. = '{given}']")).await;
    }
    // A scanner types and ends with Enter: the field is empty for the next.
    els.write("Referentie", "thuisloket:gent:K7M-3QX\u{e007}").await;
    els.find("//*[@role = 'alert'][contains(., 'van een andere gemeente (gent)')]").await;
    els.write("Referentie", "zzz\u{e007}").await;
    els.find("//*[@role = 'alert'][contains(., 'We vinden geen afspraak met deze referentie')]").await;
    assert_eq!(els.field("Referentie").await.prop("value").await.unwrap().unwrap(), "");
    // Whoever comes on another day is told which; and that an appointment is off.
    let reference = appointment_on_another_day(&els).await;
    els.write("Referentie", &format!("{reference}\u{e007}")).await;
    els.find("//*[@role = 'alert'][contains(., 'is op ') and contains(., 'Aanmelden kan pas op die dag')]").await;
    els.look("an appointment of another day").await;
    cancelled(&els, &reference).await;
    els.write("Referentie", &format!("{reference}\u{e007}")).await;
    els.find("//*[@role = 'alert'][contains(., 'is geannuleerd')]").await;
    els.look("what was given and refused").await;
    els.keep("reception.png").await;
    assert_eq!(hall_now(&els).await["waiting"].as_array().unwrap().len(), 4);

    // Each has a desk; one where a colleague works is asked about.
    els.go(&server, "/desk").await;
    els.find("//h2[. = 'Aan welk loket werk je?']").await;
    els.look("the choice of a desk").await;
    els.click("//button[. = 'Aanmelden aan Loket 1']").await;
    els.find("//h2[. = 'Loket 1']").await;
    els.look("a free desk").await;
    bea.go(&server, "/desk").await;
    bea.find("//li[contains(., 'Loket 1')][contains(., 'Els Claes')]").await;
    bea.click("//button[. = 'Aanmelden aan Loket 1']").await;
    bea.find("//dialog[contains(., 'Aan Loket 1 werkt Els Claes')]").await;
    bea.look("a desk that is taken").await;
    bea.click("//dialog//button[. = 'Terug']").await;
    bea.click("//button[. = 'Aanmelden aan Loket 2']").await;
    bea.find("//h2[. = 'Loket 2']").await;

    // Both call at once: two people, and each sees the other's.
    tokio::join!(key(&els.client, "v"), key(&bea.client, "v"));
    let (one, two) = (number(&els).await, number(&bea).await);
    assert_eq!(BTreeSet::from([one.as_str(), two.as_str()]), BTreeSet::from(["B1", "B2"]));
    let first = if one == "B1" { &els } else { &bea };
    first.find("//*[@class = 'called'][. = 'Jan Peeters']").await;
    els.look("somebody is called").await;
    key(&els.client, "b").await;
    els.find("//*[contains(@class, 'badge')][. = 'wordt geholpen']").await;
    els.keep("desk.png").await;
    bea.find(&format!("//li[contains(., 'Loket 1')][contains(., '{one} · wordt geholpen')]")).await;
    // What cannot be done now says why.
    key(&bea.client, "k").await;
    told(&bea, "Begin eerst").await;
    // While a question is open, a key is a letter.
    key(&els.client, "d").await;
    els.find("//dialog[contains(., 'Voor welke dienst')]").await;
    els.look("sending on").await;
    key(&els.client, "k").await;
    key(&els.client, "\u{e00c}").await;
    els.gone("//dialog").await;
    assert_eq!(number(&els).await, one);

    // Aside, and back: with the same number.
    key(&els.client, "w").await;
    told(&els, "wacht opzij").await;
    bea.find("//h2[. = 'Wachten opzij: 1']").await;
    els.find("//*[@class = 'nobody']").await;
    els.look("somebody waits aside").await;
    key(&els.client, "t").await;
    told(&els, &format!("{one} is terug opgeroepen")).await;
    assert_eq!(number(&els).await, one);
    key(&els.client, "b").await;
    told(&els, "Je begon").await;

    // The network goes, in the middle of a press: it is said, tried again, and done once.
    els.client.issue_cmd(Network::Gone).await.unwrap();
    key(&els.client, "k").await;
    els.find("//*[@role = 'alert'][contains(., 'nog niet aangekomen')]").await;
    els.find("//*[@role = 'alert'][contains(., 'Geen verbinding')]").await;
    els.look("not connected").await;
    els.keep("desk-lost.png").await;
    els.client.issue_cmd(Network::Slow(0)).await.unwrap();
    told(&els, &format!("{one} is klaar")).await;
    els.gone("//*[@role = 'alert']").await;
    let hall = hall_now(&els).await;
    assert_eq!((hall["desks"][0].get("number"), &hall["desks"][1]["number"]), (None, &json!(two)), "{hall}");
    // Pressed twice, it calls one.
    let twice = "const button = document.querySelector('.acts button'); button.click(); button.click();";
    els.client.execute(twice, vec![]).await.unwrap();
    told(&els, "B3 is opgeroepen").await;
    els.find("//h2[. = 'Wachten op dit loket: 1']").await;
    assert_eq!(hall_now(&els).await["waiting"][0]["number"], "B4");

    // An emergency stops the whole hall.
    key(&bea.client, "s").await;
    bea.click("//dialog//button[. = 'Noodstop']").await;
    els.find("//*[contains(@class, 'notice')][contains(., 'Noodstop sinds')]").await;
    els.look("stopped").await;
    key(&els.client, "b").await;
    told(&els, "Je begon met B3").await;
    key(&els.client, "k").await;
    told(&els, "B3 is klaar").await;
    key(&els.client, "v").await;
    told(&els, "Er is een noodstop").await;
    told(&bea, "De zaal is stilgelegd").await;
    key(&els.client, "s").await;
    els.click("//dialog//button[. = 'Weer oproepen']").await;
    // Whoever lifts it: nobody reads any more that it is stopped.
    for seat in [&els, &bea] {
        seat.gone("//*[contains(@class, 'notice')][contains(., 'Noodstop sinds')]").await;
        seat.gone("//p[contains(@class, 'told')][contains(., 'stilgelegd') or contains(., 'noodstop')]").await;
    }
    // Whoever does not want keys switches them off.
    els.click("//label[. = 'Eén toets voor elke handeling']").await;
    els.gone("//kbd").await;
    key(&els.client, "v").await;
    els.click("//button[contains(., 'Volgende oproepen')]").await;
    told(&els, "B4 is opgeroepen").await;
    // Noted by mistake that nobody came: the number is in a list, and is called again from there.
    els.click("//button[contains(., 'Niet gekomen')]").await;
    told(&els, "B4 kwam niet").await;
    bea.find("//h2[. = 'Niet gekomen: 1']").await;
    els.find("//h2[. = 'Niet gekomen: 1']").await;
    els.look("somebody did not come").await;
    els.click("//button[. = 'Toch aanwezig']").await;
    told(&els, "B4 is terug opgeroepen").await;
    els.gone("//h2[. = 'Niet gekomen: 1']").await;
    assert_eq!(number(&els).await, "B4");

    // On a phone; and a desk that a colleague takes over is told.
    els.client.set_window_size(390, 844).await.unwrap();
    els.look("the desk on a phone").await;
    bea.click("//button[. = 'Afmelden aan dit loket']").await;
    bea.click("//dialog//button[. = 'Afmelden aan dit loket']").await;
    bea.click("//button[. = 'Aanmelden aan Loket 1']").await;
    bea.click("//dialog//button[. = 'Overnemen']").await;
    assert_eq!(number(&bea).await, "B4");
    els.find("//*[contains(@class, 'notice')][contains(., 'Bea Devos nam je loket over')]").await;
    els.go(&server, "/reception").await;
    els.find("//ul[@class = 'choices']//button").await;
    els.look("the reception on a phone").await;
    for seat in [els, bea] {
        seat.client.close().await.unwrap();
    }
    stop.cancel();
}

/// Presses a button. A second tap at the same spot within half a second is taken for a slip of the finger.
async fn press(client: &Client, text: &str) {
    tokio::time::sleep(Duration::from_millis(600)).await;
    click(client, &format!("//button[contains(., '{text}')]")).await;
}

#[tokio::test]
async fn at_the_kiosk_a_visitor_takes_a_number_or_checks_in_and_leaves_nothing() {
    let Some((_driver, client)) = browser().await else { return };
    let world = World::start_with(Engine::Sqlite, r#"deinze.languages = ["nl", "fr"]"#).await.unwrap();
    let (_, clerk) = hall(&world, 1).await;
    let chief = world.staff("Bea", &["Beheer:0207509031"]).await;
    let (_, secret) = world.key(&chief, &["check_in"]).await;
    let anna = somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let token = world.phone(&anna, true).await.tokens.unwrap().access;
    let visit = book(&world, &token, "2027-03-01T10:00:00Z", false).await.1;
    let queue = async || world.get(&format!("/staff/v1/queue?location_id={PLACE}"), &clerk).await.1;
    let says = async |id: &str| client.find(Locator::Id(id)).await.unwrap().text().await.unwrap();

    // It is given its key, once.
    client.goto(&format!("{}/kiosk/deinze/{PLACE}", world.server)).await.unwrap();
    find(&client, "//h1[. = 'Deze zuil instellen']").await;
    look(&client, "the set-up of a kiosk").await;
    client.find(Locator::Id("key")).await.unwrap().send_keys("thuisloket_niets\u{e007}").await.unwrap();
    find(&client, "//*[@id = 'key-fault'][contains(., 'klopt niet')]").await;
    let field = client.find(Locator::Id("key")).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(&format!("{secret}\u{e007}")).await.unwrap();
    find(&client, "//h1[. = 'Welkom']").await;
    client.refresh().await.unwrap();
    find(&client, "//button[. = 'Français']").await;
    look(&client, "the start of a kiosk").await;

    // A number, in French; pressed twice, it is one.
    press(&client, "Français").await;
    press(&client, "pas de rendez-vous").await;
    find(&client, "//h1[contains(., 'Pour quoi venez-vous')]").await;
    look(&client, "what one can come for").await;
    let twice = "const button = document.querySelector('button.choice'); button.click(); button.click();";
    client.execute(twice, vec![]).await.unwrap();
    find(&client, "//*[@id = 'number'][. = 'B1']").await;
    look(&client, "a number").await;
    assert_eq!(queue().await.as_array().unwrap().len(), 1);
    press(&client, "Terminé").await;
    find(&client, "//h1[. = 'Welkom']").await;

    // Who booked scans the code: no name is shown. A code of another town is told.
    let qr = visit["qr"].as_str().unwrap();
    key(&client, &format!("{}\u{e007}", qr.replace("deinze", "gavere"))).await;
    find(&client, "//p[. = 'Deze code is van een andere gemeente.']").await;
    look(&client, "a code of another town").await;
    key(&client, &format!("{qr}\u{e007}")).await;
    find(&client, "//*[@id = 'number'][. = 'A2']").await;
    assert!(!says("main").await.contains("Anna"));
    assert_eq!(queue().await.as_array().unwrap().len(), 2);
    press(&client, "Klaar").await;

    // Left in the middle: one is asked, and then nothing is left.
    press(&client, "Ik heb een afspraak").await;
    find(&client, "//*[@id = 'keys']").await;
    look(&client, "the keys of a kiosk").await;
    press(&client, "K").await;
    client.execute("warn()", vec![]).await.unwrap();
    find(&client, "//dialog[@open]//h2[. = 'Ben je er nog?']").await;
    look(&client, "the question of a kiosk").await;
    press(&client, "Ik ben er nog").await;
    assert_eq!(says("typed").await, "K");
    client.execute("warn()", vec![]).await.unwrap();
    find(&client, "//h1[. = 'Welkom']").await;
    assert_eq!(client.execute("return typed", vec![]).await.unwrap(), json!(""));

    // The network goes: it is said, and what is tried again gives one number.
    press(&client, "Ik heb geen afspraak").await;
    find(&client, "//h1[. = 'Waarvoor kom je?']").await;
    client.issue_cmd(Network::Gone).await.unwrap();
    client.execute("document.querySelector('button.choice').click()", vec![]).await.unwrap();
    find(&client, "//h1[. = 'Geen verbinding']").await;
    look(&client, "a kiosk that is not connected").await;
    client.issue_cmd(Network::Slow(0)).await.unwrap();
    press(&client, "Probeer opnieuw").await;
    find(&client, "//*[@id = 'number'][. = 'B3']").await;
    until("one number more", async || queue().await.as_array().unwrap().len() == 3).await;

    // In an emergency it says what the screen in the hall says, and not that it is closed.
    let halt = format!("/staff/v1/halls/{PLACE}/stop");
    assert_eq!(world.raw("PUT", &halt, Some(&clerk), None).await.0, 200);
    press(&client, "Klaar").await;
    client.execute("look()", vec![]).await.unwrap();
    find(&client, "//p[. = 'De dienst is even onderbroken. Iedereen houdt zijn plaats.']").await;
    look(&client, "a kiosk in an emergency").await;
    assert_eq!(world.raw("DELETE", &halt, Some(&clerk), None).await.0, 200);

    // At night it says that it is closed.
    world.at("2027-03-01 22:00");
    client.execute("look()", vec![]).await.unwrap();
    find(&client, "//p[contains(., 'We zijn nu gesloten')]").await;
    assert!(client.find_all(Locator::XPath("//button[. = 'Ik heb geen afspraak']")).await.unwrap().is_empty());
    look(&client, "a kiosk at night").await;
    client.close().await.unwrap();
}
