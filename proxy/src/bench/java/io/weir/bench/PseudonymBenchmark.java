package io.weir.bench;

import io.weir.identity.ProjectId;
import io.weir.pseudonym.LocalKeyEncryptionKey;
import io.weir.pseudonym.NhsNumber;
import io.weir.pseudonym.Pseudonymiser;
import io.weir.pseudonym.Pseudonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Nanoseconds for one pseudonym, by scheme; one thread, after warm-up. */
public final class PseudonymBenchmark {
    private PseudonymBenchmark() {}

    public static void main(String[] args) throws IOException {
        SecureRandom random = new SecureRandom();
        Path key = Files.createTempFile("kek", "");
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        Files.write(key, bytes);
        Pseudonyms pseudonyms = new Pseudonyms(
                LocalKeyEncryptionKey.fromRawFile(key, random), (project, epoch, candidate) -> candidate, random, 1);
        Files.delete(key);
        ProjectId project = new ProjectId("bench");
        List<String> numbers = new ArrayList<>();
        for (long body = 999_000_000L; numbers.size() < 100_000; body++) {
            if (NhsNumber.check(body) < 10) {
                numbers.add(body + String.valueOf(NhsNumber.check(body)));
            }
        }
        measure("FF1, NHS number", pseudonyms.of(project, Pseudonyms.NHS), numbers);
        measure("AES-SIV token, 10 characters", pseudonyms.of(project, "patient"), numbers);
    }

    private static void measure(String name, Pseudonymiser pseudonymiser, List<String> values) {
        long best = Long.MAX_VALUE;
        long characters = 0;
        for (int round = 0; round < 12; round++) {
            long start = System.nanoTime();
            for (String value : values) {
                String pseudonym = pseudonymiser.pseudonym(value);
                characters += pseudonym == null ? 0 : pseudonym.length();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf("%-30s %6.0f ns (%d characters)%n", name, best / (double) values.size(), characters);
    }
}
