package io.weir.audit.log;

import io.weir.audit.format.Leaf;
import io.weir.audit.format.MerkleTree;
import java.time.Instant;
import java.util.HexFormat;

/** The head of the log: what the next record builds on. Owned by one thread at a time. */
final class Chain {
    private final MerkleTree tree = new MerkleTree();
    private String previous = Leaf.NO_PREVIOUS;
    private Instant lastTime = Instant.EPOCH;

    /** A commitment to the records so far. */
    record Head(long size, byte[] root) {}

    long size() {
        return tree.size();
    }

    /** Leaf hash of the newest record, in hex. */
    String previous() {
        return previous;
    }

    Instant lastTime() {
        return lastTime;
    }

    Head head() {
        return new Head(tree.size(), tree.root());
    }

    /** The time of the next record: never before the last one, however the clock steps. */
    Instant timeAfter(Instant now) {
        return now.isBefore(lastTime) ? lastTime : now;
    }

    void append(byte[] leafHash, Instant time) {
        tree.append(leafHash);
        previous = HexFormat.of().formatHex(leafHash);
        lastTime = time;
    }
}
