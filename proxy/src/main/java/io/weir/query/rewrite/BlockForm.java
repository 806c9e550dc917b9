package io.weir.query.rewrite;

import java.util.List;

/**
 * A block's identity, and where its keys and aggregates stand in it. Two statements that name the same keys and aggregates in another order
 * ask the same question; an answer is kept in the identity's order and must be read through this.
 *
 * @param identity the question
 * @param keyOrder for each key in the identity's order its index in the block
 * @param atomOrder for each aggregate in the identity's order its index in the block
 */
public record BlockForm(BlockIdentity identity, List<Integer> keyOrder, List<Integer> atomOrder) {
    public BlockForm {
        keyOrder = List.copyOf(keyOrder);
        atomOrder = List.copyOf(atomOrder);
    }
}
