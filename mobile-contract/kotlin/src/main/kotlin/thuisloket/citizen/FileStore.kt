package thuisloket.citizen

import java.io.File
import java.io.FileOutputStream
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.WRITE
import java.util.UUID
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext

/** Between two looks at a lock that somebody has. */
private val LOOK_EVERY = 15.milliseconds

/** Looks at it before it is taken for a fault: more than the tries of one request take. */
private const val MOST_LOOKS = 20_000

/** What AES-GCM puts before and behind a text: 96 bits that are good once, and a seal of 128 bits (NIST SP 800-38D). */
private const val NONCE_BYTES = 12
private const val SEAL_BITS = 128

/**
 * A store for Android and the JVM: files in a folder, and a lock of the system between processes, which a process that dies lets go.
 *
 * @param folder The app's own, and in no backup: `context.noBackupFilesDir`. A copy on another phone would use the same refresh token.
 * @param key Each value is sealed with it by AES-GCM: on Android one that the keystore holds. Without it, for tests and tools, nothing is
 *   encrypted. What was sealed with another key, as on a phone that was set up anew, is as if it had never been kept.
 */
class FileStore(private val folder: File, private val key: SecretKey? = null) : Store {
    override suspend fun read(name: String): String? = withContext(Dispatchers.IO) {
        try {
            String(unsealed(Files.readAllBytes(File(folder, name).toPath())), Charsets.UTF_8)
        } catch (_: NoSuchFileException) {
            null
        } catch (_: AEADBadTagException) {
            null
        }
    }

    override suspend fun write(name: String, value: String?): Unit = withContext(Dispatchers.IO) {
        val file = File(folder, name)
        if (value == null) {
            Files.deleteIfExists(file.toPath())
        } else {
            Files.createDirectories(folder.toPath())
            // Whole or not at all, and on the disk before it is said to be kept.
            val beside = File(folder, "$name.${UUID.randomUUID()}")
            FileOutputStream(beside).use {
                it.write(sealed(value.toByteArray()))
                it.fd.sync()
            }
            Files.move(beside.toPath(), file.toPath(), ATOMIC_MOVE, REPLACE_EXISTING)
        }
    }

    override suspend fun <T> withLock(name: String, work: suspend () -> T): T {
        val lock = withContext(Dispatchers.IO) {
            Files.createDirectories(folder.toPath())
            File(folder, "$name.lock").canonicalFile
        }
        // The system gives its lock to a process as a whole, and takes it back when the process closes the file anywhere.
        return turns.take(lock.path) {
            FileChannel.open(lock.toPath(), CREATE, WRITE).use { channel ->
                var looks = 0
                while (withContext(Dispatchers.IO) { channel.tryLock() } == null) {
                    if (++looks > MOST_LOOKS) throw IOException("$lock is never free")
                    delay(LOOK_EVERY)
                }
                work()
            }
        }
    }

    private fun sealed(open: ByteArray): ByteArray {
        if (key == null) return open
        // The keystore of Android makes the nonce itself, and takes none.
        val cipher = Cipher.getInstance("AES/GCM/NoPadding").apply { init(Cipher.ENCRYPT_MODE, key) }
        return cipher.iv + cipher.doFinal(open)
    }

    private fun unsealed(kept: ByteArray): ByteArray {
        if (key == null) return kept
        if (kept.size < NONCE_BYTES) throw AEADBadTagException("too short")
        val cipher = Cipher.getInstance("AES/GCM/NoPadding")
        cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(SEAL_BITS, kept, 0, NONCE_BYTES))
        return cipher.doFinal(kept, NONCE_BYTES, kept.size - NONCE_BYTES)
    }

    private companion object {
        val turns = Turns()
    }
}
