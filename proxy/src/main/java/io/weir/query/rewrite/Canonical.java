package io.weir.query.rewrite;

import io.weir.policy.PolicySnapshot;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.ConjunctText.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The canonical form of a block: same question, same text. Relations are named by what they are, not by the analyst's aliases; joins that
 * only add columns (on the other side's whole key) do not make another population; conditions count wherever they stand. Not thread-safe;
 * one per block.
 */
final class Canonical {
    private final CanonicalNames names = new CanonicalNames();
    private final CanonicalText texts = new CanonicalText(names);
    private final PolicySnapshot policy;
    /** Whether each unit has one row, on any data: then units and rows are one number. */
    private boolean oneRow;

    /** @param policy who opted out is left out wherever a record leads to them: a change makes other questions */
    Canonical(PolicySnapshot policy) {
        this.policy = policy;
    }

    private List<String> policyTexts() {
        return policy.datasets().values().stream()
                .filter(d -> d.optOut() != null)
                .map(d -> Separators.clean("opted out of " + d.name() + " " + d.optOut()))
                .sorted()
                .toList();
    }

    BlockForm form(Block block) {
        Level level = texts.enter(block.input());
        this.oneRow = UnitColumns.isOneRow(level, block.namespace());
        List<String> keys = block.keys().stream()
                .map(k -> KeyText.of(names.base(k.expr()), texts.text(k.expr())))
                .toList();
        List<String> atoms = new ArrayList<>();
        for (int i = 0; i < block.atoms().size(); i++) {
            atoms.add(atom(block.atoms().get(i), i < block.asked()));
        }
        TreeSet<String> sets = new TreeSet<>();
        for (Set<Integer> set : block.groupingSets()) {
            sets.add(BlockIdentity.groupingSet(set.stream().map(keys::get).toList()));
        }
        TreeSet<String> conjuncts = new TreeSet<>(texts.conjuncts(level));
        List<String> definitions = new ArrayList<>(texts.definitions());
        definitions.add(texts.structure(level)); // whose unit: all relations of a level are linked to one
        definitions.addAll(policyTexts());
        conjuncts.add(ConjunctText.of(Kind.DEFINITION, Set.of(), definitions));
        BlockIdentity identity = new BlockIdentity(
                block.namespace() + " in " + level.population(),
                conjuncts,
                sets,
                atoms.stream().sorted().toList());
        Halves halves = new Halves(texts, block.input(), level.conditions());
        List<BlockForm.FigureForm> figures = new ArrayList<>();
        for (int i = 0; i < block.atoms().size(); i++) {
            figures.add(figure(block, block.atoms().get(i), halves, block.told().contains(i)));
        }
        return new BlockForm(
                identity,
                order(keys),
                order(atoms),
                keys.stream().map(KeyText::read).toList(),
                figures,
                UnitColumns.of(level, block.input(), block.namespace()));
    }

    /**
     * Everything that is added up is of one measure: people, their rows and amounts of them can be the same number, or add up to one, in many wordings (a sum of sums, a sum by
     * another alias, a sum of two columns). What is added up is a condition. Of values and places in an order only those of one place can be near each other.
     */
    private BlockForm.FigureForm figure(Block block, Atom atom, Halves halves, boolean told) {
        String what = what(atom);
        boolean sum = atom instanceof Atom.Sum;
        String measure = switch (atom) {
            case Atom.Units u -> FigureKinds.NUMBERS;
            case Atom.Rows r -> FigureKinds.NUMBERS;
            case Atom.Records r -> FigureKinds.NUMBERS;
            case Atom.Sum s -> FigureKinds.NUMBERS;
            case Atom.DistinctValues d -> FigureKinds.VALUES;
            case Atom.Position p -> FigureKinds.POSITION + p.place().share();
        };
        return new BlockForm.FigureForm(
                block.namespace() + " " + measure,
                sum ? FigureKinds.SUM : what,
                sum ? what : "",
                texts.armConditions(atom.filter()),
                halves.of(atom.filter()),
                told);
    }

    private String what(Atom atom) {
        return switch (atom) {
            case Atom.Units u -> oneRow ? FigureKinds.ROWS : FigureKinds.UNITS;
            case Atom.Rows r -> FigureKinds.ROWS;
            case Atom.Records r -> FigureKinds.RECORDS + texts.text(r.record()) + ")";
            case Atom.Sum s -> FigureKinds.SUM + texts.text(s.argument()) + ")";
            case Atom.DistinctValues d -> "distinct(" + texts.text(d.argument()) + ")";
            case Atom.Position p -> FigureKinds.POSITION + p.place().share() + " of (" + texts.text(p.argument()) + ")";
        };
    }

    /** Indexes in the order of the texts. */
    private static List<Integer> order(List<String> texts) {
        return IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparing(texts::get).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private String atom(Atom atom, boolean asked) {
        String what = what(atom);
        // That an argument is there is part of what is computed; the rest of the filter is the arm's condition.
        List<Expr> present = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        for (Expr conjunct : Expr.conjunctsOf(atom.filter())) {
            boolean presence = conjunct instanceof Expr.Call call && call.op() == Op.IS_NOT_NULL;
            (presence ? present : conditions).add(conjunct);
        }
        return AtomText.of(
                (asked ? "" : AtomText.EVIDENCE) + what
                        + (present.isEmpty() ? "" : " if " + texts.condition(Expr.and(present))) + " step "
                        + atom.step().stripTrailingZeros().toPlainString(),
                texts.armConditions(Expr.and(conditions)));
    }

    /**
     * One level of joins: what is inside a block or a sub-query, without what is inside its derived tables.
     *
     * @param leaves relations, sorted by what they are
     * @param links equalities of columns of two relations
     * @param conditions everything else that is asked of a row
     */
    record Level(List<Leaf> leaves, List<Expr> links, List<Expr> conditions, String population) {}

    /**
     * @param rel a scan, a derived table or constants
     * @param optional whether it is outer-joined
     * @param on its own join conditions when it is
     * @param neutral whether it is reached by its whole key, so that it adds columns and no rows
     */
    record Leaf(Rel rel, boolean optional, List<Expr> on, boolean neutral) {
        String alias() {
            return rel.aliases().iterator().next();
        }
    }
}
