package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnConditionTest {
    private static final Expr NUMBER = new Expr.Column("a", "n", SqlType.INT4);
    private static final Expr CODE = new Expr.Column("a", "c", SqlType.VARCHAR);
    private static final Expr DAY = new Expr.Column("a", "d", SqlType.DATE);
    private static final List<Op> COMPARISONS =
            List.of(Op.EQUAL, Op.LESS, Op.LESS_OR_EQUAL, Op.GREATER, Op.GREATER_OR_EQUAL);

    private static String text(Expr condition) {
        return ColumnCondition.text(condition, Object::toString);
    }

    private static ConjunctText conjunct(Expr... conditions) {
        List<String> parts = new ArrayList<>();
        for (Expr condition : conditions) {
            parts.add(text(condition));
        }
        return ConjunctText.read(
                ConjunctText.of(ConjunctText.Kind.CONDITION, Set.of("a.x"), ColumnCondition.simplified(parts)));
    }

    private static Expr compare(Op op, Expr column, Object value, SqlType type) {
        return Expr.predicate(op, column, Expr.literal(value, type));
    }

    private static boolean holds(Op op, int value, int bound) {
        return switch (op) {
            case EQUAL -> value == bound;
            case LESS -> value < bound;
            case LESS_OR_EQUAL -> value <= bound;
            case GREATER -> value > bound;
            default -> value >= bound;
        };
    }

    private record Range(List<Op> ops, List<Integer> bounds) {
        static Range random(Random random) {
            List<Op> ops = new ArrayList<>();
            List<Integer> bounds = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                ops.add(COMPARISONS.get(random.nextInt(COMPARISONS.size())));
                bounds.add(random.nextInt(6));
            }
            return new Range(ops, bounds);
        }

        boolean holds(int value) {
            for (int i = 0; i < ops.size(); i++) {
                if (!ColumnConditionTest.holds(ops.get(i), value, bounds.get(i))) {
                    return false;
                }
            }
            return true;
        }

        ConjunctText conjunct() {
            Expr[] conditions = new Expr[ops.size()];
            for (int i = 0; i < conditions.length; i++) {
                conditions[i] = compare(ops.get(i), NUMBER, bounds.get(i), SqlType.INT4);
            }
            return ColumnConditionTest.conjunct(conditions);
        }
    }

    @Test
    void equalTextsMeanEqualSetsAndExclusionMeansDisjointSets() {
        Random random = new Random(7);
        int excluded = 0;
        int equal = 0;
        for (int i = 0; i < 20_000; i++) {
            Range x = Range.random(random);
            Range y = Range.random(random);
            boolean same = true;
            boolean disjoint = true;
            for (int value = -3; value < 10; value++) {
                same &= x.holds(value) == y.holds(value);
                disjoint &= !(x.holds(value) && y.holds(value));
            }
            ConjunctText a = x.conjunct();
            ConjunctText b = y.conjunct();
            if (a.parts().equals(b.parts())) {
                equal++;
                assertThat(same).as("%s %s", x, y).isTrue();
            }
            if (a.excludes(b)) {
                excluded++;
                assertThat(disjoint).as("%s %s", x, y).isTrue();
            }
            assertThat(a.excludes(b)).isEqualTo(b.excludes(a));
        }
        assertThat(excluded).isGreaterThan(2_000);
        assertThat(equal).isGreaterThan(200);
    }

    @Test
    void oneConditionInManyWordsIsOneText() {
        ConjunctText nine = conjunct(compare(Op.EQUAL, NUMBER, 9, SqlType.INT4));
        List<ConjunctText> wordings = List.of(
                conjunct(Expr.predicate(Op.NOT, compare(Op.NOT_EQUAL, NUMBER, 9, SqlType.INT4))),
                conjunct(compare(
                        Op.EQUAL, new Expr.Cast(NUMBER, SqlType.NUMERIC), new BigDecimal("9.0"), SqlType.NUMERIC)),
                conjunct(Expr.predicate(Op.EQUAL, Expr.literal(9L, SqlType.INT8), NUMBER)),
                conjunct(
                        compare(Op.GREATER_OR_EQUAL, NUMBER, 9, SqlType.INT4),
                        compare(Op.LESS, NUMBER, 10, SqlType.INT4)),
                conjunct(
                        compare(Op.GREATER, NUMBER, 8, SqlType.INT4),
                        compare(Op.GREATER, NUMBER, 3, SqlType.INT4),
                        compare(Op.LESS_OR_EQUAL, NUMBER, 9, SqlType.INT4)));
        assertThat(wordings).allSatisfy(w -> assertThat(w.parts()).isEqualTo(nine.parts()));
    }

    @Test
    void textsAreDisjointOnlyWhenNoCollationMakesThemEqual() {
        ConjunctText upper = conjunct(compare(Op.EQUAL, CODE, "F", SqlType.TEXT));
        assertThat(upper.excludes(conjunct(compare(Op.EQUAL, CODE, "M", SqlType.TEXT))))
                .isTrue();
        assertThat(upper.excludes(conjunct(compare(Op.EQUAL, CODE, "f ", SqlType.TEXT))))
                .isFalse();
        assertThat(upper.excludes(conjunct(compare(Op.GREATER, CODE, "M", SqlType.TEXT))))
                .as("order is the source's affair")
                .isFalse();
        ConjunctText diabetes = conjunct(compare(Op.LIKE, CODE, "E11%", SqlType.TEXT));
        assertThat(diabetes.excludes(conjunct(compare(Op.LIKE, CODE, "I10%", SqlType.TEXT))))
                .isTrue();
        assertThat(diabetes.excludes(conjunct(compare(Op.LIKE, CODE, "E1%", SqlType.TEXT))))
                .isFalse();
        assertThat(diabetes.excludes(conjunct(compare(Op.EQUAL, CODE, "E119", SqlType.TEXT))))
                .isFalse();
    }

    @Test
    void daysHaveAnOrder() {
        ConjunctText year = conjunct(
                compare(Op.GREATER_OR_EQUAL, DAY, LocalDate.of(2024, 1, 1), SqlType.DATE),
                compare(Op.LESS, DAY, LocalDate.of(2025, 1, 1), SqlType.DATE));
        assertThat(year.excludes(conjunct(compare(Op.GREATER_OR_EQUAL, DAY, LocalDate.of(2025, 1, 1), SqlType.DATE))))
                .isTrue();
        assertThat(year.excludes(conjunct(compare(Op.GREATER_OR_EQUAL, DAY, LocalDate.of(2024, 12, 31), SqlType.DATE))))
                .isFalse();
    }

    @Test
    void separatorsInLiteralsStayLiterals() {
        ConjunctText odd = conjunct(compare(Op.EQUAL, CODE, "a\u001d\u001ea\\", SqlType.TEXT));
        assertThat(odd.parts()).hasSize(1);
        assertThat(odd.parts())
                .isNotEqualTo(conjunct(compare(Op.EQUAL, CODE, "a\\b\\ca\\", SqlType.TEXT))
                        .parts());
    }

    /** Else a condition said twice in other words would be a second step, and two steps pass. */
    @Test
    void whatAListOfValuesImpliesSaysNothing() {
        Expr code = compare(Op.EQUAL, CODE, "N390", SqlType.VARCHAR);
        Expr days = compare(Op.EQUAL, NUMBER, 4, SqlType.INT4);
        assertThat(conjunct(code, compare(Op.LIKE, CODE, "N39%", SqlType.TEXT)).parts())
                .isEqualTo(conjunct(code).parts());
        assertThat(conjunct(days, compare(Op.LESS, NUMBER, 9, SqlType.INT4)).parts())
                .isEqualTo(conjunct(days).parts());
        assertThat(conjunct(days, compare(Op.LESS, NUMBER, 4, SqlType.INT4)).parts())
                .isNotEqualTo(conjunct(days).parts());
        assertThat(conjunct(code, compare(Op.LIKE, CODE, "n39%", SqlType.TEXT)).parts())
                .isNotEqualTo(conjunct(code).parts());
        assertThat(conjunct(code, compare(Op.LIKE, CODE, "J18%", SqlType.TEXT)).parts())
                .isNotEqualTo(conjunct(code).parts());
    }
}
