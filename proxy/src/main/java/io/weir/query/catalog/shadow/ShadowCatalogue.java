package io.weir.query.catalog.shadow;

import io.weir.query.catalog.TypeOracle;
import java.security.SecureRandom;

/**
 * The shadow catalogue: a type oracle, a classifier of statements and sessions that answer catalogue statements, over one
 * {@link ShadowServer}. Thread-safe. Nothing is started before the first question.
 */
public final class ShadowCatalogue implements AutoCloseable {
    /** No account name can be this one: those start with a letter. */
    public static final String SUPERUSER = "_weir";

    /** Schema of relations that are Weir's own ({@code weir.my_releases}). */
    public static final String OWN_SCHEMA = "weir";

    private final ShadowServer server;
    private final Watchdog watchdog = new Watchdog();
    private final ShadowTypeOracle oracle;

    /** @param server is closed with the catalogue */
    public ShadowCatalogue(ShadowServer server, ShadowLimits limits, SecureRandom random) {
        this.server = server;
        ShadowDatabases databases = new ShadowDatabases(server, limits, watchdog, random);
        this.oracle = new ShadowTypeOracle(databases, limits);
    }

    public TypeOracle typeOracle() {
        return oracle;
    }

    @Override
    public void close() {
        watchdog.close();
        server.close();
    }
}
