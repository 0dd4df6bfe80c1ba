// Chance and hashes.
import CryptoKit
import Foundation

/// The bytes of a verifier: 256 bits, as RFC 7636, 4.1 recommends.
private let verifierBytes = 32

/// Base64 for addresses, without padding (RFC 4648, 5).
private func base64url(_ data: Data) -> String {
    data.base64EncodedString()
        .replacingOccurrences(of: "+", with: "-")
        .replacingOccurrences(of: "/", with: "_")
        .replacingOccurrences(of: "=", with: "")
}

/// A UUID of version 4 (RFC 9562), as the server writes it.
func newUuid() -> String {
    UUID().uuidString.lowercased()
}

/// A PKCE verifier (RFC 7636, 4.1).
func newVerifier() -> String {
    // The system's generator, which is one for secrets.
    base64url(Data((0..<verifierBytes).map { _ in UInt8.random(in: .min ... .max) }))
}

/// Its challenge by S256 (RFC 7636, 4.2).
func challenge(of verifier: String) -> String {
    base64url(Data(SHA256.hash(data: Data(verifier.utf8))))
}
