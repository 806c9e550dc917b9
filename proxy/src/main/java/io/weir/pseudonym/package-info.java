/**
 * Pseudonyms: keyed, reversible inside the proxy, different for every project, namespace and epoch.
 *
 * <p>In: raw identifiers that {@code execute} read, and literals of row_level statements. Out: pseudonyms, or the raw identifier that a
 * literal stands for. Everything here is thread-safe and does no I/O once the keys are unlocked; a value that cannot be read is null or
 * empty and counted, never an error that tells one value from another.
 */
@NullMarked
package io.weir.pseudonym;

import org.jspecify.annotations.NullMarked;
