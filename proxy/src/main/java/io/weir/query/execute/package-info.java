/**
 * From governed queries to raw cells, through the source connectors. In: a {@link io.weir.query.rewrite.GovernedQuery}. Out: raw cells and
 * evidence, which only {@code disclose} may open.
 *
 * <p>Blocks on the caller's thread; interrupting it cancels at the source. A source's failure becomes a problem; its words go to the log.
 */
@NullMarked
package io.weir.query.execute;

import org.jspecify.annotations.NullMarked;
