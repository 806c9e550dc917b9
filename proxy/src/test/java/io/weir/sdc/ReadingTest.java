package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.sdc.describe.Description;
import io.weir.sdc.describe.DescriptionReader;
import io.weir.sdc.read.StatedTable;
import io.weir.sdc.read.TableReader;
import io.weir.yaml.YamlProblem;
import io.weir.yaml.YamlProblems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is said with its place; nothing that contradicts itself is read. */
class ReadingTest {
    static final String CELLS = """
            form: cells
            dimensions:
              - {column: region, total: All}
              - {column: sex, total: All, codes: [F, M]}
            measures:
              - {name: patients, kind: units, column: n}
              - name: cost
                kind: sum
                column: cost
                step: 100
                contributors: n
                largest: first
                secondLargest: second
                negatives: false
            relations: [{independent: [patients, cost]}]
            units: n
            unitsInOneCell: true
            population: 500
            """;
    private static final String HEADER = "region,sex,n,cost,first,second\n";
    private static final String GOOD = HEADER
            + "N,F,20,2000,300,200\nN,M,30,2500,300,200\nN,All,50,4500,300,300\n"
            + "S,F,10,900,100,90\nS,M,12,950,100,90\nS,All,22,1850,100,100\n"
            + "All,F,30,2900,300,200\nAll,M,42,3450,300,200\nAll,All,72,6350,300,300\n";

    static Optional<StatedTable> read(String yaml, String csv, YamlProblems problems) {
        return description(yaml, problems)
                .flatMap(d -> TableReader.read("t.csv", csv.getBytes(StandardCharsets.UTF_8), d, null, problems));
    }

    private static Optional<Description> description(String yaml, YamlProblems problems) {
        return DescriptionReader.read("t.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems);
    }

    private static List<String> problems(String yaml, String csv) {
        YamlProblems problems = new YamlProblems();
        Optional<StatedTable> table = read(yaml, csv, problems);
        assertThat(table.isEmpty()).isEqualTo(problems.count() > 0);
        return problems.sorted().stream().map(YamlProblem::toString).toList();
    }

    /** An accent of its own, and one with its letter: two codes that look the same. */
    @Test
    void codesThatLookTheSameAreOne() {
        YamlProblems problems = new YamlProblems();
        String yaml = SdcFiles.OPEN;
        assertThat(read(yaml, "region,patients\nA\u00e9,30\nAe\u0301,40\nAll,70\n", problems))
                .isEmpty();
        assertThat(problems.sorted().toString()).contains("look the same");
        assertThat(read(yaml, "region,patients,share\nA,30,1\nAll,30,1\n", new YamlProblems())
                        .orElseThrow()
                        .notes())
                .anySatisfy(note -> assertThat(note).contains("Not described").contains("share"));
    }

    @Test
    void aGoodFileIsRead() {
        assertThat(problems(CELLS, GOOD)).isEmpty();
        assertThat(problems(CELLS, "\uFEFF" + GOOD.replace("\n", "\r\n"))).isEmpty();
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("S,F,10,", "S,F,-10,", "t.csv:5: column n: '-10' is negative"),
                Arguments.of("S,F,10,", "S,F,10.5,", "t.csv:5: column n: '10.5' is not a whole number"),
                Arguments.of("S,F,10,", "S,F,ten,", "t.csv:5: column n: 'ten' is not a number"),
                Arguments.of(
                        "S,F,10,900", "S,F,10,\"1,900\"", "t.csv:5: column cost: '1,900' has separators of thousands"),
                Arguments.of("S,F,10,900", "S,F,10,-900", "t.csv:5: column cost: '-900' is negative"),
                Arguments.of(
                        "900,100,90", "900,100,190", "t.csv:5: column second: the second largest contribution exceeds"),
                Arguments.of("S,F,10,900", "S,F,10,901", "t.csv:7: measure cost: the total does not add up"),
                Arguments.of("S,F,10,", "S,F,11,", "t.csv:7: measure patients: the total does not add up"),
                Arguments.of("S,F,", "N,F,", "t.csv:5: the row region=N, sex=F stands in line 2 already"),
                Arguments.of("S,F,", "S,X,", "t.csv:5: column sex: 'X' is not among the codes"),
                Arguments.of("S,F,10,900,100,90", "S,F,10,900,100", "t.csv:5: 5 fields where the first line has 6"),
                Arguments.of("S,F,10", "\"S,F,10", "t.csv:5: this is not CSV from here on"),
                Arguments.of("cost,first", "first,first", "t.csv:1: first: two columns have this name"),
                Arguments.of("cost,first", "costs,first", "there is no column 'cost' (did you mean 'costs'?)"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void aBadFileIsNotRead(String part, String by, String problem) {
        assertThat(GOOD).contains(part);
        assertThat(problems(CELLS, GOOD.replaceFirst(Pattern.quote(part), by)))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    static Stream<Arguments> badDescriptions() {
        return Stream.of(
                Arguments.of(
                        "population: 500",
                        "popullation: 500",
                        "t.yaml:18: popullation: unknown key (did you mean 'population'?)"),
                Arguments.of("population: 500", "", "'population' is missing"),
                Arguments.of("step: 100", "step: 0", "t.yaml:10: measures[1].step: a step is above 0"),
                Arguments.of(
                        "kind: sum",
                        "kind: mean",
                        "t.yaml:8: measures[1].kind: 'mean' is not one of units, records, sum"),
                Arguments.of("name: cost", "name: patients", "two measures are called 'patients'"),
                Arguments.of(
                        "column: sex", "column: region", "t.yaml:3: dimensions: the column 'region' is in two places"),
                Arguments.of("codes: [F, M]", "codes: [F, F]", "t.yaml:4: dimensions[1].codes: a code is there twice"),
                Arguments.of("codes: [F, M]", "codes: [F, All]", "'All' is the code of the total"),
                Arguments.of("form: cells", "form: grid", "t.yaml:1: form: 'grid' is not one of cells, records"),
                Arguments.of("unitsInOneCell: true", "margins: all", "margins of cells can be computed only"));
    }

    @ParameterizedTest
    @MethodSource("badDescriptions")
    void aBadDescriptionIsNotRead(String part, String by, String problem) {
        assertThat(CELLS).contains(part);
        assertThat(problems(CELLS.replaceFirst(Pattern.quote(part), by), GOOD))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void aMissingRowOfKnownCodesIsNotTakenForNobody() {
        String all = CELLS.replace("{column: region, total: All}", "{column: region, total: All, codes: [N, S]}");
        assertThat(problems(all, GOOD)).isEmpty();
        assertThat(problems(all, GOOD.replace("S,M,12,950,100,90\n", "")))
                .containsExactly("t.csv: the row region=S, sex=M is missing (add it, with 0 if nobody is there, or"
                        + " remove its code from the description)");
    }

    @Test
    void unitsOfSeveralCellsAreANoteAndFewerThanTheirPartsAProblem() {
        String several = CELLS.replace("unitsInOneCell: true\n", "");
        YamlProblems problems = new YamlProblems();
        StatedTable table = read(
                        several, GOOD.replace("S,All,22,", "S,All,20,").replace("All,All,72,", "All,All,70,"), problems)
                .orElseThrow();
        assertThat(table.notes()).anySatisfy(note -> assertThat(note).contains("several cells"));
        assertThat(problems(several, GOOD.replace("S,All,22,", "S,All,25,")))
                .anySatisfy(found -> assertThat(found)
                        .contains("t.csv:7: measure patients: this is 25, and its parts are together 22"));
    }

    @Test
    void hierarchiesMayHaveBranchesOfDifferentLengths() {
        String yaml = """
                form: cells
                dimensions:
                  - column: place
                    total: England
                    parents: {Leeds: North, York: North, North: England1, South: England1}
                measures:
                  - {name: patients, kind: units, column: n}
                units: n
                unitsInOneCell: true
                population: total
                """;
        String csv = "place,n\nLeeds,20\nYork,30\nNorth,50\nSouth,40\nEngland1,90\nEngland,90\n";
        assertThat(problems(yaml, csv)).isEmpty();
        assertThat(problems(yaml, csv.replace("North,50", "North,51")))
                .anySatisfy(
                        found -> assertThat(found).contains("t.csv:4: measure patients: the total does not add up"));
        assertThat(problems(yaml.replace("Leeds: North,", "Leeds: North, North1: Leeds, Leeds: North1,"), csv))
                .isNotEmpty();
        assertThat(problems(yaml.replace("North: England1,", "North: Leeds,"), csv))
                .anySatisfy(found -> assertThat(found).contains("is above itself"));
    }

    /** Nobody sees a no-break space: with one, a total would be a region. */
    @ParameterizedTest
    @ValueSource(strings = {"All\u00a0", "\u00a0All", "\u2007All", "All\u200b", "All\u202f", "\ufeffAll"})
    void spacesThatAreNotSeenAreNoPartOfACode(String total) {
        String csv = GOOD.lines()
                .map(line -> line.startsWith("All,") ? total + line.substring(3) : line)
                .reduce("", (a, b) -> a + b + "\n");
        YamlProblems problems = new YamlProblems();
        assertThat(read(CELLS, csv, problems).map(table -> table.places().size()))
                .as(problems.sorted().toString())
                .contains(9);
        assertThat(problems(CELLS.replace("codes: [F, M]", "codes: [F, \"M\u00a0\"]"), GOOD))
                .anySatisfy(found -> assertThat(found).contains("spaces that are not seen"));
    }

    @Test
    void numbersAreExactOrRefused() {
        assertThat(problems(CELLS, GOOD.replace("N,F,20,", "N,F,20.5,")))
                .anySatisfy(found -> assertThat(found).contains("'20.5' is not a whole number"));
        assertThat(problems(CELLS, GOOD.replace("N,F,20,", "N,F,2e1,")))
                .anySatisfy(found -> assertThat(found).contains("'2e1' is not a whole number"));
        assertThat(problems(CELLS, GOOD.replace("2000,300,200\nN,M", "90071992547409930,300,200\nN,M")))
                .anySatisfy(found -> assertThat(found).contains("more digits than can be added up"));
        assertThat(problems(CELLS, GOOD.replace("All,All,72,6350,", "All,All,72,6350.0001,")))
                .as("the last decimal is somebody's")
                .anySatisfy(found -> assertThat(found).contains("the total does not add up"));
    }

    @Test
    void aCodeIsInOneLine() {
        assertThat(problems(CELLS, GOOD.replace("N,F,", "\"N\nx\",F,")))
                .anySatisfy(found -> assertThat(found).contains("the code has a line break"));
    }
}
