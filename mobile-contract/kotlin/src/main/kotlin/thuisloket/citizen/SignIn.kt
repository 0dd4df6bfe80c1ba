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

    /** The link is not of the sign-in that began on this phone, or of one that is finished or too old: say nothing, and show the first screen. */
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

/** The path behind the app link, on which a sign-in comes back. */
private const val WAY_BACK = "/sign-in"

/** Whether a link is one of a sign-in: of this app, where its app link is known; else by its path alone. */
private fun isWayBack(link: String, appLink: String?): Boolean {
    val address = link.substringBefore('#').substringBefore('?')
    // Hosts and schemes may come in capitals.
    return if (appLink == null) address.endsWith(WAY_BACK) else address.equals(appLink.trimEnd('/') + WAY_BACK, ignoreCase = true)
}

/** A path of the app. What begins with two slashes is the address of another host. */
private fun isPath(goOn: String): Boolean = goOn.startsWith("/") && !goOn.startsWith("//") && !goOn.startsWith("/\\")

/** What the server says of a code that is not of the sign-in that is under way, or that lapsed. */
internal val NOT_OURS = setOf(Codes.CODE_INVALID, Codes.VERIFIER_INVALID)

/** What an app link of a sign-in says. */
internal sealed interface CameBack {
    data class Code(val code: String, val goOn: String?) : CameBack

    data class Fault(val why: SignInFault) : CameBack
}

internal fun cameBack(link: String, appLink: String? = null): CameBack {
    if (!isWayBack(link, appLink)) return CameBack.Fault(SignInFault.NOTHING_TO_FINISH)
    val said = query(link)
    val code = said["code"]
    if (!code.isNullOrEmpty()) return CameBack.Code(code, said["go_on"]?.takeIf(::isPath))
    val fault = said["error"]
    if (fault.isNullOrEmpty()) return CameBack.Fault(SignInFault.NOTHING_TO_FINISH)
    val known = SignInFault.entries - SignInFault.NOTHING_TO_FINISH
    return CameBack.Fault(known.find { it.name.lowercase() == fault } ?: SignInFault.PROVIDER_UNAVAILABLE)
}
