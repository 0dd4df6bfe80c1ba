// How values of the contract stand in JSON.
package thuisloket.citizen

import java.time.DateTimeException
import java.time.LocalDate
import java.time.OffsetDateTime
import java.time.format.DateTimeFormatter
import java.util.UUID
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.descriptors.PrimitiveKind
import kotlinx.serialization.descriptors.PrimitiveSerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.Json
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.modules.contextual

/** An instant as RFC 3339 has it. `OffsetDateTime.toString` leaves seconds out where they are zero. */
internal fun textOf(instant: OffsetDateTime): String = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant)

/** A value that stands as a text in JSON. */
private class AsText<T>(name: String, private val read: (String) -> T, private val write: (T) -> String) : KSerializer<T> {
    override val descriptor = PrimitiveSerialDescriptor("thuisloket.citizen.$name", PrimitiveKind.STRING)

    override fun serialize(encoder: Encoder, value: T) = encoder.encodeString(write(value))

    override fun deserialize(decoder: Decoder): T {
        val text = decoder.decodeString()
        return try {
            read(text)
        } catch (fault: DateTimeException) {
            throw SerializationException("$text is no $descriptor", fault)
        } catch (fault: IllegalArgumentException) {
            throw SerializationException("$text is no $descriptor", fault)
        }
    }
}

internal val json = Json {
    // A newer server says more, and what is absent is not written.
    ignoreUnknownKeys = true
    explicitNulls = false
    serializersModule = SerializersModule {
        contextual(AsText<OffsetDateTime>("Instant", { OffsetDateTime.parse(it) }, ::textOf))
        contextual(AsText<LocalDate>("Day", { LocalDate.parse(it) }, { it.toString() }))
        contextual(AsText<UUID>("Id", { UUID.fromString(it) }, { it.toString() }))
    }
}
