package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.session.statement.SessionStatement.Data;
import io.weir.query.session.statement.SessionStatement.Declare;
import io.weir.query.session.statement.SessionStatement.Fetch;
import io.weir.query.session.statement.SessionStatement.Fetch.Direction;

/** Reads DECLARE, FETCH and MOVE behind their first word (PostgreSQL's gram.y: DeclareCursorStmt, FetchStmt). */
final class CursorReader {
    private final StatementText statement;
    private final TokenCursor in;

    CursorReader(StatementText statement, TokenCursor in) {
        this.statement = statement;
        this.in = in;
    }

    Declare declare() {
        String name = in.name();
        boolean scroll = false;
        boolean noScroll = false;
        boolean binary = false;
        boolean insensitive = false;
        boolean asensitive = false;
        while (!in.accept("cursor")) {
            if (in.accept("no", "scroll")) {
                noScroll = true;
            } else if (in.accept("scroll")) {
                scroll = true;
            } else if (in.accept("binary")) {
                binary = true;
            } else if (in.accept("insensitive")) {
                insensitive = true;
            } else if (in.accept("asensitive")) {
                asensitive = true;
            } else {
                throw in.unexpected(in.peek());
            }
        }
        boolean hold = in.accept("with", "hold");
        if (!hold) {
            in.accept("without", "hold");
        }
        if (!in.accept("for")) {
            throw in.unexpected(in.peek());
        }
        Data query = query();
        notBoth(scroll, "SCROLL", noScroll, "NO SCROLL");
        notBoth(asensitive, "ASENSITIVE", insensitive, "INSENSITIVE");
        return new Declare(name, scroll, binary, hold, query);
    }

    private Data query() {
        Token query = in.peek();
        if (!query.is("select")
                && !query.is("with")
                && !query.is("values")
                && !query.is("table")
                && !query.isSymbol('(')) {
            throw in.unexpected(query);
        }
        return new Data(statement.sql().substring(query.start() - statement.offset()), query.start());
    }

    private static void notBoth(boolean one, String oneWord, boolean other, String otherWord) {
        if (one && other) {
            throw Problem.of(ProblemCode.CURSOR_DEFINITION, "cannot specify both " + oneWord + " and " + otherWord)
                    .asException();
        }
    }

    Fetch fetch(boolean move) {
        Direction direction = Direction.FORWARD;
        long count = 1;
        // Words of direction are names, too: FETCH next reads the cursor "next".
        if (!in.isAtLast() || in.peek().is("all")) {
            if (in.accept("next")) {
                count = 1;
            } else if (in.accept("prior")) {
                direction = Direction.BACKWARD;
            } else if (in.accept("first")) {
                direction = Direction.ABSOLUTE;
            } else if (in.accept("last")) {
                direction = Direction.ABSOLUTE;
                count = -1;
            } else if (in.accept("absolute")) {
                direction = Direction.ABSOLUTE;
                count = number();
            } else if (in.accept("relative")) {
                direction = Direction.RELATIVE;
                count = number();
            } else {
                if (in.accept("backward")) {
                    direction = Direction.BACKWARD;
                } else {
                    in.skip("forward");
                }
                count = numberOrAll();
            }
            in.skip("from", "in");
        }
        String name = in.name();
        in.end();
        return new Fetch(name, direction, count, move);
    }

    private long numberOrAll() {
        if (in.accept("all")) {
            return Fetch.ALL;
        }
        Token next = in.peek();
        return next.isSymbol('-') || next.isSymbol('+') || next.kind() == Token.Kind.NUMBER ? number() : 1;
    }

    private long number() {
        boolean negative = in.acceptSymbol('-');
        if (!negative) {
            in.acceptSymbol('+');
        }
        Token number = in.next();
        if (number.kind() != Token.Kind.NUMBER) {
            throw in.unexpected(number);
        }
        try {
            int count = Integer.parseInt(number.text());
            return negative ? -(long) count : count;
        } catch (NumberFormatException notACount) {
            throw in.unexpected(number);
        }
    }
}
