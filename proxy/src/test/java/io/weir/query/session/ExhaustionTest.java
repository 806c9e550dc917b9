package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who takes places, time and memory without ever asking anything (S17). */
class ExhaustionTest extends OnStrictServer {
    @Tag("S17")
    @Test
    void silentClientsAreClosedInTime() throws IOException {
        try (WireClient silent = new WireClient(server.port());
                WireClient half = WireClient.overTls(server.port())) {
            half.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            half.read('R');
            assertThat(silent.isClosed()).isTrue();
            assertThat(half.isClosed()).isTrue();
        }
    }

    @Tag("S17")
    @Test
    void oneAddressCannotTakeAllHandshakes() throws IOException {
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            WireClient client = new WireClient(server.port());
            client.send(WireClient.request(WireClient.GSS_REQUEST));
            assertThat(client.readByte()).isEqualTo('N');
            clients.add(client);
        }
        try (WireClient late = new WireClient(server.port())) {
            assertThat(late.isClosed()).isTrue();
        }
        for (WireClient client : clients) {
            client.close();
        }
    }

    @Tag("S17")
    @Test
    void oneSessionTooManyIsToldSo() throws IOException {
        try (WireClient first = server.loggedIn();
                WireClient second = server.loggedIn();
                WireClient third = WireClient.overTls(server.port())) {
            assertThat(third.login(RunningServer.USER, RunningServer.PASSWORD).field('C'))
                    .isEqualTo("53300");
            assertThat(server.sessions()).isEqualTo(2);
            first.send(WireClient.query("SELECT 1"));
            second.send(WireClient.query("SELECT 1"));
            assertThat(first.read('Z').tag()).isEqualTo(second.read('Z').tag());
        }
    }

    @Test
    void oneSessionOfAPersonTooManyIsToldSoAndRecorded() throws IOException {
        server.close();
        server = RunningServer.strict(directory, 1);
        server.accounts.with("ben", "another horse");
        try (WireClient ada = server.loggedIn();
                WireClient again = WireClient.overTls(server.port());
                WireClient ben = WireClient.overTls(server.port())) {
            WireClient.Message refusal = again.login(RunningServer.USER, RunningServer.PASSWORD);
            assertThat(refusal.field('C')).isEqualTo("53300");
            assertThat(refusal.field('D')).contains("This person has 1 connections");
            assertThat(refusal.field('H')).contains("Close a connection");
            assertThat(again.isClosed()).isTrue();
            assertThat(server.audit.events.getLast().type()).isEqualTo(EventType.AUTH_FAILED);
            assertThat(server.audit.events.getLast().fields()).containsEntry("reason", "TOO_MANY_CONNECTIONS");
            // A wrong password learns nothing about how many connections there are.
            try (WireClient wrong = WireClient.overTls(server.port())) {
                assertThat(wrong.login(RunningServer.USER, "wrong").field('C')).isEqualTo("28P01");
            }
            assertThat(ben.login("ben", "another horse").tag()).isEqualTo('Z');
            ada.send(WireClient.query("SELECT 1"));
            assertThat(ada.read('Z').tag()).isEqualTo('Z');
        }
        assertThat(eventually(() -> server.sessions() == 0)).isTrue();
        try (WireClient later = server.loggedIn()) {
            assertThat(server.sessions()).isEqualTo(1);
            later.send(WireClient.query("SELECT 1"));
            assertThat(later.read('Z').tag()).isEqualTo('Z');
        }
    }

    private static boolean eventually(java.util.function.BooleanSupplier condition) {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        return condition.getAsBoolean();
    }

    /** A byte now and then moves no deadline: 3 s here, 30 s in an installation. */
    @Tag("S17")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStartupThatDribblesIsCutOff(boolean tls) throws Exception {
        long start = System.nanoTime();
        try (WireClient client = tls ? WireClient.overTls(server.port()) : new WireClient(server.port())) {
            byte[] startup = WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP);
            boolean cut = false;
            for (int i = 0; i < startup.length - 1 && !cut; i++) {
                try {
                    client.send(new byte[] {startup[i]});
                    Thread.sleep(200);
                } catch (IOException closed) {
                    cut = true;
                }
            }
            assertThat(client.isClosed()).isTrue();
        }
        assertThat((System.nanoTime() - start) / 1_000_000).isBetween(2_500L, 8_000L);
        assertThat(server.accounts.lookups).hasValue(0);
    }

    @Tag("S17")
    @Test
    void aHandshakeOfTlsThatStopsIsCutOff() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.request(WireClient.SSL_REQUEST));
            client.readByte();
            client.send(new MessageOutput(8).int8(0x16).int16(0x0301).int16(512).drain());
            assertThat(client.isClosed()).isTrue();
        }
    }

    /** An installation's own limits: 50 places of one address, whoever knocks more often is closed, and the heap stays where it was. */
    @Tag("S17")
    @Test
    void threeThousandIdleSocketsOfOneAddressTakeFiftyPlacesAndNoMemory() throws IOException {
        server.close();
        server = new RunningServer(directory);
        try (HeldClients held = new HeldClients()) {
            long before = HeldClients.usedHeap();
            for (int i = 0; i < 3_000; i++) {
                held.add(new WireClient(server.port()));
                held.dropClosed();
            }
            assertThat(held.open()).isBetween(1, 50);
            assertThat(HeldClients.usedHeap() - before).isLessThan(16 << 20);
        }
        assertThat(eventually(() -> {
                    try (WireClient client = server.loggedIn()) {
                        return true;
                    } catch (IOException | AssertionError noPlaceYet) {
                        return false;
                    }
                }))
                .isTrue();
    }

    @Tag("S17")
    @Test
    void anIdleSessionIsToldAndClosed() throws IOException {
        server.close();
        server = RunningServer.strict(directory, 2, java.time.Duration.ofSeconds(1));
        try (WireClient client = server.loggedIn()) {
            assertThat(client.read().field('C')).isEqualTo("57P05");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(eventually(() -> server.sessions() == 0)).isTrue();
    }
}
