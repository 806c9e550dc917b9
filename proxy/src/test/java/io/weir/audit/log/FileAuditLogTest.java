package io.weir.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog.Receipt;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.audit.format.Checkpoint;
import io.weir.audit.format.SegmentLine;
import io.weir.audit.format.SignedNote;
import io.weir.audit.verify.AuditReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest {
    @TempDir
    Path temp;

    @Test
    void receiptNamesTheRecordOnDisk() throws Exception {
        Path directory = temp.resolve("audit");
        Receipt receipt;
        try (FileAuditLog log = AuditFixture.open(directory)) {
            receipt = log.append(AuditFixture.event(1));
        }
        String line = Files.readAllLines(directory.resolve("wal/0000000000000000.log"))
                .get((int) receipt.sequence());
        SegmentLine parsed = SegmentLine.parse(line.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed.statedHash()).isEqualTo(receipt.leafHash());
        assertThat(parsed.intact()).isTrue();
        assertThat(line).contains("\"rec\":{\"query\":\"q1\",\"type\":\"query.refused\"}");
    }

    @Test
    void closedLogVerifiesAndContinuesAfterReopening() throws Exception {
        Path directory = temp.resolve("audit");
        for (int round = 0; round < 3; round++) {
            try (FileAuditLog log = AuditFixture.open(directory)) {
                for (int i = 0; i < 10; i++) {
                    log.append(AuditFixture.event(i));
                }
            }
        }
        AuditReport report = AuditFixture.verify(directory);
        assertThat(report).isInstanceOf(AuditReport.Valid.class);
        // Each round: opened, ten events, closed.
        assertThat(report.extent().records()).isEqualTo(36);
        assertThat(report.extent().covered()).isEqualTo(36);
    }

    @Test
    void checkpointCoversWhatWasAcknowledged() throws Exception {
        Path directory = temp.resolve("audit");
        try (FileAuditLog log = AuditFixture.open(directory)) {
            Receipt receipt = log.append(AuditFixture.event(1));
            SignedNote note = SignedNote.parse(log.checkpoint().getBytes(StandardCharsets.UTF_8));
            assertThat(note.verifies(List.of(AuditFixture.KEY.verifier()))).isTrue();
            assertThat(Checkpoint.parse(note.text()).size()).isGreaterThan(receipt.sequence());
            assertThat(directory.resolve("checkpoint")).hasContent(note.encode());
        }
    }

    @Test
    void recordsAppendedTogetherFollowEachOther() throws Exception {
        Path directory = temp.resolve("audit");
        Map<Integer, Long> last = new ConcurrentHashMap<>();
        try (FileAuditLog log = AuditFixture.open(directory);
                ExecutorService producers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i += 2) {
                int first = i;
                producers.submit(() -> last.put(
                        first,
                        log.append(List.of(AuditFixture.event(first), AuditFixture.event(first + 1)))
                                .sequence()));
            }
        }
        List<String> lines = Files.readAllLines(directory.resolve("wal/0000000000000000.log"));
        assertThat(last).hasSize(100);
        last.forEach((first, sequence) -> {
            assertThat(lines.get((int) (sequence - 1))).contains("\"query\":\"q" + first + "\"");
            assertThat(lines.get((int) (long) sequence)).contains("\"query\":\"q" + (first + 1) + "\"");
        });
        assertThat(AuditFixture.verify(directory)).isInstanceOf(AuditReport.Valid.class);
    }

    @Test
    void secondWriterIsRefused() {
        Path directory = temp.resolve("audit");
        try (FileAuditLog log = AuditFixture.open(directory)) {
            assertThatThrownBy(() -> AuditFixture.open(directory))
                    .isInstanceOf(AuditUnavailableException.class)
                    .hasMessageContaining("in use");
            assertThat(log.alive()).isTrue();
        }
    }

    @Test
    void closedLogRefuses() {
        FileAuditLog log = AuditFixture.open(temp.resolve("audit"));
        log.close();
        log.close();
        assertThat(log.alive()).isFalse();
        assertThatThrownBy(() -> log.append(AuditFixture.event(1))).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(log::checkpoint).isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void everythingIsReadableByTheOwnerOnly() throws Exception {
        Path directory = temp.resolve("audit");
        try (FileAuditLog log = AuditFixture.open(directory)) {
            log.append(AuditFixture.event(1).disclosing("sql", "SELECT 1"));
            log.checkpoint();
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void interruptedCallerStillGetsItsReceipt() {
        try (FileAuditLog log = AuditFixture.open(temp.resolve("audit"))) {
            Thread.currentThread().interrupt();
            Receipt receipt = log.append(AuditFixture.event(1));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(receipt.sequence()).isEqualTo(1);
            assertThat(log.append(AuditFixture.event(2)).sequence()).isEqualTo(2);
        }
    }

    @Test
    void manyThreadsGetDistinctConsecutiveNumbers() throws Exception {
        Path directory = temp.resolve("audit");
        Set<Long> numbers = java.util.Collections.synchronizedSet(new HashSet<>());
        int threads = 64;
        int each = 50;
        try (FileAuditLog log = AuditFixture.open(directory)) {
            List<Thread> running = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> {
                        for (int i = 0; i < each; i++) {
                            numbers.add(log.append(AuditFixture.event(i)).sequence());
                        }
                    }))
                    .limit(threads)
                    .toList();
            running.forEach(Thread::start);
            for (Thread thread : running) {
                thread.join();
            }
        }
        assertThat(numbers).hasSize(threads * each);
        AuditReport report = AuditFixture.verify(directory);
        assertThat(AuditFixture.kinds(report)).isEmpty();
        assertThat(report.extent().records()).isEqualTo(threads * each + 2);
    }

    @Test
    void eventThatCannotBeARecordFailsAloneAndTheLogLivesOn() {
        try (FileAuditLog log = AuditFixture.open(temp.resolve("audit"))) {
            AuditEvent tooLong = AuditEvent.of(EventType.ACCESS_DENIED).with("why", "x".repeat(70_000));
            assertThatThrownBy(() -> log.append(tooLong)).isInstanceOf(AuditUnavailableException.class);
            AuditEvent reserved = AuditEvent.of(EventType.ACCESS_DENIED).with("type", "auth.ok");
            assertThatThrownBy(() -> log.append(reserved)).isInstanceOf(AuditUnavailableException.class);
            assertThat(log.append(AuditFixture.event(1)).sequence()).isEqualTo(1);
        }
    }
}
