package io.weir.query.session;

import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import io.weir.query.respond.RowEncoder;
import io.weir.query.session.statement.SessionStatement;
import io.weir.query.session.statement.StatementReader;
import io.weir.query.session.statement.StatementText;
import io.weir.query.type.SqlType;
import io.weir.query.wire.BackendMessage;
import io.weir.query.wire.Frame;
import io.weir.query.wire.FrontendMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The extended protocol: Parse, Bind, Describe, Execute, Close. Refusals are problem exceptions; the cycle skips to Sync then. */
final class ExtendedQuery {
    private final OpenSession session;
    private final SessionCommands commands;
    private final Copies copies;
    private final PreparedStatements statements;

    ExtendedQuery(OpenSession session, SessionCommands commands, PreparedStatements statements) {
        this.session = session;
        this.commands = commands;
        this.copies = new Copies(session);
        this.statements = statements;
    }

    void parse(FrontendMessage.Parse parse, Frame frame) {
        statements.checkRoomFor(parse.statement(), frame.body().length);
        List<StatementText> texts = StatementText.split(parse.sql());
        if (texts.size() > 1) {
            Problem problem = Problem.of(
                    ProblemCode.SYNTAX,
                    "cannot insert multiple commands into a prepared statement",
                    "Prepare one statement after the other.");
            throw session.refused(parse.sql(), problem);
        }
        PreparedStatement statement =
                texts.isEmpty() ? new PreparedStatement.Empty() : prepare(texts.getFirst(), parse);
        if (statement instanceof PreparedStatement.Catalogue) {
            session.catalogue().relay(frame.bytes(), session.settings());
        } else {
            session.stream().send(new BackendMessage.ParseComplete());
        }
        statements.put(parse.statement(), statement, parse.sql(), frame.body().length);
    }

    void bind(FrontendMessage.Bind bind, Frame frame) {
        switch (statements.named(bind.statement())) {
            case PreparedStatement.Empty() -> {
                noParameters(bind);
                bound(bind, new EmptyPortal(session), frame);
            }
            case PreparedStatement.Command(SessionStatement statement) -> {
                session.checkAlive(statement);
                noParameters(bind);
                bound(bind, new CommandPortal(session, commands, statement, bind.resultFormats()), frame);
            }
            case PreparedStatement.CopyOut(SessionStatement.Copy copy) -> {
                aliveForQuestions();
                noParameters(bind);
                bound(bind, copies.portal(copy), frame);
            }
            case PreparedStatement.Catalogue(String sql) -> bindInShadow(sql, bind, frame);
            case PreparedStatement.Question question -> bound(bind, question(inZone(question), bind), frame);
            case PreparedStatement.Declaration declaration ->
                bound(
                        bind,
                        new DeclarationPortal(session, commands, declaration.declare(), cursor(declaration, bind)),
                        frame);
        }
    }

    void describe(FrontendMessage.Describe describe, Frame frame) {
        switch (describe.target()) {
            case PORTAL -> session.portals().named(describe.name()).describe();
            case STATEMENT -> describe(statements.named(describe.name()), frame);
        }
    }

    void execute(FrontendMessage.Execute execute) {
        Portal portal = session.portals().named(execute.portal());
        if (!portal.endsFailure()) {
            aliveForQuestions();
        }
        portal.execute(Math.max(0, execute.maxRows()));
    }

    void close(FrontendMessage.Close close, Frame frame) {
        boolean inShadow = switch (close.target()) {
            case PORTAL -> {
                boolean shadow = session.portals().find(close.name()).orElse(null) instanceof CataloguePortal;
                session.portals().close(close.name());
                yield shadow;
            }
            case STATEMENT -> statements.close(close.name()).orElse(null) instanceof PreparedStatement.Catalogue;
        };
        if (inShadow) {
            session.catalogue().relay(frame.bytes(), session.settings());
        } else {
            session.stream().send(new BackendMessage.CloseComplete());
        }
    }

    /** Ends the implicit transaction. */
    void sync() {
        if (!session.transaction().isOpen()) {
            session.endTransaction(false);
        }
    }

    private void bound(FrontendMessage.Bind bind, Portal portal, Frame frame) {
        session.portals().add(bind.portal(), portal, statements.text(bind.statement()), frame.body().length);
        session.stream().send(new BackendMessage.BindComplete());
    }

    private void bindInShadow(String sql, FrontendMessage.Bind bind, Frame frame) {
        aliveForQuestions();
        String name = bind.portal();
        session.portals().add(name, new CataloguePortal(session, name, sql), sql, frame.body().length);
        boolean bound = false;
        try {
            session.catalogue().relay(frame.bytes(), session.settings());
            bound = true;
        } finally {
            if (!bound) {
                session.portals().close(name);
            }
        }
    }

    private PreparedStatement prepare(StatementText text, FrontendMessage.Parse parse) {
        try {
            return prepared(text, parse);
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            if (problem.position() == 0) {
                throw refused;
            }
            throw new ProblemException(problem.at(problem.position() + text.offset()), refused);
        }
    }

    private PreparedStatement prepared(StatementText text, FrontendMessage.Parse parse) {
        SessionStatement statement = StatementReader.read(text);
        session.checkAlive(statement);
        return switch (statement) {
            case SessionStatement.Data(String sql, int offset) ->
                session.catalogue().answers(sql)
                        ? new PreparedStatement.Catalogue(sql)
                        : question(sql, parse.parameterTypes());
            case SessionStatement.Declare declare -> declaration(declare, parse.parameterTypes());
            case SessionStatement.Copy copy -> new PreparedStatement.CopyOut(copy.movedBy(text.offset()));
            case SessionStatement.Refused(Problem problem) -> throw session.refused(text.sql(), problem);
            default -> new PreparedStatement.Command(statement);
        };
    }

    private PreparedStatement declaration(SessionStatement.Declare declare, List<Integer> types) {
        String sql = declare.query().sql();
        PreparedStatement query =
                session.catalogue().answers(sql) ? new PreparedStatement.Catalogue(sql) : question(sql, types);
        return new PreparedStatement.Declaration(declare, query, types);
    }

    /** Makes the cursor of a bound declaration when it is executed; the parameters are read now. */
    private Supplier<Cursor> cursor(PreparedStatement.Declaration declaration, FrontendMessage.Bind bind) {
        boolean hold = declaration.declare().hold();
        if (declaration.query() instanceof PreparedStatement.Question question) {
            QueryDesk.Prepared prepared = inZone(question);
            aliveForQuestions();
            Cursor cursor = DataPortal.fetched(session, prepared, parameters(prepared, bind), hold);
            return () -> cursor;
        }
        DeclaredCursor.checkOverCatalogue(declaration.declare());
        String sql = declaration.declare().query().sql();
        return () -> new CatalogueCursor(session, sql, declaration.types(), bind, hold);
    }

    private PreparedStatement.Question question(String sql, List<Integer> parameterTypes) {
        List<@Nullable SqlType> types = types(parameterTypes);
        QueryOptions options = session.settings().options();
        return new PreparedStatement.Question(session.prepare(sql, types, options), sql, types, options.timeZone());
    }

    /** A statement that was prepared in another time zone is ruled on anew, as it may mean something else now. */
    private QueryDesk.Prepared inZone(PreparedStatement.Question question) {
        QueryOptions options = session.settings().options();
        if (options.timeZone().equals(question.zone())) {
            return question.prepared();
        }
        return session.prepare(question.sql(), question.types(), options);
    }

    private void describe(PreparedStatement statement, Frame frame) {
        switch (statement) {
            case PreparedStatement.Empty() -> description(List.of(), List.of());
            case PreparedStatement.CopyOut copy -> description(List.of(), List.of());
            case PreparedStatement.Command(SessionStatement command) -> {
                session.stream().send(new BackendMessage.ParameterDescription(List.of()));
                if (!commands.describe(command, List.of())) {
                    session.stream().send(new BackendMessage.NoData());
                }
            }
            case PreparedStatement.Declaration declaration -> describe(declaration);
            case PreparedStatement.Catalogue catalogue -> session.catalogue().relay(frame.bytes(), session.settings());
            case PreparedStatement.Question question ->
                description(
                        question.prepared().description().parameters(),
                        question.prepared().description().columns());
        }
    }

    /** Its query's parameters, and no rows. */
    private void describe(PreparedStatement.Declaration declaration) {
        if (declaration.query() instanceof PreparedStatement.Question question) {
            description(question.prepared().description().parameters(), List.of());
        } else {
            String sql = declaration.declare().query().sql();
            session.stream().relay(CatalogueCursor.parameters(session, sql, declaration.types()));
            session.stream().send(new BackendMessage.NoData());
        }
    }

    private void description(List<SqlType> parameters, List<AnswerColumn> columns) {
        session.stream()
                .send(new BackendMessage.ParameterDescription(
                        parameters.stream().map(SqlType::oid).toList()));
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

    private void aliveForQuestions() {
        if (session.transaction().isFailed()) {
            throw Problem.of(ProblemCode.TRANSACTION_FAILED).asException();
        }
    }

    private DataPortal question(QueryDesk.Prepared prepared, FrontendMessage.Bind bind) {
        aliveForQuestions();
        int columns = prepared.description().columns().size();
        if (!RowEncoder.fits(bind.resultFormats(), columns)) {
            throw Problem.of(ProblemCode.PROTOCOL_VIOLATION, "bind message has the wrong number of result formats")
                    .asException();
        }
        return DataPortal.executed(session, prepared, parameters(prepared, bind), bind.resultFormats());
    }

    private List<@Nullable Object> parameters(QueryDesk.Prepared prepared, FrontendMessage.Bind bind) {
        return ParameterReader.read(
                prepared.description().parameters(), bind, session.settings().style());
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
