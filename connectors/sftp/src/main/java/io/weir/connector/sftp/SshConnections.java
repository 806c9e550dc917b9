package io.weir.connector.sftp;

import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.DestinationException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.SftpModuleProperties;

/** Authenticated SSH sessions with one pinned server, by strong algorithms only. Thread-safe. */
final class SshConnections implements AutoCloseable {
    private static final AttributeRepository.AttributeKey<Boolean> KEY_REFUSED =
            new AttributeRepository.AttributeKey<>();
    private static final List<BuiltinDHFactories> KEY_EXCHANGES = List.of(
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.sntrup761x25519,
            BuiltinDHFactories.sntrup761x25519_openssh,
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.dhg16_512,
            BuiltinDHFactories.dhg18_512);
    private static final List<BuiltinCiphers> CIPHERS = List.of(
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.cc20p1305_openssh,
            BuiltinCiphers.aes256ctr);
    private static final List<BuiltinMacs> MACS = List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm);

    private final SftpDestinationConfig config;
    private final SshClient client;

    SshConnections(SftpDestinationConfig config) {
        this.config = config;
        PublicKey pinned = publicKey(config.hostKey());
        KeyPair own = privateKey(config.userKey().reveal());
        client = ClientBuilder.builder()
                .keyExchangeFactories(NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGES, ClientBuilder.DH2KEX))
                .cipherFactories(CIPHERS.stream()
                        .<NamedFactory<Cipher>>map(cipher -> cipher)
                        .toList())
                .macFactories(MACS.stream().<NamedFactory<Mac>>map(mac -> mac).toList())
                .signatureFactories(signatures(KeyUtils.getKeyType(pinned)))
                .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY)
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .serverKeyVerifier((session, address, key) -> {
                    boolean same = KeyUtils.compareKeys(key, pinned);
                    if (!same) {
                        session.setAttribute(KEY_REFUSED, true);
                    }
                    return same;
                })
                .build();
        client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(own));
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(client, config.timeout());
        // The client has no time-out for an answer; a session on which nothing moves is closed, and that ends the wait.
        CoreModuleProperties.IDLE_TIMEOUT.set(client, config.timeout());
        client.start();
    }

    /** Only signatures of the pinned key's type, and Ed25519 for our own. */
    private static List<NamedFactory<Signature>> signatures(String hostKeyType) {
        List<BuiltinSignatures> ofHost = switch (hostKeyType) {
            case "ssh-ed25519" -> List.of();
            case "ssh-rsa" -> List.of(BuiltinSignatures.rsaSHA512, BuiltinSignatures.rsaSHA256);
            case "ecdsa-sha2-nistp256" -> List.of(BuiltinSignatures.nistp256);
            case "ecdsa-sha2-nistp384" -> List.of(BuiltinSignatures.nistp384);
            case "ecdsa-sha2-nistp521" -> List.of(BuiltinSignatures.nistp521);
            default -> throw new IllegalArgumentException("the pinned host key is of a type we do not use");
        };
        return Stream.concat(ofHost.stream(), Stream.of(BuiltinSignatures.ed25519))
                .<NamedFactory<Signature>>map(signature -> signature)
                .toList();
    }

    private static PublicKey publicKey(String text) {
        try {
            PublicKey key = AuthorizedKeyEntry.parseAuthorizedKeyEntry(text.strip())
                    .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            if (key == null) {
                throw new IllegalArgumentException("the pinned host key cannot be read");
            }
            return key;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("the pinned host key cannot be read", e);
        }
    }

    private static KeyPair privateKey(String text) {
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("user key"),
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    null);
            Iterator<KeyPair> all = pairs == null ? List.<KeyPair>of().iterator() : pairs.iterator();
            if (all.hasNext()) {
                KeyPair pair = all.next();
                if (!all.hasNext() && KeyPairProvider.SSH_ED25519.equals(KeyUtils.getKeyType(pair))) {
                    return pair;
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            // No cause: a parser may quote what it read.
            throw new IllegalArgumentException("the user key of an SFTP destination cannot be read");
        }
        throw new IllegalArgumentException("the user key of an SFTP destination is one Ed25519 key");
    }

    /** Connects and logs in. The caller closes the session. */
    ClientSession connect() throws DestinationException {
        ClientSession session;
        try {
            session = client.connect(config.user(), config.host(), config.port())
                    .verify(config.timeout())
                    .getSession();
        } catch (IOException e) {
            throw new DestinationException(Kind.TRANSIENT, "the SFTP server cannot be reached", e);
        }
        try {
            session.auth().verify(config.timeout());
            return session;
        } catch (IOException e) {
            boolean refused = Boolean.TRUE.equals(session.getAttribute(KEY_REFUSED));
            session.close(true);
            throw refused
                    ? new DestinationException(Kind.IDENTITY, "the SFTP server's key is not the pinned one", e)
                    : new DestinationException(kind(e), "no session with the SFTP server", e);
        }
    }

    private static Kind kind(IOException e) {
        int code = e instanceof SshException ssh ? ssh.getDisconnectCode() : 0;
        return switch (code) {
            case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE,
                    SshConstants.SSH2_DISCONNECT_ILLEGAL_USER_NAME -> Kind.DENIED;
            // A server that has no key of the pinned type, or offers only weak algorithms.
            case SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE,
                    SshConstants.SSH2_DISCONNECT_KEY_EXCHANGE_FAILED -> Kind.IDENTITY;
            default -> Kind.TRANSIENT;
        };
    }

    @Override
    public void close() {
        client.stop();
    }
}
