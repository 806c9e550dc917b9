package io.weir.query.session.statement;

/**
 * One lexical element.
 *
 * @param kind what it is
 * @param text words lower-cased, quoted identifiers and strings without quotes and with escapes resolved, else as written
 * @param start 0-based position in the message
 * @param end position after the last character
 */
public record Token(Kind kind, String text, int start, int end) {
    /** What a token is. */
    public enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        PARAMETER,
        SYMBOL
    }

    public boolean is(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    public boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }
}
