package io.weir.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schemas that editors use agree with the loader about the demo policy. */
class PolicySchemaTest {
    private static final Path POLICY = Path.of("src/main/resources/demo/policy");
    private static final Map<String, String> KINDS = Map.of(
            "organisations", "organisation",
            "people", "person",
            "projects", "project",
            "profiles", "profile",
            "sources", "source",
            "destinations", "destination",
            "datasets", "dataset",
            "agreements", "agreement");

    static List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(POLICY)) {
            return walk.filter(p -> p.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileFollowsItsSchema(Path file) throws IOException {
        assertThat(schema(file).validate(json(file))).isEmpty();
    }

    @Tag("S29")
    @ParameterizedTest
    @MethodSource("files")
    void anUnknownKeyIsRefused(Path file) throws IOException {
        JsonNode node = json(file);
        ((com.fasterxml.jackson.databind.node.ObjectNode) node).put("unheardOf", 1);
        assertThat(schema(file).validate(node)).isNotEmpty();
    }

    /** What {@link ExtendedPresetTest} reads, and what it does not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true  | dominance: [{contributors: 1, share: 0.5}, {contributors: 2, share: "0.67"}] ; pPercent: 0.1
            true  | dominance: [{contributors: 1, share: 0.5}] ; priorPosterior: {p: 0.1, q: 0.5}
            true  | dominanceN: 2 ; dominanceK: 0.85 ; priorPosterior: {p: 0.1, q: 0.5}
            false | dominanceN: 2 ; dominanceK: 0.85
            false | dominanceN: 3 ; dominanceK: 0.85 ; pPercent: 0.1
            false | priorPosterior: {p: 0.1, q: 0.5}
            false | dominance: [{contributors: 3, share: 0.5}] ; pPercent: 0.1
            false | dominance: [{contributors: 1}] ; pPercent: 0.1
            false | dominance: [] ; pPercent: 0.1
            false | dominance: [{contributors: 1, share: 0.5}] ; priorPosterior: {p: 0.1}
            false | dominance: [{contributors: 1, share: 0.5}] ; dominanceN: 1 ; pPercent: 0.1
            """)
    void aProfilesRulesForSumsFollowTheSchema(boolean good, String rules) throws IOException {
        Path file = POLICY.resolve("profiles/nhse-sde.yaml");
        String text = Files.readString(file)
                .replaceAll("dominanceN: .*\ndominanceK: .*\npPercent: .*\n", rules.replace(" ; ", "\n") + "\n");
        assertThat(schema(file).validate(json(text)).isEmpty()).isEqualTo(good);
    }

    private static JsonNode json(Path file) throws IOException {
        return json(Files.readString(file));
    }

    private static JsonNode json(String text) {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(text);
        return new ObjectMapper().valueToTree(value);
    }

    private static Schema schema(Path file) throws IOException {
        Path relative = POLICY.relativize(file);
        String kind = relative.getNameCount() == 1
                ? relative.toString().replace(".yaml", "")
                : Objects.requireNonNull(KINDS.get(relative.getName(0).toString()));
        try (InputStream in = PolicySchemaTest.class.getResourceAsStream("/policy/schema/" + kind + ".schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Objects.requireNonNull(in));
        }
    }
}
