package io.weir.disclosure.protection;

import java.util.BitSet;
import java.util.List;

/**
 * Which cells are hidden.
 *
 * @param hidden the pattern
 * @param proof how far it was shown to protect
 * @param intervals feasible intervals of hidden cells, as far as they could be computed
 */
record Pattern(BitSet hidden, Proof proof, List<HiddenInterval> intervals) {}
