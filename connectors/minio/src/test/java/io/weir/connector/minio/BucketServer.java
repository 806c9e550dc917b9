package io.weir.connector.minio;

import io.weir.connector.Secret;
import io.weir.connector.testkit.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** An S3 server in this JVM over TLS that keeps objects as files. */
final class BucketServer implements AutoCloseable {
    static final String BUCKET = "releases";
    static final String ACCESS_KEY = "AKIATESTER";
    static final String SECRET_KEY = "a-long-secret-of-the-test";

    private final Path data;
    private final TestCertificate certificate;
    private final S3Proxy server;

    BucketServer(Path home, TestCertificate certificate) throws Exception {
        this.certificate = certificate;
        this.data = Files.createDirectories(home.resolve("data"));
        Files.createDirectories(data.resolve(BUCKET));
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", data.toString());
        server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .secureEndpoint(URI.create("https://127.0.0.1:0"))
                .keyStore(certificate.keyStore().toString(), certificate.password())
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .build();
        server.start();
    }

    int port() {
        return server.getSecurePort();
    }

    MinioDestinationConfig config() {
        return config(port(), BUCKET, SECRET_KEY);
    }

    MinioDestinationConfig config(int port, String bucket, String secretKey) {
        return new MinioDestinationConfig(
                URI.create("https://127.0.0.1:" + port),
                "eu-west-2",
                bucket,
                "project-a",
                Secret.of(ACCESS_KEY),
                Secret.of(secretKey),
                certificate.certificatePem(),
                Duration.ofSeconds(30));
    }

    Map<String, byte[]> files() throws IOException {
        Path root = data.resolve(BUCKET).resolve("project-a");
        Map<String, byte[]> files = new TreeMap<>();
        if (Files.exists(root)) {
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                    files.put(root.relativize(file).toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    void plant(String folder, String name, byte[] content) throws IOException {
        Path directory = Files.createDirectories(
                data.resolve(BUCKET).resolve("project-a").resolve(folder));
        Files.write(directory.resolve(name), content);
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
