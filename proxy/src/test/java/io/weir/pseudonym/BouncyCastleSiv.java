package io.weir.pseudonym;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.modes.CTRModeCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** AES-SIV (RFC 5297) on other engines and written another way: what {@link AesSiv} is compared with. */
final class BouncyCastleSiv {
    private static final int BLOCK = 16;

    private final CMac mac = new CMac(AESEngine.newInstance());
    private final KeyParameter encryption;

    BouncyCastleSiv(PseudonymKey key) {
        int half = key.length() / 2;
        if (half != 16 && half != 32) {
            throw new IllegalArgumentException("AES-SIV needs a key of 32 or 64 bytes");
        }
        mac.init(new KeyParameter(key.slice(0, half)));
        encryption = new KeyParameter(key.slice(half, key.length()));
    }

    /** V || C. */
    byte[] seal(byte[] plain, List<byte[]> associated) {
        byte[] v = s2v(plain, associated);
        byte[] out = Arrays.copyOf(v, BLOCK + plain.length);
        counter(v, plain, 0, out, BLOCK, plain.length);
        return out;
    }

    private void counter(byte[] v, byte[] in, int inAt, byte[] out, int outAt, int length) {
        byte[] q = v.clone();
        q[8] &= 0x7f;
        q[12] &= 0x7f;
        CTRModeCipher ctr = SICBlockCipher.newInstance(AESEngine.newInstance());
        ctr.init(true, new ParametersWithIV(encryption, q));
        ctr.processBytes(in, inAt, length, out, outAt);
    }

    /** RFC 5297, section 2.4. */
    private byte[] s2v(byte[] plain, List<byte[]> associated) {
        byte[] d = cmac(new byte[BLOCK]);
        for (byte[] data : associated) {
            d = doubled(d);
            xor(d, cmac(data), 0);
        }
        if (plain.length >= BLOCK) {
            byte[] end = plain.clone();
            xor(end, d, plain.length - BLOCK);
            return cmac(end);
        }
        byte[] padded = Arrays.copyOf(plain, BLOCK);
        padded[plain.length] = (byte) 0x80;
        d = doubled(d);
        xor(padded, d, 0);
        return cmac(padded);
    }

    private byte[] cmac(byte[] data) {
        byte[] out = new byte[BLOCK];
        mac.update(data, 0, data.length);
        mac.doFinal(out, 0);
        return out;
    }

    private static void xor(byte[] into, byte[] block, int at) {
        for (int i = 0; i < BLOCK; i++) {
            into[at + i] ^= block[i];
        }
    }

    private static byte[] doubled(byte[] block) {
        byte[] out = new byte[BLOCK];
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int shifted = (block[i] & 0xff) << 1 | carry;
            out[i] = (byte) shifted;
            carry = shifted >>> 8;
        }
        if (carry != 0) {
            out[BLOCK - 1] ^= (byte) 0x87;
        }
        return out;
    }
}
