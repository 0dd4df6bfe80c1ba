//! The slip as a plain page, which a browser shows and prints.

use super::Slip;
use crate::platform::text::escaped;

/// White squares around the code, which a reader needs (ISO/IEC 18004).
const MARGIN: usize = 4;

/// A page for a sheet of A5 or A6, that a screen shows as well.
const STYLE: &str = "@page{margin:12mm}body{font:1.0625rem/1.5 system-ui,sans-serif;max-width:32rem;margin:1.5rem auto;
padding:0 1.25rem;color:#000;background:#fff;overflow-wrap:anywhere}h1{font-size:1.5rem;margin:0}
.reference{font-size:2.4rem;font-weight:700;letter-spacing:.06em;margin:.25rem 0}dt{font-weight:600;margin-top:.75rem}
dd{margin:0;white-space:pre-line}svg{width:11rem;height:11rem;display:block;margin:.75rem 0}";

/// The page. It loads nothing and runs nothing.
pub fn html(slip: &Slip) -> String {
    let mut picture = String::new();
    if let Some(code) = &slip.code {
        let width = code.width + 2 * MARGIN;
        let square = |(x, y)| format!("M{},{}h1v1h-1z", x + MARGIN, y + MARGIN);
        let path: String = code.squares().map(square).collect();
        // It says nothing that the reference beside it does not.
        picture = format!(r#"<svg viewBox="0 0 {width} {width}" aria-hidden="true"><path d="{path}"/></svg>"#);
    }
    let lines: String = slip
        .lines
        .iter()
        .map(|(label, text)| format!(r#"<dt>{}</dt><dd dir="auto">{}</dd>"#, escaped(label), escaped(text)))
        .collect();
    let paragraph = |text: &String| format!("<p>{}</p>", escaped(text));
    let reference = slip.reference.as_ref().map_or_else(String::new, |(label, reference)| {
        format!(r#"<p>{}</p><p class="reference">{}</p>"#, escaped(label), escaped(reference))
    });
    format!(
        r#"<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} · {town}</title><style>{STYLE}</style></head>
<body><main><p>{town}</p><h1>{title}</h1>{reference}{picture}{say}<dl>{lines}</dl>
<p>{change}</p>{claim}</main></body></html>"#,
        lang = slip.language.code(),
        title = escaped(&slip.title),
        town = escaped(&slip.town),
        say = slip.say.as_ref().map(paragraph).unwrap_or_default(),
        change = escaped(&slip.change),
        claim = slip.claim.as_ref().map(paragraph).unwrap_or_default(),
    )
}
