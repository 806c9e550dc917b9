package io.weir.disclosure.evidence;

import java.util.List;

/**
 * A life table or a survival curve as it would be printed. The text form prints no number.
 *
 * @param steps in the order of time, at least one
 */
public record Survival(List<Step> steps) implements StatisticEvidence {
    public Survival {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A survival table has a step");
        }
    }

    /**
     * One printed time.
     *
     * @param atRisk distinct subjects at risk just before it
     * @param events distinct subjects with the event at it, at most {@code atRisk}
     */
    public record Step(long atRisk, long events) {
        public Step {
            if (events < 0 || events > atRisk) {
                throw new IllegalArgumentException("Events happen to those at risk");
            }
        }

        @Override
        public String toString() {
            return "Step[***]";
        }
    }

    @Override
    public String toString() {
        return "Survival[***]";
    }
}
