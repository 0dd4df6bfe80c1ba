// What the system browser and a citizen do, for who has neither: it follows a sign-in at the stand-ins of `thuisloket demo`, where a person
// is chosen by a parameter. In an app this is one line that opens the address.
package thuisloket.citizen.example

import java.net.HttpURLConnection
import java.net.URI
import java.net.URLEncoder

private const val MOST_STEPS = 8

/** Signs [person] in, and gives the app link that the browser comes back on. */
fun browse(address: String, person: String): String {
    val separator = if ('?' in address) '&' else '?'
    var at = URI("$address${separator}as=${URLEncoder.encode(person, "UTF-8")}")
    repeat(MOST_STEPS) {
        val answer = at.toURL().openConnection() as HttpURLConnection
        answer.instanceFollowRedirects = false
        val status = answer.responseCode
        val location = answer.getHeaderField("location")
        if (location == null) {
            val page = (answer.errorStream ?: answer.inputStream).use { String(it.readBytes()) }
            // A page that says why nobody was signed in has the app link behind its button.
            val link = Regex("""href="([^"]*/sign-in\?error=[^"]*)"""").find(page)?.groupValues?.get(1)
            return link?.replace("&amp;", "&") ?: error("the browser shows a page: $status ${page.take(200)}")
        }
        at = at.resolve(location)
        if (at.path.endsWith("/sign-in")) return at.toString()
    }
    error("the browser was sent around")
}
