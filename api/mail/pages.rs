//! `/mail/unsubscribe/{token}`: ends announcements by e-mail, for who follows the link in one, or whose program does it with one click (RFC
//! 8058). Looking at the page changes nothing: programs that look for evil follow links.

use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{Data, Html, Path},
};

use super::unsubscribing;
use crate::{
    contacts,
    identity::pages::escaped,
    municipalities::Municipalities,
    platform::{
        App,
        language::{Language, say},
        problem::{Code, Failure},
    },
    staff::pages::language,
};

/// A page with a title, a paragraph, and a button where there is something to do.
fn page(language: Language, town: &str, (title, body): (&str, &str), button: Option<&str>) -> Response {
    let town = [("municipality", town)];
    let title = escaped(&say(language, title, &town));
    let button = button
        .map(|key| format!("<form method=\"post\"><button>{}</button></form>", escaped(&say(language, key, &[]))));
    let html = format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>body{{font:1.125rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;color:#1d2733;
background:#fff}}h1{{font-size:1.6rem;line-height:1.25}}button{{font:inherit;padding:.75rem 1.25rem;border:0;
border-radius:.5rem;background:#0b5cad;color:#fff;cursor:pointer}}:focus-visible{{outline:3px solid #f2a900}}</style>
</head><body><main><h1>{title}</h1><p>{body}</p>{button}</main></body></html>"#,
        lang = language.code(),
        body = escaped(&say(language, body, &town)),
        button = button.unwrap_or_default(),
    );
    Html(html)
        .with_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        .into_response()
}

/// What the link would do.
#[handler]
pub fn show(request: &Request, towns: Data<&Municipalities>, Path(token): Path<String>) -> Result<Response, Failure> {
    let (town, _) = unsubscribing::read(&towns, &token).ok_or_else(|| Failure::new(Code::NotFound))?;
    let language = language(request);
    let said = ("mail-unsubscribe-title", "mail-unsubscribe-body");
    Ok(page(language, town.name(language), said, Some("mail-unsubscribe-button")))
}

/// Does it. Said twice, it is the same.
#[handler]
pub async fn end(
    request: &Request,
    app: Data<&App>,
    towns: Data<&Municipalities>,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let (town, resident) = unsubscribing::read(&towns, &token).ok_or_else(|| Failure::new(Code::NotFound))?;
    let mut w = app.db.write().await?;
    let ended = contacts::end_announcements(&mut w, (town.id, resident), app.clock.now()).await?;
    w.commit().await?;
    tracing::info!(municipality = town.key, ended, "announcements by e-mail were ended by a link");
    let language = language(request);
    Ok(page(language, town.name(language), ("mail-unsubscribed-title", "mail-unsubscribed-body"), None))
}
