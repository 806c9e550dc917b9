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
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Protected tables as JSON text for the store: {@code [{"k":[…],"g":0,"c":[{"v":"12","r":true},{"h":["…"]}]}]}. */
final class TableText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TableText() {}

    static String write(List<ProtectedTable.Row> rows) {
        ArrayNode array = JSON.createArrayNode();
        for (ProtectedTable.Row row : rows) {
            ObjectNode node = array.addObject();
            ArrayNode keys = node.putArray("k");
            row.keys().forEach(k -> keys.add(k == null ? null : Texts.print(k)));
            node.put("g", row.grouping());
            ArrayNode cells = node.putArray("c");
            for (Cell cell : row.cells()) {
                switch (cell) {
                    case Cell.Shown s -> {
                        ObjectNode shown = cells.addObject();
                        Object value = s.value();
                        shown.put("v", value == null ? null : Texts.print(value));
                        shown.put("r", s.rounded());
                    }
                    case Cell.Hidden h -> {
                        ArrayNode reasons = cells.addObject().putArray("h");
                        h.reasons().forEach(reasons::add);
                    }
                }
            }
        }
        return array.toString();
    }

    static ProtectedTable read(String text, Block block) {
        JsonNode array;
        try {
            array = JSON.readTree(text);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("a stored answer cannot be read", corrupt);
        }
        List<ProtectedTable.Row> rows = new ArrayList<>();
        for (JsonNode node : array) {
            List<@Nullable Object> keys = new ArrayList<>();
            for (int k = 0; k < block.keys().size(); k++) {
                JsonNode key = node.get("k").get(k);
                keys.add(
                        key.isNull()
                                ? null
                                : Texts.read(key.asText(), block.keys().get(k).type()));
            }
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < block.atoms().size(); i++) {
                JsonNode cell = node.get("c").get(i);
                if (cell.has("h")) {
                    List<String> reasons = new ArrayList<>();
                    cell.get("h").forEach(r -> reasons.add(r.asText()));
                    cells.add(new Cell.Hidden(reasons));
                } else {
                    JsonNode value = cell.get("v");
                    SqlType type = block.atoms().get(i) instanceof Atom.Sum ? SqlType.NUMERIC : SqlType.INT8;
                    cells.add(new Cell.Shown(
                            value.isNull() ? null : Texts.read(value.asText(), type),
                            cell.get("r").asBoolean()));
                }
            }
            rows.add(new ProtectedTable.Row(keys, node.get("g").asLong(), cells));
        }
        return new ProtectedTable(rows, true);
    }
}
