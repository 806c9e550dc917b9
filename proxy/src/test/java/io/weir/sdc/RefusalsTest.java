package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sdc.apply.AuditReport;
import io.weir.sdc.show.ProtectReport;
import io.weir.yaml.YamlProblem;
import io.weir.yaml.YamlProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused because nobody has thought it through, and that the sentence says what to do. */
class RefusalsTest {
    private static final String RECORDS = """
            form: records
            unit: unit
            dimensions:
              - {column: r, total: All, codes: ["1", "2"]}
              - {column: c, total: All, codes: [a, b]}
            measures:
              - {name: n, kind: units}
            population: total
            """;

    private static final String SUMS = """
            form: records
            unit: unit
            dimensions:
              - {column: r, total: All}
            measures:
              - {name: n, kind: units}
              - {name: cost, kind: sum, column: cost, step: 1}
            relations:
              - {independent: [n, cost]}
            population: total
            """;

    private static final String CELLS = """
            form: cells
            dimensions:
              - {column: r, total: All}
            measures:
              - {name: n, kind: units, column: n}
              - {name: cost, kind: sum, column: cost, step: 1, contributors: n, largest: big, secondLargest: next, absoluteTotal: cost}
            relations:
              - {independent: [n, cost]}
            units: n
            unitsInOneCell: true
            population: total
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private SdcFiles files;

    private final YamlProblems problems = new YamlProblems();

    @BeforeEach
    void folder() {
        files = new SdcFiles(directory);
    }

    private Desk desk(String yaml, String csv, String profile) {
        return new Desk(
                new Desk.Names(
                        files.write("t.csv", csv),
                        files.write("t.yaml", yaml),
                        profile,
                        files.write("secret", "s".repeat(40))),
                problems);
    }

    private String said() {
        return String.join(
                "\n", problems.sorted().stream().map(YamlProblem::toString).toList());
    }

    /** Four and one in the first row, seven and one in the second. */
    private static String people() {
        StringBuilder csv = new StringBuilder("unit,r,c\n");
        for (int i = 0; i < 13; i++) {
            csv.append("u%d,%s,%s%n".formatted(i, i < 5 ? "1" : "2", i == 4 || i == 12 ? "b" : "a"));
        }
        return csv.toString();
    }

    private String profile(String name) {
        files.write("noise.csv", """
                i;j;p;v;p_int_ub
                0;0;1;0;1
                1;0;0.3;-1;0.3
                1;1;0.4;0;0.7
                1;2;0.3;1;1
                2;1;0.3;-1;0.3
                2;2;0.4;0;0.7
                2;3;0.3;1;1
                """);
        String own = "name: own\nthreshold: none\nzeros: shown\nmarker: \"[c]\"\n";
        return files.write(
                        name + ".yaml",
                        switch (name) {
                            case "random" -> own + "rounding: {random: 3}\n";
                            case "cellKeys" -> own + "rounding: {cellKeys: noise.csv}\n";
                            default -> "name: own\nextends: statsnz-rr3\ngeography: everywhere\n";
                        })
                .toString();
    }

    /** A part of 3 beside a margin of 6 is not its margin: the same people would have been rounded to the same. */
    @ParameterizedTest
    @CsvSource({
        "random, ''", "random, '[[r]]'", "random, '[[]]'", "random, all",
        "cellKeys, ''", "cellKeys, '[[c], []]'", "preset, ''", "preset, '[[r]]'"
    })
    void marginsOfKeyedCountsAreRefused(String profile, String margins) {
        String yaml = RECORDS + (margins.isEmpty() ? "" : "margins: " + margins + "\n");
        assertThat(desk(yaml, people(), profile(profile)).protect()).isEmpty();
        assertThat(said()).contains("the rest is not nobody").contains("write margins: none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "cellKeys", "preset"})
    void keyedCountsWithoutMarginsAreChanged(String profile) {
        Optional<ProtectReport> report =
                desk(RECORDS + "margins: none\n", people(), profile(profile)).protect();
        assertThat(said()).isEmpty();
        assertThat(report.orElseThrow().isProtected()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"random, ''", "random, 'margins: none'", "cellKeys, ''", "preset, ''"})
    void anAuditOfKeyedCountsWithMarginsIsForReview(String profile, String margins) {
        String print = "r,c,n\n1,a,3\n1,b,0\n1,All,6\n2,a,6\n2,b,0\n2,All,9\nAll,a,12\nAll,b,3\nAll,All,12\n";
        AuditReport report = desk(RECORDS + margins + "\n", print, profile(profile))
                .audit(null)
                .orElseThrow()
                .report();
        assertThat(report.needsReview()).isTrue();
        assertThat(String.join(" ", report.notes())).contains("the rest is not nobody");
    }

    private static String costs(String odd) {
        StringBuilder csv = new StringBuilder("unit,r,cost\n");
        for (int i = 0; i < 40; i++) {
            csv.append("u%d,%s,%s%n".formatted(i, i % 2 == 0 ? "N" : "S", i == 7 ? odd : String.valueOf(20 + i)));
        }
        return csv.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.00001", "1e-5", "20.123456"})
    void amountsOfManyDecimalsAreRefused(String amount) {
        assertThat(desk(SUMS, costs(amount), files.sums()).protect()).isEmpty();
        assertThat(said())
                .contains("column cost")
                .contains("has more than 4 decimals")
                .contains("smaller unit of account");
    }

    @Test
    void fourDecimalsAreNotTooMany() {
        desk(SUMS, costs("20.1234"), files.sums()).protect();
        assertThat(said()).isEmpty();
        desk(SUMS, costs("20.12340000"), files.sums()).protect();
        assertThat(said()).isEmpty();
    }

    @Test
    void evidenceAndPrintOfManyDecimalsAreRefused() {
        String csv = "r,n,cost,big,next\nN,20,900,50.00001,50\nS,20,900,50,50\nAll,40,1800,50.00001,50\n";
        assertThat(desk(CELLS, csv, files.sums()).protect()).isEmpty();
        assertThat(said()).contains("column big").contains("smaller unit of account");
        String print = "r,n,cost\nN,20,900.00001\nS,20,900\nAll,40,1800.00001\n";
        assertThat(files.auditProblems(CELLS, print, files.sums()).toString())
                .contains("column cost")
                .contains("smaller unit of account");
    }

    @Test
    void stepsAndWeightedSumsOfManyDecimalsAreRefused() {
        assertThat(desk(SUMS.replace("step: 1", "step: 0.00001"), costs("20"), files.sums())
                        .protect())
                .isEmpty();
        assertThat(said()).contains("a step has at most 4 decimals");
        String weighted = SUMS + "weight: {column: w, published: false}\n";
        String csv = costs("20.125").replace("cost\n", "cost,w\n").replaceAll("(?m)^(u\\d.*)$", "$1,1.125");
        assertThat(desk(weighted, csv, files.sums()).protect()).isEmpty();
        assertThat(said())
                .contains("the sums of cost have more than 4 decimals")
                .contains("weights with fewer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"900000000000001", "9e15", "-900000000000001"})
    void amountsBeyondWhatIntervalsCanHaveAreRefused(String amount) {
        assertThat(desk(SUMS, costs(amount), files.sums()).protect()).isEmpty();
        assertThat(said()).contains("beyond 900000000000000");
    }

    @Test
    void sumsBeyondWhatIntervalsCanHaveAreRefused() {
        assertThat(desk(SUMS, costs("899999999999999"), files.sums()).protect()).isEmpty();
        assertThat(said()).contains("the sums of cost").contains("beyond 900000000000000");
    }

    /** Of numbers of that size binary ones do not tell a cent. */
    @Test
    void sumsOfTooManyStepsAreRefused() {
        String cents = SUMS.replace("step: 1", "step: 0.01");
        assertThat(desk(cents, costs("20000000000"), files.sums()).protect()).isEmpty();
        assertThat(said()).contains("more than a million million steps").contains("write a larger step");
    }

    @Test
    void aLargerStepIsEnough() {
        assertThat(desk(SUMS, costs("20000000000"), files.sums()).protect()).isPresent();
        assertThat(said()).isEmpty();
    }

    /** One credit of 1 would make every hidden sum look as if it could be far below zero. */
    @Test
    void negativeAmountsAreRefused() {
        assertThat(desk(SUMS, costs("-1"), files.sums()).protect()).isEmpty();
        assertThat(said()).contains("cost has negative amounts").contains("give credits as a measure of their own");
    }

    @Test
    void negativeAmountsInPrintAndInDescriptionsAreRefused() {
        String csv = "r,n,cost,big,next\nN,20,900,50,50\nS,20,900,50,50\nAll,40,1800,50,50\n";
        assertThat(files.protectProblems(CELLS.replace("step: 1", "step: 1, negatives: true"), csv, files.sums())
                        .toString())
                .contains("cost has negative amounts");
        String print = "r,n,cost\nN,20,-5\nS,20,900\nAll,40,895\n";
        assertThat(files.auditProblems(CELLS, print, files.sums()).toString()).contains("cost has negative amounts");
    }

    @Test
    void anAuditByATruthWithNegativeAmountsIsRefused() {
        String print = "r,n,cost\nN,20,[c]\nS,20,[c]\nAll,40,1552\n";
        assertThat(desk(SUMS, print, files.sums()).audit(files.write("truth.csv", costs("-1"))))
                .isEmpty();
        assertThat(said()).contains("truth.csv").contains("cost has negative amounts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weight: {column: w, published: true}", "weight: {column: w}"})
    void weightsThatReadersKnowAreRefused(String weight) {
        String csv = costs("20").replace("cost\n", "cost,w\n").replaceAll("(?m)^(u\\d.*)$", "$1,2");
        assertThat(desk(SUMS + weight + "\n", csv, files.sums()).protect()).isEmpty();
        assertThat(said()).contains("weight.published").contains("write published: false");
    }

    /** Two regions of one practice each are hidden; together they are of that practice, and the total says how many they are. */
    @Test
    void hiddenCountsOfOneOwnerNeedOthersBesideThem() {
        StringBuilder csv = new StringBuilder("unit,r,practice\n");
        for (int i = 0; i < 80; i++) {
            String region = List.of("A", "B", "C", "D").get(i / 20);
            csv.append("u%d,%s,%s%n".formatted(i, region, i < 40 || i % 2 == 0 ? "P" : "Q"));
        }
        String yaml = """
                form: records
                unit: unit
                owner: practice
                dimensions: [{column: r}]
                measures: [{name: n, kind: units}]
                """;
        String profile = files.write(
                        "owners.yaml",
                        "name: owners\nthreshold: 10\nzeros: shown\nrounding: exact\nmarker: \"[c]\"\nowners: 2\n")
                .toString();
        ProtectReport report = files.protect(yaml, csv.toString(), profile);
        assertThat(SdcFiles.shown(report).subList(0, 2)).containsExactly("*", "*");
        assertThat(SdcFiles.shown(report).subList(2, 5)).contains("*");
    }

    /** An accent with its letter and one of its own look the same. */
    @Test
    void unitsAndOwnersInTwoSpellingsAreRefused() {
        String csv = "unit,r\nRen\u00e9,N\nRene\u0301,N\n";
        String yaml = "form: records\nunit: unit\ndimensions: [{column: r}]\nmeasures: [{name: n, kind: units}]\n";
        assertThat(files.protectProblems(yaml, csv, files.exact()).toString())
                .contains("column unit")
                .contains("look the same");
        String owned = "unit,r,o\na,N,Ren\u00e9\nb,N,Rene\u0301\n";
        assertThat(files.protectProblems(yaml + "owner: o\n", owned, files.exact())
                        .toString())
                .contains("column o")
                .contains("look the same");
    }

    @Test
    void unitsAndOwnersThatAreMissingAreRefused() {
        String yaml =
                "form: records\nunit: unit\nmissing: [NA]\ndimensions: [{column: r}]\nmeasures: [{name: n, kind: units}]\n";
        assertThat(files.protectProblems(yaml, "unit,r\nNA,N\nb,N\n", files.exact())
                        .toString())
                .contains("the unit is missing");
        assertThat(files.protectProblems(yaml + "owner: o\n", "unit,r,o\na,N,NA\nb,N,P\n", files.exact())
                        .toString())
                .contains("the owner is missing");
    }
}
