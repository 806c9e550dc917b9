/**
 * Rounding of counts. In: true counts, for random rounding with the key of the people. Out: multiples of a base, and what a published one
 * leaves possible. Pure functions, any thread.
 *
 * <p>Deterministic rounding is the same for the same count; random rounding for the same people. Only controlled rounding adds up. No rounding
 * withstands many overlapping answers: it is one protection beside the history of answers, not in its place.
 */
@NullMarked
package io.weir.disclosure.rounding;

import org.jspecify.annotations.NullMarked;
