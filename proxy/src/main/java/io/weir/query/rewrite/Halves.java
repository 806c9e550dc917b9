package io.weir.query.rewrite;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.rewrite.BlockForm.HalfForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which wholes an aggregate's condition takes one half of, on any data: those who fulfil a condition and those who do not are everybody. A
 * comparison and its opposite leave out who has no value, and are halves only where everybody has one.
 */
final class Halves {
    private final CanonicalText texts;
    private final Map<String, Rel.Scan> scans = new HashMap<>();
    private final Set<String> optional = new HashSet<>();
    private final Set<Expr> always;

    /**
     * @param input of the block whose aggregates they are
     * @param conditions of every row of it
     */
    Halves(CanonicalText texts, Rel input, List<Expr> conditions) {
        this.texts = texts;
        input.walk(rel -> {
            switch (rel) {
                case Rel.Scan scan -> scans.put(scan.alias(), scan);
                case Rel.Join join
                when join.kind() == Rel.Join.Kind.LEFT ->
                    optional.addAll(join.right().aliases());
                default -> {}
            }
        });
        this.always = Set.copyOf(conditions);
    }

    List<HalfForm> of(Expr filter) {
        List<Expr> conjuncts =
                Expr.conjunctsOf(filter).stream().map(Halves::plain).toList();
        Set<Expr> known = new HashSet<>(always);
        known.addAll(conjuncts);
        Set<HalfForm> halves = new LinkedHashSet<>();
        for (int i = 0; i < conjuncts.size(); i++) {
            int own = i;
            add(
                    conjuncts.get(i),
                    IntStream.range(0, conjuncts.size())
                            .filter(j -> j != own)
                            .mapToObj(conjuncts::get)
                            .toList(),
                    known,
                    halves);
        }
        List<Expr> asked = new ArrayList<>(conjuncts);
        List<Expr> present = conjuncts.stream()
                .filter(c -> c instanceof Expr.Call call && call.op() == Op.IS_NOT_NULL)
                .toList();
        asked.removeAll(present);
        if (asked.size() > 1) {
            add(Expr.and(asked), present, known, halves);
        }
        return List.copyOf(halves);
    }

    private void add(Expr condition, List<Expr> others, Set<Expr> known, Set<HalfForm> halves) {
        List<String> whole = texts.armConditions(Expr.and(others));
        Expr holds = condition instanceof Expr.Call call && call.op() == Op.IS_NOT_TRUE
                ? plain(call.arguments().getFirst())
                : condition;
        halves.add(new HalfForm(whole, "whether " + texts.condition(holds)));
        if (isDecided(condition, known)) {
            halves.add(new HalfForm(whole, "by " + texts.condition(positive(condition))));
        }
    }

    /** As a filter a condition and that it is true are the same. */
    private static Expr plain(Expr condition) {
        if (condition instanceof Expr.Call call && call.op() == Op.IS_TRUE) {
            return plain(call.arguments().getFirst());
        }
        return condition instanceof Expr.Call call && call.op() == Op.AND
                ? Expr.and(Expr.conjunctsOf(call).stream().map(Halves::plain).toList())
                : condition;
    }

    /** One of a condition and its opposite, the same for both. */
    private static Expr positive(Expr condition) {
        if (!(condition instanceof Expr.Call call)) {
            return condition;
        }
        return switch (call.op()) {
            case NOT -> positive(call.arguments().getFirst());
            case NOT_EQUAL -> with(Op.EQUAL, call);
            case GREATER_OR_EQUAL -> with(Op.LESS, call);
            case GREATER -> with(Op.LESS_OR_EQUAL, call);
            case IS_NULL -> with(Op.IS_NOT_NULL, call);
            default -> call;
        };
    }

    private static Expr with(Op op, Expr.Call call) {
        return new Expr.Call(op, call.arguments(), call.type());
    }

    /** Whether it is true or false for everybody. */
    private boolean isDecided(Expr condition, Set<Expr> known) {
        return switch (condition) {
            case Expr.Literal literal -> literal.value() != null;
            case Expr.Column column -> known.contains(Expr.predicate(Op.IS_NOT_NULL, column)) || isAlwaysThere(column);
            case Expr.Call call ->
                switch (call.op()) {
                    case AND, OR, NOT, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                        call.arguments().stream().allMatch(a -> isDecided(a, known));
                    case IS_NULL, IS_NOT_NULL -> true;
                    default -> false;
                };
            default -> false;
        };
    }

    private boolean isAlwaysThere(Expr.Column column) {
        Rel.Scan scan = scans.get(column.alias());
        return scan != null && MerePresence.isFilled(scan, column) && !optional.contains(column.alias());
    }
}
