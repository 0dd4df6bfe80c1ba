//! What the framework says of a value at fault, in words of the contract: its own name types and validators of Rust. Pure.

/// The same in words of the contract; what is not known stays as it is.
pub fn plain(text: &str) -> String {
    let mut text = text;
    while let Some((_, inner)) = text.strip_prefix("failed to parse \"").and_then(|rest| rest.split_once("\": ")) {
        text = inner;
    }
    let text = text.split_once(" (occurred while parsing ").map_or(text, |(before, _)| before);
    if text.starts_with("Type \"") && text.ends_with("expects an input value.") {
        return "is needed".to_owned();
    }
    if text.starts_with("invalid length ") && text.contains("expected struct ") {
        return "must be an object".to_owned();
    }
    if text == "Expect a valid enumeration value." {
        return "is none of the values that the contract names".to_owned();
    }
    let Some((field, rule)) = text.split_once("verification failed. ") else { return text.to_owned() };
    match broken(rule) {
        Some(said) => format!("{}{said}", field.strip_prefix("field ").unwrap_or(field)),
        None => text.to_owned(),
    }
}

/// What a validator asks for, of which is told what it is called in the schema, and its limit.
fn broken(rule: &str) -> Option<String> {
    let (name, limit) = rule.trim_end_matches(')').split_once('(')?;
    let (n, is_open) = match limit.split_once(", exclusive: ") {
        Some((n, exclusive)) => (n, exclusive == "true"),
        None => (limit, false),
    };
    Some(match (name, is_open) {
        ("minimum", false) => format!("must be {n} at least"),
        ("minimum", true) => format!("must be more than {n}"),
        ("maximum", false) => format!("must be {n} at most"),
        ("maximum", true) => format!("must be less than {n}"),
        ("minItems", _) => format!("must have {n} at least"),
        ("maxItems", _) => format!("must have {n} at most"),
        ("minLength", _) => format!("must have {n} characters at least"),
        ("maxLength", _) => format!("must have {n} characters at most"),
        ("pattern", _) => "has not the form that the contract names".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_in_words_of_the_contract() {
        for (text, told) in [
            ("Type \"integer_int64\" expects an input value.", "is needed"),
            (
                "failed to parse \"Reason\": Expect a valid enumeration value.",
                "is none of the values that the contract names",
            ),
            ("invalid length 0, expected struct ContactSettingsIn with 7 elements", "must be an object"),
            ("verification failed. minimum(1, exclusive: false)", "must be 1 at least"),
            ("verification failed. maximum(100, exclusive: true)", "must be less than 100"),
            ("verification failed. maxLength(200)", "must have 200 characters at most"),
            (
                "failed to parse \"MandateGiving\": field `verbs` verification failed. minItems(1)",
                "`verbs` must have 1 at least",
            ),
            (
                "failed to parse \"A\": failed to parse \"B\": out of range (occurred while parsing \"A\")",
                "out of range",
            ),
            ("verification failed. pattern(\"^[0-9]{8}$\")", "has not the form that the contract names"),
            ("verification failed. somethingNew(3)", "verification failed. somethingNew(3)"),
            ("the field `a` stands twice", "the field `a` stands twice"),
        ] {
            assert_eq!(plain(text), told, "{text}");
        }
    }
}
