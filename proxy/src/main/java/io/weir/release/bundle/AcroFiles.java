package io.weir.release.bundle;

import io.weir.disclosure.acro.AcroOutput;
import io.weir.disclosure.acro.AcroResults;
import io.weir.disclosure.acro.AcroStatus;
import io.weir.disclosure.acro.AcroTable;
import io.weir.disclosure.acro.Json;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.release.request.ReleaseRequest;
import io.weir.release.review.ApprovedRelease;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code acro/results.json} and its table, for tools that read ACRO's outputs. They leave the environment: every hidden cell looks the same, whatever
 * hid it, and the statement is not in them.
 */
final class AcroFiles {
    private static final String FOLDER = "acro/";
    private static final String HIDDEN = "hidden";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");

    private AcroFiles() {}

    /** By name in the bundle. */
    static Map<String, byte[]> write(ApprovedRelease release) {
        ReleaseRequest request = release.request();
        FrozenAnswer answer = release.frozen().answer();
        String uid = request.id().value();
        String results = new AcroResults(List.of(output(request, answer))).json() + "\n";
        return Map.of(
                FOLDER + "results.json",
                results.getBytes(StandardCharsets.UTF_8),
                FOLDER + AcroTable.file(uid),
                CsvFile.numbered(answer));
    }

    private static AcroOutput output(ReleaseRequest request, FrozenAnswer answer) {
        List<Json> hidden = new ArrayList<>();
        Map<String, Json> outcome = new LinkedHashMap<>();
        for (int column = 0; column < answer.columns().size(); column++) {
            Map<String, Json> byRow = new LinkedHashMap<>();
            for (int row = 0; row < answer.rows().size(); row++) {
                boolean isHidden = answer.rows().get(row).get(column) instanceof Cell.Hidden;
                if (isHidden) {
                    hidden.add(new Json.Items(List.of(Json.of(row), Json.of(column))));
                }
                byRow.put(String.valueOf(row + 1), Json.of(isHidden ? HIDDEN + "; " : "ok"));
            }
            String label = CsvFile.harmless(answer.columns().get(column).label());
            String name = outcome.containsKey(label) ? label + " (" + (column + 1) + ")" : label;
            outcome.put(name, new Json.Fields(byRow));
        }
        AcroStatus status = hidden.isEmpty() ? AcroStatus.PASS : AcroStatus.REVIEW;
        Map<String, Json> summary = new LinkedHashMap<>();
        Map<String, Json> cells = new LinkedHashMap<>();
        Map<String, Json> checks = new LinkedHashMap<>();
        if (!hidden.isEmpty()) {
            summary.put(HIDDEN, Json.of(hidden.size()));
            cells.put(HIDDEN, new Json.Items(hidden));
            checks.put(HIDDEN, Json.of(AcroStatus.FAIL.word()));
        }
        return new AcroOutput(
                request.id().value(),
                status,
                "table",
                fields("method", Json.of("sql"), "mitigation", Json.of("suppress")),
                List.of(AcroTable.file(request.id().value())),
                fields("summary", new Json.Fields(summary), "cells", new Json.Fields(cells)),
                new Json.Fields(outcome),
                "weir release " + request.id().value(),
                status.word() + (hidden.isEmpty() ? "" : "; hidden: " + hidden.size() + " cells suppressed"),
                STAMP.format(LocalDateTime.ofInstant(request.createdAt(), ZoneOffset.UTC)),
                List.of(request.title()),
                hidden.isEmpty() ? "" : "What could tell about people is hidden.",
                fields("context", Json.of("https://w3id.org/statbarnsdc#"), "check_status", new Json.Fields(checks)));
    }

    private static Json.Fields fields(String first, Json one, String second, Json two) {
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put(first, one);
        fields.put(second, two);
        return new Json.Fields(fields);
    }
}
