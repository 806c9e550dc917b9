package io.weir.demo.tour;

import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** Clients of the tour, each as somebody outside would write it. */
final class Clients {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connections connections;
    private final SSLContext trust;
    private final X509TrustManager manager;
    private final HttpClient http;

    Clients(Connections connections) throws IOException, GeneralSecurityException {
        this.connections = connections;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (String file :
                List.of(connections.http().caFile(), connections.bucket().caFile())) {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                store.setCertificateEntry(
                        "ca" + number++, CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        manager = (X509TrustManager) factory.getTrustManagers()[0];
        trust = SSLContext.getInstance("TLS");
        trust.init(null, factory.getTrustManagers(), null);
        http = HttpClient.newBuilder()
                .sslContext(trust)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    Connection analyst(String personAtProject) throws SQLException {
        Connections.User user = connections.postgres().users().get(personAtProject);
        if (user == null) {
            throw new SQLException("no such demo user: " + personAtProject);
        }
        Properties properties = new Properties();
        properties.setProperty("user", user.user());
        properties.setProperty("password", user.password());
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", connections.postgres().caFile());
        return DriverManager.getConnection(user.url(), properties);
    }

    JsonNode get(String person, String path) throws IOException, InterruptedException {
        return send(
                person,
                HttpRequest.newBuilder(URI.create(connections.http().url() + path))
                        .GET());
    }

    JsonNode post(String person, String path, Map<String, String> body) throws IOException, InterruptedException {
        return send(
                person,
                HttpRequest.newBuilder(URI.create(connections.http().url() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private JsonNode send(String person, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request.header(
                                "Authorization",
                                "Bearer " + connections.http().tokens().get(person))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("HTTP " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** The one encrypted bundle of a request in the bucket. */
    byte[] fromBucket(String request) throws Exception {
        Connections.Bucket b = connections.bucket();
        OkHttpClient client = new OkHttpClient.Builder()
                .sslSocketFactory(trust.getSocketFactory(), manager)
                .build();
        MinioClient minio = MinioClient.builder()
                .endpoint(b.endpoint())
                .region(b.region())
                .credentials(b.accessKey(), b.secretKey())
                .httpClient(client, true)
                .build();
        try {
            for (Result<Item> result : minio.listObjects(ListObjectsArgs.builder()
                    .bucket(b.bucket())
                    .prefix(b.prefix())
                    .recursive(true)
                    .build())) {
                String name = result.get().objectName();
                if (name.contains(request) && name.endsWith(".age")) {
                    try (InputStream in = minio.getObject(GetObjectArgs.builder()
                            .bucket(b.bucket())
                            .object(name)
                            .build())) {
                        return in.readAllBytes();
                    }
                }
            }
        } finally {
            minio.close();
        }
        throw new IOException("the bucket holds no bundle of request " + request);
    }

    /** The one encrypted bundle of a request on the SFTP server. */
    byte[] fromSftp(String request) throws IOException, GeneralSecurityException {
        Connections.Sftp s = connections.sftp();
        PublicKey pinned = PublicKeyEntry.parsePublicKeyEntry(s.hostKey())
                .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((session, address, key) -> KeyUtils.compareKeys(key, pinned));
            client.setKeyIdentityProvider(new FileKeyPairProvider(Path.of(s.privateKeyFile())));
            client.start();
            try (ClientSession session =
                    client.connect(s.user(), s.host(), s.port()).verify(10_000).getSession()) {
                session.auth().verify(10_000);
                try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                    String folder = s.directory() + "/" + folder(sftp, s.directory(), request);
                    for (SftpClient.DirEntry entry : sftp.readDir(folder)) {
                        if (entry.getFilename().endsWith(".age")) {
                            try (InputStream in = sftp.read(folder + "/" + entry.getFilename())) {
                                return in.readAllBytes();
                            }
                        }
                    }
                }
            }
        }
        throw new IOException("the SFTP server holds no bundle of request " + request);
    }

    private static String folder(SftpClient sftp, String directory, String request) throws IOException {
        for (SftpClient.DirEntry entry : sftp.readDir(directory)) {
            if (entry.getFilename().contains(request)) {
                return entry.getFilename();
            }
        }
        throw new IOException("the SFTP server holds no folder of request " + request);
    }

    /** Decrypts with the recipient's key and unpacks: file name to bytes. */
    Map<String, byte[]> open(byte[] ciphertext) throws IOException, GeneralSecurityException {
        Map<String, byte[]> files = new HashMap<>();
        try (ReadableByteChannel channel = new StandardDecryptingChannelFactory()
                        .newDecryptingChannel(
                                Channels.newChannel(new ByteArrayInputStream(ciphertext)),
                                List.of(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                                        connections.recipientPrivateKey())));
                ZipInputStream zip = new ZipInputStream(Channels.newInputStream(channel))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
