package io.weir.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import io.weir.audit.AuditEvent;
import io.weir.audit.AuditField;
import io.weir.audit.EventType;
import io.weir.audit.log.AuditFixture;
import io.weir.audit.log.FileAuditLog;
import io.weir.audit.verify.Finding;
import io.weir.release.review.Remarks;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the release road records is what the offline verifier follows. */
class AuditedReleaseIT {
    @TempDir
    Path directory;

    @Test
    void aWholeReleaseIsValidForTheVerifier() throws Exception {
        Path logDirectory = directory.resolve("audit");
        try (ReleaseRoad road = new ReleaseRoad(directory);
                FileAuditLog log = AuditFixture.open(logDirectory)) {
            road.policy = Fixtures.policy(
                    Fixtures.people(),
                    Fixtures.agreement(),
                    new X25519KeyPairGenerator().generateKeyPair().getPublic().toString());
            road.audit.afterAppend(log::append);
            String rejected = road.ask();
            road.review
                    .reject(Fixtures.CHECKER_1, rejected, Remarks.forAuthor("too fine"))
                    .orThrow();
            String id = road.approved();
            road.review.show(Fixtures.CHECKER_3, id).orThrow();
            road.courier().runOnce();
            assertThat(road.state(id)).isEqualTo("delivered");
        }
        assertThat(AuditFixture.kinds(AuditFixture.verify(logDirectory))).isEmpty();
    }

    @Test
    void aReleaseWhoseSecondVoteDidNotHappenIsFound() throws Exception {
        Path logDirectory = directory.resolve("audit");
        try (ReleaseRoad road = new ReleaseRoad(directory);
                FileAuditLog log = AuditFixture.open(logDirectory)) {
            road.policy = Fixtures.policy(
                    Fixtures.people(),
                    Fixtures.agreement(),
                    new X25519KeyPairGenerator().generateKeyPair().getPublic().toString());
            road.audit.afterAppend(event -> {
                log.append(event);
                if (event.type() == EventType.RELEASE_APPROVED) {
                    log.append(AuditEvent.of(EventType.CHANGE_ABANDONED)
                            .with(
                                    AuditField.CHANGE,
                                    String.valueOf(event.fields().get(AuditField.CHANGE))));
                }
            });
            road.approved();
            road.courier().runOnce();
        }
        assertThat(AuditFixture.kinds(AuditFixture.verify(logDirectory)))
                .containsExactly(Finding.Kind.RELEASED_WITHOUT_VOTES);
    }
}
