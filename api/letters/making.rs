//! A batch is made: letters that are due are gathered, get their place in the order of a postman, and are drawn, a part at a time. Each step
//! is a transaction of its own, and goes on where the one before ended, whoever was killed meanwhile.

use std::collections::{HashMap, HashSet};

use chrono::Duration;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    due::{self, Cannot, LetterDue},
    letter_store,
    looks::{Letterhead, Letterheads, closing},
    model::{Batch, BatchId, Letter, LetterId, LetterState, OutReason, Part},
    page, rules,
    store::{self, Over},
};
use crate::{
    municipalities::Municipality,
    platform::{
        App,
        db::{Read, Write},
        ids::{ResidentId, hashed},
        language::{Language, date, say},
        time::local_day,
    },
    residents::{self, State},
};

/// Letters taken in one transaction.
const GATHER: i64 = 200;
/// Letters in one part, and so in one PDF: what is held in memory at a time.
pub const PART: i64 = 500;
/// How long whoever draws a part is waited for.
const HOLD: Duration = Duration::minutes(2);
/// Bytes of a PDF that are kept in one row.
const PIECE: usize = 1 << 20;
/// Tries of a reference that no other letter has, of four thousand million.
const TRIES: usize = 8;

/// What came of a look for letters that are due.
#[derive(Clone, Copy, Default)]
pub struct Gathered {
    /// How many were asked for.
    pub asked: usize,
    /// How many of these are written.
    pub written: usize,
}

/// Takes some letters that are due into a batch. Of who has no address to which one can go, it is said so.
pub async fn gather(w: &mut Write, app: &App, town: &Municipality, batch: BatchId) -> sqlx::Result<Gathered> {
    let due = due::claim(w, app, town, GATHER).await?;
    let people: Vec<ResidentId> = due.iter().map(|one| one.resident).collect();
    let names = residents::names(w, town, &people).await?;
    let to_check = letter_store::to_check_of(w, town.id, &people).await?;
    let came_back: HashMap<ResidentId, String> =
        to_check.into_iter().map(|one| (one.resident_id, one.address_hash)).collect();
    let mut gathered = Gathered { asked: due.len(), written: 0 };
    for one in &due {
        let name = names.get(&one.resident).map_or("", String::as_str);
        match write(w, app, (town, batch), (one, name), came_back.get(&one.resident)).await? {
            Ok(()) => gathered.written += 1,
            Err(why) => due::cannot(w, app, town, one.reach, why).await?,
        }
    }
    Ok(gathered)
}

/// Writes one letter, to the address that the register has now.
async fn write(
    w: &mut Write,
    app: &App,
    (town, batch): (&Municipality, BatchId),
    (due, name): (&LetterDue, &str),
    came_back: Option<&String>,
) -> sqlx::Result<Result<(), Cannot>> {
    let Some(person) = residents::detail(w, town, due.resident).await? else { return Ok(Err(Cannot::NoAddress)) };
    if person.hidden {
        return Ok(Err(Cannot::Hidden));
    }
    let address = rules::Address {
        name,
        street: &person.street,
        house_number: &person.house_number,
        box_number: &person.box_number,
        postcode: &person.postcode,
        town: &person.town,
        country: &person.country,
    };
    let address_hash = hashed(&address.place());
    if !address.is_whole() || came_back == Some(&address_hash) {
        return Ok(Err(Cannot::NoAddress));
    }
    if came_back.is_some() {
        // The register has another since.
        letter_store::checked(w, town.id, due.resident).await?;
    }
    let now = app.clock.now();
    for _ in 0..TRIES {
        let reference = rules::reference(app.ids.with(rand::Rng::random));
        let new = letter_store::New {
            id: LetterId(app.ids.uuid(now)),
            batch,
            reach: due.reach,
            resident: due.resident,
            reference: &reference,
            sort_key: &address.sort_key(),
            language: due.language,
            large_print: due.large_print,
            address,
            address_hash: &address_hash,
            subject: &due.title,
            body: &due.body,
        };
        if letter_store::add(w, town.id, &new, now).await? {
            return Ok(Ok(()));
        }
    }
    Err(sqlx::Error::Protocol("no reference is left that no letter has".to_owned()))
}

/// Does the next step of a batch that is being made; false where another does all that is left of it.
///
/// # Errors
/// The database; a part that cannot be drawn.
pub async fn go_on(app: &App, town: &Municipality, id: BatchId) -> anyhow::Result<bool> {
    let mut w = app.db.write().await?;
    let Some(batch) = store::locked(&mut w, town.id, id).await? else { return Ok(true) };
    if !batch.gathered {
        if gather(&mut w, app, town, id).await?.asked == 0 {
            store::over(&mut w, town.id, id, Over::Gathered).await?;
        }
    } else if !batch.numbered {
        let next = letter_store::to_number(&mut w, (town.id, id), PART).await?;
        if next.is_empty() {
            store::over(&mut w, town.id, id, Over::Numbered).await?;
        } else {
            let count = i64::try_from(next.len()).unwrap_or(PART);
            let part = batch.parts + 1;
            letter_store::place(&mut w, town.id, &next, (batch.letters, part)).await?;
            store::grow(&mut w, (town.id, id), count, (batch.letters + count, part)).await?;
        }
    } else if !store::any_stale(&mut w, town.id, id).await? {
        if store::ready(&mut w, town.id, id).await? {
            tracing::info!(
                municipality = town.key,
                batch = batch.number,
                letters = batch.letters,
                "letters can be printed"
            );
        }
    } else {
        drop(w);
        return draw(app, town, &batch).await;
    }
    w.commit().await?;
    Ok(true)
}

/// Draws a part of a batch; false where others draw all that are left.
async fn draw(app: &App, town: &Municipality, batch: &Batch) -> anyhow::Result<bool> {
    let (now, of) = (app.clock.now(), (town.id, batch.id));
    let heads: Letterheads = app.part::<Letterheads>().clone();
    let Some(part) = store::stale(&mut app.db.read().await?, of, now).await? else { return Ok(false) };
    let mut w = app.db.write().await?;
    store::locked(&mut w, town.id, batch.id).await?;
    if !store::hold(&mut w, of, &part, (now, now + HOLD)).await? {
        return Ok(false);
    }
    let mut letters = letter_store::of_part(&mut w, of, part.part).await?;
    letters.retain(|letter| letter.state == LetterState::Batched);
    for (not_sent, why) in not_sent(&mut w, app, town, &letters).await? {
        letter_store::take_out(&mut w, (town.id, not_sent), Some(why)).await?;
        letters.retain(|letter| letter.id != not_sent);
    }
    w.commit().await?;
    let head = heads.of(town.id).ok_or_else(|| anyhow::anyhow!("{} sends no letters any more", town.key))?;
    let sheets: Vec<Sheet> = letters.iter().map(|letter| Sheet::of(letter, head, town, batch)).collect();
    let language = town.language_for(None);
    let (number, which) = (batch.number.to_string(), part.part.to_string());
    let title = say(language, "letter-batch", &[("number", &number), ("part", &which)]);
    let (heads, id) = (heads.clone(), town.id);
    // Hundreds of sheets take a core for a while.
    let drawn = tokio::task::spawn_blocking(move || {
        let head = heads.of(id).ok_or_else(|| anyhow::anyhow!("a letterhead is gone"))?;
        let pages: Vec<page::Letter<'_>> = sheets.iter().map(Sheet::page).collect();
        if pages.is_empty() {
            return Ok(page::Drawn { pdf: Vec::new(), sheets: Vec::new() });
        }
        Ok::<_, anyhow::Error>(page::draw(&head.look, &title, &pages)?)
    })
    .await;
    let mut w = app.db.write().await?;
    // As who takes a letter out has it: neither waits for the other in a ring.
    store::locked(&mut w, town.id, batch.id).await?;
    let drawn = match drawn.map_err(anyhow::Error::from).and_then(|drawn| drawn) {
        Ok(drawn) => drawn,
        Err(error) => {
            store::let_go(&mut w, of, &part, now - HOLD).await?;
            w.commit().await?;
            return Err(error);
        }
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let pages: Vec<(LetterId, i64)> =
        letters.iter().zip(&drawn.sheets).map(|(letter, sheets)| (letter.id, count(*sheets))).collect();
    let made = Part {
        stale: false,
        letters: count(letters.len()),
        abroad: count(letters.iter().filter(|letter| !letter.country.is_empty()).count()),
        pages: pages.iter().map(|(_, pages)| pages).sum(),
        size: count(drawn.pdf.len()),
        sha256: Some(Sha256::digest(&drawn.pdf).iter().map(|byte| format!("{byte:02x}")).collect()),
        ..part
    };
    // Where a letter was taken out meanwhile, nothing of it is kept, and it is drawn again.
    if store::drawn(&mut w, of, &made, drawn.pdf.chunks(PIECE)).await? {
        letter_store::set_pages(&mut w, town.id, &pages).await?;
        letter_store::no_pages(&mut w, of, made.part).await?;
        w.commit().await?;
    }
    Ok(true)
}

/// Which of these letters go to an address that nobody may know since they were written.
pub async fn hidden_since(r: &mut Read, town: &Municipality, letters: &[Letter]) -> sqlx::Result<Vec<LetterId>> {
    let people: Vec<ResidentId> = letters.iter().map(|letter| letter.resident_id).collect();
    let hidden = residents::hidden(r, town, &people).await?;
    Ok(letters.iter().filter(|letter| hidden.contains(&letter.resident_id)).map(|letter| letter.id).collect())
}

/// Which of these letters are not sent any more, and why: to an address that nobody may know since they were written, to somebody who died or left
/// since, who may not read what it says any more, or it says what was taken back.
pub async fn not_sent(
    r: &mut Read,
    app: &App,
    town: &Municipality,
    letters: &[Letter],
) -> sqlx::Result<Vec<(LetterId, OutReason)>> {
    let hidden = hidden_since(r, town, letters).await?;
    let people: Vec<ResidentId> = letters.iter().map(|letter| letter.resident_id).collect();
    let known = residents::spoken_to(r, town, &people).await?;
    let died: HashSet<ResidentId> =
        known.into_iter().filter(|(.., state)| *state == State::Deceased).map(|(id, ..)| id).collect();
    let reaches: Vec<Uuid> = letters.iter().map(|letter| letter.reach_id).collect();
    let not_theirs = due::not_to_tell(r, app, town, &reaches).await?;
    let why = |letter: &Letter| {
        // It was hidden once, and where it went is forgotten.
        if hidden.contains(&letter.id) || letter.address_hash.is_empty() {
            Some(OutReason::WrongAddress)
        } else if died.contains(&letter.resident_id) {
            Some(OutReason::Deceased)
        } else {
            not_theirs.contains(&letter.reach_id).then_some(OutReason::Other)
        }
    };
    Ok(letters.iter().filter_map(|letter| why(letter).map(|why| (letter.id, why))).collect())
}

/// Which letters of a batch are not sent any more though they lie in it, in its order. It reads a part at a time.
pub async fn not_sent_in(r: &mut Read, app: &App, town: &Municipality, batch: BatchId) -> sqlx::Result<Vec<Letter>> {
    let mut all = Vec::new();
    for part in store::parts(r, town.id, batch).await? {
        let mut letters = letter_store::of_part(r, (town.id, batch), part.part).await?;
        letters.retain(|letter| letter.state == LetterState::Batched);
        let not_sent: HashSet<LetterId> =
            not_sent(r, app, town, &letters).await?.into_iter().map(|(letter, _)| letter).collect();
        all.extend(letters.into_iter().filter(|letter| not_sent.contains(&letter.id)));
    }
    Ok(all)
}

/// What stands on a letter, while it is drawn beside the runtime.
struct Sheet {
    language: Language,
    large: bool,
    reference: String,
    address: Vec<String>,
    date: String,
    subject: String,
    body: String,
    closing: Vec<String>,
}

impl Sheet {
    fn of(letter: &Letter, head: &Letterhead, town: &Municipality, batch: &Batch) -> Self {
        let language = town.language_for(Language::parse(&letter.language));
        let address = rules::Address {
            name: &letter.name,
            street: &letter.street,
            house_number: &letter.house_number,
            box_number: &letter.box_number,
            postcode: &letter.postcode,
            town: &letter.town,
            country: &letter.country,
        };
        Self {
            language,
            large: letter.large_print,
            reference: letter.reference.clone(),
            address: address.lines(town.language_for(None)),
            date: date(language, local_day(town.zone, batch.made_at)),
            subject: letter.subject.clone(),
            body: letter.body.clone(),
            closing: closing(head, town, language, &letter.body),
        }
    }

    fn page(&self) -> page::Letter<'_> {
        page::Letter {
            language: self.language.code(),
            large: self.large,
            reference: &self.reference,
            address: &self.address,
            date: &self.date,
            subject: &self.subject,
            body: &self.body,
            closing: &self.closing,
        }
    }
}
