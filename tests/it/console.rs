//! The console of staff, in a real browser: what a town does with it on a Wednesday, by hand and by keyboard.

use std::{path::Path, time::Duration};

use fantoccini::{
    Client, Locator,
    actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    elements::Element,
    wd::WebDriverCompatibleCommand,
};
use serde_json::{Value, json};
use thuisloket_demo::Demo;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::page::{Driver, browser, click, find, gone, in_view, look, until};

/// A network on which each answer takes so many milliseconds longer, or that is not there.
#[derive(Debug)]
pub(crate) enum Network {
    Slow(u64),
    Gone,
}

impl WebDriverCompatibleCommand for Network {
    fn endpoint(&self, base_url: &url::Url, session_id: Option<&str>) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/chromium/network_conditions", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (reqwest::Method, Option<String>) {
        let latency = if let Self::Slow(latency) = self { *latency } else { 0 };
        let offline = matches!(self, Self::Gone);
        let conditions =
            json!({ "offline": offline, "latency": latency, "download_throughput": -1, "upload_throughput": -1 });
        (reqwest::Method::POST, Some(json!({ "network_conditions": conditions }).to_string()))
    }
}

/// A member of staff at a screen.
pub(crate) struct Seat {
    pub(crate) client: Client,
    _driver: Driver,
}

impl Seat {
    pub(crate) async fn at(server: &str, who: &str) -> Option<Self> {
        let (driver, client) = browser().await?;
        let seat = Self { client, _driver: driver };
        seat.client.goto(&format!("{server}/staff")).await.unwrap();
        seat.click("//a[contains(., 'Deinze')]").await;
        seat.click(&format!("//a[. = '{who}']")).await;
        seat.click("//button[. = 'Nederlands']").await;
        seat.find(&format!("//*[. = 'Aangemeld als {who}']")).await;
        Some(seat)
    }

    pub(crate) async fn find(&self, xpath: &str) -> Element {
        find(&self.client, xpath).await
    }

    /// Waits until nothing of the page is so any more.
    pub(crate) async fn gone(&self, xpath: &str) {
        gone(&self.client, Locator::XPath(xpath)).await;
    }

    pub(crate) async fn click(&self, xpath: &str) {
        click(&self.client, xpath).await;
    }

    /// The field with a label.
    pub(crate) async fn field(&self, label: &str) -> Element {
        let label = self.find(&format!("//label[starts-with(normalize-space(.), '{label}')]")).await;
        let id = label.attr("for").await.unwrap().unwrap();
        self.client.find(Locator::Id(&id)).await.unwrap()
    }

    pub(crate) async fn write(&self, label: &str, text: &str) {
        self.field(label).await.send_keys(text).await.unwrap();
    }

    pub(crate) async fn choose(&self, label: &str, value: &str) {
        self.field(label).await.select_by_value(value).await.unwrap();
    }

    /// Sets the corners of an area on the map, each so far from its middle.
    pub(crate) async fn draw(&self, corners: &[(f64, f64)]) {
        // It is there before it takes a click.
        self.find("//*[contains(@class, 'leaflet-control-scale-line')][contains(., 'm')]").await;
        let map = self.find("//*[@aria-label = 'Kaart']").await;
        in_view(&self.client, &map).await.unwrap();
        for (n, &(x, y)) in corners.iter().enumerate() {
            let mouse = MouseActions::new("mouse".to_owned())
                .then(PointerAction::MoveToElement { element: map.clone(), duration: None, x, y })
                .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
                .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
            self.client.perform_actions(mouse).await.unwrap();
            self.find(&format!("//*[contains(@class, 'corner')][. = '{}']", n + 1)).await;
            // Two clicks in a row at one place are a double one, which zooms.
            tokio::time::sleep(Duration::from_millis(350)).await;
        }
    }

    /// What axe finds on the page as it is, and whether it is as wide as the window.
    pub(crate) async fn look(&self, page: &str) {
        look(&self.client, page).await;
    }

    pub(crate) async fn keep(&self, name: &str) {
        keep(&self.client, name).await;
    }

    pub(crate) async fn go(&self, server: &str, page: &str) {
        self.client.goto(&format!("{server}/staff/console/#{page}")).await.unwrap();
    }
}

/// SCREENSHOT=docs/x keeps what a person sees, in that folder.
pub(crate) async fn keep(client: &Client, name: &str) {
    if let Some(folder) = std::env::var_os("SCREENSHOT") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).with_file_name(name);
        std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
    }
}

pub(crate) async fn demo(people: usize) -> (tempfile::TempDir, String, String, CancellationToken) {
    let folder = tempfile::tempdir().unwrap();
    let stop = CancellationToken::new();
    let demo = Demo::start(folder.path(), people, &stop).await.unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let phones = format!("http://{}", listener.local_addr().unwrap());
    let stopped = stop.clone();
    tokio::spawn(async move { demo.serve(listener, stopped).await });
    let server = state(&phones).await["server"].as_str().unwrap().to_owned();
    (folder, phones, server, stop)
}

async fn state(phones: &str) -> Value {
    reqwest::get(format!("{phones}/state")).await.unwrap().json().await.unwrap()
}

/// Waits until each phone of the demo is so.
async fn both(phones: &str, what: &str, is: impl Fn(&Value) -> bool) {
    until(what, async || state(phones).await["phones"].as_array().unwrap().iter().all(&is)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_draw_an_area_tell_it_and_take_it_back() {
    let (_folder, phones, server, stop) = demo(600).await;
    let Some(rik) = Seat::at(&server, "Rik Maes").await else { return };
    let Some(bea) = Seat::at(&server, "Bea Devos").await else { return };

    rik.look("the empty list").await;
    rik.click("//button[. = 'Nieuw bericht']").await;
    rik.write("Titel", "Geen water in het centrum").await;
    rik.write("Tekst", "Donderdag van 9 tot 12 uur is er **geen water**.").await;
    rik.find("//*[@class = 'savestate'][contains(., 'Bewaard om')]").await;
    rik.choose("Soort", "polygon").await;
    rik.draw(&[(-240.0, -120.0), (240.0, -120.0), (240.0, 120.0), (-240.0, 120.0)]).await;
    let counted = rik.find("//*[@id = 'reach-people'][not(contains(., '600'))]").await.text().await.unwrap();
    let counted: i64 = counted.parse().unwrap_or_else(|_| panic!("reached {counted}"));
    assert!((10..600).contains(&counted), "{counted}");
    let by_phone = rik.find("//div[dt[. = 'via de telefoon']]/dd").await.text().await.unwrap();
    let by_phone: i64 = by_phone.parse().unwrap_or_else(|_| panic!("by phone {by_phone}"));
    rik.keep("console-area.png").await;
    // Without what is needed it is refused, and the field says why.
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.find("//*[@id = 'f-decision-fault'][contains(., 'op welke beslissing')]").await;
    rik.click("//label[starts-with(., 'Ook openbaar')]").await;
    rik.write("Beslissing", "gemeenteraad 25 januari 2027, punt 12").await;
    rik.find("//*[@class = 'savestate'][contains(., 'Bewaard om')]").await;
    // As a phone will show it: the lock screen says nothing of it.
    let locked = rik.find("//figure[contains(@class, 'iphone')]//*[@class = 'push']").await.text().await.unwrap();
    assert!(locked.contains("Je hebt een nieuw bericht van je gemeente.") && !locked.contains("water"), "{locked}");
    assert_eq!(rik.find("//article//strong").await.text().await.unwrap(), "geen water");
    rik.look("writing").await;
    rik.client.execute("scrollTo(0, 0)", vec![]).await.unwrap();
    rik.keep("console-write.png").await;
    // A list of its own address: whoever reloads goes on.
    rik.client.refresh().await.unwrap();
    assert_eq!(rik.field("Titel").await.prop("value").await.unwrap().unwrap(), "Geen water in het centrum");
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
    assert!(rik.client.find_all(Locator::XPath("//button[. = 'Goedkeuren']")).await.unwrap().is_empty());

    bea.click("//a[. = 'Geen water in het centrum']").await;
    bea.find("//button[. = 'Goedkeuren']").await;
    bea.look("approving").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.click("//dialog//button[. = 'Goedkeuren']").await;
    bea.find("//*[contains(@class, 'badge')][. = 'Verstuurd']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Verstuurd']").await;
    assert_eq!(rik.find("//*[@id = 'told']").await.text().await.unwrap(), by_phone.to_string());
    both(&phones, "it arrived", |p| !p["lock"].as_array().unwrap().is_empty()).await;
    both(&phones, "it is in the inbox", |p| p["inbox"][0]["title"] == "Geen water in het centrum").await;
    // The figures follow: as a number, a line over time, and a table for who does not see it.
    bea.find(&format!("//div[dt[. = 'Aangekomen bij Apple of Google']]/dd[. = '{by_phone}']")).await;
    bea.find("//*[@class = 'chart']//canvas").await;
    bea.find(&format!("//details//td[. = '{by_phone}']")).await;
    bea.click("//button[. = 'Lijst openen']").await;
    bea.find("//section[@aria-labelledby = 'unreached']//td").await;
    bea.look("figures").await;
    bea.client.execute("document.getElementById('facts').scrollIntoView()", vec![]).await.unwrap();
    bea.keep("console-sent.png").await;

    // Beside the console: what is public, for who has no app.
    bea.client.goto(&format!("{server}/news/deinze")).await.unwrap();
    bea.find("//h2[. = 'Geen water in het centrum']").await;
    bea.look("the public page").await;
    bea.keep("news.png").await;
    rik.click("//button[. = 'Intrekken']").await;
    rik.click("//dialog//button[. = 'Intrekken']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Ingetrokken']").await;
    both(&phones, "it left the lock screens", |p| p["lock"].as_array().unwrap().is_empty()).await;
    both(&phones, "it is marked", |p| p["inbox"][0]["withdrawn_at"].is_string()).await;
    for seat in [rik, bea] {
        seat.client.close().await.unwrap();
    }
    stop.cancel();
}

/// Whoever types quickly on a slow network, fills in half of a condition, or corrects: what stands on the screen is what goes out.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_the_screen_is_what_is_sent() {
    let (_folder, _, server, stop) = demo(200).await;
    let Some(rik) = Seat::at(&server, "Rik Maes").await else { return };
    let Some(bea) = Seat::at(&server, "Bea Devos").await else { return };
    let begin = async |title: &str| {
        rik.go(&server, "/").await;
        rik.click("//button[. = 'Nieuw bericht']").await;
        rik.write("Titel", title).await;
        rik.write("Tekst", "Lees dit goed.").await;
        rik.choose("Soort", "everyone").await;
        rik.find("//*[@class = 'savestate'][contains(., 'Bewaard om')]").await;
    };
    // The last words are typed while what was there before is on its way.
    for submitted in [false, true] {
        begin("De school blijft open").await;
        rik.client.issue_cmd(Network::Slow(700)).await.unwrap();
        rik.write("Titel", " vandaag").await;
        rik.find("//*[@class = 'savestate'][. = 'Bewaren…']").await;
        rik.write("Titel", " NIET").await;
        if submitted {
            rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
            rik.click("//dialog//button[. = 'Ja, naar iedereen']").await;
            rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
            bea.find("//a[. = 'De school blijft open vandaag NIET']").await;
        } else {
            rik.find("//*[@class = 'savestate'][contains(., 'Bewaard om')]").await;
            rik.client.refresh().await.unwrap();
            let kept = rik.field("Titel").await.prop("value").await.unwrap().unwrap();
            assert_eq!(kept, "De school blijft open vandaag NIET");
        }
        rik.client.issue_cmd(Network::Slow(0)).await.unwrap();
    }
    // A condition that is not filled in is not passed over.
    begin("Werken in de Kouter").await;
    rik.choose("Soort", "street").await;
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.find("//*[@id = 'whom-first-fault'][contains(., 'nog niet ingevuld')]").await;
    rik.write("Straat", "Kouter").await;
    rik.write("Beslissing", "gemeenteraad 25 januari 2027, punt 12").await;
    rik.look("what is to be filled in").await;
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
    bea.go(&server, "/").await;
    bea.click("//a[. = 'Werken in de Kouter']").await;
    bea.find("//dd[contains(., 'Kouter')]").await;
    bea.click("//button[. = 'Goedkeuren']").await;
    bea.click("//dialog//button[. = 'Goedkeuren']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Verstuurd']").await;
    // A correction goes to those who got the first, with what it said.
    rik.click("//button[. = 'Verbetering schrijven']").await;
    rik.find("//*[contains(., 'Dit is een verbetering')]").await;
    assert_eq!(rik.field("Titel").await.prop("value").await.unwrap().unwrap(), "Werken in de Kouter");
    rik.write("Titel", ", verbeterd").await;
    rik.click("//button[. = 'Ter goedkeuring voorleggen']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'Wacht op goedkeuring']").await;
    bea.go(&server, "/").await;
    bea.click("//a[. = 'Werken in de Kouter, verbeterd']").await;
    bea.find("//dd[contains(., 'Dit is een verbetering')]").await;
    for seat in [rik, bea] {
        seat.client.close().await.unwrap();
    }
    stop.cancel();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_comes_in_and_every_page_can_be_used_by_all_on_a_phone_too() {
    let (folder, _, server, stop) = demo(200).await;
    let Some(rik) = Seat::at(&server, "Rik Maes").await else { return };
    let Some(bea) = Seat::at(&server, "Bea Devos").await else { return };
    // A file with a wrong row and a new one.
    let file = folder.path().join("uitvoer.csv");
    let number = thuisloket_demo::town::national_number("1931-05-05".parse().unwrap());
    std::fs::write(
        &file,
        format!(
            "national_number;family_name;given_names;birth_date;street;house_number;postcode;town\n\
             {number};Zonnebloem;Bertha;1931-05-05;Kouter;1;9800;Deinze\n123;x;y;1940-01-01;Kouter;1;9800;Deinze\n"
        ),
    )
    .unwrap();
    rik.click("//nav//a[. = 'Register']").await;
    rik.field("Bestand").await.send_keys(file.to_str().unwrap()).await.unwrap();
    rik.click("//button[. = 'Insturen']").await;
    rik.find("//*[contains(@class, 'badge')][. = 'ingelezen']").await;
    rik.click("//button[. = 'Verslag van foute rijen']").await;
    let report = rik.find("//caption/..").await.text().await.unwrap();
    assert!(report.contains("national_number") && report.contains('3'), "{report}");
    rik.look("the register").await;
    // A list of people, and an audience under a name.
    let people = folder.path().join("lijst.csv");
    std::fs::write(&people, format!("rijksregisternummer\n{number}\nniets\n")).unwrap();
    rik.click("//nav//a[. = 'Doelgroepen']").await;
    rik.write("Naam van de lijst", "Standhouders").await;
    rik.field("Bestand").await.send_keys(people.to_str().unwrap()).await.unwrap();
    rik.click("//button[. = 'Lijst maken']").await;
    rik.find("//*[contains(., 'minder dan 10 mensen in de lijst') and contains(., 'Regels: 3')]").await;
    rik.find("//li/strong[. = 'Standhouders']").await;
    rik.look("audiences").await;
    // By keyboard alone: past the menu, to the button, and into the first field.
    rik.go(&server, "/").await;
    rik.find("//button[. = 'Nieuw bericht']").await;
    let focused = "return document.activeElement.textContent";
    let mut seen = Vec::new();
    for _ in 0..30 {
        rik.client.active_element().await.unwrap().send_keys("\u{e004}").await.unwrap();
        let text = rik.client.execute(focused, vec![]).await.unwrap();
        seen.push(text.as_str().unwrap_or_default().to_owned());
        if seen.last().is_some_and(|t| t == "Nieuw bericht") {
            break;
        }
    }
    assert_eq!(seen.last().unwrap(), "Nieuw bericht", "{seen:?}");
    rik.client.active_element().await.unwrap().send_keys("\u{e007}").await.unwrap();
    rik.write("Titel", "Met het toetsenbord").await;
    rik.find("//*[@class = 'savestate'][contains(., 'Bewaard om')]").await;
    // On a phone.
    for seat in [&rik, &bea] {
        seat.client.set_window_size(390, 844).await.unwrap();
    }
    rik.choose("Soort", "postcode").await;
    rik.write("Postcodes", "9800, 9850").await;
    rik.find("//fieldset/legend[. = 'Postcode 9800, 9850']").await;
    for kind in ["polygon", "circle", "street", "age", "language", "document", "list"] {
        rik.choose("Soort", kind).await;
        rik.look(kind).await;
    }
    rik.client.execute("scrollTo(0, 0)", vec![]).await.unwrap();
    rik.keep("console-phone.png").await;
    for page in ["/", "/audiences", "/figures", "/register", "/sessions"] {
        rik.go(&server, page).await;
        rik.find("//h1").await;
        rik.look(page).await;
    }
    for page in ["/audit", "/figures", "/nowhere"] {
        bea.go(&server, page).await;
        bea.find("//main//*[self::h1 or self::p]").await;
        bea.look(page).await;
    }
    // In English too; and what is not hers she is told.
    bea.go(&server, "/register").await;
    bea.find("//p[contains(., 'Vraag ze aan je beheerder')]").await;
    bea.click("//button[. = 'English']").await;
    bea.find("//p[contains(., 'Ask your administrator')]").await;
    bea.click("//button[. = 'Sign out']").await;
    bea.find("//a[contains(., 'Deinze')]").await;
    for seat in [rik, bea] {
        seat.client.close().await.unwrap();
    }
    stop.cancel();
}
