package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.interval.WorkBudget;
import io.weir.disclosure.table.Address;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches hide as little as can be found: no more cells, and no more of the value, than the exchanged pattern, and in small tables the least there is. */
class LeastPatternTest {
    private static final AuditLimits BATCH = AuditLimits.batch();
    private static final long WORK = 2_000_000_000L;

    /** A table, and the pattern for it before and after. */
    private static final class Case {
        final Setting setting;
        final BitSet before;
        final BitSet after;

        Case(EvidenceTable given, RiskAppetite appetite, long work) {
            EvidenceTable table = CanonicalOrder.of(given).table();
            setting = Setting.of(table, appetite, PrimarySuppression.of(table, appetite), BATCH);
            boolean zerosShown = appetite.zeros() == ZeroRule.SHOWN;
            Hiding hiding = new Hiding(setting, zerosShown);
            // Without the work for large tables nothing is exchanged either: the first pattern, from which most is to
            // be gained.
            AuditLimits answers = AuditLimits.interactive();
            before = new ComplementarySuppression(setting, hiding, answers)
                    .find()
                    .hidden();
            WorkBudget budget = new WorkBudget(work);
            after = hiding.surrendered().isEmpty()
                    ? new LeastPattern(setting, hiding, new Auditor(setting, BATCH, budget), budget).find()
                    : before;
        }

        boolean protects(BitSet hidden) {
            return new Auditor(setting, BATCH, new WorkBudget(BATCH.work()))
                    .firstViolation(hidden, new BitSet())
                    .isEmpty();
        }

        double value(BitSet hidden) {
            return hidden.stream()
                    .mapToDouble(cell -> setting.system().truth(cell))
                    .sum();
        }

        /** As the search weighs them. */
        double cost(BitSet hidden) {
            BitSet known = complementary(before);
            BitSet cells = complementary(hidden);
            return (double) cells.cardinality() / known.cardinality() + value(cells) / value(known);
        }

        BitSet complementary(BitSet hidden) {
            BitSet cells = (BitSet) hidden.clone();
            cells.andNot(setting.primary());
            return cells;
        }

        boolean isNotWorse(BitSet hidden) {
            return hidden.cardinality() <= before.cardinality() && value(hidden) <= value(before) + 1e-6;
        }
    }

    private static EvidenceTable table(Random random, int height, int width) {
        int[][] inner = new int[height][width];
        for (int[] row : inner) {
            for (int column = 0; column < row.length; column++) {
                row[column] = random.nextInt(4) == 0 ? 1 + random.nextInt(9) : 10 + random.nextInt(90);
            }
        }
        return Tables.cube(inner);
    }

    @ParameterizedTest
    @CsvSource({"SHOWN,1", "SHOWN,5", "HIDDEN,1"})
    void neverMoreIsHiddenAndItProtects(ZeroRule zeros, int base) {
        Random random = new Random(31L + base);
        int better = 0;
        for (int round = 0; round < 25; round++) {
            Case of = new Case(table(random, 4 + random.nextInt(2), 5), Tables.counts(10, zeros, base), WORK);
            assertThat(of.protects(of.after)).isTrue();
            assertThat(of.isNotWorse(of.after)).isTrue();
            better += of.after.equals(of.before) ? 0 : 1;
        }
        assertThat(better).as("tables of which less is hidden").isGreaterThan(3);
    }

    @ParameterizedTest
    @CsvSource({"SHOWN", "HIDDEN"})
    void ofASmallTableNoPatternThatIsNotWorseIsCheaper(ZeroRule zeros) {
        Random random = new Random(32);
        int looked = 0;
        int better = 0;
        for (int round = 0; round < 12; round++) {
            Case of = new Case(table(random, 3, 3), Tables.counts(10, zeros, 1), WORK);
            if (of.complementary(of.before).isEmpty()) {
                continue;
            }
            better += of.after.equals(of.before) ? 0 : 1;
            List<Integer> cells = IntStream.range(0, of.setting.system().size())
                    .filter(cell -> !of.setting.primary().get(cell))
                    .boxed()
                    .toList();
            for (int chosen = 1; chosen < 1 << cells.size(); chosen++) {
                BitSet pattern = (BitSet) of.setting.primary().clone();
                for (int bit = 0; bit < cells.size(); bit++) {
                    if ((chosen >> bit & 1) == 1) {
                        pattern.set(cells.get(bit));
                    }
                }
                if (of.isNotWorse(pattern) && of.cost(pattern) < of.cost(of.after) - 1e-6) {
                    looked++;
                    assertThat(of.protects(pattern))
                            .as("%s in round %d", pattern, round)
                            .isFalse();
                }
            }
        }
        assertThat(looked).as("cheaper patterns, of which none protects").isGreaterThan(100);
        assertThat(better).as("tables of which less is hidden than at first").isPositive();
    }

    @Test
    void theSameTableGetsTheSamePatternInAnyOrderOfItsRows() {
        Random random = new Random(33);
        RiskAppetite appetite = Tables.counts(10, ZeroRule.SHOWN, 1);
        int withOthers = 0;
        for (int round = 0; round < 10; round++) {
            EvidenceTable table = table(random, 4, 5);
            List<EvidenceRow> rows = new ArrayList<>(table.rows());
            Collections.shuffle(rows, random);
            Set<Address> hidden = hidden(table, appetite);
            assertThat(hidden(Tables.withMargins(rows), appetite))
                    .isEqualTo(hidden)
                    .isEqualTo(hidden(table, appetite));
            withOthers += hidden.size() > 2 ? 1 : 0;
        }
        assertThat(withOthers).isGreaterThan(5);
    }

    /** What is known stays, however little work there may be. */
    @ParameterizedTest
    @CsvSource({"1", "1000", "100000", "3000000"})
    void whereTheWorkIsUsedUpThePatternProtectsStill(long work) {
        Random random = new Random(34);
        for (int round = 0; round < 10; round++) {
            Case of = new Case(table(random, 5, 5), Tables.counts(10, ZeroRule.SHOWN, 1), work);
            assertThat(of.protects(of.after)).isTrue();
            assertThat(of.isNotWorse(of.after)).isTrue();
        }
    }

    private static Set<Address> hidden(EvidenceTable table, RiskAppetite appetite) {
        Assessment assessment = new Protection(table, appetite, BATCH).assess();
        assertThat(assessment.proof()).isEqualTo(new Proof.Audited());
        return IntStream.range(0, table.rows().size())
                .filter(row -> Tables.isHidden(assessment, row))
                .mapToObj(row -> table.rows().get(row).address())
                .collect(Collectors.toSet());
    }
}
