package io.weir.query.execute;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.rewrite.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source person by person, in the order of their keys. Only the rows of one person are held, and the key leaves it neither in a
 * row nor in the text form. Confined to the thread that reads.
 */
final class PersonStream {
    private final String source;
    private final RowStream stream;
    private final List<OutputColumn> plan;
    private final long mostRows;
    private final int keyAt;
    private @Nullable Object person;

    /** The first row that was not taken yet, with its key: of the person, or of the next one. */
    private @Nullable Object @Nullable [] ahead;

    private boolean ended;

    /** @param mostRows how many rows of one person are held */
    PersonStream(String source, RowStream stream, List<OutputColumn> plan, long mostRows) {
        this.mostRows = mostRows;
        this.source = source;
        this.stream = stream;
        this.plan = plan;
        this.keyAt = IntStream.range(0, plan.size())
                .filter(i -> plan.get(i).purpose() == OutputColumn.Purpose.LINK)
                .findFirst()
                .orElseThrow();
    }

    /** Goes to the next person, past what was not taken of the one before. */
    boolean next() {
        @Nullable Object[] row = ahead == null && !ended ? read() : ahead;
        while (row != null && order(key(row), person) == 0) {
            row = read();
        }
        ahead = row;
        if (row == null) {
            return false;
        }
        Object key = key(row);
        if (order(key, person) < 0) {
            // Somebody would be passed over: nothing may be made of it.
            throw failed("people came in another order than asked for");
        }
        person = key;
        return true;
    }

    /** The rows of the person, to be taken once: columns in the order of the plan, without the key. */
    List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        @Nullable Object[] row = ahead;
        ahead = null;
        while (row != null && order(key(row), person) == 0) {
            row[keyAt] = null;
            rows.add(row);
            Executor.requireAtMost(mostRows, rows.size(), "cells");
            row = read();
        }
        ahead = row;
        return rows;
    }

    /** Which of two streams stands at the earlier person; 0 when both stand at one. */
    int compareTo(PersonStream other) {
        return order(Objects.requireNonNull(person), other.person);
    }

    private Object key(@Nullable Object[] row) {
        Object key = row[keyAt];
        if (key == null) {
            throw failed("a row came without its person");
        }
        return key;
    }

    private @Nullable Object @Nullable [] read() {
        try {
            if (!stream.next()) {
                ended = true;
                return null;
            }
            @Nullable Object[] row = new @Nullable Object[plan.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = Evaluator.cast(stream.value(i), plan.get(i).type());
            }
            return row;
        } catch (SourceException e) {
            throw Executor.problem(e, source);
        }
    }

    private RuntimeException failed(String how) {
        return Executor.problem(new SourceException(SourceException.Kind.FAILED, how), source);
    }

    /** Numbers by their size, texts by their code points; nobody comes before everybody. */
    private static int order(Object one, @Nullable Object other) {
        return switch (one) {
            case Number n when other instanceof Number m -> Long.compare(n.longValue(), m.longValue());
            case String s when other instanceof String t -> byCodePoints(s, t);
            case Object o when other == null -> 1;
            default -> throw new IllegalStateException("keys of two kinds");
        };
    }

    private static int byCodePoints(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length()) {
            int x = one.codePointAt(at);
            int y = other.codePointAt(at);
            if (x != y) {
                return Integer.compare(x, y);
            }
            at += Character.charCount(x);
        }
        return Integer.compare(one.length(), other.length());
    }

    @Override
    public String toString() {
        return "PersonStream[***]";
    }
}
