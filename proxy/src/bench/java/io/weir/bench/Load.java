package io.weir.bench;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A closed loop: every client asks, reads the whole answer, and asks again. */
final class Load {
    private Load() {}

    /** One client with a connection of its own. Used by one thread at a time. */
    @FunctionalInterface
    interface Client {
        void ask() throws SQLException;
    }

    /**
     * What one run showed.
     *
     * @param sorted nanoseconds of each answer, ascending
     * @param perSecond answers of all clients together
     */
    record Run(long[] sorted, double perSecond) {
        double p50() {
            return milliseconds(0.50);
        }

        double p99() {
            return milliseconds(0.99);
        }

        private double milliseconds(double quantile) {
            return sorted[(int) (sorted.length * quantile)] / 1e6;
        }
    }

    /** Lets all clients ask for so many seconds; an answer that has begun is waited for. */
    static Run run(List<? extends Client> clients, double seconds) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Callable<long[]>> loops = new ArrayList<>();
        for (Client client : clients) {
            loops.add(() -> loop(client, end));
        }
        long[] sorted;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> loop : threads.invokeAll(loops)) {
                all.add(loop.get());
            }
            sorted = all.stream().flatMapToLong(Arrays::stream).toArray();
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        Arrays.sort(sorted);
        return new Run(sorted, sorted.length / elapsed);
    }

    private static long[] loop(Client client, long end) throws SQLException {
        long[] nanos = new long[1 << 10];
        int count = 0;
        long before = System.nanoTime();
        do {
            client.ask();
            long after = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = after - before;
            before = after;
        } while (before < end);
        return Arrays.copyOf(nanos, count);
    }

    /** Reads every value as text, as a client that prints does. */
    static long drain(PreparedStatement statement) throws SQLException {
        long rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                for (int column = 1; column <= width; column++) {
                    String ignored = result.getString(column);
                }
                rows++;
            }
        }
        return rows;
    }

    /** The middle one; of an even number the upper of the two. */
    static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
