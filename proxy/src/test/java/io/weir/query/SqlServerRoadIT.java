package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.connector.Secret;
import io.weir.connector.sqlserver.ServerTrust;
import io.weir.connector.sqlserver.SqlServerAddress;
import io.weir.connector.sqlserver.SqlServerSourceConfig;
import io.weir.connector.sqlserver.SqlServerSourceConnector;
import io.weir.policy.Column;
import io.weir.policy.Dataset;
import io.weir.policy.PolicySnapshot;
import io.weir.query.DemoRoad.Result;
import io.weir.query.type.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mssqlserver.MSSQLServerContainer;

/**
 * The demo hospital on a real SQL Server, with its default collation: every question has the answer that it has on PostgreSQL. Needs Docker; where
 * there is none, nothing is known about SQL Server.
 */
@Testcontainers(disabledWithoutDocker = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlServerRoadIT {
    @Container
    private static final MSSQLServerContainer SERVER =
            new MSSQLServerContainer("mcr.microsoft.com/mssql/server:2022-latest").acceptLicense();

    private DemoRoad road;
    private PolicySnapshot policy;
    private SqlServerSourceConnector connector;

    @BeforeAll
    void copyHospital() throws Exception {
        road = DemoRoad.shared();
        policy = road.policy("sqlserver-policy", directory -> {
            Path source = directory.resolve("sources/hospital.yaml");
            Files.writeString(
                    source,
                    Files.readString(source)
                            .replace("dialect: postgresql", "dialect: sqlserver")
                            .replaceFirst("url: .*", "url: jdbc:sqlserver://localhost:1433;databaseName=master"));
        });
        try (Connection to = DriverManager.getConnection(
                SERVER.getJdbcUrl() + ";encrypt=false", SERVER.getUsername(), SERVER.getPassword())) {
            execute(to, "CREATE SCHEMA hospital");
            for (Dataset dataset : policy.datasets().values()) {
                copy(dataset, to);
            }
        }
        connector = new SqlServerSourceConnector(SqlServerSourceConfig.of(
                new SqlServerAddress("localhost", SERVER.getMappedPort(1433), "master"),
                SERVER.getUsername(),
                Secret.of(SERVER.getPassword()),
                new ServerTrust.Plaintext()));
    }

    @AfterAll
    void close() {
        if (connector != null) {
            connector.close();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void copy(Dataset dataset, Connection to) throws SQLException {
        String table = "[" + dataset.relationSchema() + "].[" + dataset.relationName() + "]";
        List<Column> columns = dataset.columns();
        execute(
                to,
                columns.stream()
                        .map(c -> "[" + c.name() + "] " + type(c.type()))
                        .collect(Collectors.joining(", ", "CREATE TABLE " + table + " (", ")")));
        String names = columns.stream().map(c -> '"' + c.name() + '"').collect(Collectors.joining(", "));
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        to.setAutoCommit(false);
        try (Connection from = road.database.connect();
                Statement read = from.createStatement();
                ResultSet rows = read.executeQuery(
                        "SELECT " + names + " FROM " + dataset.relationSchema() + "." + dataset.relationName());
                PreparedStatement write = to.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
            int waiting = 0;
            while (rows.next()) {
                for (int i = 1; i <= columns.size(); i++) {
                    write.setObject(i, rows.getObject(i));
                }
                write.addBatch();
                if (++waiting == 1_000) {
                    write.executeBatch();
                    waiting = 0;
                }
            }
            write.executeBatch();
        }
        to.commit();
        to.setAutoCommit(true);
    }

    private static String type(ColumnType type) {
        return switch (type.type()) {
            case BOOL -> "bit";
            case INT2 -> "smallint";
            case INT4 -> "int";
            case INT8 -> "bigint";
            case NUMERIC -> "decimal(" + (type.integerDigits() + type.scale()) + ", " + type.scale() + ")";
            case VARCHAR -> "varchar(" + type.length() + ")";
            case BPCHAR -> "char(" + type.length() + ")";
            case TEXT -> "nvarchar(max)";
            case DATE -> "date";
            case TIMESTAMP -> "datetime2(6)";
            default -> throw new IllegalArgumentException("the demo has no " + type);
        };
    }

    @TestFactory
    List<DynamicTest> everyQuestionHasTheAnswerThatPostgresGives() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        try (InputStream in = SqlServerRoadIT.class.getResourceAsStream("/dialects/questions.sql")) {
            String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String part : all.split("-- name: ")) {
                if (!part.isBlank()) {
                    int end = part.indexOf('\n');
                    String[] name = part.substring(0, end).split("  ");
                    String sql = part.substring(end + 1);
                    tests.add(DynamicTest.dynamicTest(
                            name[0], () -> compare(name[1].split("@"), sql, recorded(name[0]))));
                }
            }
        }
        return tests;
    }

    /** What DialectQuestionsTest records of a question: the text that is asked, or the refusal. */
    private static String recorded(String question) throws IOException {
        String file = "/dialects/" + question.replaceAll("[^a-z]+", "-") + ".sqlserver.golden";
        try (InputStream in = SqlServerRoadIT.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void compare(String[] who, String sql, String recorded) {
        Result there = road.session(
                        who[0], who[1], new MemoryPublishedAnswers(), new RecordingAuditLog(), connector, () -> policy)
                .flagged(sql);
        if (recorded.contains("\nrefused: ")) {
            // What cannot be said in Transact-SQL is refused there with the words that are recorded, and nothing is
            // asked.
            assertThat(there.problem()).isNotNull();
            assertThat(recorded)
                    .contains("\nrefused: %s\n%s\n"
                            .formatted(there.problem().code(), there.problem().detail()));
            return;
        }
        Result here = road.session(who[0], who[1]).flagged(sql);
        assertThat(there.problem()).isEqualTo(here.problem());
        assertThat(there.labels()).isEqualTo(here.labels());
        assertThat(plain(there)).isEqualTo(plain(here));
    }

    /** Without an order, and numbers without the zeros at their end. */
    private static List<String> plain(Result result) {
        return result.rows().stream()
                .map(row -> row.stream().map(SqlServerRoadIT::plain).toList().toString())
                .sorted()
                .toList();
    }

    private static String plain(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : String.valueOf(value);
    }
}
