package io.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.policy.PolicySnapshot;
import io.weir.problem.Outcome;
import io.weir.problem.Problem;
import io.weir.query.Explaining.Explanation;
import io.weir.query.Explaining.Generated;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.rewrite.OutputColumn;
import io.weir.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code policy explain} prints. Pure. */
final class ExplanationText {
    private ExplanationText() {}

    static String text(PolicySnapshot policy, String sql, Outcome<Explanation> outcome) {
        StringBuilder out = new StringBuilder();
        switch (outcome) {
            case Outcome.Refused<Explanation>(Problem problem) -> refusal(out, sql, problem);
            case Outcome.Value<Explanation>(Explanation explanation) -> permit(out, explanation);
        }
        return out.append("policy     %s%n".formatted(policy.digest())).toString();
    }

    private static void refusal(StringBuilder out, String sql, Problem problem) {
        out.append("REFUSED    %s (SQLSTATE %s)%n"
                .formatted(problem.code().name(), problem.code().sqlState()));
        field(out, "why", problem.code().sentence());
        if (problem.detail() != null) {
            field(out, "detail", problem.detail());
        }
        if (problem.hint() != null) {
            field(out, "hint", problem.hint());
        }
        if (problem.position() > 0) {
            int from = Math.min(problem.position() - 1, sql.length());
            field(
                    out,
                    "at",
                    "character %d: %s"
                            .formatted(problem.position(), sql.substring(from, Math.min(sql.length(), from + 40))));
        }
    }

    private static void permit(StringBuilder out, Explanation e) {
        out.append("PERMITTED  ").append(e.mode()).append(System.lineSeparator());
        field(out, "agreement", e.agreement());
        field(out, "reads", reads(e));
        e.ruling().forEach(line -> field(out, "ruling", line));
        e.plan().forEach(line -> field(out, "plan", line));
        field(out, "profile", e.profile() + " " + new TreeMap<>(e.parameters()));
        field(
                out,
                "columns",
                String.join(
                        ", ",
                        e.columns().stream().map(c -> c.label() + " " + type(c)).toList()));
        if (e.unbound() > 0) {
            field(
                    out,
                    "note",
                    "the statement has parameters: its structure is permitted, values are ruled on when bound");
        }
        for (Generated generated : e.statements()) {
            String where = e.sources().size() > 1 ? ", from source " + generated.source() : "";
            out.append("%n-- %s%s%n%s%n".formatted(generated.purpose(), where, generated.sql()));
            List<String> binds = generated.binds();
            for (int i = 0; i < binds.size(); i++) {
                out.append("--   bind %d: %s%n".formatted(i + 1, Printable.line(binds.get(i))));
            }
            for (OutputColumn column : generated.outputs()) {
                out.append("--   %s: %s%n".formatted(column.label(), purpose(column)));
            }
        }
        if (!e.statements().isEmpty()) {
            out.append(System.lineSeparator());
        }
    }

    private static String reads(Explanation e) {
        return switch (e.sources().size()) {
            case 0 -> String.join(", ", e.datasets());
            case 1 ->
                String.join(", ", e.datasets()) + " from source " + e.sources().getFirst();
            default ->
                e.datasets().stream()
                        .map(d -> d + " from source " + e.sourceOf().get(d))
                        .collect(Collectors.joining(", "));
        };
    }

    private static String purpose(OutputColumn column) {
        return switch (column.purpose()) {
            case CELL -> "part of a cell, leaves only through protection";
            case EVIDENCE -> "evidence, never leaves";
            case LINK -> "identifier, compared by Weir where it is read and dropped there";
            case TO_PSEUDONYMISE -> "identifier, leaves only as a pseudonym";
            case VALUE -> "value";
        };
    }

    private static String type(AnswerColumn column) {
        return column.type().type().sqlName();
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append("%-10s %s%n".formatted(name, Printable.line(value)));
    }

    static String json(PolicySnapshot policy, Outcome<Explanation> outcome) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("policy", policy.digest());
        switch (outcome) {
            case Outcome.Refused<Explanation>(Problem problem) -> {
                root.put("permitted", false);
                root.put("code", problem.code().name());
                root.put("sqlState", problem.code().sqlState());
                root.put("sentence", problem.code().sentence());
                root.put("detail", problem.detail());
                root.put("hint", problem.hint());
                root.put("position", problem.position());
            }
            case Outcome.Value<Explanation>(Explanation e) -> permit(root, e);
        }
        return root + System.lineSeparator();
    }

    private static void permit(ObjectNode root, Explanation e) {
        root.put("permitted", true);
        root.put("agreement", e.agreement());
        e.sources().forEach(root.putArray("sources")::add);
        root.put("mode", e.mode());
        e.datasets().forEach(root.putArray("datasets")::add);
        e.ruling().forEach(root.putArray("ruling")::add);
        e.plan().forEach(root.putArray("plan")::add);
        ObjectNode profile = root.putObject("profile").put("name", e.profile());
        new TreeMap<>(e.parameters()).forEach(profile.putObject("parameters")::put);
        ArrayNode columns = root.putArray("columns");
        e.columns().forEach(c -> columns.addObject().put("label", c.label()).put("type", type(c)));
        root.put("unboundParameters", e.unbound());
        ArrayNode statements = root.putArray("statements");
        for (Generated generated : e.statements()) {
            ObjectNode statement = statements.addObject().put("purpose", generated.purpose());
            statement.put("source", generated.source()).put("sql", generated.sql());
            generated.binds().forEach(statement.putArray("binds")::add);
            ArrayNode outputs = statement.putArray("outputs");
            generated
                    .outputs()
                    .forEach(o -> outputs.addObject()
                            .put("label", o.label())
                            .put("purpose", o.purpose().name().toLowerCase(Locale.ROOT)));
        }
    }
}
