package io.weir.disclosure.verdict;

/** Why a cell may be hidden. The id is what records and checkers' views print. */
public enum Rule {
    MINIMUM_FREQUENCY("minimum-frequency"),
    COMPLEMENT("complement"),
    NK_DOMINANCE("nk-dominance"),
    P_PERCENT("p-percent"),
    NEIGHBOURS("neighbours"),
    ZERO_CELL("zero-cell"),
    CLASS_DISCLOSURE("class-disclosure"),
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
}
