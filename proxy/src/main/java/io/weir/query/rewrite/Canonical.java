package io.weir.query.rewrite;

import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Canonical texts of blocks: same question, same text. Not thread-safe; one per block. */
final class Canonical {
    private final Map<String, String> aliases = new HashMap<>();
    private final List<Expr> conjuncts = new ArrayList<>();

    BlockIdentity identity(Block block) {
        String population = rel(block.input(), true) + " by " + text(block.subject());
        TreeSet<String> predicates = conjuncts.stream().map(this::text).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> keys = new TreeSet<>();
        for (Set<Integer> set : block.groupingSets()) {
            keys.add(BlockIdentity.groupingSet(
                    set.stream().map(k -> text(block.keys().get(k).expr())).toList()));
        }
        return new BlockIdentity(
                population,
                predicates,
                keys,
                block.atoms().stream().map(this::atom).sorted().toList());
    }

    private String atom(Atom atom) {
        return switch (atom) {
            case Atom.Units u -> "units(" + text(u.filter()) + ")";
            case Atom.Rows r -> "rows(" + text(r.filter()) + ")";
            case Atom.Sum s ->
                "sum(" + text(s.argument()) + ", " + text(s.filter()) + ")/"
                        + s.step().toPlainString();
            case Atom.DistinctValues d -> "distinct(" + text(d.argument()) + ", " + text(d.filter()) + ")";
        };
    }

    private String alias(String alias) {
        return aliases.computeIfAbsent(alias, a -> "r" + aliases.size());
    }

    /** @param collect whether filters are the block's own predicates: collected and left out of the text */
    private String rel(Rel rel, boolean collect) {
        return switch (rel) {
            case Rel.Scan s ->
                s.dataset().name() + " as " + alias(s.alias()) + " scope "
                        + s.grant().rowScope();
            case Rel.Filter f -> {
                String input = rel(f.input(), collect);
                if (collect) {
                    conjuncts.addAll(Expr.conjunctsOf(f.condition()));
                    yield input;
                }
                yield input + " where " + sorted(f.condition());
            }
            case Rel.Join j ->
                "(" + rel(j.left(), collect) + " " + j.kind() + " " + rel(j.right(), collect) + " on "
                        + sorted(j.condition()) + ")";
            case Rel.Derived d ->
                "(" + rel(d.input(), false) + " select " + (d.distinct() ? "distinct " : "") + named(d.outputs())
                        + ") as " + alias(d.alias());
            case Rel.PerSubject p ->
                "(" + rel(p.input(), false) + " per " + named(p.keys()) + " compute "
                        + p.aggregates().stream()
                                .map(a -> a.name() + "=" + a.function() + (a.distinct() ? " distinct " : " ")
                                        + text(a.argument()) + " if " + text(a.filter()))
                                .toList()
                        + ") as " + alias(p.alias());
            case Rel.UnionAll u -> u.branches().stream().map(b -> rel(b, false)).toList() + " as " + alias(u.alias());
            case Rel.Values v ->
                v.rows().stream().map(r -> r.stream().map(this::text).toList()).toList() + " as " + alias(v.alias());
        };
    }

    private String named(List<Rel.Named> outputs) {
        return outputs.stream()
                .map(o -> o.name() + "=" + text(o.expr()))
                .toList()
                .toString();
    }

    private String sorted(Expr condition) {
        return Expr.conjunctsOf(condition).stream()
                .map(this::text)
                .sorted()
                .toList()
                .toString();
    }

    String text(Expr expr) {
        return switch (expr) {
            case Expr.Column c -> alias(c.alias()) + "." + c.name();
            case Expr.Literal l -> l.type() + ":" + (l.value() == null ? "null" : quoted(Texts.print(l.value())));
            case Expr.Parameter p -> "$" + p.index();
            case Expr.Cast c -> "cast(" + text(c.argument()) + " as " + c.type() + ")";
            case Expr.Exists e -> "exists(" + rel(e.rel(), false) + ")";
            case Expr.Scalar s ->
                throw new IllegalStateException("a sub-query above the boundary has no identity below it");
            case Expr.Case c ->
                "case("
                        + c.whens().stream()
                                .map(w -> text(w.condition()) + "->" + text(w.value()))
                                .toList() + " else " + text(c.otherwise()) + ")";
            case Expr.Call call -> {
                List<String> arguments =
                        call.arguments().stream().map(this::text).toList();
                boolean symmetric = call.op() == Op.AND
                        || call.op() == Op.OR
                        || call.op() == Op.EQUAL
                        || call.op() == Op.NOT_EQUAL
                        || call.op() == Op.ADD
                        || call.op() == Op.MULTIPLY;
                yield call.op() + (symmetric ? arguments.stream().sorted().toList() : arguments).toString();
            }
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
