//! The console of staff: the page that `web/` is built to, embedded in the binary.
//!
//! What is built (`dist/`) is committed, so that a clone needs no Node and no registry of npm to be built; `dist/built-from.txt`
//! names what it was built from, and a test holds the two against each other. The page talks to `/staff/v1` like any other
//! client, and has nothing that the contract does not say.

pub mod value;

use poem::{
    IntoResponse as _, Request, Response, handler,
    http::{StatusCode, header},
    web::{
        Data, Path, Redirect,
        cookie::CookieJar,
        headers::{HeaderMapExt as _, IfNoneMatch},
    },
};
use rust_embed::RustEmbed;

use crate::{
    identity::Identity,
    platform::{
        App,
        conditional::entity_tag,
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
    let found = Built::get(name).filter(|_| name != "built-from.txt").ok_or_else(|| Failure::new(Code::NotFound))?;
    let tag = entity_tag(&found.metadata.sha256_hash()).ok_or_else(|| Failure::internal("a hash that is no tag"))?;
    let known: Option<IfNoneMatch> = request.headers().typed_get();
    let same = known.is_some_and(|known| !known.precondition_passes(&tag));
    let kind = found.metadata.mimetype().to_owned();
    let mut answer = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        found.data.into_owned().with_content_type(kind).into_response()
    };
    // Asked anew each time, and answered by the tag: a page and its script are then of one version.
    answer.headers_mut().typed_insert(tag);
    Ok(answer.with_header(header::CACHE_CONTROL, "no-cache").into_response())
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
