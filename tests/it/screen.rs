//! The screen of the hall, in a town of two languages: what it shows, and how it looks from the bench.

use std::time::Duration;

use chrono::Duration as Span;
use fantoccini::{Client, Locator, wd::WebDriverCompatibleCommand};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::{
    announcements::{act, draft, sent, staff},
    appointments::{PLACE, SERVICE, place, put},
    page::{Driver, browser, find, look, until},
    queue::{OTHER, any_event, event, hall, mans, next, number, serve, step},
    world::{Engine, World, somebody},
};

const TWO_LANGUAGES: &str = r#"deinze.languages = ["nl", "fr"]"#;

journeys! {
    with r#"deinze.languages = ["nl", "fr"]"#;
    the_labels_stand_there_in_each_language,
    who_waits_finds_their_number_and_how_long_it_takes,
    at_night_and_at_noon_it_says_when_it_opens_again,
    a_quiet_screen_hears_that_it_is_right_as_long_as_it_is,
    the_screen_has_titles_of_what_is_still_so,
}

mod facilities {
    use super::*;

    journeys! {
        with "deinze.nis_code = \"23098\"";
        where_the_law_wants_both_languages_the_screen_speaks_both,
    }

    async fn where_the_law_wants_both_languages_the_screen_speaks_both(world: World) {
        hall(&world, 1).await;
        let screen = format!("{}/screen/deinze/{PLACE}", world.server);
        let html = world.http.get(&screen).send().await.unwrap().text().await.unwrap();
        for label in [r#"data-languages="nl fr""#, r#"<span lang="fr">Nouvelles de la commune</span>"#] {
            assert!(html.contains(label), "{label}: {html}");
        }
        world.at("2027-03-01 08:30");
        let both =
            json!([["nl", "Gesloten. Vandaag open om 9.00 uur."], ["fr", "Fermé. Ouverture aujourd’hui à 9 h 00."]]);
        shown(&world, |scene| scene["closed"] == both).await;
    }
}

async fn events(world: &World) -> std::pin::Pin<Box<dyn futures_util::Stream<Item = reqwest::Result<bytes::Bytes>>>> {
    let screen = format!("{}/screen/deinze/{PLACE}/events", world.server);
    world.http.get(screen).send().await.unwrap().bytes_stream().boxed_local()
}

async fn the_labels_stand_there_in_each_language(world: World) {
    let (planner, _) = hall(&world, 1).await;
    let screen = format!("{}/screen/deinze/{PLACE}", world.server);
    let html = world.http.get(&screen).send().await.unwrap().text().await.unwrap();
    for label in [
        r#"<html lang="nl">"#,
        r#"<span lang="nl">Aan de beurt</span><span aria-hidden="true"> · </span><span lang="fr">C’est à vous</span>"#,
        r#"<span lang="nl">Geen verbinding: let op de medewerkers.</span>"#,
        r#"<span lang="fr">Tester le son</span>"#,
        r#"<h1><span lang="nl">Stadhuis</span></h1>"#,
        r#"<span lang="fr" data-said="Voici le son de cet écran." hidden>Pas de voix en français"#,
        r#"data-silent="38""#,
        r#"data-languages="nl fr""#,
        r#"data-news="/news/deinze/titles.json""#,
        r#"<span lang="fr">Le service est interrompu un instant. Chacun garde sa place.</span>"#,
        r#"data-zone="Europe/Brussels""#,
    ] {
        assert!(html.contains(label), "{label}: {html}");
    }
    assert!(!html.contains("{voices}") && !html.contains("{page}"), "{html}");
    // It is another page once it is called otherwise: each screen takes it by itself.
    let mut stream = events(&world).await;
    let before = event(&mut stream).await.unwrap()["page"].clone();
    let mut plan = place(1);
    plan["version"] = json!(1);
    plan["names"] = json!([{ "language": "nl", "text": "Stadhuis" }, { "language": "fr", "text": "Maison communale" }]);
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    let after = event(&mut stream).await.unwrap()["page"].clone();
    let html = world.http.get(&screen).send().await.unwrap().text().await.unwrap();
    assert!(html.contains(r#"<span lang="fr">Maison communale</span>"#), "{html}");
    assert!(before != after && html.contains(&format!("data-page={after}")), "{before} {after}");
}

async fn who_waits_finds_their_number_and_how_long_it_takes(world: World) {
    let (_, clerk) = hall(&world, 2).await;
    shown(&world, |scene| scene["wait"] == json!([]) && scene["waiting"] == 0).await;
    mans(&world, &clerk, 1).await;
    for n in 0..11 {
        number(&world, &clerk, if n == 2 { OTHER } else { SERVICE }).await;
        world.clock.advance(Span::seconds(10));
    }
    let all = shown(&world, |scene| scene["waiting"] == 11).await;
    let first = json!(["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8"]);
    assert_eq!(all["next"], first, "as many as one reads in passing");
    // One desk of two has a clerk, and a quarter for each of eleven.
    let waits = json!([
        ["nl", "Zonder afspraak: ±\u{a0}165\u{a0}min"],
        ["fr", "Sans rendez\u{2011}vous\u{a0}: ±\u{a0}165\u{a0}min"]
    ]);
    assert_eq!(all["wait"], waits);
    // It is calculated from what really happened: three took five minutes each.
    for _ in 0..3 {
        serve(&world, &clerk, 1, 5).await;
    }
    // Seven at five minutes each and one at fifteen, over the one desk that works.
    let said = |scene: &Value| scene["wait"][0][1].as_str().unwrap_or_default().to_owned();
    let left = shown(&world, |scene| scene["waiting"] == 8 && said(scene).contains("50\u{a0}min")).await;
    assert_eq!((&left["next"][0], &left["calls"]), (&json!("B3"), &json!([])), "that desk does not serve it: {left}");
    assert!(!left.to_string().contains(SERVICE), "numbers and desks, and nothing else: {left}");
}

/// What a screen shows when it has come to show that.
async fn shown(world: &World, what: impl Fn(&Value) -> bool) -> Value {
    let mut stream = events(world).await;
    let mut last = Value::Null;
    let found = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            last = event(&mut stream).await.unwrap();
            if what(&last) {
                return;
            }
        }
    });
    assert!(found.await.is_ok(), "it still shows {last}");
    last
}

async fn at_night_and_at_noon_it_says_when_it_opens_again(world: World) {
    hall(&world, 2).await;
    for (at, says) in [
        ("2027-03-01 08:30", "Gesloten. Vandaag open om 9.00 uur."),
        ("2027-03-01 10:00", ""),
        ("2027-03-02 03:00", "Gesloten. Vandaag open om 9.00 uur."),
        ("2027-03-02 18:00", "Gesloten. Weer open op woensdag om 9.00 uur."),
        ("2027-03-05 18:00", "Gesloten. Weer open op maandag om 9.00 uur."),
        // Easter: what the town knows of its days counts.
        ("2027-03-27 10:00", "Gesloten. Weer open op dinsdag om 9.00 uur."),
    ] {
        world.at(at);
        let dutch = |scene: &Value| scene["closed"][0][1].as_str().unwrap_or_default().to_owned();
        shown(&world, |scene| dutch(scene) == says).await;
    }
    let french = json!(["fr", "Fermé. Réouverture mardi à 9 h 00."]);
    let saturday = shown(&world, |scene| scene["closed"][1] == french).await;
    let week: Vec<_> = (27..=31)
        .map(|day| json!({ "day": format!("2027-03-{day}"), "open": if day < 30 { json!([]) } else { json!(["9–12"]) } }))
        .chain((1..=2).map(|day| json!({ "day": format!("2027-04-0{day}"), "open": ["9–12"] })))
        .collect();
    assert_eq!(saturday["hours"], json!(week), "today and the six days that follow");
    // A little after noon the last are called; later nobody stands there, whatever a desk left open.
    world.at("2027-03-30 11:50");
    let clerk = world.staff("Rik", &["Loket:0207509031"]).await;
    for _ in 0..3 {
        number(&world, &clerk, SERVICE).await;
    }
    let called = next(&world, &clerk, 1).await.1["called"].clone();
    step(&world, &clerk, &called, "start").await;
    world.at("2027-03-30 12:20");
    let last = shown(&world, |scene| scene["waiting"] == 2 && scene["wait"] == json!([])).await;
    assert_eq!((&last["calls"][0]["number"], &last["closed"]), (&json!("B1"), &json!([])), "{last}");
    world.at("2027-03-30 13:20");
    let evening = shown(&world, |scene| scene["closed"] != json!([])).await;
    assert_eq!(
        (&evening["waiting"], &evening["calls"], &evening["next"]),
        (&json!(0), &json!([]), &json!([])),
        "{evening}"
    );
    // After a week and more a weekday does not say which; and no hours are shown of a week without any.
    let planner = world.staff("Piet", &["Planner:0207509031"]).await;
    let mut plan = place(2);
    plan["version"] = json!(1);
    for hours in plan["hours"].as_array_mut().unwrap() {
        hours["valid_from"] = json!("2027-04-12");
    }
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    let far = "Gesloten. Weer open op maandag 12 april 2027 om 9.00 uur.";
    assert_eq!(shown(&world, |scene| scene["closed"][0][1] == far).await.get("hours"), None);
    // One that takes no visits any more opens on no day.
    (plan["version"], plan["active"]) = (json!(2), json!(false));
    put(&world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    shown(&world, |scene| scene["closed"][0][1] == "Gesloten.").await;
}

async fn a_quiet_screen_hears_that_it_is_right_as_long_as_it_is(world: World) {
    hall(&world, 1).await;
    let mut stream = events(&world).await;
    let page = event(&mut stream).await.unwrap()["page"].clone();
    world.clock.advance(Span::minutes(20));
    let begun = std::time::Instant::now();
    let (kind, told) = any_event(&mut stream).await.unwrap();
    let now = world.now().timestamp_millis();
    assert_eq!((kind.as_str(), &told), ("alive", &json!({ "now": now, "page": page })));
    assert!(begun.elapsed() <= Duration::from_secs(17), "{:?}", begun.elapsed());
    // Nobody can look: the screen is not told that it is right.
    for (sql, heard) in [
        ("alter table ticket rename to ticket_elsewhere", false),
        ("alter table ticket_elsewhere rename to ticket", true),
    ] {
        let mut w = world.instance.app.db.write().await.unwrap();
        thuisloket::with_conn!(w, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
        w.commit().await.unwrap();
        let told = tokio::time::timeout(Duration::from_secs(32), any_event(&mut stream)).await;
        assert_eq!(told.is_ok(), heard, "{sql}: {told:?}");
    }
}

async fn titles(world: &World) -> Value {
    let answer = world.http.get(format!("{}/news/deinze/titles.json", world.server)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// Something that anybody may read.
fn public(title: &str) -> Value {
    let mut draft = draft(title);
    draft["is_public"] = json!(true);
    draft
}

async fn the_screen_has_titles_of_what_is_still_so(world: World) {
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    assert_eq!(titles(&world).await, json!([]));
    sent(&world, 1, &draft("Alleen in de app")).await;
    let mut both = public("Werken in de Kouter");
    both["texts"] = json!([
        { "language": "nl", "title": "Werken in de Kouter", "text": "Donderdag." },
        { "language": "fr", "title": "Travaux au Kouter", "text": "Jeudi." },
    ]);
    sent(&world, 2, &both).await;
    world.drain().await;
    world.clock.advance(Span::minutes(1));
    let market = sent(&world, 3, &public("Markt op zaterdag")).await;
    world.drain().await;
    let dutch = |title: &str| json!({ "language": "nl", "title": title });
    let works = [dutch("Werken in de Kouter"), json!({ "language": "fr", "title": "Travaux au Kouter" })];
    assert_eq!(titles(&world).await, json!([dutch("Markt op zaterdag"), works[0], works[1]]), "the newest first");
    // What was corrected is not so any more, nor what was taken back, nor what is over.
    world.clock.advance(Span::minutes(1));
    let mut correction = public("Markt op zondag");
    correction["corrects_id"] = json!(market);
    let sunday = sent(&world, 4, &correction).await;
    world.drain().await;
    assert_eq!(titles(&world).await, json!([dutch("Markt op zondag"), works[0], works[1]]));
    let (writer, _) = staff(&world).await;
    assert_eq!(act(&world, &writer, &sunday, "withdraw", "").await.0, 200);
    world.drain().await;
    assert_eq!(titles(&world).await, json!(works));
    world.at("2027-03-21 10:00");
    assert_eq!(titles(&world).await, json!([]), "it was worth showing until the day before");
    let nowhere = world.http.get(format!("{}/news/nergens/titles.json", world.server)).send().await.unwrap();
    assert_eq!(nowhere.status(), 404);
}

/// A network between a screen and the server, which can fall silent: it takes nothing more and passes nothing on, and tells nobody.
struct Network {
    address: String,
    frozen: watch::Sender<bool>,
}

impl Network {
    async fn to(server: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (frozen, freezes) = watch::channel(false);
        let server = server.strip_prefix("http://").unwrap().to_owned();
        tokio::spawn(async move {
            loop {
                thawed(&freezes).await;
                let Ok((screen, _)) = listener.accept().await else { return };
                thawed(&freezes).await;
                let (screen, server) = (screen.into_split(), TcpStream::connect(&server).await.unwrap().into_split());
                tokio::spawn(pass(screen.0, server.1, freezes.clone()));
                tokio::spawn(pass(server.0, screen.1, freezes.clone()));
            }
        });
        Self { address, frozen }
    }
}

async fn thawed(freezes: &watch::Receiver<bool>) {
    freezes.clone().wait_for(|frozen| !*frozen).await.unwrap();
}

async fn pass(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    freezes: watch::Receiver<bool>,
) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(n) = from.read(&mut bytes).await {
        thawed(&freezes).await;
        if n == 0 || to.write_all(&bytes[..n]).await.is_err() {
            return;
        }
    }
}

/// A command of Chromium's own.
#[derive(Debug)]
struct Devtools(&'static str, Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base_url: &url::Url, session_id: Option<&str>) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/goog/cdp/execute", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (reqwest::Method, Option<String>) {
        (reqwest::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}

/// A screen that hangs in a hall.
struct Wall {
    client: Client,
    world: World,
    clerk: String,
    _driver: Driver,
}

impl Wall {
    async fn hang(desks: u128) -> Option<Self> {
        let (driver, client) = browser().await?;
        let world = World::start_with(Engine::Sqlite, TWO_LANGUAGES).await.unwrap();
        let (_, clerk) = hall(&world, desks).await;
        Some(Self { client, world, clerk, _driver: driver })
    }

    /// The town has news. The clerk who is also its writer signs in as a clerk again.
    async fn news(&mut self, titles: &[&str]) {
        self.world.people(&[&somebody("Anna", "1985-05-05")]).await;
        for (n, title) in (1..).zip(titles) {
            sent(&self.world, n, &public(title)).await;
            self.world.drain().await;
            self.world.clock.advance(Span::minutes(1));
        }
        self.clerk = self.world.staff("Rik", &["Loket:0207509031"]).await;
    }

    async fn goto(&self, server: &str) {
        self.client.goto(&format!("{server}/screen/deinze/{PLACE}")).await.unwrap();
        self.find("//*[@id = 'count'][. != '']").await;
    }

    async fn find(&self, xpath: &str) {
        find(&self.client, xpath).await;
    }

    async fn ask(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap()
    }

    async fn shows(&self, id: &str) -> bool {
        self.client.find(Locator::Id(id)).await.unwrap().is_displayed().await.unwrap()
    }

    async fn size(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.client.issue_cmd(Devtools("Emulation.setDeviceMetricsOverride", metrics)).await.unwrap();
        self.ask("dispatchEvent(new Event('resize'))").await;
    }

    /// SCREENS=/some/folder keeps what hangs on the wall, to look at.
    async fn keep(&self, name: &str) {
        if let Some(folder) = std::env::var_os("SCREENS") {
            let path = std::path::Path::new(&folder).join(format!("{name}.png"));
            std::fs::write(path, self.client.screenshot().await.unwrap()).unwrap();
        }
    }

    async fn axe(&self, what: &str) {
        look(&self.client, what).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_falls_silent_is_noticed_and_the_screen_is_right_again_by_itself() {
    let Some(wall) = Wall::hang(1).await else { return };
    let network = Network::to(&wall.world.server).await;
    wall.goto(&network.address).await;
    number(&wall.world, &wall.clerk, SERVICE).await;
    number(&wall.world, &wall.clerk, SERVICE).await;
    wall.find("//*[@id = 'count'][. = '2']").await;
    // Quiet is not lost: longer than the watchdog waits.
    tokio::time::sleep(Duration::from_secs(45)).await;
    assert!(!wall.shows("lost").await, "the server said in time that all is right");
    network.frozen.send_replace(true);
    let begun = std::time::Instant::now();
    assert_eq!(next(&wall.world, &wall.clerk, 1).await.0, 200);
    wall.find("//*[@id = 'lost'][not(@hidden)][contains(., 'Geen verbinding') and contains(., 'Pas de connexion')]")
        .await;
    assert!(begun.elapsed() <= Duration::from_secs(40), "it took {:?}", begun.elapsed());
    assert!(!wall.shows("waits").await, "who waits now, it does not know");
    wall.keep("lost").await;
    wall.axe("a lost screen").await;
    // It goes on trying while nothing comes through, and keeps saying so.
    tokio::time::sleep(Duration::from_secs(25)).await;
    assert!(wall.shows("lost").await);
    network.frozen.send_replace(false);
    wall.find("//*[contains(@class, 'call')][b = 'B1'][span = 'Loket 1']").await;
    wall.find("//*[@id = 'lost'][@hidden]").await;
    wall.find("//*[@id = 'count'][. = '1']").await;
    wall.client.clone().close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn sound_is_tried_before_anybody_is_called() {
    let Some(wall) = Wall::hang(1).await else { return };
    wall.goto(&wall.world.server).await;
    // This browser makes no sound before a hand touched the page, and has no voices: it says so, unasked.
    assert!(wall.shows("sound").await);
    wall.find("//*[@id = 'voice']/*[@lang = 'nl'][not(@hidden)][starts-with(., 'Geen stem voor Nederlands')]").await;
    wall.find("//*[@id = 'voice']/*[@lang = 'fr'][not(@hidden)]").await;
    wall.axe("a screen without sound").await;
    wall.ask(
        "window.noise = []; const make = AudioContext.prototype.createOscillator;
         AudioContext.prototype.createOscillator = function () { noise.push('tone'); return make.call(this); };
         speechSynthesis.speak = (words) => { if (words.volume) { noise.push(words.lang + ' ' + words.text); window.last = words; } };",
    )
    .await;
    wall.client.find(Locator::Id("sound")).await.unwrap().click().await.unwrap();
    wall.find("//*[@id = 'sound'][@hidden]").await;
    assert_eq!(wall.ask("return noise").await, json!([]), "it is switched on, and no more");
    wall.client.find(Locator::Id("test")).await.unwrap().click().await.unwrap();
    let heard = "return noise.filter((t) => t !== 'tone').join() + ' and ' + noise.filter((t) => t === 'tone').length";
    let expected = "nl Zo klinkt dit scherm.,fr Voici le son de cet écran. and 2";
    until("it is said", async || wall.ask(heard).await == json!(expected)).await;
    // A voice comes, for one of the two: the other language is said by nobody who cannot.
    wall.ask(
        "speechSynthesis.getVoices = () => [{ lang: 'nl_BE' }]; noise.length = 0;
         Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {}, get() { return null; } });
         speechSynthesis.dispatchEvent(new Event('voiceschanged'));",
    )
    .await;
    wall.find("//*[@id = 'voice']/*[@lang = 'nl'][@hidden]").await;
    wall.find("//*[@id = 'voice']/*[@lang = 'fr'][not(@hidden)]").await;
    number(&wall.world, &wall.clerk, SERVICE).await;
    assert_eq!(next(&wall.world, &wall.clerk, 1).await.0, 200);
    wall.find("//*[@id = 'said'][. = 'Nummer B1, Loket 1. · Numéro B1, Loket 1.']").await;
    assert_eq!(wall.ask("return noise").await, json!(["tone", "tone", "nl_BE Nummer B1, Loket 1."]));
    // And it fails, in the middle of a day.
    wall.ask("last.dispatchEvent(Object.assign(new Event('error'), { error: 'synthesis-failed' }))").await;
    wall.find("//*[@id = 'voice']/*[@lang = 'nl'][not(@hidden)]").await;
    wall.client.clone().close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_screen_keeps_the_towns_time_and_renews_itself() {
    let Some(wall) = Wall::hang(1).await else { return };
    wall.goto(&wall.world.server).await;
    wall.find("//*[@id = 'time'][. = '10:00']").await;
    wall.ask("window.same = true").await;
    wall.world.at("2027-03-01 11:17");
    wall.find("//*[@id = 'time'][. = '11:17']").await;
    // Nobody is at the mouse.
    wall.find("//body[contains(@class, 'still')]").await;
    assert!(!wall.shows("test").await);
    assert_eq!(wall.ask("return getComputedStyle(document.body).cursor").await, "none");
    assert_eq!(wall.ask("return window.same").await, true);
    // The page is another: with a new name here, as after an upgrade.
    let planner = wall.world.staff("Piet", &["Planner:0207509031"]).await;
    let mut plan = place(1);
    (plan["version"], plan["names"]) = (json!(1), json!([{ "language": "nl", "text": "Het nieuwe stadhuis" }]));
    put(&wall.world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    wall.find("//h1[. = 'Het nieuwe stadhuis']").await;
    assert_eq!(wall.ask("return window.same ?? null").await, Value::Null, "it was loaded anew");
    // Closed, and at night.
    for (at, night) in [("2027-03-05 20:00", false), ("2027-03-05 22:00", true)] {
        wall.world.at(at);
        wall.find(
            "//*[@id = 'shut'][not(@hidden)]/*[contains(., 'open op maandag') and contains(., 'Réouverture lundi')]",
        )
        .await;
        let of = if night { "contains(@class, 'night')" } else { "not(contains(@class, 'night'))" };
        wall.find(&format!("//body[{of}]")).await;
        wall.find("//*[@id = 'hours']/li[4][contains(., 'ma') and contains(., 'lun') and contains(., '9–12')]").await;
        wall.find("//*[@id = 'hours']/li[2][contains(., 'za') and contains(., 'gesloten')]").await;
        assert!(!wall.shows("now").await && !wall.shows("nobody").await && !wall.shows("waits").await);
        wall.axe(at).await;
        for (width, height) in SIZES {
            wall.size(width, height).await;
            let what = format!("{}-{width}x{height}", if night { "night" } else { "closed" });
            wall.keep(&what).await;
            let measured = wall.fits(&what).await;
            assert!(measured["said"].as_f64().unwrap() >= READ, "{what}: {measured}");
        }
    }
    wall.client.clone().close().await.unwrap();
}

/// Type that is read from six metres on a screen of 32 inches, in hundredths of its shorter side.
const READ: f64 = 10.8;

const SIZES: [(u32, u32); 6] = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920), (390, 844), (2560, 600)];

/// What does not fit, and the height of letters in hundredths of the shorter side.
const MEASURE: &str = r##"
    const vmin = Math.min(innerWidth, innerHeight) / 100, wrong = [];
    const page = document.documentElement;
    if (page.scrollWidth > innerWidth || page.scrollHeight > innerHeight) wrong.push(`the page: ${page.scrollWidth}x${page.scrollHeight}`);
    const boxes = [...document.querySelectorAll("header > *, #lost, .call > *, .middle, #hours li > *, #waits > :not(.aside), #next li, #news li.shown, #tools > *")]
        .filter((e) => e.getClientRects().length);
    for (const e of boxes) {
        const r = e.getBoundingClientRect(), name = `${e.id || e.tagName} ${e.textContent}`;
        if (r.left < -1 || r.top < -1 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1) wrong.push(`${name} lies outside`);
        if (e.clientWidth && e.scrollWidth > e.clientWidth + 1) wrong.push(`${name} is wider than its place`);
        for (const o of boxes) {
            const s = o.getBoundingClientRect();
            const over = Math.min(r.right, s.right) - Math.max(r.left, s.left) > 2 && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 2;
            if (e !== o && !e.contains(o) && !o.contains(e) && over) wrong.push(`${name} lies over ${o.id || o.tagName} ${o.textContent}`);
        }
    }
    const height = (css) => [...document.querySelectorAll(css)].filter((e) => e.getClientRects().length).map((e) => Math.round(parseFloat(getComputedStyle(e).fontSize) / vmin * 10) / 10);
    const least = (css) => Math.min(99, ...height(css));
    return {
        wrong, calls: document.querySelectorAll(".call:not([hidden])").length, first: least(".call:first-child b"), rows: least(".call b"),
        desks: least(".call span"), said: least(".middle span"), waits: least("#wait span, #next li, #count"), lost: least("#lost"),
        small: least("header > *, #label, #hours li, #news li"),
    };
"##;

impl Wall {
    async fn fits(&self, what: &str) -> Value {
        let measured = self.ask(MEASURE).await;
        assert_eq!(measured["wrong"], json!([]), "{what}: {measured}");
        assert!(measured["small"].as_f64().unwrap() >= 5.0, "{what}: {measured}");
        measured
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_fit_on_any_screen_and_are_read_from_the_last_bench() {
    let Some(mut wall) = Wall::hang(6).await else { return };
    wall.news(&["De ophaling van papier en karton verschuift naar donderdag 4 maart"]).await;
    for _ in 0..18 {
        number(&wall.world, &wall.clerk, SERVICE).await;
    }
    wall.goto(&wall.world.server).await;
    // Somebody hung it up and switched the sound on; it has no voice, and says so all day.
    wall.client.find(Locator::Id("sound")).await.unwrap().click().await.unwrap();
    wall.find("//*[@id = 'voice']/*[@lang = 'fr'][not(@hidden)]").await;
    wall.find("//body[contains(@class, 'still')]").await;
    for calls in 1..=6 {
        assert_eq!(next(&wall.world, &wall.clerk, calls).await.0, 200);
        wall.find(&format!("//*[@id = 'count'][. = '{}']", 18 - calls)).await;
        for (width, height) in SIZES {
            wall.size(width, height).await;
            let what = format!("{calls}-{width}x{height}");
            if [1, 2, 6].contains(&calls) {
                wall.keep(&what).await;
            }
            let measured = wall.fits(&what).await;
            let of = |name: &str| measured[name].as_f64().unwrap();
            assert!(of("first") >= 19.0, "{what}: {measured}");
            assert!(["rows", "desks", "waits"].into_iter().all(|name| of(name) >= READ), "{what}: {measured}");
            assert!(of("calls") >= f64::from(u32::try_from(calls.min(4)).unwrap()), "{what}: {measured}");
        }
    }
    wall.axe("six calls").await;
    // A desk of a long name, and no connection besides: it still fits, and the warning is as large as it is meant.
    wall.ask(
        "document.querySelectorAll('.call > span').forEach((e, n) => e.textContent = n % 2 ? 'Burgerzaken loket 12' :
             'Dienst Vreemdelingenzaken en Nationaliteit, loket 3'); lose(true);",
    )
    .await;
    for (width, height) in SIZES {
        wall.size(width, height).await;
        let what = format!("lost-{width}x{height}");
        wall.keep(&what).await;
        let measured = wall.fits(&what).await;
        let of = |name: &str| measured[name].as_f64().unwrap();
        assert!(of("lost") >= READ && of("rows") >= READ && of("desks") >= 7.0, "{what}: {measured}");
    }
    wall.client.clone().close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hall_that_is_stopped_says_so_and_goes_on_where_it_was() {
    let Some(wall) = Wall::hang(2).await else { return };
    for _ in 0..3 {
        number(&wall.world, &wall.clerk, SERVICE).await;
    }
    wall.goto(&wall.world.server).await;
    assert_eq!(next(&wall.world, &wall.clerk, 1).await.0, 200);
    wall.find("//*[contains(@class, 'call')][b = 'B1'][span = 'Loket 1']").await;
    wall.ask("window.noise = []; speechSynthesis.speak = (words) => { if (words.volume) noise.push(words.text); };")
        .await;
    let stop = format!("/staff/v1/halls/{PLACE}/stop");
    assert_eq!(wall.world.raw("PUT", &stop, Some(&wall.clerk), None).await.0, 200);
    wall.find("//*[@id = 'stopped'][not(@hidden)][contains(., 'Iedereen houdt zijn plaats') and contains(., 'Chacun garde sa place')]")
        .await;
    assert!(!wall.shows("calls").await && !wall.shows("now").await, "nobody is called");
    assert!(wall.shows("waits").await, "who waits still has a place");
    wall.axe("a hall that is stopped").await;
    for (width, height) in SIZES {
        wall.size(width, height).await;
        let what = format!("stopped-{width}x{height}");
        wall.keep(&what).await;
        let measured = wall.fits(&what).await;
        assert!(measured["said"].as_f64().unwrap() >= READ, "{what}: {measured}");
    }
    assert_eq!(wall.world.raw("DELETE", &stop, Some(&wall.clerk), None).await.0, 200);
    wall.find("//*[contains(@class, 'call')][b = 'B1'][span = 'Loket 1']").await;
    assert!(!wall.shows("stopped").await);
    assert_eq!(wall.ask("return noise").await, json!([]), "who was called before is not called again");
    assert_eq!(next(&wall.world, &wall.clerk, 2).await.0, 200);
    until("the next is called", async || wall.ask("return noise.length").await == json!(2)).await;
    wall.client.clone().close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_news_turns_quietly_and_no_call_is_interrupted_by_a_new_page() {
    let Some(mut wall) = Wall::hang(1).await else { return };
    wall.news(&["Werken in de Kouter", "Markt op zaterdag"]).await;
    number(&wall.world, &wall.clerk, SERVICE).await;
    let begun = std::time::Instant::now();
    wall.goto(&wall.world.server).await;
    wall.find("//*[@id = 'titles']/*[@class = 'shown'][. = 'Markt op zaterdag']").await;
    wall.axe("a screen with news").await;
    wall.find("//*[@id = 'titles']/*[@class = 'shown'][. = 'Werken in de Kouter']").await;
    assert!(begun.elapsed() >= Duration::from_secs(8), "it stood still for {:?}", begun.elapsed());
    // Whoever wants to read at their ease stops it.
    wall.ask("stir()").await;
    wall.client.find(Locator::Id("pause")).await.unwrap().click().await.unwrap();
    wall.find("//*[@id = 'pause'][@aria-pressed = 'true']").await;
    tokio::time::sleep(Duration::from_secs(14)).await;
    wall.find("//*[@id = 'titles']/*[@class = 'shown'][. = 'Werken in de Kouter']").await;
    // Somebody is called, and the page is another at once: it is taken when they had time to look, and nobody is called again.
    wall.ask("window.same = true").await;
    assert_eq!(next(&wall.world, &wall.clerk, 1).await.0, 200);
    wall.find("//*[contains(@class, 'call')][b = 'B1']").await;
    let planner = wall.world.staff("Piet", &["Planner:0207509031"]).await;
    let mut plan = place(1);
    (plan["version"], plan["names"]) = (json!(1), json!([{ "language": "nl", "text": "Het nieuwe stadhuis" }]));
    put(&wall.world, &planner, &format!("/staff/v1/locations/{PLACE}"), &plan).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(wall.ask("return window.same").await, true, "they still look at it");
    wall.find("//h1[. = 'Het nieuwe stadhuis']").await;
    wall.find("//*[contains(@class, 'call')][b = 'B1']").await;
    assert_eq!(wall.ask("return document.getElementById('said').textContent").await, "", "nobody is called again");
    wall.client.clone().close().await.unwrap();
}
