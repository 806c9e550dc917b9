package io.weir.connector.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import io.weir.connector.jdbc.SourceConnections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Makes connections, all alike. Asks the driver directly, not the driver manager. Thread-safe. */
final class SqlServerConnections extends SourceConnections {
    /**
     * What the meaning of our texts rests on, whatever the server's and the login's defaults are (SET Options That Affect Results): comparisons with
     * NULL, concatenation with NULL, errors instead of NULL for arithmetic that our forms do not let happen, the order of weekdays and of dates in texts.
     */
    private static final List<String> OPTIONS = List.of(
            "SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON",
            "SET NUMERIC_ROUNDABORT OFF",
            "SET XACT_ABORT ON",
            "SET NOCOUNT ON",
            "SET LANGUAGE us_english",
            "SET DATEFORMAT ymd",
            "SET DATEFIRST 7",
            "SET TEXTSIZE 2147483647");

    private final SqlServerSourceConfig config;
    private final Properties properties;

    SqlServerConnections(SqlServerSourceConfig config) {
        super(new SQLServerDriver(), "jdbc:sqlserver://");
        this.config = config;
        this.properties = properties(config);
    }

    private static Properties properties(SqlServerSourceConfig config) {
        Properties properties = new Properties();
        long seconds = Math.max(1, (config.limits().connectTimeout().toMillis() + 999) / 1000);
        properties.setProperty("serverName", config.address().host());
        properties.setProperty("portNumber", String.valueOf(config.address().port()));
        properties.setProperty("databaseName", config.address().database());
        properties.setProperty("loginTimeout", String.valueOf(seconds));
        properties.setProperty("applicationName", "weir");
        properties.setProperty("applicationIntent", "ReadOnly");
        properties.setProperty("connectRetryCount", "0");
        properties.setProperty("responseBuffering", "adaptive");
        properties.setProperty("sendStringParametersAsUnicode", "true");
        properties.setProperty("sendTimeAsDatetime", "false");
        properties.setProperty("trustServerCertificate", "false");
        switch (config.trust()) {
            case ServerTrust.Strict(@Nullable Path caFile) -> {
                properties.setProperty("encrypt", "strict");
                properties.setProperty("trustManagerClass", HostTrust.class.getName());
                properties.setProperty("trustManagerConstructorArg", caFile == null ? "" : caFile.toString());
            }
            case ServerTrust.Plaintext() -> properties.setProperty("encrypt", "false");
        }
        return properties;
    }

    @Override
    protected Properties credentials() {
        Properties complete = new Properties();
        complete.putAll(properties);
        complete.setProperty("user", config.user());
        complete.setProperty("password", config.password().reveal());
        return complete;
    }

    @Override
    protected void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(settings(config));
        }
    }

    /** All in one round trip. */
    private static String settings(SqlServerSourceConfig config) {
        return String.join("; ", OPTIONS) + "; SET LOCK_TIMEOUT " + millis(config.longestStatement())
                + "; SET TRANSACTION ISOLATION LEVEL " + config.isolation().sql();
    }

    private static long millis(Duration duration) {
        return Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
