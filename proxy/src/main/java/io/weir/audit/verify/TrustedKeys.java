package io.weir.audit.verify;

import io.weir.audit.format.FormatException;
import io.weir.audit.format.VerifierKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The auditor's file of keys: a verifier key a line, alone or as {@code log <vkey> [url]} of a C2SP tlog-policy; {@code #} begins a
 * comment. All keys name one log.
 */
public record TrustedKeys(List<VerifierKey> keys) {
    public TrustedKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no trusted key");
        }
        if (keys.stream().map(VerifierKey::name).distinct().count() > 1) {
            throw new IllegalArgumentException("the trusted keys name more than one log");
        }
    }

    /** The log's name. */
    public String origin() {
        return keys.getFirst().name();
    }

    /** Reads the file's text. */
    public static TrustedKeys parse(String text) throws FormatException {
        List<VerifierKey> keys = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+");
            boolean policy = words.length >= 2 && words.length <= 3 && words[0].equals("log");
            if (!policy && words.length != 1) {
                throw new FormatException("not a line of trusted keys");
            }
            keys.add(VerifierKey.parse(policy ? words[1] : words[0]));
        }
        try {
            return new TrustedKeys(keys);
        } catch (IllegalArgumentException e) {
            throw new FormatException(String.valueOf(e.getMessage()), e);
        }
    }
}
