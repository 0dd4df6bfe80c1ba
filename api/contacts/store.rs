//! SQL of contact settings, and of codes that confirm an address.

use chrono::{DateTime, Utc};

use super::{
    model::{Choice, Dropped, Settings},
    rules,
};
use crate::{
    listed,
    platform::{
        db::{Read, Write},
        ids::{InTown, MunicipalityId, ResidentId},
        language::Language,
    },
    select_in, statements, with_conn,
};

statements! {
    SETTINGS = "
        select resident_id, steps, never_digital, email, email_confirmed_at, email_dropped_at, email_dropped_why, open_email,
            announcements_by_email, large_print, language, read_aloud
        from contact_settings where municipality_id = $1 and resident_id = $2";
    CHOOSE_SETTINGS = "
        insert into contact_settings (municipality_id, resident_id, steps, never_digital, open_email, announcements_by_email,
            large_print, changed_at, language, read_aloud)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce($10, false))
        on conflict (municipality_id, resident_id) do update
            set steps = excluded.steps, never_digital = excluded.never_digital, open_email = excluded.open_email,
                announcements_by_email = excluded.announcements_by_email, large_print = excluded.large_print,
                changed_at = excluded.changed_at, language = coalesce(excluded.language, contact_settings.language),
                read_aloud = coalesce($10, contact_settings.read_aloud)";
    SET_EMAIL = "
        insert into contact_settings (municipality_id, resident_id, steps, never_digital, open_email, announcements_by_email,
            large_print, email, email_confirmed_at, changed_at)
        values ($1, $2, $3, false, false, false, false, $4, $5, $5)
        on conflict (municipality_id, resident_id) do update
            set email = excluded.email, email_confirmed_at = excluded.email_confirmed_at, email_dropped_at = null,
                email_dropped_why = null, changed_at = excluded.changed_at";
    REMOVE_EMAIL = "
        update contact_settings
        set email = null, email_confirmed_at = null, email_dropped_at = null, email_dropped_why = null, changed_at = $3
        where municipality_id = $1 and resident_id = $2 and email is not null";
    /// Only of the address that it still is.
    DROP_EMAIL = "
        update contact_settings set email_dropped_at = $5, email_dropped_why = $4
        where municipality_id = $1 and resident_id = $2 and email = $3 and email_dropped_at is null";
    NO_ANNOUNCEMENTS = "
        update contact_settings set announcements_by_email = false, changed_at = $3
        where municipality_id = $1 and resident_id = $2 and announcements_by_email = true";
    ERASE_SETTINGS = "delete from contact_settings where municipality_id = $1 and resident_id = $2";
    EMAIL_CODE = "
        select email, code_hash, tries, expires_at, sent, sent_since, bounced from email_code
        where municipality_id = $1 and resident_id = $2";
    GIVE_CODE = "
        insert into email_code (municipality_id, resident_id, email, code_hash, tries, expires_at, sent, sent_since, bounced)
        values ($1, $2, $3, $4, 0, $5, $6, $7, false)
        on conflict (municipality_id, resident_id) do update
            set email = excluded.email, code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at,
                sent = excluded.sent, sent_since = excluded.sent_since, bounced = false";
    TRIED_CODE = "update email_code set tries = tries + 1 where municipality_id = $1 and resident_id = $2";
    /// It counts on in its hour: who removes their address, or confirms one, has no more codes for that.
    USE_UP_CODE = "
        update email_code set email = '', code_hash = '', tries = $3 where municipality_id = $1 and resident_id = $2";
    CODE_BOUNCED = "
        update email_code set bounced = true where municipality_id = $1 and resident_id = $2 and email = $3";
    ERASE_CODE = "delete from email_code where municipality_id = $1 and resident_id = $2";
    ANY_CODE_OLD = "
        select count(*) from (select 1 as old from email_code where expires_at < $1 order by expires_at limit 1) first";
    FORGET = "delete from email_code where expires_at < $1";
}

listed! {
    SETTINGS_OF = "
        select resident_id, steps, never_digital, email, email_confirmed_at, email_dropped_at, email_dropped_why, open_email,
            announcements_by_email, large_print, language, read_aloud
        from contact_settings where municipality_id = ? and resident_id in (?*)";
}

/// What is kept of how somebody wants to be told.
#[derive(sqlx::FromRow)]
pub struct Row {
    /// Whose it is.
    pub resident_id: ResidentId,
    /// The ways, as they are written.
    pub steps: String,
    /// Nothing by phone and e-mail.
    pub never_digital: bool,
    /// The address, also where it was dropped.
    pub email: Option<String>,
    /// When it was confirmed.
    pub email_confirmed_at: Option<DateTime<Utc>>,
    /// Since when nothing is sent to it.
    pub email_dropped_at: Option<DateTime<Utc>>,
    /// Why.
    pub email_dropped_why: Option<Dropped>,
    /// Whether an e-mail may say what a message says.
    pub open_email: bool,
    /// Whether announcements come by e-mail.
    pub announcements_by_email: bool,
    /// Whether letters are printed large.
    pub large_print: bool,
    /// The code of their language, where it was said.
    pub language: Option<String>,
    /// Whether what would come on paper is read to them.
    pub read_aloud: bool,
}

impl Row {
    /// As they hold.
    pub fn settings(&self) -> Settings {
        Settings {
            never_digital: self.never_digital,
            steps: rules::read(&self.steps),
            email: self.email.clone().filter(|_| self.email_dropped_at.is_none()),
            open_email: self.open_email,
            announcements_by_email: self.announcements_by_email,
            large_print: self.large_print,
            language: self.language.as_deref().and_then(Language::parse),
            read_aloud: self.read_aloud,
        }
    }
}

/// A code that was sent.
#[derive(sqlx::FromRow)]
pub struct Code {
    /// To which address.
    pub email: String,
    /// What it is, hashed.
    pub code_hash: String,
    /// How often it was tried, and was wrong.
    pub tries: i64,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// How many were sent in the hour.
    pub sent: i64,
    /// Since when the hour is.
    pub sent_since: DateTime<Utc>,
    /// Whether the address does not exist.
    pub bounced: bool,
}

pub async fn of(r: &mut Read, town: MunicipalityId, residents: &[ResidentId]) -> sqlx::Result<Vec<Row>> {
    Ok(select_in!(r, SETTINGS_OF, town, residents))
}

pub async fn get(r: &mut Read, (town, resident): InTown<ResidentId>) -> sqlx::Result<Option<Row>> {
    with_conn!(r, c => sqlx::query_as(SETTINGS).bind(town).bind(resident).fetch_optional(c).await)
}

pub async fn choose(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    choice: &Choice,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(CHOOSE_SETTINGS)
        .bind(town).bind(resident).bind(rules::written(&choice.steps)).bind(choice.never_digital).bind(choice.open_email)
        .bind(choice.announcements_by_email).bind(choice.large_print).bind(now)
        .bind(choice.language.map(Language::code)).bind(choice.read_aloud).execute(c).await.map(|_| ()))
}

/// Makes a confirmed address theirs; who chose nothing yet has for the rest what holds for everybody.
pub async fn set_email(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    email: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    let steps = rules::written(&Settings::default().steps);
    with_conn!(w, c => sqlx::query(SET_EMAIL).bind(town).bind(resident).bind(steps).bind(email).bind(now)
        .execute(c).await.map(|_| ()))
}

/// Removes the address; false where there was none.
pub async fn remove_email(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(REMOVE_EMAIL).bind(town).bind(resident).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn drop_email(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    email: &str,
    why: Dropped,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(DROP_EMAIL).bind(town).bind(resident).bind(email).bind(why).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Ends announcements by e-mail; false where there were none.
pub async fn no_announcements(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(NO_ANNOUNCEMENTS).bind(town).bind(resident).bind(now)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

pub async fn erase(w: &mut Write, (town, resident): InTown<ResidentId>) -> sqlx::Result<u64> {
    forget_code(w, (town, resident)).await?;
    with_conn!(w, c => sqlx::query(ERASE_SETTINGS).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected()))
}

pub async fn code(r: &mut Read, (town, resident): InTown<ResidentId>) -> sqlx::Result<Option<Code>> {
    with_conn!(r, c => sqlx::query_as(EMAIL_CODE).bind(town).bind(resident).fetch_optional(c).await)
}

pub async fn give_code(
    w: &mut Write,
    (town, resident): InTown<ResidentId>,
    (email, hash): (&str, &str),
    expires_at: DateTime<Utc>,
    (sent, since): (i64, DateTime<Utc>),
) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(GIVE_CODE).bind(town).bind(resident).bind(email).bind(hash).bind(expires_at).bind(sent)
        .bind(since).execute(c).await.map(|_| ()))
}

pub async fn tried(w: &mut Write, (town, resident): InTown<ResidentId>) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(TRIED_CODE).bind(town).bind(resident).execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Notes that a code cannot arrive; false where it was not sent there.
pub async fn code_bounced(w: &mut Write, (town, resident): InTown<ResidentId>, email: &str) -> sqlx::Result<bool> {
    with_conn!(w, c => sqlx::query(CODE_BOUNCED).bind(town).bind(resident).bind(email)
        .execute(c).await.map(|d| d.rows_affected() == 1))
}

/// Lets a code be good for nothing; what was sent in the hour stays counted.
pub async fn use_up_code(w: &mut Write, (town, resident): InTown<ResidentId>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(USE_UP_CODE).bind(town).bind(resident).bind(rules::TRIES).execute(c).await.map(|_| ()))
}

async fn forget_code(w: &mut Write, (town, resident): InTown<ResidentId>) -> sqlx::Result<()> {
    with_conn!(w, c => sqlx::query(ERASE_CODE).bind(town).bind(resident).execute(c).await.map(|_| ()))
}

pub async fn any_code_old(r: &mut Read, before: DateTime<Utc>) -> sqlx::Result<bool> {
    with_conn!(r, c => sqlx::query_scalar::<_, i64>(ANY_CODE_OLD).bind(before).fetch_one(c).await.map(|n| n > 0))
}

pub async fn forget_codes(w: &mut Write, before: DateTime<Utc>) -> sqlx::Result<u64> {
    with_conn!(w, c => sqlx::query(FORGET).bind(before).execute(c).await.map(|d| d.rows_affected()))
}
