package io.weir.yaml;

import java.util.List;
import java.util.Map;

/** What was written, and where. */
public sealed interface YamlValue {
    /** 1-based line on which it begins. */
    int line();

    /**
     * @param text after quotes and escapes
     * @param plain whether it was written without quotes
     */
    record Scalar(int line, String text, boolean plain) implements YamlValue {
        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    record Sequence(int line, List<YamlValue> items) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Entries in the order of the file. */
    record Mapping(int line, Map<String, YamlValue> entries) implements YamlValue {}
}
