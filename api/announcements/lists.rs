//! What staff keep to use again: audiences under a name, districts among them, and lists of people from a file.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{
    audience::{self, Audience, PeopleListId},
    model::{AudienceId, ListInUse, PeopleList, Saved},
    store::lists as store,
};
use crate::{
    audit::{self, Act, Entry},
    platform::{
        App,
        db::{Read, Write},
        idempotency::{Idempotency, deleted},
        ids::{MunicipalityId, ResidentId},
        import,
        page::NameCursor,
        problem::{Code, CursorInvalid, EditedMeanwhile, Failure, Refusal as _, Refused},
        small::FEW,
    },
    residents::{self, rules::NationalNumber},
    staff::Staff,
};

/// What the list of audiences is called in its cursors.
const AUDIENCES: &str = "audiences";
/// Audiences that a town keeps, and lists of people, at the most.
const MOST: i64 = 500;
/// The largest file of people.
pub const MAX_FILE: usize = 1 << 20;
/// People of a list, at the most.
const MAX_PEOPLE: usize = 50_000;
/// Lines that are named as wrong.
const MAX_NAMED: usize = 50;
/// Members forgotten in one statement.
const MEMBERS: i64 = 5_000;
/// What a column of national numbers is called.
const COLUMN: [&str; 8] = [
    "national_number",
    "rijksregisternummer",
    "rrn",
    "insz",
    "insz-nummer",
    "niss",
    "numéro national",
    "numéro de registre national",
];

/// Why one more than so many is not kept.
pub(super) fn no_room(most: i64) -> Failure {
    Failure::field(Code::BodyInvalid, "name", format!("would be one more than {most}: forget one first"))
}

/// The town's audiences, by name, and the cursor of the next page.
///
/// # Errors
/// `cursor_invalid`.
pub async fn list(
    app: &App,
    who: &Staff,
    cursor: Option<&str>,
    limit: u32,
) -> Result<(Vec<Saved>, Option<String>), Refused<CursorInvalid>> {
    let after = cursor.map_or(Ok(NameCursor::BEGINNING), |cursor| NameCursor::read(AUDIENCES, cursor))?;
    let mut r = app.db.read().await?;
    // One more row than asked tells whether there is a next page.
    let mut all = store::list(&mut r, who.town.id, &after, i64::from(limit) + 1).await?;
    let more = all.len() > limit as usize;
    all.truncate(limit as usize);
    let last = all.last().filter(|_| more);
    let next = last.map(|last| NameCursor { name: last.name.clone(), id: last.id.0 }.write(AUDIENCES));
    Ok((all, next))
}

/// Keeps an audience under a name; `version` is the one that was read, 0 for a new one.
///
/// # Errors
/// `body_invalid`, `edited_meanwhile`, `not_found`.
pub async fn save(
    app: &App,
    who: &Staff,
    id: AudienceId,
    version: i64,
    (name, audience): (&str, &Audience),
) -> Result<Saved, Refused<EditedMeanwhile>> {
    audience::check(audience)?;
    let (town, now) = (who.town.id, app.clock.now());
    let mut w = app.db.write().await?;
    refuse_missing(&mut w, town, audience).await?;
    // Counted before it is looked for, so that one that is being kept meanwhile is not told that it has no place.
    let is_full = version == 0 && store::count(&mut w, town).await? >= MOST;
    let known = store::get(&mut w, town, id).await?;
    if version != 0 && known.is_none() {
        return Err(Failure::new(Code::NotFound).into());
    }
    if is_full && known.is_none() {
        return Err(no_room(MOST).into());
    }
    let saved = Saved {
        id,
        version: version.saturating_add(1),
        name: name.to_owned(),
        district: audience::is_place(audience),
        audience: Json(audience.clone()),
        saved_by: who.name.clone(),
        saved_by_id: Some(who.id.0),
        updated_at: now,
    };
    if !store::save(&mut w, town, &saved).await? {
        // Sent again, as the answer was lost or was waited for: who saved it first may have been at it when it was read above.
        return match store::get(&mut w, town, id).await? {
            Some(known) if (Saved { updated_at: now, ..known.clone() }) == saved => Ok(known),
            _ => Err(EditedMeanwhile::refused()),
        };
    }
    audit::record(&mut w, app, who, &[Entry::on(Act::AudienceKept, id.0)]).await?;
    w.commit().await?;
    Ok(saved)
}

/// Forgets an audience. What was written for it keeps its own.
///
/// # Errors
/// `not_found`.
pub async fn delete(app: &App, who: &Staff, id: AudienceId, idempotency: &Idempotency) -> Result<(), Failure> {
    idempotency
        .act(app, async |w, now| {
            if store::get(w, who.town.id, id).await?.is_some() {
                // While it has its name.
                audit::record(w, app, who, &[Entry::on(Act::AudienceDeleted, id.0)]).await?;
            }
            let did = store::delete(w, who.town.id, id).await?;
            deleted(w, did, who.town.id.0, id.0, now).await.map(drop)
        })
        .await
}

/// What came of a file. Below ten it is not told how many of the file live here, so that one number tells of nobody.
pub struct Made {
    /// The list.
    pub id: PeopleListId,
    /// How many of the file live here, each once.
    pub people: Option<i64>,
    /// How many numbers are nobody's who lives here.
    pub unknown: Option<i64>,
    /// How many lines hold no national number.
    pub wrong: i64,
    /// The first of these.
    pub wrong_lines: Vec<i64>,
}

/// A file's numbers, and the lines that hold none.
struct Numbers {
    numbers: Vec<NationalNumber>,
    wrong: Vec<i64>,
}

/// Reads a national number from each line: from the column that a first line names so, or the first one. A line that says
/// something, and no number there, is wrong; a blank one says nothing.
fn read(file: &[u8]) -> Result<Numbers, Failure> {
    let text = import::whole_text(file).ok_or_else(|| Failure::fault("file", "not_text", import::NO_TEXT))?;
    let mut numbers = Vec::new();
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    let (mut at, mut begun) = (0, false);
    for (n, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split([';', ',', '\t']).map(|c| c.trim().trim_matches('"').trim()).collect();
        // What a spreadsheet writes before the table, for its own use, parts into "sep=" and nothing.
        let blank = cells.iter().all(|c| c.is_empty()) || (!begun && line.trim_matches('"').starts_with("sep="));
        if blank {
            continue;
        }
        let first = !std::mem::replace(&mut begun, true);
        if first && !line.chars().any(|c| c.is_ascii_digit()) {
            at = cells.iter().position(|c| COLUMN.contains(&c.to_lowercase().as_str())).unwrap_or_default();
            continue;
        }
        match NationalNumber::parse(cells.get(at).copied().unwrap_or_default()) {
            Ok(number) => {
                if seen.insert(number.hash(&[]).0) {
                    numbers.push(number);
                }
            }
            Err(_) => wrong.push(i64::try_from(n + 1).unwrap_or(i64::MAX)),
        }
    }
    if numbers.len() > MAX_PEOPLE {
        return Err(Failure::fault("file", "too_many", format!("has more than {MAX_PEOPLE} people")));
    }
    Ok(Numbers { numbers, wrong })
}

/// Makes a list of those of a file who live here, or makes it anew. The file is read and not kept.
///
/// # Errors
/// `body_invalid` for a file without a national number, or of too many; `list_in_use`.
pub async fn put(
    app: &App,
    who: &Staff,
    id: PeopleListId,
    name: &str,
    file: &[u8],
) -> Result<Made, Refused<ListInUse>> {
    let (town, now) = (who.town.id, app.clock.now());
    let Numbers { numbers, wrong } = read(file)?;
    if numbers.is_empty() {
        let why = format!("holds no national number; {} lines hold something else", wrong.len());
        return Err(Failure::fault("file", "no_number", why).into());
    }
    let mut w = app.db.write().await?;
    // Counted before it is looked for, as an audience is.
    let is_full = store::count_people_lists(&mut w, town).await? >= MOST;
    let is_new = !store::lock_list(&mut w, town, id).await?;
    if is_new && is_full {
        return Err(no_room(MOST).into());
    }
    let people: BTreeSet<ResidentId> =
        residents::by_national_numbers(&mut w, &who.town, &numbers).await?.into_iter().collect();
    let people: Vec<_> = people.into_iter().collect();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let here = count(people.len());
    let told = (here >= FEW).then_some(here);
    let made = Made {
        id,
        people: told,
        unknown: told.map(|here| count(numbers.len()) - here),
        wrong: count(wrong.len()),
        wrong_lines: wrong.into_iter().take(MAX_NAMED).collect(),
    };
    let list = PeopleList { id, name: name.to_owned(), people: here, made_by: who.name.clone(), created_at: now };
    store::put_people_list(&mut w, town, &list).await?;
    refuse_in_use(&mut w, town, id, now).await?;
    while store::drop_members(&mut w, town, id, MEMBERS).await? {}
    store::add_members(&mut w, town, id, &people).await?;
    let act = if is_new { Act::PeopleListMade } else { Act::PeopleListReplaced };
    audit::record(&mut w, app, who, &[Entry::on(act, id.0)]).await?;
    w.commit().await?;
    Ok(made)
}

/// The town's lists, the newest first.
///
/// # Errors
/// The database.
pub async fn people_lists(app: &App, who: &Staff) -> Result<Vec<PeopleList>, Failure> {
    let mut r = app.db.read().await?;
    Ok(store::people_lists(&mut r, who.town.id, MOST).await?)
}

/// Forgets a list.
///
/// # Errors
/// `not_found`, `list_in_use`.
pub async fn delete_people_list(
    app: &App,
    who: &Staff,
    id: PeopleListId,
    idempotency: &Idempotency,
) -> Result<(), Refused<ListInUse>> {
    let town = who.town.id;
    idempotency
        .act(app, async |w, now| {
            let did = store::lock_list(w, town, id).await?;
            if did {
                refuse_in_use(w, town, id, now).await?;
                // While it has its name.
                audit::record(w, app, who, &[Entry::on(Act::PeopleListDeleted, id.0)]).await?;
                erase(w, town, id).await?;
            }
            Ok(deleted(w, did, town.0, id.0, now).await.map(drop)?)
        })
        .await
}

/// Forgets a list with its members, in one transaction: half of a list is another list. A list is bounded, and so is this.
async fn erase(w: &mut Write, town: MunicipalityId, id: PeopleListId) -> sqlx::Result<()> {
    while store::drop_members(w, town, id, MEMBERS).await? {}
    store::delete_people_list(w, town, id).await.map(drop)
}

/// Forgets one list that was made before an instant, and that nothing is about to go to; false where there is none.
pub(super) async fn forget(w: &mut Write, before: DateTime<Utc>, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let mut place = (MunicipalityId(uuid::Uuid::nil()), PeopleListId(uuid::Uuid::nil()));
    while let Some((town, id)) = store::old_people_list(w, before, place).await? {
        if store::lock_list(w, town, id).await? && !is_in_use(w, town, id, now).await? {
            erase(w, town, id).await?;
            return Ok(true);
        }
        place = (town, id);
    }
    Ok(false)
}

/// Refuses an audience that names a list that is not there: its opposite would be everybody.
pub(super) async fn refuse_missing(r: &mut Read, town: MunicipalityId, audience: &Audience) -> Result<(), Failure> {
    for (at, list) in audience::lists(audience) {
        if !store::has_list(r, town, list).await? {
            return Err(Failure::fault(&at, "no_such_list", "names a list of people that is not there"));
        }
    }
    Ok(())
}

/// The same, and keeps its lists as they are until this transaction ends: what is submitted or approved in it goes to those who are on
/// them now, as [`refuse_in_use`] lets nobody change such a list.
pub(super) async fn hold(w: &mut Write, town: MunicipalityId, audience: &Audience) -> Result<(), Failure> {
    let lists: BTreeSet<_> = audience::lists(audience).map(|(_, list)| list.0).collect();
    // Always in the same order, so that two that name the same ones do not wait for each other.
    for list in lists {
        store::lock_list(w, town, PeopleListId(list)).await?;
    }
    refuse_missing(w, town, audience).await
}

/// Refuses to change a list, whose row this transaction holds, while something is about to go to it.
async fn refuse_in_use(
    w: &mut Write,
    town: MunicipalityId,
    id: PeopleListId,
    now: DateTime<Utc>,
) -> Result<(), Refused<ListInUse>> {
    if is_in_use(w, town, id, now).await? { Err(ListInUse::refused()) } else { Ok(()) }
}

async fn is_in_use(r: &mut Read, town: MunicipalityId, id: PeopleListId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let audiences = store::about_to_go(r, town, now).await?;
    Ok(audiences.iter().flat_map(audience::lists).any(|(_, list)| list == id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whatever_saved_it() {
        let number = "85.07.30-033.28";
        let file =
            format!("\u{feff}rijksregisternummer;naam\r\n{number};Zonnebloem\r\n\"85073003328\"\r\n\r\n123;x\r\n");
        let read = read(file.as_bytes()).unwrap();
        assert_eq!((read.numbers.len(), read.wrong), (1, vec![5]));
        assert!(super::read(&[0xff, 0xfe, 0]).is_err());
        let utf_16 = |text: &str| -> Vec<u8> {
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
        };
        for file in [
            format!("sep=;\r\nnaam;rijksregisternummer\r\nZoë;{number}\r\n").into_bytes(),
            format!("naam\tINSZ\rZoë\t{number}\r").into_bytes(),
            utf_16(&format!("naam;rrn\nZoë;{number}\n")),
            format!("\n\n\u{200e}{}\n", number.replace('-', "\u{2011}").replace('.', "\u{a0}")).into_bytes(),
            [b"naam;rrn\nZo\xeb;", number.as_bytes(), b"\n"].concat(),
        ] {
            let read = super::read(&file).unwrap();
            assert_eq!((read.numbers.len(), read.wrong), (1, vec![]), "{}", String::from_utf8_lossy(&file));
        }
        // A workbook, whatever it is called, holds nobody's number.
        for start in [&b"PK\x03\x04"[..], b"%PDF-1.7", &[0x1f, 0x8b, 8], &[0xff, 0xfe, 0, 0]] {
            let why = super::read(&[start, number.as_bytes()].concat()).err().unwrap();
            assert!(format!("{why:?}").contains("workbook or an archive"), "{why:?}");
        }
        // A line that says something, and not who, is not a line that is not there.
        let read = super::read(format!("rrn;naam\n;Zonnebloem\n;;\n{number};x\n").as_bytes()).unwrap();
        assert_eq!((read.numbers.len(), read.wrong), (1, vec![2]));
    }
}
