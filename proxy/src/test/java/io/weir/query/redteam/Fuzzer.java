package io.weir.query.redteam;

import io.weir.policy.PolicySnapshot;
import io.weir.query.DemoRoad;
import io.weir.query.MemoryPublishedAnswers;
import io.weir.query.RecordingAuditLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Grows statements and asks each in all worlds. What is answered is grown further, so that most statements are nearly permitted ones.
 *
 * <p>Two policies: the demo's own, and the same with the least protection that there is (cells of two people, no rounding), under which one person more or less in a cell
 * shows at once.
 */
final class Fuzzer {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int POOL = 2_000;
    private static final boolean LOGGED = Boolean.getBoolean("fuzz.log");

    /** A statement whose transcripts differ, or that ended in a fault. */
    record Find(String sql, String policy, String world, Transcript here, Transcript there) {
        @Override
        public String toString() {
            return policy + ", " + world + ": " + sql + "\n  " + here + "\n  " + there;
        }
    }

    private final List<World> worlds;
    private final Map<String, PolicySnapshot> policies;
    private final SplittableRandom random;
    private final Mutator mutator;
    private final List<String> pool;
    private final List<Find> finds = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    Fuzzer(List<World> worlds, List<String> seeds, long seed) throws IOException {
        this.worlds = worlds;
        this.policies = policies();
        this.random = new SplittableRandom(seed);
        this.mutator = new Mutator(random);
        this.pool = new ArrayList<>(seeds);
    }

    static Map<String, PolicySnapshot> policies() throws IOException {
        return Map.of("demo", DemoRoad.shared().policy("red-demo", directory -> {}), "bare", bare());
    }

    /** Hides cells of one person, and rounds nothing. */
    private static PolicySnapshot bare() throws IOException {
        return DemoRoad.shared().policy("red-bare", directory -> {
            for (String part : List.of("datasets", "profiles")) {
                try (Stream<Path> files = Files.list(directory.resolve(part))) {
                    for (Path file : files.toList()) {
                        Files.writeString(
                                file,
                                Files.readString(file)
                                        .replaceAll("roundingStep: [0-9.]+", "roundingStep: 0.000001")
                                        .replaceAll("threshold: \\d+", "threshold: 2")
                                        .replaceAll("roundingBase: \\d+", "roundingBase: 1")
                                        .replaceAll("dominanceN: \\d+", "dominanceN: 1")
                                        .replaceAll("dominanceK: [0-9.]+", "dominanceK: 1")
                                        .replaceAll("pPercent: [0-9.]+", "pPercent: 0.000001"));
                    }
                }
            }
        });
    }

    /** Grows one statement and asks it. */
    void step() {
        String sql = mutator.mutate(pool.get(random.nextInt(pool.size())), pool);
        if (sql.length() > 4_000) {
            return;
        }
        boolean answered = ask(sql);
        if (answered && pool.size() < POOL) {
            pool.add(sql);
        } else if (answered) {
            pool.set(Ingredients.SEEDS.size() + random.nextInt(POOL - Ingredients.SEEDS.size()), sql);
        }
    }

    /** Returns whether it was answered. */
    boolean ask(String sql) {
        boolean answered = false;
        for (Map.Entry<String, PolicySnapshot> policy : policies.entrySet()) {
            Transcript first = transcript(worlds.getFirst(), policy.getValue(), sql);
            String code = first.problem() == null
                    ? "answered"
                    : first.problem().code().name();
            outcomes.merge(code, 1, Integer::sum);
            if (LOGGED) {
                System.out.println(code + " " + sql);
            }
            if (first.isFault()) {
                finds.add(new Find(sql, policy.getKey(), "a fault", first, first));
            }
            answered |= first.isAnswered();
            if (!first.prepared()) {
                // Both policies have the same rules, and the structural ruling has no data.
                return answered;
            }
            for (World world : worlds.subList(1, worlds.size())) {
                Transcript other = transcript(world, policy.getValue(), sql);
                if (!other.equals(first) && !other.isTimedOut() && !first.isTimedOut()) {
                    finds.add(new Find(sql, policy.getKey(), world.name(), first, other));
                }
            }
        }
        return answered;
    }

    private static Transcript transcript(World world, PolicySnapshot policy, String sql) {
        return Transcript.of(
                DemoRoad.shared()
                        .session(
                                "ada",
                                "diabetes",
                                new MemoryPublishedAnswers(),
                                new RecordingAuditLog(),
                                world.connector(),
                                () -> policy),
                LIMIT,
                sql);
    }

    List<Find> finds() {
        return finds;
    }

    Map<String, Integer> outcomes() {
        return outcomes;
    }

    /** {@code SEED MINUTES}: prints what it finds as it finds it; with {@code -Dfuzz.log=true} every statement with its outcome. */
    public static void main(String[] args) throws IOException, SQLException {
        Fuzzer fuzzer = new Fuzzer(World.all(), Ingredients.SEEDS, Long.parseLong(args[0]));
        Ingredients.SEEDS.forEach(fuzzer::ask);
        long end =
                System.nanoTime() + Duration.ofMinutes(Long.parseLong(args[1])).toNanos();
        int steps = 0;
        int told = 0;
        while (System.nanoTime() < end) {
            fuzzer.step();
            steps++;
            for (; told < fuzzer.finds().size(); told++) {
                System.out.println("FIND " + fuzzer.finds().get(told));
            }
            if (steps % 1_000 == 0) {
                System.out.println(steps + " " + fuzzer.outcomes() + " pool " + fuzzer.pool.size());
            }
        }
        System.out.println(steps + " statements, " + fuzzer.finds().size() + " finds, " + fuzzer.outcomes());
        System.exit(0);
    }
}
