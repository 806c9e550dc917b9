package io.weir.connector.testkit;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source with answers by text and a script of failures. Remembers what it was asked. Thread-safe. */
public final class FakeSource implements SourceConnector {
    /**
     * What it answers.
     *
     * @param columns labels
     * @param rows values by row
     */
    public record Table(List<String> columns, List<List<@Nullable Object>> rows) {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream()
                    .<List<@Nullable Object>>map(row -> Collections.unmodifiableList(new ArrayList<>(row)))
                    .toList();
        }
    }

    /** How it behaves from now on. */
    public sealed interface Mood {
        /** Answers. */
        record Well() implements Mood {}

        /** Throws at opening. */
        record Failing(SourceException.Kind kind) implements Mood {}

        /** Gives so many rows, then throws. */
        record FailingAfter(int rows, SourceException.Kind kind) implements Mood {}

        /** Waits at opening until interrupted (then CANCELLED) or its time-out has passed (then TIME_OUT). */
        record Hanging() implements Mood {}
    }

    private final Map<String, Table> answers = new ConcurrentHashMap<>();
    private final List<SourceStatement> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private volatile Mood mood = new Mood.Well();
    private final AtomicInteger open = new AtomicInteger();

    /** Answers this text with this table. */
    public FakeSource answer(String sql, Table table) {
        answers.put(sql, table);
        return this;
    }

    /** Changes the behaviour. */
    public FakeSource mood(Mood next) {
        mood = next;
        return this;
    }

    /** Every statement so far, refused ones too. */
    public List<SourceStatement> asked() {
        return List.copyOf(asked);
    }

    /** Streams that were opened and not closed. */
    public int openStreams() {
        return open.get();
    }

    @Override
    public String dialect() {
        return "postgresql";
    }

    @Override
    public RowStream open(SourceStatement statement) throws SourceException {
        asked.add(statement);
        Mood now = mood;
        Table table = answers.get(statement.sql());
        if (now instanceof Mood.Failing(SourceException.Kind kind)) {
            throw new SourceException(kind, "as scripted");
        }
        if (now instanceof Mood.Hanging) {
            hang(statement);
        }
        if (table == null) {
            throw new SourceException(SourceException.Kind.FAILED, "no answer for this text");
        }
        return new Stream(table, now);
    }

    private void hang(SourceStatement statement) throws SourceException {
        try {
            boolean ignored = never.await(statement.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new SourceException(SourceException.Kind.CANCELLED, "interrupted", e);
        }
        throw new SourceException(SourceException.Kind.TIME_OUT, "as scripted");
    }

    @Override
    public void probe() throws SourceException {
        if (mood instanceof Mood.Failing(SourceException.Kind kind)) {
            throw new SourceException(kind, "as scripted");
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private final class Stream implements RowStream {
        private final Table table;
        private final Mood behaviour;
        private int next;
        private boolean closed;

        Stream(Table table, Mood behaviour) {
            this.table = table;
            this.behaviour = behaviour;
            open.incrementAndGet();
        }

        @Override
        public List<String> columns() {
            return table.columns();
        }

        @Override
        public boolean next() throws SourceException {
            if (behaviour instanceof Mood.FailingAfter(int rows, SourceException.Kind kind) && next >= rows) {
                throw new SourceException(kind, "as scripted");
            }
            next++;
            return next <= table.rows().size();
        }

        @Override
        public @Nullable Object value(int column) {
            return table.rows().get(next - 1).get(column);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
