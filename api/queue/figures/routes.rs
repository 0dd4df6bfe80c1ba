//! `/staff/v1/locations/…/figures`: what became of a counter.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Binary, Json},
};

use super::{By, Figure, Figures, Group, Told};
use crate::{
    appointments::{Catalogue, DeskId, LocationId, ServiceId},
    platform::{App, problem::Failure, text::harmless, values::Day},
    queue::model::Waits,
    staff::access::{As, Plan},
};

/// How long something took, in minutes.
#[derive(Object)]
pub struct MinutesOut {
    /// Minutes: for half of them it was no longer.
    half: i64,
    /// Minutes: for nine in ten of them it was no longer.
    nine_in_ten: i64,
}

impl From<Waits> for MinutesOut {
    fn from(w: Waits) -> Self {
        Self { half: w.half, nine_in_ten: w.nine_in_ten }
    }
}

/// What became of a part of a counter. A number below ten is absent, as it would tell who, and so is another from which that could be
/// calculated; zero is told.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CounterRowOut {
    /// The id of the service, by service; absent otherwise.
    service_id: Option<ServiceId>,
    /// The id of the desk, by desk; absent of numbers that no desk called, and otherwise.
    desk_id: Option<DeskId>,
    /// The hour of the town's clock, from 0 to 23, by hour: that in which a visit begins, or somebody came; absent otherwise.
    hour: Option<u32>,
    /// The day of the week, Monday 1 to Sunday 7, by weekday; absent otherwise.
    weekday: Option<u32>,
    /// The day, by day; absent otherwise.
    day: Option<NaiveDate>,
    /// Minutes for which desks are planned, without absences and closings. What changed since counts as it is planned now. By service those of
    /// all desks that serve it, so that they are more than the total together.
    planned_minutes: i64,
    /// Minutes of desks that visits take, with what a desk needs after them; absent where `booked` is.
    booked_minutes: Option<i64>,
    /// Visits that are booked; one that moved counts where it is now.
    booked: Option<i64>,
    /// Of these, who came.
    shown_up: Option<i64>,
    /// Of these, who did not check in, or was called and not there.
    missed: Option<i64>,
    /// Of these, who is yet to come; and of a day on which nobody at all checked in, such as at a location without a hall, who may have come.
    unknown: Option<i64>,
    /// Visits that were cancelled, by whomever.
    cancelled: Option<i64>,
    /// Numbers that were taken without a visit; who was sent on has one more.
    numbers: Option<i64>,
    /// Of these, those that a desk served.
    served: Option<i64>,
    /// Of these, those that were called and not there.
    not_there: Option<i64>,
    /// Of these, those that went before they were called.
    left: Option<i64>,
    /// Of these, those that wait or are at a desk now.
    still_there: Option<i64>,
    /// How long one waited without a visit until the call; absent where fewer than ten were called, or called once only.
    waits: Option<MinutesOut>,
    /// How long one waited with a visit until the call, from its time on, or from when one came, where that was later; absent as `waits`.
    visit_waits: Option<MinutesOut>,
    /// How long one was at a desk, with or without a visit; absent where fewer than ten were.
    served_minutes: Option<MinutesOut>,
}

impl CounterRowOut {
    fn of(group: Option<Group>, told: &Told) -> Self {
        let mut row = Self {
            service_id: None,
            desk_id: None,
            hour: None,
            weekday: None,
            day: None,
            planned_minutes: told.planned_minutes,
            booked_minutes: told.booked_minutes,
            booked: told.count(Figure::Booked),
            shown_up: told.count(Figure::ShownUp),
            missed: told.count(Figure::Missed),
            unknown: told.count(Figure::Unknown),
            cancelled: told.count(Figure::Cancelled),
            numbers: told.count(Figure::Numbers),
            served: told.count(Figure::Served),
            not_there: told.count(Figure::NotThere),
            left: told.count(Figure::Left),
            still_there: told.count(Figure::StillThere),
            waits: told.waits.map(MinutesOut::from),
            visit_waits: told.visit_waits.map(MinutesOut::from),
            served_minutes: told.took.map(MinutesOut::from),
        };
        match group {
            Some(Group::Service(id)) => row.service_id = Some(id),
            Some(Group::Desk(id)) => row.desk_id = id,
            Some(Group::Hour(hour)) => row.hour = Some(hour),
            Some(Group::Weekday(weekday)) => row.weekday = Some(weekday),
            Some(Group::Day(day)) => row.day = Some(day),
            None => {}
        }
        row
    }
}

/// What became of a counter in some days.
#[derive(Object)]
pub struct CounterFiguresOut {
    /// The first day of which visits and numbers are kept: days before count for nothing in these figures.
    kept_from: NaiveDate,
    /// The same of the whole location, over all groups.
    total: CounterRowOut,
    /// By what was asked for, in order; what was neither planned nor used is not there.
    groups: Vec<CounterRowOut>,
}

/// The figures as a table for a spreadsheet.
#[derive(ApiResponse)]
pub enum CounterTableOut {
    /// CSV, with a header, in UTF-8 with a mark. A number that is not told leaves its place empty; the total is the last line.
    #[oai(status = 200, content_type = "text/csv; charset=utf-8")]
    Ok(Binary<Vec<u8>>),
}

/// What the table calls its columns.
const HEADER: [&str; 21] = [
    "by",
    "of",
    "id",
    "planned_minutes",
    "booked_minutes",
    "booked",
    "shown_up",
    "missed",
    "unknown",
    "cancelled",
    "numbers",
    "served",
    "not_there",
    "left",
    "still_there",
    "wait_half",
    "wait_nine_in_ten",
    "visit_wait_half",
    "visit_wait_nine_in_ten",
    "served_minutes_half",
    "served_minutes_nine_in_ten",
];

fn table(rows: Vec<Vec<String>>) -> Result<CounterTableOut, Failure> {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(HEADER).map_err(Failure::internal)?;
    for row in rows {
        out.write_record(row).map_err(Failure::internal)?;
    }
    Ok(CounterTableOut::Ok(Binary(out.into_inner().map_err(Failure::internal)?)))
}

/// A line of the table: by what, what it is called, its id where it has one, and the numbers.
fn line([by, of, id]: [String; 3], row: &CounterRowOut) -> Vec<String> {
    let cell = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let half = |m: &Option<MinutesOut>| cell(m.as_ref().map(|m| m.half));
    let most = |m: &Option<MinutesOut>| cell(m.as_ref().map(|m| m.nine_in_ten));
    vec![
        by,
        harmless(&of),
        id,
        row.planned_minutes.to_string(),
        cell(row.booked_minutes),
        cell(row.booked),
        cell(row.shown_up),
        cell(row.missed),
        cell(row.unknown),
        cell(row.cancelled),
        cell(row.numbers),
        cell(row.served),
        cell(row.not_there),
        cell(row.left),
        cell(row.still_there),
        half(&row.waits),
        most(&row.waits),
        half(&row.visit_waits),
        most(&row.visit_waits),
        half(&row.served_minutes),
        most(&row.served_minutes),
    ]
}

fn out(figures: Figures) -> CounterFiguresOut {
    CounterFiguresOut {
        kept_from: figures.kept_from,
        total: CounterRowOut::of(None, &figures.total),
        groups: figures.groups.iter().map(|(group, told)| CounterRowOut::of(Some(*group), told)).collect(),
    }
}

/// Operations on the figures of a counter.
#[derive(Default)]
pub struct CounterFiguresApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl CounterFiguresApi {
    /// Ask what became of a counter
    ///
    /// What was planned, what was booked, who came, who was missed, and how long one waited: in numbers of which none below ten is told.
    /// They go back as far as visits and numbers are kept.
    #[oai(path = "/locations/:location_id/figures", method = "get", operation_id = "get_counter_figures")]
    async fn figures(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        location_id: Path<LocationId>,
        /// From which day on, on the town's clocks.
        from: Query<Day>,
        /// Up to and with which day; of 92 days at most. It may lie ahead: then it is told what is booked.
        until: Query<Day>,
        /// What the groups are made by, such as each service or each desk.
        by: Query<By>,
    ) -> Result<Json<CounterFiguresOut>, Failure> {
        let days = (from.0.get(), until.0.get());
        Ok(Json(out(super::read(&app, &who.0, location_id.0, days, by.0).await?)))
    }

    /// Export what became of a counter
    ///
    /// The same as a table for a spreadsheet. Services have their names in the municipality's first language.
    #[oai(path = "/locations/:location_id/figures/export", method = "get", operation_id = "export_counter_figures")]
    async fn export(
        &self,
        app: Data<&App>,
        who: As<Plan>,
        location_id: Path<LocationId>,
        /// From which day on, on the town's clocks.
        from: Query<Day>,
        /// Up to and with which day; of 92 days at most.
        until: Query<Day>,
        /// What the groups are made by, such as each service or each desk.
        by: Query<By>,
    ) -> Result<CounterTableOut, Failure> {
        let days = (from.0.get(), until.0.get());
        let figures = super::read(&app, &who.0, location_id.0, days, by.0).await?;
        let town = &who.0.town;
        let catalogue = Catalogue::of(&app, &mut app.db.read().await?, town).await?;
        let first = town.language_for(None);
        let named = |group: &Group| match group {
            Group::Service(id) => {
                let names = catalogue.services.get(id).map(|s| &s.names);
                let name = names.and_then(|names| names.get(&first).or_else(|| names.values().next()));
                (name.cloned().unwrap_or_default(), id.to_string())
            }
            Group::Desk(Some(id)) => {
                let mut desks = catalogue.locations.values().flat_map(|l| &l.desks);
                let name = desks.find(|d| d.id == *id).map(|d| d.name.clone());
                (name.unwrap_or_default(), id.to_string())
            }
            Group::Desk(None) => (String::new(), String::new()),
            Group::Hour(hour) => (format!("{hour:02}:00"), String::new()),
            Group::Weekday(day) => (day.to_string(), String::new()),
            Group::Day(day) => (day.to_string(), String::new()),
        };
        let mut rows: Vec<_> = figures
            .groups
            .iter()
            .map(|(group, told)| {
                let (name, id) = named(group);
                line([by.0.to_string(), name, id], &CounterRowOut::of(Some(*group), told))
            })
            .collect();
        let total = CounterRowOut::of(None, &figures.total);
        rows.push(line(["total".to_owned(), String::new(), String::new()], &total));
        table(rows)
    }
}
