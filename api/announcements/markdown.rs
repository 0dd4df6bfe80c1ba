//! What a text may hold: paragraphs, emphasis, lists and links, in CommonMark. Pure.
//!
//! Whatever else CommonMark knows is refused when it is written, not dropped when it is shown: the author sees what readers will.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html};
use url::Url;

use crate::platform::text::shows;

/// What a link may lead to.
const LINKS: [&str; 3] = ["https://", "mailto:", "tel:"];

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    TextMergeStream::new(Parser::new_ext(text, Options::empty()))
}

/// What a text has that it may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A tag.
    Html,
    /// A link to where none may lead.
    Link,
    /// A link whose address is none.
    Nowhere,
    /// A link without words: nobody could press it.
    NoWords,
    /// Nothing that a reader would see.
    Empty,
    /// An image.
    Image,
    /// A line that would be shown nowhere, as CommonMark takes it for the address of a link.
    Vanishes,
    /// A heading, a quotation, a rule, or code.
    Other,
}

impl Wrong {
    /// A stable word.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Link => "link",
            Self::Nowhere => "nowhere",
            Self::NoWords => "no_words",
            Self::Empty => "empty",
            Self::Image => "image",
            Self::Vanishes => "vanishes",
            Self::Other => "other",
        }
    }

    /// What it is, and what to write instead.
    pub fn why(self) -> &'static str {
        match self {
            Self::Html => "has HTML; write text, *emphasis*, lists and [links](https://…)",
            Self::Link => "has a link that begins with none of https://, mailto: and tel:",
            Self::Nowhere => {
                "has a link whose address is none, such as https:// without a host or tel: without a number"
            }
            Self::NoWords => "has a link without words",
            Self::Empty => "shows nothing",
            Self::Image => "has an image; an announcement's own is sent apart",
            Self::Vanishes => {
                "has a line that begins with a word in brackets and a colon, which no reader would see; write it without the brackets"
            }
            Self::Other => "has a heading, quotation, rule or code; write text, *emphasis*, lists and links",
        }
    }
}

/// Where a link leads, as an address that a browser takes; none where none may lead. An e-mail address between < and > has no
/// scheme, and schemes know no case.
fn destination(kind: LinkType, to: &str) -> Option<String> {
    if kind == LinkType::Email {
        return Some(format!("mailto:{to}"));
    }
    let scheme = LINKS.iter().find(|l| to.get(..l.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(l)))?;
    Some(format!("{scheme}{}", to.get(scheme.len()..)?))
}

/// Whether an address of one of [`LINKS`] leads anywhere: it has a host, a mailbox, or a number.
pub fn leads(to: &str) -> bool {
    if let Some(rest) = to.strip_prefix("https://") {
        // A browser would take a path's first part for a host that is missing.
        let whole = |url: Url| url.has_host() && url.username().is_empty() && url.password().is_none();
        return !rest.starts_with(['/', '?', '#']) && Url::parse(to).is_ok_and(whole);
    }
    if let Some(mailbox) = to.strip_prefix("mailto:") {
        let mailbox = mailbox.split('?').next().unwrap_or_default();
        return mailbox.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            && !mailbox.contains(char::is_whitespace);
    }
    let number = to.strip_prefix("tel:").unwrap_or_default();
    number.chars().filter(char::is_ascii_digit).count() >= 3
        && number.chars().all(|c| c.is_ascii_digit() || "+-.() /;=".contains(c))
}

/// Refuses what is not in the subset.
///
/// # Errors
/// What it is.
pub fn check(text: &str) -> Result<(), Wrong> {
    // Nothing is shown of them, and no event tells of them.
    if Parser::new_ext(text, Options::empty()).reference_definitions().iter().next().is_some() {
        return Err(Wrong::Vanishes);
    }
    // What the link has that is being read: none where none is.
    let mut words: Option<bool> = None;
    let mut seen = false;
    for event in events(text) {
        match event {
            Event::Text(ref said) => {
                let shows = shows(said);
                seen |= shows;
                words = words.map(|before| before || shows);
            }
            Event::End(TagEnd::Link) => {
                if words.take() == Some(false) {
                    return Err(Wrong::NoWords);
                }
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => return Err(Wrong::Html),
            Event::Start(Tag::Link { dest_url, link_type, .. }) if destination(link_type, &dest_url).is_none() => {
                return Err(Wrong::Link);
            }
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                if !destination(link_type, &dest_url).is_some_and(|to| leads(&to)) {
                    return Err(Wrong::Nowhere);
                }
                words = Some(false);
            }
            Event::Start(Tag::Image { .. }) => return Err(Wrong::Image),
            Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong | Tag::List(_) | Tag::Item)
            | Event::End(_)
            | Event::SoftBreak
            | Event::HardBreak => {}
            _ => return Err(Wrong::Other),
        }
    }
    if seen || text.is_empty() { Ok(()) } else { Err(Wrong::Empty) }
}

/// The addresses in words that are no link: what somebody wrote or pasted as it is.
fn linked(text: &str) -> Vec<Event<'static>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    let said = |part: &str| Event::Text(CowStr::from(part.to_owned()));
    let mut all = Vec::new();
    for span in finder.spans(text) {
        let kind = if span.kind() == Some(&LinkKind::Email) { LinkType::Email } else { LinkType::Inline };
        match span.kind().and_then(|_| destination(kind, span.as_str())) {
            Some(to) => {
                let (dest_url, title, id) = (to.into(), "".into(), "".into());
                all.push(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id }));
                all.push(said(span.as_str()));
                all.push(Event::End(TagEnd::Link));
            }
            None => all.push(said(span.as_str())),
        }
    }
    all
}

/// As HTML, of a text that passed [`check`]; of any other, what is not in the subset is escaped or left out.
pub fn to_html(text: &str) -> String {
    let mut in_link = false;
    let safe = events(text).flat_map(move |event| {
        match &event {
            Event::Start(Tag::Link { .. }) => in_link = true,
            Event::End(TagEnd::Link) => in_link = false,
            Event::Text(words) if !in_link => return linked(words),
            _ => {}
        }
        vec![event]
    });
    let safe = safe.filter_map(|event| match event {
        Event::Html(t) | Event::InlineHtml(t) => Some(Event::Text(t)),
        Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => None,
        Event::Start(Tag::Link { dest_url, link_type, title, id }) => {
            let dest_url = destination(link_type, &dest_url).unwrap_or_default().into();
            // What it is by now, and not what it was written as: an e-mail address would get its scheme twice.
            Some(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id }))
        }
        // A line that the author began is a line: an address, opening hours.
        Event::SoftBreak => Some(Event::HardBreak),
        other => Some(other),
    });
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, safe);
    out
}

/// As plain text, paragraphs apart by an empty line: for the inbox, letters and feeds.
pub fn to_plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut target = String::new();
    let mut label = 0;
    for event in events(text) {
        match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => out.push_str(&t),
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::Start(Tag::List(first)) => {
                if !lists.is_empty() {
                    out.push('\n');
                }
                lists.push(first);
            }
            Event::Start(Tag::Item) => {
                out.push_str(&"  ".repeat(lists.len().saturating_sub(1)));
                match lists.last_mut() {
                    Some(Some(n)) => {
                        out.push_str(&format!("{n}. "));
                        *n += 1;
                    }
                    _ => out.push_str("- "),
                }
            }
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                target = destination(link_type, &dest_url).unwrap_or_default();
                label = out.len();
            }
            // Where the words are not the address, it is told; of telephone numbers and e-mail, without the scheme.
            Event::End(TagEnd::Link) => {
                let address = target.trim_start_matches("mailto:").trim_start_matches("tel:");
                if out.get(label..).is_some_and(|l| l != address && l != target) {
                    out.push_str(&format!(" ({address})"));
                }
            }
            Event::End(TagEnd::Item) if !out.ends_with('\n') => out.push('\n'),
            Event::End(TagEnd::Paragraph) => out.push_str(if lists.is_empty() { "\n\n" } else { "\n" }),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                if lists.is_empty() {
                    out.push('\n');
                }
            }
            _ => {}
        }
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_subset_is_taken_and_nothing_else() {
        for good in [
            "Donderdag **geen water** van *9 tot 12*.\n\nVul een emmer.",
            "- glas\n- papier\n\n1. eerst\n2. dan",
            "[Lees meer](https://deinze.be) of [bel](tel:+3293819500)",
            "kinderen < 12 jaar & ouders > 30, 5 * 3",
            "Mail <info@deinze.be> of kijk op <https://deinze.be>, [hier](HTTPS://deinze.be)",
            "[Let op] morgen, en (zie [1]) ook daarna",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "<script>alert(1)</script>",
            "zie <b>dit</b>",
            "[x](javascript:alert(1))",
            "[x](http://deinze.be)",
            "![x](https://deinze.be/x.png)",
            "# Kop",
            "    code",
            "`code`",
            "> citaat",
            "<https://deinze.be/a> <img src=x onerror=alert(1)>",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        for (text, why) in [
            ("[](https://x.be)", Wrong::NoWords),
            ("zie [\u{200b}](https://x.be)", Wrong::NoWords),
            ("[x](https://)", Wrong::Nowhere),
            ("[x](https:///pad)", Wrong::Nowhere),
            ("[x](<https://exa mple>)", Wrong::Nowhere),
            ("[x](https://?q=1)", Wrong::Nowhere),
            ("[x](https://jan:pw@x.be/)", Wrong::Nowhere),
            ("[x](tel:)", Wrong::Nowhere),
            ("[x](tel:bel)", Wrong::Nowhere),
            ("[x](mailto:)", Wrong::Nowhere),
            ("[x](mailto:info)", Wrong::Nowhere),
            ("\u{200b}", Wrong::Empty),
            ("&nbsp;", Wrong::Empty),
        ] {
            assert_eq!(check(text), Err(why), "{text}");
        }
        assert_eq!(check(""), Ok(()), "a draft that has only a title yet");
        for vanishing in ["[Opgelet]: afgelast!", "[1]: https://deinze.be", "Eerst dit.\n\n[UPDATE]: geannuleerd"] {
            assert_eq!(check(vanishing), Err(Wrong::Vanishes), "{vanishing}");
        }
    }

    #[test]
    fn lines_and_addresses_stay_what_they_are() {
        let text = "Markt 1\n9800 Deinze\n<info@deinze.be>\n[Bel ons](tel:+3293819500)\n[Lees](HTTPS://deinze.be/a)";
        assert_eq!(
            to_html(text),
            "<p>Markt 1<br />\n9800 Deinze<br />\n<a href=\"mailto:info@deinze.be\">info@deinze.be</a><br />\n\
             <a href=\"tel:+3293819500\">Bel ons</a><br />\n<a href=\"https://deinze.be/a\">Lees</a></p>\n"
        );
        assert_eq!(
            to_plain(text),
            "Markt 1\n9800 Deinze\ninfo@deinze.be\nBel ons (+3293819500)\nLees (https://deinze.be/a)"
        );
    }

    #[test]
    fn plain_text_reads_well() {
        let text = "Breng **dit** mee:\n\n- *glas*\n- papier\n\n1. [eerst](https://x.be)\n2. dan\n\nTot <dan>";
        assert_eq!(
            to_plain(text),
            "Breng dit mee:\n\n- glas\n- papier\n\n1. eerst (https://x.be)\n2. dan\n\nTot <dan>"
        );
        assert_eq!(to_plain("Eén.\n\nTwee\nregels."), "Eén.\n\nTwee\nregels.");
    }

    #[test]
    fn an_address_is_a_link_as_it_is() {
        let text = "Zie https://deinze.be/kermis?a=1. Mail info@deinze.be, (of http://deinze.be).";
        assert_eq!(
            to_html(text),
            "<p>Zie <a href=\"https://deinze.be/kermis?a=1\">https://deinze.be/kermis?a=1</a>. Mail \
             <a href=\"mailto:info@deinze.be\">info@deinze.be</a>, (of http://deinze.be).</p>\n"
        );
        assert_eq!(to_html("[https://deinze.be](https://deinze.be/a)").matches("<a ").count(), 1);
    }

    proptest! {
        #[test]
        fn no_text_makes_a_tag_of_its_own(text in r#"[a-z<>/\[\]()!:"'=&#*_ \n-]{0,60}"#) {
            let html = to_html(&text);
            let known = ["<p>", "<em>", "<strong>", "<ul>", "<ol", "<li>", "<a href=\"", "<br />", "<h", "<blockquote", "<pre>", "<code>", "</"];
            for (at, _) in html.match_indices('<') {
                prop_assert!(known.iter().any(|k| html[at..].starts_with(k)), "{html}");
            }
            prop_assert!(!html.contains("href=\"javascript"));
            if check(&text).is_ok() {
                prop_assert!(!html.contains("<h") && !html.contains("<pre"));
            }
            to_plain(&text);
        }
    }
}
