package io.weir.identity;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SCRAM-SHA-256 verifier in PostgreSQL's format {@code SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>} (RFC 5802, RFC 7677).
 * Prints as {@code ***}.
 *
 * @param iterations at least 4096
 * @param salt random bytes
 * @param storedKey 32 bytes
 * @param serverKey 32 bytes
 */
public record ScramSecret(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    private static final Pattern FORMAT =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{4,7}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

    public ScramSecret {
        salt = salt.clone();
        storedKey = storedKey.clone();
        serverKey = serverKey.clone();
        if (iterations < 4096 || iterations > 1_000_000 || storedKey.length != 32 || serverKey.length != 32) {
            throw new IllegalArgumentException("not a usable SCRAM-SHA-256 verifier");
        }
    }

    /** Reads PostgreSQL's format. */
    public static ScramSecret parse(String text) {
        Matcher matcher = FORMAT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier");
        }
        Base64.Decoder decoder = Base64.getDecoder();
        return new ScramSecret(
                Integer.parseInt(matcher.group(1)),
                decoder.decode(matcher.group(2)),
                decoder.decode(matcher.group(3)),
                decoder.decode(matcher.group(4)));
    }

    /** Writes PostgreSQL's format, for the control store only. */
    public String encode() {
        Base64.Encoder encoder = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + encoder.encodeToString(salt) + "$"
                + encoder.encodeToString(storedKey) + ":" + encoder.encodeToString(serverKey);
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    @Override
    public byte[] storedKey() {
        return storedKey.clone();
    }

    @Override
    public byte[] serverKey() {
        return serverKey.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScramSecret that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt)
                && Arrays.equals(storedKey, that.storedKey)
                && Arrays.equals(serverKey, that.serverKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return "ScramSecret[***]";
    }
}
