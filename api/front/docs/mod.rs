//! The pages on which an app maker reads a contract: a guide first, then every operation by job.
//!
//! Guide and list stand in the page, which is written once when the server starts, and are there without a script. The script (`web/`, built to
//! `dist/`, which is committed so that a clone needs no Node) fetches the contract, finds an operation and shows it: what it takes and
//! answers, examples, and, where the configuration says so, a way to try it.

use std::sync::Arc;

use anyhow::Context as _;
use poem::{Request, Route, endpoint::make_sync, get};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use rust_embed::RustEmbed;
use serde_json::{Map, Value};

use crate::{
    config::Config,
    identity::pages::escaped,
    platform::fixed::{Fixed, Keep},
};

#[derive(RustEmbed)]
#[folder = "api/front/docs/dist"]
struct Built;

/// What the pages may load: files and answers of this server, and no script that stands in them or is made of text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// A contract, to be read.
struct Contract {
    /// Its page.
    at: &'static str,
    /// Where its document is.
    document: &'static str,
    /// What the page is called.
    title: &'static str,
    /// The guide, as Markdown; `{server}` stands for the address of this server.
    guide: &'static str,
    /// Whether a citizen signs in to try something, or a browser of staff is known already.
    by_citizens: bool,
}

const CITIZEN: Contract = Contract {
    at: "/docs/citizen",
    document: "/openapi/citizen.json",
    title: "Thuisloket for citizens",
    guide: include_str!("citizen.md"),
    by_citizens: true,
};
const STAFF: Contract = Contract {
    at: "/docs/staff",
    document: "/openapi/staff.json",
    title: "Thuisloket for staff",
    guide: include_str!("staff.md"),
    by_citizens: false,
};

/// The files that a page loads, by addresses that name their content.
struct Files {
    script: String,
    style: String,
}

/// The pages, their files and the documents, of which `citizen` and `staff` are the text.
///
/// # Errors
/// A document that is not JSON.
pub fn routes(mut route: Route, config: &Config, citizen: &str, staff: &str) -> anyhow::Result<Route> {
    let mut files = Files { script: String::new(), style: String::new() };
    for name in Built::iter().filter(|name| name != "built-from.txt") {
        let Some(file) = Built::get(&name) else { continue };
        let hash: String = file.metadata.sha256_hash().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let address = format!("/docs/{hash}/{name}");
        match &*name {
            "docs.js" => files.script.clone_from(&address),
            "docs.css" => files.style.clone_from(&address),
            _ => (),
        }
        let fixed = Fixed::new(file.metadata.mimetype(), file.data);
        route = route.at(address, get(make_sync(move |request: Request| fixed.answer(&request, Keep::ForGood))));
    }
    for (contract, text) in [(CITIZEN, citizen), (STAFF, staff)] {
        let html = page(&contract, &serde_json::from_str(text)?, config, &files);
        let shown = Arc::new(Fixed::new("text/html; charset=utf-8", html).with_policy(POLICY));
        let document = Fixed::new("application/json", text);
        if let Some(path) = sign_in_comes_back_to(config).filter(|_| contract.by_citizens) {
            let shown = shown.clone();
            // The address has the one-time code.
            route = route
                .try_at(&path, get(make_sync(move |request: Request| shown.answer(&request, Keep::Never))))
                .with_context(|| {
                    format!("docs.try_it: {path}, where sessions.app_link leads, is a path of the server")
                })?;
        }
        route = route
            .at(contract.at, get(make_sync(move |request: Request| shown.answer(&request, Keep::WhileTheSame))))
            .at(
                contract.document,
                get(make_sync(move |request: Request| document.answer(&request, Keep::WhileTheSame))),
            );
    }
    Ok(route)
}

/// The path of this server on which a sign-in comes back to the page that began it: where the app's links lead here, and operations may
/// be tried.
fn sign_in_comes_back_to(config: &Config) -> Option<String> {
    let link = &config.sessions.app_link;
    let path = link.path().trim_end_matches('/');
    (config.docs.try_it && link.origin() == config.server.public_url.origin() && !path.is_empty())
        .then(|| format!("{path}/sign-in"))
}

/// The ways to try an operation, as the script knows them; none where the configuration does not allow it.
fn ways_to_try(contract: &Contract, config: &Config) -> &'static str {
    match (config.docs.try_it, contract.by_citizens) {
        (false, _) => "none",
        (true, false) => "staff",
        (true, true) if sign_in_comes_back_to(config).is_some() => "sign-in",
        (true, true) => "token",
    }
}

/// What app makers read in the sources about links, which stands there only.
fn links() -> &'static str {
    let (_, rest) =
        include_str!("../../../mobile-contract/README.md").split_once("\n## Links into the app\n").unwrap_or_default();
    rest.split("\n## ").next().unwrap_or_default().trim()
}

fn page(contract: &Contract, document: &Value, config: &Config, files: &Files) -> String {
    let server = config.server.public_url.as_str().trim_end_matches('/');
    let (guide, contents) = guide(&contract.guide.replace("{server}", server).replace("{links}", links()));
    let jobs = jobs(document);
    let here = |at: &str, name: &str| {
        let current = if at == contract.at { r#" aria-current="page""# } else { "" };
        format!(r#"<a href="{at}"{current}>{name}</a>"#)
    };
    format!(
        r##"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="{style}"><script type="module" src="{script}"></script>
<link rel="preload" as="fetch" href="{document_at}" crossorigin></head>
<body data-document="{document_at}" data-try="{try_it}">
<a class="skip" href="#main">Skip to the text</a>
<header><p class="brand">Thuisloket <span>{version}</span></p>
<nav aria-label="Contracts">{citizen}{staff}<a href="/problems">Problem codes</a><a href="{document_at}">OpenAPI</a></nav></header>
<div class="columns">
<nav aria-label="Contents"><details id="contents"><summary>Contents</summary>
<div id="find"></div>
<div id="chapters"><h2>Guide</h2><ul>{contents}</ul></div>
<h2>Operations</h2><div id="operations">{menu}</div>
</details></nav>
<main id="main" tabindex="-1">
<div id="operation" hidden></div>
<div id="text"><h1>{title}</h1>
{guide}
<h2 id="guide-operations">Operations by job</h2>
<noscript><p>What an operation takes and answers is shown by a script. Without one, the <a href="{document_at}">OpenAPI document</a> has all of it.</p></noscript>
{list}</div>
</main></div></body></html>
"##,
        title = contract.title,
        style = files.style,
        script = files.script,
        document_at = contract.document,
        try_it = ways_to_try(contract, config),
        version = escaped(document["info"]["version"].as_str().unwrap_or_default()),
        citizen = here(CITIZEN.at, "Citizens’ apps"),
        staff = here(STAFF.at, "Staff and machines"),
        menu = menu(&jobs),
        list = list(&jobs),
    )
}

/// A guide as HTML, and the list of its chapters.
fn guide(markdown: &str) -> (String, String) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let (mut contents, mut chapter) = (String::new(), None);
    let events: Vec<Event> = Parser::new_ext(markdown, options)
        .flat_map(|event| {
            match &event {
                Event::Start(Tag::Heading { level: HeadingLevel::H2, id: Some(id), .. }) => {
                    chapter = Some((id.to_string(), String::new()));
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some((_, title)) = &mut chapter {
                        title.push_str(text);
                    }
                }
                Event::End(TagEnd::Heading(HeadingLevel::H2)) => {
                    if let Some((id, title)) = chapter.take() {
                        contents.push_str(&format!(
                            r##"<li><a href="#{}">{}</a></li>"##,
                            escaped(&id),
                            escaped(&title)
                        ));
                    }
                }
                _ => (),
            }
            // What is wider than a phone scrolls by itself, also by keyboard.
            match event {
                Event::Start(Tag::Table(_)) => vec![Event::Html(CowStr::from(SCROLLS)), event],
                Event::End(TagEnd::Table) => vec![event, Event::Html(CowStr::from("</div>"))],
                other => vec![other],
            }
        })
        .collect();
    let mut text = String::new();
    html::push_html(&mut text, events.into_iter());
    (text.replace("<pre>", r#"<pre tabindex="0">"#), contents)
}

const SCROLLS: &str = r#"<div class="scrolls" tabindex="0">"#;

/// The operations of a job: a tag of the document.
struct Job<'a> {
    name: &'a str,
    about: &'a str,
    operations: Vec<Operation<'a>>,
}

struct Operation<'a> {
    id: &'a str,
    method: String,
    path: &'a str,
    summary: &'a str,
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// All jobs of a document, in its order.
fn jobs(document: &Value) -> Vec<Job<'_>> {
    let tags = document["tags"].as_array().into_iter().flatten();
    tags.map(|tag| {
        let name = text(tag, "name");
        let items = document["paths"].as_object().into_iter().flatten();
        let all = items.flat_map(|(path, item)| {
            item.as_object().into_iter().flat_map(Map::iter).map(move |(method, operation)| (path, method, operation))
        });
        let operations = all
            .filter(|(.., operation)| {
                operation["tags"].as_array().is_some_and(|tags| tags.iter().any(|tag| tag == name))
            })
            .map(|(path, method, operation)| Operation {
                id: text(operation, "operationId"),
                method: method.to_uppercase(),
                path,
                summary: text(operation, "summary"),
            });
        Job { name, about: text(tag, "description"), operations: operations.collect() }
    })
    .collect()
}

fn menu(jobs: &[Job]) -> String {
    let one = |o: &Operation| format!(r##"<li><a href="#{}">{}</a></li>"##, escaped(o.id), escaped(o.summary));
    jobs.iter()
        .map(|job| {
            let operations: String = job.operations.iter().map(one).collect();
            format!("<details><summary>{}</summary><ul>{operations}</ul></details>", escaped(job.name))
        })
        .collect()
}

fn list(jobs: &[Job]) -> String {
    let one = |o: &Operation| {
        format!(
            r##"<li id="{id}" data-path="{path}"><a href="#{id}">{summary}</a> <code><b class="{method}">{method}</b> {path}</code></li>"##,
            id = escaped(o.id),
            summary = escaped(o.summary),
            method = escaped(&o.method),
            path = escaped(o.path),
        )
    };
    jobs.iter()
        .map(|job| {
            let operations: String = job.operations.iter().map(one).collect();
            format!(
                r#"<section><h3 id="job-{id}">{name}</h3><p>{about}</p><ul class="list">{operations}</ul></section>"#,
                id = escaped(&job.name.to_lowercase().replace(' ', "-")),
                name = escaped(job.name),
                about = escaped(job.about),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        Config::parse(text).unwrap()
    }

    #[test]
    fn nothing_is_tried_unless_the_configuration_says_so() {
        let here =
            "[server]\npublic_url = \"https://town.example\"\n[sessions]\napp_link = \"https://town.example/app\"\n";
        assert_eq!(ways_to_try(&CITIZEN, &config(here)), "none");
        assert_eq!(ways_to_try(&STAFF, &config(here)), "none");
        assert_eq!(sign_in_comes_back_to(&config(here)), None);
        let on = config(&format!("{here}[docs]\ntry_it = true"));
        assert_eq!(ways_to_try(&CITIZEN, &on), "sign-in");
        assert_eq!(ways_to_try(&STAFF, &on), "staff");
        assert_eq!(sign_in_comes_back_to(&on).as_deref(), Some("/app/sign-in"));
        // Where links lead to another host, or to a page of ours, no sign-in comes back here.
        for link in ["https://other.example/app", "https://town.example"] {
            let elsewhere = config(&format!(
                "[server]\npublic_url = \"https://town.example\"\n[sessions]\napp_link = \"{link}\"\n[docs]\ntry_it = true"
            ));
            assert_eq!(ways_to_try(&CITIZEN, &elsewhere), "token", "{link}");
            assert_eq!(sign_in_comes_back_to(&elsewhere), None, "{link}");
        }
    }

    #[test]
    fn links_are_told_as_in_the_sources() {
        assert!(links().contains("`/sign-in?code=…`") && links().contains("`/appointments/{id}`"), "{}", links());
    }

    /// The sources have a list of rules for apps as well: what grows there grows here.
    #[test]
    fn the_guide_has_what_the_sources_ask_of_an_app() {
        let rules = include_str!("../../../mobile-contract/README.md");
        for word in ["`maintenance`", "list_message_changes", "`kept_since`", "`text_key`", "`If-None-Match`"] {
            assert!(rules.contains(word), "{word} is no rule any more");
            assert!(CITIZEN.guide.contains(word), "{word}");
        }
        for package in ["typescript", "kotlin", "swift"] {
            assert!(rules.contains(&format!("]({package}/README.md)")), "{package}");
            assert!(CITIZEN.guide.contains(&format!("`mobile-contract/{package}`")), "{package}");
        }
    }

    #[test]
    fn each_chapter_of_a_guide_is_in_its_contents() {
        for contract in [CITIZEN, STAFF] {
            let (text, contents) = guide(contract.guide);
            let chapters = contract.guide.lines().filter(|line| line.starts_with("## ")).count();
            assert!(chapters > 3 && contents.matches("<li>").count() == chapters, "{}: {contents}", contract.title);
            for id in contents.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(text.contains(&format!("id=\"{id}\"")), "{id}");
            }
        }
    }
}
