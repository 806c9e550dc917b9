package io.weir.disclosure.check;

import static io.weir.disclosure.check.Figures.appetite;
import static io.weir.disclosure.check.Figures.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.DisclosureRules;
import io.weir.disclosure.appetite.FurtherRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.GroupingSet;
import io.weir.disclosure.table.Hierarchy;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.TableDimension;
import io.weir.disclosure.table.TableShape;
import io.weir.disclosure.verdict.Finding;
import io.weir.disclosure.verdict.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shapes of the handbook's table 5.2, marital status by hours worked, with enough people. */
class GroupDisclosureTest {
    private static final RiskAppetite NINETY = appetite(FurtherRules.none().withGroupShare(dec("0.9")));

    @ParameterizedTest
    @CsvSource({"900,100,1", "899,101,0", "0,1000,1", "500,500,0"})
    void cellThatHasNearlyAllOfItsRowFails(long full, long part, int findings) {
        EvidenceTable table =
                table(row(0, full, "married", "full"), row(0, part, "married", "part"), row(1, full + part, "married"));
        assertThat(new GroupDisclosure().judge(table, NINETY))
                .hasSize(findings)
                .allSatisfy(finding -> assertThat(finding.rule()).isEqualTo(Rule.CLASS_DISCLOSURE));
        assertThat(new GroupDisclosure().judge(table, appetite(FurtherRules.none())))
                .isEmpty();
    }

    @Test
    void onlyPartOfAMarginFailsAndARepeatedSetDoesNot() {
        EvidenceTable alone = table(row(0, 600, "married", "full"), row(1, 600, "married"));
        assertThat(new GroupDisclosure().judge(alone, NINETY))
                .extracting(Finding::address)
                .containsExactly(new Address(0, List.of("married", "full")));
        List<EvidenceRow> twice = List.of(row(0, 600, "married", "full"), row(1, 600, "married", "full"));
        EvidenceTable repeated = EvidenceTable.of(List.of(Measure.count("n", MeasureKind.UNITS)), twice)
                .withMargins(MarginEquations.of(
                        twice.stream().map(EvidenceRow::address).toList(),
                        List.of(GroupingSet.of(0, 0, 1), GroupingSet.of(1, 0, 1))));
        assertThat(new GroupDisclosure().judge(repeated, NINETY)).isEmpty();
    }

    @Test
    void partsOfAHierarchyHaveAsManyKeysAsTheWhole() {
        TableDimension place = TableDimension.of("place", Hierarchy.flat("all", "north", "south"));
        EvidenceTable table = EvidenceTable.of(
                        List.of(Measure.count("n", MeasureKind.UNITS)),
                        List.of(row(0, 950, "north"), row(0, 50, "south"), row(0, 1000, "all")))
                .withTables(List.of(TableShape.of(0, place)));
        assertThat(new GroupDisclosure().judge(table, NINETY))
                .extracting(Finding::address)
                .containsExactly(new Address(0, List.of("north")));
    }

    @Test
    void unknownSizeIsAFinding() {
        EvidenceTable table =
                table(sized(0, null, "married", "full"), row(0, 90L, "married", "part"), row(1, 500, "married"));
        assertThat(new GroupDisclosure().judge(table, NINETY))
                .extracting(finding -> finding.address().keys().getLast())
                .containsExactly("full");
    }

    @Test
    void protectedTableHidesIt() {
        EvidenceTable table = table(
                row(0, 600, "married", "full"),
                row(0, 50, "married", "part"),
                row(0, 400, "single", "full"),
                row(0, 300, "single", "part"),
                row(1, 650, "married"),
                row(1, 700, "single"));
        Assessment assessment = new DisclosureRules().protect(table, NINETY);
        assertThat(assessment.cell(0, 0))
                .isInstanceOfSatisfying(
                        Protected.Hidden.class,
                        hidden -> assertThat(hidden.findings())
                                .extracting(Finding::rule)
                                .containsExactly(Rule.CLASS_DISCLOSURE));
        assertThat(assessment.cell(1, 0)).isInstanceOf(Protected.Hidden.class);
        assertThat(assessment.cell(2, 0)).isInstanceOf(Protected.Shown.class);
    }

    private static EvidenceTable table(EvidenceRow... rows) {
        return EvidenceTable.of(List.of(Measure.count("n", MeasureKind.UNITS)), List.of(rows))
                .withMargins(MarginEquations.of(
                        List.of(rows).stream().map(EvidenceRow::address).toList(),
                        List.of(GroupingSet.of(0, 0, 1), GroupingSet.of(1, 0))));
    }

    private static EvidenceRow row(int set, long units, String... keys) {
        return sized(set, units, keys);
    }

    private static EvidenceRow sized(int set, @Nullable Long units, String... keys) {
        long count = units == null ? 90 : units;
        return new EvidenceRow(
                new Address(set, List.of(keys)), units, 100_000L, List.of(Evidence.ofCount(count, count)));
    }
}
