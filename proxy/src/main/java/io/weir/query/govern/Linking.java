package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.policy.Dataset;
import io.weir.policy.DatasetName;
import io.weir.policy.Link;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether all relations of a join belong to the same unit in every row: personal relations through equality of subject keys or a declared
 * link that carries the subject, reference relations through their whole unique key, so that they cannot multiply rows.
 */
final class Linking {
    private final Scope scope;
    private final PolicySnapshot policy;

    Linking(Scope scope, PolicySnapshot policy) {
        this.scope = scope;
        this.policy = policy;
    }

    /** @param optional aliases that alone may be reached by it: the optional side of the outer join it stands in; null everywhere else */
    private record Equality(
            Expr.Column left, Expr.Column right, @Nullable Set<String> optional) {
        boolean reaches(String alias) {
            return optional == null || optional.contains(alias);
        }
    }

    /**
     * A condition of a level.
     *
     * @param optional null for conditions that every row satisfies; for those of an outer join the aliases of its optional side: rows of the
     *     other side that do not satisfy them stay
     */
    record Condition(Expr expr, @Nullable Set<String> optional) {}

    /**
     * @param rows the join as a whole
     * @param known aliases that are known to belong to the unit already (outer relations of a correlated sub-query)
     */
    void check(UnitRows rows, Set<String> known) {
        List<Equality> equalities = new ArrayList<>();
        Set<Expr.Column> fixed = new HashSet<>();
        for (Condition condition : scoped(rows.rel())) {
            if (condition.expr() instanceof Expr.Call(Op op, List<Expr> a, SqlType t) && op == Op.EQUAL) {
                Expr left = uncast(a.get(0));
                Expr right = uncast(a.get(1));
                if (left instanceof Expr.Column x && right instanceof Expr.Column y) {
                    equalities.add(new Equality(x, y, condition.optional()));
                } else if (left instanceof Expr.Column x && right.isCallerValue() && binds(condition, x)) {
                    fixed.add(x);
                } else if (right instanceof Expr.Column y && left.isCallerValue() && binds(condition, y)) {
                    fixed.add(y);
                }
            }
        }
        Set<String> reached = new HashSet<>(known);
        if (reached.isEmpty()) {
            reached.add(rows.units().getFirst().alias());
        }
        Set<String> open = new HashSet<>(rows.rel().aliases());
        open.removeAll(reached);
        for (boolean grown = true; grown && !open.isEmpty(); ) {
            grown = false;
            for (String alias : List.copyOf(open)) {
                if (joins(alias, reached, equalities, fixed, rows)) {
                    open.remove(alias);
                    reached.add(alias);
                    grown = true;
                }
            }
        }
        if (!open.isEmpty()) {
            throw unlinked(open.stream().sorted().findFirst().orElseThrow());
        }
    }

    private static boolean binds(Condition condition, Expr.Column column) {
        return condition.optional() == null || condition.optional().contains(column.alias());
    }

    Expr uncast(Expr expr) {
        if (!(expr instanceof Expr.Cast(Expr inner, SqlType t, int typmod, boolean cuts)) || cuts) {
            return expr;
        }
        boolean keepsKeys = t.isText() || t.isInteger() || t == SqlType.NUMERIC;
        if (keepsKeys && inner instanceof Expr.Column c && scope.info(c).namespace() != null) {
            return c; // an identifier's own type, and the type its pseudonyms are shown as
        }
        return inner.type().isNumber() && t.isNumber() ? uncast(inner) : expr;
    }

    private RuntimeException unlinked(String alias) {
        Rel.Scan scan = scope.scan(alias);
        if (scan == null) {
            return refuse(
                    ProblemCode.JOIN,
                    "a sub-query is joined with data about people without the person's key",
                    "Join it on the person's key, or aggregate both sides first.");
        }
        if (!scan.personal()) {
            return refuse(
                    ProblemCode.JOIN,
                    "%s is joined without its whole key %s, so it could multiply rows"
                            .formatted(scan.dataset().name(), scan.dataset().recordKey()),
                    "Join reference data on its unique key.");
        }
        List<String> links = scan.dataset().links().stream()
                .map(l -> "%s = %s(%s)".formatted(l.columns(), l.target(), l.targetColumns()))
                .toList();
        return refuse(
                ProblemCode.JOIN,
                "%s is not joined along a declared link"
                        .formatted(scan.dataset().name()),
                links.isEmpty() ? "Join on the person's key." : "Declared links: " + links + ".");
    }

    private boolean joins(
            String alias, Set<String> reached, List<Equality> equalities, Set<Expr.Column> fixed, UnitRows rows) {
        Rel.Scan scan = scope.scan(alias);
        boolean personal = rows.units().stream().anyMatch(u -> u.alias().equals(alias));
        if (!personal) {
            return scan != null
                    && !scan.personal()
                    && uniquelyJoined(alias, scan.dataset(), reached, equalities, fixed);
        }
        for (Equality e : equalities) {
            Expr.Column here = e.left().alias().equals(alias) ? e.left() : e.right();
            Expr.Column there = here.equals(e.left()) ? e.right() : e.left();
            if (!here.alias().equals(alias) || !reached.contains(there.alias()) || !e.reaches(alias)) {
                continue;
            }
            ColumnInfo x = scope.info(here);
            ColumnInfo y = scope.info(there);
            if (x.subject()
                    && y.subject()
                    && x.namespace() != null
                    && x.namespace().equals(y.namespace())) {
                return true;
            }
            if (sameRecord(x, y)) {
                return true;
            }
        }
        List<Equality> usable =
                equalities.stream().filter(e -> e.reaches(alias)).toList();
        return reached.stream().anyMatch(other -> linked(alias, other, usable) || linked(other, alias, usable));
    }

    /**
     * Whether two columns are the key of one record of people, or lead to it along the link that carries the subject: whoever shares a
     * record shares its person, also where a sub-query has handed the key on.
     */
    private boolean sameRecord(ColumnInfo x, ColumnInfo y) {
        DatasetName record = record(x);
        return record != null && record.equals(record(y));
    }

    /** Whether every value of the column belongs to one person: the key of a record, or what leads to a record of the same person. */
    boolean isOfOnePerson(ColumnInfo column) {
        return record(column) != null;
    }

    /** The dataset whose one record of the same person the column tells. */
    private @Nullable DatasetName record(ColumnInfo column) {
        Dataset dataset = column.dataset();
        if (dataset == null || column.base() == null || dataset.kind() != Dataset.Kind.PERSONAL) {
            return null;
        }
        List<String> self = List.of(column.base().name());
        if (dataset.recordKey().equals(self)) {
            return dataset.name();
        }
        return dataset.links().stream()
                .filter(l -> l.columns().equals(self) && sameSubject(dataset, l))
                .findFirst()
                .filter(l -> target(l).recordKey().equals(l.targetColumns()))
                .map(Link::target)
                .orElse(null);
    }

    private Dataset target(Link link) {
        return Objects.requireNonNull(policy.datasets().get(link.target()));
    }

    /** Whether all columns of a link that carries the subject from child to parent are equated. */
    private boolean linked(String child, String parent, List<Equality> equalities) {
        Rel.Scan from = scope.scan(child);
        Rel.Scan to = scope.scan(parent);
        if (from == null || to == null || !from.personal() || !to.personal()) {
            return false;
        }
        for (Link link : from.dataset().links()) {
            if (!link.target().equals(to.dataset().name()) || !sameSubject(from.dataset(), link)) {
                continue;
            }
            boolean all = true;
            for (int i = 0; i < link.columns().size(); i++) {
                all &= equated(
                        child,
                        link.columns().get(i),
                        parent,
                        link.targetColumns().get(i),
                        equalities);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private boolean sameSubject(Dataset dataset, Link link) {
        if (link.carriesSubject()) {
            return true;
        }
        Dataset target = policy.datasets().get(link.target());
        Dataset.SubjectKey own = dataset.subject();
        Dataset.SubjectKey theirs = target == null ? null : target.subject();
        return own != null
                && theirs != null
                && own.namespace().equals(theirs.namespace())
                && link.columns().equals(List.of(own.column()))
                && link.targetColumns().equals(List.of(theirs.column()));
    }

    private static boolean equated(
            String alias, String column, String otherAlias, String otherColumn, List<Equality> equalities) {
        return equalities.stream()
                .anyMatch(e -> is(e.left(), alias, column) && is(e.right(), otherAlias, otherColumn)
                        || is(e.right(), alias, column) && is(e.left(), otherAlias, otherColumn));
    }

    private static boolean is(Expr.Column c, String alias, String name) {
        return c.alias().equals(alias) && c.name().equals(name);
    }

    private static boolean uniquelyJoined(
            String alias, Dataset dataset, Set<String> reached, List<Equality> equalities, Set<Expr.Column> fixed) {
        return !dataset.recordKey().isEmpty()
                && dataset.recordKey().stream()
                        .allMatch(key -> fixed.stream().anyMatch(f -> is(f, alias, key))
                                || equalities.stream()
                                        .anyMatch(e -> e.reaches(alias)
                                                && (is(e.left(), alias, key)
                                                                && reached.contains(e.right()
                                                                        .alias())
                                                        || is(e.right(), alias, key)
                                                                && reached.contains(
                                                                        e.left().alias()))));
    }

    /** Conjuncts of all filters and joins at this level; derived relations were ruled on when they were made. */
    static List<Expr> conditions(Rel rel) {
        return scoped(rel).stream().map(Condition::expr).toList();
    }

    /** Conjuncts that every row of the level satisfies. */
    static List<Expr> certain(Rel rel) {
        return scoped(rel).stream()
                .filter(c -> c.optional() == null)
                .map(Condition::expr)
                .toList();
    }

    private static List<Condition> scoped(Rel rel) {
        List<Condition> found = new ArrayList<>();
        collect(rel, null, found);
        return found;
    }

    /** @param within the optional side that {@code rel} is inside of, or null */
    private static void collect(Rel rel, @Nullable Set<String> within, List<Condition> into) {
        switch (rel) {
            case Rel.Filter f -> {
                Expr.conjunctsOf(f.condition()).forEach(c -> into.add(new Condition(c, within)));
                collect(f.input(), within, into);
            }
            case Rel.Join j -> {
                Set<String> optional =
                        j.kind() == Rel.Join.Kind.LEFT ? j.right().aliases() : within;
                Expr.conjunctsOf(j.condition()).forEach(c -> into.add(new Condition(c, optional)));
                collect(j.left(), within, into);
                collect(j.right(), optional, into);
            }
            case Rel.Scan s -> {}
            case Rel.Values v -> {}
            case Rel.Derived d -> {}
            case Rel.PerSubject p -> {}
            case Rel.UnionAll u -> {}
        }
    }
}
