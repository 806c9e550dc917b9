package io.weir.query.govern.plan;

import java.util.List;

/**
 * A block over one person's records of two sources. Each side is a block of its own source, with those of the keys and conditions that are
 * asked of its records, and as many atoms as the block: how many rows are counted, and on one side what is added up or told apart. A
 * joined row is a row of either side of one person, so a count of joined rows is the product of both, and a sum is taken as often as the
 * other side has rows.
 *
 * @param block as the analyst asks, over the join of both sides
 * @param kept the side of the block's subject, which an outer join preserves
 * @param keptKeys indexes in the block of its keys
 * @param other the other side
 * @param otherKeys indexes in the block of its keys
 * @param outer whether people without records on the other side are there, with nothing but NULL on it
 */
public record Linked(
        Block block, Block kept, List<Integer> keptKeys, Block other, List<Integer> otherKeys, boolean outer) {
    public Linked {
        keptKeys = List.copyOf(keptKeys);
        otherKeys = List.copyOf(otherKeys);
    }
}
