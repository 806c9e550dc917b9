package io.weir.policy;

import java.util.Map;

/**
 * A party of agreements.
 *
 * @param id stable id
 * @param name in words
 * @param category for example {@code nhs-trust}, {@code university}, {@code council}
 * @param registrations registration numbers by register ({@code ico}, {@code ods})
 * @param assurance DSPT or equivalent status
 */
public record Organisation(
        String id, String name, String category, Map<String, String> registrations, String assurance) {
    public Organisation {
        registrations = Map.copyOf(registrations);
    }
}
