package thuisloket.citizen

import java.util.concurrent.ConcurrentHashMap
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * Where the app keeps what must outlive it: the tokens, a sign-in that is under way, the installation's id, the pushes it has seen.
 *
 * All processes of an app (a service with `android:process`, a widget) share one store and one lock: [FileStore] has both. Two stores side
 * by side hold two refresh tokens, and that ends the session.
 */
interface Store {
    suspend fun read(name: String): String?

    /** Is done only when the value is kept for good. `null` takes it away. */
    suspend fun write(name: String, value: String?)

    /** Does [work] while nobody else on this phone does any under the same name, in this process or in another. */
    suspend fun <T> withLock(name: String, work: suspend () -> T): T
}

/** One after another within this process, by name. */
internal class Turns {
    private val all = ConcurrentHashMap<String, Mutex>()

    suspend fun <T> take(name: String, work: suspend () -> T): T = all.getOrPut(name) { Mutex() }.withLock { work() }
}

/** Keeps everything in memory: for a first try, and for tests. The citizen signs in again at each start. */
class MemoryStore : Store {
    private val values = ConcurrentHashMap<String, String>()
    private val turns = Turns()

    override suspend fun read(name: String): String? = values[name]

    override suspend fun write(name: String, value: String?) {
        if (value == null) values.remove(name) else values[name] = value
    }

    override suspend fun <T> withLock(name: String, work: suspend () -> T): T = turns.take(name, work)
}
