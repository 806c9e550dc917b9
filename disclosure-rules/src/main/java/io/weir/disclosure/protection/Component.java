package io.weir.disclosure.protection;

import java.util.BitSet;
import java.util.List;

/**
 * A part of the table that hangs together through relations with something uncertain in them.
 *
 * @param links its relations
 * @param hidden its hidden cells
 */
record Component(List<Link> links, BitSet hidden) {}
