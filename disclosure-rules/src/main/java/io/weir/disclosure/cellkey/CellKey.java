package io.weir.disclosure.cellkey;

/**
 * The key of a cell: the sum of the record keys of the units that contribute to it, modulo 1. Whole numbers, so that the sum is exact and the
 * order of units does not matter. The key of a margin is the sum of the keys of disjoint cells. The text form prints no number.
 *
 * @param bits the fraction in units of 2<sup>-64</sup>, unsigned
 * @param units how many units it is the sum of
 */
public record CellKey(long bits, long units) {
    /** Of a cell to which nobody contributes. */
    public static final CellKey NOBODY = new CellKey(0, 0);

    private static final double TWO_TO_THE_53 = 0x1p53;

    public CellKey {
        if (units < 0 || (units == 0 && bits != 0)) {
            throw new IllegalArgumentException("A cell without units has the key 0");
        }
    }

    /** With one unit more. Each unit counts once, however many records it has. */
    public CellKey with(RecordKey unit) {
        return new CellKey(bits + unit.bits(), units + 1);
    }

    /** Of both cells together; they must have no unit in common. */
    public CellKey plus(CellKey disjoint) {
        return new CellKey(bits + disjoint.bits, units + disjoint.units);
    }

    /**
     * Asks whether this can be the key of those that a count counts.
     *
     * @throws IllegalArgumentException when it is of more units than are counted, or only one of both is of nobody
     */
    public void requireCountedBy(long count) {
        if (count < units || (count == 0) != (units == 0)) {
            throw new IllegalArgumentException("The key is not of the people that are counted");
        }
    }

    /** From 0 to below 1: the first 53 binary digits, so that no key rounds to 1. Secret. */
    public double fraction() {
        return (bits >>> 11) / TWO_TO_THE_53;
    }

    /** Another key that follows from this one and a place, as if drawn anew: for several noises of one cell. */
    CellKey derived(int place) {
        // The finaliser of SplitMix64 (Steele, Lea and Flood 2014): one to one, every bit depends on every other.
        long mixed = bits + place * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return new CellKey(mixed ^ mixed >>> 31, Math.max(units, 1));
    }

    @Override
    public String toString() {
        return "CellKey[***]";
    }
}
