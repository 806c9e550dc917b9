package io.weir.disclosure.verdict;

import java.util.Arrays;

/** Why a cell may be hidden. The id is what records and checkers' views print. */
public enum Rule {
    MINIMUM_FREQUENCY("minimum-frequency"),
    COMPLEMENT("complement"),
    NK_DOMINANCE("nk-dominance"),
    P_PERCENT("p-percent"),
    PRIOR_POSTERIOR("prior-posterior"),
    HOLDINGS("holdings"),
    REQUEST("request"),
    NEIGHBOURS("neighbours"),
    ZERO_CELL("zero-cell"),
    CLASS_DISCLOSURE("class-disclosure"),
    MISSING_VALUES("missing-values"),
    DEGREES_OF_FREEDOM("degrees-of-freedom"),
    LEVERAGE("leverage"),
    AT_RISK("at-risk"),
    EXTREME("extreme"),
    MODE("mode"),
    CONCENTRATION("concentration"),
    IMPLICIT_TABLE("implicit-table"),
    UNIT_LEVEL("unit-level"),
    MANUAL_REVIEW("manual-review"),
    COMPLEMENTARY("complementary"),
    HISTORY("history"),
    DIFFERENCE("difference");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** @throws IllegalArgumentException when no rule has this id */
    public static Rule of(String id) {
        return Arrays.stream(values())
                .filter(rule -> rule.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No rule is called " + id));
    }
}
