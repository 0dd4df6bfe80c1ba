import Foundation

/// The session that is kept on a phone.
public struct CurrentSession: Sendable, Equatable {
    public let sessionId: UUID
    public let level: Contract.Level
}

/// Under which name the store keeps the installation's id.
private let installationName = "installation"

/// A pull of free starts ends somewhere, whatever a server says: a year has six pages of two months.
private let mostPagesOfStarts = 24

/// A citizen's app on one phone.
public final class Citizen: Sendable {
    /// Every operation of the contract, typed. What the server refuses is thrown as a `Problem`.
    public let api: Contract.CitizenAPI
    /// Which pushes this phone has had.
    public let pushes: Pushes
    private let appLink: String?
    private let store: any Store
    private let session: Session
    private let wire: Wire
    private let tokens: @Sendable (_ path: String, _ body: String, _ key: String) async throws -> Tokens

    /// - Parameters:
    ///   - server: Where the server is, such as `https://app.town.example`.
    ///   - appLink: Where sign-ins come back, without `/sign-in`, such as `https://app.town.example/town`: links of other hosts are nobody's then.
    ///   - onSignedOut: Is told once when nobody is signed in on this phone any more, unless it was by `signOut`; not where nobody was.
    public init(
        server: String,
        store: any Store,
        http: any Http = UrlSessionHttp(),
        patience: Patience = Patience(),
        appLink: String? = nil,
        onSignedOut: @escaping @Sendable (Problem) -> Void = { _ in }
    ) {
        let address = server.hasSuffix("/") ? String(server.dropLast()) : server
        // Trades something for tokens: without an access token, and so not through `api`, which would renew it.
        let tokens: @Sendable (String, String, String) async throws -> Tokens = { path, body, key in
            guard let url = URL(string: address + path) else { throw URLError(.badURL) }
            let headers = ["Content-Type": "application/json", keyHeader: key]
            let answer = try await send(http, Sent(method: "POST", url: url, headers: headers, body: body), patience)
            // What is kept of it takes the place of a token that is good: an answer without one is none.
            return try value(Tokens.self, of: answer)
        }
        let session = Session(
            store: store,
            trade: { try await tokens("/v1/sessions/refresh", Json.text(Contract.RefreshTrade(refreshToken: $0)), newUuid()) },
            ended: onSignedOut
        )
        let wire = Wire(server: address, http: http, patience: patience, session: session)
        self.appLink = appLink
        self.store = store
        self.session = session
        self.wire = wire
        self.tokens = tokens
        api = Contract.CitizenAPI(wire: wire)
        pushes = Pushes(store: store)
    }

    /// A key for one deed, such as one press of "book". Give it as `idempotencyKey` with each press until one is answered: it is done once.
    /// Where none is given, a deed is each call, whose own tries have one key.
    public func deed() -> String { newUuid() }

    /// Who this app is to the server: a UUID that is made once and kept.
    public func installation() async throws -> UUID {
        try await store.withLock(installationName) { [store] in
            if let kept = try await store.read(installationName).flatMap(UUID.init(uuidString:)) { return kept }
            let made = UUID()
            try await store.write(installationName, made.uuidString)
            return made
        }
    }

    /// Starts a sign-in: open the address in the system browser, and give what comes back to `finishSignIn`.
    ///
    /// - Parameters:
    ///   - municipality: The `key` of a town of `listMunicipalities`.
    ///   - deviceName: How the citizen knows this phone in the list of sessions.
    ///   - provider: One of the town's `providers`; its first, if it is not said.
    ///   - goOn: A path of the app that `finishSignIn` gives back.
    public func startSignIn(
        municipality: String,
        deviceName: String,
        language: Contract.Language,
        provider: String? = nil,
        goOn: String? = nil
    ) async throws -> Contract.SignInBegun {
        let id = try await self.installation()
        return try await begin { challenge in
            let wish = Contract.SignInStart(
                codeChallenge: challenge,
                deviceName: deviceName,
                goOn: goOn,
                installationId: id,
                language: language,
                municipality: municipality,
                provider: provider
            )
            return try await self.api.startSignIn(signInStart: wish)
        }
    }

    /// Starts a sign-in at a higher level, after `level_too_low`; it goes on as a sign-in does.
    public func startStepUp(level: Contract.Level, language: Contract.Language, goOn: String? = nil) async throws -> Contract.SignInBegun {
        try await begin { challenge in
            let wish = Contract.StepUp(codeChallenge: challenge, goOn: goOn, language: language, level: level)
            return try await self.api.startStepUp(stepUp: wish)
        }
    }

    /// Ends a sign-in, with the app link that the browser came back on. It may be called again with the same link after `no_answer`. Of a link
    /// that is not of the sign-in that is under way here, it says `nothingToFinish`, and the sign-in goes on.
    public func finishSignIn(_ link: String) async throws -> SignedIn {
        let back = CameBack(link, appLink: appLink)
        return try await store.withLock(UnderWay.name) { [store, session, tokens] in
            guard let text = try await store.read(UnderWay.name) else { return .no(.nothingToFinish) }
            switch back {
            case .fault(let why):
                // A link that says no may be anybody's: the sign-in that is under way can still come to an end.
                return .no(why)
            case .code(let code, let goOn):
                var underWay = try Json.read(UnderWay.self, from: text)
                let before = underWay.trade.flatMap { $0.code == code ? $0 : nil }
                let trade = before ?? UnderWay.Trade(code: code, key: newUuid())
                underWay.trade = trade
                try await store.write(UnderWay.name, Json.text(underWay))
                let proof = try Json.text(Contract.CodeTrade(code: code, codeVerifier: underWay.verifier))
                let fresh: Tokens
                do {
                    fresh = try await tokens("/v1/sessions", proof, trade.key)
                } catch let problem as Problem where problem.code == Codes.codeInvalid || problem.code == Codes.verifierInvalid {
                    // A code of another sign-in, or one that lapsed.
                    return .no(.nothingToFinish)
                }
                try await session.keep(fresh)
                try await store.write(UnderWay.name, nil)
                return .yes(goOn: goOn)
            }
        }
    }

    /// The session that is kept on this phone, if there is one; whether the server still knows it is seen at the next request.
    public func currentSession() async throws -> CurrentSession? {
        try await session.tokens().map { CurrentSession(sessionId: $0.sessionId, level: $0.level) }
    }

    /// Ends the session on the server, so that the phone gets no more pushes, and forgets it.
    public func signOut() async throws {
        if let kept = try await currentSession() {
            do {
                try await api.endSession(sessionId: kept.sessionId)
            } catch let problem as Problem where problem.isSignedOut || problem.code == Codes.notFound {
                // Over already is over.
            }
        }
        try await forget()
    }

    /// Forgets whoever was signed in, without a word to the server: for who is offline and wants to be gone. Pushes may go on.
    public func forget() async throws {
        try await session.forget()
        try await store.withLock(Pushes.name) { [store] in try await store.write(Pushes.name, nil) }
    }

    /// Registers this installation for pushes: at each start, when the provider's token changes, and once a month.
    public func registerDevice(_ device: Contract.DeviceIn) async throws {
        try await api.registerDevice(installationId: installation(), deviceIn: device)
    }

    /// Says by which token iOS updates the Live Activity of a number on this phone: each that `pushTokenUpdates` gives. Refused: the number is
    /// over, and so is the activity.
    public func showTicketLive(_ ticketId: UUID, token: Data) async throws {
        let hex = token.map { String(format: "%02x", $0) }.joined()
        let live = Contract.LiveIn(token: hex)
        try await api.showTicketLive(ticketId: ticketId, installationId: installation(), liveIn: live)
    }

    /// The title to show with a push of full previews, fetched with the app's own session: for a notification service extension. Nil: show
    /// the push as it came.
    public func title(of push: Push.Show) async -> String? {
        guard push.isToFetch, let id = UUID(uuidString: push.messageId) else { return nil }
        return try? await api.getMessage(messageId: id).title
    }

    /// The inbox, the newest first, page by page as it is read on.
    public func messages(archived: Bool? = nil, limit: Int? = nil) -> AsyncThrowingStream<Contract.MessageOut, any Error> {
        let pages = Pages<Contract.MessageOut>(most: .max) { [api] cursor in
            let page = try await api.listMessages(cursor: cursor, limit: limit, archived: archived)
            return (page.messages, page.nextCursor)
        }
        return AsyncThrowingStream(unfolding: { try await pages.one() })
    }

    /// What changed among the messages since a cursor, page by page; all that is kept, without one. For an app that keeps them: each message
    /// takes the place of the one with its id, what is older than `keptSince` is removed, and the cursor is kept with them.
    public func messageChanges(since cursor: String? = nil) -> AsyncThrowingStream<Contract.InboxChanges, any Error> {
        let pages = Pages<Contract.InboxChanges>(most: .max) { [api] next in
            let page = try await api.listMessageChanges(cursor: next ?? cursor)
            return ([page], page.more ? page.cursor : nil)
        }
        return AsyncThrowingStream(unfolding: { try await pages.one() })
    }

    /// The free starts of a service, the earliest first; it asks on from the day that the server names.
    public func freeStarts(
        serviceId: UUID,
        locationId: UUID? = nil,
        from: Day? = nil,
        until: Day? = nil,
        persons: Int64? = nil,
        appointmentId: UUID? = nil
    ) -> AsyncThrowingStream<Contract.StartOut, any Error> {
        let pages = Pages<Contract.StartOut>(most: mostPagesOfStarts) { [wire] next in
            // The generated operation gives no headers.
            let answer = try await wire.received(
                "GET",
                "/v1/services/{service_id}/starts",
                signedIn: true,
                path: [("service_id", serviceId)],
                query: [
                    ("location_id", locationId), ("from", next ?? from?.description), ("until", until), ("persons", persons),
                    ("appointment_id", appointmentId),
                ]
            )
            return (try value([Contract.StartOut].self, of: answer), answer.header("x-next-from"))
        }
        return AsyncThrowingStream(unfolding: { try await pages.one() })
    }

    private func begin(
        _ start: @Sendable (_ challenge: String) async throws -> Contract.SignInBegun
    ) async throws -> Contract.SignInBegun {
        let verifier = newVerifier()
        let begun = try await start(challenge(of: verifier))
        // The system may end the app while the citizen is in the browser.
        try await store.withLock(UnderWay.name) { [store] in
            try await store.write(UnderWay.name, Json.text(UnderWay(verifier: verifier)))
        }
        return begun
    }
}

/// A list that comes page by page, of which one is asked for when the last is used up.
private actor Pages<Element: Sendable> {
    private let load: @Sendable (_ cursor: String?) async throws -> (elements: [Element], next: String?)
    private var left: ArraySlice<Element> = []
    private var cursor: String?
    private var most: Int

    init(most: Int, load: @escaping @Sendable (_ cursor: String?) async throws -> (elements: [Element], next: String?)) {
        self.most = most
        self.load = load
    }

    func one() async throws -> Element? {
        while left.isEmpty {
            guard most > 0 else { return nil }
            let page = try await load(cursor)
            left = page.elements[...]
            most = page.next == nil || page.next == cursor ? 0 : most - 1
            cursor = page.next
        }
        return left.removeFirst()
    }
}
