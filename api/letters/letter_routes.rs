//! `/staff/v1/letters`, what lies in a batch, and `/staff/v1/addresses-to-check`.

use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use serde::Deserialize;

use super::{
    model::{BatchId, CannotReturn, CannotTakeOut, LetterId, LetterState, OutReason, ReturnReason},
    single::{self, Seen, Unsure},
};
use crate::{
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        ids::ResidentId,
        page,
        problem::{Failure, Refused},
        values::Timestamp,
    },
    staff::access::{As, Counter},
};

/// A letter on paper.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct LetterOut {
    /// The id of the letter, a UUID.
    id: LetterId,
    /// The id of the batch that it is in.
    batch_id: BatchId,
    /// Eight letters that stand on it, by which it is known when it comes back.
    reference: String,
    /// Its place in the batch, from 1; absent until it has one.
    sequence: Option<i64>,
    /// The part of the batch that it is in; absent until it has its place.
    part: Option<i64>,
    /// How it stands: `batched`, `taken_out`, `posted` or `returned`.
    state: LetterState,
    /// Why it was taken out; absent where it was not.
    taken_out_why: Option<OutReason>,
    /// Why it is not to be sent any more, though it lies in its batch, which was not posted: it is taken out for this reason. Absent where it is to be.
    not_to_send: Option<OutReason>,
    /// Whether it is still of use: whom it is for was told in no other way since, and is not gone.
    still_due: bool,
    /// The id of the resident whom it is for.
    resident_id: ResidentId,
    /// The name, as it stands on it.
    name: String,
    /// The street that it goes to, as the register writes it.
    street: String,
    /// The house number that it goes to.
    house_number: String,
    /// The box; empty where there is none.
    box_number: String,
    /// The postcode that it goes to.
    postcode: String,
    /// The town, as the register writes it.
    town: String,
    /// What it is about: one line.
    subject: String,
    /// In which language it is written.
    language: String,
    /// Whether it is in large print.
    large_print: bool,
    /// How many sheets it takes; absent until it was drawn, and where it was taken out since.
    pages: Option<i64>,
    /// When it was handed to the post, an instant in UTC; absent where it was not.
    posted_at: Option<Timestamp>,
    /// When it came back, an instant in UTC; absent where it did not.
    returned_at: Option<Timestamp>,
    /// The name of the member of staff who noted that; absent where it did not come back.
    returned_by: Option<String>,
    /// Why it came back; absent where it did not.
    returned_why: Option<ReturnReason>,
    /// The country that it goes to: the code of ISO 3166-1, or its name where the register knows no code; empty for Belgium.
    country: String,
    /// Whether its part of the batch is being drawn: its sheets are those of before, and there is no PDF of it now.
    being_drawn: bool,
}

impl From<Seen> for LetterOut {
    fn from(Seen { letter: l, not_to_send, still_due, being_drawn }: Seen) -> Self {
        Self {
            id: l.id,
            batch_id: l.batch_id,
            reference: l.reference,
            sequence: l.sequence,
            part: l.part,
            state: l.state,
            taken_out_why: l.why,
            not_to_send,
            still_due,
            resident_id: l.resident_id,
            name: l.name,
            street: l.street,
            house_number: l.house_number,
            box_number: l.box_number,
            postcode: l.postcode,
            town: l.town,
            subject: l.subject,
            language: l.language,
            large_print: l.large_print,
            pages: l.pages,
            posted_at: l.posted_at.map(Timestamp::from),
            returned_at: l.returned_at.map(Timestamp::from),
            returned_by: l.returned_by,
            returned_why: l.returned_why,
            country: l.country,
            being_drawn,
        }
    }
}

/// A page of the letters of a batch.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct LettersPage {
    /// The letters, in the order in which they are printed.
    letters: Vec<LetterOut>,
    /// Give it as `after` to read on; absent on the last page.
    next_after: Option<i64>,
}

/// Why a letter is taken out of its batch.
#[derive(Object, Deserialize)]
pub struct LetterTakenOutIn {
    /// Why it is not sent.
    why: OutReason,
}

/// A letter that came back.
#[derive(Object, Deserialize)]
pub struct LetterReturnedIn {
    /// Its eight letters, as they were typed or scanned: in any case, with blanks and hyphens or without.
    #[oai(validator(min_length = 1, max_length = 40))]
    reference: String,
    /// Why it came back, as the post says it on the envelope.
    why: ReturnReason,
}

/// A letter of which it was noted that it came back.
#[derive(Object)]
pub struct LetterReturnedOut {
    /// The id of the letter, a UUID.
    id: LetterId,
}

/// Somebody whose address is to be checked, as a letter came back from it.
#[derive(Object)]
pub struct AddressToCheckOut {
    /// The id of the resident.
    resident_id: ResidentId,
    /// What to call them; empty where the register has them no more.
    name: String,
    /// The id of the letter that came back.
    letter_id: LetterId,
    /// Why it came back.
    why: ReturnReason,
    /// The name of the member of staff who noted it.
    noted_by: String,
    /// When that was, an instant in UTC.
    noted_at: Timestamp,
}

impl From<Unsure> for AddressToCheckOut {
    fn from(Unsure { noted, name }: Unsure) -> Self {
        Self {
            resident_id: noted.resident_id,
            name,
            letter_id: noted.letter_id,
            why: noted.why,
            noted_by: noted.noted_by,
            noted_at: noted.noted_at.into(),
        }
    }
}

/// Operations on letters.
#[derive(Default)]
pub struct LettersApi;

#[OpenApi(prefix_path = "/staff/v1")]
impl LettersApi {
    /// List the letters of a batch
    ///
    /// In the order in which they are printed, also while a part of them is drawn. Each of whom a letter is to can read that it was looked at.
    #[oai(path = "/letter-batches/:batch_id/letters", method = "get", operation_id = "list_letters")]
    async fn list(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        batch_id: Path<BatchId>,
        /// `next_after` of the page before.
        #[oai(validator(minimum(value = "0"), maximum(value = "100000000")))]
        after: Query<Option<i64>>,
        /// Letters on a page.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// Only those that are not to be sent any more: to be taken out before the batch is handed to the post.
        not_to_send: Query<Option<bool>>,
    ) -> Result<Json<LettersPage>, Failure> {
        let limit = limit.0.unwrap_or(page::DEFAULT_LIMIT).clamp(1, page::MAX_LIMIT);
        let from = (after.0.unwrap_or_default(), limit);
        let (seen, next_after) =
            single::list(&app, &who.0, batch_id.0, from, not_to_send.0.unwrap_or_default()).await?;
        Ok(Json(LettersPage { letters: seen.into_iter().map(LetterOut::from).collect(), next_after }))
    }

    /// Find a letter by its reference
    ///
    /// However it was typed or scanned. A list of one letter, or of none. Whom it is to can read that it was looked at.
    #[oai(path = "/letters", method = "get", operation_id = "find_letter")]
    async fn find(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        /// The eight letters that stand on it.
        #[oai(validator(max_length = 40))]
        reference: Query<String>,
    ) -> Result<Json<Vec<LetterOut>>, Failure> {
        let found = single::find(&app, &who.0, &reference.0).await?;
        Ok(Json(found.into_iter().map(LetterOut::from).collect()))
    }

    /// Take a letter out of its batch
    ///
    /// It is not sent; what was said goes on with the next step once the batch is handed to the post. Where the batch was not printed yet, its
    /// PDF is made anew without it; where it was, the sheet is taken out by hand.
    #[oai(path = "/letters/:letter_id/take-out", method = "post", operation_id = "take_letter_out")]
    async fn take_out(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        letter_id: Path<LetterId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<LetterTakenOutIn>,
    ) -> Result<(), Refused<CannotTakeOut>> {
        let idempotency = key.by(who.0.session);
        single::take_out(&app, &who.0, letter_id.0, Some(body.0.why), &idempotency).await
    }

    /// Put a letter back into its batch
    ///
    /// As long as the batch was not handed to the post. Where it was printed without this letter, undo the printing first: it is not among the paper.
    #[oai(path = "/letters/:letter_id/put-back", method = "post", operation_id = "put_letter_back")]
    async fn put_back(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        letter_id: Path<LetterId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotTakeOut>> {
        let idempotency = key.by(who.0.session);
        single::take_out(&app, &who.0, letter_id.0, None, &idempotency).await
    }

    /// Note that a letter came back
    ///
    /// Its address is to be checked from then on, and no further letter goes there; what was said goes on with the next step.
    #[oai(path = "/letters/returned", method = "post", operation_id = "note_letter_returned")]
    async fn returned(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<LetterReturnedIn>,
    ) -> Result<Json<LetterReturnedOut>, Refused<CannotReturn>> {
        let LetterReturnedIn { reference, why } = body.0;
        let id = single::returned(&app, &who.0, (reference.as_str(), why), &key.by(who.0.session)).await?;
        Ok(Json(LetterReturnedOut { id }))
    }

    /// List addresses to check
    ///
    /// Of whom a letter came back, those first who wait longest; five hundred at most. Each of them can read that they were on the list. Who has
    /// another address in the register since is off it with their next letter.
    #[oai(path = "/addresses-to-check", method = "get", operation_id = "list_addresses_to_check")]
    async fn to_check(&self, app: Data<&App>, who: As<Counter>) -> Result<Json<Vec<AddressToCheckOut>>, Failure> {
        let all = single::to_check(&app, &who.0).await?;
        Ok(Json(all.into_iter().map(AddressToCheckOut::from).collect()))
    }

    /// Mark that an address was checked
    ///
    /// They are off the list, and letters go there again.
    #[oai(path = "/addresses-to-check/:resident_id", method = "delete", operation_id = "mark_address_checked")]
    async fn checked(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        resident_id: Path<ResidentId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Failure> {
        let idempotency = key.by(who.0.session);
        single::checked(&app, &who.0, resident_id.0, &idempotency).await
    }
}
