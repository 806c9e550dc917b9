package io.weir.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.audit.format.Disclosure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitiveTextTest {
    private static final String CANARY = "canary-9434765919";

    @TempDir
    Path temp;

    @Test
    void sensitiveTextLiesNowhereInClear() throws Exception {
        write();
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(temp)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content).as(file.toString()).doesNotContain(CANARY).doesNotContain(encoded);
            }
        }
        String wal = Files.readString(temp.resolve("wal/0000000000000000.log"));
        assertThat(wal).contains("\"_sd\":[", "\"_sd_alg\":\"sha-256\"");
    }

    @Test
    void holderOfTheKeyReadsTheTextsAndTheyMatchTheLeaf() throws Exception {
        write();
        Map<Long, List<Disclosure>> texts = DisclosureReader.read(temp, AuditFixture.KEK);
        assertThat(texts).containsOnlyKeys(1L);
        assertThat(texts.get(1L)).extracting(Disclosure::path).containsExactlyInAnyOrder("reason", "sql");
        String wal = Files.readString(temp.resolve("wal/0000000000000000.log"));
        assertThat(texts.get(1L)).allSatisfy(text -> assertThat(wal).contains(text.digest()));
    }

    @Test
    void destroyingTheMonthsKeyErasesTheTextsAndNoProof() throws Exception {
        write();
        try (Stream<Path> keys = Files.list(temp.resolve("keys"))) {
            for (Path key : keys.toList()) {
                Files.delete(key);
            }
        }
        assertThat(DisclosureReader.read(temp, AuditFixture.KEK)).isEmpty();
        assertThat(AuditFixture.kinds(AuditFixture.verify(temp))).isEmpty();
    }

    @Test
    void otherKeyEncryptionKeyIsRefusedWhenTextsAreWritten() {
        write();
        byte[] other = new byte[32];
        Arrays.fill(other, (byte) 1);
        assertThatThrownBy(() -> DisclosureReader.read(temp, new KeyEncryptionKey(other)))
                .hasMessageContaining("does not open");
        try (FileAuditLog log = FileAuditLog.open(
                AuditFixture.settings(temp),
                AuditFixture.KEY,
                new KeyEncryptionKey(other),
                Clock.systemUTC(),
                new java.security.SecureRandom(),
                new NioLogFiles())) {
            AuditEvent event = AuditFixture.event(1).disclosing("sql", "SELECT 1");
            assertThatThrownBy(() -> log.append(event)).isInstanceOf(AuditUnavailableException.class);
        }
    }

    @Test
    void equalEventsHaveLeavesThatCannotBeGuessedFromEachOther() throws Exception {
        try (FileAuditLog log = AuditFixture.open(temp)) {
            for (int i = 0; i < 50; i++) {
                log.append(AuditFixture.event(1).disclosing("sql", "SELECT 1"));
            }
        }
        List<String> leaves = Files.readAllLines(temp.resolve("wal/0000000000000000.log")).stream()
                .filter(line -> line.contains("query.refused"))
                .toList();
        assertThat(leaves.stream().map(line -> line.substring(0, 33)).distinct())
                .hasSize(50);
        assertThat(leaves.stream()
                        .map(line -> line.replaceAll(".*_sd\":\\[\"([^\"]+)\".*", "$1"))
                        .distinct())
                .hasSize(50);
    }

    @Test
    void longTextThatComesAgainIsKeptOnceAndReadEachTime() throws Exception {
        String text = "SELECT " + "1234567890 + ".repeat(10_000) + "1";
        try (FileAuditLog log = AuditFixture.open(temp)) {
            for (int i = 0; i < 200; i++) {
                log.append(AuditFixture.event(1).disclosing("sql", text).disclosing("reason", "r" + i));
            }
        }
        assertThat(sizeOfTexts()).isBetween((long) text.length(), 4L * text.length());
        Map<Long, List<Disclosure>> texts = DisclosureReader.read(temp, AuditFixture.KEK);
        assertThat(texts).hasSize(200);
        assertThat(texts.values())
                .allSatisfy(of -> assertThat(of)
                        .anySatisfy(sql -> assertThat(sql.value()).isEqualTo(text))
                        .hasSize(2));
        assertThat(texts.values().stream().flatMap(List::stream).map(Disclosure::salt))
                .doesNotHaveDuplicates();
        List<String> leaves = Files.readAllLines(temp.resolve("wal/0000000000000000.log"));
        texts.forEach((sequence, of) -> assertThat(of)
                .allSatisfy(each ->
                        assertThat(leaves.get(Math.toIntExact(sequence))).contains(each.digest())));
    }

    @Test
    void longTextIsKeptAnewAfterARestart() throws Exception {
        String text = "x".repeat(RepeatedTexts.LONG);
        for (int i = 0; i < 2; i++) {
            try (FileAuditLog log = AuditFixture.open(temp)) {
                log.append(AuditFixture.event(1).disclosing("sql", text));
            }
        }
        assertThat(sizeOfTexts()).isGreaterThan(2L * text.length());
        assertThat(DisclosureReader.read(temp, AuditFixture.KEK)).hasSize(2);
    }

    @Test
    void textWhoseFirstLineIsLostIsLostAndNoOtherIs() throws Exception {
        String text = "x".repeat(RepeatedTexts.LONG);
        try (FileAuditLog log = AuditFixture.open(temp)) {
            log.append(AuditFixture.event(1).disclosing("sql", text));
            log.append(AuditFixture.event(1).disclosing("sql", text).disclosing("reason", "because"));
        }
        Path file = texts();
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(1, lines.size()));
        assertThat(DisclosureReader.read(temp, AuditFixture.KEK).values())
                .singleElement()
                .satisfies(of -> assertThat(of).extracting(Disclosure::value).containsExactly("because"));
    }

    @Test
    void onlyTheLatestTextsAreRemembered() {
        RepeatedTexts repeated = new RepeatedTexts();
        for (int i = 0; i <= RepeatedTexts.REMEMBERED; i++) {
            assertThat(repeated.before(text("q" + i), i)).isEmpty();
        }
        assertThat(repeated.before(text("q1"), 5_000)).hasValue(1);
        assertThat(repeated.before(text("q0"), 5_001)).isEmpty();
        assertThat(repeated.before(text("q0"), 5_002)).hasValue(5_001);
    }

    private static Disclosure text(String first) {
        return new Disclosure("A".repeat(22), "sql", first + " ".repeat(RepeatedTexts.LONG));
    }

    private long sizeOfTexts() throws IOException {
        return Files.size(texts());
    }

    private Path texts() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("disclosures"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    private void write() {
        try (FileAuditLog log = AuditFixture.open(temp)) {
            log.append(AuditEvent.of(EventType.QUERY_REFUSED)
                    .with("query", "q1")
                    .disclosing("sql", "SELECT * FROM patients WHERE nhs_number = '" + CANARY + "'")
                    .disclosing("reason", CANARY));
        }
    }
}
