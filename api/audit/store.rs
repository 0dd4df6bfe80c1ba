//! SQL of the audit trail. Rows are added and, past their keeping, forgotten; a guard refuses an update.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

use super::model::{Actor, Entry, EntryId, Why};
use crate::{
    listed,
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId, first_uuid_at},
        page::Cursor,
        room::Names,
    },
    select_in, statements, with_conn,
};

listed! {
    ADD = "
        insert into audit_entry (municipality_id, id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id,
            reason, request_id, people, part_of_id, subject_name, desk, holder_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)*";
    DID_TO = "
        select distinct subject_id from audit_entry
        where municipality_id = ? and actor_id = ? and act = ? and at >= ? and part_of_id is null and subject_id in (?*)";
}
statements! {
    OF_RESIDENT = "
        select id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id, reason, request_id, people, subject_name,
            desk, holder_id
        from audit_entry where municipality_id = $1 and resident_id = $2 and (at, id) < ($3, $4)
        order by at desc, id desc limit $5";
    OF_RESIDENT_BY = "
        select id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id, reason, request_id, people, subject_name,
            desk, holder_id
        from audit_entry where municipality_id = $1 and resident_id = $2 and at >= $3 and (at, id) < ($4, $5)
            and (actor_id = $6 or $6 is null) and (act = $7 or $7 is null)
        order by at desc, id desc limit $8";
    OF_TOWN = "
        select id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id, reason, request_id, people, subject_name,
            desk, holder_id
        from audit_entry where municipality_id = $1 and part_of_id is null and at >= $2 and (at, id) < ($3, $4)
        order by at desc, id desc limit $5";
    OF_ACTOR = "
        select id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id, reason, request_id, people, subject_name,
            desk, holder_id
        from audit_entry where municipality_id = $1 and part_of_id is null and at >= $2 and (at, id) < ($3, $4)
            and actor_id = $6
        order by at desc, id desc limit $5";
    OF_ACT = "
        select id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id, reason, request_id, people, subject_name,
            desk, holder_id
        from audit_entry where municipality_id = $1 and part_of_id is null and at >= $2 and (at, id) < ($3, $4)
            and act = $6
        order by at desc, id desc limit $5";
    OF_BOTH = "
        select id, at, actor_kind, actor_id, actor_name, act, subject_id, resident_id, reason, request_id, people, subject_name,
            desk, holder_id
        from audit_entry where municipality_id = $1 and part_of_id is null and at >= $2 and (at, id) < ($3, $4)
            and actor_id = $6 and act = $7
        order by at desc, id desc limit $5";
    /// From the newest entry of one who acted to that of the next, along an index: what they did before is not read.
    ACTORS = "
        select (select e.actor_id from audit_entry e where e.municipality_id = $1 and e.id = a.id) as id,
            (select e.actor_kind from audit_entry e where e.municipality_id = $1 and e.id = a.id) as kind,
            (select e.actor_name from audit_entry e where e.municipality_id = $1 and e.id = a.id) as name
        from
            (with recursive next(id) as
                (select (select e.id from audit_entry e
                         where e.municipality_id = $1 and e.part_of_id is null and e.actor_id < $2
                         order by e.actor_id desc, e.at desc, e.id desc limit 1)
                 union all
                 select (select e.id from audit_entry e
                         where e.municipality_id = $1 and e.part_of_id is null and e.actor_id <
                             (select p.actor_id from audit_entry p where p.municipality_id = $1 and p.id = next.id)
                         order by e.actor_id desc, e.at desc, e.id desc limit 1)
                 from next where next.id is not null)
             select id from next where id is not null limit $3) a";
    LOOKED = "
        select resident_id, subject_id from audit_entry
        where municipality_id = $1 and actor_id = $2 and at >= $3 and act = $4 and reason = $5 and resident_id is not null
            and subject_id is not null";
    DID = "
        select count(*) from
            (select 1 as did from audit_entry
             where municipality_id = $1 and actor_id = $2 and act = $3 and at >= $4 and subject_id = $5 and part_of_id is null
             limit 1) one";
    LOOKED_AT = "
        select count(*) from
            (select 1 as looked from audit_entry
             where municipality_id = $1 and resident_id = $2 and at >= $3 and actor_id = $4 and act = $5 and reason = $6
             limit 1) one";
    ANYTHING_OLD = "
        select count(*) from
            (select 1 as old from audit_entry where municipality_id = $1 and id < $2 and at < $3
             order by id limit 1) first";
    FORGET = "
        delete from audit_entry where municipality_id = $1 and id in
            (select id from audit_entry where municipality_id = $1 and id < $2 and at < $3 order by id limit $4)";
}

/// An entry, as it is stored.
#[derive(sqlx::FromRow)]
pub struct EntryRow {
    /// Its id.
    pub id: EntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// `staff` or `machine`.
    pub actor_kind: String,
    /// Which.
    pub actor_id: Uuid,
    /// Their name then.
    pub actor_name: String,
    /// What was done.
    pub act: String,
    /// To what.
    pub subject_id: Option<Uuid>,
    /// To whose data.
    pub resident_id: Option<ResidentId>,
    /// Why.
    pub reason: Option<String>,
    /// In which request.
    pub request_id: Option<String>,
    /// Of how many people, where it was a list.
    pub people: Option<i64>,
    /// What the subject was called then, in the town's first language; none where the trail does not keep that.
    pub subject_name: Option<String>,
    /// At which desk, where that is not the subject; as it was called then.
    pub desk: Option<String>,
    /// Which resident did it for somebody else, in the app.
    pub holder_id: Option<ResidentId>,
}

/// Somebody who acted.
#[derive(sqlx::FromRow)]
pub struct ActorRow {
    /// The member or the key.
    pub id: Uuid,
    /// `staff` or `machine`.
    pub kind: String,
    /// The name they last had.
    pub name: String,
}

/// An entry that is written.
pub struct New<'a> {
    pub id: EntryId,
    pub entry: &'a Entry,
    /// Of how many people it is.
    pub people: Option<i64>,
    /// Of which entry it is a part.
    pub part_of: Option<EntryId>,
    /// Which resident did it, for somebody else.
    pub holder: Option<ResidentId>,
}

impl<'a> New<'a> {
    pub fn of(id: EntryId, entry: &'a Entry) -> Self {
        Self { id, entry, people: None, part_of: None, holder: None }
    }
}

/// Which stretch of the trail: since an instant, behind a place, so many.
pub struct Span {
    pub from: DateTime<Utc>,
    pub after: Cursor,
    pub limit: i64,
}

/// Adds entries of one request, in as few statements as hold them; with what their subjects are called, as far as that is kept.
pub async fn add(
    w: &mut Write,
    actor: &Actor,
    entries: &[New<'_>],
    names: &HashMap<Uuid, String>,
    (request, now): (&str, DateTime<Utc>),
) -> sqlx::Result<()> {
    for part in entries.chunks(ADD.at_most()) {
        let sql = ADD.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for New { id, entry, people, part_of, holder } in part {
                q = q.bind(actor.town).bind(*id).bind(now).bind(actor.kind).bind(actor.id).bind(&actor.name)
                    .bind(entry.act.as_str()).bind(entry.subject).bind(entry.resident)
                    .bind(entry.reason.as_ref().map(Why::as_str)).bind(request).bind(*people).bind(*part_of)
                    .bind(entry.subject.and_then(|id| names.get(&id))).bind(&entry.desk).bind(*holder);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

pub async fn of_resident(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    after: Option<Cursor>,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    let after = after.unwrap_or(Cursor::BEGINNING);
    with_conn!(r, c => sqlx::query_as(OF_RESIDENT).bind(town).bind(resident).bind(after.at).bind(after.id).bind(limit)
        .fetch_all(c).await)
}

/// The same for whoever watches over the staff: by one who acted, of one act, or of both.
pub async fn of_resident_by(
    r: &mut Read,
    town: MunicipalityId,
    resident: ResidentId,
    (actor, act): (Option<Uuid>, Option<&str>),
    Span { from, after, limit }: Span,
) -> sqlx::Result<Vec<EntryRow>> {
    with_conn!(r, c => sqlx::query_as(OF_RESIDENT_BY).bind(town).bind(resident).bind(from).bind(after.at).bind(after.id)
        .bind(actor).bind(act).bind(limit).fetch_all(c).await)
}

/// The trail of the town, without the parts of lists.
pub async fn of_town(
    r: &mut Read,
    town: MunicipalityId,
    (actor, act): (Option<Uuid>, Option<&str>),
    Span { from, after, limit }: Span,
) -> sqlx::Result<Vec<EntryRow>> {
    let sql = match (actor, act) {
        (None, None) => OF_TOWN,
        (Some(_), None) => OF_ACTOR,
        (None, Some(_)) => OF_ACT,
        (Some(_), Some(_)) => OF_BOTH,
    };
    with_conn!(r, c => {
        let mut q = sqlx::query_as(sql).bind(town).bind(from).bind(after.at).bind(after.id).bind(limit);
        if let Some(actor) = actor {
            q = q.bind(actor);
        }
        if let Some(act) = act {
            q = q.bind(act);
        }
        q.fetch_all(c).await
    })
}

/// Who acted in the town.
pub async fn actors(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<ActorRow>> {
    with_conn!(r, c => sqlx::query_as(ACTORS).bind(town).bind(Uuid::max()).bind(limit).fetch_all(c).await)
}

/// What things are called that entries are about. An entry outlives what it is about, and so has an id and no more.
pub async fn names(r: &mut Read, town: MunicipalityId, how: &Names, ids: &[Uuid]) -> sqlx::Result<Vec<(Uuid, Name)>> {
    if how.in_languages {
        let all: Vec<(Uuid, Json<Value>)> = select_in!(r, how.select, town, ids);
        return Ok(all.into_iter().map(|(id, texts)| (id, Name::Texts(texts.0))).collect());
    }
    let all: Vec<(Uuid, String)> = select_in!(r, how.select, town, ids);
    Ok(all.into_iter().map(|(id, name)| (id, Name::Plain(name))).collect())
}

/// What something is called.
pub enum Name {
    /// The same in each language.
    Plain(String),
    /// By language: a text, or one with a title.
    Texts(Value),
}

/// A name in a language, or in the first that there is.
pub fn said(name: &Name, language: &str) -> Option<String> {
    let all = match name {
        Name::Plain(name) => return Some(name.clone()),
        Name::Texts(texts) => texts.as_object()?,
    };
    let text = |said: &Value| {
        let text = said.as_str().or_else(|| said["title"].as_str())?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    all.get(language).and_then(text).or_else(|| all.values().find_map(text))
}

/// Whom somebody looked at in one way since an instant, and what of theirs.
pub async fn looked(
    r: &mut Read,
    town: MunicipalityId,
    actor: Uuid,
    (act, reason): (&str, &str),
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<(ResidentId, Uuid)>> {
    with_conn!(r, c => sqlx::query_as(LOOKED).bind(town).bind(actor).bind(since).bind(act).bind(reason).fetch_all(c).await)
}

/// Whether somebody did something with a subject since an instant.
pub async fn did(
    r: &mut Read,
    town: MunicipalityId,
    (actor, act, subject): (Uuid, &str, Uuid),
    since: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(DID).bind(town).bind(actor).bind(act).bind(since).bind(subject)
        .fetch_one(c).await)?;
    Ok(n > 0)
}

/// To which of these somebody did something since an instant.
pub async fn did_to(
    r: &mut Read,
    town: MunicipalityId,
    (actor, act, subjects): (Uuid, &str, &[Uuid]),
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<Uuid>> {
    let mut all = Vec::new();
    for part in subjects.chunks(DID_TO.at_most()) {
        let sql = DID_TO.on(r, part.len());
        all.append(&mut with_conn!(r, c => {
            let mut q = sqlx::query_scalar(sql).bind(town).bind(actor).bind(act).bind(since);
            for subject in part {
                q = q.bind(*subject);
            }
            q.fetch_all(c).await
        })?);
    }
    Ok(all)
}

/// Whether somebody looked at a person's data so, for that reason, since an instant.
pub async fn looked_at(
    r: &mut Read,
    (town, resident): InTown<ResidentId>,
    (actor, act, reason): (Uuid, &str, &str),
    since: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(LOOKED_AT).bind(town).bind(resident).bind(since).bind(actor).bind(act)
        .bind(reason).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Whether there is anything to forget.
pub async fn anything_old(r: &mut Read, town: MunicipalityId, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_OLD).bind(town).bind(first_uuid_at(before)).bind(before)
        .fetch_one(c).await)?;
    Ok(n > 0)
}

/// Forgets what came before an instant: ids sort by time, so nothing else is read.
pub async fn forget(w: &mut Write, town: MunicipalityId, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(town).bind(first_uuid_at(before)).bind(before).bind(limit)
        .execute(c).await.map(|d| d.rows_affected()))
}
