//! The demo's page, in a real browser.

use std::{
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{
    Client, ClientBuilder, Locator,
    elements::Element,
    error::{CmdError, ErrorStatus},
};
use serde_json::{Value, json};
use thuisloket_demo::Demo;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    announcements::{draft, sent},
    world::{Engine, World, somebody},
};

pub(crate) fn css(selector: &str) -> Locator<'_> {
    Locator::Css(selector)
}

/// How long a browser is waited for: no test is one of how fast a machine is.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// Waits until something is so.
pub(crate) async fn until(what: &str, is: impl AsyncFn() -> bool) {
    let all = async {
        while !is().await {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, all).await.is_ok(), "{what}");
}

/// Waits for an element, and says what the page says where it does not come.
pub(crate) async fn find(client: &Client, xpath: &str) -> Element {
    let look = async || client.wait().at_most(PATIENCE).for_element(Locator::XPath(xpath)).await;
    let found = match look().await {
        // The page was left while it was looked at: the next one is looked at.
        Err(CmdError::NotW3C(_)) => look().await,
        found => found,
    };
    match found {
        Ok(element) => element,
        Err(error) => {
            let text = client.find(css("body")).await.unwrap().text().await.unwrap();
            panic!("{xpath}: {error}; the page says: {text}");
        }
    }
}

/// Something stood in front of it at the moment.
fn intercepted(error: &CmdError) -> bool {
    matches!(error, CmdError::Standard(e) if e.error == ErrorStatus::ElementClickIntercepted)
}

/// Clicks an element as soon as it is there. What is drawn anew meanwhile, or moves, is looked for again.
pub(crate) async fn click(client: &Client, xpath: &str) {
    for _ in 0..5 {
        let element = find(client, xpath).await;
        let clicked = async {
            in_view(client, &element).await?;
            element.click().await
        };
        match clicked.await {
            Ok(()) => return,
            Err(e) if e.is_stale_element_reference() || e.is_javascript_error() || intercepted(&e) => {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            Err(e) => panic!("{xpath}: {e}"),
        }
    }
    panic!("{xpath} never stands still");
}

/// Brings an element into view, and waits until it stands still: what arrives above it pushes it away from under a click.
pub(crate) async fn in_view(client: &Client, element: &Element) -> Result<(), CmdError> {
    let still = "const [e, done] = arguments;
        e.scrollIntoView({ block: 'center' });
        const at = () => { const r = e.getBoundingClientRect(); return `${r.x} ${r.y}`; };
        let [before, same] = [at(), 0];
        const look = () => {
            same = at() === before ? same + 1 : 0;
            before = at();
            if (same >= 4) { e.scrollIntoView({ block: 'center' }); done(); } else setTimeout(look, 50);
        };
        setTimeout(look, 50);";
    client.execute_async(still, vec![serde_json::to_value(element)?]).await?;
    Ok(())
}

/// Waits until nothing of the page is so any more.
pub(crate) async fn gone(client: &Client, of: Locator<'_>) {
    until(&format!("{of:?} is still there"), async || client.find_all(of).await.unwrap().is_empty()).await;
}

/// Nothing is under way on the demo's page: what is pressed meanwhile does nothing.
const AT_REST: &str = "[data-days='1']:not([aria-disabled])";

/// Presses something on the demo's page, as soon as one may, and waits until that is done.
async fn press(client: &Client, what: Locator<'_>) {
    let soon = || client.wait().at_most(PATIENCE);
    soon().for_element(css(AT_REST)).await.unwrap();
    let found = soon().for_element(what).await.unwrap_or_else(|error| panic!("{what:?}: {error}"));
    found.click().await.unwrap();
    soon().for_element(css(AT_REST)).await.unwrap();
}

/// axe-core, as it is published.
const AXE: &str = include_str!("../data/axe/axe.min.js");

/// What axe finds on the page as it is (the size of targets is a rule of WCAG 2.2 that it does not ask unasked), and whether it is as wide as the window.
pub(crate) async fn look(client: &Client, page: &str) {
    client.execute(AXE, vec![]).await.unwrap();
    let run = "const done = arguments[0];
        axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then((found) => done(found.violations.map((v) =>
            `${v.impact} ${v.id}: ${v.nodes.map((n) => n.html).slice(0, 3).join(' ')}`)), (e) => done([String(e)]));";
    let found = client.execute_async(run, vec![]).await.unwrap();
    let found: Vec<&str> = found.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(found.is_empty(), "axe on {page}: {found:#?}");
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let too_wide = client.execute(wide, vec![]).await.unwrap();
    assert_eq!(too_wide, json!(0), "{page} is wider than the window");
}

pub(crate) struct Driver(Child);
impl Drop for Driver {
    fn drop(&mut self) {
        // The browser with it, which would go on by itself.
        drop(Command::new("kill").args(["-9", "--", &format!("-{}", self.0.id())]).status());
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Where a program is.
fn found(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

pub(crate) async fn browser() -> Option<(Driver, Client)> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let driver = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(child) = driver else {
        assert!(std::env::var_os("CI").is_none(), "chromedriver is not installed: run ./check");
        eprintln!("SKIPPED in the browser: chromedriver is not installed; ./check installs it");
        return None;
    };
    let driver = Driver(child);
    let args = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--window-size=1180,1480",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ];
    let mut options = json!({ "args": args });
    // It starts in a third of the time. Where it is not installed the driver finds the whole browser by itself.
    if let Some(shell) = found("chromium-headless-shell") {
        options["binary"] = json!(shell);
    }
    let wanted = json!({ "goog:chromeOptions": options });
    for _ in 0..600 {
        let mut builder = ClientBuilder::rustls().unwrap();
        builder.capabilities(wanted.as_object().unwrap().clone());
        if let Ok(client) = builder.connect(&format!("http://127.0.0.1:{port}")).await {
            return Some((driver, client));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the browser did not start");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_lets_days_pass_and_reads_the_reminder_on_both_phones() {
    let Some((_driver, client)) = browser().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let stop = CancellationToken::new();
    let demo = Demo::start(folder.path(), 200, &stop).await.unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let page = format!("http://{}", listener.local_addr().unwrap());
    let stopped = stop.clone();
    tokio::spawn(async move { demo.serve(listener, stopped).await });

    client.goto(&page).await.unwrap();
    client.wait().at_most(PATIENCE).for_element(css(".phone.android")).await.unwrap();
    assert_eq!(client.find_all(css(".phone")).await.unwrap().len(), 2);
    assert_eq!(client.find_all(css(".note")).await.unwrap().len(), 0);
    for _ in 0..2 {
        press(&client, css("[data-days='1']")).await;
    }
    client.wait().at_most(PATIENCE).for_element(css(".android .note")).await.unwrap();
    // The other phone hears by a provider of its own, a moment later or before.
    let note = client.wait().at_most(PATIENCE).for_element(css(".ios .note")).await.unwrap();
    let text = note.text().await.unwrap();
    assert!(text.contains("Je hebt een nieuw bericht van je gemeente."), "{text}");
    assert!(!text.contains("Emma") && !text.contains("Kids"), "{text}");
    assert_eq!(client.find(css(".ios .badge")).await.unwrap().text().await.unwrap(), "1");
    press(&client, css(".ios .note")).await;
    let letter = client.wait().at_most(PATIENCE).for_element(css(".ios .letter")).await.unwrap();
    let text = letter.text().await.unwrap();
    assert!(text.contains("Kids-ID van Emma vervalt op 1 juni 2027") && text.contains("breng je kind mee"), "{text}");
    assert!(text.contains("90 dagen voor de vervaldatum"), "{text}");
    gone(&client, css(".ios .note")).await;
    let documents = client.find(css(".ios .app")).await.unwrap().text().await.unwrap();
    assert!(documents.contains("verlengen kan"), "{documents}");
    // Who looked at his data, and why, in his own words; at hers nobody did.
    let audit = client.find(css(".android .audit")).await.unwrap().text().await.unwrap();
    assert!(
        audit.contains("Een medewerker van Deinze bekeek je documenten.") && audit.contains("Je belde."),
        "{audit}"
    );
    assert!(!audit.contains("Els"), "{audit}");
    assert!(client.find(css(".ios .audit")).await.unwrap().text().await.unwrap().contains("nog niemand"));
    // From the reminder to a visit: what is free now, and one tap.
    let soon = || client.wait().at_most(PATIENCE);
    let press_any = async |what: Locator<'_>| press(&client, what).await;
    let press = async |selector: &str| press_any(css(selector)).await;
    assert_eq!(client.find_all(css(".ios .offer > button")).await.unwrap().len(), 3);
    press(".ios .offer > button:last-of-type").await;
    let visit = soon().for_element(css(".ios .visit")).await.unwrap().text().await.unwrap();
    assert!(visit.contains("Kids-ID aanvragen, donderdag 4 maart") && visit.contains("zeg aan het loket"), "{visit}");
    assert!(visit.contains("Herinnering: woensdag 3 maart") && visit.contains("17:00"), "{visit}");
    // It is booked.
    gone(&client, css(".ios .offer")).await;
    // The day itself: she is at the door, the screen hangs in the hall.
    press(".ios .visit [data-do='go']").await;
    press(".ios .visit [data-do='check-in']").await;
    assert_eq!(soon().for_element(css(".ios .number")).await.unwrap().text().await.unwrap(), "A1");
    let hall = client.find(css("#screen")).await.unwrap().attr("href").await.unwrap().unwrap();
    let phones = client.window().await.unwrap();
    let screen = client.new_window(false).await.unwrap().handle;
    client.switch_to_window(screen.clone()).await.unwrap();
    client.goto(&hall).await.unwrap();
    let waiting = Locator::XPath("//*[@id='waiting'][contains(., '1')]");
    soon().for_element(waiting).await.unwrap();
    let closed = client.find(css("#closed")).await.unwrap().text().await.unwrap();
    assert_eq!(closed, "Gesloten. Vandaag open om 9.00 uur.", "she is early");
    client.switch_to_window(phones.clone()).await.unwrap();
    press(".hall button").await;
    // SCREENSHOT=docs/demo.png keeps what a person sees, and docs/screen.png beside it.
    let keep = async |name: &str| {
        if let Some(path) = std::env::var_os("SCREENSHOT") {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path).with_file_name(name);
            client
                .execute("[window, ...document.querySelectorAll('.app')].forEach((e) => e.scrollTo(0, 0))", vec![])
                .await
                .unwrap();
            std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
        }
    };
    soon()
        .for_element(Locator::XPath("//*[contains(@class, 'ticket')][contains(., 'ga naar Loket 1')]"))
        .await
        .unwrap();
    // Its newest notification, which comes by a way of its own.
    let note = "(//*[contains(@class, 'ios')]//*[contains(@class, 'note')])[1][contains(., 'Kijk nu in de app van je gemeente.')]";
    soon().for_element(Locator::XPath(note)).await.unwrap_or_else(|e| panic!("{note}: {e}"));
    keep("demo.png").await;
    client.switch_to_window(screen).await.unwrap();
    let called = soon().for_element(css(".call.open")).await.unwrap().text().await.unwrap();
    assert_eq!(called.split_whitespace().collect::<Vec<_>>(), ["A1", "Loket", "1"], "a number and a desk, and no name");
    let said = client.find(css("#said")).await.unwrap().prop("textContent").await.unwrap();
    assert_eq!(said.as_deref(), Some("Nummer A1, Loket 1."));
    keep("screen.png").await;
    client.switch_to_window(phones).await.unwrap();
    press(".hall button").await;
    press(".hall [data-do='/step/finish']").await;
    // It is over; one question.
    press_any(Locator::XPath("//*[contains(@class, 'ios')]//button[. = '5']")).await;
    soon().for_element(Locator::XPath("//li[contains(., '5 out of 5')]")).await.unwrap();
    // The API page can be read.
    let api = client.find(css("#citizen")).await.unwrap().attr("href").await.unwrap().unwrap();
    client.goto(&api).await.unwrap();
    client.wait().at_most(PATIENCE).for_element(css("h1")).await.unwrap();
    client.close().await.unwrap();
    stop.cancel();
}

/// Whoever tries the app changes their mind as well; and whatever was pressed, one goes on from there, also by keyboard.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_changes_their_mind_on_the_phones_and_at_the_counter() {
    let Some((_driver, client)) = browser().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let stop = CancellationToken::new();
    let demo = Demo::start(folder.path(), 200, &stop).await.unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let page = format!("http://{}", listener.local_addr().unwrap());
    let stopped = stop.clone();
    tokio::spawn(async move { demo.serve(listener, stopped).await });

    client.set_window_size(1_500, 1_400).await.unwrap();
    client.goto(&page).await.unwrap();
    let soon = || client.wait().at_most(PATIENCE);
    let press_any = async |what: Locator<'_>| press(&client, what).await;
    let press = async |selector: &str| {
        press_any(css(selector)).await;
        let fault = client.find(css("#fault")).await.unwrap().text().await.unwrap();
        assert_eq!(fault, "", "{selector}");
    };
    let seen = async |xpath: &str| {
        soon().for_element(Locator::XPath(xpath)).await.unwrap_or_else(|e| panic!("{xpath}: {e}"));
    };
    let with_focus = async || {
        let at = "const a = document.activeElement; return a.dataset.days ?? a.closest('[data-home]')?.dataset.home ?? a.nodeName";
        client.execute(at, vec![]).await.unwrap()
    };
    soon().for_element(css(".phone.android")).await.unwrap();
    let size = "const r = document.querySelector('.phone').getBoundingClientRect(); return [r.width, r.height]";
    let size = client.execute(size, vec![]).await.unwrap();
    let (width, height) = (size[0].as_f64().unwrap(), size[1].as_f64().unwrap());
    assert!(width < 420.0 && height < 900.0 && height > 1.8 * width, "like a phone: {width} by {height}");
    let lang = "return [document.documentElement.lang, document.querySelector('.phone').lang]";
    assert_eq!(client.execute(lang, vec![]).await.unwrap(), json!(["en", "nl"]));
    for _ in 0..2 {
        press("[data-days='1']").await;
        assert_eq!(with_focus().await, json!("1"), "whoever pressed it may press again");
    }
    press(".ios .note").await;
    // Another time than what is offered first; then another again.
    press(".ios .offer [data-do='other-times']").await;
    let many = client.find_all(css(".ios .offer > button")).await.unwrap().len();
    assert!(many > 3, "{many}");
    press(".ios .offer > button:last-of-type").await;
    assert_eq!(with_focus().await, json!("phone 0"), "what was pressed is gone, the phone is not");
    seen("//*[contains(@class, 'ios')]//button[. = 'Verplaatsen']").await;
    press(".ios .visit [data-do='wait']").await;
    seen("//*[contains(@class, 'ios')]//button[. = 'Niet meer wachten']").await;
    press(".ios .visit [data-do='stop-waiting']").await;
    press(".ios .visit [data-do='times']").await;
    press(".ios .visit [data-do='move']:nth-of-type(2)").await;
    seen("//li[contains(., 'moves the visit')]").await;
    look(&client, "the demo with a visit").await;
    press(".ios .visit [data-do='cancel']").await;
    gone(&client, css(".ios .visit")).await;
    // What one reads, when the phone keeps still, and where one is signed in.
    press(".android .settings summary").await;
    client.find(css(".android .settings select")).await.unwrap().select_by_value("fr").await.unwrap();
    seen("//*[contains(@class, 'android')]//*[contains(., 'Carte d’identité')]").await;
    let quiet = "//*[contains(@class, 'android')]//label[contains(., 'silence de')]/input";
    let before = client.find(Locator::XPath(quiet)).await.unwrap().is_selected().await.unwrap();
    press_any(Locator::XPath(quiet)).await;
    until("the phone keeps still, or no longer", async || {
        client.find(Locator::XPath(quiet)).await.unwrap().is_selected().await.is_ok_and(|now| now != before)
    })
    .await;
    press(".ios .sessions summary").await;
    press(".ios .sessions [data-do='end-session']").await;
    // Signed in here only.
    gone(&client, css(".ios .sessions button")).await;

    // Luc comes, goes and comes again, and is called twice; a day later the counter goes on, and Anna is not there.
    let open = async |phone: &str, title: &str| {
        let line = format!("//*[contains(@class, '{phone}')]//li/button[contains(., '{title}')]");
        press_any(Locator::XPath(&line)).await;
    };
    open("android", "Identiteitskaart vervalt").await;
    press(".android .offer > button").await;
    press(".android [data-do='go']").await;
    press(".android [data-do='check-in']").await;
    press(".android [data-do='leave']").await;
    seen("//*[contains(@class, 'android')]//*[contains(@class, 'ticket')][contains(., 'parti')]").await;
    press(".android [data-do='check-in']").await;
    // At which desk she is, is the console's to say: she may sign on to another there.
    let hall = soon().for_element(css(".hall h2")).await.unwrap().text().await.unwrap();
    assert_eq!(hall, "Els Claes, aan het loket");
    press(".hall [data-do='/call']").await;
    press(".hall [data-do='/step/recall']").await;
    press("[data-days='1']").await;
    seen("//*[contains(@class, 'hall')]//p[. = 'vrij']").await;
    press(".hall [data-do='/call']").await;
    open("ios", "Kids-ID van Emma vervalt").await;
    press(".ios .offer > button").await;
    press(".ios [data-do='go']").await;
    press(".ios [data-do='check-in']").await;
    press(".hall [data-do='/call']").await;
    press(".hall [data-do='/step/miss']").await;
    seen("//*[contains(@class, 'ios')]//*[contains(@class, 'ticket')][contains(., 'gemist')]").await;

    look(&client, "the demo").await;
    client.set_window_size(390, 900).await.unwrap();
    look(&client, "the demo on a phone").await;
    // Nothing answers any more: the page says so, and not for ever what was.
    stop.cancel();
    seen("//*[@id='fault'][contains(., 'The demo has stopped')]").await;
    client.close().await.unwrap();
}

/// The phones are apps: a reload finds them as they were, and whoever signs in goes the whole way, in the phone's browser.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_survives_a_reload_and_is_somebody_elses_once_they_sign_in() {
    let Some((_driver, client)) = browser().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let stop = CancellationToken::new();
    let demo = Demo::start(folder.path(), 200, &stop).await.unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let page = format!("http://{}", listener.local_addr().unwrap());
    let stopped = stop.clone();
    tokio::spawn(async move { demo.serve(listener, stopped).await });

    client.goto(&page).await.unwrap();
    let soon = || client.wait().at_most(PATIENCE);
    let press = async |selector: &str| {
        press(&client, css(selector)).await;
        let fault = client.find(css("#fault")).await.unwrap().text().await.unwrap();
        assert_eq!(fault, "", "{selector}");
    };
    let seen = async |xpath: &str| {
        soon().for_element(Locator::XPath(xpath)).await.unwrap_or_else(|e| panic!("{xpath}: {e}"));
    };
    let there = async |selector: &str| {
        soon().for_element(css(selector)).await.unwrap_or_else(|e| panic!("{selector}: {e}"));
    };
    for _ in 0..2 {
        press("[data-days='1']").await;
    }
    there(".ios .note").await;
    client.refresh().await.unwrap();
    there(".ios .note").await;
    seen("//*[contains(@class, 'ios')]//h2[. = 'Anna Peeters, iPhone']").await;
    // An action of a notification leads where its message does; what is open is open after a reload.
    press(".ios [data-do='note-book']").await;
    assert_eq!(client.find_all(css(".ios .offer > button")).await.unwrap().len(), 3);
    gone(&client, css(".ios .note")).await;
    client.refresh().await.unwrap();
    there(".ios .letter").await;
    // It was no other phone: beside it is her tablet.
    press(".ios .sessions summary").await;
    let sessions = client.find(css(".ios .sessions")).await.unwrap().text().await.unwrap();
    assert!(sessions.contains("iPhone van Anna (deze)") && sessions.contains("iPad van Anna"), "{sessions}");
    assert_eq!(client.find_all(css(".ios .sessions li")).await.unwrap().len(), 2, "{sessions}");

    // Signed out is signed out; then Chloé is handed the phone, and chooses herself on the provider's page.
    press(".ios [data-do='sign-out']").await;
    there(".ios [data-do='sign-in-town']").await;
    look(&client, "a phone on which nobody is signed in").await;
    client.refresh().await.unwrap();
    there(".ios [data-do='sign-in-town']").await;
    let window = client.window().await.unwrap();
    let choose = async |who: &str| {
        press(".ios [data-do='sign-in-town']").await;
        soon().for_element(css(".ios iframe")).await.unwrap().enter_frame().await.unwrap();
        soon()
            .for_element(Locator::LinkText(who))
            .await
            .unwrap_or_else(|e| panic!("{who}: {e}"))
            .click()
            .await
            .unwrap();
    };
    choose("chloe").await;
    client.switch_to_window(window.clone()).await.unwrap();
    seen("//*[contains(@class, 'ios')][@lang = 'fr']//h2[. = 'Chloé Lefèvre, iPhone']").await;
    look(&client, "a phone in French").await;
    let hers = client.find(css(".ios .app")).await.unwrap().text().await.unwrap();
    assert!(hers.contains("Carte d’identité") && !hers.contains("Emma"), "{hers}");
    // Who is not in the register reads so on a page, and comes back to the app.
    press(".ios [data-do='sign-out']").await;
    choose("victor").await;
    let back = soon().for_element(css("a[href^='/app-link/sign-in?error=not_in_register']")).await.unwrap();
    back.click().await.unwrap();
    client.switch_to_window(window).await.unwrap();
    seen("//*[contains(@class, 'ios')]//*[@role = 'alert'][contains(., 'registre')]").await;
    press(".ios [data-do='sign-in']").await;
    seen("//*[contains(@class, 'ios')]//h2[. = 'Anna Peeters, iPhone']").await;

    // Staff sign a lost phone out: it shows nothing any more, and says why.
    let state: Value = reqwest::get(format!("{page}/sandbox/state")).await.unwrap().json().await.unwrap();
    let owned = |device: &&Value| device["token"].as_str().is_some_and(|token| token.starts_with("cPx0FV"));
    let luc = state["devices"].as_array().unwrap().iter().find(owned).unwrap_or_else(|| panic!("{state}"));
    let lost = format!("{page}/sandbox/sign-out/{}", luc["resident"].as_str().unwrap());
    reqwest::Client::new().post(lost).send().await.unwrap().error_for_status().unwrap();
    seen("//*[contains(@class, 'android')]//*[@role = 'alert'][contains(., 'niet meer aangemeld')]").await;
    assert!(client.find_all(css(".android .audit")).await.unwrap().is_empty());
    press(".android [data-do='sign-in']").await;
    there(".android .audit").await;
    client.close().await.unwrap();
    stop.cancel();
}

/// A town that is kept in a folder goes on where it was left.
#[tokio::test(flavor = "multi_thread")]
async fn a_demo_that_is_started_again_goes_on_where_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let mut days = Vec::new();
    for _ in 0..2 {
        let stop = CancellationToken::new();
        let demo = Demo::start(folder.path(), 120, &stop).await.unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let page = format!("http://{}", listener.local_addr().unwrap());
        let stopped = stop.clone();
        let served = tokio::spawn(async move { demo.serve(listener, stopped).await });
        let state = async || -> Value { reqwest::get(format!("{page}/state")).await.unwrap().json().await.unwrap() };
        let before = state().await;
        reqwest::Client::new().post(format!("{page}/days/3")).send().await.unwrap().error_for_status().unwrap();
        let after = state().await;
        for at in [&before, &after] {
            days.push(at["today"].as_str().unwrap().to_owned());
        }
        assert!(!after["phones"][0]["inbox"].as_array().unwrap().is_empty());
        let devices = after["phones"][0]["sessions"].as_array().unwrap().len();
        assert_eq!(devices, 2, "the same phone and tablet: {after}");
        stop.cancel();
        served.await.unwrap().unwrap();
    }
    assert_eq!(days, ["2027-03-01", "2027-03-04", "2027-03-04", "2027-03-07"]);
}

/// The pages that anybody may meet, in a window as wide as a phone and in one as wide as a desk.
#[tokio::test(flavor = "multi_thread")]
async fn the_pages_that_anybody_meets_fit_a_phone_and_can_be_read_by_all() {
    let Some((_driver, client)) = browser().await else { return };
    let world = World::start(Engine::Sqlite).await.unwrap();
    world.people(&[&somebody("Anna", "1985-05-05")]).await;
    let mut water = draft("Wegomleggingsmaatregelen in de Tolpoortstraat en de Kortrijkstraat");
    water["is_public"] = json!(true);
    water["topic"] = json!("culture");
    water["begins_at"] = json!("2027-03-06T14:00:00");
    water["place"] = json!("Kouter");
    water["link"] = json!("https://deinze.example/feest?a=1&b=2");
    let text =
        "Donderdag.\n\n- taart\n- [meer](https://deinze.example/een/heel/lang/adres/dat/niet/breekt/en/verder/gaat)";
    water["texts"] = json!([
        { "language": "nl", "title": water["texts"][0]["title"], "text": text },
        { "language": "fr", "title": "Travaux", "text": "Jeudi." },
    ]);
    let id = sent(&world, 1, &water).await;
    world.drain().await;
    let one = format!("/news/deinze/{id}");
    let french = format!("{one}?language=fr");
    for width in [390, 1_180] {
        client.set_window_size(width, 900).await.unwrap();
        for path in [
            "/",
            "/problems",
            "/news",
            "/news/deinze",
            "/news/deinze/archive",
            "/news/deinze?words=niets",
            &one,
            &french,
            "/news/nowhere",
            "/screen/deinze/nope",
            "/staff",
            "/staff/sign-in?municipality=nope",
        ] {
            client.goto(&format!("{}{path}", world.server)).await.unwrap();
            look(&client, &format!("{path} at {width}")).await;
        }
    }
    // What one fills in stands on one line.
    client.goto(&format!("{}/news/deinze", world.server)).await.unwrap();
    let tops = "return [...document.querySelectorAll('form select, form [name=postcode]')].map((e) => e.getBoundingClientRect().bottom)";
    let tops = client.execute(tops, vec![]).await.unwrap();
    assert_eq!(tops[0], tops[1], "{tops}");
    client.close().await.unwrap();
}
