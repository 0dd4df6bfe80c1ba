//! An e-mail as it is sent: plain text and the same as HTML, from the town.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use uuid::Uuid;

use crate::{
    identity::pages::escaped,
    platform::language::{Language, say},
};

/// What an e-mail is made of.
pub struct Parts<'a> {
    /// Its id, from which its Message-ID follows: the same at each try.
    pub id: Uuid,
    /// From which address.
    pub from: &'a str,
    /// What the town is called.
    pub town: &'a str,
    /// Where answers go.
    pub answers_to: &'a str,
    /// To whom.
    pub to: &'a str,
    /// In which language.
    pub language: Language,
    /// The subject.
    pub subject: &'a str,
    /// What it says.
    pub text: &'a str,
    /// Where the app opens; none where there is nothing to open.
    pub link: Option<&'a str>,
    /// Where announcements by e-mail are ended.
    pub unsubscribe: Option<&'a str>,
}

/// What stands below what it says, by paragraph: text and where it leads.
fn below<'a>(parts: &Parts<'a>) -> Vec<(String, Option<&'a str>)> {
    let town = [("municipality", parts.town)];
    let mut all = Vec::new();
    all.extend(parts.link.map(|link| (say(parts.language, "mail-open", &town), Some(link))));
    all.extend(parts.unsubscribe.map(|link| (say(parts.language, "mail-unsubscribe", &town), Some(link))));
    all.push((say(parts.language, "mail-automatic", &town), None));
    all
}

/// As plain text.
fn plain(parts: &Parts<'_>) -> String {
    let below = below(parts).into_iter().map(|(text, link)| match link {
        Some(link) => format!("{text}\n{link}"),
        None => text,
    });
    std::iter::once(parts.text.to_owned()).chain(below).collect::<Vec<_>>().join("\n\n")
}

/// As HTML: no picture, nothing that is fetched, nothing that tells who opened it.
fn html(parts: &Parts<'_>) -> String {
    let paragraph = |text: &str| format!("<p>{}</p>", escaped(text).replace('\n', "<br>"));
    let said: String = parts.text.split("\n\n").filter(|text| !text.trim().is_empty()).map(paragraph).collect();
    let below: String = below(parts)
        .into_iter()
        .map(|(text, link)| match link {
            Some(link) => format!(r#"<p><a href="{}">{}</a></p>"#, escaped(link), escaped(&text)),
            None => format!(r#"<p style="color:#4a5a6a;font-size:14px">{}</p>"#, escaped(&text)),
        })
        .collect();
    format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{subject}</title></head>
<body style="font-family:sans-serif;font-size:17px;line-height:1.5;color:#1d2733;max-width:600px">
<p><strong>{town}</strong></p>{said}{below}</body></html>"#,
        lang = parts.language.code(),
        subject = escaped(parts.subject),
        town = escaped(parts.town),
    )
}

/// A header of ASCII that is written as it is.
fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value.clone(), value)
}

/// Its bytes. What a town gives as its contact that is no address for mail is left out: answers go to whom it comes from.
///
/// # Errors
/// An address that is none.
pub fn bytes(parts: &Parts<'_>, now: DateTime<Utc>) -> anyhow::Result<Vec<u8>> {
    let address = |text: &str| text.parse::<Address>().context("an e-mail address cannot be written");
    let from = address(parts.from)?;
    let id = format!("<{}@{}>", parts.id.simple(), from.domain());
    let mut message = Message::builder()
        .from(Mailbox::new(Some(parts.town.to_owned()), from))
        .to(Mailbox::new(None, address(parts.to)?))
        .date(now.into())
        .message_id(Some(id))
        .subject(parts.subject)
        // Nobody's holiday reply answers it (RFC 3834, 5).
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("X-Auto-Response-Suppress", "All".to_owned()));
    if let Ok(answers_to) = address(parts.answers_to) {
        message = message.reply_to(Mailbox::new(None, answers_to));
    }
    if let Some(link) = parts.unsubscribe {
        // One click in the reader's own program (RFC 8058).
        message = message
            .raw_header(header("List-Unsubscribe", format!("<{link}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    let message = message.multipart(MultiPart::alternative_plain_html(plain(parts), html(parts)))?;
    Ok(message.formatted())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'a>(text: &'a str, subject: &'a str, unsubscribe: Option<&'a str>) -> Parts<'a> {
        Parts {
            id: Uuid::from_u128(1),
            from: "thuisloket@town.example",
            town: "Deinze",
            answers_to: "burgerzaken@town.example",
            to: "anna@voorbeeld.example",
            language: Language::Nl,
            subject,
            text,
            link: Some("https://app.example/thuisloket"),
            unsubscribe,
        }
    }

    #[test]
    fn what_somebody_writes_makes_no_header_and_no_markup() {
        let evil = "Hallo\r\nBcc: luc@x.example";
        let bytes = bytes(&parts("<script>1</script>\n\nTwee", evil, None), DateTime::UNIX_EPOCH).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc:")), "{head}");
        assert!(!html(&parts("<script>1</script>", "x", None)).contains("<script>"));
        assert!(text.is_ascii());
    }

    #[test]
    fn it_says_who_sends_it_and_how_to_end_it() {
        let link = "https://town.example/mail/unsubscribe/abc";
        let text = String::from_utf8(bytes(&parts("Eén", "Hé", Some(link)), DateTime::UNIX_EPOCH).unwrap()).unwrap();
        for line in [
            "Message-ID: <00000000000000000000000000000001@town.example>",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe: <https://town.example/mail/unsubscribe/abc>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(text.contains("multipart/alternative"));
    }
}
