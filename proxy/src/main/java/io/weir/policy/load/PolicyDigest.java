package io.weir.policy.load;

import io.weir.yaml.YamlValue;
import io.weir.yaml.YamlValue.Mapping;
import io.weir.yaml.YamlValue.Scalar;
import io.weir.yaml.YamlValue.Sequence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SHA-256 over what the files say, not how they are laid out: comments, quotes, order of keys and white space do not count; file names,
 * order of lists and filled-in placeholders do. Every part is framed by its kind and length, so that no two contents read the same.
 */
final class PolicyDigest {
    private PolicyDigest() {}

    static String of(SortedMap<String, Mapping> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, mapping) -> {
                text(digest, 'F', name);
                value(digest, mapping);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void value(MessageDigest digest, YamlValue value) {
        switch (value) {
            case Scalar scalar -> text(digest, 'S', scalar.text());
            case Sequence list -> {
                head(digest, 'L', list.items().size());
                list.items().forEach(item -> value(digest, item));
            }
            case Mapping mapping -> {
                head(digest, 'M', mapping.entries().size());
                for (Map.Entry<String, YamlValue> entry : new TreeMap<>(mapping.entries()).entrySet()) {
                    text(digest, 'K', entry.getKey());
                    value(digest, entry.getValue());
                }
            }
        }
    }

    private static void text(MessageDigest digest, char kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head(digest, kind, bytes.length);
        digest.update(bytes);
    }

    private static void head(MessageDigest digest, char kind, int count) {
        digest.update((kind + Integer.toString(count) + ":").getBytes(StandardCharsets.US_ASCII));
    }
}
