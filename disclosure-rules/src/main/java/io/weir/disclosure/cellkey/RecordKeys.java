package io.weir.disclosure.cellkey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Record keys as keyed hashes of units: HMAC-SHA-256 of the unit's stable identifier under a secret, its first 64 bits. The same unit has the
 * same key in every source and after every refresh, as long as its identifier stays the same; without the secret nothing about the key follows
 * from the identifier. Nothing has to be kept beside the data.
 *
 * <p>Immutable, any thread. Who changes the secret gives every figure new noise: two answers of one question under two secrets are two
 * estimates, which an average joins. A secret is kept as long as the data.
 *
 * <p>Source: RFC 2104 and FIPS 198-1 for HMAC; record keys as in the Handbook on Statistical Disclosure Control (2nd ed.), chapter 5, drawn
 * by hash in place of a random generator.
 */
public final class RecordKeys {
    /** Least length of a secret, in bytes: that of the hash. */
    public static final int SECRET_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "weir record key 1".getBytes(StandardCharsets.UTF_8);

    private final Mac keyed;

    /**
     * @param secret at least {@link #SECRET_BYTES} random bytes; copied
     * @throws IllegalArgumentException when the secret is shorter
     */
    public RecordKeys(byte[] secret) {
        if (secret.length < SECRET_BYTES) {
            throw new IllegalArgumentException("The secret of record keys has at least " + SECRET_BYTES + " bytes");
        }
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
        copy(); // Fails here rather than at the first unit.
    }

    /**
     * The key of a unit.
     *
     * @param namespace what kind of identifier it is ("NHS number"), the same wherever identifiers of this kind are used
     * @param identifier the identifier in one spelling: equal units must have equal text, without leading zeros or blanks that another source
     *     writes otherwise
     */
    public RecordKey of(String namespace, String identifier) {
        byte[] kind = namespace.getBytes(StandardCharsets.UTF_8);
        Mac mac = copy();
        mac.update(PURPOSE);
        // The length parts the two texts: ("a", "bc") and ("ab", "c") are different units.
        mac.update(bytes(kind.length));
        mac.update(kind);
        mac.update(identifier.getBytes(StandardCharsets.UTF_8));
        byte[] hash = mac.doFinal();
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << Byte.SIZE | hash[i] & 0xff;
        }
        return new RecordKey(bits);
    }

    private Mac copy() {
        try {
            return (Mac) keyed.clone(); // Keyed once; a clone is much cheaper than a new one.
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's " + ALGORITHM + " cannot be copied", e);
        }
    }

    private static byte[] bytes(int number) {
        return new byte[] {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number};
    }
}
