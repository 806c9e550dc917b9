package io.weir.query.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.query.FrontEndCrash;
import io.weir.query.execute.EgressGuard;
import io.weir.query.govern.Permit;
import io.weir.query.parse.FrontEndLimits;
import io.weir.query.parse.SqlFrontEnd;
import io.weir.query.rewrite.OutputColumn.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * From any text to what a source would hear, in both dialects: a refusal of ours, or texts that the second parser reads as they were declared, without any
 * literal but ours, and with people's keys only where they are to become pseudonyms.
 */
class GeneratedTextFuzzTest {
    /** What the analyst says, and nobody else. */
    private static final String CANARY = "QCANARYQ";

    private static final Pattern LITERAL = Pattern.compile("'([^']*)'");

    /** Texts of ours: parts of dates, the first and last days, a separator, the escape of patterns. */
    private static final Pattern OURS = Pattern.compile("[a-z]{1,12}|(0001|9999)-\\d\\d-\\d\\d|\t|\\\\|");

    private static final List<String> PROJECTS = List.of("diabetes", "flow");
    private static final List<String> IDENTIFIERS = List.of(
            "patient_id", "nhs_number", "admission_id", "prescription_id", "given_name", "family_name", "notes");
    private static final SqlFrontEnd FRONT_END =
            new SqlFrontEnd(new FrontEndLimits(20_000, 2_000, 50, 10_000, 100, Duration.ofSeconds(20)));

    private static final Map<SqlDialect, PolicySnapshot> POLICIES = Map.of(
            SqlDialect.POSTGRESQL,
            DemoPermits.policy("postgresql"),
            SqlDialect.SQL_SERVER,
            DemoPermits.policy("sqlserver"));

    @FuzzTest(maxDuration = "60s")
    void anyStatementIsRefusedOrReadsAsItWasMeant(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String project = PROJECTS.get(Math.floorMod(data[0], PROJECTS.size()));
        String sql = new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
        POLICIES.forEach((dialect, policy) -> {
            switch (DemoPermits.permit(FRONT_END, policy, project, sql)) {
                case Outcome.Refused<Permit>(Problem problem) -> assertIsOurs(problem);
                case Outcome.Value<Permit>(Permit permit) -> {
                    try {
                        new Rewriter().rewrite(permit, policy).selects().forEach(select -> check(select, dialect));
                    } catch (ProblemException refused) {
                        assertIsOurs(refused.problem());
                    }
                }
            }
        });
    }

    private static void assertIsOurs(Problem problem) {
        assertThat(problem.code()).isNotIn(ProblemCode.INTERNAL, ProblemCode.EGRESS_GUARD, ProblemCode.SOURCE_FAILED);
        assertThat(FrontEndCrash.is(problem)).isFalse();
    }

    private static void check(GeneratedSelect select, SqlDialect dialect) {
        assertThat(select.dialect()).isEqualTo(dialect);
        new EgressGuard().check(select);
        assertThat(select.sql()).doesNotContain(CANARY);
        assertThat(LITERAL.matcher(select.sql()).results().map(found -> found.group(1)))
                .allMatch(literal -> OURS.matcher(literal).matches());
        assertThat(GeneratedStructure.ambiguities(select.sql()))
                .as(select.sql())
                .isEmpty();
        assertThat(GeneratedStructure.readAgain(select)).isEqualTo(GeneratedStructure.tokens(select.sql()));
        String list = select.sql().substring(0, outermostFrom(select.sql()));
        boolean pseudonyms = select.outputs().stream().anyMatch(o -> o.purpose() == Purpose.TO_PSEUDONYMISE);
        if (!pseudonyms) {
            assertThat(list).doesNotContain(IDENTIFIERS);
        }
    }

    /** Where the list of the outermost SELECT ends. */
    private static int outermostFrom(String sql) {
        int depth = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (depth == 0 && sql.startsWith(" FROM ", i)) {
                return i;
            }
        }
        return sql.length();
    }
}
