package thuisloket.citizen

import java.time.LocalDate
import java.util.UUID
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.encodeToString
import thuisloket.citizen.contract.CitizenApi
import thuisloket.citizen.contract.CodeTrade
import thuisloket.citizen.contract.DeviceIn
import thuisloket.citizen.contract.InboxChanges
import thuisloket.citizen.contract.Language
import thuisloket.citizen.contract.Level
import thuisloket.citizen.contract.MessageOut
import thuisloket.citizen.contract.RefreshTrade
import thuisloket.citizen.contract.SignInBegun
import thuisloket.citizen.contract.SignInStart
import thuisloket.citizen.contract.StartOut
import thuisloket.citizen.contract.StepUp

/** Under which name the store keeps the installation's id. */
private const val INSTALLATION = "installation"

/** The header by which the server knows a deed again. */
private const val KEY = "Idempotency-Key"

/** A pull of free starts ends somewhere, whatever a server says: a year has six pages of two months. */
private const val MOST_PAGES = 24

/** The session that is kept on a phone. */
data class CurrentSession(val sessionId: UUID, val level: Level)

/**
 * A citizen's app on one phone.
 *
 * @param server Where the server is, such as `https://app.town.example`.
 * @param appLink Where sign-ins come back, without `/sign-in`, such as `https://app.town.example/town`: links of other hosts are nobody's then.
 * @param onSignedOut Is told once when nobody is signed in on this phone any more, unless it was by [signOut]; not where nobody was.
 */
class Citizen(
    server: String,
    private val store: Store,
    private val http: Http = UrlConnectionHttp(),
    private val patience: Patience = Patience(),
    onSignedOut: (Problem) -> Unit = {},
    private val appLink: String? = null,
) {
    private val server = server.trimEnd('/')
    private val session = Session(store, { tokens("/v1/sessions/refresh", json.encodeToString(RefreshTrade(it)), deed()) }, onSignedOut)
    private val wire = Wire(::answer)

    /** Every operation of the contract, typed. What the server refuses is thrown as a [Problem]. */
    val api = CitizenApi(wire)

    /** Which pushes this phone has had. */
    val pushes = Pushes(store)

    /**
     * A key for one deed, such as one press of "book". Give it as `idempotencyKey` with each press until one is answered: it is done once.
     * Where none is given, a deed is each call, whose own tries have one key.
     */
    fun deed(): String = UUID.randomUUID().toString()

    /** Who this app is to the server: a UUID that is made once and kept. */
    suspend fun installation(): UUID = store.withLock(INSTALLATION) {
        val kept = store.read(INSTALLATION)?.let(UUID::fromString)
        kept ?: UUID.randomUUID().also { store.write(INSTALLATION, it.toString()) }
    }

    /**
     * Starts a sign-in: open the address in the system browser, and give what comes back to [finishSignIn].
     *
     * @param municipality The `key` of a town of `listMunicipalities`.
     * @param deviceName How the citizen knows this phone in the list of sessions.
     * @param provider One of the town's `providers`; its first, if it is not said.
     * @param goOn A path of the app that [finishSignIn] gives back.
     */
    suspend fun startSignIn(
        municipality: String,
        deviceName: String,
        language: Language,
        provider: String? = null,
        goOn: String? = null,
    ): SignInBegun {
        val installation = installation()
        return begin { challenge ->
            api.startSignIn(
                SignInStart(
                    codeChallenge = challenge,
                    deviceName = deviceName,
                    language = language,
                    municipality = municipality,
                    goOn = goOn,
                    installationId = installation,
                    provider = provider,
                ),
            )
        }
    }

    /** Starts a sign-in at a higher level, after `level_too_low`; it goes on as a sign-in does. */
    suspend fun startStepUp(level: Level, language: Language, goOn: String? = null): SignInBegun =
        begin { api.startStepUp(StepUp(codeChallenge = it, language = language, level = level, goOn = goOn)) }

    /**
     * Ends a sign-in, with the app link that the browser came back on. It may be called again with the same link after `no_answer`. Of a link
     * that is not of the sign-in that is under way here, it says [SignInFault.NOTHING_TO_FINISH], and the sign-in goes on.
     */
    suspend fun finishSignIn(link: String): SignedIn {
        val back = cameBack(link, appLink)
        return store.withLock(SIGN_IN) {
            val text = store.read(SIGN_IN) ?: return@withLock SignedIn.No(SignInFault.NOTHING_TO_FINISH)
            when (back) {
                // A link that says no may be anybody's: the sign-in that is under way can still come to an end.
                is CameBack.Fault -> SignedIn.No(back.why)
                is CameBack.Code -> {
                    val before = json.decodeFromString<UnderWay>(text)
                    val trade = before.trade?.takeIf { it.code == back.code } ?: Trade(back.code, deed())
                    store.write(SIGN_IN, json.encodeToString(before.copy(trade = trade)))
                    val proof = json.encodeToString(CodeTrade(code = back.code, codeVerifier = before.verifier))
                    val fresh = try {
                        tokens("/v1/sessions", proof, trade.key)
                    } catch (problem: Problem) {
                        if (problem.code in NOT_OURS) return@withLock SignedIn.No(SignInFault.NOTHING_TO_FINISH)
                        throw problem
                    }
                    session.keep(fresh)
                    store.write(SIGN_IN, null)
                    SignedIn.Yes(back.goOn)
                }
            }
        }
    }

    /** The session that is kept on this phone, if there is one; whether the server still knows it is seen at the next request. */
    suspend fun session(): CurrentSession? = session.tokens()?.let { CurrentSession(it.sessionId, it.level) }

    /** Ends the session on the server, so that the phone gets no more pushes, and forgets it. */
    suspend fun signOut() {
        session()?.let { kept ->
            try {
                api.endSession(kept.sessionId)
            } catch (problem: Problem) {
                // Over already is over.
                if (!problem.isSignedOut && problem.code != Codes.NOT_FOUND) throw problem
            }
        }
        forget()
    }

    /** Forgets whoever was signed in, without a word to the server: for who is offline and wants to be gone. Pushes may go on. */
    suspend fun forget() {
        session.forget()
        store.withLock(PUSHES) { store.write(PUSHES, null) }
    }

    /** Registers this installation for pushes: at each start, when the provider's token changes, and once a month. */
    suspend fun registerDevice(device: DeviceIn) = api.registerDevice(installation(), device)

    /** The inbox, the newest first, page by page as it is read on. */
    fun messages(archived: Boolean? = null, limit: Int? = null): Flow<MessageOut> = flow {
        var cursor: String? = null
        do {
            val page = api.listMessages(cursor = cursor, limit = limit, archived = archived)
            page.messages.forEach { emit(it) }
            cursor = page.nextCursor
        } while (cursor != null)
    }

    /**
     * What changed among the messages since a cursor, page by page; all that is kept, without one. For an app that keeps them: each message
     * takes the place of the one with its id, what is older than `keptSince` is removed, and the cursor is kept with them.
     */
    fun messageChanges(cursor: String? = null): Flow<InboxChanges> = flow {
        var after = cursor
        do {
            val page = api.listMessageChanges(cursor = after)
            emit(page)
            after = page.cursor
        } while (page.more)
    }

    /** The free starts of a service, the earliest first, for a visit that is moved where one is named; it asks on from the day that the server names. */
    fun freeStarts(
        serviceId: UUID,
        locationId: UUID? = null,
        from: LocalDate? = null,
        until: LocalDate? = null,
        persons: Long? = null,
        appointmentId: UUID? = null,
    ): Flow<StartOut> = flow {
        var day: Any? = from
        repeat(MOST_PAGES) {
            // The generated operation gives no headers.
            val answer = wire.received(
                "GET",
                "/v1/services/{service_id}/starts",
                signedIn = true,
                path = listOf("service_id" to serviceId),
                query = listOf(
                    "location_id" to locationId,
                    "from" to day,
                    "until" to until,
                    "persons" to persons,
                    "appointment_id" to appointmentId,
                ),
            )
            answer.value<List<StartOut>>().forEach { emit(it) }
            val next = answer.header("x-next-from")
            if (next == null || next == day?.toString()) return@flow
            day = next
        }
    }

    private suspend fun begin(start: suspend (challenge: String) -> SignInBegun): SignInBegun {
        val verifier = newVerifier()
        val begun = start(challengeOf(verifier))
        // The system may end the app while the citizen is in the browser.
        store.withLock(SIGN_IN) { store.write(SIGN_IN, json.encodeToString(UnderWay(verifier))) }
        return begun
    }

    /** Trades something for tokens: without an access token, and so not through [api], which would renew it. */
    private suspend fun tokens(path: String, body: String, key: String): Tokens {
        val headers = mapOf("Content-Type" to "application/json", KEY to key)
        // What is kept of it takes the place of a token that is good: an answer without one is none.
        return send(http, Sent("POST", "$server$path", headers, body), patience).value()
    }

    /** Answers a request of [api]: with a key, with an access token, and with another one where the server does not take it any more. */
    private suspend fun answer(asked: Sent, signedIn: Boolean): Received {
        val headers = asked.headers.toMutableMap()
        if (asked.method == "POST" || asked.method == "DELETE") headers.putIfAbsent(KEY, deed())
        if (asked.body != null) headers["Content-Type"] = "application/json"
        // Nobody is signed in: the server need not be asked to know it.
        var tokens = if (signedIn) session.tokens() ?: throw Problem(OwnCode.SIGNED_OUT, 0) else null
        var renewed = false
        while (true) {
            tokens?.let { headers["Authorization"] = "Bearer ${it.accessToken}" }
            try {
                return send(http, Sent(asked.method, "$server${asked.url}", headers.toMap(), asked.body), patience)
            } catch (problem: Problem) {
                val used = tokens ?: throw problem
                // The phone's clock may be wrong: that a token has expired is the server's to say. What slept for long comes with a token
                // whose key the server has forgotten, and is told `token_invalid`.
                if (!renewed && (problem.code == Codes.TOKEN_EXPIRED || problem.code == Codes.TOKEN_INVALID)) {
                    tokens = session.renew(used.accessToken)
                    renewed = true
                    continue
                }
                if (problem.code == Codes.SESSION_ENDED) session.over(used.sessionId, problem)
                throw problem
            }
        }
    }
}
