package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.embedded.TestPostgres;
import io.weir.query.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** The same values copied from a real PostgreSQL 16 and from Weir: the same messages, byte for byte, or the same SQLSTATE. */
class CopyIT {
    private static RunningServer server;
    private static Connection weir;
    private static Connection postgres;

    @BeforeAll
    static void start(@TempDir Path directory) throws SQLException {
        server = new RunningServer(directory);
        weir = DriverManager.getConnection(server.url(""), RunningServer.USER, RunningServer.PASSWORD);
        postgres = TestPostgres.createDatabase().connect();
        try (Statement statement = postgres.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            statement.execute("CREATE TABLE specials (id int, \"Say \"\"it\"\"\" text)");
            statement.execute("CREATE TABLE alone (word text)");
            statement.execute("CREATE TABLE every_type (" + everyColumn() + ")");
            statement.execute("INSERT INTO every_type VALUES (true, -12, 123456, -9876543210, 1.5, 0.1, -1234567.8900,"
                    + " 'Grüße, Welt', 'varchar', 'char', '2024-02-29', '13:14:15.16', '2024-02-29 13:14:15.123456',"
                    + " '2024-07-01 12:00:00.5Z', '14 mons 3 days 14706.789 secs',"
                    + " '12345678-9abc-def0-1234-56789abcdef0',"
                    + " '\\x00615c22ff', E'{\"b\" :1,\\n\"b\":[2]}', '{\"a\": [1.50, null], \"bb\": \"x\"}', '{t,NULL,f}', '{1,-2}',"
                    + " '[0:1]={1,2}', '{{1,2},{3,4}}', '{1.5}', '{0.1,1e20}', '{10.50}',"
                    + " ARRAY['', 'a \"b\"', 'back\\slash', 'null', NULL, E'comma,tab\\t'], '{v}', '{\"bp \"}', '{2024-02-29}', '{01:02:03}',"
                    + " '{2024-02-29 13:14:15}', '{2024-07-01 12:00:00.5+00}', '{14 mons 3 days 14706.789 secs}',"
                    + " '{12345678-9abc-def0-1234-56789abcdef0}', ARRAY['\\x0102'::bytea], ARRAY['[1, 2]'::json],"
                    + " ARRAY['{\"a\": 1}'::jsonb])");
            statement.execute("INSERT INTO every_type DEFAULT VALUES");
        }
        try (PreparedStatement insert = postgres.prepareStatement("INSERT INTO specials VALUES (?, ?)");
                PreparedStatement alone = postgres.prepareStatement("INSERT INTO alone VALUES (?)")) {
            for (int i = 0; i < TestDesk.SPECIALS.size(); i++) {
                insert.setInt(1, i);
                insert.setString(2, TestDesk.SPECIALS.get(i));
                insert.execute();
                alone.setString(1, TestDesk.SPECIALS.get(i));
                alone.execute();
            }
        }
        try (Statement statement = weir.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
        }
    }

    private static String everyColumn() {
        return String.join(
                ", ",
                Stream.of(SqlType.values())
                        .map(type -> "c_" + type.name().toLowerCase(java.util.Locale.ROOT) + " "
                                + type.sqlName().replaceFirst("character(?! varying)", "bpchar"))
                        .toList());
    }

    @AfterAll
    static void stop() throws SQLException {
        weir.close();
        postgres.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "WITH CSV",
                "CSV HEADER",
                "WITH CSV QUOTE AS '''' ESCAPE '\\' NULL AS 'NULL' FORCE QUOTE id",
                "CSV FORCE QUOTE *",
                "DELIMITER AS '|' NULL 'nil'",
                "BINARY",
                "WITH BINARY",
                "HEADER",
                "(FORMAT text)",
                "(FORMAT 'text', HEADER)",
                "(FORMAT csv)",
                "WITH (FORMAT csv, HEADER)",
                "(FORMAT csv, HEADER true)",
                "(FORMAT csv, HEADER 1)",
                "(FORMAT csv, HEADER off)",
                "(FORMAT csv, HEADER 'On')",
                "(HEADER, FORMAT csv, DELIMITER E'\\t')",
                "(FORMAT csv, DELIMITER ';', QUOTE '~')",
                "(FORMAT csv, ESCAPE '\\')",
                "(FORMAT csv, NULL 'NULL')",
                "(FORMAT csv, NULL 'plain', HEADER)",
                "(FORMAT csv, FORCE_QUOTE *)",
                "(FORMAT csv, FORCE_QUOTE (id))",
                "(FORMAT csv, FORCE_QUOTE (\"Say \"\"it\"\"\", id))",
                "(FORMAT binary)",
                "(FORMAT binary, HEADER false)",
                "(FORMAT csv, ENCODING 'UTF8')",
                "(ENCODING 'utf-8')",
                "(DELIMITER ',')",
                "(DELIMITER ' ')",
                "(DELIMITER E'\\x01')",
                "(DELIMITER E'\\x0b')",
                "(DELIMITER '~', NULL '')",
                // refused
                "(FORMAT xml)",
                "(FORMAT CSV, FORMAT csv)",
                "(FORMAT)",
                "(DELIMITER '||')",
                "(DELIMITER 'ä')",
                "(DELIMITER '')",
                "(DELIMITER E'\\n')",
                "(DELIMITER 'a')",
                "(DELIMITER 'A')",
                "(DELIMITER '.')",
                "(NULL E'a\\nb')",
                "(NULL E'a\\tb')",
                "(FORMAT csv, NULL 'a,b')",
                "(FORMAT csv, NULL 'a\"b')",
                "(FORMAT binary, DELIMITER ',')",
                "(FORMAT binary, NULL '')",
                "(FORMAT binary, HEADER)",
                "(QUOTE '\"')",
                "(ESCAPE '\"')",
                "(FORCE_QUOTE *)",
                "(FORMAT csv, QUOTE 'ab')",
                "(FORMAT csv, ESCAPE 'ab')",
                "(FORMAT csv, QUOTE ',')",
                "(FORMAT csv, FORCE_QUOTE id)",
                "(FORMAT csv, FORCE_QUOTE (nobody))",
                "(FORMAT csv, FORCE_NOT_NULL (id))",
                "(FORMAT csv, HEADER match)",
                "(FORMAT csv, HEADER maybe)",
                "(FORMAT csv, HEADER 2)",
                "(NONSENSE)",
                "(FREEZE maybe)",
                "(ENCODING 'klingon')",
                "(DEFAULT 'x')",
                "(FORMAT csv",
                "(FORMAT csv,)",
                "()",
                "CSV CSV",
                "NONSENSE",
                "CSV HEADER true",
                "WHERE id > 1"
            })
    void optionsMeanWhatTheyMeanInPostgresql(String options) {
        same("COPY (SELECT * FROM specials) TO STDOUT " + options);
        same("COPY (SELECT * FROM alone) TO STDOUT " + options);
        same("COPY specials TO STDOUT " + options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY (SELECT * FROM every_type) TO STDOUT",
                "COPY (SELECT * FROM every_type) TO STDOUT (FORMAT csv, HEADER)",
                "COPY (SELECT * FROM every_type) TO STDOUT (FORMAT binary)",
                "COPY (TABLE every_type) TO STDIN",
                "copy every_type to stdout with csv",
                "COPY BINARY every_type TO STDOUT",
                "COPY public.every_type TO STDOUT USING DELIMITERS '|'",
                "COPY (SELECT ')' , * FROM (SELECT 1) x, every_type ORDER BY (1)) TO STDOUT (FORMAT nope)",
                "COPY (SELECT 1",
                "COPY (SELECT 1) STDOUT",
                "COPY (SELECT 1) FROM STDIN",
                "COPY BINARY (SELECT 1) TO STDOUT",
                "COPY every_type() TO STDOUT",
                "COPY TO STDOUT",
                "COPY"
            })
    void statementsMeanWhatTheyMeanInPostgresql(String sql) {
        same(sql);
    }

    private static void same(String sql) {
        assertThat(copied(weir, sql)).as(sql).isEqualTo(copied(postgres, sql));
    }

    /** The messages, one line each; or the SQLSTATE. */
    private static List<String> copied(Connection connection, String sql) {
        List<String> messages = new ArrayList<>();
        try {
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
            messages.add("format " + copy.getFormat() + " of " + copy.getFieldCount());
            for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
                messages.add(HexFormat.of().formatHex(message) + " "
                        + new String(message, StandardCharsets.UTF_8).replaceAll("[\\x00-\\x1f]", "."));
            }
            messages.add("COPY " + copy.getHandledRowCount());
        } catch (SQLException refused) {
            messages.add(String.valueOf(refused.getSQLState()));
        }
        return messages;
    }
}
