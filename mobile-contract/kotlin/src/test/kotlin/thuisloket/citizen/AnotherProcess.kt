// Another process of the same phone: it shares the store of the app. It asks who is signed in when it is told to, and says how that went.
package thuisloket.citizen

import java.io.File
import kotlinx.coroutines.runBlocking

object AnotherProcess {
    @JvmStatic
    fun main(arguments: Array<String>) = runBlocking {
        val phone = Phone(FileStore(File(arguments.first())))
        println("ready")
        readln()
        val session = runCatching { phone.current() }
        println((listOf("${session.getOrElse { it }}") + phone.line.all).joinToString("|"))
    }
}
