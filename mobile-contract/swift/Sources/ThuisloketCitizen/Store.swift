import Foundation

/// Where the app keeps what must outlive it: the tokens, a sign-in that is under way, the installation's id, the pushes it has seen.
///
/// An app and its extensions (a notification service, a widget) share one store and one lock: `KeychainStore` has both. Two stores side by
/// side hold two refresh tokens, and that ends the session.
public protocol Store: Sendable {
    func read(_ name: String) async throws -> String?
    /// Is done only when the value is kept for good. `nil` takes it away.
    func write(_ name: String, _ value: String?) async throws
    /// Does `work` while nobody else on this phone does any under the same name, in this process or in another.
    func withLock<T: Sendable>(_ name: String, _ work: @escaping @Sendable () async throws -> T) async throws -> T
}

/// One after another within this process, by name.
actor Turns {
    private var last: [String: Task<Void, Never>] = [:]

    func take<T: Sendable>(_ name: String, _ work: @escaping @Sendable () async throws -> T) async throws -> T {
        let before = last[name]
        let mine = Task {
            await before?.value
            try Task.checkCancellation()
            return try await work()
        }
        // A failure is told to who waits for this turn, and stops none of the next.
        last[name] = Task { _ = await mine.result }
        return try await withTaskCancellationHandler {
            try await mine.value
        } onCancel: {
            mine.cancel()
        }
    }
}

/// Keeps everything in memory: for a first try, and for tests. The citizen signs in again at each start.
public actor MemoryStore: Store {
    private var values: [String: String] = [:]
    private let turns = Turns()

    public init() {}

    public func read(_ name: String) -> String? { values[name] }

    public func write(_ name: String, _ value: String?) { values[name] = value }

    public func withLock<T: Sendable>(_ name: String, _ work: @escaping @Sendable () async throws -> T) async throws -> T {
        try await turns.take(name, work)
    }
}
