package io.weir.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditLog.Receipt;
import io.weir.audit.AuditUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log does when its disk fails: it says no, loses nothing that it said yes to, and starts again afterwards. */
class DiskFaultTest {
    @TempDir
    Path temp;

    private final FaultyFiles files = new FaultyFiles();

    @Test
    void shortWritesAreCompleted() throws Exception {
        files.chunk = 7;
        try (FileAuditLog log = open()) {
            for (int i = 0; i < 20; i++) {
                log.append(AuditFixture.event(i).disclosing("sql", "SELECT " + i));
            }
        }
        assertThat(AuditFixture.kinds(AuditFixture.verify(temp))).isEmpty();
    }

    @Test
    void fullDiskKillsTheLogEvenWhenSpaceReturns() throws Exception {
        List<Receipt> acknowledged = new ArrayList<>();
        FileAuditLog log = open();
        files.room = 2_000;
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        acknowledged.add(log.append(AuditFixture.event(i)));
                    }
                })
                .isInstanceOf(AuditUnavailableException.class);
        files.room = Long.MAX_VALUE;
        assertDead(log);
        log.close();
        assertNothingLost(acknowledged);
    }

    @Test
    void failedSyncKillsTheLogAndIsNotRetried() throws Exception {
        FileAuditLog log = open();
        List<Receipt> acknowledged = new ArrayList<>();
        acknowledged.add(log.append(AuditFixture.event(1)));
        log.checkpoint();
        files.syncFails = true;
        assertThatThrownBy(() -> log.append(AuditFixture.event(2))).isInstanceOf(AuditUnavailableException.class);
        files.syncFails = false;
        int syncs = files.syncs.get();
        assertDead(log);
        assertThat(files.syncs.get()).isEqualTo(syncs);
        assertThat(log.failure()).isInstanceOf(IOException.class);
        log.close();
        assertNothingLost(acknowledged);
    }

    @Test
    void failedCheckpointKillsTheLog() throws Exception {
        FileAuditLog log = open();
        List<Receipt> acknowledged = new ArrayList<>();
        files.checkpointFails = true;
        acknowledged.add(log.append(AuditFixture.event(1)));
        assertThatThrownBy(log::checkpoint).isInstanceOf(AuditUnavailableException.class);
        files.checkpointFails = false;
        assertDead(log);
        log.close();
        assertNothingLost(acknowledged);
    }

    @Test
    void hangingDiskIsRefusedInTimeAndServesAgainWhenItComesBack() {
        AuditLogSettings settings = new AuditLogSettings(
                temp, Duration.ofMillis(200), 16, 64L << 20, Duration.ofHours(24), Duration.ofHours(1), 1_000_000);
        try (FileAuditLog log = AuditFixture.open(settings, files)) {
            CountDownLatch gate = new CountDownLatch(1);
            files.gate = gate;
            CompletableFuture<Receipt> hanging = log.submit(AuditFixture.event(1));
            assertThatThrownBy(hanging::join).hasCauseInstanceOf(AuditUnavailableException.class);
            assertThat(log.alive()).isFalse();
            assertThatThrownBy(() -> log.append(AuditFixture.event(2))).isInstanceOf(AuditUnavailableException.class);
            gate.countDown();
            while (!log.alive()) {
                Thread.onSpinWait();
            }
            // The refused record may be on disk: an intent that did not run is the safe direction.
            assertThat(log.append(AuditFixture.event(3)).sequence()).isEqualTo(2);
        }
    }

    @Test
    void moreRecordsThanMayWaitAreRefusedAtOnce() {
        AuditLogSettings settings = new AuditLogSettings(
                temp, Duration.ofSeconds(10), 4, 64L << 20, Duration.ofHours(24), Duration.ofHours(1), 1_000_000);
        try (FileAuditLog log = AuditFixture.open(settings, files)) {
            int before = files.syncs.get();
            CountDownLatch gate = new CountDownLatch(1);
            files.gate = gate;
            try {
                CompletableFuture<Receipt> first = log.submit(AuditFixture.event(0));
                while (files.syncs.get() == before) {
                    Thread.onSpinWait();
                }
                List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    receipts.add(log.submit(AuditFixture.event(i)));
                }
                assertThat(receipts.stream().filter(CompletableFuture::isCompletedExceptionally))
                        .hasSize(50 - 4);
                gate.countDown();
                assertThat(first.join().sequence()).isEqualTo(1);
                assertThat(receipts.get(3).join().sequence()).isEqualTo(5);
            } finally {
                gate.countDown();
            }
        }
    }

    private FileAuditLog open() {
        return AuditFixture.open(AuditFixture.settings(temp), files);
    }

    private static void assertDead(FileAuditLog log) {
        assertThat(log.alive()).isFalse();
        assertThatThrownBy(() -> log.append(AuditFixture.event(9))).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(log::checkpoint).isInstanceOf(AuditUnavailableException.class);
    }

    private void assertNothingLost(List<Receipt> acknowledged) throws IOException {
        AuditFixture.open(temp).close();
        assertThat(AuditFixture.kinds(AuditFixture.verify(temp))).isEmpty();
        String wal = Files.readString(temp.resolve("wal/0000000000000000.log"));
        for (Receipt receipt : acknowledged) {
            assertThat(wal).contains("\t" + receipt.leafHash() + "\n");
        }
    }
}
