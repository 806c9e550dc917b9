package io.weir.bench;

import io.weir.disclosure.DisclosureRules;
import io.weir.disclosure.appetite.RiskAppetite;
import io.weir.disclosure.appetite.ZeroRule;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.evidence.EvidenceTable;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.AuditLimits;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.Address;
import io.weir.disclosure.table.Hierarchy;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.table.MeasureKind;
import io.weir.disclosure.table.TableDimension;
import io.weir.disclosure.table.TableShape;
import io.weir.disclosure.verdict.Rule;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long tables with hierarchies take to be protected and audited, as they grow, and how much is hidden. Counts of people, of whom few places have many; combinations
 * with nobody have no row. Beyond 20,000 cells only the equations, and checks and rounding without them, in a young JVM and once more. Each dimension has a total, groups and codes below them. Arguments: shapes as numbers of groups and of codes in each, by dimension, like
 * {@code 4x5,5x6,1x2}; with {@code sums:} before it a sum of amounts under p% instead of the count, and with {@code both:} both.
 */
public final class LargeTableBenchmark {
    private static final int THRESHOLD = 10;
    private static final double PEOPLE = 100;
    private static final int MOST_TO_PROTECT = 20_000;

    private LargeTableBenchmark() {}

    public static void main(String[] arguments) {
        String[] shapes = arguments.length > 0
                ? arguments
                : new String[] {"2x3,2x3", "4x5,5x6", "6x6,5x5", "4x5,5x6,1x3", "5x5,6x6,1x6", "2x3,2x3,2x3,1x2", "2x3,2x2,1x3,1x2,1x2", "1x3,1x3,1x2,1x2,1x2", "sums:2x3,2x3", "sums:4x5,5x6", "both:4x5,5x6", "sums:4x5,5x6,1x3", "10x10,10x12,2x4", "10x10,10x12,8x8"};
        System.out.printf("Java %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
        System.out.println("| shape | cells | equations s | checks and rounding s | again s | all s | of a processor | hidden by a check | complementary | people hidden so, % | proof |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|");
        measure("2x3,2x3,1x2", false);
        for (String shape : shapes) {
            measure(shape, true);
        }
    }

    private static void measure(String text, boolean print) {
        List<EvidenceRow> rows = new ArrayList<>();
        boolean amounts = text.startsWith("sums:") || text.startsWith("both:");
        boolean counts = !text.startsWith("sums:");
        TableShape shape = table(text.substring(text.indexOf(':') + 1), counts, amounts, rows);
        List<Measure> measures = new ArrayList<>();
        if (counts) {
            measures.add(Measure.count("patients", MeasureKind.UNITS));
        }
        if (amounts) {
            measures.add(Measure.sum("cost", BigDecimal.TEN));
        }
        EvidenceTable plain = EvidenceTable.of(measures, rows);
        RiskAppetite appetite = new RiskAppetite(THRESHOLD, ZeroRule.SHOWN, 5, List.of(), amounts ? new BigDecimal("0.1") : null);
        long start = System.nanoTime();
        EvidenceTable table = plain.withTables(List.of(shape));
        long equations = System.nanoTime();
        new DisclosureRules().protect(plain, appetite);
        long checks = System.nanoTime();
        new DisclosureRules().protect(plain, appetite);
        long again = System.nanoTime();
        long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (rows.size() > MOST_TO_PROTECT) {
            System.out.printf("| %s | %,d | %.2f | %.2f | %.2f | | | | | | |%n", text, rows.size(), (equations - start) / 1e9, (checks - equations) / 1e9, (again - checks) / 1e9);
            return;
        }
        Assessment assessment = new DisclosureRules(AuditLimits.batch()).protect(table, appetite);
        long end = System.nanoTime();
        processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
        int primary = 0;
        int complementary = 0;
        double total = 0;
        double value = 0;
        for (int row = 0; row < rows.size(); row++) {
            Long units = rows.get(row).units();
            for (Protected cell : assessment.rows().get(row).cells()) {
                total += units == null ? 0 : units;
                if (cell instanceof Protected.Hidden hidden) {
                    boolean own = hidden.findings().stream().noneMatch(f -> f.rule() == Rule.COMPLEMENTARY);
                    primary += own ? 1 : 0;
                    complementary += own ? 0 : 1;
                    value += own || units == null ? 0 : units;
                }
            }
        }
        if (print) {
            System.out.printf(
                    "| %s | %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %,d | %,d | %.2f | %s |%n",
                    text,
                    rows.size(),
                    (equations - start) / 1e9,
                    (checks - equations) / 1e9,
                    (again - checks) / 1e9,
                    (end - again) / 1e9,
                    processor / 1e9,
                    primary,
                    complementary,
                    100 * value / total,
                    assessment.proof().getClass().getSimpleName());
        }
    }

    private static TableShape table(String text, boolean withCounts, boolean withAmounts, List<EvidenceRow> rows) {
        List<TableDimension> dimensions = new ArrayList<>();
        List<List<List<String>>> wholes = new ArrayList<>();
        for (String part : text.split(",")) {
            String[] numbers = part.split("x");
            wholes.add(codes(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), dimensions));
        }
        Random random = new Random(11);
        Random money = new Random(12);
        Map<List<String>, Amounts> cells = new HashMap<>();
        int leaves = wholes.stream().mapToInt(List::size).reduce(1, Math::multiplyExact);
        double[][] weight = wholes.stream()
                .map(codes -> random.doubles(codes.size()).map(r -> 0.15 / (0.1 + r)).toArray())
                .toArray(double[][]::new);
        for (int leaf = 0; leaf < leaves; leaf++) {
            int rest = leaf;
            double people = PEOPLE;
            List<List<String>> above = List.of(List.of());
            for (int d = 0; d < weight.length; d++) {
                int code = rest % weight[d].length;
                rest /= weight[d].length;
                people *= 2 * weight[d][code];
                above = CountTable.extended(above, wholes.get(d).get(code));
            }
            long count = (long) Math.floor(people * Math.exp(0.8 * random.nextGaussian()));
            if (count > 0) {
                Amounts own = Amounts.draw(count, withAmounts, money);
                above.forEach(keys -> cells.merge(keys, own, Amounts::with));
            }
        }
        cells.forEach((keys, cell) -> rows.add(
                new EvidenceRow(new Address(0, keys), cell.people(), Long.MAX_VALUE / 4, cell.evidence(withCounts, withAmounts))));
        return new TableShape(0, dimensions);
    }

    /** A dimension of groups and codes; the codes that each lowest code is counted under. */
    private static List<List<String>> codes(int groups, int each, List<TableDimension> dimensions) {
        String[] names = new String[groups];
        Arrays.setAll(names, g -> "g" + g);
        Hierarchy hierarchy = Hierarchy.flat("all", names);
        List<List<String>> wholes = new ArrayList<>();
        for (String group : names) {
            String[] codes = new String[each];
            Arrays.setAll(codes, c -> group + "." + c);
            hierarchy = hierarchy.split(group, codes);
            for (String code : codes) {
                wholes.add(List.of("all", group, code));
            }
        }
        dimensions.add(TableDimension.of("d" + dimensions.size(), hierarchy));
        return wholes;
    }

    /** People, and what they have together and the two richest of them. */
    private record Amounts(long people, long sum, long largest, long second) {
        static Amounts draw(long people, boolean withAmounts, Random random) {
            Amounts all = new Amounts(0, 0, 0, 0);
            for (long person = 0; withAmounts && person < people; person++) {
                long amount = 1 + (long) (100 * Math.exp(1.2 * random.nextGaussian()));
                all = all.with(new Amounts(1, amount, amount, 0));
            }
            return withAmounts ? all : new Amounts(people, 0, 0, 0);
        }

        Amounts with(Amounts other) {
            long first = Math.max(largest, other.largest);
            long next = Math.max(Math.min(largest, other.largest), Math.max(second, other.second));
            return new Amounts(people + other.people, sum + other.sum, first, next);
        }

        List<Evidence> evidence(boolean withCounts, boolean withAmounts) {
            List<Evidence> evidence = new ArrayList<>();
            if (withCounts) {
                evidence.add(Evidence.ofCount(people, people));
            }
            if (withAmounts) {
                BigDecimal total = BigDecimal.valueOf(sum);
                evidence.add(new Evidence(total, people, BigDecimal.valueOf(largest), BigDecimal.valueOf(second), total, false));
            }
            return evidence;
        }
    }
}
