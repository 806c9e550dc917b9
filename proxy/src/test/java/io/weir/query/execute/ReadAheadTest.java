package io.weir.query.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    private static final int AHEAD = 5 * 512;

    /** Numbers from 1 on; one thread at a time or the test fails. */
    private static class Numbers implements RowStream {
        final AtomicInteger given = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        final AtomicBoolean inUse = new AtomicBoolean();
        private final int count;
        private final String padding;

        Numbers(int count, String padding) {
            this.count = count;
            this.padding = padding;
        }

        @Override
        public List<String> columns() {
            return List.of("number", "padding");
        }

        @Override
        public boolean next() throws SourceException {
            assertThat(inUse.compareAndSet(false, true)).isTrue();
            assertThat(closed).hasValue(0);
            try {
                atRow(given.get() + 1);
                return given.get() < count && given.incrementAndGet() > 0;
            } finally {
                inUse.set(false);
            }
        }

        void atRow(int row) throws SourceException {}

        @Override
        public @Nullable Object value(int column) {
            return column == 0 ? (Object) given.get() : padding;
        }

        @Override
        public void close() {
            assertThat(inUse).isFalse();
            closed.incrementAndGet();
        }
    }

    /** Hangs at a row until it is interrupted, as a source does. */
    private static final class Hanging extends Numbers {
        final CountDownLatch hangs = new CountDownLatch(1);
        private final int row;

        Hanging(int row) {
            super(1_000_000, "");
            this.row = row;
        }

        @Override
        void atRow(int at) throws SourceException {
            if (at == row) {
                hangs.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException cancelled) {
                    throw new SourceException(SourceException.Kind.CANCELLED, "interrupted");
                }
            }
        }
    }

    private static int number(@Nullable Object @Nullable [] row) {
        return (Integer) Objects.requireNonNull(Objects.requireNonNull(row)[0]);
    }

    @Test
    void allRowsComeInOrderAndTheStreamIsClosedAtTheirEnd() throws Exception {
        for (int count : new int[] {0, 1, 511, 512, 513, 10_000}) {
            Numbers numbers = new Numbers(count, "x");
            try (ReadAhead rows = new ReadAhead(RowReader.ofValues(numbers))) {
                for (int i = 1; i <= count; i++) {
                    assertThat(number(rows.next())).isEqualTo(i);
                }
                assertThat(rows.next()).isNull();
                assertThat(rows.next()).isNull();
                assertThat(numbers.closed).hasValue(1);
            }
            assertThat(numbers.closed).hasValue(1);
        }
    }

    @Test
    void aFailureComesAfterTheRowsBeforeItAndIsTheLast() {
        Numbers numbers = new Numbers(10_000, "x") {
            @Override
            void atRow(int row) throws SourceException {
                if (row == 1_001) {
                    throw new SourceException(SourceException.Kind.UNAVAILABLE, "gone");
                }
            }
        };
        try (ReadAhead rows = new ReadAhead(RowReader.ofValues(numbers))) {
            AtomicInteger seen = new AtomicInteger();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> {
                            while (rows.next() != null) {
                                seen.incrementAndGet();
                            }
                        })
                        .isInstanceOfSatisfying(
                                SourceException.class,
                                e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE));
                assertThat(seen).hasValue(1_000);
            }
        }
        assertThat(numbers.closed).hasValue(1);
    }

    @Test
    void anUnexpectedFailureReachesTheTaker() {
        Numbers numbers = new Numbers(10, "x") {
            @Override
            public @Nullable Object value(int column) {
                throw new IllegalStateException("a defect");
            }
        };
        try (ReadAhead rows = new ReadAhead(RowReader.ofValues(numbers))) {
            assertThatThrownBy(rows::next).hasMessage("a defect");
        }
        assertThat(numbers.closed).hasValue(1);
    }

    @Test
    void nobodyTakesAndTheReaderStopsAShortWayAhead() throws Exception {
        Numbers numbers = new Numbers(1_000_000, "x");
        try (ReadAhead rows = new ReadAhead(RowReader.ofValues(numbers))) {
            assertThat(number(rows.next())).isEqualTo(1);
            awaitGiven(numbers, 512 + AHEAD);
        }
    }

    @Test
    void wideRowsAreCountedByTheirLength() throws Exception {
        Numbers numbers = new Numbers(1_000_000, "x".repeat(128 * 1024));
        try (ReadAhead rows = new ReadAhead(RowReader.ofValues(numbers))) {
            assertThat(number(rows.next())).isEqualTo(1);
            awaitGiven(numbers, 1 + 5);
        }
    }

    /** Reaches exactly so many and rests there. */
    private static void awaitGiven(Numbers numbers, int count) throws InterruptedException {
        while (numbers.given.get() < count) {
            Thread.sleep(5);
        }
        Thread.sleep(50);
        assertThat(numbers.given).hasValue(count);
    }

    @Test
    void closingHalfWayStopsTheReaderAndClosesTheStreamOnce() throws Exception {
        Numbers numbers = new Numbers(1_000_000, "x");
        ReadAhead rows = new ReadAhead(RowReader.ofValues(numbers));
        for (int i = 1; i <= 3_000; i++) {
            assertThat(number(rows.next())).isEqualTo(i);
        }
        rows.close();
        assertThat(numbers.closed).hasValue(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        rows.close();
        assertThat(numbers.closed).hasValue(1);
    }

    @Test
    void closingStopsASourceThatHangs() throws Exception {
        Hanging hanging = new Hanging(700);
        ReadAhead rows = new ReadAhead(RowReader.ofValues(hanging));
        hanging.hangs.await();
        rows.close();
        assertThat(hanging.closed).hasValue(1);
    }

    @Test
    void anInterruptionOfTheTakerCancelsTheSourceAndIsTheNotice() throws Exception {
        Hanging hanging = new Hanging(700);
        try (ReadAhead rows = new ReadAhead(RowReader.ofValues(hanging))) {
            for (int i = 1; i <= 512; i++) {
                assertThat(number(rows.next())).isEqualTo(i);
            }
            Thread taker = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                try {
                    hanging.hangs.await();
                } catch (InterruptedException never) {
                    throw new AssertionError(never);
                }
                taker.interrupt();
            });
            assertThatThrownBy(rows::next)
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.CANCELLED));
            assertThat(Thread.interrupted()).isFalse();
        }
        assertThat(hanging.closed).hasValue(1);
    }

    @Test
    void anInterruptionThatIsPendingAtTheCloseStaysPending() {
        Numbers numbers = new Numbers(1_000_000, "x");
        ReadAhead rows = new ReadAhead(RowReader.ofValues(numbers));
        Thread.currentThread().interrupt();
        rows.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(numbers.closed).hasValue(1);
    }
}
