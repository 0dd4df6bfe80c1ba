//! SQL of residents.

mod blocks;
mod importing;
mod leaving;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    model::{Detail, ParentOf, Person, State},
    rules,
};
use crate::{
    changing, listed,
    platform::{
        db::{Listed, Locked, Read, Write},
        ids::{MunicipalityId, ResidentId},
        language::Language,
    },
    select_in, statements, with_conn,
};

pub use blocks::{block, blocks, end_lapsed, erase_blocks, lapsed_blocks, unblock};
pub use importing::{
    Known, NewResident, There, abandon_run, any_abroad, any_stale_run, finish_run, forget_register_keys, forget_seen,
    forget_stale_runs, hidden, key_versions, known, last_import, link_parents, rehash, retire, runs, seen, start_run,
    there, unseen, upsert, was_imported,
};
pub(crate) use importing::{RETIRED_AT_A_TIME, not_held};
pub use leaving::{Due, Step, empty, erase, erase_links, gone, note_left, to_erase, to_note};

/// Every statement of the room about a list.
pub(crate) const LISTS: &[&[(&str, Listed)]] = &[LISTED, importing::LISTED, leaving::LISTED];
/// Every fixed statement of the room.
pub(crate) const STATEMENTS: &[&[(&str, &str)]] = &[ALL, blocks::ALL, importing::ALL, leaving::ALL];

/// A parent `p` whom the register names for a child, whom staff have not blocked, who lives with it, and to whom a letter can go; goes on.
macro_rules! parent_at_home {
    ($child:literal) => {
        concat!(
            "parent_link l cross join resident p
            where l.ended_at is null and l.municipality_id = ",
            $child,
            ".municipality_id and l.child_hash = ",
            $child,
            ".number_hash and p.municipality_id = l.municipality_id and p.number_hash = l.parent_hash
                and p.state = 'active' and p.street > '' and not p.hidden and p.household > '' and p.household = ",
            $child,
            ".household and not exists (select 1 from parent_block b
                where b.municipality_id = l.municipality_id and b.parent_id = p.id and b.child_id = ",
            $child,
            ".id)"
        )
    };
}

/// The same of a child `r`, for statements that are put together.
pub const PARENT_AT_HOME: &str = parent_at_home!("r");

listed! {
    SET_KEYS = "
        with k (municipality_id, id, street_key, house_first, house_last) as
            (values (?uuid, ?uuid, ?text, ?bigint, ?bigint)*)
        update resident set street_key = k.street_key, house_first = nullif(k.house_first, -1),
            house_last = nullif(k.house_last, -1)
        from k where resident.municipality_id = k.municipality_id and resident.id = k.id";
    PEOPLE_BY_ID = "
        select id, number_hash, given_names, family_name, birth_date, language, state, state_on
        from resident where municipality_id = ? and id in (?*)";
    NAMES = "select id, given_names, family_name from resident where municipality_id = ? and id in (?*)";
    REGISTER_KEYS = "
        select id, register_key from resident where register_key <> '' and municipality_id = ? and id in (?*)";
    HIDDEN_OF = "select id from resident where hidden = true and municipality_id = ? and id in (?*)";
    SPOKEN_TO = "select id, language, state from resident where municipality_id = ? and id in (?*)";
    BY_HASHES = "
        select id from resident where state = 'active' and municipality_id = ? and number_hash in (?*)";
    /// From the people who are asked about: SQLite takes a cross join in the order in which it is written, and not each link of the town.
    LINKS_OF_CHILDREN = "
        select c.id as child, p.id as parent, c.birth_date as born, c.state, l.ended_at, b.blocked_at
        from resident c cross join parent_link l cross join resident p
            left join parent_block b on b.municipality_id = c.municipality_id and b.child_id = c.id and b.parent_id = p.id
        where l.municipality_id = c.municipality_id and l.child_hash = c.number_hash
            and p.municipality_id = l.municipality_id and p.number_hash = l.parent_hash
            and c.municipality_id = ? and c.id in (?*)";
    LINKS_OF_PARENTS = "
        select c.id as child, p.id as parent, c.birth_date as born, c.state, l.ended_at, b.blocked_at
        from resident p cross join parent_link l cross join resident c
            left join parent_block b on b.municipality_id = c.municipality_id and b.child_id = c.id and b.parent_id = p.id
        where l.municipality_id = p.municipality_id and l.parent_hash = p.number_hash
            and c.municipality_id = l.municipality_id and c.number_hash = l.child_hash
            and p.municipality_id = ? and p.id in (?*)";
    /// As above, from the children who are asked about.
    PARENTS_AT_HOME = concat!(
        "select c.id as child, p.id as parent, p.birth_date from resident c cross join ",
        parent_at_home!("c"),
        " and c.municipality_id = ? and c.id in (?*)"
    );
    IDS_BY_HASH = "select number_hash, id from resident where municipality_id = ? and number_hash in (?*)";
}
statements! {
    ALL_HIDDEN = "select id from resident where municipality_id = $1 and hidden = true";
    STREETS = "
        with recursive found (k) as (
            select min(r.street_key) from resident r where r.municipality_id = $1 and r.street_key > ''
            union all
            select (select min(r.street_key) from resident r where r.municipality_id = $1 and r.street_key > f.k)
            from found f where f.k is not null)
        select street from
            (select f.k, (select r.street from resident r where r.municipality_id = $1 and r.street_key = f.k limit 1) as street
             from found f where f.k is not null) named
        where street <> '' order by k limit $2";
    PLACES = "
        select distinct latitude, longitude from resident
        where municipality_id = $1 and latitude >= $2 and latitude <= $3 and longitude >= $4 and longitude <= $5 limit $6";
    BY_HASH = "
        select id, number_hash, given_names, family_name, birth_date, language, state, state_on
        from resident where municipality_id = $1 and number_hash = $2";
    DETAIL = "
        select id, number_hash, given_names, family_name, birth_date, language, state, state_on, street, house_number,
            box, postcode, town, country, hidden
        from resident where municipality_id = $1 and id = $2";
    BORN_ON = "
        select id, number_hash, given_names, family_name, birth_date, language, state, state_on, street, house_number,
            box, postcode, town, country, hidden
        from resident where municipality_id = $1 and birth_date = $2 order by id limit $3";
    COUNT = "select count(*) from resident where municipality_id = $1";
    COUNT_ACTIVE = "select count(*) from resident where municipality_id = $1 and state = 'active'";
    COMING = "
        select distinct municipality_id from resident where coming_on is not null and coming_on <= $1";
    COMES = "
        update resident set state = coming_state, state_on = coming_on, coming_state = null, coming_on = null,
            left_at = null, emptied_at = null, updated_at = $3
        where municipality_id = $1 and coming_on is not null and coming_on <= $2";
    WITHOUT_KEY = "
        select municipality_id, id, street, house_number from resident where street_key is null order by id limit $1";
}

/// Stands for whatever of theirs is counted or changed.
const LOCK: Locked = changing!("select 1 from resident where municipality_id = $1 and id = $2");

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("LOCK", &LOCK)];

#[derive(sqlx::FromRow)]
struct PersonRow {
    id: ResidentId,
    number_hash: String,
    given_names: String,
    family_name: String,
    birth_date: Option<NaiveDate>,
    language: String,
    state: State,
    state_on: Option<NaiveDate>,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.id,
            number_hash: row.number_hash,
            given_names: row.given_names,
            family_name: row.family_name,
            birth_date: row.birth_date,
            language: Language::parse(&row.language),
            state: row.state,
            state_on: row.state_on,
        }
    }
}

#[derive(sqlx::FromRow)]
struct DetailRow {
    #[sqlx(flatten)]
    person: PersonRow,
    street: String,
    house_number: String,
    #[sqlx(rename = "box")]
    box_number: String,
    postcode: String,
    town: String,
    country: String,
    hidden: bool,
}

impl From<DetailRow> for Detail {
    fn from(row: DetailRow) -> Self {
        Self {
            person: row.person.into(),
            street: row.street,
            house_number: row.house_number,
            box_number: row.box_number,
            postcode: row.postcode,
            town: row.town,
            country: row.country,
            hidden: row.hidden,
        }
    }
}

pub async fn detail(r: &mut Read, town: MunicipalityId, id: ResidentId) -> sqlx::Result<Option<Detail>> {
    let row: Option<DetailRow> =
        with_conn!(r, c => sqlx::query_as(DETAIL).bind(town).bind(id).fetch_optional(c).await)?;
    Ok(row.map(Detail::from))
}

pub async fn born_on(r: &mut Read, town: MunicipalityId, day: NaiveDate, limit: i64) -> sqlx::Result<Vec<Detail>> {
    let rows: Vec<DetailRow> =
        with_conn!(r, c => sqlx::query_as(BORN_ON).bind(town).bind(day).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(Detail::from).collect())
}

/// The towns where somebody's state changes by a day.
pub async fn coming(r: &mut Read, day: NaiveDate) -> sqlx::Result<Vec<MunicipalityId>> {
    with_conn!(r, c => sqlx::query_scalar(COMING).bind(day).fetch_all(c).await)
}

/// Lets states come whose day is there.
pub async fn comes(w: &mut Write, town: MunicipalityId, day: NaiveDate, now: DateTime<Utc>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(COMES).bind(town).bind(day).bind(now).execute(c).await.map(|d| d.rows_affected()))
}

/// Residents whose address was not made comparable yet.
pub async fn without_key(r: &mut Read, limit: i64) -> sqlx::Result<Vec<(MunicipalityId, ResidentId, String, String)>> {
    with_conn!(r, c => sqlx::query_as(WITHOUT_KEY).bind(limit).fetch_all(c).await)
}

/// What of an address is compared.
pub struct Comparable {
    pub town: MunicipalityId,
    pub id: ResidentId,
    pub street_key: String,
    pub houses: Option<(i64, i64)>,
}

/// Keeps what of these addresses is compared.
pub async fn set_keys(w: &mut Write, rows: &[Comparable]) -> sqlx::Result<()> {
    for part in rows.chunks(SET_KEYS.at_most()) {
        let sql = SET_KEYS.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for row in part {
                let (first, last) = row.houses.unwrap_or((-1, -1));
                q = q.bind(row.town).bind(row.id).bind(&row.street_key).bind(first).bind(last);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

pub async fn by_hash(r: &mut Read, town: MunicipalityId, hash: &str) -> sqlx::Result<Option<Person>> {
    let row: Option<PersonRow> =
        with_conn!(r, c => sqlx::query_as(BY_HASH).bind(town).bind(hash).fetch_optional(c).await)?;
    Ok(row.map(Person::from))
}

pub async fn lock(w: &mut Write, town: MunicipalityId, id: ResidentId) -> sqlx::Result<()> {
    let sql = LOCK.on(w);
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).execute(c).await.map(|_| ()))
}

pub async fn people(r: &mut Read, town: MunicipalityId, ids: &[ResidentId]) -> sqlx::Result<Vec<Person>> {
    let rows: Vec<PersonRow> = select_in!(r, PEOPLE_BY_ID, town, ids);
    Ok(rows.into_iter().map(Person::from).collect())
}

/// The given names and the family name of these, where the town has them.
pub async fn names(
    r: &mut Read,
    town: MunicipalityId,
    ids: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, String, String)>> {
    Ok(select_in!(r, NAMES, town, ids))
}

/// What the register calls these, of whom it is kept.
pub async fn register_keys(
    r: &mut Read,
    town: MunicipalityId,
    ids: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, String)>> {
    Ok(select_in!(r, REGISTER_KEYS, town, ids))
}

pub async fn hidden_of(r: &mut Read, town: MunicipalityId, ids: &[ResidentId]) -> sqlx::Result<Vec<ResidentId>> {
    let rows: Vec<(ResidentId,)> = select_in!(r, HIDDEN_OF, town, ids);
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Everybody whose address is hidden.
pub async fn all_hidden(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Vec<ResidentId>> {
    with_conn!(r, c => sqlx::query_scalar(ALL_HIDDEN).bind(town).fetch_all(c).await)
}

pub async fn spoken_to(
    r: &mut Read,
    town: MunicipalityId,
    ids: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, Option<Language>, State)>> {
    let rows: Vec<(ResidentId, String, State)> = select_in!(r, SPOKEN_TO, town, ids);
    Ok(rows.into_iter().map(|(id, language, state)| (id, Language::parse(&language), state)).collect())
}

pub async fn by_hashes(r: &mut Read, town: MunicipalityId, hashes: &[String]) -> sqlx::Result<Vec<ResidentId>> {
    let hashes: Vec<&str> = hashes.iter().map(String::as_str).collect();
    let rows: Vec<(ResidentId,)> = select_in!(r, BY_HASHES, town, hashes);
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// From which end links are looked up.
#[derive(Clone, Copy)]
pub enum Side {
    Child,
    Parent,
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    child: ResidentId,
    parent: ResidentId,
    born: Option<NaiveDate>,
    state: State,
    ended_at: Option<DateTime<Utc>>,
    blocked_at: Option<DateTime<Utc>>,
}

pub async fn links(r: &mut Read, town: MunicipalityId, ids: &[ResidentId], side: Side) -> sqlx::Result<Vec<ParentOf>> {
    let links = match side {
        Side::Child => LINKS_OF_CHILDREN,
        Side::Parent => LINKS_OF_PARENTS,
    };
    let mut rows: Vec<LinkRow> = select_in!(r, links, town, ids);
    rows.sort_unstable_by_key(|l| (l.child, l.parent));
    Ok(rows
        .into_iter()
        .map(|l| ParentOf {
            child: l.child,
            parent: l.parent,
            current: l.ended_at.is_none() && l.blocked_at.is_none(),
            // A register may say no parents of who is gone.
            dropped: l.state == State::Active && rules::was_dropped(l.born, l.ended_at),
        })
        .collect())
}

/// The parents of these children who live with them, and to whom a letter can go: the child, the parent, and when that was born.
pub async fn parents_at_home(
    r: &mut Read,
    town: MunicipalityId,
    children: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, ResidentId, Option<NaiveDate>)>> {
    Ok(select_in!(r, PARENTS_AT_HOME, town, children))
}

/// The ids of the residents with these hashes.
pub async fn ids_by_hash(
    r: &mut Read,
    town: MunicipalityId,
    hashes: &[&str],
) -> sqlx::Result<HashMap<String, ResidentId>> {
    let rows: Vec<(String, ResidentId)> = select_in!(r, IDS_BY_HASH, town, hashes);
    Ok(rows.into_iter().collect())
}

pub async fn count(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT).bind(town).fetch_one(c).await)
}

pub async fn count_active(r: &mut Read, town: MunicipalityId) -> sqlx::Result<i64> {
    with_conn!(r, c => sqlx::query_scalar(COUNT_ACTIVE).bind(town).fetch_one(c).await)
}

/// The streets of a town, each once, in the order of the alphabet: one look at the index each.
pub async fn streets(r: &mut Read, town: MunicipalityId, limit: i64) -> sqlx::Result<Vec<String>> {
    with_conn!(r, c => sqlx::query_scalar(STREETS).bind(town).bind(limit).fetch_all(c).await)
}

/// Where somebody lives, within a box of degrees: each place once, whoever it is.
pub async fn places(
    r: &mut Read,
    town: MunicipalityId,
    (south, west): (f64, f64),
    (north, east): (f64, f64),
    limit: i64,
) -> sqlx::Result<Vec<(f64, f64)>> {
    with_conn!(r, c => sqlx::query_as(PLACES).bind(town).bind(south).bind(north).bind(west).bind(east).bind(limit)
        .fetch_all(c).await)
}
