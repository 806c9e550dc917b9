package io.weir.query.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.problem.ProblemException;
import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternEscapesTest {
    private static final Expr TEXT = new Expr.Column("a", "code", SqlType.TEXT);

    @ParameterizedTest
    @CsvSource({
        "C18!%, !, C18\\%",
        "C18!!, !, C18\\!",
        "a\\b%, !, a\\\\b%",
        "a\\%, \\, a\\%",
        "a%, '', a%",
        "a\\%, '', a\\\\%",
        "x𝄞%y, 𝄞, x\\%y"
    })
    void theEscapeCharacterBecomesTheBackslash(String pattern, String escape, String expected) {
        List<Expr> folded = PatternEscapes.folded(List.of(TEXT, text(pattern), text(escape)));
        assertThat(folded).containsExactly(TEXT, text(expected));
    }

    @Test
    void whatPostgresRefusesIsRefused() {
        assertThatThrownBy(() -> PatternEscapes.folded(List.of(TEXT, text("a"), text("xx"))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> PatternEscapes.folded(List.of(TEXT, text("a!"), text("!"))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> PatternEscapes.folded(List.of(TEXT, TEXT, text("!"))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void nullIsNullAndAParameterWaitsForItsValue() {
        assertThat(PatternEscapes.folded(List.of(TEXT, text("a"), Expr.literal(null, SqlType.TEXT))))
                .containsExactly(TEXT, Expr.literal(null, SqlType.TEXT));
        Expr parameter = new Expr.Parameter(0, SqlType.TEXT);
        assertThat(PatternEscapes.folded(List.of(TEXT, parameter, text("!")))).containsExactly(TEXT, parameter);
    }

    private static Expr text(String value) {
        return Expr.literal(value, SqlType.TEXT);
    }
}
