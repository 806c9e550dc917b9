/**
 * What the source said about each cell, before protection: confidential numbers, for checks only. In: counts and contributions from
 * the data owner's side. Out: immutable records whose text form never prints a number. Any thread.
 */
@NullMarked
package io.weir.disclosure.evidence;

import org.jspecify.annotations.NullMarked;
