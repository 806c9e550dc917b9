package io.weir.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.pseudonym.NhsNumber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoDataTest {
    private static final Map<String, List<String[]>> ROWS = new HashMap<>();
    private static List<DemoTable> tables = List.of();

    @BeforeAll
    static void writesTheSmallHospital() throws IOException {
        Map<String, ByteArrayOutputStream> sinks = new HashMap<>();
        tables = DemoData.write(
                DemoData.SEED,
                DemoSizes.SMALL,
                table -> sinks.computeIfAbsent(table, t -> new ByteArrayOutputStream()));
        sinks.forEach((table, bytes) -> ROWS.put(
                table,
                bytes.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(l -> l.split("\t", -1))
                        .toList()));
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        List<DemoTable> again = DemoData.write(DemoData.SEED, DemoSizes.SMALL, table -> new ByteArrayOutputStream());
        assertThat(again).isEqualTo(tables);
    }

    @Test
    void anotherSeedGivesOtherPeople() throws IOException {
        List<DemoTable> other = DemoData.write(1, DemoSizes.SMALL, table -> new ByteArrayOutputStream());
        assertThat(digest(other, "patients")).isNotEqualTo(digest(tables, "patients"));
    }

    @Test
    void tablesHaveTheSizesThatWereAskedFor() {
        assertThat(rows("patients")).hasSize(3_000);
        assertThat(rows("admissions")).hasSize(10_000);
        assertThat(rows("prescriptions")).hasSize(15_000);
        assertThat(rows("geography")).hasSize(360);
    }

    @Test
    void everyNhsNumberIsValidUniqueAndFromTheTestRange() {
        List<String> numbers = rows("patients").stream()
                .map(r -> r[1])
                .filter(n -> !n.equals("\\N"))
                .toList();
        assertThat(numbers).hasSizeGreaterThan(2_900).doesNotHaveDuplicates();
        assertThat(numbers).allMatch(NhsNumber::isValid).allMatch(n -> n.startsWith("999"));
    }

    @Test
    void keysAreUniqueAndEveryEventBelongsToAPatient() {
        Set<String> patients = keys("patients");
        assertThat(patients).hasSize(3_000);
        assertThat(keys("admissions")).hasSize(10_000);
        assertThat(keys("prescriptions")).hasSize(15_000);
        assertThat(rows("admissions")).allMatch(r -> patients.contains(r[1]));
        assertThat(rows("prescriptions")).allMatch(r -> patients.contains(r[1]));
    }

    @Test
    void optOutsOfEventsFollowThePatient() {
        Map<String, String> optedOut = rows("patients").stream().collect(Collectors.toMap(r -> r[0], r -> r[10]));
        assertThat(optedOut.values()).contains("t", "f");
        assertThat(rows("admissions")).allMatch(r -> r[8].equals(optedOut.get(r[1])));
        assertThat(rows("prescriptions")).allMatch(r -> r[6].equals(optedOut.get(r[1])));
    }

    @Test
    void someValuesAreMissing() {
        assertThat(share("patients", 6)).isBetween(0.01, 0.09);
        assertThat(share("patients", 1)).isBetween(0.001, 0.02);
        assertThat(share("admissions", 7)).isBetween(0.003, 0.03);
        assertThat(share("admissions", 5)).isBetween(0.003, 0.03);
    }

    @Test
    void thereAreSmallCellsAndLargeOnes() {
        Map<String, Set<String>> patientsByDiagnosis = rows("admissions").stream()
                .collect(Collectors.groupingBy(r -> r[5], Collectors.mapping(r -> r[1], Collectors.toSet())));
        assertThat(patientsByDiagnosis.values()).anyMatch(s -> s.size() < 5).anyMatch(s -> s.size() > 150);
    }

    @Test
    void onePatientDominatesTheCostOfADiagnosis() {
        Map<String, Double> costs = new HashMap<>();
        for (String[] row : rows("admissions")) {
            if (row[5].equals("D66X") && !row[7].equals("\\N")) {
                costs.merge(row[1], Double.parseDouble(row[7]), Double::sum);
            }
        }
        double all = costs.values().stream().mapToDouble(d -> d).sum();
        double largest = costs.values().stream().mapToDouble(d -> d).max().orElse(0);
        assertThat(largest / all).isGreaterThan(0.8);
    }

    @Test
    void winterHasMorePneumoniaThanSummer() {
        Map<Boolean, Long> stays = rows("admissions").stream()
                .filter(r -> r[5].startsWith("J"))
                .collect(Collectors.partitioningBy(r -> r[2].matches(".*-(12|01|02)-.*"), Collectors.counting()));
        Map<Boolean, Long> summer = rows("admissions").stream()
                .filter(r -> r[5].startsWith("J"))
                .collect(Collectors.partitioningBy(r -> r[2].matches(".*-(06|07|08)-.*"), Collectors.counting()));
        assertThat(stays.getOrDefault(true, 0L)).isGreaterThan(summer.getOrDefault(true, 0L) * 5 / 4);
    }

    @Test
    void someAreReadmittedWithinThirtyDaysAndSomeVeryOften() {
        Map<String, List<String[]>> byPatient = rows("admissions").stream().collect(Collectors.groupingBy(r -> r[1]));
        assertThat(byPatient.values()).anyMatch(stays -> stays.size() > 40);
        assertThat(byPatient.size()).isLessThan(2_700);
    }

    @Test
    void notesCarryNamesAndCanaries() {
        List<String[]> withNotes =
                rows("patients").stream().filter(r -> !r[12].equals("\\N")).toList();
        assertThat(withNotes).hasSizeGreaterThan(800);
        assertThat(withNotes).allMatch(r -> r[12].contains("[canary-" + r[0] + "]"));
        assertThat(withNotes).allMatch(r -> r[12].contains(r[3]) || r[12].contains(r[2]));
    }

    @Test
    void nobodyIsInHospitalBeforeBirthOrDischargedBeforeAdmission() {
        Map<String, String> born = rows("patients").stream().collect(Collectors.toMap(r -> r[0], r -> r[4]));
        assertThat(rows("admissions"))
                .allMatch(r -> born.getOrDefault(r[1], "unknown").compareTo(r[2]) <= 0);
        assertThat(rows("admissions")).allMatch(r -> r[3].equals("\\N") || r[2].compareTo(r[3]) <= 0);
    }

    private static List<String[]> rows(String table) {
        return ROWS.getOrDefault(table, List.of());
    }

    private static Set<String> keys(String table) {
        return rows(table).stream().map(r -> r[0]).collect(Collectors.toCollection(HashSet::new));
    }

    private static double share(String table, int column) {
        return rows(table).stream().filter(r -> r[column].equals("\\N")).count()
                / (double) rows(table).size();
    }

    private static String digest(List<DemoTable> of, String name) {
        return of.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow()
                .sha256();
    }

    @Test
    void copyTextEscapesWhatCopyWouldMisread() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CopyText rows = new CopyText(out);
        rows.text("a\tb\nc\\d").nil().money(-0L).money(1_234_505).flag(true);
        rows.endRow();
        rows.finish("t");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\\tb\\nc\\\\d\t\\N\t0.00\t12345.05\tt\n");
    }
}
