//! A simulated desk: a member of staff who signs in with a tool, as a person would, and asks.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::{
    oidc::{self, Error},
    reached, says_it_is,
};

/// Where the tool would listen for its code. Nobody does: the desk reads it from the address it is sent to.
const BACK: &str = "http://127.0.0.1:9/back";

/// A desk at which somebody has signed in.
pub struct StaffClient {
    server: String,
    http: reqwest::Client,
    /// The session's token.
    pub token: String,
}

/// A one-time code, and what proves that it is the tool's.
pub struct Code {
    /// The code.
    pub code: String,
    /// The verifier.
    pub verifier: String,
}

impl StaffClient {
    /// Signs a member of staff in: the start, the provider's page, the code, the trade.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn sign_in(server: &str, name: &str) -> Result<Self, Error> {
        let code = Self::code(server, name).await?.ok_or("no code")?;
        let http = reqwest::Client::new();
        let trade = json!({ "code": code.code, "code_verifier": code.verifier });
        let answer = http.post(format!("{server}/staff/v1/sessions")).json(&trade).send().await?.error_for_status()?;
        let token = answer.json::<Value>().await?["token"].as_str().ok_or("no token")?.to_owned();
        Ok(Self { server: server.to_owned(), http, token })
    }

    /// A sign-in up to the one-time code; none where the browser ends on a page instead.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn code(server: &str, name: &str) -> Result<Option<Code>, Error> {
        let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let verifier = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        let start = json!({ "code_challenge": challenge, "redirect_uri": BACK });
        let answer = browser.post(format!("{server}/staff/v1/sign-in")).json(&start).send().await?;
        let begun: Value = answer.error_for_status()?.json().await?;
        let mut at = Url::parse(begun["authorization_url"].as_str().ok_or("no address")?)?;
        let itself = says_it_is(&at);
        at.query_pairs_mut().append_pair(oidc::AS, name);
        for _ in 0..5 {
            let answer = browser.get(reached(&at, itself.as_ref(), server)).send().await?;
            let Some(next) = answer.headers().get("location") else { return Ok(None) };
            at = at.join(next.to_str()?)?;
            if at.as_str().starts_with(BACK) {
                let code = at.query_pairs().find(|(k, _)| k == "code").map(|(_, v)| v.into_owned());
                return Ok(code.map(|code| Code { code, verifier }));
            }
        }
        Err("the browser was sent around".into())
    }

    /// Looks somebody up by their national number; gives their id.
    ///
    /// # Errors
    /// Whatever the server refuses, or nobody of that number.
    pub async fn find(&self, number: &str, reason: &str) -> Result<String, Error> {
        let question = json!({ "national_number": number, "reason": reason });
        let request = self.http.post(format!("{}/staff/v1/residents/search", self.server)).json(&question);
        let found: Value = request.bearer_auth(&self.token).send().await?.error_for_status()?.json().await?;
        Ok(found[0]["id"].as_str().ok_or("nobody of that number")?.to_owned())
    }

    /// Makes or changes something that is planned.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn plan(&self, path: &str, plan: &Value) -> Result<(), Error> {
        let request = self.http.put(format!("{}/staff/v1/{path}", self.server)).json(plan);
        request.bearer_auth(&self.token).send().await?.error_for_status()?;
        Ok(())
    }

    /// Calls the next to a desk; none where nobody waits.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn call(&self, desk: &str) -> Result<Option<Value>, Error> {
        let request = self.http.post(format!("{}/staff/v1/desks/{desk}/next", self.server)).bearer_auth(&self.token);
        let answer: Value = request.send().await?.error_for_status()?.json().await?;
        Ok(answer.get("called").cloned())
    }

    /// Takes a step with whoever was called: `recall`, `start`, `finish` or `miss`.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn step(&self, ticket: &str, step: &str) -> Result<(), Error> {
        let url = format!("{}/staff/v1/tickets/{ticket}/{step}", self.server);
        self.http.post(url).bearer_auth(&self.token).send().await?.error_for_status()?;
        Ok(())
    }

    /// Signs somebody out on all their phones.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn sign_out(&self, resident: &str, reason: &str) -> Result<(), Error> {
        let url = format!("{}/staff/v1/residents/{resident}/sessions?reason={reason}", self.server);
        self.http.delete(url).bearer_auth(&self.token).send().await?.error_for_status()?;
        Ok(())
    }

    /// Gives somebody who came without an appointment a number, and tells which.
    ///
    /// # Errors
    /// Whatever the server refuses: the location is closed, say.
    pub async fn give_number(&self, location: &str, service: &str, resident: &str) -> Result<String, Error> {
        let visitor = json!({ "location_id": location, "service_id": service, "resident_id": resident });
        let request = self.http.post(format!("{}/staff/v1/tickets", self.server)).json(&visitor);
        let given: Value = request.bearer_auth(&self.token).send().await?.error_for_status()?.json().await?;
        Ok(given["number"].as_str().ok_or("no number")?.to_owned())
    }

    /// How many documents somebody has, after a look at them.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn documents(&self, resident: &str, reason: &str) -> Result<usize, Error> {
        let url = format!("{}/staff/v1/residents/{resident}/documents?reason={reason}", self.server);
        let all: Value = self.http.get(url).bearer_auth(&self.token).send().await?.error_for_status()?.json().await?;
        Ok(all.as_array().map(Vec::len).unwrap_or_default())
    }

    /// Reads what stands at a path.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn read(&self, path: &str) -> Result<Value, Error> {
        let request = self.http.get(format!("{}/staff/v1/{path}", self.server)).bearer_auth(&self.token);
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    /// Does what a path and a body say, and tells what came of it; null where nothing is told. With null for a body it sends none.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn ask(&self, path: &str, body: &Value) -> Result<Value, Error> {
        let request = self.http.post(format!("{}/staff/v1/{path}", self.server)).bearer_auth(&self.token);
        let request = if body.is_null() { request } else { request.json(body) };
        let answer = request.send().await?.error_for_status()?.bytes().await?;
        Ok(if answer.is_empty() { Value::Null } else { serde_json::from_slice(&answer)? })
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// Whatever the server refuses.
    pub async fn file(&self, path: &str) -> Result<Vec<u8>, Error> {
        let request = self.http.get(format!("{}/staff/v1/{path}", self.server)).bearer_auth(&self.token);
        Ok(request.send().await?.error_for_status()?.bytes().await?.to_vec())
    }
}
