//! Writing an announcement, and taking a step with it: each of them a use case of staff.

use chrono::{DateTime, Duration, Utc};

use super::{
    audience,
    contents::{Contents, may_write},
    draft::{Draft, Settled, by_language},
    image as images, lists,
    lock_screen::may_show_title,
    markdown,
    model::{
        Announcement, AnnouncementId, AnnouncementState, By, CannotApprove, CannotEdit, CannotSetImage, CannotSubmit,
        ConcernsEveryone, ConcernsNobody, HowFar, Importance, OwnWork, Said,
    },
    rules::{self, Move, State, on_the_clock},
    store,
};
use crate::{
    audit::{self, Act, Entry},
    municipalities::Municipality,
    platform::{
        App,
        db::Write,
        idempotency::{Idempotency, deleted},
        ids::MunicipalityId,
        language::Language,
        problem::{Code, EditedMeanwhile, Failure, Refusal as _, Refused},
        small::FEW,
        time::local_day,
        values::WallTime,
    },
    staff::Staff,
};

/// The longest that an announcement is valid.
const LONGEST: Duration = Duration::days(400);
/// The audit trail says once in so long that somebody writes a draft. What is submitted, approved or thrown away is said each time.
const SITTING: Duration = Duration::minutes(30);

/// Refuses an announcement that is not ready to be read: a draft may be half written, what is submitted may not.
fn complete(town: &Municipality, a: &Announcement) -> Result<(), Failure> {
    let wrong = |field: &str, reason: &'static str, why: &str| Err(Failure::fault(field, reason, why));
    let said = |l: &Language| a.texts.get(l).is_some_and(Said::is_whole);
    if !a.texts.keys().any(said) {
        return wrong("texts", "missing", "must have one at least, with a title and a text");
    }
    if let Some(half) = a.texts.iter().find(|(_, t)| t.is_half()) {
        let (what, has) = if half.1.title.trim().is_empty() { ("title", "text") } else { ("text", "title") };
        let field = format!("texts.{}.{what}", half.0.code());
        return wrong(&field, "missing", &format!("is needed, as there is a {has}"));
    }
    if let Some(missing) = town.notice_languages().iter().find(|l| !said(l)) {
        let why = "is needed: a town with language facilities gives general notices in Dutch and in French (Act on the \
                   use of languages in administrative matters of 18 July 1966, articles 11 and 24)";
        return wrong(&format!("texts.{}", missing.code()), "notice_language", &format!("{} {why}", missing.code()));
    }
    if a.corrects_id.is_none() && a.audience.is_empty() {
        return wrong("audience", "missing", "must say whom it concerns");
    }
    let silent = a.texts.iter().find(|(_, t)| t.is_whole() && t.image_text.trim().is_empty());
    if let Some((language, _)) = silent.filter(|_| a.image_id.is_some()) {
        let field = format!("texts.{}.image_text", language.code());
        return wrong(&field, "missing", "must say what the image shows, for who does not see it");
    }
    if let Some((language, _)) = a.texts.iter().find(|(_, t)| t.is_whole() && markdown::to_plain(&t.text).is_empty()) {
        return wrong(&format!("texts.{}.text", language.code()), "vanishes", "has nothing that a reader would see");
    }
    if a.corrects_id.is_none() && audience::uses_register(&a.audience) && a.decision.trim().is_empty() {
        return wrong("decision", "missing", "must name the decision that the use of the register rests on");
    }
    if a.is_public && audience::tells_more(&a.audience) {
        return Err(not_public());
    }
    Ok(())
}

fn not_public() -> Failure {
    let why = "cannot be, for an audience of documents or of a list: readers would learn of whom it is";
    Failure::fault("is_public", "tells_more", why)
}

/// Refuses an event that is over before it is told.
fn not_over(
    begins_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    told_at: DateTime<Utc>,
) -> Result<(), Failure> {
    match rules::over(begins_at, ends_at, told_at) {
        Some(field) => Err(Failure::fault(field, "passed", "is over before it is told")),
        None => Ok(()),
    }
}

/// Writes a draft, or writes it anew: what was submitted or approved is a draft again. It may be half written.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `announcement_state`, `not_found`; `role_missing` for an emergency of who may not write any.
pub async fn save(
    app: &App,
    who: &Staff,
    id: AnnouncementId,
    mut draft: Draft,
) -> Result<Announcement, Refused<CannotEdit>> {
    let texts = by_language(&draft.texts)?;
    let (town, now) = (&who.town, app.clock.now());
    let wrong = |field: &str, reason: &'static str, why: &str| -> Result<Announcement, Refused<CannotEdit>> {
        Err(Failure::fault(field, reason, why).into())
    };
    let contents = Contents {
        importance: draft.importance,
        topic: &draft.topic,
        texts: &texts,
        link: draft.link.as_deref().unwrap_or_default(),
        // Whom a correction is for is not its own.
        audience: draft.corrects_id.is_none().then_some(&draft.audience),
    };
    contents.check(who)?;
    let send_at = match draft.send_at {
        Some(wall) => match on_the_clock(town.zone, wall.get()) {
            Some(at) if at > now => Some(at),
            Some(_) => return wrong("send_at", "passed", "has passed"),
            None => return wrong("send_at", "no_such_hour", "lies in the hour that the clocks leave out"),
        },
        None => None,
    };
    if draft.valid_until.get() <= send_at.unwrap_or(now) {
        return wrong("valid_until", "order", "must lie after it is sent, within 400 days");
    }
    if draft.valid_until.get() > now + LONGEST {
        return wrong("valid_until", "range", "must lie after it is sent, within 400 days");
    }
    let wall = |at: Option<WallTime>, field: &str| match at.map(|at| on_the_clock(town.zone, at.get())) {
        Some(None) => Err(Failure::fault(field, "no_such_hour", "lies in the hour that the clocks leave out")),
        at => Ok(at.flatten()),
    };
    let (begins_at, ends_at) = (wall(draft.begins_at, "begins_at")?, wall(draft.ends_at, "ends_at")?);
    if ends_at.is_some_and(|end| begins_at.is_none_or(|begin| end <= begin)) {
        return wrong("ends_at", "order", "must lie after begins_at");
    }
    not_over(begins_at, ends_at, send_at.unwrap_or(now))?;
    let mut w = app.db.write().await?;
    if let Some(first) = draft.corrects_id {
        let first = store::get(&mut w, town.id, first).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
        if !matches!(first.state, State::Sending | State::Sent | State::Withdrawing | State::Withdrawn) {
            return Err(AnnouncementState::refused().into());
        }
        // As the first was for them: a list that it named may be gone since.
        draft.audience = first.audience;
        // Who was to have the first by letter has what is right by letter: the first goes on no more.
        draft.reach = draft.reach.max(first.reach);
    } else {
        lists::refuse_missing(&mut w, town.id, &draft.audience).await?;
    }
    let known = store::locked(&mut w, town.id, id).await?;
    let settled = Settled { texts, send_at, begins_at, ends_at };
    match &known {
        // Sent again, as the answer was lost.
        Some(known) if settled.is_saved(who, &draft, known) => return Ok(known.clone()),
        Some(known) if rules::after(known.state, Move::Edit).is_none() => {
            return Err(AnnouncementState::refused().into());
        }
        Some(known) => may_write(who, known.importance)?,
        None if draft.version != 0 => return Err(Failure::new(Code::NotFound).into()),
        None => {}
    }
    if !store::save(&mut w, who, id, (&draft, &settled), now).await? {
        // Nobody can lock what is not there yet: the same draft may have been saved meanwhile, and was waited for.
        return match store::get(&mut w, town.id, id).await? {
            Some(known) if settled.is_saved(who, &draft, &known) => Ok(known),
            _ => Err(EditedMeanwhile::refused().into()),
        };
    }
    let saved = store::get(&mut w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
    // A draft saves itself each few seconds while its author is at it.
    let is_draft = known.is_some_and(|known| known.state == State::Draft && known.author_id == saved.author_id);
    if !is_draft || !audit::did(&mut w, who, Act::AnnouncementWritten, id.0, now - SITTING).await? {
        audit::record(&mut w, app, who, &[Entry::on(Act::AnnouncementWritten, id.0)]).await?;
    }
    w.commit().await?;
    Ok(saved)
}

/// An announcement as it is stored.
async fn stored(app: &App, town: MunicipalityId, id: AnnouncementId) -> Result<Announcement, Failure> {
    store::get(&mut app.db.read().await?, town, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// Takes a step with an announcement, of the version that was read and where it `may` be taken.
async fn step<R>(
    app: &App,
    who: &Staff,
    (id, version): (AnnouncementId, i64),
    step: Move,
    idempotency: &Idempotency,
    may: impl AsyncFnOnce(&mut Write, &Announcement, DateTime<Utc>) -> Result<(), Refused<R>>,
) -> Result<Announcement, Refused<R>>
where
    Refused<R>: From<Refused<EditedMeanwhile>> + From<Refused<AnnouncementState>>,
{
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let known = store::locked(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            if known.version != version {
                return Err(EditedMeanwhile::refused().into());
            }
            let next = rules::after(known.state, step).ok_or_else(AnnouncementState::refused)?;
            may(w, &known, now).await?;
            let by = match step {
                Move::Approve => By::Approver(&who.name),
                Move::Cancel | Move::Withdraw => By::Stopper(&who.name),
                Move::Edit | Move::Submit => By::Itself,
            };
            store::set_state(w, (town.id, id), next, by, now).await?;
            let act = match step {
                Move::Edit => Act::AnnouncementWritten,
                Move::Submit => Act::AnnouncementSubmitted,
                Move::Approve => Act::AnnouncementApproved,
                Move::Cancel => Act::AnnouncementCancelled,
                Move::Withdraw => Act::AnnouncementWithdrawn,
            };
            audit::record(w, app, who, &[Entry::on(act, id.0)]).await?;
            Ok::<_, Refused<R>>(())
        })
        .await?;
    Ok(stored(app, town.id, id).await?)
}

/// Refuses what would be over when it goes out, and holds the lists that it goes to.
async fn may_go_out(
    w: &mut Write,
    town: &Municipality,
    known: &Announcement,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let at = known.send_at.unwrap_or(now);
    if known.send_at.is_some_and(|at| at <= now) {
        return Err(Failure::fault("send_at", "passed", "has passed"));
    }
    if known.valid_until <= now.max(at) {
        return Err(Failure::fault("valid_until", "passed", "has passed"));
    }
    // It may have waited for longer than until then.
    not_over(known.begins_at, known.ends_at, at)?;
    // Whom a correction goes to is written down, and rests on no list any more.
    if known.corrects_id.is_none() {
        lists::hold(w, town.id, &known.audience).await?;
    }
    Ok(())
}

/// Refuses what is not whole, or would tell readers more than it may.
async fn may_be_read(w: &mut Write, town: &Municipality, known: &Announcement) -> Result<(), Failure> {
    complete(town, known)?;
    // Who gets a correction is who got the first.
    let first = match known.corrects_id.filter(|_| known.is_public) {
        Some(first) => store::get(w, town.id, first).await?,
        None => None,
    };
    if first.is_some_and(|first| audience::tells_more(&first.audience)) {
        return Err(not_public());
    }
    if known.reach == HowFar::Paper && !town.letters_on() {
        return Err(Failure::fault("reach", "letters_off", "cannot be paper, as the town writes no letters"));
    }
    if known.title_on_lock_screen == Some(true) && !may_show_title(w, town, known).await? {
        let why = "may be on a lock screen only of what is public, and for everybody or for who lives somewhere";
        return Err(Failure::fault("title_on_lock_screen", "not_open", why));
    }
    Ok(())
}

/// Submits a draft, for somebody else to approve.
///
/// # Errors
/// `not_found`, `edited_meanwhile`, `announcement_state`, `body_invalid` for what cannot go out as it is; `concerns_nobody`, and
/// `concerns_everyone` unless that is meant.
pub async fn submit(
    app: &App,
    who: &Staff,
    of: (AnnouncementId, i64),
    everyone: bool,
    idempotency: &Idempotency,
) -> Result<Announcement, Refused<CannotSubmit>> {
    let town = &who.town;
    step(app, who, of, Move::Submit, idempotency, async |w, known, now| {
        may_go_out(w, town, known, now).await?;
        may_be_read(w, town, known).await?;
        if known.corrects_id.is_some() {
            return Ok(());
        }
        let day = local_day(town.zone, known.send_at.unwrap_or(now));
        let counts = store::count(w, town, &known.audience, day).await?;
        // Where it says more of people than where they live, that nobody is in it, or nobody is not, would tell of somebody: as the
        // preview, this does not.
        let is_open = audience::is_open(&known.audience);
        if counts == 0 && is_open {
            return Err(ConcernsNobody::refused().into());
        }
        // Everybody by mistake: a second question.
        let missing = store::count_people(w, town.id).await? - counts;
        if !everyone && (missing == 0 || (!is_open && missing < FEW)) {
            return Err(ConcernsEveryone::refused().into());
        }
        Ok(())
    })
    .await
}

/// Approves what was submitted: it goes out at its time.
///
/// # Errors
/// `not_found`, `edited_meanwhile`, `announcement_state`, `body_invalid` for what cannot go out any more; `own_work` for who wrote it.
pub async fn approve(
    app: &App,
    who: &Staff,
    of: (AnnouncementId, i64),
    idempotency: &Idempotency,
) -> Result<Announcement, Refused<CannotApprove>> {
    let town = &who.town;
    step(app, who, of, Move::Approve, idempotency, async |w, known, now| {
        may_go_out(w, town, known, now).await?;
        let own = known.author_id == who.id.0;
        if own && (!town.approve_own || known.importance == Importance::Emergency) {
            return Err(OwnWork::refused().into());
        }
        Ok(())
    })
    .await
}

/// Stops what was submitted or approved and has not begun to go out.
///
/// # Errors
/// `not_found`, `edited_meanwhile`, `announcement_state`.
pub async fn cancel(
    app: &App,
    who: &Staff,
    of: (AnnouncementId, i64),
    idempotency: &Idempotency,
) -> Result<Announcement, Refused<CannotEdit>> {
    step(app, who, of, Move::Cancel, idempotency, async |_, _, _| Ok(())).await
}

/// Takes back what goes out or went out.
///
/// # Errors
/// `not_found`, `edited_meanwhile`, `announcement_state`.
pub async fn withdraw(
    app: &App,
    who: &Staff,
    of: (AnnouncementId, i64),
    idempotency: &Idempotency,
) -> Result<Announcement, Refused<CannotEdit>> {
    step(app, who, of, Move::Withdraw, idempotency, async |_, _, _| Ok(())).await
}

/// Gives an announcement its image: an edit like any other, of the version that was read.
///
/// # Errors
/// `image_invalid`, `not_found`, `edited_meanwhile`, `announcement_state`; `role_missing` as in [`save`].
pub async fn set_image(
    app: &App,
    who: &Staff,
    (id, version): (AnnouncementId, i64),
    file: Vec<u8>,
    idempotency: &Idempotency,
) -> Result<Announcement, Refused<CannotSetImage>> {
    // Before the work, so that an id that names nothing costs none.
    if store::get(&mut app.db.read().await?, who.town.id, id).await?.is_none() {
        return Err(Failure::new(Code::NotFound).into());
    }
    // Decoding takes the processor for longer than others should wait.
    let bytes = images::prepared(file).await?;
    Ok(change_image(app, who, (id, version), Some(bytes), idempotency).await?)
}

/// Takes its image away from an announcement: an edit like any other, of the version that was read.
///
/// # Errors
/// `not_found`, `edited_meanwhile`, `announcement_state`; `role_missing` as in [`save`].
pub async fn delete_image(
    app: &App,
    who: &Staff,
    of: (AnnouncementId, i64),
    idempotency: &Idempotency,
) -> Result<Announcement, Refused<CannotEdit>> {
    change_image(app, who, of, None, idempotency).await
}

async fn change_image(
    app: &App,
    who: &Staff,
    (id, version): (AnnouncementId, i64),
    bytes: Option<Vec<u8>>,
    idempotency: &Idempotency,
) -> Result<Announcement, Refused<CannotEdit>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let known = store::locked(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            if rules::after(known.state, Move::Edit).is_none() {
                return Err(AnnouncementState::refused().into());
            }
            may_write(who, known.importance)?;
            if bytes.is_none() && known.image_id.is_none() {
                // Taken away already.
                return Ok(());
            }
            let image = bytes.is_some().then(|| app.ids.uuid(now));
            if !store::set_image(w, (town.id, id), (version, &known), (who, now), (image, bytes.as_deref())).await? {
                return Err(EditedMeanwhile::refused().into());
            }
            audit::record(w, app, who, &[Entry::on(Act::AnnouncementWritten, id.0)]).await?;
            Ok::<_, Refused<CannotEdit>>(())
        })
        .await?;
    Ok(stored(app, town.id, id).await?)
}

/// The image of an announcement of the town.
///
/// # Errors
/// `not_found`.
pub async fn image(app: &App, who: &Staff, id: AnnouncementId) -> Result<Vec<u8>, Failure> {
    let mut r = app.db.read().await?;
    store::image(&mut r, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// One announcement of the town.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, who: &Staff, id: AnnouncementId) -> Result<Announcement, Failure> {
    let mut r = app.db.read().await?;
    store::get(&mut r, who.town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))
}

/// Throws a draft away that was never sent, of the version that was read.
///
/// # Errors
/// `not_found`, `edited_meanwhile`, `announcement_state` for what is no draft any more.
pub async fn discard(
    app: &App,
    who: &Staff,
    id: AnnouncementId,
    version: i64,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotEdit>> {
    let town = who.town.id;
    idempotency
        .act(app, async |w, now| {
            let did = match store::locked(w, town, id).await? {
                Some(known) if known.version != version => return Err(EditedMeanwhile::refused().into()),
                Some(known) if known.state != State::Draft => return Err(AnnouncementState::refused().into()),
                Some(known) => {
                    may_write(who, known.importance)?;
                    // While it has its title.
                    audit::record(w, app, who, &[Entry::on(Act::AnnouncementDiscarded, id.0)]).await?;
                    store::discard(w, (town, id), version).await?
                }
                None => false,
            };
            Ok(deleted(w, did, town.0, id.0, now).await.map(drop)?)
        })
        .await
}
