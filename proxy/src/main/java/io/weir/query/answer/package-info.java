/**
 * What the query road gives back to a session: columns, a pull cursor of finished rows, notices. Leaf package beside
 * {@code query.type}: it holds protected values only, so that wire, session and respond never see raw cells.
 */
@NullMarked
package io.weir.query.answer;

import org.jspecify.annotations.NullMarked;
