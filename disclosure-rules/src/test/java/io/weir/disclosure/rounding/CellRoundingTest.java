package io.weir.disclosure.rounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.cellkey.Keys;
import io.weir.disclosure.interval.ExistenceInterval;
import io.weir.disclosure.protection.Rounding;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellRoundingTest {
    private static final CellKey ANYBODY = CellKey.NOBODY;

    /** Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, conventional rounding to base 5: every cell and margin of the example. */
    @ParameterizedTest
    @CsvSource({"1,0", "0,0", "3,5", "6,5", "12,10", "20,20", "32,30", "16,15", "23,25", "39,40"})
    void conventionalRoundingOfTheHandbook(long count, long published) {
        // The Handbook prints 35 for the margin 32 of area C: the nearest multiple is 30, and its text calls the method
        // nearest.
        assertThat(new NearestRounding(5, 0).publish(count, ANYBODY)).isEqualTo(published);
    }

    /** OpenSAFELY documentation, docs/outputs/sdc.md: the mapping of midpoint 6, and the example of rounding to the nearest 5 from 8 on. */
    @ParameterizedTest
    @CsvSource({"0,0", "1,3", "6,3", "7,9", "12,9", "13,15", "18,15"})
    void midpointSixOfOpenSafely(long count, long published) {
        assertThat(new MidpointRounding(6).publish(count, ANYBODY)).isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource({"18,20", "8,10", "23,25", "16,15", "31,30", "44,45"})
    void nearestFiveOfOpenSafely(long count, long published) {
        assertThat(new NearestRounding(5, 8).publish(count, ANYBODY)).isEqualTo(published);
    }

    /** simsong/drb_rounder, python/tests/drb_rounder_test.py: the counts of its files. */
    @ParameterizedTest
    @CsvSource({
        "41,40",
        "142,150",
        "689,700",
        "7003200,7003000",
        "15,20",
        "10032,10000",
        "167,150",
        "22,20",
        "500932,501000",
        "1007382,1007000",
        "17,20",
        "150,150"
    })
    void countsOfTheDisclosureReviewBoard(long count, long published) {
        assertThat(GraduatedRounding.disclosureReviewBoard().publish(count, ANYBODY))
                .isEqualTo(published);
    }

    @ParameterizedTest
    @CsvSource({"1,0.6667,0", "2,0.6667,3", "4,0.6667,3", "5,0.6667,6"})
    void probabilitiesOfRandomRoundingOfTheHandbook(long count, double probability, long likelier) {
        // Chapter 5, random rounding to base 3.
        int times = 0;
        int groups = 30_000;
        for (int group = 0; group < groups; group++) {
            CellKey people = Keys.people(group * 5, group * 5 + (int) count);
            times += new RandomRounding(3).publish(count, people) == likelier ? 1 : 0;
        }
        assertThat((double) times / groups).isEqualTo(probability, within(0.011)); // four standard deviations
    }

    @Test
    void randomRoundingIsUnbiasedForEveryRemainder() {
        for (long base : new long[] {3, 5}) {
            RandomRounding rounding = new RandomRounding(base);
            for (int count = 20; count < 20 + base; count++) {
                double sum = 0;
                int groups = 20_000;
                for (int group = 0; group < groups; group++) {
                    CellKey people = new CellKey(Keys.people(group, group + 1).bits(), count);
                    sum += rounding.publish(count, people) - count;
                }
                assertThat(sum / groups).isEqualTo(0, within(4 * base / 2.0 / Math.sqrt(groups)));
            }
        }
    }

    @Test
    void randomRoundingDependsOnThePeopleAlone() {
        RandomRounding rounding = new RandomRounding(3);
        for (int first = 0; first < 200; first++) {
            CellKey asked = Keys.people(first, first + 22);
            CellKey inParts = Keys.people(first + 9, first + 22).plus(Keys.people(first, first + 9));
            assertThat(rounding.publish(22, asked)).isEqualTo(rounding.publish(22, inParts));
        }
        assertThatThrownBy(() -> rounding.publish(3, Keys.people(0, 4))).isInstanceOf(IllegalArgumentException.class);
        assertThat(rounding.publish(0, CellKey.NOBODY)).isZero();
    }

    /** Averaging over partitions tells a total that is randomly rounded, too: one protection beside others. */
    @Test
    void averagingOverPartitionsTellsATotal() {
        RandomRounding rounding = new RandomRounding(5);
        Random random = new Random(12);
        double sum = 0;
        int partitions = 3_000;
        for (int i = 0; i < partitions; i++) {
            CellKey left = CellKey.NOBODY;
            CellKey right = CellKey.NOBODY;
            for (int person = 0; person < 101; person++) {
                if (random.nextBoolean()) {
                    left = left.with(Keys.person(person));
                } else {
                    right = right.with(Keys.person(person));
                }
            }
            sum += rounding.publish(left.units(), left) + rounding.publish(right.units(), right);
        }
        assertThat(sum / partitions).isEqualTo(101, within(0.5));
    }

    /** For every method: what is known of a published count is exactly what can be published as it. */
    @Test
    void intervalsAreThoseOfAnEnumeration() {
        List<CellRounding> methods = new ArrayList<>(List.of(
                GraduatedRounding.disclosureReviewBoard(),
                new GraduatedRounding(
                        List.of(new GraduatedRounding.Band(1, 3), new GraduatedRounding.Band(30, 10)),
                        RoundingMode.HALF_UP),
                new MidpointRounding(6),
                new MidpointRounding(5),
                new MidpointRounding(2)));
        for (long base = 1; base <= 12; base++) {
            for (long least = 0; least <= 15; least++) {
                methods.add(new NearestRounding(base, least));
            }
        }
        for (CellRounding method : methods) {
            Map<Long, long[]> ends = new TreeMap<>();
            for (long count = 0; count <= 12_000; count++) {
                if (!isRefused(method, count)) {
                    long own = count;
                    ends.computeIfAbsent(method.publish(count, ANYBODY), published -> new long[] {own, own})[1] = count;
                }
            }
            ends.remove(
                    ends.keySet().stream().max(Long::compare).orElseThrow()); // cut off by the end of the enumeration
            for (long published = 0; published < 200; published++) {
                long value = published;
                if (!ends.containsKey(value)) {
                    assertThatThrownBy(() -> method.known(value))
                            .as("%s of %d", method, value)
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
            ends.forEach((published, known) -> assertThat(method.known(published))
                    .as("%s of %d", method, published)
                    .isEqualTo(ExistenceInterval.of(known[0], known[1])));
        }
    }

    private static boolean isRefused(CellRounding method, long count) {
        return switch (method) {
            case NearestRounding nearest -> count > 0 && count < nearest.leastShown();
            case GraduatedRounding graduated ->
                count > 0 && count < graduated.bands().getFirst().from();
            case MidpointRounding midpoint -> false;
            case RandomRounding random -> false;
        };
    }

    @Test
    void intervalsOfRandomRoundingAreThoseOfBothNeighbours() {
        RandomRounding rounding = new RandomRounding(5);
        assertThat(rounding.known(0)).isEqualTo(ExistenceInterval.of(0, 4));
        assertThat(rounding.known(10)).isEqualTo(ExistenceInterval.of(6, 14));
        assertThatThrownBy(() -> rounding.known(7)).isInstanceOf(IllegalArgumentException.class);
        for (int count = 1; count < 60; count++) {
            for (int group = 0; group < 30; group++) {
                CellKey people = new CellKey(Keys.people(group, group + 1).bits(), count);
                assertThat(rounding.known(rounding.publish(count, people)).contains(BigDecimal.valueOf(count)))
                        .isTrue();
            }
        }
    }

    /** The rounding that the proxy uses today, for counts, is one of this family: it can move onto it. */
    @Test
    void nearestRoundingIsTheRoundingOfCountsOfToday() {
        Measure people = Measure.count("people", MeasureKind.UNITS);
        for (int threshold = 2; threshold <= 15; threshold++) {
            for (int base = 1; base <= 10; base++) {
                Rounding today = new Rounding(new RiskAppetite(threshold, ZeroRule.SHOWN, base, List.of(), null));
                NearestRounding family = new NearestRounding(base, threshold);
                BigDecimal step = BigDecimal.valueOf(base);
                for (int count = threshold; count < 80; count++) {
                    BigDecimal published = today.publish(people, BigDecimal.valueOf(count), step);
                    assertThat(family.publish(count, ANYBODY)).isEqualTo(published.longValueExact());
                    Rounding.Bounds bounds = today.known(people, published, step);
                    ExistenceInterval known = family.known(published.longValueExact());
                    assertThat(known.lower()).isEqualByComparingTo(bounds.lower());
                    assertThat(known.upper()).isEqualByComparingTo(bounds.upper());
                }
            }
        }
    }

    @Test
    void countsThatMustBeHiddenAreRefused() {
        assertThatThrownBy(() -> new NearestRounding(5, 8).publish(7, ANYBODY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GraduatedRounding.disclosureReviewBoard().publish(14, ANYBODY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MidpointRounding(6).publish(-1, ANYBODY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new NearestRounding(5, 8).publish(0, ANYBODY)).isZero();
    }

    /** Nothing is below 0, also where the end of an interval of as many counts as the base would be a multiple. */
    @ParameterizedTest
    @ValueSource(longs = {-12, -9, -6, -3, -1, 1, 2, 4})
    void whatIsNeverPublishedLeavesNothing(long never) {
        for (CellRounding rounding : List.of(
                new NearestRounding(10, 8),
                GraduatedRounding.disclosureReviewBoard(),
                new MidpointRounding(6),
                new RandomRounding(5))) {
            assertThatThrownBy(() -> rounding.known(never))
                    .as("%s of %s", never, rounding)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void parametersAreChecked() {
        assertThatThrownBy(() -> new NearestRounding(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NearestRounding(5, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MidpointRounding(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RandomRounding(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ControlledRounding(1, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GraduatedRounding(List.of(), RoundingMode.HALF_UP))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GraduatedRounding(List.of(new GraduatedRounding.Band(15, 10)), RoundingMode.DOWN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GraduatedRounding(
                        List.of(new GraduatedRounding.Band(15, 10), new GraduatedRounding.Band(95, 50)),
                        RoundingMode.HALF_UP))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
