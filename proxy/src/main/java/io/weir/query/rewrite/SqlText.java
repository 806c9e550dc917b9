package io.weir.query.rewrite;

import io.weir.connector.source.Bind;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL text under construction with its bind parameters, in order of appearance. Not thread-safe. */
final class SqlText {
    /** Characters; expressions that are written in total form repeat their operands, and nested ones grow fast. */
    private static final int MAXIMUM_LENGTH = 1_000_000;

    private static final int USUAL_LENGTH = 1_024;

    private final Dialect dialect;
    private final StringBuilder text = new StringBuilder(USUAL_LENGTH);
    private final List<Bind> binds = new ArrayList<>();

    SqlText(Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    SqlText append(String fragment) {
        if (text.length() > MAXIMUM_LENGTH) {
            throw Problem.of(
                            ProblemCode.STATEMENT_TOO_COMPLEX,
                            "what would be sent to the source is too long",
                            "Write fewer nested expressions.")
                    .asException();
        }
        text.append(fragment);
        return this;
    }

    /** A quoted identifier. */
    SqlText name(String identifier) {
        text.append(dialect.quoted(identifier));
        return this;
    }

    SqlText column(String alias, String identifier) {
        return name(alias).append(".").name(identifier);
    }

    /** A value of the caller or of the policy, with its type. */
    SqlText bind(@Nullable Object value, SqlType type) {
        dialect.bind(this, value, type);
        return this;
    }

    /** For {@link Dialect#bind} alone. */
    SqlText placeholder(Bind bind) {
        binds.add(bind);
        text.append('?');
        return this;
    }

    String text() {
        return text.toString();
    }

    int bindCount() {
        return binds.size();
    }

    List<Bind> binds() {
        return List.copyOf(binds);
    }
}
