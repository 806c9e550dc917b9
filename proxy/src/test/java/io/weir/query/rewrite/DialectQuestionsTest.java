package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.golden.GoldenDirectory;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemException;
import io.weir.query.execute.EgressGuard;
import io.weir.query.govern.Permit;
import io.weir.query.parse.SqlFrontEnd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Questions of the demo as every dialect asks its source: a golden file a question and dialect, and the egress guard reads each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DialectQuestionsTest {
    private final GoldenDirectory golden = new GoldenDirectory(Path.of("src/test/resources/dialects"));
    private final EgressGuard guard = new EgressGuard();

    @AfterAll
    void everyGoldenFileIsUsed() throws IOException {
        golden.failOnUnused();
    }

    @Test
    void postgresqlTextsAreAsRecorded() throws IOException {
        compare("postgresql");
    }

    @Test
    void transactSqlTextsAreAsRecorded() throws IOException {
        compare("sqlserver");
    }

    private void compare(String dialect) throws IOException {
        List<String> different = new ArrayList<>();
        try (SqlFrontEnd frontEnd = new SqlFrontEnd()) {
            for (Map.Entry<String, String> question : questions().entrySet()) {
                String file = question.getKey().replaceAll("  .*", "").replaceAll("[^a-z]+", "-") + "." + dialect;
                String project = question.getKey().replaceAll(".*@", "");
                String text = "-- " + question.getValue().strip() + "\n"
                        + texts(frontEnd, DemoPermits.policy(dialect), project, question.getValue());
                if (!golden.holds(file, text)) {
                    different.add(file);
                }
            }
        }
        assertThat(different).isEmpty();
    }

    private String texts(SqlFrontEnd frontEnd, PolicySnapshot policy, String project, String sql) {
        Outcome<Permit> permit = DemoPermits.permit(frontEnd, policy, project, sql);
        return switch (permit) {
            case Outcome.Refused<Permit>(Problem problem) -> "refused by govern: " + refusal(problem);
            case Outcome.Value<Permit>(Permit permitted) -> {
                try {
                    yield printed(new Rewriter().rewrite(permitted, policy));
                } catch (ProblemException refused) {
                    yield "refused: " + refusal(refused.problem());
                }
            }
        };
    }

    private static String refusal(Problem problem) {
        return problem.code() + "\n" + problem.detail() + "\n" + problem.hint() + "\n";
    }

    private String printed(GovernedQuery query) {
        StringBuilder out = new StringBuilder();
        // Reference reads have no order of their own.
        for (GeneratedSelect select : query.selects()) {
            guard.check(select);
            out.append(select.sql()
                            .replaceAll(" (FROM|WHERE|GROUP BY|ORDER BY|OFFSET|LIMIT) ", "\n$1 ")
                            .replace("\nFROM (", "\nFROM ("))
                    .append("\n");
            if (!select.binds().isEmpty()) {
                out.append("-- binds: ")
                        .append(select.binds().stream()
                                .map(b -> b.type() + " " + b.value())
                                .collect(Collectors.joining(", ")))
                        .append("\n");
            }
            out.append("\n");
        }
        return out.toString();
    }

    private static Map<String, String> questions() throws IOException {
        Map<String, String> questions = new LinkedHashMap<>();
        try (InputStream in = DialectQuestionsTest.class.getResourceAsStream("/dialects/questions.sql")) {
            String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            for (String part : all.split("-- name: ")) {
                if (!part.isBlank()) {
                    int end = part.indexOf('\n');
                    questions.put(part.substring(0, end).trim(), part.substring(end + 1));
                }
            }
        }
        return questions;
    }
}
