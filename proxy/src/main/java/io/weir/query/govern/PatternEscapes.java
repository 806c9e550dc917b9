package io.weir.query.govern;

import static io.weir.query.govern.Refusal.refuse;

import io.weir.problem.ProblemCode;
import io.weir.query.govern.plan.Evaluator;
import io.weir.query.govern.plan.Expr;
import io.weir.query.type.SqlType;
import java.util.List;

/** ESCAPE of LIKE: from here on the escape character is the backslash everywhere. */
final class PatternEscapes {
    private static final String HINT = "Write the pattern and its escape character, one character, as constants.";

    private PatternEscapes() {}

    /**
     * The text and the pattern.
     *
     * @param operands of LIKE: text, pattern, and the escape character where the statement has one
     */
    static List<Expr> folded(List<Expr> operands) {
        if (operands.size() < 3) {
            if (operands.get(1).isConstant()
                    && Evaluator.constant(operands.get(1)) instanceof String pattern
                    && endsEscaped(pattern)) {
                throw refuse(ProblemCode.INVALID_VALUE, "LIKE pattern must not end with escape character", HINT);
            }
            return operands;
        }
        if (operands.get(1) instanceof Expr.Parameter || operands.get(2) instanceof Expr.Parameter) {
            // Until it is bound, a pattern without an escape character stands for it.
            return List.of(operands.get(0), operands.get(1));
        }
        if (!(operands.get(1) instanceof Expr.Literal pattern) || !(operands.get(2) instanceof Expr.Literal escape)) {
            throw refuse(ProblemCode.FUNCTION_USE, "LIKE … ESCAPE with a pattern that is no constant", HINT);
        }
        if (!(pattern.value() instanceof String text) || !(escape.value() instanceof String character)) {
            return List.of(operands.get(0), Expr.literal(null, SqlType.TEXT));
        }
        if (character.codePointCount(0, character.length()) > 1) {
            throw refuse(ProblemCode.INVALID_VALUE, "invalid escape string", HINT);
        }
        return List.of(operands.get(0), Expr.literal(withBackslash(text, character), SqlType.TEXT));
    }

    /** Whether its last backslash escapes nothing: for a source an error, but only where a row is looked at. */
    private static boolean endsEscaped(String pattern) {
        int escapes = 0;
        while (escapes < pattern.length() && pattern.charAt(pattern.length() - 1 - escapes) == '\\') {
            escapes++;
        }
        return escapes % 2 == 1;
    }

    /** @param escape empty when nothing is escaped */
    private static String withBackslash(String pattern, String escape) {
        StringBuilder folded = new StringBuilder();
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            String character = Character.toString(characters[i]);
            if (!character.equals(escape)) {
                folded.append(character.equals("\\") ? "\\\\" : character);
            } else if (i + 1 < characters.length) {
                folded.append('\\').appendCodePoint(characters[++i]);
            } else {
                throw refuse(ProblemCode.INVALID_VALUE, "LIKE pattern must not end with escape character", HINT);
            }
        }
        return folded.toString();
    }
}
