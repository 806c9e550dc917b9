package io.weir.disclosure.cellkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an attacker learns of a perturbed total by asking often, and what not. */
class CellKeyAttacksTest {
    private static final int PEOPLE = 400;
    private static final CountPerturbation COUNTS = new CountPerturbation(new CountNoise(5, 3, 2).table());

    /** Asking for the same people over and over, in any guise, gives one number: nothing to take a mean of. */
    @Test
    void askingAgainTellsNothing() {
        long first = COUNTS.publish(PEOPLE, Keys.people(0, PEOPLE));
        for (int cut = 1; cut < PEOPLE; cut += 7) {
            CellKey rejoined = Keys.people(cut, PEOPLE).plus(Keys.people(0, cut));
            assertThat(COUNTS.publish(PEOPLE, rejoined)).isEqualTo(first);
        }
    }

    /**
     * Averaging over partitions (Asghar and Kaafar 2020) works: each way of cutting in two is an estimate with noise of its own. So perturbation
     * does not replace the history of answers; this test keeps the documentation honest.
     */
    @Test
    void averagingOverPartitionsTellsATotal() {
        assertThat(estimate(0, PEOPLE, 2_000, new Random(3))).isStrictlyBetween(PEOPLE - 0.5, PEOPLE + 0.5);
    }

    /** A few partitions do not tell apart totals that differ in one person: the estimates of both overlap. */
    @Test
    void fewPartitionsDoNot() {
        Random random = new Random(4);
        int wrong = 0;
        for (int victim = 0; victim < 200; victim++) {
            int from = victim * 1_000;
            boolean thought = estimate(from, from + PEOPLE, 4, random) > PEOPLE - 0.5;
            boolean without = estimate(from, from + PEOPLE - 1, 4, random) > PEOPLE - 0.5;
            wrong += (thought ? 0 : 1) + (without ? 1 : 0);
        }
        assertThat(wrong).isBetween(80, 200); // of 400 guesses
    }

    /** The difference of two cells that differ in one person has the noise of both: it is right no more often than two noises are equal. */
    @Test
    void oneDifferenceDoesNotTellWhoIsIn() {
        int right = 0;
        for (int victim = 0; victim < 2_000; victim++) {
            int from = victim * 60;
            CellKey without = Keys.people(from, from + 50);
            CellKey with = without.with(Keys.person(from + 50));
            right += COUNTS.publish(51, with) - COUNTS.publish(50, without) == 1 ? 1 : 0;
        }
        // Two independent noises of the symmetric distribution are equal with probability sum p² = 0.163.
        assertThat(right / 2_000.0).isBetween(0.13, 0.20);
    }

    /**
     * Consistency has a price: who can single out a person, and adds a condition, sees the same figure where it holds. Where the single person is not
     * perturbed to 0 that is certain. Only the threshold and the history keep such questions away.
     */
    @Test
    void aConditionOnASingledOutPersonTells() {
        int told = 0;
        for (int person = 0; person < 1_000; person++) {
            long alone = COUNTS.publish(1, Keys.people(person, person + 1));
            boolean holds = person % 2 == 0;
            long withCondition =
                    holds ? COUNTS.publish(1, Keys.people(person, person + 1)) : COUNTS.publish(0, CellKey.NOBODY);
            told += alone > 0 && (withCondition == alone) == holds ? 1 : 0;
        }
        // All of those that are not perturbed to 0: 1 - 0.734 of this table.
        assertThat(told).isBetween(220, 320);
    }

    private static double estimate(int first, int last, int partitions, Random random) {
        double sum = 0;
        for (int i = 0; i < partitions; i++) {
            CellKey left = CellKey.NOBODY;
            CellKey right = CellKey.NOBODY;
            for (int person = first; person < last; person++) {
                if (random.nextBoolean()) {
                    left = left.with(Keys.person(person));
                } else {
                    right = right.with(Keys.person(person));
                }
            }
            sum += COUNTS.publish(left.units(), left) + COUNTS.publish(right.units(), right);
        }
        return sum / partitions;
    }
}
