//! A test to oneself. Staff sign in as staff and citizens as citizens, and the two are never guessed to be one person: who
//! writes announcements links the app on their own phone by a code, and unlinks it there.

use chrono::{DateTime, Duration, Utc};
use rand::Rng as _;

use super::{
    lock_screen, markdown,
    model::{AnnouncementId, CannotTry, NoTrialPhone, Said, text_for},
    store::{self as announcements, trial as store},
};
use crate::{
    identity::{Citizen, CodeInvalid},
    inbox::{self, Notice, Outcome, Plan, Worth},
    platform::{
        App,
        idempotency::Idempotency,
        ids::hashed,
        language::say,
        problem::{Code, Failure, Refusal as _, Refused},
    },
    staff::Staff,
};

/// How long a code can be given.
const CODE: Duration = Duration::minutes(10);

fn hash(town: &str, code: &str) -> String {
    hashed(&format!("trial {town} {code}"))
}

/// A code that links a phone, and until when; whatever was linked before is not any more.
///
/// # Errors
/// The database.
pub async fn code(app: &App, who: &Staff, idempotency: &Idempotency) -> Result<(String, DateTime<Utc>), Failure> {
    idempotency
        .act(app, async |w, now| {
            let code = format!("{:08}", app.ids.with(|rng| rng.random_range(0..100_000_000)));
            let answer = (code, now + CODE);
            let kept = hash(&who.town.key, &answer.0);
            store::offer(w, who.town.id, who.id, &kept, answer.1).await?;
            Ok(answer)
        })
        .await
}

/// Links this citizen's phones with whoever was told the code.
///
/// # Errors
/// `code_invalid`.
pub async fn link(app: &App, who: &Citizen, code: &str) -> Result<(), Refused<CodeInvalid>> {
    let (town, kept) = (who.town.id, hash(&who.town.key, code));
    let mut w = app.db.write().await?;
    if !store::take(&mut w, town, who.actor.0, &kept, app.clock.now()).await? {
        return Err(CodeInvalid::refused());
    }
    w.commit().await?;
    Ok(())
}

/// Ends that.
///
/// # Errors
/// The database.
pub async fn unlink(app: &App, who: &Citizen) -> Result<(), Failure> {
    let mut w = app.db.write().await?;
    store::unlink(&mut w, who.town.id, who.actor.0).await?;
    w.commit().await?;
    Ok(())
}

/// Sends an announcement, as it was last saved, to the member's own phones and nobody else's.
///
/// # Errors
/// `not_found`, `no_trial_phone`; `body_invalid` while it has no text.
pub async fn send(
    app: &App,
    who: &Staff,
    id: AnnouncementId,
    idempotency: &Idempotency,
) -> Result<(), Refused<CannotTry>> {
    let town = &who.town;
    idempotency
        .act(app, async |w, now| {
            let a = announcements::get(w, town.id, id).await?.ok_or_else(|| Failure::new(Code::NotFound))?;
            let resident = store::of(w, town.id, who.id).await?.ok_or_else(NoTrialPhone::refused)?;
            let reader = inbox::language_of(w, town, resident).await?;
            let (language, Said { title, text, .. }) =
                text_for(town, &a.texts, reader).and_then(|l| Some((l, a.texts.get(&l)?))).ok_or_else(|| {
                    Failure::field(Code::BodyInvalid, "texts", "must have one at least, with a title and a text")
                })?;
            let notice = Notice {
                plan: Plan::None,
                about: Vec::new(),
                kind: "announcement_trial",
                // As it will be: the same sentence, sound and title.
                category: a.importance.category(),
                dedupe_key: format!("trial {id} {}", now.timestamp_micros()),
                title: say(language, "announcement-trial", &[("title", title)]),
                body: markdown::to_plain(text),
                deep_link: "/inbox".to_owned(),
                action: Some((say(language, "announcement-more", &[]), a.link.clone()))
                    .filter(|(_, link)| !link.is_empty()),
                worth: Worth::default(),
                open_in: lock_screen::shows_title(w, town, &a).await?.then_some(language),
            };
            // Linked by somebody who left since, or lost the app: nothing of it is kept.
            if let Outcome::Unreached(_) = inbox::notify(w, app, town, resident, |_| Some(notice)).await? {
                return Err(NoTrialPhone::refused().into());
            }
            Ok(())
        })
        .await
}
