//! SQL of what is kept to use again.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::{
    announcements::{
        audience::{Audience, PeopleListId},
        model::{AudienceId, PeopleList, Saved},
    },
    listed,
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
        page::NameCursor,
    },
    statements, with_conn,
};

listed! {
    ADD_MEMBERS = "insert into people_list_member (municipality_id, list_id, resident_id) values (?, ?, ?)*";
}
statements! {
    LIST = "
        select id, version, name, district, audience, saved_by, saved_by_id, updated_at from saved_audience
        where municipality_id = $1 and (name, id) > ($2, $3) order by name, id limit $4";
    COUNT = "select count(*) from saved_audience where municipality_id = $1";
    ADD = "
        insert into saved_audience (municipality_id, id, version, name, district, audience, saved_by, saved_by_id, updated_at)
        values ($1, $2, $3 + 1, $4, $5, $6, $7, $8, $9)
        on conflict (municipality_id, id) do nothing";
    EDIT = "
        update saved_audience set version = version + 1, name = $4, district = $5, audience = $6, saved_by = $7,
            saved_by_id = $8, updated_at = $9
        where municipality_id = $1 and id = $2 and version = $3";
    GET = "
        select id, version, name, district, audience, saved_by, saved_by_id, updated_at from saved_audience
        where municipality_id = $1 and id = $2";
    DELETE = "delete from saved_audience where municipality_id = $1 and id = $2";
    PEOPLE_LISTS = "
        select id, name, people, made_by, created_at from people_list
        where municipality_id = $1 order by created_at desc, id desc limit $2";
    COUNT_PEOPLE_LISTS = "select count(*) from people_list where municipality_id = $1";
    PUT_PEOPLE_LIST = "
        insert into people_list (municipality_id, id, name, people, made_by, created_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (municipality_id, id) do update set name = excluded.name, people = excluded.people,
            made_by = excluded.made_by, created_at = excluded.created_at";
    HAS_LIST = "select count(*) from people_list where municipality_id = $1 and id = $2";
    LOCK_LIST = "update people_list set name = name where municipality_id = $1 and id = $2";
    ABOUT_TO_GO = "
        select audience from announcement
        where municipality_id = $1 and valid_until > $2 and corrects_id is null
            and (state in ('submitted', 'approved', 'sending') or (newcomers and state = 'sent'))";
    DELETE_PEOPLE_LIST = "delete from people_list where municipality_id = $1 and id = $2";
    DELETE_MEMBERS = "
        delete from people_list_member where (municipality_id, list_id, resident_id) in
            (select municipality_id, list_id, resident_id from people_list_member
             where municipality_id = $1 and list_id = $2 limit $3)";
    OLD_PEOPLE_LISTS = "
        select municipality_id, id from people_list
        where created_at < $1 and (municipality_id, id) > ($2, $3) order by municipality_id, id limit 1";
}

pub async fn list(r: &mut Read, town: MunicipalityId, after: &NameCursor, limit: i64) -> sqlx::Result<Vec<Saved>> {
    with_conn!(r, c => sqlx::query_as(LIST).bind(town).bind(&after.name).bind(after.id).bind(limit).fetch_all(c).await)
}

pub async fn count(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT).bind(town).fetch_one(c).await)
}

pub async fn get(r: &mut Read, town: MunicipalityId, id: AudienceId) -> sqlx::Result<Option<Saved>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// Adds one of version 1, or changes the one before the version that it says; false where somebody was first.
pub async fn save(w: &mut Write, town: MunicipalityId, s: &Saved) -> sqlx::Result<bool> {
    let before = s.version - 1;
    let sql = if before == 0 { ADD } else { EDIT };
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(s.id).bind(before).bind(&s.name).bind(s.district).bind(&s.audience)
        .bind(&s.saved_by).bind(s.saved_by_id).bind(s.updated_at).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn delete(w: &mut Write, town: MunicipalityId, id: AudienceId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(DELETE).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn people_lists(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<PeopleList>> {
    with_conn!(r, c => sqlx::query_as(PEOPLE_LISTS).bind(town).bind(limit).fetch_all(c).await)
}

pub async fn count_people_lists(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_PEOPLE_LISTS).bind(town).fetch_one(c).await)
}

pub async fn put_people_list(w: &mut Write, town: MunicipalityId, l: &PeopleList) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(PUT_PEOPLE_LIST).bind(town).bind(l.id).bind(&l.name).bind(l.people).bind(&l.made_by)
        .bind(l.created_at).execute(c).await.map(|_| ()))
}

pub async fn add_members(
    w: &mut Write,
    town: MunicipalityId,
    id: PeopleListId,
    people: &[ResidentId],
) -> sqlx::Result<()> {
    for part in people.chunks(ADD_MEMBERS.at_most()) {
        let sql = ADD_MEMBERS.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for resident in part {
                q = q.bind(town).bind(id).bind(*resident);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Forgets some members of a list; whether there were any.
pub async fn drop_members(w: &mut Write, town: MunicipalityId, id: PeopleListId, limit: i64) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(DELETE_MEMBERS).bind(town).bind(id).bind(limit).execute(c).await.map(|d| d.rows_affected() > 0))
}

/// Forgets a list that has no members any more.
pub async fn delete_people_list(w: &mut Write, town: MunicipalityId, id: PeopleListId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(DELETE_PEOPLE_LIST).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// The next that was made before an instant, after another, in the order of towns and ids.
pub async fn old_people_list(
    r: &mut Read,
    before: DateTime<Utc>,
    (town, id): (MunicipalityId, PeopleListId),
) -> sqlx::Result<Option<(MunicipalityId, PeopleListId)>> {
    with_conn!(r, c => sqlx::query_as(OLD_PEOPLE_LISTS).bind(before).bind(town).bind(id).fetch_optional(c).await)
}

pub async fn has_list(r: &mut Read, town: MunicipalityId, id: PeopleListId) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(HAS_LIST).bind(town).bind(id).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Keeps a list as it is until this transaction ends; false where there is none.
pub async fn lock_list(w: &mut Write, town: MunicipalityId, id: PeopleListId) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(LOCK_LIST).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// The audiences of what is submitted or approved, goes out, or goes to who moves in, and is still valid.
pub async fn about_to_go(r: &mut Read, town: MunicipalityId, now: DateTime<Utc>) -> sqlx::Result<Vec<Audience>> {
    let all: Vec<Json<Audience>> =
        with_conn!(r, c => sqlx::query_scalar(ABOUT_TO_GO).bind(town).bind(now).fetch_all(c).await)?;
    Ok(all.into_iter().map(|audience| audience.0).collect())
}
