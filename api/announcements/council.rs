//! A month for the council, as a plain page to print: what was promised, by which way it arrived, what is under way, and what reached nobody.
//! It has the numbers of the coverage pages and no others, so that nothing of a few follows from both.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};

use super::coverage::{self, Covered};
use crate::{
    identity::pages::escaped,
    inbox::reach::{
        Outcome,
        coverage::{self as messages, Coverage, CoverageBy, Row},
    },
    municipalities::Municipality,
    platform::{
        App,
        language::{Language, date, say},
        problem::Failure,
    },
};

/// Sheets of A4, lying; on a phone the tables scroll for themselves.
const STYLE: &str = "@page{size:A4 landscape;margin:14mm}
body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1.5rem 1.25rem 3rem;color:#000;background:#fff}
h1{font-size:1.6rem;line-height:1.25;margin:.25rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem}p{max-width:46rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9375rem}caption{text-align:left;padding:.25rem 0;color:#333}
th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}td{text-align:right;font-variant-numeric:tabular-nums}
thead th,tbody th[scope=rowgroup]{background:#eee}td.few{font-size:.8125rem;color:#333}tr.all>*{font-weight:700}
:focus-visible{outline:3px solid #0b5cad;outline-offset:2px}
@media print{body{max-width:none;padding:0;font-size:10pt}table{font-size:8.5pt}.wide{overflow:visible}h2{break-after:avoid}
tr{break-inside:avoid}thead{display:table-header-group}}";

/// What became of a message, in the order in which a council asks; each group under a heading of its own.
const GROUPS: &[(&str, &[Outcome])] = &[
    ("council-arrived", &[Outcome::Read, Outcome::Mailed, Outcome::Posted, Outcome::Called]),
    ("council-needless", &[Outcome::Settled, Outcome::Replaced]),
    ("council-not", &[Outcome::HandedOver, Outcome::NotReached, Outcome::Refused, Outcome::TooLate, Outcome::NotHere]),
];

/// The page of the month that a day lies in.
///
/// # Errors
/// `parameter_invalid` for a month that never was.
pub async fn page(app: &App, town: &Municipality, day: NaiveDate, language: Language) -> Result<String, Failure> {
    let kinds = messages::of_month(app, town, day, CoverageBy::Plan).await?;
    let announced = coverage::of_month(app, town, day, language).await?;
    Ok(html(town, language, &kinds, &announced))
}

/// A number, or that it is not told.
fn cell(language: Language, n: Option<i64>) -> String {
    match n {
        Some(n) => format!("<td>{n}</td>"),
        None => format!(r#"<td class="few">{}</td>"#, escaped(&say(language, "council-few", &[]))),
    }
}

/// Numbers together, where each of them is told.
fn sum(all: &[Option<i64>]) -> Option<i64> {
    all.iter().copied().sum()
}

fn ended(row: &Row, outcome: Outcome) -> Option<i64> {
    let place = Outcome::ALL.iter().position(|known| *known == outcome)?;
    row.ended.get(place).copied().flatten()
}

/// A table within what scrolls, where it is wider than a phone.
fn table(caption: &str, head: &[String], body: &str) -> String {
    let mut columns = String::new();
    for name in head {
        write!(columns, r#"<th scope="col">{}</th>"#, escaped(name)).ok();
    }
    let caption = escaped(caption);
    format!(
        r#"<div class="wide" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>
<thead><tr>{columns}</tr></thead>{body}</table></div>"#
    )
}

/// Messages that ask for something or tell of a change: what became of them down, their kinds across.
fn by_kind(language: Language, kinds: &Coverage) -> String {
    let text = |key: &str| say(language, key, &[]);
    if kinds.rows.is_empty() {
        return format!("<p>{}</p>", escaped(&text("council-none")));
    }
    let mut head = vec![text("council-what")];
    head.extend(kinds.rows.iter().map(|row| text(&format!("council-plan-{}", row.name.replace('_', "-")))));
    let line = |key: &str, class: &str, of: &dyn Fn(&Row) -> Option<i64>| {
        let cells: String = kinds.rows.iter().map(|row| cell(language, of(row))).collect();
        format!(r#"<tr{class}><th scope="row">{}</th>{cells}</tr>"#, escaped(&text(key)))
    };
    let mut body = format!("<tbody>{}</tbody>", line("council-promised", r#" class="all""#, &|row| row.all));
    let width = kinds.rows.len() + 1;
    for (group, outcomes) in GROUPS {
        let heading = escaped(&text(group));
        write!(body, r#"<tbody><tr><th scope="rowgroup" colspan="{width}">{heading}</th></tr>"#).ok();
        for outcome in *outcomes {
            let key = format!("council-{}", outcome.as_str().replace('_', "-"));
            body.push_str(&line(&key, "", &|row| ended(row, *outcome)));
        }
        body.push_str("</tbody>");
    }
    write!(body, "<tbody>{}</tbody>", line("council-under-way", "", &|row| row.under_way)).ok();
    table(&text("council-kinds-caption"), &head, &body)
}

/// Announcements: one on each line.
fn by_announcement(language: Language, town: &Municipality, all: &[Covered]) -> String {
    let text = |key: &str| say(language, key, &[]);
    if all.is_empty() {
        return format!("<p>{}</p>", escaped(&text("council-none-announced")));
    }
    let columns = [
        "announcement",
        "concerned",
        "read",
        "in-app",
        "mailed",
        "posted",
        "with-parent",
        "under-way",
        "without-app",
        "not",
        "needless",
        "held-back",
    ];
    let head: Vec<String> = columns.iter().map(|name| text(&format!("council-{name}"))).collect();
    let mut body = "<tbody>".to_owned();
    for c in all {
        let not = [Outcome::NotReached, Outcome::Refused, Outcome::TooLate, Outcome::NotHere].map(|o| c.of(o));
        let needless = [Outcome::Settled, Outcome::Replaced].map(|o| c.of(o));
        let numbers = [
            c.all,
            c.of(Outcome::Read),
            c.in_app,
            c.of(Outcome::Mailed),
            c.of(Outcome::Posted),
            c.of(Outcome::WithParent),
            c.under_way,
            c.without_app,
            sum(&not),
            sum(&needless),
            c.held_back,
        ];
        let cells: String = if c.is_told() {
            numbers.into_iter().map(|n| cell(language, n)).collect()
        } else {
            format!(r#"<td class="few" colspan="{}">{}</td>"#, numbers.len(), escaped(&text("council-tiny")))
        };
        let day = date(language, c.started_at.with_timezone(&town.zone).date_naive());
        write!(
            body,
            r#"<tr><th scope="row"><span dir="auto">{}</span> ({})</th>{cells}</tr>"#,
            escaped(&c.title),
            escaped(&day),
        )
        .ok();
    }
    body.push_str("</tbody>");
    table(&text("council-announced-caption"), &head, &body)
}

/// The last day of the month that begins on a day.
fn last_day(first: NaiveDate) -> NaiveDate {
    let next = first.checked_add_months(chrono::Months::new(1)).and_then(|day| day.pred_opt());
    next.unwrap_or(first)
}

fn html(town: &Municipality, language: Language, kinds: &Coverage, announced: &[Covered]) -> String {
    let text = |key: &str| escaped(&say(language, key, &[]));
    let (from, until) = (kinds.from, last_day(kinds.from));
    debug_assert_eq!(from.day(), 1, "a month begins on its first day");
    let (from, until) = (date(language, from), date(language, until));
    let period = escaped(&say(language, "council-period", &[("from", &from), ("until", &until)]));
    let name = escaped(town.name(language));
    let whole = kinds.all.map(|n| {
        let said = say(language, "council-whole", &[("number", &n.to_string())]);
        format!("<p>{}</p>", escaped(&said))
    });
    format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · {name}</title><style>{STYLE}</style></head>
<body><main><p>{name}</p><h1>{title}</h1><p>{period}</p><p>{intro}</p><p>{few}</p>
<h2>{kinds_title}</h2>{whole}{kinds_table}
<h2>{announced_title}</h2><p>{announced_intro}</p>{announced_table}</main></body></html>"#,
        lang = language.code(),
        title = text("council-title"),
        intro = text("council-intro"),
        few = text("council-few-why"),
        kinds_title = text("council-kinds"),
        whole = whole.unwrap_or_default(),
        kinds_table = by_kind(language, kinds),
        announced_title = text("council-announced"),
        announced_intro = text("council-announced-intro"),
        announced_table = by_announcement(language, town, announced),
    )
}
