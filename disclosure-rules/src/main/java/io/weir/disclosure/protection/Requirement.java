package io.weir.disclosure.protection;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.Requests;
import io.weir.disclosure.interval.FeasibleInterval;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How wide a hidden cell's feasible interval must be: either its width is reached, or it covers a range.
 *
 * <ul>
 *   <li>A count hidden by a check: width k, or everything from the least hidden value (1 where zeros are shown, else 0) to k; a count
 *       of records, of which each subject has several: k times as many.
 *   <li>A sum hidden by p% or (n,k): its protection level on both sides (Handbook on Statistical Disclosure Control, 2nd ed., section
 *       4.2: p x1 - (X - x1 - x2) and (x1 + … + xn) / k - X, on absolute contributions); below, the natural limit of zero is enough. The same by
 *       (p,q) with p/q for p, by owner with owners for contributors, and by request with the one who asked for the largest.
 *   <li>A sum hidden by any other check: the width of its largest contribution.
 *   <li>A count or sum that is withheld for what is known from elsewhere: as much room on both sides as a count hidden by a check needs, since few people
 *       may lie between it and what is known on either; a sum the largest contribution, for one person more two of them.
 *   <li>A complementary cell: it must not be exact: width 1 for counts, one rounding step for sums; every hidden sum must
 *       reach that too.
 *   <li>Where zeros are hidden, every hidden cell alike: a count as if hidden by a check and for one person more, a sum the width of two of
 *       the largest contributions ({@link OnePerson}), so that it is not the pattern that tells whether a hidden cell has somebody.
 *   <li>A count of which is told, and may be, that it lies between two numbers: the same width, or all that was told.
 * </ul>
 *
 * @param width sufficient width, possibly infinity; not a number where no width is: then the range counts
 * @param from lower end of the sufficient range
 * @param to upper end of the sufficient range, possibly infinity
 */
record Requirement(double width, double from, double to) {
    private static final double SLACK = 1e-6;

    boolean satisfiedBy(FeasibleInterval interval) {
        double slack = SLACK * Math.max(1, Math.abs(from));
        return interval.width() >= width - SLACK * Math.max(1, Double.isFinite(width) ? width : 1)
                || (interval.lower() <= from + slack && interval.upper() >= to - slack);
    }

    /** All must be satisfied. */
    static List<Requirement> of(
            Measure measure,
            Evidence evidence,
            double value,
            List<Finding> findings,
            RiskAppetite appetite,
            double floor) {
        if (findings.isEmpty()) {
            return complementary(measure);
        }
        if (measure.kind().isCount()) {
            double least = appetite.zeros() == ZeroRule.SHOWN && value > 0 ? 1 : 0;
            // Of people who have ten records each, an interval of ten records is one person.
            double enough = Rounding.recordsPerUnit(measure, evidence)
                    .multiply(BigDecimal.valueOf(appetite.threshold()))
                    .doubleValue();
            return isWithheld(findings)
                    ? List.of(bothSides(value, enough, floor))
                    : List.of(new Requirement(enough, least, enough));
        }
        List<Requirement> all = new ArrayList<>(complementary(measure));
        if (isWithheld(findings)) {
            all.add(bothSides(value, largest(evidence, value), floor));
        }
        for (Finding finding : findings) {
            switch (finding.rule()) {
                case P_PERCENT -> all.add(range(value, ambiguity(evidence, appetite.priorPosterior()), floor));
                case NK_DOMINANCE -> all.add(range(value, dominanceLevel(evidence, appetite), floor));
                case PRIOR_POSTERIOR -> all.add(range(value, priorPosteriorLevel(evidence, appetite), floor));
                case HOLDINGS -> all.addAll(ofOwners(evidence, appetite, value, floor));
                case REQUEST -> all.add(range(value, requestLevel(evidence, appetite), floor));
                case MINIMUM_FREQUENCY,
                        COMPLEMENT,
                        NEIGHBOURS,
                        ZERO_CELL,
                        CLASS_DISCLOSURE,
                        MISSING_VALUES,
                        DEGREES_OF_FREEDOM,
                        LEVERAGE,
                        AT_RISK,
                        EXTREME,
                        MODE,
                        CONCENTRATION,
                        IMPLICIT_TABLE,
                        UNIT_LEVEL,
                        MANUAL_REVIEW,
                        COMPLEMENTARY,
                        HISTORY,
                        DIFFERENCE -> all.add(widthOf(largest(evidence, value)));
            }
        }
        return List.copyOf(all);
    }

    /** The same for a cell of which is told, and may be, that it lies between two numbers: the width, or everything that was told. */
    static List<Requirement> orAllOf(List<Requirement> requirements, double least, double most) {
        return requirements.stream()
                .map(requirement -> requirement.from() >= least && requirement.to() <= most
                        ? requirement
                        : new Requirement(requirement.width(), least, most))
                .toList();
    }

    /** The same where zeros are hidden. */
    static List<Requirement> ofHiddenZeros(
            Measure measure,
            Evidence evidence,
            double value,
            List<Finding> findings,
            RiskAppetite appetite,
            double floor,
            double onePerson) {
        if (measure.kind().isCount()) {
            double enough = onePerson * (appetite.threshold() + 1);
            return isWithheld(findings)
                    ? List.of(bothSides(value, enough, floor))
                    : List.of(new Requirement(enough, 0, enough));
        }
        List<Requirement> all = new ArrayList<>(complementary(measure));
        all.add(widthOf(2 * onePerson));
        if (isWithheld(findings)) {
            all.add(bothSides(value, 2 * onePerson, floor));
        }
        Long units = evidence.contributingUnits();
        if (units != null && units >= appetite.threshold()) {
            all.addAll(of(measure, evidence, value, findings, appetite, floor));
        }
        return List.copyOf(all);
    }

    private static boolean isWithheld(List<Finding> findings) {
        return findings.stream().anyMatch(f -> f.rule() == Rule.HISTORY || f.rule() == Rule.DIFFERENCE);
    }

    private static List<Requirement> complementary(Measure measure) {
        BigDecimal step = measure.roundingStep();
        return List.of(widthOf(step == null ? 1 : step.doubleValue()));
    }

    private static Requirement widthOf(double width) {
        return new Requirement(width, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private static Requirement range(double value, double level, double floor) {
        return new Requirement(
                Double.POSITIVE_INFINITY, Math.max(value - level, Math.min(floor, value)), value + level);
    }

    /** Also where nothing bounds the cell from above. */
    private static Requirement bothSides(double value, double room, double floor) {
        Requirement range = range(value, room, floor);
        return new Requirement(Double.NaN, range.from(), range.to());
    }

    private static double priorPosteriorLevel(Evidence evidence, RiskAppetite appetite) {
        PriorPosterior rule = appetite.further().priorPosterior();
        return ambiguity(evidence, rule == null ? null : rule.ratio());
    }

    /** Whatever the rules for subjects ask for, and the largest owner where too few of them are the reason. */
    private static List<Requirement> ofOwners(Evidence evidence, RiskAppetite appetite, double value, double floor) {
        Evidence byOwner = evidence.byOwner().orElse(null);
        if (byOwner == null) {
            return List.of(widthOf(largest(evidence, value)));
        }
        double level = dominanceLevel(byOwner, appetite);
        if (appetite.priorPosterior() != null) {
            level = Math.max(level, ambiguity(byOwner, appetite.priorPosterior()));
        }
        if (appetite.further().priorPosterior() != null) {
            level = Math.max(level, priorPosteriorLevel(byOwner, appetite));
        }
        Long owners = byOwner.contributingUnits();
        Integer least = appetite.further().owners();
        boolean few = owners == null || least == null || owners < least;
        return few
                ? List.of(range(value, level, floor), widthOf(largest(byOwner, value)))
                : List.of(range(value, level, floor));
    }

    private static double requestLevel(Evidence evidence, RiskAppetite appetite) {
        BigDecimal share = appetite.further().requestShare();
        BigDecimal total = evidence.absoluteTotal();
        Requests requests = evidence.particular(Requests.class).orElse(null);
        return share == null || total == null || requests == null
                ? unknownLevel(evidence)
                : Math.max(0, requests.largest().doubleValue() / share.doubleValue() - total.doubleValue());
    }

    private static double ambiguity(Evidence evidence, @Nullable BigDecimal p) {
        BigDecimal largest = evidence.largest();
        BigDecimal second = evidence.secondLargest();
        BigDecimal total = evidence.absoluteTotal();
        if (p == null || largest == null || second == null || total == null) {
            return unknownLevel(evidence);
        }
        BigDecimal others = total.subtract(largest).subtract(second);
        return Math.max(0, p.multiply(largest).subtract(others).doubleValue());
    }

    private static double dominanceLevel(Evidence evidence, RiskAppetite appetite) {
        BigDecimal largest = evidence.largest();
        BigDecimal second = evidence.secondLargest();
        BigDecimal total = evidence.absoluteTotal();
        if (largest == null || second == null || total == null) {
            return unknownLevel(evidence);
        }
        double level = 0;
        for (Dominance rule : appetite.dominance()) {
            double top = (rule.contributors() == 1 ? largest : largest.add(second)).doubleValue();
            level = Math.max(level, top / rule.share().doubleValue() - total.doubleValue());
        }
        return level;
    }

    /** Without evidence the whole value has to be coverable. */
    private static double unknownLevel(Evidence evidence) {
        BigDecimal value = evidence.value();
        return value == null ? 0 : Math.abs(value.doubleValue());
    }

    private static double largest(Evidence evidence, double value) {
        BigDecimal largest = evidence.largest();
        return largest == null ? Math.abs(value) : largest.doubleValue();
    }
}
