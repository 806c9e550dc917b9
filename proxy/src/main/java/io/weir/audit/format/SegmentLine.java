package io.weir.audit.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One line of a segment file: {@code leaf TAB 64-hex-leaf-hash LF}. Canonical JSON holds neither a raw TAB nor a raw LF, so the framing
 * is unambiguous and a torn last line shows itself.
 *
 * @param leaf the bytes of the leaf
 * @param statedHash the hash that the line states, lower-case hex; not necessarily the right one
 */
public record SegmentLine(byte[] leaf, String statedHash) {
    /** TAB, hash and LF. */
    public static final int OVERHEAD = 66;

    /** The longest line including its LF. */
    public static final int MAX_BYTES = Leaf.MAX_BYTES + OVERHEAD;

    /** The line of a leaf with its right hash. */
    public static SegmentLine of(byte[] leaf) {
        return new SegmentLine(leaf, HexFormat.of().formatHex(MerkleTree.leafHash(leaf)));
    }

    /** Splits a line without its LF; the hash is not compared. */
    public static SegmentLine parse(byte[] line) throws FormatException {
        int tab = line.length - 65;
        if (tab < 2 || line.length >= MAX_BYTES || line[tab] != '\t' || line[0] != '{' || line[tab - 1] != '}') {
            throw new FormatException("not a line of a segment");
        }
        for (int i = 0; i < tab; i++) {
            if (line[i] >= 0 && line[i] < 0x20) {
                throw new FormatException("a control character in a line of a segment");
            }
        }
        String hash = new String(line, tab + 1, 64, StandardCharsets.ISO_8859_1);
        if (!MerkleTree.isHash(hash)) {
            throw new FormatException("not a line of a segment");
        }
        return new SegmentLine(Arrays.copyOf(line, tab), hash);
    }

    /** The hash of the leaf, computed. */
    public byte[] leafHash() {
        return MerkleTree.leafHash(leaf);
    }

    /** Whether the stated hash is the hash of the leaf. */
    public boolean intact() {
        return HexFormat.of().formatHex(leafHash()).equals(statedHash);
    }

    /** The bytes of the line with TAB and LF. */
    public byte[] encode() {
        byte[] line = Arrays.copyOf(leaf, leaf.length + OVERHEAD);
        line[leaf.length] = '\t';
        byte[] hash = statedHash.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(hash, 0, line, leaf.length + 1, 64);
        line[line.length - 1] = '\n';
        return line;
    }
}
