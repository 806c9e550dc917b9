package io.weir.disclosure.table;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One published quantity of every row.
 *
 * @param name unique in its table, printed in findings
 * @param kind what it counts or adds up
 * @param roundingStep step that published values are a multiple of; required and positive for {@link MeasureKind#SUM}, null for
 *     counts, which are rounded to the appetite's base. For {@link MeasureKind#POSITION} the step of a sum of the same values, for
 *     {@link MeasureKind#STATISTIC} its own
 * @param presence whether the arm's only condition is that a value is known
 * @param conditional whether the measure covers only an arm of the cell (a FILTER, a CASE branch): then zero and all are statements
 *     about a class of people (class disclosure)
 * @param published whether it is ever shown; one that is not decides whether a row may be named, and has no complement
 */
public record Measure(
        String name,
        MeasureKind kind,
        @Nullable BigDecimal roundingStep,
        boolean conditional,
        boolean presence,
        boolean published) {
    public Measure {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A measure needs a name");
        }
        Objects.requireNonNull(kind);
        if (kind.isCount() ? roundingStep != null : roundingStep == null || roundingStep.signum() <= 0) {
            throw new IllegalArgumentException(
                    "Only counts have no rounding step, and all others a positive one: " + name);
        }
    }

    /** A count of everything in the cell. */
    public static Measure count(String name, MeasureKind kind) {
        return new Measure(name, kind, null, false, false, true);
    }

    /** A sum over everything in the cell, published in multiples of {@code roundingStep}. */
    public static Measure sum(String name, BigDecimal roundingStep) {
        return new Measure(name, MeasureKind.SUM, roundingStep, false, false, true);
    }

    /** A mean of neighbours' values, of which sums are published in multiples of {@code stepOfSums}. */
    public static Measure position(String name, BigDecimal stepOfSums) {
        return new Measure(name, MeasureKind.POSITION, stepOfSums, false, false, true);
    }

    /** Another statistic, published in multiples of {@code roundingStep}. */
    public static Measure statistic(String name, BigDecimal roundingStep) {
        return new Measure(name, MeasureKind.STATISTIC, roundingStep, false, false, true);
    }

    /** The same measure, restricted to an arm of the cell. */
    public Measure onArm() {
        return new Measure(name, kind, roundingStep, true, false, published);
    }

    /** The same measure, over those of the cell of whom a value is known: that everybody has one says nothing about anybody. */
    public Measure onPresence() {
        return new Measure(name, kind, roundingStep, true, true, published);
    }

    /** The same measure, never shown. */
    public Measure unpublished() {
        return new Measure(name, kind, roundingStep, conditional, presence, false);
    }
}
