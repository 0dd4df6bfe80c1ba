//! A stable code for each reason why a file, or a row of it, was not taken.
//!
//! The reasons are sentences in English, for whoever runs the server and reads a report. A page says the same in its reader's
//! language, and knows it by the code. All of them stand here in one table, so that a code goes on meaning the same wherever its
//! sentence is written; a test holds the table against the sentences.

/// What an import adds to the fault of one field.
const BUT_TAKEN: &str = ", the rest of the row was taken";
/// Of a sentence that has no code: a newer one, or an error of something below.
const OTHER: &str = "other";

/// Code and sentence, of which `{}` is any text. The first that fits counts.
const REASONS: &[(&str, &str)] = &[
    // Rows and fields.
    ("empty", "is empty"),
    ("coordinate_missing", "is empty, while there is a {}"),
    ("state_date_missing", "is empty, while the state says {}"),
    ("state_date_missing", "says deceased or departed, and the file has no column state_date"),
    ("number_rounded", "was made a rounded number by a spreadsheet{}"),
    ("number_short", "has fewer than eleven digits{}"),
    ("number_invalid", "is not a national number{}"),
    ("number_check", "is a national number whose check digits are wrong"),
    ("number_of_another", "is the number of somebody with another {}"),
    ("former_twice", "is named by two rows of this file"),
    ("former_has_row", "is the number of somebody who has a row of their own in this file"),
    ("former_is_here", "is the number of somebody who is here beside them{}"),
    ("postcode_invalid", "is no postcode of four digits{}"),
    ("postcode_abroad_invalid", "is no postcode: {}"),
    ("country_unknown", "is a code that is not known here{}"),
    ("country_invalid", "is no name of a country{}"),
    ("register_key_invalid", "is not {} letters, digits and -_./: at most"),
    ("register_key_is_number", "is a national number, which is not kept"),
    ("place_swapped", "lies outside Belgium: are latitude and longitude swapped?"),
    ("place_abroad", "lies outside Belgium{}"),
    ("row_twice", "stands in this file before, and says something else{}"),
    ("document_twice", "has this document in this file before{}"),
    ("resident_unknown", "is of nobody in the register of residents"),
    ("fields_differ", "the row has {} fields, the header {}"),
    ("header_again", "is the header again{}"),
    ("not_utf8", "is not UTF-8"),
    ("letter_lost", "holds a letter that was lost on the way"),
    ("character_invalid", "holds a line end or a tab"),
    ("character_invalid", "holds a control character"),
    ("character_invalid", "holds a character that turns the direction of the text"),
    ("character_invalid", "holds a code that is no character"),
    ("character_invalid", "holds nothing that can be seen"),
    ("formula", "begins like a spreadsheet formula"),
    ("number_end_too_long", "is longer than the {} last characters"),
    ("too_long", "is longer than {} characters"),
    ("date_serial", "is a spreadsheet's own number of a day{}"),
    ("date_invalid", "is not a date that exists{}"),
    ("date_incomplete", "has no day or no month"),
    ("degrees_wanted", "is not a number between {}"),
    ("birth_swapped", "is not the one in the national number{}"),
    ("expires_before_issued", "lies before the day of issue"),
    ("year_unlikely", "lies outside the years {}"),
    ("year_unlikely", "lies before {}"),
    ("in_future", "lies in the future"),
    ("language_unknown", "is none of nl, fr, de, en{}"),
    ("state_unknown", "is none of active, deceased, departed"),
    ("kind_unknown", "is none of {}"),
    ("parent_invalid", "holds something that is not a national number"),
    ("parents_too_many", "names more than {} parents"),
    ("parent_is_self", "names someone as their own parent"),
    // A file as a whole.
    ("file_empty", "the file is empty"),
    ("no_text", "The file is no text{}"),
    ("cut_off", "the file ends in the middle of a row{}"),
    ("file_changed", "the file changed while it was read"),
    ("column_twice", "the header has the column {} twice"),
    ("columns_missing", "the header lacks the columns {}"),
    ("row_too_long", "the header row is longer than {}"),
    ("row_too_long", "line {}: the row is longer than {}"),
    ("quote_open", "line {}: a quote opens and is not closed{}"),
    ("nothing_readable", "this snapshot holds no row that can be read{}"),
    ("would_retire", "this {} would retire {} of {} {}"),
    ("would_move", "this {} would let {} of {} {} end on another day{}"),
    ("too_many_unreadable", "{} rows of this snapshot cannot be read{}"),
    ("strangers", "{} of the {} {} in this file are not known here{}"),
    ("renumbered", "{} of the {} {} in this file get another number{}"),
    ("replaced", "a later import of {} of this town began{}"),
    ("nothing_right", "no row of the file is right{}"),
    ("town_gone", "the municipality is not served any more"),
    // What a report says of the file, below its rows.
    ("note_encoding", "the file is read as {}"),
    ("note_mixed", "rows that are UTF-8 in between{}"),
    ("note_columns_unknown", "the columns {} are not known, and were not read"),
    ("note_columns_absent", "the file has no column {}: what was known of that stands"),
    ("note_no_rows", "the file holds a header and no rows"),
    ("note_unreadable", "rows of which nobody can read whose they are: {}"),
    ("note_missing", "counted before it was taken: {} of {} are not in the file"),
    ("note_over", "counted before it was taken: {} of {} are over by what it says{}"),
    ("note_not_retired", "{} are not among the rows that can be read{}"),
    ("note_too_wrong", "{} of {} rows are wrong, more than the share of {}"),
    ("note_long_gone", "left longer ago than anything is kept of them, and were not taken: {}"),
    ("note_long_gone", "are of who left so long ago that they are kept no more, and were not taken: {}"),
    ("note_renumbered", "got another number, and go on with what they had: {}"),
    ("note_births", "have a birth date that is not the one in their number{}"),
    ("note_stops", "are stopped on a day to come, and go on until then: {}"),
    ("note_not_listed", "{} more wrong rows are not listed"),
];

/// The code of a reason; `other` for one that has none.
pub fn code(reason: &str) -> &'static str {
    found(reason).map_or(OTHER, |(code, _)| code)
}

/// The whole numbers that a reason names, in its order, for a page that says it in other words: of `would_retire`, how many of how
/// many.
pub fn numbers(reason: &str) -> Vec<i64> {
    found(reason).map(|(_, parts)| parts.iter().filter_map(|p| p.parse().ok()).collect()).unwrap_or_default()
}

fn found(reason: &str) -> Option<(&'static str, Vec<&str>)> {
    let reason = reason.strip_suffix(BUT_TAKEN).unwrap_or(reason);
    REASONS.iter().find_map(|(code, sentence)| Some((*code, parts(sentence, reason)?)))
}

/// What stands in a reason where its sentence has `{}`; none where they do not fit.
fn parts<'a>(sentence: &str, reason: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = sentence.split("{}");
    let mut rest = reason.strip_prefix(pieces.next()?)?;
    let mut all = Vec::new();
    let mut open = false;
    for piece in pieces {
        open = piece.is_empty();
        if open {
            break;
        }
        let (part, behind) = rest.split_once(piece)?;
        all.push(part);
        rest = behind;
    }
    if open {
        all.push(rest);
        rest = "";
    }
    rest.is_empty().then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_known_by_its_code_whatever_numbers_it_has() {
        for (reason, expected, of) in [
            ("is empty", "empty", vec![]),
            ("is empty, while there is a latitude", "coordinate_missing", vec![]),
            ("is none of nl, fr, de, en, which we speak, the rest of the row was taken", "language_unknown", vec![]),
            ("is none of eid, kids_id", "kind_unknown", vec![]),
            ("the row has 2 fields, the header 17", "fields_differ", vec![2, 17]),
            (
                "this snapshot would retire 3000 of 3001 residents, more than the share of 0.05 that \
                 import.snapshot_retires_at_most allows (0 rows cannot be read); nothing of this file was taken",
                "would_retire",
                vec![3_000, 3_001],
            ),
            ("is emptied", OTHER, vec![]),
            ("", OTHER, vec![]),
        ] {
            assert_eq!((code(reason), numbers(reason)), (expected, of), "{reason}");
        }
    }

    /// Each sentence that begins as reasons do, where reasons are written.
    #[test]
    fn no_reason_is_without_a_code() {
        const BEGIN: [&str; 16] = [
            "is ",
            "lies ",
            "has ",
            "holds ",
            "names ",
            "begins ",
            "was made",
            "says ",
            "stands ",
            "the row",
            "the header ",
            "the file ",
            "the columns ",
            "this ",
            "rows ",
            "counted ",
        ];
        let (mut met, mut without) = (0, Vec::new());
        for source in [
            include_str!("import/fields.rs"),
            include_str!("import/letters.rs"),
            include_str!("import/mod.rs"),
            include_str!("import/model.rs"),
            include_str!("import/refusal.rs"),
            include_str!("import/report.rs"),
            include_str!("import/source.rs"),
            include_str!("import/survey.rs"),
            include_str!("import/table.rs"),
            include_str!("text.rs"),
            include_str!("../residents/import/formers.rs"),
            include_str!("../residents/countries.rs"),
            include_str!("../residents/import/mod.rs"),
            include_str!("../residents/import/row.rs"),
            include_str!("../residents/import/run.rs"),
            include_str!("../residents/rules.rs"),
            include_str!("../documents/import.rs"),
        ] {
            let code_of_it = source.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code_of_it.lines().map(str::trim).filter(|l| !l.starts_with("//") && !l.contains("expect("));
            // A sentence may go on in the next line.
            let text = lines.collect::<Vec<_>>().join("\n").replace("\\\n", "");
            for literal in text.split('"').skip(1).step_by(1).filter(|l| BEGIN.iter().any(|b| l.starts_with(b))) {
                let mut sentence = String::new();
                let mut within = false;
                for c in literal.chars() {
                    match c {
                        '{' => within = true,
                        '}' => {
                            within = false;
                            sentence.push('7');
                        }
                        c if !within => sentence.push(c),
                        _ => {}
                    }
                }
                met += 1;
                if code(&sentence) == OTHER {
                    without.push(sentence);
                }
            }
        }
        assert!(met > 60, "{met}");
        assert!(without.is_empty(), "{without:#?}");
    }
}
