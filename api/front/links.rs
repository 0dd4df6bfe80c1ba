//! Which apps open our links, and keep passkeys for their host: Apple's and Google's phones ask for these files when an app is installed.

use poem::{IntoResponse as _, Response, handler, http::StatusCode, web::Data};
use serde_json::{Value, json};

use crate::{
    config::Config,
    platform::{
        App,
        problem::{Code, Failure},
    },
};

/// Apple's file (Supporting associated domains): everything under `sessions.app_link` opens in the app, which has passkeys for its host.
#[handler]
pub fn apple(app: Data<&App>) -> Result<Response, Failure> {
    shown(apple_file(&app.config))
}

/// Google's file (Digital Asset Links).
#[handler]
pub fn google(app: Data<&App>) -> Result<Response, Failure> {
    shown(google_file(&app.config))
}

/// A file, and `not_found` where no app is known.
fn shown(file: Option<Value>) -> Result<Response, Failure> {
    let text = file.ok_or_else(|| Failure::new(Code::NotFound))?.to_string();
    Ok(text.with_content_type("application/json").with_status(StatusCode::OK).into_response())
}

fn apple_file(config: &Config) -> Option<Value> {
    let apns = config.apps.values().filter_map(|app| app.apns.as_ref());
    let ids: Vec<String> = apns.map(|apns| format!("{}.{}", apns.team_id, apns.topic)).collect();
    let path = config.sessions.app_link.path().trim_end_matches('/');
    let paths = format!("{path}/*");
    let mut file = serde_json::Map::new();
    // Where the links have no path of their own, all pages of the host would open in the app: the console, and where a sign-in comes back.
    if !ids.is_empty() && !path.is_empty() {
        file.insert("applinks".to_owned(), json!({ "details": [{ "appIDs": ids, "components": [{ "/": paths }] }] }));
    }
    if !ids.is_empty() && config.passkeys.enabled {
        file.insert("webcredentials".to_owned(), json!({ "apps": ids }));
    }
    (!file.is_empty()).then(|| file.into())
}

fn google_file(config: &Config) -> Option<Value> {
    let passkeys = config.passkeys.enabled.then_some("delegate_permission/common.get_login_creds");
    let relation: Vec<&str> = std::iter::once("delegate_permission/common.handle_all_urls").chain(passkeys).collect();
    let known: Vec<Value> = config
        .apps
        .values()
        .filter_map(|app| app.android.as_ref())
        .map(|android| {
            json!({
                "relation": relation,
                "target": {
                    "namespace": "android_app",
                    "package_name": android.package,
                    "sha256_cert_fingerprints": android.fingerprints.iter().map(|print| print.to_uppercase()).collect::<Vec<_>>(),
                },
            })
        })
        .collect();
    (!known.is_empty()).then(|| known.into())
}
