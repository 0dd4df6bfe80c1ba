// The tokens of one citizen on one phone, and who may renew them when.
import Foundation

/// What is kept of `TokensOut`. A version of the app must read what an older one kept, so it does not grow with the contract.
struct Tokens: Codable, Sendable {
    let accessToken: String
    let refreshToken: String
    let sessionId: UUID
    let level: Contract.Level

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case sessionId = "session_id"
        case level
    }
}

final class Session: Sendable {
    /// Under which name the store keeps them, and under which it is locked.
    private static let name = "session"
    private let store: any Store
    private let trade: @Sendable (_ refreshToken: String) async throws -> Tokens
    private let ended: @Sendable (Problem) -> Void
    private let turns = Turns()

    init(
        store: any Store,
        trade: @escaping @Sendable (_ refreshToken: String) async throws -> Tokens,
        ended: @escaping @Sendable (Problem) -> Void
    ) {
        self.store = store
        self.trade = trade
        self.ended = ended
    }

    /// The tokens as they are now. Read each time: another process of this phone may have renewed them.
    func tokens() async throws -> Tokens? {
        guard let text = try await store.read(Self.name) else { return nil }
        return try Json.read(Tokens.self, from: text)
    }

    /// Keeps the tokens of a sign-in.
    func keep(_ tokens: Tokens) async throws {
        try await alone { try await self.write(tokens) }
    }

    /// Other tokens than those with this access token, which the server does not take any more.
    ///
    /// One renewal at a time, in all processes: a refresh token is good once. The new tokens are kept before anybody uses them: the old refresh
    /// token is good again only for a minute, and until one that was given for it has been traded itself. Where no answer comes, the old ones
    /// stay, and are sent again the next time.
    func renew(_ stale: String) async throws -> Tokens {
        try await alone {
            guard let kept = try await self.tokens() else { throw Problem(OwnCode.signedOut, 0) }
            // Somebody else was first.
            if kept.accessToken != stale { return kept }
            do {
                let fresh = try await self.trade(kept.refreshToken)
                try await self.write(fresh)
                return fresh
            } catch let problem as Problem where problem.isSignedOut {
                try await self.write(nil)
                self.ended(problem)
                throw problem
            }
        }
    }

    /// Forgets a session that the server has ended; not one that began meanwhile.
    func over(_ session: UUID, _ why: Problem) async throws {
        try await alone {
            guard try await self.tokens()?.sessionId == session else { return }
            try await self.write(nil)
            self.ended(why)
        }
    }

    /// Forgets the session, whatever the server knows of it.
    func forget() async throws {
        try await alone { try await self.write(nil) }
    }

    private func write(_ tokens: Tokens?) async throws {
        try await store.write(Self.name, tokens.map { try Json.text($0) })
    }

    // The turns within this process come first: a lock between processes need not know of two who ask from the same one.
    private func alone<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
        try await turns.take(Self.name) { try await self.store.withLock(Self.name, work) }
    }
}
