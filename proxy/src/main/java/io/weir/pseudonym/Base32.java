package io.weir.pseudonym;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lower-case base32 without padding (RFC 4648, section 6); decoding accepts only what encoding writes. */
final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final byte[] DIGITS = ALPHABET.getBytes(StandardCharsets.ISO_8859_1);

    private Base32() {}

    /** @param prefix ASCII that the text begins with */
    static String encode(String prefix, byte[] bytes) {
        byte[] out = new byte[prefix.length() + (bytes.length * 8 + 4) / 5];
        int at = prefix.length();
        for (int i = 0; i < at; i++) {
            out[i] = (byte) prefix.charAt(i);
        }
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = buffer << 8 | (b & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out[at++] = DIGITS[buffer >>> bits & 31];
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            out[at] = DIGITS[buffer << (5 - bits) & 31];
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    static Optional<byte[]> decode(String text) {
        byte[] out = new byte[text.length() * 5 / 8];
        int at = 0;
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            buffer = (buffer << 5 | value) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out[at++] = (byte) (buffer >>> bits);
                buffer &= (1 << bits) - 1;
            }
        }
        return bits >= 5 || buffer != 0 ? Optional.empty() : Optional.of(out);
    }
}
