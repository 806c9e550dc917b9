package io.weir.release.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import io.weir.release.Fixtures;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VisibilityTest {
    private static final Reader AUTHOR = new Reader.Author(Fixtures.AUTHOR);
    private static final Reader VOTED = new Reader.Checker(Fixtures.CHECKER_1);
    private static final Reader NOT_VOTED = new Reader.Checker(Fixtures.CHECKER_2);

    private static ReleaseRequest request(RequestState state) {
        ReleaseRequest r = Fixtures.request(state);
        PersonId checker = Fixtures.CHECKER_1;
        return new ReleaseRequest(
                r.id(),
                2,
                state,
                r.author(),
                r.project(),
                r.agreement(),
                r.title(),
                r.purposeNote(),
                r.destination(),
                r.digest(),
                r.caseDigest(),
                r.rows(),
                r.columns(),
                r.createdAt(),
                r.changedAt(),
                null,
                List.of(new Vote(checker, Ballot.APPROVE, r.caseDigest(), Fixtures.NOW)),
                List.of(
                        new Comment(checker, Comment.Audience.PUBLIC, "public", Fixtures.NOW),
                        new Comment(checker, Comment.Audience.PRIVATE, "private", Fixtures.NOW)));
    }

    static Stream<Arguments> table() {
        RequestState open = RequestState.PARTIALLY_REVIEWED;
        RequestState over = RequestState.RETURNED;
        return Stream.of(
                Arguments.of("author, open", AUTHOR, open, 0, List.of()),
                Arguments.of("author, over", AUTHOR, over, 0, List.of("public")),
                Arguments.of("checker who voted, open", VOTED, open, 1, List.of("public", "private")),
                Arguments.of("checker who has not voted, open", NOT_VOTED, open, 0, List.of()),
                Arguments.of("checker who has not voted, over", NOT_VOTED, over, 1, List.of("public", "private")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void theFirstPhaseIsBlindAndAuthorsReadOnlyPublicCommentsAfterIt(
            String name, Reader reader, RequestState state, int votes, List<String> comments) {
        ReleaseRequest request = request(state);
        assertThat(Visibility.votes(reader, request)).as(name).hasSize(votes);
        assertThat(Visibility.comments(reader, request))
                .as(name)
                .extracting(Comment::text)
                .isEqualTo(comments);
    }

    @Test
    void aViewForTheAuthorHoldsNoReasonNoParameterAndNoChecker() {
        RequestView view = RequestViews.view(AUTHOR, request(RequestState.RETURNED), Fixtures.frozen());
        assertThat(view.toString())
                .doesNotContain(
                        "minimum-frequency",
                        "complementary",
                        "p_percent",
                        "47.5",
                        Fixtures.CHECKER_1.value(),
                        "private");
        assertThat(view.nonce()).isNull();
        assertThat(view.toString()).doesNotContain(Fixtures.frozen().nonce());
        assertThat(view.votesCast()).isNull();
        assertThat(view.comments())
                .singleElement()
                .satisfies(c -> assertThat(c.by()).isEqualTo("checker"));
        assertThat(view.table().rows().get(1).get(1).text()).isEqualTo("[c]");
    }

    @Test
    void aViewForACheckerHoldsReasonsAndParameters() {
        RequestView view = RequestViews.view(NOT_VOTED, request(RequestState.PARTIALLY_REVIEWED), Fixtures.frozen());
        assertThat(view.table().rows().get(1).get(1).reasons()).containsExactly("minimum-frequency");
        assertThat(view.facts().parameters()).containsEntry("p_percent", "0.1");
        assertThat(view.facts().hiddenByReason()).containsEntry("complementary", 1);
        assertThat(view.facts().hiddenNumbers())
                .containsExactly(
                        new RequestView.HiddenNumberView("=RX2", "people", "0", "47.5", List.of("minimum-frequency")),
                        new RequestView.HiddenNumberView("NULL", "people", null, null, List.of("complementary")));
        assertThat(view.nonce()).isEqualTo(Fixtures.frozen().nonce());
        assertThat(view.caseDigest())
                .isEqualTo(request(RequestState.PARTIALLY_REVIEWED).caseDigest());
        assertThat(view.votesCast()).isNull();
    }
}
