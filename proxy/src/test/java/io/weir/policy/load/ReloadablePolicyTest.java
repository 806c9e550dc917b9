package io.weir.policy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoPolicyFixture;
import io.weir.identity.PersonId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadablePolicyTest {
    @TempDir
    Path directory = Path.of("set by JUnit");

    private static final PersonId OTTO = new PersonId("otto");

    private final RecordingLog log = new RecordingLog();

    @BeforeEach
    void installsTheDemoPolicy() throws IOException {
        DemoPolicy.install(directory, DemoPolicyFixture.VALUES);
    }

    @Test
    void aChangeTakesEffectWholeAndIsRecorded() throws IOException {
        ReloadablePolicy policy = open();
        String before = policy.current().digest();
        change("Ada Fielding", "Ada F. Fielding");
        assertThat(policy.reload(OTTO))
                .isEqualTo(new ReloadablePolicy.Reload.InForce(policy.current().digest(), true));
        assertThat(policy.current().digest()).isNotEqualTo(before);
        assertThat(log.types).containsExactly(EventType.POLICY_LOADED, EventType.POLICY_LOADED);
        assertThat(log.last.fields()).containsEntry("actor", "otto").containsEntry("previous", before);
        assertThat(policy.reload(OTTO))
                .isEqualTo(new ReloadablePolicy.Reload.InForce(policy.current().digest(), false));
        assertThat(log.types).hasSize(2);
    }

    @Test
    void anotherConnectionToASourceNeedsARestartAndAnotherSnapshotDoesNot() throws IOException {
        ReloadablePolicy policy = open();
        String before = policy.current().digest();
        Path source = directory.resolve("sources/hospital.yaml");
        String text = Files.readString(source);
        Files.writeString(source, text.replace("poolSize: 4", "poolSize: 5"));
        assertThat(policy.reload(OTTO))
                .isInstanceOfSatisfying(
                        ReloadablePolicy.Reload.Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .asString()
                                .contains("sources/hospital.yaml")
                                .contains("restart"));
        assertThat(policy.current().digest()).isEqualTo(before);
        Files.writeString(source, text.replace("snapshot: 2026-09-30", "snapshot: 2026-10-31"));
        assertThat(policy.reload(OTTO)).isInstanceOf(ReloadablePolicy.Reload.InForce.class);
        assertThat(policy.current().digest()).isNotEqualTo(before);
    }

    @Tag("S29")
    @Test
    void anInvalidDirectoryChangesNothingAndIsRecorded() throws IOException {
        ReloadablePolicy policy = open();
        String before = policy.current().digest();
        change("fells-university", "nowhere");
        assertThat(policy.reload(OTTO))
                .isInstanceOfSatisfying(
                        ReloadablePolicy.Reload.Rejected.class,
                        rejected -> assertThat(rejected.problems()).hasSize(1));
        assertThat(policy.current().digest()).isEqualTo(before);
        assertThat(log.types).containsExactly(EventType.POLICY_LOADED, EventType.POLICY_REJECTED);
        assertThat(log.last.fields()).containsEntry("actor", "otto").containsEntry("policy", before);
    }

    @Test
    void withoutAnAuditRecordTheOldSnapshotStays() throws IOException {
        ReloadablePolicy policy = open();
        String before = policy.current().digest();
        change("Ada Fielding", "Ada F. Fielding");
        log.dead = true;
        assertThatThrownBy(() -> policy.reload(OTTO)).isInstanceOf(AuditUnavailableException.class);
        assertThat(policy.current().digest()).isEqualTo(before);
    }

    @Test
    void aDirectoryWithProblemsOpensNoPolicy() throws IOException {
        change("fells-university", "nowhere");
        assertThat(ReloadablePolicy.open(directory, new PolicyLoader(name -> Optional.empty()), log))
                .isInstanceOf(ReloadablePolicy.Opening.Refused.class);
        assertThat(log.types).containsExactly(EventType.POLICY_REJECTED);
    }

    private ReloadablePolicy open() throws IOException {
        return switch (ReloadablePolicy.open(directory, new PolicyLoader(name -> Optional.empty()), log)) {
            case ReloadablePolicy.Opening.Opened(ReloadablePolicy policy) -> policy;
            case ReloadablePolicy.Opening.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    private void change(String from, String to) throws IOException {
        Path file = directory.resolve("people/ada.yaml");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    /** Keeps event types; fails when it is dead. */
    private static final class RecordingLog implements AuditLog {
        private final List<EventType> types = new ArrayList<>();
        private AuditEvent last = AuditEvent.of(EventType.LOG_OPENED);
        private boolean dead;

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
            if (dead) {
                throw new AuditUnavailableException("dead");
            }
            types.add(event.type());
            last = event;
            return new Receipt(types.size(), "00");
        }

        @Override
        public boolean alive() {
            return !dead;
        }
    }
}
