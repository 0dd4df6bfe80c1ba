import Foundation

/// The header by which the server knows a deed again.
let keyHeader = "Idempotency-Key"

/// A value as it stands in an address or in a header.
private func word(_ value: any Sendable) -> String {
    switch value {
    case let instant as Date: text(of: instant)
    case let id as UUID: id.uuidString.lowercased()
    case let one as any RawRepresentable: "\(one.rawValue)"
    default: "\(value)"
    }
}

/// What stands as it is in a part of an address (RFC 3986, 2.3).
private let unreserved = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

private func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
}

/// What the generated operations are written with, and what answers them: with a key, with an access token, and with another one where
/// the server does not take it any more.
final class Wire: Sendable {
    private let server: String
    private let http: any Http
    private let patience: Patience
    private let session: Session

    init(server: String, http: any Http, patience: Patience, session: Session) {
        self.server = server
        self.http = http
        self.patience = patience
        self.session = session
    }

    func ask<T: Decodable & Sendable>(
        _ method: String,
        _ template: String,
        signedIn: Bool,
        path: [(String, any Sendable)] = [],
        query: [(String, (any Sendable)?)] = [],
        headers: [(String, (any Sendable)?)] = [],
        body: String? = nil
    ) async throws -> T {
        let answer = try await received(method, template, signedIn: signedIn, path: path, query: query, headers: headers, body: body)
        // Text and bytes come as they are.
        if let text = answer.text as? T { return text }
        if let data = answer.body as? T { return data }
        return try value(T.self, of: answer)
    }

    func received(
        _ method: String,
        _ template: String,
        signedIn: Bool,
        path: [(String, any Sendable)] = [],
        query: [(String, (any Sendable)?)] = [],
        headers: [(String, (any Sendable)?)] = [],
        body: String? = nil
    ) async throws -> Received {
        let filled = path.reduce(template) { $0.replacingOccurrences(of: "{\($1.0)}", with: encoded(word($1.1))) }
        let said = query.compactMap { name, value in value.map { "\(name)=\(encoded(word($0)))" } }
        guard let url = URL(string: server + filled + (said.isEmpty ? "" : "?" + said.joined(separator: "&"))) else {
            throw URLError(.badURL)
        }
        var known: [String: String] = [:]
        for (name, value) in headers { known[name] = value.map(word) }
        if method == "POST" || method == "DELETE", known[keyHeader] == nil { known[keyHeader] = newUuid() }
        if body != nil { known["Content-Type"] = "application/json" }
        return try await answer(method, url, known, body, signedIn: signedIn)
    }

    func text<T: Encodable>(_ value: T) throws -> String {
        try Json.text(value)
    }

    private func answer(
        _ method: String,
        _ url: URL,
        _ headers: [String: String],
        _ body: String?,
        signedIn: Bool
    ) async throws -> Received {
        var tokens = try await signedIn ? session.tokens() : nil
        // The server need not be asked to know it.
        if signedIn, tokens == nil { throw Problem(OwnCode.signedOut, 0) }
        var renewed = false
        while true {
            var all = headers
            if let tokens { all["Authorization"] = "Bearer \(tokens.accessToken)" }
            do {
                return try await send(http, Sent(method: method, url: url, headers: all, body: body), patience)
            } catch let problem as Problem {
                guard let used = tokens else { throw problem }
                // The phone's clock may be wrong: that a token has expired is the server's to say. What slept for long comes with a token
                // whose key the server has forgotten, and is told `token_invalid`.
                if !renewed, problem.code == Codes.tokenExpired || problem.code == Codes.tokenInvalid {
                    tokens = try await session.renew(used.accessToken)
                    renewed = true
                    continue
                }
                if problem.code == Codes.sessionEnded { try await session.over(used.sessionId, problem) }
                throw problem
            }
        }
    }
}

/// An answer as what the contract says that it is.
func value<T: Decodable>(_ type: T.Type, of answer: Received) throws -> T {
    do {
        return try Json.read(type, from: answer.body)
    } catch {
        throw Problem(OwnCode.answerUnreadable, answer.status, cause: error)
    }
}
