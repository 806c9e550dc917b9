/**
 * Statistics that are calculated from protected ones: means, rates, percentages, ratios. In: parts as they were published, with what each leaves
 * possible. Out: a value with as many decimals as the parts bear, or nothing. Pure functions, any thread.
 *
 * <p>Two things keep a derived value from telling about its parts. <b>It is calculated from what was published of them</b>, never from true values:
 * whatever is worked out from it could be worked out from the published parts. A hidden part hides it. That holds at any precision, and alone is
 * what the HES rule rests on. <b>Its precision follows the parts</b>: with {@link io.weir.disclosure.derived.Precision.Covering} even somebody who
 * takes it for the rounded true value can exclude no value of either part that the published part leaves. That closes the door to a true mean,
 * published beside it or put in its place, from which perturbed counts are unpicked (Handbook on Statistical Disclosure Control, 2nd ed., chapter 5,
 * publication of mean values).
 */
@NullMarked
package io.weir.disclosure.derived;

import org.jspecify.annotations.NullMarked;
