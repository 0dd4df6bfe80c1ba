// The layer against a running server: what phones and their networks do to it.
package thuisloket.citizen

import java.time.OffsetDateTime
import java.util.UUID
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withContext
import thuisloket.citizen.contract.AppointmentWish
import thuisloket.citizen.contract.DeviceIn
import thuisloket.citizen.contract.Language
import thuisloket.citizen.contract.Level
import thuisloket.citizen.contract.Needs
import thuisloket.citizen.contract.Platform
import thuisloket.citizen.contract.Preview
import thuisloket.citizen.contract.TargetKind
import thuisloket.citizen.example.bookFrom
import thuisloket.citizen.example.browse

private const val REFRESH = "POST /v1/sessions/refresh"
private const val SESSIONS = "GET /v1/sessions"

/** Something that can be booked, and a start at which it can; not on a day on which one comes already. */
private suspend fun something(phone: Phone, but: Any? = null): AppointmentWish {
    val service = phone.citizen.api.listServices().services.first { it.needs == Needs.CITIZEN }
    val start = phone.citizen.freeStarts(service.id).first { it.day != but }
    return AppointmentWish(hold = false, locationId = start.locationId, persons = 1, serviceId = service.id, startsAt = start.startsAt)
}

/** Another process on the same store: done, it says what it was answered. */
private class Process(folder: String) {
    private val java = "${System.getProperty("java.home")}/bin/java"
    private val classpath = System.getProperty("java.class.path")
    private val process = ProcessBuilder(java, "-cp", classpath, "thuisloket.citizen.AnotherProcess", folder)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
    private val said = process.inputStream.bufferedReader()

    suspend fun next(): String = withContext(Dispatchers.IO) { said.readLine() ?: error("the other process has died") }

    fun begin() = process.outputStream.use { it.write("go\n".toByteArray()) }
}

val journey = listOf(
    Test("a citizen signs in, and the way back works once") {
        val phone = Phone()
        val link = browse(phone.startSignIn("/inbox?unread=1").authorizationUrl, "other-0")
        // The app was killed meanwhile; and a link of somebody else comes before the right one.
        val citizen = Phone(phone.store).citizen
        equal(SignedIn.No(SignInFault.STOPPED), citizen.finishSignIn("https://app.example/thuisloket/sign-in?error=stopped"))
        // The system hands the link over twice at once.
        val both = coroutineScope { List(2) { async { citizen.finishSignIn(link) } }.awaitAll() }
        equal(setOf(SignedIn.Yes("/inbox?unread=1"), SignedIn.No(SignInFault.NOTHING_TO_FINISH)), both.toSet())
        val session = citizen.api.listSessions().first { it.current }
        equal("Telefoon van de test", session.deviceName)
        equal(session.id, citizen.session()?.sessionId)
        citizen.signOut()
        equal(null, citizen.session())
        equal(true, problem { citizen.api.listSessions() }.isSignedOut)
    },
    Test("whoever stops in the browser is told why") {
        val phone = Phone()
        val link = browse(phone.startSignIn().authorizationUrl, "stop")
        equal(SignedIn.No(SignInFault.STOPPED), phone.citizen.finishSignIn(link))
    },
    Test("a code is no good with another verifier") {
        val theirs = Phone()
        val link = browse(Phone().startSignIn().authorizationUrl, "other-0")
        theirs.startSignIn()
        // Another app took the link: it has a verifier of its own.
        equal(SignedIn.No(SignInFault.NOTHING_TO_FINISH), theirs.citizen.finishSignIn(link))
        equal(null, theirs.citizen.session())
        // A phone on which nobody is signed in asks nothing.
        val before = theirs.line.all.size
        val refused = problem { theirs.citizen.api.listSessions() }
        equal(listOf(OwnCode.SIGNED_OUT, 0, true), listOf(refused.code, refused.status, refused.isSignedOut))
        equal(before, theirs.line.all.size)
    },
    Test("an answer to the trade that is lost is asked for again, also by an app that was killed") {
        Network().use { network ->
            val phone = Phone(server = network.address, patience = Patience(tries = 1))
            val link = browse(phone.startSignIn().authorizationUrl, "other-0")
            network.loseAnswers.set(1)
            equal(OwnCode.NO_ANSWER, problem { phone.citizen.finishSignIn(link) }.code)
            // Without the key of the first try the code would be one that came back, and end the session.
            val after = Phone(phone.store)
            equal(SignedIn.Yes(null), after.citizen.finishSignIn(link))
            equal(after.citizen.session()?.sessionId, after.current())
        }
    },
    Test("a token that expired is renewed once for all who wait, and kept before it is used") {
        val phone = phoneOf("other-0")
        nextDay()
        val before = listOf("session_id", "access_token", "refresh_token").associateWith { phone.kept(it) }
        phone.line.before = { what, sent ->
            // Before the renewal the old one is sent, and after it none that the phone could lose.
            val good = setOf(before["access_token"], phone.kept("access_token")).map { "Bearer $it" }
            if (what == SESSIONS) holds(sent.headers["Authorization"] in good, "a token that is not kept is used")
        }
        val all = withContext(Dispatchers.IO) { List(8) { async { phone.current() } }.awaitAll() }
        equal(listOf(1, 8), listOf(phone.line.count("$REFRESH 200"), phone.line.count("$SESSIONS 200")), "${phone.line.all}")
        holds(phone.kept("refresh_token") != before["refresh_token"], "the old one is kept")
        equal(setOf(before["session_id"]), all.map { "$it" }.toSet())
    },
    Test("a citizen steps up, and the session goes on") {
        val phone = phoneOf("anna")
        val before = phone.citizen.session()
        val begun = phone.citizen.startStepUp(Level.HIGH, Language.NL, goOn = "/documents")
        equal(SignedIn.Yes("/documents"), phone.citizen.finishSignIn(browse(begun.authorizationUrl, "anna")))
        equal(before?.copy(level = Level.HIGH), phone.citizen.session())
        holds(phone.citizen.api.listDocuments().isNotEmpty(), "no documents")
    },
    Test("a reminder leads to a visit, which an app books from it") {
        val citizen = phoneOf("anna").citizen
        val reminder = suspend {
            citizen.messages().toList().find { it.kind == "document_reminder" && it.action?.link.orEmpty().endsWith("/visits") }
        }
        var message = reminder()
        var days = 0
        while (message == null && days < 7) {
            nextDay()
            days += 1
            message = reminder()
        }
        val visit = bookFrom(citizen, message ?: throw AssertionError("no reminder came"))
        holds(visit != null, "nothing was booked")
        val about = UUID.fromString(message.deepLink.removePrefix("/documents/"))
        equal(visit?.day, citizen.api.getDocument(about).appointmentOn)
        citizen.api.cancelAppointment(visit!!.id)
    },
    Test("a token that is not kept is not used") {
        val memory = MemoryStore()
        var isLocked = false
        // A keystore that cannot be used, as before a phone is unlocked for the first time.
        val store = object : Store by memory {
            override suspend fun write(name: String, value: String?) {
                if (isLocked) error("the keystore is locked")
                memory.write(name, value)
            }
        }
        val phone = phoneOf("other-0", store)
        val before = phone.citizen.session()?.sessionId
        nextDay()
        isLocked = true
        equal("the keystore is locked", runCatching { phone.current() }.exceptionOrNull()?.message)
        equal(0, phone.line.count("$SESSIONS 200"))
        isLocked = false
        // The old one again: no refresh token that was given for it has been traded.
        equal(before, phone.current())
    },
    Test("two processes of one phone that need a new token at once keep one session") {
        val folder = newFolder()
        val phone = phoneOf("other-0", FileStore(folder))
        val session = phone.citizen.session()?.sessionId
        repeat(2) {
            nextDay()
            val processes = List(2) { Process(folder.path) }
            processes.forEach { equal("ready", it.next()) }
            processes.forEach { it.begin() }
            val told = processes.map { it.next().split('|') }
            equal(listOf("$session", "$session"), told.map { it.first() }, "$told")
            equal(listOf("$REFRESH 200"), told.flatten().filter { it.startsWith(REFRESH) })
        }
        // The app itself, which held what they have used up.
        equal(session, phone.current())
    },
    Test("an answer to a renewal that is lost ends no session") {
        Network().use { network ->
            val phone = phoneOf("other-0")
            val session = phone.citizen.session()?.sessionId
            nextDay()
            val far = Phone(phone.store, network.address)
            // Within one call: the same key, and so the same answer.
            far.line.before = { what, _ -> if (what == REFRESH && network.lost.get() == 0) network.loseAnswers.set(1) }
            equal(session, far.current())
            equal(listOf(1, 1), listOf(far.line.count("$REFRESH lost"), far.line.count("$REFRESH 200")), "${far.line.all}")
            nextDay()
            // Without any more tries: the app was killed. A day later it sends the old token once more.
            val dying = Phone(phone.store, network.address, Patience(tries = 1))
            dying.line.before = { what, _ -> if (what == REFRESH) network.loseAnswers.set(1) }
            equal(OwnCode.NO_ANSWER, problem { dying.current() }.code)
            nextDay()
            equal(session, Phone(phone.store).current())
        }
    },
    Test("a token that was used up by another ends the session, and the app is told once") {
        val phone = phoneOf("other-0")
        val copy = MemoryStore().apply { write("session", phone.store.read("session")) }
        repeat(2) {
            nextDay()
            phone.current()
        }
        val told = mutableListOf<String>()
        val thief = Phone(copy, onSignedOut = { told += it.code })
        equal(Codes.REFRESH_REUSED, problem { thief.current() }.code)
        equal(null, thief.citizen.session())
        // The server looks once which sessions have ended, and answers whoever comes meanwhile from what it knew.
        val mine = Phone(phone.store, onSignedOut = { told += it.code })
        runCatching { Phone(MemoryStore().apply { write("session", phone.store.read("session")) }).current() }
        equal(Codes.SESSION_ENDED, problem { mine.current() }.code)
        equal(listOf(Codes.REFRESH_REUSED, Codes.SESSION_ENDED), told)
    },
    Test("a visit is booked, stands in the inbox, and is cancelled") {
        val phone = phoneOf("other-3")
        val api = phone.citizen.api
        val first = api.bookAppointment(something(phone))
        val second = api.bookAppointment(something(phone, but = first.day))
        // Each booking writes a message; they are read page by page.
        phone.line.all.clear()
        val whole = phone.citizen.messages(limit = 100).map { it.id }.toList()
        holds(whole.size > 1, "${whole.size} messages")
        equal(1, phone.line.all.size)
        equal(whole, phone.citizen.messages(limit = 1).map { it.id }.toList())
        val unread = api.countUnread().unread
        api.markRead(whole.first())
        equal(unread - 1, api.countUnread().unread)
        holds(api.getAppointmentCalendar(first.id).startsWith("BEGIN:VCALENDAR"), "it is no calendar")
        for (visit in listOf(first, second)) api.cancelAppointment(visit.id)
        equal(emptyList<UUID>(), api.listAppointments().map { it.id })
    },
    Test("a booking whose answer is lost is booked once") {
        Network().use { network ->
            val phone = phoneOf("other-1")
            val far = Phone(phone.store, network.address)
            val wish = something(far)
            network.loseAnswers.set(1)
            val visit = far.citizen.api.bookAppointment(wish)
            equal(1, network.lost.get())
            equal(listOf("POST /v1/appointments lost", "POST /v1/appointments 200"), far.line.all.takeLast(2))
            val keys = far.line.keys.takeLast(2)
            equal(keys[0], keys[1])
            holds(keys[0] != null, "without a key")
            suspend fun mine() = far.citizen.api.listAppointments().map { it.reference }.toSet()
            equal(setOf(visit.reference), mine())
            // Nobody is there: the app gives up, and the citizen presses again, with the key of the first press.
            val deed = far.citizen.deed()
            val other = something(far, but = visit.day)
            network.loseAnswers.set(1)
            val impatient = Phone(phone.store, network.address, Patience(tries = 1))
            equal(OwnCode.NO_ANSWER, problem { impatient.citizen.api.bookAppointment(other, deed) }.code)
            val second = far.citizen.api.bookAppointment(other, deed)
            equal(setOf(visit.reference, second.reference), mine())
            // A key is of one deed.
            val changed = problem { far.citizen.api.bookAppointment(wish, deed) }
            equal(listOf(Codes.IDEMPOTENCY_KEY_REUSED, "Idempotency-Key"), listOf(changed.code, changed.field))
            network.loseAnswers.set(1)
            for (booked in listOf(visit, second)) far.citizen.api.cancelAppointment(booked.id)
            equal(emptySet<String>(), mine())
        }
    },
    Test("an answer of which a part is missing is asked for again, and not for ever") {
        Network().use { network ->
            val phone = phoneOf("other-0")
            val far = Phone(phone.store, network.address)
            network.cutAnswers.set(1)
            equal(far.citizen.session()?.sessionId, far.current())
            equal("$SESSIONS 200", far.line.all.last())
            network.loseRequests.set(100)
            val given = Phone(phone.store, network.address, Patience(tries = 2))
            val refused = problem { given.current() }
            equal(listOf(OwnCode.NO_ANSWER, 0, false), listOf(refused.code, refused.status, refused.isSignedOut))
            equal(2, given.line.all.size)
        }
    },
    Test("what is refused is refused once, with its code") {
        val phone = phoneOf("other-0")
        val api = phone.citizen.api
        val missing = problem { api.getMessage(UUID.randomUUID()) }
        equal(listOf(Codes.NOT_FOUND, 404, false), listOf(missing.code, missing.status, missing.isSignedOut))
        val wrong = problem { api.listMessages(limit = 1000) }
        equal(listOf(Codes.PARAMETER_INVALID, "limit"), listOf(wrong.code, wrong.field))
        holds(wrong.body?.requestId != null, "without the id of the request")
        val gone = something(phone).copy(startsAt = OffsetDateTime.parse("2001-01-01T00:00:00Z"))
        equal(Codes.SLOT_NOT_OFFERED, problem { api.bookAppointment(gone) }.code)
        equal(5, phone.line.all.size, "each was sent once: ${phone.line.all}")
        // Something else than the server answers.
        equal(Codes.NOT_FOUND, problem { Phone(server = "$SERVER/nowhere").citizen.api.listMunicipalities() }.code)
    },
    Test("an app that keeps the messages learns what changed") {
        val phone = phoneOf("other-4")
        val api = phone.citizen.api
        val kept = mutableMapOf<UUID, OffsetDateTime?>()
        var cursor: String? = null
        val look = suspend {
            phone.citizen.messageChanges(cursor).collect { page ->
                page.messages.forEach { kept[it.id] = it.readAt }
                cursor = page.cursor
            }
        }
        look()
        val visit = api.bookAppointment(something(phone))
        val before = kept.size
        look()
        holds(kept.size > before, "${kept.size} messages")
        val newest = kept.filterValues { it == null }.keys.last()
        api.markRead(newest)
        look()
        holds(kept[newest] != null, "it was read meanwhile")
        api.cancelAppointment(visit.id)
    },
    Test("a phone registers, also after its answer was lost, and is one phone") {
        Network().use { network ->
            val phone = Phone(phoneOf("other-2").store, network.address)
            val device = DeviceIn(
                appVersion = "1.0.0",
                locale = Language.NL,
                platform = Platform.ANDROID,
                preview = Preview.NEUTRAL,
                target = "token:${UUID.randomUUID()}",
                targetKind = TargetKind.FCM_TOKEN,
            )
            network.loseAnswers.set(1)
            phone.citizen.registerDevice(device)
            Phone(phone.store).citizen.registerDevice(device)
            val installation = phone.citizen.installation()
            equal(1, phone.citizen.api.listDevices().count { it.installationId == installation })
            phone.citizen.signOut()
        }
    },
)
