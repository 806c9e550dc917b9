package io.weir.query.session.statement;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.session.statement.SessionStatement.Begin;
import io.weir.query.session.statement.SessionStatement.CloseCursor;
import io.weir.query.session.statement.SessionStatement.Commit;
import io.weir.query.session.statement.SessionStatement.Data;
import io.weir.query.session.statement.SessionStatement.Deallocate;
import io.weir.query.session.statement.SessionStatement.Discard;
import io.weir.query.session.statement.SessionStatement.NoEffect;
import io.weir.query.session.statement.SessionStatement.Refused;
import io.weir.query.session.statement.SessionStatement.Release;
import io.weir.query.session.statement.SessionStatement.Rollback;
import io.weir.query.session.statement.SessionStatement.RollbackTo;
import io.weir.query.session.statement.SessionStatement.Savepoint;
import java.util.Locale;

/** Tells what kind of statement a text is, by PostgreSQL's grammar for the statements that a session answers itself. */
public final class StatementReader {
    private final StatementText statement;
    private final TokenCursor in;

    private StatementReader(StatementText statement) {
        this.statement = statement;
        this.in = new TokenCursor(statement.tokens());
    }

    /** Never throws: a statement that cannot be read is {@link Refused}. */
    public static SessionStatement read(StatementText statement) {
        try {
            return new StatementReader(statement).statement();
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            int position = problem.position();
            return new Refused(position == 0 ? problem : problem.at(position - statement.offset()));
        }
    }

    private SessionStatement statement() {
        Token first = in.next();
        if (first.isSymbol('(')) {
            return data();
        }
        if (first.kind() != Token.Kind.WORD) {
            throw in.unexpected(first);
        }
        return switch (first.text()) {
            case "select" ->
                SetConfigReader.read(statement)
                        .<SessionStatement>map(known -> known)
                        .orElseGet(this::data);
            case "with", "values", "table", "call" -> data();
            case "begin" -> {
                noise();
                yield begin("BEGIN");
            }
            case "start" -> {
                if (!in.accept("transaction")) {
                    throw in.unexpected(in.peek());
                }
                yield begin("START TRANSACTION");
            }
            case "commit", "end" -> commit(first);
            case "rollback", "abort" -> rollback();
            case "savepoint" -> ended(new Savepoint(in.name()));
            case "release" -> {
                in.skip("savepoint");
                yield ended(new Release(in.name()));
            }
            case "set", "reset", "show" -> new SettingReader(in).read(first.text());
            case "discard" -> discard();
            case "deallocate" -> {
                in.skip("prepare");
                yield ended(in.accept("all") ? new Deallocate(null) : new Deallocate(in.name()));
            }
            case "declare" -> new CursorReader(statement, in).declare();
            case "fetch" -> new CursorReader(statement, in).fetch(false);
            case "move" -> new CursorReader(statement, in).fetch(true);
            // There is nothing that one could listen to.
            case "unlisten" -> {
                if (!in.acceptSymbol('*')) {
                    in.name();
                }
                yield ended(new NoEffect("UNLISTEN"));
            }
            case "close" -> ended(in.accept("all") ? new CloseCursor(null) : new CloseCursor(in.name()));
            case "insert",
                    "update",
                    "delete",
                    "merge",
                    "truncate",
                    "create",
                    "drop",
                    "alter",
                    "grant",
                    "revoke",
                    "comment",
                    "import",
                    "security",
                    "refresh",
                    "reindex",
                    "cluster",
                    "vacuum",
                    "analyze",
                    "lock",
                    "reassign" -> refused(ProblemCode.READ_ONLY, first);
            case "copy" -> new CopyReader(statement, in).read();
            case "listen", "notify", "do", "prepare", "execute", "explain", "load", "checkpoint" ->
                refused(ProblemCode.UNSUPPORTED, first);
            default -> throw in.unexpected(first);
        };
    }

    private Data data() {
        return new Data(statement.sql(), statement.offset());
    }

    private SessionStatement begin(String tag) {
        TransactionModes.check(in);
        return ended(new Begin(tag));
    }

    private SessionStatement commit(Token first) {
        if (first.is("commit") && in.accept("prepared")) {
            return refused(ProblemCode.UNSUPPORTED, first);
        }
        noise();
        return ended(new Commit(chain()));
    }

    private SessionStatement rollback() {
        noise();
        if (in.accept("to")) {
            in.skip("savepoint");
            return ended(new RollbackTo(in.name()));
        }
        return ended(new Rollback(chain()));
    }

    private boolean chain() {
        if (in.accept("and", "no", "chain")) {
            return false;
        }
        return in.accept("and", "chain");
    }

    private void noise() {
        in.skip("work", "transaction");
    }

    private SessionStatement discard() {
        String what = in.name().toUpperCase(Locale.ROOT);
        return switch (what) {
            case "ALL", "PLANS", "SEQUENCES", "TEMP" -> ended(new Discard(what));
            case "TEMPORARY" -> ended(new Discard("TEMP"));
            default ->
                throw new ProblemException(Problem.of(ProblemCode.SYNTAX, "DISCARD ALL, PLANS, SEQUENCES or TEMP"));
        };
    }

    private static SessionStatement refused(ProblemCode code, Token verb) {
        String detail = "Not supported: " + verb.text().toUpperCase(Locale.ROOT);
        return new Refused(new Problem(code, detail, RefusedVerbs.hint(verb.text()), 0));
    }

    private SessionStatement ended(SessionStatement read) {
        in.end();
        return read;
    }
}
