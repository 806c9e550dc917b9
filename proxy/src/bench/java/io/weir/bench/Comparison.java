package io.weir.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Lines that are measured in turn, each against a baseline line of the same round. */
final class Comparison {
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** One thing to measure. */
    private record Line(String baseline, List<? extends Load.Client> clients, List<Load.Run> runs) {}

    /** @param baseline name of a line, perhaps this one */
    void add(String name, String baseline, List<? extends Load.Client> clients) {
        lines.put(name, new Line(baseline, clients, new ArrayList<>()));
    }

    /** Warms up every line once, then measures the rounds. */
    void run(double seconds, int rounds) throws Exception {
        for (Line line : lines.values()) {
            Load.run(line.clients(), seconds);
        }
        for (int round = 0; round < rounds; round++) {
            for (Line line : lines.values()) {
                line.runs().add(Load.run(line.clients(), seconds));
            }
        }
    }

    static void printHead(String what) {
        System.out.println("| " + what + " | clients | per second | p50 ms | p99 ms | ratio |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
    }

    void print() {
        lines.forEach((name, line) -> {
            Line baseline = Objects.requireNonNull(lines.get(line.baseline()));
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < line.runs().size(); round++) {
                ratios.add(line.runs().get(round).perSecond()
                        / baseline.runs().get(round).perSecond());
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %,.0f | %.2f | %.2f | %s |%n",
                    name,
                    line.clients().size(),
                    Load.median(line.runs().stream().map(Load.Run::perSecond).toList()),
                    Load.median(line.runs().stream().map(Load.Run::p50).toList()),
                    Load.median(line.runs().stream().map(Load.Run::p99).toList()),
                    line == baseline ? "" : String.format(Locale.ROOT, "%.2f", Load.median(ratios)));
        });
    }
}
