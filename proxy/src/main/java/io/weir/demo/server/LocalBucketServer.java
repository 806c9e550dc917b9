package io.weir.demo.server;

import io.weir.connector.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * An S3 server over TLS on loopback that keeps objects as files under {@code <state>/objects/<bucket>/<key>}. It checks signatures (version 4),
 * refuses overwriting under If-None-Match and keeps SHA-256 checksums; it has neither versions nor locks.
 */
public final class LocalBucketServer implements AutoCloseable {
    private final S3Proxy server;
    private final Path objects;
    private final Path authority;

    private LocalBucketServer(S3Proxy server, Path objects, Path authority) {
        this.server = server;
        this.objects = objects;
        this.authority = authority;
    }

    /**
     * Starts and makes the bucket.
     *
     * @param state directory of its own; made if need be
     * @param port on loopback, 0 for any
     * @param bucket name of the one bucket
     */
    public static LocalBucketServer start(
            Path state,
            int port,
            String bucket,
            Secret accessKey,
            Secret secretKey,
            InstantSource clock,
            SecureRandom random)
            throws IOException {
        Path objects = Files.createDirectories(state.resolve("objects"));
        Files.createDirectories(objects.resolve(bucket));
        LocalCertificate certificate = LocalCertificate.in(state, clock, random);
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", objects.toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .secureEndpoint(URI.create("https://127.0.0.1:" + port))
                .sslContext(certificate.context())
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey.reveal(), secretKey.reveal())
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("the local bucket server did not start", e);
        }
        return new LocalBucketServer(server, objects, certificate.authority());
    }

    /** {@code https://127.0.0.1:port}. */
    public URI endpoint() {
        return URI.create("https://127.0.0.1:" + server.getSecurePort());
    }

    /** PEM file of the authority that vouches for it. */
    public Path authority() {
        return authority;
    }

    /** Where objects lie as files. */
    public Path objects() {
        return objects;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the local bucket server did not stop", e);
        }
    }
}
