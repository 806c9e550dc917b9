package io.weir.pseudonym;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/**
 * FF1 (NIST SP 800-38G, section 5.1) with AES on strings of 6 to 18 decimal digits and an empty tweak, in long arithmetic: a permutation of 0 to
 * 10^digits - 1.
 *
 * <p>With at most 9 digits a half, {@code b = 4} and {@code d = 8}: one AES block S is enough, of which 8 bytes count, and Q is one block.
 * Not thread-safe: holds a cipher and buffers.
 */
final class DigitPermutation {
    private static final int ROUNDS = 10;

    private final Cipher aes;
    private final byte[] first;
    private final byte[] block = new byte[16];
    private final byte[] out = new byte[16];
    private final int split;
    private final long leftSize;
    private final long rightSize;
    private final long size;
    private final int numberBytes;

    DigitPermutation(PseudonymKey key, int digits) {
        if (digits < 6 || digits > 18) {
            throw new IllegalArgumentException("6 to 18 digits");
        }
        split = digits / 2;
        leftSize = power(split);
        rightSize = power(digits - split);
        size = power(digits);
        numberBytes = (int) ((StrictMath.ceil((digits - split) * StrictMath.log(10) / StrictMath.log(2)) + 7) / 8);
        byte[] p = {1, 2, 1, 0, 0, 10, 10, (byte) split, 0, 0, 0, (byte) digits, 0, 0, 0, 0};
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, key.asAes());
            first = aes.doFinal(p);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES", e);
        }
    }

    long size() {
        return size;
    }

    long encrypt(long plain) {
        long a = plain / rightSize;
        long b = plain % rightSize;
        for (int round = 0; round < ROUNDS; round++) {
            long modulus = round % 2 == 0 ? leftSize : rightSize;
            long c = (a + remainder(round, b, modulus)) % modulus;
            a = b;
            b = c;
        }
        return a * rightSize + b;
    }

    long decrypt(long cipher) {
        long a = cipher / rightSize;
        long b = cipher % rightSize;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long modulus = round % 2 == 0 ? leftSize : rightSize;
            long c = Math.floorMod(b - remainder(round, a, modulus), modulus);
            b = a;
            a = c;
        }
        return a * rightSize + b;
    }

    /** NUM of the first d bytes of PRF(P || Q), modulo a size below 2^31. */
    private long remainder(int round, long number, long modulus) {
        Arrays.fill(block, (byte) 0);
        block[15 - numberBytes] = (byte) round;
        for (int i = 15; i > 15 - numberBytes; i--) {
            block[i] = (byte) number;
            number >>>= 8;
        }
        for (int i = 0; i < 16; i++) {
            block[i] ^= first[i];
        }
        try {
            aes.update(block, 0, 16, out, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
        long rest = 0;
        for (int i = 0; i < 8; i += 4) {
            long word = (out[i] & 0xffL) << 24
                    | (out[i + 1] & 0xffL) << 16
                    | (out[i + 2] & 0xffL) << 8
                    | (out[i + 3] & 0xffL);
            rest = ((rest << 32) | word) % modulus;
        }
        return rest;
    }

    private static long power(int digits) {
        long value = 1;
        for (int i = 0; i < digits; i++) {
            value *= 10;
        }
        return value;
    }
}
