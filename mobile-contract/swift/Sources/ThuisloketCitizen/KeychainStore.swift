import Foundation
import Security

/// What the keychain said, such as `errSecInteractionNotAllowed` before the phone is unlocked for the first time.
public struct KeychainFault: Error, Sendable {
    public let status: OSStatus
}

/// Under which service the keychain lists what is kept.
private let service = "thuisloket.citizen"

/// Between two looks at a lock that somebody has, in nanoseconds.
private let lookEvery: UInt64 = 15_000_000

/// Looks at it before it is taken for a fault: more than the tries of one request take.
private let mostLooks = 20_000

/// A store in the keychain, in a group that the app and its extensions share, and a lock of the system on a file in their folder, which a
/// process that dies lets go.
///
/// What is kept stays on this phone, and can be read once it was unlocked since it was switched on: a push may come before. The keychain
/// outlives the app: call `Citizen.forget` at the first start after an installation.
public struct KeychainStore: Store {
    private let group: String
    private let folder: URL
    private let turns = Turns()

    /// - Parameters:
    ///   - group: A keychain group of the app and its extensions, such as `TEAMID.example.town.shared`.
    ///   - folder: A folder that they share: `FileManager.containerURL(forSecurityApplicationGroupIdentifier:)`.
    public init(group: String, folder: URL) {
        self.group = group
        self.folder = folder
    }

    private func item(_ name: String) -> [CFString: Any] {
        [
            kSecClass: kSecClassGenericPassword,
            kSecAttrService: service,
            kSecAttrAccount: name,
            kSecAttrAccessGroup: group,
            kSecUseDataProtectionKeychain: true,
        ]
    }

    public func read(_ name: String) async throws -> String? {
        var query = item(name)
        query[kSecReturnData] = true
        query[kSecMatchLimit] = kSecMatchLimitOne
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        guard status == errSecSuccess, let data = found as? Data else { throw KeychainFault(status: status) }
        return String(decoding: data, as: UTF8.self)
    }

    public func write(_ name: String, _ value: String?) async throws {
        guard let value else {
            let status = SecItemDelete(item(name) as CFDictionary)
            guard status == errSecSuccess || status == errSecItemNotFound else { throw KeychainFault(status: status) }
            return
        }
        let kept: [CFString: Any] = [
            kSecValueData: Data(value.utf8),
            kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
        ]
        var status = SecItemUpdate(item(name) as CFDictionary, kept as CFDictionary)
        if status == errSecItemNotFound {
            status = SecItemAdd(item(name).merging(kept) { $1 } as CFDictionary, nil)
        }
        guard status == errSecSuccess else { throw KeychainFault(status: status) }
    }

    public func withLock<T: Sendable>(_ name: String, _ work: @escaping @Sendable () async throws -> T) async throws -> T {
        let path = folder.appendingPathComponent("thuisloket-\(name).lock").path
        return try await turns.take(name) {
            let awake = Awake()
            defer { awake.over() }
            let file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
            // A file that is closed lets its lock go.
            defer { close(file) }
            var looks = 0
            while flock(file, LOCK_EX | LOCK_NB) != 0 {
                guard errno == EWOULDBLOCK || errno == EINTR else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
                looks += 1
                guard looks < mostLooks else { throw POSIXError(.EDEADLK) }
                try await Task.sleep(nanoseconds: lookEvery)
            }
            return try await work()
        }
    }
}

/// Keeps the system from putting the process to sleep: iOS ends one that sleeps with the lock of a shared file (0xdead10cc).
private final class Awake: Sendable {
    private let done = DispatchSemaphore(value: 0)

    init() {
        #if os(iOS)
        let done = self.done
        ProcessInfo.processInfo.performExpiringActivity(withReason: "thuisloket.citizen") { isExpired in
            if !isExpired { done.wait() }
        }
        #endif
    }

    func over() { done.signal() }
}
