package io.weir.disclosure.check;

import static io.weir.disclosure.check.Figures.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.MissingRule;
import io.weir.disclosure.appetite.PriorPosterior;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Concentration;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.Extreme;
import io.weir.disclosure.evidence.Holdings;
import io.weir.disclosure.evidence.ImplicitTable;
import io.weir.disclosure.evidence.MissingUnits;
import io.weir.disclosure.evidence.Modal;
import io.weir.disclosure.evidence.Model;
import io.weir.disclosure.evidence.Requests;
import io.weir.disclosure.evidence.Survival;
import io.weir.disclosure.evidence.UnitLevel;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The order of appetites, and that it means what it says: what the stricter shows, the other shows. */
class StrictnessTest {
    private static final RiskAppetite BASE = new RiskAppetite(
            10, ZeroRule.SHOWN, 5, List.of(new Dominance(2, dec("0.85"))), dec("0.1"), FurtherRules.none());

    @Test
    void everyAppetiteIsAsStrictAsItself() {
        Random random = new Random(20261127);
        for (int i = 0; i < 200; i++) {
            RiskAppetite appetite = appetite(random);
            assertThat(appetite.isAtLeastAsStrictAs(appetite)).isTrue();
        }
    }

    @Test
    void eachParameterCountsInItsDirection() {
        assertStricter(with(11, ZeroRule.SHOWN, 5, "0.85", "0.1"), BASE);
        assertStricter(with(10, ZeroRule.HIDDEN, 5, "0.85", "0.1"), BASE);
        assertStricter(with(10, ZeroRule.SHOWN, 10, "0.85", "0.1"), BASE);
        assertStricter(with(10, ZeroRule.SHOWN, 5, "0.84", "0.1"), BASE);
        assertStricter(with(10, ZeroRule.SHOWN, 5, "0.85", "0.11"), BASE);
        FurtherRules none = FurtherRules.none();
        assertStricter(BASE.with(none.withOwners(2)), BASE);
        assertStricter(BASE.with(none.withOwners(3)), BASE.with(none.withOwners(2)));
        assertStricter(BASE.with(none.withGroupShare(dec("0.9"))), BASE);
        assertStricter(BASE.with(none.withGroupShare(dec("0.8"))), BASE.with(none.withGroupShare(dec("0.9"))));
        assertStricter(BASE.with(none.withRequestShare(dec("0.8"))), BASE);
        assertStricter(BASE.with(none.withLeverage(dec("0.5"))), BASE);
        assertStricter(BASE.with(none.with(MissingRule.OWN_CLASS)), BASE);
        assertStricter(BASE.with(none.with(MissingRule.REVIEWED)), BASE.with(none.with(MissingRule.OWN_CLASS)));
        assertStricter(BASE.with(none.with(new PriorPosterior(dec("0.1"), dec("0.5")))), BASE);
        assertStricter(BASE.with(none.withDegreesOfFreedom(11)), BASE.with(none.withDegreesOfFreedom(10)));
        // Without a rule they go to review.
        assertStricter(BASE, BASE.with(none.withDegreesOfFreedom(10)));
        assertStricter(BASE, BASE.with(none.withAtRisk(10)));
    }

    @Test
    void anotherBaseOrAMissingRuleIsNoTightening() {
        assertThat(with(10, ZeroRule.SHOWN, 7, "0.85", "0.1").isAtLeastAsStrictAs(BASE))
                .isFalse();
        RiskAppetite silent = new RiskAppetite(10, ZeroRule.SHOWN, 5, List.of(), null);
        assertThat(BASE.isAtLeastAsStrictAs(silent)).as("sums went to review").isFalse();
        assertThat(silent.isAtLeastAsStrictAs(BASE)).isFalse();
        RiskAppetite two = new RiskAppetite(10, ZeroRule.SHOWN, 5, List.of(new Dominance(2, dec("0.5"))), null);
        RiskAppetite one = new RiskAppetite(10, ZeroRule.SHOWN, 5, List.of(new Dominance(1, dec("0.5"))), null);
        assertThat(two.isAtLeastAsStrictAs(one))
                .as("the largest is one of the two")
                .isTrue();
        assertThat(one.isAtLeastAsStrictAs(two)).isFalse();
    }

    /** Pairs by chance, and chains of one parameter after another. */
    @Test
    void whatTheStricterShowsTheOtherShows() {
        Random random = new Random(20261128);
        int compared = 0;
        int shown = 0;
        for (int i = 0; i < 60_000; i++) {
            RiskAppetite other = appetite(random);
            RiskAppetite stricter = random.nextInt(4) == 0 ? appetite(random) : tightened(other, random);
            if (!stricter.isAtLeastAsStrictAs(other)) {
                continue;
            }
            compared++;
            Cell cell = cell(random);
            if (Checks.findings(cell, stricter).isEmpty()) {
                shown++;
                assertThat(Checks.findings(cell, other))
                        .as("%s and %s", stricter, other)
                        .isEmpty();
            }
        }
        assertThat(compared).isGreaterThan(10_000);
        assertThat(shown).isGreaterThan(500);
    }

    @Test
    void findingsOfAllChecksCarryNoNumbers() {
        Random random = new Random(20261129);
        Set<Rule> spoke = EnumSet.noneOf(Rule.class);
        for (int i = 0; i < 20_000; i++) {
            for (Finding finding : Checks.findings(cell(random), appetite(random))) {
                spoke.add(finding.rule());
                assertThat(finding.sentence()).endsWith(".").doesNotContainPattern("[0-9]");
            }
        }
        assertThat(spoke).hasSizeGreaterThan(16);
    }

    @Test
    void findingsAreWhatTheVerdictsFound() {
        Random random = new Random(20261127);
        for (int i = 0; i < 20_000; i++) {
            Cell cell = cell(random);
            RiskAppetite appetite = appetite(random);
            List<Finding> found = new ArrayList<>();
            for (Verdict verdict : Checks.verdicts(cell, appetite)) {
                switch (verdict) {
                    case Verdict.Pass pass -> {}
                    case Verdict.Review review -> found.add(review.finding());
                    case Verdict.Fail fail -> found.add(fail.finding());
                }
            }
            assertThat(Checks.findings(cell, appetite)).isEqualTo(found);
        }
    }

    private static void assertStricter(RiskAppetite stricter, RiskAppetite other) {
        assertThat(stricter.isAtLeastAsStrictAs(other)).isTrue();
        assertThat(other.isAtLeastAsStrictAs(stricter)).isFalse();
    }

    private static RiskAppetite with(int threshold, ZeroRule zeros, int base, String share, String p) {
        return new RiskAppetite(threshold, zeros, base, List.of(new Dominance(2, dec(share))), dec(p));
    }

    private static RiskAppetite appetite(Random random) {
        List<Dominance> dominance = random.nextInt(3) == 0
                ? List.of()
                : List.of(new Dominance(1 + random.nextInt(2), tenths(random, 5, 10)));
        return new RiskAppetite(
                2 + random.nextInt(6),
                ZeroRule.values()[random.nextInt(2)],
                1 + random.nextInt(2),
                dominance,
                random.nextBoolean() ? null : tenths(random, 1, 5),
                further(random));
    }

    private static FurtherRules further(Random random) {
        return new FurtherRules(
                random.nextInt(3) == 0 ? new PriorPosterior(tenths(random, 1, 5), BigDecimal.ONE) : null,
                random.nextInt(3) == 0 ? (Integer) (2 + random.nextInt(2)) : null,
                MissingRule.values()[random.nextInt(3)],
                random.nextInt(3) == 0 ? tenths(random, 6, 10) : null,
                random.nextInt(3) == 0 ? tenths(random, 5, 10) : null,
                random.nextInt(4) == 0 ? null : (Integer) (1 + random.nextInt(6)),
                random.nextInt(3) == 0 ? tenths(random, 3, 10) : null,
                random.nextInt(4) == 0 ? null : (Integer) (2 + random.nextInt(3)));
    }

    private static RiskAppetite tightened(RiskAppetite from, Random random) {
        return switch (random.nextInt(4)) {
            case 0 ->
                new RiskAppetite(
                        from.threshold() + random.nextInt(3),
                        from.zeros(),
                        from.countBase() * 2,
                        from.dominance(),
                        from.priorPosterior(),
                        from.further());
            case 1 ->
                new RiskAppetite(
                        from.threshold(),
                        ZeroRule.HIDDEN,
                        from.countBase(),
                        from.dominance().stream()
                                .map(rule -> new Dominance(2, rule.share().min(tenths(random, 5, 10))))
                                .toList(),
                        from.priorPosterior() == null
                                ? null
                                : from.priorPosterior().max(tenths(random, 1, 5)),
                        from.further());
            case 2 -> from.with(from.further().withOwners(4).withLeverage(dec("0.2")));
            default -> from.with(further(random));
        };
    }

    private static Cell cell(Random random) {
        long units = random.nextInt(40);
        long contributing = units == 0 ? 0 : random.nextInt((int) units + 1);
        long largest = random.nextInt(50);
        long second = largest == 0 ? 0 : random.nextInt((int) largest + 1);
        long total = largest + second + random.nextInt(200);
        Measure measure = switch (random.nextInt(3)) {
            case 0 -> Figures.SUM;
            case 1 -> Measure.count("n", MeasureKind.DISTINCT_VALUES);
            default -> Figures.STATISTIC;
        };
        boolean known = random.nextInt(20) > 0;
        Evidence evidence = new Evidence(
                contributing == 0 ? null : BigDecimal.TEN,
                contributing,
                known ? BigDecimal.valueOf(largest) : null,
                BigDecimal.valueOf(known ? second : 0),
                BigDecimal.valueOf(total),
                false);
        evidence = evidence.with(new Holdings(
                        1 + random.nextInt(5), BigDecimal.valueOf(largest + 10), BigDecimal.valueOf(second)))
                .with(new Requests(BigDecimal.valueOf(second)))
                .with(new MissingUnits(random.nextInt(3) * (long) random.nextInt(10)));
        if (measure.kind() == MeasureKind.STATISTIC) {
            evidence = evidence.with(
                    switch (random.nextInt(8)) {
                        case 0 -> new Model(contributing, random.nextInt(4), tenths(random, 1, 12));
                        case 1 ->
                            new Survival(
                                    List.of(new Survival.Step(contributing, random.nextInt((int) contributing + 1))));
                        case 2 -> new Extreme(random.nextInt(20), random.nextBoolean());
                        case 3 -> new Concentration(random.nextInt(12));
                        case 4 -> new ImplicitTable(List.of((long) random.nextInt(20), (long) random.nextInt(20)));
                        case 5 -> new UnitLevel();
                        default -> new Modal(contributing, random.nextInt(10));
                    });
        }
        Measure onArm = random.nextBoolean() ? measure : measure.onArm();
        @Nullable Long population = random.nextInt(20) == 0 ? null : (Long) (units + random.nextInt(60));
        return new Cell(new EvidenceRow(Address.of("a"), units, population, List.of(evidence)), onArm, evidence);
    }

    private static BigDecimal tenths(Random random, int from, int to) {
        return BigDecimal.valueOf(from + random.nextInt(to - from + 1), 1);
    }
}
