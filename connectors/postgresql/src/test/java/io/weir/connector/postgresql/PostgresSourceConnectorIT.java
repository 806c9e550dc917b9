package io.weir.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.Bind;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresSourceConnectorIT {
    private TestServer server;
    private PostgresSourceConnector connector;

    @BeforeAll
    void startServer(@TempDir Path home) throws Exception {
        server = new TestServer(home);
        server.execute("CREATE TABLE person (id bigint PRIMARY KEY, name text, born date)");
        server.execute(
                "INSERT INTO person SELECT i, 'n' || i, date '1950-01-01' + i::int FROM generate_series(1, 1000) i");
        server.execute("GRANT SELECT ON person TO reader");
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() {
        connector = new PostgresSourceConnector(server.config());
    }

    @AfterEach
    void disconnect() {
        connector.close();
    }

    private static SourceStatement statement(String sql, Bind... binds) {
        return new SourceStatement("p1", sql, List.of(binds), 0, Duration.ofSeconds(10));
    }

    private List<List<@Nullable Object>> rows(SourceStatement statement) throws SourceException {
        List<List<@Nullable Object>> all = new ArrayList<>();
        try (RowStream rows = connector.open(statement)) {
            while (rows.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 0; i < rows.columns().size(); i++) {
                    row.add(rows.value(i));
                }
                all.add(row);
            }
        }
        return all;
    }

    @Test
    void valuesComeInTheirNaturalClasses() throws Exception {
        assertThat(rows(statement(
                        "SELECT ?, ?, ?, ?, ?, count(*) FROM person WHERE id <= ?",
                        new Bind("int4", 7),
                        new Bind("text", "x"),
                        new Bind("numeric", new BigDecimal("1.50")),
                        new Bind("date", LocalDate.of(2024, 2, 29)),
                        new Bind("timestamptz", Instant.parse("2024-02-29T10:00:00Z")),
                        new Bind("int8", 10L))))
                .containsExactly(List.of(
                        7,
                        "x",
                        new BigDecimal("1.50"),
                        LocalDate.of(2024, 2, 29),
                        Instant.parse("2024-02-29T10:00:00Z"),
                        10L));
    }

    @Test
    void rowsAreStreamedByTheFetchSize() throws Exception {
        long sum = 0;
        try (RowStream rows = connector.open(
                new SourceStatement("p1", "SELECT id FROM person", List.of(), 100, Duration.ofSeconds(10)))) {
            while (rows.next()) {
                sum += ((Number) Objects.requireNonNull(rows.value(0))).longValue();
            }
        }
        assertThat(sum).isEqualTo(500_500);
    }

    @Test
    void aMissingTableIsAFailureOfTheStatement() {
        assertThatThrownBy(() -> connector.open(statement("SELECT 1 FROM nowhere")))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.FAILED));
    }
}
