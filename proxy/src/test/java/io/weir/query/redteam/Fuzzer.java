package io.weir.query.redteam;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

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
    record Find(String sql, Worlds.Policy policy, String world, Transcript here, Transcript there) {
        @Override
        public String toString() {
            return policy + ", " + world + ": " + sql + "\n  " + here + "\n  " + there;
        }
    }

    private final Worlds worlds;
    private final SplittableRandom random;
    private final Mutator mutator;
    private final List<String> pool;
    private final int seeds;
    private int compared;
    private int timedOut;
    private final List<Find> finds = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    Fuzzer(Worlds worlds, List<String> seeds, long seed) {
        this.worlds = worlds;
        this.random = new SplittableRandom(seed);
        this.mutator = new Mutator(random);
        this.pool = new ArrayList<>(seeds);
        this.seeds = seeds.size();
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
            pool.set(seeds + random.nextInt(POOL - seeds), sql);
        }
    }

    /** Returns whether it was answered. */
    boolean ask(String sql) {
        boolean answered = false;
        for (Worlds.Policy policy : Worlds.Policy.values()) {
            Transcript first = transcript(worlds.first(), policy, sql);
            String code = first.problem() == null
                    ? "answered"
                    : first.problem().code().name();
            outcomes.merge(code, 1, Integer::sum);
            if (LOGGED) {
                System.out.println(code + " " + sql);
            }
            if (first.isFault()) {
                finds.add(new Find(sql, policy, "a fault", first, first));
            }
            answered |= first.isAnswered();
            if (!first.prepared()) {
                // Both policies have the same rules, and the structural ruling has no data.
                return answered;
            }
            for (World world : worlds.all().subList(1, worlds.all().size())) {
                Transcript other = transcript(world, policy, sql);
                if (other.isTimedOut() || first.isTimedOut()) {
                    timedOut++;
                    continue;
                }
                compared++;
                if (!other.equals(first)) {
                    finds.add(new Find(sql, policy, world.name(), first, other));
                }
            }
        }
        return answered;
    }

    private Transcript transcript(World world, Worlds.Policy policy, String sql) {
        return Transcript.of(worlds.analyst(world, policy), LIMIT, sql);
    }

    /** Transcripts of statements that reached the data, each compared with that of another world. */
    int compared() {
        return compared;
    }

    /** Those that were not, since one of the two took too long. */
    int timedOut() {
        return timedOut;
    }

    List<Find> finds() {
        return finds;
    }

    Map<String, Integer> outcomes() {
        return outcomes;
    }

    /** {@code SEED MINUTES}: prints what it finds as it finds it; with {@code -Dfuzz.log=true} every statement with its outcome. */
    public static void main(String[] args) {
        List<String> seeds = Seeds.answered(Worlds.shared());
        Fuzzer fuzzer = new Fuzzer(Worlds.shared(), seeds, Long.parseLong(args[0]));
        seeds.forEach(fuzzer::ask);
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
        System.out.println(steps + " statements, " + fuzzer.finds().size() + " finds, " + fuzzer.compared
                + " transcripts compared, " + fuzzer.timedOut + " not for time, " + fuzzer.outcomes());
        System.exit(0);
    }
}
