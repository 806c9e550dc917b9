/**
 * From verdicts to a protected table: primary suppression, complementary suppression, rounding, and the proof. In: evidence and an
 * appetite. Out: shown or hidden per cell. Single-threaded work on its own data, callable from any thread.
 */
@NullMarked
package io.weir.disclosure.protection;

import org.jspecify.annotations.NullMarked;
