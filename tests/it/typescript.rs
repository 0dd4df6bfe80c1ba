//! The package for apps in TypeScript (`mobile-contract/typescript`), in Node, on a running town.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::process::Command;

use crate::console::demo;

/// How long Node is waited for: its tests wait for some answers that never come.
const PATIENCE: Duration = Duration::from_secs(300);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("mobile-contract/typescript")
}

/// Where the package was built: by `./check`, if there is a Node for it.
fn built() -> Option<PathBuf> {
    let folder = folder();
    let parts = ["dist/tests/journey.test.js", "node_modules/openapi-fetch"];
    let is_there = std::process::Command::new("node").arg("--version").output().is_ok();
    if is_there && parts.iter().all(|part| folder.join(part).exists()) {
        return Some(folder);
    }
    eprintln!("SKIPPED in Node: mobile-contract/typescript is not built; ./check builds it where there is a Node");
    None
}

/// What Node says when it is run in the package; it must come to a good end.
async fn node(folder: &Path, args: &[&str], (server, phones): (&str, &str)) -> String {
    let run = Command::new("node")
        .current_dir(folder)
        .args(args)
        .env("THUISLOKET_SERVER", server)
        .env("THUISLOKET_DEMO", phones)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, run).await.expect("Node never ends").expect("there is no Node");
    let (said, faults) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{faults}");
    said.into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_in_typescript_keeps_the_rules_of_a_phone() {
    let Some(package) = built() else { return };
    let (_folder, phones, server, stop) = demo(300).await;
    // As its README says, step by step.
    let said = node(&package, &["dist/examples/first-hour.js", &server], (&server, &phones)).await;
    assert!(said.contains("Signed in") && said.contains("Booked") && said.contains("Cancelled"), "{said}");
    let tests = ["--test", "--test-concurrency=1", "dist/tests/alone.test.js", "dist/tests/journey.test.js"];
    let said = node(&package, &tests, (&server, &phones)).await;
    assert!(said.contains("pass ") && said.contains("skipped 0"), "{said}");
    stop.cancel();
}

/// It has the contract's version, also where there is no Node to generate it anew.
#[test]
fn the_package_for_apps_has_the_version_of_the_contract() {
    let (citizen, _) = thuisloket::app::documents().unwrap();
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let contract = read(&citizen)["info"]["version"].clone();
    for name in ["package.json", "package-lock.json"] {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        assert_eq!(read(&text)["version"], contract, "{name}: npm run generate");
    }
}
