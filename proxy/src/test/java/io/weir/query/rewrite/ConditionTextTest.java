package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.rewrite.ConditionText.False;
import io.weir.query.rewrite.ConditionText.NotTrue;
import io.weir.query.rewrite.ConditionText.Or;
import io.weir.query.rewrite.ConditionText.Plain;
import io.weir.query.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionTextTest {
    private static final Expr A = flag("a");
    private static final Expr B = flag("b");
    private static final Expr C = flag("c");

    private static Expr flag(String name) {
        return new Expr.Column("r", name, SqlType.BOOL);
    }

    private static Expr number(Op op, int value) {
        return Expr.predicate(op, new Expr.Column("r", "n", SqlType.INT4), Expr.literal(value, SqlType.INT4));
    }

    private static String text(Expr condition) {
        return ConditionText.of(
                condition,
                plain -> ColumnCondition.text(plain, e -> e instanceof Expr.Column c ? c.name() : e.toString()));
    }

    private static ConditionText read(Expr condition) {
        return ConditionText.read(text(condition));
    }

    private static Expr of(Op op, Expr... arguments) {
        return Expr.predicate(op, arguments);
    }

    @Test
    void whatIsTrueIsTheConditionItself() {
        assertThat(text(of(Op.IS_TRUE, A))).isEqualTo("a");
        assertThat(read(of(Op.IS_NOT_TRUE, of(Op.IS_TRUE, A)))).isEqualTo(new NotTrue(List.of(new Plain("a"))));
    }

    /** Where it is unknown, that it is true is false. */
    @Test
    void insideOfWhatIsFalseItIsNot() {
        assertThat(read(of(Op.NOT, of(Op.AND, of(Op.IS_TRUE, A), B))))
                .isInstanceOfSatisfying(
                        False.class,
                        condition -> assertThat(condition.all())
                                .containsExactlyInAnyOrder(
                                        new NotTrue(List.of(new NotTrue(List.of(new Plain("a"))))), new Plain("b")));
        assertThat(text(of(Op.NOT, of(Op.OR, of(Op.IS_TRUE, A), B)))).isNotEqualTo(text(of(Op.NOT, of(Op.OR, A, B))));
        assertThat(text(of(Op.NOT, of(Op.AND, of(Op.IS_NOT_TRUE, of(Op.IS_TRUE, A)), B))))
                .isEqualTo(text(of(Op.NOT, of(Op.AND, of(Op.IS_NOT_TRUE, A), B))));
    }

    @Test
    void optionsAreInNoOrderAndSaidOnce() {
        assertThat(text(of(Op.OR, A, of(Op.AND, B, C), A))).isEqualTo(text(of(Op.OR, of(Op.AND, C, B, B), A)));
        assertThat(read(of(Op.OR, A, of(Op.AND, B, C))))
                .isInstanceOfSatisfying(
                        Or.class,
                        or -> assertThat(or.options())
                                .containsExactlyInAnyOrder(
                                        List.of(new Plain("a")), List.of(new Plain("b"), new Plain("c"))));
    }

    @Test
    void valuesOfOneColumnAreOneComparison() {
        String list = text(of(Op.OR, number(Op.EQUAL, 2), number(Op.EQUAL, 1)));

        assertThat(ColumnCondition.read(list)).map(ColumnCondition::values).contains(List.of("1", "2"));
        assertThat(read(number(Op.NOT_EQUAL, 1))).isEqualTo(new False(List.of(new Plain(text(number(Op.EQUAL, 1))))));
        assertThat(text(of(Op.NOT, number(Op.LESS, 1)))).isEqualTo(text(number(Op.GREATER_OR_EQUAL, 1)));
    }

    @Test
    void otherTextsArePlain() {
        for (String text : List.of("", "a", "or(a)", Nested.write("other", List.of(List.of("a"))))) {
            assertThat(ConditionText.read(text)).isEqualTo(new Plain(text));
        }
    }
}
