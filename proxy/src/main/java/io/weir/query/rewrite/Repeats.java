package io.weir.query.rewrite;

import io.weir.policy.PolicySnapshot;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.Canonical.Leaf;
import io.weir.query.rewrite.Canonical.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins that repeat the records of people, and amounts that do. A number of rows, or a sum, over them counts a person as often as the join says: where the asker chooses whom it repeats, and how often,
 * one person outweighs rounding and all others, under any condition. So people's own records are counted and added up, once for each of them, and pairs of records that plain comparisons
 * of stored columns put together; nothing else. People, different records and different values are counted once however often they are repeated.
 */
final class Repeats {
    private static final int MOST = 2;

    /** Amounts that are multiplied for one row. */
    private static final int MOST_FACTORS = 2;

    /** Where nothing is counted twice, or only asked for: so that one person's records take no source's time. */
    private static final int MOST_COUNTED_ONCE = 3;

    private static final int MOST_ASKED = 4;

    /** Ways in which one person's records, or pairs of them, are grouped: far fewer cells than fit into a table. */
    private static final int MOST_SETS = 64;

    private static final int MOST_SETS_OF_PAIRS = 4;

    /** Of one dataset, in a UNION ALL. */
    private static final int MOST_BRANCHES = 3;

    private final UnitColumns units;
    private final Weights weights;
    private final Factors factors;

    private Repeats(UnitColumns units, BlockExpressions expressions) {
        this.units = units;
        this.weights = new Weights(units, expressions.relations());
        this.factors = new Factors(expressions.relations());
    }

    /** Refuses numbers of rows, and sums and places in the order, of records that are repeated at will. */
    static void check(Block block, BlockExpressions expressions, PolicySnapshot policy) {
        Repeats repeats = new Repeats(new UnitColumns(block.namespace(), policy), expressions);
        List<Atom> repeatable =
                block.atoms().stream().filter(Repeats::isOfEachRow).toList();
        if (!repeatable.isEmpty()) {
            repeats.check(block, repeatable);
        }
        repeats.bound(block.input(), BlockExpressions.own(block));
        repeats.cells(block);
    }

    private static boolean isOfEachRow(Atom atom) {
        return switch (atom) {
            case Atom.Rows r -> true;
            case Atom.Sum s -> true;
            case Atom.Position p -> true;
            case Atom.Units u -> false;
            case Atom.Records r -> false;
            case Atom.DistinctValues d -> false;
        };
    }

    /**
     * What is done for each row of a level: its relations' records, each with each, and again for each of them what its conditions ask for.
     *
     * @param beside what else is calculated of a row
     * @return of how many relations
     */
    private int bound(Rel rows, List<Expr> beside) {
        Level level = Levels.of(rows);
        int together = weights.ofRows(level);
        if (together > MOST_COUNTED_ONCE) {
            throw refuse(
                    "the records of a person in %d relations are put together, each with each".formatted(together));
        }
        List<Expr> asked = new ArrayList<>(beside);
        asked.addAll(level.conditions());
        for (Leaf leaf : level.leaves()) {
            asked.addAll(leaf.on());
            inside(leaf.rel());
        }
        int each = together + asked.stream().mapToInt(this::bound).max().orElse(0);
        if (each > MOST_ASKED) {
            throw refuse("the records of a person in %d relations are looked through for each other, by EXISTS or IN"
                    .formatted(each));
        }
        return each;
    }

    private void inside(Rel rel) {
        switch (rel) {
            case Rel.Derived d ->
                bound(d.input(), d.outputs().stream().map(Rel.Named::expr).toList());
            case Rel.PerSubject p -> {
                List<Expr> calculated =
                        new ArrayList<>(p.keys().stream().map(Rel.Named::expr).toList());
                p.aggregates().forEach(a -> calculated.addAll(List.of(a.argument(), a.filter())));
                bound(p.input(), calculated);
            }
            case Rel.UnionAll u -> u.branches().forEach(this::inside);
            case Rel.Filter f -> inside(f.input());
            case Rel.Join j -> {
                inside(j.left());
                inside(j.right());
            }
            case Rel.Scan s -> {}
            case Rel.Values v -> {}
        }
    }

    private int bound(Expr expr) {
        int[] most = {0};
        expr.walk(e -> {
            if (e instanceof Expr.Exists exists) {
                most[0] = Math.max(most[0], bound(exists.rel(), List.of()));
            }
        });
        return most[0];
    }

    /** How many cells one person's records make: a table that is too large because of them tells of them. */
    private void cells(Block block) {
        Level level = Levels.of(block.input());
        Set<String> grouped = new HashSet<>();
        block.keys().forEach(key -> grouped.addAll(Levels.aliases(key.expr())));
        int relations = Math.min(
                weights.ofRows(level),
                level.leaves().stream()
                        .filter(leaf -> grouped.contains(leaf.alias()) && !units.isOneRow(leaf.rel()))
                        .mapToInt(leaf -> leaf.neutral() ? 1 : weights.ofRows(leaf.rel()))
                        .sum());
        if (relations > MOST) {
            throw refuse("rows are grouped by columns of %d relations that repeat each other".formatted(relations));
        }
        int sets = block.groupingSets().size();
        if (sets > (relations == MOST ? MOST_SETS_OF_PAIRS : relations == 1 ? MOST_SETS : Integer.MAX_VALUE)) {
            throw Problem.of(
                            ProblemCode.AGGREGATE_USE,
                            "records are grouped in %d ways, so that one person's make very many cells".formatted(sets),
                            "Write the GROUPING SETS that you need; %d of one table's columns, %d where two tables are joined by the person."
                                    .formatted(MOST_SETS, MOST_SETS_OF_PAIRS))
                    .asException();
        }
    }

    private void check(Block block, List<Atom> atoms) {
        Level level = Levels.of(block.input());
        int rows = weights.ofRows(level);
        if (rows > MOST) {
            throw refuse("rows of %d relations are counted or added up that repeat each other".formatted(rows));
        }
        List<Expr> arms = atoms.stream()
                .flatMap(atom -> Expr.conjunctsOf(atom.filter()).stream())
                .toList();
        boolean withEach = rows == MOST || rows > 0 && atoms.stream().anyMatch(this::isOfSeveralRecords);
        if (withEach && !Pairs.arePlain(level, arms, units)) {
            throw refuse(
                    "which records are counted or added up with each other depends on more than plain comparisons of their columns");
        }
        atoms.forEach(atom -> amount(atom, rows));
        each(level);
    }

    private boolean isOfSeveralRecords(Atom atom) {
        return atom instanceof Atom.Sum sum && weights.ofAmount(sum.argument()) > 0;
    }

    private void each(Level level) {
        chosen(level);
        for (Leaf leaf : level.leaves()) {
            switch (leaf.rel()) {
                case Rel.Derived d -> each(Levels.of(d.input()));
                case Rel.PerSubject p -> each(Levels.of(p.input()));
                case Rel.UnionAll u -> {
                    branches(u);
                    u.branches().forEach(branch -> each(Levels.of(branch.input())));
                }
                case Rel.Values v -> repeated(v);
                case Rel.Scan s -> {}
                case Rel.Filter f -> {}
                case Rel.Join j -> {}
            }
        }
    }

    /** ON that asks nothing of the records that it joins only chooses whom they repeat. */
    private void chosen(Level level) {
        for (Leaf leaf : weights.repeating(level)) {
            if (leaf.on().stream().anyMatch(on -> Levels.aliases(on).stream().noneMatch(leaf.alias()::equals))) {
                throw refuse("ON asks nothing of the records that it joins, so that it only chooses whom they repeat");
            }
        }
    }

    private void amount(Atom atom, int rows) {
        if (!(atom instanceof Atom.Sum sum)) {
            return;
        }
        int weight = weights.ofAmount(sum.argument());
        if (rows + weight > MOST) {
            throw refuse(
                    "what is added up was counted or added up of a person's records, and is so again with each of them");
        }
        if (factors.of(sum.argument()) > MOST_FACTORS) {
            throw refuse("a product of more than %d numbers is added up, in which one person can outweigh all others"
                    .formatted(MOST_FACTORS));
        }
    }

    private static void branches(Rel.UnionAll union) {
        Map<String, Integer> times = new HashMap<>();
        union.branches().forEach(branch -> count(branch, times));
        if (times.values().stream().anyMatch(n -> n > MOST_BRANCHES)) {
            throw refuse(
                    "UNION ALL of more than %d selections of one table repeats its records".formatted(MOST_BRANCHES));
        }
    }

    private static void count(Rel rel, Map<String, Integer> times) {
        if (rel instanceof Rel.Scan scan) {
            times.merge(scan.dataset().name().toString(), 1, Integer::sum);
        }
        rel.inputs().forEach(input -> count(input, times));
    }

    private static void repeated(Rel.Values values) {
        if (new HashSet<>(values.rows()).size() < values.rows().size()) {
            throw refuse("a list of VALUES with the same row twice repeats what it is joined to");
        }
    }

    private static RuntimeException refuse(String fragment) {
        return Problem.of(
                        ProblemCode.AGGREGATE_USE,
                        fragment,
                        "Count DISTINCT keys of people or of records, or aggregate per person in a sub-query (or ask EXISTS) before joining.")
                .asException();
    }
}
