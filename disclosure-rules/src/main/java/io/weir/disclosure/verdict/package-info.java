/**
 * What a check concludes. In: nothing but words. Out: sealed verdicts and findings without raw values. Any thread, cannot fail.
 */
@NullMarked
package io.weir.disclosure.verdict;

import org.jspecify.annotations.NullMarked;
