package io.weir.release.request;

import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds views by what {@link Visibility} lets through. Pure. */
public final class RequestViews {
    private RequestViews() {}

    public static RequestView view(Reader reader, ReleaseRequest request, FrozenContent frozen) {
        FrozenAnswer answer = frozen.answer();
        boolean reasons = Visibility.showsReasons(reader);
        List<RequestView.VoteView> votes = Visibility.votes(reader, request).stream()
                .map(v ->
                        new RequestView.VoteView(v.checker().value(), v.ballot().label(), v.at().toString()))
                .toList();
        List<RequestView.CommentView> comments = Visibility.comments(reader, request).stream()
                .map(c -> new RequestView.CommentView(
                        Visibility.showsWriter(reader, request, c) ? c.by().value() : "checker",
                        c.audience().label(),
                        c.text(),
                        c.at().toString()))
                .toList();
        return new RequestView(
                RequestSummary.of(request),
                request.purposeNote(),
                answer.sql(),
                request.digest(),
                request.caseDigest(),
                reasons ? frozen.nonce() : null,
                table(answer, reasons),
                facts(answer, reasons),
                Visibility.showsVotes(reader, request) ? request.votes().size() : null,
                votes,
                comments);
    }

    private static RequestView.TableView table(FrozenAnswer answer, boolean reasons) {
        List<RequestView.ColumnView> columns = answer.columns().stream()
                .map(c -> new RequestView.ColumnView(c.label(), c.type().type().sqlName()))
                .toList();
        List<List<RequestView.CellView>> rows = new ArrayList<>();
        for (List<Cell> row : answer.rows()) {
            List<RequestView.CellView> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                SqlType type = answer.columns().get(i).type().type();
                cells.add(
                        switch (row.get(i)) {
                            case Cell.Shown(Object value, boolean rounded) ->
                                new RequestView.CellView(
                                        value == null ? null : ValueText.write(type, value), false, rounded, List.of());
                            case Cell.Hidden(List<String> why) ->
                                new RequestView.CellView(
                                        answer.facts().marker(), true, false, reasons ? why : List.of());
                        });
            }
            rows.add(cells);
        }
        return new RequestView.TableView(columns, rows);
    }

    private static RequestView.HiddenNumberView number(FrozenAnswer.HiddenNumber number) {
        return new RequestView.HiddenNumberView(
                number.group(), number.number(), text(number.least()), text(number.most()), number.reasons());
    }

    private static @Nullable String text(@Nullable BigDecimal bound) {
        return bound == null ? null : bound.toPlainString();
    }

    private static RequestView.FactsView facts(FrozenAnswer answer, boolean reasons) {
        int shown = 0;
        int hidden = 0;
        Map<String, Integer> byReason = new TreeMap<>();
        for (List<Cell> row : answer.rows()) {
            for (Cell cell : row) {
                switch (cell) {
                    case Cell.Shown ignored -> shown++;
                    case Cell.Hidden(List<String> why) -> {
                        hidden++;
                        why.forEach(w -> byReason.merge(w, 1, Integer::sum));
                    }
                }
            }
        }
        FrozenAnswer.Facts facts = answer.facts();
        Map<String, String> snapshots = new HashMap<>();
        facts.snapshots().forEach((source, day) -> snapshots.put(source, day.toString()));
        return new RequestView.FactsView(
                facts.agreement(),
                facts.purpose(),
                facts.policyDigest(),
                facts.profile(),
                reasons ? facts.profileParameters() : Map.of(),
                snapshots,
                facts.datasets(),
                facts.mode(),
                facts.ruling(),
                hidden,
                shown,
                reasons ? byReason : Map.of(),
                reasons ? answer.behind().stream().map(RequestViews::number).toList() : List.of());
    }
}
