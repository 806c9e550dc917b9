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
            case PRIOR_POSTERIOR -> "with what is known anyway a contributor could estimate another one too closely";
            case HOLDINGS -> "too few owners stand behind it, or the largest owners make up too much of it";
            case REQUEST -> "one who has asked for protection makes up too much of it";
            case MISSING_VALUES -> "the value of a few people, or of some, is missing";
            case DEGREES_OF_FREEDOM -> "too few degrees of freedom are left";
            case LEVERAGE -> "one person has too strong a pull on it";
            case AT_RISK -> "a step of the survival table is about too few people";
            case EXTREME -> "too few people have this smallest or largest value";
            case MODE -> "too few people have the most frequent value, or too few have another one";
            case CONCENTRATION -> "the concentration is that of too few people";
            case IMPLICIT_TABLE -> "the table that it can be traced back to has a cell that may not be shown";
            case UNIT_LEVEL -> "it holds values of single people";
            case DIFFERENCE -> "only a few people are in it and not in another figure of the table, or the reverse";
        };
    }
}
