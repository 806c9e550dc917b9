package io.weir.query.govern;

import io.weir.policy.Domain;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.KeyDomain;
import io.weir.query.govern.plan.Op;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which values of a group key are public beforehand, so that small groups can be shown with a marker instead of being dropped. */
final class KeyDomains {
    private final Scope scope;
    private final List<Expr> conditions;

    KeyDomains(Scope scope, UnitRows rows) {
        this.scope = scope;
        this.conditions = Linking.certain(rows.rel());
    }

    KeyDomain of(Expr key) {
        if (key instanceof Expr.Literal l) {
            return l.value() == null
                    ? new KeyDomain.Listed(List.of(), true)
                    : new KeyDomain.Listed(List.of(l.value()), false);
        }
        Optional<KeyDomain> parts = new PartDomains(scope, conditions).of(key);
        if (parts.isPresent()) {
            return parts.get();
        }
        if (key instanceof Expr.Case c) {
            return ofCase(c);
        }
        if (!(key instanceof Expr.Column column)) {
            return key.type() == SqlType.BOOL
                    ? ofTruth(key)
                    : Calendar.of(key, conditions, this::declared).orElseGet(KeyDomain.Open::new);
        }
        ColumnInfo info = scope.info(column);
        Set<Object> allowed = restriction(column);
        if (!allowed.isEmpty() && !(info.base() == null)) {
            // The statement itself names the values: they are public whatever the policy declares.
            return listed(ofType(allowed, column.type()), false, column);
        }
        if (info.base() == null || info.dataset() == null) {
            return column.type() == SqlType.BOOL ? ofTruth(column) : new KeyDomain.Open();
        }
        if (info.reference() && scope.scan(column.alias()) == null) {
            // Out of a sub-query: its values are the reference's, whether it has a partner there is not known here.
            return new KeyDomain.FromReference(
                    info.dataset().name(), info.base().name(), true, Expr.always(), null);
        }
        if (info.reference()) {
            Expr asked = ofAlias(column.alias());
            boolean withoutPartner = scope.isOptional(column.alias()) && KeyDomain.holds(asked, c -> null);
            return new KeyDomain.FromReference(
                    info.dataset().name(), column.name(), withoutPartner, asked, column.alias());
        }
        boolean withNull = info.nullable() && mayBe(null, column);
        return switch (info.base().domain()) {
            case Domain.Open o ->
                column.type() == SqlType.BOOL ? listed(List.of(true, false), withNull, column) : new KeyDomain.Open();
            case Domain.Period p -> new KeyDomain.Open(); // of days there are too many
            case Domain.Values v ->
                listed(
                        v.values().stream()
                                .map(t -> Texts.read(t, column.type()))
                                .toList(),
                        withNull,
                        column);
            case Domain.Reference r ->
                new KeyDomain.FromReference(r.dataset(), r.column(), withNull, Expr.and(ofColumn(column)), null);
        };
    }

    /** The period that the policy declares for a column. */
    private Optional<Calendar.Declared> declared(Expr.Column column) {
        ColumnInfo info = scope.info(column);
        return info.base() != null && info.base().domain() instanceof Domain.Period period
                ? Optional.of(new Calendar.Declared(period, info.nullable()))
                : Optional.empty();
    }

    /** Constants as values of the column's type; what no value of it can equal is left out. */
    private static List<Object> ofType(Set<Object> constants, SqlType type) {
        Set<Object> values = new LinkedHashSet<>();
        for (Object constant : constants) {
            Object value = ofType(constant, type);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    private static @Nullable Object ofType(Object constant, SqlType type) {
        try {
            Object value = Evaluator.cast(constant, type);
            Object back = value == null ? null : Evaluator.cast(value, typeOf(constant, type));
            return back != null && Evaluator.compare(back, constant) == 0 ? value : null;
        } catch (io.weir.problem.ProblemException outside) {
            return null; // no value of the column's type
        }
    }

    private static SqlType typeOf(Object constant, SqlType otherwise) {
        return constant instanceof java.math.BigDecimal
                ? SqlType.NUMERIC
                : constant instanceof Long ? SqlType.INT8 : otherwise;
    }

    private KeyDomain listed(List<Object> values, boolean withNull, Expr.Column column) {
        return new KeyDomain.Listed(
                values.stream().filter(v -> mayBe(v, column)).toList(), withNull);
    }

    /** Whether a row with this value can satisfy what the statement asks of the column alone: decided without looking at any row. */
    private boolean mayBe(@Nullable Object value, Expr.Column column) {
        return KeyDomain.holds(Expr.and(ofColumn(column)), c -> value);
    }

    /** Bound conditions that every row satisfies and that are about this column alone. */
    private List<Expr> ofColumn(Expr.Column column) {
        return conditions.stream()
                .filter(c -> plain(c) && Scope.columnsOf(c).equals(List.of(column)))
                .toList();
    }

    /** Bound conditions that every row satisfies and that are about this relation alone. */
    private Expr ofAlias(String alias) {
        return Expr.and(conditions.stream()
                .filter(c -> plain(c)
                        && !Scope.columnsOf(c).isEmpty()
                        && Scope.columnsOf(c).stream().allMatch(x -> x.alias().equals(alias)))
                .toList());
    }

    private static boolean plain(Expr condition) {
        boolean[] plain = {true};
        condition.walk(e ->
                plain[0] &= !(e instanceof Expr.Parameter || e instanceof Expr.Exists || e instanceof Expr.Scalar));
        return plain[0];
    }

    /** True, false, and unknown unless it is never that. */
    private KeyDomain ofTruth(Expr key) {
        return new KeyDomain.Listed(List.of(true, false), !isKnown(key));
    }

    private boolean isKnown(Expr truth) {
        return switch (truth) {
            case Expr.Call(Op op, List<Expr> a, SqlType t) ->
                switch (op) {
                    case AND, OR, NOT -> a.stream().allMatch(this::isKnown);
                    case IS_NULL,
                            IS_NOT_NULL,
                            IS_TRUE,
                            IS_NOT_TRUE,
                            IS_FALSE,
                            IS_NOT_FALSE,
                            IS_DISTINCT_FROM,
                            IS_NOT_DISTINCT_FROM -> true;
                    case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, LIKE ->
                        a.stream().allMatch(this::isThere);
                    default -> false;
                };
            case Expr.Case c -> isKnown(c.otherwise()) && c.whens().stream().allMatch(when -> isKnown(when.value()));
            case Expr.Exists e -> true;
            default -> isThere(truth);
        };
    }

    /** Whether a value is in every row: a stored one, or what is made of one that is. */
    private boolean isThere(Expr value) {
        return switch (value) {
            case Expr.Literal l -> !l.isNull();
            case Expr.Column c ->
                !scope.isOptional(c.alias())
                        && (!scope.info(c).nullable() || conditions.contains(Expr.predicate(Op.IS_NOT_NULL, c)));
            case Expr.Cast c -> isThere(c.argument());
            case Expr.AtZone at -> isThere(at.argument());
            case Expr.Case c -> isThere(c.otherwise()) && c.whens().stream().allMatch(when -> isThere(when.value()));
            case Expr.Call call ->
                switch (call.op()) {
                    case COALESCE, GREATEST, LEAST -> call.arguments().stream().anyMatch(this::isThere);
                    case ADD,
                            SUBTRACT,
                            MULTIPLY,
                            NEGATE,
                            ABSOLUTE,
                            DAYS_BETWEEN,
                            AGE_IN_YEARS,
                            ADD_DAYS,
                            ADD_INTERVAL,
                            LEFT,
                            UPPER,
                            LOWER,
                            CONCAT -> call.arguments().stream().allMatch(this::isThere);
                    default ->
                        (call.op().isTruncation() || call.op().isPartOfDate())
                                && call.arguments().stream().allMatch(this::isThere);
                };
            case Expr.Parameter p -> false;
            case Expr.Exists e -> true;
            case Expr.Scalar s -> false;
            case Expr.Window w -> false;
        };
    }

    /** A CASE whose results are all constants: its values stand in the statement. */
    private static KeyDomain ofCase(Expr.Case c) {
        Set<Object> values = new LinkedHashSet<>();
        boolean withNull = false;
        List<Expr> results =
                new ArrayList<>(c.whens().stream().map(Expr.When::value).toList());
        results.add(c.otherwise());
        for (Expr result : results) {
            if (!(result instanceof Expr.Literal l)) {
                return new KeyDomain.Open();
            }
            if (l.value() == null) {
                withNull = true;
            } else {
                values.add(l.value());
            }
        }
        return new KeyDomain.Listed(List.copyOf(values), withNull);
    }

    /** Values to which the statement restricts a column by = or IN at its top level. */
    private Set<Object> restriction(Expr.Column column) {
        for (Expr condition : conditions) {
            Set<Object> values = new LinkedHashSet<>();
            if (equalities(condition, column, values)) {
                return values;
            }
        }
        return Set.of();
    }

    private static boolean equalities(Expr condition, Expr.Column column, Set<Object> into) {
        if (condition instanceof Expr.Call(Op op, List<Expr> a, SqlType t)) {
            if (op == Op.OR) {
                return a.stream().allMatch(x -> equalities(x, column, into));
            }
            if (op == Op.EQUAL && a.get(0).equals(column) && a.get(1) instanceof Expr.Literal l && l.value() != null) {
                into.add(l.value());
                return true;
            }
        }
        return false;
    }
}
