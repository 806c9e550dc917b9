/**
 * What an attacker can work out: feasible intervals of hidden cells by linear programming. In: a system of linear relations with
 * bounds. Out: intervals, or the statement that they could not be computed, which counts as not protected. Any thread.
 */
@NullMarked
package io.weir.disclosure.interval;

import org.jspecify.annotations.NullMarked;
