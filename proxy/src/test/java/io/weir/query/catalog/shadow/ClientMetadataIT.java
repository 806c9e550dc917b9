package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.ClusterConfig;
import io.weir.embedded.PostgresCluster;
import io.weir.embedded.TestPostgres;
import io.weir.query.catalog.GovernedSchema;
import io.weir.query.catalog.StatementClassifier.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real clients against a hardened database, here on an external server that can be reached over TCP. The server is this test's own: a shadow
 * catalogue drops what it finds of an earlier one.
 */
final class ClientMetadataIT {
    private static final GovernedSchema SCHEMA = Hospital.schema();
    private static final String DATABASE = "v_" + SCHEMA.fingerprint().substring(0, 24);
    private static final Pattern QUERY = Pattern.compile("\\*{9} QUERY \\*{10}\\n(.*?)\\n\\*{26}", Pattern.DOTALL);

    private static PostgresCluster cluster;
    private static ShadowCatalogue catalogue;
    private static String password;
    private static int port;
    private static String role;

    @BeforeAll
    static void prepareTheDatabase() throws IOException {
        cluster = PostgresCluster.start(
                ClusterConfig.disposable(
                        TestPostgres.temporaryDirectory().resolve("data"),
                        TestPostgres.binariesCache(),
                        new ClusterConfig.Listen.Loopback(0)),
                new SecureRandom());
        port = ((PostgresCluster.Endpoint.Tcp) cluster.endpoint()).port();
        String secret = cluster.superuserPassword().value();
        role = ShadowDatabases.roleName(secret);
        password = ShadowDatabases.rolePassword(secret, role);
        catalogue = new ShadowCatalogue(
                new ExternalShadowServer("127.0.0.1", port, cluster.superuser(), secret),
                ShadowLimits.standard(),
                new SecureRandom());
        try (CatalogClient client = new CatalogClient(catalogue, SCHEMA, "ada", "ccg")) {
            assertThat(client.column("SELECT current_user")).containsExactly("ada");
        }
    }

    @AfterAll
    static void close() {
        catalogue.close();
        cluster.close();
    }

    private static Connection jdbc() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "disable");
        properties.setProperty(
                "options",
                "-c weir.database=ccg -c weir.user=ada -c search_path=hospital,reference,public,weir"
                        + " -c weir.settings=[[\"max_index_keys\",\"32\",\"32\",\"32\"]]");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, properties);
    }

    private static List<String> strings(ResultSet rows, String... columns) throws SQLException {
        List<String> all = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (String column : columns) {
                    line.append(line.isEmpty() ? "" : "|").append(rows.getString(column));
                }
                all.add(line.toString());
            }
        }
        return all;
    }

    @Test
    void pgjdbcListsTablesColumnsAndKeys() throws SQLException {
        try (Connection connection = jdbc()) {
            DatabaseMetaData meta = connection.getMetaData();
            assertThat(strings(meta.getTables(null, null, "%", new String[] {"TABLE"}), "TABLE_SCHEM", "TABLE_NAME"))
                    .containsExactlyInAnyOrder(
                            "hospital|admission", "hospital|person", "reference|icd10", "weir|my_releases");
            assertThat(strings(meta.getTables(null, "hospital", "person", null), "TABLE_CAT", "REMARKS"))
                    .containsExactly("ccg|People, one row each. It's personal: \\ ask for aggregates.");
            assertThat(strings(
                            meta.getColumns(null, "hospital", "person", "%"),
                            "COLUMN_NAME",
                            "TYPE_NAME",
                            "COLUMN_SIZE",
                            "IS_NULLABLE"))
                    .containsExactly(
                            "person_id|varchar|2147483647|NO",
                            "birth_year|int4|10|YES",
                            "ethnicity|varchar|10|YES",
                            "notes|text|2147483647|YES");
            assertThat(strings(meta.getPrimaryKeys(null, "hospital", "person"), "COLUMN_NAME"))
                    .containsExactly("person_id");
            assertThat(strings(meta.getImportedKeys(null, "hospital", "admission"), "PKTABLE_NAME", "FKCOLUMN_NAME"))
                    .containsExactly("person|person_id");
            assertThat(strings(meta.getExportedKeys(null, "hospital", "person"), "FKTABLE_NAME"))
                    .containsExactly("admission");
            assertThat(strings(meta.getIndexInfo(null, "hospital", "person", true, true), "COLUMN_NAME"))
                    .containsExactly("person_id");
            assertThat(strings(meta.getSchemas(), "TABLE_SCHEM")).contains("hospital", "reference", "weir");
            assertThat(strings(meta.getCatalogs(), "TABLE_CAT")).containsExactly("ccg");
            assertThat(strings(meta.getTablePrivileges(null, "hospital", "person"), "GRANTEE", "PRIVILEGE"))
                    .contains("PUBLIC|SELECT");
            assertThat(strings(meta.getTypeInfo(), "TYPE_NAME")).contains("int4", "timestamptz");
            strings(meta.getFunctions(null, "pg_catalog", "length"), "FUNCTION_NAME");
            strings(meta.getProcedures(null, null, "%"), "PROCEDURE_NAME");
            strings(meta.getBestRowIdentifier(null, "hospital", "person", 2, true), "COLUMN_NAME");
        }
    }

    private static String psql(String command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(TestPostgres.temporaryDirectory(), "psql", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "psql",
                        "-X",
                        "-E",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port),
                        "-U",
                        role,
                        "-d",
                        DATABASE,
                        "-c",
                        command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("PGPASSWORD", password);
        builder.environment()
                .put(
                        "PGOPTIONS",
                        "-c weir.database=ccg -c weir.user=ada -c search_path=hospital,reference,public,weir"
                                + " -c weir.settings=[[\"max_index_keys\",\"32\",\"32\",\"32\"]]");
        builder.environment().put("PGSSLMODE", "disable");
        builder.environment().put("PAGER", "cat");
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private static void needsPsql() {
        boolean present = List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "psql")));
        if (!present && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("psql is missing");
        }
        Assumptions.assumeTrue(present, "psql is not installed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d",
                "\\d+",
                "\\dt",
                "\\dt *.*",
                "\\d hospital.admission",
                "\\d+ person",
                "\\dn+",
                "\\l+",
                "\\du+",
                "\\dp",
                "\\di",
                "\\dv",
                "\\ds",
                "\\dm",
                "\\df pg_catalog.length",
                "\\da",
                "\\dT",
                "\\dD",
                "\\do",
                "\\dx",
                "\\dy",
                "\\dE",
                "\\dF",
                "\\db",
                "\\dc",
                "\\dC",
                "\\dd",
                "\\ddp",
                "\\des",
                "\\det",
                "\\deu",
                "\\dew",
                "\\dL",
                "\\dO",
                "\\drds",
                "\\dRp",
                "\\dRs",
                "\\dX",
                "\\dAc",
                "\\z",
                "\\dconfig"
            })
    void psqlAsksNothingThatTheShadowCannotAnswer(String command) throws Exception {
        needsPsql();
        String output = psql(command);
        assertThat(output).as(output).doesNotContain("ERROR:");
        Matcher queries = QUERY.matcher(output);
        int count = 0;
        try (CatalogClient client = new CatalogClient(catalogue, SCHEMA, "ada", "ccg")) {
            while (queries.find()) {
                count++;
                String sql = queries.group(1);
                assertThat(catalogue
                                .classifier()
                                .classify(CatalogClient.ADA, SCHEMA, sql)
                                .orThrow())
                        .as(sql)
                        .isEqualTo(Kind.CATALOGUE);
                assertThat(client.sqlState(sql)).as(sql).isEqualTo("00000");
            }
        }
        assertThat(count).isPositive();
    }

    @Test
    void psqlShowsWhatIsGrantedAndNothingElse() throws Exception {
        needsPsql();
        String tables = psql("\\d");
        assertThat(tables).contains("admission", "person", "icd10", "my_releases");
        String table = psql("\\d+ hospital.admission");
        assertThat(table)
                .contains("numeric(10,2)", "timestamp(3) with time zone", "\"admission_pkey\" PRIMARY KEY")
                .contains("FOREIGN KEY (person_id) REFERENCES person(person_id)");
        String databases = psql("\\l");
        assertThat(databases).contains("ccg").doesNotContain("v_", "template");
        assertThat(psql("\\du")).contains("ada").doesNotContain("_oracle");
    }
}
