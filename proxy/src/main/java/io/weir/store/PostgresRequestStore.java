package io.weir.store;

import io.weir.audit.AuditEvent;
import io.weir.identity.PersonId;
import io.weir.identity.ProjectId;
import io.weir.problem.LoggedFailure;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.problem.ProblemException;
import io.weir.release.request.Ballot;
import io.weir.release.request.Comment;
import io.weir.release.request.FrozenContent;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.request.RequestId;
import io.weir.release.request.RequestState;
import io.weir.release.request.RequestStore;
import io.weir.release.request.Step;
import io.weir.release.request.Vote;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Requests, votes and comments in PostgreSQL. */
public final class PostgresRequestStore implements RequestStore {
    private static final String SELECT = "SELECT id, revision, state, author, project, agreement, title, purpose_note,"
            + " destination, digest, case_digest, row_count, column_count, created_at, changed_at, reason FROM release_requests ";

    private final ControlStore store;
    private final RecordedChanges changes;

    public PostgresRequestStore(ControlStore store, RecordedChanges changes) {
        this.store = store;
        this.changes = changes;
    }

    @Override
    public void create(ReleaseRequest request, FrozenContent frozen, AuditEvent event) {
        boolean created = changes.apply(event, (handle, changeId) -> {
            handle.createUpdate("INSERT INTO frozen_answers (digest, content) VALUES (:digest, :content)"
                            + " ON CONFLICT (digest) DO NOTHING")
                    .bind("digest", frozen.digest())
                    .bind("content", frozen.json())
                    .execute();
            insert(handle, request);
            Rows.transition(
                    handle,
                    request.id().value(),
                    request.revision(),
                    null,
                    request.state().label(),
                    "submit",
                    request.author(),
                    request.createdAt(),
                    null,
                    changeId);
            return true;
        });
        if (!created) {
            throw new ProblemException(Problem.of(ProblemCode.INTERNAL));
        }
    }

    private static void insert(Handle handle, ReleaseRequest request) {
        handle.createUpdate("INSERT INTO release_requests (id, revision, state, author, project, agreement, title,"
                        + " purpose_note, destination, digest, case_digest, row_count, column_count, created_at, changed_at)"
                        + " VALUES (:id, :revision, :state, :author, :project, :agreement, :title, :purpose_note,"
                        + " :destination, :digest, :case, :rows, :columns, :created, :changed)")
                .bind("id", request.id().value())
                .bind("revision", request.revision())
                .bind("state", request.state().label())
                .bind("author", request.author().value())
                .bind("project", request.project().value())
                .bind("agreement", request.agreement())
                .bind("title", request.title())
                .bind("purpose_note", request.purposeNote())
                .bind("destination", request.destination())
                .bind("digest", request.digest())
                .bind("case", request.caseDigest())
                .bind("rows", request.rows())
                .bind("columns", request.columns())
                .bind("created", Rows.at(request.createdAt()))
                .bind("changed", Rows.at(request.changedAt()))
                .execute();
    }

    @Override
    public Optional<ReleaseRequest> find(RequestId id) {
        return select("WHERE id = :id", Map.of("id", id.value())).stream().findFirst();
    }

    @Override
    public List<ReleaseRequest> byAuthor(PersonId author, ProjectId project) {
        return select(
                "WHERE author = :author AND project = :project ORDER BY created_at DESC, id",
                Map.of("author", author.value(), "project", project.value()));
    }

    @Override
    public List<ReleaseRequest> inStates(Set<RequestState> states) {
        String[] labels = states.stream().map(RequestState::label).toArray(String[]::new);
        return select("WHERE state = ANY (:states) ORDER BY created_at, id", Map.of("states", labels));
    }

    /** One snapshot for all three tables, so that votes belong to the revision that is read. */
    private List<ReleaseRequest> select(String where, Map<String, Object> binds) {
        return store.read(handle -> handle.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, snapshot -> {
            List<ReleaseRequest> bare = bind(snapshot.createQuery(SELECT + where), binds)
                    .map((row, context) -> bare(row))
                    .list();
            String[] ids = bare.stream().map(r -> r.id().value()).toArray(String[]::new);
            Map<String, List<Vote>> votes = votes(snapshot, ids);
            Map<String, List<Comment>> comments = comments(snapshot, ids);
            return bare.stream()
                    .map(r -> complete(
                            r,
                            votes.getOrDefault(r.id().value(), List.of()),
                            comments.getOrDefault(r.id().value(), List.of())))
                    .toList();
        }));
    }

    private static Query bind(Query query, Map<String, Object> binds) {
        binds.forEach((name, value) -> {
            if (value instanceof String[] texts) {
                query.bindArray(name, String.class, (Object[]) texts);
            } else {
                query.bind(name, value);
            }
        });
        return query;
    }

    private static ReleaseRequest bare(ResultSet row) throws SQLException {
        return new ReleaseRequest(
                new RequestId(row.getString("id")),
                row.getInt("revision"),
                RequestState.ofLabel(row.getString("state")),
                new PersonId(row.getString("author")),
                new ProjectId(row.getString("project")),
                row.getString("agreement"),
                row.getString("title"),
                row.getString("purpose_note"),
                row.getString("destination"),
                row.getString("digest"),
                row.getString("case_digest"),
                row.getInt("row_count"),
                row.getInt("column_count"),
                instant(row, "created_at"),
                instant(row, "changed_at"),
                row.getString("reason"),
                List.of(),
                List.of());
    }

    private static ReleaseRequest complete(ReleaseRequest r, List<Vote> votes, List<Comment> comments) {
        return new ReleaseRequest(
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
                votes,
                comments);
    }

    private static Map<String, List<Vote>> votes(Handle handle, String[] ids) {
        Map<String, List<Vote>> byRequest = new HashMap<>();
        handle.createQuery("SELECT request, checker, ballot, case_digest, at FROM release_votes"
                        + " WHERE request = ANY (:ids) ORDER BY at, checker")
                .bindArray("ids", String.class, (Object[]) ids)
                .map((row, context) -> Map.entry(
                        row.getString("request"),
                        new Vote(
                                new PersonId(row.getString("checker")),
                                Ballot.ofLabel(row.getString("ballot")),
                                row.getString("case_digest"),
                                instant(row, "at"))))
                .forEach(e -> byRequest
                        .computeIfAbsent(e.getKey(), k -> new ArrayList<>())
                        .add(e.getValue()));
        return byRequest;
    }

    private static Map<String, List<Comment>> comments(Handle handle, String[] ids) {
        Map<String, List<Comment>> byRequest = new HashMap<>();
        handle.createQuery("SELECT request, author, audience, content, at FROM release_comments"
                        + " WHERE request = ANY (:ids) ORDER BY id")
                .bindArray("ids", String.class, (Object[]) ids)
                .map((row, context) -> Map.entry(
                        row.getString("request"),
                        new Comment(
                                new PersonId(row.getString("author")),
                                Comment.Audience.ofLabel(row.getString("audience")),
                                row.getString("content"),
                                instant(row, "at"))))
                .forEach(e -> byRequest
                        .computeIfAbsent(e.getKey(), k -> new ArrayList<>())
                        .add(e.getValue()));
        return byRequest;
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public FrozenContent frozen(String digest) {
        String json = store.read(
                        handle -> handle.createQuery("SELECT content FROM frozen_answers WHERE digest = :digest")
                                .bind("digest", digest)
                                .mapTo(String.class)
                                .findOne())
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.INTERNAL)));
        try {
            return FrozenContent.read(json, digest);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.of(ProblemCode.INTERNAL), LoggedFailure.of(e));
        }
    }

    @Override
    public boolean apply(Step step, AuditEvent event) {
        return changes.apply(event, (handle, changeId) -> {
            if (!Rows.step(handle, step, changeId)) {
                return false;
            }
            Vote vote = step.vote();
            if (vote != null) {
                handle.createUpdate("INSERT INTO release_votes (request, checker, ballot, case_digest, at, change_id)"
                                + " VALUES (:request, :checker, :ballot, :case, :at, :change)")
                        .bind("request", step.seen().id().value())
                        .bind("checker", vote.checker().value())
                        .bind("ballot", vote.ballot().label())
                        .bind("case", vote.caseDigest())
                        .bind("at", Rows.at(vote.at()))
                        .bind("change", changeId)
                        .execute();
            }
            for (Comment comment : step.comments()) {
                insert(handle, step.seen().id(), comment, changeId);
            }
            return true;
        });
    }

    @Override
    public void comment(RequestId id, Comment comment, AuditEvent event) {
        changes.apply(event, (handle, changeId) -> {
            insert(handle, id, comment, changeId);
            return true;
        });
    }

    private static void insert(Handle handle, RequestId id, Comment comment, String changeId) {
        handle.createUpdate("INSERT INTO release_comments (request, author, audience, content, at, change_id)"
                        + " VALUES (:request, :author, :audience, :content, :at, :change)")
                .bind("request", id.value())
                .bind("author", comment.by().value())
                .bind("audience", comment.audience().label())
                .bind("content", comment.text())
                .bind("at", Rows.at(comment.at()))
                .bind("change", changeId)
                .execute();
    }
}
