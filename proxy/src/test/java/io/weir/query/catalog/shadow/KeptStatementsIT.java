package io.weir.query.catalog.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.ProblemCode;
import io.weir.query.catalog.CatalogSession;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement that a client prepared stays until it is closed, whatever becomes of the backend that it was prepared in. */
final class KeptStatementsIT {
    private final EmbeddedShadowServer server = SharedShadow.newServer();
    private ShadowCatalogue catalogue;
    private CatalogClient client;

    @BeforeEach
    void open() {
        catalogue = new ShadowCatalogue(server, limits(4, 4), new SecureRandom());
        client = client("ada");
    }

    private static ShadowLimits limits(int backends, int backendsPerPerson) {
        ShadowLimits standard = ShadowLimits.standard();
        return new ShadowLimits(
                4,
                backends,
                backendsPerPerson,
                standard.oracleConnections(),
                standard.describeLimit(),
                standard.statementLimit(),
                Duration.ofMillis(200),
                1 << 20,
                standard.heldBytes(),
                standard.heldBytesPerPerson(),
                100);
    }

    @AfterEach
    void close() {
        client.close();
        catalogue.close();
    }

    private CatalogClient client(String person) {
        return new CatalogClient(catalogue, Hospital.schema(), person, "ccg");
    }

    private static MessageOutput parse(String name, String sql) {
        MessageOutput out = new MessageOutput(64);
        out.begin('P').string(name).string(sql).int16(0).end();
        return out;
    }

    private static MessageOutput run(String name) {
        MessageOutput out = new MessageOutput(64);
        out.begin('B').string("").string(name).int16(0).int16(0).int16(0).end();
        out.begin('E').string("").int32(0).end();
        return out;
    }

    private static MessageOutput close(String name) {
        MessageOutput out = new MessageOutput(64);
        out.begin('C').int8('S').string(name).end();
        return out;
    }

    /** Types of the answers, and the first column of rows or the SQLSTATE. */
    private static List<String> send(CatalogClient client, MessageOutput messages) throws IOException {
        List<BackendMessage> answers;
        try (CatalogSession.Reply reply =
                client.session.exchange(messages.drain()).orThrow()) {
            answers = CatalogClient.messages(reply.messages());
        } finally {
            client.session.endTransaction();
        }
        List<String> told = new ArrayList<>(List.of(CatalogClient.types(answers)));
        try {
            for (List<@Nullable String> row : BackendConnection.rows(answers)) {
                told.add(String.valueOf(row.getFirst()));
            }
        } catch (BackendError.BackendException e) {
            told.add(e.error().sqlState());
        }
        return told;
    }

    private void killTheServer() {
        ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
        postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    private void loseTheBackend() {
        assertThat(client.refusal("SELECT repeat('x', 2000000)").code()).isEqualTo(ProblemCode.RESULT_TOO_LARGE);
        assertThat(client.session.holdsState()).isFalse();
    }

    @Test
    void namedStatementsOutliveAServerThatDies() throws IOException {
        assertThat(send(client, parse("s1", "SELECT relname FROM pg_class WHERE relname = 'person'")))
                .containsExactly("1");
        assertThat(send(client, parse("", "SELECT current_user"))).containsExactly("1");
        assertThat(send(client, run("s1"))).containsExactly("2DC", "person");
        killTheServer();
        assertThat(send(client, run("s1"))).containsExactly("2DC", "person");
        assertThat(send(client, run(""))).containsExactly("2DC", "ada");
        assertThat(send(client, run("s1"))).containsExactly("2DC", "person");
        MessageOutput describe = new MessageOutput(16);
        killTheServer();
        describe.begin('D').int8('S').string("s1").end();
        assertThat(send(client, describe)).containsExactly("tT");
    }

    @Test
    void namedStatementsOutliveAnAnswerThatIsTooLarge() throws IOException {
        assertThat(send(client, parse("s1", "SELECT 'kept'"))).containsExactly("1");
        loseTheBackend();
        assertThat(send(client, run("s1"))).containsExactly("2DC", "kept");
    }

    @Test
    void portalsEndWithTheirBackend() throws IOException {
        MessageOutput bind = parse("s1", "SELECT 1");
        bind.begin('B').string("p1").string("s1").int16(0).int16(0).int16(0).end();
        client.session.exchange(bind.drain()).orThrow().close();
        loseTheBackend();
        MessageOutput execute = new MessageOutput(16);
        execute.begin('E').string("p1").int32(0).end();
        assertThat(send(client, execute)).containsExactly("E", "34000");
    }

    @Test
    void aStatementThatCannotBePreparedAgainIsKnownUntilItIsClosed() throws IOException {
        assertThat(send(client, parse("s1", "SELECT 'person'::regclass, (SELECT count(*) FROM person)")))
                .containsExactly("1");
        client.session.set("search_path", "pg_catalog").orThrow();
        killTheServer();
        assertThat(send(client, run("s1"))).containsExactly("E", "42P01");
        assertThat(send(client, run("s1"))).containsExactly("E", "42P01");
        client.session.set("search_path", "hospital").orThrow();
        assertThat(send(client, run("s1"))).containsExactly("2DC", "person");
        assertThat(send(client, close("s1"))).containsExactly("3");
        assertThat(send(client, run("s1"))).containsExactly("E", "26000");
    }

    @Test
    void whatIsClosedWithoutABackendIsGone() throws IOException {
        send(client, parse("s1", "SELECT 1"));
        send(client, parse("s2", "SELECT 2"));
        loseTheBackend();
        client.session.forget("s1");
        assertThat(send(client, close("s2"))).containsExactly("3");
        assertThat(send(client, run("s1"))).containsExactly("E", "26000");
        assertThat(send(client, run("s2"))).containsExactly("E", "26000");
        assertThat(send(client, parse("s1", "SELECT 'new'"))).containsExactly("1");
        assertThat(send(client, run("s1"))).containsExactly("2DC", "new");
    }

    @Test
    void aQueryTakesTheUnnamedStatementsPlaceInTheBackendOnly() throws IOException {
        assertThat(send(client, parse("", "SELECT 'unnamed'"))).containsExactly("1");
        client.rows("SELECT 'query'");
        assertThat(send(client, run(""))).containsExactly("2DC", "unnamed");
        assertThat(send(client, parse("", "SELECT broken("))).containsExactly("E", "42601");
        assertThat(send(client, run(""))).containsExactly("E", "26000");
    }

    /** Four backends: the last one is left to those who are in a transaction. */
    @Test
    void namedStatementsHoldNoBackendWhenFewAreLeft() throws IOException {
        List<CatalogClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                CatalogClient one = client("ben");
                clients.add(one);
                assertThat(send(one, parse("s1", "SELECT 'of " + i + "'"))).containsExactly("1");
                if (!one.session.holdsState()) {
                    one.session.release();
                }
            }
            assertThat(clients.stream().filter(one -> one.session.holdsState())).hasSizeBetween(1, 3);
            for (int i = 0; i < 6; i++) {
                assertThat(send(clients.get(i), run("s1"))).containsExactly("2DC", "of " + i);
                clients.get(i).session.release();
            }
        } finally {
            clients.forEach(CatalogClient::close);
        }
    }

    @Test
    void onePersonHasAShareOfTheBackends() throws IOException {
        ShadowLimits shared = limits(3, 2);
        try (ShadowCatalogue small = new ShadowCatalogue(SharedShadow.newServer(), shared, new SecureRandom());
                CatalogClient first = new CatalogClient(small, Hospital.schema(), "ada", "ccg");
                CatalogClient second = new CatalogClient(small, Hospital.schema(), "ada", "ccg");
                CatalogClient third = new CatalogClient(small, Hospital.schema(), "ada", "other");
                CatalogClient other = new CatalogClient(small, Hospital.schema(), "ben", "ccg")) {
            first.query("SELECT 1");
            second.query("SELECT 1");
            assertThat(third.refusal("SELECT 1").code()).isEqualTo(ProblemCode.TOO_MANY_CONNECTIONS);
            assertThat(third.refusal("SELECT 1").detail()).contains("You read the catalogue in 2 sessions");
            assertThat(other.sqlState("SELECT 1")).isEqualTo("00000");
            second.session.endTransaction();
            second.session.release();
            assertThat(third.sqlState("SELECT 1")).isEqualTo("00000");
        }
    }
}
