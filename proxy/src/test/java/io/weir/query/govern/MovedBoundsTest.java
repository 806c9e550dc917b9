package io.weir.query.govern;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A constant that is moved to the bound changes no truth: tried against sums that are computed here, without a limit of their size. */
class MovedBoundsTest {
    private static final List<Op> COMPARISONS = List.of(
            Op.EQUAL,
            Op.NOT_EQUAL,
            Op.LESS,
            Op.LESS_OR_EQUAL,
            Op.GREATER,
            Op.GREATER_OR_EQUAL,
            Op.IS_DISTINCT_FROM,
            Op.IS_NOT_DISTINCT_FROM);

    private final Random random = new Random(20261127);

    private record Sum(Expr expr, BigDecimal factor, BigDecimal constant) {}

    @Test
    void whatIsMovedIsAsTrueAsBefore() {
        int moved = 0;
        for (int i = 0; i < 40_000; i++) {
            SqlType type = List.of(SqlType.INT2, SqlType.INT4, SqlType.INT8, SqlType.NUMERIC)
                    .get(random.nextInt(4));
            Expr.Column column = new Expr.Column("s", "c", type);
            Sum sum = sum(column, 1 + random.nextInt(3));
            // Near what a value gives, so that both sides of the bound are met.
            Object value = number(type);
            BigDecimal meets = sum.factor().multiply(decimal(value)).add(sum.constant());
            Expr bound = Expr.literal(meets.add(BigDecimal.valueOf(random.nextInt(5) - 2)), SqlType.NUMERIC);
            Op op = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
            boolean swapped = random.nextBoolean();
            Expr.Call written =
                    new Expr.Call(op, swapped ? List.of(bound, sum.expr()) : List.of(sum.expr(), bound), SqlType.BOOL);
            Expr.Call plain = MovedBounds.moved(written);
            if (plain.equals(written)) {
                continue;
            }
            moved++;
            BigDecimal beside = (BigDecimal) ((Expr.Literal) bound).value();
            for (Object tried : candidates(type, value)) {
                Boolean expected = truth(
                        op,
                        tried == null
                                ? null
                                : sum.factor().multiply(decimal(tried)).add(sum.constant()),
                        beside,
                        swapped);
                assertThat(evaluated(plain, tried))
                        .as("%s with %s", written, tried)
                        .isEqualTo(expected);
            }
        }
        assertThat(moved).isGreaterThan(20_000);
    }

    @Test
    void daysAndTimesAreMovedAsTheyWereAdded() {
        int moved = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean day = random.nextBoolean();
            Expr.Column column = new Expr.Column("s", "c", day ? SqlType.DATE : SqlType.TIMESTAMP);
            int days = random.nextInt(4_000) - 2_000;
            long micros = random.nextInt(3) == 0 ? random.nextInt(1_000_000_000) - 500_000_000L : 0;
            boolean number = day && micros == 0 && random.nextBoolean();
            Expr by = number
                    ? Expr.literal(days, SqlType.INT4)
                    : Expr.literal(new PgInterval(0, days, micros), SqlType.INTERVAL);
            Expr sum = number
                    ? Expr.call(Op.ADD_DAYS, SqlType.DATE, column, by)
                    : Expr.call(Op.ADD_INTERVAL, SqlType.TIMESTAMP, column, by);
            boolean cut = !number && random.nextInt(3) == 0;
            Expr own = cut ? new Expr.Cast(sum, SqlType.DATE) : sum;
            LocalDateTime value = time(day);
            LocalDateTime meets = value.plusDays(days).plus(micros, ChronoUnit.MICROS);
            LocalDateTime beside = own.type() == SqlType.DATE
                    ? meets.toLocalDate().plusDays(random.nextInt(3) - 1).atStartOfDay()
                    : meets.plusDays(random.nextInt(3) - 1);
            Expr bound = own.type() == SqlType.DATE
                    ? Expr.literal(beside.toLocalDate(), SqlType.DATE)
                    : Expr.literal(beside, SqlType.TIMESTAMP);
            Op op = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
            Expr.Call written = (Expr.Call) Expr.predicate(op, own, bound);
            Expr.Call plain = MovedBounds.moved(written);
            if (plain.equals(written)) {
                assertThat(cut && micros != 0).as("%s", written).isTrue();
                continue;
            }
            moved++;
            List<@Nullable LocalDateTime> tried = new ArrayList<>(List.of(value, value.plusDays(1), time(day)));
            tried.add(null);
            for (LocalDateTime t : tried) {
                LocalDateTime exact = t == null ? null : t.plusDays(days).plus(micros, ChronoUnit.MICROS);
                LocalDateTime given = exact != null && cut ? exact.toLocalDate().atStartOfDay() : exact;
                Object lies = t == null ? null : day ? t.toLocalDate() : t;
                assertThat(evaluated(plain, lies))
                        .as("%s with %s", written, t)
                        .isEqualTo(truth(op, given, beside, false));
            }
        }
        assertThat(moved).isGreaterThan(15_000);
    }

    @Test
    void theEndsOfARangeOverflowNothing() {
        Expr.Column born = new Expr.Column("s", "c", SqlType.INT4);
        Expr age = Expr.call(Op.SUBTRACT, SqlType.INT4, Expr.literal(2015, SqlType.INT4), born);
        Expr.Call moved =
                MovedBounds.moved((Expr.Call) Expr.predicate(Op.GREATER, age, Expr.literal(-2147483648, SqlType.INT4)));
        // 2147485663 is no integer: the column is compared as a bigint.
        assertThat(moved)
                .isEqualTo(Expr.predicate(
                        Op.LESS, new Expr.Cast(born, SqlType.INT8), Expr.literal(2_147_485_663L, SqlType.INT8)));
    }

    @Test
    void whatHasNoInverseStaysAsItIs() {
        Expr.Column date = new Expr.Column("s", "c", SqlType.DATE);
        Expr.Column cost = new Expr.Column("s", "c", SqlType.NUMERIC);
        Expr.Column real = new Expr.Column("s", "c", SqlType.FLOAT8);
        Expr month = Expr.literal(new PgInterval(1, 0, 0), SqlType.INTERVAL);
        Expr day = Expr.literal(LocalDate.of(2024, 3, 1).atStartOfDay(), SqlType.TIMESTAMP);
        Expr one = Expr.literal(BigDecimal.ONE, SqlType.NUMERIC);
        for (Expr left : List.of(
                Expr.call(Op.ADD_INTERVAL, SqlType.TIMESTAMP, date, month),
                Expr.call(Op.SUBTRACT, SqlType.NUMERIC, one, cost), // NaN is above all, whatever its sign
                Expr.call(Op.NEGATE, SqlType.NUMERIC, cost),
                Expr.call(Op.ADD, SqlType.FLOAT8, real, Expr.literal(1.0, SqlType.FLOAT8)),
                Expr.call(Op.MULTIPLY, SqlType.NUMERIC, cost, one))) {
            Expr bound = left.type() == SqlType.TIMESTAMP ? day : one;
            Expr.Call written = (Expr.Call) Expr.predicate(Op.LESS, left, bound);
            assertThat(MovedBounds.moved(written)).isEqualTo(written);
        }
        Expr missing = Expr.call(Op.ADD, SqlType.NUMERIC, cost, Expr.literal(null, SqlType.NUMERIC));
        Expr.Call told = (Expr.Call) Expr.predicate(Op.IS_DISTINCT_FROM, missing, one);
        assertThat(MovedBounds.moved(told)).isEqualTo(told);
        assertThat(MovedBounds.moved((Expr.Call) Expr.predicate(Op.LESS, missing, one)))
                .isEqualTo(Expr.predicate(Op.LESS, cost, Expr.literal(null, SqlType.NUMERIC)));
    }

    @Test
    void partsOfDatesAreWholeNumbers() {
        Expr.Column born = new Expr.Column("s", "c", SqlType.DATE);
        Expr.Call year = (Expr.Call) Expr.call(Op.YEAR_OF, SqlType.FLOAT8, born);
        Expr age = Expr.call(Op.SUBTRACT, SqlType.FLOAT8, Expr.literal(2024.0, SqlType.FLOAT8), year);
        Expr exact = Expr.call(Op.YEAR_OF, SqlType.NUMERIC, born);
        for (Expr written : List.of(age, new Expr.Cast(age, SqlType.INT4))) {
            assertThat(MovedBounds.moved((Expr.Call)
                            Expr.predicate(Op.GREATER_OR_EQUAL, written, Expr.literal(18.0, SqlType.FLOAT8))))
                    .isEqualTo(Expr.predicate(
                            Op.LESS_OR_EQUAL, exact, Expr.literal(BigDecimal.valueOf(2006), SqlType.NUMERIC)));
        }
        Expr.Call half = (Expr.Call) Expr.predicate(Op.LESS, age, Expr.literal(17.5, SqlType.FLOAT8));
        assertThat(MovedBounds.moved(half)).isEqualTo(half);
        Expr.Call missing = (Expr.Call) Expr.predicate(Op.LESS, age, Expr.literal(null, SqlType.FLOAT8));
        assertThat(MovedBounds.moved(missing))
                .isEqualTo(Expr.predicate(Op.GREATER, exact, Expr.literal(null, SqlType.NUMERIC)));
    }

    @Test
    void anOpenParameterIsMovedAsItsValueWillBe() {
        Expr.Column born = new Expr.Column("s", "c", SqlType.INT4);
        Expr age = Expr.call(Op.SUBTRACT, SqlType.INT4, new Expr.Parameter(3, SqlType.INT4), born);
        assertThat(MovedBounds.moved((Expr.Call) Expr.predicate(Op.LESS, age, Expr.literal(18, SqlType.INT4))))
                .isEqualTo(Expr.predicate(Op.GREATER, born, new Expr.Parameter(0, SqlType.INT4)));
    }

    private Sum sum(Expr.Column column, int layers) {
        Sum sum = new Sum(column, BigDecimal.ONE, BigDecimal.ZERO);
        for (int i = 0; i < layers; i++) {
            BigDecimal c = decimal(number(random.nextBoolean() ? SqlType.INT4 : column.type()));
            SqlType type =
                    c.stripTrailingZeros().scale() > 0 || random.nextInt(4) == 0 ? SqlType.NUMERIC : SqlType.INT8;
            Expr constant = Expr.literal(type == SqlType.INT8 ? (Object) c.longValueExact() : c, type);
            SqlType result = sum.expr().type() == SqlType.NUMERIC ? SqlType.NUMERIC : type;
            sum = switch (random.nextInt(5)) {
                case 0 ->
                    new Sum(
                            Expr.call(Op.ADD, result, sum.expr(), constant),
                            sum.factor(),
                            sum.constant().add(c));
                case 1 ->
                    new Sum(
                            Expr.call(Op.ADD, result, constant, sum.expr()),
                            sum.factor(),
                            sum.constant().add(c));
                case 2 ->
                    new Sum(
                            Expr.call(Op.SUBTRACT, result, sum.expr(), constant),
                            sum.factor(),
                            sum.constant().subtract(c));
                case 3 ->
                    new Sum(
                            Expr.call(Op.SUBTRACT, result, constant, sum.expr()),
                            sum.factor().negate(),
                            c.subtract(sum.constant()));
                default ->
                    new Sum(
                            Expr.call(Op.NEGATE, sum.expr().type(), sum.expr()),
                            sum.factor().negate(),
                            sum.constant().negate());
            };
        }
        return random.nextInt(4) == 0
                ? new Sum(new Expr.Cast(sum.expr(), SqlType.NUMERIC), sum.factor(), sum.constant())
                : sum;
    }

    private Object number(SqlType type) {
        boolean end = random.nextInt(6) == 0;
        boolean small = random.nextBoolean();
        return switch (type) {
            case INT2 -> end ? (small ? -32_768 : 32_767) : random.nextInt(200) - 100;
            case INT4 -> end ? (small ? Integer.MIN_VALUE : Integer.MAX_VALUE) : random.nextInt(4_000) - 2_000;
            case INT8 -> end ? (small ? Long.MIN_VALUE : Long.MAX_VALUE) : (long) random.nextInt(4_000) - 2_000;
            default -> BigDecimal.valueOf(random.nextInt(400_000) - 200_000, 2);
        };
    }

    private List<@Nullable Object> candidates(SqlType type, Object value) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(null);
        all.add(value);
        for (int i = 0; i < 3; i++) {
            all.add(number(type));
        }
        return all;
    }

    private LocalDateTime time(boolean day) {
        LocalDateTime midnight =
                LocalDate.of(1950, 1, 1).plusDays(random.nextInt(30_000)).atStartOfDay();
        return day || random.nextInt(4) == 0
                ? midnight
                : midnight.plus(random.nextLong(86_400_000_000L), ChronoUnit.MICROS);
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof BigDecimal d ? d : BigDecimal.valueOf(((Number) value).longValue());
    }

    /** PostgreSQL's truth of three values. */
    private static <T extends Comparable<? super T>> @Nullable Boolean truth(
            Op op, @Nullable T own, T bound, boolean swapped) {
        if (own == null) {
            return switch (op) {
                case IS_DISTINCT_FROM -> true;
                case IS_NOT_DISTINCT_FROM -> false;
                default -> null;
            };
        }
        int order = swapped ? bound.compareTo(own) : own.compareTo(bound);
        return switch (op) {
            case EQUAL, IS_NOT_DISTINCT_FROM -> order == 0;
            case NOT_EQUAL, IS_DISTINCT_FROM -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException(op.name());
        };
    }

    private static @Nullable Object evaluated(Expr condition, @Nullable Object value) {
        return Evaluator.evaluate(condition, new Evaluator.Row() {
            @Override
            public @Nullable Object column(Expr.Column column) {
                return value;
            }

            @Override
            public @Nullable Object scalar(Expr.Scalar scalar) {
                throw new IllegalStateException("there are none");
            }
        });
    }
}
