package io.weir.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.FrontEndCrash;
import io.weir.query.catalog.GovernedSchema;
import java.time.Duration;
import java.util.List;

/** Whatever text arrives, the answer is a tree or a problem, in bounded time. */
class SqlFrontEndFuzzTest {
    private static final GovernedSchema SCHEMA = OmopSchema.schema();
    private static final SqlFrontEnd FRONT_END =
            new SqlFrontEnd(new FrontEndLimits(20_000, 2_000, 50, 10_000, 100, Duration.ofSeconds(20)));

    @FuzzTest
    void anyTextIsReadOrRefused(FuzzedDataProvider data) {
        Outcome<ParsedQuery> outcome = FRONT_END.parse(data.consumeRemainingAsString(), SCHEMA, List.of());
        if (outcome instanceof Outcome.Refused<ParsedQuery>(Problem problem)) {
            assertThat(problem.code()).isNotEqualTo(ProblemCode.INTERNAL);
            assertThat(FrontEndCrash.is(problem)).isFalse();
            assertThat(problem.detail()).isNotEqualTo("reading the statement took too long");
        }
    }
}
