package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.govern.plan.Residual;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;

/**
 * A list of constants joined to rows about people: VALUES as a code list. It is what IN and CASE say, and becomes just that, so that the
 * rules for comparisons with values of the caller hold. Refuses lists that would repeat a row, and other conditions than equality.
 */
final class ConstantLookup {
    private static final int MOST_ROWS = 500;

    /** Alias under which the list's columns stand in the join's condition while it is taken apart. */
    private static final String LIST = "~list";

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
        List<Expr.Column> listed = new ArrayList<>();
        for (Expr column : list.columns()) {
            listed.add(new Expr.Column(LIST, "c" + listed.size(), column.type()));
        }
        List<Expr> fields = new ArrayList<>(listFirst ? listed : rows.columns());
        fields.addAll(listFirst ? rows.columns() : listed);
        List<Pair> pairs = pairs(rex.translate(join.getCondition(), fields), listed);
        if (constants.rows().size() > MOST_ROWS) {
            throw refuse(
                    ProblemCode.STATEMENT_TOO_COMPLEX,
                    "the list of constants has more than %d rows".formatted(MOST_ROWS),
                    "Ask the operator for a reference dataset with the list.");
        }
        List<Expr> matches = matches(pairs, list.columns(), constants);
        List<Expr> looked = new ArrayList<>();
        boolean inner = join.getJoinType() == JoinRelType.INNER;
        for (Expr column : list.columns()) {
            looked.add(lookedUp(column, matches, constants, inner));
        }
        List<Expr> columns = new ArrayList<>(listFirst ? looked : rows.columns());
        columns.addAll(listFirst ? rows.columns() : looked);
        Rel rel = inner ? new Rel.Filter(rows.rel(), any(matches)) : rows.rel();
        return rows.withRel(rel).withColumns(columns);
    }

    /** An equality of a value about people and a column of the list, by its place. */
    private record Pair(Expr own, int listed) {}

    private static List<Pair> pairs(Expr condition, List<Expr.Column> listed) {
        List<Pair> pairs = new ArrayList<>();
        for (Expr conjunct : Expr.conjunctsOf(condition)) {
            if (!(conjunct instanceof Expr.Call(Op op, List<Expr> a, SqlType t)) || op != Op.EQUAL) {
                throw unequal();
            }
            int x = listed.indexOf(uncast(a.get(0)));
            int y = listed.indexOf(uncast(a.get(1)));
            if (x >= 0 && !mentionsList(a.get(1))) {
                pairs.add(new Pair(a.get(1), x));
            } else if (y >= 0 && !mentionsList(a.get(0))) {
                pairs.add(new Pair(a.get(0), y));
            } else {
                throw unequal();
            }
        }
        if (pairs.isEmpty()) {
            throw unequal();
        }
        return pairs;
    }

    /** Equal for values that compare as equal: 1.0 and 1.00, and char(n) without the blanks at its end. */
    private static Object comparable(Expr value, SqlType own) {
        if (!(value instanceof Expr.Literal l) || l.value() == null) {
            return value;
        }
        boolean blankPadded = own == SqlType.BPCHAR || value.type() == SqlType.BPCHAR;
        return switch (l.value()) {
            case Double d when !Double.isFinite(d) -> d;
            case Number n -> new BigDecimal(n.toString()).stripTrailingZeros();
            case String text when blankPadded -> Objects.requireNonNull(Evaluator.cast(text, SqlType.BPCHAR));
            case LocalDate day -> day.atStartOfDay();
            case Object other -> other;
        };
    }

    private static RuntimeException unequal() {
        return refuse(
                ProblemCode.JOIN,
                "a list of constants is joined to rows about people by something else than equality",
                "Join it on column = column; or write one count(*) FILTER (WHERE …) for each row of the list.");
    }

    private static boolean mentionsList(Expr expr) {
        return Scope.columnsOf(expr).stream().anyMatch(c -> c.alias().equals(LIST));
    }

    private static Expr uncast(Expr expr) {
        return expr instanceof Expr.Cast cast && !cast.cuts() ? uncast(cast.argument()) : expr;
    }

    /** For each row of the list the condition that a row about people is joined with it. */
    private List<Expr> matches(List<Pair> pairs, List<Expr> columns, Residual.Constants constants) {
        Set<List<Object>> seen = new HashSet<>();
        List<Expr> matches = new ArrayList<>();
        for (List<Expr> row : constants.rows()) {
            List<Object> key = new ArrayList<>();
            List<Expr> equal = new ArrayList<>();
            for (Pair pair : pairs) {
                Expr value = value(columns.get(pair.listed()), row, constants);
                key.add(comparable(value, pair.own().type()));
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
    private static Expr lookedUp(Expr column, List<Expr> matches, Residual.Constants constants, boolean inner) {
        List<Expr.When> whens = new ArrayList<>();
        Expr otherwise = Expr.literal(null, column.type());
        for (int i = 0; i < matches.size(); i++) {
            List<Expr> row = constants.rows().get(i);
            Expr value = value(column, row, constants);
            if (inner && i == matches.size() - 1) {
                otherwise = value;
            } else {
                whens.add(new Expr.When(matches.get(i), value));
            }
        }
        return whens.isEmpty() ? otherwise : new Expr.Case(whens, otherwise, column.type());
    }

    /** A column of the list in one of its rows. */
    private static Expr value(Expr column, List<Expr> row, Residual.Constants constants) {
        return column.transform(e -> Casts.fold(
                e instanceof Expr.Column c && c.alias().equals(constants.alias())
                        ? row.get(constants.names().indexOf(c.name()))
                        : e));
    }

    private static Expr any(List<Expr> matches) {
        return matches.size() == 1 ? matches.getFirst() : new Expr.Call(Op.OR, matches, SqlType.BOOL);
    }
}
