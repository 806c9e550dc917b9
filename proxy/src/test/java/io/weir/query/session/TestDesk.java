package io.weir.query.session;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.Answer;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.Description;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import io.weir.query.type.Bytea;
import io.weir.query.type.ColumnType;
import io.weir.query.type.PgArray;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query road of a few known statements: {@code every_type}, {@code numbers(n)}, {@code echo($1, …)}, {@code wait()}, {@code refused()},
 * {@code call …} (waits for a permit of {@link #mayCall}, interrupted or not), {@code broken()}, {@code flags()}, {@code specials}, {@code alone}, {@code fails_after()}; everything else answers one row {@code 1}.
 */
final class TestDesk implements QueryDesk {
    private static final Pattern NUMBERS = Pattern.compile(".*numbers ?\\( ?(\\d+) ?\\).*", Pattern.DOTALL);

    /** Texts that COPY must escape or quote, and some that it must not. */
    static final List<@Nullable String> SPECIALS = Arrays.asList(
            null,
            "",
            "\\N",
            "\\.",
            "NULL",
            "plain",
            "a\tb",
            "line\nfeed",
            "carriage\rreturn",
            "say \"it\"",
            "it's",
            "one,two;three|four",
            "back\\slash \\",
            "\b\f\u000b\u0001\u001f\u007f",
            " blanks ",
            "Grüße, 日本 🎈",
            "~");

    final AtomicInteger prepared = new AtomicInteger();
    final AtomicInteger openAnswers = new AtomicInteger();
    final AtomicInteger rowsPulled = new AtomicInteger();
    final Semaphore waiting = new Semaphore(0);
    final Semaphore interrupted = new Semaphore(0);
    final Semaphore mayCall = new Semaphore(0);
    final AtomicInteger called = new AtomicInteger();

    static List<@Nullable Object> everyType() {
        return List.of(
                true,
                -12,
                123456,
                -9_876_543_210L,
                1.5f,
                0.1,
                new BigDecimal("-1234567.8900"),
                "Grüße, Welt",
                "varchar",
                "char",
                LocalDate.of(2024, 2, 29),
                LocalTime.of(13, 14, 15, 160_000_000),
                LocalDateTime.of(2024, 2, 29, 13, 14, 15, 123_456_000),
                Instant.parse("2024-07-01T12:00:00.5Z"),
                new PgInterval(14, 3, 14_706_789_000L),
                UUID.fromString("12345678-9abc-def0-1234-56789abcdef0"),
                Bytea.of(new byte[] {0, 'a', '\\', '"', (byte) 0xff}),
                "{\"b\" :1,\n\"b\":[2]}",
                "{\"a\": [1.50, null], \"bb\": \"x\"}",
                PgArray.of(Arrays.asList(true, null, false)),
                PgArray.of(List.of(1, -2)),
                new PgArray(List.of(2), List.of(0), List.of(1, 2)),
                new PgArray(List.of(2, 2), List.of(1, 1), List.of(1L, 2L, 3L, 4L)),
                PgArray.of(List.of(1.5f)),
                PgArray.of(List.of(0.1, 1e20)),
                PgArray.of(List.of(new BigDecimal("10.50"))),
                PgArray.of(Arrays.asList("", "a \"b\"", "back\\slash", "null", null, "comma,tab\t")),
                PgArray.of(List.of("v")),
                PgArray.of(List.of("bp ")),
                PgArray.of(List.of(LocalDate.of(2024, 2, 29))),
                PgArray.of(List.of(LocalTime.of(1, 2, 3))),
                PgArray.of(List.of(LocalDateTime.of(2024, 2, 29, 13, 14, 15))),
                PgArray.of(List.of(Instant.parse("2024-07-01T12:00:00.5Z"))),
                PgArray.of(List.of(new PgInterval(14, 3, 14_706_789_000L))),
                PgArray.of(List.of(UUID.fromString("12345678-9abc-def0-1234-56789abcdef0"))),
                PgArray.of(List.of(Bytea.of(new byte[] {1, 2}))),
                PgArray.of(List.of("[1, 2]")),
                PgArray.of(List.of("{\"a\": 1}")));
    }

    @Override
    public Outcome<Prepared> prepare(
            Asker asker, String sql, List<@Nullable SqlType> parameterTypes, QueryOptions options) {
        prepared.incrementAndGet();
        String text = sql.toLowerCase(Locale.ROOT);
        if (text.contains("refused()")) {
            return Outcome.refused(
                    new Problem(ProblemCode.IDENTIFIER_USE, "patient.nhs_number", "Count people instead.", 8));
        }
        if (text.contains("broken()")) {
            throw new IllegalStateException("secret host db-7 and stack");
        }
        if (text.startsWith("call ")) {
            return Outcome.of(new Call());
        }
        if (text.contains("every_type")) {
            List<AnswerColumn> columns = Stream.of(SqlType.values())
                    .map(type -> new AnswerColumn("c_" + type.name().toLowerCase(Locale.ROOT), ColumnType.of(type)))
                    .toList();
            return prepared(
                    columns,
                    List.of(),
                    parameters -> List.of(everyType().toArray(), new @Nullable Object[columns.size()])
                            .iterator());
        }
        if (text.contains("specials")) {
            return prepared(
                    List.of(
                            new AnswerColumn("id", ColumnType.of(SqlType.INT4)),
                            new AnswerColumn("Say \"it\"", ColumnType.of(SqlType.TEXT))),
                    List.of(),
                    parameters -> IntStream.range(0, SPECIALS.size())
                            .mapToObj(i -> new @Nullable Object[] {i, SPECIALS.get(i)})
                            .iterator());
        }
        if (text.contains("alone")) {
            return prepared(
                    List.of(new AnswerColumn("word", ColumnType.of(SqlType.TEXT))),
                    List.of(),
                    parameters -> SPECIALS.stream()
                            .map(word -> new @Nullable Object[] {word})
                            .iterator());
        }
        if (text.contains("fails_after(")) {
            return prepared(
                    List.of(new AnswerColumn("n", ColumnType.of(SqlType.INT4))),
                    List.of(),
                    parameters -> IntStream.rangeClosed(1, 3)
                            .mapToObj(n -> {
                                if (n == 3) {
                                    throw Problem.of(ProblemCode.RESULT_TOO_LARGE)
                                            .asException();
                                }
                                return new @Nullable Object[] {n};
                            })
                            .iterator());
        }
        if (text.contains("echo(")) {
            int count = (int) text.chars().filter(c -> c == '$').count();
            List<SqlType> types = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                SqlType declared = i < parameterTypes.size() ? parameterTypes.get(i) : null;
                types.add(declared == null ? SqlType.TEXT : declared);
            }
            List<AnswerColumn> columns = IntStream.range(0, count)
                    .mapToObj(i -> new AnswerColumn("echo" + (i + 1), ColumnType.of(types.get(i))))
                    .toList();
            return prepared(
                    columns,
                    types,
                    parameters ->
                            Collections.singletonList(parameters.toArray()).iterator());
        }
        Matcher numbers = NUMBERS.matcher(text);
        if (numbers.matches()) {
            int rows = Integer.parseInt(numbers.group(1));
            return prepared(
                    List.of(new AnswerColumn("n", ColumnType.of(SqlType.INT4))),
                    List.of(),
                    parameters -> IntStream.rangeClosed(1, rows)
                            .mapToObj(n -> new @Nullable Object[] {n})
                            .iterator());
        }
        if (text.contains("flags()")) {
            return one("flags", SqlType.TEXT, options.flags() + " " + options.timeZone() + " " + options.timeout());
        }
        if (text.contains("wait()")) {
            return prepared(List.of(new AnswerColumn("wait", ColumnType.of(SqlType.INT4))), List.of(), parameters -> {
                await();
                return Collections.emptyIterator();
            });
        }
        return one("?column?", SqlType.INT4, 1);
    }

    @Override
    public Outcome<FrozenAnswer> freeze(Asker asker, String sql) {
        return Outcome.refused(Problem.of(ProblemCode.UNSUPPORTED));
    }

    private void await() {
        waiting.release();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException cancelled) {
            interrupted.release();
            throw Problem.of(ProblemCode.SOURCE_FAILED).asException();
        }
    }

    private Outcome<Prepared> one(String label, SqlType type, Object value) {
        return prepared(
                List.of(new AnswerColumn(label, ColumnType.of(type))),
                List.of(),
                parameters -> List.<@Nullable Object[]>of(new @Nullable Object[] {value})
                        .iterator());
    }

    private interface Rows {
        Iterator<@Nullable Object[]> of(List<@Nullable Object> parameters);
    }

    private Outcome<Prepared> prepared(List<AnswerColumn> columns, List<SqlType> types, Rows rows) {
        return Outcome.of(new Prepared() {
            @Override
            public Description description() {
                return new Description(types, columns);
            }

            @Override
            public Outcome<Answer> execute(List<@Nullable Object> parameters) {
                Iterator<@Nullable Object[]> iterator = rows.of(parameters);
                openAnswers.incrementAndGet();
                return Outcome.of(new IteratorAnswer(columns, iterator, "SELECT"));
            }
        });
    }

    private final class Call implements Prepared {
        private final List<AnswerColumn> columns = List.of(new AnswerColumn("request", ColumnType.of(SqlType.TEXT)));

        @Override
        public Description description() {
            return new Description(List.of(), columns);
        }

        @Override
        public boolean isCall() {
            return true;
        }

        @Override
        public Outcome<Answer> execute(List<@Nullable Object> parameters) {
            waiting.release();
            mayCall.acquireUninterruptibly();
            called.incrementAndGet();
            openAnswers.incrementAndGet();
            return Outcome.of(new IteratorAnswer(
                    columns,
                    List.<@Nullable Object[]>of(new @Nullable Object[] {"req-1"})
                            .iterator(),
                    "CALL"));
        }
    }

    private final class IteratorAnswer implements Answer {
        private final List<AnswerColumn> columns;
        private final Iterator<@Nullable Object[]> rows;
        private final String verb;
        private boolean closed;

        IteratorAnswer(List<AnswerColumn> columns, Iterator<@Nullable Object[]> rows, String verb) {
            this.verb = verb;
            this.columns = columns;
            this.rows = rows;
        }

        @Override
        public List<AnswerColumn> columns() {
            return columns;
        }

        @Override
        public String verb() {
            return verb;
        }

        @Override
        public Fetch fetch(int maxRows, RowSink sink) {
            long given = 0;
            while (rows.hasNext() && (maxRows == 0 || given < maxRows)) {
                @Nullable Object[] row = rows.next();
                sink.row(Arrays.copyOf(row, row.length));
                rowsPulled.incrementAndGet();
                given++;
            }
            return new Fetch(given, !rows.hasNext());
        }

        @Override
        public boolean holdsSource() {
            return !closed && rows.hasNext();
        }

        @Override
        public List<String> notices() {
            return List.of("some values are hidden");
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                openAnswers.decrementAndGet();
            }
        }
    }
}
