package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real psql against the whole server. Skips when psql is missing, except in CI. */
class PsqlTest {
    private static RunningServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        boolean present;
        try {
            present = new ProcessBuilder("psql", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            present = false;
        }
        if (!present && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("psql is missing: install postgresql-client");
        }
        assumeTrue(present, "psql is not installed");
        server = new RunningServer(directory);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String psql(String sslmode, String user, String password, String... commands) throws Exception {
        var arguments = new java.util.ArrayList<String>(java.util.List.of(
                "psql",
                "-X",
                "-At",
                "host=localhost port=" + server.port() + " dbname=demo user=" + user + " sslmode=" + sslmode
                        + " sslrootcert=" + server.certificate.certificate()));
        for (String command : commands) {
            arguments.add("-c");
            arguments.add(command);
        }
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void everyTypePrintsAsInPostgresql() throws Exception {
        assertThat(psql(
                        "verify-full",
                        "ada",
                        RunningServer.PASSWORD,
                        "SET TIME ZONE 'Europe/London'",
                        "SELECT * FROM every_type"))
                .contains(
                        "t|-12|123456|-9876543210|1.5|0.1|-1234567.8900|Grüße, Welt|varchar|char|2024-02-29|13:14:15.16|"
                                + "2024-02-29 13:14:15.123456|2024-07-01 13:00:00.5+01|1 year 2 mons 3 days 04:05:06.789|"
                                + "12345678-9abc-def0-1234-56789abcdef0")
                .contains("NOTICE:  some values are hidden");
    }

    @Test
    void transactionsAndRefusalsReadWell() throws Exception {
        assertThat(psql(
                        "require",
                        "ada",
                        RunningServer.PASSWORD,
                        "BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT",
                        "SHOW server_version",
                        "SELECT refused()"))
                .contains("COMMIT", "16.15", "ERROR:", "HINT:  Count people instead.");
    }

    @Test
    void copiesReachTheUsersFilesAndScreen(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("out.csv");
        assertThat(psql(
                        "require",
                        "ada",
                        RunningServer.PASSWORD,
                        "\\copy (SELECT numbers(3) FROM t) to '" + file + "' with (format csv, header)",
                        "COPY (SELECT numbers(2) FROM t) TO STDOUT",
                        "\\copy t from '" + file + "'",
                        "SELECT 1"))
                .contains("1\n2\n", "NOTICE:  some values are hidden", "ERROR:", "HINT:")
                .endsWith("1\n");
        assertThat(file).hasContent("n\n1\n2\n3\n");
    }

    @Test
    void badConnectionsAreToldWhy() throws Exception {
        assertThat(psql("disable", "ada", RunningServer.PASSWORD, "SELECT 1"))
                .contains("accepts only connections over TLS");
        assertThat(psql("require", "ada", "wrong", "SELECT 1")).contains("FATAL:  Authentication failed.");
    }
}
