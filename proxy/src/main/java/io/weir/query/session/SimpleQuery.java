package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.QueryDesk;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.session.statement.StatementReader;
import io.weir.query.session.statement.StatementText;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.Format;
import java.util.List;

/** The simple protocol: a message of several statements is one implicit transaction; the first error ends it. */
final class SimpleQuery {
    /** Runs one statement; an error is recorded, and written with positions moved by {@code offset}. Returns whether all went well. */
    @FunctionalInterface
    interface Guard {
        boolean run(String sql, int offset, Runnable work);
    }

    private final OpenSession session;
    private final SessionCommands commands;
    private final Copies copies;

    SimpleQuery(OpenSession session, SessionCommands commands) {
        this.session = session;
        this.commands = commands;
        this.copies = new Copies(session);
    }

    void run(String message, Guard guard) {
        List<StatementText> statements = StatementText.split(message);
        if (statements.isEmpty()) {
            session.stream().send(new BackendMessage.EmptyQueryResponse());
            return;
        }
        session.portals().close("");
        for (StatementText text : statements) {
            if (!guard.run(text.sql(), text.offset(), () -> statement(text, statements.size() == 1))) {
                break;
            }
        }
        if (!session.transaction().isOpen()) {
            session.endTransaction(false);
        }
    }

    private void statement(StatementText text, boolean alone) {
        SessionStatement statement = StatementReader.read(text);
        session.checkAlive(statement);
        if (statement instanceof SessionStatement.Data(String sql, int offset)) {
            data(sql, offset, alone);
        } else if (statement instanceof SessionStatement.Refused(Problem problem)) {
            throw session.refused(text.sql(), problem);
        } else if (statement instanceof SessionStatement.Copy copy) {
            try (Portal portal = copies.portal(copy)) {
                portal.execute(0);
            }
        } else {
            List<Format> formats = commands.formats(statement);
            commands.describe(statement, formats);
            commands.run(statement, formats);
        }
    }

    private void data(String sql, int offset, boolean alone) {
        if (session.catalogue().answers(sql)) {
            session.catalogue().query(sql, offset, session.settings());
            return;
        }
        QueryDesk.Prepared prepared =
                session.prepare(sql, List.of(), session.settings().options());
        if (!prepared.description().parameters().isEmpty()) {
            throw Problem.of(ProblemCode.PARAMETER_MISSING, "there is no parameter $1")
                    .asException();
        }
        if (prepared.isCall() && !alone) {
            throw DataPortal.CALL_IN_TRANSACTION.asException();
        }
        try (DataPortal portal = DataPortal.executed(session, prepared, List.of(), List.of())) {
            portal.start();
            if (!portal.columns().isEmpty()) {
                portal.describe();
            }
            portal.execute(0);
        }
    }
}
