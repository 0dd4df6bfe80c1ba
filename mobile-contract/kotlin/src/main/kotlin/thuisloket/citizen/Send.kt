// One request, tried again where that may help and can do no harm.
package thuisloket.citizen

import java.io.IOException
import kotlin.math.max
import kotlin.math.min
import kotlin.math.pow
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit.SECONDS
import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeoutOrNull

/** How often and how long a request is tried. */
data class Patience(
    /** Tries of one request, the first among them. */
    val tries: Int = 4,
    /** The longest wait between two of them: where the server asks for more, the app is told. */
    val longestWait: Duration = 20.seconds,
    /** How long until an answer is taken for lost. The server answers within 30 seconds. */
    val answerWithin: Duration = 40.seconds,
)

/** The wait before the second try, in seconds, where the server names none; it doubles with each. */
private const val FIRST_WAIT = 0.5

/**
 * What another try may mend. All others say that the same request will be refused again, or (500) that nobody knows.
 * `no_answer` has the status 0.
 */
private val PASSING = setOf(0, 408, 429, 503)

private val SUCCESS = 200..299

/** How long to wait before the next try; null: there is none. */
private fun waitAfter(problem: Problem, tried: Int, patience: Patience): Duration? {
    if (tried >= patience.tries || problem.status !in PASSING) return null
    val longest = patience.longestWait.toDouble(SECONDS)
    val least = problem.retryAfterSeconds?.toDouble() ?: min(FIRST_WAIT * 2.0.pow(tried - 1), longest)
    if (least > longest) return null
    // Phones that were refused together do not come back together.
    return (least + Random.nextDouble() * max(FIRST_WAIT, least / 4)).seconds
}

/** One try. */
private suspend fun once(http: Http, sent: Sent, patience: Patience): Received {
    val answer = withTimeoutOrNull(patience.answerWithin) { http.send(sent) } ?: throw Problem(OwnCode.NO_ANSWER, 0)
    if (answer.status !in SUCCESS) throw problemOf(answer)
    // The page of a hotel's network says 200 as well; this server sends no pages to an app.
    if (answer.header("content-type").orEmpty().contains("html")) throw Problem(OwnCode.ANSWER_UNREADABLE, answer.status)
    return answer
}

/**
 * Sends a request until there is an answer, at most `patience.tries` times, each time the same to the letter: the server knows by its
 * `Idempotency-Key`, or by what the operation is, that it is the same.
 */
internal suspend fun send(http: Http, sent: Sent, patience: Patience): Received {
    var tried = 0
    while (true) {
        val problem = try {
            return once(http, sent, patience)
        } catch (said: Problem) {
            said
        } catch (lost: IOException) {
            Problem(OwnCode.NO_ANSWER, 0, cause = lost)
        }
        tried += 1
        delay(waitAfter(problem, tried, patience) ?: throw problem)
    }
}
