package io.weir.query.rewrite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** Texts as one short text: lists of texts that differ in any text, or in where one ends, have different digests. Pure. */
public final class TextDigest {
    private TextDigest() {}

    /** Lower-case hex SHA-256. */
    public static String of(String form, List<? extends Collection<String>> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(form.getBytes(StandardCharsets.UTF_8));
            for (Collection<String> part : parts) {
                digest.update(number(part.size()));
                for (String text : part) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    digest.update(number(bytes.length));
                    digest.update(bytes);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
