package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Linkage;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;

/**
 * Joins of rows below the boundary, so that the source makes them; all others go to {@link JoinsAbove}, those of reference data of two
 * sources too. Refuses outer joins that would keep rows without their person, people of two sources that may not be linked, and sub-queries in a join's condition.
 */
final class JoinTranslator {
    private final Scope scope;
    private final Rules rules;
    private final RexTranslator rex;
    private final DerivedRows derived;
    private final JoinsAbove above;
    private final ConstantLookup lookups;
    private final List<Linkage> linkages;

    JoinTranslator(
            Scope scope,
            Rules rules,
            RexTranslator rex,
            DerivedRows derived,
            JoinsAbove above,
            ConstantLookup lookups,
            List<Linkage> linkages) {
        this.linkages = linkages;
        this.lookups = lookups;
        this.scope = scope;
        this.rules = rules;
        this.rex = rex;
        this.derived = derived;
        this.above = above;
    }

    Translated translate(Join join, Translated left, Translated right) {
        Optional<Translated> lookedUp = lookups.translate(join, left, right);
        if (lookedUp.isPresent()) {
            return lookedUp.get();
        }
        boolean below = left instanceof UnitRows own
                && right instanceof UnitRows other
                && OneSource.isWithin(own, other, linkages);
        if (!below || !(personal(left) || personal(right)) && join.getJoinType() == JoinRelType.FULL) {
            return above.translate(join, left, right);
        }
        UnitRows l = ((UnitRows) left).unlimited();
        UnitRows r = ((UnitRows) right).unlimited();
        return switch (join.getJoinType()) {
            case INNER -> joinBelow(join, l, r, Rel.Join.Kind.INNER, false);
            case LEFT -> joinBelow(join, l, r, Rel.Join.Kind.LEFT, false);
            case RIGHT -> joinBelow(join, r, l, Rel.Join.Kind.LEFT, true);
            default ->
                throw refuse(
                        ProblemCode.JOIN,
                        "%s JOIN over rows about people".formatted(join.getJoinType()),
                        "Use INNER or LEFT JOIN.");
        };
    }

    private static boolean personal(Translated t) {
        return t instanceof UnitRows rows && rows.personal();
    }

    /** @param swapped whether {@code kept} is the right input of the statement's join */
    private UnitRows joinBelow(Join join, UnitRows kept, UnitRows other, Rel.Join.Kind kind, boolean swapped) {
        List<Expr> hoisted = new ArrayList<>();
        Rel left = hoist(kept.rel(), hoisted);
        UnitRows optional = other;
        if (kind == Rel.Join.Kind.LEFT) {
            optional = derived.nullable(other);
            scope.outerJoin(optional.rel().aliases());
        }
        Rel right = kind == Rel.Join.Kind.LEFT ? optional.rel() : hoist(optional.rel(), hoisted);
        List<Expr> fields = new ArrayList<>(swapped ? optional.columns() : kept.columns());
        fields.addAll(swapped ? kept.columns() : optional.columns());
        Expr condition = rex.translate(join.getCondition(), fields);
        if (scope.readsAbove(condition)) {
            rules.predicate(condition);
            throw refuse(ProblemCode.SHAPE, "a sub-query inside a join condition");
        }
        Rel rel = new Rel.Join(kind, left, right, samePerson(condition, kept, optional));
        Expr filters = Expr.and(hoisted);
        List<UnitRows.Unit> units = new ArrayList<>(kept.units());
        units.addAll(optional.units());
        if (kind == Rel.Join.Kind.LEFT && !kept.personal() && optional.personal()) {
            throw refuse(
                    ProblemCode.JOIN,
                    "reference data is outer-joined to rows about people",
                    "Start from the table about people, or aggregate first and join the result.");
        }
        return new UnitRows(filters.equals(Expr.always()) ? rel : new Rel.Filter(rel, filters), fields, units, null);
    }

    /**
     * A declared link between records of people that does not carry the subject: that both records are of one person is asked for, so that
     * every row belongs to one.
     */
    private Expr samePerson(Expr condition, UnitRows kept, UnitRows other) {
        List<Expr> conjuncts = new ArrayList<>(Expr.conjunctsOf(condition));
        for (UnitRows.Unit a : kept.units()) {
            for (UnitRows.Unit b : other.units()) {
                if (a.namespace().equals(b.namespace())
                        && (linked(a.alias(), b.alias(), conjuncts) || linked(b.alias(), a.alias(), conjuncts))) {
                    conjuncts.add(Expr.predicate(Op.EQUAL, a.key(), b.key()));
                    return Expr.and(conjuncts);
                }
            }
        }
        return condition;
    }

    private boolean linked(String child, String parent, List<Expr> conjuncts) {
        Rel.Scan from = scope.scan(child);
        Rel.Scan to = scope.scan(parent);
        return from != null
                && to != null
                && from.dataset().links().stream()
                        .filter(l -> !l.carriesSubject()
                                && l.target().equals(to.dataset().name()))
                        .anyMatch(l -> IntStream.range(0, l.columns().size())
                                .allMatch(i -> conjuncts.stream()
                                        .anyMatch(c -> equates(
                                                c,
                                                child,
                                                l.columns().get(i),
                                                parent,
                                                l.targetColumns().get(i)))));
    }

    private static boolean equates(Expr conjunct, String child, String own, String parent, String theirs) {
        return conjunct instanceof Expr.Call(Op op, List<Expr> a, SqlType t)
                && op == Op.EQUAL
                && (is(a.get(0), child, own) && is(a.get(1), parent, theirs)
                        || is(a.get(1), child, own) && is(a.get(0), parent, theirs));
    }

    private static boolean is(Expr side, String alias, String name) {
        return side instanceof Expr.Column c
                && c.alias().equals(alias)
                && c.name().equals(name);
    }

    /** Takes filters off an input of an inner join: they hold above it just as well. */
    private static Rel hoist(Rel rel, List<Expr> into) {
        Rel current = rel;
        while (current instanceof Rel.Filter f) {
            into.add(f.condition());
            current = f.input();
        }
        return current;
    }
}
