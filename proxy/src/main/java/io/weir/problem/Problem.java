package io.weir.problem;

import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure as a value. All three texts are public: they may quote the caller's own statement and the governed schema, never
 * data, never a name that is not granted, never a source's words.
 *
 * @param code stable code
 * @param detail what exactly: the rule and the fragment, or null when the code's sentence says it all
 * @param hint a way to ask the question that would be permitted, or null
 * @param position 1-based character position in the caller's statement, 0 when unknown
 */
public record Problem(
        ProblemCode code, @Nullable String detail, @Nullable String hint, int position) {

    public static Problem of(ProblemCode code) {
        return new Problem(code, null, null, 0);
    }

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, null, 0);
    }

    public static Problem of(ProblemCode code, String detail, String hint) {
        return new Problem(code, detail, hint, 0);
    }

    /** Of a statement whose parts stand within one another more often than a parser's stack holds. */
    public static Problem tooDeep() {
        return of(
                ProblemCode.STATEMENT_TOO_COMPLEX,
                "nested too deeply",
                "Fewer brackets and sub-queries within one another; WITH names the parts of a statement.");
    }

    public Problem at(int newPosition) {
        return new Problem(code, detail, hint, newPosition);
    }

    /** Throws this problem; for use deep inside a stage, caught at the stage's door. */
    public ProblemException asException() {
        return new ProblemException(this);
    }
}
