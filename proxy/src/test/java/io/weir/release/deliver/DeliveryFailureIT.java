package io.weir.release.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.connector.destination.DestinationException.Kind;
import io.weir.release.Fixtures;
import io.weir.release.ReleaseRoad;
import io.weir.release.request.RequestId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Destinations that fail, hang or refuse: what is tried again, what a person must look at, what stopping leaves. */
class DeliveryFailureIT {
    @TempDir
    Path directory;

    private ReleaseRoad road;

    @BeforeEach
    void open() throws Exception {
        road = new ReleaseRoad(directory);
    }

    @AfterEach
    void close() {
        road.close();
    }

    @Test
    void failuresInPassingAreTriedAgainWithPauses() throws Exception {
        String id = road.approved();
        road.destination.failWith(Kind.TRANSIENT, Kind.TRANSIENT, Kind.TRANSIENT);
        Courier courier = road.courier();
        assertThat(courier.runOnce()).isEqualTo(1);
        assertThat(courier.runOnce()).as("not before the pause is over").isZero();
        for (int i = 0; i < 3; i++) {
            road.clock.turn(Duration.ofMinutes(6));
            assertThat(courier.runOnce()).isEqualTo(1);
        }
        assertThat(road.state(id)).isEqualTo("delivered");
        assertThat(road.audit.events(EventType.DELIVERY_FAILED)).hasSize(3);
        assertThat(road.alerts).isEmpty();
    }

    @Test
    void aStoppedCourierEndsThoughTheDestinationSwallowsTheInterrupt() throws Exception {
        String id = road.approved();
        CountDownLatch hanging = road.destination.hang();
        Courier courier = road.courier();
        Thread thread = Thread.ofVirtual().start(courier::runUntilStopped);
        assertThat(hanging.await(20, TimeUnit.SECONDS)).isTrue();
        courier.stop();
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        assertThat(road.state(id)).isEqualTo("sealed");
        assertThat(road.destination.files()).isEmpty();
        // It is due again, for whoever comes next.
        road.clock.turn(Duration.ofHours(1));
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("delivered");
    }

    @Test
    void afterThreeDaysAPersonIsCalled() throws Exception {
        String id = road.approved();
        road.destination.failWith(Kind.TRANSIENT, Kind.TRANSIENT);
        Courier courier = road.courier();
        courier.runOnce();
        road.clock.turn(Duration.ofDays(4));
        courier.runOnce();
        assertThat(road.state(id)).isEqualTo("failed");
        assertThat(road.alerts).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = "TRANSIENT", mode = EnumSource.Mode.EXCLUDE)
    void whatAPersonMustLookAtStopsWithAPublicReason(Kind kind) throws Exception {
        String id = road.approved();
        road.destination.failWith(kind);
        road.courier().runOnce();
        var summary = road.desk.show(Fixtures.asker(), id).orThrow().summary();
        assertThat(summary.state()).isEqualTo("failed");
        assertThat(summary.reason()).contains("destination").doesNotContain("store.example.org");
        assertThat(road.alerts).containsExactly(summary.reason());
        road.clock.turn(Duration.ofDays(1));
        assertThat(road.courier().runOnce()).as("no further attempt").isZero();
    }

    @Test
    void anOperatorResumesAndTheSameBytesGo() throws Exception {
        String id = road.approved();
        road.destination.failWith(Kind.DENIED);
        road.courier().runOnce();
        String digest = road.seals.findSeal(new RequestId(id)).orElseThrow().cipherSha256();
        assertThat(road.deliveries.resume(Fixtures.CHECKER_1, id).toString()).contains("NOT_PERMITTED");
        assertThat(road.deliveries.resume(Fixtures.COLLEAGUE, id).toString()).contains("NOT_PERMITTED");
        assertThat(road.deliveries.underWay(Fixtures.OPERATOR).orThrow()).hasSize(1);
        assertThat(road.deliveries.resume(Fixtures.OPERATOR, id).orThrow().state())
                .isEqualTo("approved");
        road.courier().runOnce();
        assertThat(road.state(id)).isEqualTo("delivered");
        assertThat(road.seals.findSeal(new RequestId(id)).orElseThrow().cipherSha256())
                .isEqualTo(digest);
    }
}
