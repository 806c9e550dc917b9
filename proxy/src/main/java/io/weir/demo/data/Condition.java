package io.weir.demo.data;

/** Long-term conditions that drive diagnoses, prescriptions and how often somebody is in hospital. */
enum Condition {
    DIABETES_1(1),
    DIABETES_2(2),
    HYPERTENSION(4),
    HEART_DISEASE(8),
    COPD(16),
    ASTHMA(32),
    DEPRESSION(64),
    DEMENTIA(128),
    CANCER(256),
    KIDNEY_DISEASE(512),
    EPILEPSY(1024),
    RARE(2048),
    BIRTH(4096);

    private final int bit;

    Condition(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }

    boolean in(int mask) {
        return (mask & bit) != 0;
    }

    /** Probability at this age; deprivation and ethnic group shift it where they do in life. */
    double prevalence(int age, int decile, boolean southAsianOrBlack) {
        double deprived = 1.35 - 0.07 * decile;
        return switch (this) {
            case DIABETES_1 -> 0.005;
            case DIABETES_2 -> rise(age, 28, 70, 0.17) * deprived * (southAsianOrBlack ? 2.1 : 1);
            case HYPERTENSION -> rise(age, 30, 80, 0.55);
            case HEART_DISEASE -> rise(age, 40, 88, 0.38) * deprived;
            case COPD -> rise(age, 40, 80, 0.12) * deprived * deprived;
            case ASTHMA -> 0.09;
            case DEPRESSION -> age < 13 ? 0 : 0.12 * deprived;
            case DEMENTIA -> rise(age, 64, 95, 0.42);
            case CANCER -> 0.002 + rise(age, 30, 85, 0.11);
            case KIDNEY_DISEASE -> rise(age, 35, 90, 0.05) * deprived;
            case EPILEPSY -> 0.009;
            case RARE -> 0.0035;
            case BIRTH -> 0;
        };
    }

    /** How much more often people with this condition are admitted. */
    double burden() {
        return switch (this) {
            case DIABETES_1, DEPRESSION -> 1.8;
            case DIABETES_2 -> 1.7;
            case HYPERTENSION, ASTHMA -> 1.2;
            case HEART_DISEASE, EPILEPSY -> 2.4;
            case COPD, DEMENTIA -> 2.8;
            case CANCER -> 4.5;
            case KIDNEY_DISEASE -> 5.5;
            case RARE -> 4;
            case BIRTH -> 1;
        };
    }

    private static double rise(int age, int from, int to, double top) {
        if (age <= from) {
            return 0;
        }
        return age >= to ? top : top * (age - from) / (to - from);
    }
}
