package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.cellkey.CellKey;
import io.weir.disclosure.protection.Proof;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.rounding.GraduatedRounding;
import io.weir.sdc.apply.AuditReport;
import io.weir.sdc.describe.ProfileReader;
import io.weir.sdc.show.AuditText;
import io.weir.sdc.show.ProtectReport;
import io.weir.yaml.YamlProblem;
import io.weir.yaml.YamlProblems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles whose protection is not only suppression, earlier releases, and tables that defy them. */
class ApplyingTest {
    private static final String YAML = """
            form: cells
            dimensions:
              - {column: region, total: All}
            measures:
              - {name: patients, kind: units, column: patients}
            units: patients
            unitsInOneCell: true
            population: total
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private Desk desk(String yaml, String csv, String profile, @Nullable Path secret, YamlProblems problems)
            throws IOException {
        return new Desk(new Desk.Names(write("t.csv", csv), write("t.yaml", yaml), profile, secret), problems);
    }

    private ProtectReport protect(String yaml, String csv, String profile) throws IOException {
        YamlProblems problems = new YamlProblems();
        Optional<ProtectReport> report =
                desk(yaml, csv, profile, null, problems).protect();
        assertThat(problems.sorted()).isEmpty();
        return report.orElseThrow();
    }

    private static List<String> shown(ProtectReport report) {
        return report.result().assessment().rows().stream()
                .map(row -> row.cells().getFirst())
                .map(cell -> cell instanceof Protected.Shown shown ? String.valueOf(shown.value()) : "*")
                .toList();
    }

    /** OpenSAFELY's midpoint 6 rounding: 1 to 6 become 3, 7 to 12 become 9. */
    @Test
    void midpointRoundingHidesNothing() throws IOException {
        ProtectReport report = protect(YAML, "region,patients\nN,1\nS,6\nE,7\nW,0\nAll,14\n", "opensafely-midpoint6");
        assertThat(shown(report)).as("E, N, S, W: by code").containsExactly("9", "3", "3", "0", "15");
        assertThat(report.result().assessment().proof()).isInstanceOf(Proof.Audited.class);
    }

    /** Six groups of at least one in a total of at most six: a total of three gives them all away. */
    @Test
    void aMarginThatUndoesARoundingIsNotPublished() throws IOException {
        String csv = "region,patients\nA,1\nB,1\nC,1\nD,1\nE,1\nF,1\nAll,6\n";
        ProtectReport report = protect(YAML, csv, "opensafely-midpoint6");
        assertThat(report.isProtected()).isFalse();
        assertThat(report.text(100))
                .contains("NOT PROTECTED")
                .contains("The margins, or the population, undo the rounding of A")
                .doesNotContain("patients by");
        String without = csv.replace("All,6\n", "");
        assertThat(protect(YAML.replace("total: All", "withoutTotal: true"), without, "opensafely-midpoint6")
                        .isProtected())
                .isTrue();
    }

    /** The bands of the preset are those of S. Garfinkel (2019), simsong/drb_rounder, README. */
    @Test
    void graduatedRoundingComesAfterSuppression() throws IOException {
        ProtectReport report =
                protect(YAML, "region,patients\nA,14\nB,27\nC,155\nD,123456\nE,1234567\nAll,1358219\n", "drb");
        GraduatedRounding board = GraduatedRounding.disclosureReviewBoard();
        List<String> shown = shown(report);
        assertThat(shown.getFirst()).isEqualTo("*");
        assertThat(shown.get(3)).isEqualTo("123000");
        assertThat(shown.get(4))
                .isEqualTo("1235000")
                .isEqualTo(String.valueOf(board.publish(1_234_567, CellKey.NOBODY)));
        assertThat(shown.subList(1, 3)).contains("*");
    }

    @Test
    void randomRoundingIsTheSameForTheSamePeopleAndNeedsASecret() throws IOException {
        String yaml = """
                form: records
                unit: person
                dimensions: [{column: region}]
                measures: [{name: people, kind: units}]
                margins: none
                """;
        StringBuilder csv = new StringBuilder("person,region\n");
        for (int i = 0; i < 40; i++) {
            csv.append("p").append(i).append(i < 17 ? ",N\n" : ",S\n");
        }
        Path profile = write("own.yaml", "name: own\nextends: statsnz-rr3\ngeography: everywhere\n");
        Path secret = directory.resolve("secret");
        Files.write(secret, new byte[40]);
        YamlProblems problems = new YamlProblems();
        assertThat(desk(yaml, csv.toString(), profile.toString(), null, problems)
                        .protect())
                .isEmpty();
        assertThat(problems.sorted())
                .extracting(YamlProblem::message)
                .anySatisfy(m -> assertThat(m).contains("random rounding"));
        ProtectReport first = desk(yaml, csv.toString(), profile.toString(), secret, new YamlProblems())
                .protect()
                .orElseThrow();
        ProtectReport second = desk(yaml, csv.toString(), profile.toString(), secret, new YamlProblems())
                .protect()
                .orElseThrow();
        assertThat(shown(first))
                .isEqualTo(shown(second))
                .allSatisfy(n -> assertThat(Integer.parseInt(n) % 3).isZero());
        Files.write(secret, new byte[8]);
        problems = new YamlProblems();
        assertThat(desk(yaml, csv.toString(), profile.toString(), secret, problems)
                        .protect())
                .isEmpty();
        assertThat(problems.sorted().getFirst().message()).contains("at least 32 bytes");
    }

    /** The hidden cells of the first two rows, less those of the first two columns, leave one: r1, c2. */
    @Test
    void twoHiddenInEveryRowAndColumnAreNoProof() throws IOException {
        String yaml = """
                form: cells
                dimensions: [{column: row, total: T}, {column: col, total: T}]
                measures: [{name: n, kind: units, column: n}]
                units: n
                unitsInOneCell: true
                population: unknown
                absentRows: zero
                """;
        int[][] n = {{20, 50, 10, 22}, {8, 19, 22, 50}, {17, 32, 5, 30}, {15, 26, 40, 7}};
        boolean[][] hidden = {
            {true, true, false, false},
            {true, true, true, false},
            {false, false, true, true},
            {false, false, true, true}
        };
        StringBuilder csv = new StringBuilder("row,col,n\n");
        int[] columns = new int[4];
        int total = 0;
        for (int r = 0; r < 4; r++) {
            int sum = 0;
            for (int c = 0; c < 4; c++) {
                csv.append("r%d,c%d,%s%n".formatted(r, c, hidden[r][c] ? "[c]" : String.valueOf(n[r][c])));
                sum += n[r][c];
                columns[c] += n[r][c];
            }
            csv.append("r%d,T,%d%n".formatted(r, sum));
            total += sum;
        }
        for (int c = 0; c < 4; c++) {
            csv.append("T,c%d,%d%n".formatted(c, columns[c]));
        }
        csv.append("T,T,").append(total).append('\n');
        Path profile =
                write("exact.yaml", "name: exact\nthreshold: 5\nzeros: hidden\nrounding: exact\nmarker: \"[c]\"\n");
        AuditText audit = desk(yaml, csv.toString(), profile.toString(), null, new YamlProblems())
                .audit(null)
                .orElseThrow();
        assertThat(audit.report().fails()).isTrue();
        assertThat(audit.report().cells())
                .filteredOn(cell -> cell.status() == AuditReport.Status.EXACT)
                .singleElement()
                .satisfies(cell -> {
                    assertThat(cell.place()).containsExactly(List.of("r1"), List.of("c2"));
                    assertThat(cell.lower()).isEqualByComparingTo(new BigDecimal(22));
                });
    }

    /** Without a threshold nothing is hidden, and so no zero. */
    @Test
    void noThresholdAndHiddenZerosAreRefused() {
        YamlProblems problems = new YamlProblems();
        String profile = "name: own\nthreshold: none\nzeros: hidden\nrounding: {midpoint: 3}\nmarker: \"[c]\"\n";
        assertThat(ProfileReader.read("p.yaml", profile.getBytes(StandardCharsets.UTF_8), problems))
                .isEmpty();
        assertThat(problems.sorted().toString()).contains("zeros");
    }
}
