package io.weir.query.execute;

import io.weir.connector.source.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source's rows on a thread of its own while the taker is at work on earlier ones, a bounded way ahead. Rows come in order; a failure comes
 * after the rows before it. One taker, which also closes.
 *
 * <p>From the start on the stream belongs to the reading thread alone, which closes it at the end of the rows, at a failure, or when it is told to.
 */
final class ReadAhead implements AutoCloseable {
    /** What is read ahead at most: so many batches, and one under way. */
    private static final int BATCHES = 4;

    private static final int BATCH_ROWS = 512;
    private static final int BATCH_CHARACTERS = 128 * 1024;
    private static final int NARROW_VALUE = 16;

    /** For a fetch that is under way at the close: mostly it ends by itself, and its connection stays whole. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** For a source that was told to stop: a cancel, and a cut after a second. Afterwards the reading thread goes on alone. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    /**
     * Some rows.
     *
     * @param last whether nothing follows
     * @param failure why not
     */
    private record Batch(
            List<@Nullable Object[]> rows,
            boolean last,
            @Nullable Throwable failure) {}

    private final RowReader stream;
    private final BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(BATCHES);
    private final Thread reader;
    private volatile boolean closing;
    private Batch current = new Batch(List.of(), false, null);
    private int taken;

    /** Takes the stream over, at the row that it stands at. */
    ReadAhead(RowReader stream) {
        this.stream = stream;
        this.reader = Thread.ofVirtual().name("weir-read-ahead").start(this::read);
    }

    /**
     * The next row, or null at the end. An interruption stops the source, too.
     *
     * @throws SourceException after which there is nothing more
     */
    @Nullable
    Object @Nullable [] next() throws SourceException {
        while (taken == current.rows().size()) {
            Throwable failure = current.failure();
            if (failure != null) {
                throw failed(failure);
            }
            if (current.last()) {
                return null;
            }
            current = take();
            taken = 0;
        }
        return current.rows().get(taken++);
    }

    private Batch take() throws SourceException {
        try {
            return ready.take();
        } catch (InterruptedException cancelled) {
            reader.interrupt();
            throw new SourceException(SourceException.Kind.CANCELLED, "interrupted while waiting for rows", cancelled);
        }
    }

    private static SourceException failed(Throwable failure) {
        return switch (failure) {
            case SourceException classified -> classified;
            case RuntimeException unexpected -> throw unexpected;
            case Error fatal -> throw fatal;
            default -> throw new IllegalStateException(failure);
        };
    }

    private void read() {
        List<@Nullable Object[]> rows = new ArrayList<>(BATCH_ROWS);
        Throwable failure = null;
        try {
            int characters = 0;
            while (!closing) {
                @Nullable Object[] row = stream.next();
                if (row == null) {
                    break;
                }
                for (Object value : row) {
                    characters += size(value);
                }
                rows.add(row);
                if (rows.size() == BATCH_ROWS || characters >= BATCH_CHARACTERS) {
                    ready.put(new Batch(rows, false, null));
                    rows = new ArrayList<>(BATCH_ROWS);
                    characters = 0;
                }
            }
        } catch (InterruptedException stopped) {
            // The taker interrupts nobody whom it still waits for.
            return;
        } catch (SourceException | RuntimeException | Error e) {
            failure = e;
        } finally {
            stream.close();
        }
        end(new Batch(rows, true, failure));
    }

    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case byte[] bytes -> NARROW_VALUE + bytes.length;
            case null, default -> NARROW_VALUE;
        };
    }

    private void end(Batch last) {
        try {
            ready.put(last);
        } catch (InterruptedException stopped) {
            // Nobody waits for it.
        }
    }

    /** Returns when the stream is closed or will be soon; never throws. */
    @Override
    public void close() {
        closing = true;
        ready.clear();
        // A pending interruption is for the statement; here it would only cut the waiting short.
        boolean interrupted = Thread.interrupted();
        try {
            if (!reader.join(PATIENCE)) {
                reader.interrupt();
                // Whether or not it has ended: it closes the stream as soon as the source lets go.
                boolean ignored = reader.join(LONGEST_STOP);
            }
        } catch (InterruptedException hurry) {
            interrupted = true;
            reader.interrupt();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
