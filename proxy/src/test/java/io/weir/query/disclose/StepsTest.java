package io.weir.query.disclose;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.history.Asked;
import io.weir.disclosure.history.Asked.Cut;
import io.weir.disclosure.history.Asked.Piece;
import io.weir.disclosure.history.Asked.Range;
import io.weir.query.disclose.Steps.Inside;
import io.weir.query.rewrite.TextTree;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {
    private static final TextTree.Leaf X = new TextTree.Leaf("a.x");

    private static Cut cut(String at, boolean after) {
        return new Cut(new BigDecimal(at), after);
    }

    private static Piece from(String at, boolean after) {
        return new Range(cut(at, after), null);
    }

    private static void isInside(String expression, Piece piece, Piece inside) {
        assertThat(Steps.inside(TextTree.read(expression), List.of(piece)))
                .as(expression)
                .contains(new Inside(X, List.of(inside)));
    }

    private static void isNoStep(String expression, Piece piece) {
        assertThat(Steps.inside(TextTree.read(expression), List.of(piece)))
                .as(expression)
                .isEmpty();
    }

    @Test
    void aFloorIsReachedAtTheNextWholeNumber() {
        isInside("FLOOR[a.x]", from("2", false), from("2", false));
        isInside("FLOOR[a.x]", from("2", true), from("3", false));
        isInside("FLOOR[a.x]", from("2.5", false), from("3", false));
        isInside("FLOOR[a.x]", from("-2.5", true), from("-2", false));
    }

    /** Minus a half, divided by one and cut, is nought. */
    @Test
    void wholeQuotientsAreCutTowardsNought() {
        isInside("INTEGER_DIVIDE[a.x, INT4:'10']", from("1", false), from("10", false));
        isInside("INTEGER_DIVIDE[a.x, INT4:'10']", from("0", true), from("10", false));
        isInside("INTEGER_DIVIDE[a.x, INT4:'10']", from("0", false), from("-10", true));
        isInside("INTEGER_DIVIDE[a.x, INT4:'10']", from("-1", false), from("-20", true));
        isInside("INTEGER_DIVIDE[a.x, INT4:'1']", from("0", false), from("-1", true));
        isNoStep("INTEGER_DIVIDE[a.x, INT4:'-10']", from("1", false));
        isNoStep("INTEGER_DIVIDE[a.x, INT4:'0']", from("1", false));
        isNoStep("INTEGER_DIVIDE[INT4:'10', a.x]", from("1", false));
    }

    @Test
    void constantsAreTakenOffExactly() {
        isInside("ADD[INT4:'3', a.x]", from("5", true), from("2", true));
        isInside("SUBTRACT[a.x, NUMERIC:'0.1']", from("0.2", false), from("0.3", false));
        isInside("MULTIPLY[NUMERIC:'4', a.x]", from("1", false), from("0.25", false));
        isNoStep("MULTIPLY[NUMERIC:'3', a.x]", from("1", false)); // a third has no end
        isNoStep("MULTIPLY[NUMERIC:'0', a.x]", from("1", false));
        isNoStep("MULTIPLY[NUMERIC:'-1', a.x]", from("1", false));
        isNoStep("SUBTRACT[INT4:'3', a.x]", from("1", false));
        isNoStep("DIVIDE[a.x, NUMERIC:'2']", from("1", false)); // rounded
        isNoStep("ADD[FLOAT8:'0.1', a.x]", from("1", false)); // rounded
        isNoStep("ADD[FLOAT8:'NaN', a.x]", from("1", false));
        isNoStep("ADD[INT4:null, a.x]", from("1", false));
    }

    @Test
    void onlyCastsThatKeepTheValueAreSeenThrough() {
        assertThat(Steps.inside(TextTree.read("cast(FLOOR[a.x] as INT4)"), List.of(from("2", false))))
                .contains(new Inside(TextTree.read("FLOOR[a.x]"), List.of(from("2", false))));
        isNoStep("cast(a.x as INT4)", from("2", false));
        isNoStep("cast(FLOOR[a.x] as FLOAT8)", from("2", false));
        isNoStep(
                "cast(ADD_INTERVAL[a.x, INTERVAL:'PgInterval[months=1, days=0, micros=0]'] as DATE)", from("2", false));
    }

    @Test
    void valuesWithoutAnOrderHaveNoSteps() {
        assertThat(Steps.inside(TextTree.read("FLOOR[a.x]"), List.of(new Asked.Value("2"))))
                .isEmpty();
    }

    /** No whole number lies between two that follow each other. */
    @Test
    void whatNoArgumentReachesIsTakenOut() {
        assertThat(Steps.inside(TextTree.read("FLOOR[a.x]"), List.of(new Range(cut("2", true), cut("2.5", true)))))
                .contains(new Inside(X, List.of()));
    }
}
