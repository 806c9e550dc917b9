package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.QueryDesk;
import io.weir.query.respond.RowEncoder;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.session.statement.SessionStatement.Data;
import io.weir.query.wire.Format;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out the statements that a session answers itself, and sends their CommandComplete. Refusals are problem exceptions. */
final class SessionCommands {
    private final OpenSession session;
    private final PreparedStatements statements;
    private final SettingCommands settings;

    SessionCommands(OpenSession session, PreparedStatements statements) {
        this.session = session;
        this.statements = statements;
        this.settings = new SettingCommands(session);
    }

    /** @param formats result formats of the portal, for SHOW and FETCH */
    void run(SessionStatement statement, List<Format> formats) {
        switch (statement) {
            case Data data -> throw new IllegalStateException("data statements have a road of their own");
            case SessionStatement.Copy copy -> throw new IllegalStateException("copies have a road of their own");
            case SessionStatement.Refused(Problem problem) -> throw problem.asException();
            case SessionStatement.Begin(String tag) -> begin(tag);
            case SessionStatement.Commit(boolean chain) -> end(false, chain);
            case SessionStatement.Rollback(boolean chain) -> end(true, chain);
            case SessionStatement.Savepoint(String name) -> savepoint(name);
            case SessionStatement.Release(String name) -> release(name);
            case SessionStatement.RollbackTo(String name) -> rollbackTo(name);
            case SessionStatement.Set set -> settings.set(set);
            case SessionStatement.SetConfig setConfig -> settings.setConfig(setConfig, formats);
            case SessionStatement.SetTransaction(String tag) -> session.complete(tag);
            case SessionStatement.Show show -> settings.show(show, formats);
            case SessionStatement.ShowAll() -> settings.showAll(formats);
            case SessionStatement.Reset reset -> settings.reset(reset);
            case SessionStatement.ResetAll() -> settings.resetAll();
            case SessionStatement.Discard(String what) -> discard(what);
            case SessionStatement.Deallocate(@Nullable String name) -> deallocate(name);
            case SessionStatement.Declare declare -> declare(declare, () -> cursor(declare));
            case SessionStatement.Fetch fetch -> fetch(fetch, formats);
            case SessionStatement.CloseCursor(@Nullable String name) -> closeCursor(name);
            case SessionStatement.NoEffect(String tag) -> session.complete(tag);
        }
    }

    /** Sends the RowDescription of what {@link #run} will send. Returns false, and sends nothing, when it sends no rows. */
    boolean describe(SessionStatement statement, List<Format> formats) {
        return switch (statement) {
            case SessionStatement.Fetch fetch -> {
                DeclaredCursor cursor = open(fetch.name());
                if (!fetch.move()) {
                    cursor.describe(formats);
                }
                yield !fetch.move();
            }
            default -> {
                List<AnswerColumn> columns = SettingCommands.columns(statement);
                if (!columns.isEmpty()) {
                    session.stream()
                            .send(new RowEncoder(
                                            columns, formats, session.settings().style())
                                    .description());
                }
                yield !columns.isEmpty();
            }
        };
    }

    private void begin(String tag) {
        if (session.transaction().isOpen()) {
            session.problems().warning("25001", "there is already a transaction in progress");
        } else {
            session.transaction().begin(session.settings());
        }
        session.complete(tag);
    }

    private void end(boolean rollback, boolean chain) {
        Transaction transaction = session.transaction();
        boolean rolledBack = rollback || transaction.isFailed();
        if (!transaction.isOpen()) {
            if (chain) {
                throw Problem.of(ProblemCode.NO_TRANSACTION).asException();
            }
            session.problems().warning("25P01", "there is no transaction in progress");
        }
        session.endTransaction(rolledBack);
        if (chain) {
            transaction.begin(session.settings());
        }
        session.complete(rolledBack ? "ROLLBACK" : "COMMIT");
    }

    private void savepoint(String name) {
        requireTransaction();
        session.transaction().savepoint(name, session.settings());
        session.complete("SAVEPOINT");
    }

    private void release(String name) {
        requireTransaction();
        if (!session.transaction().release(name)) {
            throw Problem.of(ProblemCode.SAVEPOINT_UNKNOWN).asException();
        }
        session.complete("RELEASE");
    }

    private void rollbackTo(String name) {
        requireTransaction();
        session.settings(session.transaction()
                .rollbackTo(name)
                .orElseThrow(() -> Problem.of(ProblemCode.SAVEPOINT_UNKNOWN).asException()));
        session.complete("ROLLBACK");
    }

    private void discard(String what) {
        if (what.equals("ALL")) {
            if (session.transaction().isOpen()) {
                throw Problem.of(ProblemCode.WRONG_STATE, "DISCARD ALL cannot run inside a transaction block")
                        .asException();
            }
            session.settings(session.settings().resetAll());
            session.portals().closeAll();
            statements.names().forEach(statements::close);
            session.catalogue().close();
        }
        session.complete("DISCARD " + what);
    }

    private void deallocate(@Nullable String name) {
        if (name == null) {
            statements.names().forEach(this::closeStatement);
            session.complete("DEALLOCATE ALL");
        } else {
            statements.named(name);
            closeStatement(name);
            session.complete("DEALLOCATE");
        }
    }

    private void closeStatement(String name) {
        if (statements.close(name).orElse(null) instanceof PreparedStatement.Catalogue) {
            session.catalogue().forgetStatement(name);
        }
    }

    /** @param open makes the cursor, after all is checked that needs no query */
    void declare(SessionStatement.Declare declare, Supplier<Cursor> open) {
        if (!declare.hold() && !session.transaction().isOpen()) {
            throw Problem.of(
                            ProblemCode.NO_TRANSACTION,
                            "DECLARE CURSOR can only be used in transaction blocks.",
                            "Begin a transaction, or declare the cursor WITH HOLD.")
                    .asException();
        }
        DeclaredCursor cursor = DeclaredCursor.of(session, open.get(), declare);
        session.portals().add(declare.name(), cursor, declare.query().sql(), 0);
        session.complete("DECLARE CURSOR");
    }

    private Cursor cursor(SessionStatement.Declare declare) {
        String sql = declare.query().sql();
        if (session.catalogue().answers(sql)) {
            DeclaredCursor.checkOverCatalogue(declare);
            return new CatalogueCursor(session, sql, List.of(), null, declare.hold());
        }
        QueryDesk.Prepared prepared =
                session.prepare(sql, List.of(), session.settings().options());
        if (!prepared.description().parameters().isEmpty()) {
            throw Problem.of(ProblemCode.PARAMETER_MISSING, "there is no parameter $1")
                    .asException();
        }
        return DataPortal.fetched(session, prepared, List.of(), declare.hold());
    }

    private DeclaredCursor open(String name) {
        return switch (session.portals().named(name)) {
            case DeclaredCursor declared -> declared;
            case Cursor bound -> DeclaredCursor.overPortal(session, bound);
            default ->
                throw Problem.of(ProblemCode.UNSUPPORTED, "FETCH works on cursors that DECLARE made.")
                        .asException();
        };
    }

    /** What the simple protocol sends rows in. What FETCH cannot do is refused here, before its rows are described. */
    List<Format> formats(SessionStatement statement) {
        if (!(statement instanceof SessionStatement.Fetch fetch)) {
            return List.of();
        }
        DeclaredCursor cursor = open(fetch.name());
        cursor.check(fetch);
        return cursor.isBinary() ? List.of(Format.BINARY) : List.of();
    }

    private void fetch(SessionStatement.Fetch fetch, List<Format> formats) {
        long done = open(fetch.name()).run(fetch, formats);
        session.complete((fetch.move() ? "MOVE " : "FETCH ") + done);
    }

    private void closeCursor(@Nullable String name) {
        if (name == null) {
            session.portals().closeAll();
            session.complete("CLOSE CURSOR ALL");
        } else {
            session.portals().named(name);
            session.portals().close(name);
            session.complete("CLOSE CURSOR");
        }
    }

    private void requireTransaction() {
        if (!session.transaction().isOpen()) {
            throw Problem.of(ProblemCode.NO_TRANSACTION).asException();
        }
    }
}
