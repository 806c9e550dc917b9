package io.weir.connector.postgresql;

import io.weir.connector.jdbc.SourceConnections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Makes connections, all alike: read-only, UTC, ISO, silent. Asks the driver directly, not the driver manager. Thread-safe. */
final class PostgresConnections extends SourceConnections {
    /**
     * A statement is prepared at the server from its second run on a connection: our texts come from few shapes with values beside them, and a first
     * run is often the only one.
     */
    private static final int PREPARE_FROM_RUN = 2;

    private static final int CANCEL_SECONDS = 2;

    private final PostgresSourceConfig config;
    private final Properties properties;

    PostgresConnections(PostgresSourceConfig config) {
        this(config, PostgresAddress.parse(config.url()));
    }

    private PostgresConnections(PostgresSourceConfig config, PostgresAddress address) {
        super(new Driver(), address.url());
        this.config = config;
        this.properties = properties(config, address);
    }

    private static Properties properties(PostgresSourceConfig config, PostgresAddress address) {
        Properties properties = new Properties();
        address.properties().forEach(properties::setProperty);
        int seconds = Math.toIntExact(Math.max(1, (config.connectTimeout().toMillis() + 999) / 1000));
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        PGProperty.SOCKET_FACTORY.set(properties, LoginDeadline.class.getName());
        PGProperty.SOCKET_FACTORY_ARG.set(properties, String.valueOf(seconds * 1_000L));
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        PGProperty.APPLICATION_NAME.set(properties, "weir");
        PGProperty.PREPARE_THRESHOLD.set(properties, PREPARE_FROM_RUN);
        PGProperty.READ_ONLY_MODE.set(properties, "transaction");
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, "false");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.REQUIRE_AUTH.set(properties, "scram-sha-256");
        PGProperty.OPTIONS.set(properties, options(config));
        switch (config.trust()) {
            case ServerTrust.VerifyFull(@Nullable Path caFile) -> {
                PGProperty.SSL_MODE.set(properties, "verify-full");
                PGProperty.SSL_HOSTNAME_VERIFIER.set(properties, NamedHost.class.getName());
                if (caFile == null) {
                    PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
                } else {
                    PGProperty.SSL_ROOT_CERT.set(properties, caFile.toString());
                }
            }
            case ServerTrust.Plaintext() -> PGProperty.SSL_MODE.set(properties, "disable");
        }
        return properties;
    }

    private static String options(PostgresSourceConfig config) {
        long longest = Math.min(Integer.MAX_VALUE, config.longestStatement().toMillis());
        return "-c default_transaction_read_only=on -c client_min_messages=error -c IntervalStyle=postgres"
                + " -c extra_float_digits=1 -c bytea_output=hex"
                + " -c standard_conforming_strings=on -c statement_timeout=" + longest
                + " -c idle_in_transaction_session_timeout=" + longest;
    }

    @Override
    protected Properties credentials() {
        Properties complete = new Properties();
        complete.putAll(properties);
        PGProperty.USER.set(complete, config.user());
        PGProperty.PASSWORD.set(complete, config.password().reveal());
        return complete;
    }

    @Override
    protected void prepare(Connection connection) throws SQLException {
        // The driver announces the zone of this JVM at start; results must not depend on where we run.
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
        }
        connection.setNetworkTimeout(Runnable::run, LoginDeadline.LIFTED);
    }
}
