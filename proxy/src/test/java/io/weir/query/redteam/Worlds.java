package io.weir.query.redteam;

import io.weir.connector.source.SourceConnector;
import io.weir.policy.PolicySnapshot;
import io.weir.query.DemoRoad;
import io.weir.query.MemoryPublishedAnswers;
import io.weir.query.PolicyEdits;
import io.weir.query.RecordingAuditLog;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The worlds of all tests of a JVM, and an analyst in each. */
final class Worlds {
    /** Under the demo's policy, and the same with the least protection that there is. */
    enum Policy {
        DEMO,
        BARE
    }

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static @Nullable Worlds shared;

    private final List<World> worlds;
    private final Map<Policy, PolicySnapshot> policies;

    private Worlds() throws SQLException, IOException {
        worlds = World.all();
        policies = Map.of(Policy.DEMO, DemoRoad.shared().policy, Policy.BARE, bare());
    }

    /** Hides cells of one person, and rounds nothing. */
    private static PolicySnapshot bare() throws IOException {
        return DemoRoad.shared().policy("red-bare", PolicyEdits.ofRules(PolicyEdits::bare));
    }

    static synchronized Worlds shared() {
        try {
            if (shared == null) {
                shared = new Worlds();
            }
            return shared;
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<World> all() {
        return worlds;
    }

    /** The world in which nothing was exchanged. */
    World first() {
        return worlds.getFirst();
    }

    /** With an empty history. */
    DemoRoad.Session analyst(World world, Policy policy) {
        return analyst(world.connector(), policy);
    }

    /** The same over another source. */
    DemoRoad.Session analyst(SourceConnector source, Policy policy) {
        return member("ada", "diabetes", source, policy);
    }

    private DemoRoad.Session member(String person, String project, SourceConnector source, Policy policy) {
        return member(person, project, source, policy, new MemoryPublishedAnswers());
    }

    private DemoRoad.Session member(
            String person, String project, SourceConnector source, Policy policy, MemoryPublishedAnswers published) {
        PolicySnapshot snapshot = policy(policy);
        return DemoRoad.shared().session(person, project, published, new RecordingAuditLog(), source, () -> snapshot);
    }

    /** A policy as it is, to change something in it. */
    PolicySnapshot policy(Policy policy) {
        return Objects.requireNonNull(policies.get(policy));
    }

    /** What an analyst of the first world sees under a policy of the test's own. */
    Transcript asked(PolicySnapshot policy, String sql) {
        return Transcript.of(
                DemoRoad.shared()
                        .session(
                                "ada",
                                "diabetes",
                                new MemoryPublishedAnswers(),
                                new RecordingAuditLog(),
                                first().connector(),
                                () -> policy),
                LIMIT,
                sql);
    }

    /** What an analyst of the first world sees. */
    Transcript asked(Policy policy, String sql, @Nullable Object... parameters) {
        return Transcript.of(analyst(first(), policy), LIMIT, sql, parameters);
    }

    /** What it is in each world, under a policy. */
    List<Transcript> everywhere(Policy policy, String sql, @Nullable Object... parameters) {
        return worlds.stream()
                .map(world -> Transcript.of(analyst(world, policy), LIMIT, sql, parameters))
                .toList();
    }

    /** What somebody sees in the first world, under the demo's policy, after what was published before. */
    Transcript askedAfter(MemoryPublishedAnswers published, String person, String project, String sql) {
        return Transcript.of(member(person, project, first().connector(), Policy.DEMO, published), LIMIT, sql);
    }

    /** What somebody else sees in the first world, under the demo's policy. */
    Transcript askedBy(String person, String project, String sql, @Nullable Object... parameters) {
        return Transcript.of(member(person, project, first().connector(), Policy.DEMO), LIMIT, sql, parameters);
    }
}
