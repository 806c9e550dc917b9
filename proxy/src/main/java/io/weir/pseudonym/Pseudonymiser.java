package io.weir.pseudonym;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pseudonyms of one namespace in one project and epoch: a bijection on valid identifiers. Thread-safe. */
public interface Pseudonymiser {
    /** Longest pseudonym in characters for identifiers of this length: for the type of the governed column. */
    int length(int rawLength);

    /** The pseudonym; null for null and for what is no valid identifier (counted, never passed through). */
    @Nullable
    String pseudonym(@Nullable String raw);

    /** The identifier that a literal stands for; empty when it decodes to none. Never an error. */
    Optional<String> raw(String pseudonym);

    /** How many values that were no valid identifiers have been turned into null. */
    long invalid();
}
