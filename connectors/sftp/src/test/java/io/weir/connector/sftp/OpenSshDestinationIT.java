package io.weir.connector.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.connector.Secret;
import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.testkit.DestinationConnectorContract;
import io.weir.connector.testkit.RequiredTool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSH's own server, whose rename and packet limits differ from MINA's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSshDestinationIT extends DestinationConnectorContract {
    private Path incoming;
    private Process sshd;
    private SftpDestinationConfig config;
    private SftpDestination connector;

    @BeforeAll
    void startServer(@TempDir Path home) throws Exception {
        Path program = RequiredTool.at("/usr/sbin/sshd");
        Path real = home.toRealPath();
        incoming = Files.createDirectory(real.resolve("incoming"));
        KeyPair host = Keys.ed25519();
        KeyPair user = Keys.ed25519();
        secret(real.resolve("host_key"), Keys.openSsh(host));
        secret(real.resolve("authorized_keys"), Keys.line(user.getPublic()) + "\n");
        int port = freePort();
        Files.writeString(real.resolve("sshd_config"), """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s/host_key
                AuthorizedKeysFile %s/authorized_keys
                PidFile none
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                PermitRootLogin prohibit-password
                Subsystem sftp internal-sftp
                """.formatted(port, real, real));
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        sshd = new ProcessBuilder(
                        program.toString(),
                        "-D",
                        "-e",
                        "-f",
                        real.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(real.resolve("log").toFile())
                .start();
        awaitPort(port);
        config = new SftpDestinationConfig(
                "127.0.0.1",
                port,
                System.getProperty("user.name"),
                Keys.line(host.getPublic()),
                Secret.of(Keys.openSsh(user)),
                incoming.toString(),
                Duration.ofSeconds(10));
    }

    private static void secret(Path file, String content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new AssertionError("sshd does not listen");
    }

    @AfterAll
    void stopServer() throws Exception {
        if (sshd != null) {
            sshd.destroy();
            sshd.waitFor();
        }
    }

    @BeforeEach
    void connect() {
        connector = new SftpDestination(config, new Random(7));
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
        return MinaServer.files(incoming);
    }

    @Override
    protected void plant(String folder, String name, byte[] content) throws Exception {
        MinaServer.plant(incoming, folder, name, content);
    }

    @Test
    void aDirectoryReachedByALinkIsRefused() throws Exception {
        Path link = incoming.resolveSibling("link");
        Files.createSymbolicLink(link, incoming);
        try (SftpDestination destination = new SftpDestination(
                new SftpDestinationConfig(
                        config.host(),
                        config.port(),
                        config.user(),
                        config.hostKey(),
                        config.userKey(),
                        link.toString(),
                        config.timeout()),
                new Random(1))) {
            org.assertj.core.api.Assertions.assertThatThrownBy(destination::probe)
                    .hasMessageContaining("not where it should be");
        }
    }
}
