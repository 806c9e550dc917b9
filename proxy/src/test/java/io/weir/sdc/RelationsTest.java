package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sdc.apply.AuditReport.AuditedCell;
import io.weir.sdc.apply.AuditReport.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures of one row that give each other away. */
class RelationsTest {
    private static final String PARTS = """
            form: cells
            dimensions:
              - {column: region, total: All, codes: [A, B, C]}
            measures:
              - {name: patients, kind: units, column: patients}
              - {name: drugs, kind: sum, column: drugs, step: 1, contributors: n1, largest: x1, secondLargest: x2, negatives: false}
              - {name: care, kind: sum, column: care, step: 1, contributors: n2, largest: y1, secondLargest: y2, negatives: false}
              - {name: cost, kind: sum, column: cost, step: 1, contributors: n3, largest: z1, secondLargest: z2, negatives: false}
            units: patients
            unitsInOneCell: true
            population: total
            """;
    private static final String ADD_UP =
            "relations: [{total: cost, parts: [drugs, care]}, {independent: [patients, drugs, care, cost]}]\n";
    private static final String CSV = """
            region,patients,drugs,n1,x1,x2,care,n2,y1,y2,cost,n3,z1,z2
            A,54,90,40,80,2,160,50,4,4,250,54,84,6
            B,130,300,100,4,4,700,120,8,8,1000,130,9,9
            C,140,350,110,4,4,800,130,8,8,1150,140,9,9
            All,324,740,250,80,4,1660,300,8,8,2400,324,84,9
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private SdcFiles files;

    @BeforeEach
    void folder() {
        files = new SdcFiles(directory);
    }

    @Test
    void measuresOfWhichNothingIsSaidAreRefused() {
        assertThat(files.protectProblems(PARTS, CSV, files.sums()))
                .hasSize(6)
                .allSatisfy(found -> assertThat(found).contains("hang together").contains("relations"));
        assertThat(files.protectProblems(
                        PARTS + "relations: [{independent: [patients, drug, care, cost]}]\n", CSV, files.sums()))
                .anySatisfy(found -> assertThat(found).contains("'drug'").contains("'drugs'"));
        assertThat(files.protectProblems(PARTS + "relations: [{both: [drugs, care]}]\n", CSV, files.sums()))
                .isNotEmpty();
    }

    /** Smokers who are hidden beside patients, or shown beside hidden ones, tell who does not smoke; one more than another can be one person. */
    @Test
    void aRowHasOneCountOfUnits() {
        String two = SdcFiles.known("A, B")
                .replace("units: patients", "  - {name: smokers, kind: units, column: smokers}\nunits: patients");
        String csv = "region,patients,smokers\nA,20,19\nB,60,30\nAll,80,49\n";
        assertThat(files.protectProblems(two, csv, files.exact()))
                .anySatisfy(found -> assertThat(found).contains("two counts of units"))
                .anySatisfy(found -> assertThat(found).contains("'smokers' counts others than all units of a row"));
        assertThat(files.protectProblems(two + "relations: [{less: smokers, more: patients}]\n", csv, files.exact()))
                .anySatisfy(found -> assertThat(found).contains("what one is more than the other can be one unit's"));
        assertThat(files.protectProblems(
                        SdcFiles.known("A, B").replace("units: patients", "units: people"), csv, files.exact()))
                .anySatisfy(found -> assertThat(found).contains("'patients' counts others than all units of a row"));
    }

    @Test
    void drugsAreCostsButCare() {
        assertThat(KnownValuesTest.rows(files.protect(PARTS + ADD_UP, CSV, files.sums())))
                .as("who knows cost and care of A knows its drugs, which are one person's")
                .filteredOn(row -> row.startsWith("54"))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.chars().filter(c -> c == '*').count()).isGreaterThan(1));
        AuditedCell drugs = files.audit(
                        PARTS + ADD_UP,
                        "region,patients,drugs,care,cost\nA,54,[c],160,250\nB,130,[c],700,1000\n"
                                + "C,140,350,800,1150\nAll,324,740,1660,2400\n",
                        files.sums(),
                        null)
                .cells()
                .getFirst();
        assertThat(drugs.status()).isEqualTo(Status.EXACT);
        assertThat(drugs.lower()).isEqualByComparingTo("90");
    }

    @Test
    void whatIsSaidHasToBeSo() {
        assertThat(files.protectProblems(
                        PARTS + ADD_UP,
                        CSV.replace("1000,130", "1001,130").replace("2400,324", "2401,324"),
                        files.sums()))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found).contains("cost").contains("drugs + care"));
        assertThat(files.protectProblems(
                        PARTS + "relations: [{total: cost, parts: [patients, care]}]\n", CSV, files.sums()))
                .anySatisfy(found -> assertThat(found).contains("'patients' is a count"));
    }

    /** Each record has a day or more: 40 days of 40 records are one each. */
    @Test
    void recordsAreNoMoreThanTheirDays() {
        StringBuilder csv = new StringBuilder("id,region,days\n");
        int id = 0;
        for (int region = 0; region < 4; region++) {
            int people = List.of(4, 10, 12, 40).get(region);
            for (int i = 0; i < people; i++) {
                csv.append('p')
                        .append(id++)
                        .append(",")
                        .append("ABCD".charAt(region))
                        .append(",1\n");
            }
        }
        String yaml = """
                form: records
                unit: id
                dimensions:
                  - {column: region, total: All, codes: [A, B, C, D]}
                measures:
                  - {name: patients, kind: units}
                  - {name: days, kind: sum, column: days, step: 1}
                relations: [{independent: [patients, days]}]
                """;
        assertThat(KnownValuesTest.rows(files.protect(yaml, csv.toString(), files.sums())))
                .as("what is shown of days bounds the patients")
                .allSatisfy(row -> assertThat(row.startsWith("*")).isEqualTo(row.endsWith("*")));
    }
}
