// What is kept of a sign-in while the citizen is in the browser, and what comes back from there.
package thuisloket.citizen

import java.net.URLDecoder
import kotlinx.serialization.Serializable

/** Why nobody is signed in. The citizen has read it on a page, in their language, but for the last. */
enum class SignInFault {
    /** By the citizen, or it took too long. */
    STOPPED,
    NOT_IN_REGISTER,
    LEVEL_TOO_LOW,
    ANOTHER_PERSON,

    /** Try later. A fault that this version does not know is taken for it. */
    PROVIDER_UNAVAILABLE,

    /** The town must mend it. */
    PROVIDER_MISCONFIGURED,

    /** The link is not of a sign-in that began on this phone, or of one that is finished: say nothing, and show the first screen. */
    NOTHING_TO_FINISH,
}

/** What came of a sign-in. */
sealed interface SignedIn {
    /** @property goOn The path that the app gave at the start. */
    data class Yes(val goOn: String?) : SignedIn

    data class No(val why: SignInFault) : SignedIn
}

/** Under which name the store keeps it. */
internal const val SIGN_IN = "sign-in"

/** A sign-in that is under way. */
@Serializable
internal data class UnderWay(val verifier: String, val trade: Trade? = null)

/** The code that is being traded, with the key of that deed: it is the same if the app is killed before the answer is there. */
@Serializable
internal data class Trade(val code: String, val key: String)

/** What stands in the query of a link. Android's `Uri` is not on the JVM. */
private fun query(link: String): Map<String, String> =
    link.substringBefore('#').substringAfter('?', "").split('&').mapNotNull { pair ->
        try {
            URLDecoder.decode(pair.substringBefore('='), "UTF-8") to URLDecoder.decode(pair.substringAfter('=', ""), "UTF-8")
        } catch (_: IllegalArgumentException) {
            // What is no text is of no sign-in of ours.
            null
        }
    }.toMap()

/** What an app link of a sign-in says. */
internal sealed interface CameBack {
    data class Code(val code: String, val goOn: String?) : CameBack

    data class Fault(val why: SignInFault) : CameBack
}

internal fun cameBack(link: String): CameBack {
    val said = query(link)
    val code = said["code"]
    if (!code.isNullOrEmpty()) return CameBack.Code(code, said["go_on"])
    val fault = said["error"]
    if (fault.isNullOrEmpty()) return CameBack.Fault(SignInFault.NOTHING_TO_FINISH)
    val known = SignInFault.entries - SignInFault.NOTHING_TO_FINISH
    return CameBack.Fault(known.find { it.name.lowercase() == fault } ?: SignInFault.PROVIDER_UNAVAILABLE)
}
