//! The counter and the agenda, in a real browser: somebody who rings is found, booked, moved and cancelled.

use std::time::Duration;

use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::{Value, json};

use crate::{
    console::{Seat, demo},
    page::until,
};

/// Writes a day into a field, as its calendar would.
async fn day(seat: &Seat, label: &str, day: &str) {
    let id = seat.field(label).await.attr("id").await.unwrap().unwrap();
    let write = "const e = document.getElementById(arguments[0]);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, arguments[1]);
        e.dispatchEvent(new Event('input', { bubbles: true }));";
    seat.client.execute(write, vec![json!(id), json!(day)]).await.unwrap();
}

/// What the server says of a path, asked by whoever is signed in there.
async fn server_says(seat: &Seat, path: &str) -> Value {
    let ask = "const [path, done] = arguments; fetch(path).then((a) => a.json()).then(done, (e) => done(String(e)));";
    seat.client.execute_async(ask, vec![json!(path)]).await.unwrap()
}

/// Their visits, to come and past.
async fn visits(seat: &Seat, resident: &str) -> Value {
    server_says(seat, &format!("/staff/v1/residents/{resident}/visits?reason=telephone")).await
}

/// What has the focus, in words.
async fn focused(seat: &Seat) -> String {
    let words = "return document.activeElement.id + ' ' + document.activeElement.textContent";
    seat.client.execute(words, vec![]).await.unwrap().as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_rings_is_found_booked_moved_and_cancelled() {
    let (folder, phones, server, stop) = demo(200).await;
    let Some(els) = Seat::at(&server, "Els Claes").await else { return };
    // Luc, as the register has him.
    let register = std::fs::read_to_string(folder.path().join("residents.csv")).unwrap();
    let mut rows = register.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let luc = rows.find(|row| row[2] == "Luc" && row[12] == "2").unwrap();
    let (number, family, born) = (luc[0], luc[1], luc[3]);
    let name = format!("Luc {family}");

    // Nothing typed, then no reason: each is said where it is.
    els.go(&server, "/counter").await;
    els.find("//h1[. = 'Inwoners']").await;
    els.look("the counter").await;
    els.click("//button[. = 'Opzoeken']").await;
    els.find("//*[@id = 'look-up-fault'][contains(., 'Vul in wie je zoekt')]").await;
    // A key leads to the field; what a card reader types looks them up, once it is said why.
    els.client.execute("document.querySelector('h1').focus()", vec![]).await.unwrap();
    els.client.active_element().await.unwrap().send_keys("/").await.unwrap();
    assert!(focused(&els).await.starts_with("look-up "), "{}", focused(&els).await);
    els.client.active_element().await.unwrap().send_keys(&format!("{number}\u{e007}")).await.unwrap();
    els.find("//fieldset//*[contains(@class, 'fault')][contains(., 'waarom je kijkt')]").await;
    els.look("nobody said why").await;
    els.click("//label[contains(., 'Aan de telefoon')]").await;
    // By name and birth date; whoever is the only one is shown.
    els.write("Familienaam", family).await;
    day(&els, "Geboortedatum", born).await;
    els.click("//button[. = 'Opzoeken']").await;
    els.find(&format!("//h1[. = '{name}']")).await;
    els.find("//dd[contains(., 'Aan de telefoon')]").await;
    els.find("//section[h2[. = 'Documenten']]//strong[. = 'Identiteitskaart']").await;
    els.find("//p[. = 'Er zijn geen afspraken.']").await;
    els.look("somebody as a whole").await;
    els.keep("counter.png").await;
    let hash = els.client.execute("return location.hash", vec![]).await.unwrap();
    let resident = hash.as_str().unwrap().rsplit('/').next().unwrap().to_owned();

    // For the document, on the next day, at the third hour that is free.
    els.click("//button[@aria-label = 'Afspraak maken: Identiteitskaart']").await;
    els.find("//fieldset[legend[. = 'Voor welke documenten?']]//label[. = 'Identiteitskaart']").await;
    els.click("//button[. = 'Afspraak boeken']").await;
    els.find("//p[contains(@class, 'fault')][. = 'Kies een uur.']").await;
    els.look("booking").await;
    els.click("//*[contains(@class, 'days')]/button[2]").await;
    els.click("//*[contains(@class, 'times')]/button[3]").await;
    els.find("//h3[. = 'Zo wordt het']").await;
    els.keep("booking.png").await;
    // Pressed twice, booked once.
    let twice = "const b = document.querySelector('.booking button[type=submit]'); b.click(); b.click();";
    els.client.execute(twice, vec![]).await.unwrap();
    els.find("//*[contains(@class, 'notice')][contains(., 'De afspraak is geboekt')]").await;
    let reference = els.find("//*[contains(@class, 'notice')]//*[@class = 'reference']").await.text().await.unwrap();
    let known = visits(&els, &resident).await;
    let booked = known["coming"][0].clone();
    assert_eq!(known["coming"].as_array().unwrap().len(), 1, "{known}");
    assert_eq!(booked["reference"], reference.as_str(), "{known}");
    assert_eq!(booked["subjects"][0]["document_kind"], "eid", "{known}");
    els.find(&format!("//section[h2[. = 'Afspraken']]//strong[. = '{reference}']")).await;
    els.look("booked").await;
    until("his phone has it", async || {
        let state: Value = reqwest::get(format!("{phones}/state")).await.unwrap().json().await.unwrap();
        state["phones"][1]["visits"][0]["reference"] == reference.as_str()
    })
    .await;
    // Why he was not told stands there, once it is opened.
    els.click("//summary[contains(., 'Herinneringen')]").await;
    els.find("//details[@open]//*[self::table or self::p[contains(., 'geen herinnering')]]").await;
    els.click("//summary[contains(., 'Hoe bereiken')]").await;
    els.find("//dd[. = 'Nederlands']").await;
    els.look("how he is reached").await;

    // In the agenda of that day, by desk.
    els.go(&server, "/agenda").await;
    els.click("//button[contains(., 'Volgende dag')]").await;
    let block = format!("//ol[@class = 'column']//button[contains(., '{name}')]");
    els.find(&block).await;
    els.find("//h3[contains(., 'Loket 1')]").await;
    els.look("the agenda of a day").await;
    els.keep("agenda.png").await;
    els.click(&block).await;
    els.find(&format!("//dialog//strong[. = '{reference}']")).await;
    els.look("a visit of the agenda").await;
    els.click("//dialog//button[. = 'Sluiten']").await;
    els.gone("//dialog").await;
    // Dragged an hour down, the form that moves it offers what is free there; nothing is moved before one says so.
    let dragged = els.find(&block).await;
    let drag = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveToElement { element: dragged, duration: None, x: 0., y: 0. })
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(PointerAction::MoveBy { duration: Some(Duration::from_millis(200)), x: 0., y: 60. })
        .then(PointerAction::MoveBy { duration: Some(Duration::from_millis(200)), x: 0., y: 60. })
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    els.client.perform_actions(drag).await.unwrap();
    els.find(&format!("//dialog//strong[. = '{reference}']")).await;
    let at = els.find("//dialog//section[@aria-label = 'Verplaatsen']//*[contains(@class, 'times')]/button[@aria-pressed = 'true']").await;
    let offered = at.text().await.unwrap();
    els.look("a visit that was dragged").await;
    els.keep("dragged.png").await;
    assert_eq!(visits(&els, &resident).await["coming"][0]["starts_at"], booked["starts_at"], "not moved yet");
    els.click("//dialog//button[. = 'Afspraak verplaatsen']").await;
    els.find(&format!(
        "//dialog//*[contains(@class, 'notice')][contains(., 'Verplaatst naar')][contains(., '{offered}')]"
    ))
    .await;
    let now = visits(&els, &resident).await["coming"][0].clone();
    assert!(now["starts_at"].as_str().unwrap() > booked["starts_at"].as_str().unwrap(), "{now}");
    // Moved to the last hour of that day, without a mouse.
    els.click("//dialog//button[. = 'Verplaatsen']").await;
    els.click("//dialog//*[contains(@class, 'days')]/button[2]").await;
    els.click("//dialog//*[contains(@class, 'times')]/button[last()]").await;
    els.look("another hour").await;
    els.click("//dialog//button[. = 'Afspraak verplaatsen']").await;
    els.find("//dialog//*[contains(@class, 'notice')][contains(., 'Verplaatst naar')]").await;
    let moved = visits(&els, &resident).await["coming"][0].clone();
    assert_eq!((&moved["id"], &moved["reference"]), (&booked["id"], &booked["reference"]), "{moved}");
    assert!(moved["starts_at"].as_str().unwrap() > booked["starts_at"].as_str().unwrap(), "{moved}");
    // Asked before it is cancelled; nothing is until one says so.
    let cancel = "//dialog//div[contains(@class, 'helping')]/button[. = 'Afspraak annuleren']";
    els.click(cancel).await;
    els.find(&format!("//dialog//p[contains(., '{name} krijgt een bericht in de app')]")).await;
    els.look("whether to cancel").await;
    els.click("//dialog//dialog//button[. = 'Afspraak behouden']").await;
    els.gone("//dialog//dialog").await;
    assert_eq!(visits(&els, &resident).await["coming"][0]["state"], "booked");
    els.click(cancel).await;
    els.click("//dialog//dialog//button[. = 'Afspraak annuleren']").await;
    els.find("//dialog//*[contains(@class, 'notice')][contains(., 'De afspraak is geannuleerd')]").await;
    let known = visits(&els, &resident).await;
    assert_eq!(known["coming"], json!([]), "{known}");
    assert_eq!((&known["past"][0]["id"], &known["past"][0]["state"]), (&booked["id"], &json!("cancelled")), "{known}");
    els.look("cancelled").await;
    els.click("//dialog//button[. = 'Sluiten']").await;
    els.gone("//dialog").await;
    els.gone(&block).await;
    els.click("//button[. = 'Week']").await;
    els.find("//ol[@class = 'seven']/li").await;
    els.look("the agenda of a week").await;

    // Scanned from the slip: who shows it is here, and nobody asks why.
    els.go(&server, "/counter").await;
    els.write("Referentie", &format!("thuisloket:deinze:{reference}\u{e007}")).await;
    els.find("//section[h2[. = 'Gevonden: 1']]//*[contains(@class, 'badge')][. = 'geannuleerd']").await;
    els.look("found by a scan").await;
    // The next scan takes the place of the one before.
    els.client.active_element().await.unwrap().send_keys("/").await.unwrap();
    els.client.active_element().await.unwrap().send_keys("thuisloket:gent:K7M-3QX\u{e007}").await.unwrap();
    els.find("//*[@id = 'look-up-fault'][contains(., 'andere gemeente')]").await;

    // On a phone.
    els.client.set_window_size(390, 844).await.unwrap();
    els.look("the counter on a phone").await;
    els.go(&server, "/agenda").await;
    els.find("//h1[. = 'Agenda']").await;
    els.look("the agenda on a phone").await;
    els.go(&server, &format!("/counter/{resident}")).await;
    els.find(&format!("//h1[. = '{name}']")).await;
    els.find("//section[h2[. = 'Documenten']]//strong").await;
    els.look("somebody on a phone").await;
    els.client.close().await.unwrap();
    stop.cancel();
}
