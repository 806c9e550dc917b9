package io.weir.demo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.embedded.TestPostgres;
import io.weir.embedded.TestPostgres.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class DemoDataIT {
    private static final String PASSWORD = "it's a test";

    private static TestDatabase database = new TestDatabase("", "", "", "");
    private static List<DemoTable> tables = List.of();

    @BeforeAll
    static void fillsADatabase() throws SQLException {
        database = TestPostgres.createDatabase();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        tables = DemoData.generate(source, DemoData.SEED, DemoSizes.SMALL);
        DemoData.createReader(source, "first");
        DemoData.createReader(source, PASSWORD);
    }

    @Test
    void everyTableHoldsWhatWasWritten() throws SQLException {
        assertThat(tables).hasSize(10);
        for (DemoTable table : tables) {
            assertThat(number("SELECT count(*) FROM hospital." + table.name()))
                    .as(table.name())
                    .isEqualTo(table.rows());
        }
    }

    @Test
    void keysAndForeignKeysHold() throws SQLException {
        assertThat(
                        number(
                                "SELECT count(*) FROM pg_constraint WHERE connamespace = 'hospital'::regnamespace AND contype = 'p'"))
                .isEqualTo(10);
        assertThat(number(
                        "SELECT count(*) FROM pg_constraint WHERE connamespace = 'hospital'::regnamespace AND contype = 'f'"
                                + " AND convalidated"))
                .isEqualTo(10);
    }

    @Test
    void theReaderReadsAndCannotWrite() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), DemoData.READER, PASSWORD);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM hospital.patients")) {
                rows.next();
                assertThat(rows.getLong(1)).isEqualTo(3_000);
            }
            assertThatThrownBy(() -> statement.execute("DELETE FROM hospital.patients"))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
