//! Letters, the call list, coverage, and how a person is told and who acts for them, in a real browser.

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::{
    announcements, calls,
    console::Seat,
    contacts::code_for,
    page::css,
    reach::chooses,
    world::{Somebody, World, many, paper, somebody},
};

journeys! {
    with "deinze.letters = { enabled = true, sender = [\"Stad Deinze\", \"Brielstraat 2\", \"9800 Deinze\"], signature = [\"Burgerzaken\"] }
deinze.reach = { reminder = { mail = -1, letter = 1, call = -1 } }";
    a_clerk_prints_a_batch_and_notes_what_comes_back,
    a_clerk_works_the_call_list_off,
    an_editor_sees_what_became_of_a_month,
    an_editor_prints_the_page_for_the_council,
    a_clerk_changes_how_somebody_is_told_and_confirms_their_address,
    a_mandate_is_given_ended_and_confirmed_by_a_colleague,
    a_parent_is_blocked_and_acts_again,
}

const CLERK: &[&str] = &["Loket:0207509031"];

/// Writes a day into a field, as its calendar would.
async fn day(seat: &Seat, label: &str, day: &str) {
    let id = seat.field(label).await.attr("id").await.unwrap().unwrap();
    let write = "const e = document.getElementById(arguments[0]);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(e, arguments[1]);
        e.dispatchEvent(new Event('input', { bubbles: true }));";
    seat.client.execute(write, vec![json!(id), json!(day)]).await.unwrap();
}

/// Types where the focus is, as a scanner does.
async fn scan(seat: &Seat, text: &str) {
    seat.client.active_element().await.unwrap().send_keys(&format!("{text}\u{e007}")).await.unwrap();
}

async fn on_a_phone(seat: &Seat, page: &str) {
    seat.client.set_window_size(390, 844).await.unwrap();
    seat.look(page).await;
    seat.client.set_window_size(1180, 1480).await.unwrap();
}

/// The id of somebody, as the counter finds it.
async fn id_of(world: &World, clerk: &str, who: &Somebody) -> String {
    let question = json!({ "national_number": who.number, "reason": "telephone" });
    let (status, found) = world.json("POST", "/staff/v1/residents/search", Some(clerk), &question).await;
    assert_eq!(status, 200, "{found}");
    found[0]["id"].as_str().unwrap().to_owned()
}

/// Somebody's page, looked at because they are here.
async fn person(seat: &Seat, world: &World, id: &str) {
    seat.go(&world.server, &format!("/counter/{id}")).await;
    seat.click("//label[contains(., 'Hier bij mij')]").await;
    seat.click("//button[. = 'Tonen']").await;
    seat.find("//section[h2[. = 'Documenten']]").await;
}

fn notice(text: &str) -> String {
    format!("//*[contains(@class, 'notice')][contains(., '{text}')]")
}

async fn a_clerk_prints_a_batch_and_notes_what_comes_back(world: World) {
    let (anna, luc, jef) =
        (somebody("Anna", "1950-05-05"), somebody("Luc", "1948-01-01"), somebody("Jef", "1946-01-01"));
    world.people(&[&anna, &luc, &jef]).await;
    world.papers(&[&anna, &luc, &jef].map(|who| paper(who, "eid", "2017-06-01", "2027-06-01"))).await;
    world.days(5).await;
    world.employ("Els Claes", CLERK);
    let Some(els) = Seat::at(&world.server, "Els Claes").await else { return };
    els.click("//nav//a[. = 'Brieven']").await;
    els.find("//p[. = 'Er is nog geen stapel.']").await;
    els.look("no batch yet").await;
    els.click("//button[. = 'Stapel maken']").await;
    els.find("//h1[. = 'Stapel 1']").await;
    els.find("//*[contains(@class, 'badge')][. = 'wordt gemaakt']").await;
    els.look("a batch that is being made").await;
    world.drain().await;
    els.find("//*[contains(@class, 'badge')][. = 'klaar om af te drukken']").await;
    let pdf = els.find("//a[. = 'Deel 1 (PDF)']").await.attr("href").await.unwrap().unwrap();
    assert!(pdf.ends_with("/pdf?part=1"), "{pdf}");
    let list = els.find("//a[contains(., 'Lijst voor de drukker')]").await.attr("href").await.unwrap().unwrap();
    assert!(list.ends_with("/manifest"), "{list}");

    // Its letters, one of them found by a name, and taken out with a reason.
    let letter = |name: &str| format!("//li[strong[contains(., '{name}')]]");
    els.click("//button[. = 'Toon']").await;
    els.find(&letter("Anna")).await;
    els.find("//p[. = 'Getoond: 3']").await;
    els.write("Zoek in wat getoond is", "luc").await;
    els.gone(&letter("Anna")).await;
    els.find("//p[. = 'Gevonden: 1 van de 3 die getoond zijn']").await;
    els.look("the letters of a batch").await;
    els.keep("console-letters.png").await;
    let take_out = "//button[. = 'Haal uit de stapel']";
    els.click(&format!("{}{take_out}", letter("Luc"))).await;
    els.click(&format!("//dialog{take_out}")).await;
    els.find("//dialog//*[contains(@class, 'fault')][. = 'Kies waarom.']").await;
    els.look("taking a letter out").await;
    els.choose("Waarom?", "was_told").await;
    els.click(&format!("//dialog{take_out}")).await;
    els.find(&notice("is uit de stapel gehaald")).await;
    // The part that it was in is drawn anew.
    world.drain().await;
    els.find(&format!("{}//*[contains(@class, 'badge')][. = 'eruit gehaald']", letter("Luc"))).await;
    assert_eq!(world.texts("select why from letter where state = 'taken_out'").await, ["was_told"]);
    // Changed their mind, and changed it again.
    els.click(&format!("{}//button[. = 'Leg terug']", letter("Luc"))).await;
    els.find(&notice("ligt weer in de stapel")).await;
    els.click(&format!("{}{take_out}", letter("Luc"))).await;
    els.choose("Waarom?", "wrong_address").await;
    els.click(&format!("//dialog{take_out}")).await;
    els.find(&notice("is uit de stapel gehaald")).await;
    world.drain().await;

    // Printed; once more only if that is meant; and posted.
    els.find("//dd[. = '2 van de 3']").await;
    els.click("//button[. = 'Is afgedrukt']").await;
    els.find(&notice("de stapel is afgedrukt")).await;
    els.find("//*[contains(@class, 'badge')][. = 'afgedrukt']").await;
    els.click("//button[. = 'Is nog eens afgedrukt']").await;
    els.find("//dialog[contains(., 'door Els Claes')]").await;
    els.look("printed before").await;
    els.click("//dialog//button[. = 'Terug']").await;
    els.gone("//dialog").await;
    assert_eq!(world.figure("select printed_times from letter_batch").await, 1);
    els.click("//button[. = 'Toch niet afgedrukt']").await;
    els.click("//dialog//button[. = 'Toch niet afgedrukt']").await;
    els.find(&notice("telt niet meer")).await;
    els.click("//button[. = 'Is afgedrukt']").await;
    els.find(&notice("de stapel is afgedrukt")).await;
    // One dies before the bag goes: it does not go with that letter in it.
    world.people(&[&jef.state("deceased", "2027-03-03")]).await;
    els.click("//button[. = 'Is naar de post']").await;
    els.click("//dialog//button[. = 'Is naar de post']").await;
    let must_out = "//section[@aria-labelledby = 'not-to-send']";
    els.find(&format!("{must_out}{}", letter("Jef"))).await;
    els.look("letters that may not go any more").await;
    els.click(&format!("{must_out}{take_out}")).await;
    els.click(&format!("//dialog{take_out}")).await;
    els.find(&notice("is uit de stapel gehaald")).await;
    els.click(&format!("{must_out}//button[. = 'Is naar de post']")).await;
    els.click("//dialog//button[. = 'Is naar de post']").await;
    els.find("//*[contains(@class, 'badge')][. = 'naar de post']").await;
    els.look("a batch that was posted").await;
    on_a_phone(&els, "a batch on a phone").await;
    world.drain().await;

    // The post brings one back; what is misread is said where it stands, and the next scan takes its place.
    let reference = world.texts("select reference from letter where state = 'posted'").await.pop().unwrap();
    els.go(&world.server, "/letters").await;
    els.find("//a[. = 'Stapel 1']").await;
    els.click("//button[. = 'Noteer als teruggekomen']").await;
    els.find("//*[@id = 'returned-why-fault']").await;
    els.choose("Waarom kwam de brief terug?", "moved").await;
    els.client.find(Locator::Id("returned-reference")).await.unwrap().send_keys("BBBBBBBB\u{e007}").await.unwrap();
    els.find("//*[@id = 'returned-reference-fault'][contains(., 'BBBBBBBB')]").await;
    els.look("a reference of no letter").await;
    scan(&els, &reference.to_lowercase()).await;
    els.find(&format!("//p[contains(., '{reference}: genoteerd (Verhuisd)')]")).await;
    assert_eq!(world.texts("select returned_why from letter where state = 'returned'").await, ["moved"]);
    els.click("//summary[contains(., 'Adressen om na te kijken')]").await;
    els.find("//details//li[contains(., 'Anna')][contains(., 'Verhuisd')][contains(., 'Els Claes')]").await;
    els.look("addresses to check").await;
    on_a_phone(&els, "letters on a phone").await;
    els.click("//button[. = 'Is nagekeken']").await;
    els.find("//p[. = 'Er is geen adres om na te kijken.']").await;
    assert_eq!(world.figure("select count(*) from letter_address").await, 0);
    els.write("Kenmerk", &format!("{}-{}\u{e007}", &reference[..4], &reference[4..])).await;
    els.find(&format!("{}//*[contains(@class, 'badge')][. = 'teruggekomen']", letter("Anna"))).await;
    els.look("a letter that was looked for").await;
    els.client.close().await.unwrap();
}

async fn a_clerk_works_the_call_list_off(world: World) {
    let luc = somebody("Luc", "1948-01-01");
    world.people(&[&luc]).await;
    let rik = world.staff("Rik Maes", CLERK).await;
    let call = calls::planted(&world, "deinze", &id_of(&world, &rik, &luc).await).await;
    world.employ("Els Claes", CLERK);
    let Some(els) = Seat::at(&world.server, "Els Claes").await else { return };
    els.click("//nav//a[. = 'Bellijst']").await;
    els.click("//button[. = 'Toon de lijst']").await;
    els.find("//fieldset//*[contains(@class, 'fault')][contains(., 'waarom je kijkt')]").await;
    els.look("the call list, before one says why").await;
    els.click("//label[contains(., 'Aan de telefoon')]").await;
    els.click("//button[. = 'Toon de lijst']").await;
    els.find("//p[. = 'Eén persoon om te bellen']").await;
    let row = "//ul[contains(@class, 'calls')]/li[contains(., 'Luc')]";
    els.look("whom to call").await;
    els.click(&format!("{row}//button[. = 'Ik bel']")).await;
    els.find(&format!("{row}//*[contains(@class, 'badge')][. = 'Jij belt']")).await;
    // What to say stands open.
    els.find(&format!("{row}//details[@open][contains(., 'Maak een afspraak bij Burgerzaken.')]")).await;
    els.look("a call of one's own").await;
    els.keep("console-calls.png").await;
    els.click(&format!("{row}//button[. = 'Geen antwoord']")).await;
    els.find(&format!("{row}//li[contains(., 'Geen antwoord, door Els Claes')]")).await;
    els.find(&format!("{row}//p[contains(., 'drie pogingen op drie dagen')]")).await;
    on_a_phone(&els, "whom to call, on a phone").await;
    els.click(&format!("{row}//button[. = 'Geef terug']")).await;
    els.find(&notice("staat weer vrij op de lijst")).await;
    els.find(&format!("{row}//button[. = 'Ik bel']")).await;

    // A colleague is quicker: it says who, and the list shows it.
    let take = format!("/staff/v1/calls/{call}/take");
    assert_eq!(world.raw("POST", &take, Some(&rik), None).await.0, 200);
    els.click(&format!("{row}//button[. = 'Ik bel']")).await;
    els.find(&notice("Rik Maes belt deze persoon al")).await;
    els.find(&format!("{row}//*[contains(@class, 'badge')][contains(., 'Rik Maes belt')]")).await;
    els.look("a colleague's call").await;
    // Of a wrong number somebody decides, under their name.
    let wrong = json!({ "result": "wrong_number" });
    let noted = world.json("POST", &format!("/staff/v1/calls/{call}/tries"), Some(&rik), &wrong).await;
    assert_eq!(noted.0, 200, "{noted:?}");
    assert_eq!(world.raw("DELETE", &take, Some(&rik), None).await.0, 200);
    els.click("//button[. = 'Vernieuwen']").await;
    els.click(&format!("{row}//button[. = 'Beslis']")).await;
    els.click("//button[. = 'Ik neem dit op mij']").await;
    els.find("//*[contains(@class, 'fault')][. = 'Schrijf wat je nu doet.']").await;
    els.look("deciding").await;
    els.write("Wat doe je nu?", "Ik ga langs.").await;
    els.click("//button[. = 'Ik neem dit op mij']").await;
    els.find("//p[. = 'Er is niemand om te bellen.']").await;
    assert_eq!(world.texts("select closed_by || ': ' || closed_note from call").await, ["Els Claes: Ik ga langs."]);
    els.look("nobody to call").await;
    // Who has it now can be read, in the list and beside what the person was told.
    els.click("//summary[contains(., 'Bij een collega')]").await;
    els.find("//li[contains(., 'Bij Els Claes sinds')][contains(., 'Ik ga langs.')]").await;
    els.look("whom a colleague has now").await;
    els.keep("calls.png").await;
    let (_, over) = world.get("/staff/v1/calls/handed-over?reason=telephone", &rik).await;
    person(&els, &world, over["handed_over"][0]["resident_id"].as_str().unwrap()).await;
    els.click("//summary[contains(., 'Berichten: verstuurd en gelezen?')]").await;
    els.find("//li[contains(., 'Bij een collega')][contains(., 'Telefoon: niet gelukt')][contains(., 'Ik ga langs.')]")
        .await;
    els.look("how a message went on").await;
    els.keep("told.png").await;
    on_a_phone(&els, "how a message went on, on a phone").await;
    els.client.close().await.unwrap();
}

async fn an_editor_sees_what_became_of_a_month(world: World) {
    let people = many(14);
    let rita = somebody("Rita", "1950-05-05");
    world.people(&people.iter().chain([&rita]).collect::<Vec<_>>()).await;
    chooses(&world, &rita, "push", None, false).await;
    let papers: Vec<_> = people.iter().chain([&rita]).map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect();
    world.papers(&papers).await;
    world.days(2).await;
    world.employ("Jan Jansen", &["Redactie:0207509031"]);
    let Some(jan) = Seat::at(&world.server, "Jan Jansen").await else { return };
    jan.click("//nav//a[. = 'Bereik']").await;
    let cell = |row: &str, column: &str| format!("//tr[th[. = '{row}']]/td[@data-label = '{column}']");
    jan.find(&format!("{}[. = '15']", cell("Herinnering op tijd", "Alle"))).await;
    jan.find("//h2[contains(., '15 berichten')]").await;
    // Of one who said no nothing is told, and nothing from which that follows.
    for hidden in ["Wil het niet", "Onderweg"] {
        jan.find(&format!("{}[. = 'niet getoond']", cell("Herinnering op tijd", hidden))).await;
    }
    jan.find(&format!("{}[. = '0']", cell("Herinnering op tijd", "Gelezen in de app"))).await;
    jan.look("what became of a month").await;
    jan.keep("console-coverage.png").await;
    jan.choose("Verdeeld per", "district").await;
    jan.find(&format!("{}[. = '15']", cell("9800", "Alle"))).await;
    let link = jan.find("//a[contains(., 'CSV')]").await.attr("href").await.unwrap().unwrap();
    assert!(link.ends_with("/staff/v1/coverage/export?month=2027-03-01&by=district"), "{link}");
    on_a_phone(&jan, "what became of a month, on a phone").await;
    jan.choose("Maand", "2027-02-01").await;
    jan.find("//p[. = 'In deze maand begon geen bericht.']").await;
    jan.look("a month without messages").await;
    // What is the counter's stands in nobody else's menu.
    assert!(jan.client.find_all(Locator::XPath("//nav//a[. = 'Bellijst' or . = 'Brieven']")).await.unwrap().is_empty());
    jan.client.close().await.unwrap();
}

async fn an_editor_prints_the_page_for_the_council(world: World) {
    let (people, claire) = (many(14), somebody("Claire", "1960-06-06").speaks("fr"));
    world.people(&people.iter().chain([&claire]).collect::<Vec<_>>()).await;
    world.papers(&people.iter().map(|p| paper(p, "eid", "2017-06-01", "2027-06-01")).collect::<Vec<_>>()).await;
    let mut notice = announcements::draft("Water");
    notice["reach"] = json!("paper");
    announcements::sent(&world, 1, &notice).await;
    let mut few = announcements::draft("Peu");
    few["audience"] = json!([[{ "kind": "language", "languages": ["fr"] }]]);
    few["decision"] = json!("gemeenteraad, punt 12");
    announcements::sent(&world, 2, &few).await;
    world.days(2).await;
    world.employ("Jan Jansen", &["Redactie:0207509031"]);
    let Some(jan) = Seat::at(&world.server, "Jan Jansen").await else { return };
    jan.click("//nav//a[. = 'Bereik']").await;
    jan.choose("Verdeeld per", "announcement").await;
    let cell = |column: &str| format!("//tr[th[. = 'Water']]/td[@data-label = '{column}']");
    jan.find(&format!("{}[. = '15']", cell("Alle"))).await;
    // Nobody of them has the app: their letters wait to be printed.
    jan.find(&format!("{}[. = '15']", cell("Onderweg"))).await;
    // Of the one whom the other concerned, it is said that nothing is told.
    let none = "//tr[th[contains(., 'Peu')]]/td[contains(., 'Minder dan 10 mensen')]";
    jan.find(none).await;
    jan.look("what became of announcements").await;
    on_a_phone(&jan, "what became of announcements, on a phone").await;
    let link = jan.find("//a[. = 'Blad voor de raad']").await.attr("href").await.unwrap().unwrap();
    assert!(link.ends_with("/staff/v1/coverage/council?month=2027-03-01&language=nl"), "{link}");
    let page = format!("{}/staff/v1/coverage/council?month=2027-03-01&language=nl", world.server);
    jan.client.goto(&page).await.unwrap();
    jan.find("//h1[. = 'Wie kreeg onze berichten?']").await;
    jan.find("//tr[th[. = 'Beloofd']]/td[. = '14']").await;
    jan.find("//tr[th[contains(., 'Water')]]/td[. = '15']").await;
    jan.find(none).await;
    jan.look("the page for the council").await;
    on_a_phone(&jan, "the page for the council, on a phone").await;
    jan.keep("council.png").await;
    jan.client.close().await.unwrap();
}

async fn a_clerk_changes_how_somebody_is_told_and_confirms_their_address(world: World) {
    let anna = somebody("Anna", "1950-05-05");
    world.people(&[&anna]).await;
    let rik = world.staff("Rik Maes", CLERK).await;
    let id = id_of(&world, &rik, &anna).await;
    world.employ("Els Claes", CLERK);
    let Some(els) = Seat::at(&world.server, "Els Claes").await else { return };
    person(&els, &world, &id).await;
    els.click("//summary[contains(., 'Contactvoorkeuren')]").await;
    els.find("//dd[. = 'Melding op de telefoon → E-mail → Brief']").await;
    els.look("how somebody is told").await;
    els.click("//button[. = 'Voorkeuren wijzigen']").await;
    els.click("//button[@aria-label = 'Hoger: Brief']").await;
    els.find("//ol/li[2][contains(., 'Brief')]").await;
    els.click("//button[@aria-label = 'Hoger: Brief']").await;
    els.find("//ol/li[1][contains(., 'Brief')]").await;
    els.click("//label[contains(., 'Melding op de telefoon')]").await;
    els.click("//label[. = 'Brieven in grote letters']").await;
    els.click("//label[contains(., 'Brieven voorlezen aan de telefoon')]").await;
    els.choose("Taal", "fr").await;
    els.look("changing how somebody is told").await;
    on_a_phone(&els, "changing how somebody is told, on a phone").await;
    els.click("//button[. = 'Bewaren']").await;
    els.find(&notice("De voorkeuren zijn bewaard")).await;
    els.find("//dd[. = 'Brief → E-mail']").await;
    els.find("//dd[. = 'Frans']").await;
    els.keep("contact.png").await;
    let kept = "select steps || ' ' || language from contact_settings where large_print = true and read_aloud = true";
    assert_eq!(world.texts(kept).await, ["letter,mail fr"]);
    let looks = "select act || ' ' || reason from audit_entry where act like 'contact_settings%' group by act, reason order by act";
    assert_eq!(world.texts(looks).await, ["contact_settings_changed visit", "contact_settings_read visit"]);

    // An address is theirs once they read its code out.
    els.write("E-mailadres", "anna\u{e007}").await;
    els.find("//*[@id = 'contact-email-fault']").await;
    els.write("E-mailadres", "@voorbeeld.example\u{e007}").await;
    els.find("//p[contains(., 'Er is een code gestuurd naar anna@voorbeeld.example')]").await;
    world.drain().await;
    let code = code_for(&world, "anna@voorbeeld.example");
    let another = format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000);
    els.write("Code", &format!("{another}\u{e007}")).await;
    els.find(&notice("Deze code klopt niet")).await;
    els.look("a code that is not right").await;
    let field = els.client.find(css("#contact-code")).await.unwrap();
    field.send_keys(&"\u{e003}".repeat(6)).await.unwrap();
    field.send_keys(&format!("{code}\u{e007}")).await.unwrap();
    els.find(&notice("Het e-mailadres is bevestigd")).await;
    els.find("//dd[contains(., 'anna@voorbeeld.example')][contains(., 'bevestigd op')]").await;
    assert_eq!(world.texts("select email from contact_settings").await, ["anna@voorbeeld.example"]);
    els.client.close().await.unwrap();
}

/// The mandates of somebody, as a colleague reads them.
async fn mandates(world: &World, clerk: &str, id: &str) -> Value {
    let (status, all) = world.get(&format!("/staff/v1/residents/{id}/mandates?reason=request"), clerk).await;
    assert_eq!(status, 200, "{all}");
    all
}

async fn a_mandate_is_given_ended_and_confirmed_by_a_colleague(world: World) {
    let (anna, rosa) = (somebody("Anna", "1950-05-05"), somebody("Rosa", "1980-02-02"));
    world.people(&[&anna, &rosa]).await;
    let rik = world.staff("Rik Maes", CLERK).await;
    let id = id_of(&world, &rik, &anna).await;
    world.employ("Els Claes", CLERK);
    let Some(els) = Seat::at(&world.server, "Els Claes").await else { return };
    person(&els, &world, &id).await;
    els.click("//summary[h2[. = 'Volmachten']]").await;
    els.find("//p[. = 'Geen volmachten.']").await;
    els.click("//button[. = 'Volmacht noteren']").await;
    els.click("//button[. = 'Volmacht geven']").await;
    els.find("//*[contains(@class, 'fault')][. = 'Zoek en kies de andere persoon.']").await;
    els.find("//*[contains(@class, 'fault')][contains(., 'Beiden moeten aan het loket zijn')]").await;
    els.look("what a mandate needs").await;
    let other = async || {
        els.write("Rijksregisternummer", &format!("{}\u{e007}", rosa.number)).await;
        els.find("//p[contains(., 'Wie is de ander?')]/strong[contains(., 'Rosa')]").await;
    };
    other().await;
    day(&els, "Laatste dag", "2031-01-01").await;
    els.find("//*[contains(@class, 'fault')][contains(., '24 maanden')]").await;
    day(&els, "Laatste dag", "2027-12-31").await;
    els.click("//label[contains(., 'Beiden staan hier')]").await;
    els.look("a mandate that is to be given").await;
    on_a_phone(&els, "a mandate that is to be given, on a phone").await;
    els.click("//button[. = 'Volmacht geven']").await;
    els.find(&notice("De volmacht is genoteerd")).await;
    let row = |what: &str| format!("//ul[contains(@class, 'cards')]/li[contains(., 'Rosa')][contains(., '{what}')]");
    els.find(&format!("{}//*[contains(@class, 'badge')][. = 'geldt']", row("Zelf gegeven"))).await;
    let given = mandates(&world, &rik, &id).await["given"][0].clone();
    assert_eq!(
        (&given["proof"], &given["mandate"]["until_on"]),
        (&json!("both_present"), &json!("2027-12-31")),
        "{given}"
    );
    els.look("somebody's mandates").await;
    els.keep("console-mandates.png").await;

    // An order of a court waits for a colleague, who is not who wrote it down.
    els.click("//button[. = 'Volmacht noteren']").await;
    other().await;
    els.choose("Waarop berust ze?", "court_goods").await;
    els.click("//button[. = 'Voorleggen aan een collega']").await;
    els.find("//*[contains(@class, 'fault')][. = 'Vul een dag in.']").await;
    day(&els, "Datum op de beslissing", "2027-01-20").await;
    els.click("//button[. = 'Voorleggen aan een collega']").await;
    let order = row("Bewindvoerder over de goederen");
    els.find(&format!("{order}//*[contains(@class, 'badge')][. = 'wacht op een collega']")).await;
    els.click(&format!("{order}//button[. = 'Bevestigen']")).await;
    els.find("//dialog[contains(., 'zelf gezien')]").await;
    els.look("whether the order was seen").await;
    els.click("//dialog//button[. = 'Bevestigen']").await;
    els.find(&notice("en niet wie het noteerde")).await;
    let all = mandates(&world, &rik, &id).await;
    let proposed = all["given"].as_array().unwrap().iter().find(|m| m["mandate"]["state"] == "proposed").unwrap();
    let confirm = format!("/staff/v1/mandates/{}/confirm?reason=request", proposed["mandate"]["id"].as_str().unwrap());
    assert_eq!(world.raw("POST", &confirm, Some(&rik), None).await.0, 200);
    // The other one is ended, once one is sure; the list shows what the colleague did.
    els.click(&format!("{}//button[. = 'Beëindigen']", row("Zelf gegeven"))).await;
    els.click("//dialog//button[. = 'Beëindigen']").await;
    els.find(&notice("is beëindigd")).await;
    els.find(&format!("{order}[contains(., 'bevestigd door Rik Maes')]//*[contains(@class, 'badge')][. = 'geldt']"))
        .await;
    els.click("//summary[contains(., 'Voorbij of geweigerd (1)')]").await;
    els.find(&format!("{}[contains(., 'beëindigd door een medewerker')]", row("Zelf gegeven"))).await;
    els.look("a mandate that is over").await;
    els.client.close().await.unwrap();
}

async fn a_parent_is_blocked_and_acts_again(world: World) {
    let anna = somebody("Anna", "1985-05-05");
    let emma = somebody("Emma", "2019-05-01").child_of(&[&anna]);
    world.people(&[&anna, &emma]).await;
    let rik = world.staff("Rik Maes", CLERK).await;
    let id = id_of(&world, &rik, &emma).await;
    world.employ("Els Claes", CLERK);
    let Some(els) = Seat::at(&world.server, "Els Claes").await else { return };
    person(&els, &world, &id).await;
    els.click("//summary[h2[. = 'Volmachten']]").await;
    els.click("//button[. = 'Ouder blokkeren']").await;
    els.click("//button[. = 'Blokkeren']").await;
    els.find("//*[contains(@class, 'fault')][. = 'Kies waarom.']").await;
    els.look("what a block needs").await;
    els.write("Rijksregisternummer", &format!("{}\u{e007}", anna.number)).await;
    els.find("//p[contains(., 'Welke ouder?')]/strong[contains(., 'Anna')]").await;
    els.choose("Waarom?", "court").await;
    els.click("//button[. = 'Blokkeren']").await;
    els.look("whether to block").await;
    els.click("//dialog//button[. = 'Blokkeren']").await;
    els.find(&notice("is geblokkeerd")).await;
    els.find("//li[contains(., 'Een ouder van deze persoon is geblokkeerd')][contains(., 'De rechter besliste zo')]")
        .await;
    assert_eq!(mandates(&world, &rik, &id).await["blocked"][0]["why"], "court");
    els.look("a parent who is blocked").await;
    on_a_phone(&els, "a parent who is blocked, on a phone").await;
    els.click("//button[. = 'Blokkering opheffen']").await;
    els.click("//dialog//button[. = 'Blokkering opheffen']").await;
    els.find(&notice("De blokkering is opgeheven")).await;
    assert_eq!(mandates(&world, &rik, &id).await["blocked"], json!([]));
    els.client.close().await.unwrap();
}
