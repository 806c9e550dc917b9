package io.weir.connector.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.Parcel;
import io.weir.connector.testkit.DestinationConnectorContract;
import io.weir.connector.testkit.TestCertificate;
import io.weir.connector.testkit.ToxicRelay;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MinioDestinationIT extends DestinationConnectorContract {
    private BucketServer server;
    private MinioDestination connector;

    @BeforeAll
    void startServer(@TempDir Path home) throws Exception {
        server = new BucketServer(home, TestCertificate.make(home));
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() {
        connector = new MinioDestination(server.config());
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
        return server.files();
    }

    @Override
    protected void plant(String folder, String name, byte[] content) throws Exception {
        server.plant(folder, name, content);
    }

    private static void assertRefused(MinioDestinationConfig config, DestinationException.Kind kind) {
        try (MinioDestination destination = new MinioDestination(config)) {
            assertThatThrownBy(destination::probe)
                    .isInstanceOfSatisfying(
                            DestinationException.class,
                            e -> assertThat(e.kind()).isEqualTo(kind));
        }
    }

    @Test
    void theStoreIsSeenToRefuseOverwritingAndToKeepChecksums() throws Exception {
        connector.probe();
        assertThat(connector.capabilities()).isEqualTo(new StoreCapabilities(true, true));
        assertThat(connector.capabilities().missing()).isEmpty();
    }

    @Test
    void aWrongSecretIsDenied() {
        assertRefused(server.config(server.port(), BucketServer.BUCKET, "wrong"), DestinationException.Kind.DENIED);
    }

    @Test
    void aMissingBucketIsDenied() {
        assertRefused(
                server.config(server.port(), "no-such-bucket", BucketServer.SECRET_KEY),
                DestinationException.Kind.DENIED);
    }

    @Tag("S14")
    @Test
    void aCertificateOfAnUnknownAuthorityIsNotBelieved(@TempDir Path other) throws Exception {
        MinioDestinationConfig config = server.config();
        for (Path ca : new Path[] {TestCertificate.make(other).certificatePem(), null}) {
            assertRefused(
                    new MinioDestinationConfig(
                            config.endpoint(),
                            config.region(),
                            config.bucket(),
                            config.prefix(),
                            config.accessKey(),
                            config.secretKey(),
                            ca,
                            config.timeout()),
                    DestinationException.Kind.IDENTITY);
        }
    }

    @Test
    void aStoreThatIsDownIsAPassingFailure() throws Exception {
        int port;
        try (ToxicRelay relay = new ToxicRelay(server.port())) {
            port = relay.port();
        }
        assertRefused(
                server.config(port, BucketServer.BUCKET, BucketServer.SECRET_KEY), DestinationException.Kind.TRANSIENT);
    }

    @Test
    void aStoreThatGoesAwayMidWriteLeavesNothingUnderOurNameAndARepeatSucceeds() throws Exception {
        byte[] content = new byte[2_000_000];
        Parcel parcel = parcel("midway", content);
        try (ToxicRelay relay = new ToxicRelay(server.port());
                MinioDestination destination = new MinioDestination(
                        server.config(relay.port(), BucketServer.BUCKET, BucketServer.SECRET_KEY))) {
            destination.probe();
            relay.cutAfter(500_000);
            assertThatThrownBy(() -> destination.deliver(parcel))
                    .isInstanceOfSatisfying(
                            DestinationException.class,
                            e -> assertThat(e.kind()).isEqualTo(DestinationException.Kind.TRANSIENT));
            assertThat(farSide())
                    .doesNotContainKey("midway/" + parcel.items().getFirst().name());
            relay.heal();
            assertThat(destination.deliver(parcel).alreadyThere()).isFalse();
        }
        assertThat(farSide()).containsKey("midway/done.json");
    }

    @Test
    void plainHttpIsRefused() {
        MinioDestinationConfig good = server.config();
        assertThatThrownBy(() -> new MinioDestinationConfig(
                        URI.create("http://127.0.0.1:9000"),
                        good.region(),
                        good.bucket(),
                        good.prefix(),
                        good.accessKey(),
                        good.secretKey(),
                        null,
                        good.timeout()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aConfigurationPrintsNoSecret() {
        assertThat(server.config().toString())
                .doesNotContain(BucketServer.SECRET_KEY)
                .doesNotContain(BucketServer.ACCESS_KEY);
    }

    @Test
    void aCaFileWithoutCertificatesIsRefused(@TempDir Path home) throws Exception {
        Path empty = Files.createFile(home.resolve("empty.pem"));
        MinioDestinationConfig good = server.config();
        assertThatThrownBy(() -> new MinioDestination(new MinioDestinationConfig(
                        good.endpoint(),
                        good.region(),
                        good.bucket(),
                        good.prefix(),
                        good.accessKey(),
                        good.secretKey(),
                        empty,
                        good.timeout())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
