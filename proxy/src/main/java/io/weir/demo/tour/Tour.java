package io.weir.demo.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.audit.verify.VerifyCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the job once, prints each step with its time, and tells whether every step held. */
public final class Tour {
    private static final String TABLE = """
            SELECT e.description AS ethnicity, count(*) AS stays,
                   round(avg(a.cost)) AS mean_cost
            FROM admissions a
            JOIN patients p ON p.patient_id = a.patient_id
            JOIN ethnicities e ON e.code = p.ethnicity
            WHERE a.icd10 LIKE 'E11%' AND a.admitted >= DATE '2024-04-01' AND a.cost IS NOT NULL
            GROUP BY ROLLUP (e.description)
            ORDER BY 1""";
    private static final String TABLE_FOR_COUNCIL =
            "SELECT provider_code, count(*) AS stays FROM admissions WHERE admitted >= DATE '2025-04-01'"
                    + " GROUP BY provider_code ORDER BY provider_code";
    private static final String ROWS =
            "SELECT admission_id, patient_id, admitted, icd10, provider_code, cost, notes FROM admissions"
                    + " WHERE admitted >= DATE '2026-09-01' LIMIT 5";

    private final Clients clients;
    private final Connections connections;
    private final Screen screen;
    private final InstantSource clock;
    private int number;
    private int failures;

    /** @param out where the steps are printed */
    public Tour(Connections connections, PrintStream out, InstantSource clock) throws IOException {
        this.connections = connections;
        this.screen = new Screen(out);
        this.clock = clock;
        try {
            this.clients = new Clients(connections);
        } catch (java.security.GeneralSecurityException e) {
            throw new IOException("the certificates of the demo cannot be used", e);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void step(String title, Work work) {
        screen.step(++number, title);
        long start = System.nanoTime();
        try {
            work.run();
        } catch (Exception failed) {
            failures++;
            screen.say("FAILED: " + failed);
        }
        screen.done((System.nanoTime() - start) / 1_000_000);
    }

    /** @return whether every step held */
    public boolean run() {
        step("An analyst asks; the answer is protected", this::answer);
        step("A question that is refused, with a way to ask instead", this::refusal);
        step("Rows with pseudonyms, inside the environment only", this::rows);
        String[] requests = new String[2];
        step("The analysts ask for releases", () -> {
            requests[0] = request(
                    "ada@diabetes", "ada", TABLE, "Stays with type 2 diabetes by ethnicity", "university-bucket");
            requests[1] =
                    request("ben@flow", "ben", TABLE_FOR_COUNCIL, "Stays by hospital since April 2025", "council-sftp");
        });
        step("A checker sees the same table with the reason for each hidden cell", () -> checkersView(requests[0]));
        step("Two checkers approve, and never the author", () -> approve(requests));
        step("The bundles arrive encrypted; the recipient opens and compares them", () -> {
            received("bucket", clients.fromBucket(waitFor("ada", requests[0])));
            received("SFTP server", clients.fromSftp(waitFor("ben", requests[1])));
        });
        step("An auditor verifies the log offline", this::verify);
        screen.say("");
        screen.say(failures == 0 ? "All steps held." : failures + (failures == 1 ? " step" : " steps") + " failed.");
        return failures == 0;
    }

    private void answer() throws SQLException {
        try (Connection connection = clients.analyst("ada@diabetes");
                Statement statement = connection.createStatement()) {
            screen.sql("diabetes", TABLE + ";");
            print(statement, TABLE);
            screen.say("");
            screen.say("Hidden values are NULL; weir.flags marks them, all alike:");
            statement.execute("SET weir.flags = 'on'");
            print(statement, TABLE);
        }
    }

    private void print(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            List<String> labels = new ArrayList<>();
            int width = result.getMetaData().getColumnCount();
            for (int c = 1; c <= width; c++) {
                labels.add(result.getMetaData().getColumnLabel(c));
            }
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int c = 1; c <= width; c++) {
                    row.add(result.getString(c));
                }
                rows.add(row);
            }
            screen.table(labels, rows);
            require(!rows.isEmpty(), "the answer is empty");
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                screen.say("NOTICE: " + warning.getMessage());
            }
        }
    }

    private void refusal() throws SQLException {
        String sql = "SELECT sex, date_of_birth FROM patients WHERE nhs_number = '9990000018'";
        screen.sql("diabetes", sql + ";");
        try (Connection connection = clients.analyst("ada@diabetes");
                Statement statement = connection.createStatement()) {
            statement.executeQuery(sql);
            throw new IllegalStateException("the question was answered");
        } catch (SQLException refused) {
            require("42501".equals(refused.getSQLState()), "SQLSTATE " + refused.getSQLState());
            screen.say(String.valueOf(refused.getMessage()));
        }
    }

    private void rows() throws SQLException {
        screen.sql("flow", ROWS + ";");
        try (Connection connection = clients.analyst("ben@flow");
                Statement statement = connection.createStatement()) {
            print(statement, ROWS);
        }
    }

    private String request(String session, String person, String sql, String title, String destination)
            throws SQLException {
        String call = "CALL weir.request_release(query => $$" + sql + "$$, title => '" + title
                + "', purpose_note => 'For the steering group', destination => '" + destination + "')";
        screen.sql(session, call.replace(sql, "…") + ";");
        try (Connection connection = clients.analyst(session);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(call)) {
            require(result.next(), "no request came back");
            screen.say(person + "'s request " + result.getString(1) + " is " + result.getString(2));
            return result.getString(1);
        }
    }

    private void checkersView(String request) throws Exception {
        JsonNode view = clients.get("cora", "/api/v1/releases/" + request);
        JsonNode table = view.get("table");
        List<String> labels = new ArrayList<>();
        table.get("columns").forEach(c -> labels.add(c.get("label").asText()));
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : table.get("rows")) {
            List<@Nullable String> cells = new ArrayList<>();
            for (JsonNode cell : row) {
                if (cell.get("hidden").asBoolean()) {
                    List<String> reasons = new ArrayList<>();
                    cell.get("reasons").forEach(r -> reasons.add(r.asText()));
                    cells.add("[" + String.join(", ", reasons) + "]");
                } else {
                    cells.add(
                            cell.get("text").isNull() ? null : cell.get("text").asText());
                }
            }
            rows.add(cells);
        }
        screen.table(labels, rows);
    }

    private void approve(String[] requests) throws Exception {
        for (String request : requests) {
            try {
                clients.post("ada", "/api/v1/releases/" + request + "/votes", Map.of("ballot", "approve"));
                throw new IllegalStateException("an analyst could vote");
            } catch (IOException refused) {
                screen.say("ada tries to vote on " + request + ": refused");
            }
            for (String checker : List.of("cora", "dev")) {
                JsonNode after = clients.post(
                        checker,
                        "/api/v1/releases/" + request + "/votes",
                        Map.of("ballot", "approve", "comment", "Small numbers are hidden; fine."));
                screen.say(checker + " approves " + request + ": " + state(after));
            }
        }
    }

    private static String state(JsonNode view) {
        JsonNode summary = view.has("summary") ? view.get("summary") : view;
        return summary.get("state").asText();
    }

    private String waitFor(String author, String request) throws Exception {
        String state = "";
        for (int i = 0; i < 300; i++) {
            state = state(clients.get(author, "/api/v1/releases/" + request));
            if (state.equals("delivered")) {
                screen.say("request " + request + " is delivered");
                return request;
            }
            require(!state.equals("failed"), "the delivery failed");
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new IllegalStateException("the request is still " + state);
    }

    private void received(String where, byte[] ciphertext) throws Exception {
        screen.say("from the " + where + ": " + ciphertext.length + " bytes of age ciphertext, sha256 "
                + hash(ciphertext).substring(0, 16) + "…");
        Map<String, byte[]> files = clients.open(ciphertext);
        byte[] manifest = find(files, "manifest.json");
        JsonNode listed = new ObjectMapper().readTree(manifest).get("files");
        for (JsonNode file : listed) {
            String name = file.has("name")
                    ? file.get("name").asText()
                    : file.get("path").asText();
            require(
                    hash(find(files, name)).equals(file.get("sha256").asText()),
                    "the digest of " + name + " differs from the manifest");
        }
        String csv = files.keySet().stream()
                .filter(n -> n.endsWith(".csv"))
                .findFirst()
                .orElseThrow();
        screen.say("opened with the recipient's key: "
                + files.keySet().stream().sorted().toList() + ", digests as in the manifest");
        new String(find(files, csv), StandardCharsets.UTF_8).lines().limit(6).forEach(line -> screen.say("  " + line));
    }

    private static byte[] find(Map<String, byte[]> files, String name) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().equals(name) || file.getKey().endsWith("/" + name)) {
                return file.getValue();
            }
        }
        throw new IOException("the bundle holds no " + name);
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private void verify() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int code = new VerifyCommand(clock)
                .run(
                        Path.of(connections.audit().directory()),
                        Path.of(connections.audit().keysFile()),
                        false,
                        new PrintStream(text, true, StandardCharsets.UTF_8));
        screen.say(text.toString(StandardCharsets.UTF_8));
        require(code == VerifyCommand.VALID, "the log does not verify");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
