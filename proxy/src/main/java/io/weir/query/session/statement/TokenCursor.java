package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import java.util.List;

/** Reads the tokens of one statement from left to right. */
final class TokenCursor {
    private final List<Token> tokens;
    private int at;

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    boolean atEnd() {
        return at == tokens.size();
    }

    /** Whether one token is left. */
    boolean isAtLast() {
        return at == tokens.size() - 1;
    }

    Token peek() {
        if (atEnd()) {
            throw syntax("syntax error at end of input", tokens.getLast().end());
        }
        return tokens.get(at);
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** Takes these words if they come next. */
    boolean accept(String... words) {
        if (tokens.size() - at < words.length) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(at + i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /** Passes over one of these words: they mean nothing. */
    void skip(String... noiseWords) {
        for (String word : noiseWords) {
            if (accept(word)) {
                return;
            }
        }
    }

    boolean acceptSymbol(char symbol) {
        if (!atEnd() && peek().isSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    /** A name: a word or a quoted identifier. */
    String name() {
        Token token = next();
        if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED) {
            throw unexpected(token);
        }
        return token.text();
    }

    void end() {
        if (!atEnd()) {
            throw unexpected(peek());
        }
    }

    ProblemException unexpected(Token token) {
        return syntax("syntax error at or near the token at this position", token.start());
    }

    private static ProblemException syntax(String detail, int position) {
        return Problem.of(ProblemCode.SYNTAX, detail).at(position + 1).asException();
    }
}
