package io.weir.query.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.weir.query.wire.MessageOutput;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One message of a client in a transcript: a name and fields, {@code Parse name="" sql="SELECT $1" types=[23]}. Values are JSON or a bare word;
 * a text that begins with {@code \x} is bytes in hexadecimal.
 */
record FrontendLine(String name, Map<String, JsonNode> fields) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern FIELD = Pattern.compile(
            "(\\w+)=(" + QUOTED + "|\\[(?:[^\\]\"]|" + QUOTED + ")*\\]|\\{(?:[^}\"]|" + QUOTED + ")*\\}|\\S+)");

    static FrontendLine read(String line) {
        String[] parts = line.split(" ", 2);
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        if (parts.length == 2) {
            Matcher matcher = FIELD.matcher(parts[1]);
            int end = 0;
            while (matcher.find()) {
                if (!parts[1].substring(end, matcher.start()).isBlank()) {
                    throw new IllegalArgumentException("not understood: " + line);
                }
                fields.put(matcher.group(1), value(matcher.group(2)));
                end = matcher.end();
            }
            if (!parts[1].substring(end).isBlank()) {
                throw new IllegalArgumentException("not understood: " + line);
            }
        }
        return new FrontendLine(parts[0], fields);
    }

    private static JsonNode value(String text) {
        try {
            return JSON.readTree(text.matches("[\"\\[{].*|-?\\d+") ? text : "\"" + text + "\"");
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("not JSON: " + text, broken);
        }
    }

    private JsonNode field(String name) {
        return fields.getOrDefault(name, MissingNode.getInstance());
    }

    String text(String name) {
        return field(name).asText("");
    }

    /** How many ReadyForQuery it brings. */
    int readies() {
        return switch (name) {
            case "Query", "Sync", "FunctionCall", "SASLResponse" -> 1;
            default -> 0;
        };
    }

    byte[] bytes() {
        return switch (name) {
            case "Startup" -> startup();
            case "Query" -> WireClient.query(text("sql"));
            case "Parse" -> message('P', out().string(text("name")).string(text("sql")), "types", true);
            case "Bind" -> bind();
            case "Describe" -> WireClient.message('D', target());
            case "Close" -> WireClient.message('C', target());
            case "Execute" ->
                WireClient.message(
                        'E',
                        out().string(text("portal"))
                                .int32(field("rows").asInt(0))
                                .drain());
            case "Sync" -> WireClient.message('S', new byte[0]);
            case "Flush" -> WireClient.message('H', new byte[0]);
            case "Terminate" -> WireClient.message('X', new byte[0]);
            case "FunctionCall" ->
                WireClient.message(
                        'F', out().int32(1).int16(0).int16(0).int16(0).drain());
            case "PasswordMessage" ->
                WireClient.message('p', out().string("secret").drain());
            case "CopyData" -> WireClient.message('d', value(field("data")));
            case "CopyDone" -> WireClient.message('c', new byte[0]);
            case "CopyFail" ->
                WireClient.message('f', out().string(text("reason")).drain());
            default -> throw new IllegalArgumentException("unknown message " + name);
        };
    }

    private byte[] startup() {
        String[] version = text("version").split("\\.");
        Map<String, String> parameters = new LinkedHashMap<>();
        field("parameters")
                .properties()
                .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
        return WireClient.startup(Integer.parseInt(version[0]) << 16 | Integer.parseInt(version[1]), parameters);
    }

    private byte[] bind() {
        MessageOutput out = out().string(text("portal")).string(text("statement"));
        integers(out, "formats", false);
        JsonNode values = field("values");
        out.int16(values.size());
        for (JsonNode value : values) {
            if (value.isNull()) {
                out.int32(-1);
            } else {
                byte[] bytes = value(value);
                out.int32(bytes.length).bytes(bytes);
            }
        }
        integers(out, "results", false);
        return WireClient.message('B', out.drain());
    }

    private byte[] target() {
        boolean portal = fields.containsKey("portal");
        return out().int8(portal ? 'P' : 'S')
                .string(text(portal ? "portal" : "statement"))
                .drain();
    }

    private byte[] message(char tag, MessageOutput out, String list, boolean wide) {
        integers(out, list, wide);
        return WireClient.message(tag, out.drain());
    }

    private void integers(MessageOutput out, String list, boolean wide) {
        JsonNode values = field(list);
        out.int16(values.size());
        for (JsonNode value : values) {
            if (wide) {
                out.int32(value.asInt());
            } else {
                out.int16(value.asInt());
            }
        }
    }

    private static byte[] value(JsonNode value) {
        String text = value.asText();
        return text.startsWith("\\x")
                ? HexFormat.of().parseHex(text.substring(2))
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageOutput out() {
        return new MessageOutput(64);
    }
}
