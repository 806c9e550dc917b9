/**
 * The query road: {@link io.weir.query.QueryRoad} leads a statement through parse, govern, rewrite, execute, disclose and finish. Only it
 * sees all stages; sessions see {@link io.weir.query.answer.QueryDesk}.
 */
@NullMarked
package io.weir.query;

import org.jspecify.annotations.NullMarked;
