package io.weir.query.govern.plan;

import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scalar expression over the columns of aliased inputs. */
public sealed interface Expr {
    SqlType type();

    /**
     * A column of an aliased input.
     *
     * @param alias alias of a scan, a derived relation or a block; unique in a statement
     * @param name column name within it
     */
    record Column(String alias, String name, SqlType type) implements Expr {}

    /**
     * A value of the caller's statement: travels only as a bind parameter.
     *
     * @param value Java class of {@code type}, or null
     */
    record Literal(@Nullable Object value, SqlType type) implements Expr {
        public boolean isNull() {
            return value == null;
        }
    }

    /** A parameter not yet bound: only in structural rulings, never in a plan that is executed. */
    record Parameter(int index, SqlType type) implements Expr {}

    record Call(Op op, List<Expr> arguments, SqlType type) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** CASE WHEN … END, searched form. */
    record Case(List<When> whens, Expr otherwise, SqlType type) implements Expr {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    record When(Expr condition, Expr value) {}

    /**
     * A cast that cannot fail for any row when it is used below the boundary. Texts are cut by {@link Op#LEFT}; a cast to BPCHAR takes the
     * blanks at the end away.
     *
     * @param typmod PostgreSQL's type modifier, -1 without one
     * @param cuts whether the modifier may change a value; otherwise only the number of decimals that are shown
     */
    record Cast(Expr argument, SqlType type, int typmod, boolean cuts) implements Expr {
        public Cast(Expr argument, SqlType type) {
            this(argument, type, -1, false);
        }

        public ColumnType target() {
            return new ColumnType(type, typmod);
        }

        Cast of(Expr other) {
            return new Cast(other, type, typmod, cuts);
        }

        /** Whether there is a result for every value. */
        public boolean isTotal() {
            SqlType from = argument.type();
            return from == SqlType.BOOL && type.isInteger()
                    || from.isNumber() && (type == SqlType.NUMERIC || widens(from))
                    || from == SqlType.DATE && type == SqlType.TIMESTAMP
                    || from == SqlType.TIMESTAMP && type == SqlType.DATE
                    || from.isInteger() && type.isText()
                    || from.isText() && type.isText();
        }

        private boolean widens(SqlType from) {
            return from == SqlType.INT2 && type.isInteger()
                    || from == SqlType.INT4 && (type == SqlType.INT4 || type == SqlType.INT8)
                    || from == SqlType.INT8 && type == SqlType.INT8
                    || from.isInteger() && type == SqlType.FLOAT8
                    || from == SqlType.FLOAT4 && type == SqlType.FLOAT8;
        }
    }

    /**
     * AT TIME ZONE: the local time of a moment, or the moment of a local time. The zone is part of the expression and never left to a
     * session, so whoever evaluates it, the source or the proxy, in whatever zone it lives, finds the same.
     *
     * @param argument of type TIMESTAMPTZ or TIMESTAMP
     */
    record AtZone(Expr argument, ZoneId zone) implements Expr {
        public AtZone {
            if (argument.type() != SqlType.TIMESTAMPTZ && argument.type() != SqlType.TIMESTAMP) {
                throw new IllegalArgumentException("no moment and no local time");
            }
        }

        @Override
        public SqlType type() {
            return argument.type() == SqlType.TIMESTAMPTZ ? SqlType.TIMESTAMP : SqlType.TIMESTAMPTZ;
        }
    }

    /**
     * Whether a row exists in a relation: EXISTS and IN, after the correlation was put into the relation's filter.
     *
     * @param rel relation; may refer to columns of the outer aliases
     */
    record Exists(Rel rel) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }
    }

    /** A scalar sub-query above the boundary: the single value of a residual, NULL when it has no row. */
    record Scalar(Residual residual, Expr value) implements Expr {
        @Override
        public SqlType type() {
            return value.type();
        }
    }

    /**
     * A value that one person's rows have together, in their order: only as an output of a derived table. The partition holds the subject
     * key.
     *
     * @param ties puts rows in order that the order leaves equal: no part of the question, so that the answer does not depend on how the rows lie
     * @param arguments what the function takes; LAG and LEAD take the number of rows, a constant, as the second
     */
    record Window(
            Function function,
            List<Expr> arguments,
            List<Expr> partition,
            List<Order> order,
            List<Expr> ties,
            SqlType type)
            implements Expr {
        public Window {
            ties = List.copyOf(ties);
            arguments = List.copyOf(arguments);
            partition = List.copyOf(partition);
            order = List.copyOf(order);
        }

        public enum Function {
            ROW_NUMBER,
            RANK,
            DENSE_RANK,
            COUNT,
            SUM,
            AVG,
            MIN,
            MAX,
            LAG,
            LEAD,
            FIRST_VALUE
        }

        public record Order(Expr expr, boolean descending, boolean nullsFirst) {}

        /** Whether it only counts rows and their places. */
        public boolean counts() {
            return switch (function) {
                case ROW_NUMBER, RANK, DENSE_RANK, COUNT -> true;
                case SUM, AVG, MIN, MAX, LAG, LEAD, FIRST_VALUE -> false;
            };
        }
    }

    static Literal literal(@Nullable Object value, SqlType type) {
        return new Literal(value, type);
    }

    static Expr call(Op op, SqlType type, Expr... arguments) {
        return new Call(op, List.of(arguments), type);
    }

    static Expr predicate(Op op, Expr... arguments) {
        return new Call(op, List.of(arguments), SqlType.BOOL);
    }

    /** The condition that always holds. */
    static Literal always() {
        return new Literal(true, SqlType.BOOL);
    }

    /** The conjunction, flattened; TRUE when empty. */
    static Expr and(List<Expr> conjuncts) {
        List<Expr> flat = conjuncts.stream()
                .flatMap(c -> conjunctsOf(c).stream())
                .filter(c -> !c.equals(always()))
                .distinct()
                .toList();
        return switch (flat.size()) {
            case 0 -> always();
            case 1 -> flat.getFirst();
            default -> new Call(Op.AND, flat, SqlType.BOOL);
        };
    }

    static List<Expr> conjunctsOf(Expr condition) {
        if (condition instanceof Call(Op op, List<Expr> arguments, SqlType type)
                && op == Op.AND
                && type == SqlType.BOOL) {
            return arguments.stream().flatMap(a -> conjunctsOf(a).stream()).toList();
        }
        return condition.equals(always()) ? List.of() : List.of(condition);
    }

    /** Direct operands; relations inside EXISTS and scalar sub-queries are not entered. */
    default List<Expr> operands() {
        return switch (this) {
            case Column c -> List.of();
            case Literal l -> List.of();
            case Parameter p -> List.of();
            case Exists e -> List.of();
            case Scalar s -> List.of();
            case Call call -> call.arguments();
            case Cast cast -> List.of(cast.argument());
            case AtZone at -> List.of(at.argument());
            case Window w ->
                Stream.of(
                                w.arguments().stream(),
                                w.partition().stream(),
                                w.order().stream().map(Window.Order::expr),
                                w.ties().stream())
                        .flatMap(all -> all)
                        .toList();
            case Case branches -> {
                java.util.ArrayList<Expr> all = new java.util.ArrayList<>();
                for (When when : branches.whens()) {
                    all.add(when.condition());
                    all.add(when.value());
                }
                all.add(branches.otherwise());
                yield List.copyOf(all);
            }
        };
    }

    /** Rebuilds bottom-up. */
    default Expr transform(Function<Expr, Expr> change) {
        Expr rebuilt = switch (this) {
            case Column c -> c;
            case Literal l -> l;
            case Parameter p -> p;
            case Exists e -> e;
            case Scalar s -> s;
            case Call call ->
                new Call(
                        call.op(),
                        call.arguments().stream().map(a -> a.transform(change)).toList(),
                        call.type());
            case Cast cast -> cast.of(cast.argument().transform(change));
            case AtZone at -> new AtZone(at.argument().transform(change), at.zone());
            case Window w ->
                new Window(
                        w.function(),
                        w.arguments().stream().map(a -> a.transform(change)).toList(),
                        w.partition().stream().map(p -> p.transform(change)).toList(),
                        w.order().stream()
                                .map(o -> new Window.Order(o.expr().transform(change), o.descending(), o.nullsFirst()))
                                .toList(),
                        w.ties().stream().map(t -> t.transform(change)).toList(),
                        w.type());
            case Case branches ->
                new Case(
                        branches.whens().stream()
                                .map(w -> new When(
                                        w.condition().transform(change),
                                        w.value().transform(change)))
                                .toList(),
                        branches.otherwise().transform(change),
                        branches.type());
        };
        return Objects.requireNonNull(change.apply(rebuilt));
    }

    /** Visits every node, parents first. */
    default void walk(Consumer<Expr> visitor) {
        visitor.accept(this);
        operands().forEach(o -> o.walk(visitor));
    }

    /** Whether no column, sub-query or open parameter occurs. */
    default boolean isConstant() {
        boolean[] constant = {true};
        walk(e -> {
            if (e instanceof Column
                    || e instanceof Exists
                    || e instanceof Scalar
                    || e instanceof Window
                    || e instanceof Parameter) {
                constant[0] = false;
            }
        });
        return constant[0];
    }

    /** Whether it depends on nothing but values of the caller, bound or still open. */
    default boolean isCallerValue() {
        boolean[] own = {true};
        walk(e -> {
            if (e instanceof Column || e instanceof Exists || e instanceof Scalar || e instanceof Window) {
                own[0] = false;
            }
        });
        return own[0];
    }
}
