//! The few pages a citizen may see in the browser: plain words, a way on, no script.

use poem::{IntoResponse as _, Response, http::StatusCode};

use crate::{
    municipalities::Municipality,
    platform::language::{Language, say},
};

/// Has the browser ask again after two seconds, as long as the page is shown.
pub(crate) const REFRESH: (&str, &str) = ("refresh", "2");

/// A page with a title, paragraphs and a link back to the app.
pub fn page(language: Language, title: &str, paragraphs: &[String], back: &str) -> Response {
    let text: String = paragraphs.iter().map(|p| format!("<p>{}</p>", escaped(p))).collect();
    let html = format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;color:#1d2733;
background:#fff}}h1{{font-size:1.6rem;line-height:1.25}}a.back{{display:inline-block;margin-top:1rem;padding:.75rem 1.25rem;
border-radius:.5rem;background:#0b5cad;color:#fff;text-decoration:none}}a.back:focus{{outline:3px solid #f2a900}}</style>
</head><body><main><h1>{title}</h1>{text}<a class="back" href="{back}">{to_app}</a></main></body></html>"#,
        lang = language.code(),
        title = escaped(title),
        back = escaped(back),
        to_app = escaped(&say(language, "sign-in-back", &[])),
    );
    poem::web::Html(html)
        .with_header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        .with_header("referrer-policy", "no-referrer")
        .with_status(StatusCode::OK)
        .into_response()
}

/// "You are not in our register": what to do, and whom to ask.
pub fn unknown(town: &Municipality, language: Language, back: &str) -> Response {
    plain(town, language, back, "sign-in-unknown-title", "sign-in-unknown-body")
}

/// "More is needed": the provider is not sure enough of them for this town.
pub fn too_weak(town: &Municipality, language: Language, back: &str) -> Response {
    plain(town, language, back, "sign-in-too-weak-title", "sign-in-too-weak-body")
}

/// "That is somebody else": the app's session is another's.
pub fn another(town: &Municipality, language: Language, back: &str) -> Response {
    plain(town, language, back, "sign-in-another-title", "sign-in-another-body")
}

/// "Nothing happened": the citizen stopped, or took too long.
pub fn stopped(language: Language, back: &str) -> Response {
    page(language, &say(language, "sign-in-stopped-title", &[]), &[say(language, "sign-in-stopped-body", &[])], back)
}

/// "It did not work": the provider is out of order.
pub fn failed(town: &Municipality, language: Language, back: &str) -> Response {
    plain(town, language, back, "sign-in-failed-title", "sign-in-failed-body")
}

/// "It does not work here": provider and configuration do not fit.
pub fn set_up(town: &Municipality, language: Language, back: &str) -> Response {
    plain(town, language, back, "sign-in-failed-title", "sign-in-set-up-body")
}

/// "You are signed in": the app has had its code.
pub fn done(language: Language, back: &str) -> Response {
    page(language, &say(language, "sign-in-done-title", &[]), &[say(language, "sign-in-done-body", &[])], back)
}

/// "One moment": it is under way, and the browser asks again by itself.
pub fn under_way(language: Language, back: &str) -> Response {
    page(
        language,
        &say(language, "sign-in-under-way-title", &[]),
        &[say(language, "sign-in-under-way-body", &[])],
        back,
    )
    .with_header(REFRESH.0, REFRESH.1)
    .into_response()
}

/// A title, a paragraph, and whom to ask.
fn plain(town: &Municipality, language: Language, back: &str, title: &str, body: &str) -> Response {
    let contact =
        [("municipality", town.name(language)), ("phone", &town.contact.phone), ("email", &town.contact.email)];
    page(
        language,
        &say(language, title, &contact[..1]),
        &[say(language, body, &contact[..1]), say(language, "sign-in-contact", &contact)],
        back,
    )
}

pub(crate) use crate::platform::text::escaped;
