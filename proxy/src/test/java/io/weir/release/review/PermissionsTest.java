package io.weir.release.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.Fixtures;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestState;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PermissionsTest {
    private static final ReleaseRequest REQUEST = Fixtures.request(RequestState.SUBMITTED);

    static Stream<Arguments> people() {
        return Stream.of(
                Arguments.of("a checker from elsewhere", Fixtures.CHECKER_1, null, false),
                Arguments.of("a checker on the last day of training", Fixtures.CHECKER_2, null, false),
                Arguments.of("the author, though a checker", Fixtures.AUTHOR, "author never", false),
                Arguments.of("a member of the author's project", Fixtures.COLLEAGUE, "members of the author's", false),
                Arguments.of("a checker whose training expired", Fixtures.UNTRAINED, "training has expired", false),
                Arguments.of("somebody without the role", Fixtures.OPERATOR, "needs the role checker", true),
                Arguments.of("somebody unknown", new PersonId("nobody"), "needs the role checker", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("people")
    void onlyTrainedCheckersFromOutsideTheProjectReview(
            String who, PersonId person, @Nullable String refusal, boolean mayResume) {
        Problem problem = Permissions.problemWithReviewing(Fixtures.policy(), Fixtures.TODAY, person, REQUEST);
        if (refusal == null) {
            assertThat(problem).as(who).isNull();
        } else {
            assertThat(problem).as(who).extracting(Problem::code).isEqualTo(ProblemCode.NOT_PERMITTED);
            assertThat(problem).asString().contains(refusal);
        }
        assertThat(Permissions.problemWithResuming(Fixtures.policy(), Fixtures.TODAY, person, REQUEST) == null)
                .isEqualTo(mayResume);
    }
}
