package io.weir.pseudonym;

import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Secret key bytes. Prints {@code ***}, compares by nothing, leaves this package only as what a cipher made of it. */
public final class PseudonymKey implements AutoCloseable {
    private final byte[] bytes;

    /** Takes a copy; the caller wipes its own. */
    public PseudonymKey(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    byte[] copy() {
        return bytes.clone();
    }

    byte[] slice(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    SecretKey asAes() {
        return new SecretKeySpec(bytes, "AES");
    }

    /** Wipes the bytes; the key is useless afterwards. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "***";
    }
}
