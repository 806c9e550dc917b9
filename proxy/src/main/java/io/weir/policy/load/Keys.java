package io.weir.policy.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Public keys as people write them. */
final class Keys {
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    private Keys() {}

    /** {@code ssh-ed25519 AAAA…}: an Ed25519 public key of SSH (RFC 8709), without comment. */
    static String hostKey(String text) {
        String[] parts = text.trim().split("\\s+");
        if (parts.length < 2 || !parts[0].equals("ssh-ed25519")) {
            throw new IllegalArgumentException("not a pinned host key; write the whole line 'ssh-ed25519 AAAA…'");
        }
        try {
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]));
            byte[] name = new byte[field(blob)];
            blob.get(name);
            int length = field(blob);
            if (!new String(name, StandardCharsets.US_ASCII).equals("ssh-ed25519")
                    || length != 32
                    || blob.remaining() != 32) {
                throw new IllegalArgumentException("the host key is not an Ed25519 key");
            }
        } catch (java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException("the host key is cut off", e);
        }
        return parts[0] + " " + parts[1];
    }

    private static int field(ByteBuffer blob) {
        int length = blob.getInt();
        if (length < 0 || length > 64) {
            throw new IllegalArgumentException("the host key is not an Ed25519 key");
        }
        return length;
    }

    /** {@code age1…}: an X25519 recipient of age v1 (Bech32, BIP 173, human-readable part {@code age}). */
    static String ageRecipient(String text) {
        String key = text.trim();
        if (!key.equals(key.toLowerCase(Locale.ROOT))
                || !key.startsWith("age1")
                || key.length() != 62
                || polymod(key) != 1) {
            throw new IllegalArgumentException("not an age recipient; write the public key 'age1…' of 62 characters");
        }
        return key;
    }

    private static int polymod(String key) {
        int check = 1;
        String prefix = "age";
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) >> 5);
        }
        check = step(check, 0);
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) & 31);
        }
        for (int i = 4; i < key.length(); i++) {
            int value = BECH32.indexOf(key.charAt(i));
            if (value < 0) {
                return 0;
            }
            check = step(check, value);
        }
        return check;
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = (check & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < 5; i++) {
            if ((top >> i & 1) == 1) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
