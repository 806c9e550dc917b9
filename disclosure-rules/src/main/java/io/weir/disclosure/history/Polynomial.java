package io.weir.disclosure.history;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sum of products of indicators, which are one where a row has a property and else nothing. Indicators of one subject are multiplied by what they mean, so that a
 * product has at most one of each subject and kind. Not thread-safe while it is built.
 */
final class Polynomial {
    /** More products are not calculated with. */
    private static final int MOST = 10_000;

    /** A kind of property, of which two on one subject are always one property or none. */
    private enum Kind {
        /** Known by its wording, which is its subject. */
        WORDING,
        VALUE,
        /** The value lies before a cut. */
        BEFORE,
        PRESENT
    }

    /** Of which subject a property is. */
    private record Place(String subject, Kind kind) {}

    /** The calculation would be too long, or it is not known whether two values are one: nothing is known of the sum. */
    @SuppressWarnings("serial") // stays in this package
    static final class Undecided extends RuntimeException {
        Undecided() {
            super("undecided", null, false, false);
        }
    }

    /** A map's own hash is a sum, in which many products would be alike. */
    private record Product(Map<Place, Object> factors, int hash) {
        static Product of(Map<Place, Object> factors) {
            int hash = 0;
            for (Map.Entry<Place, Object> factor : factors.entrySet()) {
                int mixed = 31 * factor.getKey().hashCode() + factor.getValue().hashCode();
                hash += mixed * 0x9E3779B9 ^ mixed >>> 15;
            }
            return new Product(factors, hash * 0x85EBCA6B);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Product p && hash == p.hash && factors.equals(p.factors);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** By product, how often it is in the sum; none is there no times. */
    private final Map<Product, BigInteger> products = new HashMap<>();

    static Polynomial of(int constant) {
        Polynomial one = new Polynomial();
        one.add(Product.of(Map.of()), BigInteger.valueOf(constant));
        return one;
    }

    static Polynomial wording(String text) {
        return of(new Place(text, Kind.WORDING), "");
    }

    static Polynomial value(String subject, String text) {
        return of(new Place(subject, Kind.VALUE), text);
    }

    static Polynomial before(String subject, Asked.Cut cut) {
        return of(new Place(subject, Kind.BEFORE), cut);
    }

    static Polynomial present(String subject) {
        return of(new Place(subject, Kind.PRESENT), "");
    }

    private static Polynomial of(Place place, Object what) {
        Polynomial one = new Polynomial();
        one.add(Product.of(Map.of(place, what)), BigInteger.ONE);
        return one;
    }

    Polynomial minus(Polynomial other) {
        Polynomial sum = new Polynomial();
        sum.add(1, this);
        sum.add(-1, other);
        return sum;
    }

    /** Adds so many times the other to this one. */
    void add(int times, Polynomial other) {
        BigInteger factor = BigInteger.valueOf(times);
        other.products.forEach((product, number) -> add(product, number.multiply(factor)));
    }

    Polynomial times(Polynomial other) {
        Polynomial all = new Polynomial();
        products.forEach((mine, number) -> other.products.forEach((theirs, times) -> {
            Product product = multiplied(mine, theirs);
            if (product != null) {
                all.add(product, number.multiply(times));
            }
        }));
        return all;
    }

    boolean isZero() {
        return products.isEmpty();
    }

    private void add(Product product, BigInteger number) {
        BigInteger sum = products.merge(product, number, BigInteger::add);
        if (sum.signum() == 0) {
            products.remove(product);
        }
        if (products.size() > MOST) {
            throw new Undecided();
        }
    }

    /** Null where no row has all of both. */
    private static @Nullable Product multiplied(Product some, Product others) {
        if (some.factors().isEmpty() || others.factors().isEmpty()) {
            return some.factors().isEmpty() ? others : some;
        }
        Map<Place, Object> all = new HashMap<>(some.factors());
        for (Map.Entry<Place, Object> other : others.factors().entrySet()) {
            Object mine = all.putIfAbsent(other.getKey(), other.getValue());
            if (mine == null || mine.equals(other.getValue())) {
                continue;
            }
            if (mine instanceof Asked.Cut one && other.getValue() instanceof Asked.Cut two) {
                all.put(other.getKey(), one.compareTo(two) < 0 ? one : two);
            } else if (SameText.mayBe((String) mine, (String) other.getValue())) {
                throw new Undecided();
            } else {
                return null;
            }
        }
        // That there is a value goes without saying where it is said which.
        all.keySet().removeIf(place -> place.kind() == Kind.PRESENT && saysMore(all, place.subject()));
        return Product.of(all);
    }

    private static boolean saysMore(Map<Place, Object> product, String subject) {
        return product.containsKey(new Place(subject, Kind.VALUE))
                || product.containsKey(new Place(subject, Kind.BEFORE));
    }
}
