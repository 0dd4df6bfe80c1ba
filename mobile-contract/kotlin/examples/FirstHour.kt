// The first hour of an app: signs in, reads the inbox, books a visit, registers for pushes, handles one.
package thuisloket.citizen.example

import java.util.UUID
import kotlinx.coroutines.flow.firstOrNull
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import thuisloket.citizen.Citizen
import thuisloket.citizen.Codes
import thuisloket.citizen.MemoryStore
import thuisloket.citizen.Problem
import thuisloket.citizen.Push
import thuisloket.citizen.SignedIn
import thuisloket.citizen.contract.AppointmentOut
import thuisloket.citizen.contract.AppointmentWish
import thuisloket.citizen.contract.DeviceIn
import thuisloket.citizen.contract.Language
import thuisloket.citizen.contract.Needs
import thuisloket.citizen.contract.Platform
import thuisloket.citizen.contract.Preview
import thuisloket.citizen.contract.TargetKind
import thuisloket.citizen.readFcm

/** Who comes second is told so, and takes the next start. */
private val NEXT_START = setOf(Codes.SLOT_TAKEN, Codes.SLOT_NOT_OFFERED, Codes.VISIT_OVERLAPS)

fun main(arguments: Array<String>) = runBlocking {
    val server = arguments.getOrElse(0) { "http://127.0.0.1:8091" }
    val person = arguments.getOrElse(1) { "anna" }
    val provider = arguments.getOrElse(2) { "town" }
    val citizen = Citizen(
        server,
        // In an app: a FileStore with a key of the keystore. Here a session lasts as long as the process.
        MemoryStore(),
        onSignedOut = { println("Signed out: ${it.code}") },
    )

    // 1. Choose a town, and sign in.
    val town = citizen.api.listMunicipalities().first()
    val begun = citizen.startSignIn(town.key, "First hour", Language.NL, provider, goOn = "/inbox")
    // In an app: a Custom Tab, and the app link comes back as an intent.
    val result = citizen.finishSignIn(browse(begun.authorizationUrl, person))
    val signedIn = result as? SignedIn.Yes ?: error("not signed in: $result")
    val me = citizen.api.getProfile()
    println("1. Signed in as ${me.givenNames} in ${town.names.firstOrNull()?.name ?: town.key}; on to ${signedIn.goOn ?: "/"}.")

    // 2. Read the inbox, the newest first. The next page is asked for when the flow comes there.
    val messages = citizen.messages(limit = 20).toList()
    for (message in messages.take(3)) {
        println("2. ${message.createdAt} ${if (message.withdrawnAt == null) "" else "(withdrawn) "}${message.title}")
    }
    println("2. ${messages.size} messages in the inbox.")

    // 3. Register for pushes, with what Google gave the app.
    val device = DeviceIn(
        appVersion = "1.0.0",
        locale = Language.NL,
        platform = Platform.ANDROID,
        preview = Preview.NEUTRAL,
        target = "first-hour:${UUID.randomUUID()}",
        targetKind = TargetKind.FCM_TOKEN,
    )
    citizen.registerDevice(device)
    println("3. Registered for pushes.")

    // 4. Search the next free start and book it.
    val services = citizen.api.listServices().services
    val service = services.find { it.needs == Needs.CITIZEN } ?: services.first()
    var booked: AppointmentOut? = null
    citizen.freeStarts(service.id).firstOrNull { start ->
        // One key for one deed: made before the first try, and kept until it is answered.
        val deed = citizen.deed()
        val wish = AppointmentWish(
            hold = false,
            locationId = start.locationId,
            persons = 1,
            serviceId = service.id,
            startsAt = start.startsAt,
        )
        try {
            booked = citizen.api.bookAppointment(wish, idempotencyKey = deed)
        } catch (problem: Problem) {
            if (problem.code !in NEXT_START) throw problem
        }
        booked != null
    }
    val visit = booked ?: error("no start is free")
    println("4. Booked: ${visit.service.name}, ${visit.startsAt}, ${visit.location.name}; reference ${visit.reference}.")

    // 5. A push comes in. It holds an id and nothing personal: the message is fetched with the app's own session.
    val newest = citizen.messages(limit = 1).firstOrNull()
    val id = newest?.id ?: UUID.fromString("01958f3a-0000-7000-8000-000000000001")
    val data = mapOf("type" to "show", "message_id" to "$id", "category" to "appointments", "unread" to "1")
    val push = readFcm(data, body = "Je hebt een nieuw bericht van je gemeente.") as? Push.Show ?: error("not a push of this server")
    println("5. A push, to ${citizen.pushes.handle(push)}: ${push.text}")
    println("5. The same again, to ${citizen.pushes.handle(push)}.")
    if (newest != null) {
        val message = citizen.api.getMessage(newest.id)
        citizen.api.markRead(newest.id)
        println("5. Opened: ${message.title}. ${citizen.api.countUnread().unread} unread.")
    }

    // 6. Leave nothing behind, so that this can be run again.
    citizen.api.cancelAppointment(visit.id)
    citizen.api.removeDevice(citizen.installation())
    citizen.signOut()
    println("6. Cancelled, and signed out.")
}
