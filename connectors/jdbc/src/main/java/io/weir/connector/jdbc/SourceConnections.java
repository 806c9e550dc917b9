package io.weir.connector.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes connections, all alike: read-only, without auto-commit. Asks the driver directly, not the driver manager. Thread-safe. */
public abstract class SourceConnections implements DataSource {
    private final Driver driver;
    private final String url;

    protected SourceConnections(Driver driver, String url) {
        this.driver = driver;
        this.url = url;
    }

    /** Properties of one more connection, with its secrets. */
    protected abstract Properties credentials();

    /** What every connection needs before it is used. */
    protected abstract void prepare(Connection connection) throws SQLException;

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = driver.connect(url, credentials());
        if (connection == null) {
            throw new SQLException("the driver does not know this URL", "08001");
        }
        try {
            prepare(connection);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user of a source is fixed");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // Nothing is logged here.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // Fixed by the configuration.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("no logger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
