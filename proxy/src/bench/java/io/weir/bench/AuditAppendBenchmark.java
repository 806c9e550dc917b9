package io.weir.bench;

import io.weir.audit.AuditEvent;
import io.weir.audit.EventType;
import io.weir.audit.format.SignerKey;
import io.weir.audit.log.AuditLogSettings;
import io.weir.audit.log.FileAuditLog;
import io.weir.audit.log.KeyEncryptionKey;
import io.weir.audit.log.LogFiles;
import io.weir.audit.log.NioLogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Appends to a real log from 1, 8, 64 and 512 virtual threads, each waiting for its receipt, with and without syncs. Arguments: a directory
 * on the disk to measure (a temporary one by default) and seconds for each line (3 by default).
 */
public final class AuditAppendBenchmark {
    private AuditAppendBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path base = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("weir-audit-bench");
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        System.out.printf("Java %s, %d processors, %s%n", Runtime.version(), Runtime.getRuntime().availableProcessors(), base);
        System.out.println("| sync | producers | appends/s | p50 ms | p99 ms |");
        System.out.println("|---|---:|---:|---:|---:|");
        int run = 0;
        measure(base.resolve("warm-up"), new NioLogFiles(), 64, 2);
        for (boolean sync : new boolean[] {true, false}) {
            for (int producers : new int[] {1, 8, 64, 512}) {
                LogFiles files = sync ? new NioLogFiles() : new WithoutSync();
                long[] nanos = measure(base.resolve("run" + run++), files, producers, seconds);
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %,d | %.3f | %.3f |%n",
                        sync ? "yes" : "no",
                        producers,
                        nanos.length / seconds,
                        nanos[nanos.length / 2] / 1e6,
                        nanos[(int) (nanos.length * 0.99)] / 1e6);
            }
        }
    }

    /** Returns the latency of every append, sorted. */
    private static long[] measure(Path directory, LogFiles files, int producers, int seconds) throws Exception {
        byte[] key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
        SecureRandom random = new SecureRandom();
        byte[] kek = new byte[32];
        random.nextBytes(kek);
        List<long[]> all = new ArrayList<>();
        try (FileAuditLog log = FileAuditLog.open(
                AuditLogSettings.at(directory),
                SignerKey.of("bench.example/audit", key),
                new KeyEncryptionKey(kek),
                Clock.systemUTC(),
                random,
                files)) {
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                int producer = i;
                threads.add(Thread.ofVirtual().start(() -> {
                    long[] nanos = produce(log, producer, end);
                    synchronized (all) {
                        all.add(nanos);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        long[] sorted = all.stream().flatMapToLong(Arrays::stream).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static long[] produce(FileAuditLog log, int producer, long end) {
        long[] nanos = new long[1 << 10];
        int count = 0;
        long before = System.nanoTime();
        while (before < end) {
            log.append(event(producer, count));
            long after = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = after - before;
            before = after;
        }
        return Arrays.copyOf(nanos, count);
    }

    /** Of the size and shape of a decision. */
    private static AuditEvent event(int producer, int count) {
        return AuditEvent.of(EventType.QUERY_DECIDED)
                .with("query", "q-" + producer + "-" + count)
                .with("decision", "permit")
                .with("actor", "a.researcher")
                .with("project", "asthma_admissions")
                .with("agreement", "agreement-2026-17")
                .with("purpose", "research")
                .with("policy", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
                .disclosing("sql", "SELECT provider, count(*) FROM admissions WHERE icd10 = 'J45' GROUP BY provider");
    }

    /** The same files, but a sync returns at once: what durability costs is the difference. */
    private static final class WithoutSync implements LogFiles {
        private final LogFiles real = new NioLogFiles();

        @Override
        public void createDirectory(Path directory) throws IOException {
            real.createDirectory(directory);
        }

        @Override
        public AppendFile append(Path file) throws IOException {
            AppendFile opened = real.append(file);
            return new AppendFile() {
                @Override
                public long size() throws IOException {
                    return opened.size();
                }

                @Override
                public int write(ByteBuffer bytes) throws IOException {
                    return opened.write(bytes);
                }

                @Override
                public void force(boolean metadata) {
                    // The point of this class.
                }

                @Override
                public void truncate(long size) throws IOException {
                    opened.truncate(size);
                }

                @Override
                public void close() throws IOException {
                    opened.close();
                }
            };
        }

        @Override
        public void replace(Path file, byte[] content) throws IOException {
            real.replace(file, content);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            real.forceDirectory(directory);
        }
    }
}
