package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the text for the generated parser and remembers where in the statement each part of it stood. Refuses nothing. */
final class TextWriter {
    private final List<PgToken> tokens;
    private final StringBuilder out = new StringBuilder();
    private final List<Integer> offsets = new ArrayList<>();
    private final List<Integer> parameters = new ArrayList<>();

    TextWriter(List<PgToken> tokens) {
        this.tokens = tokens;
    }

    CanonicalText written() {
        return new CanonicalText(
                out.toString(), offsets.stream().mapToInt(i -> i).toArray(), parameters);
    }

    /** A parameter by its number. */
    void parameter(PgToken token, int i) {
        parameters.add(Integer.valueOf(token.text()));
        put("?", i);
    }

    void quote(String name, int i) {
        put('"' + name.replace("\"", "\"\"") + '"', i);
    }

    void literal(String value, int i) {
        put('\'' + value.replace("'", "''") + '\'', i);
    }

    /** @param i the token that stands in the statement where the text came from */
    void put(String text, int i) {
        out.append(text).append('\n');
        int offset = tokens.get(i).start();
        offsets.add(offset);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean followed = at + 1 < text.length() && text.charAt(at + 1) == '\n';
            if (c == '\n' || (c == '\r' && !followed)) {
                offsets.add(offset);
            }
        }
    }

    /** A problem at a token. */
    ProblemException syntax(int i, String detail) {
        return Problem.of(ProblemCode.SYNTAX, detail)
                .at(tokens.get(i).start() + 1)
                .asException();
    }

    ProblemException unsupported(int i, String detail, @Nullable String hint) {
        return new Problem(ProblemCode.UNSUPPORTED, detail, hint, tokens.get(i).start() + 1).asException();
    }
}
