package io.weir.query.disclose;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Conditions and rows by chance: constants and values come from the same few, so that rows lie on the boundaries and beside them. */
final class DrawnConditions {
    static final String ALIAS = "r";
    private static final List<Integer> YEARS = List.of(2, 1899, 1900, 1999, 2000, 2023, 2024, 2100, 2101, 9990);
    private static final List<Expr.Column> COLUMNS = List.of(
            column("whole", SqlType.INT4),
            column("number", SqlType.NUMERIC),
            column("day", SqlType.DATE),
            column("time", SqlType.TIMESTAMP),
            column("text", SqlType.TEXT),
            column("flag", SqlType.BOOL));

    private final Random random;

    DrawnConditions(long seed) {
        random = new Random(seed);
    }

    private static Expr.Column column(String name, SqlType type) {
        return new Expr.Column(ALIAS, name, type);
    }

    Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = new HashMap<>();
        COLUMNS.forEach(column -> row.put(column.name(), random.nextInt(6) == 0 ? null : value(column.type())));
        return row;
    }

    private Object value(SqlType type) {
        return switch (type) {
            case INT4 -> random.nextInt(61) - 30;
            case NUMERIC -> decimal();
            case DATE -> day();
            case TIMESTAMP -> time();
            case BOOL -> random.nextBoolean();
            default -> pick(List.of("m", "f", "", "it's", "a, b]", "null"));
        };
    }

    private BigDecimal decimal() {
        BigDecimal whole = BigDecimal.valueOf(random.nextInt(61) - 30);
        return whole.add(new BigDecimal(
                pick(List.of("0", "0", "0.5", "0.1", "-0.00000000000000000001", "0.00000000000000000001"))));
    }

    private LocalDate day() {
        LocalDate first = LocalDate.of(pick(YEARS), pick(List.of(1, 2, 3, 4, 6, 10, 12)), 1);
        return switch (random.nextInt(5)) {
            case 0 -> first.plusMonths(1).minusDays(1);
            case 1 -> first.plusDays(random.nextInt(28));
            case 2 -> LocalDate.of(2024, 2, 29);
            default -> first;
        };
    }

    private LocalDateTime time() {
        LocalDateTime midnight = day().atStartOfDay();
        return switch (random.nextInt(4)) {
            case 0 -> midnight.minusNanos(1_000);
            case 1 -> midnight.plusNanos(1_000);
            case 2 -> midnight.plusHours(12);
            default -> midnight;
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private Expr literal(SqlType type) {
        return Expr.literal(value(type), type);
    }

    private Expr.Column column(SqlType type) {
        return COLUMNS.stream().filter(c -> c.type() == type).findFirst().orElseThrow();
    }

    Expr expression(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> number(depth);
            case 1 -> moment(depth);
            case 2 -> text(depth);
            default -> column(SqlType.BOOL);
        };
    }

    private Expr number(int depth) {
        if (depth == 0) {
            return column(random.nextBoolean() ? SqlType.INT4 : SqlType.NUMERIC);
        }
        Expr inner = number(depth - 1);
        boolean whole = inner.type() == SqlType.INT4;
        SqlType constant = random.nextBoolean() ? SqlType.INT4 : SqlType.NUMERIC;
        return switch (random.nextInt(9)) {
            case 0 -> sides(Op.ADD, SqlType.NUMERIC, inner, literal(constant));
            case 1 -> sides(pick(List.of(Op.SUBTRACT, Op.DIVIDE)), SqlType.NUMERIC, inner, literal(constant));
            case 2 -> sides(Op.MULTIPLY, SqlType.NUMERIC, inner, literal(constant));
            case 3 ->
                Expr.call(
                        Op.INTEGER_DIVIDE,
                        whole ? SqlType.INT4 : SqlType.NUMERIC,
                        inner,
                        literal(whole ? SqlType.INT4 : constant));
            case 4 -> Expr.call(Op.FLOOR, SqlType.NUMERIC, inner);
            case 5 -> new Expr.Cast(inner, SqlType.NUMERIC);
            case 6 -> choice(inner.type(), depth, () -> number(0));
            case 7 -> Expr.call(Op.COALESCE, inner.type(), inner, literal(inner.type()));
            default -> {
                Expr part = Expr.call(
                        pick(List.of(Op.YEAR_OF, Op.QUARTER_OF, Op.MONTH_OF)), SqlType.NUMERIC, moment(depth - 1));
                yield random.nextBoolean() ? part : new Expr.Cast(part, SqlType.INT4);
            }
        };
    }

    private Expr sides(Op op, SqlType type, Expr one, Expr other) {
        return random.nextInt(4) == 0 && op != Op.DIVIDE
                ? Expr.call(op, type, other, one)
                : Expr.call(op, type, one, other);
    }

    private Expr moment(int depth) {
        if (depth == 0) {
            return column(random.nextBoolean() ? SqlType.DATE : SqlType.TIMESTAMP);
        }
        Expr inner = moment(depth - 1);
        return switch (random.nextInt(5)) {
            case 0, 1 -> {
                Expr begin = Expr.call(
                        pick(List.of(
                                Op.TRUNCATE_YEAR,
                                Op.TRUNCATE_QUARTER,
                                Op.TRUNCATE_MONTH,
                                Op.TRUNCATE_WEEK,
                                Op.TRUNCATE_DAY)),
                        SqlType.TIMESTAMP,
                        inner);
                yield random.nextBoolean() ? begin : new Expr.Cast(begin, SqlType.DATE);
            }
            case 2 ->
                Expr.call(
                        Op.ADD_INTERVAL,
                        SqlType.TIMESTAMP,
                        inner,
                        Expr.literal(
                                new PgInterval(random.nextInt(30) - 15, random.nextInt(8) / 7, 0), SqlType.INTERVAL));
            case 3 -> choice(inner.type(), depth, () -> inner);
            default -> Expr.call(Op.COALESCE, inner.type(), inner, literal(inner.type()));
        };
    }

    private Expr text(int depth) {
        Expr column = column(SqlType.TEXT);
        return switch (depth == 0 ? 2 : random.nextInt(3)) {
            case 0 -> choice(SqlType.TEXT, depth, () -> column);
            case 1 -> Expr.call(Op.COALESCE, SqlType.TEXT, column, literal(SqlType.TEXT));
            default -> column;
        };
    }

    private Expr choice(SqlType type, int depth, Supplier<Expr> other) {
        List<Expr.When> whens = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            whens.add(new Expr.When(condition(depth - 1), result(type, other)));
        }
        return new Expr.Case(whens, result(type, other), type);
    }

    private Expr result(SqlType type, Supplier<Expr> other) {
        Expr drawn = other.get();
        return switch (random.nextInt(4)) {
            case 0 -> Expr.literal(null, type);
            case 1 -> drawn.type() == type ? drawn : literal(type);
            default -> literal(type);
        };
    }

    Expr condition(int depth) {
        if (depth > 0) {
            switch (random.nextInt(9)) {
                case 0 -> {
                    return Expr.predicate(Op.AND, condition(depth - 1), condition(depth - 1));
                }
                case 1 -> {
                    return Expr.predicate(Op.OR, condition(depth - 1), condition(depth - 1));
                }
                case 2 -> {
                    return Expr.predicate(Op.NOT, condition(depth - 1));
                }
                case 3 -> {
                    return Expr.predicate(
                            pick(List.of(Op.IS_TRUE, Op.IS_NOT_TRUE, Op.IS_FALSE, Op.IS_NOT_FALSE)),
                            condition(depth - 1));
                }
                case 4 -> {
                    return choice(SqlType.BOOL, depth, () -> condition(0));
                }
                default -> {}
            }
        }
        Expr compared = expression(depth);
        SqlType type = compared.type();
        if (random.nextInt(6) == 0) {
            return Expr.predicate(pick(List.of(Op.IS_NULL, Op.IS_NOT_NULL)), compared);
        }
        if (type == SqlType.BOOL) {
            return compared;
        }
        if (random.nextInt(5) == 0) {
            return Expr.predicate(
                    Op.OR,
                    List.of(0, 1, 2).stream()
                            .map(i -> Expr.predicate(Op.EQUAL, compared, literal(type)))
                            .toArray(Expr[]::new));
        }
        Op op = pick(
                type == SqlType.TEXT
                        ? List.of(Op.EQUAL, Op.NOT_EQUAL)
                        : List.of(Op.EQUAL, Op.NOT_EQUAL, Op.LESS, Op.LESS_OR_EQUAL, Op.GREATER, Op.GREATER_OR_EQUAL));
        Expr constant = literal(type == SqlType.INT4 && random.nextInt(4) == 0 ? SqlType.NUMERIC : type);
        return random.nextBoolean() ? Expr.predicate(op, compared, constant) : Expr.predicate(op, constant, compared);
    }
}
