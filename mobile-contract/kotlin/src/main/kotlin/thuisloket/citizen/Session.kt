// The tokens of one citizen on one phone, and who may renew them when.
package thuisloket.citizen

import java.util.UUID
import kotlinx.serialization.Contextual
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable
import kotlinx.serialization.encodeToString
import thuisloket.citizen.contract.Level

/** What is kept of `TokensOut`. A version of the app must read what an older one kept, so it does not grow with the contract. */
@Serializable
internal data class Tokens(
    @SerialName("access_token") val accessToken: String,
    @SerialName("refresh_token") val refreshToken: String,
    @SerialName("session_id") @Contextual val sessionId: UUID,
    val level: Level,
)

/** Under which name the store keeps them, and under which it is locked. */
private const val NAME = "session"

internal class Session(
    private val store: Store,
    private val trade: suspend (refreshToken: String) -> Tokens,
    private val ended: (Problem) -> Unit,
) {
    private val turns = Turns()

    /** The tokens as they are now. Read each time: another process of this phone may have renewed them. */
    suspend fun tokens(): Tokens? = store.read(NAME)?.let { json.decodeFromString<Tokens>(it) }

    /** Keeps the tokens of a sign-in. */
    suspend fun keep(tokens: Tokens) = alone { write(tokens) }

    /**
     * Other tokens than those with this access token, which the server does not take any more.
     *
     * One renewal at a time, in all processes: a refresh token is good once. The new tokens are kept before anybody uses them: the old refresh
     * token is good again only for a minute, and until one that was given for it has been traded itself. Where no answer comes, the old ones
     * stay, and are sent again the next time.
     */
    suspend fun renew(stale: String): Tokens = alone {
        val kept = tokens() ?: throw Problem(OwnCode.SIGNED_OUT, 0)
        // Somebody else was first.
        if (kept.accessToken != stale) return@alone kept
        val fresh = try {
            trade(kept.refreshToken)
        } catch (problem: Problem) {
            if (problem.isSignedOut) {
                write(null)
                ended(problem)
            }
            throw problem
        }
        write(fresh)
        fresh
    }

    /** Forgets a session that the server has ended; not one that began meanwhile. */
    suspend fun over(session: UUID, why: Problem) = alone {
        if (tokens()?.sessionId == session) {
            write(null)
            ended(why)
        }
    }

    /** Forgets the session, whatever the server knows of it. */
    suspend fun forget() = alone { write(null) }

    private suspend fun write(tokens: Tokens?) = store.write(NAME, tokens?.let { json.encodeToString(it) })

    // The turns within this process come first: a lock between processes need not know of two who ask from the same one.
    private suspend fun <T> alone(work: suspend () -> T): T = turns.take(NAME) { store.withLock(NAME, work) }
}
