//! `/staff/v1/audiences` and `/staff/v1/people-lists`: what staff keep to use again.

use poem::{Body as Bytes, web::Data};
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::{Binary, Json},
};
use serde::Deserialize;

use super::{
    audience::{Audience, PeopleListId},
    lists::{self, MAX_FILE, Made},
    model::{AudienceId, ListInUse, PeopleList, Saved},
};
use crate::{
    platform::{
        App,
        http::{Body, read_whole},
        idempotency::IdempotencyKey,
        page,
        problem::{CursorInvalid, EditedMeanwhile, Failure, Refused},
        small::FEW,
        values::Timestamp,
    },
    staff::access::{Announce, Approve, As, Either},
};

/// An audience to keep.
#[derive(Object, Deserialize)]
pub struct AudienceDraft {
    /// The version that was read; 0 for a new one.
    #[oai(validator(minimum(value = "0")))]
    version: i64,
    /// What the town calls it.
    #[oai(validator(min_length = 1, max_length = 80))]
    name: String,
    /// The conditions that make the audience.
    audience: Audience,
}

/// An audience under a name.
#[derive(Object)]
pub struct AudienceOut {
    /// The id of the saved audience, a UUID.
    id: AudienceId,
    /// Counted up at each edit.
    version: i64,
    /// What the town calls it.
    name: String,
    /// Whether it says only where people live: a district.
    district: bool,
    /// Whom it is. An announcement takes it over as it is, and keeps it.
    audience: Audience,
    /// The name of the member of staff who saved it last.
    saved_by: String,
    /// When it last changed.
    updated_at: Timestamp,
}

impl From<Saved> for AudienceOut {
    fn from(s: Saved) -> Self {
        Self {
            id: s.id,
            version: s.version,
            name: s.name,
            district: s.district,
            audience: s.audience.0,
            saved_by: s.saved_by,
            updated_at: s.updated_at.into(),
        }
    }
}

/// A page of the audiences that are kept.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct AudiencePage {
    /// The audiences of this page, by name.
    audiences: Vec<AudienceOut>,
    /// Send it as `cursor` for the next page; absent on the last.
    next_cursor: Option<String>,
}

/// A list of people.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PeopleListOut {
    /// The id of the list, a UUID.
    id: PeopleListId,
    /// What it is called.
    name: String,
    /// How many are in it; absent below ten.
    people: Option<i64>,
    /// The name of the member of staff who made the list.
    made_by: String,
    /// When the list was made, an instant in UTC.
    created_at: Timestamp,
}

impl From<PeopleList> for PeopleListOut {
    fn from(l: PeopleList) -> Self {
        let people = (l.people >= FEW).then_some(l.people);
        Self { id: l.id, name: l.name, people, made_by: l.made_by, created_at: l.created_at.into() }
    }
}

/// What came of a file. Below ten it is not told how many of the file live here, so that one number tells of nobody.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PeopleListMade {
    /// The id of the list, as the path gave it.
    id: PeopleListId,
    /// How many of the file live here, each once; absent below ten.
    people: Option<i64>,
    /// How many of its numbers are nobody's who lives here; absent where `people` is.
    unknown: Option<i64>,
    /// How many of its lines hold no national number.
    wrong: i64,
    /// The first fifty of these.
    wrong_lines: Vec<i64>,
}

impl From<Made> for PeopleListMade {
    fn from(m: Made) -> Self {
        Self { id: m.id, people: m.people, unknown: m.unknown, wrong: m.wrong, wrong_lines: m.wrong_lines }
    }
}

/// Operations on what is kept to use again.
#[derive(Default)]
pub struct ListsApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl ListsApi {
    /// List the audiences that are kept
    ///
    /// By name, districts among them; a page at a time.
    #[oai(path = "/audiences", method = "get", operation_id = "list_audiences")]
    async fn list(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
        /// `next_cursor` of the page before.
        #[oai(validator(max_length = 600))]
        cursor: Query<Option<String>>,
        /// Audiences on a page; 20 if it is not said.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<AudiencePage>, Refused<CursorInvalid>> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let (audiences, next_cursor) = lists::list(&app, &who.0, cursor.0.as_deref(), limit).await?;
        Ok(Json(AudiencePage { audiences: audiences.into_iter().map(AudienceOut::from).collect(), next_cursor }))
    }

    /// Keep an audience under a name
    ///
    /// With an id of the writer's (a UUID), or in place of the version that was read.
    #[oai(path = "/audiences/:audience_id", method = "put", operation_id = "put_audience")]
    async fn put(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        audience_id: Path<AudienceId>,
        body: Body<AudienceDraft>,
    ) -> Result<Json<AudienceOut>, Refused<EditedMeanwhile>> {
        let AudienceDraft { version, name, audience } = body.0;
        Ok(Json(lists::save(&app, &who.0, audience_id.0, version, (&name, &audience)).await?.into()))
    }

    /// Forget an audience
    ///
    /// What was written for it keeps its own.
    #[oai(path = "/audiences/:audience_id", method = "delete", operation_id = "delete_audience")]
    async fn delete(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        audience_id: Path<AudienceId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        lists::delete(&app, &who.0, audience_id.0, &idempotency).await
    }

    /// List the lists of people
    ///
    /// The newest first.
    #[oai(path = "/people-lists", method = "get", operation_id = "list_people_lists")]
    async fn people_lists(
        &self,
        app: Data<&App>,
        who: Either<Announce, Approve>,
    ) -> Result<Json<Vec<PeopleListOut>>, Failure> {
        Ok(Json(lists::people_lists(&app, &who.0).await?.into_iter().map(PeopleListOut::from).collect()))
    }

    /// Make a list of the people in a file
    ///
    /// With an id of the writer's (a UUID), or anew; not while an announcement that was submitted or approved goes to it. A text of UTF-8, 1 MiB at most, with a national number at the
    /// start of each line. They are matched by their keyed hashes; the file is not kept.
    #[oai(path = "/people-lists/:people_list_id", method = "put", operation_id = "put_people_list")]
    async fn put_people_list(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        people_list_id: Path<PeopleListId>,
        /// What it is called.
        #[oai(validator(min_length = 1, max_length = 80))]
        name: Query<String>,
        body: Binary<Bytes>,
    ) -> Result<Json<PeopleListMade>, Refused<ListInUse>> {
        let file = read_whole(body.0, MAX_FILE).await?;
        Ok(Json(lists::put(&app, &who.0, people_list_id.0, &name.0, &file).await?.into()))
    }

    /// Forget a list of people
    ///
    /// Not while an announcement that was submitted or approved goes to it.
    #[oai(path = "/people-lists/:people_list_id", method = "delete", operation_id = "delete_people_list")]
    async fn delete_people_list(
        &self,
        app: Data<&App>,
        who: As<Announce>,
        people_list_id: Path<PeopleListId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<ListInUse>> {
        let idempotency = key.by(who.0.session);
        lists::delete_people_list(&app, &who.0, people_list_id.0, &idempotency).await
    }
}
