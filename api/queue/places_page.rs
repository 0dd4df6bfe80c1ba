//! `/locations/{municipality}`: when the town is open and how long one waits now, for who has no app: as a page without a script, and as
//! data in the words of schema.org, which OSLO uses too (`openingHoursSpecification`).

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{Data, Html, Path},
};
use serde_json::{Value, json};

use super::{model::Place, places};
use crate::{
    appointments::{
        model::Span,
        notices::{hour, moment, text},
    },
    identity::pages::escaped,
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        language::{Language, date, say},
        problem::{Failure, Refused},
        time::local_day,
    },
    staff::pages::language as browsers,
};

/// How long a browser or a proxy may show the same, in seconds: it tells how long one waits now.
const FRESH: &str = "public, max-age=15";

const STYLE: &str = "body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;
color:#1d2733;background:#fff;overflow-wrap:break-word}h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.25rem;margin:0}
section{border-top:1px solid #d5dde5;padding:1.25rem 0}.state{font-weight:600}.meta{color:#4a5a6a;font-size:.9375rem}
table{border-collapse:collapse;margin:.5rem 0}caption{text-align:left;font-weight:600}th,td{text-align:left;font-weight:400;
padding:.2rem 1.5rem .2rem 0;vertical-align:top}a{color:#0b5cad}:focus-visible{outline:3px solid #f2a900;outline-offset:2px}
@media(prefers-color-scheme:dark){body{background:#12181f;color:#e6ebf0}a{color:#8cc4ff}.meta{color:#b3bfca}
section{border-color:#36424e}}";

fn town_of(towns: &Municipalities, key: &str) -> Result<Arc<Municipality>, Failure> {
    towns.by_key(key).cloned().map_err(Refused::into_failure)
}

/// The page.
#[handler]
pub async fn page(
    request: &Request,
    app: Data<&App>,
    towns: Data<&Municipalities>,
    Path(key): Path<String>,
) -> Result<Response, Failure> {
    let town = town_of(&towns, &key)?;
    let chosen = request.uri().query().and_then(|q| {
        url::form_urlencoded::parse(q.as_bytes()).find(|(name, _)| name == "language").map(|(_, value)| value)
    });
    let theirs = request.header("accept-language").map(|_| browsers(request));
    let language = town.language_for(chosen.and_then(|code| Language::parse(&code)).or(theirs));
    let places = places::all(&app, &town).await?;
    let now = app.clock.now();
    let halls = places.iter().filter(|p| p.location.is_hall());
    let sections: String = halls.map(|place| section(language, &town, place, now)).collect();
    let title = say(language, "places-title", &[("municipality", town.name(language))]);
    let phone = say(language, "places-phone", &[("phone", &town.contact.phone)]);
    let others: String = Language::ALL
        .into_iter()
        .filter(|l| *l != language)
        .map(|l| {
            format!(
                r#"<a href="?language={code}" lang="{code}" hreflang="{code}">{}</a> "#,
                escaped(&say(l, "language-name", &[])),
                code = l.code()
            )
        })
        .collect();
    let html = format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="alternate" type="application/ld+json" href="/locations/{key}/data.json"><style>{STYLE}</style></head>
<body><main><h1>{title}</h1>{sections}<p>{phone}</p></main><footer><p class="meta">{others}</p></footer></body></html>"#,
        lang = language.code(),
        title = escaped(&title),
        key = escaped(&town.key),
        phone = escaped(&phone),
    );
    Ok(Html(html)
        .with_header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        .with_header("cache-control", FRESH)
        .with_header("vary", "accept-language")
        .into_response())
}

/// Opening hours as a table: a row for each day.
fn table(language: Language, town: &Municipality, open: &[Span], today: NaiveDate) -> String {
    let rows: String = today
        .iter_days()
        .take(7)
        .map(|day| {
            let local = |at: DateTime<Utc>| at.with_timezone(&town.zone).date_naive();
            let spans: Vec<String> = open
                .iter()
                .filter(|s| local(s.from) == day)
                .map(|s| format!("{} – {}", hour(language, town, s.from), hour(language, town, s.until)))
                .collect();
            let weekday = say(language, "weekday", &[("weekday", &day.format("%a").to_string().to_lowercase())]);
            let hours = if spans.is_empty() { say(language, "places-closed-day", &[]) } else { spans.join(", ") };
            format!(
                r#"<tr><th scope="row">{} {}</th><td>{}</td></tr>"#,
                escaped(&weekday),
                escaped(&date(language, day)),
                escaped(&hours)
            )
        })
        .collect();
    format!("<table><caption>{}</caption>{rows}</table>", escaped(&say(language, "places-hours", &[])))
}

fn section(language: Language, town: &Municipality, place: &Place, now: DateTime<Utc>) -> String {
    let l = &place.location;
    let today = now.with_timezone(&town.zone).date_naive();
    let line = |text: String| format!("<p>{}</p>", escaped(&text));
    let state = match (place.is_open, place.opens_at) {
        _ if place.is_stopped => say(language, "places-stopped", &[]),
        (true, _) => say(language, "places-open", &[]),
        (false, Some(at)) => say(language, "places-opens", &[("moment", &moment(language, town, at))]),
        (false, None) => say(language, "places-closed", &[]),
    };
    let mut inner =
        format!(r#"<h2>{}</h2><p class="state">{}</p>"#, escaped(text(&l.names, language, town)), escaped(&state));
    if !l.address.trim().is_empty() {
        inner += &line(l.address.clone());
    }
    if place.is_open {
        inner += &line(say(language, "places-waiting", &[("count", &place.waiting.to_string())]));
        let waits: String = place
            .services
            .iter()
            .map(|here| {
                let wait = match here.wait_minutes {
                    Some(minutes) => say(language, "places-minutes", &[("count", &minutes.to_string())]),
                    None => say(language, "places-unmanned-service", &[]),
                };
                let name = text(&here.service.names, language, town);
                format!(r#"<tr><th scope="row">{}</th><td>{}</td></tr>"#, escaped(name), escaped(&wait))
            })
            .collect();
        // Before anybody is at a desk, nobody knows how long one waits: that is no short wait.
        if !waits.is_empty() && place.services.iter().all(|here| here.wait_minutes.is_none()) {
            inner += &line(say(language, "places-unmanned", &[]));
        } else if !waits.is_empty() {
            inner +=
                &format!("<table><caption>{}</caption>{waits}</table>", escaped(&say(language, "places-now", &[])));
        }
    }
    if let Some(w) = place.waits {
        let (half, most) = (w.half.to_string(), w.nine_in_ten.to_string());
        inner += &line(say(language, "places-waits", &[("half", &half), ("most", &most)]));
    }
    if !place.quiet_hours.is_empty() {
        let hours: Vec<String> = place.quiet_hours.iter().map(|h| format!("{h}:00 – {}:00", h + 1)).collect();
        inner += &line(say(language, "places-quiet", &[("hours", &hours.join(", "))]));
    }
    inner += &table(language, town, &place.open, today);
    let access = text(&l.accessibility, language, town);
    if !access.trim().is_empty() {
        inner += &line(say(language, "visit-access", &[("text", access)]));
    }
    format!("<section>{inner}</section>")
}

/// The same as data (JSON-LD).
#[handler]
pub async fn data(app: Data<&App>, towns: Data<&Municipalities>, Path(key): Path<String>) -> Result<Response, Failure> {
    let town = town_of(&towns, &key)?;
    let now = app.clock.now();
    let places = places::all(&app, &town).await?;
    let graph: Vec<Value> = places.iter().filter(|p| p.location.is_hall()).map(|p| described(&town, p, now)).collect();
    let body = json!({ "@context": "https://schema.org", "@graph": graph });
    Ok(body
        .to_string()
        .with_content_type("application/ld+json")
        .with_header("cache-control", FRESH)
        .with_header("access-control-allow-origin", "*")
        .into_response())
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Minutes after midnight as schema.org writes a time.
fn clock(minutes: i64) -> String {
    let minutes = minutes.min(24 * 60 - 1);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn described(town: &Municipality, place: &Place, now: DateTime<Utc>) -> Value {
    let l = &place.location;
    let today = local_day(town.zone, now);
    let hours: Vec<Value> = l
        .hours
        .iter()
        .filter(|h| h.valid_until.is_none_or(|until| until >= today))
        .filter_map(|h| {
            let weekday = usize::try_from(h.weekday - 1).ok().and_then(|n| WEEKDAYS.get(n))?;
            let mut spec = json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": format!("https://schema.org/{weekday}"),
                "opens": clock(h.opens),
                "closes": clock(h.closes),
                "validFrom": h.valid_from,
            });
            if let Some(until) = h.valid_until {
                spec["validThrough"] = json!(until);
            }
            Some(spec)
        })
        .collect();
    let special: Vec<Value> = places::unlike(town, l, now)
        .into_iter()
        .flat_map(|(day, open)| {
            // Closed all day, as schema.org says it: it opens and closes at the same time.
            let open = if open.is_empty() { vec![(0, 0)] } else { open };
            open.into_iter().map(move |(opens, closes)| {
                json!({
                    "@type": "OpeningHoursSpecification", "validFrom": day, "validThrough": day,
                    "opens": clock(opens), "closes": clock(closes),
                })
            })
        })
        .collect();
    let mut all = json!({
        "@type": "GovernmentOffice",
        "@id": format!("urn:uuid:{}", l.id),
        "name": l.names.iter().map(|(language, name)| json!({ "@language": language.code(), "@value": name })).collect::<Vec<_>>(),
        "address": l.address,
        "telephone": town.contact.phone,
        "email": town.contact.email,
        "openingHoursSpecification": hours,
        "specialOpeningHoursSpecification": special,
        "additionalProperty": [
            { "@type": "PropertyValue", "name": "open", "value": place.is_open },
            { "@type": "PropertyValue", "name": "waiting", "value": place.waiting },
        ],
    });
    if let Some((latitude, longitude)) = l.latitude.zip(l.longitude) {
        all["geo"] = json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
    }
    if let Some(waits) = place.waits
        && let Some(properties) = all["additionalProperty"].as_array_mut()
    {
        for (name, value) in [("wait_minutes_half", waits.half), ("wait_minutes_nine_in_ten", waits.nine_in_ten)] {
            properties.push(json!({ "@type": "PropertyValue", "name": name, "value": value, "unitCode": "MIN" }));
        }
    }
    all
}
