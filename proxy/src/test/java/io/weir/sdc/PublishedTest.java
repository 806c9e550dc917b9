package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.protection.Proof;
import io.weir.sdc.apply.AuditReport;
import io.weir.sdc.apply.AuditReport.AuditedCell;
import io.weir.sdc.apply.AuditReport.Status;
import io.weir.sdc.show.ProtectReport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in print: contradictions, rows that are not there, earlier releases, and what is written. */
class PublishedTest {
    private static final String FOUR = SdcFiles.known("N, S, E, W");
    private static final String TRUTH = "region,patients\nN,4\nS,30\nE,20\nW,50\nAll,104\n";

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
    void numbersThatContradictEachOtherAreAnErrorWithItsPlace() {
        assertThat(files.auditProblems(FOUR, "region,patients\nN,[c]\nS,60\nE,[c]\nW,50\nAll,104\n", files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found)
                        .contains("t.csv:2: column patients: these numbers contradict each other")
                        .contains("region=W (50)"));
        assertThat(files.auditProblems(FOUR, "region,patients\nN,10\nS,30\nE,20\nW,50\nAll,150\n", files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("contradict each other"));
        assertThat(files.auditProblems(FOUR, "region,patients\nN,<10\nS,30\nE,<10\nW,50\nAll,104\n", "ukllc"))
                .as("both below ten are 18 at most, and 24 are missing")
                .singleElement()
                .satisfies(found -> assertThat(found).contains("or what their markers say"));
    }

    @Test
    void aNumberThatTheProfileDoesNotPrintIsAnError() {
        assertThat(files.auditProblems(FOUR, "region,patients\nN,[c]\nS,32\nE,[c]\nW,50\nAll,105\n", "nhse-sde"))
                .singleElement()
                .satisfies(
                        found -> assertThat(found).contains("t.csv:3").contains("no number that the profile prints"));
        AuditReport report = files.audit(FOUR, TRUTH, files.exact(), null);
        assertThat(report.cells()).extracting(AuditedCell::status).containsExactly(Status.SHOWN);
        assertThat(report.fails()).isTrue();
    }

    /** A, B and C are 400 less a row of eight that was left out: C is 92 and not 100. */
    @Test
    void rowsThatAreNotThereMayHoldAnything() {
        String csv = "region,patients\nA,200\nB,100\nC,[c]\nAll,400\n";
        AuditedCell open =
                files.audit(SdcFiles.OPEN, csv, files.exact(), null).cells().getFirst();
        assertThat(open.status()).isEqualTo(Status.NOT_AUDITED);
        assertThat(open.lower()).as("its row is there, and so it is not few").isEqualByComparingTo("10");
        assertThat(open.upper()).isEqualByComparingTo("100");
        assertThat(files.audit(SdcFiles.OPEN + "absentRows: zero\n", csv, files.exact(), null)
                        .cells())
                .extracting(AuditedCell::status)
                .containsExactly(Status.EXACT);
        AuditReport known = files.audit(SdcFiles.known("A, B, C, D"), csv, files.exact(), null);
        assertThat(known.cells()).extracting(AuditedCell::printed).containsExactly("[c]", "(no row)");
        assertThat(known.fails()).isFalse();
    }

    @Test
    void whatWasShownBeforeIsKnown() {
        String yaml = FOUR + "earlier: [earlier.csv]\n";
        files.write("earlier.csv", "region,patients\nN,[c]\nS,[c]\nE,20\nW,50\nAll,104\n");
        assertThat(SdcFiles.shown(files.protect(yaml, TRUTH, files.exact())))
                .as("E is known, so S has to be hidden in its place")
                .containsExactly("*", "*", "20", "50", "104");
        files.write("earlier.csv", "region,patients\nN,[c]\nS,30\nE,20\nW,50\nAll,104\n");
        assertThat(files.protect(yaml, TRUTH, files.exact()).isProtected())
                .as("N follows from what was published")
                .isFalse();
        files.write("earlier.csv", "region,patients\nN,4\nS,30\nE,20\nW,50\n");
        ProtectReport given = files.protect(yaml, TRUTH, files.exact());
        assertThat(given.result().assessment().proof())
                .isInstanceOfSatisfying(
                        Proof.NotProtected.class,
                        open -> assertThat(open.notes())
                                .first()
                                .asString()
                                .contains("was published earlier, and a rule hides it"));
        files.write("earlier.csv", "region,patients\nX,30\n");
        assertThat(files.protectProblems(yaml, TRUTH, files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("'X' is not among the codes"));
    }

    @Test
    void anOldNumberIsNotPrintedAsTodays() {
        String yaml = FOUR + "earlier: [earlier.csv, second.csv]\n";
        files.write("earlier.csv", "region,patients\nE,21\nN,[c]\nS,[c]\nW,[c]\n");
        files.write("second.csv", "region,patients\nE,[c]\nN,[c]\nS,[c]\nW,50\n");
        assertThat(files.protectProblems(yaml, TRUTH, files.exact()))
                .singleElement()
                .satisfies(
                        found -> assertThat(found).contains("earlier.csv:2").contains("'21' is not what is printed"));
        files.write("earlier.csv", "region,patients\nE,<10\nN,[c]\nS,[c]\nW,[c]\n");
        assertThat(files.protectProblems(yaml, TRUTH, "ukllc"))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("'<10' is not what is printed"));
    }

    /** Below ten is known already, and with it a total of two such counts would say too much. */
    @Test
    void anEarlierMarkerIsKnown() {
        String yaml = FOUR + "earlier: [earlier.csv]\nmarkers: {\"<10\": below-threshold}\n";
        String csv = "region,patients\nN,9\nS,9\nE,20\nW,50\nAll,88\n";
        files.write("earlier.csv", "region,patients\nN,[c]\nS,[c]\nE,[c]\nW,[c]\n");
        assertThat(SdcFiles.shown(files.protect(yaml, csv, files.exact()))).containsExactly("*", "*", "20", "50", "88");
        files.write("earlier.csv", "region,patients\nN,<10\nS,<10\nE,[c]\nW,[c]\n");
        assertThat(SdcFiles.shown(files.protect(yaml, csv, files.exact()))).containsExactly("*", "*", "*", "50", "88");
    }

    @Test
    void auditsKnowEarlierReleases() {
        String yaml = FOUR + "earlier: [earlier.csv]\n";
        String csv = "region,patients\nN,[c]\nS,30\nE,[c]\nW,50\nAll,104\n";
        files.write("earlier.csv", "region,patients\nN,[c]\nS,[c]\nE,20\nW,50\nAll,104\n");
        assertThat(files.audit(FOUR, csv, files.exact(), null).fails()).isFalse();
        assertThat(files.audit(FOUR, csv, files.exact(), TRUTH).fails()).isFalse();
        assertThat(files.audit(yaml, csv, files.exact(), null).cells())
                .extracting(AuditedCell::status)
                .containsExactly(Status.EXACT, Status.SHOWN);
        assertThat(files.audit(yaml, csv, files.exact(), TRUTH).cells())
                .extracting(AuditedCell::status)
                .containsExactly(Status.EXACT);
    }

    /** A and B were left out, and so are nine at most each: beside C and D they would be nine each. */
    @Test
    void aReleaseThatLacksRowsOrShowsThemInPartIsRefused() {
        String yaml = FOUR + "earlier: [earlier.csv]\n";
        files.write("earlier.csv", "region,patients\nS,30\nE,[c]\nW,50\nAll,104\n");
        assertThat(files.protectProblems(yaml, TRUTH, files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("the row region=N is missing"));
        assertThat(files.auditProblems(yaml, "region,patients\nN,[c]\nS,30\nE,[c]\nW,50\nAll,104\n", files.exact()))
                .hasSize(1);
        files.write("earlier.csv", "region,patients\nN,[c]\nS,[c]\nE,20\nW,50\nAll,104\n");
        assertThat(files.protectProblems(SdcFiles.OPEN + "earlier: [earlier.csv]\n", TRUTH, files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("list 'codes:'"));
    }

    /** Whoever sees 4.76 % of 84 knows that it is four. */
    @Test
    void aColumnThatNobodyDescribedIsNotPassedOver() {
        String csv = "region,patients,share\nN,[c],3.85%\nS,[c],28.8%\nE,20,19.2%\nW,50,48.1%\nAll,104,100%\n";
        assertThat(files.auditProblems(FOUR, csv, files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("column share").contains("remove it"));
        files.write("earlier.csv", csv);
        assertThat(files.protectProblems(FOUR + "earlier: [earlier.csv]\n", TRUTH, files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("column share"));
    }

    /** Two hidden counts of one together are one and nobody, unless zeros are known not to be hidden. */
    @Test
    void aHiddenCountCanBeNobody() {
        String csv = "region,patients\nN,[c]\nS,[c]\nE,49\nW,50\nAll,100\n";
        AuditReport one = files.audit(FOUR, csv, files.exact(), null);
        assertThat(one.cells()).allSatisfy(cell -> {
            assertThat(cell.lower()).isEqualByComparingTo("0");
            assertThat(cell.status()).isEqualTo(Status.NOT_JUDGED);
        });
        AuditReport two = files.audit(FOUR, csv.replace("E,49", "E,48"), files.exact(), null);
        assertThat(two.cells()).extracting(AuditedCell::status).containsOnly(Status.NOT_AUDITED);
    }

    /** Regions that add up have nobody twice, or nobody who is known to be. */
    @Test
    void unitsThatAddUpAreTakenToBeApart() {
        String csv = "region,patients\nN,[c]\nS,30\nE,20\nW,50\nAll,104\n";
        assertThat(files.audit(FOUR.replace("unitsInOneCell: true\n", ""), csv, files.exact(), null)
                        .cells())
                .extracting(AuditedCell::status)
                .containsExactly(Status.NOT_AUDITED);
    }

    /** Empty is zero where that fits; 400 that are lacking are not. */
    @Test
    void anEmptySumThatIsNotZeroStaysMissing() {
        String yaml = FOUR.replace(
                "units: patients",
                "  - {name: cost, kind: sum, column: cost, step: 1}\nrelations: [{independent: [patients, cost]}]\nunits: patients");
        String csv = "region,patients,cost\nN,14,\nS,30,100\nE,20,200\nW,50,300\nAll,114,1000\n";
        assertThat(files.audit(yaml, csv, files.sums(), null).cells())
                .singleElement()
                .satisfies(cell -> {
                    assertThat(cell.printed()).isEmpty();
                    assertThat(cell.lower()).isEqualByComparingTo("400");
                    assertThat(cell.status()).isEqualTo(Status.EXACT);
                });
        AuditReport zero = files.audit(yaml, csv.replace("1000", "600"), files.sums(), null);
        assertThat(zero.fails()).isFalse();
        assertThat(zero.notes()).anySatisfy(note -> assertThat(note).contains("Empty sums"));
    }

    /** 400 by 400 by 400 codes are no table. */
    @Test
    void aTableThatIsTooLargeIsRefusedBeforeMemoryIsGone() {
        String codes =
                String.join(", ", IntStream.range(0, 400).mapToObj(i -> "c" + i).toList());
        StringBuilder yaml = new StringBuilder("form: records\nunit: id\ndimensions:\n");
        for (String column : List.of("a", "b", "c")) {
            yaml.append("  - {column: ")
                    .append(column)
                    .append(", codes: [")
                    .append(codes)
                    .append("]}\n");
        }
        yaml.append("measures: [{name: people, kind: units}]\n");
        assertThat(files.protectProblems(yaml.toString(), "id,a,b,c\np,c1,c1,c1\n", files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("200000"));
    }

    @Test
    void filesAreWrittenAllOrNone() throws IOException {
        Path there = Files.writeString(directory.resolve("there"), "mine");
        Path first = directory.resolve("new/first");
        Assertions.assertThatThrownBy(
                        () -> new NewFiles().with(first, "a").with(there, "b").write())
                .isInstanceOf(FileAlreadyExistsException.class);
        Path notAFolder = there.resolve("second");
        Assertions.assertThatThrownBy(() ->
                        new NewFiles().with(first, "a").with(notAFolder, "b").write())
                .isInstanceOf(IOException.class);
        assertThat(there).hasContent("mine");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(there);
        }
        new NewFiles().with(first, "a").with(directory.resolve("second"), "b").write();
        assertThat(first).hasContent("a");
        try (var left = Files.list(directory)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsOnly("there", "new", "second");
        }
    }

    @Test
    void aTotalThatIsNotNamedIsNoCell() {
        String bad = SdcFiles.OPEN.replace("total: All", "total: Al");
        assertThat(files.protectProblems(bad, TRUTH, files.exact()))
                .anySatisfy(found ->
                        assertThat(found).contains("no row has the code 'Al' of the total (did you mean 'All'?"))
                .anySatisfy(found -> assertThat(found).contains("t.csv:6").contains("'All' looks like a total"));
        assertThat(files.protectProblems(SdcFiles.OPEN.replace(", total: All", ""), TRUTH, files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("nothing says which code of 'region' is the total"));
        assertThat(files.protectProblems(
                        SdcFiles.OPEN.replace("total: All", "withoutTotal: true"), TRUTH, files.exact()))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("'All' looks like a total"));
    }

    @Test
    void aTotalIsNotLessThanItsParts() {
        String several = FOUR.replace("unitsInOneCell: true\n", "").replace("population: total", "population: 500");
        assertThat(files.protectProblems(several, TRUTH.replace("All,104", "All,40"), files.exact()))
                .anySatisfy(found -> assertThat(found).contains("this is 50, and the total that it is part of is 40"));
        assertThat(files.protectProblems(FOUR.replace("population: total", "population: 100"), TRUTH, files.exact()))
                .anySatisfy(found -> assertThat(found).contains("there are 104, and 100 in the population"));
    }

    @Test
    void aTableThatIsHiddenAsAWholeSaysSo() {
        ProtectReport report = files.protect(FOUR, "region,patients\nN,4\nS,3\nE,2\nW,1\nAll,10\n", "strict");
        assertThat(report.isProtected()).isTrue();
        assertThat(report.isEmpty()).isTrue();
        assertThat(report.text(100)).contains("HIDDEN AS A WHOLE").contains("nothing was written");
        assertThat(List.of(report.json().path("nothingLeft").asBoolean())).containsExactly(true);
    }

    @Test
    void aLargeTableIsProtectedByAnotherMethodAndSaysSo() {
        StringBuilder csv = new StringBuilder("region,patients\n");
        int total = 0;
        for (int i = 0; i < 1_300; i++) {
            int patients = 1 + (i * 37) % 101;
            total += patients;
            csv.append("r%04d,%d%n".formatted(i, patients));
        }
        csv.append("All,").append(total).append('\n');
        ProtectReport report = files.protect(SdcFiles.OPEN, csv.toString(), files.exact());
        assertThat(report.isProtected()).isTrue();
        assertThat(report.text(100)).contains("method for large tables").contains("left out for few units");
    }
}
