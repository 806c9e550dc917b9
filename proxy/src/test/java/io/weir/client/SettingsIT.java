package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.RunningWeir;
import io.weir.query.catalog.shadow.PlainPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings by every way that there is to ask for them: SHOW, SHOW ALL, functions and views tell of the session, alike. */
class SettingsIT {
    private static Connection connect() throws SQLException {
        return RunningWeir.shared().connect(PlainPostgres.USER, "diabetes");
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(rows.getMetaData().getColumnCount() == 1 ? 1 : 2));
            }
        }
        return values;
    }

    @Test
    void everyWayTellsTheSame() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '5min'");
            statement.execute("SET TimeZone = 'Europe/London'");
            List<String> names = column(connection, "SELECT name FROM pg_settings ORDER BY lower(name)");
            assertThat(names)
                    .contains("DateStyle", "search_path", "server_version", "statement_timeout", "weir.flags")
                    .doesNotContain("port", "data_directory", "listen_addresses", "shared_buffers");
            List<String> shown = column(connection, "SHOW ALL");
            assertThat(column(connection, "SELECT current_setting(name) FROM pg_settings ORDER BY lower(name)"))
                    .isEqualTo(shown);
            for (int i = 0; i < names.size(); i++) {
                assertThat(column(connection, "SHOW " + names.get(i))).containsExactly(shown.get(i));
            }
            assertThat(column(connection, "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'"))
                    .containsExactly("300000");
            assertThat(column(connection, "SELECT current_setting('timezone')")).containsExactly("Europe/London");
        }
    }

    @Test
    void theSearchPathIsTheOneThatTheCatalogueUses() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(column(connection, "SHOW search_path")).containsExactly("hospital, public, weir");
            assertThat(column(connection, "SELECT unnest(current_schemas(false))"))
                    .containsExactly("hospital", "public", "weir");
            statement.execute("SET search_path = public");
            assertThat(column(connection, "SELECT unnest(current_schemas(false))"))
                    .containsExactly("public");
            statement.execute("RESET search_path");
            assertThat(column(connection, "SELECT current_schema()")).containsExactly("hospital");
        }
    }

    @Test
    void aStatementTimeOutHoldsForTheCatalogueToo() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '300ms'");
            assertThatThrownBy(
                            () -> column(
                                    connection,
                                    "SELECT count(*)::text FROM pg_proc a, pg_proc b, generate_series(1, 200) WHERE a.proname <> b.proname"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            statement.execute("RESET statement_timeout");
            assertThat(column(connection, "SELECT 'lives'")).containsExactly("lives");
        }
    }

    @Test
    void cursorsOverTheCatalogueKeepOnlySoMuch() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) {
                            statement.execute("DECLARE c" + i
                                    + " CURSOR FOR SELECT repeat('x', 1000000) FROM generate_series(1, 6)");
                            statement.execute("MOVE 1 c" + i);
                        }
                    })
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("54000"));
            connection.rollback();
            statement.execute("DECLARE c CURSOR FOR SELECT repeat('x', 1000000) FROM generate_series(1, 6)");
            assertThat(column(connection, "FETCH ALL c")).hasSize(6);
        }
    }

    @Test
    void setConfigSetsWhatSetSetsOrSaysThatItDoesNot() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(column(connection, "SELECT set_config('TimeZone', 'Asia/Tokyo', false)"))
                    .containsExactly("Asia/Tokyo");
            assertThat(column(connection, "SHOW TimeZone")).containsExactly("Asia/Tokyo");
            // What pgAdmin sends first: nothing changes.
            assertThat(column(
                            connection,
                            "SELECT set_config('bytea_output', 'hex', false) FROM pg_show_all_settings()"
                                    + " WHERE name = 'bytea_output'"))
                    .containsExactly("hex");
            assertThatThrownBy(() -> column(
                            connection,
                            "SELECT set_config(name, 'UTC', false) FROM pg_settings WHERE name = 'TimeZone'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("set_config cannot change \"TimeZone\" within a query");
            assertThatThrownBy(() -> column(connection, "SELECT current_setting('port')"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42704"));
        }
    }
}
