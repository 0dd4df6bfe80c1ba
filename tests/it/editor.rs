//! Writing and approving in the console, in a real browser: what was typed is kept, what was read is approved, what is wrong is said
//! where it stands, and everything goes without a mouse.

use std::time::Duration;

use chrono::{DateTime, Utc};
use fantoccini::{
    Locator,
    actions::{InputSource as _, KeyAction, KeyActions},
    elements::Element,
    key::Key,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    announcements::{act, draft, put},
    console::{Network, Seat},
    page::until,
    world::{World, many, somebody},
};

journeys! {
    what_was_typed_survives_the_network_the_session_and_the_way_back,
    two_windows_of_one_draft_lose_nothing,
    what_went_out_meanwhile_is_not_changed_and_nothing_typed_is_lost,
    who_approves_has_read_what_goes_out,
    what_is_wrong_is_said_where_it_stands_in_both_languages,
    an_emergency_is_written_with_what_its_lock_screen_says,
    what_was_sent_is_found_copied_scheduled_and_taken_back,
    everything_goes_without_a_mouse,
    who_approves_too_late_is_told_so_where_they_decide,
    what_is_corrected_is_shown_as_it_stands_while_one_decides,
    a_list_that_something_is_about_to_go_to_says_why_it_stays,
    audiences_that_are_kept_are_shown_a_page_at_a_time,
    what_is_typed_while_it_is_submitted_does_not_take_that_back,
    what_was_put_right_before_its_refusal_came_is_saved,
    what_is_typed_as_a_number_or_of_another_kind_stays_and_counts_only_if_it_is_right,
    an_image_waits_for_the_rest_and_its_fault_is_said_beside_it,
    what_a_phone_shows_is_what_is_being_written,
    what_was_corrected_says_so_and_what_is_missing_is_said_before_it_goes_out,
    a_list_is_found_again_as_it_was_and_another_person_gets_a_page_of_their_own,
}

const RIK: (&str, &[&str]) = ("Rik Maes", &["Redactie:0207509031", "Noodbericht:0207509031"]);
const BEA: (&str, &[&str]) = ("Bea Devos", &["Goedkeuring:0207509031"]);

/// Somebody at the console, and a tool with the same rights.
async fn seat(world: &World, (name, roles): (&str, &[&str])) -> Option<(Seat, String)> {
    world.employ(name, roles);
    let seat = Seat::at(&world.server, name).await?;
    Some((seat, world.staff(name, roles).await))
}

async fn town(world: &World) {
    world.people(&many(24).iter().collect::<Vec<_>>()).await;
}

async fn saved(seat: &Seat) {
    seat.find("//*[@class = 'savestate'][starts-with(., 'Bewaard om')]").await;
}

/// Begins an announcement to everyone, and gives its id.
async fn begin(world: &World, seat: &Seat, title: &str) -> String {
    seat.go(&world.server, "/").await;
    seat.click("//button[. = 'Nieuw bericht']").await;
    seat.write("Titel", title).await;
    seat.write("Tekst", "Lees dit goed.").await;
    seat.choose("Soort", "everyone").await;
    saved(seat).await;
    let url = seat.client.current_url().await.unwrap().to_string();
    url.rsplit('/').next().unwrap().to_owned()
}

async fn value(seat: &Seat, label: &str) -> String {
    seat.field(label).await.prop("value").await.unwrap().unwrap_or_default()
}

/// What has the focus, by its text or its id.
async fn focused(seat: &Seat) -> String {
    let what = "const e = document.activeElement; return e.id || e.textContent";
    seat.client.execute(what, vec![]).await.unwrap().as_str().unwrap_or_default().to_owned()
}

/// Waits until something has the focus.
async fn focus(seat: &Seat, on: &str) {
    until(&format!("the focus is on {on}"), async || focused(seat).await.contains(on)).await;
}

async fn on_the_server(world: &World, token: &str, id: &str, title: &str) {
    let path = format!("/staff/v1/announcements/{id}");
    until(title, async || world.get(&path, token).await.1["texts"][0]["title"] == title).await;
}

async fn what_was_typed_survives_the_network_the_session_and_the_way_back(world: World) {
    town(&world).await;
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    // The way back, at once after the last key.
    let id = begin(&world, &rik, "Kermis").await;
    rik.write("Titel", " op zondag").await;
    rik.click("//nav//a[. = 'Doelgroepen']").await;
    on_the_server(&world, &token, &id, "Kermis op zondag").await;
    rik.client.back().await.unwrap();
    rik.find("//h1[. = 'Kermis op zondag']").await;
    // Without a network: it says so within the window, and what was typed waits where it was typed.
    rik.client.issue_cmd(Network::Gone).await.unwrap();
    rik.write("Titel", " en maandag").await;
    rik.find("//*[contains(@class, 'savestate')][contains(., 'niet bereikbaar')]").await;
    let top = "return document.querySelector('.savestate').getBoundingClientRect().top < innerHeight";
    rik.client.execute("scrollTo(0, 1500)", vec![]).await.unwrap();
    assert_eq!(rik.client.execute(top, vec![]).await.unwrap(), json!(true), "it is seen wherever one writes");
    rik.client.execute("scrollTo(0, 0)", vec![]).await.unwrap();
    rik.click("//nav//a[. = 'Berichten']").await;
    rik.find("//*[contains(@class, 'notice')][contains(., 'Niet bewaard')]//a[. = 'Kermis op zondag en maandag']")
        .await;
    rik.client.issue_cmd(Network::Slow(0)).await.unwrap();
    rik.click("//*[contains(@class, 'notice')]//a[. = 'Kermis op zondag en maandag']").await;
    rik.find("//*[contains(@class, 'notice')][contains(., 'nog niet bewaard was')]").await;
    on_the_server(&world, &token, &id, "Kermis op zondag en maandag").await;
    saved(&rik).await;
    // After an hour's silence the session is over: what is typed stays, and goes on where it was.
    world.clock.advance(chrono::Duration::minutes(61));
    rik.write("Titel", " in Deinze").await;
    rik.find("//dialog[contains(., 'Je sessie is afgelopen')]").await;
    rik.click("//dialog//button[. = 'Verder gaan']").await;
    rik.find("//dialog//*[@role = 'status'][. = 'Je bent nog niet aangemeld.']").await;
    rik.look("signed out").await;
    let before = rik.client.window().await.unwrap();
    let other = rik.client.new_window(true).await.unwrap();
    rik.client.switch_to_window(other.handle).await.unwrap();
    rik.client.goto(&format!("{}/staff", world.server)).await.unwrap();
    rik.click("//a[contains(., 'Deinze')]").await;
    rik.click("//a[. = 'Rik Maes']").await;
    rik.find("//*[. = 'Aangemeld als Rik Maes']").await;
    rik.client.close_window().await.unwrap();
    rik.client.switch_to_window(before).await.unwrap();
    if !rik.client.find_all(Locator::XPath("//dialog//button[. = 'Verder gaan']")).await.unwrap().is_empty() {
        rik.click("//dialog//button[. = 'Verder gaan']").await;
    }
    let token = world.staff(RIK.0, RIK.1).await;
    on_the_server(&world, &token, &id, "Kermis op zondag en maandag in Deinze").await;
    assert_eq!(value(&rik, "Titel").await, "Kermis op zondag en maandag in Deinze");
    // A closed window, with something half filled in that the server has no place for.
    rik.choose("Soort", "postcode").await;
    rik.find("//*[@class = 'savestate'][contains(., 'behalve wat nog niet volledig')]").await;
    rik.client.refresh().await.unwrap();
    assert_eq!(rik.field("Soort").await.prop("value").await.unwrap().unwrap(), "postcode");
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &token).await;
    assert_eq!(known["audience"], json!([]), "nobody whom the screen does not show");
    rik.client.close().await.unwrap();
}

async fn two_windows_of_one_draft_lose_nothing(world: World) {
    town(&world).await;
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    let id = begin(&world, &rik, "Markt").await;
    for (keeps, expected) in [("Mijn versie bewaren", "Markt hier"), ("De andere versie nemen", "Markt daar 2")] {
        // In another window somebody writes meanwhile.
        let (_, mut known) = world.get(&format!("/staff/v1/announcements/{id}"), &token).await;
        let theirs = if keeps.starts_with('M') { "Markt daar" } else { "Markt daar 2" };
        known["texts"][0]["title"] = json!(theirs);
        let mut draft = draft(theirs);
        draft["version"] = known["version"].clone();
        assert_eq!(world.json("PUT", &format!("/staff/v1/announcements/{id}"), Some(&token), &draft).await.0, 200);
        rik.write("Titel", " hier").await;
        rik.find("//h2[contains(., 'in een ander venster')]").await;
        focus(&rik, "meanwhile").await;
        // Both are there to be compared, and nothing is overwritten while nobody chose.
        rik.find(&format!("//tr[contains(., 'hier')][contains(., '{theirs}')]")).await;
        on_the_server(&world, &token, &id, theirs).await;
        rik.look("two versions").await;
        // Not even by a closed window.
        rik.client.refresh().await.unwrap();
        rik.find("//h2[contains(., 'in een ander venster')]").await;
        rik.click(&format!("//button[. = '{keeps}']")).await;
        on_the_server(&world, &token, &id, expected).await;
        until(expected, async || value(&rik, "Titel").await == expected).await;
    }
    rik.client.close().await.unwrap();
}

/// What was typed without a network, over an announcement that a colleague sent out meanwhile, is neither lost nor sent.
async fn what_went_out_meanwhile_is_not_changed_and_nothing_typed_is_lost(world: World) {
    town(&world).await;
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    world.employ(BEA.0, BEA.1);
    let bea = world.staff(BEA.0, BEA.1).await;
    let id = begin(&world, &rik, "Kermis").await;
    rik.client.issue_cmd(Network::Gone).await.unwrap();
    rik.write("Titel", " zonder vuurwerk").await;
    rik.find("//*[contains(@class, 'savestate')][contains(., 'niet bereikbaar')]").await;
    assert_eq!(act(&world, &token, &id, "submit", "&everyone=true").await.0, 200);
    assert_eq!(act(&world, &bea, &id, "approve", "").await.0, 200);
    world.drain().await;
    rik.click("//nav//a[. = 'Berichten']").await;
    rik.client.issue_cmd(Network::Slow(0)).await.unwrap();
    rik.click("//*[contains(@class, 'notice')]//a[. = 'Kermis zonder vuurwerk']").await;
    rik.find("//*[contains(@class, 'notice')][contains(., 'nog niet bewaard was')]").await;
    saved(&rik).await;
    assert_eq!(value(&rik, "Titel").await, "Kermis zonder vuurwerk");
    let url = rik.client.current_url().await.unwrap().to_string();
    let another = url.rsplit('/').next().unwrap();
    assert_ne!(another, id);
    on_the_server(&world, &token, another, "Kermis zonder vuurwerk").await;
    let (_, first) = world.get(&format!("/staff/v1/announcements/{id}"), &token).await;
    assert_eq!((&first["texts"][0]["title"], &first["state"]), (&json!("Kermis"), &json!("sent")));
    // And what is nowhere else can be thrown away, after a question.
    rik.client.issue_cmd(Network::Gone).await.unwrap();
    rik.write("Titel", " en zonder bier").await;
    rik.find("//*[contains(@class, 'savestate')][contains(., 'niet bereikbaar')]").await;
    rik.click("//nav//a[. = 'Berichten']").await;
    rik.click("//*[contains(@class, 'notice')]//button[. = 'Weggooien']").await;
    focus(&rik, "Terug").await;
    rik.click("//dialog//button[. = 'Weggooien']").await;
    rik.gone("//*[contains(., 'Niet bewaard, alleen')]").await;
    rik.client.issue_cmd(Network::Slow(0)).await.unwrap();
    rik.client.refresh().await.unwrap();
    rik.find("//ul[@class = 'cards']//a[. = 'Kermis zonder vuurwerk']").await;
    assert!(rik.client.find_all(Locator::XPath("//*[contains(., 'Niet bewaard, alleen')]")).await.unwrap().is_empty());
    rik.client.close().await.unwrap();
}

async fn who_approves_has_read_what_goes_out(world: World) {
    town(&world).await;
    let anna = crate::world::somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let Some((bea, _)) = seat(&world, BEA).await else { return };
    world.employ(RIK.0, RIK.1);
    let rik = world.staff(RIK.0, RIK.1).await;
    let mut text = draft("EERSTE TEKST");
    text["texts"].as_array_mut().unwrap().push(json!({ "language": "fr", "title": "PREMIER", "text": "En français." }));
    (text["is_public"], text["place"]) = (json!(true), json!("Markt"));
    let id = put(&world, &rik, 1, &text).await;
    act(&world, &rik, &id, "submit", "&everyone=true").await;
    bea.go(&world.server, "/").await;
    bea.find("//ul[@class = 'waits'][contains(., '1 goed te keuren')]").await;
    bea.click("//ul[@class = 'cards']//a[. = 'EERSTE TEKST']").await;
    // All of it: each language in full, how many, that it is public, where.
    bea.find("//article[@lang = 'fr'][contains(., 'En français.')]").await;
    bea.find("//dd[@id = 'reach-people'][. = '25']").await;
    bea.find("//dt[. = 'Openbaar']/following-sibling::dd[1][starts-with(., 'Ja')]").await;
    bea.find("//dd[contains(., 'Markt')]").await;
    bea.look("approving").await;
    // The question says of what and to how many; no key pressed twice does it, and Escape leads back.
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.find("//dialog[contains(., 'naar 25 mensen')][contains(., 'EERSTE TEKST / PREMIER')]").await;
    focus(&bea, "Terug").await;
    bea.client.active_element().await.unwrap().send_keys(&Key::Escape.to_string()).await.unwrap();
    focus(&bea, "Goedkeuren").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.find("//dialog").await;
    // Meanwhile he writes something else under the open question.
    text["version"] = json!(1);
    text["texts"][0]["title"] = json!("TWEEDE TEKST, DIE BEA NIET LAS");
    put(&world, &rik, 1, &text).await;
    act(&world, &rik, &id, "submit", "&everyone=true").await;
    bea.find("//h2[contains(., 'Rik Maes wijzigde dit')]").await;
    focus(&bea, "newer").await;
    bea.find("//tr[contains(., 'EERSTE TEKST')][contains(., 'TWEEDE TEKST')]").await;
    assert!(bea.client.find_all(Locator::XPath("//dialog | //button[. = 'Goedkeuren']")).await.unwrap().is_empty());
    bea.find("//h1[. = 'EERSTE TEKST']").await;
    bea.look("changed meanwhile").await;
    world.drain().await;
    assert!(world.titles(&mut phone).await.is_empty());
    bea.click("//button[. = 'De nieuwe versie lezen']").await;
    focus(&bea, "content").await;
    // The third comes in the moment in which she says yes to the second: before her page could know.
    bea.click("//button[. = 'Goedkeuren']").await;
    let yes = bea.find("//dialog//button[. = 'Goedkeuren']").await;
    bea.client.issue_cmd(Network::Slow(1500)).await.unwrap();
    text["version"] = json!(2);
    text["texts"][0]["title"] = json!("DERDE TEKST");
    put(&world, &rik, 1, &text).await;
    act(&world, &rik, &id, "submit", "&everyone=true").await;
    if yes.click().await.is_ok() {
        bea.find("//h2[contains(., 'Rik Maes wijzigde dit')]").await;
    }
    bea.client.issue_cmd(Network::Slow(0)).await.unwrap();
    world.drain().await;
    assert!(world.titles(&mut phone).await.is_empty());
    bea.click("//button[. = 'De nieuwe versie lezen']").await;
    bea.find("//h1[. = 'DERDE TEKST']").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.click("//dialog//button[. = 'Goedkeuren']").await;
    focus(&bea, "Goedgekeurd. Het wordt nu verstuurd.").await;
    world.drain().await;
    assert_eq!(world.titles(&mut phone).await, ["DERDE TEKST"]);
    bea.client.close().await.unwrap();
}

/// A refusal is one of what was sent: what is on the screen by then may be right, and is saved by itself.
async fn what_was_put_right_before_its_refusal_came_is_saved(world: World) {
    town(&world).await;
    let Some((rik, _)) = seat(&world, RIK).await else { return };
    begin(&world, &rik, "Markt").await;
    let hold = "const before = window.fetch;
        window.fetch = (request, ...more) =>
            request.method === 'PUT' && !window.release
                ? new Promise((go) => (window.release = go)).then(() => before(request, ...more))
                : before(request, ...more);";
    rik.client.execute(hold, vec![]).await.unwrap();
    // Still to come for the page, and over by the time the server reads it.
    set(&rik, "Geldig tot", "2027-03-01T10:20").await;
    let held = async || rik.client.execute("return !!window.release", vec![]).await.unwrap() == json!(true);
    until("the draft is on its way", held).await;
    world.at("2027-03-01 10:30");
    set(&rik, "Geldig tot", "2027-03-20T00:00").await;
    rik.client.execute("window.release()", vec![]).await.unwrap();
    saved(&rik).await;
    rik.gone("//*[@id = 'f-valid_until-fault']").await;
    rik.client.close().await.unwrap();
}

/// Writes into a field what a person would who begins anew.
async fn set(seat: &Seat, label: &str, text: &str) {
    let field = seat.field(label).await;
    let id = field.attr("id").await.unwrap().unwrap();
    // Dates are typed in parts, in the order of the browser's language.
    let write = "const e = document.getElementById(arguments[0]);
        const p = e.tagName === 'TEXTAREA' ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
        Object.getOwnPropertyDescriptor(p, 'value').set.call(e, arguments[1]);
        e.dispatchEvent(new Event('input', { bubbles: true }));";
    seat.client.execute(write, vec![json!(id), json!(text)]).await.unwrap();
}

async fn what_is_wrong_is_said_where_it_stands_in_both_languages(world: World) {
    town(&world).await;
    let Some((rik, _)) = seat(&world, RIK).await else { return };
    let submit = async |label: &str| {
        rik.click(&format!("//button[. = '{label}']")).await;
    };
    // Nothing at all: a list of what is missing has the focus, and leads to each field.
    rik.click("//button[. = 'Nieuw bericht']").await;
    submit("Ter goedkeuring voorleggen").await;
    rik.find("//*[@role = 'group'][h2[. = 'Nog niet in orde']]").await;
    focus(&rik, "Nog niet in orde").await;
    for text in ["Schrijf een titel en een tekst.", "Kies aan wie het gaat."] {
        rik.find(&format!("//*[h2[. = 'Nog niet in orde']]//a[. = '{text}']")).await;
    }
    rik.look("all that is missing").await;
    rik.click("//a[. = 'Schrijf een titel en een tekst.']").await;
    focus(&rik, "f-title-nl").await;
    rik.click("//a[. = 'Kies aan wie het gaat.']").await;
    focus(&rik, "whom-first").await;
    for (nl, submit_label, title, text) in
        [(true, "Ter goedkeuring voorleggen", "Titel", "Tekst"), (false, "Ask for approval", "Title", "Text")]
    {
        if !nl {
            rik.click("//button[. = 'English']").await;
            rik.find("//button[. = 'Nederlands']").await;
        }
        let faults = |nl_text: &'static str, en_text: &'static str| if nl { nl_text } else { en_text };
        let (publicly, kind) = (faults("Ook openbaar", "Public as well"), faults("Soort", "Kind"));
        set(&rik, title, "Werken").await;
        set(&rik, text, "Donderdag.").await;
        if rik.field(kind).await.prop("value").await.unwrap().unwrap_or_default() != "everyone" {
            rik.choose(kind, "everyone").await;
        }
        // Each fault of each field: said at the field, in the reader's words, and gone when it is put right.
        let fields: [(&str, &str, &str, &str); 19] = [
            (text, "<b>nu</b>", faults("bevat HTML", "has HTML"), "Donderdag."),
            (
                text,
                "[x](http://x.be)",
                faults("begint met https://, mailto:", "begins with https://, mailto:"),
                "Donderdag.",
            ),
            (text, "[x](https:///pad)", faults("geen volledig adres", "no whole address"), "Donderdag."),
            (text, "[](https://x.be)", faults("geen woorden", "no words"), "Donderdag."),
            (text, "\u{200b}", faults("Schrijf een tekst (", "Write a text ("), "Donderdag."),
            (title, "\u{a0}\u{200b}", faults("Schrijf een titel (", "Write a title ("), "Werken"),
            // Years that a slip of the finger makes: with two digits, and with too many nines.
            (faults("Versturen op", "Send at"), "0027-10-03T10:00", faults("Kies een jaar", "Choose a year"), ""),
            (faults("Versturen op", "Send at"), "9999-12-31T23:59", faults("Kies een jaar", "Choose a year"), ""),
            (faults("Begint op", "Begins"), "0002-10-03T10:00", faults("Kies een jaar", "Choose a year"), ""),
            (text, "[Let op]: morgen", faults("zou nergens te zien zijn", "would not be seen anywhere"), "Donderdag."),
            (text, "# Kop", faults("bevat een kop", "has a heading"), "Donderdag."),
            (title, "", faults("Schrijf een titel (", "Write a title ("), "Werken"),
            (text, "", faults("Schrijf een tekst (", "Write a text ("), "Donderdag."),
            (title, &"x".repeat(121), faults("te lang: ten hoogste 120", "too long: 120"), "Werken"),
            (
                faults("Link om meer", "Link to read"),
                "deinze.be",
                faults("Een link begint met https://", "A link begins with https://"),
                "",
            ),
            (faults("Eindigt op", "Ends"), "2027-03-05T09:00", faults("wanneer het begint", "when it begins"), ""),
            (
                faults("Versturen op", "Send at"),
                "2027-02-01T09:00",
                faults("Dit uur is voorbij", "This time has passed"),
                "",
            ),
            (
                faults("Versturen op", "Send at"),
                "2027-03-28T02:30",
                faults("Dit uur bestaat niet", "This hour does not exist"),
                "",
            ),
            (
                faults("Geldig tot", "Valid until"),
                "",
                faults("Vul in tot wanneer", "Fill in until when"),
                "2027-03-20T00:00",
            ),
        ];
        for (label, wrong, says, right) in fields {
            set(&rik, label, wrong).await;
            submit(submit_label).await;
            let id = rik.field(label).await.attr("id").await.unwrap().unwrap();
            rik.find(&format!("//*[@id = '{id}-fault'][contains(., \"{says}\")]")).await;
            rik.find(&format!("//*[@role = 'group']//a[contains(., \"{says}\")]")).await;
            let described = rik.client.find(Locator::Id(&id)).await.unwrap();
            assert!(described.attr("aria-describedby").await.unwrap().unwrap().contains("-fault"));
            assert_eq!(described.attr("aria-invalid").await.unwrap().as_deref(), Some("true"));
            // Opened anew, what was typed is there, and says the same.
            if wrong.starts_with("0027") {
                rik.client.refresh().await.unwrap();
                let field = rik.field(label).await;
                assert_eq!(field.prop("value").await.unwrap().as_deref(), Some(wrong));
                rik.find(&format!("//*[@id = '{id}-fault'][contains(., \"{says}\")]")).await;
            }
            let page = rik.client.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
            for machine in ["must lie", "must begin", "texts.", "verification", "parse", "_at "] {
                assert!(!page.contains(machine), "{machine} in {page}");
            }
            set(&rik, label, right).await;
            rik.gone(&format!("//*[@id = '{id}-fault']")).await;
        }
        // A date that is typed in part is not none.
        rik.field(faults("Versturen op", "Send at")).await.send_keys("03").await.unwrap();
        submit(submit_label).await;
        rik.find(&format!("//*[@id = 'f-send_at-fault'][contains(., '{}')]", faults("volledig in", "whole day"))).await;
        let id = rik.field(faults("Versturen op", "Send at")).await.attr("id").await.unwrap().unwrap();
        rik.client.execute("const e = document.getElementById(arguments[0]); e.value = ''; e.dispatchEvent(new Event('input', { bubbles: true }))", vec![json!(id)]).await.unwrap();
        // The audience: not filled in, without a decision, public though it tells of people.
        rik.choose(kind, "street").await;
        submit(submit_label).await;
        rik.find(&format!(
            "//*[@id = 'whom-first-fault'][contains(., '{}')]",
            faults("nog niet ingevuld", "not filled in yet")
        ))
        .await;
        rik.write(faults("Straat", "Street"), "Kouter").await;
        submit(submit_label).await;
        rik.find(&format!(
            "//*[@id = 'f-decision-fault'][contains(., '{}')]",
            faults("op welke beslissing", "Name the decision")
        ))
        .await;
        rik.choose(kind, "document").await;
        rik.click(&format!("//label[. = '{}']", faults("Identiteitskaart", "Identity card"))).await;
        rik.click(&format!("//label[starts-with(., '{publicly}')]")).await;
        submit(submit_label).await;
        rik.find(&format!(
            "//*[@id = 'f-is_public-fault'][contains(., '{}')]",
            faults("kan niet openbaar", "cannot be public")
        ))
        .await;
        rik.click(&format!("//label[starts-with(., '{publicly}')]")).await;
        // A language that was begun is marked on its tab, wherever one is.
        rik.click(&format!("//button[contains(@class, 'tab')][starts-with(., '{}')]", faults("Frans", "French"))).await;
        rik.write(title, "Travaux").await;
        rik.click(&format!("//button[contains(@class, 'tab')][starts-with(., '{}')]", faults("Nederlands", "Dutch")))
            .await;
        submit(submit_label).await;
        rik.find("//button[contains(@class, 'tab')][contains(., '⚠')]").await;
        rik.click(&format!(
            "//*[@role = 'group']//a[contains(., '{}')]",
            faults("Schrijf een tekst (Frans)", "Write a text (French)")
        ))
        .await;
        focus(&rik, "f-text-fr").await;
        set(&rik, title, "").await;
        rik.click(&format!("//button[contains(@class, 'tab')][starts-with(., '{}')]", faults("Nederlands", "Dutch")))
            .await;
        rik.look("faults").await;
    }
    rik.client.close().await.unwrap();
}

async fn an_emergency_is_written_with_what_its_lock_screen_says(world: World) {
    town(&world).await;
    let anna = crate::world::somebody("Anna", "1985-05-05");
    world.people(&[&anna]).await;
    let mut phone = world.phone(&anna, true).await;
    let Some((rik, _)) = seat(&world, RIK).await else { return };
    begin(&world, &rik, "Gaslek: blijf binnen, sluit ramen en deuren").await;
    let lock =
        async || rik.find("//figure[contains(@class, 'iphone')]//*[@class = 'push']").await.text().await.unwrap();
    assert!(!lock().await.contains("Gaslek"));
    rik.choose("Belang", "emergency").await;
    rik.find("//figure[contains(@class, 'iphone')]//*[@class = 'push'][contains(., 'Gaslek')][contains(., 'Kijk nu')]")
        .await;
    let shown = lock().await;
    assert!(shown.contains("Kijk nu in de app van je gemeente."), "{shown}");
    rik.look("an emergency").await;
    // Not public, it cannot say so: the author is told.
    rik.click("//label[starts-with(., 'Ook openbaar')]").await;
    rik.find("//*[contains(@class, 'notice')][contains(., 'staat nu alleen')]").await;
    rik.click("//label[starts-with(., 'Ook openbaar')]").await;
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.find("//dialog[contains(., 'Dit is een noodgeval')][contains(., '25 mensen')]").await;
    focus(&rik, "Terug").await;
    rik.click("//dialog//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.click("//dialog//button[. = 'Ja, naar iedereen']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
    let Some((bea, _)) = seat(&world, BEA).await else { return };
    bea.click("//ul[@class = 'cards']//a[contains(., 'Gaslek')]").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.find("//dialog[contains(., 'NOODGEVAL')]").await;
    bea.click("//dialog//button[. = 'Goedkeuren']").await;
    focus(&bea, "Goedgekeurd").await;
    world.drain().await;
    phone.receive_all().await;
    let said = &phone.lock_screen[0].text;
    assert_eq!(said, "Gaslek: blijf binnen, sluit ramen en deuren. Kijk nu in de app van je gemeente.");
    for part in said.split(". ") {
        assert!(shown.contains(part.trim_end_matches('.')), "{shown} {said}");
    }
    for seat in [rik, bea] {
        seat.client.close().await.unwrap();
    }
}

async fn what_was_sent_is_found_copied_scheduled_and_taken_back(world: World) {
    town(&world).await;
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    let Some((bea, _)) = seat(&world, BEA).await else { return };
    // Scheduled on the town's clocks.
    let id = begin(&world, &rik, "Rommelmarkt in de Kouter").await;
    set(&rik, "Versturen op", "2027-03-02T17:00").await;
    saved(&rik).await;
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.click("//dialog//button[. = 'Ja, naar iedereen']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
    bea.go(&world.server, "/").await;
    bea.click("//ul[@class = 'cards']//a[. = 'Rommelmarkt in de Kouter']").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.find("//dialog[contains(., '17:00')]").await;
    bea.click("//dialog//button[. = 'Goedkeuren']").await;
    focus(&bea, "Het wordt verstuurd op").await;
    world.at("2027-03-02 17:01");
    world.drain().await;
    let Some((rik, _)) = seat(&world, RIK).await.map(|(fresh, _)| (fresh, drop(rik))) else { return };
    let token = {
        drop(token);
        world.staff(RIK.0, RIK.1).await
    };
    rik.click("//ul[@class = 'cards']//a[. = 'Rommelmarkt in de Kouter']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Verstuurd']").await;
    // As last year: a copy is a draft of its own, and goes to nobody by itself.
    rik.click("//button[. = 'Kopiëren als nieuw bericht']").await;
    rik.find("//h1[. = 'Rommelmarkt in de Kouter']").await;
    assert_eq!(value(&rik, "Versturen op").await, "");
    rik.write("Titel", " 2028").await;
    saved(&rik).await;
    // Found by a word; thrown away after a question.
    rik.click("//nav//a[. = 'Berichten']").await;
    rik.write("Zoeken op titel", "MARKT IN DE kouter 2028").await;
    rik.find("//ul[@class = 'cards'][count(li) = 1]").await;
    rik.click("//ul[@class = 'cards']//a[. = 'Rommelmarkt in de Kouter 2028']").await;
    rik.click("//button[. = 'Weggooien']").await;
    focus(&rik, "Terug").await;
    rik.click("//dialog//button[. = 'Weggooien']").await;
    rik.find("//ul[@class = 'cards'][count(li) = 1]//a[. = 'Rommelmarkt in de Kouter']").await;
    rik.look("the list").await;
    // Taken back: said in words, with the focus there.
    rik.click("//ul[@class = 'cards']//a[. = 'Rommelmarkt in de Kouter']").await;
    rik.click("//button[. = 'Intrekken']").await;
    focus(&rik, "Terug").await;
    rik.click("//dialog//button[. = 'Intrekken']").await;
    focus(&rik, "Ingetrokken.").await;
    world.drain().await;
    rik.find("//*[contains(@class, 'badge')][. = 'Ingetrokken']").await;
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &token).await;
    assert_eq!(known["state"], "withdrawn");
    // What is not there says so under a heading, with a way on.
    rik.go(&world.server, &format!("/announcements/{}", Uuid::from_u128(99))).await;
    rik.find("//h1[. = 'Dit bestaat niet (meer).']").await;
    rik.find("//a[. = 'Naar de berichten']").await;
    for seat in [rik, bea] {
        seat.client.close().await.unwrap();
    }
}

async fn everything_goes_without_a_mouse(world: World) {
    let mut csv = "national_number;family_name;given_names;birth_date;language;street;house_number;postcode;town;latitude;longitude\n".to_owned();
    for (n, person) in many(40).iter().enumerate() {
        let (lat, lon) = (50.9817 + (n % 8) as f64 / 2000.0, 3.5306 + (n / 8) as f64 / 2000.0);
        csv += &format!("{};Peeters;Jan;1980-01-01;nl;Kouter;{n};9800;Deinze;{lat};{lon}\n", person.number);
    }
    world.residents_file("deinze", csv, false).await.unwrap();
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    // As a keyboard does, wherever the focus is.
    let press = async |key: &Key| {
        let value = char::from(*key);
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        rik.client.perform_actions(keys).await.unwrap();
    };
    let tab = Key::Tab;
    let to = async |what: &str| -> Element {
        for _ in 0..90 {
            press(&tab).await;
            if focused(&rik).await.contains(what) {
                return rik.client.active_element().await.unwrap();
            }
        }
        panic!("no tab leads to {what}");
    };
    let enter = Key::Enter;
    rik.find("//button[. = 'Nieuw bericht']").await;
    to("Nieuw bericht").await;
    press(&enter).await;
    rik.find("//h1[. = 'Nieuw bericht']").await;
    to("f-title-nl").await.send_keys("Zonder muis").await.unwrap();
    to("f-text-nl").await.send_keys("Alles gaat met het toetsenbord.").await.unwrap();
    to("whom-first").await.send_keys("Gebied").await.unwrap();
    rik.find("//*[@aria-label = 'Kaart']").await;
    // Where a town does not say where it is, its register does, in a moment.
    rik.find("//*[contains(@class, 'leaflet-control-scale-line')][contains(., '0 m')]").await;
    for _ in 0..30 {
        press(&tab).await;
        let on = rik.client.active_element().await.unwrap().attr("aria-label").await.unwrap();
        if on.as_deref() == Some("Kaart") {
            break;
        }
    }
    // A square: a corner at the cross, and the map moved on beneath it.
    let (right, down, left) = (Key::Right, Key::Down, Key::Left);
    for step in [&right, &down, &left] {
        press(&enter).await;
        for _ in 0..3 {
            press(step).await;
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
    }
    press(&enter).await;
    rik.find("//summary[contains(., '(4)')]").await;
    to("f-decision").await.send_keys("gemeenteraad 25 januari 2027, punt 12").await.unwrap();
    saved(&rik).await;
    rik.find("//dd[@id = 'reach-people'][string(number(.)) != 'NaN']").await;
    to("f-submit").await;
    press(&enter).await;
    rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
    focus(&rik, "Zonder muis").await;
    let (_, all) = world.get("/staff/v1/announcements", &token).await;
    let corners: Vec<Value> = all[0]["audience"][0][0]["corners"].as_array().unwrap().clone();
    assert_eq!(corners.len(), 4, "{all}");
    rik.client.close().await.unwrap();
}

/// Of a script in the page.
async fn says(seat: &Seat, script: &str) -> Value {
    seat.client.execute(script, vec![]).await.unwrap()
}

async fn who_approves_too_late_is_told_so_where_they_decide(world: World) {
    town(&world).await;
    let Some((bea, token)) = seat(&world, BEA).await else { return };
    world.employ(RIK.0, RIK.1);
    let rik = world.staff(RIK.0, RIK.1).await;
    for (n, field, says) in [
        (1, "send_at", "tijdstip van verzending"),
        (2, "valid_until", "was geldig tot"),
        (3, "ends_at", "wat het aankondigt is voorbij"),
    ] {
        let mut text = draft("Markt");
        let soon = world.now() + chrono::Duration::minutes(20);
        let wall = |at: DateTime<Utc>| at.with_timezone(&world.town().zone).format("%Y-%m-%dT%H:%M:%S").to_string();
        match field {
            "valid_until" => text[field] = json!(soon),
            "send_at" => text[field] = json!(wall(soon)),
            _ => (text["begins_at"], text[field]) = (json!(wall(world.now())), json!(wall(soon))),
        }
        let id = put(&world, &rik, n, &text).await;
        let asked = act(&world, &rik, &id, "submit", "&everyone=true").await;
        assert_eq!(asked.0, 200, "{asked:?}");
        bea.go(&world.server, &format!("/announcements/{id}")).await;
        bea.client.refresh().await.unwrap();
        // She has the question before her, and lunch comes between.
        bea.click("//button[. = 'Goedkeuren']").await;
        bea.find("//dialog//button[. = 'Goedkeuren']").await;
        world.clock.advance(chrono::Duration::minutes(21));
        bea.click("//dialog//button[. = 'Goedkeuren']").await;
        bea.find(&format!("//*[contains(@class, 'notice')][contains(., '{says}')][contains(., 'Laat de auteur')]"))
            .await;
        focus(&bea, "kan niet meer goedgekeurd worden").await;
        bea.gone("//button[. = 'Goedkeuren']").await;
        bea.look("too late").await;
        // Whoever opens it later is told before they press anything.
        bea.client.refresh().await.unwrap();
        bea.find(&format!("//*[contains(@class, 'notice')][contains(., '{says}')]")).await;
        bea.gone("//button[. = 'Goedkeuren']").await;
        let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &token).await;
        assert_eq!(known["state"], "submitted");
        // The author chooses another time, and all goes on.
        text["version"] = known["version"].clone();
        (text["send_at"], text["begins_at"], text["ends_at"]) = (Value::Null, Value::Null, Value::Null);
        text["valid_until"] = json!(world.now() + chrono::Duration::days(2));
        put(&world, &rik, n, &text).await;
        act(&world, &rik, &id, "submit", "&everyone=true").await;
        bea.click("//button[. = 'De nieuwe versie lezen']").await;
        bea.find("//button[. = 'Goedkeuren']").await;
    }
    bea.client.close().await.unwrap();
}

async fn what_was_corrected_says_so_and_what_is_missing_is_said_before_it_goes_out(world: World) {
    town(&world).await;
    world.employ("Els Claes", &["Loket:0207509031"]);
    let Some((bea, approver)) = seat(&world, BEA).await else { return };
    world.employ(RIK.0, RIK.1);
    let rik = world.staff(RIK.0, RIK.1).await;
    let out = async |n, text: &Value| {
        let id = put(&world, &rik, n, text).await;
        act(&world, &rik, &id, "submit", "&everyone=true").await;
        act(&world, &approver, &id, "approve", "").await;
        world.drain().await;
        world.clock.advance(chrono::Duration::minutes(1));
        id
    };
    let mut text = draft("Kermis zaterdag");
    text["texts"][0]["text"] = json!("Alles staat [hier](https://deinze.example/kermis).");
    let first = out(1, &text).await;
    bea.go(&world.server, &format!("/announcements/{first}")).await;
    bea.find("//dd[@id = 'told'][. = '0']").await;
    assert!(bea.client.find_all(Locator::XPath("//dt[. = 'Verbeterd door']")).await.unwrap().is_empty());
    // While somebody looks at it.
    let mut better = draft("Kermis zondag");
    better["corrects_id"] = json!(first);
    out(2, &better).await;
    let by = "//dt[. = 'Verbeterd door']/following-sibling::dd[1]";
    bea.find(&format!("{by}//a[. = 'Kermis zondag']")).await;
    bea.find(&format!("{by}//*[contains(@class, 'badge')][. = 'Verstuurd']")).await;
    bea.look("what was corrected").await;
    // What stands behind a word is read before it is approved.
    bea.find("//*[@dir]//a[. = 'hier']").await;
    let leads = "return getComputedStyle(document.querySelector('.read [dir] a'), '::after').content";
    assert_eq!(says(&bea, leads).await, json!("\" (https://deinze.example/kermis)\""));
    // Who tells those that have no app tells them what is right.
    let Some(els) = Seat::at(&world.server, "Els Claes").await else { return };
    els.go(&world.server, "/unreached").await;
    els.find("//li[contains(., 'Kermis zaterdag')]//*[. = 'verbeterd']").await;
    els.click("//li//a[. = 'Kermis zaterdag']").await;
    els.find("//*[contains(@class, 'notice')][contains(., 'Een later bericht verbetert dit')]").await;
    els.client.close().await.unwrap();
    // Nothing in the language of most, and whoever decides is told.
    let mut french = draft("Kermesse");
    french["texts"][0]["language"] = json!("fr");
    let id = put(&world, &rik, 3, &french).await;
    act(&world, &rik, &id, "submit", "&everyone=true").await;
    bea.go(&world.server, &format!("/announcements/{id}")).await;
    let unwritten =
        "//*[contains(@class, 'notice')][contains(., 'geen tekst in deze taal: Nederlands')][contains(., 'Frans')]";
    bea.find(unwritten).await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.find(&format!("//dialog{unwritten}")).await;
    bea.click("//dialog//button[. = 'Terug']").await;
    bea.client.close().await.unwrap();
    // Whoever writes it is told as well, and what else cannot be.
    let Some((rik, _)) = seat(&world, RIK).await else { return };
    rik.go(&world.server, "/").await;
    rik.click("//button[. = 'Nieuw bericht']").await;
    rik.click("//button[contains(@class, 'tab')][starts-with(., 'Frans')]").await;
    rik.write("Titel", "Kermesse").await;
    rik.write("Tekst", "Dimanche.").await;
    rik.find(unwritten).await;
    set(&rik, "Begint op", "2027-02-05T09:00").await;
    rik.find("//*[@id = 'f-begins_at-fault'][contains(., 'al voorbij')]").await;
    // In the night in which the clocks are put back: which of the two, and on the server it is that one.
    set(&rik, "Begint op", "2027-10-31T02:30").await;
    rik.find("//*[contains(., 'Dit uur komt twee keer voor')][contains(., 'eerste keer')]").await;
    saved(&rik).await;
    let url = rik.client.current_url().await.unwrap().to_string();
    let token = world.staff(RIK.0, RIK.1).await;
    let (_, known) = world.get(&format!("/staff/v1/announcements/{}", url.rsplit('/').next().unwrap()), &token).await;
    assert_eq!(known["begins_at"], "2027-10-31T00:30:00Z");
    rik.find("//aside[@class = 'phones'][contains(., '2:30')]").await;
    // Where the lines of an area cross, its reach says so, and not that something is wrong.
    rik.choose("Soort", "polygon").await;
    rik.draw(&[(-160.0, -90.0), (160.0, 90.0), (160.0, -90.0), (-160.0, 90.0)]).await;
    rik.find("//*[@class = 'reach']//*[@class = 'fault'][. = 'De lijnen van het gebied kruisen elkaar. Versleep een hoek of teken opnieuw.']").await;
    // Of several groups, at the one where they do, wherever that is said.
    rik.choose("Soort", "everyone").await;
    rik.click("//button[. = 'Nog een groep']").await;
    rik.find("//select[@id = 'whom-2-1']").await.select_by_value("polygon").await.unwrap();
    rik.draw(&[(-160.0, -90.0), (160.0, 90.0), (160.0, -90.0), (-160.0, 90.0)]).await;
    let crosses = "[starts-with(., 'Groep 2: De lijnen van het gebied kruisen')]";
    rik.find(&format!("//*[@class = 'reach']//*[@class = 'fault']{crosses}")).await;
    rik.find(&format!("//*[@id = 'whom-2-1-fault']{crosses}")).await;
    assert!(rik.client.find_all(Locator::Id("whom-first-fault")).await.unwrap().is_empty());
    rik.click("//summary[. = 'Deze doelgroep bewaren']").await;
    rik.write("Naam van de doelgroep", "Markt").await;
    rik.click("//details//button[. = 'Bewaren']").await;
    rik.find(&format!("//details//*[@class = 'fault']{crosses}")).await;
    rik.client.close().await.unwrap();
}

async fn what_is_typed_while_it_is_submitted_does_not_take_that_back(world: World) {
    town(&world).await;
    let Some((rik, writer)) = seat(&world, RIK).await else { return };
    rik.go(&world.server, "/").await;
    rik.click("//button[. = 'Nieuw bericht']").await;
    rik.write("Titel", "Markt").await;
    rik.write("Tekst", "Zaterdag.").await;
    rik.choose("Soort", "topic").await;
    rik.find("//*[@class = 'savestate'][contains(., 'Bewaard om')]").await;
    rik.client.issue_cmd(Network::Slow(1_500)).await.unwrap();
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.write("Tekst", " En zondag.").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
    rik.client.issue_cmd(Network::Slow(0)).await.unwrap();
    // Longer than a pause in typing is waited for.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let (_, all) = world.get("/staff/v1/announcements", &writer).await;
    let only = &all[0];
    assert_eq!((&only["state"], &only["texts"][0]["text"]), (&json!("submitted"), &json!("Zaterdag.")), "{all}");
    // What was typed since waits where it was typed.
    rik.go(&world.server, "/").await;
    rik.find("//*[contains(@class, 'notice')][contains(., 'alleen in deze browser')]//a[. = 'Markt']").await;
    rik.client.close().await.unwrap();
}

async fn audiences_that_are_kept_are_shown_a_page_at_a_time(world: World) {
    town(&world).await;
    let Some((rik, writer)) = seat(&world, RIK).await else { return };
    for n in 0..21 {
        let path = format!("/staff/v1/audiences/{}", Uuid::from_u128(60 + n));
        let body = json!({ "version": 0, "name": format!("Wijk {n:02}"), "audience": [[{ "kind": "everyone" }]] });
        assert_eq!(world.json("PUT", &path, Some(&writer), &body).await.0, 200);
    }
    rik.go(&world.server, "/audiences").await;
    rik.find("//li/strong[. = 'Wijk 19']").await;
    rik.click("//button[. = 'Meer tonen']").await;
    rik.find("//li/strong[. = 'Wijk 20']").await;
    // An announcement chooses from all of them.
    rik.go(&world.server, &format!("/compose/{}", Uuid::from_u128(98))).await;
    rik.find("//option[starts-with(., 'Wijk 20')]").await;
    rik.client.close().await.unwrap();
}

async fn a_list_that_something_is_about_to_go_to_says_why_it_stays(world: World) {
    town(&world).await;
    let Some((rik, writer)) = seat(&world, RIK).await else { return };
    rik.go(&world.server, "/audiences").await;
    rik.find("//*[@class = 'help'][. = 'Er is nog geen lijst.']").await;
    let (list, number) = (Uuid::from_u128(5), somebody("Iemand", "1980-01-01").number);
    let body = ("application/octet-stream", number.into_bytes());
    let path = format!("/staff/v1/people-lists/{list}?name=Standhouders");
    assert_eq!(world.raw("PUT", &path, Some(&writer), Some(body)).await.0, 200);
    let mut to = draft("Aan de standhouders");
    (to["audience"], to["decision"]) = (json!([[{ "kind": "list", "list_id": list }]]), json!("x"));
    let id = put(&world, &writer, 1, &to).await;
    assert_eq!(act(&world, &writer, &id, "submit", "").await.0, 200);
    rik.client.refresh().await.unwrap();
    rik.click("//button[@aria-label = 'Verwijderen: Standhouders']").await;
    rik.click("//dialog[@open]//button[. = 'Verwijderen']").await;
    rik.find("//*[contains(., 'Een bericht dat klaarstaat, gaat naar deze lijst.')]").await;
    rik.find("//li/strong[. = 'Standhouders']").await;
    // Whoever approves it sees to which list it goes.
    let Some((bea, _)) = seat(&world, BEA).await else { return };
    bea.go(&world.server, &format!("/announcements/{id}")).await;
    bea.find("//dd[contains(., 'Lijst van personen: Standhouders (minder dan 10)')]").await;
    bea.client.close().await.unwrap();
    rik.client.close().await.unwrap();
}

async fn what_is_corrected_is_shown_as_it_stands_while_one_decides(world: World) {
    town(&world).await;
    let Some((bea, approver)) = seat(&world, BEA).await else { return };
    world.employ(RIK.0, RIK.1);
    let rik = world.staff(RIK.0, RIK.1).await;
    let first = put(&world, &rik, 1, &draft("Kermis zaterdag")).await;
    act(&world, &rik, &first, "submit", "&everyone=true").await;
    act(&world, &approver, &first, "approve", "").await;
    world.drain().await;
    let mut better = draft("Kermis zondag");
    (better["corrects_id"], better["begins_at"]) = (json!(first), json!("2027-03-20T09:00:00"));
    let id = put(&world, &rik, 2, &better).await;
    assert_eq!(act(&world, &rik, &id, "submit", "").await.0, 200);
    // In the list it is marked as what it is.
    bea.go(&world.server, "/").await;
    bea.find("//ul[@class = 'cards']/li[contains(., 'Kermis zondag')][contains(., 'Verbetering')]").await;
    assert_eq!(
        bea.client
            .find_all(Locator::XPath("//ul[@class = 'cards']/li[contains(., 'Verbetering')]"))
            .await
            .unwrap()
            .len(),
        1
    );
    bea.click("//ul[@class = 'cards']//a[. = 'Kermis zondag']").await;
    // What begins and has no end ends in no dash.
    let event =
        bea.find("//dt[. = 'Waar en wanneer gebeurt het?']/following-sibling::dd[1]").await.text().await.unwrap();
    assert!(event.contains("9:00") && !event.contains('–'), "{event}");
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.find("//dialog[contains(., 'Kermis zaterdag')]//*[contains(@class, 'badge')][. = 'Verstuurd']").await;
    // Under the open question the first is taken back.
    act(&world, &approver, &first, "withdraw", "").await;
    world.drain().await;
    bea.find("//dialog//*[contains(@class, 'badge')][. = 'Ingetrokken']").await;
    bea.look("a correction").await;
    bea.click("//dialog//button[. = 'Terug']").await;
    bea.find("//dd//*[contains(@class, 'badge')][. = 'Ingetrokken']").await;
    // And in the moment in which she says yes.
    let second = put(&world, &rik, 3, &draft("Markt zaterdag")).await;
    act(&world, &rik, &second, "submit", "&everyone=true").await;
    act(&world, &approver, &second, "approve", "").await;
    world.drain().await;
    let mut better = draft("Markt zondag");
    better["corrects_id"] = json!(second);
    let id = put(&world, &rik, 4, &better).await;
    act(&world, &rik, &id, "submit", "").await;
    bea.go(&world.server, &format!("/announcements/{id}")).await;
    bea.find("//dd//*[contains(@class, 'badge')][. = 'Verstuurd']").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    let yes = bea.find("//dialog//button[. = 'Goedkeuren']").await;
    // Its own looks stand still meanwhile.
    says(&bea, "Object.defineProperty(document, 'hidden', { value: true, configurable: true })").await;
    act(&world, &approver, &second, "withdraw", "").await;
    world.drain().await;
    yes.click().await.unwrap();
    bea.find("//*[contains(@class, 'notice')][contains(., 'Met het eerste bericht is intussen iets gebeurd')]").await;
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &rik).await;
    assert_eq!(known["state"], "submitted");
    bea.find("//dd//*[contains(@class, 'badge')][. = 'Ingetrokken']").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.click("//dialog//button[. = 'Goedkeuren']").await;
    focus(&bea, "Goedgekeurd").await;
    bea.client.close().await.unwrap();
}

async fn what_is_typed_as_a_number_or_of_another_kind_stays_and_counts_only_if_it_is_right(world: World) {
    town(&world).await;
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    let id = begin(&world, &rik, "Voor wie ouder is").await;
    let audience = async || world.get(&format!("/staff/v1/announcements/{id}"), &token).await.1["audience"].clone();
    rik.choose("Soort", "age").await;
    focus_of(&rik, "whom-first").await;
    for typed in ["200", "2.5", "-1", ""] {
        set(&rik, "Tot en met", typed).await;
        let field = rik.field("Tot en met").await;
        let fault =
            format!("//*[@id = '{}-fault'][contains(., 'van 0 tot 150')]", field.attr("id").await.unwrap().unwrap());
        rik.find(&fault).await;
        rik.field("Titel").await.click().await.unwrap();
        assert_eq!(value(&rik, "Tot en met").await, typed, "what was typed stays when one goes on");
        rik.gone("//dd[@id = 'reach-people']").await;
        rik.find("//*[@class = 'savestate'][contains(., 'behalve wat nog niet volledig')]").await;
        assert_eq!(audience().await, json!([]), "{typed:?} is nobody's age");
        rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
        rik.find("//*[@id = 'whom-first-fault']").await;
    }
    set(&rik, "Tot en met", "77").await;
    saved(&rik).await;
    rik.find("//dd[@id = 'reach-people']").await;
    assert_eq!(audience().await[0][0]["until"], 77);
    // Past another kind and back, with the focus where one chooses.
    rik.choose("Soort", "postcode").await;
    focus_of(&rik, "whom-first").await;
    rik.write("Postcodes", "9800").await;
    rik.choose("Soort", "age").await;
    focus_of(&rik, "whom-first").await;
    assert_eq!(value(&rik, "Tot en met").await, "77");
    rik.choose("Soort", "postcode").await;
    assert_eq!(value(&rik, "Postcodes").await, "9800");
    // Of several conditions, the one that goes takes nothing of the next along.
    rik.click("//button[. = 'Voorwaarde toevoegen']").await;
    set(&rik, "Tot en met", "66").await;
    rik.click("(//fieldset[@class = 'condition'])[1]//button[. = 'Verwijderen']").await;
    focus(&rik, "group-0").await;
    assert_eq!(value(&rik, "Tot en met").await, "66");
    saved(&rik).await;
    assert_eq!(audience().await, json!([[{ "kind": "age", "from": 18, "until": 66, "not": false }]]));
    // A middle whose coordinates are being typed is nowhere, and a circle around it nobody's.
    rik.choose("Soort", "circle").await;
    rik.click("//button[. = 'Midden zetten bij het kruis']").await;
    saved(&rik).await;
    rik.click("//summary[contains(., 'Breedtegraad')]").await;
    let right = value(&rik, "Breedtegraad").await;
    for typed in ["", "91"] {
        set(&rik, "Breedtegraad", typed).await;
        rik.find("//*[@class = 'savestate'][contains(., 'behalve wat nog niet volledig')]").await;
        assert_eq!(audience().await, json!([]), "{typed:?} is no latitude");
    }
    set(&rik, "Breedtegraad", &right).await;
    saved(&rik).await;
    assert_eq!(audience().await[0][0]["kind"], "circle");
    rik.client.close().await.unwrap();
}

/// Whether a field keeps the focus while it is changed.
async fn focus_of(seat: &Seat, id: &str) {
    focus(seat, id).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(focused(seat).await, id);
}

async fn an_image_waits_for_the_rest_and_its_fault_is_said_beside_it(world: World) {
    town(&world).await;
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    let id = begin(&world, &rik, "Affiche").await;
    let has = async || world.get(&format!("/staff/v1/announcements/{id}"), &token).await.1["image_id"].is_string();
    let broken = world.file("broken.png", "not an image");
    let fine = world.file("affiche.png", crate::writing::png(320, 40));
    let field = rik.field("Afbeelding").await;
    field.send_keys(broken.to_str().unwrap()).await.unwrap();
    rik.find("//*[@id = 'f-image-fault'][contains(., 'geen bruikbare afbeelding')]").await;
    rik.look("a wrong image").await;
    // Too much for anybody to take is said before it is sent.
    let big = world.file("big.png", vec![0u8; 4 * 1024 * 1024 + 1]);
    rik.field("Afbeelding").await.send_keys(big.to_str().unwrap()).await.unwrap();
    rik.find("//*[@id = 'f-image-fault'][contains(., 'te groot')]").await;
    // While something else is red, it waits.
    set(&rik, "Link om meer", "deinze.be").await;
    rik.field("Afbeelding").await.send_keys(fine.to_str().unwrap()).await.unwrap();
    rik.find("//*[@role = 'status'][contains(., 'affiche.png wordt toegevoegd')]").await;
    rik.gone("//*[@id = 'f-image-fault']").await;
    assert!(!has().await);
    set(&rik, "Link om meer", "https://deinze.be").await;
    rik.find("//img[@class = 'picture']").await;
    assert!(has().await);
    // Past another page, with the rest still red.
    let another = world.file("lampions.png", crate::writing::png(300, 60));
    set(&rik, "Link om meer", "deinze.be").await;
    rik.field("Afbeelding").await.send_keys(another.to_str().unwrap()).await.unwrap();
    rik.find("//*[@role = 'status'][contains(., 'lampions.png wordt toegevoegd')]").await;
    rik.click("//nav//a[. = 'Doelgroepen']").await;
    rik.find("//h1[. = 'Doelgroepen']").await;
    rik.client.back().await.unwrap();
    rik.find("//*[@role = 'status'][contains(., 'lampions.png wordt toegevoegd')]").await;
    let which = async || world.get(&format!("/staff/v1/announcements/{id}"), &token).await.1["image_id"].clone();
    let before = which().await;
    set(&rik, "Link om meer", "https://deinze.be").await;
    until("another image", async || which().await != before).await;
    saved(&rik).await;
    // While another window has another version: it waits until one is chosen, and asks nobody meanwhile.
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &token).await;
    let mut theirs = draft("Affiche van een ander");
    theirs["version"] = known["version"].clone();
    assert_eq!(world.json("PUT", &format!("/staff/v1/announcements/{id}"), Some(&token), &theirs).await.0, 200);
    rik.field("Afbeelding").await.send_keys(fine.to_str().unwrap()).await.unwrap();
    rik.find("//h2[contains(., 'in een ander venster')]").await;
    let asked = "return performance.getEntriesByType('resource').filter((e) => e.name.includes('/image')).length";
    let before = says(&rik, asked).await.as_i64().unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(says(&rik, asked).await.as_i64().unwrap(), before, "nothing is sent while nobody chose");
    rik.click("//button[. = 'Mijn versie bewaren']").await;
    on_the_server(&world, &token, &id, "Affiche").await;
    assert_eq!(value(&rik, "Titel").await, "Affiche");
    rik.gone("//*[@role = 'status'][contains(., 'affiche.png')]").await;
    rik.find("//img[@class = 'picture']").await;
    // Without a network too, and whoever submits at once sends it along.
    rik.click("//button[. = 'Afbeelding weghalen']").await;
    rik.gone("//img[@class = 'picture']").await;
    rik.client.issue_cmd(Network::Gone).await.unwrap();
    rik.field("Afbeelding").await.send_keys(fine.to_str().unwrap()).await.unwrap();
    rik.find("//*[@role = 'status'][contains(., 'affiche.png wordt toegevoegd')]").await;
    rik.client.issue_cmd(Network::Slow(0)).await.unwrap();
    rik.find("//img[@class = 'picture']").await;
    until("the server has the image", has).await;
    rik.client.close().await.unwrap();
}

async fn what_a_phone_shows_is_what_is_being_written(world: World) {
    town(&world).await;
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    let id = begin(&world, &rik, "Geen water").await;
    let app = "//figure[not(contains(@class, 'i')) or not(.//*[@class = 'push'])]//article";
    // What cannot be saved is shown as it stands, and said to be so.
    set(&rik, "Link om meer", "deinze.be").await;
    set(&rik, "Titel", "Weer water").await;
    set(&rik, "Tekst", "Vanaf **morgen**.").await;
    rik.find(&format!("{app}[h3[. = 'Weer water']][contains(., 'Vanaf **morgen**.')]")).await;
    rik.find("//*[contains(., 'Dit is wat je nu schrijft')]").await;
    // Its title on the lock screen goes with what is ticked, at once.
    rik.choose("Belang", "emergency").await;
    rik.find("//figure[contains(@class, 'iphone')]//*[@class = 'push'][contains(., 'Weer water')]").await;
    rik.choose("Belang", "ordinary").await;
    rik.gone("//figure[contains(@class, 'iphone')]//*[@class = 'push'][contains(., 'Weer water')]").await;
    set(&rik, "Link om meer", "").await;
    rik.find(&format!("{app}//strong[. = 'morgen']")).await;
    rik.gone("//*[contains(@class, 'phones')]//*[contains(., 'Dit is wat je nu schrijft')]").await;
    // From a word processor: what is bold stays bold, a link a link, a list a list.
    let word = "<p class=MsoNormal>Breng <b>twee</b> dingen mee:<o:p></o:p></p>\
        <p class=MsoListParagraph><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>je <i>kaart</i></p>\
        <p class=MsoListParagraph><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>zie <a href='https://deinze.be/kaart'>de site</a></p>";
    let paste = format!(
        "const e = document.getElementById('f-text-nl'); e.focus(); e.select();
         const data = new DataTransfer();
         data.setData('text/plain', 'Breng twee dingen mee:\\n·\\tje kaart\\n·\\tzie de site');
         data.setData('text/html', {});
         e.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}))",
        json!(word)
    );
    says(&rik, &paste).await;
    let text = value(&rik, "Tekst").await;
    assert_eq!(text, "Breng **twee** dingen mee:\n\n- je *kaart*\n- zie [de site](https://deinze.be/kaart)");
    rik.find(&format!("{app}//li[em[. = 'kaart']]")).await;
    // Two windows that wrote the same have nothing to choose.
    let (_, known) = world.get(&format!("/staff/v1/announcements/{id}"), &token).await;
    let mut same = draft("Weer water 2");
    same["version"] = known["version"].clone();
    for part in ["texts", "audience", "valid_until", "importance", "topic"] {
        same[part] = known[part].clone();
    }
    same["texts"][0]["title"] = json!("Weer water 2");
    assert_eq!(world.json("PUT", &format!("/staff/v1/announcements/{id}"), Some(&token), &same).await.0, 200);
    let state = async || world.get(&format!("/staff/v1/announcements/{id}"), &token).await.1["state"].clone();
    assert_eq!(act(&world, &token, &id, "submit", "&everyone=true").await.0, 200);
    set(&rik, "Titel", "Weer water 2").await;
    rik.find("//*[contains(@class, 'notice')][contains(., 'opnieuw')]").await;
    saved(&rik).await;
    rik.gone("//h2[contains(., 'in een ander venster')]").await;
    assert_eq!(value(&rik, "Titel").await, "Weer water 2");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(state().await, "submitted", "what the other window asked for is not taken back");
    // An emergency that corrects what was for some by their age: what the phone will not show, the preview does not.
    world.employ(BEA.0, BEA.1);
    let bea = world.staff(BEA.0, BEA.1).await;
    let mut first = draft("Voor wie ouder is");
    first["audience"] = json!([[{ "kind": "age", "from": 18, "until": 120, "not": false }]]);
    first["decision"] = json!("gemeenteraad 25 januari 2027, punt 12");
    let of_age = put(&world, &token, 7, &first).await;
    assert_eq!(act(&world, &token, &of_age, "submit", "&everyone=true").await.0, 200);
    assert_eq!(act(&world, &bea, &of_age, "approve", "").await.0, 200);
    world.drain().await;
    rik.go(&world.server, &format!("/announcements/{of_age}")).await;
    rik.click("//button[. = 'Verbetering schrijven']").await;
    rik.choose("Belang", "emergency").await;
    rik.find("//*[contains(@class, 'savestate')][starts-with(., 'Bewaard om')]").await;
    rik.gone("//figure[contains(@class, 'iphone')]//*[@class = 'push'][contains(., 'Voor wie ouder')]").await;
    rik.find("//*[contains(@class, 'notice')][contains(., 'staat nu alleen')]").await;
    rik.client.close().await.unwrap();
}

async fn a_list_is_found_again_as_it_was_and_another_person_gets_a_page_of_their_own(world: World) {
    town(&world).await;
    let Some((rik, token)) = seat(&world, RIK).await else { return };
    for (n, title) in [(1, "Markt"), (2, "Markt en kermis"), (3, "Water")] {
        put(&world, &token, n, &draft(title)).await;
    }
    rik.go(&world.server, "/").await;
    rik.write("Zoeken op titel", "markt").await;
    rik.find("//ul[@class = 'cards'][count(li) = 2]").await;
    rik.click("//ul[@class = 'cards']//a[. = 'Markt en kermis']").await;
    rik.find("//h1[. = 'Markt en kermis']").await;
    rik.client.back().await.unwrap();
    rik.find("//ul[@class = 'cards'][count(li) = 2]").await;
    assert_eq!(value(&rik, "Zoeken op titel").await, "markt");
    // Whoever asks for the list anew gets all of it.
    rik.click("//nav//a[. = 'Doelgroepen']").await;
    rik.click("//nav//a[. = 'Berichten']").await;
    rik.find("//ul[@class = 'cards'][count(li) = 3]").await;
    // In another window of this browser somebody else signs in.
    world.employ(BEA.0, BEA.1);
    let before = rik.client.window().await.unwrap();
    let other = rik.client.new_window(true).await.unwrap();
    rik.client.switch_to_window(other.handle).await.unwrap();
    rik.client.goto(&format!("{}/staff", world.server)).await.unwrap();
    rik.click("//button[. = 'Afmelden']").await;
    rik.click("//a[contains(., 'Deinze')]").await;
    rik.click("//a[. = 'Bea Devos']").await;
    rik.find("//*[. = 'Aangemeld als Bea Devos']").await;
    rik.client.close_window().await.unwrap();
    rik.client.switch_to_window(before).await.unwrap();
    rik.find("//*[. = 'Aangemeld als Bea Devos']").await;
    rik.gone("//button[. = 'Nieuw bericht']").await;
    rik.client.close().await.unwrap();
}
