package io.weir.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.audit.format.Disclosure;
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

    private void write() {
        try (FileAuditLog log = AuditFixture.open(temp)) {
            log.append(AuditEvent.of(EventType.QUERY_REFUSED)
                    .with("query", "q1")
                    .disclosing("sql", "SELECT * FROM patients WHERE nhs_number = '" + CANARY + "'")
                    .disclosing("reason", CANARY));
        }
    }
}
