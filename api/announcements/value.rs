//! The room as a value: what it owns and reads, what it serves and what it does by itself.

use std::future;

use futures_util::FutureExt as _;
use poem::http::Method;

use super::{
    CLAIMING, FIGURES_STATEMENTS, LISTS_LISTED, LISTS_STATEMENTS, PEOPLE_LISTED, STATEMENTS, TEMPLATES_STATEMENTS,
    TRIAL_STATEMENTS, coverage, coverage_routes, feeds, figures, figures_routes, follow, lists_routes, pages, routes,
    staff_routes, templates_routes, waiting, work,
};
use crate::{
    inbox::reach::OverBroadcasts,
    platform::{
        limits::Bound,
        room::{Names, Room, Step, Waiting},
    },
};

/// The room as a value.
pub const ROOM: Room = Room {
    owns: &[
        "announcement",
        "announcement_image",
        "announcement_recipient",
        "announcement_template",
        "people_list",
        "people_list_member",
        "saved_audience",
        "topic_unfollowed",
        "trial",
    ],
    // Whom an announcement concerns, who has the app, and what became of what they were told.
    // Who takes letters, for how many these would be.
    reads: &["account", "contact_settings", "document", "message", "push_delivery", "reach", "resident", "set_aside"],
    statements: &[STATEMENTS, FIGURES_STATEMENTS, LISTS_STATEMENTS, TEMPLATES_STATEMENTS, TRIAL_STATEMENTS],
    listed: &[LISTS_LISTED, PEOPLE_LISTED],
    claiming: &[CLAIMING],
    codes: super::model::CODES,
    names: &[
        Names::in_languages(
            "announcement",
            "select id, texts from announcement where municipality_id = ? and id in (?*)",
        )
        .kept(),
        Names::plain("audience", "select id, name from saved_audience where municipality_id = ? and id in (?*)").kept(),
        Names::plain("template", "select id, name from announcement_template where municipality_id = ? and id in (?*)")
            .kept(),
        Names::plain("people_list", "select id, name from people_list where municipality_id = ? and id in (?*)").kept(),
    ],
    open: Some(|o| {
        o.add(figures::Kept::default());
        o.add(coverage::Kept::default());
        o.add(work::Looked::default());
        o.add(OverBroadcasts(|r, town, told| follow::over(r, town, told).boxed()));
        future::ready(Ok(())).boxed()
    }),
    pages: |route| {
        route
            .at("/news/:municipality", poem::get(pages::page))
            .at("/news/:municipality/archive", poem::get(pages::archive))
            .at("/news/:municipality/:announcement", poem::get(pages::one))
            .at("/news/:municipality/feed.atom", poem::get(feeds::feed))
            .at("/news/:municipality/calendar.ics", poem::get(feeds::calendar))
            .at("/news/:municipality/titles.json", poem::get(feeds::titles))
            .at("/news/:municipality/images/:announcement", poem::get(feeds::news_image))
    },
    bound: |request| {
        let path = request.uri().path();
        let image = path.starts_with("/staff/v1/announcements/") && path.ends_with("/image");
        let file = *request.method() == Method::PUT && (image || path.starts_with("/staff/v1/people-lists/"));
        file.then_some(Bound::File)
    },
    work: &[Step { name: "announcements", run: |app| work::step(app).boxed() }],
    housekeeping: &[Step { name: "announcements", run: |app| work::housekeeping(app).boxed() }],
    waiting: &[Waiting { name: "announcements", count: |r, now| waiting(r, now).boxed() }],
    ..Room::named("announcements")
};

/// What citizens may call here.
pub type CitizenApi = routes::MyAnnouncementsApi;
/// What staff and machines may call here.
pub type StaffApi = (
    staff_routes::AnnouncementsApi,
    lists_routes::ListsApi,
    templates_routes::TemplatesApi,
    figures_routes::FiguresApi,
    coverage_routes::AnnouncementCoverageApi,
);
