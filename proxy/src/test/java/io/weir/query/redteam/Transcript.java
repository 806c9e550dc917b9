package io.weir.query.redteam;

import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.problem.ProblemCode;
import io.weir.query.DemoRoad;
import io.weir.query.FrontEndCrash;
import io.weir.query.answer.Answer;
import io.weir.query.answer.QueryDesk;
import io.weir.query.answer.QueryOptions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All that a client sees of one statement.
 *
 * @param columns label and type of each
 * @param problem the refusal, or null
 * @param prepared whether the statement got beyond the structural ruling, which has no data
 */
record Transcript(
        List<String> columns,
        List<List<@Nullable Object>> rows,
        List<String> notices,
        String verb,
        @Nullable Problem problem,
        boolean prepared) {
    static Transcript of(DemoRoad.Session session, Duration limit, String sql, @Nullable Object... parameters) {
        QueryOptions options = new QueryOptions(true, ZoneOffset.UTC, limit);
        return switch (session.desk().prepare(session.asker(), sql, List.of(), options)) {
            case Outcome.Refused<QueryDesk.Prepared>(Problem problem) -> refused(problem, false);
            case Outcome.Value<QueryDesk.Prepared>(QueryDesk.Prepared prepared) ->
                switch (prepared.execute(Arrays.asList(parameters))) {
                    case Outcome.Refused<Answer>(Problem problem) -> refused(problem, true);
                    case Outcome.Value<Answer>(Answer answer) -> answered(answer);
                };
        };
    }

    private static Transcript answered(Answer answer) {
        try (answer) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            answer.fetch(0, row -> rows.add(Arrays.asList(row)));
            return new Transcript(
                    answer.columns().stream()
                            .map(column -> column.label() + " " + column.type())
                            .toList(),
                    rows,
                    answer.notices(),
                    answer.verb(),
                    null,
                    true);
        }
    }

    private static Transcript refused(Problem problem, boolean prepared) {
        return new Transcript(List.of(), List.of(), List.of(), "", problem, prepared);
    }

    /** The rows as texts, without the columns that say what was protected. */
    List<List<String>> values() {
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .filter(i -> !columns.get(i).contains("_sdc "))
                        .mapToObj(i -> String.valueOf(row.get(i)))
                        .toList())
                .toList();
    }

    boolean isAnswered() {
        return problem == null;
    }

    /** How long something takes depends on the machine. */
    boolean isTimedOut() {
        return problem != null && problem.code() == ProblemCode.TIME_OUT;
    }

    /** Something that should not happen, in any world. */
    boolean isFault() {
        return problem != null
                && switch (problem.code()) {
                    case INTERNAL, EGRESS_GUARD, SOURCE_FAILED -> true;
                    default -> FrontEndCrash.is(problem);
                };
    }

    /** {@code answered}, or the code of the problem. */
    String outcome() {
        return problem == null ? "answered" : problem.code().name();
    }
}
