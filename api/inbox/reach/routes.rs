//! `/staff/v1/coverage`: what became of what residents were told.

use chrono::NaiveDate;
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::Query,
    payload::{Binary, Json},
};

use super::{
    coverage::{self, Coverage, CoverageBy, Row},
    model::Outcome,
};
use crate::{
    platform::{App, problem::Failure, text::harmless, values::Day},
    staff::access::{Announce, Approve, Either},
};

/// Some of a month's messages, by how they ended. A number below ten is absent, as it would tell who, and so is another from which that could
/// be calculated.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CoverageRowOut {
    /// Which: a plan, such as `reminder_late`, or a postcode, such as `9800`; `unknown` where no postcode was known.
    name: String,
    /// How many there are: the sum of all that follow.
    all: Option<i64>,
    /// Read in the app, or put away there.
    read: Option<i64>,
    /// What they ask for was done, or they do not hold any more.
    settled: Option<i64>,
    /// Said anew by a later message, which is counted for itself.
    replaced: Option<i64>,
    /// Sent by e-mail, and not come back.
    mailed: Option<i64>,
    /// Posted, and not come back.
    posted: Option<i64>,
    /// Told on the telephone.
    called: Option<i64>,
    /// With a colleague who is named, as no call led to them.
    handed_over: Option<i64>,
    /// To somebody who died, left or was retired from the register.
    not_here: Option<i64>,
    /// Worth nothing any more before they reached anybody.
    too_late: Option<i64>,
    /// To somebody who said no to all that was left.
    refused: Option<i64>,
    /// To somebody to whom no way led.
    not_reached: Option<i64>,
    /// To a minor in whose place a parent was told. So are announcements only, which are counted for themselves: it is 0 here.
    with_parent: Option<i64>,
    /// Messages that are still under way.
    under_way: Option<i64>,
}

impl From<Row> for CoverageRowOut {
    fn from(row: Row) -> Self {
        let ended = |outcome: Outcome| {
            let place = Outcome::ALL.iter().position(|known| *known == outcome);
            place.and_then(|place| row.ended.get(place).copied().flatten())
        };
        Self {
            all: row.all,
            read: ended(Outcome::Read),
            settled: ended(Outcome::Settled),
            replaced: ended(Outcome::Replaced),
            mailed: ended(Outcome::Mailed),
            posted: ended(Outcome::Posted),
            called: ended(Outcome::Called),
            handed_over: ended(Outcome::HandedOver),
            not_here: ended(Outcome::NotHere),
            too_late: ended(Outcome::TooLate),
            refused: ended(Outcome::Refused),
            not_reached: ended(Outcome::NotReached),
            with_parent: ended(Outcome::WithParent),
            under_way: row.under_way,
            name: if row.name.is_empty() { "unknown".to_owned() } else { row.name },
        }
    }
}

/// What became of a month's messages that ask for something or change something. Announcements are counted for themselves
/// (`get_announcement_coverage`): together the two would tell of a few.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct CoverageOut {
    /// The first day of the month, such as `2027-03-01`.
    from: NaiveDate,
    /// How many messages began in it: the sum of the rows. Absent below ten.
    all: Option<i64>,
    /// Those of each plan or district.
    rows: Vec<CoverageRowOut>,
}

impl From<Coverage> for CoverageOut {
    fn from(c: Coverage) -> Self {
        Self { from: c.from, all: c.all, rows: c.rows.into_iter().map(CoverageRowOut::from).collect() }
    }
}

/// The numbers as a table.
#[derive(ApiResponse)]
pub enum CoverageTableOut {
    /// CSV, with a header. A number that is not told leaves its place empty.
    #[oai(status = 200, content_type = "text/csv; charset=utf-8")]
    Ok(Binary<Vec<u8>>),
}

fn table(coverage: Coverage) -> Result<CoverageTableOut, Failure> {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let cell = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let month = coverage.from.format("%Y-%m").to_string();
    let outcomes = Outcome::ALL.iter().map(|o| o.as_str());
    let header = ["month", "name", "all"].into_iter().chain(outcomes).chain(["under_way"]);
    out.write_record(header).map_err(Failure::internal)?;
    for row in coverage.rows {
        let numbers = [row.all].into_iter().chain(row.ended).chain([row.under_way]).map(cell);
        out.write_record([month.clone(), harmless(&row.name)].into_iter().chain(numbers)).map_err(Failure::internal)?;
    }
    Ok(CoverageTableOut::Ok(Binary(out.into_inner().map_err(Failure::internal)?)))
}

/// Operations on what became of what residents were told.
#[derive(Default)]
pub struct CoverageApi;

#[OpenApi(prefix_path = "/staff/v1/coverage")]
impl CoverageApi {
    /// Ask what became of a month's messages
    ///
    /// Each message that asks a resident for something, or tells that their visit changed, once: how it ended, or that it is under way. The rows
    /// add up to all of them.
    #[oai(path = "/", method = "get", operation_id = "get_coverage")]
    async fn get(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// A day of the month.
        month: Query<Day>,
        /// By what the messages are told apart.
        by: Query<CoverageBy>,
    ) -> Result<Json<CoverageOut>, Failure> {
        Ok(Json(coverage::of_month(&app, &who.0.town, month.0.get(), by.0).await?.into()))
    }

    /// Export what became of a month's messages
    ///
    /// The same as a table for a spreadsheet.
    #[oai(path = "/export", method = "get", operation_id = "export_coverage")]
    async fn export(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// A day of the month.
        month: Query<Day>,
        /// By what the messages are told apart.
        by: Query<CoverageBy>,
    ) -> Result<CoverageTableOut, Failure> {
        table(coverage::of_month(&app, &who.0.town, month.0.get(), by.0).await?)
    }
}
