package io.weir.query.execute;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The population of linked people by bucket, as a source with both would give it: number, people, rows. Not thread-safe. */
final class LinkedPopulation {
    private static final int BUCKET = 1;
    private static final int ROWS = 2;

    private static final class Bucket {
        private long people;
        private BigDecimal rows = BigDecimal.ZERO;
    }

    private final TreeMap<Integer, Bucket> buckets = new TreeMap<>();

    /** @param other none for somebody without records on that side */
    void add(List<@Nullable Object[]> kept, List<@Nullable Object[]> other) {
        @Nullable Object[] person = kept.getFirst();
        BigDecimal times = other.isEmpty() ? BigDecimal.ONE : number(other.getFirst()[ROWS]);
        Bucket bucket = buckets.computeIfAbsent(number(person[BUCKET]).intValueExact(), b -> new Bucket());
        bucket.people++;
        bucket.rows = bucket.rows.add(number(person[ROWS]).multiply(times));
    }

    List<@Nullable Object[]> buckets() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        buckets.forEach((number, bucket) -> rows.add(new @Nullable Object[] {number, bucket.people, bucket.rows}));
        return rows;
    }

    private static BigDecimal number(@Nullable Object value) {
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
    }

    @Override
    public String toString() {
        return "LinkedPopulation[***]";
    }
}
