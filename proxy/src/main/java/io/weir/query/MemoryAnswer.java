package io.weir.query;

import io.weir.query.answer.Answer;
import io.weir.query.answer.AnswerColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer whose rows are all there: protection is complete before the first one leaves. */
final class MemoryAnswer implements Answer {
    private final List<AnswerColumn> columns;
    private final String verb;
    private final List<@Nullable Object[]> rows;
    private final List<String> notices;
    private int next;

    MemoryAnswer(List<AnswerColumn> columns, String verb, List<@Nullable Object[]> rows, List<String> notices) {
        this.columns = List.copyOf(columns);
        this.verb = verb;
        this.rows = rows;
        this.notices = List.copyOf(notices);
    }

    @Override
    public List<AnswerColumn> columns() {
        return columns;
    }

    @Override
    public String verb() {
        return verb;
    }

    @Override
    public Fetch fetch(int maxRows, RowSink sink) {
        int end = maxRows <= 0 ? rows.size() : Math.min(rows.size(), next + maxRows);
        int from = next;
        while (next < end) {
            sink.row(rows.get(next++));
        }
        return new Fetch((long) end - from, next == rows.size());
    }

    @Override
    public List<String> notices() {
        return notices;
    }

    @Override
    public void close() {
        next = rows.size();
    }
}
