package io.weir.query.session;

import io.weir.query.answer.AnswerColumn;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.Format;
import java.util.List;

/** A bound statement that the session answers itself. Runs once. */
final class CommandPortal implements Portal {
    private final OpenSession session;
    private final SessionCommands commands;
    private final SessionStatement statement;
    private final List<Format> formats;

    CommandPortal(OpenSession session, SessionCommands commands, SessionStatement statement, List<Format> formats) {
        this.session = session;
        this.commands = commands;
        this.statement = statement;
        this.formats = List.copyOf(formats);
    }

    /** Known to the commands. */
    @Override
    public List<AnswerColumn> columns() {
        return List.of();
    }

    @Override
    public void describe() {
        if (!commands.describe(statement, formats)) {
            session.stream().send(new BackendMessage.NoData());
        }
    }

    @Override
    public void execute(int maxRows) {
        session.checkAlive(statement);
        commands.run(statement, formats);
    }

    @Override
    public boolean endsFailure() {
        return statement.endsFailure();
    }

    @Override
    public void close() {}
}
