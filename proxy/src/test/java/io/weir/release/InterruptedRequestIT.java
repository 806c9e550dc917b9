package io.weir.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.audit.EventType;
import io.weir.audit.log.AuditFixture;
import io.weir.audit.log.FileAuditLog;
import io.weir.problem.Outcome;
import io.weir.problem.ProblemCode;
import io.weir.release.request.RequestView;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session's thread is interrupted when its statement is cancelled or its client is gone. */
class InterruptedRequestIT {
    private static final int REQUESTS = 80;
    private static final int LONGEST_NANOS = 8_000_000;

    @TempDir
    Path directory;

    @Test
    void whatIsToldIsTrueWheneverTheInterruptComes() throws Exception {
        Path logDirectory = directory.resolve("audit");
        Random random = new Random(5);
        int made = 0;
        try (ReleaseRoad road = new ReleaseRoad(directory);
                FileAuditLog log = AuditFixture.open(logDirectory)) {
            road.audit.afterAppend(log::append);
            for (int i = 0; i < REQUESTS; i++) {
                String title = "Strokes " + i;
                AtomicReference<Outcome<RequestView>> told = new AtomicReference<>();
                Thread session = Thread.ofVirtual()
                        .start(() -> told.set(road.desk.request(
                                Fixtures.asker(), "SELECT 1", title, "for the board", "trust-bucket")));
                LockSupport.parkNanos(random.nextInt(LONGEST_NANOS));
                session.interrupt();
                session.join();
                String stored = road.query("SELECT id FROM release_requests WHERE title = '" + title + "'");
                switch (told.get()) {
                    case Outcome.Value<RequestView>(RequestView view) -> {
                        assertThat(stored).isEqualTo(view.summary().id());
                        made++;
                    }
                    case Outcome.Refused<RequestView>(io.weir.problem.Problem problem) -> {
                        assertThat(problem.code()).isEqualTo(ProblemCode.CANCELLED);
                        assertThat(stored).isNull();
                    }
                }
            }
            assertThat(made).isPositive();
            assertThat(road.query("SELECT count(*) FROM release_requests")).isEqualTo(String.valueOf(made));
            assertThat(road.query("SELECT count(*) FROM audit_intents WHERE outcome <> 'done'"))
                    .isEqualTo("0");
            assertThat(road.audit.events(EventType.RELEASE_REQUESTED)).hasSize(made);
            assertThat(road.audit.events(EventType.CHANGE_ABANDONED)).isEqualTo(List.of());
        }
        assertThat(AuditFixture.kinds(AuditFixture.verify(logDirectory))).isEmpty();
    }
}
