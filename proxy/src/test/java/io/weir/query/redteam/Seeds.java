package io.weir.query.redteam;

import io.weir.query.DemoRoad;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Statements to grow others from: those of the red team, the attacks that are answered, and what honest analysts write. */
final class Seeds {
    /** Names of the honest statements' hospital, and what is nearest in the demo's. */
    private static final Map<String, String> TABLES = Map.of(
            "person", "hospital.patients",
            "admission", "hospital.admissions",
            "prescription", "hospital.prescriptions",
            "ethnicity", "hospital.ethnicities",
            "geography", "hospital.geography",
            "provider", "hospital.providers",
            "practice", "hospital.practices",
            "icd10", "hospital.icd10",
            "bnf", "hospital.bnf");

    private static final Pattern FROM = Pattern.compile("(?i)\\b(from|join)\\s+([a-z_0-9]+)\\b(?!\\s*\\()");

    private Seeds() {}

    static List<String> all() {
        return Stream.of(Ingredients.SEEDS.stream(), attacks(), honest())
                .flatMap(statements -> statements)
                .distinct()
                .toList();
    }

    /** Those that the demo answers as they are: growing from others mostly makes others that are refused. */
    static List<String> answered(Worlds worlds) {
        return all().stream()
                .filter(sql -> worlds.asked(Worlds.Policy.DEMO, sql).isAnswered())
                .toList();
    }

    private static Stream<String> attacks() {
        return text("attacks.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\|", 3))
                .filter(parts -> parts[1].equals("SAME"))
                .flatMap(parts -> Arrays.stream(parts[2].split(" ;; ")));
    }

    /** As they are written, over the demo's tables; many fit only after a change or two. */
    private static Stream<String> honest() {
        return Stream.of("hospital", "constructs", "decision-support")
                .flatMap(corpus -> Arrays.stream(
                        text("/honest/statements/" + corpus + ".sql").split("-- name: ")))
                .map(part -> part.substring(part.indexOf('\n') + 1))
                .filter(part -> !part.contains("-- truth") && !part.contains("-- bind") && !part.contains("$1"))
                .map(part -> part.replaceAll("(?m)^--.*$", "")
                        .replaceAll("\\s+", " ")
                        .replaceAll(";\\s*$", "")
                        .trim())
                .filter(sql -> !sql.isEmpty())
                .map(Seeds::overTheDemo);
    }

    private static String overTheDemo(String sql) {
        return FROM.matcher(sql)
                .replaceAll(found -> found.group(1) + " " + TABLES.getOrDefault(found.group(2), found.group(2)))
                .replaceAll("\\bperson_id\\b", "patient_id");
    }

    private static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(DemoRoad.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
