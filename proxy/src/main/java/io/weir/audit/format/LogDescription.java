package io.weir.audit.format;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;

/**
 * {@code log.json}: what a log says about itself. Never trusted by a verifier, which brings its own keys.
 *
 * @param origin the log's name
 * @param created when the first record was about to be written
 * @param key the verifier key of the log
 */
public record LogDescription(String origin, Instant created, VerifierKey key) {
    /** Canonical JSON and an LF. */
    public String encode() {
        return CanonicalJson.write(
                        Map.of("created", Leaf.time(created), "key", key.encode(), "origin", origin, "version", 1))
                + "\n";
    }

    /** Reads it strictly. */
    public static LogDescription parse(byte[] bytes) throws FormatException {
        String text = CanonicalJsonReader.decode(bytes);
        if (!text.endsWith("\n")) {
            throw new FormatException("log.json does not end with a line end");
        }
        SortedMap<String, Object> object = CanonicalJsonReader.readObject(text.substring(0, text.length() - 1));
        if (object.size() != 4
                || !Long.valueOf(1).equals(object.get("version"))
                || !(object.get("created") instanceof String created)
                || !(object.get("key") instanceof String key)
                || !(object.get("origin") instanceof String origin)) {
            throw new FormatException("log.json is not of version 1");
        }
        return new LogDescription(origin, Leaf.instant(created), VerifierKey.parse(key));
    }
}
