package io.weir.audit.format;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that verifies signed notes, in the text form {@code name+keyid+base64(type || key)} (C2SP signed-note). Ed25519 only
 * (type 0x01).
 *
 * @param name key name; of a log, its origin
 * @param raw the 32 bytes of the Ed25519 key
 */
public record VerifierKey(String name, byte[] raw) {
    private static final byte ED25519 = 1;
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    public VerifierKey {
        raw = raw.clone();
        if (!isName(name) || raw.length != 32) {
            throw new IllegalArgumentException("not a key name with an Ed25519 key");
        }
    }

    /** Whether a text can name a key: not empty, no white space, no control character, no '+'. */
    public static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c -> c == '+'
                                || Character.isWhitespace(c)
                                || Character.isSpaceChar(c)
                                || Character.isISOControl(c)
                                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /** Reads the text form; the key id must be the right one. */
    public static VerifierKey parse(String text) throws FormatException {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0]) || !parts[1].matches("[0-9a-f]{8}")) {
            throw new FormatException("not a verifier key: name+keyid+key expected");
        }
        byte[] typed = SignedNote.decodeBase64(parts[2]);
        if (typed.length != 33 || typed[0] != ED25519) {
            throw new FormatException("not an Ed25519 verifier key");
        }
        VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, 33));
        if (!HexFormat.of().formatHex(key.id()).equals(parts[1])) {
            throw new FormatException("the key id does not belong to the key");
        }
        return key;
    }

    /** The text form. */
    public String encode() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /** First four bytes of {@code SHA-256(name || LF || type || key)}. */
    public byte[] id() {
        var digest = MerkleTree.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return Arrays.copyOf(digest.digest(typed()), 4);
    }

    /** Whether {@code signature} is this key's over {@code message}. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey());
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    }

    private byte[] typed() {
        byte[] typed = new byte[33];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, 32);
        return typed;
    }

    @Override
    public byte[] raw() {
        return raw.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return encode();
    }
}
