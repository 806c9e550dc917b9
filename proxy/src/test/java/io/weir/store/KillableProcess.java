package io.weir.store;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.identity.PersonId;
import io.weir.release.request.RequestAction;
import io.weir.release.request.RequestEvents;
import io.weir.release.request.RequestId;
import io.weir.release.request.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A process of its own that withdraws a request and dies, without any cleaning up, at the point it is told. */
final class KillableProcess {
    static final int KILLED = 137;

    private KillableProcess() {}

    public static void main(String[] args) {
        RecordedChangesIT.KillPoint point = RecordedChangesIT.KillPoint.valueOf(args[2]);
        ControlStore store = ControlStore.open(StoreConfig.of(args[0], args[1], System.getenv("STORE_PASSWORD")));
        AuditLog log = new FileLog(Path.of(args[4]), point);
        PostgresRequestStore requests =
                new PostgresRequestStore(store, new RecordedChanges(store, log, Clock.systemUTC(), new SecureRandom()));
        Step step = Step.of(
                requests.find(new RequestId(args[3])).orElseThrow(),
                RequestAction.WITHDRAW,
                new PersonId("ada"),
                Clock.systemUTC().instant());
        requests.apply(step, RequestEvents.of(step));
        Runtime.getRuntime().halt(point == RecordedChangesIT.KillPoint.AFTER_COMMIT ? KILLED : 1);
    }

    /** One change id a line, on stable storage. */
    private record FileLog(Path file, RecordedChangesIT.KillPoint point) implements AuditLog {
        @Override
        public CompletableFuture<Receipt> submit(AuditEvent event) {
            return CompletableFuture.completedFuture(append(event));
        }

        @Override
        public Receipt append(List<AuditEvent> events) {
            return events.stream().map(this::append).toList().getLast();
        }

        @Override
        public Receipt append(AuditEvent event) {
            if (point == RecordedChangesIT.KillPoint.BEFORE_RECORD) {
                Runtime.getRuntime().halt(KILLED);
            }
            try {
                Files.write(
                        file,
                        (event.fields().get("change") + "\n").getBytes(StandardCharsets.UTF_8),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND,
                        StandardOpenOption.DSYNC);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (point == RecordedChangesIT.KillPoint.AFTER_RECORD) {
                Runtime.getRuntime().halt(KILLED);
            }
            return new Receipt(0, "0".repeat(64));
        }

        @Override
        public boolean alive() {
            return true;
        }
    }
}
