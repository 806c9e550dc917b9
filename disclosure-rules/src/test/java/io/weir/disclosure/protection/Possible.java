package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.evidence.EvidenceTable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Tries all tables of whole numbers that agree with the shown counts: what each hidden cell can be, without any linear programme. */
final class Possible {
    private static final int BEYOND = 1;

    private final EvidenceTable table;
    private final List<int[]> members;
    private final long[] sum;
    private final long[] truth;
    private final int[] leaf;
    private final int[][] rowsOf;
    private final boolean[] hidden;
    private final long[] least;
    private final long[] greatest;

    /** @param members by row the leaves that it counts */
    Possible(EvidenceTable table, Assessment assessment, List<int[]> members, int leaves) {
        this.table = table;
        this.members = members;
        int rows = members.size();
        sum = new long[rows];
        truth = new long[rows];
        leaf = new int[leaves];
        rowsOf = new int[leaves][0];
        hidden = new boolean[rows];
        least = new long[rows];
        greatest = new long[rows];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int row = 0; row < rows; row++) {
            BigDecimal value = table.evidence(row, 0).value();
            truth[row] = Objects.requireNonNull(value).longValue();
            hidden[row] = Tables.isHidden(assessment, row);
            for (int member : members.get(row)) {
                rowsOf[member] = Arrays.copyOf(rowsOf[member], rowsOf[member].length + 1);
                rowsOf[member][rowsOf[member].length - 1] = row;
            }
            if (members.get(row).length == 1) {
                leaf[members.get(row)[0]] = row;
            }
        }
    }

    /** Hidden small counts may be anything from 1 to the threshold, or as many values; other hidden counts are not exact. */
    void assertWide(int threshold) {
        int most = threshold + BEYOND;
        fill(0, most);
        for (int row = 0; row < members.size(); row++) {
            if (hidden[row]) {
                boolean small = truth[row] < threshold;
                boolean wide = small
                        ? greatest[row] - least[row] >= threshold || (least[row] <= 1 && greatest[row] >= threshold)
                        : greatest[row] > least[row];
                assertThat(wide)
                        .as("%s: %d to %d", table.rows().get(row).address(), least[row], greatest[row])
                        .isTrue();
            }
        }
    }

    private void fill(int next, int most) {
        if (next == leaf.length) {
            for (int row = 0; row < sum.length; row++) {
                if (hidden[row] ? sum[row] < 1 && truth[row] > 0 : sum[row] != truth[row]) {
                    return;
                }
            }
            for (int row = 0; row < sum.length; row++) {
                least[row] = Math.min(least[row], sum[row]);
                greatest[row] = Math.max(greatest[row], sum[row]);
            }
            return;
        }
        int own = leaf[next];
        boolean open = hidden[own];
        // Other hidden cells can be compared with their true values; far away from these nothing new is found.
        long from = open ? Math.max(1, truth[own] - most) : truth[own];
        long to = open ? truth[own] + most : truth[own];
        for (long value = from; value <= to; value++) {
            add(next, value);
            if (fits(next)) {
                fill(next + 1, most);
            }
            add(next, -value);
        }
    }

    private void add(int number, long value) {
        for (int row : rowsOf[number]) {
            sum[row] += value;
        }
    }

    /** Shown sums may not be passed, and must be met once their last leaf is set. */
    private boolean fits(int number) {
        for (int row : rowsOf[number]) {
            int[] own = members.get(row);
            boolean complete = own[own.length - 1] <= number;
            if (!hidden[row] && (sum[row] > truth[row] || (complete && sum[row] != truth[row]))) {
                return false;
            }
        }
        return true;
    }
}
