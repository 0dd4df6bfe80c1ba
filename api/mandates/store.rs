//! SQL of mandates.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::model::{Mandate, MandateEnd, MandateMode, MandateState, New, Scope};
use crate::{
    changing,
    identity::MandateId,
    listed,
    platform::{
        access::MandateKind,
        db::{Locked, Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
    },
    select_in, statements, with_conn,
};

listed! {
    SCOPES_OF = "
        select holder_id, grantor_id, verbs, kinds from mandate
        where municipality_id = ? and ended_at is null and state = 'active' and from_on <= ?
            and (until_on is null or until_on >= ?) and grantor_id in (?*)";
}

/// What holds on a day between two who are both here.
macro_rules! holding {
    ($columns:literal) => {
        concat!(
            "select ",
            $columns,
            "
        from mandate m cross join resident g cross join resident h
        where m.municipality_id = $1 and m.holder_id = $2 and m.grantor_id = $3 and m.ended_at is null and m.state = 'active'
            and m.from_on <= $4 and (m.until_on is null or m.until_on >= $4)
            and g.municipality_id = m.municipality_id and g.id = m.grantor_id and g.state = 'active'
            and h.municipality_id = m.municipality_id and h.id = m.holder_id and h.state = 'active'
        order by m.asked_at, m.id"
        )
    };
}

statements! {
    BETWEEN = holding!("m.id, m.grantor_id, m.holder_id, m.basis, m.mode, m.verbs, m.kinds, m.from_on, m.until_on, m.state, m.proof, m.proof_on,
            m.made_by, m.made_by_id, m.confirmed_by, m.asked_at, m.accepted_at, m.ended_at, m.ended_why");
    /// Asked at most requests for somebody else: no more than what that needs, and in one go.
    RIGHTS = holding!("m.id, m.mode, m.verbs, m.kinds,
            (select l.looked_on from mandate_look l
             where l.municipality_id = $1 and l.holder_id = $2 and l.grantor_id = $3 and l.kind = $5) as looked_on");
    /// What holds between two, or will: given for a day to come, or written down and not confirmed yet.
    COMING = "
        select id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state, proof, proof_on, made_by, made_by_id,
            confirmed_by, asked_at, accepted_at, ended_at, ended_why
        from mandate
        where municipality_id = $1 and holder_id = $2 and grantor_id = $3 and ended_at is null
            and state in ('active', 'proposed') and (until_on is null or until_on >= $4)";
    /// Who is told what somebody is told. Each of them is looked up by who tells them.
    TOLD = "
        select m.id, m.grantor_id, m.holder_id, m.basis, m.mode, m.verbs, m.kinds, m.from_on, m.until_on, m.state, m.proof, m.proof_on,
            m.made_by, m.made_by_id, m.confirmed_by, m.asked_at, m.accepted_at, m.ended_at, m.ended_why
        from mandate m
        where m.municipality_id = $1 and m.grantor_id = $2 and m.ended_at is null and m.state = 'active'
            and m.from_on <= $3 and (m.until_on is null or m.until_on >= $3)
        order by m.asked_at, m.id limit $4";
    GET = "
        select id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state, proof, proof_on, made_by, made_by_id,
            confirmed_by, asked_at, accepted_at, ended_at, ended_why
        from mandate where municipality_id = $1 and id = $2";
    /// Of somebody who is one of the two.
    GET_OF = "
        select id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state, proof, proof_on, made_by, made_by_id,
            confirmed_by, asked_at, accepted_at, ended_at, ended_why
        from mandate where municipality_id = $1 and id = $2 and $3 in (grantor_id, holder_id)";
    OF_GRANTOR = "
        select id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state, proof, proof_on, made_by, made_by_id,
            confirmed_by, asked_at, accepted_at, ended_at, ended_why
        from mandate where municipality_id = $1 and grantor_id = $2 and (ended_at is not null) = $4
        order by asked_at desc, id desc limit $3";
    OF_HOLDER = "
        select id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state, proof, proof_on, made_by, made_by_id,
            confirmed_by, asked_at, accepted_at, ended_at, ended_why
        from mandate where municipality_id = $1 and holder_id = $2 and (ended_at is not null) = $4
        order by asked_at desc, id desc limit $3";
    OPEN_OF_GRANTOR = "
        select count(*) from mandate where municipality_id = $1 and grantor_id = $2 and ended_at is null";
    OPEN_OF_HOLDER = "
        select count(*) from mandate where municipality_id = $1 and holder_id = $2 and ended_at is null";
    /// Of two who write down the same, one does.
    ADD = "
        insert into mandate (municipality_id, id, grantor_id, holder_id, basis, mode, verbs, kinds, from_on, until_on, state, proof,
            proof_on, made_by, made_by_id, asked_at, accepted_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        on conflict (municipality_id, holder_id, grantor_id, basis) where ended_at is null do nothing";
    ACCEPT = "
        update mandate set state = 'active', accepted_at = $3, from_on = $4
        where municipality_id = $1 and id = $2 and state = 'asked' and ended_at is null";
    CONFIRM = "
        update mandate set state = 'active', accepted_at = $3, confirmed_by = $4, confirmed_by_id = $5
        where municipality_id = $1 and id = $2 and state = 'proposed' and ended_at is null and made_by_id <> $5";
    END = "
        update mandate set state = $3, ended_at = $4, ended_why = $5
        where municipality_id = $1 and id = $2 and ended_at is null";
    /// By its last day, wherever.
    DUE = "
        select municipality_id, id, until_on from mandate
        where ended_at is null and until_on is not null and until_on < $1 and (until_on, id) > ($3, $4)
        order by until_on, id limit $2";
    /// Of what nobody answered in time.
    UNANSWERED = "
        select municipality_id, id, asked_at from mandate
        where state in ('asked', 'proposed') and asked_at < $1 and (asked_at, id) > ($3, $4)
        order by asked_at, id limit $2";
    /// Of who is gone lately, on either side.
    GONE_GRANTORS = "
        select m.municipality_id, m.id, r.updated_at from resident r cross join mandate m
        where r.state <> 'active' and r.updated_at >= $1 and m.municipality_id = r.municipality_id and m.grantor_id = r.id
            and m.ended_at is null and (r.updated_at > $1 or m.id > $3) order by r.updated_at, m.id limit $2";
    GONE_HOLDERS = "
        select m.municipality_id, m.id, r.updated_at from resident r cross join mandate m
        where r.state <> 'active' and r.updated_at >= $1 and m.municipality_id = r.municipality_id and m.holder_id = r.id
            and m.ended_at is null and (r.updated_at > $1 or m.id > $3) order by r.updated_at, m.id limit $2";
    /// What ended since, wherever, and what is going to as one of the two is gone since.
    ENDED_SINCE = "
        select id from mandate where ended_at > $1
        union all
        select m.id from resident r cross join mandate m
        where r.state <> 'active' and r.updated_at > $1 and m.municipality_id = r.municipality_id and m.grantor_id = r.id
            and m.ended_at is null
        union all
        select m.id from resident r cross join mandate m
        where r.state <> 'active' and r.updated_at > $1 and m.municipality_id = r.municipality_id and m.holder_id = r.id
            and m.ended_at is null
        limit $2";
    ANYTHING_OVER = "
        select count(*) from (select 1 as old from mandate where ended_at < $1 order by ended_at limit 1) first";
    FORGET_OVER = "
        delete from mandate where (municipality_id, id) in
            (select municipality_id, id from mandate where ended_at < $1 order by ended_at limit $2)
            and ended_at < $1";
    FORGET_CODE_OF = "delete from mandate_code where municipality_id = $1 and resident_id = $2";
    GIVE_CODE = "
        insert into mandate_code (municipality_id, resident_id, code_hash, expires_at) values ($1, $2, $3, $4)
        on conflict (municipality_id, code_hash) do nothing";
    /// Of two who bring the same code, one finds it.
    TAKE_CODE = "
        delete from mandate_code where municipality_id = $1 and code_hash = $2 and expires_at > $3 returning resident_id";
    LOOKED_ON = "
        select looked_on from mandate_look
        where municipality_id = $1 and holder_id = $2 and grantor_id = $3 and kind = $4";
    LOOK = "
        insert into mandate_look (municipality_id, holder_id, grantor_id, kind, looked_on) values ($1, $2, $3, $4, $5)
        on conflict (municipality_id, holder_id, grantor_id, kind) do update set looked_on = excluded.looked_on
            where mandate_look.looked_on < excluded.looked_on";
    TOLD_OF_AGE = "select told_on from of_age_told where municipality_id = $1";
    /// Only forward, so that of two processes one tells.
    TELL_OF_AGE = "
        insert into of_age_told (municipality_id, told_on) values ($1, $2)
        on conflict (municipality_id) do update set told_on = excluded.told_on where of_age_told.told_on < excluded.told_on";
    ERASE_AS_GRANTOR = "delete from mandate where municipality_id = $1 and grantor_id = $2";
    ERASE_AS_HOLDER = "delete from mandate where municipality_id = $1 and holder_id = $2";
    ERASE_LOOKS_AT = "delete from mandate_look where municipality_id = $1 and grantor_id = $2";
    ERASE_LOOKS_OF = "delete from mandate_look where municipality_id = $1 and holder_id = $2";
}

/// One answer to a mandate goes on at a time.
const LOCK: Locked = changing!("select 1 from mandate where municipality_id = $1 and id = $2");

/// The statements that claim, by name.
pub(crate) const CLAIMING: &[(&str, &Locked)] = &[("LOCK", &LOCK)];

/// A holder, and whose things they ask for.
pub type Pair = (ResidentId, ResidentId);

/// What holds on a day between two who are both here, the oldest first.
pub async fn between(
    r: &mut Read,
    town: MunicipalityId,
    (holder, grantor): Pair,
    today: NaiveDate,
) -> sqlx::Result<Vec<Mandate>> {
    with_conn!(r, c => sqlx::query_as(BETWEEN).bind(town).bind(holder).bind(grantor).bind(today).fetch_all(c).await)
}

/// What one that holds today lets a holder do, and when they last looked at a kind of the other's things.
#[derive(sqlx::FromRow)]
pub struct Right {
    pub id: MandateId,
    pub mode: MandateMode,
    verbs: String,
    kinds: String,
    pub looked_on: Option<NaiveDate>,
}

impl Right {
    pub fn scope(&self) -> Scope {
        Scope::read(&self.verbs, &self.kinds)
    }
}

/// What holds today between two.
pub async fn rights(
    r: &mut Read,
    town: MunicipalityId,
    (holder, grantor): Pair,
    kind: MandateKind,
    today: NaiveDate,
) -> sqlx::Result<Vec<Right>> {
    with_conn!(r, c => sqlx::query_as(RIGHTS).bind(town).bind(holder).bind(grantor).bind(today).bind(kind.as_str())
        .fetch_all(c).await)
}

/// What holds on a day between two, or will from a later one on.
pub async fn coming(
    r: &mut Read,
    town: MunicipalityId,
    (holder, grantor): Pair,
    today: NaiveDate,
) -> sqlx::Result<Vec<Mandate>> {
    with_conn!(r, c => sqlx::query_as(COMING).bind(town).bind(holder).bind(grantor).bind(today).fetch_all(c).await)
}

/// What holds on a day of somebody's things.
pub async fn active_of(
    r: &mut Read,
    (town, grantor): InTown<ResidentId>,
    today: NaiveDate,
    limit: i64,
) -> sqlx::Result<Vec<Mandate>> {
    with_conn!(r, c => sqlx::query_as(TOLD).bind(town).bind(grantor).bind(today).bind(limit).fetch_all(c).await)
}

/// What the holders of these people may do on a day: the holder, whose things it is about, the verbs and the kinds.
pub async fn scopes_of(
    r: &mut Read,
    town: MunicipalityId,
    today: NaiveDate,
    grantors: &[ResidentId],
) -> sqlx::Result<Vec<(ResidentId, ResidentId, String, String)>> {
    Ok(select_in!(r, SCOPES_OF, [town, today, today], grantors))
}

/// One mandate.
pub async fn get(r: &mut Read, town: MunicipalityId, id: MandateId) -> sqlx::Result<Option<Mandate>> {
    with_conn!(r, c => sqlx::query_as(GET).bind(town).bind(id).fetch_optional(c).await)
}

/// The same, of somebody who is one of the two.
pub async fn get_of(r: &mut Read, (town, id): InTown<MandateId>, who: ResidentId) -> sqlx::Result<Option<Mandate>> {
    with_conn!(r, c => sqlx::query_as(GET_OF).bind(town).bind(id).bind(who).fetch_optional(c).await)
}

/// One, as nobody else answers or ends it until this transaction ends.
pub async fn locked(w: &mut Write, town: MunicipalityId, id: MandateId) -> sqlx::Result<Option<Mandate>> {
    let sql = LOCK.on(w);
    with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).fetch_optional(c).await.map(|_| ()))?;
    get(w, town, id).await
}

/// Those of somebody's things that are over, or those that are not, the newest first.
pub async fn of_grantor(
    r: &mut Read,
    (town, grantor): InTown<ResidentId>,
    over: bool,
    limit: i64,
) -> sqlx::Result<Vec<Mandate>> {
    with_conn!(r, c => sqlx::query_as(OF_GRANTOR).bind(town).bind(grantor).bind(limit).bind(over).fetch_all(c).await)
}

/// Those that somebody has, in the same way.
pub async fn of_holder(
    r: &mut Read,
    (town, holder): InTown<ResidentId>,
    over: bool,
    limit: i64,
) -> sqlx::Result<Vec<Mandate>> {
    with_conn!(r, c => sqlx::query_as(OF_HOLDER).bind(town).bind(holder).bind(limit).bind(over).fetch_all(c).await)
}

/// How many are open of a grantor's things, and how many a holder has.
pub async fn open(r: &mut Read, town: MunicipalityId, (holder, grantor): Pair) -> sqlx::Result<(i64, i64)> {
    let given: i64 =
        with_conn!(r, c => sqlx::query_scalar(OPEN_OF_GRANTOR).bind(town).bind(grantor).fetch_one(c).await)?;
    let held: i64 = with_conn!(r, c => sqlx::query_scalar(OPEN_OF_HOLDER).bind(town).bind(holder).fetch_one(c).await)?;
    Ok((given, held))
}

/// Writes one down; false where there is such a one between the two already.
pub async fn add(w: &mut Write, town: MunicipalityId, new: &New<'_>, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let (verbs, kinds) = (new.scope.verbs(), new.scope.kinds());
    let accepted = (new.state == MandateState::Active).then_some(now);
    with_conn!(w, c => sqlx::query(ADD)
        .bind(town).bind(new.id).bind(new.grantor).bind(new.holder).bind(new.basis.as_str()).bind(new.mode.as_str())
        .bind(&verbs).bind(&kinds).bind(new.term.0).bind(new.term.1).bind(new.state.as_str())
        .bind(new.proof.map(|(proof, _)| proof.as_str())).bind(new.proof.and_then(|(_, on)| on))
        .bind(new.made_by.map(|(name, _)| name)).bind(new.made_by.map(|(_, id)| id)).bind(now).bind(accepted)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets one hold that was asked for; false where it is not asked for any more.
pub async fn accept(
    w: &mut Write,
    town: MunicipalityId,
    id: MandateId,
    from: NaiveDate,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(ACCEPT).bind(town).bind(id).bind(now).bind(from)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets one hold that a colleague wrote down; false where it does not wait for that, or is their own.
pub async fn confirm(
    w: &mut Write,
    town: MunicipalityId,
    id: MandateId,
    (name, member): (&str, Uuid),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(CONFIRM).bind(town).bind(id).bind(now).bind(name).bind(member)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Up to so many that ended after an instant.
pub async fn ended_since(r: &mut Read, since: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<MandateId>> {
    with_conn!(r, c => sqlx::query_scalar(ENDED_SINCE).bind(since).bind(limit).fetch_all(c).await)
}

/// Ends one; false where it is over already. Whoever ends one asks [`super::end`], which also has it forgotten.
pub(super) async fn end(
    w: &mut Write,
    town: MunicipalityId,
    id: MandateId,
    why: MandateEnd,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let state = if why == MandateEnd::Refused { "refused" } else { "ended" };
    with_conn!(w, c => sqlx::query(END).bind(town).bind(id).bind(state).bind(now).bind(why.as_str())
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Those whose last day is before a day, wherever, behind one of them.
pub async fn due(
    r: &mut Read,
    before: NaiveDate,
    (day, id): (NaiveDate, MandateId),
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, MandateId, NaiveDate)>> {
    with_conn!(r, c => sqlx::query_as(DUE).bind(before).bind(limit).bind(day).bind(id).fetch_all(c).await)
}

/// Those that nobody answered since an instant, wherever, behind one of them.
pub async fn unanswered(
    r: &mut Read,
    before: DateTime<Utc>,
    (at, id): (DateTime<Utc>, MandateId),
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, MandateId, DateTime<Utc>)>> {
    with_conn!(r, c => sqlx::query_as(UNANSWERED).bind(before).bind(limit).bind(at).bind(id).fetch_all(c).await)
}

/// Those whose grantor, or whose holder, is gone, as the register said since an instant, wherever, behind one of them.
pub async fn of_gone(
    r: &mut Read,
    is_holder: bool,
    (at, id): (DateTime<Utc>, MandateId),
    limit: i64,
) -> sqlx::Result<Vec<(MunicipalityId, MandateId, DateTime<Utc>)>> {
    let sql = if is_holder { GONE_HOLDERS } else { GONE_GRANTORS };
    with_conn!(r, c => sqlx::query_as(sql).bind(at).bind(limit).bind(id).fetch_all(c).await)
}

/// Whether any is past its keeping.
pub async fn anything_over(r: &mut Read, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let n: i64 = with_conn!(r, c => sqlx::query_scalar(ANYTHING_OVER).bind(before).fetch_one(c).await)?;
    Ok(n > 0)
}

/// Forgets some that are.
pub async fn forget_over(w: &mut Write, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET_OVER).bind(before).bind(limit).execute(c).await.map(|d| d.rows_affected()))
}

/// Gives somebody a code, in place of the one before; false where another has the same one at this moment.
pub async fn give_code(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    hash: &str,
    until: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(FORGET_CODE_OF).bind(town).bind(resident).execute(c).await.map(|_| ()))?;
    with_conn!(w, c => sqlx::query(GIVE_CODE).bind(town).bind(resident).bind(hash).bind(until)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Uses a code up: whose it was.
pub async fn take_code(
    w: &mut Write,
    town: MunicipalityId,
    hash: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<ResidentId>> {
    with_conn!(w, c => sqlx::query_scalar(TAKE_CODE).bind(town).bind(hash).bind(now).fetch_optional(c).await)
}

/// On which day a holder last looked at a kind of somebody's things.
pub async fn looked_on(
    r: &mut Read,
    town: MunicipalityId,
    (holder, grantor): Pair,
    kind: MandateKind,
) -> sqlx::Result<Option<NaiveDate>> {
    with_conn!(r, c => sqlx::query_scalar(LOOKED_ON).bind(town).bind(holder).bind(grantor).bind(kind.as_str())
        .fetch_optional(c).await)
}

/// Notes that they look today; false where it is noted.
pub async fn look(
    w: &mut Write,
    town: MunicipalityId,
    (holder, grantor): Pair,
    kind: MandateKind,
    today: NaiveDate,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(LOOK).bind(town).bind(holder).bind(grantor).bind(kind.as_str()).bind(today)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Up to which day those of a town who came of age were told; none where nobody was.
pub async fn told_of_age(r: &mut Read, town: MunicipalityId) -> sqlx::Result<Option<NaiveDate>> {
    with_conn!(r, c => sqlx::query_scalar(TOLD_OF_AGE).bind(town).fetch_optional(c).await)
}

/// Notes that they were told up to a day; false where that is noted.
pub async fn tell_of_age(w: &mut Write, town: MunicipalityId, day: NaiveDate) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TELL_OF_AGE).bind(town).bind(day).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Erases all of somebody's, on either side.
pub async fn erase(w: &mut Write, town: MunicipalityId, id: ResidentId) -> sqlx::Result<u64> {
    let mut gone = 0;
    for sql in [ERASE_AS_GRANTOR, ERASE_AS_HOLDER, FORGET_CODE_OF, ERASE_LOOKS_AT, ERASE_LOOKS_OF] {
        gone += with_conn!(w, c => sqlx::query(sql).bind(town).bind(id).execute(c).await.map(|d| d.rows_affected()))?;
    }
    Ok(gone)
}
