package io.weir;

import io.weir.embedded.PostgresCluster;
import io.weir.identity.PersonId;
import io.weir.policy.load.ReloadablePolicy;
import io.weir.query.DemoRoad;
import io.weir.query.PersonalDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two tables with a column of each type that a policy knows and with the values at its edges, in the source of the running Weir: rows about
 * people and reference data, granted in project {@code flow}. The source itself is the ordinary PostgreSQL to compare with. Taken back at
 * the end.
 */
public final class ColumnsOfEveryType implements AutoCloseable {
    public static final String PERSONAL = "hospital.samples";
    public static final String REFERENCE = "hospital.kinds";
    /** Reference data with values that cannot be handed on, one a column, in a single row. */
    public static final String LIMITS = "hospital.limits";

    public static final String PROJECT = "flow";

    private static final List<String> AGREEMENTS =
            List.of("agreements/dsa-2026-001.yaml", "agreements/dsa-2026-002.yaml");

    /** @param values as literals of the type; a last row has NULL everywhere */
    private record Column(String name, String type, List<String> values) {
        private static Column of(String name, String type, String... values) {
            return new Column(name, type, List.of(values));
        }

        private String literal(int row) {
            return row < values.size() ? "'" + values.get(row).replace("'", "''") + "'::" + type : "NULL";
        }
    }

    private static final List<Column> COLUMNS = List.of(
            Column.of("b", "boolean", "t", "f"),
            Column.of("i2", "smallint", "-32768", "32767", "0"),
            Column.of("i4", "integer", "-2147483648", "2147483647", "0"),
            Column.of("i8", "bigint", "-9223372036854775808", "9223372036854775807", "0", "9007199254740993"),
            Column.of("f4", "real", "-0", "NaN", "Infinity", "-Infinity", "3.4028235e38", "1e-45", "1.1", "1e20"),
            Column.of(
                    "f8",
                    "double precision",
                    "-0",
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "1.7976931348623157e308",
                    "5e-324",
                    "0.1",
                    "1e15",
                    "0.00001"),
            Column.of(
                    "num",
                    "numeric",
                    "123456789012345678901234567890.123456789",
                    "-0.000000000000000000000000000001",
                    "0",
                    "0.000",
                    "1000000000000000000000000000000",
                    "-10000",
                    "1.50"),
            Column.of("num_ps", "numeric(12,3)", "123456789.125", "-0.001", "0"),
            Column.of("t", "text", "", "tab\tand\nline", "é 𝄞 😀", "it's \"so\" \\ said", "\\N", "NULL", "  blanks  "),
            Column.of("vc", "varchar(5)", "", "a b", "😀é", "abcde"),
            Column.of("ch", "char(3)", "", "a", "é😀b"),
            Column.of("d", "date", "infinity", "-infinity", "2024-02-29", "1970-01-01", "9999-12-31", "0001-01-01"),
            Column.of("d_far", "date", "0044-03-15 BC", "12345-01-02", "4713-11-24 BC", "5874897-12-31"),
            Column.of("tm", "time", "00:00", "23:59:59.999999", "13:14:15.16", "24:00"),
            Column.of(
                    "ts",
                    "timestamp",
                    "infinity",
                    "-infinity",
                    "2024-02-29 13:14:15.123456",
                    "1999-12-31 23:59:59.999999",
                    "0001-01-01 00:00:00",
                    "9999-12-31 23:59:59.999999"),
            Column.of(
                    "ts_far",
                    "timestamp",
                    "0044-03-15 01:02:03.5 BC",
                    "12345-01-02 03:04:05",
                    "4713-11-24 00:00:00 BC",
                    "294276-12-31 23:59:59.999999"),
            Column.of(
                    "tz",
                    "timestamptz",
                    "infinity",
                    "-infinity",
                    "2024-07-01 12:00:00.5+02",
                    "2024-10-27 00:30:00+00",
                    "2024-10-27 01:30:00+00",
                    "1850-01-01 12:00:00+00",
                    "1970-01-01 00:00:00+00"),
            Column.of(
                    "tz_far",
                    "timestamptz",
                    "0044-03-15 01:02:03.5+00 BC",
                    "12345-07-01 00:00:00+00",
                    "4713-11-24 00:00:00+00 BC",
                    "294276-12-31 23:59:59.999999+00"),
            Column.of(
                    "iv",
                    "interval",
                    "1 year 2 mons -3 days 04:05:06.789",
                    "0",
                    "-1 day",
                    "-14 mons +3 days -04:05:06.7",
                    "1 mon",
                    "-00:00:00.000001",
                    "100 hours"),
            Column.of("iv_far", "interval", "178000000 years", "-178000000 years -2147483648 days -1000000:00:00"),
            Column.of(
                    "u",
                    "uuid",
                    "00000000-0000-0000-0000-000000000000",
                    "ffffffff-ffff-ffff-ffff-ffffffffffff",
                    "12345678-9abc-def0-1234-56789abcdef0"),
            Column.of("by", "bytea", "\\x", "\\x00", "\\x005c22ff0a"),
            Column.of(
                    "j", "json", "\"x\"", "null", "{\"a\" :1,  \"a\":2}", "[1e400, -0, 1.50, \"\\ud83d\\ude00 é 😀\"]"),
            Column.of(
                    "jb",
                    "jsonb",
                    "\"x\"",
                    "null",
                    "{\"bb\": 1e2, \"a\": [true, null]}",
                    "[1.50, -0, \"\\ud83d\\ude00 é\"]"),
            Column.of("bs", "boolean[]", "{}", "{t,NULL,f}"),
            Column.of("i2s", "smallint[]", "{}", "{1,-32768,NULL}"),
            Column.of("i4s", "integer[]", "{}", "{NULL}", "{{1,2},{3,NULL}}"),
            Column.of("i4s_low", "integer[]", "[0:1]={1,2}", "[-1:0][5:6]={{1,2},{3,4}}"),
            Column.of("i8s", "bigint[]", "{}", "{9223372036854775807,-1}", "{{{1},{2}}}"),
            Column.of("f4s", "real[]", "{}", "{1.5,NaN,-0,1e20}"),
            Column.of("f8s", "double precision[]", "{}", "{0.1,-Infinity,1e-7,1e15,-0}"),
            Column.of("nums", "numeric[]", "{}", "{0.00,-12.3450,1e30,NULL}"),
            Column.of("nums_ps", "numeric(6,2)[]", "{}", "{1.5,2.25}"),
            Column.of(
                    "txts",
                    "text[]",
                    "{}",
                    "{\"\",null,\"null\",\"a,b\",\"\\\"\",\"\\\\\",é😀,\"{}\",\" \"}",
                    "{{a,b},{c,NULL}}"),
            Column.of("vcs", "varchar(5)[]", "{}", "{abcde,\"a b\",\"\"}"),
            Column.of("chs", "char(3)[]", "{}", "{a,\"b c\",NULL}"),
            Column.of("ds", "date[]", "{}", "{2024-02-29,NULL,0001-01-01}"),
            Column.of("ds_far", "date[]", "{\"0044-03-15 BC\",12345-01-02}"),
            Column.of("tms", "time[]", "{}", "{13:14:15.16,00:00}"),
            Column.of("tss", "timestamp[]", "{}", "{\"2024-02-29 13:14:15.123456\",NULL}"),
            Column.of("tzs", "timestamptz[]", "{}", "{\"2024-07-01 12:00:00.5+02\",NULL}"),
            Column.of("ivs", "interval[]", "{}", "{\"14 mons 3 days 04:05:06.789\",\"-1 years +2 days -00:00:01\",0}"),
            Column.of("us", "uuid[]", "{}", "{12345678-9abc-def0-1234-56789abcdef0,NULL}"),
            Column.of("bys", "bytea[]", "{}", "{\"\\\\x00ff\",NULL,\"\\\\x\"}"),
            Column.of("js", "json[]", "{}", "{\"{\\\"a\\\" : 1}\",NULL}"),
            Column.of("jbs", "jsonb[]", "{}", "{\"{\\\"a\\\" : 1}\",\"null\",NULL}"));

    /** What PostgreSQL holds and Weir does not. */
    private static final List<Column> UNKNOWN = List.of(
            Column.of("nans", "numeric[]", "{1,NaN}"),
            Column.of("days", "date[]", "{infinity}"),
            Column.of("moments", "timestamptz[]", "{-infinity}"),
            Column.of("midnights", "time[]", "{24:00}"));

    /** Of the same table: no numbers, which are NULL. */
    private static final List<Column> NO_NUMBERS =
            List.of(Column.of("nan", "numeric", "NaN"), Column.of("endless", "numeric", "-Infinity"));

    private static final List<Column> LIMITED =
            Stream.of(UNKNOWN, NO_NUMBERS).flatMap(List::stream).toList();

    private static final int ROWS =
            COLUMNS.stream().mapToInt(column -> column.values().size()).max().orElseThrow() + 1;

    private final RunningWeir weir;
    private final Map<Path, String> agreements = new LinkedHashMap<>();

    private ColumnsOfEveryType(RunningWeir weir) {
        this.weir = weir;
    }

    /** Makes and grants them. */
    public static ColumnsOfEveryType in(RunningWeir weir) throws IOException, SQLException {
        ColumnsOfEveryType columns = new ColumnsOfEveryType(weir);
        try (Connection owner = weir.servers().source().owner().getConnection();
                Statement statement = owner.createStatement()) {
            create(REFERENCE, COLUMNS, ROWS, statement);
            create(LIMITS, LIMITED, 1, statement);
            statement.execute(
                    "CREATE TABLE " + PERSONAL + " AS SELECT 1000 + n AS sample_id, patient_id, false AS opted_out, k.*"
                            + " FROM " + REFERENCE
                            + " k JOIN (SELECT patient_id, row_number() OVER (ORDER BY patient_id) - 1 AS n"
                            + " FROM hospital.patients WHERE NOT opted_out) p USING (n)");
            statement.execute("GRANT SELECT ON " + REFERENCE + ", " + PERSONAL + ", " + LIMITS + " TO weir_reader");
        }
        columns.grant(weir.servers().policyDirectory());
        return columns;
    }

    private static void create(String table, List<Column> columns, int rows, Statement statement) throws SQLException {
        statement.execute("CREATE TABLE " + table + " (n integer PRIMARY KEY, "
                + list(columns, c -> c.name() + " " + c.type()) + ")");
        for (int row = 0; row < rows; row++) {
            int number = row;
            statement.execute(
                    "INSERT INTO " + table + " VALUES (" + number + ", " + list(columns, c -> c.literal(number)) + ")");
        }
    }

    private static String list(List<Column> columns, Function<Column, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }

    private void grant(Path policy) throws IOException {
        for (String agreement : AGREEMENTS) {
            agreements.put(policy.resolve(agreement), Files.readString(policy.resolve(agreement)));
        }
        reference(policy, REFERENCE, COLUMNS);
        reference(policy, LIMITS, LIMITED);
        String row = "- {name: n, type: integer, class: attribute, description: Row, nullable: false}\n";
        Files.writeString(
                file(policy, PERSONAL),
                PersonalDataset.yaml(
                        PERSONAL,
                        "sample_id",
                        "sample",
                        row + columns(COLUMNS, "attribute").indent(-2)));
        DemoRoad.grant(policy, PERSONAL, REFERENCE, LIMITS);
        reload();
    }

    private static void reference(Path policy, String table, List<Column> columns) throws IOException {
        Files.writeString(file(policy, table), """
                name: %s
                source: hospital
                kind: reference
                description: Kinds
                owner: aldermere-trust
                recordKey: [n]
                columns:
                  - {name: n, type: integer, class: public, description: Number, nullable: false}
                """.formatted(table) + columns(columns, "public"));
    }

    private static Path file(Path policy, String dataset) {
        return policy.resolve("datasets/" + dataset.substring(dataset.indexOf('.') + 1) + ".yaml");
    }

    private static String columns(List<Column> columns, String kind) {
        return columns.stream()
                .map(c -> "  - {name: " + c.name() + ", type: \"" + c.type() + "\", class: " + kind
                        + ", description: Column}\n")
                .collect(Collectors.joining());
    }

    private void reload() throws IOException {
        ReloadablePolicy.Reload reload = ((ReloadablePolicy) weir.wiring().policy()).reload(new PersonId("otto"));
        if (reload instanceof ReloadablePolicy.Reload.Rejected(var problems)) {
            throw new IllegalStateException(String.valueOf(problems));
        }
    }

    /** Names of the columns of {@link #LIMITS} that are no numbers. */
    public static List<String> noNumbers() {
        return NO_NUMBERS.stream().map(Column::name).toList();
    }

    /** Names of the other columns of {@link #LIMITS}. */
    public static List<String> unknown() {
        return UNKNOWN.stream().map(Column::name).toList();
    }

    /** Names of the columns, in their order. */
    public static List<String> names() {
        return COLUMNS.stream().map(Column::name).toList();
    }

    /** Both tables. */
    public static List<String> tables() {
        return List.of(PERSONAL, REFERENCE);
    }

    /** What a client needs to connect. */
    public record Address(String host, int port, String user, String password, String database, String authority) {
        /** Environment of a client program. Without an authority there is no TLS. */
        public Map<String, String> environment() {
            return Map.of(
                    "TYPES_HOST", host,
                    "TYPES_PORT", String.valueOf(port),
                    "TYPES_USER", user,
                    "TYPES_PASSWORD", password,
                    "TYPES_DATABASE", database,
                    "TYPES_CA", authority,
                    "TYPES_TABLES", String.join(",", tables()),
                    "TYPES_COLUMNS", String.join(",", names()));
        }
    }

    /** The source, an ordinary PostgreSQL 16. */
    public Address plain() {
        PostgresCluster cluster = weir.servers().source().cluster();
        return switch (cluster.endpoint()) {
            case PostgresCluster.Endpoint.Tcp(int port) ->
                new Address(
                        "127.0.0.1",
                        port,
                        cluster.superuser(),
                        cluster.superuserPassword().value(),
                        "postgres",
                        "");
            case PostgresCluster.Endpoint.Socket ignored -> throw new IllegalStateException("not on loopback");
        };
    }

    /** Weir. */
    public Address governed() {
        return new Address(
                "localhost",
                weir.postgresPort(),
                "ada",
                weir.password("ada"),
                PROJECT,
                weir.certificate().toString());
    }

    @Override
    public void close() throws IOException, SQLException {
        for (Map.Entry<Path, String> agreement : agreements.entrySet()) {
            Files.writeString(agreement.getKey(), agreement.getValue());
        }
        List<String> tables = List.of(PERSONAL, REFERENCE, LIMITS);
        for (String table : tables) {
            Files.delete(file(weir.servers().policyDirectory(), table));
        }
        reload();
        try (Connection owner = weir.servers().source().owner().getConnection();
                Statement statement = owner.createStatement()) {
            statement.execute("DROP TABLE " + String.join(", ", tables));
        }
    }
}
