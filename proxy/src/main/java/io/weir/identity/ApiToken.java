package io.weir.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** A bearer token of the HTTP API: {@code weir_} and 256 random bits in base64url. Prints as {@code ***}; stores keep {@link #digest}. */
public final class ApiToken {
    private static final String PREFIX = "weir_";

    private final String value;

    private ApiToken(String value) {
        this.value = value;
    }

    public static ApiToken random(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new ApiToken(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** A token as a client presents it; any text is a token, most are unknown. */
    public static ApiToken presented(String text) {
        return new ApiToken(text);
    }

    /** The secret itself, to be shown to its owner once. */
    public String reveal() {
        return value;
    }

    /** Names the token without opening it: the first 12 hex digits of {@link #digest}. */
    public String id() {
        return idOf(digest());
    }

    /** The same from a stored digest. */
    public static String idOf(byte[] digest) {
        return HexFormat.of().formatHex(digest, 0, 6);
    }

    /** SHA-256 of the token; enough, because the token has 256 random bits. */
    public byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiToken[***]";
    }
}
