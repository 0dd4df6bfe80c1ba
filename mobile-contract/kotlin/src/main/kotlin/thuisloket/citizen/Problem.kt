package thuisloket.citizen

import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.decodeFromJsonElement
import kotlinx.serialization.json.longOrNull
import thuisloket.citizen.contract.ProblemBody

/** What this package says itself, where no server did. */
object OwnCode {
    /** No answer came: no network, a connection that broke, or a server that took too long. `status` is 0. */
    const val NO_ANSWER = "no_answer"

    /** Something answered that is not this server, such as a proxy or the page of a hotel's network, or an answer broke off. */
    const val ANSWER_UNREADABLE = "answer_unreadable"

    /** Nobody is signed in on this phone. `status` is 0: the server was not asked. */
    const val SIGNED_OUT = "signed_out"
}

/** Codes after which nobody is signed in any more, whatever is tried. */
private val ENDED =
    setOf(Codes.SESSION_ENDED, Codes.REFRESH_INVALID, Codes.REFRESH_REUSED, OwnCode.SIGNED_OUT, Codes.TOKEN_MISSING)

/** What this package says of its own codes. */
private val SENTENCES = mapOf(
    OwnCode.NO_ANSWER to "No answer came: there is no network, or the server took too long.",
    OwnCode.ANSWER_UNREADABLE to "What answered is not the server, or its answer broke off.",
    OwnCode.SIGNED_OUT to "Nobody is signed in on this phone.",
)

/** One sentence, whatever is known. */
private fun sentence(code: String, body: ProblemBody?): String =
    body?.detail?.ifEmpty { null } ?: body?.title?.ifEmpty { null } ?: SENTENCES[code] ?: "The server gave this code, and no sentence."

/** Statuses below 500 after which the same request may go well later. */
private val LATER = setOf(408, 429)

/** From here on the server, or what is before it, is ill. */
private const val ILL = 500

/**
 * Whatever went wrong, with its stable code: one of [Codes], one of [OwnCode], or one of a newer server, which passes through as it is.
 *
 * @property status The HTTP status; 0 where no answer came.
 * @property field The field or parameter at fault.
 * @property reason Which of the faults that the field can have.
 * @property retryAfterSeconds How long to wait, where the server says so.
 * @property body All that the server said: `freeNear`, `requiredLevel`, `requestId` and more; null where it was not this server.
 */
class Problem internal constructor(
    val code: String,
    val status: Int,
    val field: String? = null,
    val reason: String? = null,
    val retryAfterSeconds: Long? = null,
    val body: ProblemBody? = null,
    cause: Throwable? = null,
) : Exception("$status $code: ${sentence(code, body)}", cause) {
    /** Whether the citizen has to sign in again. */
    val isSignedOut: Boolean get() = code in ENDED

    /** Whether to sign in at a higher level helps: [Citizen.startStepUp] with `body.requiredLevel`. */
    val isLevelTooLow: Boolean get() = code == Codes.LEVEL_TOO_LOW

    /**
     * Whether the same request may go well later, by the status, so also where a proxy answered or the code is new: nobody answered, too many
     * ask, or the server is ill. Send it with the same `Idempotency-Key` then, after [retryAfterSeconds] where that is said.
     */
    val isLater: Boolean get() = code == OwnCode.NO_ANSWER || status in LATER || status >= ILL
}

/** The whole seconds of `Retry-After`. Its other form, a date, would need a clock that is right, and a phone's may not be. */
private fun retryAfter(answer: Received): Long? =
    answer.header("retry-after")?.trim()?.takeIf { Regex("""\d{1,9}""").matches(it) }?.toLong()

private fun JsonObject.text(name: String): String? =
    (get(name) as? JsonPrimitive)?.takeIf { it.isString }?.contentOrNull

/** What an answer that is no success says. */
internal fun problemOf(answer: Received): Problem {
    val wait = retryAfter(answer)
    val said = try {
        json.decodeFromString<JsonElement>(answer.text()) as? JsonObject
    } catch (_: SerializationException) {
        null
    }
    val code = said?.text("code") ?: return Problem(OwnCode.ANSWER_UNREADABLE, answer.status, retryAfterSeconds = wait)
    // The code alone is enough to act on: what else a server says may have grown.
    val body = try {
        json.decodeFromJsonElement<ProblemBody>(said)
    } catch (_: SerializationException) {
        null
    }
    val asked = (said["retry_after_seconds"] as? JsonPrimitive)?.longOrNull ?: wait
    return Problem(code, answer.status, said.text("field"), said.text("reason"), asked, body)
}
