package io.weir.audit.log;

import io.weir.audit.AuditUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a second writer out, across processes and within this one; counts the openings. */
final class LogLock implements AutoCloseable {
    private final FileChannel channel;
    private final long epoch;

    private LogLock(FileChannel channel, long epoch) {
        this.channel = channel;
        this.epoch = epoch;
    }

    /** @throws AuditUnavailableException when another writer holds the log */
    static LogLock acquire(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                NioLogFiles.mode(file, "rw-------"));
        try {
            if (tryLock(channel) == null) {
                channel.close();
                throw new AuditUnavailableException("The audit log is in use by another process.");
            }
            long epoch = read(channel) + 1;
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((epoch + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            channel.force(true);
            return new LogLock(channel, epoch);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** How often the log was opened: a fencing number. */
    long epoch() {
        return epoch;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static long read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
        // The number is for reading only; a damaged one starts again rather than keep the log shut.
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
