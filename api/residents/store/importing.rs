//! SQL of a register that comes in: its runs, its people, and their parents.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::rules::{house_numbers, street_key};
use crate::{
    listed,
    platform::{
        db::{Read, Write},
        ids::{MunicipalityId, ResidentId},
    },
    residents::model::State,
    select_in, statements, with_conn,
};

listed! {
    KNOWN = "
        select number_hash, postcode, country, register_key, language, box, latitude, longitude, household, state, state_on,
            coming_state, coming_on
        from resident where municipality_id = ? and number_hash in (?*)";
    KNOWN_PARENTS = "
        select child_hash, parent_hash from parent_link
        where ended_at is null and municipality_id = ? and child_hash in (?*)";
    THERE = "
        select id, number_hash, family_name, birth_date, state, coming_on from resident
        where municipality_id = ? and number_hash in (?*)";
    SEEN = "
        insert into import_seen (municipality_id, run_id, row_key) values (?, ?, ?)*
        on conflict (municipality_id, run_id, row_key) do nothing";
    RETIRE = "
        update resident set state = 'retired', state_on = ?, coming_state = null, coming_on = null, fingerprint = '',
            left_at = null, emptied_at = null, updated_at = ?
        where state = 'active' and municipality_id = ? and id in (?*)";
    UPSERT = "
        insert into resident (municipality_id, id, number_hash, key_version, family_name, given_names,
            birth_date, language, street, house_number, box, postcode, town, latitude, longitude, household,
            hidden, country, register_key, state, state_on, coming_state, coming_on, street_key, house_first, house_last,
            fingerprint, updated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)*
        on conflict (municipality_id, number_hash) do update set
            key_version = excluded.key_version, family_name = excluded.family_name,
            given_names = excluded.given_names, birth_date = excluded.birth_date, language = excluded.language,
            street = excluded.street, house_number = excluded.house_number, box = excluded.box,
            postcode = excluded.postcode, town = excluded.town, latitude = excluded.latitude,
            longitude = excluded.longitude, household = excluded.household, hidden = excluded.hidden,
            country = excluded.country, register_key = excluded.register_key,
            state = excluded.state, state_on = excluded.state_on, coming_state = excluded.coming_state, coming_on = excluded.coming_on,
            street_key = excluded.street_key, house_first = excluded.house_first, house_last = excluded.house_last,
            left_at = case when excluded.state <> 'active' and excluded.state = resident.state
                and excluded.state_on is not distinct from resident.state_on then resident.left_at end,
            emptied_at = case when excluded.state <> 'active' and excluded.state = resident.state
                and excluded.state_on is not distinct from resident.state_on then resident.emptied_at end,
            fingerprint = excluded.fingerprint, updated_at = excluded.updated_at
        where resident.fingerprint <> excluded.fingerprint";
    /// Found by their keys, the town's id among them: with that said beside, SQLite goes through all that the town has.
    REHASH = "
        update resident set key_version = ?, number_hash = v.column3 from (values (?uuid, ?text, ?text)*) as v
        where municipality_id = v.column1 and number_hash = v.column2 and not exists
            (select 1 from resident other
             where other.municipality_id = resident.municipality_id and other.number_hash = v.column3)";
    REHASH_CHILDREN = "
        update parent_link set child_hash = v.column3 from (values (?uuid, ?text, ?text)*) as v
        where municipality_id = v.column1 and child_hash = v.column2 and not exists
            (select 1 from parent_link other
             where other.municipality_id = parent_link.municipality_id and other.child_hash = v.column3
                and other.parent_hash = parent_link.parent_hash)";
    REHASH_PARENTS = "
        update parent_link set parent_hash = v.column3 from (values (?uuid, ?text, ?text)*) as v
        where municipality_id = v.column1 and parent_hash = v.column2 and not exists
            (select 1 from parent_link other
             where other.municipality_id = parent_link.municipality_id and other.parent_hash = v.column3
                and other.child_hash = parent_link.child_hash)";
    END_LINKS = "
        update parent_link set ended_at = ? where ended_at is null and municipality_id = ? and child_hash in (?*)";
    LINK = "
        insert into parent_link (municipality_id, child_hash, parent_hash) values (?, ?, ?)*
        on conflict (municipality_id, child_hash, parent_hash) do update set ended_at = null";
}
statements! {
    KEY_VERSIONS = "
        select key_version, count(*), count(case when state = 'active' then 1 end) from resident
        where municipality_id = $1 group by key_version order by key_version";
    HIDDEN = "select number_hash from resident where municipality_id = $1 and hidden = true";
    ANY_ABROAD = "select 1 from resident where municipality_id = $1 and country > '' limit 1";
    FORGET_REGISTER_KEYS = "update resident set register_key = '' where municipality_id = $1 and register_key > ''";
    START_RUN = "
        insert into import_run (municipality_id, id, subject, started_at) values ($1, $2, $3, $4)
        on conflict (municipality_id, subject) where finished_at is null
        do update set id = excluded.id, started_at = excluded.started_at";
    FORGET_SEEN = "
        delete from import_seen where municipality_id = $1 and run_id not in
            (select id from import_run where municipality_id = $1 and finished_at is null)";
    RUNS = "select 1 from import_run where municipality_id = $1 and id = $2 and finished_at is null";
    FINISH_RUN = "
        update import_run set finished_at = $3 where municipality_id = $1 and id = $2 and finished_at is null";
    WAS_IMPORTED = "
        select 1 from import_run where municipality_id = $1 and subject = 'residents' and finished_at is not null limit 1";
    LAST_IMPORT = "
        select max(finished_at) from import_run where municipality_id = $1 and subject = 'residents'";
    ABANDON_RUN = "delete from import_run where municipality_id = $1 and id = $2 and finished_at is null";
    /// So many active residents, in the order of their ids, and whether a snapshot held them. Each key is looked up on its own,
    /// as a subquery that no planner makes a join of: without statistics it may choose one that is quadratic. How many they are
    /// is said in the text: of a number that it does not know it expects a tenth of the table, and sorts the whole.
    HELD = "
        select w.id, (select 1 from import_seen s
            where s.municipality_id = $1 and s.run_id = $2 and s.row_key = w.number_hash) is not null as held
        from (select id, number_hash from resident where municipality_id = $1 and state = 'active' and id > $3
            order by id limit 500) w
        order by w.id";
    STALE_RUNS = "
        delete from import_run where municipality_id = $1 and finished_at is null and started_at < $2";
    ANY_STALE_RUN = "
        select count(*) from import_run where municipality_id = $1 and finished_at is null and started_at < $2";
}

/// Rows retired in one statement.
pub(crate) const RETIRED_AT_A_TIME: usize = 500;

/// A row of the register, ready to be stored.
pub struct NewResident {
    pub number_hash: String,
    pub family_name: String,
    pub given_names: String,
    pub birth_date: Option<NaiveDate>,
    pub language: String,
    pub street: String,
    pub house_number: String,
    pub box_number: String,
    pub postcode: String,
    pub town: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub household: String,
    /// Whether nobody may know where they live: then nothing of their address is kept.
    pub hidden: bool,
    /// Where abroad; empty for Belgium.
    pub country: String,
    /// What the register itself calls them; empty where the town does not ask for it.
    pub register_key: String,
    pub parents: Vec<String>,
    /// How it is today.
    pub state: State,
    pub state_on: Option<NaiveDate>,
    /// How it will be, and from when.
    pub coming: Option<(State, NaiveDate)>,
    pub fingerprint: String,
}

impl NewResident {
    /// Keeps nothing of where they live: what is not there gets into no letter, list, export or map.
    pub fn forget_address(&mut self) {
        for text in [
            &mut self.street,
            &mut self.house_number,
            &mut self.box_number,
            &mut self.postcode,
            &mut self.town,
            &mut self.country,
        ] {
            text.clear();
        }
        (self.latitude, self.longitude) = (None, None);
    }
}

/// A row of the register as it is stored, for what a file does not say.
pub struct Known {
    pub postcode: String,
    pub country: String,
    pub register_key: String,
    pub language: String,
    pub box_number: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub household: String,
    pub parents: Vec<String>,
    pub state: State,
    pub state_on: Option<NaiveDate>,
    pub coming: Option<(State, NaiveDate)>,
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    number_hash: String,
    postcode: String,
    country: String,
    register_key: String,
    language: String,
    #[sqlx(rename = "box")]
    box_number: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    household: String,
    state: String,
    state_on: Option<NaiveDate>,
    coming_state: Option<String>,
    coming_on: Option<NaiveDate>,
}

/// What is known of the residents with these hashes, by hash.
pub async fn known(r: &mut Read, town: MunicipalityId, hashes: &[&str]) -> sqlx::Result<HashMap<String, Known>> {
    let rows: Vec<KnownRow> = select_in!(r, KNOWN, town, hashes);
    let links: Vec<(String, String)> = select_in!(r, KNOWN_PARENTS, town, hashes);
    let state = |text: &str| State::parse(text).unwrap_or(State::Retired);
    let mut all: HashMap<String, Known> = rows
        .into_iter()
        .map(|row| {
            let known = Known {
                postcode: row.postcode,
                country: row.country,
                register_key: row.register_key,
                language: row.language,
                box_number: row.box_number,
                latitude: row.latitude,
                longitude: row.longitude,
                household: row.household,
                parents: Vec::new(),
                state: state(&row.state),
                state_on: row.state_on,
                coming: row.coming_state.as_deref().map(state).zip(row.coming_on),
            };
            (row.number_hash, known)
        })
        .collect();
    for (child, parent) in links {
        if let Some(known) = all.get_mut(&child) {
            known.parents.push(parent);
        }
    }
    for known in all.values_mut() {
        known.parents.sort_unstable();
    }
    Ok(all)
}

/// The hashes of those whose address nobody may know.
pub async fn hidden(r: &mut Read, town: MunicipalityId) -> sqlx::Result<HashSet<String>> {
    let all: Vec<String> = with_conn!(r, c => sqlx::query_scalar(HIDDEN).bind(town).fetch_all(c).await)?;
    Ok(all.into_iter().collect())
}

/// Whether the register has somebody abroad.
pub async fn any_abroad(r: &mut Read, town: MunicipalityId) -> sqlx::Result<bool> {
    with_conn!(r, c => sqlx::query(ANY_ABROAD).bind(town).fetch_optional(c).await.map(|row| row.is_some()))
}

/// Forgets what the register itself calls anybody.
pub async fn forget_register_keys(w: &mut Write, town: MunicipalityId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_REGISTER_KEYS).bind(town).execute(c).await.map(|_| ()))
}

/// Who somebody is of whom a file says something, before it is taken.
#[derive(sqlx::FromRow)]
pub struct There {
    pub id: ResidentId,
    pub number_hash: String,
    pub family_name: String,
    pub birth_date: Option<NaiveDate>,
    state: String,
    /// From when on they are known to be gone.
    pub coming_on: Option<NaiveDate>,
}

impl There {
    /// Whether they live here today.
    pub fn is_active(&self) -> bool {
        self.state == State::Active.as_str()
    }
}

/// Those with these hashes, by hash.
pub async fn there(r: &mut Read, town: MunicipalityId, hashes: &[&str]) -> sqlx::Result<HashMap<String, There>> {
    let rows: Vec<There> = select_in!(r, THERE, town, hashes);
    Ok(rows.into_iter().map(|row| (row.number_hash.clone(), row)).collect())
}

/// Whether an import of residents ever came to its end: before, a town has no register to compare with.
pub async fn was_imported(r: &mut Read, town: MunicipalityId) -> sqlx::Result<bool> {
    with_conn!(r, c => sqlx::query(WAS_IMPORTED).bind(town).fetch_optional(c).await.map(|row| row.is_some()))
}

/// Forgets a run that was refused.
pub async fn abandon_run(w: &mut Write, town: MunicipalityId, run: Uuid) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ABANDON_RUN).bind(town).bind(run).execute(c).await.map(|_| ()))?;
    forget_seen(w, town).await
}

/// Begins a run in the place of an earlier one of the same subject, killed or still under way, and forgets what that
/// had seen. A run of the other subject goes on beside it.
pub async fn start_run(
    w: &mut Write,
    town: MunicipalityId,
    run: Uuid,
    subject: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(START_RUN).bind(town).bind(run).bind(subject).bind(now).execute(c).await.map(|_| ()))?;
    forget_seen(w, town).await
}

/// Whether no later run took this one's place.
pub async fn runs(r: &mut Read, town: MunicipalityId, run: Uuid) -> sqlx::Result<bool> {
    with_conn!(r, c => sqlx::query(RUNS).bind(town).bind(run).fetch_optional(c).await.map(|row| row.is_some()))
}

/// When the last file of residents was through.
pub async fn last_import(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Option<DateTime<Utc>>> {
    with_conn!(r, c => sqlx::query_scalar(LAST_IMPORT).bind(town).fetch_one(c).await)
}

/// Ends a run; false where a later one took its place.
pub async fn finish_run(w: &mut Write, town: MunicipalityId, run: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(FINISH_RUN).bind(town).bind(run).bind(now).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Forgets what runs had seen that are over.
pub async fn forget_seen(w: &mut Write, town: MunicipalityId) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(FORGET_SEEN).bind(town).execute(c).await.map(|_| ()))
}

/// Notes the keys that a snapshot held.
pub async fn seen(w: &mut Write, town: MunicipalityId, run: Uuid, keys: &[&str]) -> sqlx::Result<()> {
    for part in keys.chunks(SEEN.at_most()) {
        let sql = SEEN.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for key in part {
                q = q.bind(town).bind(run).bind(*key);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// The active residents whom a snapshot did not hold.
pub async fn unseen(r: &mut Read, town: MunicipalityId, run: Uuid) -> sqlx::Result<Vec<ResidentId>> {
    Ok(not_held(r, HELD, town, run).await?.into_iter().map(ResidentId).collect())
}

/// What a snapshot did not hold, of what `held` reads page by page.
pub(crate) async fn not_held(
    r: &mut Read,
    held: &'static str,
    town: MunicipalityId,
    run: Uuid,
) -> sqlx::Result<Vec<Uuid>> {
    let (mut all, mut after) = (Vec::new(), Uuid::nil());
    loop {
        let page: Vec<(Uuid, bool)> = with_conn!(r, c =>
            sqlx::query_as(held).bind(town).bind(run).bind(after).fetch_all(c).await)?;
        let Some((last, _)) = page.last() else { return Ok(all) };
        after = *last;
        all.extend(page.into_iter().filter(|(_, held)| !held).map(|(id, _)| id));
    }
}

/// Retires these residents, if they are still here.
pub async fn retire(
    w: &mut Write,
    town: MunicipalityId,
    ids: &[ResidentId],
    day: NaiveDate,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let mut retired = 0;
    for part in ids.chunks(RETIRED_AT_A_TIME) {
        let sql = RETIRE.on(w, part.len());
        retired += with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(day).bind(now).bind(town);
            for id in part {
                q = q.bind(*id);
            }
            q.execute(c).await.map(|d| d.rows_affected())
        })?;
    }
    Ok(retired)
}

/// Writes rows of the register; those that say what is known already are left alone. Returns how many were new or
/// different. `ids` gives an id for each row, used where the row is new.
pub async fn upsert(
    w: &mut Write,
    town: MunicipalityId,
    key_version: i64,
    (rows, ids): (&[NewResident], &[ResidentId]),
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let mut affected = 0;
    let both: Vec<_> = rows.iter().zip(ids).collect();
    for part in both.chunks(UPSERT.at_most()) {
        let sql = UPSERT.on(w, part.len());
        affected += with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for (row, id) in part {
                // Of an address abroad nothing is compared: a street there is none of the town's.
                let (street, numbers) = if row.country.is_empty() {
                    (street_key(&row.street), house_numbers(&row.house_number))
                } else {
                    (String::new(), None)
                };
                q = q.bind(town).bind(**id).bind(&row.number_hash).bind(key_version).bind(&row.family_name)
                    .bind(&row.given_names).bind(row.birth_date).bind(&row.language).bind(&row.street)
                    .bind(&row.house_number).bind(&row.box_number).bind(&row.postcode).bind(&row.town)
                    .bind(row.latitude).bind(row.longitude).bind(&row.household).bind(row.hidden)
                    .bind(&row.country).bind(&row.register_key).bind(row.state.as_str())
                    .bind(row.state_on).bind(row.coming.map(|(state, _)| state.as_str()))
                    .bind(row.coming.map(|(_, on)| on)).bind(street).bind(numbers.map(|n| n.0))
                    .bind(numbers.map(|n| n.1)).bind(&row.fingerprint).bind(now);
            }
            q.execute(c).await.map(|d| d.rows_affected())
        })?;
    }
    Ok(affected)
}

/// Under which version of the town's key its residents are hashed: how many, and how many of them live here.
pub async fn key_versions(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Vec<(i64, i64, i64)>> {
    with_conn!(r, c => sqlx::query_as(KEY_VERSIONS).bind(town).fetch_all(c).await)
}

/// Gives rows hashed under an older key, or of a number that changed, their hash of today. Where somebody has that already,
/// both stay: they are two until the register says otherwise.
pub async fn rehash(w: &mut Write, town: MunicipalityId, key_version: i64, pairs: &[(&str, &str)]) -> sqlx::Result<()> {
    for part in pairs.chunks(REHASH.at_most()) {
        for (update, version) in [(REHASH, Some(key_version)), (REHASH_CHILDREN, None), (REHASH_PARENTS, None)] {
            let sql = update.on(w, part.len());
            with_conn!(w, c => {
                let mut q = sqlx::query(sql);
                if let Some(version) = version {
                    q = q.bind(version);
                }
                for (old, new) in part {
                    q = q.bind(town).bind(*old).bind(*new);
                }
                q.execute(c).await.map(|_| ())
            })?;
        }
    }
    Ok(())
}

/// Whether a run is under way that began before an instant.
pub async fn any_stale_run(r: &mut Read, town: MunicipalityId, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANY_STALE_RUN).bind(town).bind(before).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Forgets runs that never came to their end, and what they saw.
pub async fn forget_stale_runs(w: &mut Write, town: MunicipalityId, before: DateTime<Utc>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(STALE_RUNS).bind(town).bind(before).execute(c).await.map(|_| ()))?;
    forget_seen(w, town).await
}

/// Brings the links of these children to what the register says: new ones begin, missing ones end. With who is gone for good
/// there is none.
pub async fn link_parents(
    w: &mut Write,
    town: MunicipalityId,
    rows: &[&NewResident],
    gone: &HashSet<String>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    for part in rows.chunks(END_LINKS.at_most()) {
        let sql = END_LINKS.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql).bind(now).bind(town);
            for row in part {
                q = q.bind(&row.number_hash);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    let links: Vec<(&str, &str)> = rows
        .iter()
        .flat_map(|r| r.parents.iter().map(|p| (r.number_hash.as_str(), p.as_str())))
        .filter(|(_, parent)| !gone.contains(*parent))
        .collect();
    for part in links.chunks(LINK.at_most()) {
        let sql = LINK.on(w, part.len());
        with_conn!(w, c => {
            let mut q = sqlx::query(sql);
            for (child, parent) in part {
                q = q.bind(town).bind(*child).bind(*parent);
            }
            q.execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}
