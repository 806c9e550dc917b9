package io.weir.disclosure.statistic;

import java.util.Arrays;

/** What is done about a figure that fails a check. The id is what the ontology calls it. */
public enum Safeguard {
    PRIMARY_SUPPRESSION("primary-suppression"),
    COMPLEMENTARY_SUPPRESSION("complementary-suppression"),
    INTERVAL_AUDIT("interval-audit"),
    MERGING("merging"),
    ROUNDING("rounding"),
    CELL_KEY_PERTURBATION("cell-key-perturbation"),
    MEAN_OF_NEIGHBOURS("mean-of-neighbours"),
    PROTECTED_PARTS("protected-parts"),
    HISTORY("history"),
    REVIEW("review"),
    WITHHOLDING("withholding");

    private final String id;

    Safeguard(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** @throws IllegalArgumentException when there is no protection of this id */
    public static Safeguard of(String id) {
        return Arrays.stream(values())
                .filter(safeguard -> safeguard.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No protection is called " + id));
    }
}
