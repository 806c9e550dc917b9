package io.weir.disclosure.preset;

/**
 * What a publisher prints for a hidden count.
 *
 * @param text as printed
 * @param meaning what the text tells by itself
 */
public record Marker(String text, Meaning meaning) {
    /** What a reader knows who sees the marker. An attacker starts from it. */
    public enum Meaning {
        /** The same for every hidden cell, whatever the reason. */
        HIDDEN,
        /** The count is below the threshold; cells hidden for other reasons are marked otherwise or alike. */
        BELOW_THRESHOLD,
        /** It looks like a number, and readers who do not know better calculate with it. */
        LOOKS_LIKE_A_NUMBER
    }
}
