//! The pages on which an app maker reads the API, in a real browser, and what a server answers for them.

use reqwest::header;
use serde_json::json;

use crate::{
    console::{demo, keep},
    page::{browser, click, css, find, look, until},
    world::{Engine, World},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_app_maker_reads_the_guide_finds_an_operation_and_tries_it() {
    let Some((_driver, client)) = browser().await else { return };
    let (_folder, _phones, server, stop) = demo(60).await;
    client.goto(&format!("{server}/docs/citizen")).await.unwrap();
    find(&client, "//h2[. = 'Sign in, step by step']").await;
    look(&client, "the guide").await;

    // Somebody looks for how to book.
    let field = find(&client, "//label[contains(., 'Find an operation')]//input").await;
    field.send_keys("book visit").await.unwrap();
    find(&client, "//*[@role = 'status'][contains(., 'operation')]").await;
    click(&client, "//nav//a[. = 'Book a visit, or hold its start']").await;
    find(&client, "//h1[. = 'Book a visit, or hold its start']").await;
    for (language, word) in
        [("Swift", "URLSession.shared"), ("Kotlin", "OkHttpClient()"), ("TypeScript", "await fetch(")]
    {
        click(&client, &format!("//*[@role = 'tab'][. = '{language}']")).await;
        find(&client, &format!("//*[@role = 'tabpanel']//code[contains(., '{word}')]")).await;
        let sample = find(&client, "//*[@role = 'tabpanel']").await.text().await.unwrap();
        assert!(sample.contains(&format!("{server}/v1/appointments")) && sample.contains("service_id"), "{sample}");
    }
    look(&client, "an operation").await;

    // A citizen signs in, as in an app, and asks for their messages.
    client.goto(&format!("{server}/docs/citizen#list_messages")).await.unwrap();
    find(&client, "//label[contains(., 'Identity provider')]//option[. = 'town']").await;
    let provider = find(&client, "//label[contains(., 'Identity provider')]//select").await;
    provider.select_by_label("town").await.unwrap();
    click(&client, "//button[. = 'Sign in']").await;
    click(&client, "//a[. = 'anna']").await;
    find(&client, "//h1[. = 'List my messages']").await;
    find(&client, "//*[contains(text(), 'Signed in, at the level')]").await;
    let address = client.current_url().await.unwrap();
    assert!(address.query().is_none() && address.path() == "/docs/citizen", "{address}");
    find(&client, "//label[starts-with(., 'limit')]//input").await.send_keys("2").await.unwrap();
    click(&client, "//button[. = 'Send GET']").await;
    find(&client, "//*[@class = 'answer']//strong[starts-with(., '200')]").await;
    find(&client, "//section[@class = 'try']//pre[contains(., '\"messages\"')]").await;
    look(&client, "an answer").await;
    keep(&client, "api.png").await;
    // What is refused is shown as well.
    let limit = find(&client, "//label[starts-with(., 'limit')]//input").await;
    limit.clear().await.unwrap();
    limit.send_keys("1000").await.unwrap();
    click(&client, "//button[. = 'Send GET']").await;
    find(&client, "//section[@class = 'try']//pre[contains(., 'parameter_invalid')]").await;

    client.set_window_size(390, 844).await.unwrap();
    for (page, what) in
        [("citizen", "the guide"), ("citizen#list_messages", "an operation"), ("staff#make_key", "staff’s")]
    {
        client.goto(&format!("{server}/docs/{page}")).await.unwrap();
        client.refresh().await.unwrap();
        find(&client, "//h1").await;
        until("the script is there", async || client.find(css("#find input")).await.is_ok()).await;
        look(&client, &format!("{what}, on a narrow screen")).await;
    }
    stop.cancel();
}

journeys! {
    the_pages_are_whole_without_a_script_small_and_kept,
}

async fn the_pages_are_whole_without_a_script_small_and_kept(world: World) {
    let get = async |path: &str, headers: &[(header::HeaderName, &str)]| {
        let request = world.http.get(format!("{}{path}", world.server));
        headers.iter().fold(request, |request, (name, value)| request.header(name, *value)).send().await.unwrap()
    };
    for (page, document, words) in [
        (
            "/docs/citizen",
            "/openapi/citizen.json",
            ["PKCE", "Idempotency-Key", "href=\"#book_appointment\"", "/tickets/{id}"],
        ),
        ("/docs/staff", "/openapi/staff.json", ["x-scopes", "Idempotency-Key", "href=\"#make_key\"", "/staff/v1/keys"]),
    ] {
        let answer = get(page, &[]).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        // No script that stands in the page, no style either, and nothing of another host.
        assert!(
            policy.contains("script-src 'self';") && !policy.contains("unsafe") && !policy.contains("http"),
            "{policy}"
        );
        let html = answer.text().await.unwrap();
        for word in words {
            assert!(html.contains(word), "{page}: {word}");
        }
        assert!(
            !html.contains("<style") && !html.contains(" style=") && html.matches("<script").count() == 1,
            "{page}"
        );
        let gzip = [(header::ACCEPT_ENCODING, "gzip")];
        let mut total = 0;
        let files = html.split('"').filter(|part| part.starts_with("/docs/") && part.contains("/docs."));
        for file in files.chain([page, document]) {
            let answer = get(file, &gzip).await;
            assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip", "{file}");
            let cache = answer.headers()[header::CACHE_CONTROL].to_str().unwrap().to_owned();
            assert_eq!(cache.contains("immutable"), file.contains("/docs."), "{file}: {cache}");
            let tag = answer.headers()[header::ETAG].to_str().unwrap().to_owned();
            total += answer.bytes().await.unwrap().len();
            let again = get(file, &[gzip[0].clone(), (header::IF_NONE_MATCH, &tag)]).await;
            assert_eq!(again.status().as_u16(), 304, "{file}");
            assert!(get(file, &[]).await.headers().get(header::CONTENT_ENCODING).is_none(), "{file}");
        }
        assert!((10_000..200_000).contains(&total), "{page} and what it loads have {total} bytes");
    }
    assert_eq!(get("/docs/0123456789abcdef/docs.js", &[]).await.status().as_u16(), 404);
}

/// It has to be switched on: by default no page asks for a token, and no sign-in comes back to one.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_town_tries_nothing() {
    let Some((_driver, client)) = browser().await else { return };
    let world = World::start(Engine::Sqlite).await.unwrap();
    for page in ["citizen", "staff"] {
        let html = world.http.get(format!("{}/docs/{page}", world.server)).send().await.unwrap().text().await.unwrap();
        assert!(html.contains("data-try=\"none\""), "{page}");
    }
    client.goto(&format!("{}/docs/citizen#list_messages", world.server)).await.unwrap();
    find(&client, "//h1[. = 'List my messages']").await;
    let fields = "return document.querySelectorAll('#operation input, #operation textarea, .try').length";
    assert_eq!(client.execute(fields, vec![]).await.unwrap(), json!(0));
}
