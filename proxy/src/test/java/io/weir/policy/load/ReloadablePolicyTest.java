package io.weir.policy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.audit.AuditUnavailableException;
import io.weir.audit.EventType;
import io.weir.demo.data.DemoPolicy;
import io.weir.demo.data.DemoPolicyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadablePolicyTest {
    @TempDir
    Path directory = Path.of("set by JUnit");

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
        assertThat(policy.reload()).isEmpty();
        assertThat(policy.current().digest()).isNotEqualTo(before);
        assertThat(log.types).containsExactly(EventType.POLICY_LOADED, EventType.POLICY_LOADED);
    }

    @Test
    void anInvalidDirectoryChangesNothingAndIsRecorded() throws IOException {
        ReloadablePolicy policy = open();
        String before = policy.current().digest();
        change("fells-university", "nowhere");
        assertThat(policy.reload()).hasSize(1);
        assertThat(policy.current().digest()).isEqualTo(before);
        assertThat(log.types).containsExactly(EventType.POLICY_LOADED, EventType.POLICY_REJECTED);
    }

    @Test
    void withoutAnAuditRecordTheOldSnapshotStays() throws IOException {
        ReloadablePolicy policy = open();
        String before = policy.current().digest();
        change("Ada Fielding", "Ada F. Fielding");
        log.dead = true;
        assertThatThrownBy(policy::reload).isInstanceOf(AuditUnavailableException.class);
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
        private boolean dead;

        @Override
        public CompletableFuture<Receipt> submit(AuditEvent event) {
            return CompletableFuture.completedFuture(append(event));
        }

        @Override
        public Receipt append(AuditEvent event) {
            if (dead) {
                throw new AuditUnavailableException("dead");
            }
            types.add(event.type());
            return new Receipt(types.size(), "00");
        }

        @Override
        public boolean alive() {
            return !dead;
        }
    }
}
