//! What the two between whom a mandate is are told of it.

use chrono::NaiveDate;

use crate::{
    inbox::{self, Notice, Plan, Worth},
    mandates::{self, Mandate, MandateBasis, MandateEnd, MandateProof, MandateState, Pair},
    municipalities::Municipality,
    platform::{
        App,
        db::Write,
        ids::ResidentId,
        language::{date, say},
        time::local_day,
    },
    push::Category,
    residents::{self, State},
};

/// What somebody is told.
pub struct News<'a> {
    /// The beginning of its texts, and why where it ended.
    pub texts: &'static str,
    /// Why it ended.
    pub why: Option<MandateEnd>,
    /// Said once for each such key and person.
    pub key: &'a str,
    /// How it goes on where it is not read.
    pub plan: Plan,
}

/// Tells somebody of a mandate between them and another, whom it names.
///
/// # Errors
/// The database.
pub async fn tell(w: &mut Write, app: &App, town: &Municipality, pair: Pair, news: &News<'_>) -> sqlx::Result<()> {
    tell_from(w, app, town, pair, news, None).await
}

/// The same of one that begins on a day to come.
async fn tell_from(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    (to, other): Pair,
    news: &News<'_>,
    from: Option<NaiveDate>,
) -> sqlx::Result<()> {
    let names = residents::names(w, town, &[other]).await?;
    let name = names.get(&other).cloned().unwrap_or_default();
    let notice = |language| {
        let said = [("name", name.as_str()), ("municipality", town.name(language))];
        let body = say(language, &format!("{}-body", news.texts), &said);
        let why = news.why.map(|why| say(language, &format!("mandate-why-{}", why.as_str()), &said));
        let from = from.map(|from| say(language, "mandate-from", &[("date", &date(language, from))]));
        let more: Vec<String> = why.into_iter().chain(from).collect();
        Notice {
            kind: "mandate",
            category: Category::Account,
            dedupe_key: news.key.to_owned(),
            title: say(language, &format!("{}-title", news.texts), &said),
            body: [body].into_iter().chain(more).collect::<Vec<_>>().join(" "),
            deep_link: "/mandates".to_owned(),
            action: None,
            plan: news.plan,
            about: Vec::new(),
            worth: Worth::default(),
            open_in: None,
        }
    };
    inbox::notify(w, app, town, to, |language| Some(notice(language))).await?;
    Ok(())
}

/// Tells both that a mandate is over, as far as they live here.
///
/// # Errors
/// The database.
pub async fn ended(
    w: &mut Write,
    app: &App,
    town: &Municipality,
    mandate: &Mandate,
    why: MandateEnd,
) -> sqlx::Result<()> {
    let key = format!("mandate {} ended", mandate.id);
    let (grantor, holder) = (mandate.grantor_id, mandate.holder_id);
    let here: Vec<ResidentId> = residents::people(w, town, &[grantor, holder])
        .await?
        .into_iter()
        .filter(|person| person.state == State::Active)
        .map(|person| person.id)
        .collect();
    // Who ended it knows; of what was for one day at the counter nobody waits for a letter; and what was asked and not answered never held.
    let has_begun = mandate.from_on <= local_day(town.zone, app.clock.now());
    let never_held = mandate.state == MandateState::Asked || !has_begun;
    let (grantor_ended_it, holder_ended_it) = (why == MandateEnd::Revoked, why == MandateEnd::Withdrawn);
    let texts = if never_held {
        ["mandate-lapsed-given", "mandate-lapsed-held"]
    } else {
        ["mandate-ended-given", "mandate-ended-held"]
    };
    for (to, other, texts, knows) in
        [(grantor, holder, texts[0], grantor_ended_it), (holder, grantor, texts[1], holder_ended_it)]
    {
        if here.contains(&to) {
            // What was said of it before is old news, where they have not read it yet.
            inbox::take_back_under(w, app, town, to, &format!("mandate {} ", mandate.id)).await?;
            let is_short = mandate.basis == MandateBasis::CounterOnce;
            let was_asked = mandate.state == MandateState::Asked;
            let plan = if knows || is_short || was_asked { Plan::None } else { Plan::Mandate };
            tell(w, app, town, (to, other), &News { texts, why: Some(why).filter(|_| !never_held), key: &key, plan })
                .await?;
        }
    }
    Ok(())
}

/// Tells a parent who is blocked no more that they act for a child again, where they do: it may be of age by now, or the register name them
/// no more.
///
/// # Errors
/// The database.
pub async fn unblocked(w: &mut Write, app: &App, town: &Municipality, (parent, child): Pair) -> sqlx::Result<()> {
    let now = app.clock.now();
    if !mandates::is_parent(w, town, (parent, child), now).await? {
        return Ok(());
    }
    // That they did not is old news.
    inbox::take_back_under(w, app, town, parent, &format!("parent blocked {child} ")).await?;
    // A key of its own: it may begin and end again.
    let key = format!("parent unblocked {child} {}", now.timestamp_micros());
    tell(w, app, town, (parent, child), &News { texts: "parent-unblocked", why: None, key: &key, plan: Plan::Mandate })
        .await
}

/// Tells both that a mandate holds that staff wrote down. Who was there has it on paper, and is not written to.
///
/// # Errors
/// The database.
pub async fn given(w: &mut Write, app: &App, town: &Municipality, mandate: &Mandate) -> sqlx::Result<()> {
    let key = format!("mandate {} given", mandate.id);
    let plan = if mandate.proof == Some(MandateProof::BothPresent) { Plan::None } else { Plan::Mandate };
    let (grantor, holder) = (mandate.grantor_id, mandate.holder_id);
    let from = Some(mandate.from_on).filter(|from| *from > local_day(town.zone, app.clock.now()));
    // What a court decided the two do not end.
    let given = if mandate.basis.is_by_court() { "mandate-ordered" } else { "mandate-given" };
    for (to, other, texts) in [(grantor, holder, given), (holder, grantor, "mandate-held")] {
        tell_from(w, app, town, (to, other), &News { texts, why: None, key: &key, plan }, from).await?;
    }
    Ok(())
}
