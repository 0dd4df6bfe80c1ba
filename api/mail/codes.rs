//! Confirming an e-mail address: a code is sent to it, and comes back, from the app or by who is at the counter.

use chrono::{DateTime, Utc};
use rand::Rng as _;

use super::{
    Mail,
    model::{Begun, CannotConfirm, CannotStart, EmailCodeLimit, EmailCodeOver, EmailCodeWrong, Kind, MailOff},
};
use crate::{
    audit::{self, Act, Entry, Reason},
    contacts::{self, Typed},
    identity::{self, Citizen},
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        idempotency::Idempotency,
        ids::ResidentId,
        language::{Language, say},
        problem::{Code, Failure, Refusal as _, Refused},
    },
    residents,
    staff::Staff,
};

/// Sends the citizen a code.
///
/// # Errors
/// `mail_off`, `email_code_limit`; `body_invalid` for what is no address.
pub async fn start(
    app: &App,
    who: &Citizen,
    email: &str,
    idempotency: &Idempotency,
) -> Result<Begun, Refused<CannotStart>> {
    let email = ready(app, email)?;
    idempotency.act(app, async |w, now| send(w, app, (&*who.town, who.actor.0), &email, now).await).await
}

/// Sends a code for somebody who is at the counter, or on the telephone. They can read that it was done, and why.
///
/// # Errors
/// `not_found`, `mail_off`, `email_code_limit`; `body_invalid` for what is no address.
pub async fn start_of(
    app: &App,
    who: &Staff,
    (id, reason): (ResidentId, Reason),
    email: &str,
    idempotency: &Idempotency,
) -> Result<Begun, Refused<CannotStart>> {
    let email = ready(app, email)?;
    idempotency
        .act(app, async |w, now| {
            contacts::is_there(w, who, id).await?;
            let begun = send(w, app, (&*who.town, id), &email, now).await?;
            audit::record(w, app, who, &[Entry::about(Act::EmailStarted, id, reason)]).await?;
            Ok(begun)
        })
        .await
}

/// Confirms the citizen's address. A wrong code is counted, whatever comes of the request.
///
/// # Errors
/// `email_code_wrong`, `email_code_over`.
pub async fn confirm(
    app: &App,
    who: &Citizen,
    code: &str,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotConfirm>> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if idempotency.replay::<()>(&mut w, now).await?.is_some() {
        return Ok(());
    }
    residents::lock(&mut w, &who.town, who.actor.0).await?;
    let typed = contacts::confirm(&mut w, (who.town.id, who.actor.0), code, now).await?;
    if let Err(refused) = judged(&typed) {
        w.commit().await?;
        return Err(refused);
    }
    idempotency.store_response(&mut w, &(), now).await?;
    w.commit().await?;
    tracing::info!(municipality = who.town.key, "a citizen confirmed an e-mail address");
    Ok(())
}

/// Confirms somebody's address by the code that they read out. They can read that it was done, and why.
///
/// # Errors
/// `not_found`, `email_code_wrong`, `email_code_over`.
pub async fn confirm_of(
    app: &App,
    who: &Staff,
    (id, reason): (ResidentId, Reason),
    code: &str,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotConfirm>> {
    let now = app.clock.now();
    let mut w = app.db.write().await?;
    if idempotency.replay::<()>(&mut w, now).await?.is_some() {
        return Ok(());
    }
    contacts::is_there(&mut w, who, id).await?;
    residents::lock(&mut w, &who.town, id).await?;
    let typed = contacts::confirm(&mut w, (who.town.id, id), code, now).await?;
    if let Err(refused) = judged(&typed) {
        w.commit().await?;
        return Err(refused);
    }
    audit::record(&mut w, app, who, &[Entry::about(Act::EmailConfirmed, id, reason)]).await?;
    idempotency.store_response(&mut w, &(), now).await?;
    w.commit().await?;
    Ok(())
}

fn judged(typed: &Typed) -> Result<(), Refused<CannotConfirm>> {
    match typed {
        Typed::Right(_) => Ok(()),
        Typed::Wrong(left) => Err(EmailCodeWrong::detail(format!("{left} tries are left")).into()),
        Typed::Over => Err(EmailCodeOver::refused().into()),
    }
}

/// The address in its one form, where e-mail is sent at all.
fn ready(app: &App, email: &str) -> Result<String, Refused<CannotStart>> {
    if !super::is_on(app) {
        return Err(MailOff::refused().into());
    }
    let address = contacts::rules::address(email);
    Ok(address
        .ok_or_else(|| Failure::field(Code::BodyInvalid, "email", "is no e-mail address that mail can be sent to"))?)
}

/// Gives a resident a code for an address, and queues the mail that says it.
async fn send(
    w: &mut Write,
    app: &App,
    (town, resident): (&Municipality, ResidentId),
    email: &str,
    now: DateTime<Utc>,
) -> Result<Begun, Refused<CannotStart>> {
    // Of two that ask at once the second counts on from the first.
    residents::lock(w, town, resident).await?;
    let code = format!("{:06}", app.ids.with(|rng| rng.random_range(0..1_000_000_u32)));
    if !contacts::give_code(w, (town.id, resident), (email, &code), now).await? {
        return Err(EmailCodeLimit::refused().into());
    }
    let language = spoken_to(w, town, resident).await?;
    let until = now + contacts::rules::GOOD_FOR;
    let name = town.name(language);
    let minutes = contacts::rules::GOOD_FOR.num_minutes().to_string();
    let text = say(language, "mail-code-body", &[("municipality", name), ("code", &code), ("minutes", &minutes)]);
    let mail = Mail {
        resident,
        reach: None,
        address: email,
        language,
        subject: &say(language, "mail-code-subject", &[("municipality", name)]),
        text: &text,
        may_unsubscribe: false,
        until: Some(until),
    };
    super::put(w, app, town, (&mail, Kind::Code)).await?;
    Ok(Begun { email: email.to_owned(), until })
}

/// The language in which a resident is spoken to, else the town's first.
async fn spoken_to(r: &mut Read, town: &Municipality, resident: ResidentId) -> sqlx::Result<Language> {
    let chosen = identity::with_account(r, town.id, &[resident]).await?.into_iter().find_map(|(_, language)| language);
    let said = contacts::settings(r, town.id, &[resident]).await?.remove(&resident).and_then(|s| s.language);
    let known = residents::spoken_to(r, town, &[resident]).await?;
    let registered = known.into_iter().find_map(|(_, language, _)| language);
    Ok(town.language_for(contacts::rules::language(chosen, said, registered)))
}
