package io.weir.demo.tour;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach everything of a running quickstart: the content of {@code connections.json}. For a demo on loopback only: it holds
 * passwords.
 *
 * @param postgres how analysts connect
 * @param http the HTTP door
 * @param bucket the bucket and its credentials
 * @param sftp the SFTP server and its credentials
 * @param recipientPrivateKey age identity of the demo's recipient
 * @param audit where the log lies and which key verifies it
 * @param source the source database itself, as its owner: what nobody but the trust has
 */
public record Connections(
        Postgres postgres,
        Http http,
        Bucket bucket,
        Sftp sftp,
        String recipientPrivateKey,
        Audit audit,
        Source source) {

    /** @param users by {@code person@project}: everybody whom the policy names as a member, also those who are refused at present */
    public record Postgres(String host, int port, String caFile, Map<String, User> users) {}

    /**
     * @param url JDBC URL with everything but user and password
     * @param jdbc the whole JDBC URL: user, password, verified TLS and its authority
     * @param psql the same for psql
     * @param refused null for who may connect; else the problem's code for who proves the password and is refused all the same: the
     *     agreement has expired or is not signed, or the training has lapsed
     */
    public record User(
            String user,
            String password,
            String project,
            String url,
            String jdbc,
            String psql,
            @Nullable String refused) {}

    /**
     * @param tokens bearer tokens by person
     * @param tokensByRole the same by role, then by person
     */
    public record Http(
            String url, String caFile, Map<String, String> tokens, Map<String, Map<String, String>> tokensByRole) {}

    public record Bucket(
            String endpoint,
            String region,
            String bucket,
            String prefix,
            String accessKey,
            String secretKey,
            String caFile) {}

    /** @param privateKeyFile OpenSSH private key of the user */
    public record Sftp(String host, int port, String user, String hostKey, String privateKeyFile, String directory) {}

    /** @param keysFile trusted keys for {@code weir audit verify} */
    public record Audit(String directory, String keysFile) {}

    public record Source(String url, String user, String password) {}
}
