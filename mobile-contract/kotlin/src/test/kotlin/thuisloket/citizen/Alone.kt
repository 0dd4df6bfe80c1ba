// What needs no server.
package thuisloket.citizen

import java.io.File
import java.nio.file.Files
import java.time.LocalDate
import java.time.OffsetDateTime
import java.util.UUID
import javax.crypto.KeyGenerator
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlinx.serialization.encodeToString
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import thuisloket.citizen.contract.AppointmentWish
import thuisloket.citizen.contract.Category
import thuisloket.citizen.contract.DocumentOut
import thuisloket.citizen.contract.Language
import thuisloket.citizen.contract.MessageOut
import thuisloket.citizen.contract.Standing
import thuisloket.citizen.contract.WaitingWish

private const val MESSAGE = "01958f3a-0000-7000-8000-000000000001"
private const val TEXT = "Je hebt een nieuw bericht van je gemeente."

/** A part of an example of a push, as the contract has it (`mobile-contract/push`). */
private fun texts(name: String, part: String): Map<String, String> {
    val android = json.decodeFromString<JsonObject>(File(set("THUISLOKET_PUSHES"), name).readText()).getValue("android").jsonObject
    return android[part]?.jsonObject?.mapValues { it.value.jsonPrimitive.content }.orEmpty()
}

private fun example(name: String): Push? {
    val notification = texts(name, "notification")
    return readFcm(texts(name, "data"), notification["title"], notification["body"])
}

val alone = listOf(
    Test("a challenge is what RFC 7636 says it is") {
        // Appendix B.
        equal("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        val verifiers = List(100) { newVerifier() }
        equal(100, verifiers.toSet().size)
        holds(verifiers.all { Regex("[A-Za-z0-9_-]{43}").matches(it) }, "${verifiers.first()} is no verifier")
    },
    Test("an app link says what came of it") {
        val link = "https://app.example/thuisloket/sign-in"
        equal(CameBack.Code("a+b", "/inbox?x=1"), cameBack("$link?code=a%2Bb&go_on=%2Finbox%3Fx%3D1"))
        equal(CameBack.Fault(SignInFault.STOPPED), cameBack("$link?error=stopped"))
        for (newer in listOf("something_new", "nothing_to_finish")) {
            equal(CameBack.Fault(SignInFault.PROVIDER_UNAVAILABLE), cameBack("$link?error=$newer"))
        }
        for (odd in listOf(link, "$link?", "$link?code=", "$link?%E0%A4%A=1")) {
            equal(CameBack.Fault(SignInFault.NOTHING_TO_FINISH), cameBack(odd), odd)
        }
        val nobodys = CameBack.Fault(SignInFault.NOTHING_TO_FINISH)
        equal(nobodys, cameBack("https://app.example/inbox?code=a"), "another path")
        val ours = "https://App.example/thuisloket/"
        equal(CameBack.Code("a", null), cameBack("$link?code=a", ours))
        equal(nobodys, cameBack("https://evil.example/thuisloket/sign-in?code=a", ours), "another host")
        equal(CameBack.Fault(SignInFault.STOPPED), cameBack("myapp://town/sign-in?error=stopped", "myapp://town"))
        // Where it goes on is a path of the app, and of no other host.
        for (other in listOf("%2F%2Fevil.example", "%2F%5Cevil.example", "https%3A%2F%2Fevil.example")) {
            equal(CameBack.Code("a", null), cameBack("$link?code=a&go_on=$other"), other)
        }
    },
    Test("whatever goes wrong has a sentence, and says whether it may go well later") {
        val proxy = problemOf(Received(503, mapOf("retry-after" to "7"), "<html>busy</html>".toByteArray()))
        equal(listOf(OwnCode.ANSWER_UNREADABLE, 503, 7L, true), listOf(proxy.code, proxy.status, proxy.retryAfterSeconds, proxy.isLater))
        val newer = problemOf(Received(409, emptyMap(), """{"code":"of_next_year"}""".toByteArray()))
        equal(listOf("of_next_year", false), listOf(newer.code, newer.isLater))
        val none = Problem(OwnCode.NO_ANSWER, 0)
        equal(listOf(true, false), listOf(none.isLater, Problem(OwnCode.SIGNED_OUT, 0).isLater))
        for (one in listOf(proxy, newer, none)) holds(one.message.orEmpty().endsWith("."), "${one.message}")
        val nothing = Received(200, emptyMap(), "null".toByteArray())
        equal(OwnCode.ANSWER_UNREADABLE, problem { nothing.value<MessageOut>() }.code)
    },
    Test("each push of the contract is read") {
        val show = Push.Show(MESSAGE, Category.DOCUMENTS, 1, null, TEXT, TextKey.PUSH_NEUTRAL, isToFetch = false)
        equal(show, example("fcm-show.example.json"))
        holds(!show.isUrgent, "a document can wait")
        val emergency = show.copy(
            category = Category.EMERGENCY,
            title = "Gaslek: blijf binnen, sluit ramen en deuren",
            text = "Kijk nu in de app van je gemeente.",
            textKey = TextKey.PUSH_CALLED,
        )
        equal(emergency, example("fcm-show.emergency.json"))
        holds(emergency.isUrgent, "an emergency cannot wait")
        equal(Push.Clear(MESSAGE, 0), example("fcm-clear.example.json"))
    },
    Test("a push of full previews is to be fetched, one that opened the app is not, and what is not ours is nobody's") {
        val data = mapOf("type" to "show", "message_id" to MESSAGE, "category" to "documents", "unread" to "1")
        equal(Push.Show(MESSAGE, Category.DOCUMENTS, 1, null, null, null, isToFetch = true), readFcm(data))
        equal(Push.Show(MESSAGE, Category.DOCUMENTS, 1, null, null, null, isToFetch = false), readOpened(data))
        equal(Push.Plain("poll", MESSAGE, 1, null, TEXT, null), readFcm(data + ("type" to "poll"), body = TEXT))
        for (newer in listOf("something_new", "unknown_default_open_api")) {
            equal(null, (readFcm(data + ("category" to newer)) as Push.Show).category)
        }
        val empty = mapOf("type" to "", "message_id" to MESSAGE)
        for (theirs in listOf(emptyMap(), data - "message_id", data - "type", empty)) {
            equal(null, readFcm(theirs))
            equal(null, readOpened(theirs))
        }
    },
    Test("a push that has no sentence names the one that the app carries") {
        val silent = example("fcm-show.documents-full.json") as Push.Show
        equal(listOf(null, TextKey.PUSH_NEUTRAL), listOf(silent.text, silent.textKey))
        for (language in listOf(Language.NL, Language.FR, Language.DE, Language.EN)) {
            val strings = json.decodeFromString<Map<String, String>>(File(set("THUISLOKET_PUSHES"), "strings.${language.value}.json").readText())
            equal(strings, STRINGS[language])
            equal(strings.getValue("push_neutral"), silent.sentence(language))
        }
        // What came with the push goes before it.
        equal("Kijk nu in de app van je gemeente.", example("fcm-show.queue.json")?.sentence(Language.EN))
        val data = mapOf("type" to "show", "message_id" to MESSAGE, "category" to "documents", "unread" to "1")
        for (newer in listOf("push_of_next_year", "push_action_open")) {
            val push = readFcm(data + ("text_key" to newer)) as Push.Show
            equal(listOf(null, null), listOf(push.textKey, push.sentence(Language.NL)), newer)
        }
    },
    Test("a push that comes twice is shown once, and taken off when the message was read elsewhere") {
        val store = MemoryStore()
        // The app and a process of its own share the store.
        val app = Pushes(store)
        val other = Pushes(store)
        val show = Push.Show(MESSAGE, Category.DOCUMENTS, 1, null, TEXT, TextKey.PUSH_NEUTRAL, isToFetch = false)
        val both = coroutineScope { listOf(app, other).map { async { it.handle(show) } }.awaitAll() }
        equal(listOf(Act.DROP, Act.SHOW), both.sortedDescending())
        val clear = Push.Clear(MESSAGE, 0)
        equal(listOf(Act.CLEAR, Act.DROP), listOf(app.handle(clear), other.handle(clear)))
        val late = MESSAGE.dropLast(1) + "2"
        equal(Act.CLEAR, app.handle(Push.Clear(late, 0)))
        equal(Act.DROP, app.handle(show.copy(messageId = late)), "read elsewhere before it came")
    },
    Test("a number is read as it stands, and what is not newer is dropped") {
        val read = { name: String -> readLive(texts("fcm-live.$name.json", "data"))!! }
        val line = read("example")
        equal(LiveNumber(line.ticketId, false, line.timestamp, "B17", 4, 12, null), line)
        val called = line.copy(ahead = null, minutes = null, desk = "Loket 1")
        equal(called, read("called"))
        val end = called.copy(isOver = true, desk = null)
        equal(end, read("end"))
        // It is no message, and a message is no number.
        equal(null, example("fcm-live.example.json"))
        equal(null, readLive(texts("fcm-show.example.json", "data")))
        val pushes = Pushes(MemoryStore())
        equal(listOf(Act.SHOW, Act.DROP), listOf(pushes.handle(line), pushes.handle(line)))
        equal(Act.CLEAR, pushes.handle(end.copy(timestamp = line.timestamp + 20)))
        equal(Act.DROP, pushes.handle(called.copy(timestamp = line.timestamp + 10)), "it is over")
    },
    Test("a value that this version does not know loses nothing else") {
        val message = """{"id":"$MESSAGE","title":"T","body":"B","kind":"of_next_year","deep_link":"/inbox",
            "created_at":"2027-03-01T08:00:00Z","a_new_field":{"x":[1]}}"""
        val read = json.decodeFromString<MessageOut>(message)
        equal(listOf("of_next_year", OffsetDateTime.parse("2027-03-01T08:00Z"), null), listOf(read.kind, read.createdAt, read.action))
        val document = """{"id":"$MESSAGE","kind":"eid","name":"N","state":"lost_in_the_post","bring":"","how_to_renew":"","number_end":"1",
            "takes":"","expires_on":"2027-04-05"}"""
        val old = json.decodeFromString<DocumentOut>(document)
        equal(listOf(Standing.UNKNOWN_DEFAULT_OPEN_API, LocalDate.of(2027, 4, 5)), listOf(old.state, old.expiresOn))
    },
    Test("what is absent is not sent, and times have their seconds") {
        val id = UUID.fromString(MESSAGE)
        val eight = OffsetDateTime.parse("2027-03-01T08:00Z")
        val wish = AppointmentWish(hold = false, locationId = id, persons = 1, serviceId = id, startsAt = eight)
        val sent = json.decodeFromString<JsonObject>(json.encodeToString(wish))
        equal("2027-03-01T08:00:00Z", sent.getValue("starts_at").jsonPrimitive.content)
        holds("contact" !in sent, "$sent")
        equal("""{"from_on":"2027-03-01"}""", json.encodeToString(WaitingWish(fromOn = LocalDate.of(2027, 3, 1))))
    },
    Test("what is kept is sealed, whole, and gone with its key") {
        val folder = newFolder()
        val key = { KeyGenerator.getInstance("AES").apply { init(256) }.generateKey() }
        val mine = key()
        FileStore(folder, mine).write("session", "a secret")
        equal("a secret", FileStore(folder, mine).read("session"))
        val kept = Files.readAllBytes(File(folder, "session").toPath())
        holds("secret" !in String(kept, Charsets.ISO_8859_1), "it can be read")
        FileStore(folder, mine).write("session", "a secret")
        holds(!kept.contentEquals(File(folder, "session").readBytes()), "sealed twice it is the same")
        equal(null, FileStore(folder, key()).read("session"), "another key")
        File(folder, "session").writeBytes(byteArrayOf(1, 2, 3))
        equal(null, FileStore(folder, mine).read("session"), "cut off")
        FileStore(folder, mine).write("session", null)
        equal(emptyList<String>(), folder.list()?.toList(), "what is taken away is gone")
    },
    Test("a lock is held by one, and let go after a fault") {
        val folder = newFolder()
        val stores = List(3) { FileStore(folder) }
        var inside = 0
        withContext(Dispatchers.IO) {
            List(15) { turn ->
                async {
                    val store = stores[turn % 3]
                    store.withLock("session") {
                        inside += 1
                        equal(1, inside)
                        val before = store.read("visits")?.toInt() ?: 0
                        store.write("visits", "${before + 1}")
                        inside -= 1
                    }
                }
            }.awaitAll()
        }
        equal("15", stores[0].read("visits"))
        equal("within", runCatching { stores[0].withLock<Unit>("session") { error("within") } }.exceptionOrNull()?.message)
        equal("free again", stores[1].withLock("session") { "free again" })
    },
)
