package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class ShadowCatalogSessionIT {
    private static CatalogClient client() {
        return new CatalogClient(SharedShadow.catalogue(), Hospital.schema(), "ada", "ccg");
    }

    @Test
    void aQueryIsAnsweredAsPostgresqlAnswersIt() {
        try (CatalogClient client = client()) {
            assertThat(CatalogClient.types(client.query("SELECT relname FROM pg_class WHERE relname = 'person'")))
                    .isEqualTo("TDC");
            assertThat(CatalogClient.types(client.query("SELECT nothing FROM pg_class")))
                    .isEqualTo("E");
            assertThat(CatalogClient.types(client.query("SELECT 1 WHERE false")))
                    .isEqualTo("TC");
        }
    }

    @Test
    void oneselfAndTheProjectAppearUnderTheirOwnNames() throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.rows("SELECT current_user, session_user, current_database(), current_schema()"))
                    .containsExactly(List.of("ada", "ada", "ccg", "hospital"));
            assertThat(client.column("SELECT datname FROM pg_catalog.pg_database"))
                    .containsExactly("ccg");
            assertThat(client.column("SELECT DISTINCT table_catalog FROM information_schema.tables"))
                    .containsExactly("ccg");
            assertThat(client.column("SELECT rolname FROM pg_roles")).containsExactlyInAnyOrder("ada", "_weir");
            assertThat(client.column("SELECT usename FROM pg_user")).containsExactly("ada");
            assertThat(client.column("SELECT rolname FROM pg_roles WHERE rolname = current_user"))
                    .containsExactly("ada");
            assertThat(client.rows("SELECT user, current_role, pg_get_userbyid(usesysid) FROM pg_user"))
                    .containsExactly(List.of("ada", "ada", "ada"));
            assertThat(
                            client.rows(
                                    "SELECT has_table_privilege('ada', 'hospital.person', 'SELECT'),"
                                            + " has_schema_privilege(current_user, 'hospital', 'USAGE'),"
                                            + " has_database_privilege(user, current_database(), 'CREATE'), pg_has_role('ada', 'ada', 'USAGE')"))
                    .containsExactly(List.of("t", "t", "f", "t"));
        }
    }

    @Test
    void tablesColumnsKeysAndCommentsAreThere() throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.column("SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c"
                            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')"
                            + " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
                            + " AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1"))
                    .containsExactly("hospital.admission", "hospital.person", "reference.icd10", "weir.my_releases");
            assertThat(client.rows("SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull"
                            + " FROM pg_catalog.pg_attribute a WHERE a.attrelid = 'hospital.admission'::regclass"
                            + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"))
                    .containsExactly(
                            List.of("admission_id", "bigint", "t"),
                            List.of("person_id", "character varying", "t"),
                            List.of("admitted", "date", "t"),
                            List.of("icd10", "character(5)", "f"),
                            List.of("cost", "numeric(10,2)", "f"),
                            List.of("seen_at", "timestamp(3) with time zone", "f"));
            assertThat(client.column("SELECT pg_catalog.pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint"
                            + " WHERE conrelid = 'hospital.admission'::regclass ORDER BY contype"))
                    .containsExactly(
                            "FOREIGN KEY (person_id) REFERENCES person(person_id)", "PRIMARY KEY (admission_id)");
            assertThat(client.column("SELECT pg_catalog.obj_description('hospital.person'::regclass, 'pg_class')"))
                    .containsExactly("People, one row each. It's personal: \\ ask for aggregates.");
            assertThat(client.column("SELECT count(*)::text FROM information_schema.columns"
                            + " WHERE table_schema = 'hospital'"))
                    .containsExactly("10");
        }
    }

    @Test
    void extendedMessagesAreRelayedWithoutReadyForQuery() {
        try (CatalogClient client = client()) {
            List<BackendMessage> answers = client.exchange(new FrontendMessages()
                    .parse("SELECT oid, typname FROM pg_type WHERE typname = 'int4'", List.of())
                    .describeStatement()
                    .bind()
                    .execute()
                    .sync());
            assertThat(CatalogClient.types(answers)).isEqualTo("1tT2DC");
            assertThat(client.session.holdsState()).isTrue();
            client.session.endTransaction();
            assertThat(client.session.holdsState()).isFalse();
            client.session.release();
        }
    }

    @Test
    void aLongPipelineDoesNotBlock() {
        try (CatalogClient client = client()) {
            FrontendMessages messages = new FrontendMessages();
            for (int i = 0; i < 2000; i++) {
                messages.parse("SELECT relname, relacl, reloptions FROM pg_class /* " + i + " */", List.of())
                        .describeStatement();
            }
            assertThat(client.exchange(messages)).hasSize(6000);
        }
    }

    @Test
    void anErrorEndsTheBatchAndTheNextOneWorks() {
        try (CatalogClient client = client()) {
            List<BackendMessage> answers = client.exchange(new FrontendMessages()
                    .parse("SELECT broken(", List.of())
                    .bind()
                    .execute());
            assertThat(CatalogClient.types(answers)).isEqualTo("E");
            assertThat(CatalogClient.types(client.query("SELECT 1"))).isEqualTo("TDC");
        }
    }

    @Test
    void aSecondStatementHiddenInAQueryIsRefused() throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.sqlState("SELECT 1; COMMIT")).isEqualTo("42601");
        }
    }

    @Test
    void settingsAreJudgedAndApply() throws IOException {
        try (CatalogClient client = client()) {
            assertThat(client.session.set("DateStyle", "German").orThrow()).isEqualTo("German, DMY");
            assertThat(client.column("SELECT date '2024-02-29'")).containsExactly("29.02.2024");
            client.session.set("DateStyle", "ISO").orThrow();
            assertThat(client.column("SELECT date '2024-02-29'")).containsExactly("2024-02-29");
            assertThat(client.session.set("timezone", "Nowhere/At All")).isInstanceOf(Outcome.Refused.class);
            assertThat(client.session.set("session_authorization", "_weir")).isInstanceOf(Outcome.Refused.class);
            client.session.set("search_path", "public").orThrow();
            assertThat(client.sqlState("SELECT * FROM person")).isEqualTo("42P01");
        }
    }

    @Test
    void onlyReadersAreForwarded() {
        try (CatalogClient client = client()) {
            for (String sql :
                    List.of("DELETE FROM person", "SET role = '_weir'", "DO 'x'", "COMMIT", "COPY person TO STDOUT")) {
                assertThat(client.refusal(sql).code()).isEqualTo(ProblemCode.UNSUPPORTED);
            }
        }
    }

    @Test
    void aStatementThatTakesTooLongIsCancelledByOurWatchdog() throws IOException {
        ShadowLimits standard = ShadowLimits.standard();
        ShadowLimits impatient = new ShadowLimits(
                standard.databases(),
                1,
                1,
                standard.oracleConnections(),
                standard.describeLimit(),
                Duration.ofMillis(300),
                Duration.ofMillis(200),
                1 << 20,
                standard.heldBytes(),
                standard.heldBytesPerPerson(),
                10);
        try (ShadowCatalogue catalogue = new ShadowCatalogue(SharedShadow.newServer(), impatient, new SecureRandom());
                CatalogClient client = new CatalogClient(catalogue, Hospital.schema(), "ada", "ccg");
                CatalogClient second = new CatalogClient(catalogue, Hospital.schema(), "bob", "ccg")) {
            assertThat(message(client.query(
                            "SELECT count(*) FROM generate_series(1, 90000) a, generate_series(1, 90000) b")))
                    .isEqualTo("57014 canceling statement due to statement timeout");
            client.session.endTransaction();
            assertThat(second.refusal("SELECT 1").code()).isEqualTo(ProblemCode.TOO_MANY_CONNECTIONS);
            assertThat(client.refusal("SELECT repeat('x', 2000000)").code()).isEqualTo(ProblemCode.RESULT_TOO_LARGE);
            assertThat(second.sqlState("SELECT 1")).isEqualTo("00000");
        }
    }

    private static String message(List<BackendMessage> answers) {
        BackendError error = BackendError.read(answers.getLast());
        return error.sqlState() + " " + error.message();
    }

    @Test
    void aStatementThatTheClientCancelsIsToldSo() throws Exception {
        try (CatalogClient client = client()) {
            assertThat(client.sqlState("SELECT 1")).isEqualTo("00000");
            FutureTask<List<BackendMessage>> running = new FutureTask<>(() ->
                    client.query("SELECT count(*) FROM generate_series(1, 90000) a, generate_series(1, 90000) b"));
            Thread.ofVirtual().start(running);
            while (!running.isDone()) {
                client.session.cancel();
                Thread.sleep(20);
            }
            assertThat(message(running.get())).isEqualTo("57014 canceling statement due to user request");
        }
    }

    /** As when a cancel interrupts the session's thread, or the client goes away. */
    @Test
    void nothingRunsOnWhenTheSessionIsInterrupted() throws Exception {
        EmbeddedShadowServer server = SharedShadow.newServer();
        try (ShadowCatalogue catalogue = new ShadowCatalogue(server, ShadowLimits.standard(), new SecureRandom());
                CatalogClient client = new CatalogClient(catalogue, Hospital.schema(), "ada", "ccg");
                Watchdog watchdog = new Watchdog()) {
            assertThat(client.sqlState("SELECT 1")).isEqualTo("00000");
            FutureTask<Problem> refused = new FutureTask<>(() ->
                    client.refusal("SELECT count(*) FROM generate_series(1, 90000) a, generate_series(1, 90000) b"));
            Thread session = Thread.ofVirtual().start(refused);
            ShadowServer.Running running = server.ensureRunning();
            Login owner = new Login(running.superuser(), running.password(), "postgres", Map.of());
            try (BackendConnection admin =
                    BackendConnection.open(running.address(), owner, watchdog, new SecureRandom())) {
                awaitActive(admin, "1");
                session.interrupt();
                assertThat(refused.get().code()).isEqualTo(ProblemCode.CANCELLED);
                awaitActive(admin, "0");
            }
        }
    }

    private static void awaitActive(BackendConnection admin, String number) throws Exception {
        String active = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query ~ 'generate[_]series'";
        for (int i = 0; i < 600; i++) {
            if (number.equals(
                    admin.run(active, Duration.ofSeconds(10)).getFirst().getFirst())) {
                return;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("not " + number + " active");
    }

    @Test
    void aCrashedShadowIsAProblemAndThenStartsAnew() throws IOException {
        EmbeddedShadowServer server = SharedShadow.newServer();
        try (ShadowCatalogue catalogue = new ShadowCatalogue(server, ShadowLimits.standard(), new SecureRandom());
                CatalogClient idle = new CatalogClient(catalogue, Hospital.schema(), "ada", "ccg");
                CatalogClient busy = new CatalogClient(catalogue, Hospital.schema(), "bob", "ccg")) {
            assertThat(idle.sqlState("SELECT 1")).isEqualTo("00000");
            busy.query("SELECT 1");
            catalogue
                    .typeOracle()
                    .describe(CatalogClient.ADA, Hospital.schema(), "SELECT count(*) FROM person", List.of())
                    .orThrow();
            ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
            postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
            postmaster.destroyForcibly();
            postmaster.onExit().join();
            assertThat(busy.refusal("SELECT 1").code()).isEqualTo(ProblemCode.CATALOGUE_UNAVAILABLE);
            assertThat(busy.sqlState("SELECT 1")).isEqualTo("00000");
            assertThat(idle.column("SELECT current_user")).containsExactly("ada");
            catalogue
                    .typeOracle()
                    .describe(CatalogClient.ADA, Hospital.schema(), "SELECT count(*) FROM admission", List.of())
                    .orThrow();
        }
    }

    @Test
    void unusedDatabasesAreDropped() throws IOException {
        ShadowLimits standard = ShadowLimits.standard();
        ShadowLimits two = new ShadowLimits(
                2,
                10,
                10,
                1,
                standard.describeLimit(),
                standard.statementLimit(),
                Duration.ofMillis(200),
                standard.answerBytes(),
                standard.heldBytes(),
                standard.heldBytesPerPerson(),
                10);
        EmbeddedShadowServer server = SharedShadow.newServer();
        try (ShadowCatalogue catalogue = new ShadowCatalogue(server, two, new SecureRandom());
                CatalogClient client = new CatalogClient(catalogue, Hospital.schema(), "ada", "ccg")) {
            client.query("SELECT 1");
            for (var schema : List.of(Hospital.narrower(), Hospital.other())) {
                catalogue
                        .typeOracle()
                        .describe(CatalogClient.ADA, schema, "SELECT 1", List.of())
                        .orThrow();
            }
            ShadowServer.Running running = server.ensureRunning();
            Login owner = new Login(running.superuser(), running.password(), "postgres", Map.of());
            try (Watchdog watchdog = new Watchdog();
                    BackendConnection admin =
                            BackendConnection.open(running.address(), owner, watchdog, new SecureRandom())) {
                assertThat(admin.run(
                                "SELECT datname FROM pg_database WHERE datname LIKE 'v\\_%'", Duration.ofSeconds(10)))
                        .hasSize(2);
            }
            assertThat(client.sqlState("SELECT 'person'::regclass")).isEqualTo("00000");
        }
    }
}
