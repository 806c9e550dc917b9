package io.weir.query.catalog.shadow;

import io.weir.embedded.ClusterConfig;
import io.weir.embedded.PostgresCluster;
import io.weir.embedded.TestPostgres;
import io.weir.query.catalog.GovernedSchema;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/**
 * An ordinary PostgreSQL 16 with the tables of a governed schema, a database of the project's name, and an ordinary user: what a client
 * sees there is what it should see through Weir.
 */
public final class PlainPostgres implements AutoCloseable {
    public static final String USER = "ada";
    public static final String PASSWORD = "an ordinary password";

    private final PostgresCluster cluster;
    private final String database;

    public PlainPostgres(GovernedSchema schema, String database) throws SQLException {
        this.database = database;
        // The same name of the superuser as in the shadow, for it owns the tables.
        cluster = PostgresCluster.start(
                ClusterConfig.disposable(
                                TestPostgres.temporaryDirectory().resolve("data"),
                                TestPostgres.binariesCache(),
                                new ClusterConfig.Listen.Loopback(0))
                        .withSuperuser(TestPostgres.cluster().superuser()),
                new SecureRandom());
        String path =
                GovernedDdl.searchPath(schema).stream().map(Sql::identifier).collect(Collectors.joining(", "));
        run("postgres", "CREATE DATABASE " + Sql.identifier(database) + " TEMPLATE template0 STRATEGY file_copy");
        run("postgres", "CREATE ROLE " + USER + " LOGIN PASSWORD " + Sql.literal(PASSWORD));
        run("postgres", "ALTER DATABASE " + Sql.identifier(database) + " SET search_path = " + path);
        for (String statement : GovernedDdl.statements(schema)) {
            run(database, statement);
        }
    }

    private void run(String where, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        cluster.jdbcUrl(where),
                        cluster.superuser(),
                        cluster.superuserPassword().value());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public int port() {
        return switch (cluster.endpoint()) {
            case PostgresCluster.Endpoint.Tcp(int port) -> port;
            case PostgresCluster.Endpoint.Socket ignored -> throw new IllegalStateException("not on loopback");
        };
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(cluster.jdbcUrl(database), USER, PASSWORD);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
