package io.weir.query.catalog.shadow;

/**
 * A dedicated PostgreSQL 16 that the operator runs, for nothing but this: its databases named {@code v_…}, {@code n_…} and
 * {@code weir_template} belong to one Weir, which drops and makes them as it likes. Never a source, never the control store.
 *
 * <p>The connection is not encrypted: only names of governed tables travel, but keep it on the same host or pod. The server must ask for
 * SCRAM-SHA-256.
 */
public final class ExternalShadowServer implements ShadowServer {
    private final Running running;

    /**
     * @param superuser a superuser whose name is no analyst's account
     * @param password its password, not empty
     */
    public ExternalShadowServer(String host, int port, String superuser, String password) {
        if (password.isEmpty()) {
            throw new IllegalArgumentException("an external shadow needs a password");
        }
        this.running = new Running(new BackendAddress.Tcp(host, port), superuser, password, 1);
    }

    @Override
    public Running ensureRunning() {
        return running;
    }

    @Override
    public void close() {
        // not ours to stop
    }
}
