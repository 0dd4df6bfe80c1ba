// A notification service extension: iOS runs it, in a process of its own, before it shows a push of full previews. Copy it into the
// extension of an app; both have the same keychain group and app group.
import Foundation
import ThuisloketCitizen
import UserNotifications

/// What it keeps is behind a lock: the system and the fetch come on threads of their own.
final class NotificationService: UNNotificationServiceExtension, @unchecked Sendable {
    private static let appGroup = "group.example.town"
    private static let keychainGroup = "TEAMID.example.town.shared"
    private let lock = NSLock()
    private var work: Task<Void, Never>?
    private var waiting: (plain: UNNotificationContent, show: (UNNotificationContent) -> Void)?

    override func didReceive(_ request: UNNotificationRequest, withContentHandler handler: @escaping (UNNotificationContent) -> Void) {
        lock.withLock { waiting = (request.content, handler) }
        guard case .show(let push)? = readApns(request.content.userInfo),
            let folder = FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: Self.appGroup)
        else { return finish(nil) }
        let citizen = Citizen(
            server: "https://app.town.example",
            store: KeychainStore(group: Self.keychainGroup, folder: folder),
            // The system waits for thirty seconds.
            http: UrlSessionHttp(answerWithin: 8),
            patience: Patience(tries: 2, longestWait: 5)
        )
        let fetch = Task { finish(await citizen.title(of: push)) }
        lock.withLock { work = fetch }
    }

    /// The time is over: the push is shown as it came.
    override func serviceExtensionTimeWillExpire() {
        lock.withLock { work }?.cancel()
        finish(nil)
    }

    private func finish(_ title: String?) {
        let taken = lock.withLock {
            defer { waiting = nil }
            return waiting
        }
        guard let (plain, show) = taken else { return }
        guard let title, let content = plain.mutableCopy() as? UNMutableNotificationContent else { return show(plain) }
        content.title = title
        show(content)
    }
}
