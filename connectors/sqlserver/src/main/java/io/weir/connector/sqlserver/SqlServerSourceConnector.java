package io.weir.connector.sqlserver;

import com.microsoft.sqlserver.jdbc.SQLServerConnection;
import io.weir.connector.jdbc.Failures;
import io.weir.connector.jdbc.PooledSource;
import io.weir.connector.jdbc.SourceConnections;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A SQL Server (2022 or later over TLS) as a source. See the package for what it promises. */
public final class SqlServerSourceConnector implements SourceConnector {
    private final Failures failures = new SqlServerFailures();
    private final SourceConnections connections;
    private final PooledSource pooled;

    /** Connects to nothing yet. */
    public SqlServerSourceConnector(SqlServerSourceConfig config) {
        this.connections = new SqlServerConnections(config);
        this.pooled = new PooledSource(
                connections,
                config.limits(),
                config.longestStatement(),
                connection -> new SqlServerConversation(connection.unwrap(SQLServerConnection.class)),
                failures);
    }

    @Override
    public String dialect() {
        return "sqlserver";
    }

    @Override
    public RowStream open(SourceStatement statement) throws SourceException {
        if (statement.sql().indexOf(';') >= 0
                || statement.sql().indexOf('{') >= 0
                || !statement.sql().startsWith("SELECT ")) {
            // A batch may hold several statements, and the driver rewrites what stands in braces, names too. A
            // generated
            // text is one SELECT and has no use for these marks.
            throw new SourceException(
                    SourceException.Kind.FAILED, "a source statement is one SELECT without semicolons and braces");
        }
        return pooled.open(statement);
    }

    @Override
    public void probe() throws SourceException {
        try (Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT 1 AS answer")) {
            answer.next();
        } catch (SQLException e) {
            throw failures.classified(e);
        }
    }

    @Override
    public void close() {
        pooled.close();
    }
}
