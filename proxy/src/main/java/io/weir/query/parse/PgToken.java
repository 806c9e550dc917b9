package io.weir.query.parse;

/**
 * A lexical unit of PostgreSQL's SQL.
 *
 * @param kind what it is
 * @param text words folded to lower case; quoted identifiers and strings without quotes, decoded; numbers and operators as written;
 *     parameters as their number
 * @param start offset of the first character in the statement
 */
record PgToken(Kind kind, String text, int start) {
    enum Kind {
        WORD,
        QUOTED_IDENTIFIER,
        STRING,
        NUMBER,
        PARAMETER,
        OPERATOR,
        PUNCTUATION,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean is(String punctuationOrOperator) {
        return (kind == Kind.PUNCTUATION || kind == Kind.OPERATOR) && text.equals(punctuationOrOperator);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
    }
}
