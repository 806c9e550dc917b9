package io.weir.audit.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sensitive texts beside the log, encrypted under a data key per month; deleting the month's wrapped key erases them.
 *
 * <p>A line per record: {@code seq TAB base64url(AES-256-GCM(texts joined by '~')) LF}, each text as {@link KeptText} says; the sequence number and
 * the key's name are authenticated. {@link #append} and {@link #flush} are called by the writer thread
 * only, {@link #force} by any. Texts are handed to the operating system
 * before their record and forced before every checkpoint: a killed process loses none that were acknowledged, a power cut at most those
 * after the last checkpoint.
 */
final class DisclosureVault implements Closeable {
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuuMM").withZone(ZoneOffset.UTC);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final LogDirectory directory;
    private final LogFiles files;
    private final KeyEncryptionKey kek;
    private final SecureRandom random;
    private final ReentrantLock rotation = new ReentrantLock();
    private final StringBuilder batch = new StringBuilder();
    private final RepeatedTexts repeated = new RepeatedTexts();
    private @Nullable Month month;

    private record Month(String name, KeyEncryptionKey dataKey, LogFiles.AppendFile file) {}

    DisclosureVault(LogDirectory directory, LogFiles files, KeyEncryptionKey kek, SecureRandom random) {
        this.directory = directory;
        this.files = files;
        this.kek = kek;
        this.random = random;
    }

    /** Adds the texts of one record to the batch; all records of a batch have one time. */
    void append(long sequence, List<KeptText> texts, Instant time) throws IOException {
        if (texts.isEmpty()) {
            return;
        }
        Month current = month(MONTH.format(time));
        byte[] plain = texts.stream()
                .map(text -> part(text, sequence))
                .collect(Collectors.joining("~"))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = current.dataKey().seal(plain, context(current.name(), sequence), random);
        batch.append(sequence)
                .append('\t')
                .append(BASE64.encodeToString(sealed))
                .append('\n');
    }

    /** Hands the texts of a batch to the operating system. */
    void flush() throws IOException {
        if (month != null && !batch.isEmpty()) {
            month.file().writeFully(ByteBuffer.wrap(batch.toString().getBytes(StandardCharsets.US_ASCII)));
            batch.setLength(0);
        }
    }

    /** Returns when every text appended so far is on stable storage. */
    void force() throws IOException {
        rotation.lock();
        try {
            if (month != null) {
                month.file().force(false);
            }
        } finally {
            rotation.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        rotation.lock();
        try {
            if (month != null) {
                month.file().force(false);
                month.file().close();
                month = null;
            }
        } finally {
            rotation.unlock();
        }
    }

    static String context(String month, long sequence) {
        return "weir-disclosure " + month + " " + sequence;
    }

    static KeyEncryptionKey unwrap(KeyEncryptionKey kek, Path wrapped, String month) throws IOException {
        try {
            return new KeyEncryptionKey(kek.open(Files.readAllBytes(wrapped), keyContext(month)));
        } catch (GeneralSecurityException e) {
            throw new IOException("the data key of " + month + " does not open with this key-encryption key", e);
        }
    }

    private static String keyContext(String month) {
        return "weir-data-key " + month;
    }

    private String part(KeptText text, long sequence) {
        OptionalLong earlier = repeated.before(text.disclosure(), sequence);
        return earlier.isPresent() ? text.repeating(earlier.getAsLong()) : text.encoded();
    }

    private Month month(String name) throws IOException {
        Month current = month;
        if (current != null && current.name().equals(name)) {
            return current;
        }
        close();
        repeated.clear();
        Path folder = directory.disclosures().resolve(name);
        files.createDirectory(folder);
        Path texts = directory.texts(name);
        boolean torn = endsTorn(texts);
        Month opened = new Month(name, dataKey(name), files.append(texts));
        if (torn) {
            opened.file().writeFully(ByteBuffer.wrap(new byte[] {'\n'}));
        }
        files.forceDirectory(folder);
        rotation.lock();
        try {
            month = opened;
        } finally {
            rotation.unlock();
        }
        return opened;
    }

    private KeyEncryptionKey dataKey(String name) throws IOException {
        Path wrapped = directory.wrappedKey(name);
        if (Files.exists(wrapped)) {
            return unwrap(kek, wrapped, name);
        }
        byte[] raw = new byte[32];
        random.nextBytes(raw);
        files.replace(wrapped, kek.seal(raw, keyContext(name), random));
        return new KeyEncryptionKey(raw);
    }

    private static boolean endsTorn(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.read(last, channel.size() - 1);
            return last.get(0) != '\n';
        }
    }
}
