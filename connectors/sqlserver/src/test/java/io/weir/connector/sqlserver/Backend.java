package io.weir.connector.sqlserver;

import io.weir.connector.Secret;
import io.weir.connector.jdbc.PoolLimits;
import io.weir.connector.sqlserver.tds.TdsResponder;
import io.weir.connector.testkit.TestCertificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A database in memory behind a responder. It is no SQL Server: it runs what SQL Server would refuse, and the reverse. */
public final class Backend implements AutoCloseable {
    static final String PASSWORD = "reads-Only-1";

    final TdsResponder server;
    private final Connection keep;

    Backend(String name, @Nullable TestCertificate certificate) throws Exception {
        String url =
                "jdbc:h2:mem:" + name + ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
        keep = DriverManager.getConnection(url, "sa", "");
        execute("CREATE TABLE person (id bigint PRIMARY KEY, name nvarchar(40))");
        execute("CREATE ALIAS pause FOR '" + Backend.class.getName() + ".pause'");
        server = new TdsResponder(url, PASSWORD, certificate);
    }

    /** Called by the backend. */
    public static int pause(double seconds) throws InterruptedException {
        Thread.sleep(Math.round(seconds * 1_000));
        return 1;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = keep.createStatement()) {
            statement.execute(sql);
        }
    }

    SqlServerSourceConfig config(ServerTrust trust) {
        return config("localhost", PASSWORD, trust);
    }

    SqlServerSourceConfig config(String host, String password, ServerTrust trust) {
        return new SqlServerSourceConfig(
                new SqlServerAddress(host, server.port(), "hospital"),
                "reader",
                Secret.of(password),
                trust,
                SqlServerSourceConfig.Isolation.READ_COMMITTED,
                new PoolLimits(3, 2, Duration.ofSeconds(4)),
                Duration.ofSeconds(20));
    }

    @Override
    public void close() throws Exception {
        server.close();
        keep.close();
    }
}
