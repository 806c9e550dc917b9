package io.weir.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.connector.Secret;
import io.weir.connector.destination.Parcel;
import io.weir.connector.destination.Sha256;
import io.weir.connector.minio.MinioDestination;
import io.weir.connector.minio.MinioDestinationConfig;
import io.weir.connector.sftp.SftpDestination;
import io.weir.connector.sftp.SftpDestinationConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServersIT {
    private static Parcel parcel(Path home) throws Exception {
        byte[] content = "age-encryption.org/v1".getBytes(StandardCharsets.UTF_8);
        String sha256 = Sha256.of(content);
        Path file = Files.write(home.resolve(sha256), content);
        return new Parcel(
                "release-1",
                List.of(new Parcel.Item(sha256 + ".zip.age", file, content.length, sha256)),
                "done.json",
                new byte[] {'{', '}'});
    }

    @Test
    void theBucketTakesADeliveryAndKeepsItsCertificateOverARestart(@TempDir Path home) throws Exception {
        Secret access = Secret.of("AKIAQUICKSTART");
        Secret secret = Secret.of("a-secret-of-the-quickstart");
        Parcel parcel = parcel(home);
        String certificate = "";
        for (boolean again : new boolean[] {false, true}) {
            try (LocalBucketServer server = LocalBucketServer.start(
                            home.resolve("s3"),
                            0,
                            "releases",
                            access,
                            secret,
                            InstantSource.system(),
                            new SecureRandom());
                    MinioDestination destination = new MinioDestination(new MinioDestinationConfig(
                            server.endpoint(),
                            "eu-west-2",
                            "releases",
                            "p1",
                            access,
                            secret,
                            server.authority(),
                            Duration.ofSeconds(10)))) {
                assertThat(destination.deliver(parcel).alreadyThere()).isEqualTo(again);
                assertThat(destination.capabilities().missing()).isEmpty();
                assertThat(server.objects().resolve("releases/p1/release-1/done.json"))
                        .hasContent("{}");
                String now = Files.readString(server.authority());
                assertThat(now).isEqualTo(again ? certificate : now);
                certificate = now;
            }
        }
    }

    @Test
    void theSftpServerTakesADeliveryAndKeepsItsHostKeyOverARestart(@TempDir Path home) throws Exception {
        Path userKey = home.resolve("user_key");
        String publicKey = LocalSftpServer.makeUserKey(userKey);
        Parcel parcel = parcel(home);
        String hostKey = "";
        for (boolean again : new boolean[] {false, true}) {
            try (LocalSftpServer server =
                    LocalSftpServer.start(home.resolve("sftp"), 0, "weir", publicKey, "/incoming/p1")) {
                hostKey = again ? hostKey : server.hostKey();
                try (SftpDestination destination = new SftpDestination(
                        new SftpDestinationConfig(
                                "127.0.0.1",
                                server.port(),
                                "weir",
                                hostKey,
                                Secret.of(Files.readString(userKey)),
                                "/incoming/p1",
                                Duration.ofSeconds(10)),
                        new Random(1))) {
                    assertThat(destination.deliver(parcel).alreadyThere()).isEqualTo(again);
                }
                assertThat(server.root().resolve("incoming/p1/release-1/done.json"))
                        .hasContent("{}");
            }
        }
    }
}
