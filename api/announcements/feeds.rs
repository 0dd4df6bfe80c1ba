//! The news as other programs read it: a feed, a calendar, titles for a screen, and images.

use std::collections::BTreeSet;

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use icalendar::{Component as _, Event, EventLike as _, EventStatus, Property};
use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{Data, Json, Path, Query},
};
use serde::Serialize;

use super::{
    markdown,
    model::{AnnouncementId, Said},
    news::{self, Read},
    pages::{FRESH, Wanted, anchor, image, in_all, path, town_of},
};
use crate::{
    municipalities::Municipalities,
    platform::{
        App, ical,
        language::{Language, say},
        problem::Failure,
    },
};

/// The feed.
#[handler]
pub async fn feed(
    request: &Request,
    app: Data<&App>,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let towns: &Municipalities = app.part();
    let town = town_of(towns, &key)?;
    let language = wanted.language(request, &town);
    let all = in_all(&town, news::public(&app, &town, language, &wanted.filter()).await?);
    let server = app.config.server.public_url.as_str().trim_end_matches('/').to_owned();
    let home = app.config.server.public_url.join(&format!("/news/{key}")).map_err(Failure::internal)?;
    let fixed = |at: chrono::DateTime<chrono::Utc>| FixedDateTime::from(at);
    let entry = |read: &Read| {
        let a = &read.announcement;
        let title = if read.withdrawn() {
            format!("{} ({})", read.said.title, say(read.language, "news-withdrawn", &[]))
        } else {
            read.said.title.clone()
        };
        let picture = a.image_id.map(|_| image(&town, read, &server)).unwrap_or_default();
        Entry {
            title: Text::plain(title),
            // The same in another language is another entry. What an entry is called stays, wherever its page is (RFC 4287, 4.2.6).
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
                href: format!("{server}{}", path(&town, a, read.language)),
                rel: "alternate".to_owned(),
                ..Link::default()
            }],
            content: Some(Content {
                lang: Some(read.language.code().to_owned()),
                content_type: Some("html".to_owned()),
                value: Some(picture + &markdown::to_html(&read.said.text)),
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
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let towns: &Municipalities = app.part();
    let town = town_of(towns, &key)?;
    let language = wanted.language(request, &town);
    // Once each: a calendar is not a notice, and the same event twice would be two.
    let all = news::dated(&app, &town, language, &wanted.filter()).await?;
    let server = app.config.server.public_url.as_str().trim_end_matches('/').to_owned();
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
        let mut description = markdown::to_plain(&read.said.text);
        if !a.link.is_empty() {
            description = format!("{description}\n\n{}: {}", say(read.language, "announcement-more", &[]), a.link);
        }
        let mut event = Event::new();
        event
            // Of the first: what corrects it is the same event, in its place.
            .uid(&format!("{first}@{}.thuisloket", town.key))
            .sequence(u32::try_from(sequence).unwrap_or_default())
            .timestamp(changed_at)
            .starts(begins_at)
            .summary(&ical::text(&read.said.title))
            .description(&ical::text(&description))
            .url(&format!("{server}{}", path(&town, a, read.language)))
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

/// Announcements whose titles a screen shows, one after the other: whoever waits for some minutes sees them all.
const TITLES: usize = 6;

/// A title of the news.
#[derive(Serialize)]
struct Title<'a> {
    language: Language,
    title: &'a str,
}

/// Titles of what is new and still so, for a screen that hangs somewhere: in each language in which the town speaks to everybody.
#[handler]
pub async fn titles(app: Data<&App>, Path(key): Path<String>) -> Result<Response, Failure> {
    let towns: &Municipalities = app.part();
    let town = town_of(towns, &key)?;
    let now = app.clock.now();
    let all = news::public(&app, &town, town.language_for(None), &news::Filter::default()).await?;
    // What was corrected is not so any more, whatever became of the correction.
    let corrected: BTreeSet<AnnouncementId> = all.iter().filter_map(|read| read.announcement.corrects_id).collect();
    let holds = |read: &&Read| {
        let a = &read.announcement;
        !read.withdrawn() && a.valid_until > now && !corrected.contains(&a.id)
    };
    let mut titles = Vec::new();
    for read in all.iter().filter(holds).take(TITLES) {
        let texts = &read.announcement.texts;
        let said = |l: &Language| Some((*l, texts.get(l).filter(|said| Said::is_whole(said))?));
        let mut each: Vec<(Language, &Said)> = town.public_languages().iter().filter_map(said).collect();
        if each.is_empty() {
            each.push((read.language, &read.said));
        }
        titles.extend(each.into_iter().map(|(language, said)| Title { language, title: &said.title }));
    }
    Ok(Json(titles).with_header("cache-control", FRESH).into_response())
}

/// The image of a public announcement.
#[handler]
pub async fn news_image(app: Data<&App>, Path((key, id)): Path<(String, AnnouncementId)>) -> Result<Response, Failure> {
    let towns: &Municipalities = app.part();
    let town = town_of(towns, &key)?;
    let bytes = news::public_image(&app, &town, id).await?;
    Ok(bytes.with_content_type("image/jpeg").with_header("cache-control", FRESH).into_response())
}
