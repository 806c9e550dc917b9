package io.weir.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.query.catalog.GovernedSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.junit.jupiter.api.Test;

/** Two hundred and sixty statements and what becomes of each: labels and types, or a refusal with its code. */
class CorpusTest {
    private static final Path GOLDEN = Path.of("src/test/resources/corpus");

    @Test
    void idiomaticStatementsComeOutAsRecorded() {
        compare("idiom");
    }

    @Test
    void hazardousStatementsComeOutAsRecorded() {
        compare("hazard");
    }

    private static void compare(String name) {
        List<String> lines = new ArrayList<>();
        GovernedSchema schema = OmopSchema.schema();
        try (SqlFrontEnd frontEnd = new SqlFrontEnd()) {
            statements(name)
                    .forEach((statement, sql) ->
                            lines.add(statement + ": " + outcome(frontEnd.parse(sql, schema, List.of()))));
        }
        String actual = String.join("\n", lines) + "\n";
        Path golden = GOLDEN.resolve(name + ".golden");
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(golden, actual);
            }
            assertThat(actual).isEqualTo(Files.readString(golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String outcome(Outcome<ParsedQuery> outcome) {
        return switch (outcome) {
            case Outcome.Value<ParsedQuery>(ParsedQuery query) -> {
                List<String> columns = new ArrayList<>();
                List<RelDataTypeField> fields = query.tree().getRowType().getFieldList();
                for (int i = 0; i < fields.size(); i++) {
                    columns.add("\"" + query.labels().get(i) + "\" "
                            + SqlTypes.of(fields.get(i).getType()).type().sqlName());
                }
                yield String.join(", ", columns)
                        + (query.parameterTypes().isEmpty() ? "" : " | " + query.parameterTypes());
            }
            case Outcome.Refused<ParsedQuery>(Problem problem) ->
                problem.code() + " at " + problem.position() + ": " + problem.detail();
        };
    }

    static Map<String, String> statements(String name) {
        Map<String, String> statements = new LinkedHashMap<>();
        try (InputStream in = CorpusTest.class.getResourceAsStream("/corpus/" + name + ".sql")) {
            String all = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String part : all.split("-- name: ")) {
                if (!part.isBlank()) {
                    int end = part.indexOf('\n');
                    statements.put(part.substring(0, end).trim(), part.substring(end + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return statements;
    }
}
