package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.query.wire.MessageOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How encryption is agreed, and what is spoken inside (S1, S2, S16). */
class TlsSecurityTest extends OnStrictServer {
    @Tag("S1")
    @Test
    void plaintextBehindAnSslRequestDropsTheConnection() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(new MessageOutput(64)
                    .bytes(WireClient.request(WireClient.SSL_REQUEST))
                    .bytes(WireClient.query("SELECT 1"))
                    .drain());
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.desk.prepared).hasValue(0);
    }

    @Tag("S1")
    @Test
    void plaintextBehindAGssRequestDropsTheConnection() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(new MessageOutput(64)
                    .bytes(WireClient.request(WireClient.GSS_REQUEST))
                    .bytes(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP))
                    .drain());
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Tag("S1")
    @Test
    void directTlsNeedsTheProtocolName() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.startTls("postgresql");
            assertThat(client.login(RunningServer.USER, RunningServer.PASSWORD).tag())
                    .isEqualTo('Z');
        }
        try (WireClient client = new WireClient(server.port())) {
            client.startTls();
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            assertThat(client.isClosed()).isTrue();
        }
        try (WireClient client = new WireClient(server.port())) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.startTls("h2"));
        }
    }

    @Tag("S2")
    @Test
    void encryptionIsNegotiatedOnce() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.request(WireClient.GSS_REQUEST));
            assertThat(client.readByte()).isEqualTo('N');
            client.send(WireClient.request(WireClient.GSS_REQUEST));
            assertThat(client.isClosed()).isTrue();
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.request(WireClient.SSL_REQUEST));
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void gssRequestIsRefusedAndTlsFollows() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.request(WireClient.GSS_REQUEST));
            assertThat(client.readByte()).isEqualTo('N');
            client.send(WireClient.request(WireClient.SSL_REQUEST));
            assertThat(client.readByte()).isEqualTo('S');
        }
    }

    @Test
    void renegotiationIsRefusedByTheRuntime() {
        // The build's own test processes are started with it, as the runtime reads it once.
        System.clearProperty("jdk.tls.rejectClientInitiatedRenegotiation");
        PostgresServer.refuseTlsRenegotiation();
        assertThat(System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation"))
                .isEqualTo("true");
    }

    @Test
    void plaintextStartupIsToldThatTlsIsRequired() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            WireClient.Message error = client.read();
            assertThat(error.field('C')).isEqualTo("28000");
            assertThat(error.field('D')).contains("TLS_REQUIRED");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Tag("S2")
    @ParameterizedTest
    @ValueSource(ints = {WireClient.SSL_REQUEST, WireClient.GSS_REQUEST})
    void tenThousandRequestsForEncryptionGetOneAnswerAtMost(int code) throws IOException {
        MessageOutput many = new MessageOutput(80_000);
        for (int i = 0; i < 10_000; i++) {
            many.bytes(WireClient.request(code));
        }
        try (WireClient client = new WireClient(server.port())) {
            client.send(many.drain());
            assertThat(client.rest()).isEmpty();
        }
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.request(code));
            int answers = client.readByte() == 0 ? 0 : 1;
            try {
                for (int i = 0; i < 10_000; i++) {
                    client.send(WireClient.request(code));
                }
            } catch (IOException closedAlready) {
                assertThat(closedAlready).isNotNull();
            }
            // What follows S is read as TLS and answered with an alert.
            assertThat(answers + client.rest().length).isLessThanOrEqualTo(1 + 7);
        }
    }

    @Tag("S1")
    @Test
    void aStartupBehindAnSslRequestIsNotHeardInsideTls() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(new MessageOutput(64)
                    .bytes(WireClient.request(WireClient.SSL_REQUEST))
                    .bytes(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP))
                    .drain());
            assertThat(client.rest()).isEmpty();
        }
        assertThat(server.accounts.lookups).hasValue(0);
    }

    @Tag("S16")
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void currentVersionsOfTlsAreSpoken(String version) throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.request(WireClient.SSL_REQUEST));
            client.readByte();
            SSLSocket tls = client.startTls(parameters -> parameters.setProtocols(new String[] {version}));
            assertThat(tls.getSession().getProtocol()).isEqualTo(version);
            assertThat(client.login(RunningServer.USER, RunningServer.PASSWORD).tag())
                    .isEqualTo('Z');
        }
    }

    /** Hand-made: the runtime of the test does not speak these versions either. */
    @Tag("S16")
    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0302"})
    void oldVersionsOfTlsAreRefused(String version) throws IOException {
        byte[] body = HexFormat.of()
                .parseHex(version + "5a".repeat(32) + "00" + "0008" + "c02fc013002f000a" + "0100" + "0000");
        byte[] hello = new MessageOutput(128)
                .int8(0x16)
                .bytes(HexFormat.of().parseHex(version))
                .int16(body.length + 4)
                .int8(1)
                .int8(0)
                .int16(body.length)
                .bytes(body)
                .drain();
        try (WireClient client = new WireClient(server.port())) {
            client.send(hello);
            byte[] answer = client.rest();
            // An alert (21) that is fatal (2): protocol_version (70) or handshake_failure (40).
            assertThat(answer).hasSize(7);
            assertThat(answer[0]).isEqualTo((byte) 21);
            assertThat(answer[5]).isEqualTo((byte) 2);
            assertThat(answer[6]).isIn((byte) 70, (byte) 40);
        }
    }

    @Tag("S16")
    @Test
    void weakCiphersAreNotAgreed() throws IOException {
        for (String cipher : List.of("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_NULL_SHA")) {
            try (WireClient client = new WireClient(server.port())) {
                client.send(WireClient.request(WireClient.SSL_REQUEST));
                client.readByte();
                assertThatExceptionOfType(SSLException.class)
                        .isThrownBy(() -> client.startTls(parameters -> {
                            parameters.setProtocols(new String[] {"TLSv1.2"});
                            parameters.setCipherSuites(new String[] {cipher});
                        }));
            }
        }
    }

    @Tag("S16")
    @Test
    void aSecondHandshakeInsideTlsEndsTheConnection() throws IOException {
        try (WireClient client = new WireClient(server.port())) {
            client.send(WireClient.request(WireClient.SSL_REQUEST));
            client.readByte();
            SSLSocket tls = client.startTls(parameters -> parameters.setProtocols(new String[] {"TLSv1.2"}));
            assertThat(client.login(RunningServer.USER, RunningServer.PASSWORD).tag())
                    .isEqualTo('Z');
            int prepared = server.desk.prepared.get();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                tls.startHandshake();
                client.send(WireClient.query("SELECT 1"));
                client.read('Z');
                client.send(WireClient.query("SELECT 1"));
                client.read('Z');
            });
            assertThat(server.desk.prepared.get() - prepared).isLessThanOrEqualTo(1);
        }
    }

    /** Nobody proves who they are by a certificate here: none is asked for, and one that is sent counts for nothing. */
    @Tag("S16")
    @Test
    void aClientCertificateIsNotAskedFor() throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            assertThat(client.tls().getSession().getLocalCertificates()).isNull();
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            assertThat(new String(client.read('R').body(), StandardCharsets.UTF_8))
                    .contains("SCRAM-SHA-256");
        }
    }
}
