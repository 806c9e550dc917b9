package io.weir.disclosure.acro;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file {@code results.json}.
 *
 * @param outputs with unique ids; in the order in which they are written
 */
public record AcroResults(List<AcroOutput> outputs) {
    /** The version of ACRO whose format this is; it loads files of its own version only. */
    public static final String VERSION = "1.0.1";

    public AcroResults {
        outputs = List.copyOf(outputs);
        if (outputs.stream().map(AcroOutput::uid).distinct().count() < outputs.size()) {
            throw new IllegalArgumentException("Two outputs have one id");
        }
    }

    /** ASCII. */
    public String json() {
        Map<String, Json> results = new LinkedHashMap<>();
        outputs.forEach(output -> results.put(output.uid(), output.json()));
        Map<String, Json> file = new LinkedHashMap<>();
        file.put("version", Json.of(VERSION));
        file.put("results", new Json.Fields(results));
        return new Json.Fields(file).text();
    }
}
