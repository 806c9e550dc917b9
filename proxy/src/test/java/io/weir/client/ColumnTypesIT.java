package io.weir.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.ColumnsOfEveryType;
import io.weir.ColumnsOfEveryType.Address;
import io.weir.RunningWeir;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Columns of every type, with the values at the edges, as rows about people and as reference data: every client library reads from Weir what
 * it reads from an ordinary PostgreSQL with the same tables, in each format that it can ask for.
 */
class ColumnTypesIT {
    private static ColumnsOfEveryType columns;

    @BeforeAll
    static void make() throws IOException, SQLException {
        columns = ColumnsOfEveryType.in(RunningWeir.shared());
    }

    @AfterAll
    static void takeBack() throws IOException, SQLException {
        columns.close();
    }

    /** A way to read everything: call to lines of the answer. */
    interface Reading {
        Map<String, List<String>> from(Address address) throws Exception;
    }

    private static void compare(String client, Reading reading) throws Exception {
        Map<String, List<String>> plain = reading.from(columns.plain());
        // What a library cannot read itself, it cannot compare.
        List<String> readable = plain.values().stream()
                .flatMap(List::stream)
                .filter(line -> !line.startsWith("!"))
                .toList();
        assertThat(readable).hasSizeGreaterThan(plain.size());
        new Differences("every_type_differences.txt", client).explain(plain, reading.from(columns.governed()));
    }

    private static Map<String, List<String>> program(
            Address address, Map<String, String> environment, String... command) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(address.environment());
        ObjectMapper mapper = new ObjectMapper();
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String line : ClientProgram.lines(address.port(), all, command)) {
            JsonNode answer = mapper.readTree(line);
            List<String> lines = new ArrayList<>();
            answer.path("lines").forEach(one -> lines.add(one.asText()));
            assertThat(answers.put(answer.path("call").asText(), lines))
                    .as(line)
                    .isNull();
        }
        return answers;
    }

    private static void python(String client, String program) throws Exception {
        compare(
                client,
                address -> program(
                        address, Map.of("TZ", "UTC"), ClientTool.PYTHON, "-B", ClientProgram.resource(program)));
    }

    private static void node(String client, String program) throws Exception {
        compare(
                client,
                address -> program(
                        address,
                        Map.of(
                                "TZ",
                                "UTC",
                                "NODE_PATH",
                                ClientTool.nodeModules().toString()),
                        "node",
                        ClientProgram.resource(program)));
    }

    @Test
    void psycopg3ReadsTheSameInTextAndBinary() throws Exception {
        ClientTool.requirePython("psycopg");
        python("psycopg3", "every_type_psycopg3.py");
    }

    @Test
    void psycopg2ReadsTheSame() throws Exception {
        ClientTool.requirePython("psycopg2");
        python("psycopg2", "every_type_psycopg2.py");
    }

    @Test
    void asyncpgReadsTheSame() throws Exception {
        ClientTool.requirePython("asyncpg");
        python("asyncpg", "every_type_asyncpg.py");
    }

    @Test
    void psqlOdbcReadsTheSame() throws Exception {
        ClientTool.requirePython("pyodbc");
        ClientTool.require("psqlODBC", "odbcinst", "-q", "-d", "-n", "PostgreSQL Unicode");
        python("odbc", "every_type_odbc.py");
    }

    @Test
    void rPostgreSqlReadsTheSame() throws Exception {
        ClientTool.require("RPostgreSQL", "Rscript", "-e", "library(RPostgreSQL)");
        compare(
                "r",
                address -> program(
                        address,
                        Map.of("LC_ALL", "C.UTF-8"),
                        "Rscript",
                        "--vanilla",
                        ClientProgram.resource("every_type.R")));
    }

    @Test
    void nodePgReadsTheSameInTextAndBinary() throws Exception {
        ClientTool.requireNode("pg");
        node("node-pg", "every_type_node_pg.js");
    }

    @Test
    void pgNativeReadsTheSame() throws Exception {
        ClientTool.requireNode("pg-native");
        node("pg-native", "every_type_pg_native.js");
    }

    @Test
    void postgresJsReadsTheSameParsedAndRaw() throws Exception {
        ClientTool.requireNode("postgres");
        node("postgres-js", "every_type_postgres_js.js");
    }

    @Test
    void psqlShowsTheSameAlignedAsCsvAndCopied() throws Exception {
        ClientTool.require("psql", "psql", "--version");
        compare("psql", PsqlReading::of);
    }

    @Test
    void vertxReadsTheSameInTextAndBinary() throws Exception {
        compare("vertx", VertxReading::of);
    }

    /** Weir has no value for them: the answer ends with an error, and the session lives on. What is no number is NULL. */
    @Test
    void whatCannotBeHandedOnIsAnErrorOrNull() throws SQLException {
        try (Connection connection = RunningWeir.shared().connect("ada", ColumnsOfEveryType.PROJECT);
                Statement statement = connection.createStatement()) {
            for (String column : ColumnsOfEveryType.unknown()) {
                String question = "SELECT " + column + " FROM " + ColumnsOfEveryType.LIMITS;
                assertThat(outcome(statement, question)).as(column).isEqualTo("22003");
            }
            for (String column : ColumnsOfEveryType.noNumbers()) {
                assertThat(outcome(statement, "SELECT " + column + " FROM " + ColumnsOfEveryType.LIMITS))
                        .isEqualTo("a value: null");
            }
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    private static String outcome(Statement statement, String question) {
        try (ResultSet rows = statement.executeQuery(question)) {
            return rows.next() ? "a value: " + rows.getString(1) : "no row";
        } catch (SQLException refused) {
            return String.valueOf(refused.getSQLState());
        }
    }

    @Test
    void pgjdbcReadsTheSameInTextAndBinary() throws Exception {
        compare("pgjdbc", PgjdbcReading::of);
    }
}
