package io.weir.connector.sqlserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.source.Bind;
import io.weir.connector.source.RowStream;
import io.weir.connector.source.SourceConnector;
import io.weir.connector.source.SourceException;
import io.weir.connector.source.SourceStatement;
import io.weir.connector.testkit.SourceConnectorContract;
import java.math.BigDecimal;
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

/** Microsoft's driver against the responder: the contract of every source, types, errors, pooling. Nothing here is about T-SQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlServerSourceConnectorTest extends SourceConnectorContract {
    private Backend backend;
    private SqlServerSourceConnector connector;

    @BeforeAll
    void startServer() throws Exception {
        backend = new Backend("contract", null);
    }

    @AfterAll
    void stopServer() throws Exception {
        backend.close();
    }

    @BeforeEach
    void connect() {
        connector = new SqlServerSourceConnector(backend.config(new ServerTrust.Plaintext()));
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
                "SELECT x AS n FROM SYSTEM_RANGE(1, ?) WHERE x <= 1000000",
                "SELECT CAST(? AS nvarchar(3999)) AS v",
                "SELECT pause(?) AS n",
                "INSERT INTO person OUTPUT inserted.id VALUES (1, N'x')",
                "SELECT 1 / (x - 1) AS n FROM SYSTEM_RANGE(1, 1)");
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
    void everyTypeComesInItsNaturalClass() throws Exception {
        List<Bind> binds = List.of(
                new Bind("bool", true),
                new Bind("int2", -2),
                new Bind("int4", 4),
                new Bind("int8", 8L),
                new Bind("float4", 1.5f),
                new Bind("float8", -0.1),
                new Bind("numeric", new BigDecimal("-1234567890123456789.10")),
                new Bind("text", "\u00e4\ud83d\ude00"),
                new Bind("date", LocalDate.of(1899, 12, 31)),
                new Bind("time", LocalTime.of(23, 59, 59, 123_456_000)),
                new Bind("timestamp", LocalDateTime.of(2024, 3, 31, 2, 30, 0, 1_000)),
                new Bind("timestamptz", Instant.parse("1955-06-01T12:00:00.000001Z")),
                new Bind("uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")));
        String sql =
                "SELECT CAST(? AS bit) AS a, CAST(? AS smallint) AS b, CAST(? AS int) AS c, CAST(? AS bigint) AS d,"
                        + " CAST(? AS real) AS e, CAST(? AS float(53)) AS f, CAST(? AS decimal(21, 2)) AS g,"
                        + " CAST(? AS nvarchar(3999)) AS h, CAST(? AS date) AS i, CAST(? AS time(6)) AS j,"
                        + " CAST(? AS datetime2(6)) AS k, CAST(? AS timestamp(6) with time zone) AS l,"
                        + " CAST(? AS uniqueidentifier) AS m";
        List<@Nullable Object> expected = new ArrayList<>();
        binds.forEach(bind -> expected.add(bind.value()));
        // The driver prepares from the second run on.
        for (int run = 0; run < 4; run++) {
            assertThat(row(sql, binds.toArray(Bind[]::new))).isEqualTo(expected);
        }
        for (int run = 0; run < 2; run++) {
            assertThat(row(
                            sql,
                            binds.stream()
                                    .map(bind -> new Bind(bind.type(), null))
                                    .toArray(Bind[]::new)))
                    .hasSize(13)
                    .containsOnlyNulls();
        }
    }

    @Test
    void aColumnWithoutANaturalClassIsRefused() throws Exception {
        assertThatThrownBy(() -> row("SELECT CAST(X'00ff' AS varbinary(10)) AS v"))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.FAILED));
        assertThat(row("SELECT 1 AS n")).containsExactly(1);
    }

    @Test
    void namesKeepMarksThatDriversReadOrAreRefused() throws Exception {
        try (RowStream rows = connector.open(new SourceStatement(
                "p", "SELECT CAST(? AS int) AS [a?b]", List.of(new Bind("int4", 1)), 0, Duration.ofSeconds(10)))) {
            assertThat(rows.columns()).containsExactly("a?b");
        }
        assertThatThrownBy(() -> row("SELECT 1 AS [{fn now()}]")).isInstanceOf(SourceException.class);
    }

    @Test
    void everySessionIsFixedBeforeItsFirstStatement() throws Exception {
        assertThat(row("SELECT 1 AS n")).containsExactly(1);
        String settings = backend.server.heard().stream()
                .filter(s -> s.startsWith("SET ANSI_NULLS"))
                .findFirst()
                .orElseThrow();
        assertThat(settings)
                .contains("ANSI_PADDING")
                .contains("CONCAT_NULL_YIELDS_NULL")
                .contains("SET XACT_ABORT ON")
                .contains("SET DATEFIRST 7")
                .contains("SET LANGUAGE us_english")
                .contains("SET LOCK_TIMEOUT 20000")
                .endsWith("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
    }

    @Test
    void connectionsAreUsedAgainAndEndWithARollback() throws Exception {
        int before = backend.server.logins();
        for (int i = 0; i < 10; i++) {
            assertThat(row("SELECT 1 AS n")).containsExactly(1);
        }
        assertThat(backend.server.logins() - before).isEqualTo(1);
        assertThat(backend.server.heard()).anyMatch(s -> s.contains("ROLLBACK") || s.contains("rollback"));
    }

    @Test
    void projectsDoNotShareConnections() throws Exception {
        int before = backend.server.logins();
        assertThat(firstColumn("one", "SELECT 1 AS n", 0)).containsExactly(1);
        assertThat(firstColumn("two", "SELECT 1 AS n", 0)).containsExactly(1);
        assertThat(backend.server.logins() - before).isEqualTo(2);
    }

    @Test
    void aCancelIsAnAttention() throws Exception {
        int before = backend.server.attentions();
        assertThatThrownBy(() -> connector.open(new SourceStatement(
                        "p", "SELECT pause(?) AS n", List.of(new Bind("float8", 20.0)), 0, Duration.ofMillis(200))))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.kind()).isEqualTo(SourceException.Kind.TIME_OUT));
        assertThat(backend.server.attentions()).isGreaterThan(before);
    }

    @Test
    void aConnectionThatDiedIsReplaced() throws Exception {
        assertThat(row("SELECT 1 AS n")).containsExactly(1);
        backend.server.cut();
        assertThat(row("SELECT 1 AS n")).containsExactly(1);
    }

    @Test
    void aWrongPasswordIsRefusedWithoutTheServersWords() {
        try (SqlServerSourceConnector other =
                new SqlServerSourceConnector(backend.config("localhost", "wrong", new ServerTrust.Plaintext()))) {
            assertThatThrownBy(other::probe).isInstanceOfSatisfying(SourceException.class, e -> {
                assertThat(e.kind()).isEqualTo(SourceException.Kind.UNAVAILABLE);
                assertThat(e.getMessage()).doesNotContain("reader").contains("18456");
            });
        }
    }

    @Test
    void onlyOneSelectIsSent() {
        for (String sql : List.of("DELETE FROM person", "SELECT 1 AS n; DELETE FROM person", "EXEC sp_who", "")) {
            assertThatThrownBy(() -> row(sql)).isInstanceOf(SourceException.class);
        }
        assertThat(backend.server.heard()).noneMatch(s -> s.contains("DELETE"));
    }
}
