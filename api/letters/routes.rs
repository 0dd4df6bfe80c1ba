//! `/staff/v1/letter-batches`: what is printed in one go.

use poem::{Body as HttpBody, web::Data};
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Binary, Json},
};
use serde::Deserialize;

use super::{
    Manifest, Shown,
    model::{
        BatchId, BatchNotReady, BatchState, CannotFetch, CannotHandOver, CannotMake, CannotPrint, CannotUndo,
        LettersNone, Part,
    },
};
use crate::{
    platform::{
        App,
        http::Body,
        idempotency::IdempotencyKey,
        problem::{Failure, Refusal as _, Refused},
        text::harmless,
        values::Timestamp,
    },
    staff::access::{As, Counter},
};

/// A part of a batch: what one PDF holds.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct LetterPartOut {
    /// Which part, from 1; `get_letter_batch_pdf` takes it.
    part: i64,
    /// Whether its PDF is there. While it is not, the numbers below are those of before.
    ready: bool,
    /// How many letters are in the PDF: those that were taken out are not.
    letters: i64,
    /// How many sheets the letters take.
    pages: i64,
    /// How many bytes the PDF has; 0 where no letter is left in it, and there is no PDF.
    size: i64,
    /// The SHA-256 of the PDF, in hexadecimal digits; absent until it was made once.
    sha256: Option<String>,
    /// How many of the letters go abroad.
    abroad: i64,
}

impl From<Part> for LetterPartOut {
    fn from(p: Part) -> Self {
        Self {
            part: p.part,
            ready: !p.stale,
            letters: p.letters,
            pages: p.pages,
            size: p.size,
            sha256: p.sha256,
            abroad: p.abroad,
        }
    }
}

/// A batch of letters: what is printed in one go.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub struct LetterBatchOut {
    /// The id of the batch, a UUID.
    id: BatchId,
    /// What staff call it: counted up in the municipality.
    number: i64,
    /// When it was begun, an instant in UTC.
    made_at: Timestamp,
    /// The name of the member of staff who had it made; absent for the batch of the day.
    made_by: Option<String>,
    /// How far it is: `making`, `ready`, `printed` or `posted`.
    state: BatchState,
    /// Whether all letters that were due are in it: from then on `letters` counts up to how many there are.
    gathered: bool,
    /// How many letters have their place in it, those that were taken out among them.
    letters: i64,
    /// How many letters are in PDFs that are there: how far it is while it is made, and the total once it is ready.
    drawn: i64,
    /// How many sheets these take.
    pages: i64,
    /// Its parts, in their order: each is one PDF of five hundred letters at most.
    parts: Vec<LetterPartOut>,
    /// How often it was printed.
    printed_times: i64,
    /// The name of the member of staff who printed it last; absent where nobody did.
    printed_by: Option<String>,
    /// When it was last printed, an instant in UTC; absent where it was not.
    printed_at: Option<Timestamp>,
    /// The name of the member of staff who handed it to the post; absent where nobody did.
    posted_by: Option<String>,
    /// When it was handed to the post, an instant in UTC; absent where it was not.
    posted_at: Option<Timestamp>,
    /// How many of the letters that are `drawn` go abroad: they lie behind the others, and cost another stamp.
    abroad: i64,
    /// Which version of its PDFs is to be had: another once a letter is taken out or put back. Say it when they were printed.
    version: i64,
}

impl From<Shown> for LetterBatchOut {
    fn from(shown: Shown) -> Self {
        let (drawn, abroad, pages, version) = (shown.drawn(), shown.abroad(), shown.pages(), shown.version());
        let b = shown.batch;
        Self {
            id: b.id,
            number: b.number,
            made_at: b.made_at.into(),
            made_by: b.made_by,
            state: b.state,
            gathered: b.gathered,
            letters: b.letters,
            drawn,
            pages,
            parts: shown.parts.into_iter().map(LetterPartOut::from).collect(),
            printed_times: b.printed_times,
            printed_by: b.printed_by,
            printed_at: b.printed_at.map(Timestamp::from),
            posted_by: b.posted_by,
            posted_at: b.posted_at.map(Timestamp::from),
            abroad,
            version,
        }
    }
}

/// The batches of the municipality.
#[derive(Object)]
pub struct LetterBatchesOut {
    /// Whether the municipality sends letters on paper. Where it does not, no batch is made.
    available: bool,
    /// The newest hundred, the newest first.
    batches: Vec<LetterBatchOut>,
}

/// A batch that was begun.
#[derive(Object)]
pub struct LetterBatchMade {
    /// The id of the batch, a UUID.
    id: BatchId,
}

/// That a batch was printed.
#[derive(Object, Deserialize)]
pub struct LettersPrintedIn {
    /// Whether it is meant, where it was printed before.
    again: bool,
    /// The `version` of the batch when its PDFs were fetched. With it, what changed since is refused (`letters_changed`).
    version: Option<i64>,
}

/// The letters of a part, as they are printed.
#[derive(ApiResponse)]
pub enum LettersPdfOut {
    /// A PDF of sheets A4, in the order of a postman.
    #[oai(status = 200, content_type = "application/pdf")]
    Ok(
        Binary<HttpBody>,
        /// What to call the file.
        #[oai(header = "content-disposition")]
        String,
    ),
}

/// What lies in a batch.
#[derive(ApiResponse)]
pub enum LettersManifestOut {
    /// CSV, with a header, in UTF-8 with a mark: `sequence;part;reference;postcode;pages;language;large_print;country`; the country is empty for
    /// Belgium. Where the municipality keeps what its register calls somebody there is a last column `register_key`. The last three lines count
    /// letters and pages: `inland`, `abroad` and `total`. It names nobody.
    #[oai(status = 200, content_type = "text/csv; charset=utf-8")]
    Ok(
        Binary<Vec<u8>>,
        /// What to call the file.
        #[oai(header = "content-disposition")]
        String,
    ),
}

/// The list of what lies in a batch.
fn table(manifest: &Manifest) -> Result<Vec<u8>, Failure> {
    let keys = manifest.register_keys.as_ref();
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    let mut write = |row: [String; 8], key: &str| {
        let key = keys.map(|_| key.to_owned());
        out.write_record(row.into_iter().chain(key)).map_err(Failure::internal)
    };
    let names = ["sequence", "part", "reference", "postcode", "pages", "language", "large_print", "country"];
    write(names.map(str::to_owned), "register_key")?;
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let (mut inland, mut abroad) = ((0_i64, 0_i64), (0_i64, 0_i64));
    for letter in &manifest.letters {
        let of = if letter.country.is_empty() { &mut inland } else { &mut abroad };
        *of = (of.0 + 1, of.1 + letter.pages.unwrap_or_default());
        let row = [
            number(letter.sequence),
            number(letter.part),
            letter.reference.clone(),
            harmless(&letter.postcode),
            number(letter.pages),
            letter.language.clone(),
            letter.large_print.to_string(),
            harmless(&letter.country),
        ];
        let key = keys.and_then(|keys| keys.get(&letter.resident_id)).map_or("", String::as_str);
        write(row, &harmless(key))?;
    }
    let total = (inland.0 + abroad.0, inland.1 + abroad.1);
    for (what, (letters, pages)) in [("inland", inland), ("abroad", abroad), ("total", total)] {
        let mut row: [String; 8] = Default::default();
        (row[0], row[2], row[4]) = (letters.to_string(), what.to_owned(), pages.to_string());
        write(row, "")?;
    }
    out.into_inner().map_err(Failure::internal)
}

/// Operations on batches of letters.
#[derive(Default)]
pub struct BatchesApi;

#[OpenApi(prefix_path = "/staff/v1/letter-batches")]
impl BatchesApi {
    /// List batches of letters
    ///
    /// The newest hundred, with how far each is, and whether the municipality sends letters.
    #[oai(path = "/", method = "get", operation_id = "list_letter_batches")]
    async fn list(&self, app: Data<&App>, who: As<Counter>) -> Result<Json<LetterBatchesOut>, Failure> {
        let (available, all) = super::list(&app, &who.0).await?;
        Ok(Json(LetterBatchesOut { available, batches: all.into_iter().map(LetterBatchOut::from).collect() }))
    }

    /// Make a batch of letters
    ///
    /// Of all letters that are due now. It is made by itself from here; ask how far it is.
    #[oai(path = "/", method = "post", operation_id = "make_letter_batch")]
    async fn make(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<Json<LetterBatchMade>, Refused<CannotMake>> {
        let made = super::make(&app, &who.0, &key.by(who.0.session)).await?;
        Ok(Json(LetterBatchMade { id: made.ok_or_else(LettersNone::refused)? }))
    }

    /// Ask how far a batch is
    ///
    /// While it is made: how many letters are drawn. Afterwards: what it came to, and who printed it and handed it to the post.
    #[oai(path = "/:batch_id", method = "get", operation_id = "get_letter_batch")]
    async fn get(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        batch_id: Path<BatchId>,
    ) -> Result<Json<LetterBatchOut>, Failure> {
        Ok(Json(super::get(&app, &who.0, batch_id.0).await?.into()))
    }

    /// Get the letters of a batch as a PDF
    ///
    /// One part of it. Each of whom a letter is to can read that it was looked at.
    #[oai(path = "/:batch_id/pdf", method = "get", operation_id = "get_letter_batch_pdf")]
    async fn pdf(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        batch_id: Path<BatchId>,
        /// Which part, from 1; absent for the first.
        #[oai(validator(minimum(value = "1"), maximum(value = "100000")))]
        part: Query<Option<i64>>,
    ) -> Result<LettersPdfOut, Refused<CannotFetch>> {
        let (name, pieces) = super::pdf(&app, &who.0, batch_id.0, part.0.unwrap_or(1)).await?;
        let body = HttpBody::from_bytes_stream(pieces);
        Ok(LettersPdfOut::Ok(Binary(body), format!("attachment; filename=\"{name}\"")))
    }

    /// Get what lies in a batch
    ///
    /// As a table for the printer: each letter with its place, its reference, its postcode and its sheets, and no names.
    #[oai(path = "/:batch_id/manifest", method = "get", operation_id = "get_letter_batch_manifest")]
    async fn manifest(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        batch_id: Path<BatchId>,
    ) -> Result<LettersManifestOut, Refused<BatchNotReady>> {
        let manifest = super::manifest(&app, &who.0, batch_id.0).await?;
        let table = table(&manifest)?;
        let name = format!("attachment; filename=\"brieven-{}.csv\"", manifest.number);
        Ok(LettersManifestOut::Ok(Binary(table), name))
    }

    /// Note that a batch was printed
    ///
    /// Where it was before it is refused, with who did and when, unless it is said that it is meant.
    #[oai(path = "/:batch_id/printed", method = "post", operation_id = "mark_letter_batch_printed")]
    async fn printed(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        batch_id: Path<BatchId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
        body: Body<LettersPrintedIn>,
    ) -> Result<(), Refused<CannotPrint>> {
        let idempotency = key.by(who.0.session);
        let LettersPrintedIn { again, version } = body.0;
        super::mark_printed(&app, &who.0, batch_id.0, (again, version), &idempotency).await
    }

    /// Take back that a batch was printed
    ///
    /// The last time: what was printed then was thrown away.
    #[oai(path = "/:batch_id/printed", method = "delete", operation_id = "unmark_letter_batch_printed")]
    async fn unprinted(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        batch_id: Path<BatchId>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotUndo>> {
        let idempotency = key.by(who.0.session);
        super::unmark_printed(&app, &who.0, batch_id.0, &idempotency).await
    }

    /// Note that a batch was handed to the post
    ///
    /// From then on its letters are on their way, and those that were taken out go on with the next step. It is not taken back. Where letters lie in it
    /// that are not to be sent any more it is refused: `list_letters` names them with `not_to_send`.
    #[oai(path = "/:batch_id/posted", method = "post", operation_id = "mark_letter_batch_posted")]
    async fn posted(
        &self,
        app: Data<&App>,
        who: As<Counter>,
        batch_id: Path<BatchId>,
        /// Say it also where letters went with it that are not to be sent any more.
        anyway: Query<Option<bool>>,
        #[oai(name = "Idempotency-Key")] key: IdempotencyKey,
    ) -> Result<(), Refused<CannotHandOver>> {
        let idempotency = key.by(who.0.session);
        super::mark_posted(&app, &who.0, batch_id.0, anyway.0.unwrap_or_default(), &idempotency).await
    }
}
