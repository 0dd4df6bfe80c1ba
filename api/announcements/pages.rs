//! `/news/{municipality}`: what is public, for who has no app; as pages without a script (what is new, the archive, and one of
//! its own for each), as a feed (Atom, RFC 4287) and, of what has a date, as a calendar (RFC 5545).

use std::{fmt::Write as _, sync::Arc};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{Data, Html, Path, Query},
};
use serde::Deserialize;

use super::{
    markdown,
    model::{Announcement, AnnouncementId, Said},
    news::{self, Filter, Read},
    rules::TOPICS,
};
use crate::{
    identity::pages::escaped,
    municipalities::{Municipalities, Municipality},
    platform::{
        App,
        language::{Language, date, say},
        problem::{Code, Failure, Refused},
    },
    staff::pages::language as browsers,
};

/// How long a browser or a proxy may show the same, in seconds.
pub(super) const FRESH: &str = "public, max-age=60";

/// What a reader asks for.
#[derive(Deserialize)]
pub struct Wanted {
    language: Option<String>,
    topic: Option<String>,
    postcode: Option<String>,
    street: Option<String>,
    words: Option<String>,
    before: Option<String>,
}

impl Wanted {
    pub(super) fn language(&self, request: &Request, town: &Municipality) -> Language {
        let chosen = self.language.as_deref().and_then(Language::parse);
        let theirs = chosen.or_else(|| request.header("accept-language").map(|_| browsers(request)));
        town.language_for(theirs)
    }

    pub(super) fn filter(&self) -> Filter<'_> {
        fn some(text: &Option<String>) -> Option<&str> {
            text.as_deref().map(str::trim).filter(|t| !t.is_empty())
        }
        Filter {
            topic: some(&self.topic),
            postcode: some(&self.postcode),
            street: some(&self.street),
            words: some(&self.words),
        }
    }

    /// The same as a query, for the feeds of what is shown, and for its next page.
    fn query(&self, language: Language, before: Option<&str>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("language", language.code());
        let wanted = self.filter();
        for (name, value) in [
            ("topic", wanted.topic),
            ("postcode", wanted.postcode),
            ("street", wanted.street),
            ("words", wanted.words),
            ("before", before),
        ] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }
}

const STYLE: &str = "body{font:1.0625rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;
color:#1d2733;background:#fff;overflow-wrap:break-word}h1{font-size:1.7rem;line-height:1.25}
h2{font-size:1.25rem;line-height:1.3;margin:0 0 .25rem}nav a{display:inline-block;padding:.15rem .75rem .15rem 0}
article{border-top:1px solid #d5dde5;padding:1.25rem 0}article.gone h1,article.gone h2{text-decoration:line-through}
.meta{color:#4a5a6a;font-size:.9375rem;margin:0}.note{background:#f2f5f8;padding:.4rem .75rem;border-left:4px solid #6b7b8b}
.note.gone{background:#fdeceb;border-color:#b3261e}
img{max-width:100%;height:auto;border-radius:.5rem}form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:flex-end;
background:#f2f5f8;padding:1rem;border-radius:.5rem;margin-bottom:1.5rem}form p{flex-basis:100%;margin:0;font-size:.9375rem}
label{display:flex;flex-direction:column;font-size:.9375rem;max-width:100%}input,select,button{box-sizing:border-box;font:inherit;
height:2.75rem;max-width:100%;margin:0;padding:.4rem .6rem;border:1px solid #6b7b8b;border-radius:.35rem;background:#fff;color:inherit}
button{background:#0b5cad;color:#fff;border-color:#0b5cad;cursor:pointer}a{color:#0b5cad}
:focus-visible{outline:3px solid #f2a900;outline-offset:2px}dl{margin:.5rem 0}dt{font-weight:600;float:left;margin-right:.5rem}
dd{margin:0}@media(prefers-color-scheme:dark){body{background:#12181f;color:#e6ebf0}a{color:#8cc4ff}form,.note{background:#1d2630}
.meta{color:#b3bfca}input,select{background:#12181f}article{border-color:#36424e}.note.gone{background:#3a1513}}
@media print{body{max-width:none;padding:0;color:#000;background:#fff}form,nav,footer,.share{display:none}article{break-inside:avoid}
a{color:inherit}}";

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
pub(super) fn anchor(read: &Read) -> String {
    format!("{}-{}", read.announcement.id, read.language.code())
}

/// The page of its own, as a path.
pub(super) fn path(town: &Municipality, a: &Announcement, language: Language) -> String {
    format!("/news/{}/{}?language={}", town.key, a.id, language.code())
}

/// Where an announcement is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Among others: its title leads to the page of its own.
    AmongOthers,
    /// On the page of its own.
    Alone,
}

fn article(town: &Municipality, language: Language, read: &Read, now: DateTime<Utc>, shown: Shown) -> String {
    let (a, l) = (&read.announcement, read.language);
    let day = |at: DateTime<Utc>| date(language, at.with_timezone(&town.zone).date_naive());
    let title = escaped(&read.said.title);
    let title = match shown {
        Shown::Alone => format!("<h1>{title}</h1>"),
        Shown::AmongOthers => format!(r#"<h2><a href="{}">{title}</a></h2>"#, escaped(&path(town, a, l))),
    };
    let mut out = format!(
        r#"<article id="{id}" lang="{lang}"{gone}>{title}<p class="meta" lang="{ui}">{topic} · {published}</p>"#,
        id = anchor(read),
        lang = l.code(),
        ui = language.code(),
        gone = if read.withdrawn() { r#" class="gone""# } else { "" },
        topic = escaped(&say(language, &format!("topic-{}", a.topic), &[])),
        published = escaped(&say(language, "news-published", &[("date", &day(news::published(a)))])),
    );
    let over = a.ends_at.map_or(a.valid_until, |ends| ends.max(a.valid_until));
    let note = if read.withdrawn() {
        Some(("note gone", say(language, "news-withdrawn", &[])))
    } else {
        (over < now).then(|| ("note", say(language, "news-over", &[("date", &day(over))])))
    };
    if let Some((class, note)) = note {
        write!(out, r#"<p class="{class}" lang="{}">{}</p>"#, language.code(), escaped(&note)).ok();
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
    if a.image_id.is_some() {
        out.push_str(&image(town, read, ""));
    }
    out.push_str(&markdown::to_html(&read.said.text));
    if !a.link.is_empty() {
        let more = escaped(&say(l, "announcement-more", &[]));
        write!(out, r#"<p><a href="{}">{more}</a></p>"#, escaped(&a.link)).ok();
    }
    // A text that was written in a language which the town does not speak otherwise is found here.
    let others: String = a
        .texts
        .iter()
        .filter(|(other, said)| **other != l && said.is_whole())
        .map(|(l, _)| in_language(*l, &path(town, a, *l)))
        .collect();
    if !others.is_empty() {
        let also = escaped(&say(language, "news-also", &[]));
        write!(out, r#"<p class="meta share" lang="{}">{also} {others}</p>"#, language.code()).ok();
    }
    out + "</article>"
}

/// Its image; `server` is the address before the path, for who reads it elsewhere.
pub(super) fn image(town: &Municipality, read: &Read, server: &str) -> String {
    let a = &read.announcement;
    let which = a.image_id.unwrap_or_default();
    let alt = escaped(&read.said.image_text);
    format!(r#"<p><img src="{}/news/{}/images/{}?{which}" alt="{alt}"></p>"#, escaped(server), escaped(&town.key), a.id)
}

/// A link to the same in another language, in that language.
fn in_language(language: Language, to: &str) -> String {
    let (name, code) = (escaped(&say(language, "language-name", &[])), language.code());
    format!(r#"<a href="{}" lang="{code}" hreflang="{code}">{name}</a> "#, escaped(to))
}

/// In a town that gives notices in several languages each of them, the town's first first.
pub(super) fn in_all(town: &Municipality, reads: Vec<Read>) -> Vec<Read> {
    if town.notice_languages().is_empty() {
        return reads;
    }
    let both = |read: Read| {
        let a = read.announcement;
        let said = |l: &Language| Some((*l, a.texts.get(l)?.clone()));
        let texts: Vec<_> = town.notice_languages().iter().filter_map(said).collect();
        texts
            .into_iter()
            .map(move |(language, said)| Read { announcement: a.clone(), language, said })
            .collect::<Vec<_>>()
    };
    reads.into_iter().flat_map(both).collect()
}

pub(super) fn town_of(towns: &Municipalities, key: &str) -> Result<Arc<Municipality>, Failure> {
    towns.by_key(key).cloned().map_err(Refused::into_failure)
}

/// The page of what is new.
#[handler]
pub async fn page(
    request: &Request,
    app: Data<&App>,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let towns: &Municipalities = app.part();
    let town = town_of(towns, &key)?;
    list(&app, &town, wanted.language(request, &town), &wanted, false).await
}

/// The page of all that is kept.
#[handler]
pub async fn archive(
    request: &Request,
    app: Data<&App>,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let towns: &Municipalities = app.part();
    let town = town_of(towns, &key)?;
    list(&app, &town, wanted.language(request, &town), &wanted, true).await
}

async fn list(
    app: &App,
    town: &Municipality,
    language: Language,
    wanted: &Wanted,
    all: bool,
) -> Result<Response, Failure> {
    let found = news::page(app, town, language, &wanted.filter(), (wanted.before.as_deref(), all)).await;
    let found = found.map_err(Refused::into_failure)?;
    let streets = news::streets(app, town).await?;
    let text = |key: &str| escaped(&say(language, key, &[]));
    let name = [("municipality", town.name(language))];
    let title = escaped(&say(language, if all { "news-archive-title" } else { "news-title" }, &name));
    let value = |text: &Option<String>| escaped(text.as_deref().unwrap_or_default());
    let topics: String = TOPICS
        .iter()
        .map(|t| {
            let selected = if wanted.topic.as_deref() == Some(*t) { " selected" } else { "" };
            format!(r#"<option value="{t}"{selected}>{}</option>"#, text(&format!("topic-{t}")))
        })
        .collect();
    let this = if all { "/archive" } else { "" };
    let to = |part: &str, before: Option<&str>| {
        escaped(&format!("/news/{}{part}?{}", town.key, wanted.query(language, before)))
    };
    let languages: String = town
        .languages
        .iter()
        .filter(|l| **l != language)
        .map(|l| in_language(*l, &format!("/news/{}{this}?{}", town.key, wanted.query(*l, None))))
        .collect();
    let now = app.clock.now();
    let mut articles: String =
        in_all(town, found.reads).iter().map(|read| article(town, language, read, now, Shown::AmongOthers)).collect();
    if articles.is_empty() {
        articles = format!("<p>{}</p>", text(if found.next.is_some() { "news-none-yet" } else { "news-none" }));
    }
    let mut ways = String::new();
    if let Some(next) = &found.next {
        write!(ways, r#"<a rel="next" href="{}">{}</a>"#, to(this, Some(next)), text("news-older")).ok();
    }
    let (other, label) =
        if all { ("", say(language, "news-back", &name)) } else { ("/archive", say(language, "news-archive", &[])) };
    write!(ways, r#"<a href="{}">{}</a>"#, to(other, None), escaped(&label)).ok();
    let suggested: String = streets.iter().map(|s| format!(r#"<option value="{}">"#, escaped(s))).collect();
    let atom = to("/feed.atom", None);
    let main = format!(
        r#"<form method="get" role="search" aria-label="{filter}"><input type="hidden" name="language" value="{lang}">
<label>{l_words}<input name="words" maxlength="100" value="{words}"></label>
<label>{l_topic}<select name="topic"><option value="">{l_all}</option>{topics}</select></label>
<label>{l_postcode}<input name="postcode" size="6" maxlength="10" inputmode="numeric" value="{postcode}"></label>
<label>{l_street}<input name="street" maxlength="200" list="streets" value="{street}"></label>
<datalist id="streets">{suggested}</datalist><button>{l_show}</button><p>{note}</p></form>
{articles}<nav aria-label="{l_more}">{ways}</nav>"#,
        lang = language.code(),
        filter = text("news-filter"),
        l_words = text("news-words"),
        l_topic = text("news-topic"),
        l_all = text("news-all"),
        l_postcode = text("news-postcode"),
        l_street = text("news-street"),
        l_show = text("news-show"),
        l_more = text("news-more"),
        note = text("news-filter-note"),
        words = value(&wanted.words),
        postcode = value(&wanted.postcode),
        street = value(&wanted.street),
    );
    let footer = format!(
        r#"<h2>{feeds}</h2><ul><li><a href="{atom}">{l_feed}</a></li>
<li><a href="{calendar}">{l_calendar}</a></li></ul>"#,
        feeds = text("news-feeds"),
        calendar = to("/calendar.ics", None),
        l_feed = text("news-feed"),
        l_calendar = text("news-calendar"),
    );
    let head = format!(r#"<link rel="alternate" type="application/atom+xml" title="{title}" href="{atom}">"#);
    let languages = if languages.is_empty() {
        String::new()
    } else {
        format!(r#"<nav aria-label="{}">{languages}</nav>"#, text("news-languages"))
    };
    let header = format!("<h1>{title}</h1>{languages}");
    Ok(whole(language, town, &title, &head, [&header, &main, &footer]))
}

/// The page of one announcement: what others link to. It stays when the announcement is over or taken back, and says so.
#[handler]
pub async fn one(
    request: &Request,
    app: Data<&App>,
    Path((key, id)): Path<(String, AnnouncementId)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let towns: &Municipalities = app.part();
    let town = town_of(towns, &key)?;
    let a = news::public_one(&app, &town, id).await?;
    // Any language in which it was written, also one that the town's other pages have not.
    let asked =
        wanted.language.as_deref().and_then(Language::parse).filter(|l| a.texts.get(l).is_some_and(Said::is_whole));
    let theirs = wanted.language(request, &town);
    let language = asked.unwrap_or(theirs);
    let first = news::read(&town, a.clone(), theirs).ok_or_else(|| Failure::new(Code::NotFound))?;
    let first = match asked.and_then(|l| Some((l, a.texts.get(&l)?.clone()))) {
        Some((language, said)) => Read { announcement: a.clone(), language, said },
        None => first,
    };
    let (title, spoken) = (escaped(&first.said.title), first.language);
    let mut reads = vec![first];
    // What must be said in several languages is said in each, the one that was asked for first.
    let others = news::read(&town, a.clone(), theirs).into_iter().collect();
    reads.extend(in_all(&town, others).into_iter().filter(|read| read.language != spoken));
    if town.notice_languages().is_empty() {
        reads.truncate(1);
    }
    let now = app.clock.now();
    let articles: String = reads
        .iter()
        .enumerate()
        .map(|(n, read)| article(&town, language, read, now, if n == 0 { Shown::Alone } else { Shown::AmongOthers }))
        .collect();
    let address = app.config.server.public_url.join(&path(&town, &a, spoken)).map_err(Failure::internal)?;
    let encoded =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let text = |key: &str| escaped(&say(language, key, &[]));
    let subject = reads.first().map(|read| encoded(&read.said.title)).unwrap_or_default();
    let main = format!(
        r#"{articles}<p class="meta">{l_address} {address}</p>
<p class="share"><a href="mailto:?subject={subject}&amp;body={body}">{l_share}</a></p>"#,
        l_address = text("news-address"),
        address = escaped(address.as_str()),
        body = encoded(address.as_str()),
        l_share = text("news-share"),
    );
    let back = escaped(&say(language, "news-back", &[("municipality", town.name(language))]));
    let header = format!(
        r#"<nav aria-label="{}"><a href="/news/{}?language={}">{back}</a></nav>"#,
        text("news-more"),
        escaped(&town.key),
        town.language_for(Some(language)).code(),
    );
    let head = format!(r#"<link rel="canonical" href="{}">"#, escaped(address.as_str()));
    Ok(whole(language, &town, &title, &head, [&header, &main, ""]))
}

/// A page, with whom to ask at its foot.
fn whole(
    language: Language,
    town: &Municipality,
    title: &str,
    head: &str,
    [header, main, footer]: [&str; 3],
) -> Response {
    let (contact, web) = (&town.contact, town.contact.web.to_string());
    let ways: String = [
        (format!("tel:{}", contact.phone.replace(' ', "")), &contact.phone),
        (format!("mailto:{}", contact.email), &contact.email),
        (web.clone(), &web),
    ]
    .into_iter()
    .filter(|(_, shown)| !shown.is_empty())
    .map(|(to, shown)| format!(r#"<li><a href="{}">{}</a></li>"#, escaped(&to), escaped(shown)))
    .collect();
    let html = format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>{head}<style>{STYLE}</style>
</head><body><header>{header}</header><main>{main}</main><footer>{footer}<h2>{questions}</h2><ul>{ways}</ul></footer></body></html>"#,
        lang = language.code(),
        questions = escaped(&say(language, "news-contact", &[("municipality", town.name(language))])),
    );
    Html(html)
        .with_header(
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
        )
        .with_header("cache-control", FRESH)
        .with_header("vary", "accept-language")
        .into_response()
}
