package io.weir.connector.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.Bind;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.testkit.SourceConnectorContract;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresSourceConnectorIT extends SourceConnectorContract {
    private TestServer server;
    private PostgresSourceConnector connector;

    @BeforeAll
    void startServer(@TempDir Path home) throws Exception {
        server = new TestServer(home);
        server.execute("CREATE TABLE person (id bigint PRIMARY KEY, name text, born date)");
        server.execute("GRANT SELECT, INSERT ON person TO reader");
        server.execute("CREATE FUNCTION adds() RETURNS bigint LANGUAGE sql AS"
                + " 'INSERT INTO person (id) VALUES (1) RETURNING id'");
        server.execute("CREATE FUNCTION noisy() RETURNS int LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE NOTICE ''secret of the source''; RAISE WARNING ''another''; RETURN 1; END'");
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

    @Override
    protected SourceConnector connector() {
        return connector;
    }

    @Override
    protected Texts texts() {
        return new Texts(
                "SELECT g FROM generate_series(1::bigint, ?) AS g",
                "SELECT ?",
                "SELECT 1 FROM pg_sleep(?)",
                "SELECT adds()",
                "SELECT 1 / (g - 1) FROM generate_series(1, 1) AS g");
    }

    private List<@Nullable Object> row(String sql, Bind... binds) throws SourceException {
        List<@Nullable Object> row = new ArrayList<>();
        try (RowStream rows =
                connector.open(new SourceStatement("p", sql, List.of(binds), 0, Duration.ofSeconds(10)))) {
            assertThat(rows.next()).isTrue();
            for (int i = 0; i < rows.columns().size(); i++) {
                row.add(rows.value(i));
            }
        }
        return row;
    }

    @Test
    void everyTypeComesInItsNaturalClassAsTextAndAsBinary() throws Exception {
        List<Bind> binds = List.of(
                new Bind("bool", true),
                new Bind("int2", -2),
                new Bind("int4", 4),
                new Bind("int8", 8L),
                new Bind("float4", 1.5f),
                new Bind("float8", -0.1),
                new Bind("numeric", new BigDecimal("123456789012345678901234567890.10")),
                new Bind("text", "t"),
                new Bind("varchar", "v"),
                new Bind("bpchar", "b "),
                new Bind("date", LocalDate.of(1899, 12, 31)),
                new Bind("time", LocalTime.of(23, 59, 59, 123_456_000)),
                new Bind("timestamp", LocalDateTime.of(2024, 3, 31, 2, 30)),
                new Bind("timestamptz", Instant.parse("1955-06-01T12:00:00.000001Z")),
                new Bind("uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                new Bind("interval", "1 mon 2 days 03:00:00"));
        String sql = "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
        List<@Nullable Object> expected = new ArrayList<>();
        binds.forEach(bind -> expected.add(bind.value()));
        // The driver changes to named statements and binary results on the way.
        for (int run = 0; run < 5; run++) {
            assertThat(row(sql, binds.toArray(Bind[]::new))).isEqualTo(expected);
        }
        for (int run = 0; run < 5; run++) {
            assertThat(row(
                            sql,
                            binds.stream()
                                    .map(bind -> new Bind(bind.type(), null))
                                    .toArray(Bind[]::new)))
                    .hasSize(16)
                    .containsOnlyNulls();
        }
    }

    @Test
    void bindsArriveWithTheirTypes() throws Exception {
        assertThat(row(
                        "SELECT pg_typeof(?)::text, pg_typeof(?)::text, pg_typeof(?)::text, pg_typeof(?)::text, pg_typeof(?)::text",
                        new Bind("text", "x"),
                        new Bind("int2", 1),
                        new Bind("timestamptz", Instant.EPOCH),
                        new Bind("numeric", BigDecimal.ONE),
                        new Bind("date", LocalDate.EPOCH)))
                .containsExactly("text", "smallint", "timestamp with time zone", "numeric", "date");
    }

    @Test
    void whatANaturalClassCannotHoldIsNullOrItsBound() throws Exception {
        assertThat(row("SELECT 'NaN'::numeric, 'infinity'::date, '-infinity'::timestamptz, 'infinity'::timestamp,"
                        + " 'NaN'::float8"))
                .containsExactly(null, LocalDate.MAX, Instant.MIN, LocalDateTime.MAX, Double.NaN);
    }

    @Test
    void aColumnWithoutANaturalClassIsRefused() throws Exception {
        for (String type : List.of("'{1}'::int[]", "'{}'::jsonb", "'\\x00'::bytea", "ROW(1)", "'1'::money")) {
            assertThatThrownBy(() -> row("SELECT " + type))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.FAILED));
        }
        assertThat(row("SELECT 1")).containsExactly(1);
    }

    @Test
    void theSessionIsFixed() throws Exception {
        assertThat(row(
                        "SELECT current_setting('TimeZone'), current_setting('DateStyle'), current_setting('IntervalStyle'),"
                                + " current_setting('application_name'), current_setting('transaction_read_only'),"
                                + " current_setting('default_transaction_read_only')"))
                .containsExactly("UTC", "ISO, MDY", "postgres", "weir", "on", "on");
    }

    @Test
    void settingsOfAStatementDoNotReachTheNextBorrower() throws Exception {
        for (String setting :
                List.of("TimeZone", "default_transaction_read_only", "search_path", "statement_timeout")) {
            String before = String.valueOf(
                    row("SELECT current_setting(?)", new Bind("text", setting)).getFirst());
            String other = switch (setting) {
                case "TimeZone" -> "Asia/Tokyo";
                case "default_transaction_read_only" -> "off";
                case "statement_timeout" -> "77";
                default -> "pg_temp";
            };
            for (int i = 0; i < 3; i++) {
                List<@Nullable Object> set =
                        row("SELECT set_config(?, ?, false)", new Bind("text", setting), new Bind("text", other));
                assertThat(set).hasSize(1);
                assertThat(row("SELECT current_setting(?)", new Bind("text", setting)))
                        .containsExactly(before);
            }
        }
        // The read-only mark of the transaction cannot be taken off by the statement either.
        assertThatThrownBy(() -> row("SELECT set_config('transaction_read_only', 'off', true), adds()"))
                .isInstanceOf(SourceException.class);
    }

    @Test
    void repeatedStatementsArePreparedOnTheServer() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(row("SELECT ? + 1", new Bind("int4", i))).containsExactly(i + 1);
        }
        assertThat(((Number) row("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%+ 1'")
                                .getFirst())
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void aTableThatChangesUnderAPreparedStatementIsAskedAgain() throws Exception {
        server.execute("CREATE TABLE shape (a int)");
        server.execute("INSERT INTO shape VALUES (1)");
        server.execute("GRANT SELECT ON shape TO reader");
        for (int i = 0; i < 4; i++) {
            assertThat(row("SELECT * FROM shape")).containsExactly(1);
        }
        server.execute("ALTER TABLE shape ALTER a TYPE bigint");
        assertThat(row("SELECT * FROM shape")).containsExactly(1L);
    }

    @Test
    void noticesOfTheSourceGoNowhere() throws Exception {
        assertThat(row("SELECT noisy()")).containsExactly(1);
    }

    @Test
    void poolsShareNoConnectionAndAreBounded() throws Exception {
        for (String pool : List.of("p", "q", "r", "s", "t", "u", "v")) {
            assertThat(firstColumn(pool, "SELECT 1", 0)).containsExactly(1);
        }
        List<RowStream> open = new ArrayList<>();
        try {
            for (String pool : List.of("p", "q", "r")) {
                open.add(connector.open(
                        new SourceStatement(pool, "SELECT pg_backend_pid()", List.of(), 0, Duration.ofSeconds(5))));
            }
            assertThatThrownBy(() -> firstColumn("s", "SELECT 1", 0))
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE));
            List<@Nullable Object> pids = new ArrayList<>();
            for (RowStream rows : open) {
                assertThat(rows.next()).isTrue();
                pids.add(rows.value(0));
            }
            assertThat(pids).doesNotHaveDuplicates();
        } finally {
            open.forEach(RowStream::close);
        }
        assertThat(firstColumn("s", "SELECT 1", 0)).containsExactly(1);
    }

    @Test
    void aPoolThatIsUsedUpSaysThatItIsBusyAndNotThatTheSourceIsAway() throws Exception {
        List<RowStream> open = new ArrayList<>();
        try {
            for (String holder : List.of("ada", "ben")) {
                open.add(connector.open(one(holder, Duration.ofSeconds(5))));
            }
            assertThatThrownBy(() -> connector.open(one("cora", Duration.ofMillis(500))))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.BUSY));
        } finally {
            open.forEach(RowStream::close);
        }
        assertThat(firstColumn("p", "SELECT 1", 0)).containsExactly(1);
    }

    @Test
    void oneHolderLeavesAConnectionToOthers() throws Exception {
        try (RowStream first = connector.open(one("ada", Duration.ofSeconds(5)))) {
            assertThat(first.next()).isTrue();
            assertThatThrownBy(() -> connector.open(one("ada", Duration.ofMillis(300))))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.BUSY));
            try (RowStream other = connector.open(one("ben", Duration.ofSeconds(5)))) {
                assertThat(other.next()).isTrue();
            }
        }
    }

    @Test
    void whoWaitsGetsTheConnectionThatIsGivenBack() throws Exception {
        RowStream first = connector.open(one("ada", Duration.ofSeconds(5)));
        Thread giver = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(4_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            first.close();
        });
        try (RowStream second = connector.open(one("ada", Duration.ofSeconds(20)))) {
            assertThat(second.next()).isTrue();
        }
        giver.join();
    }

    private static SourceStatement one(String holder, Duration timeout) {
        return new SourceStatement("p", holder, "SELECT 1", List.of(), 0, timeout);
    }

    @Test
    void aSlowReaderIsNotATimeOut() throws Exception {
        try (RowStream rows = connector.open(new SourceStatement(
                "p", "SELECT g FROM generate_series(1, 10) AS g", List.of(), 5, Duration.ofMillis(700)))) {
            int count = 0;
            while (rows.next()) {
                count++;
                Thread.sleep(100);
            }
            assertThat(count).isEqualTo(10);
        }
    }

    @Test
    void aLateFetchIsATimeOutToo() throws Exception {
        try (RowStream rows = connector.open(new SourceStatement(
                "p",
                "SELECT g, CASE WHEN g > 5 THEN pg_sleep(20)::text END FROM generate_series(1, 10) AS g",
                List.of(),
                5,
                Duration.ofMillis(500)))) {
            for (int i = 0; i < 5; i++) {
                assertThat(rows.next()).isTrue();
            }
            assertThatThrownBy(rows::next)
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.TIME_OUT));
        }
        assertThat(row("SELECT 1")).containsExactly(1);
    }

    @Test
    void nothingRunsOnAtTheServerAfterAnInterruption() throws Exception {
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                assertThat(firstColumn("p", "SELECT 1 FROM pg_sleep(60)", 0)).isEmpty();
            } catch (SourceException e) {
                // As asked.
            }
        });
        Thread.sleep(500);
        thread.interrupt();
        thread.join(5_000);
        String running = "SELECT count(*)::int FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'"
                + " AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()";
        for (int i = 0; i < 100 && !Integer.valueOf(0).equals(row(running).getFirst()); i++) {
            Thread.sleep(20);
        }
        assertThat(row(running)).containsExactly(0);
    }
}
