// From a reminder to a visit: the button of a message, and the action "book" of its push.
package thuisloket.citizen.example

import java.util.UUID
import thuisloket.citizen.Citizen
import thuisloket.citizen.contract.AppointmentOut
import thuisloket.citizen.contract.AppointmentWish
import thuisloket.citizen.contract.MessageOut

/** Books what a reminder asks for. Null: nothing can be booked by it, so show the message. */
suspend fun bookFrom(citizen: Citizen, message: MessageOut): AppointmentOut? {
    val link = message.action?.link ?: return null
    // `/documents` (of several), or an https address.
    val document = Regex("/documents/([^/]+)/visits").matchEntire(link)?.let { UUID.fromString(it.groupValues[1]) } ?: return null
    val proposals = citizen.api.proposeDocumentVisit(document)
    val proposal = proposals.firstOrNull { it.needed && it.appointmentOn == null && it.starts.isNotEmpty() } ?: return null
    val start = proposal.starts.first() // show them all, and let the citizen choose
    val wish = AppointmentWish(
        hold = false,
        locationId = start.locationId,
        persons = proposal.persons,
        serviceId = proposal.service.id,
        startsAt = start.startsAt,
        companions = proposal.companions,
        documentIds = proposal.documentIds,
    )
    return citizen.api.bookAppointment(wish)
}
