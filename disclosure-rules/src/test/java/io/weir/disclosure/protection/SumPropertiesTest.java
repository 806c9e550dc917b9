package io.weir.disclosure.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.disclosure.appetite.Dominance;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.MarginEquations;
import io.weir.disclosure.table.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random tables of sums, of which every contribution is known: what everybody, and what a single contributor, can work out of what was published is told by
 * {@link Circulation}, and the rules are written down once more from the contributions.
 */
class SumPropertiesTest {
    private static final int TABLES = 60;
    private static final int THRESHOLD = 3;

    /** Numbers of the rules; 0 is none. */
    @ParameterizedTest
    @CsvSource({
        "0.2, 0,    0,    1",
        "0.5, 0,    0,    1",
        "0.2, 0,    0,    20",
        "0,   0.75, 0,    1",
        "0,   0.75, 0.85, 10",
        "0.3, 0.8,  0.9,  5"
    })
    void noContributionOfAHiddenSumCanBeWorkedOut(double p, double one, double two, int step) {
        Random random = new Random(Math.round(1000 * (p + one + two)) + step);
        Rules rules = new Rules(p, one, two, step);
        int dominated = 0;
        int complementary = 0;
        int alone = 0;
        int exposed = 0;
        for (int round = 0; round < TABLES; round++) {
            List<List<List<Integer>>> cells = draw(random, 2 + random.nextInt(4), 2 + random.nextInt(4));
            EvidenceTable table = table(cells, step);
            Assessment assessment = new Protection(table, rules.appetite(), AuditLimits.interactive()).assess();
            assertThat(assessment.proof()).isNotInstanceOf(Proof.NotProtected.class);
            boolean[][] hidden = new boolean[cells.size()][cells.getFirst().size()];
            boolean[][] byRule = new boolean[cells.size()][cells.getFirst().size()];
            for (int r = 0; r < hidden.length; r++) {
                for (int c = 0; c < hidden[r].length; c++) {
                    hidden[r][c] = assessment.cell(index(table, cells, r, c), 0) instanceof Protected.Hidden;
                    byRule[r][c] = rules.hides(cells.get(r).get(c));
                    assertThat(hidden[r][c] || !byRule[r][c])
                            .as("what a rule hides")
                            .isTrue();
                    dominated += byRule[r][c] && cells.get(r).get(c).size() >= THRESHOLD ? 1 : 0;
                    complementary += hidden[r][c] && !byRule[r][c] ? 1 : 0;
                    alone += hidden[r][c] && cells.get(r).get(c).size() == 1 ? 1 : 0;
                }
            }
            assertThat(narrow(cells, hidden, rules)).as("round %d", round).isEmpty();
            exposed += narrow(cells, byRule, rules).isEmpty() ? 0 : 1;
        }
        assertThat(dominated).as("sums hidden by p%% or (n,k)").isGreaterThan(TABLES / 4);
        assertThat(complementary).as("sums hidden for others").isGreaterThan(TABLES / 2);
        assertThat(alone).as("hidden sums of one contributor").isGreaterThan(TABLES / 4);
        assertThat(exposed).as("tables that would be exposed without").isGreaterThan(TABLES / 3);
    }

    /** Hidden cells that are known too closely, by everybody or by who is alone in another. */
    private static List<String> narrow(List<List<List<Integer>>> cells, boolean[][] hidden, Rules rules) {
        List<String> narrow = new ArrayList<>(narrow(cells, hidden, rules, -1, -1));
        for (int r = 0; r < hidden.length; r++) {
            for (int c = 0; c < hidden[r].length; c++) {
                if (hidden[r][c] && cells.get(r).get(c).size() == 1) {
                    narrow.addAll(narrow(cells, hidden, rules, r, c));
                }
            }
        }
        return narrow;
    }

    private static List<String> narrow(
            List<List<List<Integer>>> cells, boolean[][] hidden, Rules rules, int ownRow, int ownColumn) {
        long[][] up = new long[hidden.length][hidden[0].length];
        long[][] down = new long[hidden.length][hidden[0].length];
        for (int r = 0; r < hidden.length; r++) {
            for (int c = 0; c < hidden[r].length; c++) {
                long twice = 2 * sum(cells.get(r).get(c));
                long published = 2L * rules.step * ((sum(cells.get(r).get(c)) * 2 + rules.step) / (2L * rules.step));
                up[r][c] = hidden[r][c] ? Circulation.ENDLESS : published + rules.step - twice;
                down[r][c] = hidden[r][c] ? twice : twice - published + rules.step;
                if (r == ownRow && c == ownColumn) {
                    down[r][c] = 0; // at least the own contribution
                }
            }
        }
        Circulation circulation = new Circulation(up, down);
        List<String> narrow = new ArrayList<>();
        for (int r = 0; r < hidden.length; r++) {
            for (int c = 0; c < hidden[r].length; c++) {
                List<Integer> contributions = cells.get(r).get(c);
                // Margins of the own cell, and cells of an own margin, have the own contribution in them: the rules for
                // everybody think of that.
                boolean own = within(r, ownRow, hidden.length - 1) && within(c, ownColumn, hidden[r].length - 1);
                boolean looked = ownRow < 0 || rules.hides(contributions);
                if (hidden[r][c] && looked && (ownRow < 0 || !own)) {
                    double rise = circulation.rise(r, c) / 2.0;
                    double fall = circulation.fall(r, c) / 2.0;
                    if (!rules.isWide(contributions, fall, rise)) {
                        narrow.add(r + "," + c + ": " + contributions + " -" + fall + " +" + rise + " own " + ownRow
                                + "," + ownColumn);
                    }
                }
            }
        }
        return narrow;
    }

    private static boolean within(int one, int other, int margin) {
        return one == other || one == margin || other == margin;
    }

    /** The rules by their definitions. */
    private record Rules(double p, double one, double two, int step) {
        RiskAppetite appetite() {
            List<Dominance> dominance = new ArrayList<>();
            if (one > 0) {
                dominance.add(new Dominance(1, BigDecimal.valueOf(one)));
            }
            if (two > 0) {
                dominance.add(new Dominance(2, BigDecimal.valueOf(two)));
            }
            return new RiskAppetite(THRESHOLD, ZeroRule.SHOWN, 1, dominance, p > 0 ? BigDecimal.valueOf(p) : null);
        }

        boolean hides(List<Integer> contributions) {
            return !contributions.isEmpty() && (contributions.size() < THRESHOLD || level(contributions) > 0);
        }

        /** How much more, or less, the sum must possibly be, so that the second largest cannot estimate the largest, and no share is too large. */
        double level(List<Integer> contributions) {
            double largest = contributions.getFirst();
            double second = contributions.size() > 1 ? contributions.get(1) : 0;
            double total = sum(contributions);
            double level = p > 0 ? (1 + p) * largest + second - total : 0;
            level = one > 0 ? Math.max(level, largest / one - total) : level;
            return two > 0 ? Math.max(level, (largest + second) / two - total) : level;
        }

        boolean isWide(List<Integer> contributions, double fall, double rise) {
            double slack = 1e-6;
            if (fall + rise < step - slack) {
                return false;
            }
            if (!hides(contributions)) {
                return true;
            }
            boolean levels = rise >= level(contributions) - slack
                    && (fall >= level(contributions) - slack || fall >= sum(contributions) - slack);
            boolean few = contributions.size() >= THRESHOLD || fall + rise >= contributions.getFirst() - slack;
            return levels && few;
        }
    }

    /** Contributions by row and column, largest first, margins last. */
    private static List<List<List<Integer>>> draw(Random random, int height, int width) {
        List<List<List<Integer>>> cells = new ArrayList<>();
        for (int r = 0; r <= height; r++) {
            cells.add(new ArrayList<>());
            for (int c = 0; c <= width; c++) {
                cells.get(r).add(new ArrayList<>());
            }
        }
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                int units = random.nextInt(4) == 0 ? random.nextInt(3) : 6 + random.nextInt(30);
                double spread = random.nextInt(6) == 0 ? 2.2 : 0.6;
                for (int unit = 0; unit < units; unit++) {
                    int contribution = 1 + (int) (30 * Math.exp(spread * random.nextGaussian()));
                    for (List<List<Integer>> row : List.of(cells.get(r), cells.get(height))) {
                        row.get(c).add(contribution);
                        row.get(width).add(contribution);
                    }
                }
            }
        }
        cells.forEach(row -> row.forEach(cell -> cell.sort(Collections.reverseOrder())));
        return cells;
    }

    private static EvidenceTable table(List<List<List<Integer>>> cells, int step) {
        List<EvidenceRow> rows = new ArrayList<>();
        for (int r = 0; r < cells.size(); r++) {
            for (int c = 0; c < cells.getFirst().size(); c++) {
                rows.add(row(address(cells, r, c), cells.get(r).get(c)));
            }
        }
        List<Address> addresses = rows.stream().map(EvidenceRow::address).toList();
        return EvidenceTable.of(List.of(Measure.sum("cost", BigDecimal.valueOf(step))), rows)
                .withMargins(MarginEquations.of(addresses, Tables.CUBE));
    }

    private static EvidenceRow row(Address address, List<Integer> contributions) {
        long units = contributions.size();
        BigDecimal sum = BigDecimal.valueOf(sum(contributions));
        Evidence evidence = units == 0
                ? new Evidence(null, 0L, null, null, null, null)
                : new Evidence(
                        sum,
                        units,
                        BigDecimal.valueOf(contributions.getFirst()),
                        BigDecimal.valueOf(units > 1 ? contributions.get(1) : 0),
                        sum,
                        false);
        return new EvidenceRow(address, units, 1_000_000L, List.of(evidence));
    }

    private static Address address(List<List<List<Integer>>> cells, int r, int c) {
        boolean lastRow = r == cells.size() - 1;
        boolean lastColumn = c == cells.getFirst().size() - 1;
        if (lastRow) {
            return lastColumn ? new Address(3, List.of()) : new Address(2, List.of("c" + c));
        }
        return lastColumn ? new Address(1, List.of("r" + r)) : new Address(0, List.of("r" + r, "c" + c));
    }

    private static int index(EvidenceTable table, List<List<List<Integer>>> cells, int r, int c) {
        Address address = address(cells, r, c);
        return Tables.indexOf(table, address.groupingSet(), address.keys().toArray(String[]::new));
    }

    private static long sum(List<Integer> contributions) {
        return contributions.stream().mapToLong(Integer::longValue).sum();
    }
}
