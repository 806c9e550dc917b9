package io.weir.query.session;

import io.weir.query.session.statement.SessionStatement;
import java.util.function.Supplier;

/** A bound DECLARE. Runs once. */
final class DeclarationPortal implements RowlessPortal {
    private final OpenSession session;
    private final SessionCommands commands;
    private final SessionStatement.Declare declare;
    private final Supplier<Cursor> cursor;

    DeclarationPortal(
            OpenSession session, SessionCommands commands, SessionStatement.Declare declare, Supplier<Cursor> cursor) {
        this.session = session;
        this.commands = commands;
        this.declare = declare;
        this.cursor = cursor;
    }

    @Override
    public OpenSession session() {
        return session;
    }

    @Override
    public void execute(int maxRows) {
        session.checkAlive(declare);
        commands.declare(declare, cursor);
    }

    /** The cursor has a name of its own and lives on. */
    @Override
    public void close() {}
}
