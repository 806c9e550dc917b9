package io.weir.query.disclose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.disclosure.history.Figure;
import io.weir.disclosure.history.Fingerprint;
import io.weir.disclosure.history.Selection.Condition;
import io.weir.query.disclose.TableFigures.Measure;
import io.weir.query.disclose.TableFigures.MeasureHalf;
import io.weir.query.disclose.TableFigures.Prints;
import io.weir.query.govern.plan.Texts;
import io.weir.query.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a table shows, as JSON text for the store. It holds sums of contributions over buckets of people, which are never shown to anybody:
 * {@code {"form":2,"threshold":10,"frame":"…","where":[condition…],"keys":[{"columns":[…],"text":"…","type":"INT4"}],"unit":["…"],"measures":[{"measure":"…","kind":"…","where":[…],"halves":[{"where":[…],"by":"…"}]}],
 * "closed":[[0]],"cells":[{"g":[0],"k":["F"],"p":[[3,0,…],null]}]}}.
 */
final class FiguresText {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the text: the first had none. */
    private static final int FORM = 2;

    private FiguresText() {}

    /**
     * @param threshold under which they were shown; the largest number where that is not known: then everybody is taken to see them
     * @param tables figures that may make others together; one can be in several
     */
    record Stored(int threshold, List<List<Figure>> tables) {}

    static String write(TableFigures table, List<Prints> cells, int threshold) {
        ObjectNode top = JSON.createObjectNode();
        top.put("form", FORM);
        top.put("threshold", threshold);
        top.put("frame", table.frame());
        conditions(table.conditions(), top.putArray("where"));
        ArrayNode keys = top.putArray("keys");
        for (TableFigures.Key key : table.keys()) {
            ObjectNode node = keys.addObject();
            texts(key.columns(), node.putArray("columns"));
            node.put("text", key.expression());
            node.put("type", key.type().name());
        }
        texts(table.unitColumns(), top.putArray("unit"));
        ArrayNode measures = top.putArray("measures");
        for (Measure measure : table.measures()) {
            ObjectNode node = measures.addObject();
            node.put("measure", measure.measure());
            node.put("kind", measure.kind());
            conditions(measure.conditions(), node.putArray("where"));
            ArrayNode halves = node.putArray("halves");
            for (MeasureHalf half : measure.halves()) {
                ObjectNode of = halves.addObject();
                conditions(half.whole(), of.putArray("where"));
                of.put("by", half.by());
            }
        }
        ArrayNode closed = top.putArray("closed");
        table.closed().forEach(set -> set.stream().sorted().forEach(closed.addArray()::add));
        ArrayNode array = top.putArray("cells");
        for (Prints cell : cells) {
            ObjectNode node = array.addObject();
            ArrayNode grouped = node.putArray("g");
            cell.grouped().stream().sorted().forEach(grouped::add);
            ArrayNode values = node.putArray("k");
            cell.keys().forEach(v -> values.add(v == null ? null : Texts.print(v)));
            ArrayNode prints = node.putArray("p");
            for (Fingerprint print : cell.prints()) {
                if (print == null) {
                    prints.addNull();
                } else {
                    Arrays.stream(print.toLongs()).forEach(prints.addArray()::add);
                }
            }
        }
        return top.toString();
    }

    static Stored read(String text) {
        JsonNode top;
        try {
            top = JSON.readTree(text);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("stored figures cannot be read", corrupt);
        }
        List<TableFigures.Key> keys = stream(top.get("keys"))
                .map(k -> new TableFigures.Key(
                        texts(k.get("columns")),
                        k.get("text").asText(),
                        SqlType.valueOf(k.get("type").asText())))
                .toList();
        int form = top.path("form").asInt(1);
        if (form > FORM) {
            throw new IllegalStateException("stored figures are of a newer version of Weir");
        }
        List<Measure> written = stream(top.get("measures"))
                .map(m -> new Measure(
                        m.get("measure").asText(), m.get("kind").asText(), conditions(m.get("where")), halves(m)))
                .toList();
        List<Measure> measures =
                form < FORM ? written.stream().map(OlderFigures::measure).toList() : written;
        Set<Set<Integer>> closed = stream(top.path("closed"))
                .map(set -> stream(set).map(JsonNode::asInt).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
        TableFigures table = new TableFigures(
                top.get("frame").asText(),
                conditions(top.get("where")),
                keys,
                measures,
                closed,
                texts(top.path("unit")));
        List<Prints> cells = new ArrayList<>();
        for (JsonNode node : top.get("cells")) {
            Set<Integer> grouped = new HashSet<>();
            node.get("g").forEach(g -> grouped.add(g.asInt()));
            List<@Nullable Object> values = new ArrayList<>();
            for (int k = 0; k < keys.size(); k++) {
                JsonNode value = node.get("k").get(k);
                values.add(
                        value.isNull()
                                ? null
                                : Texts.read(value.asText(), keys.get(k).type()));
            }
            List<@Nullable Fingerprint> prints = new ArrayList<>();
            for (JsonNode p : node.get("p")) {
                Fingerprint print = p.isNull()
                        ? null
                        : Fingerprint.ofLongs(
                                stream(p).mapToLong(JsonNode::asLong).toArray());
                prints.add(form < FORM ? OlderFigures.print(written.get(prints.size()), print) : print);
            }
            cells.add(new Prints(grouped, values, prints));
        }
        return new Stored(top.path("threshold").asInt(Integer.MAX_VALUE), table.all(cells));
    }

    private static void conditions(Collection<Condition> conditions, ArrayNode array) {
        conditions.stream()
                .collect(Collectors.toMap(Condition::text, c -> c, (a, b) -> a, java.util.TreeMap::new))
                .values()
                .forEach(c -> {
                    ObjectNode node = array.addObject();
                    node.put("text", c.text());
                    texts(c.columns(), node.putArray("columns"));
                });
    }

    private static Set<Condition> conditions(JsonNode array) {
        return stream(array)
                .map(c -> TableFigures.condition(
                        texts(c.get("columns")), c.get("text").asText()))
                .collect(Collectors.toSet());
    }

    private static Set<MeasureHalf> halves(JsonNode measure) {
        return stream(measure.path("halves"))
                .map(h ->
                        new MeasureHalf(conditions(h.get("where")), h.get("by").asText()))
                .collect(Collectors.toSet());
    }

    private static void texts(Collection<String> texts, ArrayNode array) {
        new TreeSet<>(texts).forEach(array::add);
    }

    private static Set<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
