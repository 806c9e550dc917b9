package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.policy.PolicySnapshot;
import io.weir.policy.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A ruling is remembered for one policy, one statement and its parameters, and for nothing else. */
class RememberedRulingsIT {
    private static final DemoRoad ROAD = DemoRoad.shared();
    private static final String COUNT = "select count(*) from hospital.patients where sex = 'F'";

    private static @Nullable Object cell(DemoRoad.Result result) {
        assertThat(result.problem()).isNull();
        return result.rows().getFirst().getFirst();
    }

    /** The same agreements and tables, and even the same digest: only the profiles hide everything. */
    private static PolicySnapshot hidingEverything() {
        PolicySnapshot p = ROAD.policy;
        Map<String, Profile> profiles = new HashMap<>();
        p.profiles()
                .forEach((name, profile) -> profiles.put(
                        name,
                        new Profile(
                                profile.name(),
                                profile.family(),
                                1_000_000,
                                profile.zeros(),
                                profile.roundingBase(),
                                profile.sums(),
                                profile.marker(),
                                profile.history(),
                                profile.extremes(),
                                profile.source())));
        return PolicyEdits.protecting(profiles, p);
    }

    @Tag("S27")
    @Test
    void aReloadedPolicyRulesAnewAtOnce() {
        AtomicReference<PolicySnapshot> current = new AtomicReference<>(ROAD.policy);
        DemoRoad.Session session = ROAD.session(
                "ada",
                "diabetes",
                new MemoryPublishedAnswers(),
                new RecordingAuditLog(),
                ROAD.connector,
                () -> Objects.requireNonNull(current.get()));
        assertThat(cell(session.run(COUNT))).isNotNull();
        assertThat(cell(session.run(COUNT))).isNotNull();
        current.set(hidingEverything());
        assertThat(cell(session.run(COUNT))).isNull();
        current.set(ROAD.policy);
        assertThat(cell(session.run(COUNT))).isNotNull();
    }

    @Tag("S27")
    @Test
    void otherParametersAreRuledOnAnew() {
        DemoRoad.Session session = ROAD.session("ada", "diabetes");
        String sql = "select count(*) from hospital.patients where sex = $1";
        Object women = cell(session.run(sql, "F"));
        Object men = cell(session.run(sql, "M"));
        assertThat(women).isNotNull().isNotEqualTo(men);
        assertThat(men).isNotNull();
        assertThat(cell(session.run(sql, "F"))).isEqualTo(women);
        assertThat(cell(session.run(COUNT))).isEqualTo(women);
    }

    @Test
    void aRefusalStaysOneAndIsRecordedEachTime() {
        DemoRoad.Session session = ROAD.session("ada", "diabetes");
        for (int n = 1; n <= 3; n++) {
            assertThat(session.run("select patient_id from hospital.patients").problem())
                    .isNotNull();
            assertThat(session.audit().events()).hasSize(n);
        }
    }

    @Test
    void everyExecutionIsRecordedThoughTheRulingIsRemembered() {
        DemoRoad.Session session = ROAD.session("ada", "diabetes");
        for (int n = 1; n <= 3; n++) {
            session.run(COUNT);
            List<String> types = session.audit().events().stream()
                    .map(event -> event.type().name())
                    .toList();
            assertThat(types).hasSize(2 * n).endsWith("QUERY_DECIDED", "QUERY_EXECUTED");
        }
    }
}
