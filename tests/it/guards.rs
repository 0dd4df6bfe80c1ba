//! Guards: what the compiler cannot see.

use std::path::Path;

/// The client as generated from the committed contract; set BLESS=1 to write it.
#[test]
fn the_phones_client_is_the_one_the_contract_generates() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (citizen, _) = thuisloket::app::documents().unwrap();
    let spec: openapiv3::OpenAPI = serde_json::from_str(&citizen).unwrap();
    let mut settings = progenitor::GenerationSettings::default();
    settings.with_interface(progenitor::InterfaceStyle::Positional);
    let mut generator = progenitor::Generator::new(&settings);
    let tokens = generator.generate_tokens(&spec).unwrap();
    let file: syn::File = syn::parse2(tokens).unwrap();
    let text = format!("// Generated from openapi/citizen.json; BLESS=1 cargo test writes it anew.\n{}", prettyplease::unparse(&file));
    let path = root.join("mobile-contract/src/client.rs");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "mobile-contract/src/client.rs is not what the contract generates; run: BLESS=1 cargo test");
}
