//! The demo's page, in a real browser.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;
use thuisloket::demo::Demo;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub(crate) fn css(selector: &str) -> Locator<'_> {
    Locator::Css(selector)
}

pub(crate) struct Driver(Child);
impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

pub(crate) async fn browser() -> Option<(Driver, Client)> {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let driver =
        Command::new("chromedriver").arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
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
    let wanted = json!({ "goog:chromeOptions": { "args": args } });
    for _ in 0..100 {
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
    client.wait().at_most(Duration::from_secs(20)).for_element(css(".phone.android")).await.unwrap();
    assert_eq!(client.find_all(css(".phone")).await.unwrap().len(), 2);
    assert_eq!(client.find_all(css(".note")).await.unwrap().len(), 0);
    for _ in 0..2 {
        client.find(css("[data-days='1']")).await.unwrap().click().await.unwrap();
        client
            .wait()
            .at_most(Duration::from_secs(30))
            .for_element(css("[data-days='1']:not(:disabled)"))
            .await
            .unwrap();
    }
    client.wait().at_most(Duration::from_secs(10)).for_element(css(".android .note")).await.unwrap();
    let note = client.find(css(".ios .note")).await.unwrap();
    let text = note.text().await.unwrap();
    assert!(text.contains("Je hebt een nieuw bericht van je gemeente."), "{text}");
    assert!(!text.contains("Emma") && !text.contains("Kids"), "{text}");
    assert_eq!(client.find(css(".ios .badge")).await.unwrap().text().await.unwrap(), "1");
    note.click().await.unwrap();
    let letter = client.wait().at_most(Duration::from_secs(10)).for_element(css(".ios .letter")).await.unwrap();
    let text = letter.text().await.unwrap();
    assert!(text.contains("Kids-ID van Emma vervalt op 1 juni 2027") && text.contains("breng je kind mee"), "{text}");
    assert!(text.contains("90 dagen voor de vervaldatum"), "{text}");
    assert_eq!(client.find_all(css(".ios .note")).await.unwrap().len(), 0);
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
    let soon = || client.wait().at_most(Duration::from_secs(20));
    let press = async |selector: &str| {
        soon().for_element(css(selector)).await.unwrap().click().await.unwrap();
        soon().for_element(css("[data-days='1']:not(:disabled)")).await.unwrap();
    };
    assert_eq!(client.find_all(css(".ios .offer button")).await.unwrap().len(), 3);
    press(".ios .offer button:last-of-type").await;
    let visit = soon().for_element(css(".ios .visit")).await.unwrap().text().await.unwrap();
    assert!(visit.contains("Kids-ID aanvragen, donderdag 4 maart") && visit.contains("zeg aan het loket"), "{visit}");
    assert!(visit.contains("Herinnering: woensdag 3 maart") && visit.contains("17:00"), "{visit}");
    assert!(client.find_all(css(".ios .offer")).await.unwrap().is_empty(), "it is booked");
    // The day itself: she is at the door, the screen hangs in the hall.
    press(".ios .visit button").await;
    press(".ios .visit button").await;
    assert_eq!(soon().for_element(css(".ios .number")).await.unwrap().text().await.unwrap(), "A1");
    let hall = client.find(css("#screen")).await.unwrap().attr("href").await.unwrap().unwrap();
    let phones = client.window().await.unwrap();
    let screen = client.new_window(false).await.unwrap().handle;
    client.switch_to_window(screen.clone()).await.unwrap();
    client.goto(&hall).await.unwrap();
    let waiting = Locator::XPath("//*[@id='waiting'][contains(., '1')]");
    soon().for_element(waiting).await.unwrap();
    let closed = client.find(css("#closed")).await.unwrap().text().await.unwrap();
    assert_eq!(closed, "We zijn gesloten. We gaan vandaag open om 9.00 uur.", "she is early");
    client.switch_to_window(phones.clone()).await.unwrap();
    press(".hall button").await;
    // SCREENSHOT=docs/demo.png keeps what a person sees, and docs/screen.png beside it.
    let keep = async |name: &str| {
        if let Some(path) = std::env::var_os("SCREENSHOT") {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path).with_file_name(name);
            client.execute("scrollTo(0, 0)", vec![]).await.unwrap();
            std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
        }
    };
    soon()
        .for_element(Locator::XPath("//*[contains(@class, 'ticket')][contains(., 'ga naar Loket 1')]"))
        .await
        .unwrap();
    let note = soon().for_element(css(".ios .note")).await.unwrap().text().await.unwrap();
    assert!(note.contains("Kijk nu in de app van je gemeente."), "{note}");
    keep("demo.png").await;
    client.switch_to_window(screen).await.unwrap();
    let called = soon().for_element(css(".call.open")).await.unwrap().text().await.unwrap();
    assert_eq!(called.split_whitespace().collect::<Vec<_>>(), ["A1", "Loket", "1"], "a number and a desk, and no name");
    let said = client.find(css("#said")).await.unwrap().prop("textContent").await.unwrap();
    assert_eq!(said.as_deref(), Some("Nummer A1, Loket 1."));
    keep("screen.png").await;
    client.switch_to_window(phones).await.unwrap();
    press(".hall button").await;
    press(".hall button:last-of-type").await;
    // It is over; one question.
    let stars = Locator::XPath("//*[contains(@class, 'ios')]//button[. = '5']");
    soon().for_element(stars).await.unwrap().click().await.unwrap();
    soon().for_element(Locator::XPath("//li[contains(., '5 out of 5')]")).await.unwrap();
    // The API page can be read.
    let api = client.find(css("#citizen")).await.unwrap().attr("href").await.unwrap().unwrap();
    client.goto(&api).await.unwrap();
    client
        .wait()
        .at_most(Duration::from_secs(20))
        .for_element(css("#operations-tag-default, .opblock, .info"))
        .await
        .unwrap();
    client.close().await.unwrap();
    stop.cancel();
}
