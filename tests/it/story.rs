//! The whole story, in real browsers: a place is planned from nothing, somebody without the app is booked by telephone, comes, is called
//! and helped, and finds it all when they sign in for the first time; a mother books one visit for two children from one reminder.

use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::{
    appointments::{PLACE, SERVICE, place, put, service},
    console::Seat,
    page::{browser, css, find, look},
    world::{World, paper, somebody},
};

journeys! {
    who_rings_is_booked_comes_is_helped_and_finds_it_all_at_the_first_sign_in,
    a_mother_books_one_visit_for_two_children_from_one_reminder,
}

const ELS: (&str, &[&str]) = ("Els Claes", &["Loket:0207509031", "Planner:0207509031"]);

/// Writes into a field of the console, as a calendar or a person who begins anew would.
async fn set(seat: &Seat, label: &str, text: &str) {
    let id = seat.field(label).await.attr("id").await.unwrap().unwrap();
    let write = "const e = document.getElementById(arguments[0]);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, arguments[1]);
        e.dispatchEvent(new Event('input', { bubbles: true }));";
    seat.client.execute(write, vec![json!(id), json!(text)]).await.unwrap();
}

/// SCREENSHOT=docs keeps what a person sees.
async fn keep(client: &Client, name: &str) {
    if let Some(folder) = std::env::var_os("SCREENSHOT") {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).with_file_name(name);
        std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
    }
}

async fn who_rings_is_booked_comes_is_helped_and_finds_it_all_at_the_first_sign_in(world: World) {
    world.employ(ELS.0, ELS.1);
    let Some(els) = Seat::at(&world.server, ELS.0).await else { return };
    let token = world.staff(ELS.0, ELS.1).await;
    let georgette = somebody("Georgette", "1948-03-09");
    world.people(&[&georgette]).await;
    world.papers(&[paper(&georgette, "eid", "2017-04-20", "2027-04-20")]).await;

    // A place with two desks and a service, from nothing.
    els.go(&world.server, "/planning").await;
    els.click("//button[. = 'Nieuwe dienst']").await;
    els.write("Naam (Nederlands)", "Identiteitskaart aanvragen").await;
    els.write("Wat breng je mee", "Je huidige kaart en een recente pasfoto.").await;
    set(&els, "Minuten voor één persoon", "20").await;
    els.click("//label[. = 'Identiteitskaart']").await;
    els.click("//button[. = 'Bewaren']").await;
    els.find("//*[@role = 'status'][starts-with(., 'Bewaard om')]").await;
    els.click("//a[. = 'Naar de planning']").await;
    els.click("//button[. = 'Nieuwe locatie']").await;
    els.write("Naam (Nederlands)", "Wijkhuis Petegem").await;
    els.write("Adres", "Dorp 1, 9800 Deinze").await;
    els.click("//button[. = 'Loket toevoegen']").await;
    els.click("//button[. = 'Bewaren']").await;
    els.find("//*[@role = 'status'][starts-with(., 'Bewaard om')]").await;
    let (_, places) = world.get("/staff/v1/locations", &token).await;
    let hall = places[0]["id"].as_str().unwrap().to_owned();

    // She rings: she is found, and booked for her card. She has no app, so she gets a slip.
    els.go(&world.server, "/counter").await;
    els.click("//label[contains(., 'Aan de telefoon')]").await;
    els.write("Familienaam", "Zonnebloem").await;
    set(&els, "Geboortedatum", "1948-03-09").await;
    els.click("//button[. = 'Opzoeken']").await;
    els.find("//h1[. = 'Georgette Zonnebloem']").await;
    els.look("somebody without the app").await;
    els.click("//button[@aria-label = 'Afspraak maken: Identiteitskaart']").await;
    els.click("//*[contains(@class, 'days')]/button[2]").await;
    els.click("//*[contains(@class, 'times')]/button[3]").await;
    els.click("//*[contains(@class, 'booking')]//button[@type = 'submit']").await;
    let said = els.find("//*[contains(@class, 'notice')][contains(., 'De afspraak is geboekt')]").await;
    assert!(said.text().await.unwrap().contains("app"), "it says that no message reaches her");
    let reference = els.find("//*[contains(@class, 'notice')]//*[@class = 'reference']").await.text().await.unwrap();
    els.look("booked for who rang").await;
    els.keep("story-booked.png").await;
    let (status, visit) = world.get(&format!("/staff/v1/appointments/{reference}?reason=telephone"), &token).await;
    assert_eq!((status, &visit["subjects"][0]["document_kind"]), (200, &json!("eid")), "{visit}");
    let slip = format!("/staff/v1/appointments/{}/slip?reason=telephone", visit["id"].as_str().unwrap());
    els.client.goto(&format!("{}{slip}", world.server)).await.unwrap();
    els.find(&format!("//*[contains(., '{reference}')]")).await;
    els.look("the slip").await;
    els.keep("story-slip.png").await;
    els.client.close().await.unwrap();

    // The next morning she comes, and types the reference at the kiosk.
    let begins: chrono::DateTime<chrono::Utc> = visit["starts_at"].as_str().unwrap().parse().unwrap();
    world.clock.set(begins - chrono::Duration::minutes(15));
    world.drain().await;
    let chief = world.staff("Bea", &["Beheer:0207509031"]).await;
    let (_, secret) = world.key(&chief, &["check_in"]).await;
    let Some((_driver, lobby)) = browser().await else { return };
    lobby.goto(&format!("{}/kiosk/deinze/{hall}", world.server)).await.unwrap();
    find(&lobby, "//h1[. = 'Deze zuil instellen']").await;
    lobby.find(Locator::Id("key")).await.unwrap().send_keys(&format!("{secret}\u{e007}")).await.unwrap();
    find(&lobby, "//h1[. = 'Welkom']").await;
    lobby.active_element().await.unwrap().send_keys(&format!("thuisloket:deinze:{reference}\u{e007}")).await.unwrap();
    find(&lobby, "//*[@id = 'number'][. = 'A1']").await;
    look(&lobby, "her number").await;
    keep(&lobby, "story-kiosk.png").await;

    // The screen shows nothing of her but the number, once a desk calls it.
    lobby.goto(&format!("{}/screen/deinze/{hall}", world.server)).await.unwrap();
    find(&lobby, "//*[contains(., 'Wijkhuis Petegem')]").await;
    let Some(els) = Seat::at(&world.server, ELS.0).await else { return };
    els.go(&world.server, "/desk").await;
    els.click("//button[. = 'Aanmelden aan Loket 1']").await;
    els.find("//h2[. = 'Loket 1']").await;
    els.client.active_element().await.unwrap().send_keys("v").await.unwrap();
    els.find("//*[@class = 'infront']//strong[. = 'A1']").await;
    els.find("//*[@class = 'called'][. = 'Georgette Zonnebloem']").await;
    els.look("she is called").await;
    els.keep("story-desk.png").await;
    find(&lobby, "//*[@id = 'calls'][contains(., 'A1')][contains(., 'Loket 1')]").await;
    let shown = lobby.find(css("body")).await.unwrap().text().await.unwrap();
    assert!(!shown.contains("Georgette") && !shown.contains("Zonnebloem"), "{shown}");
    keep(&lobby, "story-screen.png").await;
    for (pressed, told) in [("b", "Je begon"), ("k", "A1 is klaar")] {
        els.client.active_element().await.unwrap().send_keys(pressed).await.unwrap();
        els.find(&format!("//p[contains(@class, 'told')][contains(., '{told}')]")).await;
    }
    lobby.close().await.unwrap();
    els.client.close().await.unwrap();

    // Weeks later she has the app: she finds the visit, and who looked at what and why.
    world.clock.set(begins + chrono::Duration::days(10));
    let token = world.phone(&georgette, false).await.tokens.unwrap().access;
    let (_, past) = world.get("/v1/past-appointments", &token).await;
    let known = &past["appointments"][0];
    assert_eq!(
        (&known["reference"], &known["location"]["name"]),
        (&json!(reference), &json!("Wijkhuis Petegem")),
        "{past}"
    );
    let (_, trail) = world.get("/v1/audit?limit=100", &token).await;
    let told: Vec<_> = trail["entries"].as_array().unwrap().iter().map(|e| e["what"].as_str().unwrap()).collect();
    for done in [
        "zocht je op",
        "boekte een afspraak voor je",
        "gaf je een nummer",
        "riep je naar een loket",
        "hielp je aan een loket",
    ] {
        assert!(told.iter().any(|what| what.contains(done)), "{done}: {told:?}");
    }
}

async fn a_mother_books_one_visit_for_two_children_from_one_reminder(world: World) {
    world.employ(ELS.0, ELS.1);
    let token = world.staff(ELS.0, ELS.1).await;
    let mut plan = service();
    (plan["document_kinds"], plan["most_persons"]) = (json!(["kids_id"]), json!(3));
    put(&world, &token, &format!("/staff/v1/services/{SERVICE}"), &plan).await;
    put(&world, &token, &format!("/staff/v1/locations/{PLACE}"), &place(1)).await;
    let anna = somebody("Anna", "1985-05-05");
    let (emma, noah) =
        (somebody("Emma", "2019-05-01").child_of(&[&anna]), somebody("Noah", "2021-06-02").child_of(&[&anna]));
    world.people(&[&anna, &emma, &noah]).await;
    let mut phone = world.phone(&anna, true).await;
    let papers = [&emma, &noah].map(|child| paper(child, "kids_id", "2024-05-28", "2027-05-28"));
    world.papers(&papers).await;

    // One reminder speaks of both.
    let mother = async |phone: &mut thuisloket_mobile_contract::phone::Phone| {
        phone.refresh().await.unwrap();
        phone.tokens.clone().unwrap().access
    };
    let mut said = Value::Null;
    for _ in 0..20 {
        world.days(1).await;
        let access = mother(&mut phone).await;
        let (_, inbox) = world.get("/v1/inbox", &access).await;
        let of_papers = |m: &&Value| m["kind"] == "document_reminder";
        if let Some(found) = inbox["messages"].as_array().unwrap().iter().find(of_papers) {
            said = found.clone();
            break;
        }
    }
    let body = said["body"].as_str().unwrap_or_else(|| panic!("no reminder came"));
    assert!(body.contains("Emma") && body.contains("Noah"), "{body}");

    // From it she books for one, and is asked whether the other comes along.
    let access = mother(&mut phone).await;
    let (_, known) = world.get("/v1/documents", &access).await;
    let card = |name: &str| {
        let of = known.as_array().unwrap().iter().find(|d| d["child"] == name);
        of.unwrap_or_else(|| panic!("{known}"))["id"].clone()
    };
    let (_, asked) = world.get(&format!("/v1/documents/{}/visits", card("Emma").as_str().unwrap()), &access).await;
    assert_eq!(asked[0]["also_document_ids"], json!([card("Noah")]), "{asked}");
    let wish = json!({
        "service_id": SERVICE, "location_id": PLACE, "starts_at": asked[0]["starts"][0]["starts_at"], "persons": 2, "hold": false,
        "document_ids": [card("Emma"), card("Noah")],
    });
    let (status, visit) = world.json("POST", "/v1/appointments", Some(&access), &wish).await;
    assert_eq!(status, 200, "{visit}");

    // Whoever receives them sees whom it is for.
    let Some(els) = Seat::at(&world.server, ELS.0).await else { return };
    els.go(&world.server, "/agenda").await;
    els.find("//h1[. = 'Agenda']").await;
    set(&els, "Dag", visit["day"].as_str().unwrap()).await;
    els.click("//ol[@class = 'column']//button[contains(., 'Anna Zonnebloem')]").await;
    els.find("//dialog//dd[contains(., 'Emma')][contains(., 'Noah')][contains(., 'Kids-ID')]").await;
    els.look("one visit for two children").await;
    els.keep("story-children.png").await;
    els.client.close().await.unwrap();
}
