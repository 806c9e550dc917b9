package io.weir.cli;

import io.weir.disclosure.verdict.Rule;
import java.util.Arrays;

/** Why a cell is hidden, in words for checkers. */
final class HiddenReason {
    private HiddenReason() {}

    /** @param label rule name as in a checker's view; an unknown one stands for itself */
    static String words(String label) {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.id().equals(label))
                .findFirst()
                .map(HiddenReason::words)
                .orElse("hidden by the rule of this name");
    }

    private static String words(Rule rule) {
        return switch (rule) {
            case MINIMUM_FREQUENCY -> "fewer people than the profile's threshold stand behind it";
            case COMPLEMENT -> "only a few people of the whole are missing from it";
            case NK_DOMINANCE -> "the largest contributors make up too much of it";
            case P_PERCENT -> "a contributor could estimate another one too closely";
            case NEIGHBOURS -> "too few people, or too different ones, stand around the place in the order of values";
            case ZERO_CELL -> "it is empty, and the profile hides empty cells";
            case CLASS_DISCLOSURE -> "all or none of a group fall into it";
            case MANUAL_REVIEW -> "this kind of figure needs a person's judgement";
            case COMPLEMENTARY -> "with it a hidden cell could be calculated from totals";
            case HISTORY -> "together with an earlier answer it would show a few people";
            case DIFFERENCE -> "only a few people are in it and not in another figure of the table, or the reverse";
        };
    }
}
