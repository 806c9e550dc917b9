package io.weir.query.session.statement;

import java.util.ArrayList;
import java.util.List;

/**
 * One statement cut out of a message, without its semicolon.
 *
 * @param sql from its first to its last token
 * @param offset 0-based position in the message
 * @param tokens never empty; positions count in the message
 */
public record StatementText(String sql, int offset, List<Token> tokens) {
    public StatementText {
        tokens = List.copyOf(tokens);
    }

    /** Splits at semicolons; empty statements between them disappear, as PostgreSQL's grammar has it. */
    public static List<StatementText> split(String message) {
        List<StatementText> statements = new ArrayList<>();
        List<Token> gathered = new ArrayList<>();
        for (Token token : Lexer.tokens(message)) {
            if (token.isSymbol(';')) {
                cut(message, gathered, statements);
            } else {
                gathered.add(token);
            }
        }
        cut(message, gathered, statements);
        return statements;
    }

    private static void cut(String message, List<Token> gathered, List<StatementText> statements) {
        if (!gathered.isEmpty()) {
            int from = gathered.getFirst().start();
            statements.add(
                    new StatementText(message.substring(from, gathered.getLast().end()), from, gathered));
            gathered.clear();
        }
    }
}
