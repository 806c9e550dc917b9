package io.weir.demo.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The people of the demo, in columns. Generated once, then read only.
 *
 * <p>Age follows a real pyramid (a broad middle, few above 90); place, practice, deprivation, ethnicity and illness hang together; some
 * fields are missing; how often somebody is admitted is heavy-tailed.
 */
final class Population {
    private static final int[] AGE_WEIGHT = {55, 58, 61, 60, 62, 66, 69, 66, 63, 63, 68, 67, 59, 52, 50, 37, 25, 13, 6};

    /** Whose admissions cost so much that they dominate every cell they are in. */
    static final int EXPENSIVE_PATIENT = 17;

    final Places places;
    final int[] born;
    final byte[] sex;
    final byte[] ethnicity;
    final short[] lsoa;
    final byte[] practice;
    final short[] conditions;
    final byte[] given;
    final byte[] family;
    final boolean[] optedOut;
    final double[] admissionWeight;

    Population(long seed, int size, Places places) {
        this.places = places;
        born = new int[size];
        sex = new byte[size];
        ethnicity = new byte[size];
        lsoa = new short[size];
        practice = new byte[size];
        conditions = new short[size];
        given = new byte[size];
        family = new byte[size];
        optedOut = new boolean[size];
        admissionWeight = new double[size];
        fill(new Draw(seed, "population"));
    }

    private void fill(Draw draw) {
        Weighted ages = Weighted.of(AGE_WEIGHT.length, i -> AGE_WEIGHT[i]);
        Weighted lsoas = Weighted.of(Places.LSOAS, places::population);
        Weighted ethnicities = Weighted.of(Codes.ethnicities(), Codes::ethnicityWeight);
        Weighted givenNames = Weighted.zipf(Names.FEMALE.length, 0.7);
        Weighted familyNames = Weighted.zipf(Names.FAMILY.length, 0.8);
        int today = (int) DemoSizes.SNAPSHOT.toEpochDay();
        for (int i = 0; i < born.length; i++) {
            int age = draw.index(ages) * 5 + draw.below(5);
            born[i] = today - 1 - (int) (age * 365.25) - draw.below(365);
            int s = draw.below(10_000);
            sex[i] = (byte) (s < 5_060 ? 'F' : s < 9_985 ? 'M' : s < 9_990 ? 'X' : 'U');
            ethnicity[i] = (byte) (draw.chance(0.04) ? -1 : draw.index(ethnicities));
            int home = draw.index(lsoas);
            int district = Places.district(home);
            lsoa[i] = (short) (draw.chance(0.015) ? -1 : home);
            practice[i] = (byte) (draw.chance(0.93) ? district * 5 + draw.below(5) : draw.below(Places.PRACTICES));
            given[i] = (byte) draw.index(givenNames);
            family[i] = (byte) draw.index(familyNames);
            optedOut[i] = draw.chance(0.053);
            conditions[i] = (short) illnesses(draw, i, age, places.decile(home));
            admissionWeight[i] = weight(draw, age, conditions[i]);
        }
        makeExpensive();
    }

    private int illnesses(Draw draw, int i, int age, int decile) {
        boolean shifted = ethnicity[i] >= 0 && Codes.southAsianOrBlack(ethnicity[i]);
        int mask = 0;
        for (Condition condition : Condition.values()) {
            if (draw.chance(condition.prevalence(age, decile, shifted))) {
                mask |= condition.bit();
            }
        }
        return Condition.DIABETES_1.in(mask) ? mask & ~Condition.DIABETES_2.bit() : mask;
    }

    private static double weight(Draw draw, int age, int mask) {
        double weight = age < 1 ? 3 : age < 5 ? 0.8 : age < 60 ? 0.55 : 0.55 + (age - 60) * 0.06;
        for (Condition condition : Condition.values()) {
            if (condition.in(mask)) {
                weight *= condition.burden();
            }
        }
        return Math.min(draw.spread(Math.min(weight, 60), 1.1), 300);
    }

    /** A man of forty with a rare, dear illness: the outlier that dominance rules are for. */
    private void makeExpensive() {
        int i = EXPENSIVE_PATIENT;
        born[i] = (int) DemoSizes.SNAPSHOT.minusYears(41).minusDays(100).toEpochDay();
        sex[i] = 'M';
        lsoa[i] = 125;
        practice[i] = 20;
        conditions[i] = (short) Condition.RARE.bit();
        optedOut[i] = false;
        admissionWeight[i] = Arrays.stream(admissionWeight).sum() / 20_000;
    }

    int size() {
        return born.length;
    }

    /** A key that says nothing about the order of creation. */
    long patientId(int i) {
        return 1_000_000 + Math.floorMod(i * 7_368_787L + 421_337, 9_000_000L);
    }

    int ageOn(int i, int epochDay) {
        return (int) Math.floorDiv((epochDay - born[i]) * 4L, 1_461L);
    }

    String givenName(int i) {
        boolean female = sex[i] == 'F' || (sex[i] != 'M' && i % 2 == 0);
        return (female ? Names.FEMALE : Names.MALE)[given[i]];
    }

    String familyName(int i) {
        return Names.FAMILY[family[i]];
    }

    String sex(int i) {
        return String.valueOf((char) sex[i]);
    }

    /** Null when it is missing. */
    @Nullable
    String ethnicity(int i) {
        return ethnicity[i] < 0 ? null : Codes.ethnicity(ethnicity[i]);
    }

    int district(int i) {
        return lsoa[i] < 0 ? practice[i] / 5 : Places.district(lsoa[i]);
    }

    boolean has(Condition condition, int i) {
        return condition.in(conditions[i]);
    }

    /** Splits a number of events over the people by their weights. */
    int[] share(Draw draw, int events, double[] weights) {
        Weighted weighted = Weighted.of(size(), p -> weights[p]);
        int[] counts = new int[size()];
        for (int i = 0; i < events; i++) {
            counts[draw.index(weighted)]++;
        }
        return counts;
    }
}
