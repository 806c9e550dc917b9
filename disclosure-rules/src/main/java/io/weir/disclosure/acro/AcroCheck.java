package io.weir.disclosure.acro;

import io.weir.disclosure.verdict.Rule;

/** What ACRO calls our rules (acro/checks.json); a rule that it does not have keeps its own id. */
final class AcroCheck {
    private AcroCheck() {}

    static String nameOf(Rule rule) {
        return switch (rule) {
            case MINIMUM_FREQUENCY -> "MinimumThresholdCheck";
            case NK_DOMINANCE -> "NKCheck";
            case P_PERCENT -> "PPercentCheck";
            case ZERO_CELL -> "PresenceOfZeroCheck";
            case DEGREES_OF_FREEDOM -> "MinimumDoFCheck";
            case MISSING_VALUES -> "MissingCheck";
            case MANUAL_REVIEW -> "StatbarnDataCheck";
            case COMPLEMENT,
                    PRIOR_POSTERIOR,
                    HOLDINGS,
                    REQUEST,
                    NEIGHBOURS,
                    CLASS_DISCLOSURE,
                    LEVERAGE,
                    AT_RISK,
                    EXTREME,
                    MODE,
                    CONCENTRATION,
                    IMPLICIT_TABLE,
                    UNIT_LEVEL,
                    COMPLEMENTARY,
                    HISTORY,
                    DIFFERENCE -> rule.id();
        };
    }
}
