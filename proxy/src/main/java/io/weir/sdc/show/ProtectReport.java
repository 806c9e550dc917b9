package io.weir.sdc.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.disclosure.protection.Assessment;
import io.weir.disclosure.protection.HiddenInterval;
import io.weir.disclosure.protection.Proof;
import io.weir.disclosure.protection.Protected;
import io.weir.sdc.apply.PrintedMarker;
import io.weir.sdc.apply.Protector;
import io.weir.sdc.apply.Rules;
import io.weir.sdc.read.StatedTable;
import io.weir.text.Printable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code weir sdc protect} says. The table is what may be published; findings and intervals are for the checker.
 *
 * @param table as it stood
 * @param rules it was protected by
 * @param result of the protection
 */
public record ProtectReport(StatedTable table, Rules rules, Protector.Result result) {
    /** What stands for a hidden cell. */
    public String marker() {
        return PrintedMarker.of(rules);
    }

    /** Whether the table may be published. */
    public boolean isProtected() {
        return result.isProtected();
    }

    /** Whether it may be published, and no number is left. */
    public boolean isEmpty() {
        return result.isEmpty();
    }

    /** @param width of the terminal */
    public String text(int width) {
        StringBuilder out = new StringBuilder();
        if (isProtected() && !isEmpty()) {
            List<Integer> rows = shownRows();
            out.append(new Layout(table.description().dimensions(), shownPlaces(), names(), width)
                    .text((row, m) -> shownCell(rows.get(row), m)));
        }
        out.append(System.lineSeparator());
        Words.notes(out, notes());
        out.append(proof()).append(System.lineSeparator());
        String findings = findings();
        if (!findings.isEmpty()) {
            out.append("%nFor the checker, not for publication: hidden cells, and what readers can work out of them%n"
                            .formatted())
                    .append(findings);
        }
        return out.toString();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(table.notes());
        notes.addAll(result.notes());
        Assessment assessment = result.assessment();
        long left = (long) assessment.rows().size() - shownRows().size();
        if (left > 0) {
            notes.add(
                    Words.count(left, "row is", "rows are")
                            + (rules.hasThreshold()
                                    ? " left out for few units"
                                    : " left out since all counts are zero in print")
                            + ", since not everybody is said to know the codes; list 'codes:' in the description to have them in the table.");
        }
        if (hiddenCells() > 0 && !marker().equals(rules.preset().marker().text())) {
            notes.add("Hidden cells are marked " + marker() + ": the profile's marker "
                    + rules.preset().marker().text() + " would tell more, or be untrue of some.");
        }
        return notes;
    }

    private String proof() {
        String hidden = hiddenCells() + " of " + Words.count(cellCount(), "cell", "cells") + " hidden under profile "
                + Printable.line(rules.preset().name());
        if (isProtected() && isEmpty()) {
            return "HIDDEN AS A WHOLE: " + hidden + "; no number is left to publish, and nothing was written.";
        }
        return switch (result.assessment().proof()) {
            case Proof.Audited audited ->
                "PROTECTED: " + hidden
                        + (rules.hasThreshold()
                                ? "; every hidden cell was audited, and its interval is wide enough."
                                : "; no margin undoes a rounding or a noise.");
            case Proof.Conservative conservative ->
                "PROTECTED: " + hidden + "; parts were hidden as a whole: " + String.join(" ", conservative.notes());
            case Proof.NotProtected open -> "NOT PROTECTED, nothing to publish: " + String.join(" ", open.notes());
        };
    }

    private long cellCount() {
        return (long) result.assessment().rows().size() * names().size();
    }

    private long hiddenCells() {
        return result.assessment().rows().stream()
                .flatMap(row -> row.cells().stream())
                .filter(Protected.Hidden.class::isInstance)
                .count();
    }

    private List<String> names() {
        return table.evidence().measures().stream()
                .map(measure -> measure.name())
                .toList();
    }

    private List<Integer> shownRows() {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < result.assessment().rows().size(); row++) {
            if (!result.leftOut().contains(row)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<List<List<String>>> shownPlaces() {
        return shownRows().stream().map(table.places()::get).toList();
    }

    private String shownCell(int row, int measure) {
        return switch (result.assessment().cell(row, measure)) {
            case Protected.Hidden hidden -> marker();
            case Protected.Shown cell -> Words.number(cell.value());
        };
    }

    private Map<List<Integer>, HiddenInterval> intervals() {
        Map<List<Integer>, HiddenInterval> intervals = new HashMap<>();
        result.assessment().intervals().forEach(i -> intervals.put(List.of(i.row(), i.measure()), i));
        return intervals;
    }

    private String findings() {
        FindingList list = new FindingList();
        Map<List<Integer>, HiddenInterval> intervals = intervals();
        for (int row = 0; row < table.places().size(); row++) {
            for (int m = 0; m < names().size(); m++) {
                if (result.assessment().cell(row, m) instanceof Protected.Hidden hidden) {
                    String cell = Words.place(
                                    table.description().dimensions(),
                                    table.places().get(row)) + ": " + Printable.line(names().get(m)) + " "
                            + interval(intervals.get(List.of(row, m)));
                    hidden.findings().forEach(finding -> list.add(finding.rule().id(), finding.sentence(), cell));
                }
            }
        }
        return list.text();
    }

    private String interval(@Nullable HiddenInterval interval) {
        if (interval != null) {
            return "is " + Words.interval(interval.lower(), interval.upper());
        }
        return result.assessment().proof() instanceof Proof.Audited
                ? "is part of no sum that is shown"
                : "was not worked out";
    }

    /** The same as one JSON document, see docs/reference/sdc.md. */
    public ObjectNode json() {
        ObjectNode root = Documents.of("protect", rules.preset().name());
        root.put("marker", marker());
        root.put(
                "proof",
                switch (result.assessment().proof()) {
                    case Proof.Audited audited -> "audited";
                    case Proof.Conservative conservative -> "conservative";
                    case Proof.NotProtected open -> "not-protected";
                });
        List<String> proofNotes = switch (result.assessment().proof()) {
            case Proof.Audited audited -> List.<String>of();
            case Proof.Conservative(List<String> some) -> some;
            case Proof.NotProtected(List<String> some) -> some;
        };
        root.put("nothingLeft", isProtected() && isEmpty());
        proofNotes.forEach(root.putArray("proofNotes")::add);
        notes().forEach(root.putArray("notes")::add);
        ArrayNode cells = root.putArray("cells");
        Map<List<Integer>, HiddenInterval> intervals = intervals();
        for (int row = 0; row < table.places().size(); row++) {
            boolean named = !result.leftOut().contains(row);
            for (int m = 0; m < names().size(); m++) {
                ObjectNode cell = Documents.cell(
                        cells, table.description().dimensions(), table.places().get(row), names().get(m));
                cell(cell, result.assessment().cell(row, m), intervals.get(List.of(row, m)));
                cell.put("rowPublished", named && isProtected());
            }
        }
        return root;
    }

    private void cell(ObjectNode node, Protected cell, @Nullable HiddenInterval interval) {
        switch (cell) {
            case Protected.Shown shown -> {
                node.put("hidden", false);
                node.put("published", isProtected() ? shown.value() : null);
            }
            case Protected.Hidden hidden -> {
                node.put("hidden", true);
                node.put("published", (BigDecimal) null);
                Documents.findings(node, hidden.findings());
            }
        }
        if (interval != null) {
            node.putObject("interval").put("lower", interval.lower()).put("upper", interval.upper());
        }
    }
}
