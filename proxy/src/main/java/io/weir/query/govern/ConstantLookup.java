package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;

/**
 * A list of constants joined to rows about people: VALUES as a code list. It is what IN and CASE say, and becomes just that, so that the
 * rules for comparisons with values of the caller hold. Refuses lists that would repeat a row, and other conditions than equality.
 */
final class ConstantLookup {
    private final RexTranslator rex;

    ConstantLookup(RexTranslator rex) {
        this.rex = rex;
    }

    /** The rows of the other side with the list's columns, or empty when this is no such join. */
    Optional<Translated> translate(Join join, Translated left, Translated right) {
        if (left instanceof UnitRows rows && rows.personal() && constants(right) instanceof Residual.Constants list) {
            return Optional.of(joined(join, rows, (Translated.Above) right, list, false));
        }
        if (right instanceof UnitRows rows && rows.personal() && constants(left) instanceof Residual.Constants list) {
            return Optional.of(joined(join, rows, (Translated.Above) left, list, true));
        }
        return Optional.empty();
    }

    private static Object constants(Translated side) {
        return side instanceof Translated.Above above ? above.residual() : side;
    }

    /** @param listFirst whether the list is the left side of the join */
    private Translated joined(
            Join join, UnitRows people, Translated.Above list, Residual.Constants constants, boolean listFirst) {
        boolean keepsList = join.getJoinType() == JoinRelType.FULL
                || join.getJoinType() == (listFirst ? JoinRelType.LEFT : JoinRelType.RIGHT);
        if (keepsList) {
            throw refuse(
                    ProblemCode.JOIN,
                    "a list of constants is outer-joined to rows about people",
                    "Group the rows first, and join the list to the groups: SELECT … FROM list LEFT JOIN (SELECT …, count(*) … GROUP BY …) ….");
        }
        UnitRows rows = people.unlimited();
        ListRows values = new ListRows(constants, list.columns());
        List<Expr.Column> listed = values.placeholders();
        List<Expr> fields = new ArrayList<>(listFirst ? listed : rows.columns());
        fields.addAll(listFirst ? rows.columns() : listed);
        List<Pair> pairs = pairs(rex.translate(join.getCondition(), fields), listed);
        List<Expr> matches = matches(pairs, values);
        List<Expr> looked = new ArrayList<>();
        boolean inner = join.getJoinType() == JoinRelType.INNER;
        for (int column = 0; column < listed.size(); column++) {
            looked.add(lookedUp(column, matches, values, inner));
        }
        List<Expr> columns = new ArrayList<>(listFirst ? looked : rows.columns());
        columns.addAll(listFirst ? rows.columns() : looked);
        Rel rel = inner ? new Rel.Filter(rows.rel(), any(matches)) : rows.rel();
        return rows.withRel(rel).withColumns(columns);
    }

    /** An equality of a value about people and a column of the list, by its place. */
    record Pair(Expr own, int listed) {}

    private static List<Pair> pairs(Expr condition, List<Expr.Column> listed) {
        List<Pair> pairs = new ArrayList<>();
        for (Expr conjunct : Expr.conjunctsOf(condition)) {
            pairs.add(pair(conjunct, listed).orElseThrow(ConstantLookup::unequal));
        }
        if (pairs.isEmpty()) {
            throw unequal();
        }
        return pairs;
    }

    /** A conjunct as such an equality. */
    static Optional<Pair> pair(Expr conjunct, List<Expr.Column> listed) {
        if (!(conjunct instanceof Expr.Call(Op op, List<Expr> a, SqlType t)) || op != Op.EQUAL) {
            return Optional.empty();
        }
        int x = listed.indexOf(uncast(a.get(0)));
        int y = listed.indexOf(uncast(a.get(1)));
        if (x >= 0 && !ListRows.isMentioned(a.get(1))) {
            return Optional.of(new Pair(a.get(1), x));
        }
        return y >= 0 && !ListRows.isMentioned(a.get(0)) ? Optional.of(new Pair(a.get(0), y)) : Optional.empty();
    }

    private static RuntimeException unequal() {
        return refuse(
                ProblemCode.JOIN,
                "a list of constants is joined to rows about people by something else than equality",
                "Join it on column = column; or write one count(*) FILTER (WHERE …) for each row of the list.");
    }

    private static Expr uncast(Expr expr) {
        return expr instanceof Expr.Cast cast && !cast.cuts() ? uncast(cast.argument()) : expr;
    }

    /** For each row of the list the condition that a row about people is joined with it. */
    List<Expr> matches(List<Pair> pairs, ListRows list) {
        list.refuseLong();
        Set<List<Object>> seen = new HashSet<>();
        List<Expr> matches = new ArrayList<>();
        for (int row = 0; row < list.size(); row++) {
            List<Object> key = new ArrayList<>();
            List<Expr> equal = new ArrayList<>();
            for (Pair pair : pairs) {
                Expr value = list.value(pair.listed(), row);
                key.add(ListRows.comparable(value, pair.own().type()));
                equal.add(rex.equal(pair.own(), value));
            }
            if (!seen.add(key)) {
                throw refuse(
                        ProblemCode.JOIN,
                        "a list of constants has a value twice, so that joining it would count rows twice",
                        "List each value once; for overlapping lists ask for each list with count(*) FILTER (WHERE … IN (…)).");
            }
            matches.add(Expr.and(equal));
        }
        return matches;
    }

    /** @param inner whether rows without a match are left out, so that the last row of the list needs no condition */
    private static Expr lookedUp(int column, List<Expr> matches, ListRows list, boolean inner) {
        List<Expr.When> whens = new ArrayList<>();
        SqlType type = list.columns().get(column).type();
        Expr otherwise = Expr.literal(null, type);
        for (int i = 0; i < matches.size(); i++) {
            Expr value = list.value(column, i);
            if (inner && i == matches.size() - 1) {
                otherwise = value;
            } else {
                whens.add(new Expr.When(matches.get(i), value));
            }
        }
        return whens.isEmpty() ? otherwise : new Expr.Case(whens, otherwise, type);
    }

    static Expr any(List<Expr> matches) {
        return switch (matches.size()) {
            case 0 -> Expr.literal(false, SqlType.BOOL);
            case 1 -> matches.getFirst();
            default -> new Expr.Call(Op.OR, matches, SqlType.BOOL);
        };
    }
}
