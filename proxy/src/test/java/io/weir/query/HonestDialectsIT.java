package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import io.weir.policy.PolicySnapshot;
import io.weir.policy.Source;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemException;
import io.weir.query.govern.Governor;
import io.weir.query.govern.Permit;
import io.weir.query.rewrite.Rewriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which of the honest statements that are permitted can be asked of a SQL Server source: docs/reference/tsql.md has the rates and what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HonestDialectsIT {
    private static final Path PAGE = Path.of("../docs/reference/tsql.md");
    private static final String BEGIN = "<!-- rates: generated, do not edit -->\n";
    private static final String END = "<!-- end of rates -->\n";

    private final Governor governor = new Governor();
    private final Rewriter rewriter = new Rewriter();

    /** A policy whose sources speak the other dialect. */
    private static PolicySnapshot transact(PolicySnapshot policy) {
        Map<String, Source> sources = policy.sources().values().stream()
                .map(s -> new Source(
                        s.id(), "sqlserver", s.url(), s.user(), s.password(), s.poolSize(), s.timeZone(), s.snapshot()))
                .collect(Collectors.toMap(Source::id, s -> s));
        return PolicyEdits.over(sources, policy);
    }

    /** The refusal of a statement that PostgreSQL would be asked, in words; empty when there is none, null when it is not permitted at all. */
    private Outcome<String> refusal(HonestRoad.Parts parts, HonestStatements statement) {
        try {
            Statements.Statement read = parts.statements()
                    .read(new PersonId("ada"), parts.policy(), parts.agreement(), statement.sql(), List.of());
            return governor.rule(read.query(), Explaining.ruling(parts.policy(), parts.agreement(), read, false))
                    .then(permit -> {
                        rewriter.rewrite(permit, parts.policy());
                        return Outcome.of(inTransact(parts, read));
                    });
        } catch (ProblemException notPermitted) {
            return Outcome.refused(notPermitted.problem());
        }
    }

    private String inTransact(HonestRoad.Parts parts, Statements.Statement read) {
        PolicySnapshot policy = transact(parts.policy());
        try {
            Outcome<Permit> permit =
                    governor.rule(read.query(), Explaining.ruling(policy, parts.agreement(), read, false));
            return switch (permit) {
                case Outcome.Refused<Permit>(Problem problem) -> String.valueOf(problem.detail());
                case Outcome.Value<Permit>(Permit permitted) -> {
                    assertThat(rewriter.rewrite(permitted, policy).toString()).isNotEmpty();
                    yield "";
                }
            };
        } catch (ProblemException refused) {
            return String.valueOf(refused.problem().detail());
        }
    }

    @Test
    void ratesAndRefusalsAreThoseOfTheReferencePage() throws IOException {
        StringBuilder rates = new StringBuilder(
                "\n| corpus | permitted, asked of PostgreSQL | of SQL Server | |\n|---|---|---|---|\n");
        Map<String, List<String>> refusals = new TreeMap<>();
        for (HonestSqlIT.Corpus corpus : HonestSqlIT.Corpus.values()) {
            HonestRoad.Parts parts = HonestRoad.shared().parts(corpus.project);
            int permitted = 0;
            int asked = 0;
            for (HonestStatements statement : HonestStatements.of(corpus.path())) {
                if (statement.parameters().isEmpty()
                        && refusal(parts, statement) instanceof Outcome.Value<String>(String words)) {
                    permitted++;
                    asked += words.isEmpty() ? 1 : 0;
                    if (!words.isEmpty()) {
                        refusals.computeIfAbsent(words, w -> new ArrayList<>()).add(statement.name());
                    }
                }
            }
            rates.append("| %s | %d | %d | %d %% |%n"
                    .formatted(corpus.title(), permitted, asked, Math.round(100.0 * asked / permitted)));
        }
        rates.append("\nRefused, with the statements:\n\n");
        refusals.forEach((words, names) -> rates.append("- ")
                .append(words.replace(" cannot be asked of a SQL Server source", ""))
                .append(": ")
                .append(names.size())
                .append(" (")
                .append(names.stream().limit(6).collect(Collectors.joining(", ")))
                .append(names.size() > 6 ? ", …" : "")
                .append(")\n"));
        String before = Files.readString(PAGE);
        String page = before.substring(0, before.indexOf(BEGIN) + BEGIN.length())
                + rates
                + "\n"
                + before.substring(before.indexOf(END));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
