import Foundation

/// What this package says itself, where no server did.
public enum OwnCode {
    /// No answer came: no network, a connection that broke, or a server that took too long. `status` is 0.
    public static let noAnswer = "no_answer"
    /// Something answered that is not this server, such as a proxy or the page of a hotel's network, or an answer broke off.
    public static let answerUnreadable = "answer_unreadable"
    /// Nobody is signed in on this phone. `status` is 0: the server was not asked.
    public static let signedOut = "signed_out"
}

/// Codes after which nobody is signed in any more, whatever is tried.
private let ended: Set<String> = [
    Codes.sessionEnded, Codes.refreshInvalid, Codes.refreshReused, OwnCode.signedOut, Codes.tokenMissing,
]

/// What this package says of its own codes.
private let sentences: [String: String] = [
    OwnCode.noAnswer: "No answer came: there is no network, or the server took too long.",
    OwnCode.answerUnreadable: "What answered is not the server, or its answer broke off.",
    OwnCode.signedOut: "Nobody is signed in on this phone.",
]

/// Statuses below 500 after which the same request may go well later.
private let later: Set<Int> = [408, 429]

/// Whatever went wrong, with its stable code: one of `Codes`, one of `OwnCode`, or one of a newer server, which passes through as it is.
public struct Problem: Error, Sendable, CustomStringConvertible {
    public let code: String
    /// The HTTP status; 0 where no answer came.
    public let status: Int
    /// The field or parameter at fault.
    public let field: String?
    /// Which of the faults that the field can have.
    public let reason: String?
    /// How long to wait, where the server says so.
    public let retryAfterSeconds: Double?
    /// All that the server said: `freeNear`, `requiredLevel`, `requestId` and more; nil where it was not this server.
    public let body: Contract.ProblemBody?
    /// What the system said of a network that failed.
    public let cause: (any Error)?

    init(
        _ code: String,
        _ status: Int,
        field: String? = nil,
        reason: String? = nil,
        retryAfterSeconds: Double? = nil,
        body: Contract.ProblemBody? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.status = status
        self.field = field
        self.reason = reason
        self.retryAfterSeconds = retryAfterSeconds
        self.body = body
        self.cause = cause
    }

    /// Whether the citizen has to sign in again.
    public var isSignedOut: Bool { ended.contains(code) }

    /// Whether to sign in at a higher level helps: `Citizen.startStepUp` with `body.requiredLevel`.
    public var isLevelTooLow: Bool { code == Codes.levelTooLow }

    /// Whether the same request may go well later, by the status, so also where a proxy answered or the code is new: nobody answered, too many
    /// ask, or the server is ill. Send it with the same `Idempotency-Key` then, after `retryAfterSeconds` where that is said.
    public var isLater: Bool { code == OwnCode.noAnswer || later.contains(status) || status >= 500 }

    /// One sentence, whatever is known.
    public var description: String {
        let said = body?.detail ?? body?.title ?? sentences[code] ?? "The server gave this code, and no sentence."
        return "\(status) \(code): \(said)"
    }
}

/// What has to be there of a problem to act on it.
private struct Said: Decodable {
    let code: String
    let field: String?
    let reason: String?
    let retryAfterSeconds: Double?

    enum CodingKeys: String, CodingKey {
        case code, field, reason
        case retryAfterSeconds = "retry_after_seconds"
    }
}

extension Problem {
    /// What an answer that is no success says.
    init(of answer: Received) {
        // The whole seconds of `Retry-After`. Its other form, a date, would need a clock that is right, and a phone's may not be.
        let wait = answer.header("retry-after").flatMap { UInt32($0.trimmingCharacters(in: .whitespaces)) }.map(Double.init)
        guard let said = try? Json.read(Said.self, from: answer.body) else {
            self.init(OwnCode.answerUnreadable, answer.status, retryAfterSeconds: wait)
            return
        }
        // The code alone is enough to act on: what else a server says may have grown.
        let body = try? Json.read(Contract.ProblemBody.self, from: answer.body)
        self.init(
            said.code,
            answer.status,
            field: said.field,
            reason: said.reason,
            retryAfterSeconds: said.retryAfterSeconds ?? wait,
            body: body
        )
    }
}
