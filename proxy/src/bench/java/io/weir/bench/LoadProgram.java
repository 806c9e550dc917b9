package io.weir.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Weir against direct PostgreSQL in one run. Arguments: a directory for the installation (made when missing; where it lies decides what a
 * sync costs), seconds of each measurement, rounds, and parts (all by default). The property {@code weir.heap} is the proxy's {@code -Xmx},
 * 160m by default.
 */
public final class LoadProgram {
    private static final List<String> PARTS = List.of("connections", "aggregates", "streams", "memory", "crowd");

    private LoadProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3 || !PARTS.containsAll(List.of(arguments).subList(3, arguments.length))) {
            System.err.println("usage: LoadProgram DIRECTORY SECONDS ROUNDS [PART…], parts: " + String.join(" ", PARTS));
            System.exit(2);
        }
        Path directory = Path.of(arguments[0]).toAbsolutePath().normalize();
        double seconds = Double.parseDouble(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        List<String> parts = arguments.length == 3 ? PARTS : List.of(arguments).subList(3, arguments.length);
        String heap = System.getProperty("weir.heap", "160m");
        System.out.printf(
                Locale.ROOT,
                "Java %s, %d processors, proxy with -Xmx%s, %d rounds of %.1f s, load %.1f%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                heap,
                rounds,
                seconds,
                load());
        try (Installation installation = Installation.start(directory, heap)) {
            for (String part : parts) {
                System.out.printf(Locale.ROOT, "%n%s, load %.1f%n%n", part, load());
                switch (part) {
                    case "connections" -> new ConnectionLoad(installation).measure(seconds, rounds);
                    case "aggregates" -> new AggregateLoad(installation).measure(seconds, rounds);
                    case "streams" -> new StreamLoad(installation).measure(rounds);
                    case "memory" -> new MemoryLoad(installation).measure();
                    case "crowd" -> new CrowdLoad(installation).measure(seconds, rounds);
                    default -> throw new IllegalArgumentException(part);
                }
            }
        }
        System.out.printf(Locale.ROOT, "%nload at the end %.1f%n", load());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
