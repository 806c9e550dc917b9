package io.weir.query.catalog.shadow;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Turns the shadow's errors into problems. PostgreSQL's own words pass only for errors of class 42 (syntax error or access rule
 * violation) and for 0A000 (feature not supported), which speak of the caller's statement and of granted names: there is nothing else on the shadow that they could quote.
 */
final class ShadowProblems {
    private ShadowProblems() {}

    static Problem of(BackendError error) {
        return switch (error.sqlState()) {
            case "42P01", "3F000" -> spoken(ProblemCode.UNKNOWN_RELATION, error);
            case "42703" -> spoken(ProblemCode.UNKNOWN_COLUMN, error);
            case "42883" -> spoken(ProblemCode.UNKNOWN_FUNCTION, error);
            case "42804", "42846", "42725", "42P18", "42P19", "42P21", "42P22", "42704" ->
                spoken(ProblemCode.TYPE_MISMATCH, error);
            case "42P02" -> spoken(ProblemCode.PARAMETER_MISSING, error);
            case "42501" ->
                // A function that PostgreSQL has and we do not list: the same words as for one that nobody has.
                isAboutFunction(error)
                        ? spoken(ProblemCode.UNKNOWN_FUNCTION, error)
                        : spoken(ProblemCode.NOT_PERMITTED, error);
            case "0A000" -> unsupported(error);
            case "25006" -> Problem.of(ProblemCode.READ_ONLY);
            case "57014" -> Problem.of(ProblemCode.TIME_OUT);
            case "54000", "54001", "54011", "54023", "53200", "53400" -> Problem.of(ProblemCode.STATEMENT_TOO_COMPLEX);
            default -> byClass(error);
        };
    }

    static boolean isAboutFunction(BackendError error) {
        return error.sqlState().equals("42883")
                || (error.sqlState().equals("42501") && error.message().startsWith("permission denied for function "));
    }

    private static Problem unsupported(BackendError error) {
        boolean locks = error.message().matches("FOR (NO KEY )?(UPDATE|SHARE|KEY SHARE) .*");
        return new Problem(
                ProblemCode.UNSUPPORTED,
                error.message(),
                locks
                        ? "Weir is read-only: leave FOR UPDATE and FOR SHARE out."
                        : error.message().startsWith("cross-database")
                                ? "Leave the database's name out."
                                : error.hint(),
                error.position());
    }

    private static Problem byClass(BackendError error) {
        return switch (error.sqlState().substring(0, 2)) {
            case "42" ->
                // PostgreSQL's parser calls it a syntax error that its stack is full.
                error.message().startsWith("memory exhausted")
                        ? Problem.tooDeep().at(error.position())
                        : spoken(ProblemCode.SYNTAX, error);
            case "22" ->
                // Its words would quote the value.
                new Problem(
                        ProblemCode.INVALID_VALUE,
                        null,
                        "Values are written as PostgreSQL writes their types: date '2024-01-31', 12.5, true.",
                        error.position());
            case "08", "53", "57", "58" -> Problem.of(ProblemCode.CATALOGUE_UNAVAILABLE);
            default -> Problem.of(ProblemCode.INTERNAL);
        };
    }

    private static Problem spoken(ProblemCode code, BackendError error) {
        @Nullable String hint = error.hint();
        return new Problem(code, error.message(), hint, error.position());
    }
}
