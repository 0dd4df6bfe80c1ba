// What arrives by push, and what the app does with it.
import Foundation

/// What a push says.
public enum Push: Sendable, Hashable {
    /// A message is there.
    case show(Show)
    /// It was read elsewhere: take its notification off, and set the number on the icon.
    case clear(messageId: String, unread: Int?)
    /// A kind that this version of the app does not know: show its text, if it has one, and open the inbox.
    case plain(kind: String, messageId: String, unread: Int?, title: String?, text: String?, textKey: TextKey?)

    public struct Show: Sendable, Hashable {
        public let messageId: String
        /// Nil: one that this version of the app does not know.
        public let category: Contract.Category?
        /// The number on the icon.
        public let unread: Int?
        /// Only of what anybody may read.
        public let title: String?
        /// The neutral sentence.
        public let text: String?
        /// Which sentence that is, also where it is not there. Nil: one that this version of the app does not know.
        public let textKey: TextKey?
        /// Full previews: fetch the message with the app's own session, and show its title.
        public let isToFetch: Bool

        /// An emergency, or the citizen is called at the town hall: show it at once, whatever is muted.
        public var isUrgent: Bool { category == .queue || category == .emergency }
    }

    public var messageId: String {
        switch self {
        case .show(let show): show.messageId
        case .clear(let messageId, _): messageId
        case .plain(_, let messageId, _, _, _, _): messageId
        }
    }

    /// What a notification says where the app shows it and has no title: the push's own sentence, or the one that the app carries for it.
    /// Nil: a sentence that this version of the app does not know, and that did not come with the push.
    public func sentence(in language: Contract.Language) -> String? {
        switch self {
        case .show(let show): show.text ?? carried(show.textKey, in: language)
        case .plain(_, _, _, _, let text, let textKey): text ?? carried(textKey, in: language)
        case .clear: nil
        }
    }
}

private func known(_ category: String?) -> Contract.Category? {
    let found = category.flatMap(Contract.Category.init(rawValue:))
    return found == .unknownDefaultOpenApi ? nil : found
}

private func carried(_ key: TextKey?, in language: Contract.Language) -> String? {
    key.flatMap { strings[language.rawValue]?[$0.rawValue] }
}

private func filled(_ value: Any?) -> String? {
    guard let text = value as? String, !text.isEmpty else { return nil }
    return text
}

/// Reads the `userInfo` of iOS. Nil: it is not from this server.
public func readApns(_ userInfo: [AnyHashable: Any]) -> Push? {
    // Of another sender, such as a library of the app's own, where either is missing.
    guard let messageId = filled(userInfo["message_id"]), let kind = filled(userInfo["type"]) else { return nil }
    let aps = userInfo["aps"] as? [String: Any] ?? [:]
    let alert = aps["alert"] as? [String: Any]
    let unread = (aps["badge"] as? Int).flatMap { $0 >= 0 ? $0 : nil }
    let title = filled(alert?["title"])
    let text = filled(alert?["body"]) ?? filled(aps["alert"])
    let textKey = filled(userInfo["text_key"]).flatMap(TextKey.init(rawValue:))
    switch kind {
    case "clear":
        return .clear(messageId: messageId, unread: unread)
    case "show":
        let isToFetch = aps["mutable-content"] as? Int == 1 && title == nil
        let category = known(aps["category"] as? String)
        return .show(
            .init(
                messageId: messageId,
                category: category,
                unread: unread,
                title: title,
                text: text,
                textKey: textKey,
                isToFetch: isToFetch
            )
        )
    default:
        return .plain(kind: kind, messageId: messageId, unread: unread, title: title, text: text, textKey: textKey)
    }
}

/// What to do with a push.
public enum Act: Sendable {
    case show, clear, drop
}

/// Which pushes this phone has had. They come at least once, in any order, and to more than one process of an app.
public struct Pushes: Sendable {
    /// Under which name the store keeps what came.
    static let name = "pushes"
    /// How many pushes are remembered: a provider keeps none for longer than some days.
    private static let remembered = 200
    let store: any Store

    /// Says what to do with a push, and remembers it. A second one of the same message and type is dropped.
    public func handle(_ push: Push) async throws -> Act {
        let (kind, act): (String, Act) = switch push {
        case .show: ("show", .show)
        case .clear: ("clear", .clear)
        case .plain(let kind, _, _, _, _, _): (kind, .show)
        }
        let line = "\(kind) \(push.messageId)"
        return try await store.withLock(Self.name) { [store] in
            let before = try await store.read(Self.name).map { try Json.read([String].self, from: $0) } ?? []
            if before.contains(line) { return .drop }
            try await store.write(Self.name, Json.text(Array((before + [line]).suffix(Self.remembered))))
            // Overtaken on its way: it was read elsewhere already.
            if kind == "show", before.contains("clear \(push.messageId)") { return .drop }
            return act
        }
    }
}
