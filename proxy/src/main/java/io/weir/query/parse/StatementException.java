package io.weir.query.parse;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A problem found in the syntax tree; the door turns its place into a position in the caller's text. */
final class StatementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final int line;

    StatementException(ProblemCode code, String detail, @Nullable String hint, SqlParserPos place) {
        super(code + ": " + detail, null, false, false);
        this.problem = new Problem(code, detail, hint, 0);
        this.line = place.getLineNum();
    }

    StatementException(ProblemCode code, String detail, SqlParserPos place) {
        this(code, detail, null, place);
    }

    Problem problem() {
        return problem;
    }

    int line() {
        return line;
    }
}
