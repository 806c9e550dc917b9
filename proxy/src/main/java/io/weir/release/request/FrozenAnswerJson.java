package io.weir.release.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.query.answer.AnswerColumn;
import io.weir.query.answer.FrozenAnswer;
import io.weir.query.answer.FrozenAnswer.Cell;
import io.weir.query.type.ColumnType;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A frozen answer as canonical JSON, version 2: version 1 had no nonce. A shown cell is {@code {"v":text or null}} with {@code "r":true} when rounded; a hidden one
 * is {@code {"h":[reasons]}}. Hidden numbers behind it are {@code {"g":group,"n":number,"h":[reasons],"i":[least,most]}} under {@code behind}, which is missing where there are
 * none. Catalogue OIDs are not kept: they mean nothing later.
 */
final class FrozenAnswerJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{64}");

    private FrozenAnswerJson() {}

    /** @param nonce lower-case hex of 32 bytes */
    record Stored(FrozenAnswer answer, String nonce) {}

    static String write(FrozenAnswer answer, String nonce) {
        Map<String, Object> root = new HashMap<>();
        root.put("v", 2);
        root.put("nonce", nonce);
        root.put("sql", answer.sql());
        root.put("facts", facts(answer.facts()));
        List<Object> columns = new ArrayList<>();
        for (AnswerColumn column : answer.columns()) {
            columns.add(Map.of(
                    "label", column.label(),
                    "type", column.type().type().sqlName(),
                    "typmod", column.type().typmod()));
        }
        root.put("columns", columns);
        List<Object> rows = new ArrayList<>();
        for (List<Cell> row : answer.rows()) {
            List<Object> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(cell(answer.columns().get(i).type().type(), row.get(i)));
            }
            rows.add(cells);
        }
        root.put("rows", rows);
        if (!answer.behind().isEmpty()) {
            root.put(
                    "behind",
                    answer.behind().stream().map(FrozenAnswerJson::number).toList());
        }
        return CanonicalJson.write(root);
    }

    private static Map<String, ?> cell(SqlType type, Cell cell) {
        return switch (cell) {
            case Cell.Hidden(List<String> reasons) -> Map.of("h", reasons);
            case Cell.Shown(Object value, boolean rounded) -> {
                Map<String, @Nullable Object> shown = new HashMap<>();
                shown.put("v", value == null ? null : ValueText.write(type, value));
                if (rounded) {
                    shown.put("r", true);
                }
                yield shown;
            }
        };
    }

    private static Map<String, Object> number(FrozenAnswer.HiddenNumber number) {
        List<@Nullable String> bounds = new ArrayList<>();
        for (BigDecimal bound : Arrays.asList(number.least(), number.most())) {
            bounds.add(bound == null ? null : bound.toPlainString());
        }
        return Map.of("g", number.group(), "n", number.number(), "h", number.reasons(), "i", bounds);
    }

    private static FrozenAnswer.HiddenNumber number(JsonNode node) {
        JsonNode bounds = node.required("i");
        return new FrozenAnswer.HiddenNumber(
                node.required("g").textValue(),
                node.required("n").textValue(),
                texts(node.required("h")),
                bound(bounds.required(0)),
                bound(bounds.required(1)));
    }

    private static @Nullable BigDecimal bound(JsonNode text) {
        return text.isNull() ? null : new BigDecimal(text.textValue());
    }

    private static Map<String, Object> facts(FrozenAnswer.Facts facts) {
        Map<String, Object> snapshots = new HashMap<>();
        facts.snapshots().forEach((source, day) -> snapshots.put(source, day.toString()));
        Map<String, Object> out = new HashMap<>();
        out.put("project", facts.project());
        out.put("agreement", facts.agreement());
        out.put("purpose", facts.purpose());
        out.put("policy", facts.policyDigest());
        out.put("profile", facts.profile());
        out.put("parameters", facts.profileParameters());
        out.put("snapshots", snapshots);
        out.put("datasets", facts.datasets());
        out.put("mode", facts.mode());
        out.put("ruling", facts.ruling());
        out.put("marker", facts.marker());
        return out;
    }

    static Stored read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            String nonce = root.path("nonce").asText();
            if (root.path("v").asInt() != 2 || !NONCE.matcher(nonce).matches()) {
                throw new IllegalArgumentException("not a frozen answer of a known version");
            }
            List<AnswerColumn> columns = new ArrayList<>();
            for (JsonNode column : root.required("columns")) {
                SqlType type = SqlType.byName(column.required("type").textValue())
                        .orElseThrow(() -> new IllegalArgumentException("not a known type"));
                columns.add(new AnswerColumn(
                        column.required("label").textValue(),
                        new ColumnType(type, column.required("typmod").intValue())));
            }
            List<List<Cell>> rows = new ArrayList<>();
            for (JsonNode row : root.required("rows")) {
                List<Cell> cells = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    cells.add(cell(columns.get(i).type().type(), row.required(i)));
                }
                rows.add(cells);
            }
            List<FrozenAnswer.HiddenNumber> behind = new ArrayList<>();
            root.path("behind").forEach(number -> behind.add(number(number)));
            return new Stored(
                    new FrozenAnswer(
                            root.required("sql").textValue(), columns, rows, facts(root.required("facts")), behind),
                    nonce);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a frozen answer", e);
        }
    }

    private static Cell cell(SqlType type, JsonNode node) {
        if (node.has("h")) {
            return new Cell.Hidden(texts(node.required("h")));
        }
        JsonNode value = node.required("v");
        return new Cell.Shown(
                value.isNull() ? null : ValueText.read(type, value.textValue()),
                node.path("r").asBoolean(false));
    }

    private static FrozenAnswer.Facts facts(JsonNode node) {
        Map<String, LocalDate> snapshots = new LinkedHashMap<>();
        node.required("snapshots")
                .properties()
                .forEach(e ->
                        snapshots.put(e.getKey(), LocalDate.parse(e.getValue().textValue())));
        Map<String, String> parameters = new LinkedHashMap<>();
        node.required("parameters")
                .properties()
                .forEach(e -> parameters.put(e.getKey(), e.getValue().textValue()));
        return new FrozenAnswer.Facts(
                node.required("project").textValue(),
                node.required("agreement").textValue(),
                node.required("purpose").textValue(),
                node.required("policy").textValue(),
                node.required("profile").textValue(),
                parameters,
                snapshots,
                texts(node.required("datasets")),
                node.required("mode").textValue(),
                texts(node.required("ruling")),
                node.required("marker").textValue());
    }

    private static List<String> texts(JsonNode array) {
        List<String> out = new ArrayList<>();
        array.forEach(n -> out.add(n.textValue()));
        return out;
    }
}
