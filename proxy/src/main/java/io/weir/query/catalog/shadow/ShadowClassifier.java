package io.weir.query.catalog.shadow;

import io.weir.identity.PersonId;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.catalog.StatementClassifier;
import io.weir.recent.RecentlyUsed;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First a look at the words, then the shadow's planner, which resolves names as PostgreSQL does. Thread-safe.
 *
 * <p>The planner may prune what it proves empty, so a plan without relations counts as catalogue only if no word of the statement is the
 * name of a governed relation. A catalogue statement that slipped through would read empty tables: wrong, but no leak.
 */
final class ShadowClassifier implements StatementClassifier {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowClassifier.class);

    /** Of all statements that are remembered. */
    private static final long MOST_CHARACTERS = 4_000_000;

    private final ShadowDatabases databases;
    private final ShadowLimits limits;
    private final RecentlyUsed<Key, Outcome<Kind>> cache;

    private record Key(String fingerprint, String sql) {}

    ShadowClassifier(ShadowDatabases databases, ShadowLimits limits) {
        this.databases = databases;
        this.limits = limits;
        this.cache = new RecentlyUsed<>(
                limits.cached(), MOST_CHARACTERS, (key, kind) -> key.sql().length());
    }

    @Override
    public Outcome<Kind> classify(PersonId person, GovernedSchema schema, String sql) {
        StatementGlance glance = StatementGlance.of(sql);
        if (!glance.isReader() || sql.indexOf('\0') >= 0) {
            return Outcome.of(Kind.DATA);
        }
        Key key = new Key(schema.fingerprint(), sql);
        Outcome<Kind> known = cache.get(key);
        if (known != null) {
            return known;
        }
        boolean namesGoverned = schema.tables().stream()
                .anyMatch(t -> glance.words().contains(t.name().name()));
        boolean namesCatalogue =
                glance.words().stream().anyMatch(word -> word.startsWith("pg_") || word.equals("information_schema"));
        if (namesGoverned && !namesCatalogue) {
            return Outcome.of(Kind.DATA);
        }
        try {
            Outcome<Kind> kind = explain(person, schema, sql, namesGoverned);
            if (isLasting(kind)) {
                cache.put(key, kind);
            }
            return kind;
        } catch (IOException e) {
            LOG.warn("the shadow catalogue did not classify a statement", LoggedFailure.of(e));
            return Outcome.refused(Problem.of(ProblemCode.CATALOGUE_UNAVAILABLE));
        }
    }

    private Outcome<Kind> explain(PersonId person, GovernedSchema schema, String sql, boolean namesGoverned)
            throws IOException {
        List<BackendMessage> answers = databases
                .of(schema)
                .ask(
                        person,
                        connection -> connection
                                .watchdog()
                                .orCancel(connection, limits.describeLimit(), () -> explain(connection, sql)));
        List<List<@Nullable String>> rows;
        try {
            rows = BackendConnection.rows(answers);
        } catch (BackendError.BackendException e) {
            return afterError(e.error(), namesGoverned);
        }
        String plan = rows.isEmpty() ? null : rows.get(0).get(0);
        if (plan == null) {
            throw new IOException("the shadow did not explain a statement");
        }
        PlanRelations relations = PlanRelations.read(plan);
        if (relations.governed() && relations.catalogue()) {
            return Outcome.refused(Problem.of(
                    ProblemCode.UNSUPPORTED,
                    "A statement cannot read datasets and the catalogue at once.",
                    "Ask the catalogue first, then the datasets."));
        }
        if (relations.governed()) {
            return Outcome.of(Kind.DATA);
        }
        return Outcome.of(!relations.catalogue() && namesGoverned ? Kind.DATA : Kind.CATALOGUE);
    }

    /** Parsed as one statement, so that a second one hidden in the text is a syntax error; parameters are bound as NULL. */
    private static List<BackendMessage> explain(BackendConnection connection, String sql) throws IOException {
        connection.send(new FrontendMessages()
                .parse("EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) " + sql, List.of())
                .describeStatement()
                .sync());
        List<BackendMessage> described = connection.receiveUntilReady();
        int parameters = 0;
        for (BackendMessage answer : described) {
            if (answer.type() == BackendMessage.ERROR_RESPONSE) {
                return described;
            }
            if (answer.type() == BackendMessage.PARAMETER_DESCRIPTION) {
                parameters = answer.reader().count();
            }
        }
        connection.send(new FrontendMessages().bindNulls(parameters).execute().sync());
        return connection.receiveUntilReady();
    }

    /**
     * What the planner refuses is not run there either. The catalogue answers with PostgreSQL's own error, except where a governed
     * relation is named, or a relation or function that nobody has: then the query road words and records the refusal.
     */
    private static Outcome<Kind> afterError(BackendError error, boolean namesGoverned) {
        Problem problem = ShadowProblems.of(error);
        return switch (problem.code()) {
            case TIME_OUT, CATALOGUE_UNAVAILABLE, STATEMENT_TOO_COMPLEX -> Outcome.refused(problem);
            default -> Outcome.of(namesGoverned || isUnknownName(error) ? Kind.DATA : Kind.CATALOGUE);
        };
    }

    private static boolean isUnknownName(BackendError error) {
        return error.sqlState().equals("42P01")
                || error.sqlState().equals("3F000")
                || ShadowProblems.isAboutFunction(error);
    }

    private static boolean isLasting(Outcome<Kind> kind) {
        return switch (kind) {
            case Outcome.Value<Kind> ignored -> true;
            case Outcome.Refused<Kind>(Problem problem) -> problem.code() == ProblemCode.UNSUPPORTED;
        };
    }
}
