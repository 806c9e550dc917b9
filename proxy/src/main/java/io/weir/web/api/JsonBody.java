package io.weir.web.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A body of one flat JSON object with text fields. Strict: no duplicate, unknown, missing or otherwise typed field passes. */
public final class JsonBody {
    private static final Pattern JSON_TYPE = Pattern.compile("application/json *(; *charset=\"?utf-8\"? *)?");
    private static final int DEPTH = 8;
    private static final ObjectMapper STRICT = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, JsonNode> fields;

    private JsonBody(Map<String, JsonNode> fields) {
        this.fields = fields;
    }

    /**
     * @throws HttpProblemException 415 for another content type, 400 for what is not one JSON object
     */
    public static JsonBody of(Call call) {
        String type = call.contentType();
        if (type == null
                || !JSON_TYPE.matcher(type.strip().toLowerCase(Locale.ROOT)).matches()) {
            throw HttpProblem.mediaType().asException();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(call.body()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw HttpProblem.malformed("the body is not UTF-8").asException();
        }
        try {
            JsonNode node = STRICT.readTree(text);
            if (node == null || !node.isObject()) {
                throw HttpProblem.malformed("an object is expected").asException();
            }
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(e -> fields.put(e.getKey(), e.getValue()));
            return new JsonBody(fields);
        } catch (JsonProcessingException e) {
            throw HttpProblem.malformed("line %d, column %d"
                            .formatted(
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getLineNr(),
                                    e.getLocation() == null
                                            ? 0
                                            : e.getLocation().getColumnNr()))
                    .asException();
        }
    }

    /** Where no fields are expected: no body at all will do, too. */
    public static JsonBody emptyOf(Call call) {
        return call.body().length == 0 ? new JsonBody(Map.of()) : of(call);
    }

    /**
     * @throws HttpProblemException 422 when there is any other field
     */
    public JsonBody only(String... names) {
        TreeSet<String> others = new TreeSet<>(fields.keySet());
        for (String name : names) {
            others.remove(name);
        }
        if (!others.isEmpty()) {
            throw HttpProblem.invalid("unknown field \"%s\"; known fields: %s"
                            .formatted(shortened(others.first()), String.join(", ", names)))
                    .asException();
        }
        return this;
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }

    /**
     * @throws HttpProblemException 422 when it is missing or not a text
     */
    public String text(String name) {
        String value = optionalText(name);
        if (value == null) {
            throw HttpProblem.invalid("field \"%s\" is missing".formatted(name)).asException();
        }
        return value;
    }

    /** The text, or null when the field is missing or null. */
    public @Nullable String optionalText(String name) {
        JsonNode value = fields.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw HttpProblem.invalid("field \"%s\" must be a text".formatted(name))
                    .asException();
        }
        return value.textValue();
    }
}
