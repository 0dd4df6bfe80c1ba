//! A mandate on paper, for the two who stand at the counter: who may do what for whom, with what, from when, until when, who wrote it down,
//! and how it ends. It has two names, as it is of two people, and nothing else of them: no address, no birth date, no number.

use super::model::MandateSide;
use crate::{
    audit::{self, Act, Reason},
    identity::MandateId,
    inbox,
    mandates::{self, Mandate, MandateMode, MandateState, Scope, store},
    municipalities::Municipality,
    platform::{
        App,
        ids::ResidentId,
        language::{Language, date, say},
        problem::{Code, Failure},
        slip::Slip,
    },
    residents,
    staff::Staff,
};

/// The slip of a mandate that holds or is to hold, for one of the two, in their language.
///
/// # Errors
/// `not_found`, also for one that does not hold: not answered, not confirmed, refused, or over.
pub async fn of(app: &App, who: &Staff, id: MandateId, side: MandateSide, reason: Reason) -> Result<Slip, Failure> {
    let town = &who.town;
    let missing = || Failure::new(Code::NotFound);
    let mut w = app.db.write().await?;
    let known = store::get(&mut w, town.id, id).await?.ok_or_else(missing)?;
    let now = app.clock.now();
    let mandate = mandates::as_they_stand(&mut w, town, vec![known], now).await?.pop().ok_or_else(missing)?;
    if mandate.state != MandateState::Active || mandate.is_over() {
        return Err(missing());
    }
    let both = [mandate.grantor_id, mandate.holder_id];
    let reader = match side {
        MandateSide::Given => mandate.grantor_id,
        MandateSide::Held => mandate.holder_id,
    };
    let language = inbox::language_of(&mut w, town, reader).await?;
    let names = residents::names(&mut w, town, &both).await?;
    let name = |id: ResidentId| names.get(&id).cloned().unwrap_or_default();
    let slip = written(language, town, &mandate, [name(mandate.grantor_id), name(mandate.holder_id)]);
    for resident in both {
        audit::look(&mut w, app, who, Act::MandatesRead, (resident, reason)).await?;
    }
    w.commit().await?;
    Ok(slip)
}

/// What stands on it.
fn written(language: Language, town: &Municipality, mandate: &Mandate, [grantor, holder]: [String; 2]) -> Slip {
    let label = |key: &str| say(language, key, &[]);
    // What may be done, and with what, are lists of words, as they are stored.
    let each = |what: &str, words: Vec<&'static str>| {
        let one = |word: &str| label(&format!("mandate-slip-{what}-{}", word.replace('_', "-")));
        words.into_iter().map(one).collect::<Vec<_>>().join("\n")
    };
    let Scope { verbs, kinds } = mandate.scope();
    let mode = match mandate.mode {
        MandateMode::Represent => "mandate-slip-mode-represent",
        MandateMode::Assist if mandate.basis.is_by_court() => "mandate-slip-mode-assist",
        MandateMode::Assist => "mandate-slip-mode-assist-given",
    };
    let until = mandate.until_on.map_or_else(|| label("mandate-slip-no-end"), |on| date(language, on));
    let lines = [
        ("mandate-slip-grantor", grantor),
        ("mandate-slip-holder", holder),
        ("mandate-slip-may", each("verb", verbs.iter().map(|verb| verb.as_str()).collect())),
        ("mandate-slip-with", each("kind", kinds.iter().map(|kind| kind.as_str()).collect())),
        ("mandate-slip-mode", label(mode)),
        ("mandate-slip-from", date(language, mandate.from_on)),
        ("mandate-slip-until", until),
        // In the app nobody wrote it down.
        ("mandate-slip-by", mandate.made_by.clone().unwrap_or_default()),
    ];
    let contact = [("phone", town.contact.phone.as_str()), ("email", town.contact.email.as_str())];
    let end = if mandate.basis.is_by_court() { "mandate-slip-end-court" } else { "mandate-slip-end" };
    Slip {
        language,
        town: town.name(language).to_owned(),
        // Its id says nothing of the two.
        file: format!("mandate-{}", mandate.id),
        title: label("mandate-slip-title"),
        reference: None,
        say: None,
        lines: lines
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(key, text)| (label(key), text))
            .collect(),
        change: say(language, end, &contact),
        claim: None,
        code: None,
    }
}
