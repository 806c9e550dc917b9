package io.weir.query.execute;

import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Linked;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one person adds to the cells of a block over two sources: a row for each cell, as a source with both would give it for a bucket that
 * has nobody else in it. Holds one person at a time. Not thread-safe.
 */
final class LinkedCells {
    private final Linked linked;
    private final Block block;
    private final CellSink cells;
    private final long most;

    /** The other side of a person who has nothing there, for an outer join. */
    private final List<@Nullable Object[]> nothing;

    /** @param most how many cells a person may be in */
    LinkedCells(Linked linked, CellSink cells, long most) {
        this.most = most;
        this.linked = linked;
        this.block = linked.block();
        this.cells = cells;
        this.nothing = linked.outer() ? List.<@Nullable Object[]>of(nothing(linked.other())) : List.of();
    }

    /**
     * Takes a person.
     *
     * @param other none for somebody without records on that side
     */
    void add(List<@Nullable Object[]> kept, List<@Nullable Object[]> other) {
        Executor.requireAtMost(most, (long) kept.size() * Math.max(1, other.size()), "cells");
        Map<List<@Nullable Object>, Contribution> byCell = new LinkedHashMap<>();
        for (@Nullable Object[] row : kept) {
            for (@Nullable Object[] there : other.isEmpty() ? nothing : other) {
                add(row, there, byCell);
            }
        }
        byCell.forEach((cell, contribution) -> cells.add(contribution.row(cell)));
    }

    private void add(
            @Nullable Object[] row, @Nullable Object[] there, Map<List<@Nullable Object>, Contribution> byCell) {
        @Nullable Object[] keys = new @Nullable Object[block.keys().size()];
        copy(row, linked.keptKeys(), keys);
        copy(there, linked.otherKeys(), keys);
        // After the keys: the grouping set, the key, the bucket and the rows.
        int own = linked.keptKeys().size() + 2;
        int theirs = linked.otherKeys().size() + 2;
        for (Set<Integer> set : block.groupingSets()) {
            @Nullable Object[] cell = Arrays.copyOf(keys, keys.length + 1);
            for (int k = 0; k < keys.length; k++) {
                cell[k] = set.contains(k) ? keys[k] : null;
            }
            cell[keys.length] = block.mask(set);
            byCell.computeIfAbsent(Arrays.asList(cell), c -> new Contribution(row[own]))
                    .add(row, own + 1, there, theirs + 1);
        }
    }

    private static void copy(@Nullable Object[] row, List<Integer> at, @Nullable Object[] keys) {
        for (int k = 0; k < at.size(); k++) {
            keys[at.get(k)] = row[k];
        }
    }

    /** A row of the side in which every column is NULL, as its query would give it. */
    private static @Nullable Object[] nothing(Block side) {
        List<@Nullable Object> row = new ArrayList<>();
        side.keys().forEach(k -> row.add(ofNothing(k.expr())));
        row.add(null);
        row.add(null);
        row.add(null);
        row.add(BigDecimal.ONE);
        for (Atom atom : side.atoms()) {
            boolean counts = Boolean.TRUE.equals(ofNothing(atom.filter()));
            row.add(
                    switch (atom) {
                        case Atom.Rows r -> counts ? BigDecimal.ONE : BigDecimal.ZERO;
                        case Atom.Records r ->
                            counts && ofNothing(r.record()) != null ? BigDecimal.ONE : BigDecimal.ZERO;
                        case Atom.Sum s -> counts ? number(ofNothing(s.argument())) : null;
                        case Atom.Units u -> throw notOfASide();
                        case Atom.DistinctValues d -> throw notOfASide();
                        case Atom.Position p -> throw notOfASide();
                    });
        }
        return row.toArray();
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        return value == null ? null : new BigDecimal(value.toString());
    }

    private static IllegalStateException notOfASide() {
        return new IllegalStateException("a side counts rows and records, and adds up");
    }

    private static @Nullable Object ofNothing(Expr expr) {
        return Evaluator.evaluate(expr, new Evaluator.Row() {
            @Override
            public @Nullable Object column(Expr.Column column) {
                return null;
            }

            @Override
            public @Nullable Object scalar(Expr.Scalar scalar) {
                throw new IllegalStateException("a sub-query below the boundary");
            }
        });
    }

    /** What a person adds to one cell. */
    private final class Contribution {
        private final @Nullable Object bucket;
        private BigDecimal rows = BigDecimal.ZERO;
        private final @Nullable BigDecimal[] values =
                new @Nullable BigDecimal[block.atoms().size()];

        private Contribution(@Nullable Object bucket) {
            this.bucket = bucket;
        }

        /** @param at where the number of rows stands, and after it the atoms */
        private void add(@Nullable Object[] own, int at, @Nullable Object[] theirs, int there) {
            rows = rows.add(decimal(own[at]).multiply(decimal(theirs[there])));
            for (int a = 0; a < values.length; a++) {
                BigDecimal value = value(a, number(own[at + 1 + a]), number(theirs[there + 1 + a]));
                if (value != null) {
                    values[a] = decimal(values[a]).add(value);
                }
            }
        }

        /** Null where nothing is added up. */
        private @Nullable BigDecimal value(int atom, @Nullable BigDecimal own, @Nullable BigDecimal theirs) {
            return switch (block.atoms().get(atom)) {
                case Atom.Rows r -> decimal(own).multiply(decimal(theirs));
                case Atom.Units u -> decimal(own).multiply(decimal(theirs));
                case Atom.Records r -> {
                    boolean here = linked.kept().atoms().get(atom) instanceof Atom.Records;
                    BigDecimal records = decimal(here ? own : theirs);
                    yield decimal(here ? theirs : own).signum() > 0 ? records : BigDecimal.ZERO;
                }
                case Atom.Sum s -> {
                    boolean here = linked.kept().atoms().get(atom) instanceof Atom.Sum;
                    BigDecimal sum = here ? own : theirs;
                    BigDecimal times = decimal(here ? theirs : own);
                    yield sum == null || times.signum() == 0 ? null : sum.multiply(times);
                }
                case Atom.DistinctValues d -> throw notOfASide();
                case Atom.Position p -> throw notOfASide();
            };
        }

        /** In the order of a cells' query: see {@link io.weir.query.rewrite.GovernedQuery.SourceBlock#cells}. */
        private @Nullable Object[] row(List<@Nullable Object> cell) {
            List<@Nullable Object> row = new ArrayList<>(cell);
            row.add(bucket);
            row.add(1L);
            row.add(rows);
            for (int a = 0; a < values.length; a++) {
                BigDecimal value = values[a];
                boolean some = value != null && value.signum() > 0;
                switch (block.atoms().get(a)) {
                    case Atom.Units u -> row.addAll(Arrays.asList(some ? 1L : 0L, some ? 1L : 0L));
                    case Atom.Rows r -> row.addAll(Arrays.asList(decimal(value), some ? 1L : 0L, some ? value : null));
                    case Atom.Records r ->
                        row.addAll(Arrays.asList(decimal(value), some ? 1L : 0L, some ? value : null));
                    case Atom.Sum s -> row.addAll(sum(value));
                    case Atom.DistinctValues d -> throw notOfASide();
                    case Atom.Position p -> throw notOfASide();
                }
            }
            return row.toArray();
        }

        private static List<@Nullable Object> sum(@Nullable BigDecimal value) {
            BigDecimal size = decimal(value).abs();
            return Arrays.asList(
                    value,
                    value == null ? 0L : 1L,
                    size,
                    null,
                    size,
                    value != null && value.signum() < 0 ? 1L : 0L,
                    size.signum() == 0 ? null : size,
                    size.signum() == 0 ? 0L : 1L);
        }
    }

    private static BigDecimal decimal(@Nullable Object value) {
        BigDecimal number = number(value);
        return number == null ? BigDecimal.ZERO : number;
    }

    @Override
    public String toString() {
        return "LinkedCells[***]";
    }
}
