//! What a person meets who types the server's address, or one that is not there: plain pages without a script, that say
//! where one is and how to go on; and `security.txt` for who found a weakness.

pub mod docs;
mod links;
pub mod value;

use poem::{
    IntoResponse as _, Request, Response, handler,
    http::StatusCode,
    web::{Data, Html},
};

use crate::{
    identity::pages::escaped,
    municipalities::Municipalities,
    platform::{
        App,
        http::Asked,
        language::{Language, say},
        openapi::all_codes,
        problem::{Advice, Code, Failure, Problem},
    },
};

/// How long what `security.txt` says holds. RFC 9116, 2.5.5, recommends less than a year.
const SECURITY_TEXT_HOLDS: chrono::Duration = chrono::Duration::days(180);
/// Paths that only programs ask: they get their problem as JSON, whatever they say that they accept.
const FOR_PROGRAMS: &[&str] = &["/v1/", "/staff/v1/", "/openapi/", "/.well-known/"];
const STYLE: &str =
    "body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:40rem;margin:10vh auto;padding:0 1.25rem;color:#1d2733;
background:#fff}h1{font-size:1.6rem;line-height:1.25}a{color:#0b5cad}:focus-visible{outline:3px solid #f2a900}
h2{font-size:1.1rem}dd{margin:0 0 .75rem}dt{font-weight:600}li{margin:.35rem 0}body{overflow-wrap:break-word}
.meta{color:#4a5a6a;font-size:.9375rem}@media(prefers-color-scheme:dark){body{background:#12181f;color:#e6ebf0}
a{color:#8cc4ff}.meta{color:#b3bfca}}";

fn page(language: Language, title: &str, inner: &str) -> Response {
    let html = format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title><style>{STYLE}</style></head>
<body><main><h1>{title}</h1>{inner}</main></body></html>"#,
        lang = language.code(),
        title = escaped(title),
    );
    Html(html)
        .with_header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        .with_header("vary", "accept, accept-language")
        .into_response()
}

fn paragraph(language: Language, key: &str) -> String {
    format!("<p>{}</p>", escaped(&say(language, key, &[])))
}

/// The first page: what this is, and where each municipality's news is.
#[handler]
pub fn home(request: &Request, towns: Data<&Municipalities>) -> Response {
    let language = Language::accepted(request.header("accept-language").unwrap_or_default());
    let list: String = towns
        .all()
        .map(|town| {
            let theirs = town.language_for(Some(language));
            let said = say(language, "front-news-of", &[("municipality", town.name(theirs))]);
            format!(r#"<li><a href="/news/{}">{}</a></li>"#, escaped(&town.key), escaped(&said))
        })
        .collect();
    let way = |to: &str, key: &str| format!(r#"<li><a href="{to}">{}</a></li>"#, escaped(&say(language, key, &[])));
    let inner = format!(
        r#"{what}<ul>{list}</ul><h2>{others}</h2><ul>{staff}{citizen}{tools}</ul>"#,
        what = paragraph(language, "front-what"),
        others = escaped(&say(language, "front-others", &[])),
        staff = way("/staff", "front-staff"),
        citizen = way("/docs/citizen", "front-docs-citizen"),
        tools = way("/docs/staff", "front-docs-staff"),
    );
    page(language, &say(language, "front-title", &[]), &inner)
}

/// What a person is shown in place of a problem; nothing, where a program asked.
pub fn problem_page(asked: &Asked, problem: &Problem) -> Option<Response> {
    if FOR_PROGRAMS.iter().any(|prefix| asked.path.starts_with(prefix)) {
        return None;
    }
    let language = Language::accepted(&asked.languages);
    let key = match problem.status {
        404 | 405 => "front-not-found",
        408 | 429 | 503 => "front-busy",
        400..500 => "front-wrong",
        _ => "front-failed",
    };
    let number = problem.request_id.as_deref().unwrap_or_default();
    let inner = format!(
        r#"{body}<p><a href="/">{home}</a></p><p class="meta">{number}</p>"#,
        body = paragraph(language, &format!("{key}-body")),
        home = escaped(&say(language, "front-home", &[])),
        number = escaped(&say(language, "front-number", &[("number", number)])),
    );
    Some(page(language, &say(language, &format!("{key}-title"), &[]), &inner))
}

/// A text in which what stands between backticks is code.
fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 1 { format!("<code>{}</code>", escaped(part)) } else { escaped(part) }).collect()
}

/// What each problem code means, for who makes an app: `type` of a problem leads here. In English, as the codes are.
#[handler]
pub fn problems(app: Data<&App>) -> Response {
    let mut all = all_codes(app.rooms);
    all.sort_unstable();
    let list: String = all
        .into_iter()
        .map(|code| {
            format!(
                r##"<dt id="{name}"><code>{name}</code> {status} · <a href="#advice-{advice}"><code>{advice}</code></a></dt><dd>{when} {means}</dd>"##,
                name = code.code,
                status = code.status,
                when = with_code(code.when),
                means = with_code(code.title),
                advice = code.advice.as_str(),
            )
        })
        .collect();
    let advice: String = Advice::ALL
        .iter()
        .map(|a| {
            format!(
                r#"<dt id="advice-{a}"><code>{a}</code></dt><dd>{means}</dd>"#,
                a = a.as_str(),
                means = with_code(a.means())
            )
        })
        .collect();
    let inner = format!(
        "<p>Every error of the API is <code>application/problem+json</code> (RFC 9457). Its <code>code</code> is one of these, \
         with the HTTP status beside it. Of each it is said when it comes, and what an app does about it.</p>\
         <h2>What an app does</h2><dl>{advice}</dl><h2>Codes</h2><dl>{list}</dl>"
    );
    page(Language::En, "Problem codes", &inner)
}

/// How to report a weakness (RFC 9116).
#[handler]
pub fn security_text(app: Data<&App>) -> Result<Response, Failure> {
    let server = &app.config.server;
    if server.security_contact.is_empty() {
        return Err(Failure::new(Code::NotFound));
    }
    let expires = (app.clock.now() + SECURITY_TEXT_HOLDS).format("%Y-%m-%dT00:00:00Z");
    let canonical = server.public_url.join("/.well-known/security.txt").map_err(Failure::internal)?;
    let text = format!(
        "Contact: {}\nExpires: {expires}\nPreferred-Languages: nl, fr, en\nCanonical: {canonical}\n",
        server.security_contact
    );
    Ok(text.with_content_type("text/plain; charset=utf-8").with_status(StatusCode::OK).into_response())
}
