package io.weir.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.audit.verify.AuditReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir
    Path temp;

    @Test
    void tornTailGoesToQuarantineAndIsRecorded() throws Exception {
        write(10);
        byte[] torn = "{\"nonce\":\"AAAA".getBytes(StandardCharsets.UTF_8);
        Files.write(segment(), torn, StandardOpenOption.APPEND);
        write(1);
        assertThat(AuditFixture.kinds(AuditFixture.verify(temp))).isEmpty();
        assertThat(Files.readString(segment())).contains(EventType.LOG_RECOVERED.label(), "\"bytes\":14");
        try (Stream<Path> kept = Files.list(temp.resolve("quarantine"))) {
            assertThat(kept.toList())
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readAllBytes(file)).isEqualTo(torn));
        }
    }

    @Test
    void zerosAtTheEndAreATornTail() throws Exception {
        write(10);
        Files.write(segment(), new byte[4096], StandardOpenOption.APPEND);
        write(1);
        assertThat(AuditFixture.kinds(AuditFixture.verify(temp))).isEmpty();
    }

    @Test
    void tailLongerThanABatchIsNotATornWrite() throws Exception {
        write(10);
        Files.write(segment(), new byte[SegmentWriter.MAX_BATCH_BYTES + 1], StandardOpenOption.APPEND);
        assertRefused("too long for a torn write");
    }

    @Test
    void damageInTheMiddleIsRefused() throws Exception {
        write(10);
        byte[] bytes = Files.readAllBytes(segment());
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment(), bytes);
        assertRefused("complete lines after it");
    }

    @Test
    void editedLastLineIsNotATornWrite() throws Exception {
        write(10);
        List<String> lines = new ArrayList<>(Files.readAllLines(segment()));
        lines.set(lines.size() - 1, lines.getLast().replace("log.closed", "log.opened"));
        Files.writeString(segment(), String.join("\n", lines) + "\n");
        assertRefused("complete lines after it");
    }

    @Test
    void cutTailThatACheckpointVouchesForIsRefused() throws Exception {
        write(10);
        byte[] bytes = Files.readAllBytes(segment());
        Files.write(segment(), Arrays.copyOf(bytes, bytes.length - 20));
        assertRefused("which a checkpoint vouches for");
        List<String> lines = Files.readAllLines(segment());
        Files.writeString(segment(), String.join("\n", lines.subList(0, 5)) + "\n");
        assertRefused("rolled back or cut off");
    }

    @Test
    void missingCheckpointsAreRefused() throws Exception {
        write(10);
        Files.delete(temp.resolve("checkpoint"));
        try (Stream<Path> notes = Files.list(temp.resolve("checkpoints"))) {
            for (Path note : notes.toList()) {
                Files.delete(note);
            }
        }
        assertRefused("checkpoints are missing");
    }

    @Test
    void missingSegmentsAreRefused() throws Exception {
        write(10);
        Files.delete(segment());
        assertRefused("rolled back or cut off");
    }

    @Test
    void missingDescriptionIsRefused() throws Exception {
        write(10);
        Files.delete(temp.resolve("log.json"));
        assertRefused("log.json is missing");
    }

    @Test
    void segmentsAreSealedAndFollowEachOther() throws Exception {
        writeSmallSegments();
        AuditReport report = AuditFixture.verify(temp);
        assertThat(AuditFixture.kinds(report)).isEmpty();
        assertThat(report.extent().segments()).isGreaterThan(5);
        List<String> first = Files.readAllLines(segment());
        assertThat(first.getLast()).contains(EventType.LOG_SEALED.label());
    }

    @Test
    void damageBeforeTheLastSegmentIsRefused() throws Exception {
        writeSmallSegments();
        byte[] bytes = Files.readAllBytes(segment());
        Files.write(segment(), Arrays.copyOf(bytes, bytes.length - 5));
        assertRefused("before the last segment");
    }

    @Test
    void oldSegmentIsSealed() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        AuditLogSettings settings = AuditFixture.settings(temp);
        try (FileAuditLog log = AuditFixture.open(settings, new NioLogFiles(), now::get)) {
            log.append(AuditFixture.event(1));
            now.set(Instant.parse("2026-01-02T00:00:01Z"));
            log.append(AuditFixture.event(2));
            while (!Files.readString(segment()).contains(EventType.LOG_SEALED.label())) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void clockThatStepsBackDoesNotTakeTheLogBack() throws Exception {
        Instant start = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        AuditLogSettings settings = AuditFixture.settings(temp);
        try (FileAuditLog log = AuditFixture.open(settings, new NioLogFiles(), now::get)) {
            log.append(AuditFixture.event(1));
            now.set(start.minusSeconds(3_600));
            log.append(AuditFixture.event(2));
        }
        assertThat(AuditFixture.kinds(AuditFixture.verify(temp))).isEmpty();
    }

    private Path segment() {
        return temp.resolve("wal/0000000000000000.log");
    }

    private void write(int events) {
        try (FileAuditLog log = AuditFixture.open(temp)) {
            for (int i = 0; i < events; i++) {
                log.append(AuditFixture.event(i));
            }
        }
    }

    private void writeSmallSegments() {
        AuditLogSettings small = new AuditLogSettings(
                temp, Duration.ofSeconds(10), 100, 2_000, Duration.ofHours(24), Duration.ofSeconds(1), 1_000);
        for (int round = 0; round < 2; round++) {
            try (FileAuditLog log = AuditFixture.open(small, new NioLogFiles())) {
                for (int i = 0; i < 30; i++) {
                    log.append(AuditFixture.event(i));
                }
            }
        }
    }

    private void assertRefused(String why) throws IOException {
        byte[] before = Files.exists(segment()) ? Files.readAllBytes(segment()) : new byte[0];
        assertThatThrownBy(() -> AuditFixture.open(temp))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining(why);
        byte[] after = Files.exists(segment()) ? Files.readAllBytes(segment()) : new byte[0];
        assertThat(after).as("a refused log is left as it is").isEqualTo(before);
    }
}
