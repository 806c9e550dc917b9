package io.weir.query.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.identity.ScramSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs that prove nothing, and what a failed one tells (S6, S12, S18). */
class ScramSecurityTest extends OnStrictServer {
    @Tag("S12")
    @Test
    void unknownUserLooksLikeAWrongPassword() throws IOException {
        List<String> salts = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (String user : List.of("nobody", "nobody", RunningServer.USER)) {
            try (WireClient client = WireClient.overTls(server.port())) {
                client.send(WireClient.startup(WireClient.VERSION_3_0, Map.of("user", user, "database", "demo")));
                client.read('R');
                client.send(WireClient.saslInitial("SCRAM-SHA-256", "n,,n=,r=abc"));
                String serverFirst = client.read('R').text(4);
                salts.add(serverFirst.replaceAll("r=[^,]*,", "").replaceAll(".*(s=.*)", "$1"));
                client.send(WireClient.message(
                        'p', WireClient.clientFinal("wrong", "abc", serverFirst).getBytes(StandardCharsets.UTF_8)));
                WireClient.Message error = client.read();
                errors.add(error.field('S') + error.field('C') + error.field('M'));
            }
        }
        assertThat(salts.get(0)).isEqualTo(salts.get(1)).isNotEqualTo(salts.get(2));
        assertThat(salts).allMatch(salt -> salt.endsWith(",i=4096"));
        assertThat(errors).containsOnly("FATAL28P01Authentication failed.");
    }

    @Tag("S18")
    @Test
    void replayedAndForeignProofsAreRefused() throws IOException {
        String[] recorded = new String[1];
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            client.read('R');
            assertThat(client.prove(RunningServer.PASSWORD, proof -> {
                                recorded[0] = proof;
                                return proof;
                            })
                            .tag())
                    .isEqualTo('Z');
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            client.read('R');
            assertThat(client.prove(RunningServer.PASSWORD, proof -> recorded[0])
                            .field('C'))
                    .isEqualTo("28P01");
        }
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            client.read('R');
            assertThat(client.prove(RunningServer.PASSWORD, proof -> proof.replaceFirst("r=f", "r=g"))
                            .field('C'))
                    .isEqualTo("28P01");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-1 n,,n=,r=abc", "SCRAM-SHA-256 y,,n=,r=abc", "SCRAM-SHA-256 n,,nonsense"})
    void aBrokenProofIsRecorded(String initial) throws IOException {
        String[] parts = initial.split(" ", 2);
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            client.read('R');
            client.send(WireClient.saslInitial(parts[0], parts[1]));
            assertThat(client.read().field('C')).isEqualTo("08P01");
        }
        assertThat(server.audit.types()).containsExactly(EventType.AUTH_FAILED);
    }

    @Tag("S6")
    @ParameterizedTest
    @ValueSource(strings = {"correct horse\0", "md5d8578edf8458ce06fbc5bb76a58c5ca4\0", "\0"})
    void aPasswordInTheClearOrAsMd5IsNoProof(String password) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            client.read('R');
            client.send(WireClient.message('p', password.getBytes(StandardCharsets.UTF_8)));
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.audit.types()).containsExactly(EventType.AUTH_FAILED);
    }

    /** Binding to something else, or to nothing, is not binding to this certificate. */
    @Tag("S6")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SCRAM-SHA-256-PLUS n,,n=,r=abc",
                "SCRAM-SHA-256-PLUS y,,n=,r=abc",
                "SCRAM-SHA-256-PLUS p=tls-unique,,n=,r=abc",
                "SCRAM-SHA-256-PLUS p=tls-exporter,,n=,r=abc",
                "SCRAM-SHA-256 p=tls-server-end-point,,n=,r=abc",
                "SCRAM-SHA-256 y,,n=,r=abc",
                "SCRAM-SHA-512 n,,n=,r=abc",
                "PLAIN \0ada\0correct horse"
            })
    void aDowngradeOfTheBindingIsAborted(String initial) throws IOException {
        String[] parts = initial.split(" ", 2);
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            assertThat(client.read('R').text(4)).isEqualTo("SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0");
            client.send(WireClient.saslInitial(parts[0], parts[1]));
            assertThat(client.read().field('C')).isEqualTo("08P01");
            assertThat(client.isClosed()).isTrue();
        }
    }

    /** A man in the middle has another certificate: the proof that a client computed for that one does not hold here. */
    @Tag("S6")
    @Test
    void aProofBoundToAnotherCertificateDoesNotHold() throws IOException {
        for (byte[] binding : List.of(new byte[32], server.binding())) {
            try (WireClient client = WireClient.overTls(server.port())) {
                client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
                client.read('R');
                WireClient.Message outcome = client.proveBound(RunningServer.PASSWORD, binding);
                if (Arrays.equals(binding, server.binding())) {
                    assertThat(outcome.tag()).isEqualTo('Z');
                } else {
                    assertThat(outcome.field('C')).isEqualTo("28P01");
                }
            }
        }
    }

    @Tag("S18")
    @Test
    void everyChallengeHasANonceOfItsOwnThatExtendsTheClients() throws IOException {
        List<String> nonces = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (WireClient client = WireClient.overTls(server.port())) {
                client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
                client.read('R');
                client.send(WireClient.saslInitial("SCRAM-SHA-256", "n,,n=,r=abc"));
                nonces.add(client.read('R').text(4).replaceAll(",.*", ""));
            }
        }
        assertThat(nonces).doesNotHaveDuplicates().allMatch(nonce -> nonce.startsWith("r=abc") && nonce.length() > 20);
    }

    @Tag("S18")
    @ParameterizedTest
    @ValueSource(strings = {"", ",", "r=", "n,,", "n,,n=", "n,,n=,r=", "n,,n=,x=1", "n,,r=abc,n=", "n,,n=,r=a\tb"})
    void aBrokenFirstMessageIsAborted(String first) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
            client.read('R');
            client.send(WireClient.saslInitial("SCRAM-SHA-256", first));
            assertThat(client.read().field('C')).isEqualTo("08P01");
        }
    }

    @Tag("S18")
    @Test
    void aNonceLongerThanAnyoneNeedsIsAborted() throws IOException {
        for (int length : List.of(1_024, 1_025, 9_000)) {
            try (WireClient client = WireClient.overTls(server.port())) {
                client.send(WireClient.startup(WireClient.VERSION_3_0, RunningServer.STARTUP));
                client.read('R');
                client.send(WireClient.saslInitial("SCRAM-SHA-256", "n,,n=,r=" + "x".repeat(length)));
                assertThat(client.read().tag()).isEqualTo(length > 1_024 ? 'E' : 'R');
            }
        }
    }

    /** Medians of alternating attempts differ by less than attempts of one kind do among themselves. */
    @Tag("S12")
    @Test
    void timeDoesNotTellAnUnknownUserFromAWrongPassword() throws IOException {
        int rounds = 150;
        long[] unknown = new long[rounds];
        long[] known = new long[rounds];
        for (int i = -20; i < rounds; i++) {
            long first = attempt(i % 2 == 0 ? "nobody" + i : RunningServer.USER);
            long second = attempt(i % 2 == 0 ? RunningServer.USER : "nobody" + i);
            if (i >= 0) {
                unknown[i] = i % 2 == 0 ? first : second;
                known[i] = i % 2 == 0 ? second : first;
            }
        }
        Arrays.sort(unknown);
        Arrays.sort(known);
        long spread =
                Math.max(unknown[rounds * 3 / 4] - unknown[rounds / 4], known[rounds * 3 / 4] - known[rounds / 4]);
        assertThat(Math.abs(unknown[rounds / 2] - known[rounds / 2])).isLessThan(spread);
    }

    /** Nanoseconds between the proof and its refusal. */
    private long attempt(String user) throws IOException {
        try (WireClient client = WireClient.overTls(server.port())) {
            client.send(WireClient.startup(WireClient.VERSION_3_0, Map.of("user", user, "database", "demo")));
            client.read('R');
            long start = System.nanoTime();
            client.send(WireClient.saslInitial("SCRAM-SHA-256", "n,,n=,r=abc"));
            String serverFirst = client.read('R').text(4);
            String proof = "c=biws," + serverFirst.replaceAll(",.*", "") + ",p=" + "A".repeat(43) + "=";
            client.send(WireClient.message('p', proof.getBytes(StandardCharsets.UTF_8)));
            assertThat(client.read('E').field('C')).isEqualTo("28P01");
            return System.nanoTime() - start;
        }
    }

    /** Both roads make the same cryptographic calls: a verifier for nobody is derived whether it is needed or not. */
    @Tag("S12")
    @Test
    void aVerifierForNobodyLooksLikeARealOne() {
        ScramSecret real = TestAccounts.secret("x", new byte[16]);
        ScramSecret mock = server.mocks.forUnknown("nobody");
        assertThat(mock.salt()).hasSameSizeAs(real.salt());
        assertThat(mock.iterations()).isEqualTo(real.iterations());
        assertThat(mock.storedKey()).hasSameSizeAs(real.storedKey());
        assertThat(server.mocks.forUnknown("nobody").salt()).isEqualTo(mock.salt());
        assertThat(server.mocks.forUnknown("nobody2").salt()).isNotEqualTo(mock.salt());
    }
}
