package io.weir.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.connector.destination.DeliveryReceipt;
import io.weir.connector.destination.DestinationConnector;
import io.weir.connector.destination.DestinationException;
import io.weir.connector.destination.Parcel;
import io.weir.connector.destination.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every destination must do. Extend it with a real server behind; look at the far side by its own means, not through the connector. */
public abstract class DestinationConnectorContract {
    /** Larger than a buffer, a packet and a window of every protocol we speak, and no multiple of any. */
    private static final int LARGE = 3 * 1024 * 1024 + 17;

    @TempDir
    @Nullable
    Path spool;

    /** The connector under test; the same one for every call within a test. */
    protected abstract DestinationConnector connector();

    /** Files as they lie on the far side by {@code folder/name}, passing ones included. */
    protected abstract Map<String, byte[]> farSide() throws Exception;

    /** Puts a file on the far side behind the connector's back. */
    protected abstract void plant(String folder, String name, byte[] content) throws Exception;

    /** Makes a parcel of files. */
    protected final Parcel parcel(String folder, byte[]... contents) throws IOException {
        List<Parcel.Item> items = new ArrayList<>();
        for (byte[] content : contents) {
            String sha256 = Sha256.of(content);
            Path file = Objects.requireNonNull(spool).resolve(sha256);
            Files.write(file, content);
            items.add(new Parcel.Item(sha256 + ".zip.age", file, content.length, sha256));
        }
        return new Parcel(
                folder, items, "done.json", ("{\"folder\":\"" + folder + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void assertRefused(Callable<?> call, DestinationException.Kind kind) {
        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        DestinationException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void filesAndMarkerArriveWhole() throws Exception {
        byte[] large = bytes(LARGE, 1);
        byte[] empty = {};
        Parcel parcel = parcel("whole", large, empty);

        DeliveryReceipt receipt = connector().deliver(parcel);

        assertThat(receipt.alreadyThere()).isFalse();
        assertThat(receipt.locations()).hasSize(3);
        Map<String, byte[]> far = farSide();
        assertThat(far.get("whole/" + parcel.items().get(0).name())).isEqualTo(large);
        assertThat(far.get("whole/" + parcel.items().get(1).name())).isEmpty();
        assertThat(far.get("whole/done.json")).isEqualTo(parcel.markerContent());
        assertThat(far.keySet().stream().filter(name -> name.startsWith("whole/")))
                .hasSize(3);
    }

    @Test
    void aRepeatedDeliverySucceedsAndSaysSo() throws Exception {
        Parcel parcel = parcel("twice", bytes(1000, 2));
        DeliveryReceipt first = connector().deliver(parcel);

        DeliveryReceipt second = connector().deliver(parcel);

        assertThat(second.alreadyThere()).isTrue();
        assertThat(second.locations()).isEqualTo(first.locations());
    }

    @Test
    void anInterruptedDeliveryIsCompleted() throws Exception {
        byte[] one = bytes(1000, 3);
        Parcel parcel = parcel("half", one, bytes(1000, 4));
        plant("half", parcel.items().getFirst().name(), one);

        assertThat(connector().deliver(parcel).alreadyThere()).isFalse();
        assertThat(farSide()).containsKeys("half/" + parcel.items().get(1).name(), "half/done.json");
    }

    @Test
    void otherBytesOfTheSameSizeUnderOurNameAreAConflictAndStay() throws Exception {
        Parcel parcel = parcel("taken", bytes(1000, 5));
        String name = parcel.items().getFirst().name();
        byte[] other = bytes(1000, 6);
        plant("taken", name, other);

        assertRefused(() -> connector().deliver(parcel), DestinationException.Kind.CONFLICT);

        assertThat(farSide().get("taken/" + name)).isEqualTo(other);
        assertThat(farSide()).doesNotContainKey("taken/done.json");
    }

    @Test
    void aShorterFileUnderOurNameIsAConflict() throws Exception {
        Parcel parcel = parcel("short", bytes(1000, 7));
        plant("short", parcel.items().getFirst().name(), bytes(10, 7));

        assertRefused(() -> connector().deliver(parcel), DestinationException.Kind.CONFLICT);
        assertThat(farSide()).doesNotContainKey("short/done.json");
    }

    @Test
    void anotherMarkerIsAConflict() throws Exception {
        Parcel parcel = parcel("marked", bytes(10, 8));
        plant("marked", "done.json", "{}".getBytes(StandardCharsets.UTF_8));

        assertRefused(() -> connector().deliver(parcel), DestinationException.Kind.CONFLICT);
        assertThat(new String(farSide().get("marked/done.json"), StandardCharsets.UTF_8))
                .isEqualTo("{}");
    }

    @Test
    void aFileThatChangedAfterApprovalIsNotSent() throws Exception {
        Parcel parcel = parcel("changed", bytes(1000, 9));
        Files.write(parcel.items().getFirst().file(), bytes(1000, 10));

        assertRefused(() -> connector().deliver(parcel), DestinationException.Kind.CONFLICT);
        assertThat(farSide().keySet()).noneMatch(name -> name.startsWith("changed/"));
    }

    @Test
    void rivalDeliveriesOfOneParcelBothSucceed() throws Exception {
        Parcel parcel = parcel("rivals", bytes(200_000, 11));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DeliveryReceipt>> receipts = List.of(
                    threads.submit(() -> connector().deliver(parcel)),
                    threads.submit(() -> connector().deliver(parcel)));
            for (Future<DeliveryReceipt> receipt : receipts) {
                assertThat(receipt.get().locations()).hasSize(2);
            }
        }
        assertThat(farSide().keySet().stream().filter(name -> name.startsWith("rivals/")))
                .hasSize(2);
    }

    @Test
    void aProbeSucceedsAndMayBeRepeated() throws Exception {
        connector().probe();
        connector().probe();
    }
}
