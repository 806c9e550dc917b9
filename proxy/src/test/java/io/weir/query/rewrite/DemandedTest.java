package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemandedTest {
    private static final Expr.Column COST = new Expr.Column("a", "cost", SqlType.NUMERIC);
    private static final Expr.Column DAY = new Expr.Column("a", "discharged", SqlType.DATE);
    private static final Expr.Column DERIVED = new Expr.Column("d", "twice", SqlType.NUMERIC);
    private static final Expr ONE = new Expr.Literal(java.math.BigDecimal.ONE, SqlType.NUMERIC);
    private static final Expr TWICE = new Expr.Call(Op.ADD, List.of(COST, COST), SqlType.NUMERIC);

    private final Demanded demanded = new Demanded(column -> column.alias().equals("d") ? TWICE : null);

    private static Expr compared(Op op, Expr a, Expr b) {
        return Expr.predicate(op, a, b);
    }

    @Test
    void aComparisonDemandsWhatItCompares() {
        assertThat(demanded.by(compared(Op.LESS, TWICE, ONE))).containsExactly(COST);
        assertThat(demanded.by(Expr.predicate(Op.NOT, compared(Op.EQUAL, COST, ONE))))
                .containsExactly(COST);
        assertThat(demanded.by(Expr.predicate(Op.IS_TRUE, compared(Op.NOT_EQUAL, COST, ONE))))
                .containsExactly(COST);
        assertThat(demanded.by(Expr.predicate(Op.IS_NOT_NULL, DERIVED))).containsExactlyInAnyOrder(DERIVED, COST);
    }

    @Test
    void oneOfSeveralDemandsWhatAllDo() {
        Expr cost = compared(Op.LESS, COST, ONE);
        Expr both = Expr.and(List.of(cost, Expr.predicate(Op.IS_NOT_NULL, DAY)));
        assertThat(demanded.by(both)).containsExactlyInAnyOrder(COST, DAY);
        assertThat(demanded.by(new Expr.Call(Op.OR, List.of(cost, both), SqlType.BOOL)))
                .containsExactly(COST);
        assertThat(demanded.by(new Expr.Call(Op.OR, List.of(cost, Expr.predicate(Op.IS_NOT_NULL, DAY)), SqlType.BOOL)))
                .isEmpty();
    }

    @Test
    void whatCanBeTrueWithoutAValueDemandsNone() {
        Expr cost = compared(Op.LESS, COST, ONE);
        assertThat(List.of(
                        Expr.predicate(Op.IS_NOT_TRUE, cost),
                        Expr.predicate(Op.IS_NULL, COST),
                        compared(Op.IS_DISTINCT_FROM, COST, ONE),
                        compared(Op.EQUAL, new Expr.Call(Op.COALESCE, List.of(COST, ONE), SqlType.NUMERIC), ONE),
                        Expr.predicate(Op.NOT, Expr.predicate(Op.IS_TRUE, cost)),
                        Expr.always()))
                .allMatch(condition -> demanded.by(condition).isEmpty());
    }
}
