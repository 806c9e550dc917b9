package io.weir.audit.format;

import java.util.Arrays;
import java.util.Base64;

/**
 * What a log commits to (C2SP tlog-checkpoint v1.0.0), without extension lines.
 *
 * @param origin which log: a schema-less URL, also the name of its key
 * @param size number of records
 * @param root RFC 6962 root hash over the first {@code size} leaves
 */
public record Checkpoint(String origin, long size, byte[] root) {
    public Checkpoint {
        root = root.clone();
        if (!VerifierKey.isName(origin) || size < 0 || root.length != 32) {
            throw new IllegalArgumentException("not a checkpoint");
        }
    }

    /** The text to sign. */
    public String encode() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** Signs this checkpoint with the log's key. */
    public SignedNote sign(SignerKey key) {
        if (!key.verifier().name().equals(origin)) {
            throw new IllegalArgumentException("the key belongs to another log");
        }
        return SignedNote.sign(encode(), key);
    }

    /** Reads the text of a note strictly. */
    public static Checkpoint parse(String text) throws FormatException {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty() || !VerifierKey.isName(lines[0])) {
            throw new FormatException("not a checkpoint: origin, size and root hash expected");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new FormatException("not a tree size");
        }
        byte[] root = SignedNote.decodeBase64(lines[2]);
        if (root.length != 32) {
            throw new FormatException("not a root hash");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
    }

    @Override
    public byte[] root() {
        return root.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that
                && origin.equals(that.origin)
                && size == that.size
                && Arrays.equals(root, that.root);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(root);
    }

    @Override
    public String toString() {
        return "Checkpoint[" + origin + ", " + size + "]";
    }
}
