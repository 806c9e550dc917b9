package io.weir.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.Bind;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every source must do. Extend it with a real server behind. */
public abstract class SourceConnectorContract {
    private static final Duration AMPLE = Duration.ofSeconds(15);

    /** The connector under test. */
    protected abstract SourceConnector connector();

    /** Texts in the source's own dialect. */
    protected abstract Texts texts();

    /**
     * What the suite asks.
     *
     * @param numbers one column of the 8-byte integers from 1 to the bind, an {@code int8}, in order
     * @param echo one column with the bind, a {@code text}
     * @param sleep runs for the seconds of the bind, a {@code float8}, and gives one row
     * @param write a statement that returns rows and would write to a table that exists
     * @param broken a statement that the source refuses when it runs
     */
    public record Texts(String numbers, String echo, String sleep, String write, String broken) {}

    /** Runs a statement and collects the first column. */
    protected final List<@Nullable Object> firstColumn(String pool, String sql, int fetchSize, Bind... binds)
            throws SourceException {
        List<@Nullable Object> values = new ArrayList<>();
        try (RowStream rows = connector().open(new SourceStatement(pool, sql, List.of(binds), fetchSize, AMPLE))) {
            while (rows.next()) {
                values.add(rows.value(0));
            }
        }
        return values;
    }

    private void assertWell() throws SourceException {
        // As many as any pool of the suite holds, so that every connection of it is tried.
        for (int i = 0; i < 8; i++) {
            assertThat(firstColumn("p", texts().echo(), 0, new Bind("text", "well")))
                    .containsExactly("well");
        }
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, SourceException.Kind kind) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 1000, 5000})
    void rowsComeWholeAndInOrderWhateverTheFetchSize(int fetchSize) throws Exception {
        List<Object> expected = new ArrayList<>();
        for (long i = 1; i <= 1000; i++) {
            expected.add(i);
        }
        assertThat(firstColumn("p", texts().numbers(), fetchSize, new Bind("int8", 1000L)))
                .isEqualTo(expected);
    }

    @Test
    void noRowsAreNoRows() throws Exception {
        assertThat(firstColumn("p", texts().numbers(), 10, new Bind("int8", 0L)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'", "x'; DROP TABLE t; --", "\\", "$1", "?", "{fn now()}", "\u00e4\ud83d\ude00", "%s"})
    void aValueIsNeverPartOfTheText(String value) throws Exception {
        assertThat(firstColumn("p", texts().echo(), 0, new Bind("text", value))).containsExactly(value);
    }

    @Test
    void aNullIsANull() throws Exception {
        assertThat(firstColumn("p", texts().echo(), 0, new Bind("text", null))).containsOnlyNulls();
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        assertRefused(() -> firstColumn("p", texts().write(), 0), SourceException.Kind.FAILED);
        assertWell();
    }

    @Test
    void twoStatementsAreRefused() throws Exception {
        assertRefused(
                () -> firstColumn(
                        "p",
                        texts().numbers() + "; " + texts().numbers(),
                        0,
                        new Bind("int8", 1L),
                        new Bind("int8", 1L)),
                SourceException.Kind.FAILED);
        assertWell();
    }

    @Test
    void aValueOfAnotherClassThanItsTypeIsRefused() throws Exception {
        assertRefused(() -> firstColumn("p", texts().echo(), 0, new Bind("int4", "7")), SourceException.Kind.FAILED);
        assertRefused(
                () -> firstColumn("p", texts().echo(), 0, new Bind("no_such_type", "7")), SourceException.Kind.FAILED);
        assertWell();
    }

    @Test
    void aFailedStatementLeavesTheSourceUsable() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertRefused(() -> firstColumn("p", texts().broken(), 0), SourceException.Kind.FAILED);
        }
        assertWell();
    }

    @Test
    void theMessageQuotesNothingOfTheSource() {
        assertThatThrownBy(() -> firstColumn("p", texts().broken(), 0))
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    String cause = String.valueOf(
                            e.getCause() == null ? null : e.getCause().getMessage());
                    assertThat(String.valueOf(e.getMessage()))
                            .doesNotContain(cause)
                            .doesNotContain("SELECT");
                });
    }

    @Test
    void aStreamThatIsClosedEarlyGivesItsConnectionBack() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RowStream rows = connector()
                    .open(new SourceStatement(
                            "p", texts().numbers(), List.of(new Bind("int8", 1_000_000L)), 100, AMPLE))) {
                assertThat(rows.next()).isTrue();
            }
        }
        assertWell();
    }

    @Test
    void closingTwiceIsHarmless() throws Exception {
        RowStream rows =
                connector().open(new SourceStatement("p", texts().numbers(), List.of(new Bind("int8", 5L)), 0, AMPLE));
        rows.close();
        rows.close();
        assertWell();
    }

    @Test
    void aStatementThatTakesTooLongIsATimeOut() throws Exception {
        long start = System.nanoTime();
        assertRefused(
                () -> connector()
                        .open(new SourceStatement(
                                "p", texts().sleep(), List.of(new Bind("float8", 30.0)), 0, Duration.ofMillis(300)))
                        .close(),
                SourceException.Kind.TIME_OUT);
        assertThat(millisSince(start)).isBetween(250L, 2_300L);
        assertWell();
    }

    @Test
    void interruptingAPlatformThreadCancelsWithinTwoSeconds() throws Exception {
        interrupting(Thread.ofPlatform());
    }

    @Test
    void interruptingAVirtualThreadCancelsWithinTwoSeconds() throws Exception {
        interrupting(Thread.ofVirtual());
    }

    private void interrupting(Thread.Builder builder) throws Exception {
        CompletableFuture<SourceException> caught = new CompletableFuture<>();
        CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
        Thread thread = builder.start(() -> {
            try {
                List<@Nullable Object> rows = firstColumn("p", texts().sleep(), 0, new Bind("float8", 10.0));
                caught.completeExceptionally(new AssertionError("not cancelled: " + rows.size()));
            } catch (SourceException e) {
                stillInterrupted.complete(Thread.currentThread().isInterrupted());
                caught.complete(e);
            }
        });
        Thread.sleep(500);
        long start = System.nanoTime();
        thread.interrupt();

        SourceException e = caught.get(5, TimeUnit.SECONDS);
        assertThat(e.kind()).isEqualTo(SourceException.Kind.CANCELLED);
        assertThat(millisSince(start)).isLessThan(2_000);
        assertThat(stillInterrupted.get(1, TimeUnit.SECONDS))
                .as("the exception is the notice, the status is cleared")
                .isFalse();
        assertWell();
    }

    @Test
    void aThreadThatIsInterruptedAlreadySendsNothing() throws Exception {
        Thread.currentThread().interrupt();
        assertRefused(() -> firstColumn("p", texts().echo(), 0, new Bind("text", "x")), SourceException.Kind.CANCELLED);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertWell();
    }

    @Test
    void aProbeSucceeds() throws Exception {
        connector().probe();
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
