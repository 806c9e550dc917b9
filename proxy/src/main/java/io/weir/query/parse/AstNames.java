package io.weir.query.parse;

/** Names that only this package makes; no token of a caller can become one, because a caller's names hold no control character. */
final class AstNames {
    /** Pseudo call that carries the expressions of DISTINCT ON as the first item of a select list. */
    static final String DISTINCT_ON = "\u0001distinct_on";

    private AstNames() {}
}
