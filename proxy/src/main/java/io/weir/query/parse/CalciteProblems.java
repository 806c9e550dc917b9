package io.weir.query.parse;

import io.weir.problem.LoggedFailure;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Calcite complains about, in our own words: its texts may show the canonical form, which no caller wrote. */
final class CalciteProblems {
    private static final Logger LOG = LoggerFactory.getLogger(CalciteProblems.class);
    private static final Pattern UNEXPECTED = Pattern.compile("Parse error at line (\\d{1,9}), column ");

    private static final Pattern FRAME = Pattern.compile("(?is)\\brange\\s+(between\\s+)?$");
    private static final Pattern LIMIT = Pattern.compile("(?is)\\b(limit|offset)\\s+\\S+\\s*$");

    /** @param fragment part of Calcite's message (CalciteResource) */
    private record Known(
            String fragment,
            ProblemCode code,
            String detail,
            @Nullable String hint) {
        Known(String fragment, ProblemCode code, String detail) {
            this(fragment, code, detail, null);
        }
    }

    private static final List<Known> KNOWN = List.of(
            new Known(
                    "is not being grouped",
                    ProblemCode.SYNTAX,
                    "a column must appear in GROUP BY or be used in an aggregate"),
            new Known(
                    "is not in the select clause",
                    ProblemCode.SYNTAX,
                    "for SELECT DISTINCT, ORDER BY expressions must appear in the select list",
                    "Select what the rows are ordered by as well, or put the DISTINCT into a sub-query."),
            new Known("Aggregate expression is illegal", ProblemCode.SYNTAX, "aggregates are not allowed here"),
            new Known("Aggregate expressions cannot be nested", ProblemCode.SYNTAX, "aggregate calls cannot be nested"),
            new Known(
                    "Windowed aggregate expression is illegal",
                    ProblemCode.SYNTAX,
                    "window functions are not allowed here"),
            new Known(
                    "No match found for function signature",
                    ProblemCode.UNKNOWN_FUNCTION,
                    "the function does not take arguments of these types"),
            new Known(
                    "Invalid number of arguments",
                    ProblemCode.UNKNOWN_FUNCTION,
                    "the function does not take this number of arguments"),
            new Known(
                    "Cannot apply",
                    ProblemCode.TYPE_MISMATCH,
                    "the operator or function does not take arguments of these types"),
            new Known(
                    "Illegal mixing of types",
                    ProblemCode.TYPE_MISMATCH,
                    "the branches have types that cannot be matched"),
            new Known(
                    "Type mismatch in column",
                    ProblemCode.TYPE_MISMATCH,
                    "the two sides have columns of types that cannot be matched"),
            new Known(
                    "Column count mismatch",
                    ProblemCode.TYPE_MISMATCH,
                    "the two sides have different numbers of columns"),
            new Known("Cast function cannot convert", ProblemCode.TYPE_MISMATCH, "there is no such cast"),
            new Known(
                    "in ORDER BY clause of",
                    ProblemCode.TYPE_MISMATCH,
                    "percentiles are of numbers; for codes ask count(*) by code"),
            new Known(
                    "must be a numeric literal between",
                    ProblemCode.TYPE_MISMATCH,
                    "the place of a percentile is a number between 0 and 1 that is written in the statement, such as 0.5"),
            new Known(
                    "must not be NULL",
                    ProblemCode.TYPE_MISMATCH,
                    "the place of a percentile is a number between 0 and 1 that is written in the statement, such as 0.5"),
            new Known(
                    "must be a literal",
                    ProblemCode.TYPE_MISMATCH,
                    "the place of a percentile is a number between 0 and 1 that is written in the statement, such as 0.5"),
            new Known(
                    "must contain a WITHIN GROUP clause",
                    ProblemCode.SYNTAX,
                    "percentiles are written percentile_cont(0.5) WITHIN GROUP (ORDER BY …)"),
            new Known(
                    "Illegal use of dynamic parameter",
                    ProblemCode.TYPE_MISMATCH,
                    "the type of a parameter cannot be told here; write a cast, such as $1::integer"),
            new Known("must be a Boolean", ProblemCode.TYPE_MISMATCH, "a condition must be boolean"),
            new Known("is expected to be of type", ProblemCode.TYPE_MISMATCH, "a condition must be boolean"),
            new Known("clause must be a condition", ProblemCode.TYPE_MISMATCH, "a condition must be boolean"));

    private CalciteProblems() {}

    static Problem syntax(SqlParseException e, String sql, @Nullable CanonicalText text) {
        int position = text == null ? 0 : text.position(line(e));
        if (position == 0 || position > sql.length()) {
            return Problem.of(ProblemCode.SYNTAX, "syntax error at end of input")
                    .at(sql.length() + 1);
        }
        int end = position - 1;
        while (end < sql.length() && end < position + 40 && !Character.isWhitespace(sql.charAt(end))) {
            end++;
        }
        String near = sql.substring(position - 1, end);
        String detail = "syntax error at or near \"" + near + "\"";
        return new Problem(ProblemCode.SYNTAX, detail, hint(near, sql.substring(0, position - 1)), position);
    }

    /** PostgreSQL knows forms that are not read here; what stands before tells which. */
    private static @Nullable String hint(String near, String before) {
        if (near.toUpperCase(Locale.ROOT).startsWith("GROUPS")
                || near.toUpperCase(Locale.ROOT).startsWith("INTERVAL")
                        && FRAME.matcher(before).find()) {
            return "Frames of windows are ROWS between numbers of rows, or the whole up to the current row.";
        }
        return LIMIT.matcher(before).find() ? "LIMIT and OFFSET take one number or one parameter." : null;
    }

    /** The parser tells the place of a token that it did not expect in its message alone. */
    private static int line(SqlParseException e) {
        if (e.getPos() != null) {
            return e.getPos().getLineNum();
        }
        Matcher unexpected = UNEXPECTED.matcher(String.valueOf(e.getMessage()));
        return unexpected.lookingAt() ? Integer.parseInt(unexpected.group(1)) : 0;
    }

    static Problem invalid(CalciteContextException e, @Nullable CanonicalText text) {
        int position = text == null ? 0 : text.position(e.getPosLine());
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatementException inner) {
                return inner.problem().at(position);
            }
            String message = String.valueOf(cause.getMessage());
            if (message.contains("VARBINARY(")) {
                return Opaque.refusal().at(position);
            }
            for (Known known : KNOWN) {
                if (message.contains(known.fragment())) {
                    return new Problem(known.code(), known.detail(), known.hint(), position);
                }
            }
        }
        LOG.info("an unforeseen refusal of the validator", LoggedFailure.of(e));
        return Problem.of(ProblemCode.TYPE_MISMATCH, "this part of the statement does not fit its place")
                .at(position);
    }
}
