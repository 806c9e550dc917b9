package io.weir.release.request;

import io.weir.query.answer.FrozenAnswer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A frozen answer with its canonical bytes and their digest: its content address. The bytes hold 256 random bits that are shown to checkers
 * only, so that the digest, which authors, recipients and the audit log see, does not tell whether a guess of the content is right.
 *
 * @param answer the value
 * @param nonce 32 random bytes as lower-case hex, part of {@code json}
 * @param json canonical JSON of {@link FrozenAnswerJson}
 * @param digest lower-case hex SHA-256 of the UTF-8 bytes of {@code json}
 */
public record FrozenContent(FrozenAnswer answer, String nonce, String json, String digest) {
    private static final int NONCE_BYTES = 32;

    /**
     * Freezes a value.
     *
     * @param random cryptographically secure outside tests
     */
    public static FrozenContent of(FrozenAnswer answer, RandomGenerator random) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        String json = FrozenAnswerJson.write(answer, nonce);
        return new FrozenContent(answer, nonce, json, digestOf(json));
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
        FrozenAnswerJson.Stored stored = FrozenAnswerJson.read(json);
        return new FrozenContent(stored.answer(), stored.nonce(), json, digest);
    }

    /** A secret of this content for a purpose, which does not tell the nonce: HMAC-SHA-256 (RFC 2104), lower-case hex. */
    public String secretFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(nonce), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
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
