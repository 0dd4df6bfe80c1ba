//! The pages of who plans and who administers, in a real browser: a town is set up from nothing, whom a change hits is seen before it is
//! saved, nothing that was typed is lost, and a key is shown once.

use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, put, town_hall},
    console::Seat,
    page::until,
    world::World,
};

journeys! {
    a_planner_sets_up_a_service_and_a_location_with_two_desks_from_nothing,
    whom_a_change_hits_is_seen_before_it_is_saved_and_two_planners_lose_nothing,
    hours_come_from_a_file_and_are_looked_at_before_they_are_saved,
    a_location_is_closed_by_who_saw_whom_it_hits_and_it_is_taken_back,
    a_key_is_shown_once_and_a_role_is_taken_and_given_back,
}

const ELS: (&str, &[&str]) = ("Els Claes", &["Loket:0207509031", "Planner:0207509031"]);
const AN: (&str, &[&str]) = ("An Peeters", &["Beheer:0207509031"]);

/// Somebody at the console, and a tool with the same rights.
async fn seat(world: &World, (name, roles): (&str, &[&str])) -> Option<(Seat, String)> {
    world.employ(name, roles);
    let seat = Seat::at(&world.server, name).await?;
    Some((seat, world.staff(name, roles).await))
}

/// Waits until what has the focus says something, or has an id.
async fn focus(seat: &Seat, on: &str) {
    let what = "const e = document.activeElement; return `${e.id} ${e.textContent}`";
    until(&format!("the focus is on {on}"), async || {
        seat.client.execute(what, vec![]).await.unwrap().as_str().unwrap_or_default().contains(on)
    })
    .await;
}

/// Writes into a field what a person would who begins anew.
async fn set(seat: &Seat, label: &str, text: &str) {
    let id = seat.field(label).await.attr("id").await.unwrap().unwrap();
    let write = "const e = document.getElementById(arguments[0]);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, arguments[1]);
        e.dispatchEvent(new Event('input', { bubbles: true }));";
    seat.client.execute(write, vec![json!(id), json!(text)]).await.unwrap();
}

async fn saved(seat: &Seat) {
    seat.find("//*[@role = 'status'][starts-with(., 'Bewaard om')]").await;
}

/// Looks where the bar with the button that saves lies over nothing.
async fn look(seat: &Seat, page: &str) {
    seat.client.execute("scrollTo(0, document.body.scrollHeight)", vec![]).await.unwrap();
    seat.look(page).await;
}

/// Books a visit at the town hall for somebody on the telephone, and gives its reference.
async fn book(world: &World, token: &str, starts_at: &str) -> String {
    let wish = json!({
        "visitor": "mevrouw Zonnebloem", "service_id": SERVICE, "location_id": PLACE, "starts_at": starts_at, "persons": 1,
        "reason": "telephone",
    });
    let (status, booked) = world.json("POST", "/staff/v1/appointments", Some(token), &wish).await;
    assert_eq!(status, 200, "{booked}");
    booked["reference"].as_str().unwrap().to_owned()
}

async fn location(world: &World, token: &str) -> Value {
    let (_, all) = world.get("/staff/v1/locations", token).await;
    all[0]["plan"].clone()
}

async fn a_planner_sets_up_a_service_and_a_location_with_two_desks_from_nothing(world: World) {
    let Some((els, token)) = seat(&world, ELS).await else { return };
    els.go(&world.server, "/planning").await;
    els.find("//p[starts-with(., 'Er is nog geen dienst')]").await;
    els.look("nothing planned").await;

    // A service: what is missing and what is wrong is said where it stands.
    els.click("//button[. = 'Nieuwe dienst']").await;
    els.click("//button[. = 'Bewaren']").await;
    focus(&els, "Geef een naam").await;
    els.find("//*[@id = 'f-names-nl-fault'][contains(., 'Geef een naam')]").await;
    look(&els, "a service without a name").await;
    els.write("Naam (Nederlands)", "Reispas aanvragen").await;
    els.write("Wat breng je mee", "Een recente pasfoto.").await;
    set(&els, "Minuten voor één persoon", "12").await;
    els.find("//*[@id = 'f-minutes-fault'][contains(., 'vijf minuten')]").await;
    set(&els, "Minuten voor één persoon", "20").await;
    els.click("//label[. = 'Reispas']").await;
    els.click("//button[. = 'Bewaren']").await;
    saved(&els).await;
    let (_, services) = world.get("/staff/v1/services", &token).await;
    let plan = &services[0]["plan"];
    assert_eq!((&plan["minutes"], &plan["document_kinds"]), (&json!(20), &json!(["passport"])), "{services}");
    assert_eq!(plan["bring"], json!([{ "language": "nl", "text": "Een recente pasfoto." }]));
    els.find("//*[contains(@class, 'notice')][contains(., 'Geen enkel loket doet deze dienst nog')]").await;
    look(&els, "a service").await;

    // A location: hours as they are typed, a day that is copied to others, and two desks.
    els.click("//a[. = 'Naar de planning']").await;
    els.click("//button[. = 'Nieuwe locatie']").await;
    els.write("Naam (Nederlands)", "Wijkhuis Petegem").await;
    els.write("Adres", "Dorp 1, 9800 Deinze").await;
    set(&els, "maandag, open van 1", "8u30").await;
    els.click("//button[@aria-label = 'Uren van maandag kopiëren']").await;
    els.find("//dialog//label[. = 'zaterdag']").await;
    els.look("to which days").await;
    els.click("//dialog//button[. = 'Kopiëren']").await;
    els.gone("//dialog").await;
    let tuesday = els.field("dinsdag, open van 1").await.prop("value").await.unwrap();
    assert_eq!(tuesday.as_deref(), Some("8u30"), "as it was typed");
    els.click("//button[. = 'Loket toevoegen']").await;
    els.find("//legend[. = 'Loket 2']").await;
    look(&els, "a new location").await;
    els.client.execute("scrollTo(0, 0)", vec![]).await.unwrap();
    els.keep("console-location.png").await;
    els.click("//button[. = 'Bewaren']").await;
    saved(&els).await;
    let (_, locations) = world.get("/staff/v1/locations", &token).await;
    let plan = &locations[0]["plan"];
    assert_eq!((plan["desks"].as_array().unwrap().len(), plan["hours"].as_array().unwrap().len()), (2, 10));
    assert_eq!((&plan["hours"][2]["weekday"], &plan["hours"][2]["opens"]), (&json!(2), &json!(510)));

    // And so it can be booked: the page says when, and the server the same.
    els.find("//section[@aria-labelledby = 'free']//li[starts-with(., 'Reispas aanvragen: ma')]").await;
    let (service, place) = (services[0]["id"].as_str().unwrap(), locations[0]["id"].as_str().unwrap());
    let (status, starts) = world.get(&format!("/staff/v1/services/{service}/starts?location_id={place}"), &token).await;
    assert_eq!((status, &starts[0]["location_id"]), (200, &locations[0]["id"]), "{starts}");
    els.click("//a[. = 'Naar de planning']").await;
    els.find("//li[contains(., 'Wijkhuis Petegem')][contains(., 'Deze week: ma–vr 08:30–12:00 en 13:30–16:30')]").await;
    els.find("//li[contains(., 'Reispas aanvragen')][contains(., '2 loketten op 1 locatie')]").await;
    els.look("what is planned").await;
    els.keep("console-planning.png").await;

    // A copy has desks of its own.
    els.click("//button[@aria-label = 'Wijkhuis Petegem kopiëren']").await;
    els.find("//*[contains(@class, 'notice')][contains(., 'Dit is een kopie van')]").await;
    els.click("//button[. = 'Bewaren']").await;
    saved(&els).await;
    let (_, locations) = world.get("/staff/v1/locations", &token).await;
    assert_eq!(locations.as_array().unwrap().len(), 2, "{locations}");
    assert_ne!(locations[0]["plan"]["desks"][0]["id"], locations[1]["plan"]["desks"][0]["id"]);

    // On a phone.
    els.client.set_window_size(390, 844).await.unwrap();
    for page in ["/planning", "/closures", "/stranded"] {
        els.go(&world.server, page).await;
        els.find("//h1").await;
        els.find("//main[not(contains(., 'Even geduld'))]").await;
        look(&els, page).await;
    }
    els.go(&world.server, "/planning").await;
    els.click("//a[. = 'Wijkhuis Petegem']").await;
    els.find("//legend[. = 'Loket 1']").await;
    look(&els, "a location on a phone").await;
    els.client.close().await.unwrap();
}

async fn whom_a_change_hits_is_seen_before_it_is_saved_and_two_planners_lose_nothing(world: World) {
    let piet = town_hall(&world, 2).await;
    let Some((els, token)) = seat(&world, ELS).await else { return };
    let reference = book(&world, &token, "2027-03-01T09:20:00Z").await;
    els.go(&world.server, "/planning").await;
    els.click("//a[. = 'Stadhuis']").await;
    els.click("//label[. = 'Deze locatie neemt afspraken']").await;
    els.click("//button[. = 'Bewaren']").await;
    els.find("//dialog[contains(., 'kan 1 afspraak niet meer doorgaan')]").await;
    els.find(&format!(
        "//dialog//tr[contains(., '{reference}')][contains(., '10:20')][contains(., 'Identiteitskaart')]"
    ))
    .await;
    focus(&els, "Terug").await;
    els.look("whom it hits").await;
    els.click("//dialog//button[. = 'Terug']").await;
    focus(&els, "Bewaren").await;
    assert_eq!(location(&world, &token).await["active"], true, "nothing was saved");

    // A colleague saves something else meanwhile; what is typed here stays, also when the window is closed.
    let mut theirs = location(&world, &token).await;
    theirs["address"] = json!("Markt 2, 9800 Deinze");
    put(&world, &piet, &format!("/staff/v1/locations/{PLACE}"), &theirs).await;
    els.click("//button[. = 'Bewaren']").await;
    els.find("//h2[. = 'Iemand bewaarde intussen een andere versie']").await;
    focus(&els, "meanwhile").await;
    els.find("//tr[contains(., 'Markt 1, 9800')][contains(., 'Markt 2, 9800')]").await;
    els.look("two versions").await;
    els.client.refresh().await.unwrap();
    els.click("//button[. = 'De andere versie nemen']").await;
    els.gone("//h2[@id = 'meanwhile']").await;
    let address = els.field("Adres").await.prop("value").await.unwrap();
    assert_eq!(address.as_deref(), Some("Markt 2, 9800 Deinze"));

    // Saved all the same, by who saw it: it is on the list to work off.
    els.click("//label[. = 'Deze locatie neemt afspraken']").await;
    els.client.refresh().await.unwrap();
    els.find("//*[contains(@class, 'notice')][contains(., 'nog niet bewaard was')]").await;
    els.click("//button[. = 'Bewaren']").await;
    els.click("//dialog//button[. = 'Toch bewaren']").await;
    els.find("//*[contains(@class, 'notice')][contains(., 'niet meer kunnen doorgaan')]").await;
    assert_eq!(location(&world, &token).await["active"], false);
    els.click("//main//a[. = 'Te verwittigen']").await;
    els.find(&format!("//tr[contains(., '{reference}')][contains(., 'Stadhuis')]")).await;
    els.click("//button[. = 'Iedereen een ander moment geven']").await;
    els.find("//*[@id = 'f-reason-nl-fault'][contains(., 'Schrijf waarom')]").await;
    els.look("the list").await;

    // Everybody gets another time, with a reason, after a question.
    let mut open = location(&world, &token).await;
    open["active"] = json!(true);
    let monday: Vec<Value> = open["hours"].as_array().unwrap().iter().filter(|h| h["weekday"] != 1).cloned().collect();
    open["hours"] = json!(monday);
    put(&world, &piet, &format!("/staff/v1/locations/{PLACE}"), &open).await;
    els.write("Reden (Nederlands)", "Maandag zijn we voortaan gesloten.").await;
    els.click("//button[. = 'Iedereen een ander moment geven']").await;
    els.click("//dialog//button[. = 'Iedereen een ander moment geven']").await;
    els.find("//*[contains(@class, 'notice')][contains(., 'Verplaatst: 1')]").await;
    els.find("//p[starts-with(., 'Niemand.')]").await;
    let (_, visit) = world.get(&format!("/staff/v1/appointments/{reference}?reason=telephone"), &token).await;
    assert_eq!(visit["starts_at"], "2027-03-02T08:00:00Z", "{visit}");
    els.client.close().await.unwrap();
}

async fn hours_come_from_a_file_and_are_looked_at_before_they_are_saved(world: World) {
    town_hall(&world, 1).await;
    let Some((els, token)) = seat(&world, ELS).await else { return };
    let file = world.file(
        "uren.csv",
        "weekday;opens;closes;valid_from;valid_until\n1;09:00;12:00;2027-01-01;\nzaterdag;9u;12;01/06/2027;31/08/2027\n\
         foodag;09:00;12:02;31/02/2027;\n",
    );
    els.go(&world.server, "/planning").await;
    els.click("//a[. = 'Stadhuis']").await;
    els.click("//summary[. = 'Openingsuren uit een bestand']").await;
    els.field("Bestand").await.send_keys(file.to_str().unwrap()).await.unwrap();
    els.find("//tr[th[. = '4']][contains(., 'foodag')][contains(., '12:02')][contains(., '31/02/2027')]").await;
    els.find("//tr[th[. = '3']][contains(., 'zaterdag')][contains(., '09:00–12:00')]").await;
    look(&els, "a file").await;
    els.click("//button[. = 'Alleen de 2 goede regels overnemen']").await;
    els.find("//*[contains(@class, 'notice')][contains(., '2 regels staan nu in het formulier')]").await;
    assert_eq!(location(&world, &token).await["hours"].as_array().unwrap().len(), 5, "nothing was saved yet");
    els.click("//button[. = 'Bewaren']").await;
    saved(&els).await;
    let hours = location(&world, &token).await["hours"].clone();
    assert_eq!(
        hours,
        json!([
            { "weekday": 1, "opens": 540, "closes": 720, "valid_from": "2027-01-01" },
            { "weekday": 6, "opens": 540, "closes": 720, "valid_from": "2027-06-01", "valid_until": "2027-08-31" },
        ])
    );
    // What stood there before is a button away, and counts once it is saved.
    let history = "//section[@aria-labelledby = 'history']";
    els.find(&format!("{history}//li[1][contains(., 'nu')][contains(., 'Els Claes')]")).await;
    look(&els, "what stood there before").await;
    els.click(&format!("{history}//li[2]//button")).await;
    els.find(&format!("{history}//*[contains(@class, 'notice')][contains(., 'staat in het formulier')]")).await;
    assert_eq!(location(&world, &token).await["hours"], hours, "nothing was saved yet");
    els.click("//button[. = 'Bewaren']").await;
    saved(&els).await;
    els.find(&format!("{history}//li[3]")).await;
    els.gone(&format!("{history}//*[contains(., 'staat in het formulier')]")).await;
    assert_eq!(location(&world, &token).await["hours"].as_array().unwrap().len(), 5);
    els.client.close().await.unwrap();
}

async fn a_location_is_closed_by_who_saw_whom_it_hits_and_it_is_taken_back(world: World) {
    town_hall(&world, 1).await;
    let Some((els, token)) = seat(&world, ELS).await else { return };
    let reference = book(&world, &token, "2027-03-01T09:20:00Z").await;
    els.go(&world.server, "/closures").await;
    els.find("//p[. = 'Er is niets gesloten.']").await;
    els.click("//button[. = 'Bekijken wie dit raakt']").await;
    els.find("//*[@id = 'f-reason-nl-fault'][contains(., 'Schrijf waarom')]").await;
    els.write("Reden (Nederlands)", "Er is een waterlek.").await;
    els.click("//button[. = 'Bekijken wie dit raakt']").await;
    els.find(&format!("//tr[contains(., '{reference}')][contains(., '10:20')]")).await;
    els.look("whom a closing hits").await;
    assert_eq!(world.get("/staff/v1/closures", &token).await.1, json!([]), "nothing is closed yet");
    els.click("//button[. = 'Sluiten en verwittigen']").await;
    els.find("//dialog[contains(., 'Stadhuis sluiten?')]").await;
    els.click("//dialog//button[. = 'Sluiten en verwittigen']").await;
    focus(&els, "Stadhuis is gesloten").await;
    els.find("//li[contains(., 'Er is een waterlek.')][contains(., 'door Els Claes')]").await;
    els.look("closed").await;
    assert_eq!(world.get("/staff/v1/closures", &token).await.1[0]["location_id"], PLACE);
    els.click("//*[contains(@class, 'notice')]//button").await;
    focus(&els, "Stadhuis is weer open").await;
    els.find("//p[. = 'Er is niets gesloten.']").await;
    assert_eq!(world.get("/staff/v1/closures", &token).await.1, json!([]));
    els.client.close().await.unwrap();
}

async fn a_key_is_shown_once_and_a_role_is_taken_and_given_back(world: World) {
    let Some((an, token)) = seat(&world, AN).await else { return };
    let els = world.staff(ELS.0, ELS.1).await;
    an.go(&world.server, "/keys").await;
    an.click("//button[. = 'Sleutel maken']").await;
    focus(&an, "f-name").await;
    an.write("Naam", "nachtelijke export").await;
    an.click("//label[. = 'Inwoners uit het register insturen']").await;
    set(&an, "Geldig, in dagen", "1000").await;
    an.click("//button[. = 'Sleutel maken']").await;
    an.find("//*[@id = 'f-days-fault'][contains(., 'Kies minder dagen')]").await;
    an.look("a key that would last too long").await;
    set(&an, "Geldig, in dagen", "30").await;
    an.click("//button[. = 'Sleutel maken']").await;
    let secret = an.find("//input[contains(@class, 'secret')]").await;
    let key = secret.prop("value").await.unwrap().unwrap();
    an.look("a key that is shown").await;
    assert_eq!(world.get("/staff/v1/uploads", &key).await.0, 200);
    // It waits for whoever made it to keep it, and then is shown no more.
    an.click("//nav//a[. = 'Collega’s']").await;
    an.find("//strong[. = 'Els Claes']").await;
    an.click("//nav//a[. = 'Sleutels']").await;
    an.find("//input[contains(@class, 'secret')]").await;
    an.click("//button[. = 'Ik heb hem bewaard']").await;
    an.gone("//input[contains(@class, 'secret')]").await;
    an.client.refresh().await.unwrap();
    an.find("//li[contains(., 'nachtelijke export')]").await;
    let text = an.find("//main").await.text().await.unwrap();
    assert!(!text.contains(&key), "{text}");
    an.click("//button[. = 'Intrekken']").await;
    an.click("//dialog//button[. = 'Intrekken']").await;
    focus(&an, "ingetrokken").await;
    assert_eq!(world.get("/staff/v1/uploads", &key).await.1["code"], "key_invalid");
    an.look("keys").await;

    an.click("//nav//a[. = 'Collega’s']").await;
    assert_eq!(world.get("/staff/v1/services", &els).await.0, 200);
    an.click("//button[@aria-label = 'Afnemen van Els Claes: Planning: diensten, uren en loketten']").await;
    an.click("//dialog//button[. = 'Afnemen']").await;
    an.find("//*[contains(@class, 'notice')][starts-with(., 'Afgenomen van Els Claes')]").await;
    assert_eq!(world.get("/staff/v1/services", &els).await.1["code"], "role_missing");
    an.look("a role that was taken").await;
    an.click("//button[@aria-label = 'Teruggeven aan Els Claes: Planning: diensten, uren en loketten']").await;
    an.find("//*[contains(@class, 'notice')][starts-with(., 'Teruggegeven aan Els Claes')]").await;
    assert_eq!(world.get("/staff/v1/services", &els).await.0, 200);
    // One's own are not taken by oneself.
    an.find("//li[contains(., 'An Peeters')][contains(., 'alleen een andere beheerder')]").await;
    let (_, members) = world.get("/staff/v1/members", &token).await;
    assert_eq!(members.as_array().unwrap().len(), 2, "{members}");
    an.client.close().await.unwrap();
}
