package io.weir.audit.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What the writer asks of a file system; small, so that tests can make any call fail, fall short or take long. */
public interface LogFiles {
    /** A file that is only appended to. */
    interface AppendFile extends Closeable {
        /** Current length in bytes. */
        long size() throws IOException;

        /** Writes at the end; may write less than asked. Returns the number of bytes written. */
        int write(ByteBuffer bytes) throws IOException;

        /** Returns when the bytes written so far are on stable storage. */
        void force(boolean metadata) throws IOException;

        /** Cuts the file. */
        void truncate(long size) throws IOException;

        /** Writes all of {@code bytes}; a write that makes no progress is an error. */
        default void writeFully(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                if (write(bytes) <= 0) {
                    throw new IOException("the file takes no more bytes");
                }
            }
        }
    }

    /** Creates a directory and its parents, readable by the owner only. */
    void createDirectory(Path directory) throws IOException;

    /** Opens a file for appending; creates it, readable by the owner only, when it is missing. */
    AppendFile append(Path file) throws IOException;

    /** Puts a file in place so that a reader sees the old or the new content, and a crash leaves one of both. */
    void replace(Path file, byte[] content) throws IOException;

    /** Makes created, renamed and removed names of a directory durable. */
    void forceDirectory(Path directory) throws IOException;
}
