package io.weir.query.catalog.shadow;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.query.catalog.AnswerMemory;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.catalog.CatalogSessions;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.catalog.StatementClassifier;
import io.weir.query.catalog.TypeOracle;
import java.security.SecureRandom;

/**
 * The shadow catalogue: a type oracle, a classifier of statements and sessions that answer catalogue statements, over one
 * {@link ShadowServer}. Thread-safe. Nothing is started before the first question.
 */
public final class ShadowCatalogue implements CatalogSessions, AutoCloseable {
    /** No account name can be this one: those start with a letter. */
    public static final String SUPERUSER = "_weir";

    /** Schema of relations that are Weir's own ({@code weir.my_releases}). */
    public static final String OWN_SCHEMA = "weir";

    private final ShadowServer server;
    private final ShadowLimits limits;
    private final Watchdog watchdog = new Watchdog();
    private final ShadowDatabases databases;
    private final ShadowTypeOracle oracle;
    private final ShadowClassifier classifier;
    private final SharedPermits backends;
    private final AnswerMemory answers;

    /** @param server is closed with the catalogue */
    public ShadowCatalogue(ShadowServer server, ShadowLimits limits, SecureRandom random) {
        this.server = server;
        this.limits = limits;
        this.databases = new ShadowDatabases(server, limits, watchdog, random);
        this.oracle = new ShadowTypeOracle(databases, limits);
        this.classifier = new ShadowClassifier(databases, limits);
        this.backends = new SharedPermits(limits.backends(), limits.backendsPerPerson());
        this.answers = new AnswerMemory(limits.heldBytes(), limits.heldBytesPerPerson());
    }

    public TypeOracle typeOracle() {
        return oracle;
    }

    public StatementClassifier classifier() {
        return classifier;
    }

    /** Where answers are counted while they wait for their clients. */
    public AnswerMemory answers() {
        return answers;
    }

    /** Where unqualified names are looked up unless the session says otherwise: the value of {@code search_path}. */
    public static String searchPath(GovernedSchema schema) {
        return Sql.names(GovernedDdl.searchPath(schema));
    }

    @Override
    public CatalogSession open(GovernedSchema schema, PersonId person, ProjectId project) {
        return new ShadowCatalogSession(databases, limits, backends, answers, schema, person, project);
    }

    @Override
    public void close() {
        watchdog.close();
        server.close();
    }
}
