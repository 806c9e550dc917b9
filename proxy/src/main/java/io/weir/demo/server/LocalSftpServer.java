package io.weir.demo.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An SFTP server on loopback for one user with one public key. Its root is {@code <state>/root}; its Ed25519 host key stays in
 * {@code <state>/host_key}. No shell, no forwarding, no password.
 */
public final class LocalSftpServer implements AutoCloseable {
    private static final int KEY_BITS = 256;

    private final SshServer server;
    private final Path root;
    private final String hostKey;

    private LocalSftpServer(SshServer server, Path root, String hostKey) {
        this.server = server;
        this.root = root;
        this.hostKey = hostKey;
    }

    /**
     * Starts, and makes the directory.
     *
     * @param state directory of its own; made if need be
     * @param port on loopback, 0 for any
     * @param user who may come in
     * @param userKey his public key, {@code ssh-ed25519 AAAA…}
     * @param directory absolute path under the virtual root, made if need be
     */
    public static LocalSftpServer start(Path state, int port, String user, String userKey, String directory)
            throws IOException {
        Path root = Files.createDirectories(state.resolve("root"));
        Path wanted = root.resolve(directory.substring(1)).normalize();
        if (!directory.startsWith("/") || !wanted.startsWith(root)) {
            throw new IllegalArgumentException("the directory is an absolute path under the virtual root");
        }
        Files.createDirectories(wanted);
        KeyPair host = hostKey(state.resolve("host_key"));
        PublicKey allowed = publicKey(userKey);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator(
                (name, key, session) -> name.equals(user) && KeyUtils.compareKeys(key, allowed));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.start();
        return new LocalSftpServer(server, root, PublicKeyEntry.toString(host.getPublic()));
    }

    /**
     * Makes an Ed25519 key pair for the user.
     *
     * @param file gets the private key in OpenSSH's format, readable by the owner only; must not exist
     * @return the public key, {@code ssh-ed25519 AAAA…}
     */
    public static String makeUserKey(Path file) throws IOException {
        return PublicKeyEntry.toString(makeKey(file).getPublic());
    }

    private static KeyPair hostKey(Path file) throws IOException {
        if (!Files.exists(file)) {
            return makeKey(file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            Iterator<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                            null, NamedResource.ofName("host key"), in, null)
                    .iterator();
            return pairs.next();
        } catch (GeneralSecurityException e) {
            throw new IOException("the host key of the local SFTP server cannot be read", e);
        }
    }

    private static KeyPair makeKey(Path file) throws IOException {
        try {
            // Not the JDK's generator: with BouncyCastle registered the SSH library does not take its keys.
            KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, KEY_BITS);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "weir", null, text);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text.toByteArray());
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IOException("no key for the local SFTP server", e);
        }
    }

    private static PublicKey publicKey(String text) throws IOException {
        try {
            PublicKey key = AuthorizedKeyEntry.parseAuthorizedKeyEntry(text.strip())
                    .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            if (key == null) {
                throw new IOException("the user's public key cannot be read");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IOException("the user's public key cannot be read", e);
        }
    }

    /** The port on loopback. */
    public int port() {
        return server.getPort();
    }

    /** The whole public key to pin, {@code ssh-ed25519 AAAA…}. */
    public String hostKey() {
        return hostKey;
    }

    /** The real directory behind the virtual root. */
    public Path root() {
        return root;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
