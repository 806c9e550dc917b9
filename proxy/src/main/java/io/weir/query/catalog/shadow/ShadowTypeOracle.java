package io.weir.query.catalog.shadow;

import io.weir.identity.PersonId;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.Description;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.catalog.TypeOracle;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import io.weir.recent.RecentlyUsed;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the shadow to Parse and Describe: nothing is planned, nothing is executed. Thread-safe. */
final class ShadowTypeOracle implements TypeOracle {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowTypeOracle.class);

    /** Of all statements that are remembered. */
    private static final long MOST_CHARACTERS = 4_000_000;

    private final ShadowDatabases databases;
    private final ShadowLimits limits;
    private final RecentlyUsed<Key, Outcome<Description>> cache;

    /** The database's own identity is part of it: OIDs differ between a database and its successor. */
    private record Key(String database, long generation, String sql, List<Integer> parameters) {}

    ShadowTypeOracle(ShadowDatabases databases, ShadowLimits limits) {
        this.databases = databases;
        this.limits = limits;
        this.cache = new RecentlyUsed<>(
                limits.cached(), MOST_CHARACTERS, (key, outcome) -> key.sql().length());
    }

    @Override
    public Outcome<Description> describe(
            PersonId person, GovernedSchema schema, String sql, List<@Nullable SqlType> parameterTypes) {
        if (sql.indexOf('\0') >= 0) {
            return Outcome.refused(Problem.of(ProblemCode.SYNTAX, "A statement cannot contain a zero byte."));
        }
        List<Integer> oids = new ArrayList<>();
        for (@Nullable SqlType type : parameterTypes) {
            oids.add(type == null ? 0 : type.oid());
        }
        try {
            ShadowDatabase database = databases.of(schema);
            Key key = new Key(database.name(), database.generation(), sql, List.copyOf(oids));
            Outcome<Description> known = cache.get(key);
            if (known != null) {
                return known;
            }
            List<BackendMessage> answers = database.ask(
                    person,
                    connection -> connection.watchdog().orCancel(connection, limits.describeLimit(), () -> {
                        connection.send(new FrontendMessages()
                                .parse(sql, oids)
                                .describeStatement()
                                .sync());
                        return connection.receiveUntilReady();
                    }));
            Outcome<Description> outcome = read(answers);
            if (!(outcome instanceof Outcome.Refused<Description>(Problem problem) && isPassing(problem))) {
                cache.put(key, outcome);
            }
            return outcome;
        } catch (IOException e) {
            LOG.warn("the shadow catalogue did not describe a statement", LoggedFailure.of(e));
            return Outcome.refused(Problem.of(ProblemCode.CATALOGUE_UNAVAILABLE));
        }
    }

    private static boolean isPassing(Problem problem) {
        return switch (problem.code()) {
            case TIME_OUT, CATALOGUE_UNAVAILABLE, INTERNAL, STATEMENT_TOO_COMPLEX -> true;
            default -> false;
        };
    }

    private static Outcome<Description> read(List<BackendMessage> answers) throws IOException {
        List<SqlType> parameters = new ArrayList<>();
        List<AnswerColumn> columns = new ArrayList<>();
        try {
            for (BackendMessage answer : answers) {
                switch (answer.type()) {
                    case BackendMessage.ERROR_RESPONSE -> {
                        BackendError error = BackendError.read(answer);
                        Problem problem = ShadowProblems.of(error);
                        if (problem.code() == ProblemCode.INTERNAL) {
                            LOG.warn("the shadow answered a description with {}", error.sqlState());
                        }
                        return Outcome.refused(problem);
                    }
                    case BackendMessage.PARAMETER_DESCRIPTION -> {
                        MessageReader reader = answer.reader();
                        int count = reader.count();
                        for (int i = 1; i <= count; i++) {
                            Optional<SqlType> type = SqlType.byOid(reader.int32());
                            if (type.isEmpty()) {
                                return unsupported("The type of parameter $" + i + " is not supported.", "$" + i);
                            }
                            parameters.add(type.get());
                        }
                    }
                    case BackendMessage.ROW_DESCRIPTION -> {
                        MessageReader reader = answer.reader();
                        int count = reader.count();
                        for (int i = 0; i < count; i++) {
                            String label = reader.text();
                            int table = reader.int32();
                            int attribute = reader.int16();
                            Optional<SqlType> type = SqlType.byOid(reader.int32());
                            reader.int16();
                            int typmod = reader.int32();
                            reader.int16();
                            if (type.isEmpty()) {
                                return unsupported("The type of column \"" + label + "\" is not supported.", "it");
                            }
                            columns.add(new AnswerColumn(label, new ColumnType(type.get(), typmod), table, attribute));
                        }
                    }
                    default -> {
                        // ParseComplete, NoData and notices tell nothing
                    }
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IOException("the shadow sent a message that is too short", e);
        }
        return Outcome.of(new Description(parameters, columns));
    }

    private static Outcome<Description> unsupported(String detail, String what) {
        return Outcome.refused(Problem.of(
                ProblemCode.UNSUPPORTED,
                detail,
                "Cast " + what + " to a plain type: a number, text, boolean, date, time, interval or uuid."));
    }
}
