package io.weir.release.request;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as one reader may see it ({@link Visibility}); serialises as JSON as it stands.
 *
 * @param summary the line of the list
 * @param purposeNote the author's words
 * @param sql the author's statement
 * @param digest content address of what is asked to be released
 * @param caseDigest what a checker signs with a vote: one digest over request, author, project, agreement, destination, title, purpose note
 *     and {@code digest}
 * @param nonce the random part of the frozen content, for checkers, or null
 * @param table the frozen result
 * @param facts how it came about
 * @param votesCast how many votes were cast, or null while the reader may not know
 * @param votes votes, empty while the reader may not see them
 * @param comments comments the reader may see
 */
public record RequestView(
        RequestSummary summary,
        String purposeNote,
        String sql,
        String digest,
        String caseDigest,
        @Nullable String nonce,
        TableView table,
        FactsView facts,
        @Nullable Integer votesCast,
        List<VoteView> votes,
        List<CommentView> comments) {
    public RequestView {
        votes = List.copyOf(votes);
        comments = List.copyOf(comments);
    }

    /** Columns, then rows of cells in the same order. */
    public record TableView(List<ColumnView> columns, List<List<CellView>> rows) {
        public TableView {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** @param type PostgreSQL's name of the type */
    public record ColumnView(String label, String type) {}

    /**
     * @param text the value; null is an SQL NULL, a hidden cell holds the profile's marker
     * @param hidden whether it is hidden
     * @param rounded whether it was rounded
     * @param reasons rule names, for checkers
     */
    public record CellView(@Nullable String text, boolean hidden, boolean rounded, List<String> reasons) {
        public CellView {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * @param parameters the profile's parameters, for checkers; empty for everybody else
     * @param ruling rules applied, in words
     * @param hiddenByReason how many cells each rule hid, for checkers; empty for everybody else
     * @param hiddenNumbers what the cells were computed from and is hidden, the first of it, for checkers; empty for everybody else
     */
    public record FactsView(
            String agreement,
            String purpose,
            String policyDigest,
            String profile,
            Map<String, String> parameters,
            Map<String, String> snapshots,
            List<String> datasets,
            String mode,
            List<String> ruling,
            int hiddenCells,
            int shownCells,
            Map<String, Integer> hiddenByReason,
            List<HiddenNumberView> hiddenNumbers) {
        public FactsView {
            parameters = Map.copyOf(parameters);
            snapshots = Map.copyOf(snapshots);
            datasets = List.copyOf(datasets);
            ruling = List.copyOf(ruling);
            hiddenByReason = Map.copyOf(hiddenByReason);
            hiddenNumbers = List.copyOf(hiddenNumbers);
        }
    }

    /**
     * @param least the least that the number can be by what the table shows, or null where nothing is known
     * @param most the greatest, or null
     */
    public record HiddenNumberView(
            String group,
            String number,
            @Nullable String least,
            @Nullable String most,
            List<String> reasons) {
        public HiddenNumberView {
            reasons = List.copyOf(reasons);
        }
    }

    public record VoteView(String checker, String ballot, String at) {}

    /** @param by account, or {@code checker} where the reader may not know which */
    public record CommentView(String by, String audience, String text, String at) {}
}
