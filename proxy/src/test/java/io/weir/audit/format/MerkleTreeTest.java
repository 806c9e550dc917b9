package io.weir.audit.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final HexFormat HEX = HexFormat.of();

    /** The eight leaves of the Certificate Transparency test vectors. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @Test
    void rootsOfTheCertificateTransparencyVectorsAreReproduced() {
        MerkleTree tree = new MerkleTree();
        assertThat(HEX.formatHex(tree.root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        LEAVES.forEach(leaf -> tree.append(MerkleTree.leafHash(HEX.parseHex(leaf))));
        assertThat(HEX.formatHex(tree.root()))
                .isEqualTo("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    }

    @Test
    void growingEdgeAgreesWithTheRecursiveDefinition() {
        SplittableRandom random = new SplittableRandom(6962);
        List<byte[]> hashes = new ArrayList<>();
        MerkleTree tree = new MerkleTree();
        for (int size = 1; size <= 130; size++) {
            byte[] leaf = new byte[random.nextInt(40)];
            random.nextBytes(leaf);
            hashes.add(MerkleTree.leafHash(leaf));
            tree.append(hashes.getLast());
            assertThat(tree.root()).as("size %d", size).isEqualTo(byDefinition(hashes));
        }
    }

    private static byte[] byDefinition(List<byte[]> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int split = Integer.highestOneBit(hashes.size() - 1);
        return MerkleTree.nodeHash(
                byDefinition(hashes.subList(0, split)), byDefinition(hashes.subList(split, hashes.size())));
    }
}
