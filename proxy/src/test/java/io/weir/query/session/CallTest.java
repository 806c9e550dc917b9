package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A CALL changes something that no rollback undoes. */
class CallTest extends OnServer {
    private static final String CALL = "CALL weir.request_release()";

    private Connection connect(String options) throws SQLException {
        return DriverManager.getConnection(server.url(options), RunningServer.USER, RunningServer.PASSWORD);
    }

    private static void refused(String state, ThrowingCallable work) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(work)
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&preferQueryMode=simple"})
    void aCallInsideATransactionBlockIsRefusedAndNotRun(String options) throws SQLException {
        server.desk.mayCall.release(10);
        try (Connection connection = connect(options);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT 1");
            refused("25001", () -> statement.execute(CALL));
            refused("25P02", () -> statement.execute(CALL));
            connection.rollback();
            assertThat(server.desk.called).hasValue(0);
            connection.setAutoCommit(true);
            assertThat(statement.execute(CALL)).isTrue();
            assertThat(server.desk.called).hasValue(1);
        }
    }

    @Test
    void aCallBesideOtherStatementsIsRefused() throws SQLException {
        server.desk.mayCall.release(10);
        try (Connection connection = connect("&preferQueryMode=simple");
                Statement statement = connection.createStatement()) {
            refused("25001", () -> statement.execute("SELECT 1; " + CALL));
            refused("25001", () -> statement.execute(CALL + "; SELECT refused()"));
            assertThat(server.desk.called).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&preferQueryMode=simple"})
    void aCancelThatCameTooLateHidesNothing(String options) throws Exception {
        try (Connection connection = connect(options);
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> {
                try (ResultSet rows = statement.executeQuery(CALL)) {
                    rows.next();
                    return rows.getString(1);
                } catch (SQLException e) {
                    return String.valueOf(e.getSQLState());
                }
            });
            assertThat(server.desk.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            statement.cancel();
            TimeUnit.MILLISECONDS.sleep(300);
            server.desk.mayCall.release();
            assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo("req-1");
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void aPortalOfBeforeIsNotExecutedInAFailedTransaction() throws SQLException {
        try (Connection connection = connect("");
                PreparedStatement cursor = connection.prepareStatement("SELECT numbers(10)");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            cursor.setFetchSize(2);
            try (ResultSet rows = cursor.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isTrue();
                refused("42501", () -> statement.execute("SELECT refused()"));
                refused("25P02", rows::next);
            }
            connection.rollback();
        }
    }
}
