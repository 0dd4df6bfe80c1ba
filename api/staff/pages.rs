//! The few pages of staff before they are signed in: which way, and what went wrong.

use poem::{IntoResponse as _, Request, Response, http::StatusCode};

use crate::{
    identity::pages::{REFRESH, escaped},
    municipalities::Municipalities,
    platform::language::{Language, say},
};

/// The first of the browser's languages that we speak.
pub fn language(request: &Request) -> Language {
    Language::accepted(request.header("accept-language").unwrap_or_default())
}

fn page(language: Language, title: &str, inner: &str) -> Response {
    let html = format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · Thuisloket</title>
<style>body{{font:1.0625rem/1.6 system-ui,sans-serif;max-width:40rem;margin:10vh auto;padding:0 1.25rem;color:#1d2733;
background:#fff}}h1{{font-size:1.6rem;line-height:1.25}}a,button{{display:inline-block;margin:.25rem .5rem .25rem 0;
padding:.6rem 1.1rem;border-radius:.5rem;border:0;background:#0b5cad;color:#fff;text-decoration:none;font:inherit;
cursor:pointer}}button.plain,a.plain{{background:#e7edf3;color:#1d2733}}:focus-visible{{outline:3px solid #f2a900}}
li{{margin:.35rem 0}}form{{display:inline}}</style>
</head><body><main><h1>{title}</h1>{inner}</main></body></html>"#,
        lang = language.code(),
        title = escaped(title),
    );
    poem::web::Html(html)
        .with_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        .into_response()
}

fn paragraph(language: Language, key: &str) -> String {
    format!("<p>{}</p>", escaped(&say(language, key, &[])))
}

fn back(language: Language) -> String {
    format!(r#"<a href="/staff">{}</a>"#, escaped(&say(language, "staff-again", &[])))
}

/// "Sign in": a way for each town that has one.
pub fn welcome(language: Language, towns: &Municipalities) -> Response {
    let mut ways = String::new();
    for town in towns.all().filter(|t| t.staff_identity_provider.is_some()) {
        let name = [("municipality", town.name(language))];
        let query: String = url::form_urlencoded::byte_serialize(town.key.as_bytes()).collect();
        let label = escaped(&say(language, "staff-sign-in", &name));
        ways.push_str(&format!(r#"<a href="/staff/sign-in?municipality={query}">{label}</a>"#));
    }
    if ways.is_empty() {
        ways = paragraph(language, "staff-no-provider");
    }
    page(language, &say(language, "staff-welcome", &[]), &ways)
}

/// "Nobody gave you a role here."
pub fn no_roles(language: Language) -> Response {
    page(
        language,
        &say(language, "staff-no-roles-title", &[]),
        &(paragraph(language, "staff-no-roles-body") + &back(language)),
    )
}

/// "That town is not here": a link that was typed wrong, or is old.
pub fn unknown_town(language: Language) -> Response {
    let inner = paragraph(language, "staff-unknown-town-body") + &back(language);
    let page = page(language, &say(language, "staff-unknown-town-title", &[]), &inner);
    page.with_status(StatusCode::NOT_FOUND).into_response()
}

/// "Nothing happened": stopped, too late, or another browser.
pub fn stopped(language: Language) -> Response {
    page(
        language,
        &say(language, "sign-in-stopped-title", &[]),
        &(paragraph(language, "staff-stopped-body") + &back(language)),
    )
}

/// "It does not work here": provider and configuration do not fit.
pub fn set_up(language: Language) -> Response {
    page(
        language,
        &say(language, "staff-failed-title", &[]),
        &(paragraph(language, "staff-set-up-body") + &back(language)),
    )
}

/// "One moment": it is under way, and the browser asks again by itself.
pub fn under_way(language: Language) -> Response {
    let title = say(language, "sign-in-under-way-title", &[]);
    page(language, &title, &paragraph(language, "sign-in-under-way-body"))
        .with_header(REFRESH.0, REFRESH.1)
        .into_response()
}

/// "It did not work": the provider is out of order.
pub fn failed(language: Language) -> Response {
    page(
        language,
        &say(language, "staff-failed-title", &[]),
        &(paragraph(language, "staff-failed-body") + &back(language)),
    )
}
