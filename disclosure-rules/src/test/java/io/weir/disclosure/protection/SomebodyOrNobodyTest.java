package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.GroupingSet;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A key that is "hit" for at most one person whom the asker can single out: which of the named groups are hidden must not tell whether
 * there is somebody. Where zeros are shown it does, knowingly.
 */
class SomebodyOrNobodyTest {
    private static final int ROUNDS = 200;
    private static final int COST = 5_000;
    private static final List<GroupingSet> ROLLUP =
            List.of(GroupingSet.of(0, 0, 1), GroupingSet.of(1, 0), GroupingSet.of(3));
    private static final List<Measure> MEASURES = List.of(
            Tables.PATIENTS,
            Measure.count("stays", MeasureKind.ROWS),
            Measure.sum("cost", BigDecimal.valueOf(1_000)),
            Measure.count("units", MeasureKind.UNITS).unpublished());

    /** A group by two keys, one of which is the hit. */
    private record Cell(String group, String flag) {}

    /** @param also whether who is hit is in the rest as well, with another stay */
    private record Drawn(
            Map<Cell, Integer> people, boolean hitFirst, boolean cube, boolean also, RiskAppetite appetite) {}

    @ParameterizedTest
    @CsvSource({"true,5,1", "true,5,5", "true,10,5", "false,5,1", "false,5,5", "false,10,5"})
    void thePatternDoesNotTellWhetherSomebodyFits(boolean cube, int threshold, int base) {
        Random random = new Random(17L * threshold + base);
        RiskAppetite appetite = new RiskAppetite(
                threshold, ZeroRule.HIDDEN, base, List.of(new Dominance(1, new BigDecimal("0.7"))), null);
        for (int round = 0; round < ROUNDS; round++) {
            Map<Cell, Integer> people = people(random);
            boolean hitFirst = random.nextBoolean();
            boolean also = round % 2 == 1;
            Map<List<String>, List<Boolean>> nobody = pattern(new Drawn(people, hitFirst, cube, also, appetite), 0);
            Map<List<String>, List<Boolean>> somebody = pattern(new Drawn(people, hitFirst, cube, also, appetite), 1);
            assertThat(somebody)
                    .as("round %d, hit first %s: %s", round, hitFirst, people)
                    .isEqualTo(nobody);
        }
    }

    /** One person more or less changes neither the order of sizes nor what they are rounded to. */
    private static Map<Cell, Integer> people(Random random) {
        Iterator<Integer> sizes = random.ints(2, 40).distinct().map(i -> 20 * i).iterator();
        Map<Cell, Integer> people = new LinkedHashMap<>();
        int others = random.nextInt(3);
        for (int g = 0; g < 1 + random.nextInt(3); g++) {
            people.put(new Cell("g" + g, "rest"), sizes.next() + (g == 0 ? 2 : 0));
            for (int o = 0; o < others; o++) {
                if (random.nextInt(3) > 0) {
                    people.put(new Cell("g" + g, "other" + o), sizes.next());
                }
            }
        }
        return people;
    }

    /** Which measures of which groups are hidden; groups of few people are not named. */
    private static Map<List<String>, List<Boolean>> pattern(Drawn drawn, int hits) {
        List<GroupingSet> sets = drawn.cube() ? Tables.CUBE : ROLLUP;
        Map<Cell, Integer> people = new LinkedHashMap<>(drawn.people());
        people.merge(new Cell("g0", "rest"), drawn.also() ? 0 : -hits, Integer::sum);
        people.put(new Cell("g0", "hit"), hits);
        int twice = drawn.also() ? hits : 0;
        int population = people.values().stream().mapToInt(Integer::intValue).sum() - twice;
        Map<Address, Integer> counts = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (GroupingSet set : sets) {
            people.forEach((cell, count) -> counts.merge(address(set, cell, drawn.hitFirst()), count, Integer::sum));
            // The values of the keys are public, and every combination of them has its row.
            for (String group :
                    new TreeSet<>(people.keySet().stream().map(Cell::group).toList())) {
                for (String flag :
                        new TreeSet<>(people.keySet().stream().map(Cell::flag).toList())) {
                    counts.putIfAbsent(address(set, new Cell(group, flag), drawn.hitFirst()), 0);
                }
            }
        }
        Map<Address, Integer> stays = new LinkedHashMap<>(counts);
        if (drawn.also()) {
            // Who is in two groups of a margin is one person of it.
            counts.replaceAll((address, count) -> isOverFlags(address) ? count - hits : count);
        }
        List<EvidenceRow> rows = new ArrayList<>();
        counts.forEach((address, count) -> rows.add(new EvidenceRow(
                address,
                (long) count,
                (long) population,
                null,
                address.keys().isEmpty(),
                List.of(
                        Evidence.ofCount(count, count),
                        Evidence.ofRecords(3L * stays.getOrDefault(address, 0), count, count == 0 ? 0 : 3),
                        cost(count, stays.getOrDefault(address, 0)),
                        Evidence.ofCount(count, count)))));
        List<Address> addresses = List.copyOf(counts.keySet());
        Assessment assessment = Tables.protect(
                EvidenceTable.of(MEASURES, rows).withMargins(MarginEquations.of(addresses, sets)), drawn.appetite());
        Map<List<String>, List<Boolean>> pattern = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            if (counts.get(addresses.get(row)) >= drawn.appetite().threshold()) {
                List<Boolean> hidden = new ArrayList<>();
                for (int measure = 0; measure < MEASURES.size(); measure++) {
                    hidden.add(assessment.cell(row, measure) instanceof Protected.Hidden);
                }
                List<String> name = new ArrayList<>(addresses.get(row).keys());
                name.addFirst("set " + addresses.get(row).groupingSet());
                pattern.put(name, hidden);
            }
        }
        return pattern;
    }

    /** Whether it is a margin in which the person's groups are added up. */
    private static boolean isOverFlags(Address address) {
        return address.keys().isEmpty() || address.keys().equals(List.of("g0"));
    }

    private static Address address(GroupingSet set, Cell cell, boolean hitFirst) {
        List<String> both = hitFirst ? List.of(cell.flag(), cell.group()) : List.of(cell.group(), cell.flag());
        return new Address(set.id(), set.columns().stream().map(both::get).toList());
    }

    private static Evidence cost(int people, int stays) {
        BigDecimal each = people == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(COST);
        BigDecimal total = each.multiply(BigDecimal.valueOf(stays));
        return new Evidence(
                people == 0 ? null : total,
                (long) people,
                each,
                people > 1 ? each : BigDecimal.ZERO,
                total,
                false,
                each);
    }
}
