package io.weir.disclosure.acro;

import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.Proof;
import io.weir.disclosure.protection.Protected;
import io.weir.disclosure.table.Measure;
import io.weir.disclosure.verdict.Finding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A protected table as an output of ACRO and as the file that belongs to it: one line a row, labelled by its keys, one column a measure. Measures
 * that are never shown, and rows with too few people unless their keys are published anyway, are left out of both. Positions of cells count
 * from zero and without the label, as ACRO's do.
 *
 * <p>The file holds protected values and markers, nothing else. Cells that begin with {@code =}, {@code +}, {@code -} or {@code @} are the
 * caller's to guard if a spreadsheet is to open it.
 *
 * @param measures of the table, in its order
 * @param assessment of the table
 * @param keysArePublished whether all keys come from a domain that is public, so that rows of too few people may be named
 * @param marker what stands for a hidden cell
 */
public record AcroTable(List<Measure> measures, Assessment assessment, boolean keysArePublished, String marker) {
    private static final String HIDDEN = "hidden";

    public AcroTable {
        measures = List.copyOf(measures);
        int width = measures.size();
        if (assessment.rows().stream().anyMatch(row -> row.cells().size() != width)) {
            throw new IllegalArgumentException("The assessment has other measures");
        }
    }

    /** Name of the table's file, as ACRO would name it. */
    public static String file(String uid) {
        return uid + "_0.csv";
    }

    /**
     * @param uid of the output
     * @param method what made the table: {@code crosstab}, {@code pivot_table}, {@code sql}
     * @param command the question
     * @param timestamp see {@link AcroOutput}
     * @param audience who reads it
     */
    public AcroOutput output(String uid, String method, String command, String timestamp, Audience audience) {
        Map<String, List<Json>> cells = new TreeMap<>();
        Map<String, Json> outcome = new LinkedHashMap<>();
        List<Integer> columns = columns();
        List<Assessment.Row> rows = rows();
        for (int column = 0; column < columns.size(); column++) {
            Map<String, Json> byRow = new LinkedHashMap<>();
            for (int row = 0; row < rows.size(); row++) {
                TreeSet<String> names = names(rows.get(row).cells().get(columns.get(column)), audience);
                for (String name : names) {
                    cells.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(new Json.Items(List.of(Json.of(row), Json.of(column))));
                }
                byRow.put(label(rows.get(row)), Json.of(names.isEmpty() ? "ok" : String.join("; ", names) + "; "));
            }
            outcome.put(measures.get(columns.get(column)).name(), new Json.Fields(byRow));
        }
        AcroStatus status = status(cells);
        return new AcroOutput(
                uid,
                status,
                "table",
                fields("method", Json.of(method), "mitigation", Json.of("suppress")),
                List.of(file(uid)),
                sdc(cells),
                new Json.Fields(outcome),
                command,
                summary(status, cells),
                timestamp,
                List.of(),
                status == AcroStatus.REVIEW ? "What could tell about people is hidden." : "",
                fair(cells));
    }

    /** The table as comma-separated values (RFC 4180) with a line of names; missing values are empty. */
    public String csv() {
        StringBuilder out = new StringBuilder();
        for (int column : columns()) {
            out.append(',').append(quoted(measures.get(column).name()));
        }
        out.append('\n');
        for (Assessment.Row row : rows()) {
            out.append(quoted(label(row)));
            for (int column : columns()) {
                out.append(',').append(quoted(text(row.cells().get(column))));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private List<Integer> columns() {
        List<Integer> columns = new ArrayList<>();
        for (int column = 0; column < measures.size(); column++) {
            if (measures.get(column).published()) {
                columns.add(column);
            }
        }
        return columns;
    }

    private List<Assessment.Row> rows() {
        return assessment.rows().stream()
                .filter(row -> keysArePublished || !row.belowThreshold())
                .toList();
    }

    /** Unique: the grouping set tells margins from each other, and a bar inside a key is none between two. */
    private static String label(Assessment.Row row) {
        String keys = row.address().keys().stream()
                .map(key -> key.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining(" | "));
        String set = row.address().groupingSet() == 0 ? "" : "[" + row.address().groupingSet() + "] ";
        return set + (keys.isEmpty() ? "All" : keys);
    }

    private static TreeSet<String> names(Protected cell, Audience audience) {
        TreeSet<String> names = new TreeSet<>();
        switch (cell) {
            case Protected.Shown shown -> {}
            case Protected.Hidden hidden -> {
                for (Finding finding : hidden.findings()) {
                    names.add(
                            switch (audience) {
                                case CHECKERS -> AcroCheck.nameOf(finding.rule());
                                case EVERYBODY -> HIDDEN;
                            });
                }
            }
        }
        return names;
    }

    private AcroStatus status(Map<String, List<Json>> cells) {
        return switch (assessment.proof()) {
            case Proof.NotProtected open -> AcroStatus.FAIL;
            case Proof.Audited audited -> cells.isEmpty() ? AcroStatus.PASS : AcroStatus.REVIEW;
            case Proof.Conservative conservative -> cells.isEmpty() ? AcroStatus.PASS : AcroStatus.REVIEW;
        };
    }

    private static Json.Fields fields(String first, Json one, String second, Json two) {
        Map<String, Json> fields = new LinkedHashMap<>();
        fields.put(first, one);
        fields.put(second, two);
        return new Json.Fields(fields);
    }

    private static Json.Fields sdc(Map<String, List<Json>> cells) {
        Map<String, Json> summary = new LinkedHashMap<>();
        Map<String, Json> positions = new LinkedHashMap<>();
        cells.forEach((name, at) -> {
            summary.put(name, Json.of(at.size()));
            positions.put(name, new Json.Items(at));
        });
        return fields("summary", new Json.Fields(summary), "cells", new Json.Fields(positions));
    }

    private static String summary(AcroStatus status, Map<String, List<Json>> cells) {
        StringBuilder summary = new StringBuilder(status.word());
        cells.forEach((name, at) ->
                summary.append("; ").append(name).append(": ").append(at.size()).append(" cells suppressed"));
        return summary.toString();
    }

    private static Json.Fields fair(Map<String, List<Json>> cells) {
        Map<String, Json> checks = new LinkedHashMap<>();
        cells.keySet().forEach(name -> checks.put(name, Json.of(AcroStatus.FAIL.word())));
        return fields("context", Json.of("https://w3id.org/statbarnsdc#"), "check_status", new Json.Fields(checks));
    }

    private String text(Protected cell) {
        return switch (cell) {
            case Protected.Hidden hidden -> marker;
            case Protected.Shown shown -> {
                BigDecimal value = shown.value();
                yield value == null ? "" : value.toPlainString();
            }
        };
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
