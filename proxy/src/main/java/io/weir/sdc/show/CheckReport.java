package io.weir.sdc.show;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.disclosure.evidence.Evidence;
import io.weir.disclosure.evidence.EvidenceRow;
import io.weir.disclosure.table.MeasureKind;
import io.weir.sdc.apply.Judgement;
import io.weir.sdc.apply.Judgement.JudgedCell;
import io.weir.sdc.apply.Judgement.Status;
import io.weir.sdc.apply.Rules;
import io.weir.sdc.read.StatedTable;
import io.weir.text.Printable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code weir sdc check} says. It holds true values.
 *
 * @param table as it stands
 * @param rules it was judged by
 * @param judgement of its cells
 */
public record CheckReport(StatedTable table, Rules rules, Judgement judgement) {
    /** @param width of the terminal */
    public String text(int width) {
        StringBuilder out = new StringBuilder();
        out.append(new Layout(table.description().dimensions(), table.places(), names(), width).text(this::cell));
        out.append("%n! fails, ? needs a person's look; profile %s%n"
                .formatted(Printable.line(rules.preset().name())));
        FindingList fails = findings(Status.FAIL);
        FindingList reviews = findings(Status.REVIEW);
        if (!fails.isEmpty()) {
            out.append("%nFails%n".formatted()).append(fails.text());
        }
        if (!reviews.isEmpty()) {
            out.append("%nNeeds a person's look%n".formatted()).append(reviews.text());
        }
        out.append(System.lineSeparator());
        Words.notes(out, notes());
        return out.append(verdict()).append(System.lineSeparator()).toString();
    }

    private String verdict() {
        long all = judgement.cells().stream().mapToLong(List::size).sum();
        String cells = Words.count(judgement.count(Status.FAIL), "cell fails", "cells fail")
                + ", "
                + Words.count(judgement.count(Status.REVIEW), "needs a person's look", "need a person's look")
                + ", of "
                + all
                + ".";
        return switch (judgement.status()) {
            case PASS -> "PASS: every cell of " + all + " may be shown.";
            case REVIEW -> "REVIEW: " + cells;
            case FAIL -> "FAIL: " + cells + " 'weir sdc protect' hides what must be hidden.";
        };
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(table.notes());
        notes.add(
                "Published under this profile, the table has " + rules.counts().words() + ".");
        return notes;
    }

    private List<String> names() {
        return table.evidence().measures().stream()
                .map(measure -> measure.name())
                .toList();
    }

    private String cell(int row, int measure) {
        JudgedCell judged = judgement.cells().get(row).get(measure);
        String value = Words.number(table.evidence().evidence(row, measure).value());
        return switch (judged.status()) {
            case PASS -> value + "  ";
            case REVIEW -> value + " ?";
            case FAIL -> value + " !";
        };
    }

    private FindingList findings(Status status) {
        FindingList list = new FindingList();
        for (int row = 0; row < table.places().size(); row++) {
            for (int m = 0; m < names().size(); m++) {
                JudgedCell judged = judgement.cells().get(row).get(m);
                if (judged.status() == status) {
                    String where = Words.place(
                            table.description().dimensions(), table.places().get(row));
                    String cell = where + ": " + evidence(row, m);
                    judged.findings().forEach(finding -> list.add(finding.rule().id(), finding.sentence(), cell));
                }
            }
        }
        return list;
    }

    private String evidence(int index, int m) {
        EvidenceRow row = table.evidence().rows().get(index);
        Evidence e = row.evidence().get(m);
        List<String> words = new ArrayList<>();
        words.add(names().get(m) + " " + known(e.value()));
        if (table.evidence().measures().get(m).kind() != MeasureKind.UNITS) {
            words.add("units " + (e.contributingUnits() == null ? "unknown" : e.contributingUnits()));
        }
        if (table.evidence().measures().get(m).kind() == MeasureKind.SUM) {
            words.add("largest " + known(e.largest()) + " and " + known(e.secondLargest()) + " of "
                    + known(e.absoluteTotal()));
        }
        words.add("population " + (row.populationUnits() == null ? "unknown" : row.populationUnits()));
        return Printable.line(String.join("; ", words));
    }

    private static String known(@Nullable BigDecimal value) {
        return value == null ? "unknown" : Words.plain(value);
    }

    /** The same as one JSON document, see docs/reference/sdc.md. */
    public ObjectNode json() {
        ObjectNode root = Documents.of("check", rules.preset().name());
        root.put("verdict", judgement.status().name().toLowerCase(Locale.ROOT));
        ObjectNode counts = root.putObject("counts");
        for (Status status : Status.values()) {
            counts.put(status.name().toLowerCase(Locale.ROOT), judgement.count(status));
        }
        notes().forEach(root.putArray("notes")::add);
        ArrayNode cells = root.putArray("cells");
        for (int row = 0; row < table.places().size(); row++) {
            for (int m = 0; m < names().size(); m++) {
                JudgedCell judged = judgement.cells().get(row).get(m);
                ObjectNode cell = Documents.cell(
                        cells, table.description().dimensions(), table.places().get(row), names().get(m));
                EvidenceRow evidence = table.evidence().rows().get(row);
                Evidence e = evidence.evidence().get(m);
                cell.put("value", e.value());
                cell.put("status", judged.status().name().toLowerCase(Locale.ROOT));
                Documents.findings(cell, judged.findings());
                ObjectNode node = cell.putObject("evidence");
                node.put("units", evidence.units());
                node.put("population", evidence.populationUnits());
                node.put("contributors", e.contributingUnits());
                node.put("largest", e.largest());
                node.put("secondLargest", e.secondLargest());
                node.put("absoluteTotal", e.absoluteTotal());
            }
        }
        return root;
    }
}
