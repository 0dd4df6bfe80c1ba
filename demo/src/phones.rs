//! The two phones of the page. Each is an app in TypeScript (`web/`, built to `dist/`, which is committed so that a clone needs no Node) on the
//! package for apps, in the browser of whoever opens the page.
//!
//! What is here stands around the app on a real phone: the browser in which somebody signs in, the links that it hands over, and what the
//! phone's provider delivers. Until a page takes a phone, the demo holds it itself.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::stream;
use poem::{
    Endpoint, IntoResponse as _, Request, Response, Route, get, handler,
    http::{HeaderValue, StatusCode, header},
    post,
    web::{
        Data, Html, Json, Path, Query,
        sse::{Event, SSE},
    },
};
use serde_json::{Value, json};
use thuisloket_mobile_contract::phone::Kind;
use tokio::sync::watch;

use super::{
    Demo, done,
    network::{API, Front, SIGN_IN},
};

/// Where a provider sends the browser back to, at the server.
const CALLBACK: &str = "/sign-in/callback";
/// Where a link of the app leads: the phone's browser hands it to the app, and shows nothing.
const APP_LINK: &str = "/app-link";
/// What the page may load.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob:; connect-src 'self'; frame-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a page may load that the phone's browser shows.
const BROWSED: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
/// How often a connection that hears nothing is used all the same.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// The most characters of a line of the story.
const MOST_TOLD: usize = 400;

/// What was delivered to the phones that a page has, in its order. Cheap to clone.
pub type Delivered = Arc<watch::Sender<Vec<Value>>>;

/// The page, and what its phones ask the demo for.
pub fn routes(route: Route) -> Route {
    route
        .at("/", get(page))
        .at("/page.js", get(script))
        .at("/page.css", get(style))
        .at("/pushes", get(pushes))
        .at("/told", post(told))
        .at("/phones/:phone/take", post(take))
        .at("/app-link/*path", get(handed_over))
}

/// What the phone's browser knows by another address than the server says.
pub struct Links {
    /// What the server calls itself.
    pub itself: String,
    /// Where links of the app begin.
    pub app_link: String,
}

impl Links {
    /// The same address, as the phone's browser knows it: the server has the page's address, and a link of the app is handed over.
    fn here(&self, address: &str) -> String {
        let after = |start: &str| address.strip_prefix(start).filter(|path| path.starts_with('/'));
        match (after(&self.app_link), after(&self.itself)) {
            (Some(path), _) => format!("{APP_LINK}{path}"),
            (None, Some(path)) => path.to_owned(),
            (None, None) => address.to_owned(),
        }
    }

    /// A page, with links of the app as the phone's browser knows them.
    fn in_page(&self, html: &str) -> String {
        html.replace(&format!("\"{}/", self.app_link), &format!("\"{APP_LINK}/"))
    }
}

/// The page's paths, and beside them the server's as its phones reach them: a page reads answers of its own origin only.
pub struct Page<R, S> {
    /// The page's own paths.
    pub route: R,
    /// The server, over a network that does not break.
    pub server: Front<S>,
    /// What is called otherwise there.
    pub links: Links,
}

impl<R: Endpoint, S: Endpoint<Output = Response>> Endpoint for Page<R, S> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let path = request.uri().path();
        if path.starts_with(API) {
            return self.server.call(request).await;
        }
        if path.starts_with(SIGN_IN) || path == CALLBACK {
            return self.browsed(request).await;
        }
        Ok(self.route.call(request).await?.into_response())
    }
}

impl<R: Endpoint, S: Endpoint<Output = Response>> Page<R, S> {
    /// What the phone's browser shows, which stands in the phone on the page.
    async fn browsed(&self, request: Request) -> poem::Result<Response> {
        let mut answer = self.server.call(request).await?;
        let leads = answer.header(header::LOCATION).map(|address| self.links.here(address));
        let is_page = answer.content_type().is_some_and(|kind| kind.starts_with("text/html"));
        let headers = answer.headers_mut();
        headers.remove(header::X_FRAME_OPTIONS);
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(BROWSED));
        if let Some(value) = leads.and_then(|address| HeaderValue::try_from(address).ok()) {
            headers.insert(header::LOCATION, value);
        }
        if is_page {
            headers.remove(header::CONTENT_LENGTH);
            let html = answer.take_body().into_string().await?;
            answer.set_body(self.links.in_page(&html));
        }
        Ok(answer)
    }
}

/// What a push says on a lock screen; none for one that takes another off.
fn said(payload: &Value) -> Option<String> {
    let (data, shown) = match payload.get("android") {
        Some(android) => (&android["data"], &android["notification"]),
        None => (payload, &payload["aps"]["alert"]),
    };
    if data["type"] == "clear" {
        return None;
    }
    let text = [shown["title"].as_str(), shown.as_str().or(shown["body"].as_str())];
    Some(text.into_iter().flatten().collect::<Vec<_>>().join(". "))
}

impl Demo {
    /// Gives a phone to the page, which is signed in on it from now on: what is delivered to it goes there, and the demo lets go of its session.
    /// A page that comes later, or is loaded again, takes it over as well.
    async fn take(&self, phone: usize) -> Option<Value> {
        let mut phones = self.phones.lock().await;
        let shown = phones.get_mut(phone)?;
        let (ios, target) = match &shown.phone.kind {
            Kind::Ios { token } => (true, token.clone()),
            Kind::Android { fid } => (false, fid.clone()),
        };
        if !std::mem::replace(&mut shown.taken, true) {
            let stubs = &self.stubs;
            let mut line = if ios { stubs.apns.connect(&target) } else { stubs.fcm.connect(&target) };
            // What came until now is on its lock screen already.
            shown.phone.receive_all().await;
            let (demo, name) = (self.clone(), shown.phone.name.clone());
            tokio::spawn(async move {
                while let Some(Some(payload)) = demo.stop.run_until_cancelled(line.recv()).await {
                    match said(&payload) {
                        Some(text) if text.is_empty() => demo.say(format!("{name} lights up.")),
                        Some(text) => demo.say(format!("{name} lights up: “{text}”")),
                        None => {}
                    }
                    demo.delivered.send_modify(|all| all.push(json!({ "phone": phone, "payload": payload })));
                }
            });
        }
        Some(json!({
            "name": shown.phone.name,
            "ios": ios,
            "installation": shown.phone.installation,
            "target": target,
            "person": shown.given().to_lowercase(),
            "provider": shown.phone.provider,
            "lock": shown.locked(),
        }))
    }
}

#[handler]
fn page() -> Response {
    Html(include_str!("../dist/index.html"))
        .with_header(header::CONTENT_SECURITY_POLICY, POLICY)
        .with_header(header::CACHE_CONTROL, "no-cache")
        .into_response()
}

#[handler]
fn script() -> Response {
    include_str!("../dist/page.js")
        .with_content_type("text/javascript; charset=utf-8")
        .with_header(header::CACHE_CONTROL, "no-cache")
        .into_response()
}

#[handler]
fn style() -> Response {
    include_str!("../dist/page.css")
        .with_content_type("text/css; charset=utf-8")
        .with_header(header::CACHE_CONTROL, "no-cache")
        .into_response()
}

/// What the phone's browser has when it handed a link over: the app reads the address, and closes it.
#[handler]
fn handed_over() -> Response {
    Html("<!doctype html><html lang=\"en\"><title>The app opens</title></html>")
        .with_header(header::CONTENT_SECURITY_POLICY, BROWSED)
        .with_header(header::CACHE_CONTROL, "no-store")
        .into_response()
}

#[handler]
async fn take(demo: Data<&Demo>, Path(phone): Path<usize>) -> Response {
    match demo.take(phone).await {
        Some(handset) => Json(handset).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What somebody did on a phone, for the story; and the server does what follows from it.
#[handler]
async fn told(demo: Data<&Demo>, line: String) -> Response {
    demo.say(line.chars().filter(|letter| !letter.is_control()).take(MOST_TOLD).collect());
    done(demo.settle().await)
}

/// What is delivered to the page's phones, on from the one that it heard last.
#[handler]
fn pushes(demo: Data<&Demo>, request: &Request, Query(query): Query<HashMap<String, String>>) -> SSE {
    let last = request.header("last-event-id").or(query.get("after").map(String::as_str));
    let heard = last.and_then(|id| id.parse::<usize>().ok()).unwrap_or_default();
    let begin = (heard, demo.delivered.subscribe(), demo.stop.clone());
    let events = stream::unfold(begin, |(heard, mut delivered, stop)| async move {
        loop {
            let next = delivered.borrow_and_update().get(heard).map(Value::to_string);
            if let Some(next) = next {
                let heard = heard + 1;
                return Some((Event::message(next).id(heard.to_string()), (heard, delivered, stop)));
            }
            stop.run_until_cancelled(delivered.changed()).await?.ok()?;
        }
    });
    SSE::new(events).keep_alive(KEEP_ALIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_screen_says_what_the_provider_was_given() {
        let ios = |alert: Value| json!({ "aps": { "alert": alert }, "type": "show" });
        assert_eq!(said(&ios(json!("Kijk."))).unwrap(), "Kijk.");
        assert_eq!(said(&ios(json!({ "title": "Brand", "body": "Kijk." }))).unwrap(), "Brand. Kijk.");
        let android =
            |kind: &str, shown: Value| json!({ "android": { "data": { "type": kind }, "notification": shown } });
        assert_eq!(said(&android("show", json!({ "body": "Kijk." }))).unwrap(), "Kijk.");
        assert_eq!(said(&android("show", Value::Null)).unwrap(), "", "the app shows it");
        assert_eq!(said(&android("clear", Value::Null)), None);
    }

    #[test]
    fn the_phones_browser_hands_links_of_the_app_over_and_knows_the_server_by_the_pages_address() {
        let of = |app_link: &str| Links { itself: "http://10.0.2.2:8091".to_owned(), app_link: app_link.to_owned() };
        let links = of("http://10.0.2.2:8091/app");
        assert_eq!(links.here("http://10.0.2.2:8091/app/sign-in?code=x"), "/app-link/sign-in?code=x");
        assert_eq!(links.here("http://10.0.2.2:8091/sign-in/callback?code=y"), "/sign-in/callback?code=y");
        assert_eq!(links.here("http://10.0.2.2:80910/x"), "http://10.0.2.2:80910/x", "another server");
        let own = of("myapp://town");
        assert_eq!(own.here("myapp://town/sign-in?error=stopped"), "/app-link/sign-in?error=stopped");
        assert_eq!(own.in_page("<a href=\"myapp://town/sign-in?error=x\">"), "<a href=\"/app-link/sign-in?error=x\">");
    }
}
