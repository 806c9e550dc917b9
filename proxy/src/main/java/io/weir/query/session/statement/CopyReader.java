package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.session.statement.SessionStatement.Copy;
import java.util.Locale;

/**
 * {@code COPY (query) TO STDOUT …} and {@code COPY table [(columns)] TO STDOUT …}, the latter as the SELECT over the table (PostgreSQL 16,
 * gram.y, CopyStmt). Every other COPY is refused.
 */
final class CopyReader {
    private final StatementText statement;
    private final TokenCursor in;

    /** @param in stands behind COPY */
    CopyReader(StatementText statement, TokenCursor in) {
        this.statement = statement;
        this.in = in;
    }

    Copy read() {
        CopyOptionReader options = new CopyOptionReader(in);
        boolean query = in.peek().isSymbol('(');
        int shift = -1;
        String sql;
        if (query) {
            Token opening = in.next();
            Token first = in.peek();
            checkReads(first);
            shift = first.start() - statement.offset();
            sql = text(first, closing(opening));
            if (in.accept("from")) {
                throw in.unexpected(first);
            }
        } else {
            if (in.accept("binary")) {
                options.binary();
            }
            sql = table();
            if (in.accept("from")) {
                throw new ProblemException(Problem.of(
                        ProblemCode.UNSUPPORTED,
                        "COPY FROM would write; Weir is read-only.",
                        "Data comes in through the source, by its owners. To read, use COPY (SELECT …) TO STDOUT."));
            }
        }
        if (!in.accept("to")) {
            throw in.unexpected(in.peek());
        }
        destination();
        if (!query) {
            options.delimiters();
        }
        in.skip("with");
        options.read();
        if (!in.atEnd() && in.peek().is("where")) {
            throw new ProblemException(
                    Problem.of(ProblemCode.SYNTAX, "WHERE clause not allowed with COPY TO", "Use COPY (SELECT …)."));
        }
        in.end();
        return new Copy(sql, shift, options.checked());
    }

    private void checkReads(Token first) {
        switch (first.text()) {
            case "insert", "update", "delete", "merge" ->
                throw new ProblemException(Problem.of(
                        ProblemCode.READ_ONLY, "COPY of " + first.text().toUpperCase(Locale.ROOT)));
            case "select", "with", "values", "table", "(" -> {}
            default -> throw in.unexpected(first);
        }
    }

    /** Passes over everything up to the parenthesis that closes this one. Returns the token before it. */
    private Token closing(Token opening) {
        Token last = opening;
        int depth = 1;
        while (true) {
            Token token = in.next();
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')') && --depth == 0) {
                return last;
            }
            last = token;
        }
    }

    private String table() {
        Token first = name();
        Token last = first;
        while (in.acceptSymbol('.')) {
            last = name();
        }
        String columns = in.acceptSymbol('(') ? columns() : "*";
        return "SELECT " + columns + " FROM " + text(first, last);
    }

    private String columns() {
        Token first = name();
        Token last = first;
        while (in.acceptSymbol(',')) {
            last = name();
        }
        if (!in.acceptSymbol(')')) {
            throw in.unexpected(in.peek());
        }
        return text(first, last);
    }

    private void destination() {
        if (in.accept("stdout") || in.accept("stdin")) {
            return;
        }
        Token to = in.next();
        if (to.is("program") || to.kind() == Token.Kind.STRING) {
            throw new ProblemException(Problem.of(
                    ProblemCode.UNSUPPORTED,
                    "COPY TO writes to the client only, not to a file or program of the server.",
                    "Use COPY (SELECT …) TO STDOUT, or \\copy in psql; releases go the way of weir.request_release."));
        }
        throw in.unexpected(to);
    }

    private Token name() {
        Token token = in.peek();
        in.name();
        return token;
    }

    private String text(Token first, Token last) {
        return statement.sql().substring(first.start() - statement.offset(), last.end() - statement.offset());
    }
}
