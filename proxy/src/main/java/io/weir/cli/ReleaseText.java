package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.text.Printable;
import io.weir.text.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests as text for people. Pure; everything from outside is made printable. */
final class ReleaseText {
    private static final Set<String> NUMBERS =
            Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision", "int2", "int4", "int8");

    private ReleaseText() {}

    static String list(JsonNode releases) {
        if (releases.isEmpty()) {
            return "There is no release request to see." + System.lineSeparator();
        }
        TextTable table = TextTable.of(
                "ID", "STATE", "TURN", "PROJECT", "AUTHOR", "ROWS", "COLUMNS", "DESTINATION", "ASKED", "TITLE");
        for (JsonNode r : releases) {
            table.add(List.of(
                    text(r, "id"),
                    text(r, "state"),
                    text(r, "turn"),
                    text(r, "project"),
                    text(r, "author"),
                    r.path("rows").asText(),
                    r.path("columns").asText(),
                    text(r, "destination"),
                    minutes(text(r, "createdAt")),
                    text(r, "title")));
        }
        return table.text();
    }

    /** One line after a change. */
    static String changed(JsonNode summary) {
        return "%s is %s; next: %s%n".formatted(text(summary, "id"), text(summary, "state"), text(summary, "turn"));
    }

    static String show(JsonNode view) {
        StringBuilder out = new StringBuilder();
        JsonNode summary = view.path("summary");
        JsonNode facts = view.path("facts");
        boolean checker = view.path("reader").asText().equals("checker");
        field(out, "request", text(summary, "id") + "  " + text(summary, "title"));
        field(out, "state", text(summary, "state") + "; next: " + text(summary, "turn"));
        if (summary.hasNonNull("reason")) {
            field(out, "reason", text(summary, "reason"));
        }
        field(
                out,
                "asked by",
                text(summary, "author") + " in " + text(summary, "project") + ", "
                        + minutes(text(summary, "createdAt")));
        field(out, "purpose", text(view, "purposeNote"));
        field(out, "agreement", text(facts, "agreement") + ", purpose code " + text(facts, "purpose"));
        field(out, "to", text(summary, "destination"));
        field(out, "query", text(view, "sql"));
        field(
                out,
                "reads",
                joined(facts.path("datasets")) + " (" + text(facts, "mode") + ")"
                        + pairs(", data of ", facts.path("snapshots")));
        field(out, "profile", text(facts, "profile"));
        facts.path("parameters").properties().stream()
                .map(e -> Printable.line(e.getKey() + " " + e.getValue().asText()))
                .sorted()
                .forEach(line -> field(out, "", line));
        facts.path("ruling").forEach(line -> field(out, "ruling", Printable.line(line.asText())));
        field(out, "digest", text(view, "digest"));
        field(out, "case", text(view, "caseDigest") + (checker ? "  (a vote signs this)" : ""));
        out.append(System.lineSeparator());
        table(out, view.path("table"), facts, checker);
        hidden(out, facts.path("hiddenNumbers"));
        people(out, view);
        return out.toString();
    }

    private static void table(StringBuilder out, JsonNode table, JsonNode facts, boolean checker) {
        List<String> headings = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (JsonNode column : table.path("columns")) {
            headings.add(text(column, "label"));
            right.add(NUMBERS.contains(column.path("type").asText()));
        }
        Map<List<String>, Integer> notes = new LinkedHashMap<>();
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        boolean rounded = false;
        TextTable text = new TextTable(headings, right);
        for (JsonNode row : table.path("rows")) {
            List<String> cells = new ArrayList<>();
            for (JsonNode cell : row) {
                rounded |= cell.path("rounded").asBoolean();
                cells.add(cell(cell, notes, counts));
            }
            text.add(cells);
        }
        out.append(text.text()).append(System.lineSeparator());
        int hidden = facts.path("hiddenCells").asInt();
        out.append("%d cells shown, %d hidden%s%n"
                .formatted(
                        facts.path("shownCells").asInt(), hidden, hidden > 0 && !checker ? " to protect people" : ""));
        notes.forEach((reasons, number) -> {
            String words = String.join(
                    "; ",
                    reasons.stream()
                            .map(r -> HiddenReason.words(r) + " (" + Printable.line(r) + ")")
                            .toList());
            out.append("  [%d] %s: %d cells%n".formatted(number, words, counts.getOrDefault(reasons, 0)));
        });
        if (rounded) {
            out.append("  ~ rounded").append(System.lineSeparator());
        }
    }

    /** For checkers: authors get none. */
    private static void hidden(StringBuilder out, JsonNode numbers) {
        if (numbers.isEmpty()) {
            return;
        }
        TextTable table = TextTable.of("GROUP", "HIDDEN NUMBER", "AT LEAST", "AT MOST", "BY");
        for (JsonNode number : numbers) {
            table.add(List.of(
                    text(number, "group"),
                    text(number, "number"),
                    number.hasNonNull("least") ? text(number, "least") : "-",
                    number.hasNonNull("most") ? text(number, "most") : "-",
                    joined(number.path("reasons"))));
        }
        out.append("%nWhat the table tells of the hidden numbers behind it, to whoever has it (- nothing):%n"
                        .formatted())
                .append(table.text());
    }

    private static String cell(JsonNode cell, Map<List<String>, Integer> notes, Map<List<String>, Integer> counts) {
        String text = cell.hasNonNull("text") ? Printable.line(cell.get("text").asText()) : "NULL";
        if (!cell.path("hidden").asBoolean()) {
            return cell.path("rounded").asBoolean() ? "~" + text : text;
        }
        List<String> reasons = new ArrayList<>();
        cell.path("reasons").forEach(r -> reasons.add(r.asText()));
        if (reasons.isEmpty()) {
            return "hidden " + text;
        }
        int number = notes.computeIfAbsent(List.copyOf(reasons), fresh -> notes.size() + 1);
        counts.merge(List.copyOf(reasons), 1, Integer::sum);
        return "hidden " + text + " [" + number + "]";
    }

    private static void people(StringBuilder out, JsonNode view) {
        JsonNode cast = view.path("votesCast");
        if (cast.isInt()) {
            out.append("votes: ").append(cast.asInt()).append(System.lineSeparator());
        }
        for (JsonNode vote : view.path("votes")) {
            out.append(
                    "  %s: %s, %s%n".formatted(text(vote, "checker"), text(vote, "ballot"), minutes(text(vote, "at"))));
        }
        for (JsonNode comment : view.path("comments")) {
            out.append("comment by %s (%s): %s%n"
                    .formatted(text(comment, "by"), text(comment, "audience"), text(comment, "text")));
        }
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append("%-10s %s%n".formatted(name, value));
    }

    private static String joined(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(t -> all.add(Printable.line(t.asText())));
        return String.join(", ", all);
    }

    private static String pairs(String before, JsonNode object) {
        List<String> all = new ArrayList<>();
        object.properties()
                .forEach(e ->
                        all.add(Printable.line(e.getKey() + " " + e.getValue().asText())));
        all.sort(String::compareTo);
        return all.isEmpty() ? "" : before + String.join(", ", all);
    }

    private static String minutes(String instant) {
        return instant.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*")
                ? instant.substring(0, 10) + " " + instant.substring(11, 16) + " UTC"
                : instant;
    }

    private static String text(JsonNode object, String field) {
        return Printable.line(object.path(field).asText(""));
    }
}
