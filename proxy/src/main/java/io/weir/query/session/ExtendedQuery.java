package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.Description;
import io.weir.query.answer.QueryDesk;
import io.weir.query.respond.RowEncoder;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.session.statement.StatementReader;
import io.weir.query.session.statement.StatementText;
import io.weir.query.type.SqlType;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.FrontendMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The extended protocol: Parse, Bind, Describe, Execute, Close. Refusals are problem exceptions; the cycle skips to Sync then. */
final class ExtendedQuery {
    private final OpenSession session;
    private final SessionCommands commands;
    private final PreparedStatements statements;

    ExtendedQuery(OpenSession session, SessionCommands commands, PreparedStatements statements) {
        this.session = session;
        this.commands = commands;
        this.statements = statements;
    }

    void parse(FrontendMessage.Parse parse) {
        statements.checkRoomFor(parse.statement());
        List<StatementText> texts = StatementText.split(parse.sql());
        if (texts.size() > 1) {
            throw Problem.of(ProblemCode.SYNTAX, "cannot insert multiple commands into a prepared statement")
                    .asException();
        }
        statements.put(
                parse.statement(), texts.isEmpty() ? new PreparedStatement.Empty() : prepare(texts.getFirst(), parse));
        session.stream().send(new BackendMessage.ParseComplete());
    }

    void bind(FrontendMessage.Bind bind) {
        Portal portal = switch (statements.named(bind.statement())) {
            case PreparedStatement.Empty() -> {
                noParameters(bind);
                yield new EmptyPortal(session);
            }
            case PreparedStatement.Command(SessionStatement statement) -> {
                session.checkAlive(statement);
                noParameters(bind);
                yield new CommandPortal(session, commands, statement, bind.resultFormats());
            }
            case PreparedStatement.Question(QueryDesk.Prepared prepared) -> question(prepared, bind);
        };
        session.portals().add(bind.portal(), portal);
        session.stream().send(new BackendMessage.BindComplete());
    }

    void describe(FrontendMessage.Describe describe) {
        switch (describe.target()) {
            case PORTAL -> session.portals().named(describe.name()).describe();
            case STATEMENT -> describe(statements.named(describe.name()));
        }
    }

    void execute(FrontendMessage.Execute execute) {
        Portal portal = session.portals().named(execute.portal());
        portal.execute(Math.max(0, execute.maxRows()));
    }

    void close(FrontendMessage.Close close) {
        switch (close.target()) {
            case PORTAL -> session.portals().close(close.name());
            case STATEMENT -> statements.close(close.name());
        }
        session.stream().send(new BackendMessage.CloseComplete());
    }

    /** Ends the implicit transaction. */
    void sync() {
        if (!session.transaction().isOpen()) {
            session.endTransaction(false);
        }
    }

    private PreparedStatement prepare(StatementText text, FrontendMessage.Parse parse) {
        SessionStatement statement = StatementReader.read(text);
        session.checkAlive(statement);
        return switch (statement) {
            case SessionStatement.Data(String sql, int offset) ->
                new PreparedStatement.Question(session.desk()
                        .prepare(
                                session.asker(),
                                sql,
                                types(parse.parameterTypes()),
                                session.settings().options())
                        .orThrow());
            case SessionStatement.Refused(Problem problem) -> throw problem.asException();
            default -> new PreparedStatement.Command(statement);
        };
    }

    private void describe(PreparedStatement statement) {
        switch (statement) {
            case PreparedStatement.Empty() -> {
                session.stream().send(new BackendMessage.ParameterDescription(List.of()));
                session.stream().send(new BackendMessage.NoData());
            }
            case PreparedStatement.Command(SessionStatement command) -> {
                session.stream().send(new BackendMessage.ParameterDescription(List.of()));
                rows(commands.columns(command));
            }
            case PreparedStatement.Question(QueryDesk.Prepared prepared) -> {
                Description description = prepared.description();
                session.stream()
                        .send(new BackendMessage.ParameterDescription(description.parameters().stream()
                                .map(SqlType::oid)
                                .toList()));
                rows(description.columns());
            }
        }
    }

    private void rows(List<AnswerColumn> columns) {
        session.stream()
                .send(
                        columns.isEmpty()
                                ? new BackendMessage.NoData()
                                : new RowEncoder(
                                                columns,
                                                List.of(),
                                                session.settings().style())
                                        .description());
    }

    private Portal question(QueryDesk.Prepared prepared, FrontendMessage.Bind bind) {
        if (session.transaction().isFailed()) {
            throw Problem.of(ProblemCode.TRANSACTION_FAILED).asException();
        }
        Description description = prepared.description();
        if (!RowEncoder.fits(bind.resultFormats(), description.columns().size())) {
            throw Problem.of(ProblemCode.PROTOCOL_VIOLATION, "bind message has the wrong number of result formats")
                    .asException();
        }
        List<@Nullable Object> parameters = ParameterReader.read(
                description.parameters(), bind, session.settings().style());
        return new DataPortal(session, prepared, parameters, bind.resultFormats(), false);
    }

    private static void noParameters(FrontendMessage.Bind bind) {
        if (!bind.parameters().isEmpty()) {
            throw Problem.of(ProblemCode.PARAMETER_MISSING, "the statement has no parameters")
                    .asException();
        }
    }

    /** OID 0 and {@code unknown} leave the type open; a type outside our list cannot be a parameter. */
    private static List<@Nullable SqlType> types(List<Integer> oids) {
        List<@Nullable SqlType> types = new ArrayList<>(oids.size());
        for (int oid : oids) {
            if (oid == 0 || oid == 705) {
                types.add(null);
            } else {
                types.add(SqlType.byOid(oid)
                        .orElseThrow(() -> Problem.of(
                                        ProblemCode.UNSUPPORTED,
                                        "Parameters of the type with OID " + oid + " are not supported.")
                                .asException()));
            }
        }
        return types;
    }
}
