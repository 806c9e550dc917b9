package io.weir.connector.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.Parcel;
import io.weir.connector.testkit.DestinationConnectorContract;
import io.weir.connector.testkit.ToxicRelay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against the SFTP server of Apache MINA. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpDestinationIT extends DestinationConnectorContract {
    private MinaServer server;
    private SftpDestination connector;

    @BeforeAll
    void startServer(@TempDir Path home) throws Exception {
        server = new MinaServer(home, SftpFileSystemAccessor.DEFAULT);
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() throws Exception {
        connector = new SftpDestination(server.config(), new Random(7));
    }

    @AfterEach
    void disconnect() {
        connector.close();
    }

    @Override
    protected DestinationConnector connector() {
        return connector;
    }

    @Override
    protected Map<String, byte[]> farSide() throws Exception {
        return server.files();
    }

    @Override
    protected void plant(String folder, String name, byte[] content) throws Exception {
        MinaServer.plant(server.root.resolve("incoming"), folder, name, content);
    }

    private static void assertProbeRefused(SftpDestinationConfig config, DestinationException.Kind kind) {
        try (SftpDestination destination = new SftpDestination(config, new Random(1))) {
            assertThatThrownBy(destination::probe)
                    .isInstanceOfSatisfying(
                            DestinationException.class,
                            e -> assertThat(e.kind()).isEqualTo(kind));
        }
    }

    private static void assertDeliveryRefused(
            SftpDestination destination, Parcel parcel, DestinationException.Kind kind) {
        assertThatThrownBy(() -> destination.deliver(parcel))
                .isInstanceOfSatisfying(
                        DestinationException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Tag("S14")
    @Test
    void anotherHostKeyOfTheSameTypeIsNotBelieved() throws Exception {
        String other = Keys.line(Keys.ed25519().getPublic());
        assertProbeRefused(
                server.config(server.port(), other, server.userKey, "/incoming"), DestinationException.Kind.IDENTITY);
    }

    @Tag("S14")
    @Test
    void aServerWithoutAKeyOfThePinnedTypeIsNotBelieved(@TempDir Path home) throws Exception {
        try (MinaServer rsa =
                new MinaServer(home, SftpFileSystemAccessor.DEFAULT, KeyUtils.generateKeyPair("ssh-rsa", 3072))) {
            assertProbeRefused(
                    rsa.config(rsa.port(), Keys.line(server.hostKey.getPublic()), rsa.userKey, "/incoming"),
                    DestinationException.Kind.IDENTITY);
        }
    }

    @Test
    void anotherUserKeyIsDenied() throws Exception {
        assertProbeRefused(
                server.config(server.port(), Keys.line(server.hostKey.getPublic()), Keys.ed25519(), "/incoming"),
                DestinationException.Kind.DENIED);
    }

    @Test
    void aMissingDirectoryIsDenied() throws Exception {
        assertProbeRefused(
                server.config(server.port(), Keys.line(server.hostKey.getPublic()), server.userKey, "/nowhere"),
                DestinationException.Kind.DENIED);
    }

    @Test
    void aDirectoryThatIsALinkElsewhereIsNotTheDirectory() throws Exception {
        Files.createDirectories(server.root.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(server.root.resolve("incoming/linked"), Path.of("../elsewhere"));
        assertDeliveryRefused(connector, parcel("linked", new byte[] {1}), DestinationException.Kind.IDENTITY);
        assertThat(server.root.resolve("elsewhere")).isEmptyDirectory();
        Files.delete(link);
    }

    @Test
    void aServerThatIsDownIsAPassingFailure() throws Exception {
        int port;
        try (ToxicRelay relay = new ToxicRelay(server.port())) {
            port = relay.port();
        }
        assertProbeRefused(
                server.config(port, Keys.line(server.hostKey.getPublic()), server.userKey, "/incoming"),
                DestinationException.Kind.TRANSIENT);
    }

    @Test
    void aServerThatGoesAwayMidWriteLeavesNothingUnderOurNameAndARepeatTidiesUp() throws Exception {
        Parcel parcel = parcel("midway", new byte[2_000_000]);
        try (ToxicRelay relay = new ToxicRelay(server.port());
                SftpDestination destination = new SftpDestination(
                        server.config(relay.port(), Keys.line(server.hostKey.getPublic()), server.userKey, "/incoming"),
                        new Random(2))) {
            relay.cutAfter(500_000);
            assertDeliveryRefused(destination, parcel, DestinationException.Kind.TRANSIENT);
            assertThat(farSide().keySet())
                    .filteredOn(name -> name.startsWith("midway/"))
                    .allMatch(name -> name.endsWith(".part"));
            relay.heal();
            assertThat(destination.deliver(parcel).alreadyThere()).isFalse();
        }
        assertThat(farSide().keySet())
                .filteredOn(name -> name.startsWith("midway/"))
                .containsExactlyInAnyOrder("midway/" + parcel.items().getFirst().name(), "midway/done.json");
    }

    @Test
    void aFullDiskIsAPassingFailureAndLeavesNothing(@TempDir Path home) throws Exception {
        try (MinaServer full = new MinaServer(home, new FaultyFiles(FaultyFiles.Fault.FULL));
                SftpDestination destination = new SftpDestination(full.config(), new Random(3))) {
            assertDeliveryRefused(
                    destination, parcel("full", new byte[1_000_000]), DestinationException.Kind.TRANSIENT);
            assertThat(full.files()).isEmpty();
        }
    }

    @Test
    void bytesThatReadBackDifferentlyAreNeverPublished(@TempDir Path home) throws Exception {
        try (MinaServer lying = new MinaServer(home, new FaultyFiles(FaultyFiles.Fault.CORRUPTS));
                SftpDestination destination = new SftpDestination(lying.config(), new Random(4))) {
            assertDeliveryRefused(destination, parcel("lie", new byte[1_000]), DestinationException.Kind.CONFLICT);
            assertThat(lying.files()).isEmpty();
        }
    }

    @Test
    void aConfigurationPrintsNoKey() throws Exception {
        assertThat(server.config().toString()).doesNotContain("PRIVATE KEY").contains("***");
    }

    @Test
    void keysThatCannotBeReadAreRefusedWithoutQuotingThem() throws Exception {
        String pin = Keys.line(server.hostKey.getPublic());
        SftpDestinationConfig good = server.config();
        for (SftpDestinationConfig bad : new SftpDestinationConfig[] {
            new SftpDestinationConfig(
                    good.host(), 22, good.user(), "ssh-ed25519 AAAA", good.userKey(), good.directory(), good.timeout()),
            new SftpDestinationConfig(
                    good.host(),
                    22,
                    good.user(),
                    pin,
                    io.weir.connector.Secret.of("hunter2-not-a-key"),
                    good.directory(),
                    good.timeout())
        }) {
            assertThatThrownBy(() -> new SftpDestination(bad, new Random(5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2");
        }
    }
}
