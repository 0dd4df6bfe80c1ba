// The tests and what runs them: no registry that the repository's checks can reach has JUnit's newer versions, and this is all of it that
// they need.
package thuisloket.citizen

import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

class Test(val name: String, val body: suspend () -> Unit)

/** How long one may take: some wait for answers that never come. */
private val MOST = 2.minutes

fun equal(expected: Any?, found: Any?, about: String = "") {
    if (expected != found) throw AssertionError("$about\n expected: $expected\n    found: $found")
}

fun holds(condition: Boolean, about: String) {
    if (!condition) throw AssertionError(about)
}

/** The problem that something ends in. */
suspend fun problem(act: suspend () -> Unit): Problem {
    try {
        act()
    } catch (problem: Problem) {
        return problem
    }
    throw AssertionError("it was not refused")
}

fun main() {
    val tests = alone + journey
    val failed = tests.filterNot { test ->
        runCatching { runBlocking { withTimeout(MOST) { test.body() } } }
            .onSuccess { println("ok      ${test.name}") }
            .onFailure { println("FAILED  ${test.name}\n${it.stackTraceToString()}") }
            .isSuccess
    }
    println("${tests.size - failed.size} passed, ${failed.size} failed")
    exitProcess(if (failed.isEmpty()) 0 else 1)
}
