package io.weir.query.disclose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.query.disclose.ProtectedTable.Cell;
import io.weir.query.govern.plan.Atom;
import io.weir.query.govern.plan.Block;
import io.weir.query.govern.plan.Texts;
import io.weir.query.rewrite.BlockForm;
import io.weir.query.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Protected tables as JSON text for the store: {@code {"open":false,"rows":[{"k":[…],"g":[0,2],"c":[{"v":"12","r":true},{"h":["…"],"i":["0","17"]}]}]}}. Keys and cells stand in
 * the order of the question's identity, whatever order the statement named them in; {@code g} has the places of the keys that are grouped
 * by; {@code i}, which may be missing, is what the table tells of a hidden number.
 */
final class TableText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TableText() {}

    static String write(ProtectedTable table, BlockForm form) {
        ObjectNode top = JSON.createObjectNode();
        top.put("open", table.open());
        ArrayNode array = top.putArray("rows");
        for (ProtectedTable.Row row : table.rows()) {
            ObjectNode node = array.addObject();
            ArrayNode keys = node.putArray("k");
            ArrayNode grouped = node.putArray("g");
            int width = form.keyOrder().size();
            for (int place = 0; place < width; place++) {
                int k = form.keyOrder().get(place);
                Object key = row.keys().get(k);
                keys.add(key == null ? null : Texts.print(key));
                if ((row.grouping() >> (width - 1 - k) & 1) == 0) {
                    grouped.add(place);
                }
            }
            ArrayNode cells = node.putArray("c");
            for (int index : form.atomOrder()) {
                switch (row.cells().get(index)) {
                    case Cell.Shown s -> {
                        ObjectNode shown = cells.addObject();
                        Object value = s.value();
                        shown.put("v", value == null ? null : Texts.print(value));
                        shown.put("r", s.rounded());
                    }
                    case Cell.Hidden h -> {
                        ObjectNode hidden = cells.addObject();
                        ArrayNode reasons = hidden.putArray("h");
                        h.reasons().forEach(reasons::add);
                        ProtectedTable.Known known = h.known();
                        if (known != null) {
                            hidden.putArray("i").add(text(known.least())).add(text(known.most()));
                        }
                    }
                }
            }
        }
        return top.toString();
    }

    static ProtectedTable read(String text, Block block, BlockForm form) {
        JsonNode top;
        try {
            top = JSON.readTree(text);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("a stored answer cannot be read", corrupt);
        }
        List<ProtectedTable.Row> rows = new ArrayList<>();
        int width = block.keys().size();
        for (JsonNode node : top.get("rows")) {
            @Nullable Object[] keys = new @Nullable Object[width];
            Set<Integer> grouped = new HashSet<>();
            node.get("g").forEach(place -> grouped.add(form.keyOrder().get(place.asInt())));
            for (int place = 0; place < width; place++) {
                int k = form.keyOrder().get(place);
                JsonNode key = node.get("k").get(place);
                keys[k] = key.isNull()
                        ? null
                        : Texts.read(key.asText(), block.keys().get(k).type());
            }
            Cell[] cells = new Cell[block.atoms().size()];
            for (int place = 0; place < cells.length; place++) {
                int index = form.atomOrder().get(place);
                cells[index] = cell(node.get("c").get(place), block.atoms().get(index));
            }
            rows.add(new ProtectedTable.Row(Arrays.asList(keys), block.mask(grouped), List.of(cells)));
        }
        return new ProtectedTable(rows, true, top.get("open").asBoolean());
    }

    private static Cell cell(JsonNode cell, Atom atom) {
        if (cell.has("h")) {
            List<String> reasons = new ArrayList<>();
            cell.get("h").forEach(r -> reasons.add(r.asText()));
            JsonNode known = cell.get("i");
            return new Cell.Hidden(
                    reasons, known == null ? null : new ProtectedTable.Known(bound(known.get(0)), bound(known.get(1))));
        }
        JsonNode value = cell.get("v");
        SqlType type = atom.type();
        return new Cell.Shown(
                value.isNull() ? null : Texts.read(value.asText(), type),
                cell.get("r").asBoolean());
    }

    private static @Nullable String text(@Nullable BigDecimal bound) {
        return bound == null ? null : bound.toPlainString();
    }

    private static @Nullable BigDecimal bound(JsonNode text) {
        return text.isNull() ? null : new BigDecimal(text.asText());
    }
}
