package io.weir.release.request;

import io.weir.query.answer.FrozenAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A frozen answer with its canonical bytes and their digest: the content address that checkers vote on.
 *
 * @param answer the value
 * @param json canonical JSON of {@link FrozenAnswerJson}
 * @param digest lower-case hex SHA-256 of the UTF-8 bytes of {@code json}
 */
public record FrozenContent(FrozenAnswer answer, String json, String digest) {
    /** Freezes a value. */
    public static FrozenContent of(FrozenAnswer answer) {
        String json = FrozenAnswerJson.write(answer);
        return new FrozenContent(answer, json, digestOf(json));
    }

    /**
     * Reads stored bytes.
     *
     * @throws IllegalArgumentException when they do not hash to the address or are not a frozen answer
     */
    public static FrozenContent read(String json, String digest) {
        if (!digestOf(json).equals(digest)) {
            throw new IllegalArgumentException("the stored answer does not match its content address");
        }
        return new FrozenContent(FrozenAnswerJson.read(json), json, digest);
    }

    private static String digestOf(String json) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "FrozenContent[" + digest + "]";
    }
}
