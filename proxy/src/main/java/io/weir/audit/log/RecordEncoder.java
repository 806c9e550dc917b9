package io.weir.audit.log;

import io.weir.audit.AuditEvent;
import io.weir.audit.format.CanonicalJson;
import io.weir.audit.format.Disclosure;
import io.weir.audit.format.Leaf;
import io.weir.audit.format.SegmentLine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns an event into the canonical text of its record, on the caller's thread. Thread-safe. */
final class RecordEncoder {
    /** Texts beside one record, encoded, together at most this long. */
    static final int MAX_DISCLOSURE_CHARS = 4 << 20;

    private static final Set<String> RESERVED = Set.of("type", "_sd", "_sd_alg");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random;

    /**
     * @param json canonical text of {@code rec}
     * @param lineBytes upper bound of the line that the record becomes
     * @param texts to keep beside the log
     */
    record EncodedRecord(String nonce, String json, int lineBytes, List<KeptText> texts) {
        /** Memory that the record holds while it waits, roughly. */
        int weight() {
            int weight = lineBytes;
            for (KeptText text : texts) {
                weight += text.encoded().length() + text.disclosure().value().length();
            }
            return weight;
        }
    }

    RecordEncoder(SecureRandom random) {
        this.random = random;
    }

    /** @throws IllegalArgumentException when the event cannot be a record: a programming error, or a text that is too long */
    EncodedRecord encode(AuditEvent event) {
        SortedMap<String, Object> rec = new TreeMap<>(event.fields());
        if (!Collections.disjoint(rec.keySet(), RESERVED)) {
            throw new IllegalArgumentException("type, _sd and _sd_alg are not fields of an event");
        }
        rec.put("type", event.type().label());
        List<KeptText> texts = new ArrayList<>();
        int chars = 0;
        for (Map.Entry<String, String> entry : event.disclosures().entrySet()) {
            KeptText text = KeptText.of(new Disclosure(token(), entry.getKey(), entry.getValue()));
            chars += text.encoded().length();
            texts.add(text);
        }
        if (chars > MAX_DISCLOSURE_CHARS) {
            throw new IllegalArgumentException("the texts beside a record are too long");
        }
        if (!texts.isEmpty()) {
            // Sorted, so that their order says nothing about the fields (RFC 9901, section 4.2.4.1).
            rec.put(
                    "_sd",
                    texts.stream()
                            .map(text -> Disclosure.digest(text.encoded()))
                            .sorted()
                            .toList());
            rec.put("_sd_alg", "sha-256");
        }
        String json = CanonicalJson.write(rec);
        int leafBytes = json.getBytes(StandardCharsets.UTF_8).length + Leaf.overhead();
        if (leafBytes > Leaf.MAX_BYTES) {
            throw new IllegalArgumentException("a record is longer than a leaf may be");
        }
        return new EncodedRecord(token(), json, leafBytes + SegmentLine.OVERHEAD, texts);
    }

    private String token() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }
}
