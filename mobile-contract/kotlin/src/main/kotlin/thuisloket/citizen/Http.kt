// The way to the server.
package thuisloket.citizen

import java.io.IOException
import java.net.HttpURLConnection
import java.net.URI
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.suspendCancellableCoroutine

/** One request, each try of which is the same. */
class Sent(val method: String, val url: String, val headers: Map<String, String>, val body: String? = null)

/** What came back, as a whole. The names in [headers] are in lower case. */
class Received(val status: Int, val headers: Map<String, String>, val body: ByteArray) {
    fun header(name: String): String? = headers[name]

    fun text(): String = String(body, Charsets.UTF_8)
}

/** What sends a request: [UrlConnectionHttp], or some lines around the client that an app has already. */
fun interface Http {
    /** Sends it once, follows no redirection, and reads the whole body. Whoever is cancelled lets go of the connection. */
    @Throws(IOException::class)
    suspend fun send(sent: Sent): Received
}

/** HTTP with what Android and the JVM both have. */
class UrlConnectionHttp(
    /** How long a connection may take to be made. */
    private val connectWithin: Duration = 15.seconds,
    /** How long a server that says nothing is waited for. */
    private val readWithin: Duration = 40.seconds,
) : Http {
    override suspend fun send(sent: Sent): Received {
        val connection = URI(sent.url).toURL().openConnection() as HttpURLConnection
        return suspendCancellableCoroutine { waiting ->
            // What reads does not hear of a cancellation, unless its connection is taken away.
            waiting.invokeOnCancellation { connection.disconnect() }
            Dispatchers.IO.asExecutor().execute { waiting.resumeWith(runCatching { exchange(connection, sent) }) }
        }
    }

    private fun exchange(connection: HttpURLConnection, sent: Sent): Received {
        connection.requestMethod = sent.method
        connection.connectTimeout = connectWithin.inWholeMilliseconds.toInt()
        connection.readTimeout = readWithin.inWholeMilliseconds.toInt()
        connection.instanceFollowRedirects = false
        connection.useCaches = false
        // Java asks for pages by itself, and is given them.
        connection.setRequestProperty("Accept", "*/*")
        sent.headers.forEach(connection::setRequestProperty)
        sent.body?.let { body ->
            connection.doOutput = true
            connection.outputStream.use { it.write(body.toByteArray()) }
        }
        val status = connection.responseCode
        // No status line that is one.
        if (status < 0) throw IOException("this is no HTTP")
        // The stream of an answer that is an error is another one, and null where it has no body.
        val stream = if (status < HttpURLConnection.HTTP_BAD_REQUEST) connection.inputStream else connection.errorStream
        val body = stream?.use { it.readBytes() } ?: ByteArray(0)
        val headers = connection.headerFields.entries
            .filter { it.key != null }
            .associate { (name, values) -> name.lowercase() to values.joinToString(", ") }
        // A connection that broke looks like the end of a body to some versions.
        val length = headers["content-length"]?.toLongOrNull()
        val isWhole = length == null || headers["content-encoding"] != null || sent.method == "HEAD" || length == body.size.toLong()
        if (!isWhole) throw IOException("a part of the answer is missing")
        return Received(status, headers, body)
    }
}
