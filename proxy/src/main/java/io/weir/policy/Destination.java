package io.weir.policy;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where approved releases may go. Names on the far side are ours, never the analyst's. */
public sealed interface Destination {
    String id();

    /** In words. */
    String title();

    /** age recipient ({@code age1…}) to whom everything is encrypted. */
    String recipient();

    /**
     * An S3-compatible bucket.
     *
     * @param endpoint https URL
     * @param region region name
     * @param bucket bucket name
     * @param prefix key prefix without leading slash, may be empty
     * @param accessKey reference
     * @param secretKey reference
     * @param caFile PEM file of the store's CA, or null for the platform's trust store
     */
    record Bucket(
            String id,
            String title,
            String recipient,
            URI endpoint,
            String region,
            String bucket,
            String prefix,
            SecretReference accessKey,
            SecretReference secretKey,
            @Nullable String caFile)
            implements Destination {}

    /**
     * A directory on an SFTP server.
     *
     * @param hostKey the full pinned key ({@code ssh-ed25519 AAAA…}); no trust on first use
     * @param userKey reference to our private key (OpenSSH format)
     * @param directory absolute remote directory
     */
    record Sftp(
            String id,
            String title,
            String recipient,
            String host,
            int port,
            String user,
            String hostKey,
            SecretReference userKey,
            String directory)
            implements Destination {}
}
