// What the tests have: a running demo, phones on it, a network that breaks.
package thuisloket.citizen

import java.io.File
import java.io.IOException
import java.net.HttpURLConnection
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.URI
import java.nio.file.Files
import java.util.Collections
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonPrimitive
import thuisloket.citizen.contract.Language
import thuisloket.citizen.contract.SignInBegun
import thuisloket.citizen.example.browse

fun set(name: String): String =
    System.getenv(name)?.ifEmpty { null } ?: error("$name is not set: start `thuisloket demo`, and say where it is")

/** The address of the town's server. */
val SERVER: String by lazy { set("THUISLOKET_SERVER") }

/** The address of the demo's page, which has the clock. */
private val DEMO: String by lazy { set("THUISLOKET_DEMO") }

/** Lets a day pass in the town: every access token has expired. */
fun nextDay() {
    val answer = URI("$DEMO/days/1").toURL().openConnection() as HttpURLConnection
    answer.requestMethod = "POST"
    holds(answer.responseCode in 200..299, "no day passed: ${answer.responseCode}")
}

/** A folder that is gone when the tests are over. */
fun newFolder(): File = Files.createTempDirectory("thuisloket-").toFile().apply {
    Runtime.getRuntime().addShutdownHook(Thread { deleteRecursively() })
}

/** The answers to a phone, in order: `POST /v1/sessions/refresh 200`, or `… lost`. */
class Line : Http {
    val all: MutableList<String> = Collections.synchronizedList(mutableListOf())
    val keys: MutableList<String?> = Collections.synchronizedList(mutableListOf())

    /** Called before each request goes out. */
    var before: suspend (what: String, sent: Sent) -> Unit = { _, _ -> }
    private val http = UrlConnectionHttp()

    override suspend fun send(sent: Sent): Received {
        val what = "${sent.method} ${URI(sent.url).path}"
        before(what, sent)
        keys += sent.headers["Idempotency-Key"]
        return try {
            http.send(sent).also { all += "$what ${it.status}" }
        } catch (lost: IOException) {
            all += "$what lost"
            throw lost
        }
    }

    fun count(what: String): Int = all.count { it == what }
}

class Phone(
    val store: Store = MemoryStore(),
    server: String = SERVER,
    patience: Patience = Patience(),
    onSignedOut: (Problem) -> Unit = {},
) {
    val line = Line()
    val citizen = Citizen(server, store, line, patience, onSignedOut)

    suspend fun startSignIn(goOn: String? = null): SignInBegun =
        citizen.startSignIn("deinze", "Telefoon van de test", Language.NL, "town", goOn)

    /** What is kept of the session. */
    suspend fun kept(name: String): String =
        json.decodeFromString<JsonObject>(store.read("session") ?: "{}").getValue(name).jsonPrimitive.content

    suspend fun current() = citizen.api.listSessions().find { it.current }?.id
}

/** A phone on which somebody is signed in. */
suspend fun phoneOf(person: String, store: Store = MemoryStore()): Phone {
    val phone = Phone(store)
    val result = phone.citizen.finishSignIn(browse(phone.startSignIn().authorizationUrl, person))
    holds(result is SignedIn.Yes, "$result")
    phone.line.all.clear()
    phone.line.keys.clear()
    return phone
}

/** A network between a phone and the server, that loses things. */
class Network : AutoCloseable {
    private val listener = ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))
    private val open = Collections.synchronizedSet(mutableSetOf<Socket>())

    /** Requests that still get lost before they arrive. */
    val loseRequests = AtomicInteger()

    /** Answers that still get lost: the server has done what was asked. */
    val loseAnswers = AtomicInteger()

    /** Answers of which the last part is missing. */
    val cutAnswers = AtomicInteger()
    val lost = AtomicInteger()
    val address = "http://127.0.0.1:${listener.localPort}"

    init {
        thread(isDaemon = true) {
            while (!listener.isClosed) runCatching { carry(listener.accept()) }
        }
    }

    private fun takes(count: AtomicInteger): Boolean = count.getAndUpdate { if (it > 0) it - 1 else 0 } > 0

    private fun carry(phone: Socket) {
        val to = URI(SERVER)
        val server = Socket(to.host, to.port)
        open += listOf(phone, server)
        val end = { listOf(phone, server).forEach { it.close() } }
        val pump = { from: Socket, into: Socket, pass: (ByteArray) -> ByteArray? ->
            thread(isDaemon = true) {
                runCatching {
                    val buffer = ByteArray(1 shl 20)
                    while (true) {
                        val length = from.getInputStream().read(buffer)
                        if (length < 0) break
                        val whole = buffer.copyOf(length)
                        val passed = pass(whole) ?: break
                        into.getOutputStream().write(passed)
                        if (passed.size < whole.size) break
                    }
                }
                end()
            }
        }
        pump(phone, server) { request -> if (takes(loseRequests)) null.also { lost.incrementAndGet() } else request }
        pump(server, phone) { answer ->
            when {
                takes(cutAnswers) -> answer.copyOf(answer.size - 20)
                takes(loseAnswers) -> null.also { lost.incrementAndGet() }
                else -> answer
            }
        }
    }

    override fun close() {
        listener.close()
        open.forEach { it.close() }
    }
}
