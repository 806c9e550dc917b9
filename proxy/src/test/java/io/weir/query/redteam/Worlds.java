package io.weir.query.redteam;

import io.weir.policy.PolicySnapshot;
import io.weir.query.DemoRoad;
import io.weir.query.MemoryPublishedAnswers;
import io.weir.query.RecordingAuditLog;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private final Map<String, PolicySnapshot> policies;

    private Worlds() throws SQLException, IOException {
        worlds = World.all();
        policies = Fuzzer.policies();
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
        return member("ada", "diabetes", world, policy);
    }

    DemoRoad.Session member(String person, String project, World world, Policy policy) {
        PolicySnapshot snapshot = policies.get(policy.name().toLowerCase(java.util.Locale.ROOT));
        return DemoRoad.shared()
                .session(
                        person,
                        project,
                        new MemoryPublishedAnswers(),
                        new RecordingAuditLog(),
                        world.connector(),
                        () -> snapshot);
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

    /** What somebody else sees in the first world, under the demo's policy. */
    Transcript askedBy(String person, String project, String sql, @Nullable Object... parameters) {
        return Transcript.of(member(person, project, first(), Policy.DEMO), LIMIT, sql, parameters);
    }
}
