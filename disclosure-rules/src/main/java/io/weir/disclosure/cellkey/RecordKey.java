package io.weir.disclosure.cellkey;

/**
 * The key of one unit: a number from 0 to below 1, as a binary fraction of 64 digits. Secret: who knows it can take noise away. The text form
 * prints no number.
 *
 * @param bits the fraction in units of 2<sup>-64</sup>, unsigned
 */
public record RecordKey(long bits) {
    @Override
    public String toString() {
        return "RecordKey[***]";
    }
}
