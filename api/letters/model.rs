//! Letters: the types that other files of the room know, and what may be refused.

use chrono::{DateTime, Utc};

use crate::{
    codes, id_type,
    platform::ids::{MunicipalityId, ResidentId},
    refusals, words,
};

id_type! {
    /// What is printed in one go.
    BatchId;
    /// A letter on paper.
    LetterId;
}

words! {
    /// How far a batch is.
    BatchState {
        /// Its letters are gathered and drawn.
        Making = "making",
        /// It can be printed.
        Ready = "ready",
        /// It was printed.
        Printed = "printed",
        /// It was handed to the post.
        Posted = "posted",
    }

    /// How a letter stands.
    LetterState {
        /// It is in its batch.
        Batched = "batched",
        /// It was taken out of its batch, and is not sent.
        TakenOut = "taken_out",
        /// It was handed to the post.
        Posted = "posted",
        /// It came back.
        Returned = "returned",
    }

    /// Why a letter is taken out of its batch.
    OutReason {
        /// They were told already: they came, rang or read it.
        WasTold = "was_told",
        /// Its address is not right.
        WrongAddress = "wrong_address",
        /// What it says is not right.
        WrongText = "wrong_text",
        /// They died.
        Deceased = "deceased",
        /// Something else.
        Other = "other",
    }

    /// Why a letter came back, as the post says it on the envelope.
    ReturnReason {
        /// Nobody of that name is known there.
        Unknown = "unknown",
        /// They moved.
        Moved = "moved",
        /// They did not take it.
        Refused = "refused",
        /// The address is not whole.
        Incomplete = "incomplete",
        /// The letterbox is full, or there is none.
        FullBox = "full_box",
        /// They died.
        Deceased = "deceased",
    }
}

codes! {
    /// The town sends no letters on paper.
    LettersOff = "letters_off" 409 Tell "This municipality sends no letters on paper.";
    /// No letter is due.
    LettersNone = "letters_none" 409 Tell "No letter is due now.";
    /// The batch is still being made.
    BatchNotReady = "batch_not_ready" 409 Reload "The batch is still being made; ask how far it is.";
    /// The batch was printed, and its PDF is given out no more: nobody may know an address in it since, or it was erased. Undo the printing to have the
    /// PDF made anew without; of a batch that was posted there is none.
    PdfWithheld = "pdf_withheld" 409 Tell "This PDF has an address that nobody may know any more; it is not given out again.";
    /// The batch was printed before. `edited_by` and `edited_at` say by whom and when.
    BatchPrinted = "batch_printed" 409 Tell "This batch was printed before; say `again` if it is printed once more.";
    /// The batch was not printed, so it cannot be posted, and there is no printing to undo.
    BatchNotPrinted = "batch_not_printed" 409 Reload "This batch was not printed.";
    /// The batch was handed to the post.
    BatchPosted = "batch_posted" 409 Reload "This batch was handed to the post; nothing of it changes any more.";
    /// The letter was not handed to the post, or that is still being written down.
    LetterNotPosted = "letter_not_posted" 409 Reload "This letter was not handed to the post, or that is still being written down.";
    /// The letters are not those that were printed: one was taken out or put back since. Print the PDFs as they are now.
    LettersChanged = "letters_changed" 409 Reload "The letters of this batch changed since you fetched its PDF; fetch and print it again.";
    /// Letters lie among the paper that are not sent any more: to somebody who died or left since, whose address nobody may know since, or who is told no
    /// more of somebody of whom it speaks, or it says what was taken back. `list_letters` names them; take them out, or say `anyway` where they went with the others.
    LettersNotSent = "letters_not_sent" 409 Tell "Letters of this batch are not to be sent any more; take them out, or say `anyway` if they are gone.";
    /// The letter was taken out before its batch was printed, so it is not among the paper. Undo the printing first; or leave it out.
    LetterNotPrinted = "letter_not_printed" 409 Tell "The batch was printed without this letter; undo the printing first, then put it back.";
    /// The letter is not to be sent any more, for the reasons of `letters_not_sent`: it stays out of its batch.
    LetterNotSent = "letter_not_sent" 409 Tell "This letter is not to be sent any more; it stays out of its batch.";
    /// The letter was noted as come back before, with another reason.
    LetterReturned = "letter_returned" 409 Tell "This letter was noted as returned before, with another reason.";
}

refusals! {
    /// A batch that is not made.
    pub CannotMake = LettersOff, LettersNone;
    /// A letter that is not taken out, or put back.
    pub CannotTakeOut = BatchNotReady, BatchPosted, LetterNotPrinted, LetterNotSent;
    /// A printing that is not noted.
    pub CannotPrint = BatchNotReady, BatchPrinted, BatchPosted, LettersChanged;
    /// A printing that is not undone.
    pub CannotUndo = BatchNotReady, BatchNotPrinted, BatchPosted;
    /// A PDF that is not given out.
    pub CannotFetch = BatchNotReady, PdfWithheld;
    /// A batch that is not noted as handed to the post.
    pub CannotHandOver = CannotUndo, LettersNotSent;
    /// A letter of which it is not noted that it came back.
    pub CannotReturn = LetterNotPosted, LetterReturned;
}

/// A batch, as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Batch {
    /// Whose it is.
    pub municipality_id: MunicipalityId,
    /// Its id.
    pub id: BatchId,
    /// What staff call it.
    pub number: i64,
    /// When it was begun.
    pub made_at: DateTime<Utc>,
    /// Who had it made; none for the batch of the day.
    pub made_by: Option<String>,
    /// How far it is.
    pub state: BatchState,
    /// Whether all letters that were due are in it.
    pub gathered: bool,
    /// Whether all of them have their place.
    pub numbered: bool,
    /// Letters that have their place.
    pub letters: i64,
    /// Its parts.
    pub parts: i64,
    /// How often it was printed.
    pub printed_times: i64,
    /// Who printed it last.
    pub printed_by: Option<String>,
    /// When.
    pub printed_at: Option<DateTime<Utc>>,
    /// By whom the time before; none where there was none, or it is not known any more.
    pub printed_before_by: Option<String>,
    /// When the time before.
    pub printed_before_at: Option<DateTime<Utc>>,
    /// Who handed it to the post.
    pub posted_by: Option<String>,
    /// When.
    pub posted_at: Option<DateTime<Utc>>,
}

/// A part of a batch, as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Part {
    /// Which, from one.
    pub part: i64,
    /// Which version of it is to be had.
    pub version: i64,
    /// Whether its PDF is still to be made.
    pub stale: bool,
    /// Letters on paper of it.
    pub letters: i64,
    /// Their sheets.
    pub pages: i64,
    /// Bytes of its PDF.
    pub size: i64,
    /// The SHA-256 of its PDF, in hexadecimal digits.
    pub sha256: Option<String>,
    /// Letters on paper of it that go abroad.
    pub abroad: i64,
}

/// A letter, as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Letter {
    /// Its id.
    pub id: LetterId,
    /// The batch.
    pub batch_id: BatchId,
    /// What asked for it.
    pub reach_id: uuid::Uuid,
    /// To whom.
    pub resident_id: ResidentId,
    /// By which it is known when it comes back.
    pub reference: String,
    /// Its place in the batch; none until it has one.
    pub sequence: Option<i64>,
    /// The part of the batch that it is in.
    pub part: Option<i64>,
    /// How it stands.
    pub state: LetterState,
    /// Why it was taken out.
    pub why: Option<OutReason>,
    /// The code of its language.
    pub language: String,
    /// Whether it is in large print.
    pub large_print: bool,
    /// To whom, as it stands on the envelope.
    pub name: String,
    /// The street.
    pub street: String,
    /// The house number.
    pub house_number: String,
    /// The box.
    #[sqlx(rename = "box")]
    pub box_number: String,
    /// The postcode.
    pub postcode: String,
    /// The town, as the register writes it.
    pub town: String,
    /// The country, as `residents::countries` keeps it; empty for Belgium.
    pub country: String,
    /// What stands for the address where two are compared.
    pub address_hash: String,
    /// One line.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// Its sheets in the PDF of its part; none while it is in none.
    pub pages: Option<i64>,
    /// When it was handed to the post.
    pub posted_at: Option<DateTime<Utc>>,
    /// When it came back.
    pub returned_at: Option<DateTime<Utc>>,
    /// Who noted that.
    pub returned_by: Option<String>,
    /// Why.
    pub returned_why: Option<ReturnReason>,
}

impl Letter {
    /// Forgets where it goes, and leaves to whom.
    pub fn forget_address(&mut self) {
        for text in [
            &mut self.street,
            &mut self.house_number,
            &mut self.box_number,
            &mut self.postcode,
            &mut self.town,
            &mut self.country,
        ] {
            text.clear();
        }
    }
}

/// An address that is to be checked.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ToCheck {
    /// Whose.
    pub resident_id: ResidentId,
    /// What stands for the address as it was.
    pub address_hash: String,
    /// The letter that came back.
    pub letter_id: LetterId,
    /// Why it came back.
    pub why: ReturnReason,
    /// Who noted that.
    pub noted_by: String,
    /// When.
    pub noted_at: DateTime<Utc>,
}
