package io.weir.audit.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The growing edge of an RFC 6962 Merkle tree over SHA-256: enough to append leaves and to tell the root, in memory of at most 64 hashes.
 * Not thread-safe.
 */
public final class MerkleTree {
    private final Deque<Subtree> edge = new ArrayDeque<>();
    private long size;

    private record Subtree(int height, byte[] hash) {}

    /** {@code SHA-256(0x00 || leaf)}, RFC 6962 section 2.1. */
    public static byte[] leafHash(byte[] leaf) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        return digest.digest(leaf);
    }

    /** {@code SHA-256(0x01 || left || right)}. */
    public static byte[] nodeHash(byte[] left, byte[] right) {
        MessageDigest digest = sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    /** Whether a text is a SHA-256 hash in lower-case hex. */
    public static boolean isHash(String text) {
        if (text.length() != 64) {
            return false;
        }
        for (int i = 0; i < 64; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Appends a leaf by its hash. */
    public void append(byte[] leafHash) {
        Subtree grown = new Subtree(0, leafHash.clone());
        while (!edge.isEmpty() && edge.peekLast().height() == grown.height()) {
            Subtree left = edge.removeLast();
            grown = new Subtree(grown.height() + 1, nodeHash(left.hash(), grown.hash()));
        }
        edge.addLast(grown);
        size++;
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** The root hash; of the empty tree, SHA-256 of nothing. */
    public byte[] root() {
        Iterator<Subtree> fromRight = edge.descendingIterator();
        if (!fromRight.hasNext()) {
            return sha256().digest();
        }
        byte[] root = fromRight.next().hash();
        while (fromRight.hasNext()) {
            root = nodeHash(fromRight.next().hash(), root);
        }
        return root.clone();
    }
}
