package io.weir.disclosure.preset;

import io.weir.disclosure.appetite.RiskAppetite;
import java.util.List;

/**
 * A publisher's rules as a risk appetite.
 *
 * @param name what policies write
 * @param title for people
 * @param source where the rules are published
 * @param asOf date of the rules, or of the day they were read, as text
 * @param marker what the publisher prints for a hidden cell
 * @param appetite the parameters
 * @param notProtected what these rules leave open, one sentence each
 */
public record Preset(
        String name,
        String title,
        String source,
        String asOf,
        String marker,
        RiskAppetite appetite,
        List<String> notProtected) {
    public Preset {
        notProtected = List.copyOf(notProtected);
        if (notProtected.isEmpty()) {
            throw new IllegalArgumentException("A preset states what it does not protect: " + name);
        }
    }
}
