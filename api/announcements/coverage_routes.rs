//! `/staff/v1/coverage/…`: what became of a month's announcements, and the page of a month for the council.

use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::Query,
    payload::{Binary, Json, PlainText},
};

use super::{
    council,
    coverage::{self, Covered},
    how_far::HowFar,
    model::AnnouncementId,
};
use crate::{
    inbox::reach::Outcome,
    platform::{
        App,
        language::Language,
        problem::Failure,
        text::harmless,
        values::{Day, Timestamp},
    },
    staff::access::{Announce, Approve, Either},
};

/// What the page may do: nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// What stands in the table where no number of an announcement is told.
const NONE_TOLD: &str = "fewer than 10 people, in all or in a part: no figures";

/// What became of one announcement. A number below ten is absent, as it would tell who, and so is another from which that could be calculated.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AnnouncementCoverageOut {
    /// The id of the announcement, a UUID.
    id: AnnouncementId,
    /// Its title, in the municipality's first language or in the first that it has.
    title: String,
    /// When it began to go out.
    started_at: Timestamp,
    /// How far its author let it go.
    reach: HowFar,
    /// How many it concerned: the sum of all that follow.
    all: Option<i64>,
    /// Read in the app.
    read: Option<i64>,
    /// Taken back before they read it.
    settled: Option<i64>,
    /// Put right by another announcement, which is counted for itself.
    replaced: Option<i64>,
    /// Sent by e-mail, and not come back.
    mailed: Option<i64>,
    /// Posted, and not come back.
    posted: Option<i64>,
    /// Who died, left or was retired from the register.
    not_here: Option<i64>,
    /// Worth nothing any more before it reached them.
    too_late: Option<i64>,
    /// Who said no to all that was left.
    refused: Option<i64>,
    /// To whom no way led.
    not_reached: Option<i64>,
    /// Minors who got no letter, as a parent who lives with them was told the same.
    with_parent: Option<i64>,
    /// For whom it is under way.
    under_way: Option<i64>,
    /// In whose app it lies, not read, where nothing more was asked for.
    in_app: Option<i64>,
    /// Who has no app, where no other way was asked for, or led to them.
    without_app: Option<i64>,
    /// Who had enough that week.
    held_back: Option<i64>,
}

impl From<Covered> for AnnouncementCoverageOut {
    fn from(c: Covered) -> Self {
        Self {
            id: c.id,
            started_at: c.started_at.into(),
            reach: c.reach,
            all: c.all,
            read: c.of(Outcome::Read),
            settled: c.of(Outcome::Settled),
            replaced: c.of(Outcome::Replaced),
            mailed: c.of(Outcome::Mailed),
            posted: c.of(Outcome::Posted),
            not_here: c.of(Outcome::NotHere),
            too_late: c.of(Outcome::TooLate),
            refused: c.of(Outcome::Refused),
            not_reached: c.of(Outcome::NotReached),
            with_parent: c.of(Outcome::WithParent),
            under_way: c.under_way,
            in_app: c.in_app,
            without_app: c.without_app,
            held_back: c.held_back,
            title: c.title,
        }
    }
}

/// The numbers as a table.
#[derive(ApiResponse)]
pub enum AnnouncementTableOut {
    /// CSV, with a header. A number that is not told leaves its place empty; where none is told, `note` says why.
    #[oai(status = 200, content_type = "text/csv; charset=utf-8")]
    Ok(Binary<Vec<u8>>),
}

/// The page of a month for the council.
#[derive(ApiResponse)]
pub enum CouncilPageOut {
    /// HTML that loads nothing and runs nothing.
    #[oai(status = 200, content_type = "text/html; charset=utf-8")]
    Ok(
        PlainText<String>,
        /// What it may do: nothing.
        #[oai(header = "content-security-policy")]
        String,
    ),
}

fn table(all: Vec<Covered>) -> Result<AnnouncementTableOut, Failure> {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let cell = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let outcomes = Outcome::ALL.iter().map(|o| o.as_str());
    let header = ["announcement", "title", "reach", "all"].into_iter().chain(outcomes);
    let last = ["under_way", "in_app", "without_app", "held_back", "note"];
    out.write_record(header.chain(last)).map_err(Failure::internal)?;
    for c in all {
        let note = if c.is_told() { "" } else { NONE_TOLD };
        let last = [c.under_way, c.in_app, c.without_app, c.held_back];
        let numbers = [c.all].into_iter().chain(c.ended).chain(last).map(cell);
        let first = [c.id.to_string(), harmless(&c.title), c.reach.to_string()];
        out.write_record(first.into_iter().chain(numbers).chain([note.to_owned()])).map_err(Failure::internal)?;
    }
    Ok(AnnouncementTableOut::Ok(Binary(out.into_inner().map_err(Failure::internal)?)))
}

/// Operations on what became of announcements in the end.
#[derive(Default)]
pub struct AnnouncementCoverageApi;

#[OpenApi(prefix_path = "/staff/v1/coverage")]
impl AnnouncementCoverageApi {
    /// Ask what became of a month's announcements
    ///
    /// Each that began to go out in that month, the newest first, two hundred at most: of all whom it concerned, how it ended for them, or that
    /// it is under way. The numbers of one add up to all of them.
    #[oai(path = "/announcements", method = "get", operation_id = "get_announcement_coverage")]
    async fn get(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// A day of the month.
        month: Query<Day>,
    ) -> Result<Json<Vec<AnnouncementCoverageOut>>, Failure> {
        let town = &who.0.town;
        let all = coverage::of_month(&app, town, month.0.get(), town.language_for(None)).await?;
        Ok(Json(all.into_iter().map(AnnouncementCoverageOut::from).collect()))
    }

    /// Export what became of a month's announcements
    ///
    /// The same as a table for a spreadsheet.
    #[oai(path = "/announcements/export", method = "get", operation_id = "export_announcement_coverage")]
    async fn export(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// A day of the month.
        month: Query<Day>,
    ) -> Result<AnnouncementTableOut, Failure> {
        let town = &who.0.town;
        table(coverage::of_month(&app, town, month.0.get(), town.language_for(None)).await?)
    }

    /// Read the page of a month for the council
    ///
    /// What was promised, by which way it arrived, what is under way, and what reached nobody, in plain words: a page to print on A4.
    #[oai(path = "/council", method = "get", operation_id = "get_council_page")]
    async fn council(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// A day of the month.
        month: Query<Day>,
        /// In which language; the municipality's first, if it is not said.
        language: Query<Option<Language>>,
    ) -> Result<CouncilPageOut, Failure> {
        let town = &who.0.town;
        let html = council::page(&app, town, month.0.get(), town.language_for(language.0)).await?;
        Ok(CouncilPageOut::Ok(PlainText(html), POLICY.to_owned()))
    }
}
