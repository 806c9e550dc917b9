package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.govern.plan.Expr;
import io.weir.query.govern.plan.Op;
import io.weir.query.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerePresenceTest {
    private static final Expr COST = new Expr.Column("a", "cost", SqlType.NUMERIC);
    private static final Expr DAY = new Expr.Column("a", "admitted", SqlType.DATE);
    private static final Expr NAME = new Expr.Column("a", "name", SqlType.TEXT);
    private static final Expr PARTNER = new Expr.Column("b", "code", SqlType.TEXT);
    private static final Expr QUOTIENT = new Expr.Column("d", "quotient", SqlType.NUMERIC);
    private static final Expr ONE = new Expr.Literal(java.math.BigDecimal.ONE, SqlType.NUMERIC);
    private static final Expr NOUGHT = new Expr.Literal(java.math.BigDecimal.ZERO, SqlType.NUMERIC);

    private final MerePresence presence = new MerePresence(
            column -> column.alias().equals("b"),
            column -> column.alias().equals("d") ? call(Op.DIVIDE, SqlType.NUMERIC, ONE, COST) : null);

    private static Expr call(Op op, SqlType type, Expr... arguments) {
        return new Expr.Call(op, List.of(arguments), type);
    }

    private static Expr number(Op op, Expr... arguments) {
        return call(op, SqlType.NUMERIC, arguments);
    }

    private static Expr cast(Expr argument, SqlType type) {
        return new Expr.Cast(argument, type, -1, false);
    }

    @Test
    void whatLacksAValueWithItsColumnsIs() {
        assertThat(List.of(
                        COST,
                        number(Op.ADD, number(Op.MULTIPLY, COST, ONE), ONE),
                        number(Op.DIVIDE, COST, ONE),
                        cast(COST, SqlType.FLOAT8),
                        cast(COST, SqlType.TEXT),
                        call(Op.DAYS_BETWEEN, SqlType.INT4, DAY, call(Op.TRUNCATE_MONTH, SqlType.TIMESTAMP, DAY)),
                        call(Op.YEAR_OF, SqlType.INT4, cast(DAY, SqlType.TIMESTAMP)),
                        call(Op.LESS, SqlType.BOOL, COST, ONE)))
                .allMatch(presence::is);
    }

    @Test
    void whatLacksOneForWhatTheyAreIsNot() {
        Expr later = call(Op.ADD_DAYS, SqlType.DATE, DAY, ONE);
        assertThat(List.of(
                        PARTNER,
                        QUOTIENT,
                        number(Op.DIVIDE, ONE, COST),
                        number(Op.DIVIDE, COST, NOUGHT),
                        number(Op.ADD, ONE, number(Op.LOGARITHM, COST)),
                        number(Op.SQUARE_ROOT, COST),
                        number(Op.MODULO, COST, COST),
                        number(Op.NULLIF, COST, ONE),
                        cast(NAME, SqlType.INT4),
                        cast(NAME, SqlType.DATE),
                        call(Op.YEAR_OF, SqlType.INT4, later),
                        call(Op.AND, SqlType.BOOL, call(Op.LESS, SqlType.BOOL, COST, ONE), Expr.always())))
                .noneMatch(presence::is);
    }

    @Test
    void numbersNeedTheirColumnsAndDaysThemselves() {
        Expr year = call(Op.YEAR_OF, SqlType.INT4, DAY);
        assertThat(presence.needed(number(Op.SUBTRACT, number(Op.DIVIDE, COST, ONE), cast(COST, SqlType.NUMERIC))))
                .containsExactly(COST);
        assertThat(presence.needed(number(Op.ADD, COST, year))).containsExactly(COST, year);
    }
}
