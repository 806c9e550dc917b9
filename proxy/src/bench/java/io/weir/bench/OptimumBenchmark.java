package io.weir.bench;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.AuditLimits;
import io.weir.disclosure.protection.PatternAudit;
import io.weir.disclosure.protection.Proof;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.protection.Protection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;

/**
 * How far patterns are from the optimum, in tables so small that it can be proven: complementary cells, and people in them, of the library's patterns for
 * answers and in batches, of its method for large tables, of the simplest heuristic, and at least. Every pattern is judged by the library's audit and by a
 * second one ({@link CountTable}). Arguments: number of tables of each shape, seconds for each optimum, people in a lowest cell, and shapes like
 * {@code 6,6} or {@code 2x3,2x3}.
 */
public final class OptimumBenchmark {
    private static final int THRESHOLD = 10;
    private static final int LARGE_TABLE = 200; // something is always to be protected from
    static final RiskAppetite APPETITE = new RiskAppetite(THRESHOLD, ZeroRule.SHOWN, 1, List.of(), null);
    private static final AuditLimits SMALL = new AuditLimits(400, 300, 100_000, 100_000_000_000L);
    private static final AuditLimits BATCH = AuditLimits.batch();
    private static final AuditLimits LARGE = new AuditLimits(400, 300, 1, 1_500_000_000L, 30_000_000_000L);

    private OptimumBenchmark() {}

    public static void main(String[] arguments) {
        int tables = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
        long nanoseconds = (arguments.length > 1 ? Long.parseLong(arguments[1]) : 10) * 1_000_000_000L;
        double people = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 60;
        List<String> shapes = arguments.length > 3
                ? List.of(arguments).subList(3, arguments.length)
                : List.of("5,5", "8,8", "12,10", "2x3,5", "2x3,2x3", "3,3,3", "4,4,3", "2x2,3,3");
        System.out.println("| shape | cells | proven | hidden by a check | measure | optimum | answers | batches | method for large tables | smallest first |");
        System.out.println("|---|---:|---:|---:|---|---:|---:|---:|---:|---:|");
        for (String shape : shapes) {
            measure(shape, tables, nanoseconds, people);
        }
    }

    private static void measure(String shape, int tables, long nanoseconds, double people) {
        Sums cells = new Sums();
        Sums values = new Sums();
        long primary = 0;
        int size = 0;
        for (CountTable table : draw(shape, tables, people)) {
            BitSet simple = smallestFirst(table);
            size = table.size();
            primary += table.primary().cardinality();
            List<BitSet> patterns = List.of(library(table, SMALL), library(table, BATCH), library(table, LARGE), simple);
            patterns.forEach(pattern -> requireProtected(table, pattern));
            cells.add(table, patterns, cell -> 1, nanoseconds);
            values.add(table, patterns, table::value, nanoseconds);
        }
        System.out.printf("| %s | %,d | %d of %d | %.1f | cells | %s |%n", shape, size, cells.proven, tables, (double) primary / tables, cells.text());
        System.out.printf("| | | %d of %d | | people | %s |%n", values.proven, tables, values.text());
    }

    /** The same random tables each time, in which there is something to protect, and something to be protected from. */
    static List<CountTable> draw(String shape, int tables, double people) {
        Random random = new Random(7);
        List<CountTable> drawn = new ArrayList<>();
        while (drawn.size() < tables) {
            CountTable table = CountTable.draw(shape, people, THRESHOLD, random);
            boolean large = table.size() > LARGE_TABLE;
            if (!table.primary().isEmpty() && (large || !smallestFirst(table).equals(table.primary()))) {
                drawn.add(table);
            }
        }
        return drawn;
    }

    /** What was hidden in the tables of which the optimum is proven. */
    private static final class Sums {
        private int proven;
        private long optimum;
        private final long[] others = new long[4];

        void add(CountTable table, List<BitSet> patterns, IntToLongFunction cost, long nanoseconds) {
            BitSet known = patterns.stream()
                    .min(Comparator.comparingLong(pattern -> cost(table, pattern, cost)))
                    .orElseThrow();
            Optional<BitSet> found = new OptimalPattern(table, cost, known, nanoseconds).find();
            if (found.isPresent()) {
                BitSet pattern = found.get();
                pattern.or(table.primary());
                requireProtected(table, pattern);
                proven++;
                optimum += cost(table, pattern, cost);
                for (int i = 0; i < others.length; i++) {
                    others[i] += cost(table, patterns.get(i), cost);
                }
            }
        }

        private static long cost(CountTable table, BitSet pattern, IntToLongFunction cost) {
            BitSet complementary = (BitSet) pattern.clone();
            complementary.andNot(table.primary());
            return complementary.stream().mapToLong(cost::applyAsLong).sum();
        }

        String text() {
            StringBuilder text = new StringBuilder(String.format("%.2f", (double) optimum / proven));
            for (long other : others) {
                text.append(String.format(" | %+.1f %%", 100.0 * (other - optimum) / optimum));
            }
            return text.toString();
        }
    }

    static BitSet library(CountTable table, AuditLimits limits) {
        Assessment assessment = new Protection(table.table(), APPETITE, limits).assess();
        if (assessment.proof() instanceof Proof.NotProtected) {
            throw new IllegalStateException("A table without history can be protected");
        }
        BitSet hidden = new BitSet();
        for (int cell = 0; cell < table.size(); cell++) {
            hidden.set(cell, assessment.cell(cell, 0) instanceof Protected.Hidden);
        }
        return hidden;
    }

    /** Hides the smallest cell beside one that is exposed, until none is; when all beside it are hidden, the smallest of all. */
    private static BitSet smallestFirst(CountTable table) {
        BitSet hidden = table.primary();
        while (true) {
            List<Integer> narrow = table.narrow(hidden);
            BitSet beside = new BitSet();
            if (!narrow.isEmpty()) {
                beside.or(table.around(narrow.getFirst()));
            } else {
                table.exposedUnion(hidden).ifPresent(margin -> {
                    margin.left().forEach(beside::set);
                    margin.right().forEach(beside::set);
                });
            }
            if (beside.isEmpty()) {
                return hidden;
            }
            beside.and(table.eligible());
            beside.andNot(hidden);
            if (beside.isEmpty()) {
                beside.or(table.eligible());
                beside.andNot(hidden);
            }
            hidden.set(beside.stream()
                    .boxed()
                    .min(Comparator.comparingLong(table::value))
                    .orElseThrow(() -> new IllegalStateException("Everything is hidden and exposed")));
        }
    }

    private static void requireProtected(CountTable table, BitSet hidden) {
        Set<PatternAudit.Place> places = hidden.stream()
                .mapToObj(cell -> new PatternAudit.Place(cell, 0))
                .collect(Collectors.toSet());
        boolean audited = new PatternAudit(table.table(), APPETITE, SMALL)
                .of(places).stream().allMatch(cell -> cell.outcome() == PatternAudit.Outcome.ENOUGH);
        boolean again = table.narrow(hidden).isEmpty() && table.exposedUnion(hidden).isEmpty();
        if (!audited || !again) {
            throw new IllegalStateException("A pattern does not protect: the library's audit says " + audited + ", the second " + again);
        }
    }
}
