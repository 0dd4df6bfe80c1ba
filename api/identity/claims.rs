//! What an ID token or an answer of userinfo claims. Each claim is read by its name, where it is used: a claim that nobody uses
//! refuses nobody, whatever its shape. Of one that is used and is not what it must be, name and fault are told, never its value.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value};

/// By how much a provider's clock may differ from ours. Servers that follow a time server differ by less than a second; the
/// libraries of others take half a minute to five minutes (RFC 7519, 4.1.4: "no more than a few minutes").
const CLOCKS_DIFFER: Duration = Duration::seconds(30);
/// The most characters of a subject (OpenID Connect Core, 2).
const MAX_SUBJECT: usize = 255;

/// A claim that is not what it must be.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the claim `{claim}` {what}")]
pub struct Odd {
    /// Its name.
    pub claim: String,
    /// What is wrong with it.
    pub what: &'static str,
}

fn odd(claim: &str, what: &'static str) -> Odd {
    Odd { claim: claim.to_owned(), what }
}

/// What an ID token must say.
pub struct Expected<'a> {
    /// Who says it.
    pub issuer: &'a str,
    /// To whom: our client id.
    pub client: &'a str,
    /// In answer to what.
    pub nonce: &'a str,
    /// What time it is.
    pub now: DateTime<Utc>,
}

/// Claims by name.
#[derive(Clone, Debug, Default)]
pub struct Claims(Map<String, Value>);

/// What a value is, in words that go behind the name of a claim.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "is null",
        Value::Bool(_) => "is true or false, and no text",
        Value::Number(_) => "is a number, and no text",
        Value::String(_) => "is a text",
        Value::Array(_) => "is a list, and no text",
        Value::Object(_) => "is an object, and no text",
    }
}

impl From<Map<String, Value>> for Claims {
    fn from(all: Map<String, Value>) -> Self {
        Self(all)
    }
}

impl Claims {
    /// A claim, if it is there: null says nothing.
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|v| !v.is_null())
    }

    /// Whether something is said under this name.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A text, if it is there.
    ///
    /// # Errors
    /// Something else than a text.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Odd> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(odd(name, kind(other))),
        }
    }

    /// A text that helps and is not needed: none, where it is something else.
    pub fn hint(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// Texts, as a list or a single one; none, if they are not there.
    ///
    /// # Errors
    /// Something else than that.
    pub fn texts(&self, name: &str) -> Result<Vec<&str>, Odd> {
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::String(one)) => Ok(vec![one]),
            Some(Value::Array(all)) => {
                all.iter().map(|one| one.as_str().ok_or_else(|| odd(name, "is a list with more than texts"))).collect()
            }
            Some(other) => Err(odd(name, kind(other))),
        }
    }

    /// An instant, in seconds since the epoch, which may have a fraction (RFC 7519, 2: NumericDate).
    fn seconds(&self, name: &str) -> Result<Option<f64>, Odd> {
        match self.get(name) {
            None => Ok(None),
            Some(value) => value.as_f64().map(Some).ok_or_else(|| odd(name, "is no number of seconds")),
        }
    }

    /// When they were last asked who they are (`auth_time`); none where that is not told, or in no way that can be read. Never later than now.
    pub fn asked_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let told = self.get("auth_time")?.as_f64()?;
        // Whole seconds in the years that clocks show: whatever else it says is no such instant.
        let seconds = (told.is_finite() && told >= 0.0).then_some(told as i64)?;
        DateTime::from_timestamp(seconds, 0).map(|at| at.min(now))
    }

    /// Who it is there: compared to the letter, and never changed. One that nobody can be told by is none.
    ///
    /// # Errors
    /// An absent, empty, blank or overlong subject, and one with control characters.
    pub fn subject(&self) -> Result<&str, Odd> {
        let subject = self.text("sub")?.ok_or_else(|| odd("sub", "is absent"))?;
        if subject.is_empty() {
            return Err(odd("sub", "is empty"));
        }
        if subject.chars().count() > MAX_SUBJECT {
            return Err(odd("sub", "has more than 255 characters"));
        }
        if subject.chars().any(char::is_control) {
            return Err(odd("sub", "holds a control character"));
        }
        if !subject.chars().any(char::is_alphanumeric) {
            return Err(odd("sub", "holds no letter and no digit"));
        }
        Ok(subject)
    }

    /// Whether it is of this issuer and for this client.
    ///
    /// # Errors
    /// Another issuer, another audience.
    pub fn check_parties(&self, issuer: &str, client: &str) -> Result<(), Odd> {
        match self.text("iss")? {
            Some(iss) if iss == issuer => {}
            Some(_) => return Err(odd("iss", "is not the provider's issuer")),
            None => return Err(odd("iss", "is absent")),
        }
        let audience = self.texts("aud")?;
        if !audience.contains(&client) {
            return Err(odd("aud", if audience.is_empty() { "is absent" } else { "does not name us" }));
        }
        // Given to another client, it is no sign-in here. Providers that name several audiences (a project, an API) say in
        // `azp` for which it was made.
        match self.text("azp")? {
            Some(azp) if azp == client => Ok(()),
            Some(_) => Err(odd("azp", "is another client")),
            None if audience.iter().any(|a| *a != client) => {
                Err(odd("azp", "is absent, and `aud` names others beside us"))
            }
            None => Ok(()),
        }
    }

    /// Whether an ID token says what it must (OpenID Connect Core, 3.1.3.7): its signature was checked before.
    ///
    /// # Errors
    /// The claim that does not.
    pub fn check_id_token(&self, expected: &Expected<'_>) -> Result<(), Odd> {
        self.check_parties(expected.issuer, expected.client)?;
        self.subject()?;
        let latest = (expected.now + CLOCKS_DIFFER).timestamp() as f64;
        let earliest = (expected.now - CLOCKS_DIFFER).timestamp() as f64;
        match self.seconds("exp")? {
            None => return Err(odd("exp", "is absent")),
            Some(exp) if exp <= earliest => return Err(odd("exp", "has passed")),
            Some(_) => {}
        }
        match self.seconds("iat")? {
            None => return Err(odd("iat", "is absent")),
            Some(iat) if iat > latest => return Err(odd("iat", "is still to come")),
            Some(_) => {}
        }
        if self.seconds("nbf")?.is_some_and(|nbf| nbf > latest) {
            return Err(odd("nbf", "is still to come"));
        }
        match self.text("nonce")? {
            Some(nonce) if nonce == expected.nonce => Ok(()),
            Some(_) => Err(odd("nonce", "is not the one of this sign-in")),
            None => Err(odd("nonce", "is absent")),
        }
    }

    /// These, and of others what these do not say.
    pub fn and(mut self, others: Self) -> Self {
        for (name, value) in others.0 {
            if self.get(&name).is_none() {
                self.0.insert(name, value);
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;

    fn sound() -> Value {
        json!({ "iss": "https://op/", "aud": "us", "sub": "a", "exp": NOW + 60, "iat": NOW, "nonce": "n" })
    }

    fn checked(claims: Value) -> Result<(), Odd> {
        let Value::Object(all) = claims else { panic!("no object") };
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        Claims(all).check_id_token(&Expected { issuer: "https://op/", client: "us", nonce: "n", now })
    }

    #[test]
    fn an_id_token_says_who_it_is_of_for_whom_and_until_when() {
        for (claim, values) in [
            ("iss", vec![json!("https://op"), json!("https://OP/"), json!(1), json!(null), json!(["https://op/"])]),
            ("aud", vec![json!("them"), json!([]), json!(null), json!(7), json!({}), json!(["us", 1]), json!("US")]),
            ("azp", vec![json!("them"), json!(7), json!(""), json!(["us"])]),
            ("exp", vec![json!(NOW - 30), json!(null), json!("soon"), json!((NOW + 60).to_string())]),
            ("iat", vec![json!(NOW + 31), json!(null), json!("now"), json!(true)]),
            ("nbf", vec![json!(NOW + 31), json!("now"), json!([])]),
            ("nonce", vec![json!("m"), json!(null), json!(""), json!(["n"])]),
            (
                "sub",
                vec![
                    json!(""),
                    json!(" "),
                    json!("\u{200b}"),
                    json!("a\u{0}"),
                    json!("a\nb"),
                    json!("x".repeat(256)),
                    json!(7),
                    json!(null),
                    json!(["a"]),
                ],
            ),
        ] {
            for value in values {
                let mut claims = sound();
                claims[claim] = value.clone();
                assert_eq!(checked(claims).map_err(|o| o.claim), Err(claim.to_owned()), "{value}");
            }
        }
        let mut several = sound();
        several["aud"] = json!(["us", "them"]);
        assert_eq!(checked(several.clone()).map_err(|o| o.claim), Err("azp".to_owned()));
        several["azp"] = json!("us");
        assert_eq!(checked(several), Ok(()));
    }

    #[test]
    fn clocks_may_differ_by_half_a_minute_and_what_nobody_uses_may_be_anything() {
        for (claim, value) in [
            ("exp", json!(NOW - 29)),
            ("exp", json!(NOW as f64 + 0.5)),
            ("iat", json!(NOW + 30)),
            ("nbf", json!(NOW + 30)),
            ("aud", json!(["us"])),
            ("azp", json!("us")),
            ("azp", json!(null)),
            ("sub", json!("é".repeat(255))),
            ("email_verified", json!("true")),
            ("updated_at", json!("2027-01-01")),
            ("address", json!("Kouter 1")),
            ("auth_time", json!("x")),
        ] {
            let mut claims = sound();
            claims[claim] = value.clone();
            assert_eq!(checked(claims), Ok(()), "{claim} {value}");
        }
    }

    #[test]
    fn when_somebody_was_asked_is_no_later_than_now_and_nothing_where_it_is_odd() {
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        let asked = |value: Value| Claims(json!({ "auth_time": value }).as_object().unwrap().clone()).asked_at(now);
        assert_eq!(asked(json!(NOW - 60)), Some(now - Duration::seconds(60)));
        assert_eq!(asked(json!(NOW as f64 - 59.5)), Some(now - Duration::seconds(60)));
        assert_eq!(asked(json!(NOW + 60)), Some(now));
        for odd in [json!(null), json!("x"), json!(NOW.to_string()), json!(-1), json!(1e300), json!([NOW])] {
            assert_eq!(asked(odd.clone()), None, "{odd}");
        }
    }

    #[test]
    fn the_id_token_comes_first_and_null_says_nothing() {
        let of = |value: Value| Claims(value.as_object().unwrap().clone());
        let all = of(json!({ "a": "1", "b": null })).and(of(json!({ "a": "2", "b": "3", "c": ["4"] })));
        assert_eq!((all.text("a"), all.text("b"), all.texts("c")), (Ok(Some("1")), Ok(Some("3")), Ok(vec!["4"])));
        assert_eq!(all.text("c").unwrap_err().to_string(), "the claim `c` is a list, and no text");
        assert_eq!(all.hint("c"), None);
    }
}
