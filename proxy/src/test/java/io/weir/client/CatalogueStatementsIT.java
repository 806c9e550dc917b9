package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.RunningWeir;
import io.weir.query.catalog.shadow.PlainPostgres;
import io.weir.query.session.WireClient;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.postgresql.PGStatement;

/** Statements about the catalogue through the whole of Weir: what is prepared stays, what ends is told in PostgreSQL's words. */
class CatalogueStatementsIT {
    private static Connection connect() throws SQLException {
        return RunningWeir.shared().connect(PlainPostgres.USER, "diabetes");
    }

    private static String first(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** In a transaction the driver does not prepare again by itself. */
    @Test
    void aPreparedStatementSurvivesAnAnswerThatIsTooLarge() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement named =
                        connection.prepareStatement("SELECT relname FROM pg_catalog.pg_class WHERE relname = ?")) {
            named.unwrap(PGStatement.class).setPrepareThreshold(1);
            named.setString(1, "patients");
            connection.setAutoCommit(false);
            assertThat(first(named)).isEqualTo("patients");
            connection.commit();
            assertThat(first(named)).isEqualTo("patients");
            try (Statement large = connection.createStatement()) {
                assertThatThrownBy(() -> large.executeQuery("SELECT repeat('x', 17000000)"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                tooLarge -> assertThat(tooLarge.getSQLState()).isEqualTo("54000"));
            }
            connection.rollback();
            assertThat(first(named)).isEqualTo("patients");
            connection.commit();
        }
    }

    @Test
    void aTimeOutIsNoCancel() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '200ms'");
            assertThatThrownBy(() -> statement.executeQuery(
                            "SELECT count(*) FROM generate_series(1, 90000) a, generate_series(1, 90000) b"))
                    .hasMessageContaining("canceling statement due to statement timeout");
            statement.execute("SET statement_timeout = 0");
            Thread canceller = Thread.ofVirtual().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        // The driver cancels a statement once: a cancel that comes before the statement is lost.
                        Thread.sleep(500);
                        statement.cancel();
                    } catch (SQLException notTaken) {
                        // another one follows
                    } catch (InterruptedException done) {
                        return; // the statement has ended
                    }
                }
            });
            assertThatThrownBy(() -> statement.executeQuery(
                            "SELECT count(*) FROM generate_series(1, 90000) a, generate_series(1, 90000) b"))
                    .hasMessageContaining("canceling statement due to user request");
            canceller.interrupt();
        }
    }

    @Test
    void positionsCountInTheWholeMessage() throws IOException {
        RunningWeir weir = RunningWeir.shared();
        try (WireClient client = WireClient.overTls(weir.postgresPort())) {
            client.login(PlainPostgres.USER, "diabetes", weir.password(PlainPostgres.USER));
            client.send(WireClient.query("SELECT 1; SELECT user, nope FROM pg_catalog.pg_class"));
            assertThat(client.read('E').field('P')).isEqualTo("24");
        }
    }
}
