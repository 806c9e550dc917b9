package io.weir.query.session.statement;

import io.weir.query.session.statement.SessionStatement.SetConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows {@code SELECT set_config('name', 'value', false)} with literals only, which is SET in the clothes of a query: pools and dump
 * programs send it. Anything more is a query for the catalogue, which changes nothing.
 */
final class SetConfigReader {
    private final TokenCursor in;

    private SetConfigReader(TokenCursor in) {
        this.in = in;
    }

    static Optional<SetConfig> read(StatementText statement) {
        return new SetConfigReader(new TokenCursor(statement.tokens())).read();
    }

    private Optional<SetConfig> read() {
        if (!in.accept("select") || (in.accept("pg_catalog") && !in.acceptSymbol('.'))) {
            return Optional.empty();
        }
        if (!in.accept("set_config") || !in.acceptSymbol('(')) {
            return Optional.empty();
        }
        String name = argument();
        String value = name == null ? null : argument();
        if (name == null || value == null) {
            return Optional.empty();
        }
        boolean local = in.accept("true");
        if ((!local && !in.accept("false")) || !in.acceptSymbol(')')) {
            return Optional.empty();
        }
        String label = in.accept("as") && !in.atEnd() ? in.next().text() : "set_config";
        return in.atEnd() ? Optional.of(new SetConfig(name, value, local, label)) : Optional.empty();
    }

    /** A string and the comma behind it, or null. */
    private @Nullable String argument() {
        if (in.atEnd() || in.peek().kind() != Token.Kind.STRING) {
            return null;
        }
        String text = in.next().text();
        return in.acceptSymbol(',') ? text : null;
    }
}
