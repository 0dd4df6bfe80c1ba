// One request, tried again where that may help and can do no harm.
import Foundation

/// How often and how long a request is tried.
public struct Patience: Sendable {
    /// Tries of one request, the first among them.
    public var tries: Int
    /// The longest wait between two of them, in seconds: where the server asks for more, the app is told.
    public var longestWait: Double

    public init(tries: Int = 4, longestWait: Double = 20) {
        self.tries = tries
        self.longestWait = longestWait
    }
}

/// The wait before the second try, in seconds, where the server names none; it doubles with each.
private let firstWait = 0.5

/// What another try may mend. All others say that the same request will be refused again, or (500) that nobody knows. `no_answer` has the
/// status 0.
private let passing: Set<Int> = [0, 408, 429, 503]

/// How many seconds to wait before the next try; nil: there is none.
private func wait(after problem: Problem, tried: Int, _ patience: Patience) -> Double? {
    guard tried < patience.tries, passing.contains(problem.status) else { return nil }
    let least = problem.retryAfterSeconds ?? min(firstWait * pow(2, Double(tried - 1)), patience.longestWait)
    guard least <= patience.longestWait else { return nil }
    // Phones that were refused together do not come back together.
    return least + Double.random(in: 0..<1) * max(firstWait, least / 4)
}

/// One try.
private func once(_ http: any Http, _ sent: Sent) async throws -> Received {
    let answer: Received
    do {
        answer = try await http.send(sent)
    } catch {
        // The app itself did not want it any more.
        try Task.checkCancellation()
        throw Problem(OwnCode.noAnswer, 0, cause: error)
    }
    guard (200..<300).contains(answer.status) else { throw Problem(of: answer) }
    // The page of a hotel's network says 200 as well; this server sends no pages to an app.
    if answer.header("content-type")?.contains("html") == true { throw Problem(OwnCode.answerUnreadable, answer.status) }
    return answer
}

/// Sends a request until there is an answer, at most `patience.tries` times, each time the same to the letter: the server knows by its
/// `Idempotency-Key`, or by what the operation is, that it is the same.
func send(_ http: any Http, _ sent: Sent, _ patience: Patience) async throws -> Received {
    var tried = 0
    while true {
        do {
            return try await once(http, sent)
        } catch let problem as Problem {
            tried += 1
            guard let seconds = wait(after: problem, tried: tried, patience) else { throw problem }
            try await Task.sleep(nanoseconds: UInt64(seconds * 1_000_000_000))
        }
    }
}
