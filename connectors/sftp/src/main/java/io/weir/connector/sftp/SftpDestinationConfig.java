package io.weir.connector.sftp;

import io.weir.connector.Secret;
import java.time.Duration;

/**
 * Where a directory is.
 *
 * @param host host name or address
 * @param port 22 mostly
 * @param user user name
 * @param hostKey the server's whole public key, {@code ssh-ed25519 AAAA…}
 * @param userKey our Ed25519 private key in OpenSSH's format, without passphrase
 * @param directory absolute path as the server itself spells it; no links on the way
 * @param timeout to connect, and for every answer of the server
 */
public record SftpDestinationConfig(
        String host, int port, String user, String hostKey, Secret userKey, String directory, Duration timeout) {
    public SftpDestinationConfig {
        if (host.isBlank() || user.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("an SFTP destination needs a host, a port and a user");
        }
        if (!directory.matches("(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+")) {
            throw new IllegalArgumentException(
                    "the directory of an SFTP destination is an absolute path without . and ..");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("an SFTP destination needs a time-out");
        }
    }
}
