package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real pgjdbc against the whole server. */
class PgjdbcTest {
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = new RunningServer(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(server.url(options), RunningServer.USER, RunningServer.PASSWORD);
    }

    @Test
    void connectsOverTlsAndReadsARow() throws SQLException {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("16.15");
        }
    }

    @Test
    void wrongPasswordIsRefused() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(server.url(""), RunningServer.USER, "wrong"))
                .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
    }
}
