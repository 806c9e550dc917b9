package io.weir.query.redteam;

import io.weir.query.DemoRoad;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the red team asks, for tests of other doors: the statements, and the people whose secrets are exchanged. */
public final class WireAttacks {
    private WireAttacks() {}

    /** Every statement of attacks.txt, each once. */
    public static List<String> written() {
        try (InputStream in = Objects.requireNonNull(DemoRoad.class.getResourceAsStream("attacks.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split("\\|", 3)[2].split(" ;; ")))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The seeds of the fuzzer, and statements grown from them. */
    public static List<String> grown(long seed, int statements) {
        Mutator mutator = new Mutator(new SplittableRandom(seed));
        SplittableRandom random = new SplittableRandom(seed);
        List<String> grown = new ArrayList<>(Ingredients.SEEDS);
        while (grown.size() < Ingredients.SEEDS.size() + statements) {
            String sql =
                    mutator.mutate(Ingredients.SEEDS.get(random.nextInt(Ingredients.SEEDS.size())), Ingredients.SEEDS);
            if (sql.length() < 2_000 && sql.indexOf('\0') < 0) {
                grown.add(sql);
            }
        }
        return grown;
    }

    /** Adds pairs of people who look alike to a demo hospital. */
    public static List<String> pairs() {
        return World.pairs();
    }

    /** What is exchanged, each in a world of its own: what is exchanged together can bring things back to where they were. */
    public enum Exchanged {
        /** What the stays were for, and what was dispensed. */
        DIAGNOSIS(World.Exchange.DIAGNOSIS),
        /** Whose they were. */
        OWNER(World.Exchange.OWNER),
        /** Who the people are. */
        IDENTITY(World.Exchange.IDENTITY);

        private final World.Exchange exchange;

        Exchanged(World.Exchange exchange) {
            this.exchange = exchange;
        }

        /** Exchanges it in every pair; a second time, exchanges it back. */
        public List<String> statements() {
            return World.exchanging(exchange);
        }
    }

    /** Removes them, and nobody else: the demo's own people have numbers on both sides of theirs. */
    public static List<String> goodbye() {
        return Stream.of("prescriptions", "admissions", "patients")
                .map(table -> "delete from hospital." + table + " where patient_id in (" + people() + ")")
                .toList();
    }

    /** Their numbers, as a list of SQL. */
    public static String people() {
        return World.people().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
