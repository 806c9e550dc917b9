package io.weir.web;

import io.weir.identity.Asker;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.release.request.Refusals;
import io.weir.release.request.RequestDesk;
import io.weir.release.request.RequestSummary;
import io.weir.release.request.RequestView;
import io.weir.release.request.RequestView.CellView;
import io.weir.release.request.RequestView.ColumnView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An authors' desk in memory. */
public final class FakeRequests implements RequestDesk {
    /** A request of ada in stroke that is there from the start. */
    public static final String ADAS = "req-0123456789abcdef";

    /** Asked last. */
    public volatile @Nullable Asked asked;

    /** What the next call is refused with. */
    public volatile @Nullable Problem refusing;

    /** What the next call throws. */
    public volatile @Nullable RuntimeException failing;

    /** What every call waits for before it answers. */
    public volatile Runnable waiting = () -> {};

    final Map<String, RequestSummary> known = new ConcurrentHashMap<>();

    /** What was asked. */
    public record Asked(Asker asker, String sql, String title, String purposeNote, String destination) {}

    FakeRequests() {
        known.put(ADAS, summary(ADAS, "stroke", "ada", "submitted"));
    }

    static RequestSummary summary(String id, String project, String author, String state) {
        return new RequestSummary(
                id,
                "Strokes\u001b[2J by provider",
                state,
                "checkers",
                project,
                author,
                "trust-bucket",
                2,
                2,
                "2026-03-02T09:00:00Z",
                "2026-03-02T09:00:00Z",
                null);
    }

    private <T> @Nullable Outcome<T> trouble() {
        waiting.run();
        RuntimeException exception = failing;
        if (exception != null) {
            throw exception;
        }
        Problem problem = refusing;
        return problem == null ? null : Outcome.refused(problem);
    }

    @Override
    public Outcome<RequestView> request(
            Asker asker, String sql, String title, String purposeNote, String destinationId) {
        Outcome<RequestView> trouble = trouble();
        if (trouble != null) {
            return trouble;
        }
        asked = new Asked(asker, sql, title, purposeNote, destinationId);
        RequestSummary summary = summary(
                "req-00000000000000ff", asker.project().value(), asker.person().value(), "submitted");
        known.put(summary.id(), summary);
        return Outcome.of(view(summary, false));
    }

    @Override
    public Outcome<List<RequestSummary>> list(Asker asker) {
        Outcome<List<RequestSummary>> trouble = trouble();
        return trouble != null
                ? trouble
                : Outcome.of(known.values().stream()
                        .filter(r -> r.author().equals(asker.person().value())
                                && r.project().equals(asker.project().value()))
                        .toList());
    }

    @Override
    public Outcome<RequestView> show(Asker asker, String requestId) {
        Outcome<RequestView> trouble = trouble();
        if (trouble != null) {
            return trouble;
        }
        RequestSummary found = known.get(requestId);
        return found == null || !found.project().equals(asker.project().value())
                ? Outcome.refused(Refusals.unknownRequest())
                : Outcome.of(view(found, false));
    }

    @Override
    public Outcome<RequestSummary> withdraw(Asker asker, String requestId) {
        RequestSummary found = known.get(requestId);
        if (found == null || !found.author().equals(asker.person().value())) {
            return Outcome.refused(Refusals.unknownRequest());
        }
        if (found.state().equals("withdrawn")) {
            return Outcome.refused(Problem.of(ProblemCode.WRONG_STATE, "it is withdrawn"));
        }
        RequestSummary now = summary(requestId, found.project(), found.author(), "withdrawn");
        known.put(requestId, now);
        return Outcome.of(now);
    }

    static RequestView view(RequestSummary summary, boolean checker) {
        return new RequestView(
                summary,
                "for the board",
                "SELECT provider, count(*) FROM hes.admissions GROUP BY provider",
                "cd".repeat(32),
                "ef".repeat(32),
                checker ? "01".repeat(32) : null,
                new RequestView.TableView(
                        List.of(new ColumnView("provider", "text"), new ColumnView("n", "bigint")),
                        List.of(
                                List.of(
                                        new CellView("RX1", false, false, List.of()),
                                        new CellView("120", false, true, List.of())),
                                List.of(
                                        new CellView("RX2", false, false, List.of()),
                                        new CellView(
                                                "[c]",
                                                true,
                                                false,
                                                checker ? List.of("minimum-frequency") : List.of())))),
                new RequestView.FactsView(
                        "dsa-1",
                        "research",
                        "ab".repeat(32),
                        "release",
                        checker ? Map.of("threshold", "10") : Map.of(),
                        Map.of("warehouse", "2026-02-28"),
                        List.of("hes.admissions"),
                        "aggregate",
                        List.of("people only as aggregates"),
                        1,
                        3,
                        checker ? Map.of("minimum-frequency", 1) : Map.of(),
                        checker
                                ? List.of(new RequestView.HiddenNumberView(
                                        "RX2", "people", "0", "17", List.of("minimum-frequency")))
                                : List.of()),
                null,
                List.of(),
                List.of());
    }
}
