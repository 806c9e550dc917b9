package io.weir.query.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.redteam.Ward.Protection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Attacks in many worlds: how often each says rightly how the coin fell. */
final class SequenceRun {
    /** One attack on one way to protect. */
    record Trial(Attack attack, Protection protection) {
        @Override
        public String toString() {
            return attack.name() + ", " + protection;
        }
    }

    private SequenceRun() {}

    /** Right guesses of each, in as many worlds; the same seed gives the same worlds, coins and guesses. */
    static Map<Trial, Integer> run(Ward ward, List<Trial> trials, int worlds, long seed) throws SQLException {
        Map<Trial, Integer> right = new LinkedHashMap<>();
        trials.forEach(trial -> right.put(trial, 0));
        for (int world = 1; world <= worlds; world++) {
            ward.world(seed + world);
            for (Trial trial : trials) {
                SplittableRandom coin = new SplittableRandom(
                        31 * (seed + world) + trial.attack().name().hashCode());
                boolean bit = coin.nextBoolean();
                ward.draw(trial.attack().secret(), bit);
                boolean guess = trial.attack().guess(ward.desk(trial.protection()), coin);
                ward.draw(trial.attack().secret(), true);
                right.merge(trial, guess == bit ? 1 : 0, Integer::sum);
            }
        }
        return right;
    }

    /** None is right more often than chance allows. */
    static void assertChance(Ward ward, List<Trial> trials, int worlds, long seed) throws SQLException {
        assertThat(run(ward, trials, worlds, seed))
                .allSatisfy((trial, guesses) -> assertThat(guesses)
                        .as("%s: right in %d of %d worlds", trial, guesses, worlds)
                        .isLessThan(beyondChance(worlds)));
    }

    /** Without protection each wins. */
    static void assertAllWin(Ward ward, List<Attack> attacks, int worlds, long seed) throws SQLException {
        assertThat(run(ward, of(attacks, Protection.NONE), worlds, seed))
                .allSatisfy((trial, guesses) -> assertThat(guesses)
                        .as("%s: right in %d of %d worlds", trial, guesses, worlds)
                        .isEqualTo(worlds));
    }

    /** The least number of right guesses of n that chance gives in less than one of a thousand cases (one-sided, p = 1/2). */
    static int beyondChance(int n) {
        double probability = Math.pow(0.5, n);
        double tail = 0;
        for (int k = n; k >= 0; k--) {
            tail += probability;
            if (tail > 0.001) {
                return k + 1;
            }
            probability = probability * k / (n - k + 1);
        }
        return 0;
    }

    static List<Trial> of(List<Attack> attacks, Protection... protections) {
        List<Trial> trials = new ArrayList<>();
        for (Protection protection : protections) {
            attacks.forEach(attack -> trials.add(new Trial(attack, protection)));
        }
        return trials;
    }

    /** {@code WORLDS [PART OF A NAME [PROTECTION]]}: every attack on every protection, or on one. */
    public static void main(String[] args) throws SQLException, IOException {
        int worlds = Integer.parseInt(args[0]);
        List<Attack> attacks = new ArrayList<>(all());
        if (args.length > 1 && !args[1].isEmpty()) {
            attacks.removeIf(attack -> !attack.name().matches(".*(" + args[1] + ").*"));
        }
        try (Ward ward = new Ward()) {
            System.out.println("beyond chance: " + beyondChance(worlds) + " of " + worlds);
            run(
                            ward,
                            of(
                                    attacks,
                                    args.length > 2
                                            ? new Protection[] {Protection.valueOf(args[2])}
                                            : Protection.values()),
                            worlds,
                            1_000)
                    .forEach((trial, right) -> System.out.println(trial + ": " + right));
        }
        System.exit(0);
    }

    private static List<Attack> all() {
        List<Attack> attacks = new ArrayList<>();
        attacks.addAll(Attacks.pairs());
        attacks.addAll(Attacks.collusions());
        attacks.addAll(Attacks.arms());
        attacks.addAll(Attacks.trackers());
        attacks.addAll(TwinAttack.held());
        attacks.add(Attacks.reconstruction());
        attacks.addAll(Attacks.padded());
        attacks.addAll(Attacks.partitions());
        attacks.add(Attacks.averaging());
        attacks.addAll(Attacks.zeros());
        attacks.addAll(Attacks.complements());
        attacks.addAll(MarginAttacks.margins());
        attacks.add(MarginAttacks.fourQuestions());
        attacks.addAll(SubsetAttacks.groups());
        attacks.add(SubsetAttacks.costs());
        attacks.addAll(SubsetAttacks.years());
        attacks.addAll(SubsetAttacks.manyGroups());
        attacks.addAll(PivotAttacks.costs());
        attacks.add(PivotAttacks.twice());
        attacks.addAll(MosaicAttacks.costs());
        attacks.addAll(MosaicAttacks.differences());
        attacks.addAll(TilingAttacks.costs());
        attacks.add(PivotAttacks.squares());
        attacks.addAll(RatioAttacks.ratios());
        attacks.add(Attacks.outlier());
        return attacks;
    }
}
