/**
 * What was published before, as far as it bears on a new figure. In: figures with the contributions of people, added up in buckets. Out:
 * whether a new figure, beside those published, would tell what very few people contribute. No person's key comes here. A history belongs
 * to one thread; everything else is immutable.
 */
@NullMarked
package io.weir.disclosure.history;

import org.jspecify.annotations.NullMarked;
