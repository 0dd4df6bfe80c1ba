//! `/news/{municipality}`: what is public, for who has no app; as a page without a script, as a feed (Atom, RFC 4287) and, of
//! what has a date, as a calendar (RFC 5545).

use std::{fmt::Write as _, sync::Arc};

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use chrono_tz::Tz;
use icalendar::{Component as _, Event, EventLike as _, EventStatus, Property};
use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{Data, Html, Path, Query},
};
use serde::Deserialize;

use super::{
    AnnouncementId, TOPICS, markdown,
    news::{self, Filter, Read},
};
use crate::{
    identity::pages::escaped,
    municipalities::{Municipalities, Municipality},
    platform::{
        App, ical,
        language::{Language, date, say},
        problem::Failure,
    },
    staff::pages::language as browsers,
};

/// How long a browser or a proxy may show the same, in seconds.
const FRESH: &str = "public, max-age=60";

/// What a reader asks for.
#[derive(Deserialize)]
pub struct Wanted {
    language: Option<String>,
    topic: Option<String>,
    postcode: Option<String>,
    street: Option<String>,
}

impl Wanted {
    fn language(&self, request: &Request, town: &Municipality) -> Language {
        let chosen = self.language.as_deref().and_then(Language::parse);
        let theirs = chosen.or_else(|| request.header("accept-language").map(|_| browsers(request)));
        town.language_for(theirs)
    }

    fn filter(&self) -> Filter<'_> {
        fn some(text: &Option<String>) -> Option<&str> {
            text.as_deref().map(str::trim).filter(|t| !t.is_empty())
        }
        Filter { topic: some(&self.topic), postcode: some(&self.postcode), street: some(&self.street) }
    }

    /// The same as a query, for the feeds of what is shown.
    fn query(&self, language: Language) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("language", language.code());
        let wanted = self.filter();
        for (name, value) in [("topic", wanted.topic), ("postcode", wanted.postcode), ("street", wanted.street)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

const STYLE: &str = "body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;
color:#1d2733;background:#fff}h1{font-size:1.7rem;line-height:1.25}h2{font-size:1.25rem;line-height:1.3;margin:0 0 .25rem}
article{border-top:1px solid #d5dde5;padding:1.25rem 0}article.gone h2{text-decoration:line-through}
.meta{color:#4a5a6a;font-size:.9375rem;margin:0}.gone-note{background:#fdeceb;padding:.4rem .75rem;border-left:4px solid #b3261e}
img{max-width:100%;height:auto;border-radius:.5rem}form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;
background:#f2f5f8;padding:1rem;border-radius:.5rem}form p{flex-basis:100%;margin:0;font-size:.9375rem}label{display:block;
font-size:.9375rem}input,select,button{font:inherit;padding:.4rem .6rem;min-height:2.6rem;border:1px solid #6b7b8b;border-radius:.35rem;
background:#fff;color:inherit}button{background:#0b5cad;color:#fff;border-color:#0b5cad;cursor:pointer}a{color:#0b5cad}
:focus-visible{outline:3px solid #f2a900;outline-offset:2px}dl{margin:.5rem 0}dt{font-weight:600;float:left;margin-right:.5rem}
dd{margin:0}@media(prefers-color-scheme:dark){body{background:#12181f;color:#e6ebf0}a{color:#8cc4ff}form{background:#1d2630}
.meta{color:#b3bfca}input,select{background:#12181f}article{border-color:#36424e}.gone-note{background:#3a1513}}";

/// When something happens, on the town's clocks.
fn when(language: Language, zone: Tz, read: &Read) -> Option<String> {
    let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone);
    let begin = local(read.announcement.begins_at?);
    let day = |at: chrono::DateTime<Tz>| format!("{}, {}", date(language, at.date_naive()), at.format("%H:%M"));
    Some(match read.announcement.ends_at.map(local) {
        Some(end) if end.date_naive() == begin.date_naive() => format!("{}–{}", day(begin), end.format("%H:%M")),
        Some(end) => format!("{} – {}", day(begin), day(end)),
        None => day(begin),
    })
}

/// Where it is on the page.
fn anchor(read: &Read) -> String {
    format!("{}-{}", read.announcement.id, read.language.code())
}

fn article(town: &Municipality, language: Language, read: &Read) -> String {
    let (a, l) = (&read.announcement, read.language);
    let mut out = format!(
        r#"<article id="{id}" lang="{lang}"{gone}><h2>{title}</h2><p class="meta" lang="{ui}">{topic} · {published}</p>"#,
        id = anchor(read),
        lang = l.code(),
        ui = language.code(),
        gone = if read.withdrawn() { r#" class="gone""# } else { "" },
        title = escaped(&read.said.title),
        topic = escaped(&say(language, &format!("topic-{}", a.topic), &[])),
        published = escaped(&say(
            language,
            "news-published",
            &[("date", &date(language, news::published(a).with_timezone(&town.zone).date_naive()))]
        )),
    );
    if read.withdrawn() {
        let note = escaped(&say(language, "news-withdrawn", &[]));
        write!(out, r#"<p class="gone-note" lang="{}">{note}</p>"#, language.code()).ok();
    }
    let place = Some(a.place.clone()).filter(|p| !p.is_empty());
    let facts: String = [("news-when", when(language, town.zone, read)), ("news-where", place)]
        .into_iter()
        .filter_map(|(key, value)| {
            Some(format!("<dt>{}</dt><dd>{}</dd>", escaped(&say(language, key, &[])), escaped(&value?)))
        })
        .collect();
    if !facts.is_empty() {
        write!(out, r#"<dl lang="{}">{facts}</dl>"#, language.code()).ok();
    }
    if let Some(which) = a.image_id {
        let alt = escaped(&read.said.image_text);
        write!(out, r#"<p><img src="/news/{}/images/{}?{which}" alt="{alt}"></p>"#, escaped(&town.key), a.id).ok();
    }
    out.push_str(&markdown::to_html(&read.said.text));
    if !a.link.is_empty() {
        let more = escaped(&say(l, "announcement-more", &[]));
        write!(out, r#"<p><a href="{}">{more}</a></p>"#, escaped(&a.link)).ok();
    }
    out + "</article>"
}

/// What is shown: in a town that gives notices in several languages each of them, the town's first first.
async fn shown(app: &App, town: &Municipality, language: Language, wanted: &Wanted) -> Result<Vec<Read>, Failure> {
    let mut all = news::public(app, town, language, &wanted.filter()).await?;
    if !town.notice_languages().is_empty() {
        let both = |read: Read| {
            let a = read.announcement;
            let said = |l: &Language| Some((*l, a.texts.get(l)?.clone()));
            let texts: Vec<_> = town.notice_languages().iter().filter_map(said).collect();
            texts
                .into_iter()
                .map(move |(language, said)| Read { announcement: a.clone(), language, said })
                .collect::<Vec<_>>()
        };
        all = all.into_iter().flat_map(both).collect();
    }
    Ok(all)
}

fn town_of(towns: &Municipalities, key: &str) -> Result<Arc<Municipality>, Failure> {
    towns.by_key(key).cloned()
}

/// The page.
#[handler]
pub async fn page(
    request: &Request,
    app: Data<&App>,
    towns: Data<&Municipalities>,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let town = town_of(&towns, &key)?;
    let language = wanted.language(request, &town);
    let all = shown(&app, &town, language, &wanted).await?;
    let text = |key: &str| escaped(&say(language, key, &[]));
    let title = escaped(&say(language, "news-title", &[("municipality", town.name(language))]));
    let value = |text: &Option<String>| escaped(text.as_deref().unwrap_or_default());
    let topics: String = TOPICS
        .iter()
        .map(|t| {
            let selected = if wanted.topic.as_deref() == Some(*t) { " selected" } else { "" };
            format!(r#"<option value="{t}"{selected}>{}</option>"#, text(&format!("topic-{t}")))
        })
        .collect();
    let languages: String = town
        .languages
        .iter()
        .filter(|l| **l != language)
        .map(|l| {
            let name = escaped(&say(*l, "language-name", &[]));
            format!(r#"<a href="?language={c}" lang="{c}" hreflang="{c}">{name}</a> "#, c = l.code())
        })
        .collect();
    let mut articles: String = all.iter().map(|read| article(&town, language, read)).collect();
    if articles.is_empty() {
        articles = format!("<p>{}</p>", text("news-none"));
    }
    let (key, query) = (escaped(&town.key), escaped(&wanted.query(language)));
    let html = format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="alternate" type="application/atom+xml" title="{title}" href="/news/{key}/feed.atom?{query}"><style>{STYLE}</style>
</head><body><header><h1>{title}</h1><p>{languages}</p></header><main>
<form method="get" role="search" aria-label="{filter}"><input type="hidden" name="language" value="{lang}">
<label>{l_topic}<br><select name="topic"><option value="">{l_all}</option>{topics}</select></label>
<label>{l_postcode}<br><input name="postcode" size="6" maxlength="10" inputmode="numeric" value="{postcode}"></label>
<label>{l_street}<br><input name="street" maxlength="200" value="{street}"></label><button>{l_show}</button><p>{note}</p></form>
{articles}</main><footer><h2>{feeds}</h2><ul><li><a href="/news/{key}/feed.atom?{query}">{feed}</a></li>
<li><a href="/news/{key}/calendar.ics?{query}">{calendar}</a></li></ul></footer></body></html>"#,
        lang = language.code(),
        filter = text("news-filter"),
        l_topic = text("news-topic"),
        l_all = text("news-all"),
        l_postcode = text("news-postcode"),
        l_street = text("news-street"),
        l_show = text("news-show"),
        note = text("news-filter-note"),
        feeds = text("news-feeds"),
        feed = text("news-feed"),
        calendar = text("news-calendar"),
        postcode = value(&wanted.postcode),
        street = value(&wanted.street),
    );
    Ok(Html(html)
        .with_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
        )
        .with_header("cache-control", FRESH)
        .with_header("vary", "accept-language")
        .into_response())
}

/// The feed.
#[handler]
pub async fn feed(
    request: &Request,
    app: Data<&App>,
    towns: Data<&Municipalities>,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let town = town_of(&towns, &key)?;
    let language = wanted.language(request, &town);
    let all = shown(&app, &town, language, &wanted).await?;
    let home = app.config.server.public_url.join(&format!("/news/{key}")).map_err(Failure::internal)?;
    let fixed = |at: chrono::DateTime<chrono::Utc>| FixedDateTime::from(at);
    let entry = |read: &Read| {
        let a = &read.announcement;
        let title = if read.withdrawn() {
            format!("{} ({})", read.said.title, say(read.language, "news-withdrawn", &[]))
        } else {
            read.said.title.clone()
        };
        Entry {
            title: Text::plain(title),
            // The same in another language is another entry.
            id: format!("{home}#{}", anchor(read)),
            updated: fixed(a.updated_at),
            published: Some(fixed(news::published(a))),
            authors: vec![Person { name: town.name(read.language).to_owned(), ..Person::default() }],
            categories: vec![atom_syndication::Category {
                term: a.topic.clone(),
                label: Some(say(read.language, &format!("topic-{}", a.topic), &[])),
                scheme: None,
            }],
            links: vec![Link {
                href: format!("{home}#{}", anchor(read)),
                rel: "alternate".to_owned(),
                ..Link::default()
            }],
            content: Some(Content {
                lang: Some(read.language.code().to_owned()),
                content_type: Some("html".to_owned()),
                value: Some(markdown::to_html(&read.said.text)),
                ..Content::default()
            }),
            ..Entry::default()
        }
    };
    let newest = all.iter().map(|r| r.announcement.updated_at).max().unwrap_or_default();
    let feed = Feed {
        title: Text::plain(say(language, "news-title", &[("municipality", town.name(language))])),
        id: home.to_string(),
        updated: fixed(newest),
        lang: Some(language.code().to_owned()),
        generator: Some(Generator { value: "Thuisloket".to_owned(), ..Generator::default() }),
        links: vec![
            Link { href: home.to_string(), rel: "alternate".to_owned(), ..Link::default() },
            Link { href: format!("{home}/feed.atom"), rel: "self".to_owned(), ..Link::default() },
        ],
        entries: all.iter().map(entry).collect(),
        ..Feed::default()
    };
    Ok(feed
        .to_string()
        .with_content_type("application/atom+xml; charset=utf-8")
        .with_header("cache-control", FRESH)
        .with_header("vary", "accept-language")
        .into_response())
}

/// What sequence numbers of events count seconds from: 1 January 2024.
const SEQUENCE_FROM: i64 = 1_704_067_200;

/// The calendar of what has a date.
#[handler]
pub async fn calendar(
    request: &Request,
    app: Data<&App>,
    towns: Data<&Municipalities>,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let town = town_of(&towns, &key)?;
    let language = wanted.language(request, &town);
    // Once each: a calendar is not a notice, and the same event twice would be two.
    let all = news::dated(&app, &town, language, &wanted.filter()).await?;
    let mut calendar = ical::calendar("PUBLISH");
    calendar.name(&say(language, "news-title", &[("municipality", town.name(language))]));
    for (name, value) in [("REFRESH-INTERVAL", "PT6H"), ("X-PUBLISHED-TTL", "PT6H")] {
        let mut property = Property::new(name, value);
        if name == "REFRESH-INTERVAL" {
            property.add_parameter("VALUE", "DURATION");
        }
        calendar.append_property(property.done());
    }
    for news::Dated { first, read, off_since } in all {
        let a = &read.announcement;
        let Some(begins_at) = a.begins_at else { continue };
        let changed_at = off_since.map_or(a.updated_at, |off| off.max(a.updated_at));
        // Later is higher, whichever of them it is that corrects or takes back.
        let sequence = (changed_at.timestamp() - SEQUENCE_FROM).clamp(0, i64::from(i32::MAX));
        let mut event = Event::new();
        event
            // Of the first: what corrects it is the same event, in its place.
            .uid(&format!("{first}@{}.thuisloket", town.key))
            .sequence(u32::try_from(sequence).unwrap_or_default())
            .timestamp(changed_at)
            .starts(begins_at)
            .summary(&ical::text(&read.said.title))
            .description(&ical::text(&markdown::to_plain(&read.said.text)))
            // Nobody is busy because there is a fair, or a road is open.
            .append_property(Property::new("TRANSP", "TRANSPARENT"))
            .append_property(ical::organizer(town.name(language), &town.contact.email))
            .status(if off_since.is_some() { EventStatus::Cancelled } else { EventStatus::Confirmed });
        if let Some(ends_at) = a.ends_at {
            event.ends(ends_at);
        }
        if !a.place.is_empty() {
            event.location(&ical::text(&a.place));
        }
        if !a.link.is_empty() {
            event.url(&a.link);
        }
        calendar.push(event.done());
    }
    Ok(calendar
        .done()
        .to_string()
        .with_content_type("text/calendar; charset=utf-8")
        .with_header("cache-control", FRESH)
        .with_header("vary", "accept-language")
        .into_response())
}

/// The image of a public announcement.
#[handler]
pub async fn news_image(
    app: Data<&App>,
    towns: Data<&Municipalities>,
    Path((key, id)): Path<(String, AnnouncementId)>,
) -> Result<Response, Failure> {
    let town = town_of(&towns, &key)?;
    let bytes = news::public_image(&app, &town, id).await?;
    Ok(bytes.with_content_type("image/jpeg").with_header("cache-control", FRESH).into_response())
}
