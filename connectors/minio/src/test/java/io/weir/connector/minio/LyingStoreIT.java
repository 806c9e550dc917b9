package io.weir.connector.minio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.Secret;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.Parcel;
import io.weir.connector.destination.Sha256;
import io.weir.connector.testkit.TestCertificate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Stores that do not do what they say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LyingStoreIT {
    private TestCertificate certificate;
    private Path home;

    @BeforeAll
    void makeCertificate(@TempDir Path directory) throws Exception {
        home = directory;
        certificate = TestCertificate.make(directory);
    }

    private MinioDestination destination(LyingStore store) {
        return new MinioDestination(new MinioDestinationConfig(
                URI.create("https://localhost:" + store.port()),
                "us-east-1",
                "bucket",
                "",
                Secret.of("a"),
                Secret.of("b"),
                certificate.certificatePem(),
                Duration.ofSeconds(5)));
    }

    private Parcel parcel() throws Exception {
        byte[] content = "0123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Path file = Files.write(home.resolve("item"), content);
        String sha256 = Sha256.of(content);
        return new Parcel(
                "f", List.of(new Parcel.Item(sha256, file, content.length, sha256)), "done", new byte[] {'{', '}'});
    }

    private void assertRefused(Set<LyingStore.Fault> faults, DestinationException.Kind kind) throws Exception {
        try (LyingStore store = new LyingStore(certificate, faults);
                MinioDestination destination = destination(store)) {
            Parcel parcel = parcel();
            assertThatThrownBy(() -> destination.deliver(parcel))
                    .isInstanceOfSatisfying(
                            DestinationException.class,
                            e -> assertThat(e.kind()).isEqualTo(kind));
            assertThat(store.objects).doesNotContainKey("/bucket/f/done");
        }
    }

    @Test
    void anHonestStoreDelivers() throws Exception {
        try (LyingStore store = new LyingStore(certificate, Set.of());
                MinioDestination destination = destination(store)) {
            assertThat(destination.deliver(parcel()).alreadyThere()).isFalse();
            assertThat(destination.deliver(parcel()).alreadyThere()).isTrue();
            assertThat(destination.capabilities().missing()).isEmpty();
        }
    }

    @Test
    void aStoreThatIgnoresTheConditionIsNamedAndStillNotOverwritten() throws Exception {
        for (LyingStore.Fault fault : List.of(LyingStore.Fault.IGNORES_CONDITION, LyingStore.Fault.REFUSES_CONDITION)) {
            try (LyingStore store = new LyingStore(certificate, Set.of(fault, LyingStore.Fault.NO_CHECKSUM));
                    MinioDestination destination = destination(store)) {
                Parcel parcel = parcel();
                assertThat(destination.capabilities().conditionalPut()).isFalse();
                assertThat(destination.capabilities().missing()).hasSize(2);
                assertThat(destination.deliver(parcel).alreadyThere()).isFalse();
                assertThat(destination.deliver(parcel).alreadyThere()).isTrue();

                String key = "/bucket/f/" + parcel.items().getFirst().name();
                byte[] other = "9876543210".getBytes(java.nio.charset.StandardCharsets.UTF_8);
                store.objects.put(key, other);
                assertThatThrownBy(() -> destination.deliver(parcel))
                        .isInstanceOfSatisfying(
                                DestinationException.class,
                                e -> assertThat(e.kind()).isEqualTo(DestinationException.Kind.CONFLICT));
                assertThat(store.objects.get(key)).isEqualTo(other);
            }
        }
    }

    @Test
    void aStoreWithoutChecksumsIsReadBack() throws Exception {
        try (LyingStore store = new LyingStore(certificate, Set.of(LyingStore.Fault.NO_CHECKSUM));
                MinioDestination destination = destination(store)) {
            assertThat(destination.deliver(parcel()).alreadyThere()).isFalse();
            assertThat(destination.capabilities()).isEqualTo(new StoreCapabilities(true, false));
        }
    }

    @Test
    void aStoreThatCorruptsAndGivesNoChecksumIsFoundOut() throws Exception {
        assertRefused(
                Set.of(LyingStore.Fault.NO_CHECKSUM, LyingStore.Fault.CORRUPTS), DestinationException.Kind.CONFLICT);
    }

    @Test
    void aStoreThatKeepsOnlyAPartIsFoundOutWhateverItsChecksumSays() throws Exception {
        assertRefused(Set.of(LyingStore.Fault.TRUNCATES), DestinationException.Kind.CONFLICT);
    }

    @Test
    void aBusyStoreIsAPassingFailure() throws Exception {
        assertRefused(Set.of(LyingStore.Fault.BUSY), DestinationException.Kind.TRANSIENT);
    }
}
