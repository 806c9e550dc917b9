package io.weir.release.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.release.Fixtures;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaseDigestTest {
    private final FrozenContent frozen = FrozenContent.of(Fixtures.answer(), new Random(11));
    private final ReleaseRequest request = Fixtures.request(RequestState.SUBMITTED);

    private record Words(
            RequestId id,
            PersonId author,
            ProjectId project,
            String agreement,
            String title,
            String purposeNote,
            String destination) {}

    private ReleaseRequest of(Words words) {
        return new ReleaseRequest(
                words.id(),
                2,
                RequestState.APPROVED,
                words.author(),
                words.project(),
                words.agreement(),
                words.title(),
                words.purposeNote(),
                words.destination(),
                request.digest(),
                request.caseDigest(),
                3,
                2,
                Fixtures.NOW,
                Fixtures.NOW.plusSeconds(9),
                "a reason",
                List.of(new Vote(Fixtures.CHECKER_1, Ballot.APPROVE, request.caseDigest(), Fixtures.NOW)),
                List.of());
    }

    private List<Words> all() {
        RequestId id = request.id();
        PersonId author = request.author();
        ProjectId project = request.project();
        String title = request.title();
        String note = request.purposeNote();
        return List.of(
                new Words(id, author, project, "dsa-1", title, note, "trust-bucket"),
                new Words(new RequestId("req-0000000000000000"), author, project, "dsa-1", title, note, "trust-bucket"),
                new Words(id, Fixtures.COLLEAGUE, project, "dsa-1", title, note, "trust-bucket"),
                new Words(id, author, new ProjectId("other"), "dsa-1", title, note, "trust-bucket"),
                new Words(id, author, project, "dsa-2", title, note, "trust-bucket"),
                new Words(id, author, project, "dsa-1", "another", note, "trust-bucket"),
                new Words(id, author, project, "dsa-1", title, "another", "trust-bucket"),
                new Words(id, author, project, "dsa-1", note, title, "trust-bucket"),
                new Words(id, author, project, "dsa-1", title, note, "uni-sftp"));
    }

    @Test
    void stateVotesAndTimesAreNotPartOfTheCase() {
        assertThat(CaseDigest.holds(request, frozen)).isTrue();
        assertThat(CaseDigest.holds(of(all().getFirst()), frozen)).isTrue();
    }

    @Test
    void everyWordOfTheRequestIsPartOfTheCase() {
        Set<String> digests = new HashSet<>();
        for (Words words : all()) {
            assertThat(digests.add(CaseDigest.of(of(words), frozen)))
                    .as("%s", words)
                    .isTrue();
        }
        for (Words words : all().subList(1, all().size())) {
            assertThat(CaseDigest.holds(of(words), frozen)).as("%s", words).isFalse();
        }
    }

    @Test
    void theFrozenContentIsPartOfTheCase() {
        FrozenContent other = FrozenContent.of(Fixtures.answer(), new Random(12));
        assertThat(CaseDigest.of(request, other)).isNotEqualTo(request.caseDigest());
        assertThat(CaseDigest.holds(request, other)).isFalse();
    }

    @Test
    void aResultMadeForAnotherProjectIsNotThisCase() {
        Words moved = new Words(
                request.id(),
                request.author(),
                new ProjectId("other"),
                "dsa-1",
                request.title(),
                request.purposeNote(),
                "trust-bucket");
        ReleaseRequest forged = of(moved).withCaseDigest(CaseDigest.of(of(moved), frozen));
        assertThat(forged.caseDigest()).isNotEqualTo(request.caseDigest());
        assertThat(CaseDigest.holds(forged, frozen))
                .as("the frozen facts say which")
                .isFalse();
    }
}
