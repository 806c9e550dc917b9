package io.weir.query.catalog.shadow;

import io.weir.problem.ProblemException;
import io.weir.query.session.statement.Lexer;
import io.weir.query.session.statement.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A quick look at a statement's words, without understanding it: enough to know that it cannot be a catalogue statement, or that it
 * deserves the planner's judgement. A statement that cannot be read has none.
 *
 * @param first first word in lower case, empty when there is none
 * @param words all words and quoted names in lower case
 */
record StatementGlance(String first, Set<String> words) {
    private static final Set<String> READERS = Set.of("select", "with", "values", "table");

    StatementGlance {
        words = Set.copyOf(words);
    }

    /** Only these can be catalogue statements. */
    boolean isReader() {
        return READERS.contains(first);
    }

    static StatementGlance of(String sql) {
        List<Token> tokens;
        try {
            tokens = Lexer.tokens(sql);
        } catch (ProblemException unreadable) {
            return new StatementGlance("", Set.of());
        }
        List<String> words = tokens.stream()
                .filter(token -> token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED)
                .map(token -> token.text().toLowerCase(Locale.ROOT))
                .toList();
        return new StatementGlance(
                words.isEmpty() ? "" : words.getFirst(), words.stream().collect(Collectors.toSet()));
    }
}
