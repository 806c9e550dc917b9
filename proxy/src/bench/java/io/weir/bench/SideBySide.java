package io.weir.bench;

import io.weir.disclosure.protection.AuditLimits;
import io.weir.disclosure.protection.PatternAudit;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables of {@link OptimumBenchmark} protected by another tool as well. {@code write DIRECTORY TABLES PEOPLE SHAPE…} writes their lowest cells, {@code
 * side-by-side.R} protects them with the R package GaussSuppression, and {@code read DIRECTORY} compares patterns and judges both by the library's audit. The
 * audit asks for what this library promises, which is more than the other tool is asked for: exact cells are counted apart.
 */
public final class SideBySide {
    private static final String SHAPES = "shapes.txt";

    private SideBySide() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        if (arguments[0].equals("write")) {
            List<String> shapes = List.of(arguments).subList(4, arguments.length);
            write(directory, Integer.parseInt(arguments[2]), Double.parseDouble(arguments[3]), shapes);
        } else {
            read(directory);
        }
    }

    private static void write(Path directory, int tables, double people, List<String> shapes) throws IOException {
        Files.createDirectories(directory);
        List<String> lines = new ArrayList<>(List.of(tables + ";" + people));
        lines.addAll(shapes);
        Files.write(directory.resolve(SHAPES), lines);
        for (int index = 0; index < shapes.size(); index++) {
            String[] parts = shapes.get(index).split(",");
            List<String> rows = new ArrayList<>();
            rows.add("table," + IntStream.range(0, parts.length).mapToObj(d -> "d" + d).collect(Collectors.joining(",")) + ",people");
            List<CountTable> drawn = OptimumBenchmark.draw(shapes.get(index), tables, people);
            for (int number = 0; number < drawn.size(); number++) {
                CountTable table = drawn.get(number);
                for (int cell = 0; cell < table.size(); cell++) {
                    List<String> keys = table.table().rows().get(cell).address().keys();
                    if (isLowest(keys, parts)) {
                        rows.add(number + "," + String.join(",", keys) + "," + table.value(cell));
                    }
                }
            }
            Files.write(directory.resolve("tables-" + index + ".csv"), rows);
        }
    }

    private static boolean isLowest(List<String> keys, String[] parts) {
        return IntStream.range(0, parts.length)
                .allMatch(d -> !keys.get(d).equals("all") && keys.get(d).contains(".") == parts[d].contains("x"));
    }

    private static void read(Path directory) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve(SHAPES));
        int tables = Integer.parseInt(lines.getFirst().split(";")[0]);
        double people = Double.parseDouble(lines.getFirst().split(";")[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("| shape | by | complementary cells | people in them | processor ms a table | patterns that pass the audit | hidden cells known exactly | too narrow otherwise |");
        out.println("|---|---|---:|---:|---:|---:|---:|---:|");
        for (int index = 0; index < lines.size() - 1; index++) {
            String shape = lines.get(index + 1);
            List<CountTable> drawn = OptimumBenchmark.draw(shape, tables, people);
            Map<String, List<BitSet>> patterns = new LinkedHashMap<>();
            Map<String, Double> seconds = new HashMap<>();
            for (int again = 0; again < 2; again++) { // the first time warms up
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                patterns.put("Weir, batch", drawn.stream().map(t -> OptimumBenchmark.library(t, AuditLimits.batch())).toList());
                seconds.put("Weir, batch", (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9);
            }
            others(directory, index, drawn, patterns, seconds);
            patterns.forEach((name, hidden) -> out.println("| " + shape + " | " + name + " | " + row(drawn, hidden, seconds.getOrDefault(name, 0.0))));
        }
    }

    /** Patterns of the other tool: a line for each hidden cell, and one for the seconds of a processor that a table took. */
    private static void others(Path directory, int index, List<CountTable> drawn, Map<String, List<BitSet>> patterns, Map<String, Double> seconds)
            throws IOException {
        List<Map<List<String>, Integer>> cells = drawn.stream().map(SideBySide::cells).toList();
        for (String line : Files.readAllLines(directory.resolve("seconds-" + index + ".csv"))) {
            String[] fields = line.split(",");
            patterns.computeIfAbsent(fields[0], name -> drawn.stream().map(CountTable::primary).toList());
            seconds.merge(fields[0], Double.parseDouble(fields[2]), Double::sum);
        }
        for (String line : Files.readAllLines(directory.resolve("hidden-" + index + ".csv"))) {
            List<String> fields = List.of(line.split(","));
            int table = Integer.parseInt(fields.get(1));
            Integer cell = cells.get(table).get(fields.subList(2, fields.size()));
            List<BitSet> of = patterns.get(fields.getFirst());
            if (cell == null || of == null) {
                throw new IllegalStateException("No such cell: " + line);
            }
            of.get(table).set(cell);
        }
    }

    private static Map<List<String>, Integer> cells(CountTable table) {
        Map<List<String>, Integer> cells = new HashMap<>();
        for (int cell = 0; cell < table.size(); cell++) {
            cells.put(table.table().rows().get(cell).address().keys(), cell);
        }
        return cells;
    }

    private static String row(List<CountTable> drawn, List<BitSet> patterns, double seconds) {
        int complementary = 0;
        long people = 0;
        int passing = 0;
        int exact = 0;
        int narrow = 0;
        for (int number = 0; number < drawn.size(); number++) {
            CountTable table = drawn.get(number);
            BitSet added = (BitSet) patterns.get(number).clone();
            added.andNot(table.primary());
            complementary += added.cardinality();
            people += added.stream().mapToLong(table::value).sum();
            Set<PatternAudit.Place> places = patterns.get(number).stream()
                    .mapToObj(cell -> new PatternAudit.Place(cell, 0))
                    .collect(Collectors.toSet());
            List<PatternAudit.HiddenCell> weak = new PatternAudit(table.table(), OptimumBenchmark.APPETITE, AuditLimits.batch())
                    .of(places).stream().filter(cell -> cell.outcome() != PatternAudit.Outcome.ENOUGH).toList();
            int known = (int) weak.stream().filter(SideBySide::isExact).count();
            passing += weak.isEmpty() ? 1 : 0;
            exact += known;
            narrow += weak.size() - known;
        }
        int tables = drawn.size();
        return String.format("%.2f | %.1f | %.1f | %d of %d | %d | %d |", (double) complementary / tables, (double) people / tables,
                1e3 * seconds / tables, passing, tables, exact, narrow);
    }

    private static boolean isExact(PatternAudit.HiddenCell cell) {
        return cell.interval() != null
                && cell.interval().lower() != null
                && cell.interval().upper() != null
                && cell.interval().upper().subtract(cell.interval().lower()).compareTo(BigDecimal.ONE) < 0;
    }
}
