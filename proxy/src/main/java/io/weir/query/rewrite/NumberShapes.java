package io.weir.query.rewrite;

import io.weir.policy.Column;
import io.weir.policy.Generalisation;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Rel;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds how large the numbers of an expression can be, from the declared types of the columns below it. Empty when nothing says so: a
 * {@code numeric} without digits, or a floating-point number. Pure.
 */
final class NumberShapes {
    /** Decimals of a quotient, as many as PostgreSQL shows of one near 1. */
    static final int QUOTIENT_SCALE = 16;

    private final Function<String, Optional<Rel>> relations;

    /** @param relations by alias */
    NumberShapes(Function<String, Optional<Rel>> relations) {
        this.relations = relations;
    }

    Optional<NumberShape> of(Expr expr) {
        return switch (expr) {
            case Expr.Column c -> relations.apply(c.alias()).flatMap(r -> column(r, c));
            case Expr.Literal(Object value, SqlType type) -> literal(value, type);
            case Expr.Cast cast -> cast(cast);
            case Expr.Case branches ->
                all(Stream.concat(branches.whens().stream().map(Expr.When::value), Stream.of(branches.otherwise())));
            case Expr.Call call -> call(call);
            case Expr.Parameter p -> Optional.empty();
            case Expr.AtZone at -> Optional.empty();
            case Expr.Exists e -> Optional.of(new NumberShape(1, 0));
            case Expr.Scalar s -> Optional.empty();
            case Expr.Window w -> window(w);
        };
    }

    Optional<NumberShape> all(Stream<Expr> exprs) {
        return exprs.map(this::of)
                .reduce((a, b) -> a.flatMap(x -> b.map(x::or)))
                .orElse(Optional.empty());
    }

    private static Optional<NumberShape> literal(Object value, SqlType type) {
        return switch (value) {
            case null -> Optional.of(new NumberShape(1, 0));
            case BigDecimal number -> Optional.of(NumberShape.of(number));
            case Integer number -> Optional.of(NumberShape.of(BigDecimal.valueOf(number)));
            case Long number -> Optional.of(NumberShape.of(BigDecimal.valueOf(number)));
            default -> NumberShape.of(ColumnType.of(type));
        };
    }

    private Optional<NumberShape> window(Expr.Window w) {
        return switch (w.function()) {
            case ROW_NUMBER, RANK, DENSE_RANK, COUNT -> Optional.of(NumberShape.INT8);
            case SUM -> of(w.arguments().getFirst()).map(NumberShape::summed);
            case AVG -> of(w.arguments().getFirst()).map(s -> new NumberShape(s.digits(), QUOTIENT_SCALE));
            case MIN, MAX, LAG, LEAD, FIRST_VALUE -> of(w.arguments().getFirst());
        };
    }

    private Optional<NumberShape> column(Rel rel, Expr.Column c) {
        return switch (rel) {
            case Rel.Scan s -> scanned(s, c.name());
            case Rel.Derived d -> output(d.outputs(), c.name()).flatMap(this::of);
            case Rel.PerSubject p ->
                output(p.keys(), c.name()).map(this::of).orElseGet(() -> aggregate(p.aggregates(), c.name()));
            case Rel.UnionAll u -> all(u.branches().stream().flatMap(b -> output(b.outputs(), c.name()).stream()));
            case Rel.Values v ->
                all(v.rows().stream().map(row -> row.get(v.names().indexOf(c.name()))));
            case Rel.Filter f -> Optional.empty();
            case Rel.Join j -> Optional.empty();
        };
    }

    private static Optional<Expr> output(List<Rel.Named> outputs, String name) {
        return outputs.stream()
                .filter(o -> o.name().equals(name))
                .map(Rel.Named::expr)
                .findFirst();
    }

    private Optional<NumberShape> aggregate(List<Rel.NamedAggregate> aggregates, String name) {
        return aggregates.stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .flatMap(a -> switch (a.function()) {
                    case COUNT -> Optional.of(NumberShape.INT8);
                    case SUM -> of(a.argument()).map(NumberShape::summed);
                    case AVERAGE -> of(a.argument()).map(s -> new NumberShape(s.digits(), QUOTIENT_SCALE));
                    case MINIMUM, MAXIMUM -> of(a.argument());
                });
    }

    private static Optional<NumberShape> scanned(Rel.Scan scan, String name) {
        boolean raw = name.startsWith(Rel.RAW);
        String governed = raw ? name.substring(Rel.RAW.length()) : name;
        return scan.dataset()
                .column(governed)
                .flatMap(c -> raw && !scan.rowView()
                        ? NumberShape.of(c.type())
                        : generalised(c, scan.rowView() ? c.rowView() : c.aggregateView()));
    }

    private static Optional<NumberShape> generalised(Column column, Generalisation how) {
        return switch (how) {
            case Generalisation.Width width -> NumberShape.of(column.type()).map(s -> lowered(s, width.width()));
            case Generalisation.Bands bands ->
                bands.lowerBounds().stream().map(NumberShape::of).reduce(NumberShape::or);
            case Generalisation.Withhold w -> Optional.of(new NumberShape(1, 0));
            case Generalisation.Lookup l -> Optional.empty();
            case Generalisation.None n -> NumberShape.of(column.type());
            case Generalisation.DateGrain g -> Optional.empty();
            case Generalisation.Prefix p -> Optional.empty();
        };
    }

    /** Multiples of a width. */
    static NumberShape lowered(NumberShape shape, BigDecimal width) {
        return new NumberShape(shape.digits() + 1, Math.max(0, width.scale()));
    }

    private Optional<NumberShape> cast(Expr.Cast cast) {
        Expr argument = cast.argument();
        if (cast.cuts() && cast.type() == SqlType.NUMERIC) {
            return NumberShape.of(cast.target());
        }
        if (argument.type() == SqlType.BOOL) {
            return Optional.of(new NumberShape(1, 0));
        }
        if (cast.type().isInteger() && !argument.type().isInteger()) {
            return of(argument).map(NumberShape::whole);
        }
        return cast.type().isNumber() && NumberShape.isExact(argument.type()) ? of(argument) : Optional.empty();
    }

    private Optional<NumberShape> call(Expr.Call call) {
        List<Expr> a = call.arguments();
        return switch (call.op()) {
            case ADD, SUBTRACT -> folded(a, NumberShape::plus);
            case MULTIPLY -> folded(a, NumberShape::times);
            case DIVIDE ->
                of(a.get(0))
                        .flatMap(x -> of(a.get(1)).map(y -> new NumberShape(x.digits() + y.scale(), QUOTIENT_SCALE)));
            case INTEGER_DIVIDE -> of(a.get(0)).flatMap(x -> of(a.get(1)).map(y -> x));
            case MODULO -> all(a.stream());
            case NEGATE, ABSOLUTE -> of(a.getFirst());
            case FLOOR, CEILING -> of(a.getFirst()).map(NumberShape::whole);
            case SQUARE_ROOT, LOGARITHM, EXPONENTIAL -> Optional.empty();
            case ROUND -> of(a.getFirst()).map(NumberShape::wider);
            case COALESCE, GREATEST, LEAST -> all(a.stream());
            case NULLIF -> of(a.getFirst());
            case DAYS_BETWEEN, AGE_IN_YEARS, LENGTH, POSITION -> Optional.of(NumberShape.INT4);
            case YEAR_OF, QUARTER_OF, MONTH_OF, ISO_WEEK_OF, DAY_OF_WEEK, ISO_DAY_OF_WEEK, DAY_OF_MONTH, HOUR_OF ->
                Optional.of(NumberShape.INT2);
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM,
                    AND,
                    OR,
                    NOT,
                    IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE,
                    LIKE -> Optional.of(new NumberShape(1, 0));
            case ADD_PARTS,
                    ADD_DAYS,
                    ADD_INTERVAL,
                    TRUNCATE_YEAR,
                    TRUNCATE_QUARTER,
                    TRUNCATE_MONTH,
                    TRUNCATE_WEEK,
                    TRUNCATE_DAY,
                    LEFT,
                    UPPER,
                    LOWER,
                    DATE_TEXT,
                    INITIALS,
                    REPLACE,
                    RIGHT,
                    SPLIT_PART,
                    PAD_LEFT,
                    PAD_RIGHT,
                    TRIM_BOTH,
                    TRIM_LEFT,
                    TRIM_RIGHT,
                    SUBSTRING,
                    REVERSE,
                    REPEAT,
                    TRANSLATE,
                    NUMBER_TEXT,
                    CONCAT -> Optional.empty();
        };
    }

    private Optional<NumberShape> folded(
            List<Expr> arguments, java.util.function.BinaryOperator<NumberShape> operator) {
        return arguments.stream()
                .map(this::of)
                .reduce((a, b) -> a.flatMap(x -> b.map(y -> operator.apply(x, y))))
                .orElse(Optional.empty());
    }
}
