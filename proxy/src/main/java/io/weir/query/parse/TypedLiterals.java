package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.parse.PgToken.Kind;
import io.weir.query.type.SqlType;
import io.weir.query.type.Written;
import java.math.BigDecimal;
import java.util.List;

/**
 * Strings and numbers, and strings with the name of a type before or behind them. Refuses intervals that are none, two strings in a row, and
 * numbers with too many digits.
 */
final class TypedLiterals {
    private static final int EXPONENT = 400;

    private final List<PgToken> tokens;
    private final TextWriter text;

    TypedLiterals(List<PgToken> tokens, TextWriter text) {
        this.tokens = tokens;
        this.text = text;
    }

    /** A string; {@code '90 days'::interval} is an interval literal. */
    int string(int i) {
        if (tokens.get(i + 1).is("::")) {
            TypeNames.Read type = TypeNames.read(tokens, i + 2);
            if (type.isInterval()) {
                interval(i, i, "second");
                return type.next();
            }
        }
        if (tokens.get(i + 1).kind() == Kind.STRING) {
            // Calcite would join them; PostgreSQL does only across a line break, and the lexer has done that.
            throw text.syntax(i + 1, "two strings in a row");
        }
        text.literal(tokens.get(i).text(), i);
        return i + 1;
    }

    boolean isTypedTime(int i, String word) {
        return (word.equals("timestamp") || word.equals("time"))
                && (tokens.get(i + 1).isWord("with") || tokens.get(i + 1).isWord("without"))
                && i + 4 < tokens.size()
                && tokens.get(i + 4).kind() == Kind.STRING;
    }

    int typed(int i) {
        TypeNames.Read type = TypeNames.read(tokens, i);
        if (type.isInterval()) {
            int field = i + 2;
            int next = TypeNames.fields(tokens, field);
            String unit = next > field
                    ? tokens.get(next - 1).kind() == Kind.WORD
                            ? tokens.get(next - 1).text()
                            : tokens.get(field).text()
                    : "second";
            interval(i + 1, i, unit);
            return next;
        }
        text.put("CAST(", i);
        text.literal(tokens.get(type.next()).text(), type.next());
        text.put("AS " + type.calcite() + ")", i);
        return type.next() + 1;
    }

    void interval(int string, int at, String field) {
        var value = IntervalText.read(tokens.get(string).text(), field)
                .orElseThrow(() -> Problem.of(
                                ProblemCode.INVALID_VALUE,
                                "the text is not an interval",
                                Written.hint(SqlType.INTERVAL))
                        .at(tokens.get(string).start() + 1)
                        .asException());
        text.quote("interval", at);
        text.put("(", at);
        text.literal(value.months() + " mons " + value.days() + " days " + value.micros() + " us", string);
        text.put(")", at);
    }

    /** Numbers are exact; one with an exponent is numeric, never double. */
    static String number(PgToken token) {
        BigDecimal value = new BigDecimal(token.text());
        if (Math.abs((long) value.scale()) > EXPONENT || value.precision() > EXPONENT) {
            throw Problem.of(ProblemCode.STATEMENT_TOO_COMPLEX, "a number with too many digits", "Write fewer digits.")
                    .at(token.start() + 1)
                    .asException();
        }
        String plain = value.toPlainString();
        boolean isInteger = token.text().matches("[0-9]+");
        return isInteger || plain.indexOf('.') >= 0 ? plain : plain + ".0";
    }
}
