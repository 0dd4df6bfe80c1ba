// Chance and hashes.
package thuisloket.citizen

import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64

/** The bytes of a verifier: 256 bits, as RFC 7636, 4.1 recommends. */
private const val VERIFIER_BYTES = 32

private val chance = SecureRandom()
private val base64url = Base64.getUrlEncoder().withoutPadding()

/** A PKCE verifier (RFC 7636, 4.1). */
internal fun newVerifier(): String = base64url.encodeToString(ByteArray(VERIFIER_BYTES).also(chance::nextBytes))

/** Its challenge by S256 (RFC 7636, 4.2). */
internal fun challengeOf(verifier: String): String =
    base64url.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.toByteArray(Charsets.US_ASCII)))
