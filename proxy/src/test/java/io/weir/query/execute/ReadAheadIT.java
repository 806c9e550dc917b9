package io.weir.query.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.Secret;
import io.weir.connector.postgresql.PostgresSourceConfig;
import io.weir.connector.postgresql.PostgresSourceConnector;
import io.weir.connector.postgresql.ServerTrust;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.embedded.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading ahead from a real server, through a pool of one connection: whatever is not given back is missed by the next statement. */
@Timeout(60)
class ReadAheadIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private TestPostgres.TestDatabase database;
    private PostgresSourceConnector source;

    @BeforeEach
    void connect() throws SQLException {
        database = TestPostgres.createDatabase();
        source = new PostgresSourceConnector(new PostgresSourceConfig(
                database.url().replaceFirst("\\?.*", ""),
                database.user(),
                Secret.of(database.password()),
                new ServerTrust.Plaintext(),
                1,
                1,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60)));
    }

    @AfterEach
    void disconnect() {
        source.close();
    }

    private ReadAhead read(String sql, Duration timeout) throws SourceException {
        return new ReadAhead(RowReader.ofValues(source.open(new SourceStatement("p", sql, List.of(), 500, timeout))));
    }

    private static int number(@Nullable Object @Nullable [] row) {
        return (Integer) Objects.requireNonNull(Objects.requireNonNull(row)[0]);
    }

    private int backend() throws SourceException {
        try (ReadAhead rows = read("SELECT pg_backend_pid()", TIMEOUT)) {
            return number(rows.next());
        }
    }

    private boolean isAtWork() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database.name()
                                + "' AND state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()")) {
            result.next();
            return result.getInt(1) > 0;
        }
    }

    @Test
    void allRowsComeAndTheConnectionIsFreeBeforeTheReaderCloses() throws Exception {
        ReadAhead rows = read("SELECT g FROM generate_series(1, 20000) g", TIMEOUT);
        for (int i = 1; i <= 20_000; i++) {
            assertThat(number(rows.next())).isEqualTo(i);
        }
        assertThat(rows.next()).isNull();
        backend();
        rows.close();
    }

    @Test
    void closingHalfWayGivesTheVeryConnectionBack() throws Exception {
        int before = backend();
        for (int i = 0; i < 5; i++) {
            try (ReadAhead rows = read("SELECT g FROM generate_series(1, 1000000) g", TIMEOUT)) {
                assertThat(number(rows.next())).isEqualTo(1);
            }
            assertThat(backend()).isEqualTo(before);
        }
    }

    @Test
    void aCancelInTheMiddleStopsTheStatementAtTheSource() throws Exception {
        try (ReadAhead rows = read(
                "SELECT g FROM generate_series(1, 100000) g WHERE g < 4000 OR pg_sleep(30) IS NOT NULL", TIMEOUT)) {
            Thread session = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                try {
                    while (!isAtWork()) {
                        Thread.sleep(20);
                    }
                } catch (SQLException | InterruptedException e) {
                    throw new AssertionError(e);
                }
                session.interrupt();
            });
            assertThatThrownBy(() -> {
                        while (rows.next() != null) {
                            assertThat(rows).isNotNull();
                        }
                    })
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.CANCELLED));
            assertThat(Thread.interrupted()).isFalse();
        }
        while (isAtWork()) {
            Thread.sleep(20);
        }
        backend();
    }

    @Test
    void theTimeOutOfTheStatementHoldsForReadingAhead() throws Exception {
        try (ReadAhead rows = read(
                "SELECT g FROM generate_series(1, 100000) g WHERE g < 4000 OR pg_sleep(30) IS NOT NULL",
                Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> {
                        while (rows.next() != null) {
                            assertThat(rows).isNotNull();
                        }
                    })
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.TIME_OUT));
        }
        backend();
    }

    @Test
    void aFailureInTheMiddleComesAfterTheRowsBeforeIt() throws Exception {
        try (ReadAhead rows = read("SELECT 1 / (7001 - g) FROM generate_series(1, 100000) g", TIMEOUT)) {
            int[] seen = {0};
            assertThatThrownBy(() -> {
                        while (rows.next() != null) {
                            seen[0]++;
                        }
                    })
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.FAILED));
            // Whole fetches of 500.
            assertThat(seen[0]).isEqualTo(7_000);
        }
        backend();
    }
}
