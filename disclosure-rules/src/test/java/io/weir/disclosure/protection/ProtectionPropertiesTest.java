package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Address;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold for every table, on seeded random ones. */
class ProtectionPropertiesTest {
    private static final int ROUNDS = 60;
    private static final int GREATEST = 9;

    /** Enumerates every table that agrees with what was published, and looks at what the hidden cells can be. */
    @ParameterizedTest
    @CsvSource({"3,SHOWN,1", "3,HIDDEN,1", "4,SHOWN,1", "3,SHOWN,3", "3,HIDDEN,5", "4,SHOWN,5"})
    void noHiddenCellCanBeWorkedOut(int threshold, ZeroRule zeros, int base) {
        Random random = new Random(31L * threshold + base);
        RiskAppetite appetite = Tables.counts(threshold, zeros, base);
        Rounding rounding = new Rounding(appetite);
        int withHidden = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int[][] inner = randomTable(random, 2, 2 + random.nextInt(2), 7);
            EvidenceTable table = Tables.cube(inner);
            Assessment assessment = Tables.protect(table, appetite);
            PrimarySuppression primary = PrimarySuppression.of(table, appetite);
            Enumeration all = new Enumeration(table, assessment, rounding, inner.length, inner[0].length, zeros);
            all.run();
            for (int row = 0; row < table.rows().size(); row++) {
                if (Tables.isHidden(assessment, row)) {
                    withHidden++;
                    int least = all.least[row];
                    int greatest = all.greatest[row];
                    boolean enough = primary.of(row, 0).isEmpty()
                            ? greatest > least
                            : greatest - least >= threshold || (least <= 1 && greatest >= threshold);
                    assertThat(enough)
                            .as("round %d row %d: [%d,%d]", round, row, least, greatest)
                            .isTrue();
                }
            }
        }
        assertThat(withHidden).isGreaterThan(ROUNDS);
    }

    @Test
    void orderOfRowsDoesNotMatter() {
        Random random = new Random(7);
        RiskAppetite appetite = Tables.counts(5, ZeroRule.SHOWN, 1);
        for (int round = 0; round < ROUNDS; round++) {
            List<EvidenceRow> rows = new ArrayList<>(Tables.cubeRows(randomTable(random, 3, 4, 15)));
            Map<Address, Protected> first = byAddress(Tables.withMargins(rows), appetite);
            Collections.shuffle(rows, random);
            assertThat(byAddress(Tables.withMargins(rows), appetite)).isEqualTo(first);
        }
    }

    @Test
    void suppressionNeverChangesAShownValue() {
        Random random = new Random(8);
        for (int round = 0; round < ROUNDS; round++) {
            RiskAppetite appetite = Tables.counts(2 + random.nextInt(9), ZeroRule.SHOWN, 1 + random.nextInt(5));
            EvidenceTable table = Tables.cube(randomTable(random, 3, 3, 30));
            Assessment assessment = Tables.protect(table, appetite);
            for (int row = 0; row < table.rows().size(); row++) {
                if (assessment.cell(row, 0) instanceof Protected.Shown shown) {
                    BigDecimal value =
                            Objects.requireNonNull(table.evidence(row, 0).value());
                    assertThat(shown.value())
                            .isEqualTo(new Rounding(appetite)
                                    .publish(Tables.PATIENTS, value, BigDecimal.valueOf(appetite.countBase())));
                }
            }
        }
    }

    @Test
    void raisingTheThresholdNeverShowsWhatACheckHid() {
        Random random = new Random(9);
        for (int round = 0; round < ROUNDS; round++) {
            EvidenceTable table = Tables.cube(randomTable(random, 3, 3, 20));
            for (int threshold = 2; threshold < 20; threshold++) {
                PrimarySuppression low = PrimarySuppression.of(table, Tables.counts(threshold, ZeroRule.SHOWN, 5));
                PrimarySuppression high = PrimarySuppression.of(table, Tables.counts(threshold + 1, ZeroRule.SHOWN, 5));
                for (int row = 0; row < table.rows().size(); row++) {
                    assertThat(low.of(row, 0).isEmpty() || !high.of(row, 0).isEmpty())
                            .isTrue();
                }
            }
        }
    }

    /**
     * The same of final tables. No more is true of them: cells that are hidden for others are chosen anew for each threshold, and one that a lower threshold
     * took may be shown under a higher one. How often is counted, so that nobody takes it for a promise.
     */
    @Test
    void raisingTheThresholdShowsOnlyCellsThatWereHiddenForOthers() {
        Random random = new Random(10);
        int shownAgain = 0;
        int tables = 0;
        for (int round = 0; round < ROUNDS; round++) {
            EvidenceTable table = Tables.cube(randomTable(random, 3, 3, 20));
            for (int threshold = 2; threshold < 12; threshold++) {
                RiskAppetite less = Tables.counts(threshold, ZeroRule.SHOWN, 1);
                PrimarySuppression primary = PrimarySuppression.of(table, less);
                Assessment low = Tables.protect(table, less);
                Assessment high = Tables.protect(table, Tables.counts(threshold + 1, ZeroRule.SHOWN, 1));
                boolean again = false;
                for (int row = 0; row < table.rows().size(); row++) {
                    if (Tables.isHidden(low, row) && !Tables.isHidden(high, row)) {
                        assertThat(primary.of(row, 0)).isEmpty();
                        again = true;
                    }
                }
                tables++;
                shownAgain += again ? 1 : 0;
            }
        }
        assertThat(shownAgain).isBetween(1, tables / 4);
    }

    private static Map<Address, Protected> byAddress(EvidenceTable table, RiskAppetite appetite) {
        Map<Address, Protected> cells = new HashMap<>();
        Tables.protect(table, appetite)
                .rows()
                .forEach(row -> cells.put(row.address(), row.cells().getFirst()));
        return cells;
    }

    private static int[][] randomTable(Random random, int height, int width, int bound) {
        int[][] inner = new int[height][width];
        for (int[] row : inner) {
            for (int c = 0; c < width; c++) {
                row[c] = random.nextInt(3) == 0 ? random.nextInt(bound) : random.nextInt(Math.max(2, bound / 2));
            }
        }
        return inner;
    }

    /** All inner tables of whole numbers up to {@link #GREATEST} that agree with the published cells. */
    private static final class Enumeration {
        private final int height;
        private final int width;
        private final int[][] lower;
        private final int[][] upper;
        private final int[][] point;
        private final int[] rowIndex;
        final int[] least;
        final int[] greatest;

        Enumeration(
                EvidenceTable table, Assessment assessment, Rounding rounding, int height, int width, ZeroRule zeros) {
            this.height = height;
            this.width = width;
            lower = new int[height + 1][width + 1];
            upper = new int[height + 1][width + 1];
            point = new int[height + 1][width + 1];
            rowIndex = new int[(height + 1) * (width + 1)];
            least = new int[table.rows().size()];
            greatest = new int[table.rows().size()];
            Arrays.fill(least, Integer.MAX_VALUE);
            for (int r = 0; r <= height; r++) {
                for (int c = 0; c <= width; c++) {
                    int row = index(table, r, c);
                    rowIndex[r * (width + 1) + c] = row;
                    if (assessment.cell(row, 0) instanceof Protected.Shown shown && shown.value() != null) {
                        Rounding.Bounds known = rounding.known(
                                Tables.PATIENTS, shown.value(), rounding.step(Tables.PATIENTS, Evidence.missing()));
                        lower[r][c] = known.lower().intValue();
                        upper[r][c] = known.upper().intValue();
                    } else {
                        lower[r][c] = zeros == ZeroRule.SHOWN ? 1 : 0;
                        upper[r][c] = Integer.MAX_VALUE;
                    }
                }
            }
        }

        private int index(EvidenceTable table, int r, int c) {
            if (r < height) {
                return c < width ? Tables.indexOf(table, 0, "r" + r, "c" + c) : Tables.indexOf(table, 1, "r" + r);
            }
            return c < width ? Tables.indexOf(table, 2, "c" + c) : Tables.indexOf(table, 3);
        }

        void run() {
            fill(0);
        }

        private void fill(int next) {
            if (next == height * width) {
                finish();
                return;
            }
            int r = next / width;
            int c = next % width;
            int most = Math.min(GREATEST, upper[r][c]);
            for (int value = lower[r][c]; value <= most; value++) {
                point[r][c] = value;
                boolean rowFits = c < width - 1 || inside(r, width, rowSum(r));
                if (rowFits && columnSum(c, r) <= upper[height][c]) {
                    fill(next + 1);
                }
            }
        }

        private int columnSum(int c, int lastRow) {
            int sum = 0;
            for (int r = 0; r <= lastRow; r++) {
                sum += point[r][c];
            }
            return sum;
        }

        private int rowSum(int r) {
            int sum = 0;
            for (int c = 0; c < width; c++) {
                sum += point[r][c];
            }
            return sum;
        }

        private void finish() {
            int total = 0;
            for (int r = 0; r < height; r++) {
                point[r][width] = rowSum(r);
                total += point[r][width];
            }
            for (int c = 0; c < width; c++) {
                int sum = columnSum(c, height - 1);
                point[height][c] = sum;
                if (!inside(height, c, sum)) {
                    return;
                }
            }
            point[height][width] = total;
            if (!inside(height, width, total)) {
                return;
            }
            for (int r = 0; r <= height; r++) {
                for (int c = 0; c <= width; c++) {
                    int row = rowIndex[r * (width + 1) + c];
                    least[row] = Math.min(least[row], point[r][c]);
                    greatest[row] = Math.max(greatest[row], point[r][c]);
                }
            }
        }

        private boolean inside(int r, int c, int value) {
            return value >= lower[r][c] && value <= upper[r][c];
        }
    }
}
