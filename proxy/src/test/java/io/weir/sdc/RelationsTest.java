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
              - {column: region, total: All, codes: [A, B]}
            measures:
              - {name: men, kind: units, column: men}
              - {name: women, kind: units, column: women}
              - {name: everybody, kind: units, column: everybody}
            units: everybody
            unitsInOneCell: true
            population: total
            """;
    private static final String ADD_UP = "relations: [{total: everybody, parts: [men, women]}]\n";
    private static final String CSV = "region,men,women,everybody\nA,4,50,54\nB,60,70,130\nAll,64,120,184\n";

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
        assertThat(files.protectProblems(PARTS, CSV, files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("men, women").contains("relations"));
        assertThat(files.protectProblems(PARTS + "relations: [{independent: [men, woman]}]\n", CSV, files.exact()))
                .anySatisfy(found -> assertThat(found).contains("'woman'").contains("'women'"));
        assertThat(files.protectProblems(PARTS + "relations: [{both: [men, women]}]\n", CSV, files.exact()))
                .isNotEmpty();
    }

    @Test
    void menAreEverybodyButWomen() {
        assertThat(KnownValuesTest.rows(files.protect(PARTS + ADD_UP, CSV, files.exact())))
                .as("who knows the women of A and all of A knows its men")
                .containsExactly("* * 54", "* * 130", "64 120 184");
        AuditedCell men = files.audit(
                        PARTS + ADD_UP,
                        "region,men,women,everybody\nA,[c],50,54\nB,[c],70,130\nAll,64,120,184\n",
                        files.exact(),
                        null)
                .cells()
                .getFirst();
        assertThat(men.status()).isEqualTo(Status.EXACT);
        assertThat(men.lower()).isEqualByComparingTo("4");
    }

    @Test
    void whatIsSaidHasToBeSo() {
        assertThat(files.protectProblems(
                        PARTS + ADD_UP,
                        CSV.replace("A,4,50,54", "A,4,49,54").replace("64,120,184", "64,119,184"),
                        files.exact()))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found).contains("everybody").contains("men + women"));
        String less = "relations: [{less: women, more: men}]\n";
        assertThat(files.protectProblems(PARTS + less, CSV, files.exact()))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found).contains("no more"));
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

    /** What each number is rounded from is open; with what the others say it is not. */
    @Test
    void roundingOfOneMeasureIsNotUndoneByAnother() {
        files.write("own.yaml", "name: own\nthreshold: none\nzeros: shown\nrounding: {midpoint: 3}\nmarker: x\n");
        String profile = directory.resolve("own.yaml").toString();
        String csv = "region,men,women,everybody\nA,1,1,2\nB,60,70,130\nAll,61,71,132\n";
        assertThat(files.protect(PARTS + ADD_UP, csv, profile).isProtected())
                .as("all are 132 at most, B is 130 at least, and A two: men and women")
                .isFalse();
        assertThat(files.protect(PARTS + "relations: [{independent: [men, women]}]\n", csv, profile)
                        .isProtected())
                .isTrue();
    }
}
