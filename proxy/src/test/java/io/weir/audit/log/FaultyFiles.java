package io.weir.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Real files whose segments misbehave as told. */
final class FaultyFiles implements LogFiles {
    private final LogFiles real = new NioLogFiles();

    /** Bytes that the disk still takes. */
    volatile long room = Long.MAX_VALUE;

    volatile boolean syncFails;
    volatile boolean checkpointFails;

    /** Most bytes that one write takes. */
    volatile int chunk = Integer.MAX_VALUE;

    /** While set, a sync waits for it. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    volatile boolean sync = true;
    final AtomicInteger syncs = new AtomicInteger();

    @Override
    public void createDirectory(Path directory) throws IOException {
        real.createDirectory(directory);
    }

    @Override
    public AppendFile append(Path file) throws IOException {
        return new FaultyFile(real.append(file));
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        if (checkpointFails) {
            throw new IOException("Input/output error");
        }
        real.replace(file, content);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        real.forceDirectory(directory);
    }

    private synchronized void use(int bytes) {
        long left = room - bytes;
        room = left;
    }

    private final class FaultyFile implements AppendFile {
        private final AppendFile file;

        FaultyFile(AppendFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (room <= 0) {
                throw new IOException("No space left on device");
            }
            int taken = (int) Math.min(bytes.remaining(), Math.min(room, chunk));
            ByteBuffer part = bytes.duplicate().limit(bytes.position() + taken);
            int written = file.write(part);
            bytes.position(bytes.position() + written);
            use(written);
            return written;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            syncs.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (syncFails) {
                throw new IOException("Input/output error");
            }
            if (sync) {
                file.force(metadata);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
