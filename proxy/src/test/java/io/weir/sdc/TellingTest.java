package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.protection.HiddenInterval;
import io.weir.sdc.apply.AuditReport.AuditedCell;
import io.weir.sdc.apply.AuditReport.Status;
import io.weir.sdc.describe.DescriptionReader;
import io.weir.sdc.describe.ProfileReader;
import io.weir.sdc.show.ProtectReport;
import io.weir.yaml.YamlProblems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed in place of a number, that a row is left out, and where it stands: none of it tells more than the audit takes for known. */
class TellingTest {
    private static final String SQUARE = """
            form: cells
            dimensions:
              - {column: region, total: All, codes: [N, M, S]}
              - {column: sex, total: All, codes: [F, M]}
            measures:
              - {name: patients, kind: units, column: patients}
            units: patients
            unitsInOneCell: true
            population: total
            """;
    private static final String NINES = """
            region,sex,patients
            N,F,9
            N,M,9
            N,All,18
            M,F,9
            M,M,9
            M,All,18
            S,F,70
            S,M,80
            S,All,150
            All,F,88
            All,M,98
            All,All,186
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

    /** Two counts "below ten" in a total of 20, which is 18 at least, are nine each. */
    @ParameterizedTest
    @ValueSource(strings = {"nhse-sde", "ukllc", "acro-default"})
    void noMarkerSaysHowManyThereAre(String profile) {
        String published = SdcFiles.csv(files.protect(SQUARE, NINES, profile));
        assertThat(published).contains("[c]").doesNotContain("*").doesNotContain("<10");
        String alone = SQUARE.replaceFirst("total: All", "withoutTotal: true")
                .replaceFirst("total: All", "withoutTotal: true")
                .replace("population: total", "population: 900");
        String cells = NINES.lines().filter(line -> !line.contains("All")).reduce("", (a, b) -> a + b + "\n");
        assertThat(files.protect(alone, cells, profile).marker())
                .as("also where it would be true of all: that it is printed would tell where it is not")
                .isEqualTo("[c]");
    }

    @Test
    void anAuditWithTheTruthKnowsWhatMarkersSay() {
        String truth = NINES;
        String hidden = NINES.replace("N,F,9", "N,F,x")
                .replace("N,M,9", "N,M,x")
                .replace("M,F,9", "M,F,x")
                .replace("M,M,9", "M,M,x");
        String yaml = SQUARE + "markers: {x: hidden, \"<10\": below-threshold}\n";
        assertThat(files.audit(yaml, hidden, files.exact(), truth).fails()).isFalse();
        assertThat(files.audit(yaml, hidden.replace(",x", ",<10"), files.exact(), truth)
                        .cells())
                .as("9 + 9 = 18")
                .hasSize(4)
                .allSatisfy(cell -> assertThat(cell.status()).isEqualTo(Status.EXACT));
    }

    @Test
    void aMarkerThatIsUntrueOrSaysMoreThanTheProfileFails() {
        String yaml = SdcFiles.known("N, S")
                .replace("total: All, ", "withoutTotal: true, ")
                .replace("population: total", "population: 900");
        String truth = "region,patients\nN,4\nS,30\n";
        String markers = "markers: {\"<10\": below-threshold, \"<5\": below-threshold}\n";
        assertThat(files.audit(yaml + markers, "region,patients\nN,<10\nS,30\n", "ukllc", truth)
                        .cells())
                .extracting(AuditedCell::status)
                .containsExactly(Status.ENOUGH);
        assertThat(files.audit(yaml + markers, "region,patients\nN,<5\nS,30\n", "ukllc", truth)
                        .cells())
                .as("one of four, where the profile says one of nine")
                .extracting(AuditedCell::status)
                .containsExactly(Status.TOO_NARROW);
        assertThat(files.audit(yaml + markers, "region,patients\nN,<10\nS,<10\n", "ukllc", truth)
                        .cells())
                .extracting(AuditedCell::status)
                .contains(Status.UNTRUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "1,000", "1-9", "-", "=1", "+x", "@x", "'x", " x", "10%"})
    void whatIsNoMarkerIsRefused(String marker) {
        YamlProblems problems = new YamlProblems();
        String profile = "name: own\nextends: acro-default\nmarker: \"" + marker + "\"\n";
        assertThat(ProfileReader.read("p.yaml", profile.getBytes(StandardCharsets.UTF_8), problems))
                .isEmpty();
        String yaml = SQUARE + "markers: {\"" + marker + "\": hidden}\n";
        assertThat(DescriptionReader.read("t.yaml", yaml.getBytes(StandardCharsets.UTF_8), new YamlProblems()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"<10,hidden,false", "<10,below-threshold,true", "<5,below-threshold,false", "few,below-threshold,true"})
    void aMarkerSaysWhatItIsSaidToSay(String marker, String means, boolean good) {
        YamlProblems problems = new YamlProblems();
        String profile = "name: own\nextends: acro-default\nmarker: \"" + marker + "\"\nmarkerMeans: " + means + "\n";
        assertThat(ProfileReader.read("p.yaml", profile.getBytes(StandardCharsets.UTF_8), problems)
                        .isPresent())
                .as(problems.sorted().toString())
                .isEqualTo(good);
    }

    /** Who knows that there are N and S sees that both are left out, and so below ten; 18 of both would be nine of each. */
    @Test
    void whichRowsAreLeftOutDoesNotTell() {
        ProtectReport report =
                files.protect(SdcFiles.OPEN, "region,patients\nN,9\nS,9\nE,40\nW,50\nAll,108\n", files.exact());
        assertThat(SdcFiles.shown(report))
                .as("E N S W All")
                .filteredOn("*"::equals)
                .hasSizeGreaterThan(2);
        assertThat(SdcFiles.csv(report)).doesNotContain("N,").doesNotContain("S,");
        assertThat(intervals(report, 1, 2)).allSatisfy(interval -> {
            assertThat(interval.lower()).isEqualByComparingTo("1");
            assertThat(interval.upper()).isEqualByComparingTo("9");
        });
    }

    private static List<HiddenInterval> intervals(ProtectReport report, int... rows) {
        return report.result().assessment().intervals().stream()
                .filter(interval -> Arrays.stream(rows).anyMatch(row -> row == interval.row()))
                .toList();
    }

    @Test
    void rowsStandInTheOrderOfTheirCodes() {
        String bySize = "region,patients\nAll,104\nW,50\nS,30\nE,20\nN,4\n";
        assertThat(SdcFiles.csv(files.protect(SdcFiles.known("N, S, E, W"), bySize, files.exact()))
                        .lines()
                        .map(line -> line.split(",", -1)[0]))
                .containsExactly("region", "N", "S", "E", "W", "All");
        assertThat(SdcFiles.csv(files.protect(SdcFiles.OPEN, bySize, files.exact()))
                        .lines()
                        .map(line -> line.split(",", -1)[0]))
                .containsExactly("region", "E", "S", "W", "All");
    }

    /** One of two is rounded to zero or three: a row with zero would say that somebody is there. */
    @Test
    void aRowThatIsZeroInPrintIsLeftOutWhereItWouldTellOfSomebody() {
        files.write("own.yaml", "name: own\nthreshold: none\nzeros: shown\nrounding: {midpoint: 9}\nmarker: x\n");
        String csv = "region,patients\nN,1\nS,0\nAll,1\n";
        String profile = directory.resolve("own.yaml").toString();
        assertThat(SdcFiles.csv(files.protect(SdcFiles.OPEN, csv, profile))).doesNotContain("S,0");
        assertThat(SdcFiles.csv(files.protect(SdcFiles.known("N, S"), csv, profile)))
                .contains("S,0");
    }
}
