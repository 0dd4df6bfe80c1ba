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

struct Driver(Child);
impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

async fn browser() -> Option<(Driver, Client)> {
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
    let css = |c| Locator::Css(c);
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
    // SCREENSHOT=docs/demo.png keeps what a person sees.
    if let Some(path) = std::env::var_os("SCREENSHOT") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        std::fs::write(path, client.screenshot().await.unwrap()).unwrap();
    }
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
