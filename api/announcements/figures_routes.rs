//! `/staff/v1/announcements/…/figures` and `/staff/v1/figures`: what became of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Binary, Json},
};

use super::{
    figures::{self, Figures, Kept, Month, Point, SentBriefly},
    model::{AnnouncementId, Unreached},
};
use crate::{
    platform::{
        App,
        ids::ResidentId,
        problem::Failure,
        text::harmless,
        values::{Day, Timestamp},
    },
    staff::access::{Announce, Approve, As, Counter, Either},
};

/// What tells a spreadsheet and a letter that a file is UTF-8: without it names lose their accents.
const MARK: &str = "\u{feff}";

/// What became of the pushes to phones.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PushOutcomeOut {
    /// `delivered`, `read_elsewhere` (on another phone of theirs, before), `token_dead` (the app is gone), `token_suspect`,
    /// `failed`, `expired`, `not_wanted` (they said meanwhile that no phone is to show it), `unbound` (the phone is somebody else's by now),
    /// `withdrawn` or `under_way`.
    outcome: String,
    /// What the provider said; `-` for nothing.
    code: String,
    /// How many phones; absent below ten.
    phones: Option<i64>,
}

/// How many had it by an instant.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PointOut {
    /// The instant up to which was counted, in UTC.
    at: Timestamp,
    /// People to whom a provider had taken it; absent below ten.
    delivered: Option<i64>,
    /// People who had opened it; absent below ten.
    opened: Option<i64>,
}

/// What became of an announcement. A number below ten is absent, as it would tell who, and so is another from which that could be
/// calculated.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct FiguresOut {
    /// People who were told.
    notified: Option<i64>,
    /// Of these, who has a phone that shows it.
    by_phone: Option<i64>,
    /// Whom it concerns and who has no app.
    without_app: Option<i64>,
    /// Who had enough that week.
    held_back: Option<i64>,
    /// People with a phone to whom a provider took it.
    delivered: Option<i64>,
    /// People who opened it.
    opened: Option<i64>,
    /// What became of each push.
    outcomes: Vec<PushOutcomeOut>,
    /// The first two days, in 24 steps.
    over_time: Vec<PointOut>,
}

impl From<&Figures> for FiguresOut {
    fn from(f: &Figures) -> Self {
        let outcome = |(outcome, code, phones): &(String, String, Option<i64>)| PushOutcomeOut {
            outcome: outcome.clone(),
            code: code.clone(),
            phones: *phones,
        };
        let point = |p: &figures::Point| PointOut { at: p.at.into(), delivered: p.delivered, opened: p.opened };
        let became = f.announcement.reached();
        Self {
            notified: became.notified,
            by_phone: became.by_phone,
            without_app: became.without_app,
            held_back: became.held_back,
            delivered: f.delivered,
            opened: f.opened,
            outcomes: f.outcomes.iter().map(outcome).collect(),
            over_time: f.points.iter().map(point).collect(),
        }
    }
}

/// Somebody whom an announcement concerned and who has no app.
#[derive(Object)]
pub struct UnreachedOut {
    /// The id of the resident here, a UUID.
    resident_id: ResidentId,
    /// The given names, as the register writes them; empty where there are none.
    given_names: String,
    /// The family name, as the register writes it.
    family_name: String,
    /// The street of the address, as the register writes it.
    street: String,
    /// The house number of the address, which may have letters.
    house_number: String,
    /// The box number of the address; empty where there is none.
    box_number: String,
    /// The postcode of the address, such as `9800`.
    postcode: String,
    /// Town, as the register writes it.
    town: String,
    /// The country of an address abroad: the code of ISO 3166-1, or its name where the register knows no code; empty for Belgium.
    country: String,
}

impl From<Unreached> for UnreachedOut {
    fn from(p: Unreached) -> Self {
        Self {
            resident_id: p.id,
            given_names: p.given_names,
            family_name: p.family_name,
            street: p.street,
            house_number: p.house_number,
            box_number: p.box_number,
            postcode: p.postcode,
            town: p.town,
            country: p.country,
        }
    }
}

/// A page of people.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct UnreachedPage {
    /// Five hundred at most.
    people: Vec<UnreachedOut>,
    /// Ask with this as `after` for the next; absent on the last page.
    next: Option<ResidentId>,
}

/// The people as a file of addresses.
#[derive(ApiResponse)]
pub enum AddressesOut {
    /// CSV, with a header, in UTF-8 with a mark: `given_names;family_name;street;house_number;box;postcode;town;country`.
    #[oai(status = 200, content_type = "text/csv; charset=utf-8")]
    Ok(Binary<Vec<u8>>),
}

fn addresses(people: Vec<Unreached>) -> Result<AddressesOut, Failure> {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(MARK.as_bytes().to_vec());
    out.write_record(["given_names", "family_name", "street", "house_number", "box", "postcode", "town", "country"])
        .map_err(Failure::internal)?;
    for p in people {
        let name = [p.given_names, p.family_name];
        let address = [p.street, p.house_number, p.box_number, p.postcode, p.town, p.country];
        let row = name.iter().chain(&address).map(|cell| harmless(cell));
        out.write_record(row).map_err(Failure::internal)?;
    }
    Ok(AddressesOut::Ok(Binary(out.into_inner().map_err(Failure::internal)?)))
}

/// An announcement that went out, as far as the counter needs to know it.
#[derive(Object)]
pub struct SentBrieflyOut {
    /// The id of the announcement, a UUID.
    id: AnnouncementId,
    /// Its title, in the municipality's first language or in the first that it has.
    title: String,
    /// When it began to go out.
    started_at: Timestamp,
    /// Whether it was taken back: whoever has no app need not be told it any more.
    is_withdrawn: bool,
    /// Whether another announcement went out that corrects it: that one is to be told instead.
    is_corrected: bool,
}

impl From<SentBriefly> for SentBrieflyOut {
    fn from(a: SentBriefly) -> Self {
        Self {
            id: a.id,
            title: a.title,
            started_at: a.started_at.into(),
            is_withdrawn: a.is_withdrawn,
            is_corrected: a.is_corrected,
        }
    }
}

/// What was sent of one kind.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct KindOut {
    /// The kind of message, such as `document_reminder`.
    kind: String,
    /// How many; absent below ten.
    sent: Option<i64>,
    /// How many were opened; absent below ten.
    opened: Option<i64>,
}

/// A month in numbers, for the council. A number of people below ten is absent, and so is another from which that could be calculated.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MonthOut {
    /// The first day of the month, such as `2027-03-01`.
    from: NaiveDate,
    /// How many live there now. It is always told: how large a town is tells of nobody.
    people: i64,
    /// Of these, who has the app now.
    with_app: Option<i64>,
    /// Announcements that went out.
    announcements: i64,
    /// How often somebody was told by one that concerned ten people or more.
    notified: Option<i64>,
    /// Of these, with a phone that shows it.
    by_phone: Option<i64>,
    /// How often one concerned somebody who has no app.
    without_app: Option<i64>,
    /// All messages, by kind.
    messages: Vec<KindOut>,
}

impl From<Month> for MonthOut {
    fn from(m: Month) -> Self {
        Self {
            from: m.from,
            people: m.people,
            with_app: m.with_app,
            announcements: m.announcements,
            notified: m.notified,
            by_phone: m.by_phone,
            without_app: m.without_app,
            messages: m.kinds.into_iter().map(|(kind, sent, opened)| KindOut { kind, sent, opened }).collect(),
        }
    }
}

/// A table.
#[derive(ApiResponse)]
pub enum TableOut {
    /// CSV, with a header.
    #[oai(status = 200, content_type = "text/csv; charset=utf-8")]
    Ok(Binary<Vec<u8>>),
}

fn table(rows: impl IntoIterator<Item = [String; 4]>) -> Result<TableOut, Failure> {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for row in rows {
        out.write_record(row).map_err(Failure::internal)?;
    }
    Ok(TableOut::Ok(Binary(out.into_inner().map_err(Failure::internal)?)))
}

/// The figures as a table: the number, what of, what more, and up to which minute on the town's clocks.
fn rows(figures: &Figures, zone: Tz) -> Vec<[String; 4]> {
    let f = FiguresOut::from(figures);
    // Below ten, or what that could be calculated from.
    let few = |n: Option<i64>| n.map_or_else(|| "-".to_owned(), |n| n.to_string());
    let row = |name: &str, what: &str, at: &str, n: String| [name.to_owned(), what.to_owned(), at.to_owned(), n];
    let mut all = vec![
        row("figure", "detail", "at", "people".to_owned()),
        row("notified", "", "", few(f.notified)),
        row("by_phone", "", "", few(f.by_phone)),
        row("without_app", "", "", few(f.without_app)),
        row("held_back", "", "", few(f.held_back)),
        row("delivered", "", "", few(f.delivered)),
        row("opened", "", "", few(f.opened)),
    ];
    for o in &f.outcomes {
        all.push(row("phones", &format!("{} {}", o.outcome, o.code), "", few(o.phones)));
    }
    for (at, p) in by_the_minute(&figures.points, zone) {
        all.push(row("delivered", "by", &at, few(p.delivered)));
        all.push(row("opened", "by", &at, few(p.opened)));
    }
    all
}

/// Points in their order, each with what the town's clocks said. At first the steps are seconds: of a minute its last one.
fn by_the_minute(points: &[Point], zone: Tz) -> Vec<(String, &Point)> {
    let minutes: BTreeMap<_, _> = points.iter().map(|p| (p.at.timestamp().div_euclid(60), p)).collect();
    let on_the_clock = |p: &Point| p.at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    minutes.into_values().map(|p| (on_the_clock(p), p)).collect()
}

/// A month as a table. A number that is not told leaves its place empty.
fn month_rows(m: &MonthOut) -> Vec<[String; 4]> {
    let cell = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let month = m.from.format("%Y-%m").to_string();
    let row = |name: &str, what: &str, n: String| [month.clone(), name.to_owned(), what.to_owned(), n];
    let mut all = vec![
        ["month", "figure", "detail", "number"].map(str::to_owned),
        row("people_today", "", m.people.to_string()),
        row("with_app_today", "", cell(m.with_app)),
        row("announcements", "", m.announcements.to_string()),
        row("notified", "", cell(m.notified)),
        row("by_phone", "", cell(m.by_phone)),
        row("without_app", "", cell(m.without_app)),
    ];
    for kind in &m.messages {
        all.push(row("messages_sent", &kind.kind, cell(kind.sent)));
        all.push(row("messages_opened", &kind.kind, cell(kind.opened)));
    }
    all
}

/// Operations on figures.
#[derive(Default)]
pub struct FiguresApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl FiguresApi {
    /// Ask what became of an announcement
    ///
    /// Whom it reached, who opened it, which pushes failed and why, over time; never what one person did. They are as
    /// of a moment ago: of so many people that calculation takes seconds, up to ten times as long.
    #[oai(path = "/announcements/:announcement_id/figures", method = "get", operation_id = "get_announcement_figures")]
    async fn figures(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<Json<FiguresOut>, Failure> {
        let kept: &Kept = app.part();
        Ok(Json(kept.of(&app, &who.0, announcement_id.0).await?.as_ref().into()))
    }

    /// Export what became of an announcement
    ///
    /// The same as a table for a spreadsheet, over time by the minute, on the municipality's clocks. It does not say whom the announcement was for.
    #[oai(
        path = "/announcements/:announcement_id/figures/export",
        method = "get",
        operation_id = "export_announcement_figures"
    )]
    async fn export(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<TableOut, Failure> {
        let kept: &Kept = app.part();
        let figures = kept.of(&app, &who.0, announcement_id.0).await?;
        table(rows(&figures, who.0.town.zone))
    }

    /// List whom an announcement could not reach
    ///
    /// Whom it concerned and who has no app, by street and number: for the counter and the post, without those who want no letters and those whose address
    /// is hidden. Each of them reads in the app or at the counter that they were on this list. A page may be shorter than others.
    #[oai(path = "/announcements/:announcement_id/unreached", method = "get", operation_id = "list_unreached")]
    async fn unreached(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        announcement_id: Path<AnnouncementId>,
        /// The last one of the page before.
        after: Query<Option<ResidentId>>,
    ) -> Result<Json<UnreachedPage>, Failure> {
        let (people, next) = figures::unreached(&app, &who.0, announcement_id.0, after.0).await?;
        Ok(Json(UnreachedPage { people: people.into_iter().map(UnreachedOut::from).collect(), next }))
    }

    /// Export whom an announcement could not reach
    ///
    /// All of them as a file of addresses, by street and number: for letters. Who wants none is not in it, nor whose address is hidden. Each of them reads in
    /// the app or at the counter that they were on this list.
    #[oai(path = "/announcements/:announcement_id/unreached/export", method = "get", operation_id = "export_unreached")]
    async fn export_unreached(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        announcement_id: Path<AnnouncementId>,
    ) -> Result<AddressesOut, Failure> {
        addresses(figures::export_unreached(&app, &who.0, announcement_id.0).await?)
    }

    /// List what went out, briefly
    ///
    /// The titles of the newest two hundred announcements that went out, which lead to whom each could not reach.
    #[oai(path = "/sent-announcements", method = "get", operation_id = "list_sent_announcements")]
    async fn sent(&self, app: Data<&App>, who: As<Counter>) -> Result<Json<Vec<SentBrieflyOut>>, Failure> {
        Ok(Json(figures::sent_briefly(&app, &who.0).await?.into_iter().map(SentBrieflyOut::from).collect()))
    }

    /// Ask for a month in numbers
    ///
    /// For the council: who was told of what, and how.
    #[oai(path = "/figures", method = "get", operation_id = "get_month_figures")]
    async fn month(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// A day of the month.
        month: Query<Day>,
    ) -> Result<Json<MonthOut>, Failure> {
        Ok(Json(figures::of_month(&app, &who.0.town, month.0.get()).await?.into()))
    }

    /// Export a month in numbers
    ///
    /// The same as a table for a spreadsheet. A number that is not told leaves its place empty.
    #[oai(path = "/figures/export", method = "get", operation_id = "export_month_figures")]
    async fn export_month(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// A day of the month.
        month: Query<Day>,
    ) -> Result<TableOut, Failure> {
        table(month_rows(&figures::of_month(&app, &who.0.town, month.0.get()).await?.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_stand_in_their_order_where_the_clocks_are_put_back() {
        let at = ["2027-10-31T00:50:10Z", "2027-10-31T00:50:40Z", "2027-10-31T01:10:00Z"];
        let points: Vec<_> =
            (1..).zip(at).map(|(n, at)| Point { at: at.parse().unwrap(), delivered: Some(n), opened: None }).collect();
        let told: Vec<_> = by_the_minute(&points, chrono_tz::Europe::Brussels)
            .into_iter()
            .map(|(at, p)| (at, p.delivered.unwrap_or_default()))
            .collect();
        assert_eq!(told, [("2027-10-31 02:50".to_owned(), 2), ("2027-10-31 02:10".to_owned(), 3)]);
    }
}
