package io.weir.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.GroupingSet;
import io.weir.disclosure.table.MarginEquation;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import io.weir.disclosure.verdict.Verdict;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DisclosureRulesTest {
    private static final RiskAppetite HES = new RiskAppetite(8, ZeroRule.SHOWN, 5, List.of(), null);

    @Test
    void smallCountIsHiddenAndOthersAreRounded() {
        EvidenceTable table = EvidenceTable.of(
                List.of(Measure.count("patients", MeasureKind.UNITS)),
                List.of(
                        new EvidenceRow(Address.of("F"), 7L, 1000L, List.of(Evidence.ofCount(7, 7))),
                        new EvidenceRow(Address.of("M"), 8L, 1000L, List.of(Evidence.ofCount(8, 8)))));
        Assessment assessment = new DisclosureRules().protect(table, HES);
        assertThat(assessment.cell(0, 0)).isInstanceOf(Protected.Hidden.class);
        assertThat(assessment.rows().get(0).belowThreshold()).isTrue();
        assertThat(assessment.cell(1, 0)).isEqualTo(new Protected.Shown(BigDecimal.TEN, true));
    }

    @Test
    void exampleOfTheJavadocHolds() {
        List<EvidenceRow> rows = List.of(
                new EvidenceRow(new Address(0, List.of("F")), 120L, 5000L, List.of(Evidence.ofCount(120, 120))),
                new EvidenceRow(new Address(0, List.of("M")), 3L, 5000L, List.of(Evidence.ofCount(3, 3))),
                new EvidenceRow(new Address(0, List.of("X")), 15L, 5000L, List.of(Evidence.ofCount(15, 15))),
                new EvidenceRow(new Address(1, List.of()), 138L, 5000L, List.of(Evidence.ofCount(138, 138))));
        EvidenceTable table = EvidenceTable.of(List.of(Measure.count("patients", MeasureKind.UNITS)), rows)
                .withMargins(MarginEquations.of(
                        rows.stream().map(EvidenceRow::address).toList(),
                        List.of(GroupingSet.of(0, 0), GroupingSet.of(1))));
        Assessment assessment =
                new DisclosureRules().protect(table, new RiskAppetite(10, ZeroRule.SHOWN, 1, List.of(), null));
        assertThat(assessment.cell(0, 0)).isEqualTo(new Protected.Shown(BigDecimal.valueOf(120), false));
        assertThat(assessment.cell(1, 0)).isInstanceOf(Protected.Hidden.class);
        assertThat(assessment.cell(2, 0)).isInstanceOf(Protected.Hidden.class);
        assertThat(assessment.cell(3, 0)).isEqualTo(new Protected.Shown(BigDecimal.valueOf(138), false));
        assertThat(new DisclosureRules().check(table, new RiskAppetite(10, ZeroRule.SHOWN, 1, List.of(), null)))
                .singleElement()
                .isInstanceOfSatisfying(Verdict.Fail.class, fail -> {
                    assertThat(fail.finding().rule()).isEqualTo(Rule.MINIMUM_FREQUENCY);
                    assertThat(fail.finding().address()).isEqualTo(new Address(0, List.of("M")));
                });
    }

    /** Missing evidence is for a person, and what comes from comparing cells is there, too. */
    @Test
    void checkingTellsFailuresFromReviews() {
        RiskAppetite appetite = HES.with(FurtherRules.none().withGroupShare(new BigDecimal("0.9")));
        List<EvidenceRow> rows = List.of(
                new EvidenceRow(new Address(0, List.of("F")), 95L, 1000L, List.of(Evidence.ofCount(95, 95))),
                new EvidenceRow(new Address(0, List.of("M")), null, 1000L, List.of(Evidence.missing())),
                new EvidenceRow(new Address(1, List.of()), 100L, 1000L, List.of(Evidence.ofCount(100, 100))));
        EvidenceTable table = EvidenceTable.of(List.of(Measure.count("patients", MeasureKind.UNITS)), rows)
                .withMargins(List.of(MarginEquation.margin(2, List.of(0, 1))));
        List<Verdict> objections = new DisclosureRules().check(table, appetite);
        assertThat(objections)
                .filteredOn(Verdict.Fail.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Verdict.Fail.class,
                        fail -> assertThat(fail.finding().rule()).isEqualTo(Rule.CLASS_DISCLOSURE));
        assertThat(objections).filteredOn(Verdict.Review.class::isInstance).hasSizeGreaterThan(1);
        assertThat(objections).noneMatch(Verdict.Pass.class::isInstance);
    }

    /** A program of modules can name all that the door takes and gives. */
    @Test
    void everyTypeOfTheDoorIsExported() {
        Path classes = Path.of(URI.create(DisclosureRules.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Set<String> exported = ModuleFinder.of(classes).findAll().iterator().next().descriptor().exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        List<Class<?>> types = Stream.of(DisclosureRules.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .<Class<?>>flatMap(method ->
                        Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes())))
                .filter(type -> type.getName().startsWith("io.weir"))
                .toList();
        assertThat(types).hasSizeGreaterThan(4);
        assertThat(Stream.concat(types.stream(), Stream.of(Verdict.class, Finding.class)))
                .allMatch(type -> exported.contains(type.getPackageName()));
    }
}
