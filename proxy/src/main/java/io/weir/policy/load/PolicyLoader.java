package io.weir.policy.load;

import io.weir.yaml.YamlProblem;
import io.weir.yaml.YamlProblems;
import io.weir.yaml.YamlReader;
import io.weir.yaml.YamlSection;
import io.weir.yaml.YamlValue.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Loads a policy directory. Layout: {@code purposes.yaml}, {@code legal-bases.yaml}, and one file a thing in {@code sources/},
 * {@code datasets/}, {@code organisations/}, {@code people/}, {@code projects/}, {@code profiles/}, {@code destinations/},
 * {@code agreements/}.
 */
public final class PolicyLoader {
    /** More files than this is a mistake. */
    private static final int MAX_FILES = 5_000;

    /** Kinds in the order in which they are read: agreements last, because they expand columns of datasets. */
    private static final Map<String, BiConsumer<YamlSection, Draft>> KINDS = kinds();

    private final Function<String, Optional<String>> environment;

    /** @param environment values of <code>${NAME}</code> placeholders in sources and destinations */
    public PolicyLoader(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** With the environment of this process. */
    public static PolicyLoader withSystemEnvironment() {
        return new PolicyLoader(name -> Optional.ofNullable(System.getenv(name)));
    }

    private static Map<String, BiConsumer<YamlSection, Draft>> kinds() {
        Map<String, BiConsumer<YamlSection, Draft>> kinds = new LinkedHashMap<>();
        kinds.put("purposes.yaml", RegisterReader::purposes);
        kinds.put("legal-bases.yaml", RegisterReader::legalBases);
        kinds.put("organisations/", RegisterReader::organisation);
        kinds.put("projects/", RegisterReader::project);
        kinds.put("people/", RegisterReader::person);
        kinds.put("profiles/", ProfileReader::profile);
        kinds.put("sources/", DatasetReader::source);
        kinds.put("destinations/", DestinationReader::destination);
        kinds.put("datasets/", DatasetReader::dataset);
        kinds.put("agreements/", AgreementReader::agreement);
        return java.util.Collections.unmodifiableMap(kinds);
    }

    /**
     * Reads and checks everything.
     *
     * @throws IOException when the directory or a file in it cannot be read
     */
    public PolicyLoad load(Path directory) throws IOException {
        YamlProblems problems = new YamlProblems();
        SortedMap<String, Mapping> contents = new TreeMap<>();
        Draft draft = new Draft();
        Map<String, List<String>> files = files(directory, problems);
        for (Map.Entry<String, BiConsumer<YamlSection, Draft>> kind : KINDS.entrySet()) {
            boolean placeholders =
                    kind.getKey().equals("sources/") || kind.getKey().equals("destinations/");
            for (String file : files.getOrDefault(kind.getKey(), List.of())) {
                byte[] bytes = Files.readAllBytes(directory.resolve(file));
                Optional<YamlSection> read = YamlReader.read(file, bytes, problems);
                if (read.isPresent()) {
                    Mapping filled = new Placeholders(environment, placeholders, file, problems)
                            .fill(read.get().value(), "");
                    contents.put(file, filled);
                    kind.getValue().accept(YamlSection.of(file, filled, problems), draft);
                }
            }
        }
        new PolicyRules(draft).check();
        List<YamlProblem> found = problems.sorted();
        return found.isEmpty()
                ? new PolicyLoad.Loaded(draft.snapshot(PolicyDigest.of(contents)))
                : new PolicyLoad.Rejected(found);
    }

    /** Files by kind; what belongs to no kind is a problem, because it would silently not count. */
    private static Map<String, List<String>> files(Path directory, YamlProblems problems) throws IOException {
        Map<String, List<String>> files = new LinkedHashMap<>();
        List<String> all;
        try (Stream<Path> walk = Files.walk(directory, 4)) {
            all = walk.filter(p -> !Files.isDirectory(p))
                    .map(p -> directory.relativize(p).toString().replace('\\', '/'))
                    .filter(p -> !p.startsWith(".") && !p.contains("/.") && !p.endsWith(".md"))
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        if (all.size() > MAX_FILES) {
            problems.add("", 0, "", "more than " + MAX_FILES + " files", "keep nothing but the policy here");
            return files;
        }
        for (String file : all) {
            String kind = file.contains("/") ? file.substring(0, file.indexOf('/') + 1) : file;
            boolean nested = file.indexOf('/') != file.lastIndexOf('/');
            if (!KINDS.containsKey(kind) || nested || !file.endsWith(".yaml")) {
                problems.add(
                        file,
                        0,
                        "",
                        "this file belongs to no part of the policy",
                        "known: " + String.join(", ", KINDS.keySet()) + "; files end in .yaml, notes in .md");
            } else {
                files.computeIfAbsent(kind, k -> new ArrayList<>()).add(file);
            }
        }
        if (all.isEmpty()) {
            problems.add("", 0, "", "the directory holds no policy", "see docs for the layout");
        }
        return files;
    }
}
