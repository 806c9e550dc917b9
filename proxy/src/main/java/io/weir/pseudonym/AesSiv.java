package io.weir.pseudonym;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-SIV, deterministic authenticated encryption (RFC 5297), with 256- or 512-bit keys and fixed associated data, on the runtime's AES.
 * CMAC (RFC 4493) and the counter mode are made of single blocks, as the texts are short. Not thread-safe: holds ciphers and buffers.
 */
final class AesSiv {
    static final int BLOCK = 16;

    private final Cipher mac;
    private final Cipher counter;
    private final byte[] wholeKey;
    private final byte[] paddedKey;
    /** S2V of the associated data, before the text. */
    private final byte[] associated;

    private final byte[] v = new byte[BLOCK];
    private byte[] work = new byte[4 * BLOCK];
    private byte[] stream = new byte[4 * BLOCK];

    AesSiv(PseudonymKey key, List<byte[]> associated) {
        int half = key.length() / 2;
        if (key.length() != 32 && key.length() != 64) {
            throw new IllegalArgumentException("AES-SIV needs a key of 32 or 64 bytes");
        }
        mac = aes(key.slice(0, half));
        counter = aes(key.slice(half, key.length()));
        wholeKey = new byte[BLOCK];
        encrypt(mac, wholeKey, BLOCK, wholeKey);
        doubleIt(wholeKey);
        paddedKey = wholeKey.clone();
        doubleIt(paddedKey);
        this.associated = start(associated);
    }

    /** V || C. */
    byte[] seal(byte[] plain) {
        byte[] out = new byte[BLOCK + plain.length];
        s2v(plain, out);
        count(out, plain, 0, out, BLOCK, plain.length);
        return out;
    }

    /** The plain text, or empty when this was not sealed with this key and data. */
    Optional<byte[]> open(byte[] sealed) {
        if (sealed.length < BLOCK) {
            return Optional.empty();
        }
        byte[] plain = new byte[sealed.length - BLOCK];
        count(sealed, sealed, BLOCK, plain, 0, plain.length);
        s2v(plain, v);
        return MessageDigest.isEqual(v, Arrays.copyOf(sealed, BLOCK)) ? Optional.of(plain) : Optional.empty();
    }

    /** Section 2.4, all but the last string. */
    private byte[] start(List<byte[]> strings) {
        byte[] d = new byte[BLOCK];
        cmac(new byte[BLOCK], BLOCK, d);
        byte[] code = new byte[BLOCK];
        for (byte[] data : strings) {
            doubleIt(d);
            cmac(data, data.length, code);
            xor(d, 0, code);
        }
        return d;
    }

    /** Section 2.4, the last string; the result goes to the start of {@code into}. */
    private void s2v(byte[] plain, byte[] into) {
        int length = Math.max(plain.length, BLOCK);
        ensure(length);
        System.arraycopy(plain, 0, work, 0, plain.length);
        if (plain.length >= BLOCK) {
            xor(work, plain.length - BLOCK, associated);
        } else {
            pad(work, plain.length);
            System.arraycopy(associated, 0, v, 0, BLOCK);
            doubleIt(v);
            xor(work, 0, v);
        }
        cmac(work, length, into);
    }

    /** RFC 4493, section 2.4; the result goes to the start of {@code into}, which may not be {@code data}. */
    private void cmac(byte[] data, int length, byte[] into) {
        byte[] last = v;
        int before = length == 0 ? 0 : (length - 1) / BLOCK * BLOCK;
        byte[] chain = stream;
        Arrays.fill(chain, 0, BLOCK, (byte) 0);
        for (int at = 0; at < before; at += BLOCK) {
            for (int i = 0; i < BLOCK; i++) {
                chain[i] ^= data[at + i];
            }
            encrypt(mac, chain, BLOCK, chain);
        }
        System.arraycopy(data, before, last, 0, length - before);
        if (length - before == BLOCK) {
            xor(last, 0, wholeKey);
        } else {
            pad(last, length - before);
            xor(last, 0, paddedKey);
        }
        xor(last, 0, chain);
        encrypt(mac, last, BLOCK, into);
    }

    /** Section 2.5: counter mode from V with two bits cleared, so that the last 32 bits never overflow. */
    private void count(byte[] iv, byte[] in, int inAt, byte[] out, int outAt, int length) {
        int blocks = (length + BLOCK - 1) / BLOCK;
        if (blocks == 0) {
            return;
        }
        ensure(blocks * BLOCK);
        int first = (iv[12] & 0x7f) << 24 | (iv[13] & 0xff) << 16 | (iv[14] & 0xff) << 8 | iv[15] & 0xff;
        for (int block = 0; block < blocks; block++) {
            int at = block * BLOCK;
            int number = first + block;
            System.arraycopy(iv, 0, work, at, 12);
            work[at + 8] &= 0x7f;
            work[at + 12] = (byte) (number >>> 24);
            work[at + 13] = (byte) (number >>> 16);
            work[at + 14] = (byte) (number >>> 8);
            work[at + 15] = (byte) number;
        }
        encrypt(counter, work, blocks * BLOCK, stream);
        for (int i = 0; i < length; i++) {
            out[outAt + i] = (byte) (in[inAt + i] ^ stream[i]);
        }
    }

    private void ensure(int length) {
        if (work.length < length) {
            work = new byte[length + BLOCK];
            stream = new byte[length + BLOCK];
        }
    }

    private static Cipher aes(byte[] key) {
        try {
            // Single blocks; the modes above are ours.
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return aes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static void encrypt(Cipher aes, byte[] in, int length, byte[] out) {
        try {
            aes.update(in, 0, length, out, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pad(byte[] block, int length) {
        block[length] = (byte) 0x80;
        Arrays.fill(block, length + 1, BLOCK, (byte) 0);
    }

    private static void xor(byte[] into, int at, byte[] block) {
        for (int i = 0; i < BLOCK; i++) {
            into[at + i] ^= block[i];
        }
    }

    private static void doubleIt(byte[] block) {
        int top = block[0] >> 7; // all ones when the highest bit is set
        for (int i = 0; i < BLOCK - 1; i++) {
            block[i] = (byte) (block[i] << 1 | (block[i + 1] & 0xff) >>> 7);
        }
        block[BLOCK - 1] = (byte) (block[BLOCK - 1] << 1 ^ (top & 0x87));
    }
}
