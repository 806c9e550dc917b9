package io.weir.audit.format;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One record as it lies in the log: a canonical JSON object with the keys nonce, prev, rec, seq, ts, v.
 *
 * @param nonce 128 random bits in base64url: a leaf cannot be confirmed by hashing guesses of its content
 * @param prev leaf hash of the record before, in hex; 64 zeros for the first
 * @param rec the record: {@code type}, public fields, digests of disclosures
 * @param seq position in the log, from 0
 * @param ts time of writing, microseconds, never earlier than the record before
 */
public record Leaf(String nonce, String prev, SortedMap<String, Object> rec, long seq, Instant ts) {
    /** {@code prev} of the first record. */
    public static final String NO_PREVIOUS = "0".repeat(64);

    /** Upper bound of a leaf: an entry of a C2SP tile has a 16-bit length. */
    public static final int MAX_BYTES = 65_535;

    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Set<String> KEYS = Set.of("nonce", "prev", "rec", "seq", "ts", "v");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    public Leaf {
        rec = Collections.unmodifiableSortedMap(new TreeMap<>(rec));
    }

    /** The name of the event in {@code rec.type}; empty when there is none. */
    public String type() {
        return rec.get("type") instanceof String text ? text : "";
    }

    /** The text of a time in a leaf, truncated to microseconds. */
    public static String time(Instant instant) {
        return TIME.format(instant.truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * Wraps a record that is canonical already: cheap, because the caller canonicalises on its own thread.
     *
     * @param rec canonical JSON of the record
     * @param ts from {@link #time}
     */
    public static byte[] encode(String nonce, String prev, String rec, long seq, String ts) {
        String leaf = "{\"nonce\":\"" + nonce + "\",\"prev\":\"" + prev + "\",\"rec\":" + rec + ",\"seq\":" + seq
                + ",\"ts\":\"" + ts + "\",\"v\":1}";
        return leaf.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes of a leaf without its record, at most: for size limits before the sequence number is known. */
    public static int overhead() {
        return 256;
    }

    /** The canonical bytes of this leaf. */
    public byte[] encode() {
        return encode(nonce, prev, CanonicalJson.write(rec), seq, time(ts));
    }

    /** Reads a leaf strictly. */
    public static Leaf parse(byte[] bytes) throws FormatException {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("a leaf is longer than " + MAX_BYTES + " bytes");
        }
        SortedMap<String, Object> object = CanonicalJsonReader.readObject(bytes);
        if (!object.keySet().equals(KEYS) || !Long.valueOf(1).equals(object.get("v"))) {
            throw new FormatException("not a leaf of version 1");
        }
        if (!(object.get("nonce") instanceof String nonce)
                || !NONCE.matcher(nonce).matches()
                || !(object.get("prev") instanceof String prev)
                || !MerkleTree.isHash(prev)
                || !(object.get("rec") instanceof Map<?, ?> rec)
                || !(object.get("seq") instanceof Long seq)
                || seq < 0
                || !(object.get("ts") instanceof String ts)) {
            throw new FormatException("a member of the leaf has the wrong form");
        }
        SortedMap<String, Object> fields = new TreeMap<>();
        rec.forEach((key, value) -> fields.put((String) key, value));
        return new Leaf(nonce, prev, fields, seq, instant(ts));
    }

    static Instant instant(String ts) throws FormatException {
        try {
            return TIME.parse(ts, Instant::from);
        } catch (DateTimeParseException e) {
            throw new FormatException("not a time of the log", e);
        }
    }
}
