package io.weir.connector.sftp;

import io.weir.connector.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server in this JVM with a virtual root. */
final class MinaServer implements AutoCloseable {
    final Path root;
    final KeyPair hostKey;
    final KeyPair userKey;
    private final SshServer server;

    MinaServer(Path home, SftpFileSystemAccessor accessor) throws Exception {
        this(home, accessor, Keys.ed25519());
    }

    MinaServer(Path home, SftpFileSystemAccessor accessor, KeyPair hostKey) throws Exception {
        this.hostKey = hostKey;
        this.userKey = Keys.ed25519();
        this.root = Files.createDirectories(home.resolve("root"));
        Files.createDirectories(root.resolve("incoming"));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        sftp.setFileSystemAccessor(accessor);
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("weir") && KeyUtils.compareKeys(key, userKey.getPublic()));
        server.setSubsystemFactories(List.of(sftp));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.start();
    }

    int port() {
        return server.getPort();
    }

    SftpDestinationConfig config() throws Exception {
        return config(port(), Keys.line(hostKey.getPublic()), userKey, "/incoming");
    }

    SftpDestinationConfig config(int port, String pin, KeyPair user, String directory) throws Exception {
        return new SftpDestinationConfig(
                "127.0.0.1", port, "weir", pin, Secret.of(Keys.openSsh(user)), directory, Duration.ofSeconds(10));
    }

    Map<String, byte[]> files() throws IOException {
        return files(root.resolve("incoming"));
    }

    static Map<String, byte[]> files(Path base) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(base)) {
            for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(base.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    static void plant(Path base, String folder, String name, byte[] content) throws IOException {
        Files.write(Files.createDirectories(base.resolve(folder)).resolve(name), content);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
