package io.weir.query.disclose;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.history.Asked;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.rewrite.ConjunctText;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read out of a condition's text is true of the same rows as the condition. */
class TruthTest {
    private static final Expr WHOLE = new Expr.Column(DrawnConditions.ALIAS, "whole", SqlType.INT4);
    private static final Expr NUMBER = new Expr.Column(DrawnConditions.ALIAS, "number", SqlType.NUMERIC);
    private static final Expr DAY = new Expr.Column(DrawnConditions.ALIAS, "day", SqlType.DATE);
    private static final Expr TIME = new Expr.Column(DrawnConditions.ALIAS, "time", SqlType.TIMESTAMP);

    @Test
    void drawnConditionsHoldForTheRowsThatAreAskedFor() {
        int[] holds = {0};
        for (int seed = 0; seed < 5_000; seed++) {
            DrawnConditions drawn = new DrawnConditions(seed);
            Expr condition = drawn.condition(seed % 4);
            List<Asked> asked = AskedOfRow.asked(condition);
            AskedOfRow answers = new AskedOfRow(condition);
            for (int r = 0; r < 40; r++) {
                Map<String, @Nullable Object> row = drawn.row();
                boolean holdsHere = Boolean.TRUE.equals(AskedOfRow.evaluate(condition, row));
                holds[0] += holdsHere ? 1 : 0;
                assertThat(answers.all(asked, row))
                        .as("seed %s: %s of %s, asked %s", seed, condition, row, asked)
                        .isEqualTo(holdsHere);
            }
        }
        assertThat(holds[0]).isBetween(40_000, 160_000); // both happen
    }

    @Test
    void keysHoldForTheRowsOfTheirGroup() {
        for (int seed = 0; seed < 2_500; seed++) {
            DrawnConditions drawn = new DrawnConditions(seed);
            Expr key = drawn.expression(seed % 4);
            Object group = AskedOfRow.evaluate(key, drawn.row());
            List<Asked> asked = List.of(Truth.of(ConjunctText.keyPart(AskedOfRow.text(key), key.type(), group)));
            AskedOfRow answers = new AskedOfRow(key);
            for (int r = 0; r < 40; r++) {
                Map<String, @Nullable Object> row = drawn.row();
                Object value = AskedOfRow.evaluate(key, row);
                boolean same = value == null || group == null ? value == group : Evaluator.compare(value, group) == 0;
                assertThat(answers.all(asked, row))
                        .as("seed %s: %s is %s of %s, asked %s", seed, key, group, row, asked)
                        .isEqualTo(same);
            }
        }
    }

    private static Expr whole(int value) {
        return Expr.literal(value, SqlType.INT4);
    }

    private static Expr caseOf(Expr condition, @Nullable Integer then, @Nullable Integer otherwise) {
        return new Expr.Case(
                List.of(new Expr.When(condition, Expr.literal(then, SqlType.INT4))),
                Expr.literal(otherwise, SqlType.INT4),
                SqlType.INT4);
    }

    private static Expr not(Expr condition) {
        return Expr.predicate(Op.NOT, condition);
    }

    /** Both are true of the same rows, but false of others. */
    @Test
    void whatIsUnknownIsNotFalse() {
        Expr one = Expr.predicate(Op.EQUAL, WHOLE, whole(1));
        Expr unknown = Expr.predicate(Op.EQUAL, caseOf(one, 5, null), whole(5));
        Expr known = Expr.predicate(Op.EQUAL, caseOf(one, 5, 6), whole(5));

        assertThat(AskedOfRow.asked(not(unknown))).isNotEqualTo(AskedOfRow.asked(not(known)));
    }

    /** What is never true is false where its own column has a value, and not another's. */
    @Test
    void theOppositeOfWhatIsNeverTrueAsksForItsColumn() {
        Expr mid = Expr.literal(LocalDate.of(2020, 1, 15).atStartOfDay(), SqlType.TIMESTAMP);
        Expr day = Expr.predicate(Op.EQUAL, Expr.call(Op.TRUNCATE_MONTH, SqlType.TIMESTAMP, DAY), mid);
        Expr time = Expr.predicate(Op.EQUAL, Expr.call(Op.TRUNCATE_MONTH, SqlType.TIMESTAMP, TIME), mid);

        assertThat(AskedOfRow.asked(not(day))).isNotEqualTo(AskedOfRow.asked(not(time)));
    }

    @Test
    void thatAConditionIsTrueIsNeverUnknown() {
        Expr one = Expr.predicate(Op.EQUAL, WHOLE, whole(1));
        Expr two = Expr.predicate(Op.EQUAL, NUMBER, whole(2));
        Expr isOne = Expr.predicate(Op.IS_TRUE, one);

        assertThat(AskedOfRow.asked(not(Expr.predicate(Op.AND, isOne, two))))
                .isNotEqualTo(AskedOfRow.asked(not(Expr.predicate(Op.AND, one, two))));
        assertThat(AskedOfRow.asked(isOne)).isEqualTo(AskedOfRow.asked(one));
    }

    /** A source rounds quotients: two thirds have as many digits as it likes. */
    @Test
    void quotientsAreNotSolved() {
        Expr quotient =
                Expr.call(Op.DIVIDE, SqlType.NUMERIC, WHOLE, Expr.literal(BigDecimal.valueOf(3), SqlType.NUMERIC));
        Expr compared = Expr.predicate(
                Op.GREATER_OR_EQUAL, quotient, Expr.literal(new BigDecimal("0.66666666666666666667"), SqlType.NUMERIC));

        assertThat(AskedOfRow.asked(compared))
                .singleElement()
                .isInstanceOfSatisfying(
                        Asked.In.class, in -> assertThat(in.subject()).isEqualTo(AskedOfRow.text(quotient)));
    }

    /** A source makes a decimal number of a binary one before it adds: 0.1 and 0.2 are then 0.3, and more than 0.3 before. */
    @Test
    void binaryNumbersAreCalculatedWithAsDecimalOnes() {
        Expr binary = new Expr.Column(DrawnConditions.ALIAS, "binary", SqlType.FLOAT8);
        Expr sum = Expr.call(Op.ADD, SqlType.NUMERIC, binary, whole(0));

        assertThat(subject(Expr.predicate(Op.LESS, sum, whole(3)))).isEqualTo("cast(values.binary as NUMERIC)");
        assertThat(subject(Expr.predicate(Op.LESS, binary, whole(3)))).isEqualTo("values.binary");
    }

    private static String subject(Expr condition) {
        return AskedOfRow.asked(condition).getFirst() instanceof Asked.In in ? in.subject() : "";
    }

    /** A collation may take two constants for one; for two letters that are not one there is no such collation. */
    @Test
    void constantsOfTextsAreToldApartOnlyForCertain() {
        Expr one = Expr.predicate(Op.EQUAL, WHOLE, whole(1));
        Expr choice = new Expr.Case(
                List.of(new Expr.When(one, Expr.literal("m", SqlType.TEXT))),
                Expr.literal("M", SqlType.TEXT),
                SqlType.TEXT);

        assertThat(AskedOfRow.asked(Expr.predicate(Op.EQUAL, choice, Expr.literal("M", SqlType.TEXT)))
                        .toString())
                .contains("TEXT:'m'");
        assertThat(AskedOfRow.asked(Expr.predicate(Op.EQUAL, choice, Expr.literal("f", SqlType.TEXT)))
                        .toString())
                .doesNotContain("whole");
    }

    /** Sources give no year of a day that stands for no end. */
    @Test
    void noYearIsSaidOfDaysBeyondTheCalendar() {
        Expr year = Expr.call(Op.YEAR_OF, SqlType.NUMERIC, DAY);
        Expr since = Expr.predicate(Op.GREATER_OR_EQUAL, DAY, Expr.literal(LocalDate.of(2024, 1, 1), SqlType.DATE));

        assertThat(AskedOfRow.asked(Expr.predicate(Op.GREATER_OR_EQUAL, year, whole(2024))))
                .isNotEqualTo(AskedOfRow.asked(since));
        assertThat(AskedOfRow.asked(Expr.predicate(Op.IS_NULL, year)))
                .containsExactly(new Asked.Missing(AskedOfRow.text(year)));
    }
}
