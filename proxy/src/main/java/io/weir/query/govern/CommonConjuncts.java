package io.weir.query.govern;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What all alternatives of a condition ask for, taken out of them: {@code k AND a OR k AND b} is {@code k AND (a OR b)}, of three truth values too. So joins are found that are written in
 * each alternative, as in the nineteenth query of TPC-H. Pure.
 */
final class CommonConjuncts {
    private CommonConjuncts() {}

    static Expr taken(Expr condition) {
        List<Expr> conjuncts = new ArrayList<>();
        for (Expr conjunct : Expr.conjunctsOf(condition)) {
            if (conjunct instanceof Expr.Call(Op op, List<Expr> alternatives, SqlType type) && op == Op.OR) {
                conjuncts.addAll(ofAlternatives(conjunct, flat(alternatives)));
            } else {
                conjuncts.add(conjunct);
            }
        }
        return Expr.and(conjuncts);
    }

    /** With equalities the way round that they have there: {@code b = a} is {@code a = b}. */
    private static Expr asIn(List<Expr> first, Expr alternative) {
        return Expr.and(Expr.conjunctsOf(alternative).stream()
                .map(c -> c instanceof Expr.Call(Op op, List<Expr> sides, SqlType type)
                                && op == Op.EQUAL
                                && first.contains(new Expr.Call(op, sides.reversed(), type))
                        ? new Expr.Call(op, sides.reversed(), type)
                        : c)
                .toList());
    }

    private static List<Expr> flat(List<Expr> alternatives) {
        return alternatives.stream()
                .flatMap(a -> a instanceof Expr.Call(Op op, List<Expr> inside, SqlType type) && op == Op.OR
                        ? flat(inside).stream()
                        : Stream.of(a))
                .toList();
    }

    private static List<Expr> ofAlternatives(Expr whole, List<Expr> written) {
        List<Expr> first = Expr.conjunctsOf(written.getFirst());
        List<Expr> alternatives = written.stream().map(a -> asIn(first, a)).toList();
        Set<Expr> common = new LinkedHashSet<>(first);
        alternatives.forEach(a -> common.retainAll(Expr.conjunctsOf(a)));
        if (common.isEmpty()) {
            return List.of(whole);
        }
        List<Expr> taken = new ArrayList<>(common);
        List<Expr> rest = alternatives.stream()
                .map(a -> Expr.and(Expr.conjunctsOf(a).stream()
                        .filter(c -> !common.contains(c))
                        .toList()))
                .distinct()
                .toList();
        if (!rest.contains(Expr.always())) {
            taken.add(rest.size() == 1 ? rest.getFirst() : new Expr.Call(Op.OR, rest, SqlType.BOOL));
        }
        return taken;
    }
}
