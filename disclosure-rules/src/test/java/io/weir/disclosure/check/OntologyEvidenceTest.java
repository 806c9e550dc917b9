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
import io.weir.disclosure.evidence.EvidenceKind;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.Extreme;
import io.weir.disclosure.evidence.Holdings;
import io.weir.disclosure.evidence.ImplicitTable;
import io.weir.disclosure.evidence.MissingUnits;
import io.weir.disclosure.evidence.Modal;
import io.weir.disclosure.evidence.Model;
import io.weir.disclosure.evidence.Neighbours;
import io.weir.disclosure.evidence.Particular;
import io.weir.disclosure.evidence.Requests;
import io.weir.disclosure.evidence.Survival;
import io.weir.disclosure.evidence.UnitLevel;
import io.weir.disclosure.statistic.StatisticClass;
import io.weir.disclosure.statistic.StatisticOntology;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Finding;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The evidence that the ontology asks for is what the checks need, no less and no more, under a profile that asks for everything. */
class OntologyEvidenceTest {
    private static final Set<EvidenceKind> OF_NO_CELL = EnumSet.of(EvidenceKind.MARGINS, EvidenceKind.UNIT_SETS);
    private static final RiskAppetite EVERYTHING = new RiskAppetite(
            10,
            ZeroRule.HIDDEN,
            1,
            List.of(new Dominance(2, dec("0.9"))),
            dec("0.1"),
            FurtherRules.none()
                    .with(new PriorPosterior(dec("0.1"), dec("0.9")))
                    .with(MissingRule.OWN_CLASS)
                    .withOwners(2)
                    .withGroupShare(dec("0.9"))
                    .withRequestShare(dec("0.7"))
                    .withDegreesOfFreedom(10)
                    .withLeverage(dec("0.5"))
                    .withAtRisk(10));

    static Stream<StatisticClass> judgedAutomatically() {
        return StatisticOntology.shipped().classes().stream().filter(StatisticClass::automatic);
    }

    @ParameterizedTest
    @MethodSource("judgedAutomatically")
    void evidenceOfTheClassIsEnoughAndAllOfItIsNeeded(StatisticClass statisticClass) {
        Set<EvidenceKind> all = EnumSet.copyOf(statisticClass.evidence());
        all.removeAll(OF_NO_CELL);
        Cell complete = cell(statisticClass.name(), all);
        assertThat(all).allMatch(kind -> kind.isPresent(complete.row(), complete.evidence()));
        assertThat(Checks.findings(complete, EVERYTHING)).isEmpty();
        for (EvidenceKind kind : all) {
            Set<EvidenceKind> less = EnumSet.copyOf(all);
            less.remove(kind);
            Cell incomplete = cell(statisticClass.name(), less);
            assertThat(kind.isPresent(incomplete.row(), incomplete.evidence())).isFalse();
            assertThat(Checks.findings(incomplete, EVERYTHING))
                    .as("%s without %s", statisticClass.name(), kind)
                    .extracting(Finding::sentence)
                    .anyMatch(sentence -> sentence.startsWith("Cannot be judged"));
        }
    }

    private static Cell cell(String statisticClass, Set<EvidenceKind> kinds) {
        boolean position = statisticClass.equals("position");
        Evidence evidence = new Evidence(
                kinds.contains(EvidenceKind.VALUE) || !position ? BigDecimal.valueOf(50) : null,
                kinds.contains(EvidenceKind.CONTRIBUTING_UNITS) ? 60L : null,
                kinds.contains(EvidenceKind.TWO_LARGEST) ? dec("30") : null,
                kinds.contains(EvidenceKind.TWO_LARGEST) ? dec("29") : null,
                kinds.contains(EvidenceKind.ABSOLUTE_TOTAL) ? dec("1000") : null,
                false,
                null,
                kinds.contains(EvidenceKind.NEIGHBOURS) ? new Neighbours(20, BigDecimal.ONE, BigDecimal.ONE) : null);
        for (EvidenceKind kind : kinds) {
            Particular particular = particular(kind);
            evidence = particular == null ? evidence : evidence.with(particular);
        }
        Long units = kinds.contains(EvidenceKind.UNITS) ? 100L : null;
        Long population = kinds.contains(EvidenceKind.POPULATION) ? 1000L : null;
        return new Cell(
                new EvidenceRow(Address.of("a"), units, population, List.of(evidence)),
                measure(statisticClass),
                evidence);
    }

    private static Measure measure(String statisticClass) {
        Measure measure = switch (statisticClass) {
            case "frequencies", "linked-tables" -> Measure.count("n", MeasureKind.DISTINCT_VALUES);
            case "linear-aggregations", "ratios" -> Figures.SUM;
            case "position" -> Measure.position("median", BigDecimal.ONE);
            default -> Figures.STATISTIC;
        };
        return measure.onArm();
    }

    private static @Nullable Particular particular(EvidenceKind kind) {
        return switch (kind) {
            case OWNERS -> new Holdings(10, dec("200"), dec("150"));
            case REQUESTS -> new Requests(dec("30"));
            case MISSING_UNITS -> new MissingUnits(12);
            case MODEL -> new Model(60, 2, dec("0.1"));
            case NUMBERS_AT_RISK -> new Survival(List.of(new Survival.Step(60, 10)));
            case UNITS_AT_EXTREME -> new Extreme(12, false);
            case UNITS_OF_MODE -> new Modal(40, 20);
            case LEADERS -> new Concentration(20);
            case IMPLICIT_TABLE -> new ImplicitTable(List.of(15L, 15L, 15L, 15L));
            case UNIT_LEVEL -> new UnitLevel();
            case UNITS,
                    CONTRIBUTING_UNITS,
                    POPULATION,
                    VALUE,
                    TWO_LARGEST,
                    ABSOLUTE_TOTAL,
                    NEIGHBOURS,
                    MARGINS,
                    UNIT_SETS -> null;
        };
    }
}
