package io.weir.query.disclose;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.NonZeroUnits;
import io.weir.disclosure.history.Fingerprint;
import io.weir.query.govern.plan.Atom;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cell, put together from what the source says of each bucket of its people. Confined to the thread that reads. */
final class CellParts {
    private final List<Part> parts;
    private long units;
    private final Fingerprint.Builder rows = new Fingerprint.Builder();

    CellParts(List<Atom> atoms) {
        parts = atoms.stream().map(Part::new).toList();
    }

    /**
     * Adds a row of the cells' query.
     *
     * @param at place of the bucket's number
     */
    void add(@Nullable Object[] row, int at) {
        int bucket = (int) number(row[at]);
        units += number(row[at + 1]);
        rows.add(bucket, decimal(row[at + 2]), 0);
        int next = at + 3;
        for (Part part : parts) {
            next = part.add(row, next, bucket);
        }
    }

    /** Distinct subjects: each is in one bucket. */
    long units() {
        return units;
    }

    /** How many rows each bucket has. */
    Fingerprint rows() {
        return rows.build();
    }

    /** What each bucket of its people contributes to an atom. */
    Fingerprint print(int atom) {
        return parts.get(atom).print.build();
    }

    /** @param frequent number of frequent values, for an atom that counts values */
    Evidence evidence(int atom, BigDecimal frequent) {
        return parts.get(atom).evidence(frequent);
    }

    private static final class Part {
        private final Atom atom;
        private BigDecimal value = BigDecimal.ZERO;
        private long contributing;
        private BigDecimal largest = BigDecimal.ZERO;
        private BigDecimal second = BigDecimal.ZERO;
        private BigDecimal absolute = BigDecimal.ZERO;
        private boolean negatives;
        private long nonZero;
        private @Nullable BigDecimal smallest;
        private final Fingerprint.Builder print = new Fingerprint.Builder();

        private Part(Atom atom) {
            this.atom = atom;
        }

        /** @return the place after the atom's columns */
        private int add(@Nullable Object[] row, int at, int bucket) {
            if (atom instanceof Atom.Position) {
                return at; // of its own query
            }
            BigDecimal more = decimal(row[at]);
            long people = number(row[at + 1]);
            value = value.add(more);
            contributing += people;
            return switch (atom) {
                case Atom.Units u -> {
                    print.add(bucket, BigDecimal.valueOf(people), Fingerprint.DECIMALS);
                    yield at + 2;
                }
                case Atom.DistinctValues d -> {
                    print.add(bucket, BigDecimal.valueOf(people), Fingerprint.DECIMALS);
                    yield at + 2;
                }
                case Atom.Rows r -> records(row, at, bucket, more, people);
                case Atom.Records r -> records(row, at, bucket, more, people);
                case Atom.Position p -> at;
                case Atom.Sum s -> {
                    print.add(bucket, more, Fingerprint.DECIMALS);
                    if (people > 0) {
                        rank(decimal(row[at + 2]));
                        rank(people > 1 ? decimal(row[at + 3]) : BigDecimal.ZERO);
                        absolute = absolute.add(decimal(row[at + 4]));
                        negatives |= number(row[at + 5]) > 0;
                    }
                    smallest(people, row[at + 6]);
                    nonZero += number(row[at + 7]);
                    yield at + 8;
                }
            };
        }

        private int records(@Nullable Object[] row, int at, int bucket, BigDecimal records, long people) {
            print.add(bucket, records, Fingerprint.DECIMALS);
            smallest(people, row[at + 2]);
            return at + 3;
        }

        private void rank(BigDecimal contribution) {
            if (contribution.compareTo(largest) > 0) {
                second = largest;
                largest = contribution;
            } else if (contribution.compareTo(second) > 0) {
                second = contribution;
            }
        }

        private void smallest(long people, @Nullable Object contribution) {
            if (people > 0 && contribution != null) {
                BigDecimal least = decimal(contribution);
                smallest = smallest == null ? least : smallest.min(least);
            }
        }

        private Evidence records() {
            return Evidence.ofRecords(value.longValue(), contributing, smallest == null ? 0 : smallest.longValue());
        }

        private Evidence evidence(BigDecimal frequent) {
            return switch (atom) {
                case Atom.Units u -> Evidence.ofCount(value.longValue(), contributing);
                case Atom.DistinctValues d -> Evidence.ofCount(frequent.longValue(), contributing);
                case Atom.Rows r -> records();
                case Atom.Records r -> records();
                // Of anybody it has evidence of its own.
                case Atom.Position p -> PlaceEvidence.NOBODY;
                case Atom.Sum s ->
                    new Evidence(
                                    contributing == 0 ? null : value,
                                    contributing,
                                    largest,
                                    second,
                                    absolute,
                                    negatives,
                                    smallest == null ? BigDecimal.ZERO : smallest)
                            .with(new NonZeroUnits(nonZero));
            };
        }
    }

    static long number(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : 0;
    }

    static BigDecimal decimal(@Nullable Object value) {
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
    }
}
