//! What a row of the register says.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hasher as _},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{Datelike as _, NaiveDate};
use sha2::{Digest as _, Sha256};

use crate::{
    municipalities::KeyBytes,
    platform::import::{Column, Day, Fields, Parsed, Wrong, without_fraction},
    residents::{
        countries,
        model::State,
        rules::{Born, NationalNumber, in_belgium, postcode, spoken},
        store::{Known, NewResident, There},
    },
};

/// The columns of a file of residents, in any order.
pub const COLUMNS: &[Column] = &[
    Column { name: "national_number", required: true },
    Column { name: "family_name", required: true },
    Column { name: "given_names", required: true },
    Column { name: "birth_date", required: true },
    Column { name: "language", required: false },
    Column { name: "street", required: true },
    Column { name: "house_number", required: true },
    Column { name: "box", required: false },
    Column { name: "postcode", required: true },
    Column { name: "town", required: true },
    Column { name: "latitude", required: false },
    Column { name: "longitude", required: false },
    Column { name: "household", required: false },
    Column { name: "parents", required: false },
    Column { name: "state", required: false },
    Column { name: "state_date", required: false },
    Column { name: "former_number", required: false },
    Column { name: "address_hidden", required: false },
    Column { name: "country", required: false },
    Column { name: "register_key", required: false },
];

/// The most parents with authority that a child may have (two; foster parents and guardians beside them).
const MAX_PARENTS: usize = 4;

/// Where the column of the number before stands.
pub(super) const FORMER: usize = 16;
/// Where it stands that nobody may know somebody's address.
const HIDDEN: usize = 17;
/// Where the country stands.
const COUNTRY: usize = 18;
/// Where it stands what the register itself calls somebody.
const REGISTER_KEY: usize = 19;

/// The most characters of what a register calls somebody.
const LONGEST_KEY: usize = 64;

/// The years in which somebody of a register may have died or moved.
const STATE_YEARS: std::ops::RangeInclusive<i32> = 1900..=2150;

/// The first year of birth that is believed.
const EARLIEST_BIRTH: i32 = 1880;

/// Somebody's row: whose, and what it says.
pub(super) struct Row {
    /// The number's hash under the newest key of the town.
    pub(super) hash: String,
    /// Under the older ones.
    pub(super) older: Vec<String>,
    /// The hashes of the number before, under each key, the newest first.
    pub(super) former: Vec<String>,
    /// Whether the birth date is another than the number begins with.
    pub(super) odd: bool,
    /// None where a field is wrong that must be right.
    pub(super) said: Option<Said>,
}

/// What a row says. None is silence: the file has no such column, or the field cannot be read.
#[derive(Hash)]
pub(super) struct Said {
    pub(super) family_name: String,
    given_names: String,
    pub(super) birth_date: Option<NaiveDate>,
    street: String,
    house_number: String,
    pub(super) town: String,
    postcode: Option<String>,
    language: Option<String>,
    box_number: Option<String>,
    place: Option<Option<Place>>,
    household: Option<String>,
    hidden: Option<bool>,
    country: Option<String>,
    register_key: Option<String>,
    pub(super) parents: Option<Vec<String>>,
    pub(super) state: Option<(State, Option<NaiveDate>)>,
    /// Whether the day of the state is only the last that it can be.
    pub(super) unsure: bool,
}

impl Said {
    /// Whether nothing need be known that it does not say; `any_abroad`: whether somebody of the town is known to be abroad.
    pub(super) fn is_whole(&self, any_abroad: bool) -> bool {
        !self.unsure
            && (self.country.is_some() || !any_abroad)
            && self.register_key.is_some()
            && self.postcode.is_some()
            && self.language.is_some()
            && self.box_number.is_some()
            && self.place.is_some()
            && self.household.is_some()
            && self.parents.is_some()
            && self.state.is_some()
    }

    /// Whether it says that somebody is gone, or will be.
    pub(super) fn is_gone(&self) -> bool {
        self.state.is_some_and(|(state, _)| state != State::Active)
    }

    /// Whether somebody who lives here would stop doing so by this, or would sooner than is known.
    pub(super) fn ends(&self, there: &There) -> bool {
        let on = self.state.and_then(|(_, on)| on);
        let sooner = there.coming_on.is_none_or(|coming| on.is_none_or(|on| on < coming));
        self.is_gone() && there.is_active() && sooner
    }
}

/// Eight bytes that stand for a text or what a row says, where a file's own are held against each other.
pub(super) fn digest(of: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// A place on the map, in degrees.
#[derive(Clone, Copy, PartialEq)]
struct Place(f64, f64);

impl std::hash::Hash for Place {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.0.to_bits(), self.1.to_bits()).hash(state);
    }
}

/// What is to be stored: what the row says, and what is known where it is silent.
pub(super) fn complete(
    (number_hash, was_hidden): (String, bool),
    said: Said,
    known: Option<&Known>,
    today: NaiveDate,
) -> NewResident {
    let sure = !said.unsure;
    let place = said.place.unwrap_or_else(|| known.and_then(|k| Some(Place(k.latitude?, k.longitude?))));
    let (state, on) = said.state.unwrap_or(match known {
        // Whoever is in the file is here again.
        None | Some(Known { state: State::Retired, .. }) => (State::Active, None),
        Some(Known { coming: Some((state, on)), .. }) => (*state, Some(*on)),
        Some(Known { state, state_on, .. }) => (*state, *state_on),
    });
    // A day that is only the last that it can be puts nothing right of what is known.
    let on = match known {
        Some(known) if !sure && known.state == state => known.state_on,
        _ => on,
    };
    let coming = on.filter(|on| state != State::Active && *on > today).map(|on| (state, on));
    let parents = said.parents.or_else(|| known.map(|k| k.parents.clone())).unwrap_or_default();
    let country = match (said.country, known) {
        (Some(country), _) => country,
        // A file without the column may know another address: with another postcode it is one here.
        (None, Some(known)) if said.postcode.as_ref().is_none_or(|said| *said == known.postcode) => {
            known.country.clone()
        }
        (None, _) => String::new(),
    };
    let text = |said: Option<String>, known: Option<&String>| said.or_else(|| known.cloned()).unwrap_or_default();
    let mut row = NewResident {
        number_hash,
        family_name: said.family_name,
        given_names: said.given_names,
        birth_date: said.birth_date,
        language: text(said.language, known.map(|k| &k.language)),
        street: said.street,
        house_number: said.house_number,
        box_number: text(said.box_number, known.map(|k| &k.box_number)),
        postcode: text(said.postcode, known.map(|k| &k.postcode)),
        town: said.town,
        latitude: place.map(|p| p.0),
        longitude: place.map(|p| p.1),
        household: text(said.household, known.map(|k| &k.household)),
        // Silence lifts no protection: a file of an older export has no such column.
        hidden: said.hidden.unwrap_or(was_hidden),
        country,
        register_key: text(said.register_key, known.map(|k| &k.register_key)),
        parents,
        state,
        state_on: on,
        coming,
        fingerprint: String::new(),
    };
    if row.hidden {
        row.forget_address();
    }
    row.fingerprint = fingerprint(&row);
    if coming.is_some() {
        (row.state, row.state_on) = (State::Active, None);
    }
    row
}

/// Reads a row. What the register itself calls somebody is read only where the town keeps it.
pub(super) fn parse(fields: &Fields<'_>, keys: &[KeyBytes], keeps_keys: bool, today: NaiveDate) -> Parsed<Row> {
    let number = match NationalNumber::parse(fields.raw(0)) {
        Ok(number) => number,
        Err(_) if fields.raw(0).trim().is_empty() => {
            return Parsed { row: None, wrong: vec![fields.misfit().unwrap_or_else(|| fields.wrong(0, "is empty"))] };
        }
        Err(why) => return Parsed { row: None, wrong: vec![fields.misfit().unwrap_or_else(|| fields.wrong(0, why))] },
    };
    let mut hashes = keys.iter().map(|key| number.hash(&key.0).0);
    let hash = hashes.next().unwrap_or_default();
    let older: Vec<String> = hashes.collect();
    let (mut wrong, mut former, mut odd) = (Vec::new(), Vec::new(), false);
    let mut own_key = Some(String::new());
    let said = match fields.misfit() {
        Some(misfit) => Err(misfit),
        None => {
            former = heard(fields, FORMER, &mut wrong, |f| former_number(f, keys, &hash)).unwrap_or_default();
            if keeps_keys {
                own_key = heard(fields, REGISTER_KEY, &mut wrong, register_key);
            }
            said(fields, keys, &hash, today, &mut wrong)
        }
    };
    let said = said.and_then(|said| match said.birth_date.map(|birth| number.born(birth)) {
        Some(Born::Swapped) => {
            Err(fields.wrong(3, "is not the one in the national number: day and month are the other way round"))
        }
        born => {
            odd = born == Some(Born::Other);
            Ok(Said { register_key: own_key, ..said })
        }
    });
    let said = said.map_err(|fault| wrong = vec![fault]).ok();
    if said.is_some() {
        for fault in &mut wrong {
            fault.reason += ", the rest of the row was taken";
        }
    }
    Parsed { row: Some(Row { hash, older, former, odd, said }), wrong }
}

/// What a row says; what is wrong with fields that it may have goes to `wrong`.
fn said(
    fields: &Fields<'_>,
    keys: &[KeyBytes],
    number_hash: &str,
    today: NaiveDate,
    wrong: &mut Vec<Wrong>,
) -> Result<Said, Wrong> {
    let country =
        heard(fields, COUNTRY, wrong, |f| countries::read(&f.text(COUNTRY)?).map_err(|why| f.wrong(COUNTRY, why)));
    let is_abroad = country.as_ref().is_some_and(|country| !country.is_empty());
    let mut said = Said {
        family_name: fields.filled(1)?.into_owned(),
        // Some people have one name only.
        given_names: fields.text(2)?.into_owned(),
        birth_date: birth_date(fields, 3, today)?,
        street: fields.text(5)?.into_owned(),
        house_number: without_fraction(&fields.text(6)?).to_owned(),
        town: fields.text(9)?.into_owned(),
        // Required, but an odd one must not cost the row: it is of an address abroad, or a clerk's slip.
        postcode: heard(fields, 8, wrong, |f| {
            let text = f.text(8)?;
            let read = if is_abroad { countries::postcode(&text) } else { postcode(&text) };
            read.map(str::to_owned).map_err(|why| f.wrong(8, why))
        }),
        language: heard(fields, 4, wrong, language),
        box_number: heard(fields, 7, wrong, |f| Ok(without_fraction(&f.text(7)?).to_owned())),
        place: heard(fields, 10, wrong, place).filter(|_| fields.has(11)),
        household: heard(fields, 12, wrong, |f| Ok(f.text(12)?.into_owned())),
        hidden: heard(fields, HIDDEN, wrong, |f| Ok(hidden(&f.text(HIDDEN)?))),
        country,
        register_key: None,
        parents: heard(fields, 13, wrong, |f| parents(f, keys, number_hash)),
        state: None,
        unsure: false,
    };
    if let Some((state, on, unsure)) = heard(fields, 14, wrong, |f| state(f, today)).flatten() {
        (said.state, said.unsure) = (Some((state, on)), unsure);
    }
    Ok(said)
}

/// A bis number that became a real one, or a number that was put right: the same person goes on.
fn former_number(fields: &Fields<'_>, keys: &[KeyBytes], number_hash: &str) -> Result<Vec<String>, Wrong> {
    match fields.text(FORMER)?.as_ref() {
        "" => Ok(Vec::new()),
        text => {
            let former = NationalNumber::parse(text).map_err(|why| fields.wrong(FORMER, why))?;
            Ok(keys.iter().map(|key| former.hash(&key.0).0).filter(|hash| hash != number_hash).collect())
        }
    }
}

/// What the register itself calls somebody, as it writes it: a number, or a few letters and digits. A national number is none: that is not kept.
fn register_key(fields: &Fields<'_>) -> Result<String, Wrong> {
    let text = fields.text(REGISTER_KEY)?;
    let key = without_fraction(&text);
    if key.len() > LONGEST_KEY || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./:".contains(&b)) {
        return Err(fields.wrong(REGISTER_KEY, format!("is not {LONGEST_KEY} letters, digits and -_./: at most")));
    }
    if NationalNumber::parse(key).is_ok() {
        return Err(fields.wrong(REGISTER_KEY, "is a national number, which is not kept"));
    }
    Ok(key.to_owned())
}

/// What a column says that a file may have; none where it has not, or where the field cannot be read.
fn heard<T>(
    fields: &Fields<'_>,
    at: usize,
    wrong: &mut Vec<Wrong>,
    read: impl FnOnce(&Fields<'_>) -> Result<T, Wrong>,
) -> Option<T> {
    if !fields.has(at) {
        return None;
    }
    read(fields).map_err(|fault| wrong.push(fault)).ok()
}

/// Whether nobody may know an address. What is not clearly a no is a yes: of a word that nobody expected, the careful side is taken.
fn hidden(text: &str) -> bool {
    const NO: [&str; 9] = ["", "0", "n", "no", "nee", "neen", "non", "nein", "false"];
    !NO.contains(&text.trim().to_lowercase().as_str())
}

fn language(fields: &Fields<'_>) -> Result<String, Wrong> {
    match fields.text(4)?.as_ref() {
        "" => Ok(String::new()),
        text => spoken(text)
            .map(|l| l.code().to_owned())
            .ok_or_else(|| fields.wrong(4, "is none of nl, fr, de, en, which we speak")),
    }
}

fn place(fields: &Fields<'_>) -> Result<Option<Place>, Wrong> {
    let degrees = |at: usize, most: f64| {
        let of_lambert =
            |wrong: Wrong| Wrong { reason: format!("{}: degrees are asked for, WGS84", wrong.reason), ..wrong };
        fields.number(at, -most, most).map_err(of_lambert)
    };
    match (degrees(10, 90.0)?, degrees(11, 180.0)?) {
        (Some(latitude), Some(longitude)) => match in_belgium(latitude, longitude) {
            Ok(()) => Ok(Some(Place(latitude, longitude))),
            Err(why) => Err(fields.wrong(10, why)),
        },
        (None, None) => Ok(None),
        _ if !fields.has(11) => Ok(None),
        (Some(_), None) => Err(fields.wrong(11, "is empty, while there is a latitude")),
        (None, Some(_)) => Err(fields.wrong(10, "is empty, while there is a longitude")),
    }
}

fn parents(fields: &Fields<'_>, keys: &[KeyBytes], number_hash: &str) -> Result<Vec<String>, Wrong> {
    const NOBODY: [&str; 6] = ["geen", "aucun", "aucune", "néant", "keine", "none"];
    let text = fields.text(13)?;
    if NOBODY.contains(&text.to_lowercase().as_str()) {
        return Ok(Vec::new());
    }
    let newest = keys.first().map(|k| k.0.as_slice()).unwrap_or_default();
    let parents = text
        .split([' ', '|', ','])
        .filter(|p| !p.is_empty())
        .map(|p| NationalNumber::parse(p).map(|n| n.hash(newest).0))
        .collect::<Result<HashSet<_>, _>>()
        .map_err(|_| fields.wrong(13, "holds something that is not a national number"))?;
    if parents.len() > MAX_PARENTS {
        return Err(fields.wrong(13, format!("names more than {MAX_PARENTS} parents")));
    }
    if parents.contains(number_hash) {
        return Err(fields.wrong(13, "names someone as their own parent"));
    }
    let mut parents: Vec<_> = parents.into_iter().collect();
    parents.sort_unstable();
    Ok(parents)
}

/// The state, since when, and whether that is only the last day that it can be; none where the field is empty, as a register
/// writes it that does not know. Of a day that is not known, the last that it can be counts, so that nobody is gone too early;
/// where it has begun and is not over, they are gone, and nobody knows since when.
fn state(fields: &Fields<'_>, today: NaiveDate) -> Result<Option<(State, Option<NaiveDate>, bool)>, Wrong> {
    let state = match fields.text(14)?.as_ref() {
        "" => return Ok(None),
        text => State::parse(&text.to_lowercase())
            .filter(|s| *s != State::Retired)
            .ok_or_else(|| fields.wrong(14, "is none of active, deceased, departed"))?,
    };
    let (on, unsure) = match fields.day(15)? {
        Day::None if state != State::Active && fields.has(15) => {
            return Err(fields.wrong(15, "is empty, while the state says deceased or departed"));
        }
        Day::None if state != State::Active => {
            return Err(fields.wrong(14, "says deceased or departed, and the file has no column state_date"));
        }
        Day::None => (None, false),
        Day::On(day) if !STATE_YEARS.contains(&day.year()) => {
            return Err(fields.wrong(15, "lies outside the years 1900 to 2150"));
        }
        // Of a year that is not known at all, nothing is held against it.
        Day::Within(first, last) if first.year() == last.year() && !STATE_YEARS.contains(&last.year()) => {
            return Err(fields.wrong(15, "lies outside the years 1900 to 2150"));
        }
        Day::On(day) => (Some(day), false),
        Day::Within(first, last) if first > today => (Some(last), false),
        Day::Within(_, last) if last <= today => (Some(last), state != State::Active),
        Day::Within(..) => (None, false),
    };
    Ok(Some((state, on, unsure)))
}

/// The birth date; none where the register does not know the day.
fn birth_date(fields: &Fields<'_>, at: usize, today: NaiveDate) -> Result<Option<NaiveDate>, Wrong> {
    let (first, last, known) = match fields.day(at)? {
        Day::None => return Ok(None),
        Day::On(day) => (day, day, Some(day)),
        Day::Within(first, last) => (first, last, None),
    };
    if last.year() < EARLIEST_BIRTH {
        return Err(fields.wrong(at, format!("lies before {EARLIEST_BIRTH}")));
    }
    if first > today {
        return Err(fields.wrong(at, "lies in the future"));
    }
    Ok(known)
}

/// What tells whether a row says anything new.
fn fingerprint(row: &NewResident) -> String {
    let mut hasher = Sha256::new();
    let numbers =
        format!("{:?}{:?}{:?}{:?}{}", row.birth_date, row.latitude, row.longitude, row.state_on, row.state.as_str());
    for text in [
        &row.family_name,
        &row.given_names,
        &row.language,
        &row.street,
        &row.house_number,
        &row.box_number,
        &row.postcode,
        &row.town,
        &row.household,
        &numbers,
    ] {
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    for parent in &row.parents {
        hasher.update(parent.as_bytes());
    }
    // What is to come is written anew once it has.
    if row.coming.is_some() {
        hasher.update([1]);
    }
    if row.hidden {
        hasher.update([2]);
    }
    // Where there is none, what was told before these columns were says the same still.
    for (mark, text) in [(3, &row.country), (4, &row.register_key)] {
        if !text.is_empty() {
            hasher.update([mark]);
            hasher.update(text.as_bytes());
        }
    }
    URL_SAFE_NO_PAD.encode(&hasher.finalize()[..16])
}
