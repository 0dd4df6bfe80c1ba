// What arrives by push, and what the app does with it.
package thuisloket.citizen

import kotlinx.serialization.encodeToString
import thuisloket.citizen.contract.Category
import thuisloket.citizen.contract.Language

/** What a push says, whichever way it came. */
sealed interface Push {
    val messageId: String

    /** The number on the icon. */
    val unread: Int?

    /**
     * A message is there.
     *
     * @property category Null: one that this version of the app does not know.
     * @property title Only of what anybody may read.
     * @property text The neutral sentence.
     * @property textKey Which sentence that is, also where it is not there. Null: one that this version of the app does not know.
     * @property isToFetch Full previews: fetch the message with the app's own session, and show its title.
     */
    data class Show(
        override val messageId: String,
        val category: Category?,
        override val unread: Int?,
        val title: String?,
        val text: String?,
        val textKey: TextKey?,
        val isToFetch: Boolean,
    ) : Push {
        /** An emergency, or the citizen is called at the town hall: show it at once, whatever is muted. */
        val isUrgent: Boolean get() = category in URGENT
    }

    /** It was read elsewhere: take its notification off, and set the number on the icon. */
    data class Clear(override val messageId: String, override val unread: Int?) : Push

    /** A kind that this version of the app does not know: show its text, if it has one, and open the inbox. */
    data class Plain(
        val kind: String,
        override val messageId: String,
        override val unread: Int?,
        val title: String?,
        val text: String?,
        val textKey: TextKey?,
    ) : Push
}

/**
 * What a notification says where the app shows it and has no title: the push's own sentence, or the one that the app carries for it. Null: a
 * sentence that this version of the app does not know, and that did not come with the push.
 */
fun Push.sentence(language: Language): String? {
    val (text, key) = when (this) {
        is Push.Show -> text to textKey
        is Push.Plain -> text to textKey
        is Push.Clear -> null to null
    }
    return text ?: key?.let { STRINGS[language]?.get(it.value) }
}

private val URGENT = setOf(Category.QUEUE, Category.EMERGENCY)

private fun known(category: String?): Category? =
    Category.entries.find { it.value == category && it != Category.UNKNOWN_DEFAULT_OPEN_API }

private fun push(data: Map<String, String>, title: String?, text: String?, isToFetch: Boolean): Push? {
    val messageId = data["message_id"].orEmpty()
    val kind = data["type"].orEmpty()
    // Of another sender, such as a library of the app's own.
    if (messageId.isEmpty() || kind.isEmpty()) return null
    val key = TextKey.entries.find { it.value == data["text_key"] }
    val unread = data["unread"]?.toIntOrNull()?.takeIf { it >= 0 }
    return when (kind) {
        "clear" -> Push.Clear(messageId, unread)
        "show" -> Push.Show(messageId, known(data["category"]), unread, title, text, key, isToFetch)
        else -> Push.Plain(kind, messageId, unread, title, text, key)
    }
}

/**
 * Reads a message of Firebase: its `data`, and the `title` and `body` of its `notification`, where it has one. Null: it is not from this
 * server.
 */
fun readFcm(data: Map<String, String>, title: String? = null, body: String? = null): Push? {
    val text = body?.ifEmpty { null }
    // Without a sentence the system has shown nothing, and the app has to.
    return push(data, title?.ifEmpty { null }, text, isToFetch = text == null)
}

/** Reads the extras of the intent that opened the app, of which the system has shown the push. Null: it is not from this server. */
fun readOpened(extras: Map<String, String>): Push? = push(extras, title = null, text = null, isToFetch = false)

/**
 * How a number of the citizen stands: what the app's notification for it shows.
 *
 * @property isOver Nobody waits with it any more: take its notification off.
 * @property timestamp Since when it stands so, in seconds since 1970.
 * @property ahead How many are called before. Null: the citizen is called, or waits aside.
 * @property minutes How long it will be. Null: nobody knows.
 * @property desk To which desk the citizen is called.
 */
data class LiveNumber(
    val ticketId: String,
    val isOver: Boolean,
    val timestamp: Long,
    val number: String,
    val ahead: Int?,
    val minutes: Int?,
    val desk: String?,
)

/** Reads the `data` of a message of Firebase about a number. Null: it is another. */
fun readLive(data: Map<String, String>): LiveNumber? {
    val ticketId = data["ticket_id"].orEmpty()
    val number = data["number"].orEmpty()
    val timestamp = data["timestamp"]?.toLongOrNull()
    if (data["type"] != "live" || ticketId.isEmpty() || number.isEmpty() || timestamp == null) return null
    val count = { field: String -> data[field]?.toIntOrNull()?.takeIf { it >= 0 } }
    val desk = data["desk"]?.ifEmpty { null }
    return LiveNumber(ticketId, data["event"] == "end", timestamp, number, count("ahead"), count("minutes"), desk)
}

/** Under which name the store keeps what came. */
internal const val PUSHES = "pushes"

/** How many pushes are remembered: a provider keeps none for longer than some days. */
private const val REMEMBERED = 200

/** What to do with a push. */
enum class Act { SHOW, CLEAR, DROP }

/** Which pushes this phone has had. They come at least once, in any order, and to more than one process of an app. */
class Pushes internal constructor(private val store: Store) {
    /** Says what to do with a push, and remembers it. A second one of the same message and type is dropped. */
    suspend fun handle(push: Push): Act {
        val kind = when (push) {
            is Push.Show -> "show"
            is Push.Clear -> "clear"
            is Push.Plain -> push.kind
        }
        val line = "$kind ${push.messageId}"
        return store.withLock(PUSHES) {
            val before = store.read(PUSHES)?.let { json.decodeFromString<List<String>>(it) }.orEmpty()
            if (line in before) return@withLock Act.DROP
            store.write(PUSHES, json.encodeToString((before + line).takeLast(REMEMBERED)))
            when {
                push is Push.Clear -> Act.CLEAR
                // Overtaken on its way: it was read elsewhere already.
                push is Push.Show && "clear ${push.messageId}" in before -> Act.DROP
                else -> Act.SHOW
            }
        }
    }
    /** The same of how a number stands: what is not newer than what the phone shows is dropped. */
    suspend fun handle(live: LiveNumber): Act {
        val of = "live ${live.ticketId} "
        return store.withLock(PUSHES) {
            val before = store.read(PUSHES)?.let { json.decodeFromString<List<String>>(it) }.orEmpty()
            val last = before.find { it.startsWith(of) }
            if (last != null && last.removePrefix(of).toLong() >= live.timestamp) return@withLock Act.DROP
            val now = before.filter { it != last } + "$of${live.timestamp}"
            store.write(PUSHES, json.encodeToString(now.takeLast(REMEMBERED)))
            if (live.isOver) Act.CLEAR else Act.SHOW
        }
    }
}
