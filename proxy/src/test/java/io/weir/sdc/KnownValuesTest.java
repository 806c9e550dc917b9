package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.protection.HiddenInterval;
import io.weir.disclosure.protection.Protected;
import io.weir.sdc.apply.AuditReport.AuditedCell;
import io.weir.sdc.apply.AuditReport.Status;
import io.weir.sdc.show.ProtectReport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers know of values beside what is in print: what they are multiples of, who is in several cells, how many there are, and which rows tell of which. */
class KnownValuesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private SdcFiles files;

    @BeforeEach
    void folder() {
        files = new SdcFiles(directory);
    }

    /** A star for each hidden measure of a row, the number for a shown one. */
    static List<String> rows(ProtectReport report) {
        return report.result().assessment().rows().stream()
                .map(row -> row.cells().stream()
                        .map(cell -> cell instanceof Protected.Shown shown ? String.valueOf(shown.value()) : "*")
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static String days(int... numbers) {
        StringBuilder csv = new StringBuilder("id,region,days\n");
        int id = 0;
        for (int region = 0; region < numbers.length; region++) {
            for (int i = 0; i < numbers[region]; i++) {
                csv.append('p')
                        .append(id++)
                        .append(",r")
                        .append(region)
                        .append(',')
                        .append(2 + id * 7 % 5)
                        .append('\n');
            }
        }
        return csv.toString();
    }

    /** Days are whole numbers, so that a sum of them that is rounded to one day is not rounded: the one hidden sum would be total less the others. */
    @Test
    void aStepThatAllValuesAreMultiplesOfHidesNothing() {
        String yaml = """
                form: records
                unit: id
                dimensions:
                  - {column: region, total: All, codes: [r0, r1, r2, r3, r4, r5, r6, r7]}
                measures:
                  - {name: days, kind: sum, column: days, step: 1}
                """;
        ProtectReport report = files.protect(yaml, days(4, 30, 30, 30, 31, 32, 33, 34), files.sums());
        assertThat(SdcFiles.shown(report)).filteredOn("*"::equals).hasSize(2);
        assertThat(report.result().assessment().intervals())
                .allSatisfy(interval -> assertThat(width(interval)).isGreaterThanOrEqualTo(5));
    }

    /** Of sums that are multiples of a thousand an interval of a hundred steps is one number. */
    @Test
    void whatAllValuesAreMultiplesOfIsKnownOfHiddenOnes() {
        String yaml = """
                form: cells
                dimensions:
                  - {column: region, total: All, codes: [N, S, E, W]}
                measures:
                  - name: cost
                    kind: sum
                    column: cost
                    step: 1
                    contributors: n
                    largest: first
                    secondLargest: second
                    negatives: false
                units: n
                unitsInOneCell: true
                population: total
                """;
        String csv = "region,n,cost,first,second\nN,4,8000,2000,2000\nS,40,40000,1000,1000\nE,50,60000,2000,2000\n"
                + "W,60,60000,1000,1000\nAll,154,168000,2000,2000\n";
        ProtectReport report = files.protect(yaml, csv, files.sums());
        assertThat(report.result().assessment().intervals()).isNotEmpty().allSatisfy(interval -> {
            assertThat(interval.lower()).isNotNull();
            assertThat(interval.lower().remainder(BigDecimal.valueOf(1000))).isZero();
        });
    }

    private static double width(HiddenInterval interval) {
        return interval.upper() == null || interval.lower() == null
                ? Double.POSITIVE_INFINITY
                : interval.upper().subtract(interval.lower()).doubleValue();
    }

    private static final String VISITS = """
            form: cells
            dimensions:
              - {column: region, total: All, codes: [A, B, C, D]}
            measures:
              - {name: patients, kind: units, column: patients}
              - {name: cost, kind: sum, column: cost, step: 10, contributors: n, largest: x1, secondLargest: x2, negatives: false}
            relations: [{independent: [patients, cost]}]
            units: patients
            unitsInOneCell: true
            population: total
            """;

    /** Were the patients of A and B hidden, and the cost of B shown: B would have ten, since few show neither, and A the other one of eleven. */
    @Test
    void aCountIsHiddenWithItsRow() {
        String csv = "region,patients,cost,n,x1,x2\nA,1,100,1,100,0\nB,10,9000,10,1000,1000\n"
                + "C,12,2400,12,300,300\nD,40,8000,40,300,300\nAll,63,19500,63,1000,1000\n";
        ProtectReport report = files.protect(VISITS, csv, files.sums());
        assertThat(rows(report)).containsExactly("* *", "* *", "12 2400", "40 8000", "63 19500");
        assertThat(files.audit(VISITS, SdcFiles.csv(report), files.sums(), csv).fails())
                .isFalse();
    }

    /** Nobody in B has a cost. Were that shown beside its hidden patients, B would have ten, and A one. */
    @Test
    void anEmptySumTellsOfItsRowLikeAnyOther() {
        String csv = "region,patients,cost,n,x1,x2\nA,1,0,0,0,0\nB,10,0,0,0,0\nC,50,9000,50,300,300\n"
                + "D,50,9000,50,300,300\nAll,111,18000,100,300,300\n";
        assertThat(rows(files.protect(VISITS, csv, files.sums())))
                .as("who shows a sum shows the patients, too")
                .noneMatch(row -> row.startsWith("*") && !row.endsWith("*"));
        String published = "region,patients,cost\nA,[c],[c]\nB,[c],\nC,50,9000\nD,50,9000\nAll,111,18000\n";
        assertThat(files.audit(VISITS, published, files.sums(), csv).cells())
                .filteredOn(cell -> cell.measure().equals("patients"))
                .as("eleven of both, and B has ten")
                .extracting(AuditedCell::status)
                .contains(Status.EXACT);
        assertThat(files.audit(VISITS, published, files.sums(), null).cells())
                .filteredOn(cell -> cell.measure().equals("patients"))
                .as("or A has nobody, if zeros are hidden")
                .extracting(AuditedCell::status)
                .containsExactly(Status.NOT_AUDITED, Status.NOT_AUDITED);
    }

    @Test
    void anAuditKnowsThatARowOfWhichSomethingIsShownIsNotFew() {
        String truth = "region,patients,cost,n,x1,x2\nA,1,100,1,100,0\nB,10,9000,10,1000,1000\n"
                + "C,12,2400,12,300,300\nD,40,8000,40,300,300\nAll,63,19500,63,1000,1000\n";
        String csv = "region,patients,cost\nA,[c],[c]\nB,[c],9000\nC,12,[c]\nD,40,8000\nAll,63,19500\n";
        assertThat(files.audit(VISITS, csv, files.sums(), truth).cells())
                .filteredOn(cell -> cell.measure().equals("patients"))
                .as("11 of both, and B has ten")
                .extracting(AuditedCell::status)
                .containsExactly(Status.EXACT, Status.EXACT);
        assertThat(files.audit(VISITS, csv, files.sums(), null).cells())
                .filteredOn(cell -> cell.measure().equals("patients"))
                .as("or A has nobody, if zeros are hidden")
                .extracting(AuditedCell::status)
                .containsExactly(Status.NOT_AUDITED, Status.NOT_AUDITED);
    }

    /** Of 101 and 51 people all but two are cases: A has 99 to 101. */
    @Test
    void aPartIsAtMostItsPopulation() {
        String yaml = """
                form: cells
                dimensions:
                  - {column: region, total: All, codes: [A, B, C, D]}
                measures:
                  - {name: cases, kind: units, column: cases}
                units: cases
                unitsInOneCell: true
                population: {column: pop}
                """;
        String csv = "region,cases,pop\nA,100,101\nB,50,51\nC,30,60\nD,40,90\nAll,220,302\n";
        ProtectReport report = files.protect(yaml, csv, files.exact());
        assertThat(rows(report).stream().filter("*"::equals)).hasSizeGreaterThan(2);
        assertThat(report.result().assessment().intervals())
                .allSatisfy(interval -> assertThat(width(interval)).isGreaterThanOrEqualTo(10));
        String published = "region,cases\nA,[c]\nB,[c]\nC,30\nD,40\nAll,220\n";
        assertThat(files.audit(yaml, published, files.exact(), csv).fails()).isTrue();
    }

    /** One person is in C and in D: who knows that adds up all the same. */
    @Test
    void fewWhoAreInSeveralCellsDoNotHideASum() {
        StringBuilder csv = new StringBuilder("id,region\n");
        int id = 0;
        int[] numbers = {3, 12, 30, 40};
        for (int region = 0; region < 4; region++) {
            for (int i = 0; i < numbers[region]; i++) {
                csv.append('p')
                        .append(id++)
                        .append(',')
                        .append("ABCD".charAt(region))
                        .append('\n');
            }
        }
        csv.append("p84,C\n");
        String yaml = """
                form: records
                unit: id
                dimensions:
                  - {column: region, total: All, codes: [A, B, C, D]}
                measures:
                  - {name: patients, kind: units}
                """;
        ProtectReport report = files.protect(yaml, csv.toString(), files.exact());
        assertThat(SdcFiles.shown(report)).filteredOn("*"::equals).hasSize(2);
        assertThat(report.result().assessment().intervals())
                .allSatisfy(interval -> assertThat(width(interval)).isLessThan(20));
    }

    /** Sums that add up as they are printed were not rounded, whatever the step would allow. */
    @Test
    void aReaderTriesTheFinestStepFirst() {
        String yaml = VISITS.replace("step: 10,", "step: 1000,");
        String csv = "region,patients,cost\nA,20,[c]\nB,20,5000\nC,20,6000\nD,20,7000\nAll,80,20000\n";
        assertThat(files.audit(yaml, csv, files.sums(), null).cells())
                .singleElement()
                .satisfies(cell -> {
                    assertThat(cell.status()).isEqualTo(Status.EXACT);
                    assertThat(cell.lower()).isEqualByComparingTo("2000");
                });
        String records = """
                form: cells
                dimensions:
                  - {column: region, total: All, codes: [A, B, C]}
                measures:
                  - {name: visits, kind: records, column: visits}
                unitsInOneCell: true
                population: unknown
                """;
        AuditedCell visits = files.audit(records, "region,visits\nA,[c]\nB,100\nC,200\nAll,350\n", "nhse-sde", null)
                .cells()
                .getFirst();
        assertThat(width(new HiddenInterval(0, 0, visits.lower(), visits.upper())))
                .as("rounded to 5, and not to 10, 20 or 50")
                .isLessThan(15);
    }

    /** Of five people in all, whose number everybody knows, a hidden count is one to five. */
    @Test
    void aPopulationOfFewCannotBeProtected() {
        String yaml = """
                form: cells
                dimensions:
                  - {column: region, total: All, codes: [A, B, C]}
                measures:
                  - {name: cases, kind: units, column: cases}
                units: cases
                unitsInOneCell: true
                population: {column: pop}
                """;
        String csv = "region,cases,pop\nA,3,5\nB,30,60\nC,40,90\nAll,73,155\n";
        assertThat(files.protect(yaml, csv, files.exact()).isProtected()).isFalse();
        assertThat(files.protect(yaml, csv.replace("3,5\n", "3,50\n").replace("155", "200"), files.exact())
                        .isProtected())
                .isTrue();
    }

    /** Among 53 to 57, the total of a population of 55 is 55 at most. */
    @Test
    void aShownTotalIsAtMostThePopulation() {
        String yaml = SdcFiles.known("A, B, C").replace("population: total", "population: 55");
        String csv = "region,patients\nA,9\nB,11\nC,35\nAll,55\n";
        ProtectReport report = files.protect(yaml, csv, "nhse-sde");
        assertThat(report.result().assessment().intervals()).allSatisfy(interval -> {
            assertThat(interval.upper()).isNotNull();
            assertThat(interval.upper()).isLessThanOrEqualTo(BigDecimal.valueOf(55));
        });
    }

    private static final String ALONE = """
            form: cells
            margins: none
            dimensions:
              - {column: region, withoutTotal: true, codes: [A, B, C]}
            measures:
              - {name: patients, kind: units, column: patients}
            units: patients
            unitsInOneCell: true
            population: {column: pop}
            """;

    /** Of a population of one, a hidden count that is not zero is one, though nothing adds up to anything. */
    @Test
    void aCellThatStandsInNoSumIsLookedAt() {
        String csv = "region,patients,pop\nA,1,1\nB,10,300\nC,50,200\n";
        assertThat(files.protect(ALONE, csv, files.exact()).isProtected()).isFalse();
        assertThat(files.protect(ALONE, csv.replace("A,1,1", "A,1,20"), files.exact())
                        .isProtected())
                .isTrue();
        assertThat(files.audit(ALONE, "region,patients\nA,[c]\nB,10\nC,50\n", files.exact(), csv)
                        .fails())
                .isTrue();
    }

    /** A is one to six by its rounding, and one at most by its population. */
    @Test
    void aPopulationUndoesARounding() {
        String csv = "region,patients,pop\nA,1,1\nB,102,300\nC,30,60\n";
        assertThat(files.protect(ALONE, csv, "opensafely-midpoint6").isProtected())
                .isFalse();
        assertThat(files.protect(ALONE, csv.replace("A,1,1", "A,1,20"), "opensafely-midpoint6")
                        .isProtected())
                .isTrue();
    }

    /** 40 and 50 of 95: A has five at most. */
    @Test
    void cellsTogetherAreAtMostThePopulation() {
        String yaml = ALONE.replace("{column: pop}", "95");
        String csv = "region,patients\nA,4\nB,40\nC,50\n";
        for (String profile : List.of(files.exact(), "opensafely-midpoint6")) {
            ProtectReport report = files.protect(yaml, csv, profile);
            assertThat(report.isProtected()).isFalse();
            assertThat(report.text(100)).contains("no row of the grand total");
        }
        assertThat(files.protect(yaml.replace("95", "500"), csv, files.exact()).isProtected())
                .isTrue();
    }

    /** That A is shown tells that nobody or ten are not in it, and so what the total is at least. */
    @Test
    void aHiddenTotalIsNoPopulation() {
        String yaml = SdcFiles.known("A, B");
        String csv = "region,patients\nA,30\nB,12\nAll,42\n";
        String published = "region,patients\nA,30\nB,[c]\nAll,[c]\n";
        assertThat(files.audit(yaml, published, files.exact(), csv).cells())
                .extracting(AuditedCell::status)
                .contains(Status.NOT_AUDITED);
        assertThat(files.audit(yaml.replace("population: total", "population: 900"), published, files.exact(), csv)
                        .cells())
                .extracting(AuditedCell::status)
                .containsOnly(Status.ENOUGH);
    }

    /** 12 or 13 are ten at least, whatever they were rounded to: a number that passed the rules is not eight. */
    @Test
    void roundingProtectsNothing() {
        String yaml = SdcFiles.known("A, B, C, D, E, F");
        String csv = "region,patients\nA,3\nB,12\nC,13\nD,40\nE,50\nF,60\nAll,178\n";
        assertThat(SdcFiles.shown(files.protect(yaml, csv, "nhse-sde")))
                .filteredOn("*"::equals)
                .hasSize(2);
    }
}
