package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.respond.RowEncoder;
import io.weir.query.session.statement.SessionStatement.Fetch;
import io.weir.query.type.Bytea;
import io.weir.query.type.PgArray;
import io.weir.query.wire.Format;
import io.weir.query.wire.MessageOutput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a SCROLL cursor has read, so that it can go back. They count towards what the cursors of the session, and of all sessions, may keep;
 * one row more than that is a problem exception. One thread.
 */
final class KeptRows {
    private static final int ANY_VALUE = 32;

    private final OpenSession session;
    private final DataPortal source;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private boolean complete;
    private long bytes;

    KeptRows(OpenSession session, DataPortal source) {
        this.session = session;
        this.source = source;
    }

    /**
     * Reads on where it has to, and sends.
     *
     * @param position how many rows lie before
     * @param formats null to send nothing
     * @return how many rows there are, at most {@code count}
     */
    long forward(long position, long count, @Nullable List<Format> formats) {
        source.touch();
        long missing = count == Fetch.ALL ? count : position + count - rows.size();
        if (missing > 0 && !complete) {
            complete = source.send(missing == Fetch.ALL ? 0 : (int) Math.min(missing, Integer.MAX_VALUE), this::keep)
                    < missing;
        }
        long there = Math.min(count, rows.size() - position);
        if (formats != null) {
            send(Math.toIntExact(position), Math.toIntExact(there), 1, formats);
        }
        return there;
    }

    /** Sends rows up to the one of this number, the last one first. */
    void backward(long last, long count, List<Format> formats) {
        source.touch();
        send(Math.toIntExact(last - 1), Math.toIntExact(count), -1, formats);
    }

    void close() {
        rows.clear();
        session.cursorMemory().drop(bytes);
        bytes = 0;
    }

    private void send(int first, int count, int step, List<Format> formats) {
        if (count == 0) {
            return;
        }
        session.checkAdmission();
        RowEncoder encoder =
                new RowEncoder(source.columns(), formats, session.settings().style());
        for (int i = 0; i < count; i++) {
            if (session.running().isCancelled()) {
                throw Problem.of(ProblemCode.CANCELLED).asException();
            }
            encoder.row(rows.get(first + i * step), session.stream().output());
            session.stream().spill();
        }
    }

    private void keep(@Nullable Object[] values, MessageOutput out) {
        long size = ANY_VALUE;
        for (Object value : values) {
            size += bytes(value);
        }
        session.cursorMemory().keep(size);
        bytes += size;
        rows.add(values.clone());
    }

    /** About what a value takes in memory. */
    private static long bytes(@Nullable Object value) {
        return switch (value) {
            case null -> ANY_VALUE / 4;
            case String text -> ANY_VALUE + 2L * text.length();
            case BigDecimal number -> ANY_VALUE + number.unscaledValue().bitLength() / 8;
            case Bytea octets -> ANY_VALUE + octets.length();
            case PgArray array ->
                ANY_VALUE + array.elements().stream().mapToLong(KeptRows::bytes).sum();
            default -> ANY_VALUE;
        };
    }
}
