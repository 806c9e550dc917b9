package io.weir.sdc.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.sdc.apply.AuditReport;
import io.weir.sdc.apply.AuditReport.AuditedCell;
import io.weir.sdc.apply.AuditReport.Status;
import io.weir.sdc.describe.Dimension;
import io.weir.text.Printable;
import io.weir.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code weir sdc audit} says.
 *
 * @param dimensions of the table
 * @param profile it was read by
 * @param report of the audit
 */
public record AuditText(List<Dimension> dimensions, String profile, AuditReport report) {
    /** Text for people. */
    public String text() {
        StringBuilder out = new StringBuilder();
        if (!report.cells().isEmpty()) {
            List<String> headings = new ArrayList<>();
            dimensions.forEach(
                    dimension -> dimension.columns().forEach(column -> headings.add(Printable.line(column))));
            headings.addAll(List.of("measure", "printed", "readers can work out", "verdict"));
            TextTable table = TextTable.of(headings.toArray(new String[0]));
            for (AuditedCell cell : report.cells()) {
                List<String> line = new ArrayList<>();
                Words.codes(dimensions, cell.place()).values().forEach(code -> line.add(Words.label(code)));
                line.add(Printable.line(cell.measure()));
                line.add(Printable.line(cell.printed()));
                line.add(interval(cell));
                line.add(words(cell));
                table.add(line);
            }
            out.append(table.text()).append(System.lineSeparator());
        }
        Words.notes(out, report.notes());
        return out.append(verdict()).append(System.lineSeparator()).toString();
    }

    private static String interval(AuditedCell cell) {
        return cell.status() == Status.NOT_AUDITED ? "not worked out" : Words.interval(cell.lower(), cell.upper());
    }

    private static String words(AuditedCell cell) {
        String verdict = switch (cell.status()) {
            case ENOUGH -> "protected";
            case NOT_JUDGED -> "";
            case NOT_AUDITED -> "NOT AUDITED";
            case OTHERWISE -> "OTHERWISE";
            case UNTRUE -> "UNTRUE";
            case TOO_NARROW -> "TOO NARROW";
            case EXACT -> "EXACTLY KNOWN";
            case SHOWN -> "MUST BE HIDDEN";
        };
        return cell.sentence().isEmpty() ? verdict : verdict + ": " + cell.sentence();
    }

    private String verdict() {
        long hidden = report.cells().stream()
                .filter(cell -> cell.status() != Status.SHOWN && cell.status() != Status.OTHERWISE)
                .count();
        long bad = report.cells().stream().filter(cell -> isBad(cell.status())).count();
        if (report.fails()) {
            return "FAIL: " + Words.count(bad, "cell is", "cells are") + " not protected, of "
                    + Words.count(hidden, "hidden cell", "hidden cells") + ".";
        }
        if (report.needsReview()) {
            return "REVIEW: not everything could be judged.";
        }
        return report.withTruth()
                ? "PASS: every interval is wide enough under profile " + Printable.line(profile) + "."
                : "No hidden cell is known exactly. Whether the intervals are wide enough needs the true values: --truth FILE.";
    }

    private static boolean isBad(Status status) {
        return switch (status) {
            case UNTRUE, TOO_NARROW, EXACT, SHOWN -> true;
            case ENOUGH, NOT_JUDGED, NOT_AUDITED, OTHERWISE -> false;
        };
    }

    /** The same as one JSON document, see docs/reference/sdc.md. */
    public ObjectNode json() {
        ObjectNode root = Documents.of("audit", profile);
        root.put("withTruth", report.withTruth());
        root.put(
                "verdict",
                report.fails() ? "fail" : report.needsReview() ? "review" : report.withTruth() ? "pass" : "not-judged");
        report.notes().forEach(root.putArray("notes")::add);
        ArrayNode cells = root.putArray("cells");
        for (AuditedCell audited : report.cells()) {
            ObjectNode cell = Documents.cell(cells, dimensions, audited.place(), audited.measure());
            cell.put("printed", audited.printed());
            cell.putObject("interval").put("lower", audited.lower()).put("upper", audited.upper());
            cell.put("status", audited.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            cell.put("sentence", audited.sentence());
        }
        return root;
    }
}
