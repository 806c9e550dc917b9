package io.weir.query.session.statement;

import io.weir.query.session.statement.SessionStatement.SetConfig;
import java.util.List;
import java.util.Optional;

/**
 * Knows {@code SELECT set_config('name', 'value', false)} with literals only, which is SET in the clothes of a query: pools and dump
 * programs send it. Anything more is a query for the catalogue, which changes nothing.
 */
final class SetConfigReader {
    private final List<Token> tokens;
    private int at;

    private SetConfigReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Optional<SetConfig> read(StatementText statement) {
        return new SetConfigReader(statement.tokens()).read();
    }

    private Optional<SetConfig> read() {
        if (!word("select")) {
            return Optional.empty();
        }
        if (word("pg_catalog") && !symbol('.')) {
            return Optional.empty();
        }
        if (!word("set_config") || !symbol('(') || !string() || !symbol(',') || !string() || !symbol(',')) {
            return Optional.empty();
        }
        String name = tokens.get(at - 4).text();
        String value = tokens.get(at - 2).text();
        boolean local = word("true");
        if ((!local && !word("false")) || !symbol(')')) {
            return Optional.empty();
        }
        String label = "set_config";
        if (word("as") && !atEnd()) {
            label = tokens.get(at++).text();
        }
        return atEnd() ? Optional.of(new SetConfig(name, value, local, label)) : Optional.empty();
    }

    private boolean atEnd() {
        return at == tokens.size();
    }

    private boolean word(String word) {
        return taken(!atEnd() && tokens.get(at).is(word));
    }

    private boolean symbol(char symbol) {
        return taken(!atEnd() && tokens.get(at).isSymbol(symbol));
    }

    private boolean string() {
        return taken(!atEnd() && tokens.get(at).kind() == Token.Kind.STRING);
    }

    private boolean taken(boolean there) {
        if (there) {
            at++;
        }
        return there;
    }
}
