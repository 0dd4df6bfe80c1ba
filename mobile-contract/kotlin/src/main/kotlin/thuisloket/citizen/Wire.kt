package thuisloket.citizen

import java.net.URLEncoder
import java.time.OffsetDateTime
import kotlinx.serialization.SerializationException
import kotlinx.serialization.encodeToString

/** A value as it stands in an address or in a header. */
private fun word(value: Any): String = if (value is OffsetDateTime) textOf(value) else value.toString()

private fun encoded(text: String): String = URLEncoder.encode(text, "UTF-8").replace("+", "%20")

private fun addressOf(template: String, path: List<Pair<String, Any>>, query: List<Pair<String, Any?>>): String {
    val filled = path.fold(template) { address, (name, value) -> address.replace("{$name}", encoded(word(value))) }
    val said = query.mapNotNull { (name, value) -> value?.let { "$name=${encoded(word(it))}" } }
    return if (said.isEmpty()) filled else "$filled?${said.joinToString("&")}"
}

/** What the generated operations are written with: an address behind the server's, headers, and a body. */
internal class Wire(private val answer: suspend (Sent, signedIn: Boolean) -> Received) {
    /** @param signedIn Whether the operation needs a session. */
    suspend inline fun <reified T : Any> ask(
        method: String,
        template: String,
        signedIn: Boolean,
        path: List<Pair<String, Any>> = emptyList(),
        query: List<Pair<String, Any?>> = emptyList(),
        headers: List<Pair<String, Any?>> = emptyList(),
        body: String? = null,
    ): T = received(method, template, signedIn, path, query, headers, body).value()

    suspend fun received(
        method: String,
        template: String,
        signedIn: Boolean,
        path: List<Pair<String, Any>> = emptyList(),
        query: List<Pair<String, Any?>> = emptyList(),
        headers: List<Pair<String, Any?>> = emptyList(),
        body: String? = null,
    ): Received {
        val said = headers.mapNotNull { (name, value) -> value?.let { name to word(it) } }.toMap()
        return answer(Sent(method, addressOf(template, path, query), said, body), signedIn)
    }

    inline fun <reified T> text(value: T): String = json.encodeToString(value)
}

/** An answer as what the contract says that it is. */
internal inline fun <reified T : Any> Received.value(): T = when (T::class) {
    Unit::class -> Unit as T
    ByteArray::class -> body as T
    String::class -> text() as T
    else -> try {
        json.decodeFromString<T>(text())
    } catch (fault: SerializationException) {
        throw Problem(OwnCode.ANSWER_UNREADABLE, status, cause = fault)
    }
}
