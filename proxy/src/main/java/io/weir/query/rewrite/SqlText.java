package io.weir.query.rewrite;

import io.weir.connector.source.Bind;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.type.PgInterval;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SQL text under construction with its bind parameters, in order of appearance. Not thread-safe. */
final class SqlText {
    /** Characters; expressions that are written in total form repeat their operands, and nested ones grow fast. */
    private static final int MAXIMUM_LENGTH = 1_000_000;

    private final StringBuilder text = new StringBuilder();
    private final List<Bind> binds = new ArrayList<>();

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
        text.append('"').append(identifier.replace("\"", "\"\"")).append('"');
        return this;
    }

    SqlText column(String alias, String identifier) {
        return name(alias).append(".").name(identifier);
    }

    /** A value of the caller or of the policy: {@code CAST(? AS type)}. */
    SqlText bind(@Nullable Object value, SqlType type) {
        binds.add(new Bind(typeName(type), value instanceof PgInterval interval ? text(interval) : value));
        text.append("CAST(? AS ").append(typeName(type)).append(')');
        return this;
    }

    private static String text(PgInterval i) {
        return i.months() + " months " + i.days() + " days " + i.micros() + " microseconds";
    }

    static String typeName(SqlType type) {
        return type == SqlType.BPCHAR
                ? "text"
                : type.element()
                        .map(e -> typeName(e) + "[]")
                        .orElseGet(() -> type.name().toLowerCase(Locale.ROOT));
    }

    String text() {
        return text.toString();
    }

    List<Bind> binds() {
        return List.copyOf(binds);
    }
}
