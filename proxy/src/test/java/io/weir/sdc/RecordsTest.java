package io.weir.sdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.Holdings;
import io.weir.disclosure.evidence.Requests;
import io.weir.sdc.read.StatedTable;
import io.weir.yaml.YamlProblems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table that is computed from records. */
class RecordsTest {
    private static final String YAML = """
            form: records
            unit: person
            owner: practice
            askedForProtection: asked
            dimensions:
              - {column: region}
              - {column: sex}
            measures:
              - {name: people, kind: units}
              - {name: visits, kind: records}
              - {name: cost, kind: sum, column: cost, step: 10}
            relations:
              - {independent: [people, visits, cost]}
            """;

    private static StatedTable read(String csv) {
        YamlProblems problems = new YamlProblems();
        Optional<StatedTable> table = ReadingTest.read(YAML, csv, problems);
        assertThat(problems.sorted()).isEmpty();
        return table.orElseThrow();
    }

    private static EvidenceRow row(StatedTable table, String... keys) {
        return table.evidence().rows().stream()
                .filter(row -> row.address().keys().equals(List.of(keys)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void evidenceIsOfPeopleNotOfRecords() {
        StatedTable table = read("""
                person,practice,asked,region,sex,cost
                a,P,true,N,F,10
                a,P,true,N,F,-30
                b,P,false,N,F,100
                c,Q,false,N,F,
                a,P,true,S,F,5
                d,Q,false,S,M,7
                """);
        EvidenceRow cell = row(table, "N", "F");
        assertThat(cell.units()).isEqualTo(3);
        assertThat(cell.populationUnits()).isEqualTo(4);
        assertThat(cell.unitsOutside())
                .as("a has a record elsewhere, d only has")
                .isEqualTo(2);
        Evidence visits = cell.evidence().get(1);
        assertThat(visits.value()).isEqualByComparingTo("4");
        assertThat(visits.contributingUnits()).isEqualTo(3);
        assertThat(visits.smallest()).isEqualByComparingTo("1");
        Evidence cost = cell.evidence().get(2);
        assertThat(cost.value()).isEqualByComparingTo("80");
        assertThat(cost.contributingUnits()).as("c has no value").isEqualTo(2);
        assertThat(cost.largest()).isEqualByComparingTo("100");
        assertThat(cost.secondLargest()).isEqualByComparingTo("20");
        assertThat(cost.absoluteTotal()).isEqualByComparingTo("120");
        assertThat(cost.negatives()).isTrue();
        assertThat(cost.particular(Holdings.class).orElseThrow())
                .extracting(Holdings::contributing, Holdings::largest)
                .containsExactly(1L, new BigDecimal("120"));
        assertThat(cost.particular(Requests.class).orElseThrow().largest()).isEqualByComparingTo("20");
        EvidenceRow total = row(table, "Total", "Total");
        assertThat(total.everybody()).isTrue();
        assertThat(total.units()).isEqualTo(4);
    }

    @Test
    void whatARecordLacksIsAProblemWithItsLine() {
        YamlProblems problems = new YamlProblems();
        ReadingTest.read(YAML, """
                person,practice,asked,region,sex,cost
                ,P,true,N,F,10
                b,P,perhaps,N,F,10
                c,,false,N,F,10
                d,P,false,Total,F,10
                e,P,false,N,F,1o
                e,Q,false,N,F,10
                """, problems);
        assertThat(problems.sorted()).extracting(p -> p.line()).containsOnly(2, 3, 4, 5, 6, 7);
    }

    /** An independent count over the lines themselves. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyCellIsWhatACountOverTheLinesSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("person,practice,asked,region,sex,cost\n");
        List<String[]> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int person = random.nextInt(60);
            String[] line = {
                "p" + person,
                "q" + person % 7,
                "false",
                "r" + random.nextInt(4),
                random.nextBoolean() ? "F" : "M",
                String.valueOf(random.nextInt(-50, 500))
            };
            lines.add(line);
            csv.append(String.join(",", line)).append('\n');
        }
        StatedTable table = read(csv.toString());
        for (EvidenceRow row : table.evidence().rows()) {
            Map<String, Long> byPerson = new HashMap<>();
            long sum = 0;
            int count = 0;
            for (String[] line : lines) {
                if (matches(row.address().keys(), line)) {
                    byPerson.merge(line[0], Long.parseLong(line[5]), Long::sum);
                    sum += Long.parseLong(line[5]);
                    count++;
                }
            }
            List<Long> descending = byPerson.values().stream()
                    .map(Math::abs)
                    .sorted((a, b) -> Long.compare(b, a))
                    .toList();
            assertThat(row.units()).isEqualTo(byPerson.size());
            assertThat(row.evidence().get(1).value()).isEqualByComparingTo(BigDecimal.valueOf(count));
            Evidence cost = row.evidence().get(2);
            assertThat(cost.value()).isEqualByComparingTo(BigDecimal.valueOf(sum));
            assertThat(cost.largest()).isEqualByComparingTo(BigDecimal.valueOf(descending.getFirst()));
            assertThat(cost.secondLargest())
                    .isEqualByComparingTo(BigDecimal.valueOf(descending.size() < 2 ? 0 : descending.get(1)));
        }
        assertThat(table.evidence().rows())
                .as("4 regions, 2 sexes, their margins and the total")
                .hasSize(15);
    }

    private static boolean matches(List<String> keys, String[] line) {
        return (keys.get(0).equals("Total") || keys.get(0).equals(line[3]))
                && (keys.get(1).equals("Total") || keys.get(1).equals(line[4]));
    }

    @Test
    void marginsOfCellsAreThoseOfTheirRecords() {
        String cells = ReadingTest.CELLS
                .replace("population: 500", "population: total\nmargins: all")
                .replace(", total: All", "");
        YamlProblems problems = new YamlProblems();
        Optional<StatedTable> read = ReadingTest.read(
                cells,
                "region,sex,n,cost,first,second\nN,F,20,2000,300,200\nN,M,30,2500,250,240\nS,F,10,900,100,90\nS,M,0,,,\n",
                problems);
        assertThat(problems.sorted()).isEmpty();
        StatedTable table = read.orElseThrow();
        EvidenceRow north = row(table, "N", "Total");
        assertThat(north.units()).isEqualTo(50);
        assertThat(north.evidence().get(1).value()).isEqualByComparingTo("4500");
        assertThat(north.evidence().get(1).largest()).isEqualByComparingTo("300");
        assertThat(north.evidence().get(1).secondLargest()).isEqualByComparingTo("250");
        assertThat(row(table, "Total", "Total").populationUnits()).isEqualTo(60);
        assertThat(row(table, "S", "Total").evidence().get(1).value()).isEqualByComparingTo("900");
    }
}
