package io.weir.disclosure.acro;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value, and its text (RFC 8259). Immutable; keys keep their order. */
public sealed interface Json {
    record Text(String value) implements Json {}

    record Amount(BigDecimal value) implements Json {}

    record Flag(boolean value) implements Json {}

    record Items(List<Json> values) implements Json {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** Not {@link Map#copyOf}, which forgets the order. */
    record Fields(Map<String, Json> values) implements Json {
        public Fields(Map<String, Json> values) {
            this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    static Json of(String text) {
        return new Text(text);
    }

    static Json of(long number) {
        return new Amount(BigDecimal.valueOf(number));
    }

    static Json of(List<String> texts) {
        return new Items(texts.stream().map(Json::of).toList());
    }

    /** The value as text, indented by four blanks a level. */
    default String text() {
        StringBuilder out = new StringBuilder();
        JsonText.write(this, 0, out);
        return out.toString();
    }
}
