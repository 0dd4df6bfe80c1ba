//! The console of staff: the page that `web/` is built to, embedded in the binary.
//!
//! What is built (`dist/`) is committed, so that a clone needs no Node and no registry of npm to be built; `dist/built-from.txt`
//! names what it was built from, and a test holds the two against each other. The page talks to `/staff/v1` like any other
//! client, and has nothing that the contract does not say.

pub mod value;

use std::{collections::BTreeMap, sync::LazyLock};

use poem::{
    IntoResponse as _, Request, Response, handler,
    web::{Data, Path, Redirect, cookie::CookieJar},
};
use rust_embed::RustEmbed;

use crate::{
    identity::Identity,
    platform::{
        App,
        fixed::{Fixed, Keep},
        problem::{Code, Failure},
    },
    staff::{
        access::{COOKIE, caller},
        pages,
        routes::removed,
    },
};

/// Where the page is.
pub const AT: &str = "/staff/console/";
/// The page.
const PAGE: &str = "index.html";

#[derive(RustEmbed)]
#[folder = "api/console/dist"]
struct Built;

/// What the page may load: its own files, and tiles from where the configuration says they are.
fn policy(app: &App) -> String {
    let tiles = tiles(&app.config.map.tiles_url).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: {tiles}; connect-src 'self'; \
         form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The origin of tiles, as a policy names it: `{s}` stands for any subdomain.
fn tiles(url: &str) -> Option<String> {
    let url: url::Url = url.replace("{s}", "s-").replace(['{', '}'], "").parse().ok()?;
    let origin = url.origin();
    origin.is_tuple().then(|| origin.ascii_serialization().replace("://s-.", "://*."))
}

/// Where a browser of staff comes in: the console for who is signed in, and else the way to sign in.
#[handler]
pub async fn entrance(request: &Request, identity: Data<&Identity>, jar: &CookieJar) -> Response {
    if caller(request).await.is_ok() {
        return Redirect::see_other(AT).into_response();
    }
    if jar.get(COOKIE).is_some() {
        // Of a session that ended.
        jar.add(removed(COOKIE));
    }
    pages::welcome(pages::language(request), &identity.towns)
}

/// The page, for who is signed in.
#[handler]
pub async fn page(request: &Request, app: Data<&App>) -> Response {
    if caller(request).await.is_err() {
        return Redirect::see_other("/staff").into_response();
    }
    match serve(request, PAGE) {
        Ok(page) => page.with_header("content-security-policy", policy(&app)).into_response(),
        Err(failure) => failure.into_response(),
    }
}

/// A file of the page. They hold nothing of anybody, and are the same for all.
#[handler]
pub async fn file(request: &Request, Path(name): Path<String>) -> Result<Response, Failure> {
    serve(request, &name)
}

fn serve(request: &Request, name: &str) -> Result<Response, Failure> {
    static FILES: LazyLock<BTreeMap<String, Fixed>> = LazyLock::new(|| {
        let names = Built::iter().filter(|name| name != "built-from.txt");
        let built = names.filter_map(|name| Built::get(&name).map(|found| (name.into_owned(), found)));
        built.map(|(name, found)| (name, Fixed::new(found.metadata.mimetype(), found.data))).collect()
    });
    let found = FILES.get(name).ok_or_else(|| Failure::new(Code::NotFound))?;
    // Asked anew each time, and answered by the tag: a page and its script are then of one version.
    Ok(found.answer(request, Keep::WhileTheSame))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_where_tiles_are() {
        assert_eq!(tiles("https://tiles.example:8443/{z}/{x}/{y}.png").unwrap(), "https://tiles.example:8443");
        assert_eq!(tiles("https://{s}.tiles.example/{z}/{x}/{y}.png").unwrap(), "https://*.tiles.example");
        assert_eq!(tiles(""), None);
        assert_eq!(tiles("data:image/png"), None);
    }
}
