package io.weir.release;

import io.weir.audit.AuditEvent;
import io.weir.audit.AuditLog;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.release.request.Comment;
import io.weir.release.request.FrozenContent;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestId;
import io.weir.release.request.RequestState;
import io.weir.release.request.RequestStore;
import io.weir.release.request.Step;
import io.weir.release.request.Vote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The store's promises in memory. */
public final class MemoryRequestStore implements RequestStore {
    private final AuditLog audit;
    private final Map<RequestId, ReleaseRequest> requests = new HashMap<>();
    private final Map<String, FrozenContent> frozen = new HashMap<>();
    private boolean down;

    public MemoryRequestStore(AuditLog audit) {
        this.audit = audit;
    }

    public void takeDown() {
        down = true;
    }

    private void mustBeUp() {
        if (down) {
            throw new ProblemException(Problem.of(ProblemCode.STORE_UNAVAILABLE));
        }
    }

    @Override
    public synchronized void create(ReleaseRequest request, FrozenContent content, AuditEvent event) {
        mustBeUp();
        audit.append(event);
        requests.put(request.id(), request);
        frozen.put(content.digest(), content);
    }

    @Override
    public synchronized Optional<ReleaseRequest> find(RequestId id) {
        mustBeUp();
        return Optional.ofNullable(requests.get(id));
    }

    @Override
    public synchronized List<ReleaseRequest> byAuthor(PersonId author, ProjectId project) {
        mustBeUp();
        return requests.values().stream()
                .filter(r -> r.author().equals(author) && r.project().equals(project))
                .sorted(Comparator.comparing(ReleaseRequest::createdAt).reversed())
                .toList();
    }

    @Override
    public synchronized List<ReleaseRequest> inStates(Set<RequestState> states) {
        mustBeUp();
        return requests.values().stream()
                .filter(r -> states.contains(r.state()))
                .sorted(Comparator.comparing(ReleaseRequest::createdAt))
                .toList();
    }

    @Override
    public synchronized FrozenContent frozen(String digest) {
        mustBeUp();
        FrozenContent content = frozen.get(digest);
        if (content == null) {
            throw new ProblemException(Problem.of(ProblemCode.INTERNAL));
        }
        return content;
    }

    @Override
    public synchronized boolean apply(Step step, AuditEvent event) {
        mustBeUp();
        ReleaseRequest now = requests.get(step.seen().id());
        if (now == null || now.revision() != step.seen().revision()) {
            return false;
        }
        audit.append(event);
        List<Vote> votes = new ArrayList<>(now.votes());
        Vote vote = step.vote();
        if (vote != null) {
            votes.add(vote);
        }
        List<Comment> comments = new ArrayList<>(now.comments());
        comments.addAll(step.comments());
        requests.put(now.id(), with(now, step, votes, comments));
        return true;
    }

    private static ReleaseRequest with(ReleaseRequest r, Step step, List<Vote> votes, List<Comment> comments) {
        return new ReleaseRequest(
                r.id(),
                r.revision() + 1,
                step.to(),
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
                step.at(),
                step.reason(),
                votes,
                comments);
    }

    @Override
    public synchronized void comment(RequestId id, Comment comment, AuditEvent event) {
        mustBeUp();
        audit.append(event);
        ReleaseRequest r = Optional.ofNullable(requests.get(id)).orElseThrow();
        List<Comment> comments = new ArrayList<>(r.comments());
        comments.add(comment);
        requests.put(
                id,
                new ReleaseRequest(
                        r.id(),
                        r.revision(),
                        r.state(),
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
                        r.reason(),
                        r.votes(),
                        comments));
    }
}
