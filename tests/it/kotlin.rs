//! The package for apps in Kotlin (`mobile-contract/kotlin`), on the JVM, on a running town.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::process::Command;

use crate::console::demo;

/// How long the JVM is waited for: its tests start other processes, and wait for answers that never come.
const PATIENCE: Duration = Duration::from_secs(300);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("mobile-contract")
}

/// What the JVM needs to run the package: `./check` compiled it, if there is a Java and Kotlin's compiler.
fn classpath() -> Option<String> {
    let is_there = std::process::Command::new("java").arg("-version").output().is_ok();
    let compiled = std::fs::read_to_string(folder().join("build/kotlin-classpath")).ok();
    if is_there && let Some(classpath) = compiled {
        return Some(classpath);
    }
    eprintln!("SKIPPED on the JVM: mobile-contract/kotlin is not compiled; ./check compiles it where there is a Java");
    None
}

/// What the JVM says when it runs a class of the package; it must come to a good end.
async fn java(classpath: &str, class: &str, args: &[&str], (server, phones): (&str, &str)) -> String {
    let run = Command::new("java")
        // Java sends a request whose answer was lost once more by itself; here it is the package that must.
        .args(["-Dsun.net.http.retryPost=false", "-cp", classpath, class])
        .args(args)
        .env("THUISLOKET_SERVER", server)
        .env("THUISLOKET_DEMO", phones)
        .env("THUISLOKET_PUSHES", folder().join("push"))
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, run).await.expect("Java never ends").expect("there is no Java");
    let (said, faults) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{faults}");
    said.into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_in_kotlin_keeps_the_rules_of_a_phone() {
    let Some(classpath) = classpath() else { return };
    let (_folder, phones, server, stop) = demo(300).await;
    // As its README says.
    let said = java(&classpath, "thuisloket.citizen.example.FirstHourKt", &[&server], (&server, &phones)).await;
    assert!(said.contains("Signed in") && said.contains("Booked") && said.contains("Cancelled"), "{said}");
    let said = java(&classpath, "thuisloket.citizen.TestsKt", &[], (&server, &phones)).await;
    assert!(said.contains(" passed, 0 failed"), "{said}");
    stop.cancel();
}
