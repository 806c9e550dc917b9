package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may cancel what (S13). */
class CancelSecurityTest extends OnStrictServer {
    @Tag("S13")
    @Test
    void cancelNeedsTheKeyAndReachesOnlyItsSession() throws Exception {
        try (WireClient client = WireClient.overTls(server.port())) {
            byte[] key = keyOf(client, 0);
            waitInside(client);

            byte[] wrong = key.clone();
            wrong[7] ^= 1;
            cancel(wrong, true);
            cancel(key, false);
            assertThat(server.desk.interrupted.tryAcquire(300, TimeUnit.MILLISECONDS))
                    .isFalse();

            cancel(key, true);
            assertThat(client.read('E').field('C')).isEqualTo("57014");
            assertThat(client.read('Z').body()).containsExactly('I');

            cancel(key, true);
            client.send(WireClient.query("SELECT 1"));
            assertThat(client.read('C').text(0)).startsWith("SELECT 1");
        }
    }

    private void cancel(byte[] key, boolean tls) throws IOException {
        byte[] request = new MessageOutput(16)
                .int32(8 + key.length)
                .int32(80877102)
                .bytes(key)
                .drain();
        try (WireClient client = tls ? WireClient.overTls(server.port()) : new WireClient(server.port())) {
            client.send(request);
            assertThat(client.isClosed()).isTrue();
        }
    }

    /** Start-up, proof, and the key that the server gives. */
    private byte[] keyOf(WireClient client, int minor) throws IOException {
        client.send(WireClient.startup(WireClient.VERSION_3_0 + minor, RunningServer.STARTUP));
        client.read('R');
        client.send(WireClient.saslInitial("SCRAM-SHA-256", "n,,n=,r=abc"));
        String serverFirst = client.read('R').text(4);
        client.send(WireClient.message(
                'p',
                WireClient.clientFinal(RunningServer.PASSWORD, "abc", serverFirst)
                        .getBytes(StandardCharsets.UTF_8)));
        byte[] key = client.read('K').body();
        client.read('Z');
        return key;
    }

    private void waitInside(WireClient client) throws Exception {
        client.send(WireClient.query("SELECT wait() FROM t"));
        assertThat(server.desk.waiting.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    private boolean nothingWasCancelled() throws InterruptedException {
        return !server.desk.interrupted.tryAcquire(300, TimeUnit.MILLISECONDS);
    }

    @Tag("S13")
    @Test
    void theLongKeyOfProtocol32CountsWhole() throws Exception {
        try (WireClient client = WireClient.overTls(server.port())) {
            byte[] key = keyOf(client, 2);
            assertThat(key).hasSize(4 + 32);
            waitInside(client);
            cancel(Arrays.copyOf(key, 8), true);
            cancel(Arrays.copyOf(key, 35), true);
            cancel(Arrays.copyOf(key, 37), true);
            byte[] lastBit = key.clone();
            lastBit[35] ^= 1;
            cancel(lastBit, true);
            assertThat(nothingWasCancelled()).isTrue();
            cancel(key, true);
            assertThat(client.read('E').field('C')).isEqualTo("57014");
        }
    }

    @Tag("S13")
    @Test
    void oneSessionsKeyDoesNotOpenAnother() throws Exception {
        try (WireClient victim = WireClient.overTls(server.port());
                WireClient attacker = WireClient.overTls(server.port())) {
            byte[] of = keyOf(victim, 0);
            byte[] mine = keyOf(attacker, 0);
            waitInside(victim);
            byte[] crossed = mine.clone();
            System.arraycopy(of, 0, crossed, 0, 4);
            cancel(crossed, true);
            assertThat(nothingWasCancelled()).isTrue();
        }
    }

    @Tag("S13")
    @Test
    void aProcessNumberIsNotUsedAgain() throws Exception {
        byte[] old;
        try (WireClient first = WireClient.overTls(server.port())) {
            old = keyOf(first, 0);
        }
        try (WireClient second = WireClient.overTls(server.port())) {
            byte[] key = keyOf(second, 0);
            assertThat(Arrays.copyOf(key, 4)).isNotEqualTo(Arrays.copyOf(old, 4));
            waitInside(second);
            cancel(old, true);
            assertThat(nothingWasCancelled()).isTrue();
        }
    }

    /** One address, one session, ten wrong keys: after that the right one is not heard either, for a minute. */
    @Tag("S13")
    @Test
    void whoGuessesIsNotHeardAnyMore() throws Exception {
        try (WireClient client = WireClient.overTls(server.port())) {
            byte[] key = keyOf(client, 0);
            waitInside(client);
            byte[] wrong = key.clone();
            for (int i = 0; i < 10; i++) {
                wrong[7] = (byte) (key[7] + 1 + i);
                cancel(wrong, true);
            }
            cancel(key, true);
            assertThat(nothingWasCancelled()).isTrue();
        }
    }
}
